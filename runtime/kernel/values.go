package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The atoms that natives give and take most.
var (
	okAtom    = lang.K("ok")
	errorAtom = lang.K("error")
	structKey = lang.K("__struct__")
)

// isModule reports whether v is the atom of the module of a name.
func isModule(v lang.Value, name string) bool {
	k, ok := v.AsKeyword()
	return ok && k.NS == "" && len(k.Name) == len(name)+len("Elixir.") && k.Name == "Elixir."+name
}

// shortList is up to how many elements a list that a native makes is one of
// cells; a longer one is a slice that is seen as a list.
const shortList = 32

// list makes a list of vs, which must not change any more.
func list(vs []lang.Value) lang.Value {
	if len(vs) <= shortList {
		return lang.Obj(lang.NewList(vs))
	}
	return lang.NewChunkedCons(vs, lang.Nil)
}

// structOf gives the module of a struct and its map; nil if v is no struct.
func structOf(v lang.Value) (*lang.Keyword, *lang.Map) {
	m, ok := v.Obj().(*lang.Map)
	if !ok {
		return nil, nil
	}
	module, _ := m.Get(structKey)
	k, ok := module.AsKeyword()
	if !ok {
		return nil, nil
	}
	return k, m
}

// callable reports whether v can be called in the Elixir notation with n arguments.
func callable(v lang.Value, n int) bool {
	switch f := v.Obj().(type) {
	case *lang.Closure:
		return f.Fn.Select(n) != nil
	case *lang.Native:
		return f.Takes(n)
	case runtime.Invoker:
		return true
	}
	return false
}

// checkFunction raises BadFunctionError unless v can be called.
func checkFunction(v lang.Value) {
	switch v.Obj().(type) {
	case *lang.Closure, *lang.Native, runtime.Invoker:
		return
	}
	lang.RaiseReason(lang.Vec(lang.K("badfun"), v))
}

// raiseStruct raises the exception of a module of ours, with fields in turn.
func raiseStruct(mod string, fields ...lang.Value) { lang.RaiseReason(exceptionOf(mod, fields...)) }

// raiseClause raises that no clause of a function takes its arguments.
func raiseClause() { lang.RaiseReason(lang.K("function_clause")) }

// raiseKey raises that a map or keyword list has no such key.
func raiseKey(term, key lang.Value) {
	raiseStruct("KeyError", lang.K("key"), key, lang.K("term"), term)
}

// optional gives argument i, or otherwise what stands for it.
func optional(args []lang.Value, i int, otherwise lang.Value) lang.Value {
	if i < len(args) {
		return args[i]
	}
	return otherwise
}

// forceFn is the function of a lazy cell that realises it.
var forceFn = lang.Obj(&lang.Native{Name: "Enum/force", Min: 1, Max: 1,
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		return p.Force(args[0].Obj().(*lang.LazySeq))
	}})

// nothing is a function that does nothing: to call it is to give way if the
// fuel is used up.
var nothing = lang.Obj(&lang.Native{Name: "Enum/nothing", Pure: func([]lang.Value) lang.Value { return lang.Nil }})
