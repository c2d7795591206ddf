package actors

import (
	"strings"
	"sync"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The functions of this package under the names that Elixir and Erlang have
// for them. Each is one entry of a table with all of its names; it takes its
// arguments as those languages do, and complains of bad ones in their words.

// export is one function of the Elixir notation.
type export struct {
	names    string // all that it has: "Kernel/spawn erlang/spawn"
	min, max int
	demands  []demand
	run      run
	args     string
	doc      string
}

// demand is what an argument must be. Erlang's messages count the arguments
// of its own function, whose order may be another.
type demand struct {
	at   int // index of the argument
	nth  int // its number in the message
	what func(v lang.Value) bool
	text string
}

// badArguments raises what the BEAM raises for arguments that an operation
// of its own refuses: each line says which, and what is wrong with it.
func badArguments(lines ...string) {
	lang.Raise(lang.IllegalArgumentException, "errors were found at the given arguments:\n\n  * %s\n", strings.Join(lines, "\n  * "))
}

var ordinals = [...]string{"0th", "1st", "2nd", "3rd", "4th", "5th"}

func badArgument(nth int, text string) { badArguments(ordinals[nth] + " argument: " + text) }

// checked gives the function with a check of its demands.
func (e *export) checked() run {
	if len(e.demands) == 0 {
		return e.run
	}
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		var bad []string
		for _, d := range e.demands {
			if d.at < len(args) && !d.what(args[d.at]) {
				bad = append(bad, ordinals[d.nth]+" argument: "+d.text)
			}
		}
		if bad != nil {
			badArguments(bad...)
		}
		return e.run(p, args)
	}
}

// elixirLibraries gives the natives and OTP's modules, made once for all worlds.
var elixirLibraries = sync.OnceValue(func() []*runtime.Library {
	libs := exportLibraries()
	for _, src := range lang.Embedded(otp, "otp", lang.EmbeddedNames(otp, "otp")) {
		libs = append(libs, runtime.ElixirLibraries(src)...)
	}
	return libs
})

// exportLibraries gives a library for each namespace in which an export has a name.
func exportLibraries() []*runtime.Library {
	var names []string
	byName := map[string][]*export{}
	for _, table := range [][]export{spawnExports, messageExports, bondExports, infoExports, globalExports, logExports} {
		for i := range table {
			for _, name := range strings.Fields(table[i].names) {
				if byName[name] == nil {
					names = append(names, name)
				}
				byName[name] = append(byName[name], &table[i])
			}
		}
	}
	var libs []*runtime.Library
	byNS := map[string]*runtime.Library{}
	for _, name := range names {
		ns, _ := splitName(name)
		l := byNS[ns]
		if l == nil {
			l = &runtime.Library{Name: ns}
			byNS[ns] = l
			libs = append(libs, l)
		}
		l.Natives = append(l.Natives, exported(name, byName[name]))
	}
	return libs
}

// exported makes one native of the functions that share a name, each with
// arities of its own.
func exported(name string, es []*export) *lang.Native {
	n := &lang.Native{Name: name, Min: es[0].min, Max: es[0].max, Run: es[0].checked(), Args: es[0].args, Doc: es[0].doc}
	if len(es) == 1 {
		return n
	}
	byArity := map[int]run{}
	for i, e := range es {
		f := e.checked()
		for a := e.min; a <= e.max; a++ {
			byArity[a] = f
		}
		n.Min, n.Max = min(n.Min, e.min), max(n.Max, e.max)
		if i > 0 {
			n.Args += " | " + e.args
			n.Doc += " " + e.doc
		}
	}
	n.Run = run(func(p *runtime.Process, args []lang.Value) lang.Value {
		f := byArity[len(args)]
		if f == nil {
			lang.Raise(lang.ArityException, "Wrong number of args (%d) passed to: %s", len(args), name)
		}
		return f(p, args)
	})
	return n
}

func isProcess(v lang.Value) bool   { _, ok := v.Obj().(*runtime.Process); return ok }
func isRef(v lang.Value) bool       { _, ok := v.Obj().(*Reference); return ok }
func isAtom(v lang.Value) bool      { return v.IsNil() || v.IsBool() || v.IsKeyword() }
func isTime(v lang.Value) bool      { return v.IsFixed() && v.AsInt() >= 0 && v.AsInt() <= maxTimeout }
func isPidOrAtom(v lang.Value) bool { return isProcess(v) || isAtom(v) }

func isFunction(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.Closure, *lang.Native, runtime.Invoker:
		return true
	}
	return false
}

func isList(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.List, lang.Seq:
		return true
	}
	return false
}

// isDestination reports whether v is what a message can be sent to.
func isDestination(v lang.Value) bool {
	switch x := v.Obj().(type) {
	case *runtime.Process, *lang.Keyword, *Reference, Sendable:
		return true
	case *lang.Vector:
		return x.Len() == 2 && isAtom(x.Nth(0)) && isAtom(x.Nth(1))
	}
	return false
}

// The demands that several functions make.
var (
	aPid  = demand{0, 1, isProcess, "not a pid"}
	aRef  = demand{0, 1, isRef, "not a reference"}
	aFun  = demand{0, 1, isFunction, "not a fun"}
	anMFA = []demand{{0, 1, isAtom, "not an atom"}, {1, 2, isAtom, "not an atom"}, {2, 3, isList, "not a list"}}
)

// listed gives the elements of a list argument, such as one of options.
func listed(v lang.Value) []lang.Value {
	if !isList(v) {
		return nil
	}
	return lang.ToSlice(v)
}

// pair splits {key, value}; an atom alone stands for {atom, true}.
func pair(v lang.Value) (key string, val lang.Value) {
	if t, ok := v.Obj().(*lang.Vector); ok && t.Len() == 2 {
		v, val = t.Nth(0), t.Nth(1)
	} else {
		val = lang.True
	}
	if k, ok := v.AsKeyword(); ok {
		return k.String(), val
	}
	return "", val
}

// always gives a function with one answer.
func always(v lang.Value) run { return func(*runtime.Process, []lang.Value) lang.Value { return v } }
