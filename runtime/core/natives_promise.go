package core

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var promiseNatives = []*lang.Native{
	{Name: "clojure.core/deref", Min: 1, Max: 3, Args: "[ref] [ref timeout-ms timeout-val]", Run: deref, Doc: "What an atom, ref, agent, var, delay, promise, future or volatile holds; waits for a value that is not there yet, at most timeout-ms if given."},
	{Name: "clojure.core/promise", Args: "[]", Doc: "A place that deliver fills once; deref waits until then.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Obj(&Promise{box{id: p.NewID()}}) }},
	{Name: "clojure.core/deliver", Min: 2, Max: 2, Args: "[promise val]", Doc: "Fills a promise with val; nil if it was filled before.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if x, ok := args[0].Obj().(*Promise); ok {
				return x.Invoke(p, args[1:])
			}
			return p.TailCall(args[0], args[1])
		}},
	{Name: "clojure.core/force", Min: 1, Max: 1, Args: "[x]", Doc: "The value of a delay, computed if need be; anything else itself.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if d, ok := args[0].Obj().(*Delay); ok {
				return d.Deref(p)
			}
			return args[0]
		}},
	{Name: "clojure.core/delay-of", Min: 1, Max: 1, Args: "[f]", Run: newDelay, Doc: "A delay whose value f computes."},
	{Name: "clojure.core/future-call", Min: 1, Max: 1, Args: "[f]", Run: futureCall, Doc: "Calls f in a thread of its own; deref of the result waits for what f gives."},
	{Name: "clojure.core/future-cancel", Min: 1, Max: 1, Args: "[f]", Run: futureCancel, Doc: "Ends a future that is not done; whether it did."},
	{Name: "clojure.core/future-cancelled?", Min: 1, Max: 1, Args: "[f]", Pure: holds(func(v lang.Value) bool { return futureOf(v).cancelled }), Doc: "Whether the future was cancelled."},
	{Name: "clojure.core/future-done?", Min: 1, Max: 1, Args: "[f]", Pure: holds(func(v lang.Value) bool { return futureOf(v).done }), Doc: "Whether the future has its value, has failed, or was cancelled."},
}

// Derefer is implemented by entities that deref reads. A native returns what
// Deref returns.
type Derefer interface {
	Deref(p *runtime.Process) lang.Value
}

func deref(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 2 {
		lang.Raise(lang.ArityException, "Wrong number of args (2) passed to: clojure.core/deref")
	}
	if len(args) == 3 {
		return derefWithin(p, args[0], millis(integer(args[1])), args[2])
	}
	switch x := args[0].Obj().(type) {
	case *runtime.Var:
		return x.Get(p)
	case *Reduced:
		return x.Val
	case Derefer:
		return x.Deref(p)
	case *Instance:
		if f := x.Method("deref"); f.Truthy() {
			return p.TailCall(f, args[0])
		}
	}
	panic(lang.CastError(args[0], futureClass))
}

// box holds a value that comes later, and who waits for it. Promises, delays
// and futures are boxes.
type box struct {
	runtime.Stamped
	id        runtime.ID
	done      bool
	cancelled bool
	val       lang.Value
	err       *lang.Exception
	waiters   runtime.Queue[boxWaiter]
}

// Key names the box alike in every run. It is part of runtime.Keyed.
func (b *box) Key() runtime.ID { return b.id }

type boxWaiter struct {
	wt     *runtime.Waiter
	branch int
}

type boxState struct {
	done, cancelled bool
	val             lang.Value
	err             *lang.Exception
	waiters         runtime.Queue[boxWaiter]
}

// Save gives the state.
func (b *box) Save() any { return boxState{b.done, b.cancelled, b.val, b.err, b.waiters} }

// Restore puts a state back.
func (b *box) Restore(s any) {
	st := s.(boxState)
	b.done, b.cancelled, b.val, b.err, b.waiters = st.done, st.cancelled, st.val, st.err, st.waiters
}

// Realized reports whether the value is there.
func (b *box) Realized() bool { return b.done }

// Trace shows the value.
func (b *box) Trace(visit func(lang.Value)) { visit(b.val) }

func (b *box) hash() uint32 { return uint32(b.id>>33) | 1<<24 }

// fill puts the value in, or the exception in its place, and wakes who waits.
// It emits the event.
func (b *box) fill(w *runtime.World, p *runtime.Process, v lang.Value, e *lang.Exception) {
	w.Touch(b)
	b.done, b.val, b.err = true, v, e
	waiters := b.waiters
	b.waiters = runtime.Queue[boxWaiter]{}
	w.Emit(runtime.Event{Kind: "deliver", Proc: p, Entity: b, Value: v})
	waiters.Each(func(x boxWaiter) bool {
		if x.wt.Live() {
			w.Complete(x.wt, x.branch, lang.Nil)
		}
		return true
	})
}

// open gives the value, or raises the exception.
func (b *box) open() lang.Value {
	switch {
	case b.cancelled:
		silent(lang.CancellationException)
	case b.err != nil:
		panic(b.err)
	}
	return b.val
}

