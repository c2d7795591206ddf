package core

import (
	"maps"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var nsNatives = []*lang.Native{
	{Name: "clojure.core/in-ns", Min: 1, Max: 1, Args: "[name]", Doc: "Goes into namespace name, making it if there is none.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			ns := lang.Obj(p.W.NS(symbolName(args[0])))
			if p.Binding(p.W.NSVar) != nil {
				p.W.NSVar.SetBinding(p, ns)
			} else {
				p.W.NSVar.Bind(p, ns)
			}
			return ns
		}},
	{Name: "clojure.core/find-ns", Min: 1, Max: 1, Args: "[sym]", Doc: "The namespace of a name, nil if there is none.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return nsValue(p.W.FindNS(symbolName(args[0])))
		}},
	{Name: "clojure.core/create-ns", Min: 1, Max: 1, Args: "[sym]", Doc: "The namespace of a name, made if there is none.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return lang.Obj(p.W.NS(symbolName(args[0]))) }},
	{Name: "clojure.core/remove-ns", Min: 1, Max: 1, Args: "[sym]", Doc: "Takes a namespace out of the world.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			ns := nsValue(p.W.FindNS(symbolName(args[0])))
			p.W.RemoveNS(symbolName(args[0]))
			return ns
		}},
	{Name: "clojure.core/the-ns", Min: 1, Max: 1, Args: "[x]", Doc: "A namespace itself, or the one of a name.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return lang.Obj(nsOf(p, args[0])) }},
	{Name: "clojure.core/ns-name", Min: 1, Max: 1, Args: "[ns]", Doc: "The name of a namespace, a symbol.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return lang.Sym(nsOf(p, args[0]).Name) }},
	{Name: "clojure.core/all-ns", Args: "[]", Run: allNS, Doc: "All namespaces, by name."},
	{Name: "clojure.core/ns-publics", Min: 1, Max: 1, Args: "[ns]", Run: nsTable(true), Doc: "The map from names to the public vars of a namespace."},
	{Name: "clojure.core/ns-interns", Min: 1, Max: 1, Args: "[ns]", Run: nsTable(false), Doc: "The map from names to the vars of a namespace."},
	{Name: "clojure.core/ns-map", Min: 1, Max: 1, Args: "[ns]", Run: nsMap, Doc: "The map from all names that stand in a namespace to vars and classes."},
	{Name: "clojure.core/ns-refers", Min: 1, Max: 1, Args: "[ns]", Run: nsRefers, Doc: "The map from names that a namespace has of others to their vars."},
	{Name: "clojure.core/ns-aliases", Min: 1, Max: 1, Args: "[ns]", Run: nsAliases, Doc: "The map from the prefixes of a namespace to the namespaces they stand for."},
	{Name: "clojure.core/ns-imports", Min: 1, Max: 1, Args: "[ns]", Doc: "The map from short names to the classes that a namespace imports.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return classTable(nsOf(p, args[0])) }},
	{Name: "clojure.core/ns-unmap", Min: 2, Max: 2, Args: "[ns sym]", Doc: "Takes a name out of a namespace.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			ns, name := nsOf(p, args[0]), symbolName(args[1])
			p.W.Touch(ns)
			delete(ns.Vars, name)
			delete(ns.Refers, name)
			return lang.Nil
		}},
	{Name: "clojure.core/ns-unalias", Min: 2, Max: 2, Args: "[ns sym]", Doc: "Takes a prefix out of a namespace.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			ns := nsOf(p, args[0])
			p.W.Touch(ns)
			delete(ns.Aliases, symbolName(args[1]))
			return lang.Nil
		}},
	{Name: "clojure.core/alias", Min: 2, Max: 2, Args: "[alias ns]", Doc: "Has a prefix stand for a namespace in the current one.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			setAlias(p, CurrentNS(p), symbolName(args[0]), nsOf(p, args[1]))
			return lang.Nil
		}},
	{Name: "clojure.core/import-class", Min: 1, Max: 1, Args: "[name]", Run: importClass, Doc: "Lets the current namespace know a class by its short name."},
	{Name: "clojure.core/resolve", Min: 1, Max: 2, Args: "[sym] [env sym]", Doc: "The var or class that sym stands for in the current namespace, nil if none.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if len(args) == 2 && lang.IsMap(args[0]) {
				if _, ok := lang.Lookup(args[0], args[1]); ok {
					return lang.Nil
				}
			}
			return resolveIn(p, CurrentNS(p), args[len(args)-1])
		}},
	{Name: "clojure.core/ns-resolve", Min: 2, Max: 3, Args: "[ns sym] [ns env sym]", Doc: "The var or class that sym stands for in a namespace, nil if none.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return resolveIn(p, nsOf(p, args[0]), args[len(args)-1])
		}},
	{Name: "clojure.core/find-var", Min: 1, Max: 1, Args: "[sym]", Doc: "The var of a qualified name, nil if there is none.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s := object[*lang.Symbol](args[0], lang.SymbolClass)
			if s.NS == "" {
				lang.Raise(lang.IllegalArgumentException, "Symbol must be namespace-qualified")
			}
			ns := p.W.FindNS(s.NS)
			if ns == nil {
				lang.Raise(lang.IllegalArgumentException, "No such namespace: %s", s.NS)
			}
			return varValue(ns.Var(s.Name))
		}},
	{Name: "clojure.core/intern", Min: 2, Max: 3, Args: "[ns name] [ns name val]", Doc: "The var of a name in a namespace, made if there is none, and set to val if given.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s := object[*lang.Symbol](args[1], lang.SymbolClass)
			v := nsOf(p, args[0]).Intern(p.W, s.Name)
			if s.Meta != nil {
				v.SetMeta(p.W, s.Meta)
			}
			if len(args) == 3 {
				v.Bind(p, args[2])
			}
			return lang.Obj(v)
		}},
	{Name: "clojure.core/refer", Min: 1, Max: -1, Args: "[ns-sym & filters]", Doc: "Has the public names of a namespace stand in the current one. Filters: :only and :exclude with names, :rename with a map.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			evenly(args[1:])
			refer(p, nsOf(p, args[0]), lang.NewMap(args[1:]...))
			return lang.Nil
		}},
}

