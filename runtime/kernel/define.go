package kernel

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	reader "github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// defineNatives are what the definitions in a module's body compile to.
func defineNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "conc.elixir/def", Min: 2, Max: 3, Run: run(def), Args: "form, head, body", Doc: "Notes a clause of a function."},
		{Name: "conc.elixir/put_attribute", Min: 3, Max: 3, Run: run(putAttribute), Args: "module, name, value", Doc: "Sets a module's attribute."},
		{Name: "conc.elixir/get_attribute", Min: 2, Max: 2, Run: run(getAttribute), Args: "module, name", Doc: "Reads a module's attribute."},
		{Name: "conc.elixir/defstruct", Min: 2, Max: 2, Run: run(defstruct), Args: "form, fields", Doc: "Defines a module's struct."},
		{Name: "conc.elixir/defexception", Min: 2, Max: 2, Run: run(defexception), Args: "form, fields", Doc: "Defines a module's exception."},
		{Name: "Module/register_attribute", Min: 3, Max: 3, Run: run(registerAttribute), Args: "module, attribute, options", Doc: "Has an attribute gather what it is set to: accumulate: true."},
		{Name: "Module/put_attribute", Min: 3, Max: 3, Run: run(putAttribute), Args: "module, attribute, value", Doc: "Sets an attribute of a module under construction."},
		{Name: "Module/get_attribute", Min: 2, Max: 3, Run: run(getAttribute), Args: "module, attribute, default \\\\ nil", Doc: "Reads an attribute of a module under construction."},
		{Name: "Module/delete_attribute", Min: 2, Max: 2, Run: run(deleteAttribute), Args: "module, attribute", Doc: "Takes an attribute of a module under construction away, and gives its value."},
		{Name: "Module/has_attribute?", Min: 2, Max: 2, Run: run(hasAttribute), Args: "module, attribute", Doc: "Tells whether a module under construction has an attribute."},
		{Name: "Module/open?", Min: 1, Max: 1, Run: run(moduleOpen), Args: "module", Doc: "Tells whether a module is under construction."},
		{Name: "Module/defines?", Min: 2, Max: 3, Run: run(moduleDefines), Args: "module, {name, arity}, kind", Doc: "Tells whether a module under construction defines a function."},
		{Name: "Module/create", Min: 3, Max: 3, Run: run(createModule), Args: "module, quoted, env", Doc: "Makes a module of a quoted body."},
		{Name: "conc.elixir/defoverridable", Min: 2, Max: 2, Run: run(defoverridable), Args: "form, names", Doc: "Lets functions be defined anew."},
	}
}

// builds gives the module under construction that an environment is in.
func builds(env *elixir.Env) *building { return env.Site.(*building) }

// def notes a clause: of `def name(args) when guard`, and the keyword list
// with its body, if it has one.
func def(p *runtime.Process, args []lang.Value) lang.Value {
	f := args[0].Obj().(*elixir.DefForm)
	b := builds(f.Env)
	h := headOf(args[1], f)
	d := definition{kind: f.Kind, name: h.name, arity: len(h.args)}
	d.clause = elixir.Clause{Guard: h.guard, HasGuard: h.hasGuard, Env: f.Env.WithAttrs(b.s.attrs), Pos: f.Pos}
	if len(args) == 3 {
		d.clause.Body = functionBody(args[2])
	} else {
		d.head = true
	}
	d.clause.Args = b.defaults(h, d)
	b.define(d)
	b.document(d)
	return lang.Vec(lang.K(d.name), lang.Int(int64(d.arity)))
}

// head is the first part of a definition.
type head struct {
	name     string
	args     []lang.Value
	guard    lang.Value
	hasGuard bool
}

// headOf takes the head of a definition apart.
func headOf(form lang.Value, f *elixir.DefForm) head {
	var h head
	if t, ok := form.Obj().(*lang.Vector); ok && t.Len() == 3 && t.Nth(0) == lang.K("when") {
		sides := lang.ToSlice(t.Nth(2))
		form, h.guard, h.hasGuard = sides[0], sides[1], true
	}
	t, ok := form.Obj().(*lang.Vector)
	name, isName := lang.Nil.AsKeyword()
	if ok && t.Len() == 3 {
		name, isName = t.Nth(0).AsKeyword()
	}
	if !isName {
		compileError(f.Env, f.Pos, "invalid syntax in "+f.Kind+" "+lang.Inspect(form))
	}
	h.name = name.String()
	if isList(t.Nth(2)) {
		h.args = lang.ToSlice(t.Nth(2))
	}
	return h
}

