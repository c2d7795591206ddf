package runtime

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
)

// This file is what an explorer needs of a world that stops before operations
// (see StopBeforeOps): to let one operation happen, to run what follows from
// it up to the next ones, and to move the virtual clock.

// Halts reports whether the world stops before operations, so that some may
// be about to be done.
func (w *World) Halts() bool { return w.halts }

// Settle runs the processes that are ready until none is: each is then
// stopped before an operation, waits, or has ended. No timer fires. It reports
// whether that was so before the reductions given were used up.
func (w *World) Settle(reductions int64) bool {
	limit := reductions * lang.ReductionUnits
	for {
		p := w.next()
		if p == nil {
			return true
		}
		before := p.used
		w.slice(p)
		if limit -= p.used - before; limit < 0 {
			return false
		}
	}
}

// Reconsider takes a process that waits back to where it was about to begin
// its operation: an explorer decides anew when that happens.
func (w *World) Reconsider(p *Process) {
	op := p.op
	if p.Status != Parked || op == nil {
		return
	}
	w.Withdraw(p)
	p.op, p.Status = op, AtOp
}

// GrantAs lets p, which is stopped before an operation, perform op in its
// place: one branch of its choice.
func (w *World) GrantAs(p *Process, op Op) {
	w.Touch(p)
	p.op = op
	w.Grant(p)
}

// Only gives the choice with branch i alone.
func (c *Choice) Only(i int) *Choice {
	return &Choice{Branches: c.Branches[i : i+1 : i+1], Name: c.Name, Hold: c.Hold}
}

// Deadliner is implemented by operations that a time makes ready.
type Deadliner interface {
	// Deadline gives that time, 0 if it is ready without any, false if there is none.
	Deadline() (time.Duration, bool)
}

// Deadline gives the earliest time at which a branch becomes ready by itself.
func (c *Choice) Deadline() (at time.Duration, found bool) {
	for i := range c.Branches {
		if d, ok := c.Branches[i].Op.(Deadliner); ok {
			if t, ok := d.Deadline(); ok && (!found || t < at) {
				at, found = t, true
			}
		}
	}
	return at, found
}

// Immediate is implemented by operations that never wait.
type Immediate interface{ Immediate() }

// Immediate marks an operation that never waits.
func (*Effect) Immediate() {}

// Immediate marks an operation that never waits.
func (*ending) Immediate() {}

// Routine is implemented by operations that start a process or end one: a short
// account of a run leaves them out.
type Routine interface {
	// Routine gives whether this one only ends its own process; if not, it starts another.
	Routine() (ends bool)
}

// Routine says that it ends the process.
func (*ending) Routine() (ends bool) { return true }

// Stale is implemented by operations that were prepared with what a process
// saw before, and would only find out that it has changed: the end of a swap!.
type Stale interface{ Stale() bool }

// FoldBegins sets whether what begins a longer operation, a transaction, is no
// operation of its own but part of the one that ends it (see Apart).
func (w *World) FoldBegins(on bool) { w.folding = on }

// FoldingBegins reports whether a begin is part of its end.
func (w *World) FoldingBegins() bool { return w.folding }

// Apart is implemented by operations that end what began earlier. It reports
// whether the two can be told apart, so that to fold the begin hides outcomes.
type Apart interface{ Apart() bool }

// PoolMessages sets whether messages that arrive are kept apart until a receive
// is shown one of them (see Inbox): which of several that nothing orders arrived
// first is left open for as long as nobody has looked.
func (w *World) PoolMessages(on bool) { w.pooling = on }

// Pooling reports whether messages are kept apart.
func (w *World) Pooling() bool { return w.pooling }

// DeliverPool puts the messages that were kept apart where a receive finds them,
// in the order in which they were sent.
func (w *World) DeliverPool() {
	if w.Unpool == nil {
		return
	}
	for _, p := range w.Processes() {
		w.Unpool(p)
	}
}

// Inbox is implemented by the operation with which a receive waits, in a world
// that pools messages.
type Inbox interface {
	// Letters gives the messages that are there and at which this receive
	// has not looked, oldest first.
	Letters() []Letter
	// Show has the receive look at letter i next.
	Show(i int)
	// Offer has the receive look next at a message that nobody has sent yet.
	Offer(v lang.Value)
}

// Letter is a message that has been sent and not yet received.
type Letter struct {
	From  *Process // nil: a timer
	Step  uint64   // of the send
	Value lang.Value
}

// StopBeforeExits sets whether actors stop just before they end, too, in a
// world that stops before operations.
func (w *World) StopBeforeExits(stop bool) { w.stopExits = stop }

// ExitsMatter notes that something in the world can tell when a process ends:
// a link, a monitor, a name. An explorer asks Ties.
func (w *World) ExitsMatter() { w.ties++ }

// Ties counts the calls of ExitsMatter.
func (w *World) Ties() uint64 { return w.ties }

