package actors

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Mailbox holds the messages of a process in the order of their arrival, and
// the cursor of its receive. What the receive has looked at and left stands
// before the cursor (the save queue); when it ends, that is joined again, in
// constant time, to what stands behind. A state copies in constant time.
type Mailbox struct {
	runtime.Stamped
	sys   *System
	owner *runtime.Process
	wt    runtime.Waiter // of the receive that waits, if one does
	box
}

// box is the state of a mailbox. Its messages are, in order: saved, tail,
// those of leaf (of which cur is what the cursor has not passed), ahead, rest.
type box struct {
	saved     *rope // looked at and left
	tail      messages
	leaf, cur messages
	ahead     *rope    // not looked at by this receive
	rest      messages // nor these; arrivals go here
	pool      messages // arrived, and shown to no receive yet: see runtime.World.PoolMessages
	// fresh is the reference made last, as long as all messages outside of
	// rest were there before it; only messages in rest can contain it.
	fresh   *Reference
	skip    bool       // the next receive begins behind what was there before fresh
	pins    *Reference // for which every clause of the next receive asks, nil for none
	pinned  *Reference // the same of this receive
	waiter  *runtime.Waiter
	timer   *runtime.Timer // of this receive's after
	expired bool
	timeout int64         // of this receive in milliseconds; -1 for none
	due     time.Duration // when that is over, in a world that pools messages
	active  bool          // a receive is going on
	filter  *lang.Filter  // of this receive; nil lets all through
}

// small is the size of a run of messages up to which it is copied rather than
// kept as a leaf of its own, so that a rope never has many tiny leaves.
const small = 32

// Save gives the state.
func (m *Mailbox) Save() any { b := m.box; return &b }

// Restore puts a state back.
func (m *Mailbox) Restore(s any) { m.box = *s.(*box) }

// Len gives the number of messages.
func (m *Mailbox) Len() int {
	return m.saved.len() + m.tail.Len() + m.leaf.Len() + m.ahead.len() + m.rest.Len() + m.pool.Len()
}

// Trace shows the messages.
func (m *Mailbox) Trace(visit func(lang.Value)) {
	m.each(func(x message) bool { visit(x.v); return true })
}

// mailboxBits and bondsBits tell the keys of what a process has from its own.
const (
	mailboxBits = 0x2545f4914f6cdd1d
	bondsBits   = 0x6c62272e07bb0142
)

// Key names the mailbox alike in every run. It is part of runtime.Keyed.
func (m *Mailbox) Key() runtime.ID { return m.owner.ID ^ mailboxBits }

// Owner gives the process whose mailbox it is.
func (m *Mailbox) Owner() *runtime.Process { return m.owner }

// each calls f with each message in order until f gives false.
func (m *Mailbox) each(f func(message) bool) {
	more := m.saved.each(f)
	for _, q := range [...]messages{m.tail, m.leaf} {
		if more {
			q.Each(func(x message) bool { more = f(x); return more })
		}
	}
	more = more && m.ahead.each(f)
	for _, q := range [...]messages{m.rest, m.pool} {
		if more {
			q.Each(func(x message) bool { more = f(x); return more })
		}
	}
}

// at gives the message at the cursor, nil if there is none. It is not to be changed.
func (m *Mailbox) at() *message {
	for m.cur.Len() == 0 {
		if m.leaf.Len() > 0 {
			m.leave()
		}
		if m.ahead == nil {
			return m.rest.Front()
		}
		m.leaf, m.ahead = m.ahead.unjoin()
		m.cur = m.leaf
	}
	return m.cur.Front()
}

// leave saves what the cursor has passed of the leaf, and forgets the leaf.
func (m *Mailbox) leave() {
	m.save(m.leaf.Until(m.cur))
	m.leaf, m.cur = messages{}, messages{}
}

// save puts a run of messages at the end of those looked at.
func (m *Mailbox) save(q messages) {
	if q.Len() <= small {
		q.Each(func(x message) bool { m.tail.Push(x); return true })
		return
	}
	m.saved = join(join(m.saved, leafOf(m.tail)), leafOf(q))
	m.tail = messages{}
}

// next moves the cursor past the message at it.
func (m *Mailbox) next() {
	if m.cur.Len() > 0 {
		m.cur.Drop()
		return
	}
	m.fresh = nil
	if m.rest.Len() <= small {
		*m.tail.Add() = *m.rest.Front()
		m.rest.Drop()
		return
	}
	m.leaf, m.rest = m.rest, messages{}
	m.cur = m.leaf
	m.cur.Drop()
}

// seek moves the cursor past messages that the filter does not let through,
// at most most of them, and gives their number.
func (m *Mailbox) seek(most int) int {
	n := 0
	stranger := func(x *message) bool { return !m.filter.Lets(x.v) }
	for n < most {
		x := m.at()
		if x == nil || !stranger(x) {
			break
		}
		if m.cur.Len() == 0 {
			m.next()
			n++
			continue
		}
		n += m.cur.Skip(most-n, stranger)
	}
	return n
}

