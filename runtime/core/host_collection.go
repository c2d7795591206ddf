package core

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The collections of the host that change: java.util.ArrayList is an Array
// that grows, java.util.HashMap a persistent map in a cell.

var (
	listClass = lang.DefineClass("java.util.ArrayList", lang.JavaListClass)
	_         = lang.DefineClass("java.util.LinkedList", lang.JavaListClass)
	listKind  = &kindOfArray{"object", listClass, lang.Nil, itself}

	javaMapClass = lang.DefineClass("java.util.HashMap", lang.JavaMapClass)
	_            = lang.DefineClass("java.util.concurrent.ConcurrentHashMap", lang.JavaMapClass)

	iteratorClass = lang.DefineClass("java.util.Iterator", lang.ObjectClass)
)

func newList(p *runtime.Process, args []lang.Value) lang.Value {
	var vs []lang.Value
	if len(args) == 1 && !args[0].IsFixed() {
		vs = elements(args[0])
	}
	return lang.Obj(newArray(p, listKind, vs))
}

// listText gives the elements of an array or list as Java's toString does.
func listText(a *Array) string {
	parts := make([]string, a.Len())
	for i := range parts {
		parts[i] = nullText(a.vals.Nth(i))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// JavaMap is java.util.HashMap.
type JavaMap struct {
	runtime.Stamped
	m *lang.Map
}

// Save gives the entries.
func (m *JavaMap) Save() any { return m.m }

// Restore puts earlier entries back.
func (m *JavaMap) Restore(s any) { m.m = s.(*lang.Map) }

// Class gives Java's class of such a value.
func (m *JavaMap) Class() *lang.Class { return javaMapClass }

// Len gives the number of entries.
func (m *JavaMap) Len() int { return m.m.Len() }

// Seq gives the entries as they are now.
func (m *JavaMap) Seq() lang.Value { s, _ := lang.SeqOf(lang.Obj(m.m)); return s }

// PrintTo prints the entries.
func (m *JavaMap) PrintTo(p *lang.Printer) { p.Then(lang.Obj(m.m)) }

func newJavaMap(_ *runtime.Process, args []lang.Value) lang.Value {
	m := &JavaMap{m: lang.EmptyMap}
	if len(args) == 1 && !args[0].IsFixed() {
		b := lang.NewMapBuilder(lang.EmptyMap)
		lang.Elements(args[0], entries(b.Assoc))
		m.m = b.Map()
	}
	return lang.Obj(m)
}

// entries makes of a function of keys and values one that gets them in turn.
func entries(f func(k, v lang.Value)) func(lang.Value) bool {
	var key *lang.Value
	return func(v lang.Value) bool {
		if key == nil {
			key = &v
		} else {
			f(*key, v)
			key = nil
		}
		return true
	}
}

// Iterator goes along a sequence.
type Iterator struct{ runtime.Cell }

// Class gives java.util.Iterator.
func (i *Iterator) Class() *lang.Class { return iteratorClass }

func list(v lang.Value) *Array { return object[*Array](v, listClass) }

// listChange makes a method that changes a list.
func listChange(f func(a *Array, args []lang.Value) lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		a := list(args[0])
		p.W.Touch(a)
		return f(a, args[1:])
	}
}

// with puts other elements into a list.
func (a *Array) with(vs []lang.Value) { a.vals = lang.NewVectorBuilder(lang.NewVector(vs)) }

func (a *Array) index(i lang.Value) int {
	if n := integer(i); n >= 0 && n < int64(a.Len()) {
		return int(n)
	}
	lang.Raise(lang.IndexOutOfBoundsException, "Index %d out of bounds for length %d", integer(i), a.Len())
	return 0
}

var listMethods = []*lang.Native{
	{Name: "java.util.ArrayList/add", Min: 2, Max: 3, Args: "[list x] [list i x]", Doc: "Adds x at the end, or at an index.",
		Run: listChange(func(a *Array, args []lang.Value) lang.Value {
			if len(args) == 1 {
				a.vals.Conj(args[0])
				return lang.True
			}
			i := int(integer(args[0]))
			if i != a.Len() {
				i = a.index(args[0])
			}
			vs := a.Vector().AppendTo(nil)
			a.with(append(vs[:i:i], append([]lang.Value{args[1]}, vs[i:]...)...))
			return lang.Nil
		})},
	{Name: "java.util.ArrayList/addAll", Min: 2, Max: 2, Seqs: arg1, Args: "[list coll]", Doc: "Adds the elements of coll at the end.",
		Run: listChange(func(a *Array, args []lang.Value) lang.Value {
			vs := elements(args[0])
			for _, v := range vs {
				a.vals.Conj(v)
			}
			return lang.Bool(len(vs) > 0)
		})},
	{Name: "java.util.ArrayList/set", Min: 3, Max: 3, Args: "[list i x]", Doc: "Sets the element at an index, and gives the old one.",
		Run: listChange(func(a *Array, args []lang.Value) lang.Value {
			i := a.index(args[0])
			old := a.vals.Nth(i)
			a.vals.Assoc(i, args[1])
			return old
		})},
	{Name: "java.util.ArrayList/get", Min: 2, Max: 2, Args: "[list i]", Doc: "The element at an index.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			a := list(args[0])
			return a.vals.Nth(a.index(args[1]))
		}},
	{Name: "java.util.ArrayList/remove", Min: 2, Max: 2, Args: "[list i]", Doc: "Takes out the element at an index, and gives it.",
		Run: listChange(func(a *Array, args []lang.Value) lang.Value {
			i := a.index(args[0])
			vs := a.Vector().AppendTo(nil)
			old := vs[i]
			a.with(append(vs[:i], vs[i+1:]...))
			return old
		})},
	{Name: "java.util.ArrayList/clear", Min: 1, Max: 1, Args: "[list]", Doc: "Takes out all elements.",
		Run: listChange(func(a *Array, _ []lang.Value) lang.Value { a.with(nil); return lang.Nil })},
	{Name: "java.util.ArrayList/toArray", Min: 1, Max: 2, Args: "[list]", Doc: "An array of the elements.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(newArray(p, objectArray, elements(args[0])))
		}},
}

