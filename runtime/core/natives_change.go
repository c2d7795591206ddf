package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var (
	conjNative = &lang.Native{Name: "clojure.core/conj", Max: -1, Args: "[] [coll] [coll x] [coll x & xs]",
		Doc: "coll with the elements added where that is cheapest: at the end of a vector, in front of a list. (conj [1] 2) ;=> [1 2]"}
	assocNative = &lang.Native{Name: "clojure.core/assoc", Min: 3, Max: -1, Args: "[map key val] [map key val & kvs]",
		Doc: "map with each key bound to its value; of a vector, keys are indices. (assoc {:a 1} :b 2) ;=> {:a 1, :b 2}"}
	dissocNative = &lang.Native{Name: "clojure.core/dissoc", Min: 1, Max: -1, Deep: from1, Args: "[map] [map key] [map key & ks]",
		Doc: "map without the keys. (dissoc {:a 1 :b 2} :a) ;=> {:b 2}"}
	disjNative = &lang.Native{Name: "clojure.core/disj", Min: 1, Max: -1, Deep: from1, Args: "[set] [set key] [set key & ks]",
		Doc: "set without the elements. (disj #{1 2} 1) ;=> #{2}"}
)

var changeNatives = []*lang.Native{
	conjNative, assocNative, dissocNative, disjNative,
	{Name: "clojure.core/pop", Min: 1, Max: 1, Args: "[coll]", Pure: one(pop), Doc: "A vector without its last element, a list without its first. (pop [1 2]) ;=> [1]"},
}

// adding is what is still to be added to a collection, while a comparator
// finds the place of what comes first.
type adding struct{ items []lang.Value }

var (
	conjKont   = &runtime.Kont{Name: "conj"}
	assocKont  = &runtime.Kont{Name: "assoc"}
	dissocKont = &runtime.Kont{Name: "dissoc"}
	disjKont   = &runtime.Kont{Name: "disj"}
)

func init() {
	conjNative.Run, assocNative.Run = conj, assoc
	dissocNative.Run, disjNative.Run = dissoc, disj
	conjKont.Return = func(p *runtime.Process, s any, v lang.Value) lang.Value { return conjAll(p, v, s.(adding).items) }
	assocKont.Return = func(p *runtime.Process, s any, v lang.Value) lang.Value { return assocAll(p, v, s.(adding).items) }
	dissocKont.Return = func(p *runtime.Process, s any, v lang.Value) lang.Value { return dissocAll(p, v, s.(adding).items) }
	disjKont.Return = func(p *runtime.Process, s any, v lang.Value) lang.Value { return disjAll(p, v, s.(adding).items) }
}

func conj(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		return lang.Obj(lang.EmptyVector)
	}
	if v, ok := args[0].Obj().(*lang.Vector); ok && len(args) == 2 {
		return lang.Obj(v.Conj(args[1]))
	}
	return conjAll(p, args[0], args[1:])
}

func conjAll(p *runtime.Process, coll lang.Value, items []lang.Value) lang.Value {
	for i, x := range items {
		if is[*lang.Set](coll) && lang.Unrealised(x) != nil {
			return retry(p, conjNative, append([]lang.Value{coll}, items[i:]...), x)
		}
		switch c := coll.Obj().(type) {
		case nil:
			coll = lang.ListOf(x)
		case *lang.Vector:
			coll = lang.Obj(c.Conj(x))
		case *lang.List:
			coll = lang.Obj(c.Conj(x))
		case *lang.Set:
			coll = lang.Obj(c.Conj(x))
		case lang.Seq, *lang.LazySeq:
			coll = lang.Obj(lang.NewCons(x, coll))
		case *lang.Map:
			kvs := entriesOf(x)
			if m, ok := assocRealised(c, kvs); ok {
				coll = lang.Obj(m)
				continue
			}
			return p.Call(conjKont, adding{rest(items, i)}, lang.Obj(assocNative), append([]lang.Value{coll}, kvs...)...)
		case *lang.Record, *lang.SortedMap:
			kvs := entriesOf(x)
			if kvs == nil {
				continue
			}
			return p.Call(conjKont, adding{rest(items, i)}, lang.Obj(assocNative), append([]lang.Value{coll}, kvs...)...)
		case *lang.SortedSet:
			if c.M.Cmp.IsNil() {
				coll = lang.Obj(c.Conj(x))
				continue
			}
			return p.Call(conjKont, adding{rest(items, i)}, lang.Obj(sortedAdd), coll, x)
		case stack:
			coll = c.Push(x)
		default:
			panic(lang.CastError(coll, lang.CollClass))
		}
	}
	return coll
}

