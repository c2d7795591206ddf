package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var multiNatives = []*lang.Native{
	{Name: "clojure.core/multifn*", Min: 4, Max: 4, Deep: arg2, Args: "[name dispatch-fn default hierarchy]", Run: newMultiFn, Doc: "Makes the multimethod that defmulti defines; hierarchy is a var, or nil for the global one."},
	{Name: "clojure.core/add-method", Min: 3, Max: 3, Deep: arg1, Args: "[multifn dispatch-val f]", Doc: "Has multifn call f for values that match dispatch-val; gives multifn.",
		Run: altering(func(m *MultiFn, args []lang.Value) { m.methods = m.methods.Assoc(args[1], args[2]) })},
	{Name: "clojure.core/remove-method", Min: 2, Max: 2, Deep: arg1, Args: "[multifn dispatch-val]", Doc: "Takes the method for dispatch-val from multifn; gives multifn.",
		Run: altering(func(m *MultiFn, args []lang.Value) { m.methods = m.methods.Dissoc(args[1]) })},
	{Name: "clojure.core/remove-all-methods", Min: 1, Max: 1, Args: "[multifn]", Doc: "Takes all methods and preferences from multifn; gives multifn.",
		Run: altering(func(m *MultiFn, _ []lang.Value) { m.methods, m.prefers = lang.EmptyMap, lang.EmptyMap })},
	{Name: "clojure.core/prefer-method", Min: 3, Max: 3, Deep: arg1 | arg2, Args: "[multifn dispatch-val-x dispatch-val-y]", Doc: "Has multifn take the method for dispatch-val-x where that for dispatch-val-y matches too; gives multifn.",
		Run: altering(func(m *MultiFn, args []lang.Value) { m.prefer(args[1], args[2]) })},
	{Name: "clojure.core/methods", Min: 1, Max: 1, Args: "[multifn]", Doc: "The map from dispatch values to methods.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Obj(multiFnOf(v).methods) })},
	{Name: "clojure.core/prefers", Min: 1, Max: 1, Args: "[multifn]", Doc: "The map from preferred dispatch values to the sets of those that they are preferred to.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Obj(multiFnOf(v).prefers) })},
	{Name: "clojure.core/get-method", Min: 2, Max: 2, Deep: arg1, Args: "[multifn dispatch-val]", Doc: "The method that multifn calls for dispatch-val, nil if there is none.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value { return multiFnOf(args[0]).find(args[1]) }},
}

// MultiFn is a multimethod: a function that calls one of its methods, chosen
// by what its dispatch function gives for the arguments.
type MultiFn struct {
	runtime.Stamped
	id        runtime.ID
	name      string
	dispatch  lang.Value
	fallback  lang.Value // the dispatch value of the method for all others
	hierarchy *runtime.Var
	methods   *lang.Map // dispatch value to function
	prefers   *lang.Map // dispatch value to the set of those to which it is preferred
	cache     methodCache
}

// methodCache is the methods that were found for dispatch values, as long as
// what decides stays the same.
type methodCache struct {
	methods, prefers *lang.Map
	hierarchy        lang.Value
	found            *lang.Map
}

// maxCached is how many dispatch values a multimethod remembers.
const maxCached = 1 << 12

var multiFnClass = lang.DefineClass("clojure.lang.MultiFn", lang.IFnClass)

// Class gives clojure.lang.MultiFn.
func (m *MultiFn) Class() *lang.Class { return multiFnClass }

type multiState struct{ methods, prefers *lang.Map }

// Save gives the tables.
func (m *MultiFn) Save() any { return multiState{m.methods, m.prefers} }

// Restore puts the tables back.
func (m *MultiFn) Restore(s any) { st := s.(multiState); m.methods, m.prefers = st.methods, st.prefers }

// Hash gives the identity hash.
func (m *MultiFn) Hash() uint32 { return uint32(m.id>>33) | 1<<24 }

// PrintTo prints the multimethod as an object.
func (m *MultiFn) PrintTo(p *lang.Printer) {
	p.Object(multiFnClass.Name, m.Hash(), m.Text())
}

// Text gives the multimethod as Object.toString does.
func (m *MultiFn) Text() string { return runtime.ObjectName(multiFnClass.Name, m.Hash()) }

// Trace shows the methods.
func (m *MultiFn) Trace(visit func(lang.Value)) { visit(m.dispatch); visit(lang.Obj(m.methods)) }

func multiFnOf(v lang.Value) *MultiFn { return object[*MultiFn](v, multiFnClass) }

func newMultiFn(p *runtime.Process, args []lang.Value) lang.Value {
	m := &MultiFn{id: p.NewID(), name: text(args[0]), dispatch: args[1], fallback: args[2],
		hierarchy: globalHierarchy(p), methods: lang.EmptyMap, prefers: lang.EmptyMap}
	if !args[3].IsNil() {
		m.hierarchy = object[*runtime.Var](args[3], lang.IRefClass)
	}
	return lang.Obj(m)
}

// altering makes a native that changes a multimethod and gives it.
func altering(f func(m *MultiFn, args []lang.Value)) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		m := multiFnOf(args[0])
		p.W.Touch(m)
		f(m, args)
		return args[0]
	}
}

// dispatching is a call of a multimethod whose dispatch function runs.
type dispatching struct {
	m    *MultiFn
	args []lang.Value
}

var (
	dispatchKont = &runtime.Kont{Name: "dispatch"}
	chooseKont   = &runtime.Kont{Name: "dispatch"}
)

// chosen is a dispatch value whose lazy parts are being realised.
type chosen struct {
	*dispatching
	val lang.Value
}

func init() {
	dispatchKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		d := state.(*dispatching)
		if lang.Unrealised(v) != nil {
			return p.Call(chooseKont, chosen{d, v}, realiseFn, v)
		}
		return p.TailCall(d.m.choose(v), d.args...)
	}
	chooseKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		c := state.(chosen)
		return p.TailCall(c.m.choose(c.val), c.args...)
	}
}

