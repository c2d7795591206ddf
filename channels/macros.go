package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// macros are the macros of clojure.core.async. Each gets the form and the
// environment before its arguments.
var macros = []*lang.Native{
	{Name: "clojure.core.async/go", Macro: true, Min: 2, Max: -1, Pure: expandGo, Args: "[& body]",
		Doc: "Runs body in a process of its own, a go block, and gives at once a channel that will get the result. Directly in body, <! >! and alts! park the go block. (<!! (go (+ (<! (go 1)) (<! (go 2))))) ;=> 3"},
	{Name: "clojure.core.async/go-loop", Macro: true, Min: 3, Max: -1, Pure: expandGoLoop, Args: "[bindings & body]",
		Doc: "(go (loop bindings body...)) (<!! (go-loop [i 0] (if (< i 3) (recur (inc i)) i))) ;=> 3"},
	{Name: "clojure.core.async/thread", Macro: true, Min: 2, Max: -1, Pure: expandThread, Args: "[& body]",
		Doc: "Runs body in a thread of its own and gives at once a channel that will get the result. (<!! (thread (+ 1 2))) ;=> 3"},
	{Name: "clojure.core.async/alt!", Macro: true, Min: 2, Max: -1, Run: expandAlt("alts!"), Args: "[& clauses]",
		Doc: "In a go block: does one of several operations, as alts! does, and goes on with what stands behind it. A clause is a channel to take from, or a vector of channels and [channel value] pairs, then an expression, or ([value channel] expression...). :priority and :default are clauses, too. (let [c (chan 1)] (>!! c 1) (<!! (go (alt! c ([v] [:got v]) (timeout 9) :late)))) ;=> [:got 1]"},
	{Name: "clojure.core.async/alt!!", Macro: true, Min: 2, Max: -1, Run: expandAlt("alts!!"), Args: "[& clauses]",
		Doc: "Like alt!, but blocks as alts!! does, outside of go blocks. (alt!! (chan) :got (timeout 9) :late) ;=> :late"},
}

func sym(ns, name string) lang.Value { return lang.Obj(lang.NewSymbol(ns, name)) }

func core(name string) lang.Value { return sym("clojure.core", name) }

func asyncName(name string) lang.Value { return sym("clojure.core.async", name) }

func form(head lang.Value, rest ...lang.Value) lang.Value {
	return lang.Obj(lang.NewList(append([]lang.Value{head}, rest...)))
}

// goFn is the symbol fn* that opens a go block: calls directly inside may be
// replaced by parkHere.
var goFn = lang.Obj(&lang.Symbol{Name: "fn*", Meta: lang.NewMap(lang.K("go"), lang.True)})

func expandGo(args []lang.Value) lang.Value {
	return form(asyncName("go*"), form(goFn, append([]lang.Value{lang.Vec()}, args[2:]...)...))
}

func expandGoLoop(args []lang.Value) lang.Value {
	return form(asyncName("go"), form(core("loop"), args[2:]...))
}

func expandThread(args []lang.Value) lang.Value {
	return form(asyncName("thread-call"), form(lang.Sym("fn*"), append([]lang.Value{lang.Vec()}, args[2:]...)...))
}

// altExpansion is an alt! on its way to a choice and a cond.
type altExpansion struct {
	w        *runtime.World
	bindings []lang.Value // of the let: ports and values, each evaluated once
	ports    []lang.Value
	opts     []lang.Value
	tests    []lang.Value // of the cond: tests and expressions
	ch, ret  lang.Value
}

func expandAlt(name string) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		clauses := args[2:]
		if len(clauses)%2 != 0 {
			raiseAssert("unbalanced clauses", "(even? (count clauses))")
		}
		x := &altExpansion{w: p.W}
		x.ch, x.ret = x.gensym("ch"), x.gensym("ret")
		for i := 0; i < len(clauses); i += 2 {
			x.clause(clauses[i], clauses[i+1])
		}
		val := x.gensym("val")
		call := form(asyncName(name), append([]lang.Value{lang.Vec(x.ports...)}, x.opts...)...)
		bindings := append(x.bindings, lang.Vec(val, x.ch, lang.K("as"), x.ret), call)
		tests := append(x.tests, form(core("="), x.ch, lang.K("default")), val)
		return form(core("let"), lang.Vec(bindings...), form(core("cond"), tests...))
	}
}

func (x *altExpansion) gensym(prefix string) lang.Value {
	return lang.Sym(prefix + "__" + lang.PrString(lang.Int(int64(x.w.NextGensym()))))
}

func (x *altExpansion) clause(ports, expr lang.Value) {
	if ports.IsKeyword() {
		x.opts = append(x.opts, ports, expr)
		return
	}
	list := []lang.Value{ports}
	if v, ok := ports.Obj().(*lang.Vector); ok {
		list = v.AppendTo(nil)
	}
	var same []lang.Value
	for _, port := range list {
		same = append(same, form(core("="), x.ch, x.port(port)))
	}
	x.tests = append(x.tests, form(core("or"), same...), x.result(expr))
}

// port binds a port, and the value of one that is a put; it gives the name of its channel.
func (x *altExpansion) port(port lang.Value) lang.Value {
	c := x.gensym("G")
	v, ok := port.Obj().(*lang.Vector)
	if !ok || v.Len() < 2 {
		x.bindings = append(x.bindings, c, port)
		x.ports = append(x.ports, c)
		return c
	}
	val := x.gensym("G")
	x.bindings = append(x.bindings, c, v.Nth(0), val, v.Nth(1))
	x.ports = append(x.ports, lang.Vec(c, val))
	return c
}

// result reads the expression of a clause: ([v c] body...) binds the result of the choice.
func (x *altExpansion) result(expr lang.Value) lang.Value {
	l, ok := expr.Obj().(*lang.List)
	if !ok || l.Len() == 0 {
		return expr
	}
	names, ok := l.First().Obj().(*lang.Vector)
	if !ok {
		return expr
	}
	body := lang.ToSlice(l.Rest())
	return form(core("let"), append([]lang.Value{lang.Vec(lang.Obj(names), x.ret)}, body...)...)
}
