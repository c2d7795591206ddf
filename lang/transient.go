package lang

import "sort"

// Transient is what (transient coll) gives: an entity, so that only the world
// changes it. Exactly one of the builders is set.
type Transient struct {
	Vec  *VectorBuilder
	Map  *MapBuilder
	Set  *SetBuilder
	Done bool // persistent! was called
}

// NewTransient makes a transient of a vector, map or set; false for another value.
func NewTransient(v Value) (*Transient, bool) {
	switch x := v.p.(type) {
	case *Vector:
		return &Transient{Vec: NewVectorBuilder(x)}, true
	case *Map:
		return &Transient{Map: NewMapBuilder(x)}, true
	case *Set:
		return &Transient{Set: NewSetBuilder(x)}, true
	}
	return nil, false
}

// Len gives the number of elements.
func (t *Transient) Len() int {
	switch {
	case t.Vec != nil:
		return t.Vec.Len()
	case t.Map != nil:
		return t.Map.Len()
	}
	return t.Set.Len()
}

// Snapshot gives the collection as it is now, in constant time; the transient
// may go on. It is how the world notes an old state, and what persistent! gives.
func (t *Transient) Snapshot() Value {
	switch {
	case t.Vec != nil:
		return Obj(t.Vec.Vector())
	case t.Map != nil:
		return Obj(t.Map.Map())
	}
	return Obj(t.Set.Set())
}

// Restore puts the transient back to a state that Snapshot gave.
func (t *Transient) Restore(snapshot Value) {
	r, ok := NewTransient(snapshot)
	if ok {
		t.Vec, t.Map, t.Set = r.Vec, r.Map, r.Set
	}
}

// Class gives Clojure's class of such a value.
func (t *Transient) Class() *Class {
	switch {
	case t.Vec != nil:
		return transientVectorClass
	case t.Set != nil:
		return transientSetClass
	case t.Map.m.hashed:
		return transientMapClass
	}
	return transientArrayClass
}

// sortTerms sorts keys in term order, and vals with them.
func sortTerms(keys, vals []Value) {
	sort.Sort(&termSort{keys, vals})
}

type termSort struct{ keys, vals []Value }

// Len is sort.Interface's.
func (s *termSort) Len() int { return len(s.keys) }

// Less is sort.Interface's.
func (s *termSort) Less(i, j int) bool { return termOrder(s.keys[i], s.keys[j], true) < 0 }

// Swap is sort.Interface's.
func (s *termSort) Swap(i, j int) {
	s.keys[i], s.keys[j] = s.keys[j], s.keys[i]
	s.vals[i], s.vals[j] = s.vals[j], s.vals[i]
}
