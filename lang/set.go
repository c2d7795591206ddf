package lang

// Set is a persistent set. In Clojure flavour it iterates as
// clojure.lang.PersistentHashSet does, however small; in Erlang flavour as
// the keys of an Erlang map.
type Set struct {
	m    *Map // from each element to itself
	Meta *Map
	hash uint32
}

// EmptySet is the empty set of Clojure flavour, EmptyErlangSet that of Erlang flavour (an empty MapSet).
var (
	EmptySet       = &Set{m: emptyHashMap}
	EmptyErlangSet = &Set{m: EmptyErlangMap}
)

// NewSet makes a set of the distinct values among vs.
func NewSet(vs ...Value) *Set {
	if len(vs) == 0 {
		return EmptySet
	}
	b := NewSetBuilder(EmptySet)
	for _, v := range vs {
		b.Conj(v)
	}
	return b.Set()
}

// Len gives the number of elements.
func (s *Set) Len() int { return s.m.cnt }

// Flavour gives the flavour of s.
func (s *Set) Flavour() Flavour { return s.m.flavour }

// Has reports whether x is an element.
func (s *Set) Has(x Value) bool { _, ok := s.m.Get(x); return ok }

// Get gives the element that equals x, and whether there is one.
func (s *Set) Get(x Value) (Value, bool) { k, _, ok := s.m.Find(x); return k, ok }

// Conj gives s with x; s itself if it has x.
func (s *Set) Conj(x Value) *Set {
	if s.Has(x) {
		return s
	}
	return &Set{m: s.m.Assoc(x, Nil), Meta: s.Meta}
}

// Disj gives s without x; s itself if it has no x.
func (s *Set) Disj(x Value) *Set {
	m := s.m.Dissoc(x)
	if m == s.m {
		return s
	}
	return &Set{m: m, Meta: s.Meta}
}

// Each calls f with each element, in the order of iteration, until f gives false.
func (s *Set) Each(f func(Value) bool) {
	s.m.Each(func(k, _ Value) bool { return f(k) })
}

// WithMeta gives s with other metadata.
func (s *Set) WithMeta(m *Map) *Set {
	if s.Meta == m {
		return s
	}
	return &Set{m: s.m, Meta: m}
}

// SetBuilder makes a set in place; it is what a transient set is.
type SetBuilder struct {
	b    *MapBuilder
	meta *Map
}

// NewSetBuilder begins with the elements, flavour and metadata of s.
func NewSetBuilder(s *Set) *SetBuilder { return &SetBuilder{NewMapBuilder(s.m), s.Meta} }

// Len gives the number of elements so far.
func (b *SetBuilder) Len() int { return b.b.Len() }

// Has reports whether x is an element.
func (b *SetBuilder) Has(x Value) bool { _, ok := b.b.Get(x); return ok }

// Get gives the element that equals x, and whether there is one.
func (b *SetBuilder) Get(x Value) (Value, bool) { k, _, ok := b.b.Find(x); return k, ok }

// Conj adds x unless it is there.
func (b *SetBuilder) Conj(x Value) {
	if !b.Has(x) {
		b.b.Assoc(x, Nil)
	}
}

// Disj removes x.
func (b *SetBuilder) Disj(x Value) { b.b.Dissoc(x) }

// Set gives the set built so far; the builder may go on.
func (b *SetBuilder) Set() *Set { return &Set{m: b.b.Map(), Meta: b.meta} }