// awaited is what has a box that others wait for.
type awaited interface {
	runtime.Compound
	kind() runtime.Wording
	// Process gives who fills the box, nil if anybody may.
	Process() *runtime.Process
	part() *box
}

// awaitBox is the operation of waiting for a box.
type awaitBox struct {
	b  *box
	of awaited
}

func (o *awaitBox) Ready(*runtime.World, *runtime.Process) bool { return o.b.done }

func (o *awaitBox) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	if o.b.done {
		w.Emit(runtime.Event{Kind: "deref", Proc: p, Entity: o.b, Value: o.b.val})
	}
	return lang.Nil, o.b.done
}

func (o *awaitBox) Park(w *runtime.World, wt *runtime.Waiter, branch int) {
	w.Touch(o.b)
	o.b.waiters.Push(boxWaiter{wt, branch})
}

func (o *awaitBox) Cancel(w *runtime.World, wt *runtime.Waiter, _ int) {
	w.Touch(o.b)
	o.b.waiters.Filter(func(x boxWaiter) bool { return x.wt != wt })
}

func (o *awaitBox) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.b, Mode: runtime.Read})
}

func (o *awaitBox) About(p *runtime.Process) string {
	if q := o.of.Process(); q != nil {
		return p.Say(wordsAwaitOf, runtime.Thing{Of: o.of, Else: o.of.kind()}, q)
	}
	return p.Say(wordsAwait, runtime.Thing{Of: o.of, Else: o.of.kind()})
}

// Awaits gives who alone can end the wait, nil if anybody may that has the box. It is
// part of runtime.Awaiter.
func (o *awaitBox) Awaits() (by *runtime.Process, key any) { return o.of.Process(), nil }

// Holds reports that a go block that waits here keeps its worker.
func (o *awaitBox) Holds() bool { return true }

var openKont = &runtime.Kont{Name: "deref", Return: func(_ *runtime.Process, b any, _ lang.Value) lang.Value {
	return b.(*box).open()
}}

func await(p *runtime.Process, x awaited) lang.Value {
	return p.PerformThen(&awaitBox{x.part(), x}, openKont, x.part())
}

// part gives the box itself.
func (b *box) part() *box { return b }

// Part gives the box as the entity that operations name. It is part of runtime.Compound.
func (b *box) Part() runtime.Entity { return b }

// within is a deref with a time limit.
type within struct {
	b      *box
	orElse lang.Value
}

var withinKont = &runtime.Kont{Name: "deref", Return: func(_ *runtime.Process, state any, _ lang.Value) lang.Value {
	if s := state.(within); !s.b.done {
		return s.orElse
	}
	return state.(within).b.open()
}}

func derefWithin(p *runtime.Process, v lang.Value, d time.Duration, orElse lang.Value) lang.Value {
	x, ok := v.Obj().(awaited)
	if !ok {
		panic(lang.CastError(v, blockingClass))
	}
	b := x.part()
	op := &runtime.Choice{Name: wordsDeref, Priority: true, Branches: []runtime.Branch{{Op: &awaitBox{b, x}}, {Op: sleepFor(p, d)}}}
	return p.PerformThen(op, withinKont, within{b, orElse})
}

var (
	blockingClass = lang.DefineClass("clojure.lang.IBlockingDeref", lang.ObjectClass)
	futureClass   = lang.DefineClass("java.util.concurrent.Future", lang.ObjectClass)
	delayClass    = lang.DefineClass("clojure.lang.Delay", lang.IDerefClass, lang.IPendingClass)
	promiseClass  = &lang.Class{Name: "clojure.core$promise$reify__8524", Supers: []*lang.Class{lang.IDerefClass, blockingClass, lang.IPendingClass, lang.IFnClass}}
	futureOwn     = &lang.Class{Name: "clojure.core$future_call$reify__8477", Supers: []*lang.Class{futureClass, lang.IDerefClass, blockingClass, lang.IPendingClass}}
)

// printBox prints a box with its status and value.
func printBox(p *lang.Printer, b *box, class string) {
	status := "pending"
	switch {
	case b.err != nil || b.cancelled:
		status = "failed"
	case b.done:
		status = "ready"
	}
	printRef(p, class, b.hash(), status, b.val)
}

// Promise is Clojure's promise.
type Promise struct{ box }

func (x *Promise) kind() runtime.Wording { return wordsPromise }

// Process gives nil: anybody may deliver.
func (x *Promise) Process() *runtime.Process { return nil }

// Class gives Clojure's class of such a value.
func (x *Promise) Class() *lang.Class { return promiseClass }

// PrintTo prints the promise.
func (x *Promise) PrintTo(p *lang.Printer) { printBox(p, &x.box, promiseClass.Name) }

// Deref waits for the value.
func (x *Promise) Deref(p *runtime.Process) lang.Value { return await(p, x) }

