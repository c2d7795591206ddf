package actors

import (
	"math"
	"strconv"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Start begins a receive. timeout is nil or :infinity, or milliseconds. It is
// part of runtime.Receiver.
func (s *System) Start(p *runtime.Process, timeout lang.Value, f *lang.Filter) lang.Value {
	if p.Kind == runtime.Go && !s.ReceiveAnywhere {
		lang.Raise(lang.IllegalStateException, "receive in a go block: a go block communicates by channels. "+
			"Take from one with <!, or receive in (spawn (fn [] ...))")
	}
	m := s.mailbox(p)
	s.w.Touch(m)
	s.disarm(m)
	m.timeout = milliseconds(timeout)
	m.rewind()
	if s.w.Pooling() {
		m.toPool()
		m.due = s.w.Elapsed() + time.Duration(m.timeout)*time.Millisecond
	} else if m.skip {
		m.pass()
	}
	m.pinned, m.pins = m.pins, nil
	m.skip, m.active, m.filter = false, true, f
	return lang.Nil
}

// maxTimeout is the BEAM's: 2^32 - 1 milliseconds.
const maxTimeout = math.MaxUint32

// milliseconds reads a timeout: -1 for none.
func milliseconds(v lang.Value) int64 {
	switch {
	case v.IsNil() || lang.Identical(v, kwInfinity):
		return -1
	case v.IsFixed() && v.AsInt() >= 0 && v.AsInt() <= maxTimeout:
		return v.AsInt()
	}
	e := lang.NewException(lang.IllegalArgumentException,
		"the timeout of receive is a number of milliseconds from 0 to %d, or :infinity, not %s", int64(maxTimeout), lang.PrString(v))
	e.Reason = lang.K("timeout_value")
	panic(e)
}

// Peek gives the message at the cursor. It is part of runtime.Receiver.
func (s *System) Peek(p *runtime.Process) (lang.Value, bool) {
	m := s.mailbox(p)
	if m.cur.Len() == 0 && (m.ahead != nil || m.leaf.Len() > 0) {
		s.w.Touch(m)
	}
	if x := m.at(); x != nil {
		return x.v, true
	}
	return lang.Nil, false
}

// Next moves the cursor on. It is part of runtime.Receiver.
func (s *System) Next(p *runtime.Process, most int) int {
	m := s.mailbox(p)
	s.w.Touch(m)
	m.next()
	if m.filter == nil || s.w.Pooling() {
		return 0
	}
	return m.seek(most)
}

// Remove takes the message at the cursor out of the mailbox: one operation.
// It is part of runtime.Receiver.
func (s *System) Remove(p *runtime.Process) lang.Value {
	r := (*removal)(s.mailbox(p))
	if !p.Begin() {
		return p.Perform(r)
	}
	v, _ := r.Try(s.w, p)
	return p.Done(v)
}

// Wait waits for a message at the cursor, or for the timeout: one operation.
// It is part of runtime.Receiver.
func (s *System) Wait(p *runtime.Process, _ lang.Value) lang.Value {
	a := (*arrival)(s.mailbox(p))
	if !p.Begin() {
		return p.Perform(a)
	}
	if v, ok := a.Try(s.w, p); ok {
		return p.Done(v)
	}
	a.Park(s.w, &a.wt, 0)
	return p.Wait(a, &a.wt, false)
}

// disarm ends the timer of a receive that is over.
func (s *System) disarm(m *Mailbox) {
	if m.timer != nil {
		s.w.Disarm(m.timer)
		m.timer = nil
	}
	m.expired, m.active = false, false
}

// removal is the operation of taking the message at the cursor. It is always
// ready: only the owner removes, and it has looked at the message before.
type removal Mailbox

// Ready holds always.
func (r *removal) Ready(*runtime.World, *runtime.Process) bool { return true }

// Try removes the message.
func (r *removal) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	m := (*Mailbox)(r)
	w.Touch(m)
	x := m.at()
	v, from, step := x.v, x.from, x.step
	m.remove(w.Journalling())
	m.sys.disarm(m)
	if w.Occurs() {
		w.Tell(runtime.Event{Kind: eventRemove, Proc: p, Peer: from, Entity: m, Value: v, Cause: step})
	}
	return v, true
}

// Immediate marks an operation that never waits.
func (r *removal) Immediate() {}

// Park is never called.
func (r *removal) Park(*runtime.World, *runtime.Waiter, int) {}

// Cancel has nothing to withdraw.
func (r *removal) Cancel(*runtime.World, *runtime.Waiter, int) {}

// Access gives the mailbox.
func (r *removal) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: (*Mailbox)(r), Mode: runtime.Write})
}

// About says which message is received.
func (r *removal) About(p *runtime.Process) string {
	return p.Say(wordsReceive, (*Mailbox)(r).at().v)
}

// arrival is the operation of waiting for a message at the cursor: its result
// is true, or false once the receive's timeout is over.
type arrival Mailbox

// Ready reports whether there is a message, or the time is over.
func (a *arrival) Ready(*runtime.World, *runtime.Process) bool {
	m := (*Mailbox)(a)
	return m.at() != nil || m.over()
}

// over reports whether the time of this receive is over.
func (m *Mailbox) over() bool {
	return m.expired || m.timeout == 0 || m.timeout > 0 && m.sys.w.Pooling() && m.due <= m.sys.w.Elapsed()
}

