package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var (
	getNative = &lang.Native{Name: "clojure.core/get", Min: 2, Max: 3, Deep: arg1, Args: "[map key] [map key not-found]",
		Doc: "What map has under key; not-found or nil if nothing. Works on vectors, sets and strings too. (get {:a 1} :a) ;=> 1"}
	containsNative = &lang.Native{Name: "clojure.core/contains?", Min: 2, Max: 2, Deep: arg1, Args: "[coll key]",
		Doc: "Whether coll has an entry for key; of a vector or string, key is an index. (contains? [5] 5) ;=> false"}
	findNative = &lang.Native{Name: "clojure.core/find", Min: 2, Max: 2, Deep: arg1, Args: "[map key]",
		Doc: "The entry of key in map, nil if there is none. (find {:a 1} :a) ;=> [:a 1]"}
)

func init() {
	getNative.Run = get
	containsNative.Run = contains
	findNative.Run = find
}

var lookupNatives = []*lang.Native{
	getNative, containsNative, findNative,
	{Name: "clojure.core/keys", Min: 1, Max: 1, Seqs: arg0, Args: "[map]", Pure: one(keys), Doc: "The keys of map as a sequence, nil if it is empty. (keys {:a 1}) ;=> (:a)"},
	{Name: "clojure.core/vals", Min: 1, Max: 1, Seqs: arg0, Args: "[map]", Pure: one(vals), Doc: "The values of map as a sequence, nil if it is empty. (vals {:a 1}) ;=> (1)"},
	{Name: "clojure.core/key", Min: 1, Max: 1, Args: "[e]", Doc: "The key of a map's entry. (key (first {:a 1})) ;=> :a",
		Pure: one(func(v lang.Value) lang.Value { return entry(v).Nth(0) })},
	{Name: "clojure.core/val", Min: 1, Max: 1, Args: "[e]", Doc: "The value of a map's entry. (val (first {:a 1})) ;=> 1",
		Pure: one(func(v lang.Value) lang.Value { return entry(v).Nth(1) })},
	{Name: "clojure.core/peek", Min: 1, Max: 1, Args: "[coll]", Pure: one(peek), Doc: "The last element of a vector, the first of a list. (peek [1 2]) ;=> 2"},
	{Name: "clojure.core/subvec", Min: 2, Max: 3, Args: "[v start] [v start end]", Pure: subvec, Doc: "The elements of v from start to before end. (subvec [1 2 3] 1) ;=> [2 3]"},
}

func get(p *runtime.Process, args []lang.Value) lang.Value {
	k, missing := args[1], optional(args, 2)
	switch x := args[0].Obj().(type) {
	case *lang.SortedMap:
		if x.Len() == 0 {
			return missing
		}
		return search(p, x, k, func(_ *runtime.Process, w lang.Walk) lang.Value {
			if _, ok := w.Key(); !ok {
				return missing
			}
			return w.Value()
		})
	case *lang.SortedSet:
		if x.Len() == 0 {
			return missing
		}
		return search(p, x.M, k, func(_ *runtime.Process, w lang.Walk) lang.Value {
			if key, ok := w.Key(); ok {
				return key
			}
			return missing
		})
	case *TaggedLiteral:
		if v, ok := x.lookup(k); ok {
			return v
		}
		return missing
	case *Instance:
		if f := x.Method("valAt"); f.Truthy() {
			return p.TailCall(f, append([]lang.Value{args[0], k}, args[2:]...)...)
		}
	}
	if v, ok := lookup(args[0], k); ok {
		return v
	}
	return missing
}

// lookup is get on what needs no comparator.
func lookup(coll, k lang.Value) (lang.Value, bool) {
	switch x := coll.Obj().(type) {
	case *lang.Map:
		return x.Get(k)
	case *lang.Record:
		return x.Get(k)
	case *lang.Set:
		return x.Get(k)
	case *lang.Vector:
		if k.IsFixed() && k.AsInt() >= 0 && k.AsInt() < int64(x.Len()) {
			return x.Nth(int(k.AsInt())), true
		}
	case string:
		if k.IsFixed() {
			if r, ok := runeAt(x, k.AsInt()); ok {
				return lang.Char(r), true
			}
		}
	case *lang.Transient:
		return transientGet(x, k)
	case lookuper:
		return x.Lookup(k)
	}
	return lang.Nil, false
}

