package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var callNatives = []*lang.Native{
	{Name: "clojure.core/apply", Min: 2, Max: -1, Args: "[f args] [f x args] [f x y & args]", Run: apply, Doc: "Calls f with the arguments, the last of which is a sequence of further ones. (apply + 1 [2 3]) ;=> 6"},
}

// applying is a call whose arguments are being gathered. args only grows, so
// a copy is an earlier state.
type applying struct {
	f    lang.Value
	args []lang.Value
}

var applyKont = &runtime.Kont{Name: "apply"}

func init() {
	applyKont.Return = func(p *runtime.Process, state any, s lang.Value) lang.Value {
		return state.(applying).on(p, s)
	}
}

func apply(p *runtime.Process, args []lang.Value) lang.Value {
	f, last := args[0], len(args)-1
	if v, ok := f.Obj().(*runtime.Var); ok {
		f = v.Get(p)
	}
	return applying{f, append([]lang.Value(nil), args[1:last]...)}.on(p, args[last])
}

// maxFixed is how many parameters a function has at most before its rest parameter.
const maxFixed = 20

// on gathers the elements of v and calls the function, unless a cell must be
// realised first. A function of the program's own is asked how many it needs.
func (a applying) on(p *runtime.Process, v lang.Value) lang.Value {
	if c, ok := a.f.Obj().(*lang.Closure); ok {
		return a.closure(p, c, v)
	}
	finite(v)
	cell := lang.Iterate(v, func(x lang.Value) bool { a.args = gathered(a.args, x); return true })
	if cell != nil {
		return p.Call(applyKont, a, forceFn, lang.Obj(cell))
	}
	return p.TailCall(a.f, a.args...)
}

// closure gathers what the fixed parameters of c take, and one more to know
// whether there is more: what follows is the rest parameter as it is.
func (a applying) closure(p *runtime.Process, c *lang.Closure, v lang.Value) lang.Value {
	need := maxFixed + 1
	if c.Fn.Variadic != nil {
		need = c.Fn.Variadic.NArgs
	}
	for {
		s, cell := lang.SeqOf(v)
		switch {
		case cell != nil:
			return p.Call(applyKont, a, forceFn, v)
		case s.IsNil(), len(a.args) >= need && c.Fn.Variadic == nil:
			return p.TailCall(a.f, a.args...)
		case len(a.args) >= need:
			for i := len(a.args) - 1; i >= need; i-- {
				s = lang.Obj(lang.NewCons(a.args[i], s))
			}
			return p.TailCallRest(c, append(a.args[:need:need], s)...)
		}
		q := s.Obj().(lang.Seq)
		a.args, v = append(a.args, q.First()), q.Rest()
	}
}
