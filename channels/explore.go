package channels

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Key names the channel alike in every run of the program. It is part of
// runtime.Meeting's contract.
func (c *Channel) Key() runtime.ID { return c.key }

// Meets tells that a put waits for a take, and a take for a put. It is part
// of runtime.Meeting.
func (o *op) Meets() (at runtime.Meeter, offers, direct bool) {
	if !o.m.park {
		return nil, false, false
	}
	return o.c, o.m.puts, o.c.buf == nil && !o.c.Closed()
}

// Deadline gives the time at which a timeout channel closes. It is part of
// runtime.Deadliner.
func (o *op) Deadline() (time.Duration, bool) {
	if o.c.due == nil {
		return 0, false
	}
	return o.c.due.At, true
}

// Sees tells which queues matter to the operation: an offer! to a channel
// without a buffer needs a taker who waits already; alts! with :priority or
// :default looks for partners on every channel. It is part of runtime.Watcher.
func (o *op) Sees() (at runtime.Meeter, putters, takers bool) {
	switch o.m {
	case offerPut, pollTake:
		if o.c.buf != nil {
			return nil, false, false
		}
		fallthrough
	case asyncPut, asyncTake, firstPut, firstTake:
		return o.c, !o.m.puts, o.m.puts
	}
	return nil, false, false
}

// Sees tells that closing leaves those puts in the channel that wait already.
// The result of a go block finds no putters. It is part of runtime.Watcher.
func (o *closeOp) Sees() (at runtime.Meeter, putters, takers bool) {
	if o.kind != "close" {
		return nil, false, false
	}
	return o.c, true, false
}

// Sees tells that all who wait are listed. It is part of runtime.Watcher.
func (o *infoOp) Sees() (at runtime.Meeter, putters, takers bool) { return o.c, true, true }

// Canonical notes what the channel holds, and who waits. It is part of
// runtime.Canonical.
func (c *Channel) Canonical(note func(any)) {
	note(c.Closed())
	if c.buf != nil {
		c.buf.vals.Each(func(v lang.Value) bool { note(v); return true })
	}
	for _, q := range []*runtime.Line[party]{&c.puts, &c.takes} {
		note(q.Len())
		q.Each(func(t party) bool {
			if t.live() {
				note(t.val())
				note(t.proc())
			}
			return true
		})
	}
}
