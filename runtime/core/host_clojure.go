package core

import (
	goruntime "runtime"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// collectionMethods are what Clojure's collections and the host's have in
// common, by the host's interfaces.
var collectionMethods = []*lang.Native{
	{Name: "java.lang.Object/size", Min: 1, Max: 1, Args: "[coll]", Run: delegate("count"), Doc: "How many elements coll has."},
	{Name: "java.lang.Object/isEmpty", Min: 1, Max: 1, Args: "[coll]", Run: delegate("empty?"), Doc: "Whether coll has no elements."},
	{Name: "java.lang.Object/iterator", Min: 1, Max: 1, Args: "[coll]", Run: iterator, Doc: "An iterator over the elements of coll."},
	{Name: "java.util.Collection/contains", Min: 2, Max: 2, Args: "[coll x]", Run: listContains, Doc: "Whether x is an element of coll."},
	{Name: "clojure.lang.IPersistentSet/contains", Min: 2, Max: 2, Args: "[set x]", Run: delegate("contains?"), Doc: "Whether x is an element of set."},
	{Name: "java.util.List/indexOf", Min: 2, Max: 2, Args: "[list x]", Run: indexIn, Doc: "Where x first stands in list, -1 if nowhere. (.indexOf [1 2] 2) ;=> 1"},
	{Name: "java.util.List/get", Min: 2, Max: 2, Args: "[list i]", Run: delegate("nth"), Doc: "The element at an index."},
	{Name: "java.util.List/subList", Min: 3, Max: 3, Args: "[list start end]", Run: delegate("subvec"), Doc: "The elements from start to before end."},
	{Name: "java.util.List/toArray", Min: 1, Max: 1, Args: "[list]", Run: delegate("to-array"), Doc: "An array of the elements."},
	{Name: "java.util.Map/get", Min: 2, Max: 2, Args: "[map k]", Run: delegate("get"), Doc: "What map holds under k, nil if nothing. (.get {:a 1} :a) ;=> 1"},
	{Name: "java.util.Map/getOrDefault", Min: 3, Max: 3, Args: "[map k default]", Run: delegate("get"), Doc: "What map holds under k, or default."},
	{Name: "java.util.Map/containsKey", Min: 2, Max: 2, Args: "[map k]", Run: delegate("contains?"), Doc: "Whether map holds something under k."},
	{Name: "java.util.Map/keySet", Min: 1, Max: 1, Args: "[map]", Doc: "The keys, as a set.",
		Pure: one(func(v lang.Value) lang.Value {
			keys, _ := lang.Keys(v)
			return lang.Obj(lang.NewSet(elements(keys)...))
		})},
	{Name: "java.util.Map/values", Min: 1, Max: 1, Args: "[map]", Run: delegate("vals"), Doc: "The values."},
	{Name: "java.util.Map/entrySet", Min: 1, Max: 1, Args: "[map]", Run: delegate("seq"), Doc: "The entries."},
	{Name: "java.util.Map$Entry/getKey", Min: 1, Max: 1, Args: "[entry]", Run: delegate("key"), Doc: "The key of an entry."},
	{Name: "java.util.Map$Entry/getValue", Min: 1, Max: 1, Args: "[entry]", Run: delegate("val"), Doc: "The value of an entry."},
}

// clojureMethods are the methods of Clojure's own classes that programs call,
// and those of the small classes of the host.
var clojureMethods = []*lang.Native{
	{Name: "clojure.lang.Seqable/seq", Min: 1, Max: 1, Args: "[coll]", Run: delegate("seq"), Doc: "The sequence of the elements."},
	{Name: "clojure.lang.ISeq/first", Min: 1, Max: 1, Args: "[seq]", Run: delegate("first"), Doc: "The first element."},
	{Name: "clojure.lang.ISeq/next", Min: 1, Max: 1, Args: "[seq]", Run: delegate("next"), Doc: "What follows it, nil if nothing."},
	{Name: "clojure.lang.ISeq/more", Min: 1, Max: 1, Args: "[seq]", Run: delegate("rest"), Doc: "What follows it."},
	{Name: "clojure.lang.IPersistentCollection/count", Min: 1, Max: 1, Args: "[coll]", Run: delegate("count"), Doc: "How many elements coll has."},
	{Name: "clojure.lang.IPersistentCollection/cons", Min: 2, Max: 2, Args: "[coll x]", Run: delegate("conj"), Doc: "coll with x."},
	{Name: "clojure.lang.IPersistentCollection/empty", Min: 1, Max: 1, Args: "[coll]", Run: delegate("empty"), Doc: "An empty collection of the kind."},
	{Name: "clojure.lang.IPersistentStack/peek", Min: 1, Max: 1, Args: "[coll]", Run: delegate("peek"), Doc: "The element that pop takes off."},
	{Name: "clojure.lang.IPersistentStack/pop", Min: 1, Max: 1, Args: "[coll]", Run: delegate("pop"), Doc: "coll without that element."},
	{Name: "clojure.lang.ILookup/valAt", Min: 2, Max: 3, Args: "[coll k] [coll k default]", Run: delegate("get"), Doc: "What coll holds under k."},
	{Name: "clojure.lang.Associative/assoc", Min: 3, Max: 3, Args: "[coll k v]", Run: delegate("assoc"), Doc: "coll with v under k."},
	{Name: "clojure.lang.Indexed/nth", Min: 2, Max: 3, Args: "[coll i] [coll i default]", Run: delegate("nth"), Doc: "The element at an index."},
	{Name: "clojure.lang.IMeta/meta", Min: 1, Max: 1, Args: "[x]", Run: delegate("meta"), Doc: "The metadata."},
	{Name: "clojure.lang.IObj/withMeta", Min: 2, Max: 2, Args: "[x m]", Run: delegate("with-meta"), Doc: "x with other metadata."},
	{Name: "clojure.lang.Named/getName", Min: 1, Max: 1, Args: "[x]", Run: delegate("name"), Doc: "The name."},
	{Name: "clojure.lang.Named/getNamespace", Min: 1, Max: 1, Args: "[x]", Run: delegate("namespace"), Doc: "The namespace."},
	{Name: "clojure.lang.Keyword/sym", Min: 1, Max: 1, Args: "[k]", Run: delegate("symbol"), Doc: "The symbol of the same name."},
	{Name: "clojure.lang.IDeref/deref", Min: 1, Max: 1, Args: "[ref]", Run: delegate("deref"), Doc: "What ref holds."},
	{Name: "java.util.concurrent.Future/get", Min: 1, Max: 1, Args: "[future]", Run: delegate("deref"), Doc: "The value of the future, once it is there."},
	{Name: "java.util.concurrent.Future/isDone", Min: 1, Max: 1, Args: "[future]", Run: delegate("future-done?"), Doc: "Whether the future has ended."},
	{Name: "java.util.concurrent.Future/isCancelled", Min: 1, Max: 1, Args: "[future]", Run: delegate("future-cancelled?"), Doc: "Whether the future was cancelled."},
	{Name: "java.util.concurrent.Future/cancel", Min: 2, Max: 2, Args: "[future interrupt?]", Doc: "Ends a future that is not done.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return futureCancel(p, args[:1]) }},
	{Name: "clojure.lang.Namespace/getName", Min: 1, Max: 1, Args: "[ns]", Run: delegate("ns-name"), Doc: "The name of a namespace."},
	{Name: "clojure.lang.IFn/invoke", Min: 1, Max: -1, Args: "[f & args]", Run: invokeFn, Doc: "Calls f."},
	{Name: "java.lang.Runnable/run", Min: 1, Max: 1, Args: "[f]", Run: invokeFn, Doc: "Calls f."},
	{Name: "java.util.concurrent.Callable/call", Min: 1, Max: 1, Args: "[f]", Run: invokeFn, Doc: "Calls f."},
	{Name: "clojure.lang.IFn/applyTo", Min: 2, Max: 2, Args: "[f args]", Run: apply, Doc: "Calls f with the elements of a sequence."},
	{Name: "java.util.Date/getTime", Min: 1, Max: 1, Args: "[date]", Run: delegate("inst-ms"), Doc: "The milliseconds from the start of 1970."},
	{Name: "java.lang.Runtime/availableProcessors", Min: 1, Max: 1, Args: "[runtime]", Doc: "How many schedulers run processes.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			return lang.Int32(int32(p.W.Options().Schedulers))
		}},
	{Name: "java.lang.Runtime/totalMemory", Min: 1, Max: 1, Args: "[runtime]", Run: memory("totalMemory", func(m *goruntime.MemStats) uint64 { return m.HeapSys }), Doc: "The bytes of the heap."},
	{Name: "java.lang.Runtime/freeMemory", Min: 1, Max: 1, Args: "[runtime]", Run: memory("freeMemory", func(m *goruntime.MemStats) uint64 { return m.HeapSys - m.HeapAlloc }), Doc: "The bytes of the heap that are free."},
	{Name: "java.lang.Runtime/maxMemory", Min: 1, Max: 1, Args: "[runtime]", Doc: "The most bytes that the heap may have.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			return lang.Int(int64(p.W.Options().HeapLimit & (1<<63 - 1)))
		}},
	{Name: "java.lang.Runtime/gc", Min: 1, Max: 1, Args: "[runtime]", Pure: one(nothing), Doc: "Asks for a collection of garbage, which comes by itself anyway."},
}

