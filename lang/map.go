package lang

const (
	arrayMax  = 8  // entries of a small map of Clojure flavour
	erlangMax = 32 // entries of a small map of Erlang flavour
)

// Map is a persistent map. Small ones are an array: in Clojure flavour of up
// to 8 entries in the order of insertion, as clojure.lang.PersistentArrayMap;
// in Erlang flavour of up to 32 entries in term order. Larger ones are a hash
// trie, which iterates as clojure.lang.PersistentHashMap does, and stay one
// when they shrink.
type Map struct {
	small   []entry
	root    *trie
	nilVal  *Value // what the key nil has in a hashed map; it comes first there
	Meta    *Map
	cnt     int
	hashed  bool
	flavour Flavour
	hash    uint32
}

// EmptyMap is the empty map of Clojure flavour, EmptyErlangMap that of Erlang flavour.
var (
	EmptyMap       = &Map{}
	EmptyErlangMap = &Map{flavour: Erlang}
	emptyHashMap   = &Map{hashed: true}
)

// NewMap makes a map of keys and values in turn, as a literal does; a later
// duplicate of a key wins. It is of Clojure flavour.
func NewMap(kvs ...Value) *Map { return buildMap(EmptyMap, kvs) }

// NewHashMap makes a map that is a hash trie however small: what Clojure's
// hash-map gives.
func NewHashMap(kvs ...Value) *Map {
	if len(kvs) == 0 {
		return EmptyMap
	}
	return buildMap(emptyHashMap, kvs)
}

// NewErlangMap makes a map of Erlang flavour: %{...} of the Elixir notation.
func NewErlangMap(kvs ...Value) *Map { return buildMap(EmptyErlangMap, kvs) }

func buildMap(m *Map, kvs []Value) *Map {
	b := NewMapBuilder(m)
	b.own(len(kvs) / 2)
	for i := 0; i+1 < len(kvs); i += 2 {
		b.Assoc(kvs[i], kvs[i+1])
	}
	return b.Map()
}

// Len gives the number of entries.
func (m *Map) Len() int { return m.cnt }

// Flavour gives the flavour of m.
func (m *Map) Flavour() Flavour { return m.flavour }

// IsArray reports whether m is a small map (class PersistentArrayMap).
func (m *Map) IsArray() bool { return !m.hashed }

// Get gives the value of k and whether m has k.
func (m *Map) Get(k Value) (Value, bool) {
	_, v, ok := m.find(k, 0)
	return v, ok
}

// GetKw gives the value of a keyword, nil if there is none: the fast way.
func (m *Map) GetKw(k *Keyword) Value {
	v, _ := m.Get(Kw(k))
	return v
}

// Find gives the entry of k, with the key that the map has, and whether there is one.
func (m *Map) Find(k Value) (key, val Value, ok bool) {
	return m.find(k, 0)
}

// find is Find within comparisons of keys that are depth deep already.
func (m *Map) find(k Value, depth int) (key, val Value, ok bool) {
	switch {
	case !m.hashed:
		if i := m.findSmall(k, depth); i >= 0 {
			return m.small[i].key, m.small[i].val, true
		}
	case k.p == nil:
		if m.nilVal != nil {
			return Nil, *m.nilVal, true
		}
	default:
		if e := m.root.find(keyTest{m.flavour, depth}, Hash(k), k); e != nil {
			return e.key, e.val, true
		}
	}
	return Nil, Nil, false
}

func (m *Map) findSmall(k Value, depth int) int {
	if kw, ok := k.p.(*Keyword); ok {
		for i := range m.small {
			if o, ok := m.small[i].key.p.(*Keyword); ok && o == kw {
				return i
			}
		}
		return -1
	}
	test := keyTest{m.flavour, depth}
	for i := range m.small {
		if test.equal(m.small[i].key, k) {
			return i
		}
	}
	return -1
}

// Assoc gives m with k bound to v.
func (m *Map) Assoc(k, v Value) *Map {
	n := *m
	n.hash = 0
	n.assoc(k, v, nil)
	return &n
}

// assoc changes m in place, but nothing that it shares unless ed owns it.
func (m *Map) assoc(k, v Value, ed *edit) {
	if m.hashed {
		m.assocHashed(k, v, ed)
		return
	}
	i := m.findSmall(k, 0)
	switch {
	case i >= 0:
		if ed == nil {
			m.small = append([]entry(nil), m.small...)
		}
		m.small[i].val = v
	case m.cnt >= m.limit():
		m.toTrie()
		m.assocHashed(k, v, ed)
	default:
		m.insertSmall(entry{k, v}, ed)
	}
}

func (m *Map) limit() int {
	if m.flavour == Erlang {
		return erlangMax
	}
	return arrayMax
}

