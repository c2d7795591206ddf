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

// forIter makes the function that walks the first generator. The innermost
// one goes through a whole chunk at once where its source comes in chunks.
func forIter(gens []generator, body lang.Value, depth int) lang.Value {
	g := gens[0]
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
	turn := callOf("let", lang.Vec(g.name, callOf("first", s)), g.modified(value, next))
	if len(gens) == 1 {
		turn = list(sym("if"), callOf("chunked-seq?", s), forChunk(g, body, iter, s, depth), turn)
	}
	loop := callOf("loop", lang.Vec(s, s), callOf("when-let", lang.Vec(s, callOf("seq", s)), turn))
	return callOf("fn", iter, lang.Vec(s), callOf("lazy-seq", loop))
}

// forChunk makes the sequence of the first chunk of s and then, unless a
// :while ended it, of what follows.
func forChunk(g generator, body, iter, s lang.Value, depth int) lang.Value {
	c, b, i, size := generated("c", depth), generated("b", depth), generated("i", depth), generated("size", depth)
	next := list(sym("recur"), callOf("inc", i))
	value := list(sym("do"), callOf("chunk-append", b, body), next)
	turn := callOf("let", lang.Vec(g.name, callOf("nth", c, i)), g.modified(value, next))
	through := callOf("loop", lang.Vec(i, lang.Int(0)), list(sym("if"), callOf("<", i, size), turn, lang.True))
	return callOf("let", lang.Vec(c, callOf("chunk-first", s), size, callOf("count", c), b, callOf("chunk-buffer", size)),
		list(sym("if"), through,
			callOf("chunk-cons", callOf("chunk", b), list(iter, callOf("chunk-rest", s))),
			callOf("chunk-cons", callOf("chunk", b), lang.Nil)))
}

// modified puts the generator's modifiers around value; next goes on without it.
func (g generator) modified(value, next lang.Value) lang.Value {
	for i := len(g.mods) - 2; i >= 0; i -= 2 {
		k, _ := g.mods[i].AsKeyword()
		switch form := g.mods[i+1]; k.Name {
		case "let":
			value = callOf("let", form, value)
		case "while":
			value = callOf("when", form, value)
		case "when":
			value = list(sym("if"), form, value, next)
		default:
			illegal("Invalid 'for' keyword %s", lang.PrString(g.mods[i]))
		}
	}
	return value
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
	return doseqLoop(b, expr, items[2:], body, depth), true
}

// doseqLoop makes the loop of a binding of b to each element of expr. It looks
// at a chunk at a time, in variables of its own, where expr comes in chunks.
func doseqLoop(b, expr lang.Value, items, body []lang.Value, depth int) lang.Value {
	seq, chunk, count, i := generated("seq", depth), generated("chunk", depth), generated("count", depth), generated("i", depth)
	zero, recur := lang.Int(0), sym("recur")
	turn := func(element, next lang.Value) lang.Value {
		sub, more := doseqStep(next, items, body, depth+1)
		parts := []lang.Value{sub}
		if more {
			parts = append(parts, next)
		}
		return listWith(parts, core("let"), lang.Vec(b, element))
	}
	inChunk := turn(callOf("nth", chunk, i), list(recur, seq, chunk, count, callOf("inc", i)))
	single := turn(callOf("first", seq), list(recur, callOf("next", seq), lang.Nil, zero, zero))
	refill := callOf("let", lang.Vec(chunk, callOf("chunk-first", seq)),
		list(recur, callOf("chunk-rest", seq), chunk, callOf("count", chunk), zero))
	more := callOf("when-let", lang.Vec(seq, callOf("seq", seq)), list(sym("if"), callOf("chunked-seq?", seq), refill, single))
	return callOf("loop", lang.Vec(seq, callOf("seq", expr), chunk, lang.Nil, count, zero, i, zero),
		list(sym("if"), callOf("<", i, count), inChunk, more))
}
