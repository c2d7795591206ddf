package kernel

import "github.com/conc-repl/conc-repl/lang"

// quoteNatives are what quoted code compiles to, and what needs its text.
func quoteNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "conc.elixir/escape", Min: 1, Max: 1, Pure: one(func(v lang.Value) lang.Value { return escape(v, false) }), Args: "value", Doc: "The quoted form of a value."},
		{Name: "conc.elixir/append_lists", Max: -1, Seqs: allArgs, Pure: appendLists, Args: "lists", Doc: "Lists one behind the other."},
		{Name: "conc.elixir/splice_tail", Min: 2, Max: 2, Seqs: arg0 | arg1, Pure: two(spliceTail), Args: "list, tail", Doc: "The elements of a quoted list with a tail behind them."},
	}
}

// escape makes the form that evaluates to v; with unquote, what stands in a
// quoted unquote is a form already.
func escape(v lang.Value, unquote bool) lang.Value {
	if head, _, args, ok := node(v); ok && unquote && head == lang.K("unquote") && isList(args) {
		if vs := lang.ToSlice(args); len(vs) == 1 {
			return vs[0]
		}
	}
	switch x := v.Obj().(type) {
	case *lang.Vector:
		vs := make([]lang.Value, x.Len())
		for i := range vs {
			vs[i] = escape(x.Nth(i), unquote)
		}
		if len(vs) == 2 {
			return lang.Vec(vs...)
		}
		return lang.Vec(lang.K("{}"), emptyList, lang.ListOf(vs...))
	case *lang.Map:
		var kvs []lang.Value
		x.Each(func(k, v lang.Value) bool {
			kvs = append(kvs, lang.Vec(escape(k, unquote), escape(v, unquote)))
			return true
		})
		return lang.Vec(lang.K("%{}"), emptyList, lang.ListOf(kvs...))
	}
	if isList(v) {
		vs := lang.ToSlice(v)
		for i := range vs {
			vs[i] = escape(vs[i], unquote)
		}
		return lang.ListOf(vs...)
	}
	return v
}

func appendLists(args []lang.Value) lang.Value {
	if len(args) == 0 {
		return emptyList
	}
	out := args[len(args)-1]
	if !isList(out) && len(args) > 1 {
		argumentError("unquote_splicing expects a list, got: " + lang.Inspect(out))
	}
	for i := len(args) - 2; i >= 0; i-- {
		out = onto(lang.ToSlice(args[i]), out)
	}
	return out
}

// spliceTail makes the elements of [unquote_splicing(list) | tail].
func spliceTail(list, tail lang.Value) lang.Value {
	if !isList(list) {
		argumentError("unquote_splicing expects a list, got: " + lang.Inspect(list))
	}
	vs := lang.ToSlice(list)
	switch {
	case isList(tail):
		return onto(vs, tail)
	case len(vs) == 0:
		return lang.ListOf(tail)
	}
	last := len(vs) - 1
	vs[last] = lang.Vec(lang.K("|"), emptyList, lang.ListOf(vs[last], tail))
	return lang.ListOf(vs...)
}
