package core

import (
	"maps"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var protocolNatives = []*lang.Native{
	{Name: "clojure.core/protocol*", Min: 4, Max: 4, Args: "[name doc sigs extend-via-metadata?]", Doc: "A protocol of a name and its methods' signatures. defprotocol makes one.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			name := args[0].Obj().(*lang.Symbol)
			class := &lang.Class{Name: lang.Munge(name.NS) + "." + lang.Munge(name.Name), Supers: []*lang.Class{lang.ObjectClass}, Iface: true}
			return lang.Obj(&Protocol{name: name.String(), class: class, doc: args[1], sigs: args[2], viaMeta: args[3].Truthy()})
		}},
	{Name: "clojure.core/protocol-fn*", Min: 2, Max: 2, Args: "[protocol method]", Doc: "The function that calls a protocol's method of its first argument.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(&ProtocolFn{protocol: protocolOf(args[0]), method: nameOf(args[1])})
		}},
	{Name: "clojure.core/extend*", Min: 3, Max: 3, Args: "[type protocol methods]", Run: extend, Doc: "Has a class, or nil, implement a protocol or interface by a map from method names to functions."},
	{Name: "clojure.core/satisfies?", Min: 2, Max: 2, Args: "[protocol x]", Doc: "Whether the type of x implements protocol.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			proto := protocolOf(args[0])
			if x, ok := args[1].Obj().(*Instance); ok && x.reifies(proto) {
				return lang.True
			}
			_, ok := typesOf(p.W).find(lang.ClassOf(args[1]), proto, "")
			return lang.Bool(ok)
		}},
	{Name: "clojure.core/extends?", Min: 2, Max: 2, Args: "[protocol atype]", Doc: "Whether atype itself was made to implement protocol.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			_, ok := typesOf(p.W).impls[implKey{classOrNil(args[1]), protocolOf(args[0]), ""}]
			return lang.Bool(ok)
		}},
	{Name: "clojure.core/extenders", Min: 1, Max: 1, Args: "[protocol]", Doc: "The types that were made to implement protocol.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s, _ := lang.SeqOf(lang.ListOf(typesOf(p.W).order[protocolOf(args[0])]...))
			return s
		}},
}

// Protocol is what defprotocol makes.
type Protocol struct {
	name      string // ns/name
	class     *lang.Class
	doc, sigs lang.Value
	viaMeta   bool // values may bring methods in their metadata
}

// Class gives the class of protocols, which in Clojure are maps.
func (x *Protocol) Class() *lang.Class { return lang.ArrayMapClass }

// PrintTo prints the protocol by name.
func (x *Protocol) PrintTo(p *lang.Printer) {
	p.Then("{:on ", lang.Sym(x.class.Name), ", :var #'"+x.name+", :sigs ", x.sigs, "}")
}

func protocolOf(v lang.Value) *Protocol {
	x, ok := v.Obj().(*Protocol)
	if !ok {
		lang.Raise(lang.IllegalArgumentException, "%s is not a protocol", lang.PrString(v))
	}
	return x
}

// implKey says what an implementation is of. Methods of the host's classes
// and interfaces have no protocol. The empty method stands for the fact that
// the class implements the protocol.
type implKey struct {
	class    *lang.Class
	protocol *Protocol
	method   string
}

// types holds what a world's program has defined of types.
type types struct {
	runtime.Stamped
	impls map[implKey]lang.Value
	order map[*Protocol][]lang.Value // the types that implement each, in the order in which they were made to
	kinds map[*lang.Class]*kind
	gen   uint64 // grows with each change, and each undoing of one
}

// kind is a type that defrecord or deftype made.
type kind struct {
	class  *lang.Class
	fields []*lang.Keyword
	record *lang.RecordType // nil for deftype
}

type typesState struct {
	impls map[implKey]lang.Value
	order map[*Protocol][]lang.Value
	kinds map[*lang.Class]*kind
}

// Save copies the tables.
func (t *types) Save() any {
	return typesState{maps.Clone(t.impls), maps.Clone(t.order), maps.Clone(t.kinds)}
}

// Restore puts the tables back.
func (t *types) Restore(s any) {
	st := s.(typesState)
	t.impls, t.order, t.kinds = st.impls, st.order, st.kinds
	t.gen++
}

type typesKey struct{}

func typesOf(w *runtime.World) *types {
	return keep(w, typesKey{}, func() *types {
		return &types{impls: map[implKey]lang.Value{}, order: map[*Protocol][]lang.Value{}, kinds: map[*lang.Class]*kind{}}
	})
}

