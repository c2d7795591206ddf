package lang

import "sync/atomic"

const (
	bits  = 5
	width = 1 << bits
	mask  = width - 1
)

// Vector is a persistent vector, which is a tuple in the Elixir notation: a
// 32-way tree whose last, incomplete leaf is kept apart as the tail, as in
// clojure.lang.PersistentVector. The empty vector is EmptyVector, or any
// vector of length 0.
type Vector struct {
	root  *vnode
	tail  []Value
	room  *tailRoom // who may append to tail in place; nil if nobody
	Meta  *Map
	off   int // elements before off are hidden: what Slice cut off
	cnt   int // elements in tree and tail, the hidden ones too
	shift uint8
	entry bool // a map's entry: class MapEntry
	hash  uint32
}

// vnode is a node of the tree: an inner one has kids, a leaf vals. A builder
// may change nodes that carry its own mark.
type vnode struct {
	owner *edit
	kids  []*vnode
	vals  []Value
}

// edit marks the nodes that one builder made since it was last frozen.
type edit struct{ _ byte }

// tailRoom lets the longest of the vectors that share a tail's array append
// to it in place: conj allocates no copy of the tail. Elements past a
// vector's own length are invisible to it.
type tailRoom struct{ used atomic.Int32 }

// EmptyVector is the empty vector.
var EmptyVector = &Vector{shift: bits}

// NewVector makes a vector of a copy of vs.
func NewVector(vs []Value) *Vector {
	if len(vs) == 0 {
		return EmptyVector
	}
	if len(vs) <= width {
		v := tailOnly(len(vs))
		copy(v.tail, vs)
		return v
	}
	b := NewVectorBuilder(EmptyVector)
	for _, v := range vs {
		b.Conj(v)
	}
	return b.Vector()
}

// tailOnly makes a vector of n elements, at most width, for the caller to fill. A
// tuple of a few is one object.
func tailOnly(n int) (v *Vector) {
	switch n {
	case 1:
		x := new(few[[1]Value])
		v, x.tail = &x.Vector, x.elems[:]
	case 2:
		x := new(few[[2]Value])
		v, x.tail = &x.Vector, x.elems[:]
	case 3:
		x := new(few[[3]Value])
		v, x.tail = &x.Vector, x.elems[:]
	case 4:
		x := new(few[[4]Value])
		v, x.tail = &x.Vector, x.elems[:]
	default:
		v = &Vector{tail: make([]Value, n)}
	}
	v.shift, v.cnt = bits, n
	return v
}

// few is a vector with its elements, an array.
type few[A any] struct {
	Vector
	elems A
}

// Vec makes a vector as a value.
func Vec(vs ...Value) Value { return Obj(NewVector(vs)) }

// NewEntry makes an entry of a map: a vector of two that is of class MapEntry.
func NewEntry(k, v Value) *Vector {
	e := tailOnly(2)
	e.tail[0], e.tail[1], e.entry = k, v, true
	return e
}

// IsEntry reports whether v is an entry of a map.
func (v *Vector) IsEntry() bool { return v.entry }

// Len gives the number of elements.
func (v *Vector) Len() int { return v.cnt - v.off }

// tailStart is the underlying index of the first element of the tail.
func (v *Vector) tailStart() int { return v.cnt - len(v.tail) }

// Nth gives element i, which must be at least 0 and less than Len.
func (v *Vector) Nth(i int) Value {
	i += v.off
	if t := v.cnt - len(v.tail); i >= t {
		return v.tail[i-t]
	}
	n := v.root
	for s := v.shift; s > 0; s -= bits {
		n = n.kids[(i>>s)&mask]
	}
	return n.vals[i&mask]
}

// InTail gives element i, which must be at least 0 and less than Len, if it lies in the
// tail, as all of a small vector do.
func (v *Vector) InTail(i int) (Value, bool) {
	if i += v.off - v.cnt + len(v.tail); i >= 0 {
		return v.tail[i], true
	}
	return Nil, false
}

// block gives the elements that are stored together with element i, from i on.
func (v *Vector) block(i int) []Value {
	i += v.off
	if t := v.tailStart(); i >= t {
		return v.tail[i-t:]
	}
	n := v.root
	for s := v.shift; s > 0; s -= bits {
		n = n.kids[(i>>s)&mask]
	}
	return n.vals[i&mask:]
}