// Invoke delivers: a promise is a function too.
func (x *Promise) Invoke(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) != 1 {
		lang.Raise(lang.ArityException, "Wrong number of args (%d) passed to: promise", len(args))
	}
	v := args[0]
	return p.Perform(&runtime.Effect{Name: wordsDeliver, With: []any{v, runtime.Thing{Of: x, Else: wordsPromise}}, On: []runtime.Access{{Entity: &x.box, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			if x.done {
				w.Lose(runtime.Event{Kind: "deliver", Proc: p, Entity: &x.box, Value: v, Note: "again"})
				return lang.Nil
			}
			x.fill(w, p, v, nil)
			return lang.Obj(x)
		}})
}

// Delay is Clojure's delay: a value computed when first asked for.
type Delay struct {
	box
	f     lang.Value
	owner *runtime.Process // who computes it, nil before
}

func (d *Delay) kind() runtime.Wording { return wordsDelay }

// Process gives who computes the value, nil before anybody does.
func (d *Delay) Process() *runtime.Process { return d.owner }

// Class gives Clojure's class of such a value.
func (d *Delay) Class() *lang.Class { return delayClass }

// PrintTo prints the delay.
func (d *Delay) PrintTo(p *lang.Printer) { printBox(p, &d.box, delayClass.Name) }

type delayState struct {
	box   any
	f     lang.Value
	owner *runtime.Process
}

// Save gives the state.
func (d *Delay) Save() any { return delayState{d.box.Save(), d.f, d.owner} }

// Restore puts a state back.
func (d *Delay) Restore(s any) {
	st := s.(delayState)
	d.box.Restore(st.box)
	d.f, d.owner = st.f, st.owner
}

func newDelay(p *runtime.Process, args []lang.Value) lang.Value {
	return lang.Obj(&Delay{box: box{id: p.NewID()}, f: args[0]})
}

var delayKont = &runtime.Kont{
	Name: "delay",
	Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
		state.(*Delay).fill(p.W, p, v, nil)
		return v
	},
	Raise: func(p *runtime.Process, state any, e *lang.Exception) (lang.Value, bool) {
		state.(*Delay).fill(p.W, p, lang.Nil, e)
		return lang.Nil, false
	},
}

// Deref gives the value, computing it if nobody has yet.
func (d *Delay) Deref(p *runtime.Process) lang.Value {
	switch {
	case d.done:
		return d.open()
	case d.owner == p:
		lang.Raise(lang.IllegalStateException, "a delay needs its own value to compute it")
	case d.owner != nil:
		return await(p, d)
	}
	p.W.Touch(d)
	d.owner = p
	f := d.f
	d.f = lang.Nil
	return p.Call(delayKont, d, f)
}

// Future is Clojure's future: a thread, and the box of its result.
type Future struct {
	box
	proc *runtime.Process
}

func (f *Future) kind() runtime.Wording { return wordsAFuture }

// Class gives Clojure's class of such a value.
func (f *Future) Class() *lang.Class { return futureOwn }

// PrintTo prints the future.
func (f *Future) PrintTo(p *lang.Printer) { printBox(p, &f.box, futureOwn.Name) }

// Process gives the thread that computes the future.
func (f *Future) Process() *runtime.Process { return f.proc }

// Deref waits for the value. What the thread raised is wrapped in an
// ExecutionException.
func (f *Future) Deref(p *runtime.Process) lang.Value { return await(p, f) }

func futureOf(v lang.Value) *Future { return object[*Future](v, futureClass) }

var futureKont = &runtime.Kont{
	Name: "future",
	Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
		state.(*Future).fill(p.W, p, v, nil)
		return v
	},
	Raise: func(p *runtime.Process, state any, e *lang.Exception) (lang.Value, bool) {
		wrapped := lang.NewException(lang.ExecutionException, "%s", lang.String(lang.Obj(e)))
		wrapped.Cause = e
		state.(*Future).fill(p.W, p, lang.Nil, wrapped)
		return lang.Nil, true
	},
}

func futureCall(p *runtime.Process, args []lang.Value) lang.Value {
	f, fn := &Future{box: box{id: p.NewID()}}, args[0]
	return p.Perform(&starting{runtime.Effect{Name: wordsFuture, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
		f.proc = w.Spawn(p, runtime.Spawn{Kind: runtime.Thread, Fn: fn, Convey: true, Exit: futureKont, State: f})
		return lang.Obj(f)
	}}})
}

// starting is an effect that starts a process.
type starting struct{ runtime.Effect }

// Routine says that it starts a process.
func (*starting) Routine() (ends bool) { return false }

func futureCancel(p *runtime.Process, args []lang.Value) lang.Value {
	f := futureOf(args[0])
	return p.Perform(&runtime.Effect{Name: wordsCancel, With: []any{runtime.Thing{Of: f, Else: wordsAFuture}}, On: []runtime.Access{{Entity: &f.box, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			if f.done {
				w.Emit(runtime.Event{Kind: "cancel", Proc: p, Entity: &f.box, Note: "too late"})
				return lang.False
			}
			w.Touch(&f.box)
			f.cancelled = true
			w.Kill(f.proc, nil)
			f.fill(w, p, lang.Nil, nil)
			return lang.True
		}})
}
