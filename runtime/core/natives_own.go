package core

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// A program's own types can be collections: deftype and reify implement
// Clojure's interfaces, and the functions of collections call their methods.

// ownMethods gives, for functions whose first argument is a collection, the
// methods that do it for a program's own types, the first that there is.
var ownMethods = map[string][]string{
	"contains?": {"containsKey", "contains"}, "find": {"entryAt"},
	"empty": {"empty"}, "peek": {"peek"}, "pop": {"pop"}, "rseq": {"rseq"},
	"meta": {"meta"}, "with-meta": {"withMeta"},
}

// foldMethods gives, for functions that take any number of further arguments,
// the method for each step, and how many of them a step takes.
var foldMethods = map[string]struct {
	method string
	step   int
}{"conj": {"cons", 1}, "assoc": {"assoc", 2}, "dissoc": {"without", 1}, "disj": {"disjoin", 1}}

// extendToOwn has the natives of a table work on a program's own types.
func extendToOwn(table []*lang.Native) {
	for _, n := range table {
		name := n.Name[len("clojure.core/"):]
		if methods, ok := ownMethods[name]; ok {
			usual := nativeFn(n)
			n.Pure, n.Run = nil, run(func(p *runtime.Process, args []lang.Value) lang.Value {
				if x, ok := args[0].Obj().(*Instance); ok {
					for _, m := range methods {
						if f := x.Method(m); f.Truthy() {
							return p.TailCall(f, slices.Clone(args)...)
						}
					}
				}
				return usual(p, args)
			})
		}
		if f, ok := foldMethods[name]; ok {
			usual, self := nativeFn(n), lang.Obj(n)
			n.Run = run(func(p *runtime.Process, args []lang.Value) lang.Value {
				if len(args) > 1 {
					if x, ok := args[0].Obj().(*Instance); ok && x.Method(f.method).Truthy() {
						return foldOwn(p, self, x.Method(f.method), f.step, args)
					}
				}
				return usual(p, args)
			})
		}
		if name == "keys" || name == "vals" {
			n.Pure, n.Run = nil, run(entriesOfOwn(nativeFn(n), map[string]string{"keys": "key", "vals": "val"}[name]))
		}
	}
}

// nativeFn gives the function of a native.
func nativeFn(n *lang.Native) run {
	if n.Pure != nil {
		pure := n.Pure
		return func(_ *runtime.Process, args []lang.Value) lang.Value { return pure(args) }
	}
	return n.Run.(run)
}

// foldKont goes on with the arguments that are left.
var foldKont = &runtime.Kont{Name: "collection", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	c := state.(*call)
	return p.TailCall(c.f, append([]lang.Value{v}, c.args...)...)
}}

// foldOwn does the first step of a function on a program's own collection,
// and calls the function with what that gives and the other arguments.
func foldOwn(p *runtime.Process, self, method lang.Value, step int, args []lang.Value) lang.Value {
	if len(args) <= step+1 {
		return p.TailCall(method, slices.Clone(args)...)
	}
	left := &call{self, slices.Clone(args[step+1:])}
	return p.Call(foldKont, left, method, slices.Clone(args[:step+1])...)
}

// entriesOfOwn makes keys or vals of a program's own map, by part of an entry.
func entriesOfOwn(usual run, part string) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if is[*Instance](args[0]) {
			return p.Call(ownEntriesKont, nil, lang.Obj(coreVar(p, "map")), lang.Obj(coreVar(p, part)), args[0])
		}
		return usual(p, args)
	}
}

// ownEntriesKont gives a sequence, nil if it is empty.
var ownEntriesKont = &runtime.Kont{Name: "seq", Return: func(p *runtime.Process, _ any, v lang.Value) lang.Value {
	return p.TailCall(lang.Obj(seqFn), v)
}}

// Interfaces that a program's types may say they implement, and of which
// nothing here asks more.
func init() {
	for _, name := range []string{"clojure.lang.IHashEq", "clojure.lang.MapEquivalence", "clojure.lang.IKVReduce", "clojure.lang.IReduceInit",
		"clojure.lang.IReduce", "clojure.lang.Settable", "java.io.Serializable", "java.util.RandomAccess", "java.util.Comparator",
		"java.lang.Cloneable", "java.util.function.Function", "clojure.lang.SeqIterator"} {
		lang.DefineClass(name, lang.ObjectClass).Iface = true
	}
}
