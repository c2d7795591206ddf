package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Functions of Enum that need every element and call nothing.

func reversed(_ *runtime.Process, vs, args []lang.Value) lang.Value {
	out := slices.Clone(vs)
	slices.Reverse(out)
	if len(args) == 0 {
		return list(out)
	}
	return onto(out, args[0])
}

// onto puts vs in front of the elements of tail.
func onto(vs []lang.Value, tail lang.Value) lang.Value {
	rest := tail
	if _, ok := tail.Obj().(*lang.Map); ok {
		rest, _ = atHand(tail)
	}
	if !isList(rest) {
		rest, _ = lang.SeqOf(rest)
	}
	for i := len(vs) - 1; i >= 0; i-- {
		rest = cons(vs[i], rest)
	}
	return rest
}

// cons puts x in front of a list.
func cons(x, rest lang.Value) lang.Value {
	if l, ok := rest.Obj().(*lang.List); ok {
		return lang.Obj(l.Conj(x))
	}
	return lang.Obj(lang.NewCons(x, rest))
}

// chunks cuts the elements into pieces of count, each beginning step behind
// the one before. leftover is :discard, or what fills up a last piece that is
// too short.
func chunks(_ *runtime.Process, vs, args []lang.Value) lang.Value {
	all := []lang.Value{list(vs), args[0], optional(args, 1, args[0]), optional(args, 2, emptyList)}
	count, step := positive(all, 1), positive(all, 2)
	leftover := all[3]
	var out []lang.Value
	n := int64(len(vs))
	for at := int64(0); at < n; at += step {
		if at+count <= n {
			out = append(out, list(slices.Clip(vs[at:at+count])))
			continue
		}
		if leftover == lang.K("discard") {
			break
		}
		piece := slices.Clone(vs[at:])
		fill := elements(leftover)
		out = append(out, list(append(piece, fill[:min(count-(n-at), int64(len(fill)))]...)))
		break
	}
	return list(out)
}

// positive gives argument i of chunk_every, an integer above zero.
func positive(args []lang.Value, i int) int64 {
	if !args[i].IsFixed() || args[i].AsInt() <= 0 {
		noClause("Enum", "chunk_every", args)
	}
	return args[i].AsInt()
}

// slice gives the elements that a range of indices, or a start and an amount, say.
func slice(p *runtime.Process, vs, args []lang.Value) lang.Value {
	n := int64(len(vs))
	if len(args) == 2 {
		start, amount := intArg("Enum", "slice", args, 0), intArg("Enum", "slice", args, 1)
		if amount < 0 {
			noClause("Enum", "slice", append([]lang.Value{list(vs)}, args...))
		}
		if start < 0 {
			start += n
		}
		if start < 0 || start >= n {
			return emptyList
		}
		return list(slices.Clip(vs[start : start+min(amount, n-start)]))
	}
	_, m := structOf(args[0])
	if m == nil {
		noClause("Enum", "slice", append([]lang.Value{list(vs)}, args...))
	}
	first, last, step, ok := rangeOf(m)
	if !ok {
		noClause("Enum", "slice", append([]lang.Value{list(vs)}, args...))
	}
	if step < -1 || step == -1 && first <= last {
		argumentError("Enum.slice/2 does not accept ranges with negative steps, got: " + inspectPlain(p.W, args[0]))
	}
	from, to := fromIndex(first, n), fromIndex(last, n)
	if from < 0 || from >= n {
		return emptyList
	}
	var out []lang.Value
	for i := from; i <= to && i < n; i += max(step, 1) {
		out = append(out, vs[i])
	}
	return list(out)
}

// fromIndex gives the place of an index that counts from the end if it is negative.
func fromIndex(i, n int64) int64 {
	if i < 0 {
		return i + n
	}
	return i
}

func intersperse(_ *runtime.Process, vs, args []lang.Value) lang.Value {
	return list(interspersed(vs, args[0]))
}

func interspersed(vs []lang.Value, sep lang.Value) []lang.Value {
	out := make([]lang.Value, 0, 2*len(vs))
	for i, v := range vs {
		if i > 0 {
			out = append(out, sep)
		}
		out = append(out, v)
	}
	return out
}

