package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func mapSetNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "MapSet/new", Min: 0, Max: 2, Args: "enumerable, transform", Doc: "A set of the elements, or of what transform gives for them. MapSet.new([1, 2, 1]) #=> MapSet.new([1, 2])",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				if len(args) == 0 {
					return emptySetValue
				}
				return intoFold(emptySetValue, optional(args, 1, lang.Nil)).start(p, args[0])
			}},
		{Name: "MapSet/put", Min: 2, Max: 2, Args: "map_set, value", Deep: arg1, Pure: onSet("put", func(s *lang.Set, v lang.Value) lang.Value { return lang.Obj(s.Conj(v)) }), Doc: "The set with value. MapSet.put(MapSet.new([1]), 2) #=> MapSet.new([1, 2])"},
		{Name: "MapSet/delete", Min: 2, Max: 2, Args: "map_set, value", Deep: arg1, Pure: onSet("delete", func(s *lang.Set, v lang.Value) lang.Value { return lang.Obj(s.Disj(v)) }), Doc: "The set without value. MapSet.delete(MapSet.new([1]), 1) #=> MapSet.new([])"},
		{Name: "MapSet/member?", Min: 2, Max: 2, Args: "map_set, value", Deep: arg1, Pure: onSet("member?", func(s *lang.Set, v lang.Value) lang.Value { return lang.Bool(s.Has(v)) }), Doc: "Whether value is in the set. MapSet.member?(MapSet.new([1]), 1) #=> true"},
		{Name: "MapSet/size", Min: 1, Max: 1, Args: "map_set", Pure: onSet("size", func(s *lang.Set, _ lang.Value) lang.Value { return lang.Int(int64(s.Len())) }), Doc: "How many elements there are. MapSet.size(MapSet.new([1])) #=> 1"},
		{Name: "MapSet/to_list", Min: 1, Max: 1, Args: "map_set", Pure: onSet("to_list", func(s *lang.Set, _ lang.Value) lang.Value { return list(members(s)) }), Doc: "The elements as a list. MapSet.to_list(MapSet.new([1])) #=> [1]"},
		{Name: "MapSet/union", Min: 2, Max: 2, Args: "map_set1, map_set2", Pure: onSets("union", union), Doc: "What is in either set. MapSet.union(MapSet.new([1]), MapSet.new([2])) #=> MapSet.new([1, 2])"},
		{Name: "MapSet/intersection", Min: 2, Max: 2, Args: "map_set1, map_set2", Pure: onSets("intersection", func(a, b *lang.Set) lang.Value { return lang.Obj(picked(a, b.Has)) }), Doc: "What is in both sets. MapSet.intersection(MapSet.new([1, 2]), MapSet.new([2])) #=> MapSet.new([2])"},
		{Name: "MapSet/difference", Min: 2, Max: 2, Args: "map_set1, map_set2", Pure: onSets("difference", func(a, b *lang.Set) lang.Value { return lang.Obj(beyond(a, b)) }), Doc: "What is in the first set alone. MapSet.difference(MapSet.new([1, 2]), MapSet.new([2])) #=> MapSet.new([1])"},
		{Name: "MapSet/symmetric_difference", Min: 2, Max: 2, Args: "map_set1, map_set2", Pure: onSets("symmetric_difference", func(a, b *lang.Set) lang.Value { return union(beyond(a, b), beyond(b, a)) }), Doc: "What is in one of the sets alone. MapSet.symmetric_difference(MapSet.new([1, 2]), MapSet.new([2, 3])) #=> MapSet.new([1, 3])"},
		{Name: "MapSet/subset?", Min: 2, Max: 2, Args: "map_set1, map_set2", Pure: onSets("subset?", func(a, b *lang.Set) lang.Value { return lang.Bool(beyond(a, b).Len() == 0) }), Doc: "Whether all of the first set is in the second. MapSet.subset?(MapSet.new([1]), MapSet.new([1, 2])) #=> true"},
		{Name: "MapSet/disjoint?", Min: 2, Max: 2, Args: "map_set1, map_set2", Pure: onSets("disjoint?", func(a, b *lang.Set) lang.Value { return lang.Bool(picked(a, b.Has).Len() == 0) }), Doc: "Whether the sets share nothing. MapSet.disjoint?(MapSet.new([1]), MapSet.new([2])) #=> true"},
		{Name: "MapSet/equal?", Min: 2, Max: 2, Args: "map_set1, map_set2", Pure: onSets("equal?", func(a, b *lang.Set) lang.Value { return lang.Bool(a.Len() == b.Len() && beyond(a, b).Len() == 0) }), Doc: "Whether the sets have the same elements. MapSet.equal?(MapSet.new([1]), MapSet.new([1])) #=> true"},
		{Name: "MapSet/filter", Min: 2, Max: 2, Args: "map_set, fun", Run: throughSet(filterPass), Doc: "The elements for which fun gives a truthy value. MapSet.filter(MapSet.new([1, 2]), &(&1 > 1)) #=> MapSet.new([2])"},
		{Name: "MapSet/reject", Min: 2, Max: 2, Args: "map_set, fun", Run: throughSet(rejectPass), Doc: "The elements for which fun gives false or nil. MapSet.reject(MapSet.new([1, 2]), &(&1 > 1)) #=> MapSet.new([1])"},
		{Name: "MapSet/split_with", Min: 2, Max: 2, Args: "map_set, fun", Doc: "What filter and reject give. MapSet.split_with(MapSet.new([1, 2]), &(&1 > 1)) #=> {MapSet.new([2]), MapSet.new([1])}",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				checkFunction(args[1])
				return (&fold{pass: splitSet, f: args[1]}).start(p, lang.Obj(setArg("split_with", args, 0)))
			}},
	}
}

