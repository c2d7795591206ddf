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
		{Name: "clojure.core/add-watch", Min: 3, Max: 3, Deep: arg1, Args: "[reference key fn]", Run: addWatch, Doc: "Has (fn key reference old new) called after each change of an atom or var."},
		{Name: "clojure.core/remove-watch", Min: 2, Max: 2, Deep: arg1, Args: "[reference key]", Run: removeWatch, Doc: "Ends what add-watch began under key."},
		{Name: "clojure.core/set-validator!", Min: 2, Max: 2, Args: "[iref validator-fn]", Run: setValidator, Doc: "Sets the test that every value of an atom must pass; nil for none."},
		{Name: "clojure.core/get-validator", Min: 1, Max: 1, Args: "[iref]", Doc: "The test that every value of an atom must pass.",
			Pure: one(func(v lang.Value) lang.Value { return atomOf(v).validator })},
	}
)

// Atom is Clojure's atom: one place that processes share.
type Atom struct {
	runtime.Stamped
	ref
	val, validator lang.Value
}

// ref is what atoms and their like have in common.
type ref struct {
	id      runtime.ID
	meta    *lang.Map
	watches *lang.Map // key to function; nil if none
}

// hash gives the identity hash by which an entity is printed.
func (r *ref) hash() uint32 { return uint32(r.id>>33) | 1<<24 }

type atomState struct {
	ref
	val, validator lang.Value
}

var (
	iatomClass = lang.DefineClass("clojure.lang.IAtom", lang.ObjectClass)
	atomClass  = lang.DefineClass("clojure.lang.Atom", lang.IRefClass, iatomClass)
)

// Class gives Clojure's class of such a value.
func (a *Atom) Class() *lang.Class { return atomClass }

// Save gives the state.
func (a *Atom) Save() any { return atomState{a.ref, a.val, a.validator} }

// Restore puts a state back.
func (a *Atom) Restore(s any) {
	st := s.(atomState)
	a.ref, a.val, a.validator = st.ref, st.val, st.validator
}

// PrintTo prints the atom with its value.
func (a *Atom) PrintTo(p *lang.Printer) { printRef(p, "clojure.lang.Atom", a.hash(), "ready", a.val) }

// Text gives the atom as str does.
func (a *Atom) Text() string { return "clojure.lang.Atom@" + hex(a.hash()) }

// MetaMap gives the metadata.
func (a *Atom) MetaMap() *lang.Map { return a.meta }

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
	a := &Atom{ref: ref{id: p.NewID()}, val: args[0]}
	evenly(args[1:])
	for i := 1; i < len(args); i += 2 {
		switch k, v := args[i], args[i+1]; k {
		case lang.K("meta"):
			a.meta = metaMap(v)
		case lang.K("validator"):
			a.validator = v
		}
	}
	if !a.validator.Truthy() {
		return lang.Obj(a)
	}
	return p.Call(validKont, lang.Obj(a), a.validator, a.val)
}

// validKont gives its state once a validator has agreed.
var validKont = &runtime.Kont{Name: "validate", Return: func(_ *runtime.Process, state any, v lang.Value) lang.Value {
	mustBeValid(v)
	return state.(lang.Value)
}}

func mustBeValid(v lang.Value) {
	if !v.Truthy() {
		lang.Raise(lang.IllegalStateException, "Invalid reference state")
	}
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
	watchKont    = &runtime.Kont{Name: "watch"}
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
	watchKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		w := state.(*watching)
		return w.on(p)
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
	return p.PerformThen(&setAtom{c.a, c.old, c.next, c.reset}, swapDoneKont, &c)
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
	if c.a.watches == nil || c.a.watches.Len() == 0 {
		return result
	}
	w := &watching{ref: lang.Obj(c.a), old: c.old, next: c.next, result: result}
	c.a.watches.Each(func(k, f lang.Value) bool { w.left = append(w.left, k, f); return true })
	return w.on(p)
}

// watching is the calls of watches still to be made: keys and functions in turn.
type watching struct {
	ref, old, next, result lang.Value
	left                   []lang.Value
}

func (w *watching) on(p *runtime.Process) lang.Value {
	if len(w.left) == 0 {
		return w.result
	}
	n := *w
	n.left = w.left[2:]
	return p.Call(watchKont, &n, w.left[1], w.left[0], w.ref, w.old, w.next)
}

// conflict is what setAtom gives if the atom did not hold the old value.
type conflict struct{}

// setAtom is the operation of setting an atom: compare and set.
type setAtom struct {
	a         *Atom
	old, next lang.Value
	always    bool
}

func (o *setAtom) Ready(*runtime.World, *runtime.Process) bool { return true }

func (o *setAtom) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	old := o.a.val
	if !o.always && !lang.Identical(old, o.old) {
		return lang.Obj(conflict{}), true
	}
	w.Touch(o.a)
	o.a.val = o.next
	w.Emit(runtime.Event{Kind: "set", Proc: p, Entity: o.a, Value: o.next})
	return old, true
}

func (o *setAtom) Park(*runtime.World, *runtime.Waiter, int) {}

func (o *setAtom) Cancel(*runtime.World, *runtime.Waiter, int) {}

func (o *setAtom) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.a, Mode: runtime.Write})
}

func (o *setAtom) About() string { return "set an atom to " + lang.PrString(o.next) }

// readAtom is the operation of reading an atom.
type readAtom struct{ a *Atom }

func (o readAtom) Ready(*runtime.World, *runtime.Process) bool { return true }

func (o readAtom) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	w.Emit(runtime.Event{Kind: "deref", Proc: p, Entity: o.a, Value: o.a.val})
	return o.a.val, true
}

func (o readAtom) Park(*runtime.World, *runtime.Waiter, int) {}

func (o readAtom) Cancel(*runtime.World, *runtime.Waiter, int) {}

func (o readAtom) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.a, Mode: runtime.Read})
}

func (o readAtom) About() string { return "read an atom" }

// watched is implemented by what add-watch works on.
type watched interface{ refPart() *ref }

func (r *ref) refPart() *ref { return r }

func watchedOf(w *runtime.World, v lang.Value) *ref {
	x, ok := v.Obj().(watched)
	if !ok {
		panic(lang.CastError(v, lang.IRefClass))
	}
	if e, ok := x.(runtime.StampedEntity); ok {
		w.Touch(e)
	}
	return x.refPart()
}

func addWatch(p *runtime.Process, args []lang.Value) lang.Value {
	r := watchedOf(p.W, args[0])
	if r.watches == nil {
		r.watches = lang.EmptyMap
	}
	r.watches = r.watches.Assoc(args[1], args[2])
	return args[0]
}

func removeWatch(p *runtime.Process, args []lang.Value) lang.Value {
	r := watchedOf(p.W, args[0])
	if r.watches != nil {
		r.watches = r.watches.Dissoc(args[1])
	}
	return args[0]
}

// setValidatorKont sets the validator once it has agreed to what is there.
var setValidatorKont = &runtime.Kont{Name: "set-validator!", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	mustBeValid(v)
	c := state.(*change)
	p.W.Touch(c.a)
	c.a.validator = c.f
	return lang.Nil
}}

func setValidator(p *runtime.Process, args []lang.Value) lang.Value {
	a := atomOf(args[0])
	if args[1].Truthy() {
		return p.Call(setValidatorKont, &change{a: a, f: args[1]}, args[1], a.val)
	}
	p.W.Touch(a)
	a.validator = lang.Nil
	return lang.Nil
}