// Deadline gives when the time is over: 0, when the world began, if there is
// none to wait for. It is part of runtime.Deadliner.
func (a *arrival) Deadline() (time.Duration, bool) {
	if a.timeout == 0 {
		return 0, true
	}
	return a.due, a.timeout > 0
}

// Letters gives the messages of the pool. It is part of runtime.Inbox.
func (a *arrival) Letters() []runtime.Letter {
	if a.pool.Len() == 0 {
		return nil
	}
	out := make([]runtime.Letter, 0, a.pool.Len())
	a.pool.Each(func(x message) bool {
		out = append(out, runtime.Letter{From: x.from, Step: x.step, Value: x.v})
		return true
	})
	return out
}

// Show moves a message of the pool to where the receive looks next. It is
// part of runtime.Inbox.
func (a *arrival) Show(i int) {
	a.sys.w.Touch((*Mailbox)(a))
	n := -1
	a.pool.Filter(func(x message) bool {
		if n++; n == i {
			a.rest.Push(x)
		}
		return n != i
	})
}

// Offer puts a message where the receive looks next. It is part of runtime.Inbox.
func (a *arrival) Offer(v lang.Value) {
	a.sys.w.Touch((*Mailbox)(a))
	a.rest.Push(message{v: v})
}

// Try looks for a message first, as the BEAM does, and then at the time.
func (a *arrival) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	m := (*Mailbox)(a)
	if x := m.at(); x != nil {
		m.wakes(p, x.step)
		return lang.True, true
	}
	if m.over() {
		m.expire(p)
		return lang.False, true
	}
	return lang.Nil, false
}

// expire ends the receive without a message.
func (m *Mailbox) expire(p *runtime.Process) {
	w := m.sys.w
	w.Touch(m)
	m.sys.disarm(m)
	m.rewind()
	w.Emit(runtime.Event{Kind: eventExpire, Proc: p, Entity: m, Value: lang.Int(m.timeout)})
}

// Park enters the waiter, and arms the timer if this receive has none yet.
func (a *arrival) Park(w *runtime.World, wt *runtime.Waiter, _ int) {
	m := (*Mailbox)(a)
	w.Touch(m)
	m.waiter = wt
	if m.timeout > 0 && m.timer == nil {
		m.timer = w.After(time.Duration(m.timeout)*time.Millisecond, m.onTime)
		m.timer.On = m
	}
}

// Waiter gives the mailbox's own waiter: only its owner waits here, once at a
// time, and always on the same operation, so that every state of the world
// finds it right.
func (a *arrival) Waiter() *runtime.Waiter { return &a.wt }

// onTime is called when the receive's timer fires.
func (m *Mailbox) onTime(w *runtime.World) {
	w.Touch(m)
	m.timer = nil
	wt := m.waiter
	if wt == nil || !wt.Live() {
		m.expired = true
		return
	}
	m.waiter = nil
	w.Wake(wt, lang.False)
	m.expire(m.owner)
}

// Cancel withdraws the waiter. The timer stays until the receive is over.
func (a *arrival) Cancel(w *runtime.World, wt *runtime.Waiter, _ int) {
	m := (*Mailbox)(a)
	if m.waiter == wt {
		w.Touch(m)
		m.waiter = nil
		if m.timer != nil {
			m.due = m.timer.At
		}
		m.sys.disarm(m)
	}
}

// Access gives the mailbox.
func (a *arrival) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: (*Mailbox)(a), Mode: runtime.Write})
}

// About says what is waited for.
func (a *arrival) About(p *runtime.Process) string {
	m := (*Mailbox)(a)
	s := p.Say(wordsArrival)
	if call := p.LibraryCall(); call != "" {
		s = p.Say(wordsCall, call)
	}
	if q, _ := a.Awaits(); q != nil {
		s += p.Say(wordsOf, q)
	}
	n := m.passed()
	fresh := m.Len() - n
	if n > 0 {
		s += p.Say(wordsLeft, counted(n, ""))
	}
	switch {
	case fresh > 0 && p.W.Pooling(): // which of them it has looked at is left open
		s += p.Say(wordsThere, counted(fresh, ""))
	case fresh > 0:
		s += p.Say(wordsFresh, counted(fresh, "new "))
	}
	if m.timeout > 0 {
		s += p.Say(wordsMost, m.timeout)
	}
	return s
}

// Awaits gives, for a receive of which every clause asks for one reference, the
// process that this one monitors by it, and the reference: whoever else could end
// the wait holds that. It is part of runtime.Awaiter.
func (a *arrival) Awaits() (by *runtime.Process, key any) {
	if !a.active || a.pinned == nil {
		return nil, nil
	}
	v, _ := look(a.owner).monitors.Get(lang.Obj(a.pinned))
	by, _ = v.Obj().(*runtime.Process)
	return by, a.pinned
}

func counted(n int, kind string) string {
	if n == 1 {
		return "1 " + kind + "message"
	}
	return strconv.Itoa(n) + " " + kind + "messages"
}

// wake tells a receive that waits of a message, which has just arrived: at step.
func (m *Mailbox) wake(step uint64) {
	wt := m.waiter
	if wt == nil {
		return
	}
	m.waiter = nil
	if wt.Live() {
		m.sys.w.Wake(wt, lang.True)
		m.wakes(m.owner, step)
	}
}

// wakes tells that p, whose mailbox it is, sees the message of a step.
func (m *Mailbox) wakes(p *runtime.Process, step uint64) {
	if w := m.sys.w; w.Occurs() {
		w.Tell(runtime.Event{Kind: eventWake, Proc: p, Entity: m, Cause: step})
	}
}