func unzip(_ *runtime.Process, vs, _ []lang.Value) lang.Value {
	as, bs := make([]lang.Value, 0, len(vs)), make([]lang.Value, 0, len(vs))
	for _, v := range vs {
		t, ok := v.Obj().(*lang.Vector)
		if !ok || t.Len() != 2 {
			noClause("Enum", "unzip", []lang.Value{list(vs), list(as), list(bs)})
		}
		as, bs = append(as, t.Nth(0)), append(bs, t.Nth(1))
	}
	return lang.Vec(list(as), list(bs))
}

func reverseSlice(_ *runtime.Process, vs, args []lang.Value) lang.Value {
	start, n := notNegative("reverse_slice", args, 0), notNegative("reverse_slice", args, 1)
	out := slices.Clone(vs)
	if start < int64(len(out)) {
		slices.Reverse(out[start:min(start+n, int64(len(out)))])
	}
	return list(out)
}

// slide moves one element, or those that a range of indices names, to another index.
func slide(_ *runtime.Process, vs, args []lang.Value) lang.Value {
	n := int64(len(vs))
	from, to := int64(0), int64(0)
	if _, m := structOf(args[0]); m != nil {
		from, to, _, _ = rangeOf(m)
	} else {
		from = intArg("Enum", "slide", args, 0)
		to = from
	}
	from, to = fromIndex(from, n), fromIndex(to, n)
	at := fromIndex(intArg("Enum", "slide", args, 1), n)
	if at >= from && at <= to || from >= n || from > to || from < 0 {
		return list(vs)
	}
	to = min(to, n-1)
	moved := vs[from : to+1]
	if at < from {
		return list(slices.Concat(vs[:max(at, 0)], moved, vs[max(at, 0):from], vs[to+1:]))
	}
	at = min(at, n-1)
	return list(slices.Concat(vs[:from], vs[to+1:at+1], moved, vs[at+1:]))
}

// concatAll puts the enumerables in an enumerable together.
func concatAll(p *runtime.Process, vs, _ []lang.Value) lang.Value {
	return gathering{todo: vs, then: func(_ *runtime.Process, out []lang.Value) lang.Value { return list(out) }}.run(p)
}

func concatTwo(p *runtime.Process, args []lang.Value) lang.Value {
	return concatAll(p, slices.Clone(args), nil)
}

// groupPairs makes a map from each key to the list of its values.
func groupPairs(keys, vals []lang.Value) lang.Value {
	places := lang.NewMapBuilder(lang.EmptyErlangMap) // of the keys, in groups
	var groups [][]lang.Value
	for i, k := range keys {
		at, there := places.Get(k)
		if !there {
			at = lang.Int(int64(len(groups)))
			places.Assoc(k, at)
			groups = append(groups, nil)
		}
		groups[at.AsInt()] = append(groups[at.AsInt()], vals[i])
	}
	b := lang.NewMapBuilder(lang.EmptyErlangMap)
	places.Map().Each(func(k, at lang.Value) bool {
		b.Assoc(k, list(groups[at.AsInt()]))
		return true
	})
	return lang.Obj(b.Map())
}

var groupBy = &pass{name: "group_by", put: keepBoth, end: func(_ *runtime.Process, s *fold) lang.Value {
	return groupPairs(s.also.vs, s.out.vs)
}}

// groupValues is groupBy with a second function for the values, which is called
// when the keys are known.
var groupValues = &pass{name: "group_by", put: keepBoth, end: func(p *runtime.Process, s *fold) lang.Value {
	keys := s.also.vs
	vals := &pass{name: "group_by", put: keep, end: func(_ *runtime.Process, v *fold) lang.Value { return groupPairs(keys, v.out.vs) }}
	return (&fold{pass: vals, f: s.acc, rest: list(s.out.vs)}).walk(p)
}}

// Random choice, from the process's own stream.

func shuffle(p *runtime.Process, vs, _ []lang.Value) lang.Value {
	return p.Shuffle(vs, len(vs), func(vs []lang.Value) lang.Value { return list(vs) })
}

func randomElement(p *runtime.Process, vs, _ []lang.Value) lang.Value {
	if len(vs) == 0 {
		raiseEmpty()
	}
	return p.Draw(int64(len(vs)), func(i int64) lang.Value { return vs[i] })
}

func takeRandom(p *runtime.Process, vs, args []lang.Value) lang.Value {
	n := int(min(notNegative("take_random", args, 0), int64(len(vs))))
	return p.Shuffle(vs, n, func(vs []lang.Value) lang.Value { return list(slices.Clip(vs[:n])) })
}
