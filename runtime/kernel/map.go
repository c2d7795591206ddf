package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func mapNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Map/new", Min: 0, Max: 2, Args: "enumerable, transform", Run: newMap, Doc: "A map of key and value tuples, or of those that transform gives. Map.new([a: 1]) #=> %{a: 1}"},
		{Name: "Map/get", Min: 2, Max: 3, Args: "map, key, default \\\\ nil", Pure: mapGet, Doc: "The value of key, or default. Map.get(%{a: 1}, :a) #=> 1"},
		{Name: "Map/fetch", Min: 2, Max: 2, Args: "map, key", Pure: mapFetch, Doc: "{:ok, value} of key, or :error. Map.fetch(%{a: 1}, :a) #=> {:ok, 1}"},
		{Name: "Map/fetch!", Min: 2, Max: 2, Args: "map, key", Pure: two(mapFetchBang), Doc: "The value of key; raises KeyError if there is none. Map.fetch!(%{a: 1}, :a) #=> 1"},
		{Name: "Map/has_key?", Min: 2, Max: 2, Args: "map, key", Pure: two(func(m, k lang.Value) lang.Value { return lang.Bool(inMap(m, k)) }), Doc: "Whether the map has key. Map.has_key?(%{a: 1}, :a) #=> true"},
		{Name: "Map/put", Min: 3, Max: 3, Args: "map, key, value", Pure: func(args []lang.Value) lang.Value { return mapPut(args[0], args[1], args[2]) }, Doc: "The map with key bound to value. Map.put(%{}, :a, 1) #=> %{a: 1}"},
		{Name: "Map/put_new", Min: 3, Max: 3, Args: "map, key, value", Doc: "put, unless the map has key. Map.put_new(%{a: 1}, :a, 2) #=> %{a: 1}",
			Pure: func(args []lang.Value) lang.Value {
				if inMap(args[0], args[1]) {
					return args[0]
				}
				return mapPut(args[0], args[1], args[2])
			}},
		{Name: "Map/replace", Min: 3, Max: 3, Args: "map, key, value", Doc: "put, if the map has key. Map.replace(%{}, :a, 2) #=> %{}",
			Pure: func(args []lang.Value) lang.Value {
				if !inMap(args[0], args[1]) {
					return args[0]
				}
				return mapPut(args[0], args[1], args[2])
			}},
		{Name: "Map/replace!", Min: 3, Max: 3, Args: "map, key, value", Doc: "put; raises KeyError unless the map has key. Map.replace!(%{a: 1}, :a, 2) #=> %{a: 2}",
			Pure: func(args []lang.Value) lang.Value {
				mapFetchBang(args[0], args[1])
				return mapPut(args[0], args[1], args[2])
			}},
		{Name: "Map/delete", Min: 2, Max: 2, Args: "map, key", Pure: two(func(m, k lang.Value) lang.Value { return lang.Obj(mapArg(m).Dissoc(k)) }), Doc: "The map without key. Map.delete(%{a: 1}, :a) #=> %{}"},
		{Name: "Map/drop", Min: 2, Max: 2, Args: "map, keys", Run: withKeys(mapDrop), Doc: "The map without keys. Map.drop(%{a: 1, b: 2}, [:a]) #=> %{b: 2}"},
		{Name: "Map/take", Min: 2, Max: 2, Args: "map, keys", Run: withKeys(mapTake), Doc: "The map with keys alone. Map.take(%{a: 1, b: 2}, [:a]) #=> %{a: 1}"},
		{Name: "Map/split", Min: 2, Max: 2, Args: "map, keys", Doc: "The map with keys alone and without them. Map.split(%{a: 1, b: 2}, [:a]) #=> {%{a: 1}, %{b: 2}}",
			Run: withKeys(func(m *lang.Map, keys []lang.Value) lang.Value { return lang.Vec(mapTake(m, keys), mapDrop(m, keys)) })},
		{Name: "Map/pop", Min: 2, Max: 3, Args: "map, key, default \\\\ nil", Doc: "The value of key, or default, and the map without it. Map.pop(%{a: 1}, :a) #=> {1, %{}}",
			Pure: func(args []lang.Value) lang.Value {
				return lang.Vec(mapGet(args), lang.Obj(mapArg(args[0]).Dissoc(args[1])))
			}},
		{Name: "Map/pop!", Min: 2, Max: 2, Args: "map, key", Doc: "pop; raises KeyError if the map has no such key. Map.pop!(%{a: 1}, :a) #=> {1, %{}}",
			Pure: two(func(m, k lang.Value) lang.Value {
				return lang.Vec(mapFetchBang(m, k), lang.Obj(mapArg(m).Dissoc(k)))
			})},
		{Name: "Map/keys", Min: 1, Max: 1, Args: "map", Pure: one(mapKeys), Doc: "The keys. Map.keys(%{a: 1}) #=> [:a]"},
		{Name: "Map/values", Min: 1, Max: 1, Args: "map", Pure: one(mapValues), Doc: "The values, in the order of the keys. Map.values(%{a: 1}) #=> [1]"},
		{Name: "Map/to_list", Min: 1, Max: 1, Args: "map", Pure: one(mapToList), Doc: "The entries as tuples. Map.to_list(%{a: 1}) #=> [a: 1]"},
		{Name: "Map/equal?", Min: 2, Max: 2, Args: "map1, map2", Deep: allArgs, Pure: two(func(a, b lang.Value) lang.Value {
			return lang.Bool(lang.Same(lang.Obj(mapArg(a)), lang.Obj(mapArg(b))))
		}), Doc: "Whether two maps have the same entries. Map.equal?(%{}, %{}) #=> true"},
		{Name: "Map/from_keys", Min: 2, Max: 2, Args: "keys, value", Seqs: arg0, Doc: "A map with value under each key. Map.from_keys([:a], 0) #=> %{a: 0}",
			Pure: two(func(keys, v lang.Value) lang.Value {
				b := lang.NewMapBuilder(lang.EmptyErlangMap)
				for _, k := range elements(keys) {
					b.Assoc(k, v)
				}
				return lang.Obj(b.Map())
			})},
		{Name: "Map/from_struct", Min: 1, Max: 1, Args: "struct", Run: fromStruct, Doc: "The fields of a struct, or of the struct of a module, as a plain map."},
		{Name: "Map/filter", Min: 2, Max: 2, Args: "map, fun", Run: throughMap(filterPass), Doc: "The entries for which fun gives a truthy value for {key, value}. Map.filter(%{a: 1, b: 2}, fn {_, v} -> v > 1 end) #=> %{b: 2}"},
		{Name: "Map/reject", Min: 2, Max: 2, Args: "map, fun", Run: throughMap(rejectPass), Doc: "The entries for which fun gives false or nil for {key, value}. Map.reject(%{a: 1, b: 2}, fn {_, v} -> v > 1 end) #=> %{a: 1}"},
		{Name: "Map/merge", Min: 2, Max: 3, Args: "map1, map2, fun", Run: mapMerge, Doc: "The entries of both maps; where both have a key, the second's, or what fun gives for key and the two values. Map.merge(%{a: 1}, %{a: 2}) #=> %{a: 2}"},
	}
}

