package lang

import "unicode/utf8"

// Chunked is a sequence that has its next elements side by side.
type Chunked interface {
	Seq
	// Chunk gives the next elements, at least one. They must not be changed.
	Chunk() []Value
	// ChunkRest is what follows them, in the manner of Rest.
	ChunkRest() Value
}

func orEmpty(s Value) Value {
	if s.p == nil {
		return Obj(EmptyList)
	}
	return s
}

// VecSeq is the sequence of a vector's elements from one on.
type VecSeq struct {
	v    *Vector
	i    int
	Meta *Map
}

// VectorSeq gives the elements of v from i on as a sequence, nil if there are none.
func VectorSeq(v *Vector, i int) Value {
	if i >= v.Len() {
		return Nil
	}
	return Obj(&VecSeq{v: v, i: i})
}

// First gives the first element.
func (s *VecSeq) First() Value { return s.v.Nth(s.i) }

// Rest gives what follows.
func (s *VecSeq) Rest() Value { return orEmpty(VectorSeq(s.v, s.i+1)) }

// Len gives the number of elements.
func (s *VecSeq) Len() int { return s.v.Len() - s.i }

// Chunk gives the elements up to the end of a leaf of the vector.
func (s *VecSeq) Chunk() []Value { return s.v.block(s.i) }

// ChunkRest gives what follows that leaf.
func (s *VecSeq) ChunkRest() Value { return orEmpty(VectorSeq(s.v, s.i+len(s.v.block(s.i)))) }

// RevSeq is the sequence of a vector's elements from one back to the first.
type RevSeq struct {
	v *Vector
	i int
}

// ReverseSeq gives the elements of v from the last to the first, nil if there are none.
func ReverseSeq(v *Vector) Value {
	if v.Len() == 0 {
		return Nil
	}
	return Obj(&RevSeq{v, v.Len() - 1})
}

// First gives the first element.
func (s *RevSeq) First() Value { return s.v.Nth(s.i) }

// Rest gives what follows.
func (s *RevSeq) Rest() Value {
	if s.i == 0 {
		return Obj(EmptyList)
	}
	return Obj(&RevSeq{s.v, s.i - 1})
}

// Len gives the number of elements.
func (s *RevSeq) Len() int { return s.i + 1 }

// Range is a non-empty arithmetic progression of integers.
type Range struct {
	start, step int64
	n           int // how many
	Meta        *Map
}

// NewRange gives the integers from start, by step, up to but not including
// end, as a sequence; nil if there are none. A step of 0 is the caller's to
// treat: Clojure repeats start for ever.
func NewRange(start, end, step int64) Value {
	var n uint64
	switch {
	case step > 0 && start < end:
		n = (uint64(end)-uint64(start)-1)/uint64(step) + 1
	case step < 0 && start > end:
		n = (uint64(start)-uint64(end)-1)/-uint64(step) + 1
	}
	if n == 0 {
		return Nil
	}
	if n > 1<<62 {
		n = 1 << 62
	}
	return Obj(&Range{start: start, step: step, n: int(n)})
}

// First gives the first number.
func (r *Range) First() Value { return Int(r.start) }

// Rest gives what follows.
func (r *Range) Rest() Value { return r.drop(1) }

func (r *Range) drop(k int) Value {
	if r.n <= k {
		return Obj(EmptyList)
	}
	return Obj(&Range{start: r.start + int64(k)*r.step, step: r.step, n: r.n - k})
}

// Len gives how many numbers there are.
func (r *Range) Len() int { return r.n }

// Nth gives number i, which must be at least 0 and less than Len.
func (r *Range) Nth(i int) Value { return Int(r.start + int64(i)*r.step) }

// Chunk gives up to 32 numbers.
func (r *Range) Chunk() []Value {
	c := make([]Value, min(r.n, width))
	for i := range c {
		c[i] = Int(r.start + int64(i)*r.step)
	}
	return c
}

// ChunkRest gives what follows them.
func (r *Range) ChunkRest() Value { return r.drop(width) }

// ChunkedCons is some elements in front of a sequence that may be lazy.
type ChunkedCons struct {
	chunk []Value
	rest  Value
	Meta  *Map
}

// NewChunkedCons puts chunk, which must not change any more, in front of rest
// (as for NewCons). Without elements it gives rest itself.
func NewChunkedCons(chunk []Value, rest Value) Value {
	rest = orEmpty(rest)
	if len(chunk) == 0 {
		return rest
	}
	return Obj(&ChunkedCons{chunk: chunk, rest: rest})
}

// First gives the first element.
func (c *ChunkedCons) First() Value { return c.chunk[0] }

// Rest gives what follows.
func (c *ChunkedCons) Rest() Value { return NewChunkedCons(c.chunk[1:], c.rest) }

// Chunk gives the elements that are there.
func (c *ChunkedCons) Chunk() []Value { return c.chunk }

