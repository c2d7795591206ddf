package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var transientNatives = []*lang.Native{
	{Name: "clojure.core/transient", Min: 1, Max: 1, Args: "[coll]", Doc: "A vector, map or set with the elements of coll that conj!, assoc! and the like change in place.",
		Pure: one(func(v lang.Value) lang.Value {
			t, ok := lang.NewTransient(v)
			if !ok {
				panic(lang.CastError(v, editableClass))
			}
			return lang.Obj(t)
		})},
	{Name: "clojure.core/persistent!", Min: 1, Max: 1, Args: "[coll]", Run: persistent, Doc: "The collection that a transient has become. The transient is of no use afterwards."},
	{Name: "clojure.core/conj!", Max: 2, Args: "[] [coll] [coll x]", Run: conjBang, Doc: "Adds x to a transient collection."},
	{Name: "clojure.core/assoc!", Min: 3, Max: -1, Deep: arg1, Args: "[coll key val] [coll key val & kvs]", Run: assocBang, Doc: "Binds key to val in a transient map or vector."},
	{Name: "clojure.core/dissoc!", Min: 2, Max: -1, Deep: from1, Args: "[map key] [map key & ks]", Run: dissocBang, Doc: "Takes the keys out of a transient map."},
	{Name: "clojure.core/disj!", Min: 1, Max: -1, Deep: from1, Args: "[set] [set key] [set key & ks]", Run: disjBang, Doc: "Takes the elements out of a transient set."},
	{Name: "clojure.core/pop!", Min: 1, Max: 1, Args: "[coll]", Run: popBang, Doc: "Takes the last element off a transient vector."},
}

var editableClass = lang.DefineClass("clojure.lang.IEditableCollection", lang.ObjectClass)

// transientEntity notes the state of a transient for the journal.
type transientEntity struct {
	runtime.Stamped
	t *lang.Transient
}

type transientState struct {
	coll lang.Value
	done bool
}

// Save gives the state.
func (e *transientEntity) Save() any { return transientState{e.t.Snapshot(), e.t.Done} }

// Restore puts a state back.
func (e *transientEntity) Restore(s any) {
	st := s.(transientState)
	e.t.Restore(st.coll)
	e.t.Done = st.done
}

// changing gives the transient in v, about to be changed.
func changing(p *runtime.Process, v lang.Value) *lang.Transient {
	t := object[*lang.Transient](v, lang.ITransientClass)
	if t.Done {
		lang.Raise(illegalAccess, "Transient used after persistent! call")
	}
	if p.W.Journalling() {
		p.W.Touch(&transientEntity{t: t})
	}
	return t
}

func persistent(p *runtime.Process, args []lang.Value) lang.Value {
	t := changing(p, args[0])
	t.Done = true
	return t.Snapshot()
}

func conjBang(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		t, _ := lang.NewTransient(lang.Obj(lang.EmptyVector))
		return lang.Obj(t)
	}
	t := changing(p, args[0])
	if len(args) == 1 {
		return args[0]
	}
	x := args[1]
	switch {
	case t.Vec != nil:
		t.Vec.Conj(x)
	case t.Set != nil:
		if lang.Unrealised(x) != nil {
			return retry(p, conjBangNative, args, x)
		}
		t.Set.Conj(x)
	default:
		kvs := entriesOf(x)
		for i := 0; i < len(kvs); i += 2 {
			if lang.Unrealised(kvs[i]) != nil {
				return retry(p, conjBangNative, args, kvs[i])
			}
			t.Map.Assoc(kvs[i], kvs[i+1])
		}
	}
	return args[0]
}

// conjBangNative is conj! for a call that is made again.
var conjBangNative = &lang.Native{Name: "clojure.core/conj!", Min: 2, Max: 2, Args: "[coll x]", Doc: "Adds x to a transient collection."}

func init() { conjBangNative.Run = conjBang }

func assocBang(p *runtime.Process, args []lang.Value) lang.Value {
	t := changing(p, args[0])
	kvs := args[1:]
	if len(kvs)%2 == 1 {
		lang.Raise(lang.IllegalArgumentException, "assoc! expects an even number of arguments after the map or vector")
	}
	for i := 0; i < len(kvs); i += 2 {
		k, v := kvs[i], kvs[i+1]
		switch {
		case t.Map != nil:
			t.Map.Assoc(k, v)
		case t.Vec == nil:
			panic(lang.CastError(args[0], lang.AssociativeClass))
		case !k.IsFixed():
			lang.Raise(lang.IllegalArgumentException, "Key must be integer")
		case k.AsInt() == int64(t.Len()):
			t.Vec.Conj(v)
		case k.AsInt() < 0 || k.AsInt() > int64(t.Len()):
			outOfBounds()
		default:
			t.Vec.Assoc(int(k.AsInt()), v)
		}
	}
	return args[0]
}

func dissocBang(p *runtime.Process, args []lang.Value) lang.Value {
	t := changing(p, args[0])
	if t.Map == nil {
		panic(lang.CastError(args[0], lang.IMapClass))
	}
	for _, k := range args[1:] {
		t.Map.Dissoc(k)
	}
	return args[0]
}

func disjBang(p *runtime.Process, args []lang.Value) lang.Value {
	t := changing(p, args[0])
	if t.Set == nil {
		panic(lang.CastError(args[0], lang.ISetClass))
	}
	for _, k := range args[1:] {
		t.Set.Disj(k)
	}
	return args[0]
}

func popBang(p *runtime.Process, args []lang.Value) lang.Value {
	t := changing(p, args[0])
	if t.Vec == nil {
		panic(lang.CastError(args[0], lang.IVectorClass))
	}
	if t.Len() == 0 {
		lang.Raise(lang.IllegalStateException, "Can't pop empty vector")
	}
	t.Vec.Pop()
	return args[0]
}