var illegalAccess = lang.DefineClass("java.lang.IllegalAccessError", lang.ErrorClass)

func symbolName(v lang.Value) string {
	return object[*lang.Symbol](v, lang.SymbolClass).String()
}

func nsValue(ns *runtime.Namespace) lang.Value {
	if ns == nil {
		return lang.Nil
	}
	return lang.Obj(ns)
}

func varValue(v *runtime.Var) lang.Value {
	if v == nil {
		return lang.Nil
	}
	return lang.Obj(v)
}

// nsOf gives a namespace itself, or the one of a name or alias.
func nsOf(p *runtime.Process, v lang.Value) *runtime.Namespace {
	if ns, ok := v.Obj().(*runtime.Namespace); ok {
		return ns
	}
	name := symbolName(v)
	if ns := p.W.FindNS(name); ns != nil {
		return ns
	}
	lang.Raise(lang.ExceptionClass, "No namespace: %s found", name)
	return nil
}

func allNS(p *runtime.Process, _ []lang.Value) lang.Value {
	var names []string
	for name := range p.W.Namespaces() {
		names = append(names, name)
	}
	slices.Sort(names)
	vs := make([]lang.Value, len(names))
	for i, name := range names {
		vs[i] = lang.Obj(p.W.FindNS(name))
	}
	return lang.ListOf(vs...)
}

