package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
)

func rangeNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Range/new", Min: 2, Max: 3, Args: "first, last, step", Pure: rangeNew, Doc: "The range from first to last by step, or by 1 or -1, towards last. Range.new(1, 3) #=> 1..3"},
		{Name: "Range/size", Min: 1, Max: 1, Args: "range", Pure: one(rangeSize), Doc: "How many numbers there are. Range.size(1..10//3) #=> 4"},
		{Name: "Range/shift", Min: 2, Max: 2, Args: "range, steps_to_shift", Pure: two(rangeShift), Doc: "The range moved by a number of its steps. Range.shift(0..10, 1) #=> 1..11"},
		{Name: "Range/disjoint?", Min: 2, Max: 2, Args: "range1, range2", Pure: two(rangesDisjoint), Doc: "Whether the ranges share no number. Range.disjoint?(1..5, 6..9) #=> true"},
	}
}

func rangeNew(args []lang.Value) lang.Value {
	written, problem := "first..last", ""
	if len(args) == 3 {
		written, problem = "first..last//step", " and the step to be a non-zero integer"
	}
	wrong := func() {
		argumentError("ranges (" + written + ") expect both sides to be integers" + problem + ", got: " + rangeText(args))
	}
	for _, v := range args {
		if !lang.IsInteger(v) {
			wrong()
		}
	}
	step := lang.Int(1)
	switch {
	case len(args) == 3:
		step = args[2]
	case lang.NumCompare(args[0], args[1]) > 0:
		step = lang.Int(-1)
	}
	if lang.IsZero(step) {
		wrong()
	}
	return lang.Obj(lang.NewErlangMap(structKey, module("Range"), firstKey, args[0], lastKey, args[1], stepKey, step))
}

func rangeText(args []lang.Value) string {
	s := lang.Inspect(args[0]) + ".." + lang.Inspect(args[1])
	if len(args) == 3 {
		s += "//" + lang.Inspect(args[2])
	}
	return s
}

// rangeArg gives the bounds of a range, or raises.
func rangeArg(v lang.Value, name string) (first, last, step int64) {
	if k, m := structOf(v); k != nil && k.Name == rangeModule {
		if first, last, step, ok := rangeOf(m); ok {
			return first, last, step
		}
	}
	noClause("Range", name, []lang.Value{v})
	return 0, 0, 0
}

func rangeLen(first, last, step int64) int64 {
	if step > 0 && first > last || step < 0 && first < last {
		return 0
	}
	return (last-first)/step + 1
}

func rangeSize(v lang.Value) lang.Value {
	return lang.Int(rangeLen(rangeArg(v, "size")))
}

func rangeShift(v, by lang.Value) lang.Value {
	first, last, step := rangeArg(v, "shift")
	n := intArg("Range", "shift", []lang.Value{v, by}, 1) * step
	return newRange(first+n, last+n, step)
}

// rangesDisjoint walks through the range with fewer numbers.
func rangesDisjoint(a, b lang.Value) lang.Value {
	f1, l1, s1 := rangeArg(a, "disjoint?")
	f2, l2, s2 := rangeArg(b, "disjoint?")
	if rangeLen(f1, l1, s1) > rangeLen(f2, l2, s2) {
		a, b = b, a
		f1, l1, s1 = f2, l2, s2
	}
	_, other := structOf(b)
	for i, n := f1, rangeLen(f1, l1, s1); n > 0; i, n = i+s1, n-1 {
		if _, has := holdsNumber(other, lang.Int(i)); has {
			return lang.False
		}
	}
	return lang.True
}