func (m *Map) insertSmall(e entry, ed *edit) {
	at := m.cnt
	if m.flavour == Erlang {
		for at > 0 && termOrder(e.key, m.small[at-1].key, true) < 0 {
			at--
		}
	}
	s := m.small
	if ed == nil {
		s = make([]entry, m.cnt+1)
		copy(s, m.small[:at])
	} else {
		s = append(s, entry{})
	}
	copy(s[at+1:], m.small[at:])
	s[at] = e
	m.small = s
	m.cnt++
}

func (m *Map) toTrie() {
	ed := &edit{}
	small := m.small
	m.small, m.cnt, m.hashed = nil, 0, true
	for _, e := range small {
		m.assocHashed(e.key, e.val, ed)
	}
}

func (m *Map) assocHashed(k, v Value, ed *edit) {
	if k.p == nil {
		if m.nilVal == nil {
			m.cnt++
		}
		m.nilVal = &v
		return
	}
	root, added := m.root.assoc(keyTest{flavour: m.flavour}, 0, Hash(k), k, v, ed)
	m.root = root
	if added {
		m.cnt++
	}
}

// Dissoc gives m without k; m itself if it has no k.
func (m *Map) Dissoc(k Value) *Map {
	n := *m
	n.hash = 0
	if !n.dissoc(k) {
		return m
	}
	return &n
}

func (m *Map) dissoc(k Value) bool {
	switch {
	case !m.hashed:
		i := m.findSmall(k, 0)
		if i < 0 {
			return false
		}
		s := make([]entry, m.cnt-1)
		copy(s, m.small[:i])
		copy(s[i:], m.small[i+1:])
		m.small = s
	case k.p == nil:
		if m.nilVal == nil {
			return false
		}
		m.nilVal = nil
	default:
		root, found := m.root.dissoc(keyTest{flavour: m.flavour}, 0, Hash(k), k)
		if !found {
			return false
		}
		m.root = root
	}
	m.cnt--
	return true
}

// Each calls f with each entry, in the order of iteration, until f gives false.
func (m *Map) Each(f func(k, v Value) bool) {
	if !m.hashed {
		for i := range m.small {
			if !f(m.small[i].key, m.small[i].val) {
				return
			}
		}
		return
	}
	if m.nilVal != nil && !f(Nil, *m.nilVal) {
		return
	}
	m.root.each(f)
}

// WithMeta gives m with other metadata.
func (m *Map) WithMeta(meta *Map) *Map {
	if m.Meta == meta {
		return m
	}
	n := *m
	n.Meta = meta
	return &n
}

// MapBuilder makes a map in place; it is what a transient map is.
type MapBuilder struct {
	m  Map
	ed *edit // nil while the builder shares all that m has
}

// NewMapBuilder begins with the entries, flavour and metadata of m.
func NewMapBuilder(m *Map) *MapBuilder {
	b := &MapBuilder{m: *m}
	b.m.hash = 0
	return b
}

// own makes m the builder's own, with room for n entries if it is small.
func (b *MapBuilder) own(n int) {
	if b.ed != nil {
		return
	}
	b.ed = &edit{}
	if !b.m.hashed {
		s := make([]entry, len(b.m.small), max(len(b.m.small), min(n, arrayMax)))
		copy(s, b.m.small)
		b.m.small = s
	}
}

// Len gives the number of entries so far.
func (b *MapBuilder) Len() int { return b.m.cnt }

// Get gives the value of k and whether there is one.
func (b *MapBuilder) Get(k Value) (Value, bool) { return b.m.Get(k) }

// Find gives the entry of k, with the key that the map has, and whether there is one.
func (b *MapBuilder) Find(k Value) (key, val Value, ok bool) { return b.m.Find(k) }

// Assoc binds k to v.
func (b *MapBuilder) Assoc(k, v Value) {
	b.own(arrayMax)
	b.m.assoc(k, v, b.ed)
}

// Dissoc removes k. In a small map of Clojure flavour the last entry takes
// its place, as in a TransientArrayMap.
func (b *MapBuilder) Dissoc(k Value) {
	b.own(arrayMax)
	if b.m.hashed || b.m.flavour == Erlang {
		b.m.dissoc(k)
		return
	}
	if i := b.m.findSmall(k, 0); i >= 0 {
		last := b.m.cnt - 1
		b.m.small[i] = b.m.small[last]
		b.m.small[last] = entry{}
		b.m.small = b.m.small[:last]
		b.m.cnt--
	}
}

// Map gives the map built so far, in constant time; the builder may go on.
func (b *MapBuilder) Map() *Map {
	b.ed = nil
	if b.m.cnt == 0 && b.m.Meta == nil && !b.m.hashed {
		return emptyOf(b.m.flavour)
	}
	r := b.m
	return &r
}

func emptyOf(f Flavour) *Map {
	if f == Erlang {
		return EmptyErlangMap
	}
	return EmptyMap
}
