package lang

// MetaOf gives the metadata of v, nil if it has none.
func MetaOf(v Value) *Map {
	switch x := v.p.(type) {
	case *Symbol:
		return x.Meta
	case *Vector:
		return x.Meta
	case *List:
		return x.Meta
	case *Map:
		return x.Meta
	case *Set:
		return x.Meta
	case *Cons:
		return x.Meta
	case *LazySeq:
		return x.Meta
	case *SortedMap:
		return x.Meta
	case *SortedSet:
		return x.Meta
	case *Record:
		return x.Meta
	case *VecSeq:
		return x.Meta
	case *Range:
		return x.Meta
	case *ChunkedCons:
		return x.Meta
	case *Repeat:
		return x.Meta
	case *Closure:
		return x.Meta
	case *Exception:
		return x.Meta
	case WithMetaer:
		return x.MetaMap()
	}
	return nil
}

// WithMetaer is what further kinds of values implement that carry metadata.
type WithMetaer interface {
	MetaMap() *Map
	// WithMetaMap gives the value with other metadata.
	WithMetaMap(m *Map) Value
}

// WithMeta gives v with metadata m, which may be nil. It raises
// ClassCastException for what can carry none. A lazy cell must be realised, as
// Clojure's with-meta does.
func WithMeta(v Value, m *Map) Value {
	switch x := v.p.(type) {
	case *Symbol:
		n := *x
		n.Meta = m
		return Obj(&n)
	case *Vector:
		return Obj(x.WithMeta(m))
	case *List:
		return Obj(x.WithMeta(m))
	case *Map:
		return Obj(x.WithMeta(m))
	case *Set:
		return Obj(x.WithMeta(m))
	case *Cons:
		return Obj(x.WithMeta(m))
	case *SortedMap:
		return Obj(x.WithMeta(m))
	case *SortedSet:
		return Obj(x.WithMeta(m))
	case *Record:
		return Obj(x.WithMeta(m))
	case *VecSeq:
		n := *x
		n.Meta = m
		return Obj(&n)
	case *Range:
		n := *x
		n.Meta = m
		return Obj(&n)
	case *ChunkedCons:
		n := *x
		n.Meta = m
		return Obj(&n)
	case *Repeat:
		n := *x
		n.Meta = m
		return Obj(&n)
	case *Closure:
		n := *x
		n.Meta = m
		return Obj(&n)
	case *LazySeq:
		if !x.Done() {
			raiseUnrealised()
		}
		return Obj(&LazySeq{Val: x.Val, State: LazyDone, Meta: m})
	case WithMetaer:
		return x.WithMetaMap(m)
	}
	panic(CastError(v, IObjClass))
}