// functionBody gives the expression of a body: with rescue and the like it
// is that of a try.
func functionBody(blocks lang.Value) lang.Value {
	entries := lang.ToSlice(blocks)
	if len(entries) == 1 {
		return pairOf(entries[0]).Nth(1)
	}
	return lang.Vec(lang.K("try"), emptyList, lang.ListOf(blocks))
}

// defaults takes the default values off the arguments: for each there is a
// further function that leaves arguments out.
func (b *building) defaults(h head, d definition) []lang.Value {
	args := make([]lang.Value, len(h.args))
	values := map[int]lang.Value{}
	for i, a := range h.args {
		args[i] = a
		if t, ok := a.Obj().(*lang.Vector); ok && t.Len() == 3 && t.Nth(0) == lang.K(`\\`) {
			sides := lang.ToSlice(t.Nth(2))
			args[i], values[i] = sides[0], sides[1]
		}
	}
	for given := range len(values) {
		b.shorter(h.name, len(args), values, given, d)
	}
	return args
}

// shorter defines the function that has the first given of the arguments
// with defaults, and all that have none.
func (b *building) shorter(name string, arity int, values map[int]lang.Value, given int, d definition) {
	var params, call []lang.Value
	for i := range arity {
		v, optional := values[i]
		if optional && given == 0 {
			call = append(call, v)
			continue
		}
		if optional {
			given--
		}
		x := lang.Vec(lang.K("x"+strconv.Itoa(i)), emptyList, lang.K("conc"))
		params, call = append(params, x), append(call, x)
	}
	short := definition{kind: d.kind, name: name, arity: len(params), clause: elixir.Clause{Args: params, Env: d.clause.Env, Pos: d.clause.Pos}}
	short.clause.Body = lang.Vec(lang.K(name), emptyList, lang.ListOf(call...))
	if d.kind == "defmacro" || d.kind == "defmacrop" {
		short.clause.Body = lang.Vec(lang.K("quote"), emptyList, lang.ListOf(lang.ListOf(lang.Vec(lang.K("do"), unquoting(name, call)))))
	}
	b.define(short)
}

// unquoting makes the call of a macro with the arguments of another.
func unquoting(name string, call []lang.Value) lang.Value {
	args := make([]lang.Value, len(call))
	for i, a := range call {
		args[i] = lang.Vec(lang.K("unquote"), emptyList, lang.ListOf(a))
	}
	return lang.Vec(lang.K(name), emptyList, lang.ListOf(args...))
}

// document takes the attributes that belong to one definition, and keeps the
// text of its @doc with its head.
func (b *building) document(d definition) {
	if doc, ok := b.Attribute("doc"); ok && doc.IsString() {
		b.w.Touch(b)
		head := lang.Vec(lang.K(d.name), emptyList, lang.ListOf(d.clause.Args...))
		about := lang.NewMap(lang.K("doc"), doc, lang.K("head"), lang.Str(d.kind+" "+reader.ToString(head)))
		b.s.docs = b.s.docs.Assoc(lang.Str(elixir.VarName(d.kind, d.name, d.arity)), lang.Obj(about))
	}
	for _, name := range [...]string{"doc", "impl", "spec"} {
		if _, ok := b.Attribute(name); ok {
			b.w.Touch(b)
			b.s.attrs = b.s.attrs.Dissoc(lang.K(name))
		}
	}
}

// underConstruction gives the module of an atom while it is built.
func underConstruction(p *runtime.Process, module lang.Value) *building {
	name, _ := lang.AtomName(module)
	b := stateOf(p.W).building[name]
	if b == nil {
		argumentError("could not call Module.get_attribute/2 because the module " + lang.Inspect(module) + " is already compiled")
	}
	return b
}

func putAttribute(p *runtime.Process, args []lang.Value) lang.Value {
	name, _ := lang.AtomName(args[1])
	underConstruction(p, args[0]).setAttribute(name, args[2])
	return okAtom
}

func getAttribute(p *runtime.Process, args []lang.Value) lang.Value {
	name, _ := lang.AtomName(args[1])
	b := underConstruction(p, args[0])
	if _, ok := b.Attribute(name); !ok && len(args) == 3 {
		return args[2]
	}
	return b.attribute(name)
}

func registerAttribute(p *runtime.Process, args []lang.Value) lang.Value {
	b := underConstruction(p, args[0])
	eachPair(args[2], func(k, v lang.Value) {
		if k == lang.K("accumulate") && v.Truthy() {
			p.W.Touch(b)
			b.s.gather = b.s.gather.Assoc(args[1], lang.True)
		}
	})
	return okAtom
}

