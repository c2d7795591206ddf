package core

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var recordNatives = []*lang.Native{
	{Name: "clojure.core/type-class*", Min: 3, Max: 3, Args: "[kind name fields]", Run: typeClass, Doc: "Makes the class of a type, :record or :type, with fields, and lets the current namespace know it by its short name."},
	{Name: "clojure.core/new-instance*", Min: 1, Max: -1, Args: "[class & vals]", Doc: "Makes an instance of a program's own type of the values of its fields.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return newInstance(p, object[*lang.Class](args[0], classOfClasses), args[1:])
		}},
	{Name: "clojure.core/reify*", Min: 2, Max: 2, Args: "[protocols methods]", Run: reify, Doc: "Makes an object of its own with a map from method names to functions."},
	{Name: "clojure.core/field*", Min: 2, Max: 2, Args: "[object i]", Doc: "Field i of an instance of a program's own type.",
		Pure: two(func(v, i lang.Value) lang.Value {
			if r, ok := v.Obj().(*lang.Record); ok {
				return r.Field(int(i.AsInt()))
			}
			return object[*Instance](v, lang.ITypeClass).vals[i.AsInt()]
		})},
	{Name: "clojure.core/set-field*", Min: 3, Max: 3, Args: "[object i val]", Doc: "Sets the mutable field i.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			x := object[*Instance](args[0], lang.ITypeClass)
			p.W.Touch(x)
			x.vals[args[1].AsInt()] = args[2]
			return args[2]
		}},
}

// Instance is an object of a type that deftype made, or one that reify made.
type Instance struct {
	runtime.Stamped
	id        runtime.ID
	class     *lang.Class
	types     *types
	fields    []*lang.Keyword
	vals      []lang.Value
	protocols []*Protocol // of a reified one
	methods   *lang.Map   // of a reified one, by name; nil for deftype
	meta      *lang.Map
}

// Class gives the object's class.
func (x *Instance) Class() *lang.Class { return x.class }

// Save gives the values of the fields.
func (x *Instance) Save() any { return slices.Clone(x.vals) }

// Restore puts them back.
func (x *Instance) Restore(s any) { x.vals = s.([]lang.Value) }

func (x *Instance) hash() uint32 { return uint32(x.id>>33) | 1<<24 }

// PrintTo prints the object by class and identity.
func (x *Instance) PrintTo(p *lang.Printer) {
	p.Object(x.class.Name, x.hash(), runtime.ObjectName(x.class.Name, x.hash()))
}

// Text gives the object as Java's toString does by default.
func (x *Instance) Text() string { return runtime.ObjectName(x.class.Name, x.hash()) }

// MetaMap gives the metadata.
func (x *Instance) MetaMap() *lang.Map { return x.meta }

// WithMetaMap gives a reified object with other metadata.
func (x *Instance) WithMetaMap(m *lang.Map) lang.Value {
	if x.methods == nil {
		panic(lang.CastError(lang.Obj(x), lang.IObjClass))
	}
	n := *x
	n.meta = m
	return lang.Obj(&n)
}

// reifies reports whether the object was made by reify for a protocol.
func (x *Instance) reifies(protocol *Protocol) bool { return slices.Contains(x.protocols, protocol) }

// own gives the method of a reified object, nil if none.
func (x *Instance) own(name string) lang.Value {
	if x.methods == nil {
		return lang.Nil
	}
	return x.methods.GetKw(lang.InternKeyword("", name))
}

// Method gives the object's method of a name that is not a protocol's:
// toString, deref, run; nil if it has none.
func (x *Instance) Method(name string) lang.Value {
	if f := x.own(name); !f.IsNil() {
		return f
	}
	f, _ := x.types.find(x.class, nil, name)
	return f
}

// ownMethod gives what a program's own type has in place of a method of the
// host's, nil if nothing.
func ownMethod(w *runtime.World, v lang.Value, name string) lang.Value {
	switch x := v.Obj().(type) {
	case *Instance:
		return x.Method(name)
	case *lang.Record:
		f := typesOf(w).impls[implKey{x.Class(), nil, name}]
		return f
	}
	return lang.Nil
}

// Invoke calls the object's own invoke.
func (x *Instance) Invoke(p *runtime.Process, args []lang.Value) lang.Value {
	f := x.Method("invoke")
	if f.IsNil() {
		panic(lang.CastError(lang.Obj(x), lang.IFnClass))
	}
	return p.TailCall(f, append([]lang.Value{lang.Obj(x)}, args...)...)
}

func typeClass(p *runtime.Process, args []lang.Value) lang.Value {
	full := nameOf(args[1])
	short := full[strings.LastIndexByte(full, '.')+1:]
	k := &kind{}
	for _, f := range elements(args[2]) {
		kw, _ := f.AsKeyword()
		k.fields = append(k.fields, kw)
	}
	if args[0] == lang.K("record") {
		k.class = &lang.Class{Name: full, Supers: []*lang.Class{lang.IRecordClass, lang.IMapClass, lang.IObjClass, lang.JavaMapClass}}
		k.record = &lang.RecordType{Class: k.class, Fields: k.fields}
	} else {
		k.class = &lang.Class{Name: full, Supers: []*lang.Class{lang.ITypeClass}}
	}
	t, ns := typesOf(p.W), CurrentNS(p)
	p.W.Touch(t)
	p.W.Touch(ns)
	t.kinds[k.class] = k
	ns.Classes[short], ns.Classes[full] = k.class, k.class
	return lang.Obj(k.class)
}

func newInstance(p *runtime.Process, c *lang.Class, vals []lang.Value) lang.Value {
	t := typesOf(p.W)
	k := t.kinds[c]
	if k == nil {
		return p.TailCall(Constructor(c), vals...)
	}
	if len(vals) != len(k.fields) {
		lang.Raise(lang.IllegalArgumentException, "No matching ctor found for class %s", c.Name)
	}
	if k.record != nil {
		return lang.Obj(lang.NewRecord(k.record, vals))
	}
	return lang.Obj(&Instance{id: p.NewID(), class: c, types: t, fields: k.fields, vals: slices.Clone(vals)})
}

func reify(p *runtime.Process, args []lang.Value) lang.Value {
	id := p.NewID()
	x := &Instance{id: id, types: typesOf(p.W), methods: object[*lang.Map](args[1], lang.IMapClass),
		class: &lang.Class{Name: lang.Munge(CurrentNS(p).Name) + "$reify__" + hex(uint32(id>>40)), Supers: []*lang.Class{lang.IObjClass}}}
	for _, v := range elements(args[0]) {
		switch q := v.Obj().(type) {
		case *Protocol:
			x.protocols = append(x.protocols, q)
		case *lang.Class:
			x.class.Supers = append(x.class.Supers, q)
		}
	}
	return lang.Obj(x)
}