// rest gives the items behind index i, in a slice of the caller's own.
func rest(items []lang.Value, i int) []lang.Value { return append([]lang.Value(nil), items[i+1:]...) }

// stack is implemented by further collections that grow at one end.
type stack interface {
	Push(x lang.Value) lang.Value
	Peek() lang.Value
	Pop() lang.Value
}

// assocRealised adds keys and values to a map, unless a key must be realised first.
func assocRealised(m *lang.Map, kvs []lang.Value) (*lang.Map, bool) {
	for i := 0; i < len(kvs); i += 2 {
		if lang.Unrealised(kvs[i]) != nil {
			return nil, false
		}
		m = m.Assoc(kvs[i], kvs[i+1])
	}
	return m, true
}

// entriesOf gives the keys and values that conj adds to a map for x: an
// entry, a pair, or a map's entries. nil means none.
func entriesOf(x lang.Value) []lang.Value {
	switch e := x.Obj().(type) {
	case nil:
		return nil
	case *lang.Vector:
		if e.Len() != 2 {
			lang.Raise(lang.IllegalArgumentException, "Vector arg to map conj must be a pair")
		}
		return []lang.Value{e.Nth(0), e.Nth(1)}
	}
	var kvs []lang.Value
	lang.Iterate(x, func(v lang.Value) bool {
		e := entry(v)
		kvs = append(kvs, e.Nth(0), e.Nth(1))
		return true
	})
	return kvs
}

// sortedAdd adds an element to a sorted set with a comparator.
var sortedAdd = &lang.Native{Name: "clojure.core/sorted-add", Min: 2, Max: 2, Args: "[set x]", Doc: "A sorted set with x added.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		s, x := args[0].Obj().(*lang.SortedSet), args[1]
		return search(p, s.M, x, func(_ *runtime.Process, w lang.Walk) lang.Value {
			if _, ok := w.Key(); ok {
				return lang.Obj(s)
			}
			return lang.Obj(&lang.SortedSet{M: w.Assoc(x, lang.Nil), Meta: s.Meta})
		})
	}}

// sortedChange is one change of a sorted map with a comparator: an assoc of
// key and value, or, without a value, a dissoc of key.
var sortedChange = &lang.Native{Name: "clojure.core/sorted-change", Min: 2, Max: 3, Args: "[map k] [map k v]", Doc: "A sorted map with one key bound or removed.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		m, k := args[0].Obj().(*lang.SortedMap), args[1]
		if len(args) == 2 {
			return search(p, m, k, func(_ *runtime.Process, w lang.Walk) lang.Value { return lang.Obj(w.Dissoc()) })
		}
		v := args[2]
		return search(p, m, k, func(_ *runtime.Process, w lang.Walk) lang.Value { return lang.Obj(w.Assoc(k, v)) })
	}}

func assoc(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args)%2 == 0 {
		lang.Raise(lang.IllegalArgumentException, "assoc expects even number of arguments after map/vector, found odd number")
	}
	return assocAll(p, args[0], args[1:])
}

