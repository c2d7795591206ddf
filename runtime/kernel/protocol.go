package kernel

import (
	"maps"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// implementing gives the namespace of a protocol's implementation for v, nil if
// there is none.
func implementing(w *runtime.World, protocol string, v lang.Value) *runtime.Namespace {
	names := []string{typeName(v)}
	if k, _ := structOf(v); k == nil || fallsBack(w, protocol) {
		names = append(names, "Any")
	}
	for _, t := range names {
		if t == "Any" && !fallsBack(w, protocol) {
			continue
		}
		if n := w.FindNS(protocol + "." + t); n != nil && (n.Library != nil || moduleOf(n) != nil) {
			return n
		}
	}
	return nil
}

// fallsBack reports whether a protocol takes the implementation for Any where
// there is no other.
func fallsBack(w *runtime.World, protocol string) bool {
	m := moduleOf(w.FindNS(protocol))
	if m == nil {
		return false
	}
	v, _ := m.Attrs.Get(lang.K("fallback_to_any"))
	return v.Truthy()
}

// protocolFunction makes a function of a protocol: it calls that of the
// implementation for its first argument.
func protocolFunction(protocol, name string) lang.Value {
	return lang.Obj(&lang.Native{Name: protocol + "/" + name, Min: 1, Max: -1, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		ns := implementing(p.W, protocol, args[0])
		if ns == nil {
			raiseProtocol(protocol, args[0])
		}
		f := ns.Var(name)
		if f == nil {
			lang.RaiseCall(lang.K("undef"), module(ns.Name), name, args...)
		}
		return p.TailCall(lang.Obj(f), append([]lang.Value(nil), args...)...)
	}})
}

// implementationName gives the atom of the module that a namespace of an
// implementation is: that for Any, where a struct derives it.
func implementationName(ns *runtime.Namespace) lang.Value {
	if m := moduleOf(ns); m != nil {
		return lang.K(m.Name)
	}
	return module(ns.Name)
}

// dispatch has the functions that a protocol names call its implementations.
func (b *building) dispatch() {
	b.w.Touch(b)
	for _, name := range [...]string{"impl_for", "impl_for!", "__protocol__"} {
		b.s.kinds = b.s.kinds.Assoc(signature(name, 1), lang.Str("def"))
	}
}

// protocolFunctions gives the functions of a protocol by name.
func (b *building) protocolFunctions(fresh map[string]lang.Value) {
	protocol := namespaceName(b.name)
	for _, d := range b.s.defs {
		if d.head {
			fresh[d.name] = protocolFunction(protocol, d.name)
		}
	}
	find := func(name string, missing func(v lang.Value) lang.Value) {
		fresh[name] = lang.Obj(&lang.Native{Name: protocol + "/" + name, Min: 1, Max: 1, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if ns := implementing(p.W, protocol, args[0]); ns != nil {
				return implementationName(ns)
			}
			return missing(args[0])
		}})
	}
	find("impl_for", func(lang.Value) lang.Value { return lang.Nil })
	find("impl_for!", func(v lang.Value) lang.Value { raiseProtocol(protocol, v); return lang.Nil })
}

// aboutProtocol answers __protocol__ for a topic.
func (b *building) aboutProtocol(topic lang.Value) lang.Value {
	switch name, _ := lang.AtomName(topic); name {
	case "module":
		return lang.K(b.name)
	case "functions":
		var out []lang.Value
		for _, d := range b.s.defs {
			if d.head {
				out = append(out, lang.Vec(lang.K(d.name), lang.Int(int64(d.arity))))
			}
		}
		return lang.ListOf(out...)
	case "consolidated?":
		return lang.False
	case "impls":
		return lang.K("not_consolidated")
	}
	raiseClause()
	return lang.Nil
}

// derivation is an implementation that a struct asks for by @derive.
type derivation struct {
	protocol string // its atom's name
	options  lang.Value
}

