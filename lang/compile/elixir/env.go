package elixir

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Env is what holds for a form at its place in the text: the module and the
// function around it, aliases, imports, variables. It never changes.
type Env struct {
	Module   string // the name of its atom, "Elixir.Foo"; "" outside of modules
	Function string // name/arity of the function around; "" outside of functions
	Source   *lang.Source
	Site     Site      // what the module is built in, nil outside of one
	Attrs    *lang.Map // in a function: the module's attributes as they were at its definition
	Top      bool      // at the prompt or the top of a script: variables are those of the namespace user
	outer    bool      // code around it is at the top: variables of the namespace user are seen
	aliases  *alias
	imports  *imported
	required *alias
	vars     *held
}

// Site is a module that is being built, as its own code sees it.
type Site interface {
	// Defines tells what name/arity is among the module's definitions so far:
	// "def", "defp", "defmacro", "defmacrop", or "".
	Defines(name string, arity int) string
	// Attribute gives an attribute as it is now.
	Attribute(name string) (lang.Value, bool)
}

// alias says that the first part of a name stands for a module.
type alias struct {
	name, module string
	next         *alias
}

// imported says that functions and macros of a module are called without it.
type imported struct {
	module string
	only   []lang.Value // pairs of name and arity; nil means all
	except []lang.Value
	kind   string // "functions", "macros" or "" for both
	next   *imported
}

// held is a variable with its value.
type held struct {
	key  string
	val  lang.Value
	next *held
}

// Alias gives the environment in which name stands for the module.
func (e *Env) Alias(name, module string) *Env {
	out := *e
	out.aliases = &alias{name, module, e.aliases}
	return &out
}

// Require notes that macros of a module may be called.
func (e *Env) Require(module string) *Env {
	out := *e
	out.required = &alias{"", module, e.required}
	return &out
}

// Import gives the environment in which the functions and macros of a module
// are called without its name.
func (e *Env) Import(module string) *Env { return e.withImport(imported{module: module}) }

// requires reports whether macros of a module may be called by its name: after
// require, import or use, and in the module itself.
func (e *Env) requires(module string) bool {
	if module == e.Module || module == "Elixir.Kernel" {
		return true
	}
	for a := e.required; a != nil; a = a.next {
		if a.module == module {
			return true
		}
	}
	for i := e.imports; i != nil; i = i.next {
		if i.module == module {
			return true
		}
	}
	return false
}

func (e *Env) withImport(i imported) *Env {
	out := *e
	i.next = e.imports
	out.imports = &i
	return &out
}

// Bind gives the environment with a variable's value.
func (e *Env) Bind(key string, v lang.Value) *Env {
	out := *e
	out.vars = &held{key, v, e.vars}
	return &out
}

// InModule gives the environment of a module's body.
func (e *Env) InModule(module string, site Site) *Env {
	out := *e
	out.Module, out.Function, out.Site, out.Top, out.Attrs = module, "", site, false, nil
	return &out
}

// InFunction gives the environment of the body of a function of the module.
func (e *Env) InFunction(function string, attrs *lang.Map) *Env {
	out := *e
	out.Function, out.Attrs, out.vars, out.Top, out.outer = function, attrs, nil, false, false
	return &out
}

// Lexical gives the environment without its variables.
func (e *Env) Lexical() *Env {
	out := *e
	out.vars, out.outer = nil, false
	return &out
}

// Variables calls f with each variable that was bound, the last ones first,
// and each only once.
func (e *Env) Variables(f func(key string, v lang.Value)) {
	seen := map[string]bool{}
	for h := e.vars; h != nil; h = h.next {
		if !seen[h.key] {
			seen[h.key] = true
			f(h.key, h.val)
		}
	}
}

func (e *Env) variable(key string) (lang.Value, bool) {
	for h := e.vars; h != nil; h = h.next {
		if h.key == key {
			return h.val, true
		}
	}
	return lang.Nil, false
}

// aliasOf gives the module that a first part of a name stands for, "" if it
// stands for itself.
func (e *Env) aliasOf(name string) string {
	for a := e.aliases; a != nil; a = a.next {
		if a.name == name {
			return a.module
		}
	}
	return ""
}

// Expand gives the module that a dotted name means here: "Elixir.Foo.Bar".
func (e *Env) Expand(names []string) string {
	if names[0] == "Elixir" {
		return strings.Join(names, ".")
	}
	first := e.aliasOf(names[0])
	if first == "" {
		first = "Elixir." + names[0]
	}
	return strings.Join(append([]string{first}, names[1:]...), ".")
}

// lastPart gives what a module is called by after alias Foo.Bar: Bar.
func lastPart(module string) string { return module[strings.LastIndexByte(module, '.')+1:] }

