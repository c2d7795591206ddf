package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
)

var metaNatives = []*lang.Native{
	{Name: "clojure.core/meta", Min: 1, Max: 1, Args: "[obj]", Doc: "The metadata of obj, nil if it has none. (meta ^:a []) ;=> {:a true}",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if v, ok := args[0].Obj().(*runtime.Var); ok {
				return lang.Obj(varMeta(p.W, v))
			}
			return metaValue(metaOf(args[0]))
		}},
	{Name: "clojure.core/with-meta", Min: 2, Max: 2, Args: "[obj m]", Doc: "obj with m as its metadata.",
		Pure: two(func(v, m lang.Value) lang.Value { return lang.WithMeta(v, metaMap(m)) })},
	{Name: "clojure.core/vary-meta", Min: 2, Max: -1, Args: "[obj f & args]", Run: varyMeta, Doc: "obj with (f its-metadata args...) as its metadata."},
	{Name: "clojure.core/alter-meta!", Min: 2, Max: -1, Args: "[iref f & args]", Run: alterMeta, Doc: "Sets the metadata of a var, atom or namespace to (f its-metadata args...)."},
	{Name: "clojure.core/reset-meta!", Min: 2, Max: 2, Args: "[iref metadata-map]", Doc: "Sets the metadata of a var, atom or namespace.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			setMeta(p.W, args[0], metaMap(args[1]))
			return args[1]
		}},
}

// metaHolder is implemented by entities with metadata.
type metaHolder interface {
	MetaMap() *lang.Map
	SetMetaMap(w *runtime.World, m *lang.Map)
}

// metaOf gives the metadata of v, nil if it has none. That of a list as it was
// read is its place.
func metaOf(v lang.Value) *lang.Map {
	switch x := v.Obj().(type) {
	case metaHolder:
		return x.MetaMap()
	case *runtime.Namespace:
		return x.Meta
	case *lang.Exception:
		return nil
	case *lang.List:
		if x.Meta == nil && x.Pos.IsValid() {
			return clojure.PosMeta(x.Pos)
		}
	}
	return lang.MetaOf(v)
}

func metaValue(m *lang.Map) lang.Value {
	if m == nil {
		return lang.Nil
	}
	return lang.Obj(m)
}

func metaMap(v lang.Value) *lang.Map {
	if v.IsNil() {
		return nil
	}
	return object[*lang.Map](v, lang.IMapClass)
}

var withMetaKont = &runtime.Kont{Name: "vary-meta", Return: func(_ *runtime.Process, obj any, m lang.Value) lang.Value {
	return lang.WithMeta(obj.(lang.Value), metaMap(m))
}}

func varyMeta(p *runtime.Process, args []lang.Value) lang.Value {
	callArgs := append([]lang.Value{metaValue(metaOf(args[0]))}, args[2:]...)
	return p.Call(withMetaKont, args[0], args[1], callArgs...)
}

var setMetaKont = &runtime.Kont{Name: "alter-meta!", Return: func(p *runtime.Process, obj any, m lang.Value) lang.Value {
	setMeta(p.W, obj.(lang.Value), metaMap(m))
	return m
}}

func alterMeta(p *runtime.Process, args []lang.Value) lang.Value {
	m := metaValue(metaOf(args[0]))
	if v, ok := args[0].Obj().(*runtime.Var); ok {
		m = lang.Obj(varMeta(p.W, v))
	}
	return p.Call(setMetaKont, args[0], args[1], append([]lang.Value{m}, args[2:]...)...)
}

func setMeta(w *runtime.World, obj lang.Value, m *lang.Map) {
	switch x := obj.Obj().(type) {
	case *runtime.Var:
		if m == nil {
			m = lang.EmptyMap
		}
		x.SetMeta(w, m.Dissoc(lang.K("ns")).Dissoc(lang.K("name")))
	case *runtime.Namespace:
		w.Touch(x)
		x.Meta = m
	case metaHolder:
		x.SetMetaMap(w, m)
	default:
		panic(lang.CastError(obj, lang.IRefClass))
	}
}

// varMeta gives the metadata of a var as Clojure shows it: with its name and
// namespace, and for the library's own, arglists and docs.
func varMeta(w *runtime.World, v *runtime.Var) *lang.Map {
	v.Loaded()
	m := v.Meta()
	if m == nil {
		m = lang.EmptyMap
	}
	if n, ok := v.Root().Obj().(*lang.Native); ok && v.NS.Library != nil {
		m = m.Assoc(lang.K("arglists"), arglists(n)).Assoc(lang.K("doc"), lang.Str(n.Doc))
	}
	if v.IsMacro() {
		m = m.Assoc(lang.K("macro"), lang.True)
	}
	if v.IsDynamic() {
		m = m.Assoc(lang.K("dynamic"), lang.True)
	}
	if v.IsPrivate() {
		m = m.Assoc(lang.K("private"), lang.True)
	}
	return m.Assoc(lang.K("name"), lang.Sym(v.Name)).Assoc(lang.K("ns"), lang.Obj(v.NS))
}

// arglists gives the arglists of a native as data.
func arglists(n *lang.Native) lang.Value {
	forms, err := readAll("("+n.Args+")", nil)
	if err != nil || len(forms) == 0 {
		return lang.Nil
	}
	return forms[0]
}
