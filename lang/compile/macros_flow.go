package compile

import "github.com/conc-repl/conc-repl/lang"

// bodyForm makes (do body...).
func bodyForm(body []lang.Value) lang.Value { return listWith(body, sym("do")) }

func macroWhen(args []lang.Value) lang.Value {
	return list(sym("if"), args[2], bodyForm(args[3:]))
}

func macroWhenNot(args []lang.Value) lang.Value {
	return list(sym("if"), args[2], lang.Nil, bodyForm(args[3:]))
}

func macroIfNot(args []lang.Value) lang.Value {
	return list(sym("if"), callOf("not", args[2]), args[3], orNil(args, 4))
}

// orNil gives args[i], or nil if there are not so many.
func orNil(args []lang.Value, i int) lang.Value {
	if i < len(args) {
		return args[i]
	}
	return lang.Nil
}

func macroAnd(args []lang.Value) lang.Value {
	switch len(args) {
	case 2:
		return lang.True
	case 3:
		return args[2]
	}
	g := generated("and", 1)
	more := listWith(args[3:], core("and"))
	return callOf("let", lang.Vec(g, args[2]), list(sym("if"), g, more, g))
}

func macroOr(args []lang.Value) lang.Value {
	switch len(args) {
	case 2:
		return lang.Nil
	case 3:
		return args[2]
	}
	g := generated("or", 1)
	more := listWith(args[3:], core("or"))
	return callOf("let", lang.Vec(g, args[2]), list(sym("if"), g, g, more))
}

func macroCond(args []lang.Value) lang.Value {
	clauses := args[2:]
	if len(clauses) == 0 {
		return lang.Nil
	}
	if len(clauses) == 1 {
		illegal("cond requires an even number of forms")
	}
	return list(sym("if"), clauses[0], clauses[1], listWith(clauses[2:], core("cond")))
}

// threaded makes (f x args...) of the step (f args...) or f, or (f args... x) if last.
func threaded(step, x lang.Value, last bool) lang.Value {
	parts, ok := seqForm(step)
	if !ok || len(parts) == 0 {
		return list(step, x)
	}
	if last {
		return metaFrom(list(append(parts[:len(parts):len(parts)], x)...), step)
	}
	return metaFrom(listWith(parts[1:], parts[0], x), step)
}

// macroThread makes -> and ->>.
func macroThread(last bool) func([]lang.Value) lang.Value {
	return func(args []lang.Value) lang.Value {
		x := args[2]
		for _, step := range args[3:] {
			x = threaded(step, x, last)
		}
		return x
	}
}

// macroSomeThread makes some-> and some->>.
func macroSomeThread(arrow string) func([]lang.Value) lang.Value {
	return func(args []lang.Value) lang.Value {
		g := generated("some", 1)
		var steps []lang.Value
		for _, s := range args[3:] {
			steps = append(steps, list(sym("if"), callOf("nil?", g), lang.Nil, callOf(arrow, g, s)))
		}
		return rebound(g, args[2], steps)
	}
}

// macroCondThread makes cond-> and cond->>.
func macroCondThread(name, arrow string) func([]lang.Value) lang.Value {
	return func(args []lang.Value) lang.Value {
		clauses := args[3:]
		if len(clauses)%2 != 0 {
			illegal("%s requires an even number of forms behind the expression", name)
		}
		g := generated("cond", 1)
		var steps []lang.Value
		for i := 0; i < len(clauses); i += 2 {
			steps = append(steps, list(sym("if"), clauses[i], callOf(arrow, g, clauses[i+1]), g))
		}
		return rebound(g, args[2], steps)
	}
}

func macroAs(args []lang.Value) lang.Value {
	return rebound(args[3], args[2], args[4:])
}

// rebound makes (let [name init, name step...] last-step).
func rebound(name, init lang.Value, steps []lang.Value) lang.Value {
	binds := []lang.Value{name, init}
	last := name
	for i, s := range steps {
		if i == len(steps)-1 {
			last = s
			break
		}
		binds = append(binds, name, s)
	}
	return callOf("let", lang.Vec(binds...), last)
}

func macroDoto(args []lang.Value) lang.Value {
	g := generated("doto", 1)
	out := []lang.Value{core("let"), lang.Vec(g, args[2])}
	for _, f := range args[3:] {
		out = append(out, threaded(f, g, false))
	}
	return list(append(out, g)...)
}

func macroDotDot(args []lang.Value) lang.Value {
	form := list(sym("."), args[2], args[3])
	if len(args) == 4 {
		return form
	}
	return listWith(args[4:], sym(".."), form)
}

// macroIfBound makes if-let and if-some: test makes the test of the value.
func macroIfBound(name string, some bool) func([]lang.Value) lang.Value {
	return func(args []lang.Value) lang.Value {
		b := binding(name, args[2], 2)
		g := generated("temp", 1)
		then := callOf("let", lang.Vec(b[0], g), args[3])
		branch := list(sym("if"), g, then, orNil(args, 4))
		if some {
			branch = list(sym("if"), callOf("nil?", g), orNil(args, 4), then)
		}
		return callOf("let", lang.Vec(g, b[1]), branch)
	}
}

