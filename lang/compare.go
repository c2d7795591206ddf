package lang

import (
	"cmp"
	"math/big"
	"strings"
	"unicode/utf8"
)

// Comparable is what further kinds of values implement that have an order
// among themselves.
type Comparable interface {
	Classed
	// CompareTo gives below, at or above 0; false if v is of another kind.
	CompareTo(v Value) (int, bool)
}

// Compare is Clojure's compare: nil first, numbers by value, strings,
// keywords, symbols, characters, booleans, vectors by length and then element
// by element. It raises ClassCastException, with the JVM's words, for
// anything else.
func Compare(a, b Value) int { return compareAt(a, b, 0) }

func compareAt(a, b Value, depth int) int {
	if a.p == nil || b.p == nil {
		switch {
		case a.p == b.p:
			return 0
		case a.p == nil:
			return -1
		}
		return 1
	}
	switch x := a.p.(type) {
	case intTag, int32Tag, floatTag, *big.Int, *Ratio, *Decimal:
		if !IsNumber(b) {
			panic(CastError(b, NumberClass))
		}
		return NumCompare(a, b)
	case string:
		if y, ok := b.p.(string); ok {
			return compareStrings(x, y)
		}
	case *Keyword:
		if y, ok := b.p.(*Keyword); ok {
			return compareNames(x.NS, x.Name, y.NS, y.Name)
		}
	case *Symbol:
		if y, ok := b.p.(*Symbol); ok {
			return compareNames(x.NS, x.Name, y.NS, y.Name)
		}
	case charTag:
		if b.IsChar() {
			return int(int64(a.w) - int64(b.w))
		}
	case boolTag:
		if b.IsBool() {
			return int(int64(a.w) - int64(b.w))
		}
	case *Vector:
		y, ok := b.p.(*Vector)
		if !ok {
			panic(CastError(b, IVectorClass))
		}
		return compareVectors(x, y, depth)
	case Comparable:
		if c, ok := x.CompareTo(b); ok {
			return c
		}
	default:
		if a.p == b.p || isCollection(a) && isCollection(b) && Count(a) == 0 && Equal(a, b) {
			return 0
		}
		panic(CastError(a, comparableClass))
	}
	panic(CastError(b, ClassOf(a)))
}

func comparableKinds(a, b Value) (ok bool) {
	ra, rb := IsNumber(a), IsNumber(b)
	if ra || rb {
		return ra && rb
	}
	return ClassOf(a) == ClassOf(b)
}

func compareVectors(x, y *Vector, depth int) int {
	if d := x.Len() - y.Len(); d != 0 {
		return sign(int64(d))
	}
	if depth > maxDepth {
		Raise(StackOverflowError, "vectors nested more than %d deep can't be compared", maxDepth)
	}
	for i := 0; i < x.Len(); i++ {
		if c := compareAt(x.Nth(i), y.Nth(i), depth+1); c != 0 {
			return c
		}
	}
	return 0
}

// compareStrings is String.compareTo: the difference of the first UTF-16
// units that differ, or of the lengths.
func compareStrings(x, y string) int {
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	if i == len(x) && i == len(y) {
		return 0
	}
	for i > 0 && (i < len(x) && !utf8.RuneStart(x[i]) || i < len(y) && !utf8.RuneStart(y[i])) {
		i--
	}
	a, b := utf16Units(x[i:], 2), utf16Units(y[i:], 2)
	for j := 0; j < len(a) && j < len(b); j++ {
		if a[j] != b[j] {
			return int(a[j]) - int(b[j])
		}
	}
	return utf16Len(x[i:]) - utf16Len(y[i:])
}

// utf16Units gives the first n units of s, or all.
func utf16Units(s string, n int) []uint32 {
	var us []uint32
	for i, w := 0, 0; i < len(s) && len(us) < n; i += w {
		_, w = utf8.DecodeRuneInString(s[i:])
		units(s[i:i+w], func(u uint32) { us = append(us, u) })
	}
	return us
}

func utf16Len(s string) int {
	n := 0
	units(s, func(uint32) { n++ })
	return n
}

// compareNames orders keywords and symbols: those without a namespace first,
// then by namespace, then by name.
func compareNames(ns1, name1, ns2, name2 string) int {
	if ns1 != ns2 {
		switch {
		case ns1 == "":
			return -1
		case ns2 == "":
			return 1
		}
		return compareStrings(ns1, ns2)
	}
	return compareStrings(name1, name2)
}

// TermCompare is the order of all terms in Erlang: number, atom, reference,
// function, port, pid, tuple, map, list, binary. 1 and 1.0 compare equal.
func TermCompare(a, b Value) int {
	if a.IsInt() && b.IsInt() {
		return cmp.Compare(a.AsInt(), b.AsInt())
	}
	return termOrder(a, b, false)
}

// Termed is what further kinds of values implement to have a place in the
// order of terms.
type Termed interface {
	// TermRank gives the rank of the kind and an order within it.
	TermRank() (rank TermRank, order uint64)
}

// TermRank orders the kinds of terms.
type TermRank uint8

