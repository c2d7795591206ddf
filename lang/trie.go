package lang

import (
	mathbits "math/bits"
)

// Flavour tells how a map or set compares and orders its keys.
type Flavour uint8

// The flavours.
const (
	// Clojure keys are compared by =; small maps keep the order of
	// insertion, large ones iterate as clojure.lang.PersistentHashMap does.
	Clojure Flavour = iota
	// Erlang keys are compared by =:=; small maps iterate in term order.
	Erlang
)

type entry struct{ key, val Value }

// trie is a node of a hash array mapped trie. Five bits of the hash, low ones
// first, choose among 32 places; a place is empty, an entry, or a node. Since
// iteration goes by place, its order is a function of the hashes alone, and
// is that of clojure.lang.PersistentHashMap whatever its nodes look like. A
// node without places holds entries whose hashes are all equal, in the order
// of insertion.
type trie struct {
	owner   *edit
	data    uint32 // places that hold an entry
	kids    uint32 // places that hold a node
	entries []entry
	nodes   []*trie
}

func place(hash uint32, shift uint) uint32 { return 1 << (hash >> shift & 31) }

func index(bitmap, bit uint32) int { return mathbits.OnesCount32(bitmap & (bit - 1)) }

func (n *trie) collides() bool { return n.data|n.kids == 0 }

// keyTest compares keys: in a flavour, and within comparisons of keys that
// are depth deep already.
type keyTest struct {
	flavour Flavour
	depth   int
}

// equal compares two keys, the common kinds first.
func (t keyTest) equal(a, b Value) bool {
	switch ap := a.p.(type) {
	case *Keyword:
		bp, ok := b.p.(*Keyword)
		return ok && ap == bp
	case intTag:
		if _, ok := b.p.(intTag); ok {
			return a.w == b.w
		}
	case string:
		bp, ok := b.p.(string)
		return ok && ap == bp
	}
	return equalAt(t.flavour, a, b, t.depth)
}

func (n *trie) find(f keyTest, hash uint32, k Value) *entry {
	for shift := uint(0); n != nil; shift += 5 {
		if n.collides() {
			for i := range n.entries {
				if f.equal(n.entries[i].key, k) {
					return &n.entries[i]
				}
			}
			return nil
		}
		bit := place(hash, shift)
		if n.data&bit != 0 {
			e := &n.entries[index(n.data, bit)]
			if f.equal(e.key, k) {
				return e
			}
			return nil
		}
		if n.kids&bit == 0 {
			return nil
		}
		n = n.nodes[index(n.kids, bit)]
	}
	return nil
}

// own gives n if ed may change it, else a copy that it may.
func (n *trie) own(ed *edit) *trie {
	if ed != nil && n.owner == ed {
		return n
	}
	return &trie{
		owner: ed, data: n.data, kids: n.kids,
		entries: append([]entry(nil), n.entries...), nodes: append([]*trie(nil), n.nodes...),
	}
}

// assoc gives the trie with k bound to v, and whether k is new.
func (n *trie) assoc(f keyTest, shift uint, hash uint32, k, v Value, ed *edit) (*trie, bool) {
	if n == nil {
		return &trie{owner: ed, data: place(hash, shift), entries: []entry{{k, v}}}, true
	}
	if n.collides() {
		return n.assocCollision(f, shift, hash, k, v, ed)
	}
	bit := place(hash, shift)
	switch {
	case n.data&bit != 0:
		i := index(n.data, bit)
		e := n.entries[i]
		if f.equal(e.key, k) {
			c := n.own(ed)
			c.entries[i].val = v
			return c, false
		}
		kid := pair(shift+5, Hash(e.key), e, hash, entry{k, v}, ed)
		return n.dataToKid(bit, kid, ed), true
	case n.kids&bit != 0:
		i := index(n.kids, bit)
		kid, added := n.nodes[i].assoc(f, shift+5, hash, k, v, ed)
		c := n
		if ed == nil || n.owner != ed {
			c = &trie{owner: ed, data: n.data, kids: n.kids, entries: n.entries, nodes: append([]*trie(nil), n.nodes...)}
			if ed != nil {
				c.entries = append([]entry(nil), n.entries...)
			}
		}
		c.nodes[i] = kid
		return c, added
	}
	return n.insert(bit, entry{k, v}, ed), true
}

func (n *trie) assocCollision(f keyTest, shift uint, hash uint32, k, v Value, ed *edit) (*trie, bool) {
	own := Hash(n.entries[0].key)
	if own != hash {
		up := &trie{owner: ed, kids: place(own, shift), nodes: []*trie{n}}
		return up.assoc(f, shift, hash, k, v, ed)
	}
	c := n.own(ed)
	for i := range c.entries {
		if f.equal(c.entries[i].key, k) {
			c.entries[i].val = v
			return c, false
		}
	}
	c.entries = append(c.entries, entry{k, v})
	return c, true
}

// insert puts an entry into an empty place.
func (n *trie) insert(bit uint32, e entry, ed *edit) *trie {
	i := index(n.data, bit)
	if ed != nil && n.owner == ed {
		n.entries = append(n.entries, entry{})
		copy(n.entries[i+1:], n.entries[i:])
		n.entries[i] = e
		n.data |= bit
		return n
	}
	c := &trie{owner: ed, data: n.data | bit, kids: n.kids, nodes: n.nodes, entries: make([]entry, len(n.entries)+1)}
	copy(c.entries, n.entries[:i])
	c.entries[i] = e
	copy(c.entries[i+1:], n.entries[i:])
	if ed != nil {
		c.nodes = append([]*trie(nil), n.nodes...)
	}
	return c
}

