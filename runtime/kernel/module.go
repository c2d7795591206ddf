package kernel

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// building is a module under construction: what its body has defined so far.
// It is an entity, since the body is code like any other.
type building struct {
	runtime.Stamped
	w    *runtime.World
	name string
	kind string // defmodule, defprotocol, defimpl
	s    buildState
	lib  *runtime.Library // of a library's module: it has the definitions; else nil
}

// buildState is what changes while a module is built. It is copied whole, and
// nothing that it holds is changed in place.
type buildState struct {
	attrs     *lang.Map
	gather    *lang.Map // attributes that accumulate
	defs      []definition
	kinds     *lang.Map // "name/arity" to kind
	replaced  *lang.Map // "name/arity" that is overridable to true
	strct     lang.Value
	fields    []string // of the struct, in their order
	enforced  []lang.Value
	exception bool
	docs      *lang.Map // the name of a var to its metadata
}

// definition is one clause of a function.
type definition struct {
	kind, name string
	arity      int
	clause     elixir.Clause
	head       bool // it has no body
}

// Save gives the state.
func (b *building) Save() any { return b.s }

// Restore puts a state back.
func (b *building) Restore(s any) { b.s = s.(buildState) }

func newBuilding(w *runtime.World, name, kind string) *building {
	b := &building{w: w, name: name, kind: kind}
	b.s = buildState{attrs: lang.EmptyErlangMap, gather: lang.EmptyErlangMap, kinds: lang.EmptyErlangMap, replaced: lang.EmptyErlangMap, docs: lang.EmptyErlangMap}
	for _, a := range accumulating {
		b.s.gather = b.s.gather.Assoc(lang.K(a), lang.True)
	}
	return b
}

// accumulating are the attributes that gather what they are set to.
var accumulating = []string{"before_compile", "after_compile", "behaviour", "derive", "on_definition", "external_resource"}

func signature(name string, arity int) lang.Value { return lang.Str(name + "/" + strconv.Itoa(arity)) }

// Defines tells what name/arity is among the definitions so far.
func (b *building) Defines(name string, arity int) string {
	if b.lib != nil {
		if n := b.lib.Native(name); n != nil && n.Takes(arity) {
			return "def"
		}
		return b.lib.Kind(name, arity)
	}
	v, _ := b.s.kinds.Get(signature(name, arity))
	kind, _ := v.AsString()
	return kind
}

// Attribute gives an attribute as it is now.
func (b *building) Attribute(name string) (lang.Value, bool) { return b.s.attrs.Get(lang.K(name)) }

// setAttribute sets an attribute, or adds to one that gathers.
func (b *building) setAttribute(name string, v lang.Value) {
	b.w.Touch(b)
	key := lang.K(name)
	if _, gathers := b.s.gather.Get(key); gathers {
		old, _ := b.s.attrs.Get(key)
		l, _ := old.Obj().(*lang.List)
		if l == nil {
			l = lang.EmptyList
		}
		v = lang.Obj(l.Conj(v))
	}
	b.s.attrs = b.s.attrs.Assoc(key, v)
}

// attribute gives what reading an attribute gives: [] for one that gathers
// and was never set.
func (b *building) attribute(name string) lang.Value {
	key := lang.K(name)
	v, ok := b.s.attrs.Get(key)
	if _, gathers := b.s.gather.Get(key); !ok && gathers {
		return emptyList
	}
	return v
}

// define notes one clause.
func (b *building) define(d definition) {
	b.w.Touch(b)
	n := len(b.s.defs)
	sig := signature(d.name, d.arity)
	if _, overrides := b.s.replaced.Get(sig); overrides {
		b.s.replaced = b.s.replaced.Dissoc(sig)
		b.overridden(d.name, d.arity)
		n = len(b.s.defs)
	}
	b.s.defs = append(b.s.defs[:n:n], d)
	b.s.kinds = b.s.kinds.Assoc(sig, lang.Str(d.kind))
}

// overridden gives the clauses that name/arity has so far the name by which
// super finds them.
func (b *building) overridden(name string, arity int) {
	old := b.s.defs
	b.s.defs = make([]definition, len(old))
	for i, d := range old {
		if d.name == name && d.arity == arity {
			d.name, d.kind = elixir.SuperName(name), "defp"
			b.s.kinds = b.s.kinds.Assoc(signature(d.name, arity), lang.Str("defp"))
		}
		b.s.defs[i] = d
	}
}

// functions gives the functions of the module in the order of their first
// clauses, each as one var holds it.
func (b *building) functions() []*elixir.Function {
	byVar := map[string]*elixir.Function{}
	var out []*elixir.Function
	for _, d := range b.s.defs {
		if d.head {
			continue
		}
		name := elixir.VarName(d.kind, d.name, d.arity)
		f := byVar[name]
		if f == nil {
			f = &elixir.Function{Kind: d.kind, Module: b.name, Name: d.name, Arities: map[int][]elixir.Clause{}}
			byVar[name] = f
			out = append(out, f)
		}
		f.Arities[d.arity] = append(f.Arities[d.arity], d.clause)
	}
	return out
}

// localMacro gives a function that compiles a macro of the module as it is
// now, and calls it.
func (b *building) localMacro(name string) lang.Value {
	return lang.Obj(&lang.Native{Name: namespaceName(b.name) + "/MACRO-" + name, Max: -1,
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if b.lib != nil {
				v := p.W.FindNS(b.lib.Name).Var("MACRO-" + name)
				return p.TailCall(v.Root(), append([]lang.Value(nil), args...)...)
			}
			for _, f := range b.functions() {
				if f.Name == name && (f.Kind == "defmacro" || f.Kind == "defmacrop") {
					call := macroCall{append([]lang.Value(nil), args...)}
					return compileThen(p, elixir.StartFunction(f, resolverOf(p)), frame{macroCallKont, call})
				}
			}
			return lang.Nil
		}})
}

// macroCall is the call of a macro that waits for its compilation.
type macroCall struct{ args []lang.Value }

var macroCallKont = &runtime.Kont{Name: "macro", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	return p.TailCall(lang.Obj(&lang.Closure{Fn: v.Obj().(*elixir.Step).Fn}), state.(macroCall).args...)
}}

// info gives what stays known of the module.
func (b *building) info() *Module {
	m := &Module{Name: b.name, Kinds: map[string]map[int]string{}, Struct: b.s.strct, Fields: b.s.fields, Attrs: b.s.attrs, Protocol: b.kind == "defprotocol"}
	for _, d := range b.s.defs {
		m.note(d.name, d.arity, d.kind)
	}
	return m
}

func (m *Module) note(name string, arity int, kind string) {
	if m.Kinds[name] == nil {
		m.Kinds[name] = map[int]string{}
	}
	m.Kinds[name][arity] = kind
}