// Conj gives v with x added at its end.
func (v *Vector) Conj(x Value) *Vector {
	n := &Vector{root: v.root, tail: v.tail, room: v.room, Meta: v.Meta, off: v.off, cnt: v.cnt + 1, shift: v.shift}
	l := len(v.tail)
	switch {
	case l == width:
		n.shift, n.root = pushLeaf(v.root, v.shift, v.cnt-width, &vnode{vals: v.tail}, nil)
		n.tail, n.room = growTail(nil, x)
	case l < cap(v.tail) && v.room != nil && v.room.used.CompareAndSwap(int32(l), int32(l+1)):
		n.tail = v.tail[:l+1]
		n.tail[l] = x
	default:
		n.tail, n.room = growTail(v.tail, x)
	}
	return n
}

func growTail(tail []Value, x Value) ([]Value, *tailRoom) {
	l := len(tail)
	c := 4
	for c <= l {
		c *= 2
	}
	t := make([]Value, l+1, c)
	copy(t, tail)
	t[l] = x
	r := &tailRoom{}
	r.used.Store(int32(l + 1))
	return t, r
}

// pushLeaf adds a full leaf to a tree of n elements, a multiple of width.
func pushLeaf(root *vnode, shift uint8, n int, leaf *vnode, ed *edit) (uint8, *vnode) {
	if root == nil {
		return bits, &vnode{owner: ed, kids: appendKid(nil, leaf)}
	}
	if n>>bits >= 1<<shift {
		root = &vnode{owner: ed, kids: []*vnode{root, newPath(shift, leaf, ed)}}
		return shift + bits, root
	}
	return shift, pushInto(root, shift, n, leaf, ed)
}

func appendKid(kids []*vnode, k *vnode) []*vnode {
	c := make([]*vnode, len(kids)+1)
	copy(c, kids)
	c[len(kids)] = k
	return c
}

func newPath(shift uint8, leaf *vnode, ed *edit) *vnode {
	if shift == 0 {
		return leaf
	}
	return &vnode{owner: ed, kids: []*vnode{newPath(shift-bits, leaf, ed)}}
}

func pushInto(n *vnode, shift uint8, i int, leaf *vnode, ed *edit) *vnode {
	at := (i >> shift) & mask
	var kid *vnode
	switch {
	case shift == bits:
		kid = leaf
	case at < len(n.kids):
		kid = pushInto(n.kids[at], shift-bits, i, leaf, ed)
	default:
		kid = newPath(shift-bits, leaf, ed)
	}
	if ed != nil && n.owner == ed {
		if at < len(n.kids) {
			n.kids[at] = kid
		} else {
			n.kids = append(n.kids, kid)
		}
		return n
	}
	if at < len(n.kids) {
		kids := append([]*vnode(nil), n.kids...)
		kids[at] = kid
		return &vnode{owner: ed, kids: kids}
	}
	return &vnode{owner: ed, kids: appendKid(n.kids, kid)}
}

// Assoc gives v with element i replaced by x; i == Len adds it.
func (v *Vector) Assoc(i int, x Value) *Vector {
	if i == v.Len() {
		return v.Conj(x)
	}
	i += v.off
	n := *v
	n.hash, n.entry = 0, false
	if t := v.tailStart(); i >= t {
		n.tail = append([]Value(nil), v.tail...)
		n.tail[i-t], n.room = x, nil
		return &n
	}
	n.root = assocIn(v.root, v.shift, i, x, nil)
	return &n
}

func assocIn(n *vnode, shift uint8, i int, x Value, ed *edit) *vnode {
	if ed == nil || n.owner != ed {
		c := &vnode{owner: ed}
		if shift == 0 {
			c.vals = append([]Value(nil), n.vals...)
		} else {
			c.kids = append([]*vnode(nil), n.kids...)
		}
		n = c
	}
	if shift == 0 {
		n.vals[i&mask] = x
	} else {
		at := (i >> shift) & mask
		n.kids[at] = assocIn(n.kids[at], shift-bits, i, x, ed)
	}
	return n
}

// Pop gives v without its last element; v must not be empty.
func (v *Vector) Pop() *Vector { return v.take(v.Len() - 1) }

