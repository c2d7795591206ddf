package lang

// sorted is a node of a height-balanced tree.
type sorted struct {
	key, val Value
	l, r     *sorted
	height   int
}

func (n *sorted) h() int {
	if n == nil {
		return 0
	}
	return n.height
}

func newSorted(k, v Value, l, r *sorted) *sorted {
	return &sorted{key: k, val: v, l: l, r: r, height: max(l.h(), r.h()) + 1}
}

// balance makes a node of two subtrees whose heights differ by at most two.
func balance(k, v Value, l, r *sorted) *sorted {
	switch {
	case l.h() > r.h()+1:
		if l.l.h() >= l.r.h() {
			return newSorted(l.key, l.val, l.l, newSorted(k, v, l.r, r))
		}
		m := l.r
		return newSorted(m.key, m.val, newSorted(l.key, l.val, l.l, m.l), newSorted(k, v, m.r, r))
	case r.h() > l.h()+1:
		if r.r.h() >= r.l.h() {
			return newSorted(r.key, r.val, newSorted(k, v, l, r.l), r.r)
		}
		m := r.l
		return newSorted(m.key, m.val, newSorted(k, v, l, m.l), newSorted(r.key, r.val, m.r, r.r))
	}
	return newSorted(k, v, l, r)
}

func removeMin(n *sorted) (*sorted, *sorted) {
	if n.l == nil {
		return n, n.r
	}
	least, l := removeMin(n.l)
	return least, balance(n.key, n.val, l, n.r)
}

func join(l, r *sorted) *sorted {
	if l == nil {
		return r
	}
	if r == nil {
		return l
	}
	least, rest := removeMin(r)
	return balance(least.key, least.val, l, rest)
}

func (n *sorted) each(f func(k, v Value) bool) bool {
	return n == nil || n.l.each(f) && f(n.key, n.val) && n.r.each(f)
}

// SortedMap is a persistent map in the order of a comparator, as
// clojure.lang.PersistentTreeMap. The comparator nil is Compare; only with it
// do Get, Assoc and Dissoc work. For a comparator that is a function of the
// language, the machine calls it and goes down the tree by Walk.
type SortedMap struct {
	root *sorted
	cnt  int
	Cmp  Value
	Meta *Map
	hash uint32
}

// EmptySortedMap is the empty sorted map with the default comparator.
var EmptySortedMap = &SortedMap{}

// Len gives the number of entries.
func (m *SortedMap) Len() int { return m.cnt }

// Walk is a way down a sorted map in search of a key. It never changes: each
// step gives a new one.
type Walk struct {
	m    *SortedMap
	at   *sorted
	path *walkPath
}

type walkPath struct {
	n    *sorted
	left bool
	up   *walkPath
}

// Walk begins a search.
func (m *SortedMap) Walk() Walk { return Walk{m: m, at: m.root} }

// Key gives the key to compare with; false if the search is over without a find.
func (w Walk) Key() (Value, bool) {
	if w.at == nil {
		return Nil, false
	}
	return w.at.key, true
}

// Go goes on with the outcome of comparing the key sought with Key: left if
// it is below 0, right if above; it must not be 0.
func (w Walk) Go(c int) Walk {
	if c < 0 {
		return Walk{w.m, w.at.l, &walkPath{w.at, true, w.path}}
	}
	return Walk{w.m, w.at.r, &walkPath{w.at, false, w.path}}
}

// Value gives the value at a find.
func (w Walk) Value() Value { return w.at.val }

// Entry gives the entry at a find.
func (w Walk) Entry() *Vector { return NewEntry(w.at.key, w.at.val) }

// Assoc gives the map with k, the key sought, bound to v. A find keeps the old key.
func (w Walk) Assoc(k, v Value) *SortedMap {
	if w.at != nil {
		n := *w.at
		n.val = v
		return w.rebuilt(&n, 0)
	}
	return w.rebuilt(newSorted(k, v, nil, nil), 1)
}

// Dissoc gives the map without the key found; the map itself if it was not found.
func (w Walk) Dissoc() *SortedMap {
	if w.at == nil {
		return w.m
	}
	return w.rebuilt(join(w.at.l, w.at.r), -1)
}

func (w Walk) rebuilt(n *sorted, grown int) *SortedMap {
	for p := w.path; p != nil; p = p.up {
		if p.left {
			n = balance(p.n.key, p.n.val, n, p.n.r)
		} else {
			n = balance(p.n.key, p.n.val, p.n.l, n)
		}
	}
	return &SortedMap{root: n, cnt: w.m.cnt + grown, Cmp: w.m.Cmp, Meta: w.m.Meta}
}

func (m *SortedMap) search(k Value) Walk {
	w := m.Walk()
	if w.at == nil {
		Compare(k, k) // raises for what can't be compared, as Clojure does
	}
	for w.at != nil {
		c := Compare(k, w.at.key)
		if c == 0 {
			break
		}
		w = w.Go(c)
	}
	return w
}

