package runtime

import "github.com/conc-repl/conc-repl/lang"

// Op is one operation: a communication or an effect that a second process
// could notice. It is the one abstraction for waiting, after Concurrent ML's
// events: put, take, join, deref of a promise, lock, timer and the choice among
// several are all Ops. Try commits it if it can, and emits exactly one event
// when it does. Park enters the waiter into the queues of what it waits for;
// whoever makes the operation possible later commits it and calls
// World.Complete. Cancel withdraws a waiter that lost a choice, or whose process
// was killed.
type Op interface {
	// Ready reports whether Try would commit now; it changes nothing.
	Ready(w *World, p *Process) bool
	Try(w *World, p *Process) (lang.Value, bool)
	Park(w *World, wt *Waiter, branch int)
	Cancel(w *World, wt *Waiter, branch int)
	// Access appends what the operation is about to use.
	Access(acc []Access) []Access
	// About says for people what it is when p does it, in the notation in use: put "hello" on c1.
	About(p *Process) string
}

// Waiter stands in the queues for a process that waits. A choice enters the
// same waiter into several queues; it is live as long as its process waits on
// it, so that an entry left behind in a queue is recognised as dead.
type Waiter struct {
	Proc *Process
	Op   Op
}

// Live reports whether the process still waits on wt.
func (wt *Waiter) Live() bool { return wt.Proc.wait == wt }

// Branch is one alternative of a Choice.
type Branch struct {
	Op Op
	// Value turns the branch's result into the result of the choice; nil
	// leaves it as it is.
	Value func(p *Process, v lang.Value) lang.Value
}

// Choice is the operation that commits exactly one of its branches. With
// Priority the first ready one in order wins, else the Chooser picks among
// the ready ones.
type Choice struct {
	Branches []Branch
	Priority bool
	Else     *lang.Value // the result if no branch is ready, instead of waiting
	Name     Wording     // for people: alts!
	Hold     bool        // a go block that waits keeps its worker: alts!!
}

// Holds reports whether a go block that waits keeps its worker.
func (c *Choice) Holds() bool { return c.Hold }

// Ready reports whether a branch is ready, or the choice would not wait.
func (c *Choice) Ready(w *World, p *Process) bool {
	if c.Else != nil {
		return true
	}
	for i := range c.Branches {
		if c.Branches[i].Op.Ready(w, p) {
			return true
		}
	}
	return false
}

// Try commits the branch that wins, if any is ready.
func (c *Choice) Try(w *World, p *Process) (lang.Value, bool) {
	n := len(c.Branches)
	if c.Priority || n == 1 {
		for i := range c.Branches {
			if v, ok := c.commit(w, p, i); ok {
				return v, true
			}
		}
	} else if v, ok := c.tryAny(w, p, n); ok {
		return v, true
	}
	if c.Else != nil {
		w.Emit(Event{Kind: "default", Proc: p, Value: *c.Else})
		return *c.Else, true
	}
	return lang.Nil, false
}

// tryAny lets the chooser pick among the ready branches. A chooser that takes
// any of them with equal chance is served by trying the branches in a random
// order, which finds a ready one without asking all of ten thousand.
func (c *Choice) tryAny(w *World, p *Process, n int) (lang.Value, bool) {
	if !w.chooser.Enumerates() {
		order := w.permute(n)
		defer order.reset()
		for range n {
			if v, ok := c.commit(w, p, order.next(w)); ok {
				return v, true
			}
		}
		return lang.Nil, false
	}
	var ready []int
	for i := range c.Branches {
		if c.Branches[i].Op.Ready(w, p) {
			ready = append(ready, i)
		}
	}
	if len(ready) == 0 {
		return lang.Nil, false
	}
	i := ready[w.choose(Choices{Of: ChooseBranch, Proc: p, N: len(ready), Options: ready})]
	return c.commit(w, p, i)
}

func (c *Choice) commit(w *World, p *Process, i int) (lang.Value, bool) {
	v, ok := c.Branches[i].Op.Try(w, p)
	if ok {
		v = c.value(p, i, v)
	}
	return v, ok
}

func (c *Choice) value(p *Process, i int, v lang.Value) lang.Value {
	if f := c.Branches[i].Value; f != nil {
		return f(p, v)
	}
	return v
}

// Park enters the waiter with every branch.
func (c *Choice) Park(w *World, wt *Waiter, _ int) {
	for i := range c.Branches {
		c.Branches[i].Op.Park(w, wt, i)
	}
}

// Cancel withdraws the waiter from every branch.
func (c *Choice) Cancel(w *World, wt *Waiter, won int) {
	for i := range c.Branches {
		if i != won {
			c.Branches[i].Op.Cancel(w, wt, i)
		}
	}
}

// Access appends what any branch is about to use.
func (c *Choice) Access(acc []Access) []Access {
	for i := range c.Branches {
		acc = c.Branches[i].Op.Access(acc)
	}
	return acc
}

// About names the choice and its branches.
func (c *Choice) About(p *Process) string {
	s := p.Say(c.Name)
	for i := range c.Branches {
		if i == 3 && len(c.Branches) > 4 {
			return s + ", and " + itoa(uint64(len(c.Branches)-i)) + " more"
		}
		if i > 0 {
			s += " or "
		} else if s != "" {
			s += " "
		}
		s += c.Branches[i].Op.About(p)
	}
	return s
}

