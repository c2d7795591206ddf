package lang

// List is a persistent list that knows its length. The empty list is
// EmptyList, or any list of length 0 (one with metadata).
type List struct {
	first Value
	rest  *List
	cnt   int
	hash  uint32
	Meta  *Map
	Pos   Pos // where the reader found it, if it did
}

// EmptyList is the empty list.
var EmptyList = &List{}

// NewList makes a list of the elements of vs.
func NewList(vs []Value) *List {
	l := EmptyList
	for i := len(vs) - 1; i >= 0; i-- {
		l = l.Conj(vs[i])
	}
	return l
}

// ListOf makes a list as a value.
func ListOf(vs ...Value) Value { return Obj(NewList(vs)) }

// Len gives the number of elements.
func (l *List) Len() int { return l.cnt }

// First gives the first element, nil if there is none.
func (l *List) First() Value { return l.first }

// Rest gives the list without its first element.
func (l *List) Rest() Value { return Obj(l.Tail()) }

// Tail gives the list without its first element.
func (l *List) Tail() *List {
	if l.cnt <= 1 {
		return EmptyList
	}
	return l.rest
}

// Conj gives l with x in front.
func (l *List) Conj(x Value) *List {
	return &List{first: x, rest: l, cnt: l.cnt + 1, Meta: l.Meta}
}

// Each calls f with each element until f gives false.
func (l *List) Each(f func(Value) bool) {
	for ; l.cnt > 0; l = l.rest {
		if !f(l.first) {
			return
		}
	}
}

// WithMeta gives l with other metadata.
func (l *List) WithMeta(m *Map) *List {
	return &List{first: l.first, rest: l.rest, cnt: l.cnt, hash: loadHash(&l.hash), Meta: m, Pos: l.Pos}
}

// Cons is an element in front of a sequence that may be lazy.
type Cons struct {
	first, rest Value
	Meta        *Map
}

// NewCons puts first in front of rest, which must be nil, a sequence, the
// empty list or a lazy cell; other seqables the caller turns into sequences.
func NewCons(first, rest Value) *Cons {
	if rest.IsNil() {
		rest = Obj(EmptyList)
	}
	return &Cons{first: first, rest: rest}
}

// First gives the element.
func (c *Cons) First() Value { return c.first }

// Rest gives what follows.
func (c *Cons) Rest() Value { return c.rest }

// WithMeta gives c with other metadata.
func (c *Cons) WithMeta(m *Map) *Cons {
	n := *c
	n.Meta = m
	return &n
}
