package core

import (
	"maps"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var protocolNatives = []*lang.Native{
	{Name: "clojure.core/protocol*", Min: 4, Max: 4, Args: "[name doc sigs extend-via-metadata?]", Doc: "A protocol of a name and its methods' signatures. defprotocol makes one.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			name := object[*lang.Symbol](args[0], lang.SymbolClass)
			class := &lang.Class{Name: lang.Munge(name.NS) + "." + lang.Munge(name.Name), Supers: []*lang.Class{lang.ObjectClass}, Iface: true}
			return lang.Obj(&Protocol{ns: p.W.NS(name.NS), name: name, class: class, doc: args[1], sigs: args[2], viaMeta: args[3].Truthy()})
		}},
	{Name: "clojure.core/protocol-fn*", Min: 2, Max: 2, Args: "[protocol method]", Doc: "The function that calls a protocol's method of its first argument.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(newProtocolFn(typesOf(p.W), protocolOf(args[0]), args[1]))
		}},
	{Name: "clojure.core/extend*", Min: 3, Max: 4, Args: "[type protocol methods] [type protocol methods inline?]", Run: extend, Doc: "Has a class, or nil, implement a protocol or interface by a map from method names to functions; inline?: as a part of the type's own definition."},
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
	{Name: "clojure.core/extenders", Min: 1, Max: 1, Args: "[protocol]", Doc: "The types that were made to implement protocol outside of their own definitions.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s, _ := lang.SeqOf(lang.ListOf(typesOf(p.W).order[protocolOf(args[0])]...))
			return s
		}},
}

// Protocol is what defprotocol makes.
type Protocol struct {
	ns        *runtime.Namespace
	name      *lang.Symbol // with its namespace
	class     *lang.Class
	doc, sigs lang.Value
	viaMeta   bool // values may bring methods in their metadata
}

// Class gives the class of protocols, which in Clojure are maps.
func (x *Protocol) Class() *lang.Class { return lang.ArrayMapClass }

// Lookup gives an entry of the map that a protocol is in Clojure.
func (x *Protocol) Lookup(k lang.Value) (lang.Value, bool) { return x.data().Get(k) }

// PrintTo prints the protocol as the map that it is in Clojure.
func (x *Protocol) PrintTo(p *lang.Printer) { p.Then(lang.Obj(x.data())) }

func (x *Protocol) data() *lang.Map {
	m := lang.NewMap(lang.K("on"), lang.Sym(x.class.Name), lang.K("on-interface"), lang.Obj(x.class), lang.K("sigs"), x.sigs)
	if v := x.ns.Var(x.name.Name); v != nil {
		m = m.Assoc(lang.K("var"), lang.Obj(v))
	}
	if !x.doc.IsNil() {
		m = m.Assoc(lang.K("doc"), x.doc)
	}
	return m
}

func protocolOf(v lang.Value) *Protocol {
	x, ok := v.Obj().(*Protocol)
	if !ok {
		notAProtocol(v)
	}
	return x
}