// Effect is the simplest operation: one that is always ready and never waits.
// Do performs it; it emits the event.
type Effect struct {
	Name Wording // for people
	With []any   // what fills the gaps of the name
	On   []Access
	Do   func(w *World, p *Process) lang.Value
}

// Ready holds always.
func (e *Effect) Ready(*World, *Process) bool { return true }

// Try performs the effect.
func (e *Effect) Try(w *World, p *Process) (lang.Value, bool) { return e.Do(w, p), true }

// Park is never called: an effect is always ready.
func (e *Effect) Park(*World, *Waiter, int) {}

// Cancel has nothing to withdraw.
func (e *Effect) Cancel(*World, *Waiter, int) {}

// Access appends what the effect is about to use.
func (e *Effect) Access(acc []Access) []Access { return append(acc, e.On...) }

// About gives the effect's name.
func (e *Effect) About(p *Process) string { return p.Say(e.Name, e.With...) }

// Perform does op for p, or parks p until it is done. A native returns what
// Perform returns; the operation's result becomes the native's. When the world
// stops before operations, p stops here first.
func (p *Process) Perform(op Op) lang.Value {
	w := p.W
	if !p.Begin() {
		p.op, p.sig = op, sigPark
		w.Touch(p)
		p.Status = AtOp
		return lang.Nil
	}
	if v, ok := op.Try(w, p); ok {
		p.Ops++
		return v
	}
	w.park(p, op)
	return lang.Nil
}

// Begin, Done and Wait are the parts of Perform, for a kind of operation that
// is so frequent that none is to be made before it has to wait. Begin reports
// whether p may try its operation now; if not, p must call Perform. What was
// tried ends with Done, if it could be done, else with Wait.
func (p *Process) Begin() bool {
	if p.W.stopOps && !p.granted {
		return false
	}
	p.granted = false
	p.fuel -= lang.UserCost
	return true
}

// Done ends an operation that p has done, with its result.
func (p *Process) Done(v lang.Value) lang.Value {
	p.Ops++
	return v
}

// Wait parks p until op, which it could not do at once, is done; wt is the
// operation's own waiter, which is in its queue already. A native returns what
// Wait returns.
func (p *Process) Wait(op Op, wt *Waiter, holds bool) lang.Value {
	w := p.W
	w.await(p, op, wt, holds)
	if w.watched() {
		w.emitPark(p, op)
	}
	return lang.Nil
}

// PerformThen is Perform for a native that goes on afterwards: k gets the
// operation's result.
func (p *Process) PerformThen(op Op, k *Kont, state any) lang.Value {
	v := p.Perform(op)
	if p.sig == sigNone {
		return k.Return(p, state, v)
	}
	p.pushKont(k, state)
	p.resume = resumeKont
	return lang.Nil
}

// park makes p wait on op.
func (w *World) park(p *Process, op Op) {
	var wt *Waiter
	if own, ok := op.(waiting); ok {
		wt = own.Waiter()
	} else {
		wt = &Waiter{}
	}
	h, ok := op.(holder)
	w.await(p, op, wt, ok && h.Holds())
	op.Park(w, wt, 0)
	if w.watched() {
		w.emitPark(p, op)
	}
}

// await has p wait with wt.
func (w *World) await(p *Process, op Op, wt *Waiter, holds bool) {
	wt.Proc, wt.Op = p, op
	p.op, p.wait, p.sig = op, wt, sigPark
	p.Status = Parked
	if holds {
		w.hold(p)
	}
	w.parked++
}

// waiting is implemented by operations that have a waiter in themselves, which
// saves an allocation. Such an operation is parked at most once at a time.
type waiting interface{ Waiter() *Waiter }

// holder is implemented by blocking operations, which keep a go block's
// worker busy while it waits: >!! and <!! and the like.
type holder interface{ Holds() bool }

// Complete ends the wait of a waiter whose operation has just been committed
// by another: v is the result of the branch (0 if it was no choice). The event
// of the commit is emitted by the caller.
func (w *World) Complete(wt *Waiter, branch int, v lang.Value) {
	p := wt.Proc
	w.Touch(p)
	if c, ok := wt.Op.(*Choice); ok {
		v = c.value(p, branch, v)
		c.Cancel(w, wt, branch)
	}
	w.wake(p, v)
}

// Wake is Complete for a waiter that waits with no choice.
func (w *World) Wake(wt *Waiter, v lang.Value) {
	w.Touch(wt.Proc)
	w.wake(wt.Proc, v)
}

// wake makes a parked process ready, with the result of what it waited for.
func (w *World) wake(p *Process, v lang.Value) {
	p.Ops++
	p.op, p.wait = nil, nil
	p.result = v
	w.parked--
	if p.holds {
		w.release(p)
	}
	w.ready(p)
}

// Withdraw takes a parked process out of whatever it waits on, without making
// it ready: it is about to be killed, or interrupted.
func (w *World) Withdraw(p *Process) {
	if p.wait == nil {
		return
	}
	w.Touch(p)
	wt := p.wait
	p.op, p.wait = nil, nil
	wt.Op.Cancel(w, wt, -1)
	w.parked--
	if p.holds {
		w.release(p)
	}
}