// OwnNames gives the names of a namespace's own vars, sorted.
func OwnNames(ns *runtime.Namespace) []string {
	set := map[string]bool{}
	for name := range ns.Vars {
		if l := ns.Library; l == nil || !l.Hidden[name] {
			set[name] = true
		}
	}
	if ns.Library != nil {
		for _, name := range ns.Library.Names() {
			set[name] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func nsTable(public bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		ns := nsOf(p, args[0])
		b := lang.NewMapBuilder(lang.EmptyMap)
		for _, name := range OwnNames(ns) {
			if v := ns.Var(name); v != nil && !(public && v.IsPrivate()) {
				b.Assoc(lang.Sym(name), lang.Obj(v))
			}
		}
		return lang.Obj(b.Map())
	}
}

func nsMap(p *runtime.Process, args []lang.Value) lang.Value {
	ns := nsOf(p, args[0])
	b := lang.NewMapBuilder(classTable(ns).Obj().(*lang.Map))
	for _, name := range VisibleNames(ns) {
		if v := ns.Lookup(name); v != nil {
			b.Assoc(lang.Sym(name), lang.Obj(v))
		}
	}
	return lang.Obj(b.Map())
}

func nsRefers(p *runtime.Process, args []lang.Value) lang.Value {
	ns := nsOf(p, args[0])
	b := lang.NewMapBuilder(lang.EmptyMap)
	for _, name := range VisibleNames(ns) {
		if v := ns.Lookup(name); v != nil && v.NS != ns {
			b.Assoc(lang.Sym(name), lang.Obj(v))
		}
	}
	return lang.Obj(b.Map())
}

func nsAliases(p *runtime.Process, args []lang.Value) lang.Value {
	ns := nsOf(p, args[0])
	b := lang.NewMapBuilder(lang.EmptyMap)
	for _, name := range sortedKeys(ns.Aliases) {
		b.Assoc(lang.Sym(name), lang.Obj(ns.Aliases[name]))
	}
	return lang.Obj(b.Map())
}

func classTable(ns *runtime.Namespace) lang.Value {
	b := lang.NewMapBuilder(lang.EmptyMap)
	for _, name := range sortedKeys(ns.Classes) {
		b.Assoc(lang.Sym(name), lang.Obj(ns.Classes[name]))
	}
	return lang.Obj(b.Map())
}

func sortedKeys[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func setAlias(p *runtime.Process, ns *runtime.Namespace, name string, to *runtime.Namespace) {
	if old := ns.Aliases[name]; old != nil && old != to {
		lang.Raise(lang.IllegalStateException, "Alias %s already exists in namespace %s, aliasing %s", name, ns.Name, old.Name)
	}
	p.W.Touch(ns)
	ns.Aliases[name] = to
}

func importClass(p *runtime.Process, args []lang.Value) lang.Value {
	name := lang.String(args[0])
	ns := CurrentNS(p)
	c, ok := lang.ClassByName(name)
	if !ok {
		c = classInNamespaces(p.W, name)
	}
	if c == nil {
		lang.Raise(lang.ClassNotFoundException, "%s", name)
	}
	p.W.Touch(ns)
	ns.Classes[c.Simple()] = c
	return lang.Obj(c)
}

// classInNamespaces finds the class of a type that a program defined.
func classInNamespaces(w *runtime.World, name string) *lang.Class {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return nil
	}
	for _, n := range []string{name[:i], strings.ReplaceAll(name[:i], "_", "-")} {
		if ns := w.FindNS(n); ns != nil && ns.Classes[name] != nil {
			return ns.Classes[name]
		}
	}
	return nil
}

func resolveIn(p *runtime.Process, ns *runtime.Namespace, sym lang.Value) lang.Value {
	r := (&resolver{w: p.W, ns: ns}).Resolve(object[*lang.Symbol](sym, lang.SymbolClass))
	if r.Found == lang.FoundVar || r.Found == lang.FoundClass {
		return r.Value
	}
	return lang.Nil
}

// refer has the public names of a namespace stand in the current one.
func refer(p *runtime.Process, from *runtime.Namespace, filters *lang.Map) {
	ns := CurrentNS(p)
	renames, _ := filters.GetKw(lang.InternKeyword("", "rename")).Obj().(*lang.Map)
	only, some := filters.Get(lang.K("only"))
	except := map[string]bool{}
	if x := filters.GetKw(lang.InternKeyword("", "exclude")); !x.IsNil() {
		for _, s := range elements(x) {
			except[symbolName(s)] = true
		}
	}
	p.W.Touch(ns)
	if some {
		for _, s := range elements(only) {
			referName(p, ns, from, symbolName(s), renames)
		}
		return
	}
	if renames != nil {
		renames.Each(func(k, _ lang.Value) bool {
			referName(p, ns, from, symbolName(k), renames)
			except[symbolName(k)] = true
			return true
		})
	}
	referAll(p, ns, from, except)
}

func referName(p *runtime.Process, ns, from *runtime.Namespace, name string, renames *lang.Map) {
	v := from.Var(name)
	switch {
	case v == nil:
		lang.Raise(illegalAccess, "%s does not exist", name)
	case v.IsPrivate():
		lang.Raise(illegalAccess, "%s is not public", name)
	}
	as := name
	if renames != nil {
		if n, ok := renames.Get(lang.Sym(name)); ok {
			as = symbolName(n)
		}
	}
	warnReplaced(p, ns, as, v)
	ns.Refers[as] = v
}

// referAll puts from in front of the namespaces that ns uses.
func referAll(p *runtime.Process, ns, from *runtime.Namespace, except map[string]bool) {
	if ns == from {
		return
	}
	use := runtime.Use{NS: from, Except: except}
	if len(ns.Uses) == 0 {
		ns.Uses = []runtime.Use{use}
		return
	}
	if from.Name != "clojure.core" {
		for _, name := range OwnNames(from) {
			if v := from.Var(name); v != nil && !v.IsPrivate() && !except[name] {
				warnReplaced(p, ns, name, v)
			}
		}
	}
	others := slices.DeleteFunc(slices.Clone(ns.Uses), func(u runtime.Use) bool { return u.NS == from })
	if from.Name == "clojure.core" {
		ns.Uses = append(others, use)
	} else {
		ns.Uses = append([]runtime.Use{use}, others...)
	}
}

// warnReplaced says, as Clojure does, that a name of clojure.core will stand
// for something else.
func warnReplaced(p *runtime.Process, ns *runtime.Namespace, name string, by *runtime.Var) {
	old := ns.Lookup(name)
	if old == nil || old == by || old.NS == ns || old.NS.Name != "clojure.core" {
		return
	}
	p.W.Err.Write(p.W, p, "WARNING: "+name+" already refers to: "+old.String()+" in namespace: "+ns.Name+", being replaced by: "+by.String()+"\n")
}
