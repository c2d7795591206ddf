package core

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var irefNatives = []*lang.Native{
	{Name: "clojure.core/add-watch", Min: 3, Max: 3, Deep: arg1, Args: "[reference key fn]", Run: addWatch,
		Doc: "Has (fn key reference old new) called after each change of an atom, ref, agent or var. Gives the reference."},
	{Name: "clojure.core/remove-watch", Min: 2, Max: 2, Deep: arg1, Args: "[reference key]", Run: removeWatch,
		Doc: "Ends what add-watch began under key. Gives the reference."},
	{Name: "clojure.core/set-validator!", Min: 2, Max: 2, Args: "[iref validator-fn]", Run: setValidator,
		Doc: "Sets the test that every value of an atom, ref, agent or var must pass, the present one too; nil for none."},
	{Name: "clojure.core/get-validator", Min: 1, Max: 1, Args: "[iref]",
		Doc: "The test that every value of an atom, ref, agent or var must pass, nil if there is none.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			r, _ := irefOf(p.W, args[0])
			return r.validator
		}},
}

// iref is what atoms, refs, agents and vars have in common (clojure.lang.ARef):
// metadata, a validator, watches; and, for people, who has changed the value
// and who came too late.
type iref struct {
	id        runtime.ID
	meta      *lang.Map
	watches   *lang.Map // key to function; nil if none
	validator lang.Value
	Tally
}

// Key names the reference alike in every run. It is part of runtime.Keyed.
func (r *iref) Key() runtime.ID { return r.id }

// Tally tells of the changes of a reference.
type Tally struct {
	Version uint64 // how often the value was set
	Writer  uint64 // the number of the process that set it last
	Retries uint64 // how often a change came too late and was tried again
	Loser   uint64 // the number of the process to which that happened last
}

func (t *Tally) written(p *runtime.Process) { t.Version++; t.Writer = p.Num }

func (t *Tally) lost(p *runtime.Process) { t.Retries++; t.Loser = p.Num }

// hash gives the identity hash by which an entity is printed.
func (r *iref) hash() uint32 { return uint32(r.id>>33) | 1<<24 }

// Hash gives the hash as a key of maps.
func (r *iref) Hash() uint32 { return r.hash() }

// MetaMap gives the metadata.
func (r *iref) MetaMap() *lang.Map { return r.meta }

func (r *iref) part() *iref { return r }

// options reads the options of a new reference; own takes those that only its kind has.
func (r *iref) options(args []lang.Value, own func(k, v lang.Value)) {
	evenly(args)
	for i := 0; i < len(args); i += 2 {
		switch k, v := args[i], args[i+1]; k {
		case lang.K("meta"):
			r.meta = metaMap(v)
		case lang.K("validator"):
			r.validator = v
		default:
			if own != nil {
				own(k, v)
			}
		}
	}
}

// made gives a new reference, once its validator has agreed to its first value.
func (r *iref) made(p *runtime.Process, self, first lang.Value) lang.Value {
	if !r.validator.Truthy() {
		return self
	}
	return p.Call(validKont, self, r.validator, first)
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

// notices gives the calls of the watches that a change asks for.
func (r *iref) notices(self, old, next lang.Value) (calls []call) {
	if r.watches != nil {
		r.watches.Each(func(k, f lang.Value) bool {
			calls = append(calls, call{f, []lang.Value{k, self, old, next}})
			return true
		})
	}
	return calls
}

// sequel is calls still to be made one after the other, and what to give then.
type sequel struct {
	calls  []call
	result lang.Value
}

var sequelKont = &runtime.Kont{Name: "in order"}

func init() {
	sequelKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		s := state.(*sequel)
		return inOrder(p, s.calls, s.result)
	}
}

// inOrder makes the calls and then gives the result. A native returns what it returns.
func inOrder(p *runtime.Process, calls []call, result lang.Value) lang.Value {
	if len(calls) == 0 {
		return result
	}
	return p.Call(sequelKont, &sequel{calls[1:], result}, calls[0].f, calls[0].args...)
}

// readable is a reference whose value an operation reads.
type readable interface {
	runtime.Entity
	now() lang.Value
	kind() runtime.Wording
}

// readRef is the operation of reading a reference.
type readRef struct{ r readable }

func (o *readRef) Ready(*runtime.World, *runtime.Process) bool { return true }

func (o *readRef) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	v := o.r.now()
	w.Emit(runtime.Event{Kind: "deref", Proc: p, Entity: o.r, Value: v})
	return v, true
}

// Immediate marks an operation that never waits.
func (o *readRef) Immediate() {}

func (o *readRef) Park(*runtime.World, *runtime.Waiter, int) {}

