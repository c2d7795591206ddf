package core

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var sortNatives = []*lang.Native{
	{Name: "clojure.core/sort", Min: 1, Max: 2, Seqs: allArgs, Args: "[coll] [comp coll]", Run: sort, Doc: "The elements of coll in order; equal ones stay as they were. comp tells whether x comes before y, or compares them. (sort [3 1 2]) ;=> (1 2 3)"},
	{Name: "clojure.core/shuffle", Min: 1, Max: 1, Seqs: arg0, Args: "[coll]", Run: shuffle, Doc: "A vector of the elements of coll in random order."},
}

func sort(p *runtime.Process, args []lang.Value) lang.Value {
	coll := args[len(args)-1]
	vs := elements(coll)
	cmp := args[0]
	switch {
	case len(args) == 1 && slices.ContainsFunc(vs, ownOrder):
		cmp = compareFn
	case len(args) == 1:
		slices.SortStableFunc(vs, lang.Compare)
		return lang.ListOf(vs...)
	case len(vs) < 2:
		return lang.ListOf(vs...)
	}
	if n, ok := cmp.Obj().(*lang.Native); ok && n.Pure != nil && n.Takes(2) {
		slices.SortStableFunc(vs, pureOrder(n.Pure))
		return lang.ListOf(vs...)
	}
	m := merge{cmp: cmp, src: vs, width: 1}
	return m.on(p)
}

// ownOrder reports whether v is of a type that may have a compareTo of its own.
func ownOrder(v lang.Value) bool { return is[*Instance](v) || is[*lang.Record](v) }

// pureOrder is the order that a native gives: a number, or whether the first
// comes before the second.
func pureOrder(f pure) func(a, b lang.Value) int {
	return func(a, b lang.Value) int {
		v := f([]lang.Value{a, b})
		switch {
		case !v.IsBool():
			return lang.Sign(number(v))
		case v.AsBool():
			return -1
		case f([]lang.Value{b, a}).Truthy():
			return 1
		}
		return 0
	}
}

// merge is a merge sort from the bottom up, while its comparator compares two
// elements. Runs of src, each of width elements and sorted, are merged two by
// two into dst. Nothing in src is changed any more, and dst only grows, so a
// copy of a merge is an earlier state of it.
type merge struct {
	cmp      lang.Value
	src, dst []lang.Value
	width    int
	i, j     int // the next of the left and of the right run
	low      int // where the left run begins
}

var mergeKont = &runtime.Kont{Name: "sort"}

func init() {
	mergeKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		m := *state.(*merge)
		// The comparator was asked of (right, left): only a right element that
		// comes before the left one goes first, so that the sort is stable.
		if v.IsBool() && v.AsBool() || !v.IsBool() && lang.Sign(number(v)) < 0 {
			m.dst = append(m.dst, m.src[m.j])
			m.j++
		} else {
			m.dst = append(m.dst, m.src[m.i])
			m.i++
		}
		return m.on(p)
	}
}

// on goes on to the next comparison.
func (m merge) on(p *runtime.Process) lang.Value {
	n := len(m.src)
	for {
		if m.dst == nil {
			if m.width >= n {
				return lang.ListOf(m.src...)
			}
			m.dst = make([]lang.Value, 0, n)
			m.low, m.i, m.j = 0, 0, m.width
		}
		mid, high := min(m.low+m.width, n), min(m.low+2*m.width, n)
		if m.i < mid && m.j < high {
			return p.Call(mergeKont, &m, m.cmp, m.src[m.j], m.src[m.i])
		}
		if m.i < mid {
			m.dst = append(m.dst, m.src[m.i:mid]...)
		} else if m.j < high {
			m.dst = append(m.dst, m.src[m.j:high]...)
		}
		m.low = high
		m.i, m.j = m.low, min(m.low+m.width, n)
		if m.low >= n {
			m.src, m.dst, m.width = m.dst, nil, 2*m.width
		}
	}
}

func shuffle(p *runtime.Process, args []lang.Value) lang.Value {
	vs := elements(args[0])
	return p.Shuffle(vs, len(vs), func(vs []lang.Value) lang.Value { return lang.Obj(lang.NewVector(vs)) })
}