// takes reports whether the import has name/arity.
func (i *imported) takes(name string, arity int) bool {
	if i.only != nil && !hasPair(i.only, name, arity) {
		return false
	}
	return !hasPair(i.except, name, arity)
}

func hasPair(pairs []lang.Value, name string, arity int) bool {
	for _, p := range pairs {
		k, n, ok := pair(p)
		kw, isKw := k.AsKeyword()
		if ok && isKw && kw.String() == name && n.IsInt() && n.AsInt() == int64(arity) {
			return true
		}
	}
	return false
}

// hidesKernel reports whether an import of Kernel leaves name/arity out.
func (e *Env) hidesKernel(name string, arity int) bool {
	for i := e.imports; i != nil; i = i.next {
		if i.module == "Elixir.Kernel" {
			return !i.takes(name, arity)
		}
	}
	return false
}

// Struct gives the environment as Elixir's %Macro.Env{}, for __ENV__ and
// __CALLER__. FromStruct finds it again.
func (e *Env) Struct(line int32) lang.Value {
	fn, file := lang.Nil, "nofile"
	if name, arity, ok := strings.Cut(e.Function, "/"); ok {
		n := int64(0)
		for _, d := range arity {
			n = n*10 + int64(d-'0')
		}
		fn = lang.Vec(lang.K(name), lang.Int(n))
	}
	if e.Source != nil {
		file = e.Source.Name
	}
	return lang.Obj(lang.NewErlangMap(
		lang.K("__struct__"), lang.K("Elixir.Macro.Env"),
		lang.K("module"), e.moduleValue(),
		lang.K("function"), fn,
		lang.K("file"), lang.Str(file),
		lang.K("line"), lang.Int(int64(line)),
		lang.K("context"), lang.Nil,
		lang.K("aliases"), e.aliasList(),
		lang.K("requires"), e.requireList(),
		lang.K("context_modules"), e.modules(),
		lang.K("functions"), e.importList("functions"),
		lang.K("macros"), e.importList("macros"),
		lang.K("macro_aliases"), noMeta,
		lang.K("tracers"), noMeta,
		lang.K("versioned_vars"), lang.Obj(lang.NewErlangMap()),
		envKey, lang.Obj(e),
	))
}

// aliasList gives the aliases as pairs of atoms, the last ones first.
func (e *Env) aliasList() lang.Value {
	var vs []lang.Value
	for a := e.aliases; a != nil; a = a.next {
		vs = append(vs, lang.Vec(lang.K("Elixir."+a.name), lang.K(a.module)))
	}
	return lang.ListOf(vs...)
}

// requireList gives the modules whose macros may be called.
func (e *Env) requireList() lang.Value {
	vs := []lang.Value{lang.K("Elixir.Kernel")}
	for a := e.required; a != nil; a = a.next {
		vs = append(vs, lang.K(a.module))
	}
	return lang.ListOf(vs...)
}

// importList gives the modules from which functions or macros are imported,
// each with the pairs of name and arity that the import names.
func (e *Env) importList(kind string) lang.Value {
	var vs []lang.Value
	for i := e.imports; i != nil; i = i.next {
		if i.kind == "" || i.kind == kind {
			vs = append(vs, lang.Vec(lang.K(i.module), lang.ListOf(i.only...)))
		}
	}
	return lang.ListOf(vs...)
}

// modules gives the module around, in a list.
func (e *Env) modules() lang.Value {
	if e.Module == "" {
		return noMeta
	}
	return lang.ListOf(lang.K(e.Module))
}

var envKey = lang.K("lexical_tracker") // a field of Macro.Env that no program reads

// FromStruct gives the environment in a %Macro.Env{}.
func FromStruct(v lang.Value) (*Env, bool) {
	m, ok := v.Obj().(*lang.Map)
	if !ok {
		return nil, false
	}
	x, _ := m.Get(envKey)
	e, ok := x.Obj().(*Env)
	return e, ok
}

func (e *Env) moduleValue() lang.Value {
	if e.Module == "" {
		return lang.Nil
	}
	return lang.K(e.Module)
}

// WithAttrs gives the environment with a module's attributes as they are at a
// definition.
func (e *Env) WithAttrs(attrs *lang.Map) *Env {
	out := *e
	out.Attrs = attrs
	return &out
}

// Capturing gives the environment of what is nested in the top level and still
// sees the variables of the namespace user.
func (e *Env) Capturing() *Env {
	out := *e
	out.outer = true
	return &out
}

// At gives the environment in another source.
func (e *Env) At(src *lang.Source) *Env {
	out := *e
	out.Source = src
	return &out
}