func (o *readRef) Cancel(*runtime.World, *runtime.Waiter, int) {}

func (o *readRef) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.r, Mode: runtime.Read})
}

func (o *readRef) About(p *runtime.Process) string {
	return p.Say(wordsRead, runtime.Thing{Of: o.r, Else: o.r.kind()})
}

// varRefs are the watches and validators of vars, which few vars have.
type varRefs struct {
	runtime.Stamped
	of map[*runtime.Var]*iref
}

type varRefsKey struct{}

// Save copies the table.
func (t *varRefs) Save() any {
	m := make(map[*runtime.Var]*iref, len(t.of))
	for v, r := range t.of {
		m[v] = &iref{watches: r.watches, validator: r.validator}
	}
	return m
}

// Restore puts a copy back.
func (t *varRefs) Restore(s any) { t.of = s.(map[*runtime.Var]*iref) }

func varRefsOf(w *runtime.World) *varRefs {
	return keep(w, varRefsKey{}, func() *varRefs { return &varRefs{of: map[*runtime.Var]*iref{}} })
}

// irefOf gives the common part of a reference and the entity to touch before
// it is changed, or raises.
func irefOf(w *runtime.World, v lang.Value) (*iref, runtime.StampedEntity) {
	switch x := v.Obj().(type) {
	case *runtime.Var:
		t := varRefsOf(w)
		if r := t.of[x]; r != nil {
			return r, t
		}
		w.Touch(t)
		t.of[x] = &iref{}
		x.SetSetter(w, lang.Obj(rebindNative))
		return t.of[x], t
	case interface{ part() *iref }:
		return x.part(), x.(runtime.StampedEntity)
	}
	panic(lang.CastError(v, lang.IRefClass))
}

func addWatch(p *runtime.Process, args []lang.Value) lang.Value {
	r, e := irefOf(p.W, args[0])
	p.W.Touch(e)
	if r.watches == nil {
		r.watches = lang.EmptyMap
	}
	r.watches = r.watches.Assoc(args[1], args[2])
	return args[0]
}

func removeWatch(p *runtime.Process, args []lang.Value) lang.Value {
	r, e := irefOf(p.W, args[0])
	p.W.Touch(e)
	if r.watches != nil {
		r.watches = r.watches.Dissoc(args[1])
	}
	return args[0]
}

// setValidatorKont sets a validator once it has agreed to what is there.
var setValidatorKont = &runtime.Kont{Name: "set-validator!", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	mustBeValid(v)
	c := state.(*call)
	r, e := irefOf(p.W, c.args[0])
	p.W.Touch(e)
	r.validator = c.f
	return lang.Nil
}}

func setValidator(p *runtime.Process, args []lang.Value) lang.Value {
	r, e := irefOf(p.W, args[0])
	if !args[1].Truthy() {
		p.W.Touch(e)
		r.validator = lang.Nil
		return lang.Nil
	}
	return p.Call(setValidatorKont, &call{args[1], slices.Clone(args[:1])}, args[1], present(args[0]))
}

// present gives the value of a reference without an operation.
func present(v lang.Value) lang.Value {
	switch x := v.Obj().(type) {
	case *runtime.Var:
		return x.Root()
	case readable:
		return x.now()
	}
	return lang.Nil
}

// rebind sets the root of a var as alter-var-root does: past the validator,
// and with the watches told. It gives the new root.
func rebind(p *runtime.Process, v *runtime.Var, next lang.Value) lang.Value {
	r := varRefsOf(p.W).of[v]
	if r == nil {
		v.Bind(p, next)
		return next
	}
	if r.validator.Truthy() {
		return p.Call(rebindKont, &call{lang.Obj(v), []lang.Value{next}}, r.validator, next)
	}
	return rebound(p, v, next)
}

var (
	// rebindNative is what def calls for a var that has been watched or tested.
	rebindNative = &lang.Native{Name: "clojure.core/rebind", Min: 2, Max: 2}
	rebindKont   = &runtime.Kont{Name: "validate"}
)

func init() { // they lead back to themselves
	rebindNative.Run = func(p *runtime.Process, args []lang.Value) lang.Value {
		return rebind(p, varOf(args[0]), args[1])
	}
	rebindKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		mustBeValid(v)
		c := state.(*call)
		return rebound(p, varOf(c.f), c.args[0])
	}
}

func rebound(p *runtime.Process, v *runtime.Var, next lang.Value) lang.Value {
	old := v.Root()
	v.Bind(p, next)
	r, _ := irefOf(p.W, lang.Obj(v))
	return inOrder(p, r.notices(lang.Obj(v), old, next), next)
}
