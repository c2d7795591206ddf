package lang

import "math/big"

// Equal is Clojure's = on values without unrealised lazy cells: numbers of
// one kind by value, vectors and sequences by elements, maps and sets
// whatever their order, records by type too. See Comparison for values that
// may hold unrealised cells.
func Equal(a, b Value) bool {
	if r := scalarEqual(a, b); r != undecided {
		return r == yes
	}
	return equalAt(Clojure, a, b, 0)
}

// equalAt compares within comparisons of keys that are depth deep already:
// the one recursion in Go that a comparison makes.
func equalAt(f Flavour, a, b Value, depth int) bool {
	if depth > maxDepth {
		Raise(StackOverflowError, "keys nested more than %d deep can't be compared", maxDepth)
	}
	c := Comparison{flavour: f, depth: depth, work: &pairWork{a: a, b: b}}
	if c.Step() != nil {
		raiseUnrealised()
	}
	return c.Equal()
}

type verdict uint8

const (
	undecided verdict = iota
	yes
	no
)

func decided(b bool) verdict {
	if b {
		return yes
	}
	return no
}

// scalarEqual decides Equal unless both are collections.
func scalarEqual(a, b Value) verdict {
	switch x := a.p.(type) {
	case nil:
		return decided(b.p == nil)
	case intTag:
		if b.IsInt() {
			return decided(a.w == b.w)
		}
		return decided(numberEqual(a, b))
	case *Keyword:
		y, ok := b.p.(*Keyword)
		return decided(ok && x == y)
	case string:
		y, ok := b.p.(string)
		return decided(ok && x == y)
	case floatTag, int32Tag, *big.Int, *Ratio, *Decimal:
		return decided(numberEqual(a, b))
	case boolTag:
		return decided(b.IsBool() && a.w == b.w)
	case charTag:
		return decided(b.IsChar() && a.w == b.w)
	case *Symbol:
		y, ok := b.p.(*Symbol)
		return decided(ok && x.Name == y.Name && x.NS == y.NS)
	case Equaler:
		return decided(x.EqualTo(b))
	}
	if a.p == b.p {
		return yes
	}
	if !isCollection(a) || !isCollection(b) {
		return no
	}
	return undecided
}

// Equaler is what further kinds of values implement that are equal to others
// than themselves.
type Equaler interface{ EqualTo(v Value) bool }

// numberEqual compares numbers of one category: integer, floating, decimal, ratio.
func numberEqual(a, b Value) bool {
	ra, rb := rankOf(a), rankOf(b)
	if max(ra, rb) <= rankBig {
		return exactCompare(a, b) == 0
	}
	return ra == rb && EqualNum(a, b)
}

// Comparison is a comparison by = in progress. Step works until it is decided
// or an unrealised lazy cell must be looked into; once the caller has
// realised that, the next Step goes on. A Comparison may be copied by
// assignment between steps.
type Comparison struct {
	flavour Flavour
	depth   int // comparisons of keys around this one
	work    *pairWork
	verdict verdict
}

// pairWork is a stack of pairs still to be compared; it never changes. In
// seq pairs both sides are what is left of two sequences. In find pairs, b is
// to be equal to one of the keys in candidates.
type pairWork struct {
	a, b Value
	seq  bool
	next *pairWork
}

// NewComparison begins a comparison of a and b by =.
func NewComparison(a, b Value) *Comparison {
	return &Comparison{work: &pairWork{a: a, b: b}}
}

// NewSame begins a comparison of a and b by the =:= of Erlang.
func NewSame(a, b Value) *Comparison {
	return &Comparison{flavour: Erlang, work: &pairWork{a: a, b: b}}
}

// Equal gives the outcome, once Step has given nil.
func (c *Comparison) Equal() bool { return c.verdict == yes }

// Step goes on until the comparison is decided, when it gives nil, or gives
// the lazy cell that must be realised first.
func (c *Comparison) Step() *LazySeq {
	for c.verdict == undecided {
		w := c.work
		if w == nil {
			c.verdict = yes
			return nil
		}
		if w.seq {
			if cell := c.stepSeq(w); cell != nil {
				return cell
			}
			continue
		}
		c.work = w.next
		if !c.pair(w.a, w.b) {
			c.verdict, c.work = no, nil
		}
	}
	return nil
}

func (c *Comparison) push(a, b Value, seq bool) {
	c.work = &pairWork{a, b, seq, c.work}
}

// stepSeq compares two sequences up to where an element needs a step of its own.
func (c *Comparison) stepSeq(w *pairWork) *LazySeq {
	a, b := w.a, w.b
	for {
		sa, cell := seqOf(a)
		if cell != nil {
			c.work = &pairWork{a, b, true, w.next}
			return cell
		}
		sb, cell := seqOf(b)
		if cell != nil {
			c.work = &pairWork{a, b, true, w.next}
			return cell
		}
		if sa.p == nil || sb.p == nil {
			c.work = w.next
			if sa.p != nil || sb.p != nil {
				c.verdict = no
			}
			return nil
		}
		if sa.p == sb.p {
			c.work = w.next
			return nil
		}
		x, y := sa.p.(Seq), sb.p.(Seq)
		switch r := x.(type) {
		case *Repeat:
			if q, ok := y.(*Repeat); ok && r.n < 0 && q.n < 0 {
				c.work = w.next
				c.push(r.x, q.x, false)
				return nil
			}
		case *Range:
			if q, ok := y.(*Range); ok {
				c.work = w.next
				if r.start != q.start || r.n != q.n || r.n > 1 && r.step != q.step {
					c.verdict = no
				}
				return nil
			}
		}
		a, b = x.Rest(), y.Rest()
		fa, fb := x.First(), y.First()
		switch c.scalar(fa, fb) {
		case no:
			c.verdict = no
			return nil
		case undecided:
			c.work = &pairWork{a, b, true, w.next}
			c.push(fa, fb, false)
			return nil
		}
	}
}

