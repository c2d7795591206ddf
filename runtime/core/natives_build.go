package core

import (
	"math"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var buildNatives = []*lang.Native{
	{Name: "clojure.core/list", Max: -1, Args: "[& items]", Doc: "A list of the items. (list 1 2) ;=> (1 2)",
		Pure: func(args []lang.Value) lang.Value { return lang.ListOf(args...) }},
	{Name: "clojure.core/vector", Max: -1, Args: "[& args]", Doc: "A vector of the arguments. (vector 1 2) ;=> [1 2]",
		Pure: func(args []lang.Value) lang.Value { return lang.Vec(args...) }},
	{Name: "clojure.core/vec", Min: 1, Max: 1, Seqs: arg0, Args: "[coll]", Pure: one(vec), Doc: "A vector of the elements of coll. (vec '(1 2)) ;=> [1 2]"},
	{Name: "clojure.core/set", Min: 1, Max: 1, Deep: arg0, Args: "[coll]", Pure: one(set), Doc: "The set of the elements of coll. (set [1 1]) ;=> #{1}"},
	{Name: "clojure.core/hash-map", Max: -1, Deep: allArgs, Args: "[& keyvals]", Doc: "A map of keys and values in turn. (hash-map :a 1) ;=> {:a 1}",
		Pure: func(args []lang.Value) lang.Value { evenly(args); return lang.Obj(lang.NewHashMap(args...)) }},
	{Name: "clojure.core/array-map", Max: -1, Deep: allArgs, Args: "[& keyvals]", Doc: "A map of keys and values in turn, in that order while it is small. (array-map :b 1 :a 2) ;=> {:b 1, :a 2}",
		Pure: func(args []lang.Value) lang.Value { evenly(args); return lang.Obj(lang.NewMap(args...)) }},
	{Name: "clojure.core/hash-set", Max: -1, Deep: allArgs, Args: "[& keys]", Doc: "The set of the keys. (hash-set 1 1) ;=> #{1}",
		Pure: func(args []lang.Value) lang.Value { return lang.Obj(lang.NewSet(args...)) }},
	{Name: "clojure.core/map-entry", Min: 2, Max: 2, Args: "[k v]", Doc: "An entry of a map.",
		Pure: two(func(k, v lang.Value) lang.Value { return lang.Obj(lang.NewEntry(k, v)) })},
	{Name: "clojure.core/list*", Min: 1, Max: -1, Args: "[args] [a args] [a b & more]", Run: listStar, Doc: "The sequence of the first arguments and then of the elements of the last. (list* 1 [2 3]) ;=> (1 2 3)"},
	{Name: "clojure.core/range", Max: 3, Args: "[] [end] [start end] [start end step]", Pure: rangeOf, Doc: "The numbers from start, 0 by default, to before end, for ever without one. (range 3) ;=> (0 1 2)"},
	{Name: "clojure.core/repeat", Min: 1, Max: 2, Args: "[x] [n x]", Doc: "x for ever, or n times. (repeat 2 :a) ;=> (:a :a)",
		Pure: func(args []lang.Value) lang.Value {
			if len(args) == 1 {
				return lang.NewRepeat(args[0], -1)
			}
			return orEmpty(lang.NewRepeat(args[1], max(0, integer(args[0]))))
		}},
	{Name: "clojure.core/seq-to-map-for-destructuring", Min: 1, Max: 1, Seqs: arg0, Args: "[s]", Pure: one(seqToMap), Doc: "The map of keyword arguments: keys and values in turn, or a map alone or at the end."},
	{Name: "clojure.core/empty", Min: 1, Max: 1, Args: "[coll]", Pure: one(empty), Doc: "An empty collection like coll, nil for what is none. (empty [1]) ;=> []"},
}

func orEmpty(v lang.Value) lang.Value {
	if v.IsNil() {
		return lang.Obj(lang.EmptyList)
	}
	return v
}

func evenly(kvs []lang.Value) {
	if len(kvs)%2 == 1 {
		lang.Raise(lang.IllegalArgumentException, "No value supplied for key: %s", lang.DisplayString(kvs[len(kvs)-1]))
	}
}

func vec(v lang.Value) lang.Value {
	if x, ok := v.Obj().(*lang.Vector); ok {
		if x.IsEntry() {
			return lang.Vec(x.Nth(0), x.Nth(1))
		}
		return lang.Obj(x.WithMeta(nil))
	}
	return lang.Obj(lang.NewVector(elements(v)))
}

func set(v lang.Value) lang.Value {
	if s, ok := v.Obj().(*lang.Set); ok {
		return lang.Obj(s.WithMeta(nil))
	}
	finite(v)
	b := lang.NewSetBuilder(lang.EmptySet)
	lang.Iterate(v, func(x lang.Value) bool { b.Conj(x); return true })
	return lang.Obj(b.Set())
}

// listStar puts all arguments but the last in front of the last.
func listStar(p *runtime.Process, args []lang.Value) lang.Value {
	last := len(args) - 1
	if last == 0 {
		return seqFrom(p, args[0])
	}
	tail := args[last]
	if !is[*lang.LazySeq](tail) {
		tail, _ = lang.SeqOf(tail)
	}
	for i := last - 1; i >= 0; i-- {
		tail = lang.Obj(lang.NewCons(args[i], tail))
	}
	return tail
}

func rangeOf(args []lang.Value) lang.Value {
	start, end, step := lang.Int(0), lang.Int(math.MaxInt64), lang.Int(1)
	switch len(args) {
	case 1:
		end = args[0]
	case 2:
		start, end = args[0], args[1]
	case 3:
		start, end, step = args[0], args[1], args[2]
	}
	if start.IsFixed() && end.IsFixed() && step.IsFixed() && step.AsInt() != 0 {
		return orEmpty(lang.NewRange(start.AsInt(), end.AsInt(), step.AsInt()))
	}
	p := &progression{number(start), number(end), number(step), lang.Sign(step)}
	return orEmpty(p.seq())
}

// progression is a range of numbers that are not all integers of 64 bits.
type progression struct {
	at, end, step lang.Value
	sign          int
}

// seq gives the progression as a sequence, nil if it has come to its end.
func (r *progression) seq() lang.Value {
	switch {
	case r.sign > 0 && !lang.Lt(r.at, r.end), r.sign < 0 && !lang.Lt(r.end, r.at):
		return lang.Nil
	case r.sign == 0:
		if lang.EqualNum(r.at, r.end) {
			return lang.Nil
		}
		return lang.NewRepeat(r.at, -1)
	}
	return lang.Obj(r)
}

// First gives the first number.
func (r *progression) First() lang.Value { return r.at }

// Rest gives what follows.
func (r *progression) Rest() lang.Value {
	return orEmpty((&progression{lang.AddP(r.at, r.step), r.end, r.step, r.sign}).seq())
}

// Class gives Clojure's class of such a value.
func (r *progression) Class() *lang.Class { return rangeClass }

var rangeClass = lang.DefineClass("clojure.lang.Range", lang.ISeqClass, lang.SequentialClass)

func seqToMap(v lang.Value) lang.Value {
	vs := elements(v)
	switch {
	case len(vs) == 0:
		return lang.Obj(lang.EmptyMap)
	case len(vs) == 1:
		return vs[0]
	}
	last := lang.Obj(lang.EmptyMap)
	if len(vs)%2 == 1 {
		last, vs = vs[len(vs)-1], vs[:len(vs)-1]
	}
	m := lang.NewMapBuilder(lang.NewMap(vs...))
	if trailing, ok := last.Obj().(*lang.Map); ok {
		trailing.Each(func(k, v lang.Value) bool { m.Assoc(k, v); return true })
	}
	return lang.Obj(m.Map())
}

func empty(v lang.Value) lang.Value {
	m := metaOf(v)
	switch x := v.Obj().(type) {
	case *lang.Vector:
		if x.IsEntry() {
			return lang.Nil
		}
		return lang.Obj(lang.EmptyVector.WithMeta(m))
	case *lang.Map:
		if x.Flavour() == lang.Erlang {
			return lang.Obj(lang.EmptyErlangMap)
		}
		return lang.Obj(lang.EmptyMap.WithMeta(m))
	case *lang.Set:
		return lang.Obj(lang.EmptySet.WithMeta(m))
	case *lang.SortedMap:
		return lang.Obj(&lang.SortedMap{Cmp: x.Cmp, Meta: m})
	case *lang.SortedSet:
		return lang.Obj(&lang.SortedSet{M: &lang.SortedMap{Cmp: x.M.Cmp}, Meta: m})
	case *lang.Record:
		lang.Raise(lang.UnsupportedOperationException, "Can't create empty: %s", x.Class().Name)
	case *lang.List:
		return lang.Obj(lang.EmptyList.WithMeta(m))
	case lang.Seq, *lang.LazySeq:
		return lang.Obj(lang.EmptyList)
	}
	return lang.Nil
}
