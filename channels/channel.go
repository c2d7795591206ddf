package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Channel is a channel of core.async, with any number of writers and readers.
type Channel struct {
	runtime.Stamped
	in  *house
	buf *Buffer        // nil: a put and a take meet
	xf  *transducer    // nil: values go through as they are
	key runtime.ID     // the same in every run of the program
	due *runtime.Timer // of a timeout channel, when it closes; it is never armed itself
	state
}

// state is what can change of a channel.
type state struct {
	puts   runtime.Line[party] // waiting for room or for a taker, in order
	takes  runtime.Line[party] // waiting for a value, in order
	lock   *lock               // nil: free, and nobody waits for it
	timer  *runtime.Timer      // armed while somebody waits on a timeout channel
	name   *string             // for people, nil until it is first shown
	nputs  uint64              // values that came in so far
	ntakes uint64              // values that went out so far
	id     identity
	swept  uint16 // how long a queue may become before dead parties are swept out of it
	closed bool
}

// Save gives the channel's state.
func (c *Channel) Save() any { return c.state }

// Restore puts a state back.
func (c *Channel) Restore(s any) { c.state = s.(state) }

// party is a putter or a taker in the queue of a channel: a process that
// waits, or what a put! or take! has left, which has no process.
type party struct {
	wt     *runtime.Waiter
	branch int // of the choice that it waits with
}

// live reports whether the party still waits. One that has gone on with
// another branch of its choice, or was killed, is dead, and is left in the
// queue until somebody comes by.
func (t party) live() bool { return t.wt.Proc == nil || t.wt.Live() }

// proc gives the process that waits, nil for a put! or take!.
func (t party) proc() *runtime.Process { return t.wt.Proc }

// val gives what a putter puts.
func (t party) val() lang.Value {
	switch o := t.wt.Op.(type) {
	case *lone:
		return o.v
	case *async:
		return o.v
	}
	return t.wt.Op.(*runtime.Choice).Branches[t.branch].Op.(*op).v
}

// maxPending is how many puts, and how many takes, may wait on a channel: core.async's MAX-QUEUE-SIZE.
const maxPending = 1024

// waiting reports whether a live party is in the queue.
func waiting(q *runtime.Line[party]) bool {
	if t, ok := q.Peek(); !ok || t.live() {
		return ok
	}
	found := false
	q.Each(func(t party) bool { found = t.live(); return !found })
	return found
}

// count gives the number of live parties in the queue.
func count(q *runtime.Line[party]) int {
	n := 0
	q.Each(func(t party) bool {
		if t.live() {
			n++
		}
		return true
	})
	return n
}

// crowded reports whether no further party may wait in the queue.
func crowded(q *runtime.Line[party]) bool { return q.Len() >= maxPending && count(q) >= maxPending }

// next takes the first live party out of the queue.
func (c *Channel) next(q *runtime.Line[party]) (party, bool) {
	c.in.w.Touch(c)
	for {
		if t, ok := q.Pop(c.in.w); !ok || t.live() {
			return t, ok
		}
	}
}

// enter puts a party at the end of the queue. Dead parties are swept out
// before a queue grows to twice what it was after the last sweep, so that
// sweeping costs nothing in the long run.
func (c *Channel) enter(q *runtime.Line[party], t party) {
	c.in.w.Touch(c)
	if n := q.Len(); n >= firstSweep && n >= int(c.swept) {
		q.Filter(func(t party) bool { return t.live() })
		c.swept = uint16(min(2*q.Len(), 2*maxPending))
	}
	q.Push(t)
	if c.due != nil {
		c.arm()
	}
}

const firstSweep = 8

// leave takes parties that wait with wt, and dead ones, off the front of the queue.
func (c *Channel) leave(q *runtime.Line[party], wt *runtime.Waiter) {
	for {
		t, ok := q.Peek()
		if !ok || t.wt != wt && t.live() {
			return
		}
		c.in.w.Touch(c)
		q.Pop(c.in.w)
	}
}

// settle ends the wait of a party with v, on behalf of by, which may be nil:
// its process goes on, with [v channel] if it made a choice, or its callback
// runs in a new go block.
func (c *Channel) settle(t party, v lang.Value, by *runtime.Process) {
	w := c.in.w
	switch o := t.wt.Op.(type) {
	case *lone:
		w.Wake(t.wt, v)
		c.in.recycle(o)
	case *async:
		if o.fn != nil {
			w.Spawn(by, runtime.Spawn{Kind: runtime.Go, Fn: *o.fn, Args: []lang.Value{v}})
		}
	default:
		w.Complete(t.wt, t.branch, lang.Vec(v, lang.Obj(c)))
	}
}

// Closed reports whether the channel takes no more puts.
func (c *Channel) Closed() bool { return c.closed || c.due != nil && c.passed() }

// passed reports whether it is time for a timeout channel to be closed.
func (c *Channel) passed() bool { return c.in.w.Remaining(c.due) == 0 }

// held reports whether the buffer holds a value.
func (c *Channel) held() bool { return c.buf != nil && c.buf.Len() > 0 }

// room reports whether a put need not wait for a taker.
func (c *Channel) room() bool { return c.buf != nil && !c.buf.full() }

// canPut reports whether put would be done now.
func (c *Channel) canPut() bool { return c.room() || c.Closed() || waiting(&c.takes) }