// find gives the implementation of a method for instances of a class: its
// own, or that of the nearest class from which it derives; of Object's last.
func (t *types) find(c *lang.Class, protocol *Protocol, method string) (lang.Value, bool) {
	if c == nil {
		f, ok := t.impls[implKey{nil, protocol, method}]
		return f, ok
	}
	if f, ok := t.above(c, protocol, method); ok {
		return f, true
	}
	f, ok := t.impls[implKey{lang.ObjectClass, protocol, method}]
	return f, ok
}

func (t *types) above(c *lang.Class, protocol *Protocol, method string) (lang.Value, bool) {
	if c == lang.ObjectClass {
		return lang.Nil, false
	}
	if f, ok := t.impls[implKey{c, protocol, method}]; ok {
		return f, true
	}
	for _, s := range c.Supers {
		if f, ok := t.above(s, protocol, method); ok {
			return f, true
		}
	}
	return lang.Nil, false
}

func classOrNil(v lang.Value) *lang.Class {
	if v.IsNil() {
		return nil
	}
	return object[*lang.Class](v, classOfClasses)
}

func extend(p *runtime.Process, args []lang.Value) lang.Value {
	class, t := classOrNil(args[0]), typesOf(p.W)
	p.W.Touch(t)
	t.gen++
	protocol, _ := args[1].Obj().(*Protocol)
	if protocol == nil {
		host := object[*lang.Class](args[1], classOfClasses)
		if class != nil && t.kinds[class] != nil && !lang.IsA(class, host) {
			class.Supers = append(class.Supers, host)
		}
	} else {
		key := implKey{class, protocol, ""}
		if _, again := t.impls[key]; !again {
			t.order[protocol] = append(t.order[protocol][:len(t.order[protocol]):len(t.order[protocol])], args[0])
		}
		t.impls[key] = lang.True
	}
	if args[2].IsNil() {
		return lang.Nil
	}
	object[*lang.Map](args[2], lang.IMapClass).Each(func(k, f lang.Value) bool {
		t.impls[implKey{class, protocol, nameOf(k)}] = f
		if t.kinds[class] != nil { // (.method object) finds it too
			t.impls[implKey{class, nil, nameOf(k)}] = f
		}
		return true
	})
	return lang.Nil
}

// ProtocolFn is the function of a protocol's method: it calls the one that
// the type of its first argument has.
type ProtocolFn struct {
	protocol *Protocol
	method   string
	gen      uint64
	cache    map[*lang.Class]lang.Value // as of gen
}

// Class gives the class of such functions.
func (f *ProtocolFn) Class() *lang.Class { return lang.FunctionClass(f.protocol.name + "/" + f.method) }

// PrintTo prints the function as an object.
func (f *ProtocolFn) PrintTo(p *lang.Printer) {
	h := lang.HashCode(lang.Str(f.protocol.name + f.method))
	p.Object(f.Class().Name, h, runtime.ObjectName(f.Class().Name, h))
}

// Invoke calls the method.
func (f *ProtocolFn) Invoke(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		lang.Raise(lang.ArityException, "Wrong number of args (0) passed to: %s", f.method)
	}
	return p.TailCall(f.choose(p.W, args[0]), args...)
}

func (f *ProtocolFn) choose(w *runtime.World, v lang.Value) lang.Value {
	if x, ok := v.Obj().(*Instance); ok && x.reifies(f.protocol) {
		if m := x.own(f.method); !m.IsNil() {
			return m
		}
	}
	if f.protocol.viaMeta {
		if m := metaOf(v); m != nil {
			ns, _ := splitName(f.protocol.name)
			if g, ok := m.Get(lang.Obj(lang.NewSymbol(ns, f.method))); ok {
				return g
			}
		}
	}
	t, c := typesOf(w), lang.ClassOf(v)
	if f.gen != t.gen || f.cache == nil {
		f.gen, f.cache = t.gen, map[*lang.Class]lang.Value{}
	}
	if g, ok := f.cache[c]; ok {
		return g
	}
	g, ok := t.find(c, f.protocol, f.method)
	if !ok {
		name := "nil"
		if c != nil {
			name = c.Name
		}
		lang.Raise(lang.IllegalArgumentException, "No implementation of method: :%s of protocol: #'%s found for class: %s", f.method, f.protocol.name, name)
	}
	f.cache[c] = g
	return g
}
