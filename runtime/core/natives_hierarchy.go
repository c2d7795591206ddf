package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// A hierarchy is a map of three: :parents, what each tag was derived from;
// :ancestors and :descendants, what follows from that. Each maps tags to sets.
// The global one is the root of the var clojure.core/global-hierarchy.

var hierarchyNatives = []*lang.Native{
	{Name: "clojure.core/make-hierarchy", Args: "[]", Pure: func([]lang.Value) lang.Value { return noHierarchy }, Doc: "A hierarchy in which nothing is derived."},
	{Name: "clojure.core/isa?", Min: 2, Max: 3, Deep: arg0 | arg1 | arg2, Args: "[child parent] [h child parent]", Doc: "Whether child equals parent or derives from it, by derive or as a class; of vectors, element by element. (isa? Long Number) ;=> true",
		Run: inHierarchy(2, func(h lang.Value, args []lang.Value) lang.Value {
			return lang.Bool(isa(h, args[0], args[1]))
		})},
	{Name: "clojure.core/parents", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "[tag] [h tag]", Doc: "The set of what tag derives from directly, nil if nothing.",
		Run: inHierarchy(1, func(h lang.Value, args []lang.Value) lang.Value { return setOrNil(parentsOf(h, args[0])) })},
	{Name: "clojure.core/ancestors", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "[tag] [h tag]", Doc: "The set of what tag derives from, directly or not, nil if nothing.",
		Run: inHierarchy(1, func(h lang.Value, args []lang.Value) lang.Value { return setOrNil(ancestorsOf(h, args[0])) })},
	{Name: "clojure.core/descendants", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "[tag] [h tag]", Doc: "The set of what derives from tag, directly or not, nil if nothing.",
		Run: inHierarchy(1, func(h lang.Value, args []lang.Value) lang.Value {
			if is[*lang.Class](args[0]) {
				lang.Raise(lang.UnsupportedOperationException, "Can't get descendants of classes")
			}
			return setOrNil(setIn(part(h, "descendants"), args[0]))
		})},
	{Name: "clojure.core/derive", Min: 2, Max: 3, Args: "[tag parent] [h tag parent]", Doc: "Has tag derive from parent, in the global hierarchy (both need a namespace, or tag may be a class), or in h, of which it gives the changed one.",
		Run: rederiving(derive, true)},
	{Name: "clojure.core/underive", Min: 2, Max: 3, Args: "[tag parent] [h tag parent]", Doc: "Undoes derive.",
		Run: rederiving(underive, false)},
}

var noHierarchy = lang.Obj(lang.NewMap(lang.K("parents"), lang.Obj(lang.EmptyMap), lang.K("descendants"), lang.Obj(lang.EmptyMap), lang.K("ancestors"), lang.Obj(lang.EmptyMap)))

func globalHierarchy(p *runtime.Process) *runtime.Var { return coreVar(p, "global-hierarchy") }

// inHierarchy makes a native of n arguments, with the hierarchy before them or
// else the global one.
func inHierarchy(n int, f func(h lang.Value, args []lang.Value) lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if len(args) > n {
			return f(args[0], args[1:])
		}
		return f(globalHierarchy(p).Root(), args)
	}
}

// rederiving makes a native that changes the hierarchy that it is given, or
// else the global one. With named, tags of the global one need a namespace.
func rederiving(f func(h, tag, parent lang.Value) lang.Value, named bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if len(args) == 3 {
			return f(args[0], args[1], args[2])
		}
		if named {
			insist(isIdent(args[1]) && spaceOf(args[1]) != "", "(namespace parent)")
			insist(is[*lang.Class](args[0]) || isIdent(args[0]) && spaceOf(args[0]) != "",
				"(or (class? tag) (and (instance? clojure.lang.Named tag) (namespace tag)))")
		}
		v := globalHierarchy(p)
		h := v.Root()
		if next := f(h, args[0], args[1]); !lang.Identical(next, h) {
			v.Bind(p, next)
		}
		return lang.Nil
	}
}

// insist raises what assert does.
func insist(ok bool, form string) {
	if !ok {
		lang.Raise(lang.AssertionError, "Assert failed: %s", form)
	}
}

// part gives one of the three maps of a hierarchy.
func part(h lang.Value, name string) lang.Value {
	m, _ := lang.Lookup(h, lang.K(name))
	return m
}

// setIn gives the set that a map has for k, the empty one if none.
func setIn(m, k lang.Value) *lang.Set {
	v, _ := lang.Lookup(m, k)
	if s, ok := v.Obj().(*lang.Set); ok {
		return s
	}
	return lang.EmptySet
}