func javaMap(v lang.Value) *JavaMap { return object[*JavaMap](v, javaMapClass) }

// mapSet makes a method that sets an entry of a map and gives the old value.
func mapSet(always bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		m := javaMap(args[0])
		old, there := m.m.Get(args[1])
		if always || !there {
			p.W.Touch(m)
			m.m = m.m.Assoc(args[1], args[2])
		}
		return old
	}
}

var mapMethods = []*lang.Native{
	{Name: "java.util.HashMap/put", Min: 3, Max: 3, Deep: arg1, Args: "[map k v]", Run: mapSet(true), Doc: "Sets what the map holds under k, and gives what it held."},
	{Name: "java.util.HashMap/putIfAbsent", Min: 3, Max: 3, Deep: arg1, Args: "[map k v]", Run: mapSet(false), Doc: "Sets what the map holds under k if it holds nothing; gives what it held."},
	{Name: "java.util.HashMap/get", Min: 2, Max: 2, Deep: arg1, Args: "[map k]", Doc: "What the map holds under k, nil if nothing.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			v, _ := javaMap(args[0]).m.Get(args[1])
			return v
		}},
	{Name: "java.util.HashMap/getOrDefault", Min: 3, Max: 3, Deep: arg1, Args: "[map k default]", Doc: "What the map holds under k, or default.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			if v, ok := javaMap(args[0]).m.Get(args[1]); ok {
				return v
			}
			return args[2]
		}},
	{Name: "java.util.HashMap/containsKey", Min: 2, Max: 2, Deep: arg1, Args: "[map k]", Doc: "Whether the map holds something under k.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			_, ok := javaMap(args[0]).m.Get(args[1])
			return lang.Bool(ok)
		}},
	{Name: "java.util.HashMap/remove", Min: 2, Max: 2, Deep: arg1, Args: "[map k]", Doc: "Takes out what the map holds under k, and gives it.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			m := javaMap(args[0])
			old, _ := m.m.Get(args[1])
			p.W.Touch(m)
			m.m = m.m.Dissoc(args[1])
			return old
		}},
	{Name: "java.util.HashMap/clear", Min: 1, Max: 1, Args: "[map]", Doc: "Takes out all entries.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			m := javaMap(args[0])
			p.W.Touch(m)
			m.m = lang.EmptyMap
			return lang.Nil
		}},
	{Name: "java.util.HashMap/keySet", Min: 1, Max: 1, Args: "[map]", Doc: "The keys, as a set.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			s := lang.EmptySet
			javaMap(args[0]).m.Each(func(k, _ lang.Value) bool { s = s.Conj(k); return true })
			return lang.Obj(s)
		}},
	{Name: "java.util.HashMap/values", Min: 1, Max: 1, Args: "[map]", Doc: "The values.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			vs, _ := lang.Vals(lang.Obj(javaMap(args[0]).m))
			return vs
		}},
	{Name: "java.util.HashMap/entrySet", Min: 1, Max: 1, Args: "[map]", Doc: "The entries.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value { return javaMap(args[0]).Seq() }},
}

var iteratorMethods = []*lang.Native{
	{Name: "java.util.Iterator/hasNext", Min: 1, Max: 1, Args: "[iterator]", Run: hasNext, Doc: "Whether there is another element."},
	{Name: "java.util.Iterator/hasMoreElements", Min: 1, Max: 1, Args: "[iterator]", Run: hasNext, Doc: "Whether there is another element."},
	{Name: "java.util.Iterator/next", Min: 1, Max: 1, Args: "[iterator]", Run: nextElement, Doc: "The next element."},
	{Name: "java.util.Iterator/nextElement", Min: 1, Max: 1, Args: "[iterator]", Run: nextElement, Doc: "The next element."},
}

func iterator(_ *runtime.Process, args []lang.Value) lang.Value {
	return lang.Obj(&Iterator{runtime.Cell{Val: args[0]}})
}

// The konts of an iterator, which go on with the realised sequence.
var (
	hasNextKont = &runtime.Kont{Name: "hasNext", Return: func(_ *runtime.Process, _ any, s lang.Value) lang.Value { return lang.Bool(!s.IsNil()) }}
	nextElKont  = &runtime.Kont{Name: "next", Return: func(p *runtime.Process, state any, s lang.Value) lang.Value {
		it := state.(*Iterator)
		q, ok := s.Obj().(lang.Seq)
		if !ok {
			silent(lang.NoSuchElementException)
		}
		p.W.Touch(it)
		it.Val = q.Rest()
		return q.First()
	}}
)

var seqFn = &lang.Native{Name: "clojure.core/seq", Min: 1, Max: 1, Run: seq}

func hasNext(p *runtime.Process, args []lang.Value) lang.Value {
	return p.Call(hasNextKont, nil, lang.Obj(seqFn), object[*Iterator](args[0], iteratorClass).Val)
}

func nextElement(p *runtime.Process, args []lang.Value) lang.Value {
	it := object[*Iterator](args[0], iteratorClass)
	return p.Call(nextElKont, it, lang.Obj(seqFn), it.Val)
}
