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
	{Name: "clojure.core/field*", Min: 2, Max: 2, Args: "[object i]", Run: fieldAt, Doc: "Field i of an instance of a program's own type."},
	{Name: "clojure.core/set-field*", Min: 3, Max: 3, Args: "[object i val]", Run: setFieldAt, Doc: "Sets the mutable field i, and gives val."},
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
	owner     runtime.ID // the process that has set a field; sharedOwner once another has too
}

// sharedOwner is the owner of an object whose fields several processes have set.
const sharedOwner = ^runtime.ID(0)

type instanceState struct {
	vals  []lang.Value
	owner runtime.ID
}

// Class gives the object's class.
func (x *Instance) Class() *lang.Class { return x.class }

// Save gives the fields.
func (x *Instance) Save() any { return instanceState{slices.Clone(x.vals), x.owner} }

// Restore puts them back.
func (x *Instance) Restore(s any) { st := s.(instanceState); x.vals, x.owner = st.vals, st.owner }

// Trace shows what the object holds.
func (x *Instance) Trace(visit func(lang.Value)) {
	for _, v := range x.vals {
		visit(v)
	}
	if x.methods != nil {
		visit(lang.Obj(x.methods))
	}
}

// OwnEqual gives the type's own equality, nil if it has none.
func (x *Instance) OwnEqual() lang.Value {
	if f := x.Method("equiv"); f.Truthy() {
		return f
	}
	return x.Method("equals")
}

// Hash gives the identity hash.
func (x *Instance) Hash() uint32 { return x.hash() }

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

// ownMethod gives the first of the named methods of the host's that a
// program's own type has, nil if it has none.
func ownMethod(w *runtime.World, v lang.Value, names ...string) lang.Value {
	switch x := v.Obj().(type) {
	case *Instance:
		for _, name := range names {
			if f := x.Method(name); !f.IsNil() {
				return f
			}
		}
	case *lang.Record:
		for _, name := range names {
			if f := typesOf(w).impls[implKey{x.Class(), nil, name}]; !f.IsNil() {
				return f
			}
		}
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
	t := typesOf(p.W)
	p.W.Touch(t)
	t.kinds[k.class] = k
	if ns := CurrentNS(p); ns != nil {
		p.W.Touch(ns)
		ns.Classes[short], ns.Classes[full] = k.class, k.class
	}
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
	id, space := p.NewID(), "user"
	if ns := CurrentNS(p); ns != nil { // an actor has none
		space = ns.Name
	}
	x := &Instance{id: id, types: typesOf(p.W), methods: object[*lang.Map](args[1], lang.IMapClass),
		class: &lang.Class{Name: lang.Munge(space) + "$reify__" + hex(uint32(id>>40)), Supers: []*lang.Class{lang.IObjClass}}}
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

// index gives the number of a field of an object with n, or raises.
func index(i lang.Value, n int) int {
	k := integer(i)
	if k < 0 || k >= int64(n) {
		outOfBounds()
	}
	return int(k)
}

// fieldAt reads a field. That is an operation where another process has set one.
func fieldAt(p *runtime.Process, args []lang.Value) lang.Value {
	if r, ok := args[0].Obj().(*lang.Record); ok {
		return r.Field(index(args[1], len(r.Type.Fields)))
	}
	x := object[*Instance](args[0], lang.ITypeClass)
	i := index(args[1], len(x.vals))
	if x.owner == 0 || x.owner == p.ID {
		return x.vals[i]
	}
	return p.Perform(x.effect(wordsReadField, i, runtime.Read, func(w *runtime.World, p *runtime.Process) lang.Value {
		w.Emit(runtime.Event{Kind: "read", Proc: p, Entity: x, Value: x.vals[i]})
		return x.vals[i]
	}))
}

// setFieldAt sets a field. That is an operation from the second process on that does.
func setFieldAt(p *runtime.Process, args []lang.Value) lang.Value {
	x, v := object[*Instance](args[0], lang.ITypeClass), args[2]
	i := index(args[1], len(x.vals))
	if x.owner == 0 || x.owner == p.ID {
		p.W.Touch(x)
		x.vals[i], x.owner = v, p.ID
		return v
	}
	return p.Perform(x.effect(wordsSetField, i, runtime.Write, func(w *runtime.World, p *runtime.Process) lang.Value {
		w.Touch(x)
		x.vals[i], x.owner = v, sharedOwner
		w.Emit(runtime.Event{Kind: "set", Proc: p, Entity: x, Value: v})
		return v
	}))
}

func (x *Instance) effect(words runtime.Wording, i int, m runtime.Mode, do func(*runtime.World, *runtime.Process) lang.Value) *runtime.Effect {
	return &runtime.Effect{Name: words, With: []any{x.fields[i].Name, x.Text()}, On: []runtime.Access{{Entity: x, Mode: m}}, Do: do}
}
