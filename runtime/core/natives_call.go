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
	last := len(args) - 1
	if v, ok := args[last].Obj().(*lang.Vector); ok && last == 1 {
		return p.TailCall(args[0], v.AppendTo(nil)...)
	}
	return applying{args[0], append([]lang.Value(nil), args[1:last]...)}.on(p, args[last])
}

// on gathers the elements of v and calls the function, unless a cell must be
// realised first.
func (a applying) on(p *runtime.Process, v lang.Value) lang.Value {
	finite(v)
	cell := lang.Iterate(v, func(x lang.Value) bool { a.args = gathered(a.args, x); return true })
	if cell != nil {
		return p.Call(applyKont, a, forceFn, lang.Obj(cell))
	}
	return p.TailCall(a.f, a.args...)
}
