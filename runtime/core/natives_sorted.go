package core

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var sortedNatives = []*lang.Native{
	{Name: "clojure.core/sorted-map", Max: -1, Args: "[& keyvals]", Doc: "A map in the order of its keys. (sorted-map :b 2 :a 1) ;=> {:a 1, :b 2}",
		Pure: func(args []lang.Value) lang.Value {
			evenly(args)
			m := lang.EmptySortedMap
			for i := 0; i < len(args); i += 2 {
				m = m.Assoc(args[i], args[i+1])
			}
			return lang.Obj(m)
		}},
	{Name: "clojure.core/sorted-set", Max: -1, Args: "[& keys]", Doc: "A set in the order of its elements. (sorted-set 2 1) ;=> #{1 2}",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if slices.ContainsFunc(args, ownOrder) {
				return conjAll(p, lang.Obj(&lang.SortedSet{M: &lang.SortedMap{Cmp: compareFn}}), args)
			}
			s := lang.EmptySortedSet
			for _, x := range args {
				s = s.Conj(x)
			}
			return lang.Obj(s)
		}},
	{Name: "clojure.core/sorted-map-by", Min: 1, Max: -1, Args: "[comparator & keyvals]", Doc: "A map in the order that comparator gives its keys. (sorted-map-by > 1 :a 2 :b) ;=> {2 :b, 1 :a}",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			evenly(args[1:])
			return assocAll(p, lang.Obj(&lang.SortedMap{Cmp: args[0]}), args[1:])
		}},
	{Name: "clojure.core/sorted-set-by", Min: 1, Max: -1, Args: "[comparator & keys]", Doc: "A set in the order that comparator gives its elements. (sorted-set-by > 1 2) ;=> #{2 1}",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return conjAll(p, lang.Obj(&lang.SortedSet{M: &lang.SortedMap{Cmp: args[0]}}), args[1:])
		}},
	{Name: "clojure.core/sorted-from", Min: 3, Max: 3, Args: "[coll key ascending?]", Doc: "The elements of a sorted collection from key on, upwards or downwards, as a sequence.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			desc := !args[2].Truthy()
			if s, ok := args[0].Obj().(*lang.SortedSet); ok {
				return search(p, s.M, args[1], func(_ *runtime.Process, w lang.Walk) lang.Value { return s.SeqFrom(w, desc) })
			}
			m := object[*lang.SortedMap](args[0], lang.SortedClass)
			return search(p, m, args[1], func(_ *runtime.Process, w lang.Walk) lang.Value { return w.SeqFrom(desc) })
		}},
	{Name: "clojure.core/comparator-of", Min: 1, Max: 1, Args: "[coll]", Doc: "The comparator of a sorted collection.",
		Pure: one(func(v lang.Value) lang.Value {
			m, ok := v.Obj().(*lang.SortedMap)
			if !ok {
				m = object[*lang.SortedSet](v, lang.SortedClass).M
			}
			if m.Cmp.IsNil() {
				return compareFn
			}
			return m.Cmp
		})},
}

// compareFn is the default order.
var compareFn = lang.Obj(&lang.Native{Name: "clojure.core/compare", Min: 2, Max: 2, Args: "[x y]", Deep: arg0 | arg1,
	Doc: "Below 0, 0 or above 0 as x comes before, with or after y.",
	Run: compare})

// found is what to do at the end of a search.
type found func(p *runtime.Process, w lang.Walk) lang.Value

// searching is a search in a sorted map, while its comparator compares the
// key sought with the one where the walk is. With swapped, it compares them
// the other way round, since a test said only that the key is not below.
type searching struct {
	m       *lang.SortedMap
	at      lang.Walk
	key     lang.Value
	then    found
	swapped bool
}

var searchKont = &runtime.Kont{Name: "sorted lookup"}

func init() {
	searchKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		s := *state.(*searching)
		c := 0
		switch {
		case v.IsBool() && s.swapped:
			if v.AsBool() {
				c = 1
			}
		case v.IsBool() && v.AsBool():
			c = -1
		case v.IsBool():
			s.swapped = true
			k, _ := s.at.Key()
			return p.Call(searchKont, &s, s.m.Cmp, k, s.key)
		default:
			c = lang.Sign(number(v))
		}
		if c == 0 {
			return s.then(p, s.at)
		}
		s.at, s.swapped = s.at.Go(c), false
		return s.on(p)
	}
}

// search goes down m to where key is or would be. With a comparator of the
// language's, each comparison is a call.
func search(p *runtime.Process, m *lang.SortedMap, key lang.Value, then found) lang.Value {
	if !m.Cmp.IsNil() {
		s := searching{m: m, at: m.Walk(), key: key, then: then}
		return s.on(p)
	}
	w := m.Walk()
	for {
		k, ok := w.Key()
		if !ok {
			lang.Compare(key, key) // raises for what has no order
			return then(p, w)
		}
		c := lang.Compare(key, k)
		if c == 0 {
			return then(p, w)
		}
		w = w.Go(c)
	}
}

func (s searching) on(p *runtime.Process) lang.Value {
	k, ok := s.at.Key()
	if !ok {
		return s.then(p, s.at)
	}
	return p.Call(searchKont, &s, s.m.Cmp, s.key, k)
}