func deleteAttribute(p *runtime.Process, args []lang.Value) lang.Value {
	b := underConstruction(p, args[0])
	v := getAttribute(p, args)
	p.W.Touch(b)
	b.s.attrs = b.s.attrs.Dissoc(args[1])
	return v
}

func hasAttribute(p *runtime.Process, args []lang.Value) lang.Value {
	_, ok := underConstruction(p, args[0]).s.attrs.Get(args[1])
	return lang.Bool(ok)
}

func moduleOpen(p *runtime.Process, args []lang.Value) lang.Value {
	name, _ := lang.AtomName(args[0])
	return lang.Bool(stateOf(p.W).building[name] != nil)
}

func moduleDefines(p *runtime.Process, args []lang.Value) lang.Value {
	t := pairOf(args[1])
	name, _ := lang.AtomName(t.Nth(0))
	kind := underConstruction(p, args[0]).Defines(name, int(t.Nth(1).AsInt()))
	return lang.Bool(kind != "" && (len(args) == 2 || lang.K(kind) == args[2]))
}

// createModule makes a module of a quoted body, in an environment or the
// options that name a file and a line.
func createModule(p *runtime.Process, args []lang.Value) lang.Value {
	env, ok := elixir.FromStruct(args[2])
	if !ok {
		env = &elixir.Env{}
	}
	name, _ := lang.AtomName(args[0])
	return makeModule(p, &elixir.ModuleForm{Kind: "defmodule", Body: args[1], Env: env.Lexical()}, name, lang.Vec(), nil)
}

// fieldsOf gives the names and defaults of a struct's fields.
func fieldsOf(v lang.Value) []lang.Value {
	var out []lang.Value
	for _, f := range lang.ToSlice(v) {
		if t, ok := f.Obj().(*lang.Vector); ok && t.Len() == 2 {
			out = append(out, t.Nth(0), t.Nth(1))
			continue
		}
		out = append(out, f, lang.Nil)
	}
	return out
}

func defstruct(p *runtime.Process, args []lang.Value) lang.Value {
	b := builds(args[0].Obj().(*elixir.DefForm).Env)
	fields := fieldsOf(args[1])
	b.setStruct(fields)
	return lang.Obj(b.s.strct.Obj().(*lang.Map))
}

// fieldNames gives the names of the fields that are shown, in their order.
func fieldNames(fields []lang.Value) []string {
	var out []string
	for i := 0; i < len(fields); i += 2 {
		if name, _ := lang.AtomName(fields[i]); fields[i] != keyException {
			out = append(out, name)
		}
	}
	return out
}

func (b *building) setStruct(fields []lang.Value) {
	b.w.Touch(b)
	m := lang.NewErlangMap(append([]lang.Value{structKey, lang.K(b.name)}, fields...)...)
	b.s.strct, b.s.fields = lang.Obj(m), fieldNames(fields)
	if keys := b.attribute("enforce_keys"); !keys.IsNil() {
		b.s.enforced = lang.ToSlice(keys)
	}
	for _, n := range [...]int{0, 1} {
		b.s.kinds = b.s.kinds.Assoc(signature("__struct__", n), lang.Str("def"))
	}
}

func defexception(p *runtime.Process, args []lang.Value) lang.Value {
	b := builds(args[0].Obj().(*elixir.DefForm).Env)
	b.setStruct(append([]lang.Value{keyException, lang.True}, fieldsOf(args[1])...))
	b.s.exception = true
	for _, name := range [...]string{"exception", "message"} {
		b.s.replaced = b.s.replaced.Assoc(signature(name, 1), lang.True)
		b.s.kinds = b.s.kinds.Assoc(signature(name, 1), lang.Str("def"))
		b.s.kinds = b.s.kinds.Assoc(signature(elixir.SuperName(name), 1), lang.Str("defp"))
	}
	return b.s.strct
}

func defoverridable(p *runtime.Process, args []lang.Value) lang.Value {
	b := builds(args[0].Obj().(*elixir.DefForm).Env)
	if !isList(args[1]) {
		return okAtom // a behaviour
	}
	b.w.Touch(b)
	for _, e := range lang.ToSlice(args[1]) {
		t := pairOf(e)
		name, _ := lang.AtomName(t.Nth(0))
		b.s.replaced = b.s.replaced.Assoc(signature(name, int(t.Nth(1).AsInt())), lang.True)
	}
	return okAtom
}

// compileError raises a CompileError.
func compileError(env *elixir.Env, pos lang.Pos, msg string) {
	file := "nofile"
	if env.Source != nil {
		file = env.Source.Name
	}
	raiseStruct("CompileError", lang.K("file"), lang.Str(file), lang.K("line"), lang.Int(int64(pos.Line)), lang.K("description"), lang.Str(msg))
}
