package core

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/runtime"
)

//go:embed clj/*.clj
var texts embed.FS

// inline lists the functions of clojure.core that the compiler turns into
// operations of the machine.
var inline = map[string]string{
	"+": "add", "-": "sub", "*": "mul", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
	"=": "eq", "not=": "noteq", "==": "numeq", "not": "not", "nil?": "nil", "some?": "some",
	"inc": "inc", "dec": "dec", "zero?": "zero", "pos?": "pos", "neg?": "neg",
}

// aliases are the prefixes that the text of the libraries uses.
var aliases = map[string]string{"str": "clojure.string", "set": "clojure.set", "walk": "clojure.walk"}

// hidden lists the helpers of clojure.core's text and natives that Clojure's
// own does not have: a program does not see them.
var hidden = setOf("add-method", "agents-done", "class-name", "comparator-of", "delay-of", "editable?", "entries-from", "extend*",
	"field*", "field-mutable?", "fill-buffer", "filter-chunk", "global-hierarchy", "host-call", "host-field", "import-class", "in-transaction?",
	"into-editable", "joined", "keep-chunk", "key-test", "libspec-forms", "local-var", "map-chunk", "map-entry", "mentioned",
	"method-arities", "method-arity", "method-fns", "method-specs", "monitor-enter", "monitor-exit", "multifn*",
	"new-instance*", "plain-fns", "print-default", "print-multifn*", "print-own", "protocol*", "protocol-fn*", "reduce-chunk", "reduce-seq", "run-transaction", "set-field*", "set-host-field",
	"sorted-from", "source-text", "taps", "throw-exception", "transform-seq", "type-class*", "type-forms", "type-options", "with-mutable")

func setOf(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

var (
	once      sync.Once
	libraries []*runtime.Library
)

// Libraries gives the namespaces of the package, clojure.core first.
func Libraries() []*runtime.Library {
	once.Do(func() {
		byNS := map[string]*runtime.Library{}
		library := func(ns string) *runtime.Library {
			l := byNS[ns]
			if l == nil {
				l = &runtime.Library{Name: ns, Aliases: aliases}
				byNS[ns] = l
				libraries = append(libraries, l)
			}
			return l
		}
		core := library("clojure.core")
		core.Inline, core.Dynamic, core.Hidden = inline, dynamics(), hidden
		for _, t := range [][]*lang.Native{changeNatives, lookupNatives, buildNatives, metaNatives, seqNatives} {
			extendToOwn(t)
		}
		for _, n := range append(Natives(), compile.Macros...) {
			l := library(n.Name[:strings.IndexByte(n.Name, '/')])
			l.Natives = append(l.Natives, n)
		}
		core.Natives = append(core.Natives, EvalNative)
		library("clojure.test").Hidden = setOf("program-namespaces", "throw-position")
		files := map[string][]string{}
		for _, name := range lang.EmbeddedNames(texts, "clj") {
			l := library(namespaceOf(name))
			files[l.Name] = append(files[l.Name], name)
			l.Sources = func() []*lang.Source { return textOf(l.Name, files[l.Name]) }
		}
		slices.SortFunc(libraries[1:], func(a, b *runtime.Library) int { return strings.Compare(a.Name, b.Name) })
	})
	return libraries
}

// textOf reads the files of a namespace.
func textOf(ns string, files []string) []*lang.Source {
	out := lang.Embedded(texts, "clj", files)
	for _, src := range out {
		src.Name = ns
	}
	return out
}

// namespaceOf gives the namespace of a file of the library: core.clj is
// clojure.core, and core_seq.clj is a part of it.
func namespaceOf(file string) string {
	name, _, _ := strings.Cut(strings.TrimSuffix(file, ".clj"), "_")
	return "clojure." + name
}

// dynamics gives the dynamic vars of clojure.core with their roots.
func dynamics() map[string]lang.Value {
	m := map[string]lang.Value{"*ns*": lang.Nil, "*command-line-args*": lang.Nil, "*file*": lang.Str("NO_SOURCE_PATH"),
		"*clojure-version*": lang.Obj(lang.NewMap(lang.K("major"), lang.Int(1), lang.K("minor"), lang.Int(11), lang.K("incremental"), lang.Int(1), lang.K("qualifier"), lang.Nil)),
		"*1":                lang.Nil, "*2": lang.Nil, "*3": lang.Nil, "*e": lang.Nil, "*assert*": lang.True}
	for name, v := range Dynamics {
		m[name] = v
	}
	return m
}

// Install gives a world the namespaces of the package, and its reader and
// compiler. The namespace user is made too, with all of clojure.core in it.
func Install(w *runtime.World) {
	core := w.AddLibrary(Libraries()[0])
	for _, l := range Libraries()[1:] {
		w.AddLibrary(l).Uses = []runtime.Use{{NS: core}}
	}
	w.NSVar = core.Var("*ns*")
	w.Get = lang.Obj(core.Var("get"))
	w.Loader = func(v *runtime.Var, _ *runtime.Library, d runtime.Def) { loadDef(w, v, d) }
	user := w.NS("user")
	user.Uses = []runtime.Use{{NS: core}}
	w.Shell.PushBinding(w.NSVar, lang.Obj(user))
	for _, name := range []string{"*1", "*2", "*3", "*e", "*file*", "*command-line-args*"} {
		v := core.Var(name)
		w.Shell.PushBinding(v, v.Root())
	}
	for name, entity := range map[string]any{"*out*": w.Out, "*err*": w.Err, "*in*": w.In} {
		core.Var(name).SetLibrary(lang.Obj(entity))
	}
}
