package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var (
	swapNative = &lang.Native{Name: "clojure.core/swap!", Min: 2, Max: -1, Args: "[atom f] [atom f x] [atom f x y & args]",
		Doc: "Sets the atom to (f value args...) and gives that. If another process has changed it meanwhile, f is called again. (swap! (atom 1) + 2) ;=> 3"}
	swapValsNative = &lang.Native{Name: "clojure.core/swap-vals!", Min: 2, Max: -1, Args: "[atom f] [atom f x] [atom f x y & args]",
		Doc: "As swap!; gives the old value and the new one. (swap-vals! (atom 1) inc) ;=> [1 2]"}
	atomNatives = []*lang.Native{
		swapNative, swapValsNative,
		{Name: "clojure.core/atom", Min: 1, Max: -1, Args: "[x] [x & options]", Run: atom, Doc: "A place that holds x, for deref, swap! and reset!. Options: :meta a map, :validator a test that every value must pass."},
		{Name: "clojure.core/reset!", Min: 2, Max: 2, Args: "[atom newval]", Doc: "Sets the atom to newval, and gives it.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				return change{a: atomOf(args[0]), next: args[1], reset: true}.validate(p)
			}},
		{Name: "clojure.core/reset-vals!", Min: 2, Max: 2, Args: "[atom newval]", Doc: "Sets the atom to newval, and gives the old value and the new one.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				return change{a: atomOf(args[0]), next: args[1], reset: true, both: true}.validate(p)
			}},
		{Name: "clojure.core/compare-and-set!", Min: 3, Max: 3, Args: "[atom oldval newval]", Doc: "Sets the atom to newval if it holds oldval itself; whether it did.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				return change{a: atomOf(args[0]), old: args[1], next: args[2], once: true}.validate(p)
			}},
	}
)

// Atom is Clojure's atom: one place that processes share.
type Atom struct {
	runtime.Stamped
	iref
	val lang.Value
}

type atomState struct {
	iref
	val lang.Value
}

var (
	iatomClass = lang.DefineClass("clojure.lang.IAtom", lang.ObjectClass)
	atomClass  = lang.DefineClass("clojure.lang.Atom", lang.IRefClass, iatomClass)
)

// Class gives Clojure's class of such a value.
func (a *Atom) Class() *lang.Class { return atomClass }

// Save gives the state.
func (a *Atom) Save() any { return atomState{a.iref, a.val} }

// Restore puts a state back.
func (a *Atom) Restore(s any) {
	st := s.(atomState)
	a.iref, a.val = st.iref, st.val
}

// PrintTo prints the atom with its value.
func (a *Atom) PrintTo(p *lang.Printer) { printRef(p, "clojure.lang.Atom", a.hash(), "ready", a.val) }

// Text gives the atom as str does.
func (a *Atom) Text() string { return "clojure.lang.Atom@" + hex(a.hash()) }

// Deref reads the atom.
func (a *Atom) Deref(p *runtime.Process) lang.Value { return p.Perform(&readRef{a}) }

func (a *Atom) now() lang.Value { return a.val }

func (a *Atom) kind() runtime.Wording { return wordsAtom }

// Trace shows what the atom holds.
func (a *Atom) Trace(visit func(lang.Value)) { visit(a.val) }

// SetMetaMap sets the metadata.
func (a *Atom) SetMetaMap(w *runtime.World, m *lang.Map) { w.Touch(a); a.meta = m }

// printRef prints a reference with its status and value.
func printRef(p *lang.Printer, class string, hash uint32, status string, v lang.Value) {
	if p.Notation == lang.ElixirNotation {
		p.Then("#Reference<"+hex(hash)+" ", v, ">")
		return
	}
	p.Then("#object["+class+" 0x"+hex(hash)+" ", lang.Obj(lang.NewMap(lang.K("status"), lang.K(status), lang.K("val"), v)), "]")
}

func atomOf(v lang.Value) *Atom { return object[*Atom](v, iatomClass) }

func atom(p *runtime.Process, args []lang.Value) lang.Value {
	a := &Atom{iref: iref{id: p.NewID()}, val: args[0]}
	a.options(args[1:], nil)
	return a.made(p, lang.Obj(a), a.val)
}