// setArg gives argument i of a function of MapSet, a set; another value matches
// no clause.
func setArg(name string, args []lang.Value, i int) *lang.Set {
	s, ok := args[i].Obj().(*lang.Set)
	if !ok {
		noClause("MapSet", name, args)
	}
	return s
}

// onSet makes a native of a function of a set and one more argument, nil if
// there is none.
func onSet(name string, f func(s *lang.Set, v lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return f(setArg(name, args, 0), optional(args, 1, lang.Nil)) }
}

// onSets makes a native of a function of two sets.
func onSets(name string, f func(a, b *lang.Set) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return f(setArg(name, args, 0), setArg(name, args, 1)) }
}

func members(s *lang.Set) []lang.Value {
	out := make([]lang.Value, 0, s.Len())
	s.Each(func(v lang.Value) bool { out = append(out, v); return true })
	return out
}

// picked gives the set of those elements that pass a test.
func picked(set *lang.Set, test func(lang.Value) bool) *lang.Set {
	b := lang.NewSetBuilder(lang.EmptyErlangSet)
	set.Each(func(v lang.Value) bool {
		if test(v) {
			b.Conj(v)
		}
		return true
	})
	return b.Set()
}

// beyond gives the set of what a has and b has not.
func beyond(a, b *lang.Set) *lang.Set {
	return picked(a, func(v lang.Value) bool { return !b.Has(v) })
}

func union(a, b *lang.Set) lang.Value {
	v, _ := collect(lang.Obj(a), members(b))
	return v
}

func setOf(vs []lang.Value) lang.Value {
	v, _ := collect(emptySetValue, vs)
	return v
}

var splitSet = &pass{name: "split_with", put: sortOut, end: func(_ *runtime.Process, s *fold) lang.Value {
	return lang.Vec(setOf(s.out.vs), setOf(s.also.vs))
}}

// throughSet makes a native that picks elements of a set by a function.
func throughSet(k *pass) run {
	picking := &pass{name: k.name, put: k.put, end: func(_ *runtime.Process, s *fold) lang.Value { return setOf(s.out.vs) }}
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		checkFunction(args[1])
		return (&fold{pass: picking, f: args[1]}).start(p, lang.Obj(setArg(k.name, args, 0)))
	}
}