// macroWhenBound makes when-let and when-some.
func macroWhenBound(name string, some bool) func([]lang.Value) lang.Value {
	return func(args []lang.Value) lang.Value {
		b := binding(name, args[2], 2)
		g := generated("temp", 1)
		body := listWith(args[3:], core("let"), lang.Vec(b[0], g))
		branch := callOf("when", g, body)
		if some {
			branch = list(sym("if"), callOf("nil?", g), lang.Nil, body)
		}
		return callOf("let", lang.Vec(g, b[1]), branch)
	}
}

func macroDotimes(args []lang.Value) lang.Value {
	b := binding("dotimes", args[2], 2)
	n := generated("n", 1)
	turn := append(args[3:len(args):len(args)], list(sym("recur"), callOf("inc", b[0])))
	loop := callOf("loop", lang.Vec(b[0], lang.Int(0)), listWith(turn, core("when"), callOf("<", b[0], n)))
	return callOf("let", lang.Vec(n, callOf("long", b[1])), loop)
}

func macroWhile(args []lang.Value) lang.Value {
	turn := append(args[3:len(args):len(args)], list(sym("recur")))
	return callOf("loop", lang.Vec(), listWith(turn, core("when"), args[2]))
}

// macroCase is case: (case* value default ((constant...) result)...).
func macroCase(args []lang.Value) lang.Value {
	g := generated("case", 1)
	clauses := args[3:]
	orElse := noMatch(g)
	if len(clauses)%2 != 0 {
		orElse = clauses[len(clauses)-1]
		clauses = clauses[:len(clauses)-1]
	}
	out := []lang.Value{sym("case*"), g, orElse}
	seen := lang.EmptySet
	for i := 0; i < len(clauses); i += 2 {
		consts := []lang.Value{clauses[i]}
		if parts, ok := seqForm(clauses[i]); ok {
			consts = parts
		}
		for _, c := range consts {
			if seen.Has(c) {
				illegal("Duplicate case test constant: %s", lang.PrString(c))
			}
			seen = seen.Conj(c)
		}
		out = append(out, list(list(consts...), clauses[i+1]))
	}
	return callOf("let", lang.Vec(g, args[2]), list(out...))
}

// macroCondp is condp, with its clauses (test :>> f).
func macroCondp(args []lang.Value) lang.Value {
	pred, value := generated("pred", 1), generated("expr", 1)
	body := condpClauses(pred, value, args[4:], 1)
	return callOf("let", lang.Vec(pred, args[2], value, args[3]), body)
}

func condpClauses(pred, value lang.Value, clauses []lang.Value, depth int) lang.Value {
	switch len(clauses) {
	case 0:
		return noMatch(value)
	case 1:
		return clauses[0]
	}
	call := list(pred, clauses[0], value)
	if lang.Identical(clauses[1], lang.K(">>")) && len(clauses) > 2 {
		p := generated("p", depth)
		rest := condpClauses(pred, value, clauses[3:], depth+1)
		return callOf("if-let", lang.Vec(p, call), list(clauses[2], p), rest)
	}
	return list(sym("if"), call, clauses[1], condpClauses(pred, value, clauses[2:], depth+1))
}

func macroAssert(args []lang.Value) lang.Value {
	msg := callOf("str", lang.Str("Assert failed: "), callOf("pr-str", list(sym("quote"), args[2])))
	if len(args) > 3 {
		msg = callOf("str", lang.Str("Assert failed: "), args[3], lang.Str("\n"), callOf("pr-str", list(sym("quote"), args[2])))
	}
	raise := list(sym("throw"), list(sym("new"), sym("java.lang.AssertionError"), msg))
	return callOf("when-not", args[2], raise)
}

func macroBinding(args []lang.Value) lang.Value {
	b := binding("binding", args[2], 0)
	var pairs []lang.Value
	for i := 0; i < len(b); i += 2 {
		pairs = append(pairs, list(sym("var"), b[i]), b[i+1])
	}
	push := callOf("push-thread-bindings", callOf("hash-map", pairs...))
	finally := list(sym("finally"), callOf("pop-thread-bindings"))
	body := append(args[3:len(args):len(args)], finally)
	return callOf("let", lang.Vec(), push, listWith(body, sym("try")))
}

func macroComment([]lang.Value) lang.Value { return lang.Nil }

// macroSuspended makes lazy-seq and delay: an instance of class around the
// function that computes it.
func macroSuspended(class string) func([]lang.Value) lang.Value {
	return func(args []lang.Value) lang.Value {
		return list(sym("new"), sym(class), listWith(args[2:], once(), lang.Vec()))
	}
}