// ending is the operation of ending, which links and monitors notice.
type ending struct {
	p *Process
	v lang.Value
	e *lang.Exception
}

// stopsToEnd has p stop before its end, if the world wants that.
func (p *Process) stopsToEnd(v lang.Value, e *lang.Exception) bool {
	if !p.W.stopExits || !p.W.halts || p.Kind != Actor || p.private {
		return false
	}
	p.W.Touch(p)
	p.op, p.sig, p.Status = &ending{p, v, e}, sigPark, AtOp
	return true
}

// Ready holds always.
func (o *ending) Ready(*World, *Process) bool { return true }

// Try ends the process.
func (o *ending) Try(_ *World, p *Process) (lang.Value, bool) {
	p.finish(o.v, o.e)
	return lang.Nil, true
}

// Park is never called.
func (o *ending) Park(*World, *Waiter, int) {}

// Cancel has nothing to withdraw.
func (o *ending) Cancel(*World, *Waiter, int) {}

// Access names the process, and what ties it to others.
func (o *ending) Access(acc []Access) []Access {
	acc = append(acc, Access{o.p, Write})
	if f := o.p.W.Ending; f != nil {
		acc = f(o.p, o.e, acc)
	}
	return acc
}

// About says that it ends.
func (o *ending) About(p *Process) string { return p.Say(wordsEnd) }

// Freeze makes the clock virtual, with a time that stands still but for
// AdvanceTo: computing takes no time. What is read from outside is read once, and
// is the same whenever it is read again. The function that it gives ends that.
func (w *World) Freeze() (thaw func()) {
	old := w.clock
	w.drawn = 0
	w.seen = map[string]outsideWork{}
	if !old.virtual {
		w.clock.epoch = time.Now().Add(-old.now())
	}
	w.clock.at = old.now()
	w.clock.virtual, w.clock.frozen = true, true
	return func() {
		w.clock.virtual, w.clock.frozen, w.clock.at, w.clock.epoch = old.virtual, old.frozen, old.at, old.epoch
		w.seen = nil
		w.In.giveBack(w)
	}
}

// StandStill sets whether the virtual clock stands still but for AdvanceTo, as
// Freeze has it.
func (w *World) StandStill(on bool) { w.clock.frozen = on }

// Elapsed gives the time since the world began, without taking any.
func (w *World) Elapsed() time.Duration { return w.clock.now() }

// AdvanceTo moves the virtual clock.
func (w *World) AdvanceTo(at time.Duration) {
	w.Touch(&w.clock)
	w.clock.jump(at)
}

// NextTimer gives the time at which the next timer is due, false if none is armed.
func (w *World) NextTimer() (time.Duration, bool) { return w.timers.first() }

// Due gives the armed timers whose time has come, by the order in which they
// were armed.
func (w *World) Due() []*Timer {
	if at, ok := w.timers.first(); !ok || at > w.clock.now() {
		return nil
	}
	return w.dueAt(w.clock.now())
}

// Fire fires an armed timer.
func (w *World) Fire(t *Timer) { w.fire(t) }

// Keyed is implemented by entities that a program can make while it runs. Key
// names one alike in every run of the program; 0 is no name.
type Keyed interface{ Key() ID }

// Meeter is where operations of two kinds meet: a channel.
type Meeter interface {
	Entity
	Keyed
}

// Meeting is implemented by operations that wait for one of the other kind:
// one offers, the other takes. at is nil for an operation that never waits;
// direct says that nothing stands between the two now, so that each makes the
// other possible.
type Meeting interface {
	Meets() (at Meeter, offers, direct bool)
}

// Watcher is implemented by operations that can tell whether others wait, and
// not only whether they could go on. at is nil if this one cannot.
type Watcher interface {
	Sees() (at Meeter, offering, taking bool)
}

// NewID derives an id for an entity that the running process creates.
func (w *World) NewID() ID {
	if w.current != nil {
		return w.current.NewID()
	}
	w.made++
	return deriveID(2, w.made)
}

// TakeInterrupt reports whether Interrupt was called since the last time that
// it was asked for: by those who run the world in a way of their own.
func (w *World) TakeInterrupt() bool { return w.interrupted.Load() && w.interrupted.Swap(false) }

// Between has f called between two slices of the world, while p waits for
// what it gives: for work on the world as a whole. A native returns what Between returns.
func (p *Process) Between(f func() (lang.Value, *lang.Exception)) lang.Value {
	w := p.W
	w.Touch(p)
	p.Status, p.sig = Outside, sigPark
	w.outside++
	go func() {
		w.inbox <- func() {
			w.outside--
			if p.Status != Outside {
				return
			}
			v, e := f()
			w.Touch(p)
			if e != nil {
				p.raised = p.exceptionOf(e)
			}
			p.result = v
			w.ready(p)
		}
	}()
	return lang.Nil
}