// ChunkRest gives what follows them.
func (c *ChunkedCons) ChunkRest() Value { return c.rest }

// Repeat is a value over and over, n times, or for ever if n is negative.
type Repeat struct {
	x    Value
	n    int64
	Meta *Map
}

// NewRepeat repeats x n times (negative: for ever); nil if n is 0.
func NewRepeat(x Value, n int64) Value {
	if n == 0 {
		return Nil
	}
	return Obj(&Repeat{x: x, n: n})
}

// First gives the value.
func (r *Repeat) First() Value { return r.x }

// Rest gives what follows.
func (r *Repeat) Rest() Value {
	if r.n < 0 {
		return Obj(r)
	}
	return orEmpty(NewRepeat(r.x, r.n-1))
}

// StringSeq is the sequence of a string's characters from one on.
type StringSeq struct{ s string }

func stringSeq(s string) Value {
	if s == "" {
		return Nil
	}
	return Obj(&StringSeq{s})
}

// First gives the first character.
func (s *StringSeq) First() Value { r, _ := utf8.DecodeRuneInString(s.s); return Char(r) }

// Rest gives what follows.
func (s *StringSeq) Rest() Value {
	_, n := utf8.DecodeRuneInString(s.s)
	return orEmpty(stringSeq(s.s[n:]))
}

// Len gives the number of characters.
func (s *StringSeq) Len() int { return utf8.RuneCountInString(s.s) }

// seqPart says what a sequence over a map or a set gives of each entry.
type seqPart uint8

const (
	seqEntries seqPart = iota
	seqKeys
	seqVals
)

func (p seqPart) of(k, v Value) Value {
	switch p {
	case seqKeys:
		return k
	case seqVals:
		return v
	}
	return Obj(NewEntry(k, v))
}

// arraySeq is the sequence of a small map's entries from one on.
type arraySeq struct {
	es   []entry
	part seqPart
}

// First gives the first entry, key or value.
func (s *arraySeq) First() Value { return s.part.of(s.es[0].key, s.es[0].val) }

// Rest gives what follows.
func (s *arraySeq) Rest() Value {
	if len(s.es) == 1 {
		return Obj(EmptyList)
	}
	return Obj(&arraySeq{s.es[1:], s.part})
}

// Len gives the number of entries.
func (s *arraySeq) Len() int { return len(s.es) }

// trieSeq is the sequence of a hash trie's entries from a position on.
type trieSeq struct {
	c    *cursor
	part seqPart
}

// First gives the first entry, key or value.
func (s *trieSeq) First() Value { e := s.c.entry(); return s.part.of(e.key, e.val) }

// Rest gives what follows.
func (s *trieSeq) Rest() Value {
	if c := s.c.next(); c != nil {
		return Obj(&trieSeq{c, s.part})
	}
	return Obj(EmptyList)
}

func (m *Map) seq(part seqPart) Value {
	switch {
	case m.cnt == 0:
		return Nil
	case !m.hashed:
		return Obj(&arraySeq{m.small, part})
	}
	var rest Value
	if m.root != nil {
		rest = Obj(&trieSeq{enter(m.root, nil), part})
	}
	if m.nilVal != nil {
		return Obj(NewCons(part.of(Nil, *m.nilVal), rest))
	}
	return rest
}

// Keys gives the keys of a map, sorted map or record as a sequence, nil if
// there are none; false for another value.
func Keys(v Value) (Value, bool) { return partOf(v, seqKeys) }

// Vals gives the values of a map, sorted map or record as a sequence, nil if
// there are none; false for another value.
func Vals(v Value) (Value, bool) { return partOf(v, seqVals) }

func partOf(v Value, part seqPart) (Value, bool) {
	switch x := v.p.(type) {
	case *Map:
		return x.seq(part), true
	case *SortedMap:
		return x.seq(false, part), true
	case *Record:
		return x.seq(part), true
	}
	return Nil, false
}

func seqOf(v Value) (Value, *LazySeq) {
	switch x := v.p.(type) {
	case nil:
		return Nil, nil
	case *List:
		if x.cnt == 0 {
			return Nil, nil
		}
		return v, nil
	case *LazySeq:
		if !x.Done() {
			return Nil, x
		}
		return x.Val, nil
	case Seq:
		return v, nil
	case *Vector:
		return VectorSeq(x, 0), nil
	case *Map:
		return x.seq(seqEntries), nil
	case *Set:
		return x.m.seq(seqKeys), nil
	case *SortedMap:
		return x.Seq(false), nil
	case *SortedSet:
		return x.Seq(false), nil
	case *Record:
		return x.seq(seqEntries), nil
	case string:
		return stringSeq(x), nil
	case Seqable:
		return x.Seq(), nil
	}
	Raise(IllegalArgumentException, "Don't know how to create ISeq from: %s", ClassOf(v).Name)
	return Nil, nil
}

// Seqable is what further kinds of values implement that are no sequence but have one.
type Seqable interface {
	// Seq gives a Seq as a value, or nil.
	Seq() Value
}