func setOrNil(s *lang.Set) lang.Value {
	if s.Len() == 0 {
		return lang.Nil
	}
	return lang.Obj(s)
}

func union(a, b *lang.Set) *lang.Set {
	b.Each(func(x lang.Value) bool { a = a.Conj(x); return true })
	return a
}

// isa reports whether child equals parent or derives from it.
func isa(h, child, parent lang.Value) bool {
	if lang.Equal(child, parent) || setIn(part(h, "ancestors"), child).Has(parent) {
		return true
	}
	if c, ok := child.Obj().(*lang.Class); ok {
		if super, ok := parent.Obj().(*lang.Class); ok && lang.IsA(c, super) {
			return true
		}
		return superIsa(part(h, "ancestors"), c, parent)
	}
	a, ok := child.Obj().(*lang.Vector)
	b, also := parent.Obj().(*lang.Vector)
	if !ok || !also || a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !isa(h, a.Nth(i), b.Nth(i)) {
			return false
		}
	}
	return true
}

// superIsa reports whether a class from which c derives has parent among its ancestors.
func superIsa(ancestors lang.Value, c *lang.Class, parent lang.Value) bool {
	for _, s := range c.Supers {
		if setIn(ancestors, lang.Obj(s)).Has(parent) || superIsa(ancestors, s, parent) {
			return true
		}
	}
	return false
}

func parentsOf(h, tag lang.Value) *lang.Set {
	set := setIn(part(h, "parents"), tag)
	if c, ok := tag.Obj().(*lang.Class); ok {
		for _, s := range c.Supers {
			set = set.Conj(lang.Obj(s))
		}
	}
	return set
}

func ancestorsOf(h, tag lang.Value) *lang.Set {
	all := part(h, "ancestors")
	set := setIn(all, tag)
	if is[*lang.Class](tag) {
		if supers, ok := supersOf(tag).Obj().(*lang.Set); ok {
			set = union(supers, set)
			supers.Each(func(s lang.Value) bool { set = union(set, setIn(all, s)); return true })
		}
	}
	return set
}

// derive gives h with tag derived from parent.
func derive(h, tag, parent lang.Value) lang.Value {
	insist(!lang.Equal(tag, parent), "(not= tag parent)")
	insist(is[*lang.Class](tag) || isIdent(tag), "(or (class? tag) (instance? clojure.lang.Named tag))")
	insist(isIdent(parent), "(instance? clojure.lang.Named parent)")
	ps, ds, as := part(h, "parents"), part(h, "descendants"), part(h, "ancestors")
	switch {
	case setIn(ps, tag).Has(parent):
		return h
	case setIn(as, tag).Has(parent):
		lang.Raise(lang.ExceptionClass, "%s already has %s as ancestor", lang.DisplayString(tag), lang.DisplayString(parent))
	case setIn(as, parent).Has(tag):
		lang.Raise(lang.ExceptionClass, "Cyclic derivation: %s has %s as ancestor", lang.DisplayString(parent), lang.DisplayString(tag))
	}
	parents := tableOf(ps)
	return lang.Obj(lang.NewMap(
		lang.K("parents"), lang.Obj(parents.Assoc(tag, lang.Obj(setIn(ps, tag).Conj(parent)))),
		lang.K("ancestors"), lang.Obj(spread(as, tag, ds, parent)),
		lang.K("descendants"), lang.Obj(spread(ds, parent, as, tag))))
}

func tableOf(v lang.Value) *lang.Map { return object[*lang.Map](v, lang.IMapClass) }

// spread adds target, and what table has for it, to what table has for source
// and for each that linked has for source.
func spread(table lang.Value, source, linked, target lang.Value) *lang.Map {
	more := setIn(table, target).Conj(target)
	out := tableOf(table)
	setIn(linked, source).Conj(source).Each(func(k lang.Value) bool {
		out = out.Assoc(k, lang.Obj(union(setIn(table, k), more)))
		return true
	})
	return out
}

// underive gives h without tag derived from parent: what is left is derived anew.
func underive(h, tag, parent lang.Value) lang.Value {
	ps := part(h, "parents")
	if !setIn(ps, tag).Has(parent) {
		return h
	}
	next := noHierarchy
	tableOf(ps).Each(func(child, set lang.Value) bool {
		set.Obj().(*lang.Set).Each(func(above lang.Value) bool {
			if !lang.Equal(child, tag) || !lang.Equal(above, parent) {
				next = derive(next, child, above)
			}
			return true
		})
		return true
	})
	return next
}