// mapArg gives the map in v, a struct included, or raises BadMapError.
func mapArg(v lang.Value) *lang.Map {
	switch m := v.Obj().(type) {
	case *lang.Map:
		return m
	case *lang.Record:
		return m.Map()
	case *lang.SortedMap:
		b := lang.NewMapBuilder(lang.EmptyErlangMap)
		m.Each(func(k, v lang.Value) bool { b.Assoc(k, v); return true })
		return b.Map()
	}
	badMap(v)
	return nil
}

func inMap(m, k lang.Value) bool { _, found := mapArg(m).Get(k); return found }

func mapGet(args []lang.Value) lang.Value {
	if v, found := mapArg(args[0]).Get(args[1]); found {
		return v
	}
	return optional(args, 2, lang.Nil)
}

func mapFetch(args []lang.Value) lang.Value {
	if v, found := mapArg(args[0]).Get(args[1]); found {
		return ok(v)
	}
	return errorAtom
}

func mapFetchBang(m, k lang.Value) lang.Value {
	v, found := mapArg(m).Get(k)
	if !found {
		raiseKey(m, k)
	}
	return v
}

func mapPut(m, k, v lang.Value) lang.Value { return lang.Obj(mapArg(m).Assoc(k, v)) }

// withKeys makes a native of a map and the keys in an enumerable.
func withKeys(f func(m *lang.Map, keys []lang.Value) lang.Value) run {
	of := listed(func(_ *runtime.Process, keys, args []lang.Value) lang.Value { return f(mapArg(args[0]), keys) })
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		mapArg(args[0])
		return of(p, []lang.Value{args[1], args[0]})
	}
}