// remove takes out the message at the cursor and moves the cursor to the
// front. keep says that older states of the mailbox are kept.
func (m *Mailbox) remove(keep bool) {
	switch {
	case m.cur.Len() > 0:
		passed := m.leaf.Until(m.cur)
		if keep {
			m.cur.Drop()
		} else {
			m.cur.DropZero()
		}
		m.save(passed)
		m.leaf = m.cur
	case keep:
		m.rest.Drop()
	default:
		m.rest.DropClear()
	}
	m.rewind()
}

// rewind moves the cursor to the first message.
func (m *Mailbox) rewind() {
	if m.saved == nil && m.tail.Len() == 0 {
		if m.leaf.Len() > 0 {
			m.cur = m.leaf
		}
		return
	}
	m.ahead = join(join(m.saved, leafOf(m.tail)), join(leafOf(m.leaf), m.ahead))
	m.saved, m.tail, m.leaf, m.cur = nil, messages{}, messages{}, messages{}
}

// mark notes that ref was made now: no message that is there can contain it.
func (m *Mailbox) mark(ref *Reference) {
	m.rewind()
	if m.rest.Len() > 0 {
		m.ahead = join(join(leafOf(m.leaf), m.ahead), leafOf(m.rest))
		m.leaf, m.cur, m.rest = messages{}, messages{}, messages{}
	}
	m.fresh = ref
}

// pass moves the cursor behind all that was there when fresh was made.
func (m *Mailbox) pass() {
	m.saved = join(leafOf(m.leaf), m.ahead)
	m.leaf, m.cur, m.ahead = messages{}, messages{}, nil
}

// drop removes the first message for which gone holds. It looks no further
// than that: who drops a message for each of many finds it near the front.
func (m *Mailbox) drop(gone func(lang.Value) bool) {
	if m.pool.Len() > 0 {
		m.pool.Filter(func(x message) bool { return !gone(x.v) })
	}
	m.rewind()
	for x := m.at(); x != nil; x = m.at() {
		if gone(x.v) {
			m.remove(m.sys.w.Journalling())
			return
		}
		m.next()
	}
	m.rewind()
}

// toPool puts all messages into the pool, in their order.
func (m *Mailbox) toPool() {
	var all messages
	m.each(func(x message) bool { all.Push(x); return true })
	m.saved, m.ahead, m.fresh = nil, nil, nil
	m.tail, m.leaf, m.cur, m.rest, m.pool = messages{}, messages{}, messages{}, messages{}, all
}

// fromPool has the messages of the pool stand where a receive sees them, in
// the order of their arrival.
func (m *Mailbox) fromPool() {
	m.pool.Each(func(x message) bool { m.rest.Push(x); return true })
	m.pool = messages{}
}

// unpool has a process's messages stand where a receive sees them, once the
// world keeps them apart no longer.
func (s *System) unpool(p *runtime.Process) {
	if a, ok := p.Slot(slot).(*actor); ok && a.pool.Len() > 0 {
		s.w.Touch(&a.Mailbox)
		a.fromPool()
	}
}

// Dependent tells which operations on the mailbox do not commute. Two sends
// do, in a world that pools messages: which of them a receive sees first is
// the receive's choice. A removal depends on the send whose message it took,
// which is its cause, and on no other. An expiry and a look from outside depend
// on every send.
func (m *Mailbox) Dependent(a, b *runtime.Event) bool {
	if a.Kind > b.Kind {
		a, b = b, a
	}
	switch {
	case a.Kind == eventSend && b.Kind == eventSend:
		return m.sys == nil || !m.sys.w.Pooling()
	case a.Kind == eventRemove && b.Kind == eventSend:
		return a.Cause == b.Step
	case a.Kind == eventSend && b.Kind == eventWake:
		return b.Cause == a.Step
	case isLook(a) && isLook(b):
		return false
	}
	return true
}

func isLook(e *runtime.Event) bool { return e.Kind == eventInfo || e.Kind == eventAlive }

// The kinds of the events of this package.
const (
	eventSend       = "send"   // Proc to Peer; Note: the name, "EXIT", "DOWN", "timer" or ""
	eventRemove     = "remove" // Cause: the send
	eventWake       = "wake"   // a waiting receive sees a message; Cause: the send
	eventExpire     = "expire" // a receive's after
	eventInfo       = "info"   // process-info
	eventAlive      = "alive?"
	eventSignal     = "signal" // exit with two arguments; Value: the reason
	eventLink       = "link"
	eventUnlink     = "unlink"
	eventMonitor    = "monitor" // Value: the reference
	eventDemonitor  = "demonitor"
	eventRegister   = "register" // Value: the name
	eventUnregister = "unregister"
	eventWhereis    = "whereis"
	eventTimer      = "timer" // send-after, cancel-timer
	eventFlag       = "flag"  // trap-exit and the like
)
