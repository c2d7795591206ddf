package lang

// Lookup gives what a map-like value holds under k: maps, records, sets,
// vectors and strings by index, sorted maps by the default order, transients.
// It sees realised keys only, and compares without calling code of the
// language; what needs that is looked up by clojure.core/get.
func Lookup(v, k Value) (Value, bool) {
	switch m := v.p.(type) {
	case *Map:
		return m.Get(k)
	case *Record:
		return m.Get(k)
	case *Set:
		return m.Get(k)
	case *Vector:
		if k.IsFixed() && k.AsInt() >= 0 && k.AsInt() < int64(m.Len()) {
			return m.Nth(int(k.AsInt())), true
		}
	case *MapBuilder:
		return m.Get(k)
	case *SetBuilder:
		return m.Get(k)
	case *VectorBuilder:
		if k.IsFixed() && k.AsInt() >= 0 && k.AsInt() < int64(m.Len()) {
			return m.Nth(int(k.AsInt())), true
		}
	}
	return Nil, false
}

// IsMap reports whether v is a hash map or a record.
func IsMap(v Value) bool {
	switch v.p.(type) {
	case *Map, *Record:
		return true
	}
	return false
}

// Apply calls a collection as a function: a map or a set looks its argument
// up, a vector gives an element. It gives false for what it does not know.
func Apply(f Value, args []Value) (Value, bool) {
	switch x := f.p.(type) {
	case *Map:
		checkArity(args, 1, 2, "clojure.lang.PersistentArrayMap")
		return lookupOr(f, args), true
	case *Set:
		checkArity(args, 1, 1, "clojure.lang.PersistentHashSet")
		return lookupOr(f, args), true
	case *MapBuilder, *SetBuilder, *VectorBuilder:
		checkArity(args, 1, 2, "clojure.lang.ITransientCollection")
		return lookupOr(f, args), true
	case *Vector:
		checkArity(args, 1, 1, "clojure.lang.PersistentVector")
		if !args[0].IsFixed() {
			Raise(IllegalArgumentException, "Key must be integer")
		}
		i := args[0].AsInt()
		if i < 0 || i >= int64(x.Len()) {
			Raise(IndexOutOfBoundsException, "")
		}
		return x.Nth(int(i)), true
	}
	return Nil, false
}

func checkArity(args []Value, low, high int, name string) {
	if len(args) < low || len(args) > high {
		Raise(ArityException, "Wrong number of args (%d) passed to: %s", len(args), name)
	}
}

// lookupOr looks the first argument up; the second, if any, is the default.
func lookupOr(coll Value, args []Value) Value {
	v, ok := Lookup(coll, args[0])
	if !ok && len(args) > 1 {
		return args[1]
	}
	return v
}

// IsCompound reports whether v can hold other values, or lazy cells.
func IsCompound(v Value) bool {
	switch v.p.(type) {
	case *Vector, *Map, *Set, *SortedMap, *SortedSet, *Record, *LazySeq, Seq:
		return true
	}
	return false
}

// Elements calls f for each value directly in a collection, keys and values
// in turn, until f gives false. Sequences are not its business.
func Elements(v Value, f func(Value) bool) {
	pair := func(k, x Value) bool { return f(k) && f(x) }
	switch c := v.p.(type) {
	case *Vector:
		c.Each(f)
	case *Map:
		c.Each(pair)
	case *Set:
		c.Each(f)
	case *SortedMap:
		c.Each(pair)
	case *SortedSet:
		c.Each(f)
	case *Record:
		c.Each(pair)
	}
}

// LazyTail is what further kinds of sequences implement whose Rest may be an
// unrealised cell.
type LazyTail interface {
	Seq
	LazyTail()
}

// UnrealisedSeq gives the first unrealised cell on the spine of a sequence,
// nil if it is realised to its end.
func UnrealisedSeq(v Value) *LazySeq {
	for {
		if cell, ok := v.p.(*LazySeq); ok {
			if !cell.Done() {
				return cell
			}
			v = cell.Val
		}
		switch s := v.p.(type) {
		case *Range, *VecSeq: // never lazy, and long
			return nil
		case LazyTail:
			v = s.Rest()
		case *Cons:
			v = s.rest
		case Chunked:
			v = s.ChunkRest()
		default:
			return nil
		}
	}
}

// MapLiteral makes the map of a literal: keys and values in turn. A key that
// stands twice raises IllegalArgumentException.
func MapLiteral(kvs []Value) Value {
	m := NewMap(kvs...)
	if m.Len() != len(kvs)/2 {
		seen := EmptySet
		for i := 0; i < len(kvs); i += 2 {
			if seen.Has(kvs[i]) {
				Raise(IllegalArgumentException, "Duplicate key: %s", PrString(kvs[i]))
			}
			seen = seen.Conj(kvs[i])
		}
	}
	return Obj(m)
}

// SetLiteral makes the set of a literal; an element that stands twice raises
// IllegalArgumentException.
func SetLiteral(vs []Value) Value {
	s := EmptySet
	for _, v := range vs {
		if s.Has(v) {
			Raise(IllegalArgumentException, "Duplicate key: %s", PrString(v))
		}
		s = s.Conj(v)
	}
	return Obj(s)
}