// dataToKid replaces the entry at a place by a node.
func (n *trie) dataToKid(bit uint32, kid *trie, ed *edit) *trie {
	i, j := index(n.data, bit), index(n.kids, bit)
	c := &trie{owner: ed, data: n.data &^ bit, kids: n.kids | bit}
	c.entries = make([]entry, len(n.entries)-1)
	copy(c.entries, n.entries[:i])
	copy(c.entries[i:], n.entries[i+1:])
	c.nodes = make([]*trie, len(n.nodes)+1)
	copy(c.nodes, n.nodes[:j])
	c.nodes[j] = kid
	copy(c.nodes[j+1:], n.nodes[j:])
	return c
}

// pair makes the node of two entries with different keys.
func pair(shift uint, ha uint32, a entry, hb uint32, b entry, ed *edit) *trie {
	if ha == hb {
		return &trie{owner: ed, entries: []entry{a, b}}
	}
	pa, pb := place(ha, shift), place(hb, shift)
	switch {
	case pa == pb:
		return &trie{owner: ed, kids: pa, nodes: []*trie{pair(shift+5, ha, a, hb, b, ed)}}
	case pa < pb:
		return &trie{owner: ed, data: pa | pb, entries: []entry{a, b}}
	}
	return &trie{owner: ed, data: pa | pb, entries: []entry{b, a}}
}

// dissoc gives the trie without k, nil if it is empty then, and whether k was there.
func (n *trie) dissoc(f keyTest, shift uint, hash uint32, k Value) (*trie, bool) {
	if n == nil {
		return nil, false
	}
	if n.collides() {
		for i := range n.entries {
			if f.equal(n.entries[i].key, k) {
				return n.without(0, i), true
			}
		}
		return n, false
	}
	bit := place(hash, shift)
	if n.data&bit != 0 {
		i := index(n.data, bit)
		if !f.equal(n.entries[i].key, k) {
			return n, false
		}
		return n.without(bit, i), true
	}
	if n.kids&bit == 0 {
		return n, false
	}
	j := index(n.kids, bit)
	kid, found := n.nodes[j].dissoc(f, shift+5, hash, k)
	if !found {
		return n, false
	}
	return n.replaceKid(bit, j, kid), true
}

func (n *trie) without(bit uint32, i int) *trie {
	if len(n.entries) == 1 && n.kids == 0 {
		return nil
	}
	c := &trie{data: n.data &^ bit, kids: n.kids, nodes: n.nodes, entries: make([]entry, len(n.entries)-1)}
	copy(c.entries, n.entries[:i])
	copy(c.entries[i:], n.entries[i+1:])
	return c
}

// replaceKid puts kid in the place of node j; a kid of one entry becomes that
// entry, so that equal maps have equal shapes.
func (n *trie) replaceKid(bit uint32, j int, kid *trie) *trie {
	c := &trie{data: n.data, kids: n.kids, entries: n.entries, nodes: append([]*trie(nil), n.nodes...)}
	if kid != nil && (kid.kids != 0 || len(kid.entries) > 1) {
		c.nodes[j] = kid
		return c
	}
	c.kids &^= bit
	c.nodes = append(c.nodes[:j], c.nodes[j+1:]...)
	if kid != nil {
		return c.insert(bit, kid.entries[0], nil)
	}
	if c.data|c.kids == 0 {
		return nil
	}
	return c
}

// each calls f in the order of iteration until f gives false.
func (n *trie) each(f func(k, v Value) bool) bool {
	if n == nil {
		return true
	}
	if n.kids == 0 {
		for i := range n.entries {
			if !f(n.entries[i].key, n.entries[i].val) {
				return false
			}
		}
		return true
	}
	e, k := 0, 0
	for m := n.data | n.kids; m != 0; m &= m - 1 {
		if bit := m & -m; n.data&bit != 0 {
			if !f(n.entries[e].key, n.entries[e].val) {
				return false
			}
			e++
		} else {
			if !n.nodes[k].each(f) {
				return false
			}
			k++
		}
	}
	return true
}

// cursor is a position in a trie; it never changes. The entry it stands at is
// at the lowest place of left, or at index at of a node of colliding entries.
type cursor struct {
	n    *trie
	left uint32
	at   int
	up   *cursor
}

// enter gives the first position in n, whose continuation is up.
func enter(n *trie, up *cursor) *cursor {
	for {
		if n.collides() {
			return &cursor{n: n, up: up}
		}
		all := n.data | n.kids
		bit := all & -all
		c := &cursor{n: n, left: all, up: up}
		if n.data&bit != 0 {
			return c
		}
		up, n = c, n.nodes[index(n.kids, bit)]
	}
}

func (c *cursor) entry() *entry {
	if c.n.collides() {
		return &c.n.entries[c.at]
	}
	return &c.n.entries[index(c.n.data, c.left&-c.left)]
}

// next gives the position after c, nil at the end.
func (c *cursor) next() *cursor {
	if c.n.collides() && c.at+1 < len(c.n.entries) {
		return &cursor{n: c.n, at: c.at + 1, up: c.up}
	}
	for ; c != nil; c = c.up {
		left := c.left & (c.left - 1)
		if left == 0 {
			continue
		}
		bit := left & -left
		here := &cursor{n: c.n, left: left, up: c.up}
		if c.n.data&bit != 0 {
			return here
		}
		return enter(c.n.nodes[index(c.n.kids, bit)], here)
	}
	return nil
}