func mapDrop(m *lang.Map, keys []lang.Value) lang.Value {
	for _, k := range keys {
		m = m.Dissoc(k)
	}
	return lang.Obj(m)
}

func mapTake(m *lang.Map, keys []lang.Value) lang.Value {
	b := lang.NewMapBuilder(lang.EmptyErlangMap)
	for _, k := range keys {
		if v, found := m.Get(k); found {
			b.Assoc(k, v)
		}
	}
	return lang.Obj(b.Map())
}

func mapKeys(m lang.Value) lang.Value {
	var out []lang.Value
	mapArg(m).Each(func(k, _ lang.Value) bool { out = append(out, k); return true })
	return list(out)
}

func mapValues(m lang.Value) lang.Value {
	var out []lang.Value
	mapArg(m).Each(func(_, v lang.Value) bool { out = append(out, v); return true })
	return list(out)
}

func mapToList(m lang.Value) lang.Value { return list(entries(mapArg(m))) }

// entries gives the entries of a map as tuples.
func entries(m *lang.Map) []lang.Value {
	out := make([]lang.Value, 0, m.Len())
	m.Each(func(k, v lang.Value) bool { out = append(out, lang.Vec(k, v)); return true })
	return out
}

func newMap(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		return emptyMapValue
	}
	return intoFold(emptyMapValue, optional(args, 1, lang.Nil)).start(p, args[0])
}

func fromStruct(p *runtime.Process, args []lang.Value) lang.Value {
	if isAtom(args[0]) {
		return p.Call(fromStructKont, nil, functionOf(p, args[0], "__struct__", 0))
	}
	return lang.Obj(mapArg(args[0]).Dissoc(structKey))
}

var fromStructKont = &runtime.Kont{Name: "Map.from_struct", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	return lang.Obj(mapArg(v).Dissoc(structKey))
}}

// throughMap makes a native that picks entries of a map by a function.
func throughMap(k *pass) run {
	picking := &pass{name: k.name, put: k.put, end: func(_ *runtime.Process, s *fold) lang.Value {
		return lang.Obj(mapWith(lang.EmptyErlangMap, s.out.vs))
	}}
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		checkFunction(args[1])
		return (&fold{pass: picking, f: args[1], rest: mapToList(args[0])}).walk(p)
	}
}

// mapMerge puts the entries of the second map into the first. With a function,
// what it gives decides the keys that both have.
func mapMerge(p *runtime.Process, args []lang.Value) lang.Value {
	m, other := mapArg(args[0]), mapArg(args[1])
	if len(args) == 2 {
		b := lang.NewMapBuilder(m)
		other.Each(func(k, v lang.Value) bool { b.Assoc(k, v); return true })
		return lang.Obj(b.Map())
	}
	checkFunction(args[2])
	merge := &fold{pass: mergePass, f: args[2], acc: args[0], rest: mapToList(args[1])}
	return merge.walk(p)
}

// mergePass puts tuples into the map in acc.
var mergePass = &pass{name: "merge", arg: conflict, end: giveAcc,
	see: func(s *fold, x lang.Value) verdict {
		t, m := pairOf(x), mapArg(s.acc)
		if _, found := m.Get(t.Nth(0)); found {
			return call
		}
		s.acc = lang.Obj(m.Assoc(t.Nth(0), t.Nth(1)))
		return next
	},
	put: func(s *fold, r lang.Value) verdict {
		s.acc = lang.Obj(mapArg(s.acc).Assoc(pairOf(s.x).Nth(0), r))
		return next
	}}
