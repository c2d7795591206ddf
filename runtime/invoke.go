package runtime

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Invoker is implemented by objects that can be called as functions:
// multimethods, vars, functions with state. It ends as a native does.
type Invoker interface {
	Invoke(p *Process, args []lang.Value) lang.Value
}

// invoke calls what is neither a closure nor a native: an Invoker, or a value
// that looks itself up.
func (p *Process) invoke(f lang.Value, nb, n int) lang.Value {
	args := p.stack[nb : nb+n : nb+n]
	p.nb, p.nargs = int32(nb), int32(n)
	switch x := f.Obj().(type) {
	case Invoker:
		return x.Invoke(p, args)
	case *lang.Keyword, *lang.Symbol:
		return p.lookup(f, args)
	}
	if v, ok := lang.Apply(f, args); ok {
		return v
	}
	if p.W.Apply != nil {
		if v, ok := p.W.Apply(p, f, args); ok {
			return v
		}
	}
	if f.IsNil() {
		lang.Raise(lang.NullPointerException, `Cannot invoke "clojure.lang.IFn.invoke(%s)" because the value that is called is null`,
			strings.TrimSuffix(strings.Repeat("Object, ", n), ", "))
	}
	panic(lang.CastError(f, lang.IFnClass))
}

// lookup is (:k coll) and (:k coll default).
func (p *Process) lookup(k lang.Value, args []lang.Value) lang.Value {
	if len(args) < 1 || len(args) > 2 {
		raiseArity(len(args), lang.PrString(k))
	}
	if !p.W.Get.IsNil() && !lang.IsMap(args[0]) {
		return p.TailCall(p.W.Get, append([]lang.Value{args[0], k}, args[1:]...)...)
	}
	if v, ok := lang.Lookup(args[0], k); ok {
		return v
	}
	if len(args) == 2 {
		return args[1]
	}
	return lang.Nil
}