// Invoke calls the dispatch function with the arguments, and then the method.
func (m *MultiFn) Invoke(p *runtime.Process, args []lang.Value) lang.Value {
	if k, ok := m.dispatch.AsKeyword(); ok && len(args) > 0 && lang.IsMap(args[0]) {
		if v, _ := lang.Lookup(args[0], lang.Kw(k)); lang.Unrealised(v) == nil {
			return p.TailCall(m.choose(v), args...)
		}
	}
	args = append([]lang.Value(nil), args...)
	return p.Call(dispatchKont, &dispatching{m, args}, m.dispatch, args...)
}

// choose gives the method for a dispatch value, or raises.
func (m *MultiFn) choose(val lang.Value) lang.Value {
	f := m.find(val)
	if f.IsNil() {
		lang.Raise(lang.IllegalArgumentException, "No method in multimethod '%s' for dispatch value: %s", m.name, hostText(val))
	}
	return f
}

// find gives the method for a dispatch value, nil if there is none.
func (m *MultiFn) find(val lang.Value) lang.Value {
	h := m.hierarchy.Root()
	c := &m.cache
	if c.methods != m.methods || c.prefers != m.prefers || !lang.Identical(c.hierarchy, h) || c.found.Len() >= maxCached {
		*c = methodCache{m.methods, m.prefers, h, lang.EmptyMap}
	}
	if f, ok := c.found.Get(val); ok {
		return f
	}
	f := m.best(h, val)
	if !f.IsNil() {
		c.found = c.found.Assoc(val, f)
	}
	return f
}

// best finds the method for a dispatch value as Clojure's MultiFn does: of
// the methods that match, the one that dominates all others, else the default.
func (m *MultiFn) best(h, val lang.Value) (f lang.Value) {
	var key lang.Value
	found := false
	m.methods.Each(func(k, g lang.Value) bool {
		if !isa(h, val, k) {
			return true
		}
		if !found || m.dominates(h, k, key) {
			key, f, found = k, g, true
		}
		if !m.dominates(h, key, k) {
			lang.Raise(lang.IllegalArgumentException, "Multiple methods in multimethod '%s' match dispatch value: %s -> %s and %s, and neither is preferred",
				m.name, hostText(val), hostText(k), hostText(key))
		}
		return true
	})
	if !found {
		f, _ = m.methods.Get(m.fallback)
	}
	return f
}

func (m *MultiFn) dominates(h, x, y lang.Value) bool { return m.isPreferred(h, x, y) || isa(h, x, y) }

// isPreferred reports whether x, or something above it, is preferred to y, or
// to something above that.
func (m *MultiFn) isPreferred(h, x, y lang.Value) bool {
	if set, ok := m.prefers.Get(x); ok && lang.Contains(set, y) {
		return true
	}
	found := false
	parentsOf(h, y).Each(func(above lang.Value) bool {
		found = m.isPreferred(h, x, above)
		return !found
	})
	if !found {
		parentsOf(h, x).Each(func(above lang.Value) bool {
			found = m.isPreferred(h, above, y)
			return !found
		})
	}
	return found
}

func (m *MultiFn) prefer(x, y lang.Value) {
	if m.isPreferred(m.hierarchy.Root(), y, x) {
		lang.Raise(lang.IllegalStateException, "Preference conflict in multimethod '%s': %s is already preferred to %s", m.name, hostText(y), hostText(x))
	}
	m.prefers = m.prefers.Assoc(x, lang.Obj(setIn(lang.Obj(m.prefers), x).Conj(y)))
}

// hostText gives v as Java joins it to a string: nil is null.
func hostText(v lang.Value) string {
	if v.IsNil() {
		return "null"
	}
	return lang.String(v)
}
