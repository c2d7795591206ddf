package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// order is how elements are put in order: by the order of terms, up or down,
// or by a function that tells whether its first argument may stand first.
type order struct {
	f    lang.Value // nil: the order of terms
	down bool
}

// orderOf reads what the sorting functions take as a sorter: :asc, :desc, a
// module with compare/2, {:asc | :desc, module}, or a function.
func orderOf(p *runtime.Process, v lang.Value) order {
	switch {
	case v == lang.K("asc"):
		return order{}
	case v == lang.K("desc"):
		return order{down: true}
	case isAtom(v):
		return order{f: byModule(p, v, false)}
	case isTuple(v):
		t := pairOf(v)
		return order{f: byModule(p, t.Nth(1), t.Nth(0) == lang.K("desc"))}
	}
	if !isFunction(v) {
		noClause("Enum", "to_sort_fun", []lang.Value{v})
	}
	return order{f: v}
}

// byModule makes the function that tells whether a may stand before b, to the
// compare of a module.
func byModule(p *runtime.Process, name lang.Value, down bool) lang.Value {
	wrong := lang.K("gt")
	if down {
		wrong = lang.K("lt")
	}
	k := &runtime.Kont{Name: "compare", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value { return lang.Bool(v != wrong) }}
	compare := functionOf(p, name, "compare", 2)
	return lang.Obj(&lang.Native{Name: "Enum/before?", Min: 2, Max: 2, Args: "a, b",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return p.Call(k, nil, compare, args...) }})
}

// functionOf gives a function of a module, or raises UndefinedFunctionError.
func functionOf(p *runtime.Process, mod lang.Value, name string, arity int) lang.Value {
	atom, _ := lang.AtomName(mod)
	if n := p.W.FindNS(namespaceName(atom)); n != nil {
		if f := n.Var(name); f != nil {
			return lang.Obj(f)
		}
	}
	raiseStruct("UndefinedFunctionError", lang.K("module"), mod, lang.K("function"), lang.K(name), lang.K("arity"), lang.Int(int64(arity)))
	return lang.Nil
}

// keyed is an element and what it is sorted by.
type keyed struct{ key, x lang.Value }

// merging is a merge sort from the bottom up, while its function compares two
// keys. Runs of src, each of width elements and sorted, are merged two by two
// into dst. Nothing in src is changed any more.
type merging struct {
	f     lang.Value
	src   []keyed
	dst   growing[keyed]
	width int
	i, j  int // the next of the left and of the right run
	low   int // where the left run begins
	then  func(p *runtime.Process, ks []keyed) lang.Value
}

var mergeKont = &runtime.Kont{Name: "sort"}

func init() {
	mergeKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		m := state.(*merging)
		if p.W.Journalling() {
			c := *m
			m = &c
		}
		if v.Truthy() {
			m.dst.add(m.src[m.i])
			m.i++
		} else {
			m.dst.add(m.src[m.j])
			m.j++
		}
		return m.on(p)
	}
}

// on goes on to the next comparison.
func (m *merging) on(p *runtime.Process) lang.Value {
	n := len(m.src)
	for {
		if m.dst.vs == nil {
			if m.width >= n {
				return m.then(p, m.src)
			}
			m.dst = growing[keyed]{make([]keyed, 0, n), new(int)}
			m.low, m.i, m.j = 0, 0, m.width
		}
		mid, high := min(m.low+m.width, n), min(m.low+2*m.width, n)
		if m.i < mid && m.j < high {
			return p.Call(mergeKont, m, m.f, m.src[m.i].key, m.src[m.j].key)
		}
		if m.i < mid {
			m.dst.add(m.src[m.i:mid]...)
		} else if m.j < high {
			m.dst.add(m.src[m.j:high]...)
		}
		m.low = high
		m.i, m.j = m.low, min(m.low+m.width, n)
		if m.low >= n {
			m.src, m.dst, m.width = m.dst.vs, growing[keyed]{}, 2*m.width
		}
	}
}

// sort sorts ks, which it may change, stably by their keys; then gets them.
func (o order) sort(p *runtime.Process, ks []keyed, then func(p *runtime.Process, ks []keyed) lang.Value) lang.Value {
	if !o.f.IsNil() {
		m := &merging{f: o.f, src: ks, width: 1, then: then}
		return m.on(p)
	}
	p.Charge(len(ks))
	slices.SortStableFunc(ks, func(a, b keyed) int {
		if o.down {
			return lang.TermCompare(b.key, a.key)
		}
		return lang.TermCompare(a.key, b.key)
	})
	return then(p, ks)
}

func keysOf(keys, vs []lang.Value) []keyed {
	ks := make([]keyed, len(vs))
	for i := range vs {
		ks[i] = keyed{keys[i], vs[i]}
	}
	return ks
}

func giveKeyed(_ *runtime.Process, ks []keyed) lang.Value {
	vs := make([]lang.Value, len(ks))
	for i := range ks {
		vs[i] = ks[i].x
	}
	return list(vs)
}

func sortElements(p *runtime.Process, vs, args []lang.Value) lang.Value {
	o := orderOf(p, optional(args, 0, lang.K("asc")))
	return o.sort(p, keysOf(vs, vs), giveKeyed)
}

// sortPass maps with the first function, and sorts by the outcomes.
var sortPass = &pass{name: "sort_by", put: keepBoth, end: func(p *runtime.Process, s *fold) lang.Value {
	return orderOf(p, s.acc).sort(p, keysOf(s.also.vs, s.out.vs), giveKeyed)
}}