// theRuntime is what Runtime.getRuntime gives.
var theRuntime = &Machine{}

// Machine tells about the machine, as java.lang.Runtime.
type Machine struct{ _ byte }

// Class gives Java's class of such a value.
func (*Machine) Class() *lang.Class { c, _ := lang.ClassByName("java.lang.Runtime"); return c }

// memory makes a method that reads the heap, off the machine since it differs
// between runs.
func memory(name string, f func(m *goruntime.MemStats) uint64) run {
	return func(p *runtime.Process, _ []lang.Value) lang.Value {
		return p.Outside(name, func() (lang.Value, *lang.Exception) {
			var m goruntime.MemStats
			goruntime.ReadMemStats(&m)
			return lang.Int(int64(f(&m))), nil
		})
	}
}

func invokeFn(p *runtime.Process, args []lang.Value) lang.Value {
	return p.TailCall(args[0], append([]lang.Value(nil), args[1:]...)...)
}

// indexOfElement finds where x stands in a sequence of realised elements.
func indexOfElement(coll, x lang.Value) int {
	at, found := 0, -1
	lang.Iterate(coll, func(v lang.Value) bool {
		if lang.Equal(v, x) {
			found = at
			return false
		}
		at++
		return true
	})
	return found
}

var indexFn = lang.Obj(&lang.Native{Name: "java.util.List/indexOf", Min: 2, Max: 2, Deep: allArgs, Args: "[list x]", Doc: "Where x first stands in list, -1 if nowhere.",
	Pure: two(func(coll, x lang.Value) lang.Value { return lang.Int32(int32(indexOfElement(coll, x))) })})

func indexIn(p *runtime.Process, args []lang.Value) lang.Value {
	return p.TailCall(indexFn, args[0], args[1])
}

var containsKont = &runtime.Kont{Name: "contains", Return: func(_ *runtime.Process, _ any, i lang.Value) lang.Value {
	return lang.Bool(i.AsInt() >= 0)
}}

func listContains(p *runtime.Process, args []lang.Value) lang.Value {
	return p.Call(containsKont, nil, indexFn, args[0], args[1])
}
