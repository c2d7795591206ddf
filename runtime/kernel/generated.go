package kernel

import (
	"maps"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// addGenerated adds to a module's functions those that it did not write itself.
func (b *building) addGenerated(m *Module, fresh map[string]lang.Value) {
	space := namespaceName(b.name)
	add := func(name string, min, max int, f run) {
		if fresh[name].IsNil() {
			fresh[name] = lang.Obj(&lang.Native{Name: space + "/" + name, Min: min, Max: max, Run: f})
			for n := min; n <= max; n++ {
				m.note(name, n, "def")
			}
		}
	}
	add("__info__", 1, 1, func(_ *runtime.Process, args []lang.Value) lang.Value { return m.about(args[0]) })
	add("module_info", 0, 1, func(_ *runtime.Process, args []lang.Value) lang.Value {
		return m.about(optional(args, 0, lang.K("functions")))
	})
	if !b.s.strct.IsNil() {
		enforced := b.s.enforced
		add("__struct__", 0, 1, func(p *runtime.Process, args []lang.Value) lang.Value {
			if len(args) == 0 {
				return m.Struct
			}
			return newFrom(m, enforced, args[0])
		})
	}
	if b.s.exception {
		overridable := func(name string, f run) {
			add(name, 1, 1, f)
			super := elixir.VarName("defp", elixir.SuperName(name), 1)
			fresh[super] = lang.Obj(&lang.Native{Name: space + "/" + super, Min: 1, Max: 1, Run: f})
		}
		overridable("exception", func(_ *runtime.Process, args []lang.Value) lang.Value { return makeException(m.Struct, args[0]) })
		overridable("message", func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Str(plainText(p.W, field(args[0], "message")))
		})
	}
	switch b.kind {
	case "defprotocol":
		b.protocolFunctions(fresh)
		for _, d := range b.s.defs {
			m.note(d.name, d.arity, "def")
		}
		add("__protocol__", 1, 1, func(_ *runtime.Process, args []lang.Value) lang.Value { return b.aboutProtocol(args[0]) })
		m.note("impl_for", 1, "def")
		m.note("impl_for!", 1, "def")
	case "defimpl":
		protocol, target := b.attribute("protocol"), b.attribute("for")
		add("__impl__", 1, 1, func(_ *runtime.Process, args []lang.Value) lang.Value {
			switch args[0] {
			case lang.K("protocol"):
				return protocol
			case lang.K("for"):
				return target
			}
			return lang.K(m.Name)
		})
	}
}

// newFrom makes a struct of a keyword list or map of fields, which must be
// its own.
func newFrom(m *Module, enforced []lang.Value, fields lang.Value) lang.Value {
	out := m.Struct.Obj().(*lang.Map)
	given := lang.EmptyErlangMap
	eachPair(fields, func(k, v lang.Value) {
		if _, ok := out.Get(k); !ok {
			raiseKey(m.Struct, k)
		}
		out, given = out.Assoc(k, v), given.Assoc(k, lang.True)
	})
	var missing []lang.Value
	for _, k := range enforced {
		if _, ok := given.Get(k); !ok {
			missing = append(missing, k)
		}
	}
	if len(missing) > 0 {
		argumentError("the following keys must also be given when building struct " + lang.Inspect(lang.K(m.Name)) + ": " + lang.Inspect(lang.ListOf(missing...)))
	}
	return lang.Obj(out)
}

// eachPair calls f for the entries of a map or of a list of pairs.
func eachPair(v lang.Value, f func(k, v lang.Value)) {
	if m, ok := v.Obj().(*lang.Map); ok {
		m.Each(func(k, v lang.Value) bool { f(k, v); return true })
		return
	}
	for _, e := range lang.ToSlice(v) {
		t := pairOf(e)
		f(t.Nth(0), t.Nth(1))
	}
}

// about answers __info__ for a topic.
func (m *Module) about(topic lang.Value) lang.Value {
	name, _ := lang.AtomName(topic)
	switch name {
	case "module":
		return lang.K(m.Name)
	case "functions", "exports":
		return m.list("def")
	case "macros":
		return m.list("defmacro")
	case "struct":
		return m.Struct
	case "attributes":
		var out []lang.Value
		m.Attrs.Each(func(k, v lang.Value) bool { out = append(out, lang.Vec(k, v)); return true })
		return lang.ListOf(out...)
	}
	return emptyList
}

// list gives the definitions of a kind as a keyword list of numbers of arguments.
func (m *Module) list(kind string) lang.Value {
	var out []lang.Value
	for _, name := range slices.Sorted(maps.Keys(m.Kinds)) {
		if name == "__info__" || name == "module_info" {
			continue
		}
		for _, n := range slices.Sorted(maps.Keys(m.Kinds[name])) {
			if m.Kinds[name][n] == kind {
				out = append(out, lang.Vec(lang.K(name), lang.Int(int64(n))))
			}
		}
	}
	return lang.ListOf(out...)
}
