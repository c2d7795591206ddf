package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// definitions gives the functions that defexception would define in the
// modules of exceptions: exception/1, message/1, and __struct__/0,1; and the
// last of the other structs of ours.
func definitions() []*lang.Native {
	var out []*lang.Native
	for _, mod := range exceptionNames() {
		x := exceptionModules[mod]
		empty := x.empty(mod)
		out = append(out,
			&lang.Native{Name: mod + "/exception", Min: 1, Max: 1, Args: "args", Pure: newException(mod, empty), Doc: "An exception of a message, or of fields."},
			&lang.Native{Name: mod + "/message", Min: 1, Max: 1, Args: "exception", Run: message, Doc: "The message of an exception."},
			structOfFields(mod, empty))
	}
	for _, s := range []*lang.Map{defaultOptsStruct, emptyStruct("URI", uriFields), emptyStruct("Regex", []string{"opts", "source"}),
		emptyStruct("Version", libraryStructs["Version"])} {
		name, _ := structName(lang.Obj(s))
		out = append(out, structOfFields(name, s))
	}
	for mod, text := range map[string]lang.Value{"Date": moment{}.date(), "Time": moment{}.time(), "NaiveDateTime": moment{}.naive(), "DateTime": moment{}.utc()} {
		out = append(out, structOfFields(mod, text.Obj().(*lang.Map)))
	}
	return out
}

// emptyStruct makes a struct whose fields are nil.
func emptyStruct(mod string, fields []string) *lang.Map {
	m := newStruct(mod)
	for _, f := range fields {
		m = m.Assoc(lang.K(f), lang.Nil)
	}
	return m
}

// structOfFields makes __struct__ of a module: the empty struct, or one with fields.
func structOfFields(mod string, empty *lang.Map) *lang.Native {
	return &lang.Native{Name: mod + "/__struct__", Max: 1, Args: "fields", Doc: "The struct of the module.", Pure: func(args []lang.Value) lang.Value {
		if len(args) == 0 {
			return lang.Obj(empty)
		}
		return structFill{args[0], true}.into(lang.Obj(empty))
	}}
}

// newException makes exception/1 of a module.
func newException(mod string, empty *lang.Map) pure {
	_, hasMessage := empty.Get(keyMessage)
	return func(args []lang.Value) lang.Value {
		switch {
		case args[0].IsString() && hasMessage:
			return lang.Obj(empty.Assoc(keyMessage, args[0]))
		case isList(args[0]) || isMap(args[0]):
			return structFill{args[0], true}.into(lang.Obj(empty))
		}
		noClause(mod, "exception", args)
		return lang.Nil
	}
}

// definedFields gives the fields of a struct that a program defines, in the
// order of its definition.
func definedFields(w *runtime.World, name string) []string {
	ns := w.FindNS(name)
	if m := moduleOf(ns); m != nil {
		return m.Fields
	}
	if ns == nil || ns.Library == nil || ns.Library.Opening == "" {
		return nil
	}
	return headerOf(w, ns.Library).b.s.fields
}