// any gives the protocol's implementation for Any.
func (d derivation) any(w *runtime.World) *runtime.Namespace {
	return w.FindNS(namespaceName(d.protocol) + ".Any")
}

// derivations gives what @derive asks for, in the order of its lines. Inspect
// reads the attribute itself.
func (b *building) derivations() []derivation {
	if b.s.strct.IsNil() {
		return nil
	}
	return derivationsIn(b.attribute("derive"))
}

// derivationsIn gives those in a value of @derive: names, tuples of a name and
// options, and lists of those.
func derivationsIn(v lang.Value) []derivation {
	if isList(v) {
		var out []derivation
		for _, x := range slices.Backward(lang.ToSlice(v)) {
			out = append(out, derivationsIn(x)...)
		}
		return out
	}
	d := derivation{options: emptyList}
	if t, ok := v.Obj().(*lang.Vector); ok && t.Len() == 2 {
		v, d.options = t.Nth(0), t.Nth(1)
	}
	name, ok := lang.AtomName(v)
	if !ok || isModule(v, "Inspect") {
		return nil
	}
	d.protocol = name
	return []derivation{d}
}

// checkDerivations raises for a protocol that cannot be derived.
func (b *building) checkDerivations() {
	for _, d := range b.derivations() {
		name := namespaceName(d.protocol)
		if b.w.FindNS(name) == nil {
			argumentError("could not load module " + name + " due to reason :nofile")
		}
		if moduleOf(d.any(b.w)) == nil {
			argumentError("could not load module " + name + ".Any due to reason :nofile, cannot derive " + name + " for " + namespaceName(b.name))
		}
	}
}

// deriving is a module of a struct that is there but for the implementations
// that are still to be derived.
type deriving struct {
	making
	todo []derivation
}

var (
	derivedFormKont = &runtime.Kont{Name: "defmodule"}
	derivedKont     = &runtime.Kont{Name: "defmodule"}
)

func init() { // these call each other through the machine
	derivedFormKont.Return = func(p *runtime.Process, state any, form lang.Value) lang.Value {
		d := state.(deriving)
		return evalThen(p, []lang.Value{form}, d.env, derivedKont, d)
	}
	derivedKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value { return state.(deriving).next(p) }
}

// next derives one implementation after the other, and then gives what
// defmodule gives. One is made by the macro __deriving__ of the
// implementation for Any, or else is that implementation itself.
func (d deriving) next(p *runtime.Process) lang.Value {
	for len(d.todo) > 0 {
		one := d.todo[0]
		d.todo = d.todo[1:]
		atom := "Elixir." + one.any(p.W).Name
		if macro := resolverOf(p).Macro(atom, "__deriving__", 3); !macro.IsNil() {
			env := d.env.Struct(0)
			return p.Call(derivedFormKont, d, macro, env, lang.K(d.b.name), d.b.s.strct, one.options)
		}
		shareAny(p, one, namespaceName(d.b.name))
	}
	return lang.Vec(lang.K("module"), lang.K(d.b.name), lang.Str(noBytecode), d.val)
}

// shareAny gives a struct the implementation for Any under its own name.
func shareAny(p *runtime.Process, d derivation, name string) {
	from := d.any(p.W)
	ns := p.W.NS(namespaceName(d.protocol) + "." + name)
	p.W.Touch(ns)
	for _, name := range slices.Sorted(maps.Keys(from.Vars)) {
		ns.Intern(p.W, name).Bind(p, from.Vars[name].Root())
	}
	ns.Meta = lang.EmptyMap.Assoc(moduleKey, lang.Obj(moduleOf(from)))
}

// protocolNatives are what Protocol cannot say in the language itself.
func protocolNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Protocol/__share__", Min: 2, Max: 2, Args: "protocol, module", Doc: "Gives a struct the implementation of a protocol for Any.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				protocol, _ := lang.AtomName(args[0])
				name, _ := lang.AtomName(args[1])
				shareAny(p, derivation{protocol: protocol}, namespaceName(name))
				return okAtom
			}},
	}
}
