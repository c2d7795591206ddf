package runtime

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// What an operation means beyond its common operands depends on the notation
// of the code that does it: in Elixir's, integers grow, every term has a place
// in one order, == compares numbers by value at any depth, and errors are
// raised for Erlang's reasons. The fast paths of the inner loop are the same.

// inElixir reports whether the code that runs is of the Elixir notation.
func (p *Process) inElixir() bool { return p.code.Notation == lang.ElixirNotation }

var (
	erlangModule = lang.K("erlang")
	kwBadArith   = lang.K("badarith")
	kwBadArity   = lang.K("badarity")
	kwBadFun     = lang.K("badfun")
	kwUndef      = lang.K("undef")
)

// arithElixir gives + - * of Elixir.
func arithElixir(name string, f func(a, b lang.Value) lang.Value) func(a, b lang.Value) lang.Value {
	return func(a, b lang.Value) lang.Value {
		if !lang.IsNumber(a) || !lang.IsNumber(b) {
			lang.RaiseCall(kwBadArith, erlangModule, name, a, b)
		}
		v := f(a, b)
		if v.IsFloat() && !finite(v.AsFloat()) {
			lang.RaiseCall(kwBadArith, erlangModule, name, a, b)
		}
		return v
	}
}

// divisionElixir gives div and rem of Elixir, which are of integers only.
func divisionElixir(name string, f func(a, b lang.Value) lang.Value) func(a, b lang.Value) lang.Value {
	return func(a, b lang.Value) lang.Value {
		if !lang.IsInteger(a) || !lang.IsInteger(b) || lang.IsZero(b) {
			lang.RaiseCall(kwBadArith, erlangModule, name, a, b)
		}
		return f(a, b)
	}
}

// finite reports whether f is neither infinite nor no number.
func finite(f float64) bool { return f-f == 0 }

var (
	addElixir = arithElixir("+", lang.AddP)
	subElixir = arithElixir("-", lang.SubP)
	mulElixir = arithElixir("*", lang.MulP)

	quotElixir = divisionElixir("div", lang.QuotP)
	remElixir  = divisionElixir("rem", lang.RemP)
)

func lessElixir(a, b lang.Value) bool   { return lang.TermCompare(a, b) < 0 }
func lessEqElixir(a, b lang.Value) bool { return lang.TermCompare(a, b) <= 0 }

// equalElixir is ==: 1 equals 1.0, at any depth.
func equalElixir(a, b lang.Value) bool { return lang.Same(a, b) || lang.TermCompare(a, b) == 0 }

// checkCallable raises if the code that runs is of the Elixir notation, in
// which only functions are called, and f is none. Its n arguments are at stack[nb:].
func (p *Process) checkCallable(f lang.Value, nb, n int) {
	switch x := f.Obj().(type) {
	case *lang.Closure, *lang.Native, Invoker:
		if u, ok := x.(*Unbound); ok && p.inElixir() {
			p.raiseUndefined(u.Var, p.stack[nb:nb+n])
		}
	default:
		if p.inElixir() {
			lang.RaiseReason(lang.Vec(kwBadFun, f))
		}
	}
}

// raiseUndefined raises for a call of a function that its module does not
// define.
func (p *Process) raiseUndefined(v *Var, args []lang.Value) {
	lang.RaiseCall(kwUndef, moduleAtom(v.NS.Name), v.Name, args...)
}

// moduleAtom gives the atom of a module whose namespace has this name.
func moduleAtom(ns string) lang.Value {
	if ns != "" && ns[0] >= 'A' && ns[0] <= 'Z' {
		return lang.K("Elixir." + ns)
	}
	return lang.K(ns)
}

// raiseNativeArity raises for a call of c with n arguments, at stack[nb:]. To
// Elixir, the function of another number of arguments is another function.
func (p *Process) raiseNativeArity(c *lang.Native, nb, n int) {
	ns, name, ok := strings.Cut(c.Name, "/")
	if ok && (p.code != nil && p.inElixir() || p.code == nil && !strings.Contains(ns, ".")) {
		lang.RaiseCall(kwUndef, moduleAtom(ns), name, p.stack[nb:nb+n]...)
	}
	raiseArity(n, c.Name)
}

// raiseClosureArity raises for a call of c with n arguments, at stack[nb:], in
// the way of the notation that c is written in.
func (p *Process) raiseClosureArity(c *lang.Closure, nb, n int) {
	switch {
	case c.Fn.Module != "":
		lang.RaiseCall(kwUndef, lang.K(c.Fn.Module), c.Fn.Function, p.stack[nb:nb+n]...)
	case c.Fn.Notation == lang.ElixirNotation:
		lang.RaiseReason(lang.Vec(kwBadArity, lang.Vec(lang.Obj(c), lang.ListOf(p.stack[nb:nb+n]...))))
	}
	raiseArity(n, c.Fn.Name)
}
