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
				return module(ns.Name)
			}
			return missing(args[0])
		}})
	}
	find("impl_for", func(lang.Value) lang.Value { return lang.Nil })
	find("impl_for!", func(v lang.Value) lang.Value { raiseProtocol(protocol, v); return lang.Nil })
}

// derive gives a struct the implementations that it asked for by @derive: that
// for Any, under its own name.
func (b *building) derive(p *runtime.Process) {
	if b.s.strct.IsNil() {
		return
	}
	for _, d := range flatDerives(b.attribute("derive")) {
		protocol, _ := lang.AtomName(d)
		from := p.W.FindNS(namespaceName(protocol) + ".Any")
		m := moduleOf(from)
		if m == nil {
			continue
		}
		ns := p.W.NS(namespaceName(protocol) + "." + namespaceName(b.name))
		p.W.Touch(ns)
		for _, name := range slices.Sorted(maps.Keys(from.Vars)) {
			ns.Intern(p.W, name).Bind(p, from.Vars[name].Root())
		}
		ns.Meta = lang.EmptyMap.Assoc(moduleKey, lang.Obj(m))
	}
}

// flatDerives gives the protocols in the values of @derive: names, tuples of a
// name and options, and lists of those.
func flatDerives(v lang.Value) []lang.Value {
	if isList(v) {
		var out []lang.Value
		for _, x := range lang.ToSlice(v) {
			out = append(out, flatDerives(x)...)
		}
		return out
	}
	if t, ok := v.Obj().(*lang.Vector); ok && t.Len() > 0 {
		return flatDerives(t.Nth(0))
	}
	if v.IsKeyword() {
		return []lang.Value{v}
	}
	return nil
}
