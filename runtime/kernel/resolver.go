package kernel

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	reader "github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// helperSpace is the namespace of the functions that compiled code calls by itself.
const helperSpace = "conc.elixir"

// Module is what is known of a module that a program has defined. It never changes.
type Module struct {
	Name     string                    // of its atom
	Kinds    map[string]map[int]string // name to number of arguments to def, defp, defmacro, defmacrop
	Struct   lang.Value                // with the defaults, or nil
	Fields   []string                  // of the struct, in the order of their definition
	Attrs    *lang.Map                 // its attributes at the end
	Protocol bool
}

// moduleKey is where a namespace's metadata keeps the Module.
var moduleKey = lang.K("conc.elixir/module")

// moduleOf gives the module that a namespace was defined as, nil if it was not.
func moduleOf(ns *runtime.Namespace) *Module {
	if ns == nil || ns.Meta == nil {
		return nil
	}
	v, _ := ns.Meta.Get(moduleKey)
	m, _ := v.Obj().(*Module)
	return m
}

// ModuleDoc gives the @moduledoc of a module that a program defined, "" if it has none.
func ModuleDoc(ns *runtime.Namespace) string {
	m := moduleOf(ns)
	if m == nil {
		return ""
	}
	v, _ := m.Attrs.Get(lang.K("moduledoc"))
	text, _ := v.AsString()
	return text
}

// resolver tells the compiler what names mean in a world.
type resolver struct {
	w *runtime.World
	p *runtime.Process
}

func resolverOf(p *runtime.Process) *resolver { return &resolver{p.W, p} }

// Function finds the var of a module's function, or makes it. Names of the
// Clojure notation may be written with underscores for dashes.
func (r *resolver) Function(module, name string, arity int) lang.Value {
	ns := r.w.NS(namespaceName(module))
	if v := ns.Var(name); v != nil {
		return lang.Obj(v)
	}
	if strings.Contains(name, "_") && moduleOf(ns) == nil {
		if v := ns.Var(strings.ReplaceAll(name, "_", "-")); v != nil {
			return lang.Obj(v)
		}
	}
	return lang.Obj(ns.Intern(r.w, name))
}

// kind tells what name/arity is in a module.
func (r *resolver) kind(module, name string, arity int) string {
	ns := r.w.FindNS(namespaceName(module))
	if ns == nil {
		return ""
	}
	if m := moduleOf(ns); m != nil {
		return m.Kinds[name][arity]
	}
	if l := ns.Library; l != nil {
		if n := l.Native(name); n != nil && n.Takes(arity) {
			return "def"
		}
		return l.Kind(name, arity)
	}
	return ""
}

// Macro gives the function of a module's macro.
func (r *resolver) Macro(module, name string, arity int) lang.Value {
	if b := stateOf(r.w).building[module]; b != nil {
		if strings.HasPrefix(b.Defines(name, arity), "defmacro") {
			return b.localMacro(name)
		}
		return lang.Nil
	}
	if r.kind(module, name, arity) != "defmacro" {
		return lang.Nil
	}
	if v := r.w.FindNS(namespaceName(module)).Var("MACRO-" + name); v != nil {
		return v.Root()
	}
	return lang.Nil
}

// Exports reports whether a module has a public function.
func (r *resolver) Exports(module, name string, arity int) bool {
	return r.kind(module, name, arity) == "def"
}

// Native gives a module's function if it is written in Go.
func (r *resolver) Native(module, name string) *lang.Native {
	if ns := r.w.FindNS(namespaceName(module)); ns != nil && ns.Library != nil {
		return ns.Library.Native(name)
	}
	return nil
}

// Loaded reports whether there is such a module, or such a namespace.
func (r *resolver) Loaded(module string) bool {
	if stateOf(r.w).building[module] != nil {
		return true
	}
	return loaded(r.w, module)
}

func loaded(w *runtime.World, module string) bool {
	ns := w.FindNS(namespaceName(module))
	if ns == nil {
		return false
	}
	if ns.Library != nil || moduleOf(ns) != nil {
		return true
	}
	for _, v := range ns.Vars {
		if v.Bound() {
			return true
		}
	}
	return false
}

// Struct gives a module's struct with its defaults.
func (r *resolver) Struct(module string) (lang.Value, bool) { return structDefaults(r.w, module) }

func structDefaults(w *runtime.World, module string) (lang.Value, bool) {
	if b := stateOf(w).building[module]; b != nil {
		return b.s.strct, !b.s.strct.IsNil()
	}
	ns := w.FindNS(namespaceName(module))
	if ns == nil {
		return lang.Nil, false
	}
	if m := moduleOf(ns); m != nil {
		return m.Struct, !m.Struct.IsNil()
	}
	if ns.Library != nil && ns.Library.Opening != "" {
		h := headerOf(w, ns.Library)
		return h.b.s.strct, !h.b.s.strct.IsNil()
	}
	return lang.Nil, false
}

// Variable gives a variable of the top level: a var of the namespace user
// that a program has defined, in either notation.
func (r *resolver) Variable(name string) (lang.Value, bool) {
	v := r.w.NS("user").Vars[name]
	if v == nil || !v.Bound() || v.IsMacro() {
		return lang.Nil, false
	}
	return v.Get(r.p), true
}

// Variables gives the names of the variables of the top level.
func (r *resolver) Variables() []string {
	var out []string
	for name, v := range r.w.NS("user").Vars {
		if _, known := r.Variable(name); known && !v.IsPrivate() {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Text gives a quoted form as it is written.
func (r *resolver) Text(form lang.Value) string { return reader.ToString(form) }

// Helper gives a function that compiled code calls by itself.
func (r *resolver) Helper(name string) lang.Value {
	n := r.w.FindNS(helperSpace).Library.Native(name)
	if n == nil {
		panic("kernel: there is no helper " + name)
	}
	return lang.Obj(n)
}

// Support gives a function that the code generator needs.
func (r *resolver) Support(f lang.Support) lang.Value { return core.NewResolver(r.p).Support(f) }

// Counter gives a number that no macro expansion had before.
func (r *resolver) Counter() int64 { return int64(r.w.NextGensym()) }

var _ elixir.Resolver = (*resolver)(nil)