func assocAll(p *runtime.Process, coll lang.Value, kvs []lang.Value) lang.Value {
	for i := 0; i+1 < len(kvs); i += 2 {
		k, v := kvs[i], kvs[i+1]
		if lang.Unrealised(k) != nil && !is[*lang.SortedMap](coll) {
			return retry(p, assocNative, append([]lang.Value{coll}, kvs[i:]...), k)
		}
		switch c := coll.Obj().(type) {
		case nil:
			coll = lang.Obj(lang.EmptyMap.Assoc(k, v))
		case *lang.Map:
			coll = lang.Obj(c.Assoc(k, v))
		case *lang.Vector:
			coll = lang.Obj(assocVector(c, k, v))
		case *lang.Record:
			coll = lang.Obj(c.Assoc(k, v))
		case *lang.SortedMap:
			if c.Cmp.IsNil() {
				coll = lang.Obj(c.Assoc(k, v))
				continue
			}
			return p.Call(assocKont, adding{rest(kvs, i+1)}, lang.Obj(sortedChange), coll, k, v)
		default:
			panic(lang.CastError(coll, lang.AssociativeClass))
		}
	}
	return coll
}

func assocVector(v *lang.Vector, k, x lang.Value) *lang.Vector {
	if !lang.IsInteger(k) {
		lang.Raise(lang.IllegalArgumentException, "Key must be integer")
	}
	switch i := integer(k); {
	case i == int64(v.Len()):
		return v.Conj(x)
	case i >= 0 && i < int64(v.Len()):
		return v.Assoc(int(i), x)
	}
	outOfBounds()
	return nil
}

func dissoc(p *runtime.Process, args []lang.Value) lang.Value { return dissocAll(p, args[0], args[1:]) }

func dissocAll(p *runtime.Process, coll lang.Value, ks []lang.Value) lang.Value {
	for i, k := range ks {
		switch c := coll.Obj().(type) {
		case nil:
			return lang.Nil
		case *lang.Map:
			coll = lang.Obj(c.Dissoc(k))
		case *lang.Record:
			coll = c.Dissoc(k)
		case *lang.SortedMap:
			return p.Call(dissocKont, adding{rest(ks, i)}, lang.Obj(sortedChange), coll, k)
		default:
			panic(lang.CastError(coll, lang.IMapClass))
		}
	}
	return coll
}

func disj(p *runtime.Process, args []lang.Value) lang.Value { return disjAll(p, args[0], args[1:]) }

func disjAll(p *runtime.Process, coll lang.Value, xs []lang.Value) lang.Value {
	for i, x := range xs {
		switch c := coll.Obj().(type) {
		case nil:
			return lang.Nil
		case *lang.Set:
			coll = lang.Obj(c.Disj(x))
		case *lang.SortedSet:
			return p.Call(disjKont, adding{rest(xs, i)}, lang.Obj(sortedRemove), coll, x)
		default:
			panic(lang.CastError(coll, lang.ISetClass))
		}
	}
	return coll
}

// sortedRemove takes an element out of a sorted set.
var sortedRemove = &lang.Native{Name: "clojure.core/sorted-remove", Min: 2, Max: 2, Args: "[set x]", Doc: "A sorted set without x.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		s := args[0].Obj().(*lang.SortedSet)
		return search(p, s.M, args[1], func(_ *runtime.Process, w lang.Walk) lang.Value {
			return lang.Obj(&lang.SortedSet{M: w.Dissoc(), Meta: s.Meta})
		})
	}}

func pop(v lang.Value) lang.Value {
	switch x := v.Obj().(type) {
	case nil:
		return lang.Nil
	case *lang.Vector:
		if x.Len() == 0 {
			lang.Raise(lang.IllegalStateException, "Can't pop empty vector")
		}
		return lang.Obj(x.Pop())
	case *lang.List:
		if x.Len() == 0 {
			lang.Raise(lang.IllegalStateException, "Can't pop empty list")
		}
		return lang.Obj(x.Tail())
	case stack:
		return x.Pop()
	}
	panic(lang.CastError(v, lang.StackClass))
}