// Get gives the value of k and whether m has k.
func (m *SortedMap) Get(k Value) (Value, bool) {
	for n := m.root; n != nil; {
		c := Compare(k, n.key)
		switch {
		case c == 0:
			return n.val, true
		case c < 0:
			n = n.l
		default:
			n = n.r
		}
	}
	return Nil, false
}

// Assoc gives m with k bound to v.
func (m *SortedMap) Assoc(k, v Value) *SortedMap { return m.search(k).Assoc(k, v) }

// Dissoc gives m without k.
func (m *SortedMap) Dissoc(k Value) *SortedMap { return m.search(k).Dissoc() }

// Each calls f with each entry in order until f gives false.
func (m *SortedMap) Each(f func(k, v Value) bool) { m.root.each(f) }

// WithMeta gives m with other metadata.
func (m *SortedMap) WithMeta(meta *Map) *SortedMap {
	n := *m
	n.Meta = meta
	return &n
}

// Seq gives the entries as a sequence, in descending order if desc; nil if there are none.
func (m *SortedMap) Seq(desc bool) Value { return m.seq(desc, seqEntries) }

func (m *SortedMap) seq(desc bool, part seqPart) Value {
	return sortedSeqOf(pushSorted(nil, m.root, desc), desc, part)
}

// SeqFrom gives the entries from where a walk ended, the found entry first if
// there is one: what subseq and rsubseq need. Entries before it, in the
// chosen direction, are left out.
func (w Walk) SeqFrom(desc bool) Value { return w.seqFrom(desc, seqEntries) }

func (w Walk) seqFrom(desc bool, part seqPart) Value {
	var later []*sorted
	for p := w.path; p != nil; p = p.up {
		if p.left != desc {
			later = append(later, p.n)
		}
	}
	var s *sortedStack
	for i := len(later) - 1; i >= 0; i-- {
		s = &sortedStack{later[i], s}
	}
	if w.at != nil {
		s = &sortedStack{w.at, s}
	}
	return sortedSeqOf(s, desc, part)
}

type sortedStack struct {
	n    *sorted
	next *sortedStack
}

func pushSorted(s *sortedStack, n *sorted, desc bool) *sortedStack {
	for n != nil {
		s = &sortedStack{n, s}
		if desc {
			n = n.r
		} else {
			n = n.l
		}
	}
	return s
}

// sortedSeq is the sequence of what is left of a sorted map or set.
type sortedSeq struct {
	stack *sortedStack
	desc  bool
	part  seqPart
}

func sortedSeqOf(s *sortedStack, desc bool, part seqPart) Value {
	if s == nil {
		return Nil
	}
	return Obj(&sortedSeq{s, desc, part})
}

// First gives the first entry, key or value.
func (s *sortedSeq) First() Value { return s.part.of(s.stack.n.key, s.stack.n.val) }

// Rest gives what follows.
func (s *sortedSeq) Rest() Value {
	side := s.stack.n.r
	if s.desc {
		side = s.stack.n.l
	}
	return orEmpty(sortedSeqOf(pushSorted(s.stack.next, side, s.desc), s.desc, s.part))
}

// SortedSet is a persistent set in the order of a comparator: the keys of a
// sorted map, with the same rules for comparators.
type SortedSet struct {
	M    *SortedMap
	Meta *Map
}

// EmptySortedSet is the empty sorted set with the default comparator.
var EmptySortedSet = &SortedSet{M: EmptySortedMap}

// Len gives the number of elements.
func (s *SortedSet) Len() int { return s.M.cnt }

// Get gives the element that compares equal to x, and whether there is one.
func (s *SortedSet) Get(x Value) (Value, bool) {
	for n := s.M.root; n != nil; {
		c := Compare(x, n.key)
		switch {
		case c == 0:
			return n.key, true
		case c < 0:
			n = n.l
		default:
			n = n.r
		}
	}
	return Nil, false
}

// Conj gives s with x; s itself if it has x.
func (s *SortedSet) Conj(x Value) *SortedSet {
	w := s.M.search(x)
	if w.at != nil {
		return s
	}
	return &SortedSet{M: w.Assoc(x, Nil), Meta: s.Meta}
}

// Disj gives s without x.
func (s *SortedSet) Disj(x Value) *SortedSet {
	m := s.M.Dissoc(x)
	if m == s.M {
		return s
	}
	return &SortedSet{M: m, Meta: s.Meta}
}

// Each calls f with each element in order until f gives false.
func (s *SortedSet) Each(f func(Value) bool) {
	s.M.Each(func(k, _ Value) bool { return f(k) })
}

// Seq gives the elements as a sequence, in descending order if desc; nil if there are none.
func (s *SortedSet) Seq(desc bool) Value { return s.M.seq(desc, seqKeys) }

// SeqFrom gives the elements from where a walk over s.M ended; see Walk.SeqFrom.
func (s *SortedSet) SeqFrom(w Walk, desc bool) Value { return w.seqFrom(desc, seqKeys) }

// WithMeta gives s with other metadata.
func (s *SortedSet) WithMeta(m *Map) *SortedSet { return &SortedSet{M: s.M, Meta: m} }