// The kinds of terms in their order.
const (
	TermNumber TermRank = iota
	TermAtom
	TermReference
	TermFunction
	TermPort
	TermPid
	TermTuple
	TermMap
	TermList
	TermBinary
	TermForeign // what Erlang does not know
)

func termRank(v Value) TermRank {
	switch x := v.p.(type) {
	case intTag, int32Tag, floatTag, *big.Int, *Ratio, *Decimal:
		return TermNumber
	case nil, boolTag, *Keyword:
		return TermAtom
	case *Closure, *Native:
		return TermFunction
	case *Vector:
		return TermTuple
	case *Map, *SortedMap, *Record, *Set, *SortedSet:
		return TermMap
	case Seq, *LazySeq:
		return TermList
	case string, *Bitstring:
		return TermBinary
	case Termed:
		r, _ := x.TermRank()
		return r
	}
	return TermForeign
}

// AtomName gives the name of what is an atom to Erlang: a keyword, nil, true, false.
func AtomName(v Value) (string, bool) {
	switch x := v.p.(type) {
	case *Keyword:
		return x.String(), true
	case nil:
		return "nil", true
	case boolTag:
		if v.w != 0 {
			return "true", true
		}
		return "false", true
	}
	return "", false
}

// termOrder compares terms; strict tells 1 from 1.0, as the keys of maps are
// ordered. It works on a stack of its own, so that no nesting is too deep.
func termOrder(a, b Value, strict bool) int {
	type pair struct{ a, b Value }
	stack := []pair{{a, b}}
	push := func(a, b []Value) {
		for i := len(a) - 1; i >= 0; i-- {
			stack = append(stack, pair{a[i], b[i]})
		}
	}
	for len(stack) > 0 {
		p := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		ra, rb := termRank(p.a), termRank(p.b)
		if ra != rb {
			return sign(int64(ra) - int64(rb))
		}
		switch ra {
		case TermTuple:
			x, y := p.a.p.(*Vector), p.b.p.(*Vector)
			if x == y {
				continue
			}
			if d := x.Len() - y.Len(); d != 0 {
				return sign(int64(d))
			}
			push(x.AppendTo(nil), y.AppendTo(nil))
		case TermList:
			x, y := ToSlice(p.a), ToSlice(p.b)
			n := min(len(x), len(y))
			if len(x) != len(y) {
				stack = append(stack, pair{Int(int64(len(x))), Int(int64(len(y)))})
			}
			push(x[:n], y[:n])
		case TermMap:
			kx, vx := termEntries(p.a)
			ky, vy := termEntries(p.b)
			if d := len(kx) - len(ky); d != 0 {
				return sign(int64(d))
			}
			push(vx, vy)
			for i := range kx {
				if c := termOrder(kx[i], ky[i], true); c != 0 {
					return c
				}
			}
		default:
			if c := termScalars(ra, p.a, p.b, strict); c != 0 {
				return c
			}
		}
	}
	return 0
}

func termScalars(r TermRank, a, b Value, strict bool) int {
	switch r {
	case TermNumber:
		c := termNumbers(a, b)
		if c == 0 && strict && a.IsFloat() != b.IsFloat() {
			if b.IsFloat() {
				return -1
			}
			return 1
		}
		return c
	case TermAtom:
		x, _ := AtomName(a)
		y, _ := AtomName(b)
		return strings.Compare(x, y)
	case TermBinary:
		return compareBits(a, b)
	}
	if Identical(a, b) {
		return 0
	}
	if x, ok := a.p.(Termed); ok {
		_, i := x.TermRank()
		_, j := b.p.(Termed).TermRank()
		switch {
		case i < j:
			return -1
		case i > j:
			return 1
		}
		return 0
	}
	x, y := PrString(a), PrString(b)
	return strings.Compare(x, y)
}

// termNumbers compares exactly: a large integer is not rounded to a float.
func termNumbers(a, b Value) int {
	if a.IsFloat() == b.IsFloat() {
		return NumCompare(a, b)
	}
	f := a
	if b.IsFloat() {
		f = b
	}
	if x := f.AsFloat(); x != x || x > 1e300 || x < -1e300 {
		return NumCompare(a, b)
	}
	return exactCompare(exactFloat(a), exactFloat(b))
}

func exactFloat(v Value) Value {
	if !v.IsFloat() {
		return v
	}
	r := new(big.Rat).SetFloat64(v.AsFloat())
	return NewRatio(r.Num(), r.Denom())
}

// termEntries gives the keys of a map in their order, and the values.
func termEntries(v Value) (keys, vals []Value) {
	m := NewMapBuilder(EmptyErlangMap)
	add := func(k, v Value) bool { m.Assoc(k, v); return true }
	if s := v; isSet(s) {
		Iterate(s, func(x Value) bool { return add(x, Nil) })
	} else {
		children2(v, add)
	}
	m.m.Each(func(k, v Value) bool {
		keys, vals = append(keys, k), append(vals, v)
		return true
	})
	if m.m.hashed {
		sortTerms(keys, vals)
	}
	return keys, vals
}