// canTake reports whether take would be done now.
func (c *Channel) canTake() bool { return c.held() || c.Closed() || waiting(&c.puts) }

// put puts v on behalf of p if that can be done at once. The result is
// whether the channel was open; where a transducer must run first, it is a
// work that p has to do.
func (c *Channel) put(p *runtime.Process, v lang.Value, m *manner) (lang.Value, bool) {
	switch {
	case c.Closed():
		c.emit(m.kind, p, nil, v, NoteClosed)
		return lang.False, true
	case c.room():
		return c.fill(p, v, m), true
	}
	t, ok := c.next(&c.takes)
	if !ok {
		return lang.Nil, false
	}
	c.ntakes++
	c.enters(m.kind, p, t.proc(), v, "")
	c.settle(t, v, p)
	return lang.True, true
}

// fill puts v into the buffer, which has room, and serves who waits for it.
func (c *Channel) fill(p *runtime.Process, v lang.Value, m *manner) lang.Value {
	switch {
	case c.xf != nil:
		c.acquire(p)
		c.enters(m.kind, p, nil, v, NoteDrops)
		return lang.Obj(&work{c: c, stage: putting, val: v, res: lang.True, alt: m.alt})
	case c.buf.drops():
		c.buf.add(v)
		c.in.w.Touch(c)
		c.nputs++
		c.lose(m.kind, p, v, NoteLost)
		return lang.True
	}
	note := ""
	if c.buf.kind != Fixed {
		note = NoteDrops
	}
	c.buf.add(v)
	var first *runtime.Process
	if t, ok := peek(&c.takes); ok && c.held() {
		first, note = t.proc(), NoteHanded
	}
	c.enters(m.kind, p, first, v, note)
	c.serve(p, true)
	return lang.True
}

// peek gives the first live party of the queue.
func peek(q *runtime.Line[party]) (found party, ok bool) {
	if q.Len() == 0 {
		return
	}
	q.Each(func(t party) bool {
		if t.live() {
			found, ok = t, true
		}
		return !ok
	})
	return
}

// serve hands buffered values to waiting takers. The put that goes with the
// first of them is an event already, if told holds; the others' takes are
// events of their own.
func (c *Channel) serve(by *runtime.Process, told bool) {
	for c.held() && c.takes.Len() > 0 {
		t, ok := c.next(&c.takes)
		if !ok {
			return
		}
		v := c.buf.remove()
		if told {
			c.ntakes++
		} else {
			c.leaves("take", t.proc(), by, v, "")
		}
		told = false
		c.settle(t, v, by)
	}
}

// take takes a value on behalf of p if that can be done at once. Where a
// transducer must run first, the result is a work that p has to do.
func (c *Channel) take(p *runtime.Process, m *manner) (lang.Value, bool) {
	if c.held() {
		note := ""
		if c.buf.kind != Fixed || c.xf != nil {
			note = NoteDrops
		}
		v := c.buf.remove()
		c.leaves(m.kind, p, nil, v, note)
		if c.xf != nil && c.room() && waiting(&c.puts) {
			c.acquire(p)
			return lang.Obj(&work{c: c, stage: admitting, res: v, alt: m.alt}), true
		}
		c.admit(p)
		return v, true
	}
	if t, ok := c.next(&c.puts); ok {
		v := t.val()
		c.nputs++
		c.leaves(m.kind, p, t.proc(), v, "")
		c.settle(t, lang.True, p)
		return v, true
	}
	if !c.Closed() {
		return lang.Nil, false
	}
	if c.xf != nil {
		c.acquire(p)
		return lang.Obj(&work{c: c, stage: draining, kind: m.kind, alt: m.alt}), true
	}
	c.emit(m.kind, p, nil, lang.Nil, NoteClosed)
	return lang.Nil, true
}

// admit lets waiting puts into the buffer, as far as there is room.
func (c *Channel) admit(by *runtime.Process) {
	for c.puts.Len() > 0 && c.room() {
		t, ok := c.next(&c.puts)
		if !ok {
			return
		}
		v := t.val()
		c.buf.add(v)
		c.enters("put", t.proc(), by, v, "")
		c.settle(t, lang.True, by)
	}
}

// shut closes the channel on behalf of p, which is nil for a timeout. With a
// transducer, whose completion must run first, it gives a work.
func (c *Channel) shut(p *runtime.Process, kind string) lang.Value {
	if c.closed {
		c.emit(kind, p, nil, lang.Nil, NoteClosed)
		return lang.Nil
	}
	c.in.w.Touch(c)
	c.closed = true
	c.emit(kind, p, nil, lang.Nil, "")
	if c.xf != nil {
		c.acquire(p)
		return lang.Obj(&work{c: c, stage: closing})
	}
	c.dismiss(p)
	return lang.Nil
}

// dismiss serves the takers of a channel that has just closed: what is left
// in the buffer, then nil.
func (c *Channel) dismiss(by *runtime.Process) {
	for c.takes.Len() > 0 {
		t, ok := c.next(&c.takes)
		if !ok {
			break
		}
		v := lang.Nil
		if c.held() {
			v = c.buf.remove()
		}
		c.emit("take", t.proc(), by, v, NoteClosed)
		c.settle(t, v, by)
	}
	if c.buf != nil {
		c.buf.close()
	}
	c.disarm()
}