// take gives the first n elements of v.
func (v *Vector) take(n int) *Vector {
	if n == 0 {
		return EmptyVector.WithMeta(v.Meta)
	}
	r := *v
	r.hash, r.entry = 0, false
	r.cnt = v.off + n
	if t := v.tailStart(); r.cnt > t {
		r.tail = v.tail[: r.cnt-t : r.cnt-t]
		r.room = nil
		return &r
	}
	last := r.cnt - 1
	leaf := v.root
	for s := v.shift; s > 0; s -= bits {
		leaf = leaf.kids[(last>>s)&mask]
	}
	k := last&mask + 1
	r.tail, r.room = leaf.vals[:k:k], nil
	start := r.cnt - k
	if start == 0 {
		r.root, r.shift = nil, bits
		return &r
	}
	r.root = keep(v.root, v.shift, start-1)
	for r.shift > bits && len(r.root.kids) == 1 {
		r.root, r.shift = r.root.kids[0], r.shift-bits
	}
	return &r
}

// keep cuts a tree after the leaf that holds element last.
func keep(n *vnode, shift uint8, last int) *vnode {
	if shift == 0 {
		return n
	}
	at := (last >> shift) & mask
	kids := append([]*vnode(nil), n.kids[:at+1]...)
	kids[at] = keep(n.kids[at], shift-bits, last)
	return &vnode{kids: kids}
}

// Slice gives the elements from from up to but not including to, in constant
// memory: it shares v's tree.
func (v *Vector) Slice(from, to int) *Vector {
	if from == to {
		return EmptyVector
	}
	r := *v.take(to)
	r.Meta, r.off, r.hash, r.entry = nil, v.off+from, 0, false
	return &r
}

// Each calls f with each element until f gives false.
func (v *Vector) Each(f func(Value) bool) {
	for i := 0; i < v.Len(); {
		b := v.block(i)
		for _, x := range b {
			if !f(x) {
				return
			}
		}
		i += len(b)
	}
}

// AppendTo appends the elements to vs.
func (v *Vector) AppendTo(vs []Value) []Value {
	for i := 0; i < v.Len(); {
		b := v.block(i)
		vs = append(vs, b...)
		i += len(b)
	}
	return vs
}

// WithMeta gives v with other metadata.
func (v *Vector) WithMeta(m *Map) *Vector {
	if v.Meta == m {
		return v
	}
	n := *v
	n.Meta, n.entry = m, false
	return &n
}

// VectorBuilder makes a vector in place; it is what a transient vector is.
type VectorBuilder struct {
	v  Vector
	ed *edit
}

// NewVectorBuilder begins with the elements and metadata of v.
func NewVectorBuilder(v *Vector) *VectorBuilder {
	b := &VectorBuilder{v: *v, ed: &edit{}}
	b.v.hash, b.v.entry, b.v.room = 0, false, nil
	b.ownTail()
	return b
}

func (b *VectorBuilder) ownTail() {
	t := make([]Value, len(b.v.tail), width)
	copy(t, b.v.tail)
	b.v.tail = t
}

// Len gives the number of elements so far.
func (b *VectorBuilder) Len() int { return b.v.Len() }

// Nth gives element i so far.
func (b *VectorBuilder) Nth(i int) Value { return b.v.Nth(i) }

// Conj adds x at the end.
func (b *VectorBuilder) Conj(x Value) {
	if len(b.v.tail) == width {
		leaf := &vnode{owner: b.ed, vals: b.v.tail}
		b.v.shift, b.v.root = pushLeaf(b.v.root, b.v.shift, b.v.cnt-width, leaf, b.ed)
		b.v.tail = make([]Value, 0, width)
	}
	b.v.tail = append(b.v.tail, x)
	b.v.cnt++
}

// Assoc replaces element i by x; i == Len adds it.
func (b *VectorBuilder) Assoc(i int, x Value) {
	if i == b.Len() {
		b.Conj(x)
		return
	}
	i += b.v.off
	if t := b.v.tailStart(); i >= t {
		b.v.tail[i-t] = x
		return
	}
	b.v.root = assocIn(b.v.root, b.v.shift, i, x, b.ed)
}

// Pop removes the last element; there must be one.
func (b *VectorBuilder) Pop() {
	if n := len(b.v.tail); n > 1 {
		b.v.tail[n-1] = Nil
		b.v.tail = b.v.tail[:n-1]
		b.v.cnt--
		return
	}
	b.v = *b.v.Pop()
	b.ownTail()
}

// Vector gives the vector built so far, in constant time; the builder may go on.
func (b *VectorBuilder) Vector() *Vector {
	r := b.v
	b.ed = &edit{}
	if r.cnt == r.off {
		return EmptyVector.WithMeta(r.Meta)
	}
	if len(r.tail) > width/2 {
		r.tail = r.tail[:len(r.tail):len(r.tail)]
		b.ownTail()
		return &r
	}
	r.tail = append([]Value(nil), r.tail...)
	return &r
}
