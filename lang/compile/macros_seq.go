package compile

import "github.com/conc-repl/conc-repl/lang"

// generator is one binding of a for, with its modifiers.
type generator struct {
	name, coll lang.Value
	mods       []lang.Value // keyword and form in turn
}

// macroFor is for: a lazy sequence for each generator, within the one before.
func macroFor(args []lang.Value) lang.Value {
	items := binding("for", args[2], 0)
	if len(args) != 4 {
		illegal("for takes one body")
	}
	var gens []generator
	for i := 0; i < len(items); i += 2 {
		if items[i].IsKeyword() {
			if len(gens) == 0 {
				illegal("for must begin with a binding, got: %s", lang.PrString(items[i]))
			}
			g := &gens[len(gens)-1]
			g.mods = append(g.mods, items[i], items[i+1])
			continue
		}
		gens = append(gens, generator{name: items[i], coll: items[i+1]})
	}
	if len(gens) == 0 {
		return callOf("lazy-seq", callOf("cons", args[3], lang.Nil))
	}
	return forLevel(gens, args[3], 1)
}

// forLevel makes the sequence of the generators that are left.
func forLevel(gens []generator, body lang.Value, depth int) lang.Value {
	iter := generated("iter", depth)
	return callOf("let", lang.Vec(iter, forIter(gens, body, depth)), list(iter, gens[0].coll))
}

// forIter makes the function that walks the first generator.
func forIter(gens []generator, body lang.Value, depth int) lang.Value {
	iter, s := generated("iter", depth), generated("s", depth)
	again := list(iter, callOf("rest", s))
	next := list(sym("recur"), callOf("rest", s))
	var value lang.Value
	if len(gens) == 1 {
		value = callOf("cons", body, again)
	} else {
		fs := generated("fs", depth)
		inner := callOf("seq", forLevel(gens[1:], body, depth+1))
		value = callOf("let", lang.Vec(fs, inner), list(sym("if"), fs, callOf("concat", fs, again), next))
	}
	mods := gens[0].mods
	for i := len(mods) - 2; i >= 0; i -= 2 {
		k, _ := mods[i].AsKeyword()
		switch form := mods[i+1]; k.Name {
		case "let":
			value = callOf("let", form, value)
		case "while":
			value = callOf("when", form, value)
		case "when":
			value = list(sym("if"), form, value, next)
		default:
			illegal("Invalid 'for' keyword %s", lang.PrString(mods[i]))
		}
	}
	turn := callOf("let", lang.Vec(gens[0].name, callOf("first", s)), value)
	loop := callOf("loop", lang.Vec(s, s), callOf("when-let", lang.Vec(s, callOf("seq", s)), turn))
	return callOf("fn", iter, lang.Vec(s), callOf("lazy-seq", loop))
}

func macroDoseq(args []lang.Value) lang.Value {
	items := binding("doseq", args[2], 0)
	form, _ := doseqStep(lang.Nil, items, args[3:], 1)
	return form
}

// doseqStep makes the loops of the bindings that are left; again is what goes
// on with the enclosing loop, and more says whether it is still to be added.
func doseqStep(again lang.Value, items, body []lang.Value, depth int) (form lang.Value, more bool) {
	if len(items) == 0 {
		return bodyForm(body), true
	}
	b, expr := items[0], items[1]
	if k, ok := b.AsKeyword(); ok {
		sub, more := doseqStep(again, items[2:], body, depth)
		parts := []lang.Value{sub}
		if more && !again.IsNil() {
			parts = append(parts, again)
		}
		switch k.Name {
		case "let":
			return callOf("let", expr, sub), more
		case "while":
			return listWith(parts, core("when"), expr), false
		case "when":
			return list(sym("if"), expr, bodyForm(parts), again), false
		}
		illegal("Invalid 'doseq' keyword %s", lang.PrString(b))
	}
	seq := generated("seq", depth)
	next := list(sym("recur"), callOf("next", seq))
	sub, more := doseqStep(next, items[2:], body, depth+1)
	turn := []lang.Value{sub}
	if more {
		turn = append(turn, next)
	}
	let := listWith(turn, core("let"), lang.Vec(b, callOf("first", seq)))
	return callOf("loop", lang.Vec(seq, callOf("seq", expr)), callOf("when", seq, let)), true
}