// change is a change of an atom on its way: from the call of the function
// through the validator and the one operation, compare-and-set, to the watches.
type change struct {
	a         *Atom
	f         lang.Value
	args      []lang.Value // of f, behind the value
	old, next lang.Value
	reset     bool // whatever the atom holds
	once      bool // gives whether it was set, and never tries again
	both      bool // gives old and new
}

var (
	swapKont     = &runtime.Kont{Name: "swap!"}
	swapTestKont = &runtime.Kont{Name: "validate"}
	swapDoneKont = &runtime.Kont{Name: "swap!"}
)

func init() {
	swapNative.Run = func(p *runtime.Process, args []lang.Value) lang.Value { return swap(p, args, false) }
	swapValsNative.Run = func(p *runtime.Process, args []lang.Value) lang.Value { return swap(p, args, true) }
	swapKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		c := *state.(*change)
		c.next = v
		return c.validate(p)
	}
	swapTestKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		mustBeValid(v)
		return state.(*change).commit(p)
	}
	swapDoneKont.Return = func(p *runtime.Process, state any, old lang.Value) lang.Value {
		c := *state.(*change)
		if is[conflict](old) {
			if c.once {
				return lang.False
			}
			return c.try(p)
		}
		c.old = old
		return c.notify(p)
	}
}

func swap(p *runtime.Process, args []lang.Value, both bool) lang.Value {
	a := atomOf(args[0])
	return change{a: a, f: args[1], args: append([]lang.Value(nil), args[2:]...), both: both}.try(p)
}

// try calls the function with what the atom holds now.
func (c change) try(p *runtime.Process) lang.Value {
	c.old = c.a.val
	if len(c.args) == 0 {
		return p.Call(swapKont, &c, c.f, c.old)
	}
	return p.Call(swapKont, &c, c.f, append([]lang.Value{c.old}, c.args...)...)
}

func (c change) validate(p *runtime.Process) lang.Value {
	if c.a.validator.Truthy() {
		return p.Call(swapTestKont, &c, c.a.validator, c.next)
	}
	return c.commit(p)
}

func (c change) commit(p *runtime.Process) lang.Value {
	return p.PerformThen(&setAtom{c.a, c.old, c.next, c.reset, c.once}, swapDoneKont, &c)
}

// notify calls the watches, one after the other, and gives the result.
func (c change) notify(p *runtime.Process) lang.Value {
	result := c.next
	switch {
	case c.once:
		result = lang.True
	case c.both:
		result = lang.Vec(c.old, c.next)
	}
	return inOrder(p, c.a.notices(lang.Obj(c.a), c.old, c.next), result)
}

// conflict is what an operation gives that comes too late: the atom does not hold
// the old value any more, another transaction was first.
type conflict struct{}

// setAtom is the operation of setting an atom: compare and set.
type setAtom struct {
	a         *Atom
	old, next lang.Value
	always    bool
	once      bool // it is not tried again
}

// Stale reports whether the atom has changed since the function was called on
// what it held, so that the function has to be called again. It is part of
// runtime.Stale.
func (o *setAtom) Stale() bool { return !o.always && !o.once && !lang.Identical(o.a.val, o.old) }

func (o *setAtom) Ready(*runtime.World, *runtime.Process) bool { return true }

func (o *setAtom) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	old := o.a.val
	w.Touch(o.a)
	if !o.always && !lang.Identical(old, o.old) {
		o.a.lost(p)
		w.Emit(runtime.Event{Kind: "retry", Proc: p, Entity: o.a, Value: old})
		return lang.Obj(conflict{}), true
	}
	o.a.val = o.next
	o.a.written(p)
	w.Emit(runtime.Event{Kind: "set", Proc: p, Entity: o.a, Value: o.next})
	return old, true
}

// Immediate marks an operation that never waits.
func (o *setAtom) Immediate() {}

func (o *setAtom) Park(*runtime.World, *runtime.Waiter, int) {}

func (o *setAtom) Cancel(*runtime.World, *runtime.Waiter, int) {}

func (o *setAtom) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.a, Mode: runtime.Write})
}

func (o *setAtom) About(p *runtime.Process) string {
	return p.Say(wordsSet, runtime.Thing{Of: o.a, Else: wordsAtom}, o.next)
}
