package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
)

// derived makes the document of a struct whose module derives Inspect with
// only some of its fields, #Name<a: 1, ...>; nil for other structs.
func (in *inspector) derived(m *lang.Map, name string, fields []string, limit int) doc {
	if in.w == nil {
		return nil
	}
	mod := moduleOf(in.w.FindNS(name))
	if mod == nil {
		return nil
	}
	derive, _ := mod.Attrs.Get(lang.K("derive"))
	opts, ok := deriveOptions(derive)
	if !ok {
		return nil
	}
	only, except := option(opts, "only", lang.Nil), option(opts, "except", emptyList)
	var entries []lang.Value
	for _, f := range fields {
		v, has := m.Get(lang.K(f))
		if has && (only.IsNil() || hasAtom(only, f)) && !hasAtom(except, f) {
			entries = append(entries, lang.Vec(lang.K(f), v))
		}
	}
	if len(entries) == len(fields) {
		return nil
	}
	shown := append(in.each(lang.ListOf(entries...), limit, in.keyword), text("..."))
	return container(in.color(text("#"+name+"<"), "map"), shown, in.color(text(">"), "map"), in.color(text(","), "map"), breakStrict)
}

// deriveOptions gives the options in {Inspect, options} among the values of @derive.
func deriveOptions(v lang.Value) (opts lang.Value, ok bool) {
	if t, isTuple := v.Obj().(*lang.Vector); isTuple && t.Len() == 2 && isModule(t.Nth(0), "Inspect") {
		return t.Nth(1), true
	}
	if isList(v) {
		lang.Iterate(v, func(x lang.Value) bool {
			opts, ok = deriveOptions(x)
			return !ok
		})
	}
	return opts, ok
}

// hasAtom reports whether a list has the atom of a name.
func hasAtom(v lang.Value, name string) bool {
	return isList(v) && slices.ContainsFunc(lang.ToSlice(v), func(x lang.Value) bool { return x == lang.K(name) })
}