// First gives the first element of a realised seqable, nil if there is none.
func First(v Value) Value {
	if s, ok := realSeq(v).p.(Seq); ok {
		return s.First()
	}
	return Nil
}

// Rest gives what follows the first element of a realised seqable: a
// sequence, the empty list, or a lazy cell.
func Rest(v Value) Value {
	if s, ok := realSeq(v).p.(Seq); ok {
		return s.Rest()
	}
	return Obj(EmptyList)
}

func realSeq(v Value) Value {
	s, cell := seqOf(v)
	if cell != nil {
		raiseUnrealised()
	}
	return s
}

// raiseUnrealised reports a lazy cell where a caller promised there was none.
func raiseUnrealised() {
	Raise(IllegalStateException, "a lazy sequence is not realised yet")
}

// Next gives the sequence after the first element, nil if there is none; or
// the lazy cell that must be realised first.
func Next(v Value) (Value, *LazySeq) {
	s, cell := seqOf(v)
	if cell != nil || s.p == nil {
		return Nil, cell
	}
	return seqOf(s.p.(Seq).Rest())
}

// Iterate calls f with each element of a seqable until f gives false or there
// are no more: then it gives nil. At an unrealised lazy cell it stops and
// gives the cell; once that is realised, iterating over the cell goes on.
func Iterate(v Value, f func(Value) bool) *LazySeq { return iterate(v, f, false) }

// iterate is Iterate; if all of v is wanted it refuses what has no end.
func iterate(v Value, f func(Value) bool, all bool) *LazySeq {
	for {
		switch x := v.p.(type) {
		case *Vector:
			x.Each(f)
			return nil
		case *Map:
			x.Each(func(k, v Value) bool { return f(Obj(NewEntry(k, v))) })
			return nil
		case *Set:
			x.Each(f)
			return nil
		case *List:
			x.Each(f)
			return nil
		case *Range:
			if all && x.n > maxSlice {
				raiseTooLong()
			}
		}
		s, cell := seqOf(v)
		if cell != nil || s.p == nil {
			return cell
		}
		switch x := s.p.(type) {
		case Chunked:
			for _, e := range x.Chunk() {
				if !f(e) {
					return nil
				}
			}
			v = x.ChunkRest()
		case Seq:
			if all && endless(x) {
				raiseTooLong()
			}
			if !f(x.First()) {
				return nil
			}
			v = x.Rest()
		}
	}
}

// Counted gives the length of what knows its own, in constant time.
func Counted(v Value) (int, bool) {
	switch x := v.p.(type) {
	case nil:
		return 0, true
	case string:
		return utf8.RuneCountInString(x), true
	case interface{ Len() int }:
		return x.Len(), true
	}
	return 0, false
}

// Count gives the number of elements of a realised collection, as Clojure's count.
func Count(v Value) int {
	if n, ok := Counted(v); ok {
		return n
	}
	if !IsSeqable(v) {
		Raise(UnsupportedOperationException, "count not supported on this type: %s", ClassOf(v).Simple())
	}
	n := 0
	for {
		if k, ok := Counted(v); ok {
			return n + k
		}
		s := realSeq(v)
		switch x := s.p.(type) {
		case nil:
			return n
		case Chunked:
			n += len(x.Chunk())
			v = x.ChunkRest()
		case *Repeat:
			if endless(x) {
				raiseTooLong()
			}
			return n + int(x.n)
		case Seq:
			n++
			v = x.Rest()
		}
	}
}

// IsSeqable reports whether SeqOf would not raise.
func IsSeqable(v Value) bool {
	switch v.p.(type) {
	case nil, string, Seq, Seqable, *LazySeq, *Vector, *Map, *Set, *SortedMap, *SortedSet, *Record:
		return true
	}
	return false
}

// IsSequential reports whether v is a vector, list or sequence.
func IsSequential(v Value) bool {
	switch v.p.(type) {
	case Seq, *LazySeq, *Vector:
		return true
	}
	return false
}

// ToSlice gives the elements of a realised seqable, in a slice of the caller's
// own. It raises OutOfMemoryError for a sequence without an end.
func ToSlice(v Value) []Value {
	var vs []Value
	if n, ok := Counted(v); ok {
		if n > maxSlice {
			raiseTooLong()
		}
		vs = make([]Value, 0, n)
	}
	cell := iterate(v, func(x Value) bool {
		if len(vs) == maxSlice {
			raiseTooLong()
		}
		vs = append(vs, x)
		return true
	}, true)
	if cell != nil {
		raiseUnrealised()
	}
	return vs
}

// maxSlice bounds what ToSlice gives: 3 GiB of values.
const maxSlice = 1 << 27

func endless(s Seq) bool { r, ok := s.(*Repeat); return ok && r.n < 0 }

func raiseTooLong() {
	Raise(OutOfMemoryError, "the sequence has no end, or more elements than the memory can hold")
}