// keepBoth keeps an element and what the function gave for it.
func keepBoth(s *fold, r lang.Value) verdict {
	s.out.add(s.x)
	s.also.add(r)
	return next
}

// The extremes. The first element wins among those that are equal, so that a
// later one must be strictly better.

// extremeOf makes the pass without a function, the least or the greatest by
// the order of terms.
func extremeOf(name string, sign int) *pass {
	return &pass{name: name, end: orFallback, see: func(s *fold, x lang.Value) verdict {
		if !s.on || sign*lang.TermCompare(x, s.acc) > 0 {
			s.acc, s.on = x, true
		}
		return next
	}}
}

// orFallback gives the accumulator, or, if there was no element, what the
// function in also gives.
func orFallback(p *runtime.Process, s *fold) lang.Value {
	switch {
	case s.on:
		return s.acc
	case len(s.also.vs) > 0:
		return p.TailCall(s.also.vs[0])
	}
	raiseEmpty()
	return lang.Nil
}

// keepFirst keeps the accumulator if the function said that it may stand first.
func keepFirst(s *fold, r lang.Value) verdict {
	if !r.Truthy() {
		s.acc = s.x
	}
	return next
}

var (
	leastPass, greatestPass = extremeOf("min", -1), extremeOf("max", 1)
	bestPass                = &pass{name: "min", arg: accElement, see: begin, put: keepFirst, end: orFallback}
	// bestKeyed is bestPass for pairs of a key and an element; it gives the element.
	bestKeyed = &pass{name: "min_by", arg: keysOfPairs, see: begin, put: keepFirst, end: func(p *runtime.Process, s *fold) lang.Value {
		if s.on {
			return pairOf(s.acc).Nth(1)
		}
		return orFallback(p, s)
	}}
)

// fallbackOrSorter tells a function of no arguments, which stands for an
// empty enumerable, from a sorter among the last arguments.
func fallbackOrSorter(args []lang.Value) (sorter, fallback lang.Value) {
	for _, v := range args {
		if callable(v, 0) && !callable(v, 2) {
			fallback = v
		} else {
			sorter = v
		}
	}
	return sorter, fallback
}

// sorterFor reads the sorter of min (sign -1) or max (1); without one, or for
// a module, greater means later.
func sorterFor(p *runtime.Process, v lang.Value, sign int) order {
	switch {
	case v.IsNil():
		return order{down: sign > 0}
	case isAtom(v):
		return order{f: byModule(p, v, sign > 0)}
	}
	return orderOf(p, v)
}

func extreme(plainly *pass, sign int) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		sorter, fallback := fallbackOrSorter(args[1:])
		s := &fold{pass: plainly}
		if !fallback.IsNil() {
			s.also.add(fallback)
		}
		if o := sorterFor(p, sorter, sign); !o.f.IsNil() {
			s.pass, s.f = bestPass, o.f
		}
		return s.start(p, args[0])
	}
}

// extremeBy makes min_by and max_by: the keys first, then the best of them.
func extremeBy(name string, sign int) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		checkFunction(args[1])
		sorter, fallback := fallbackOrSorter(args[2:])
		o := sorterFor(p, sorter, sign)
		k := &pass{name: name, put: keepBoth, end: func(p *runtime.Process, s *fold) lang.Value {
			if len(s.out.vs) > 0 && o.f.IsNil() {
				return s.out.vs[extremeIndex(s.also.vs, sign)]
			}
			best := &fold{pass: bestKeyed, f: o.f, rest: pairsOf(s.also.vs, s.out.vs)}
			if !fallback.IsNil() {
				best.also.add(fallback)
			}
			return best.walk(p)
		}}
		return (&fold{pass: k, f: args[1]}).start(p, args[0])
	}
}

func extremeIndex(keys []lang.Value, sign int) int {
	best := 0
	for i, k := range keys {
		if sign*lang.TermCompare(k, keys[best]) > 0 {
			best = i
		}
	}
	return best
}

func pairsOf(as, bs []lang.Value) lang.Value {
	out := make([]lang.Value, len(as))
	for i := range as {
		out[i] = lang.Vec(as[i], bs[i])
	}
	return list(out)
}

// minMax is the least and the greatest by their keys, by the order of terms;
// the last argument, if it takes none, stands for an empty enumerable.
func minMax(p *runtime.Process, keys, vs, args []lang.Value) lang.Value {
	if len(vs) == 0 {
		if len(args) == 0 {
			raiseEmpty()
		}
		return p.TailCall(args[len(args)-1])
	}
	return lang.Vec(vs[extremeIndex(keys, -1)], vs[extremeIndex(keys, 1)])
}

// minMaxBy compares the outcomes of the first function; the next argument may
// be a sorter: then the two are the first and the last in its order.
func minMaxBy(p *runtime.Process, args []lang.Value) lang.Value {
	checkFunction(args[1])
	sorter, fallback := fallbackOrSorter(args[2:])
	var rest []lang.Value
	if !fallback.IsNil() {
		rest = []lang.Value{fallback}
	}
	k := &pass{name: "min_max_by", put: keepBoth, end: func(p *runtime.Process, s *fold) lang.Value {
		if sorter.IsNil() || len(s.out.vs) == 0 {
			return minMax(p, s.also.vs, s.out.vs, rest)
		}
		return orderOf(p, sorter).sort(p, keysOf(s.also.vs, s.out.vs), func(_ *runtime.Process, ks []keyed) lang.Value {
			return lang.Vec(ks[0].x, ks[len(ks)-1].x)
		})
	}}
	return (&fold{pass: k, f: args[1]}).start(p, args[0])
}