// lookuper is implemented by the host's maps.
type lookuper interface {
	Lookup(k lang.Value) (lang.Value, bool)
}

func transientGet(t *lang.Transient, k lang.Value) (lang.Value, bool) {
	switch {
	case t.Map != nil:
		return t.Map.Get(k)
	case t.Set != nil:
		return t.Set.Get(k)
	case k.IsFixed() && k.AsInt() >= 0 && k.AsInt() < int64(t.Len()):
		return t.Vec.Nth(int(k.AsInt())), true
	}
	return lang.Nil, false
}

func contains(p *runtime.Process, args []lang.Value) lang.Value {
	k := args[1]
	switch x := args[0].Obj().(type) {
	case nil:
		return lang.False
	case *lang.SortedMap:
		return search(p, x, k, hasKey)
	case *lang.SortedSet:
		return search(p, x.M, k, hasKey)
	case *lang.Vector, string:
		n, _ := lang.Counted(args[0])
		return lang.Bool(k.IsFixed() && k.AsInt() >= 0 && k.AsInt() < int64(n))
	case *lang.Map, *lang.Set, *lang.Record, *lang.Transient, lookuper:
		_, ok := lookup(args[0], k)
		return lang.Bool(ok)
	}
	lang.Raise(lang.IllegalArgumentException, "contains? not supported on type: %s", lang.ClassOf(args[0]).Name)
	return lang.Nil
}

func hasKey(_ *runtime.Process, w lang.Walk) lang.Value {
	_, ok := w.Key()
	return lang.Bool(ok)
}

func find(p *runtime.Process, args []lang.Value) lang.Value {
	k := args[1]
	switch x := args[0].Obj().(type) {
	case nil:
		return lang.Nil
	case *lang.SortedMap:
		return search(p, x, k, func(_ *runtime.Process, w lang.Walk) lang.Value {
			if _, ok := w.Key(); !ok {
				return lang.Nil
			}
			return lang.Obj(w.Entry())
		})
	case *lang.Map:
		if key, v, ok := x.Find(k); ok {
			return lang.Obj(lang.NewEntry(key, v))
		}
		return lang.Nil
	case *lang.Vector, *lang.Record, *lang.Transient, lookuper:
		if v, ok := lookup(args[0], k); ok {
			return lang.Obj(lang.NewEntry(k, v))
		}
		return lang.Nil
	}
	lang.Raise(lang.IllegalArgumentException, "find not supported on type: %s", lang.ClassOf(args[0]).Name)
	return lang.Nil
}

func entry(v lang.Value) *lang.Vector {
	e, ok := v.Obj().(*lang.Vector)
	if !ok || !e.IsEntry() {
		panic(lang.CastError(v, lang.MapEntryIface))
	}
	return e
}

func keys(v lang.Value) lang.Value {
	if s, ok := lang.Keys(v); ok {
		return s
	}
	return ofEntries(v, 0)
}

func vals(v lang.Value) lang.Value {
	if s, ok := lang.Vals(v); ok {
		return s
	}
	return ofEntries(v, 1)
}

// ofEntries gives part i of each entry in a sequence of entries.
func ofEntries(v lang.Value, i int) lang.Value {
	var out []lang.Value
	lang.Iterate(v, func(e lang.Value) bool { out = append(out, entry(e).Nth(i)); return true })
	s, _ := lang.SeqOf(lang.ListOf(out...))
	return s
}

func peek(v lang.Value) lang.Value {
	switch x := v.Obj().(type) {
	case nil:
		return lang.Nil
	case *lang.Vector:
		if x.Len() == 0 {
			return lang.Nil
		}
		return x.Nth(x.Len() - 1)
	case *lang.List:
		return lang.First(v)
	case stack:
		return x.Peek()
	}
	panic(lang.CastError(v, lang.StackClass))
}

func subvec(args []lang.Value) lang.Value {
	v := object[*lang.Vector](args[0], lang.IVectorClass)
	start, end := integer(args[1]), int64(v.Len())
	if len(args) == 3 {
		end = integer(args[2])
	}
	if start < 0 || end < start || end > int64(v.Len()) {
		outOfBounds()
	}
	return lang.Obj(v.Slice(int(start), int(end)))
}