func notAProtocol(v lang.Value) {
	lang.Raise(lang.IllegalArgumentException, "%s is not a protocol", lang.String(v))
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
	order map[*Protocol][]lang.Value // the types that were extended to each, in order of time
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

// find gives the implementation of a method for instances of a class, as
// Clojure finds it: that of the class or of its nearest superclass, else of
// the most special interface, else of Object.
func (t *types) find(c *lang.Class, protocol *Protocol, method string) (lang.Value, bool) {
	for s := c; s != nil && s != lang.ObjectClass; s = superclass(s) {
		if f, ok := t.impls[implKey{s, protocol, method}]; ok {
			return f, true
		}
	}
	from := c
	if c != nil {
		from = lang.ObjectClass
		if s := t.iface(c, protocol, method, nil); s != nil {
			from = s
		}
	}
	f, ok := t.impls[implKey{from, protocol, method}]
	return f, ok
}

// superclass gives the class from which c derives that is no interface, nil if none is named.
func superclass(c *lang.Class) *lang.Class {
	for _, s := range c.Supers {
		if !s.Iface {
			return s
		}
	}
	return nil
}

// iface gives the most special one of best and those interfaces of c that
// have the method.
func (t *types) iface(c *lang.Class, protocol *Protocol, method string, best *lang.Class) *lang.Class {
	for _, s := range c.Supers {
		if _, ok := t.impls[implKey{s, protocol, method}]; ok && s.Iface && (best == nil || lang.IsA(s, best)) {
			best = s
		}
		best = t.iface(s, protocol, method, best)
	}
	return best
}

func classOrNil(v lang.Value) *lang.Class {
	if v.IsNil() {
		return nil
	}
	return object[*lang.Class](v, classOfClasses)
}

func extend(p *runtime.Process, args []lang.Value) lang.Value {
	class, t := classOrNil(args[0]), typesOf(p.W)
	protocol, _ := args[1].Obj().(*Protocol)
	p.W.Touch(t)
	t.gen++
	if protocol == nil {
		host, ok := args[1].Obj().(*lang.Class)
		if !ok || t.kinds[class] == nil {
			notAProtocol(args[1])
		}
		if !lang.IsA(class, host) {
			class.Supers = append(class.Supers, host)
		}
	} else {
		key := implKey{class, protocol, ""}
		if _, again := t.impls[key]; !again && !optional(args, 3).Truthy() {
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
	types    *types
	protocol *Protocol
	method   string
	arities  []int
	gen      uint64
	cache    map[*lang.Class]lang.Value // as of gen
}

func newProtocolFn(t *types, protocol *Protocol, method lang.Value) *ProtocolFn {
	f := &ProtocolFn{types: t, protocol: protocol, method: nameOf(method)}
	sig, _ := lang.Lookup(protocol.sigs, method)
	arglists, _ := lang.Lookup(sig, lang.K("arglists"))
	for _, params := range elements(arglists) {
		f.arities = append(f.arities, lang.Count(params))
	}
	return f
}

// fullName gives the name with its namespace, which is the protocol's.
func (f *ProtocolFn) fullName() string { return f.protocol.name.NS + "/" + f.method }

// Class gives the class of such functions.
func (f *ProtocolFn) Class() *lang.Class { return lang.FunctionClass(f.fullName()) }

// PrintTo prints the function as an object.
func (f *ProtocolFn) PrintTo(p *lang.Printer) {
	h := lang.HashCode(lang.Str(f.fullName()))
	p.Object(f.Class().Name, h, runtime.ObjectName(f.Class().Name, h))
}

// Invoke calls the method.
func (f *ProtocolFn) Invoke(p *runtime.Process, args []lang.Value) lang.Value {
	if !slices.Contains(f.arities, len(args)) {
		lang.Raise(lang.ArityException, "Wrong number of args (%d) passed to: %s", len(args), f.fullName())
	}
	return p.TailCall(f.choose(args[0]), args...)
}

func (f *ProtocolFn) choose(v lang.Value) lang.Value {
	if x, ok := v.Obj().(*Instance); ok && x.reifies(f.protocol) {
		if m := x.own(f.method); !m.IsNil() {
			return m
		}
	}
	if f.protocol.viaMeta {
		if m := metaOf(v); m != nil {
			if g, ok := m.Get(lang.Obj(lang.NewSymbol(f.protocol.name.NS, f.method))); ok {
				return g
			}
		}
	}
	if f.gen != f.types.gen || f.cache == nil {
		f.gen, f.cache = f.types.gen, map[*lang.Class]lang.Value{}
	}
	c := lang.ClassOf(v)
	g, ok := f.cache[c]
	if !ok {
		g = f.find(c)
		f.cache[c] = g
	}
	return g
}

// find gives the method of a class, or raises.
func (f *ProtocolFn) find(c *lang.Class) lang.Value {
	g, ok := f.types.find(c, f.protocol, f.method)
	if !ok {
		name := "nil"
		if c != nil {
			name = c.Name
		}
		lang.Raise(lang.IllegalArgumentException, "No implementation of method: :%s of protocol: #'%s found for class: %s", f.method, f.protocol.name, name)
	}
	return g
}