func (c *Comparison) scalar(a, b Value) verdict {
	if c.flavour == Erlang {
		return scalarSame(a, b)
	}
	return scalarEqual(a, b)
}

// pair compares two values, pushing what is inside; false if they differ.
func (c *Comparison) pair(a, b Value) bool {
	if r := c.scalar(a, b); r != undecided {
		return r == yes
	}
	switch x := a.p.(type) {
	case *Vector:
		if y, ok := b.p.(*Vector); ok {
			return c.vectors(x, y)
		}
	case *Record:
		y, ok := b.p.(*Record)
		return ok && x.Type == y.Type && c.entries(a, b)
	case *Map, *SortedMap:
		return isMap(b) && c.entries(a, b)
	case *Set, *SortedSet:
		return isSet(b) && c.members(a, b)
	}
	if !IsSequential(a) || !IsSequential(b) {
		return false
	}
	if c.flavour == Erlang && isVector(a) != isVector(b) {
		return false
	}
	if n, ok := Counted(a); ok {
		if m, ok := Counted(b); ok && m != n {
			return false
		}
	}
	c.push(a, b, true)
	return true
}

func isVector(v Value) bool { _, ok := v.p.(*Vector); return ok }

func isMap(v Value) bool {
	switch v.p.(type) {
	case *Map, *SortedMap:
		return true
	}
	return false
}

func isSet(v Value) bool {
	switch v.p.(type) {
	case *Set, *SortedSet:
		return true
	}
	return false
}

// vectors compares the scalars of two vectors at once and pushes the rest.
func (c *Comparison) vectors(x, y *Vector) bool {
	if x.Len() != y.Len() {
		return false
	}
	for i := 0; i < x.Len(); i++ {
		a, b := x.Nth(i), y.Nth(i)
		switch c.scalar(a, b) {
		case no:
			return false
		case undecided:
			c.push(VectorSeq(x, i+1), VectorSeq(y, i+1), true)
			c.push(a, b, false)
			return true
		}
	}
	return true
}

// mapGet gives the value of k in a map, sorted map or record, and whether it is there.
func mapGet(m, k Value, depth int) (Value, bool) {
	switch x := m.p.(type) {
	case *Map:
		_, v, ok := x.find(k, depth)
		return v, ok
	case *Record:
		if i := x.field(k); i >= 0 {
			return x.vals[i], true
		}
		_, v, ok := x.further().find(k, depth)
		return v, ok
	case *SortedMap:
		if x.Cmp.p != nil {
			return x.scan(k, depth)
		}
		if x.root == nil || !comparableKinds(k, x.root.key) {
			return Nil, false
		}
		return x.Get(k)
	}
	return Nil, false
}

// scan finds a key by = where the order is a function's, which lang can't call.
func (m *SortedMap) scan(k Value, depth int) (val Value, found bool) {
	m.Each(func(key, v Value) bool {
		if equalAt(Clojure, key, k, depth) {
			val, found = v, true
		}
		return !found
	})
	return val, found
}

func (c *Comparison) entries(a, b Value) bool {
	if n, _ := Counted(a); n != Count(b) {
		return false
	}
	same := true
	children2(a, func(k, v Value) bool {
		o, ok := mapGet(b, k, c.depth+1)
		if !ok {
			same = false
			return false
		}
		switch c.scalar(v, o) {
		case no:
			same = false
		case undecided:
			c.push(v, o, false)
		}
		return same
	})
	return same
}

func children2(v Value, f func(k, v Value) bool) {
	switch x := v.p.(type) {
	case *Map:
		x.Each(f)
	case *SortedMap:
		x.Each(f)
	case *Record:
		x.Each(f)
	}
}

func (c *Comparison) members(a, b Value) bool {
	if n, _ := Counted(a); n != Count(b) {
		return false
	}
	same := true
	Iterate(a, func(x Value) bool {
		same = contains(b, x, c.depth+1)
		return same
	})
	return same
}

// Contains reports whether x is an element of a set or sorted set.
func Contains(set, x Value) bool { return contains(set, x, 0) }

func contains(set, x Value, depth int) bool {
	switch s := set.p.(type) {
	case *Set:
		_, _, ok := s.m.find(x, depth)
		return ok
	case *SortedSet:
		_, ok := mapGet(Obj(s.M), x, depth)
		return ok
	}
	return false
}

// Same is the =:= of Erlang on values without unrealised lazy cells: a vector
// (tuple) is no list, 1 is not 1.0.
func Same(a, b Value) bool {
	if r := scalarSame(a, b); r != undecided {
		return r == yes
	}
	return equalAt(Erlang, a, b, 0)
}

func scalarSame(a, b Value) verdict {
	// Erlang knows no nil that differs from an empty list's end, but ours is
	// the atom nil; so nil equals only itself here too.
	return scalarEqual(a, b)
}
