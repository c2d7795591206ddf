package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// manner is a way to put to or to take from a channel.
type manner struct {
	name  string // the function's
	kind  string // of the events
	words runtime.Wording
	puts  bool
	park  bool // waits if it must
	hold  bool // keeps the worker of a go block while it waits
	alt   bool // a branch of a choice, whose result is [value channel]
}

// The manners. Those of alts with :priority or :default have an event of
// their own, since what they do depends on the queues of several channels.
var (
	parkTake  = &manner{name: "<!", kind: "take", words: wordsTake, park: true}
	blockTake = &manner{name: "<!!", kind: "take", words: wordsTake, park: true, hold: true}
	altTake   = &manner{name: "alts!", kind: "take", words: wordsTake, park: true, alt: true}
	firstTake = &manner{name: "alts!", kind: "alts", words: wordsTake, park: true, alt: true}
	pollTake  = &manner{name: "poll!", kind: "poll!", words: wordsPoll}
	asyncTake = &manner{name: "take!", kind: "take!", words: wordsTakeTo}

	parkPut  = &manner{name: ">!", kind: "put", words: wordsPut, puts: true, park: true}
	blockPut = &manner{name: ">!!", kind: "put", words: wordsPut, puts: true, park: true, hold: true}
	altPut   = &manner{name: "alts!", kind: "put", words: wordsPut, puts: true, park: true, alt: true}
	firstPut = &manner{name: "alts!", kind: "alts", words: wordsPut, puts: true, park: true, alt: true}
	offerPut = &manner{name: "offer!", kind: "offer!", words: wordsOffer, puts: true}
	asyncPut = &manner{name: "put!", kind: "put!", words: wordsPutTo, puts: true}
)

// op is a put or a take, in one of the manners.
type op struct {
	c *Channel
	m *manner
	v lang.Value
}

func (o *op) queue() *runtime.Line[party] {
	if o.m.puts {
		return &o.c.puts
	}
	return &o.c.takes
}

// Ready reports whether the operation would end now, be it in an error.
func (o *op) Ready(_ *runtime.World, p *runtime.Process) bool {
	switch {
	case o.c.busy(p):
		return false
	case !o.m.park:
		return true
	case o.m.puts:
		return o.c.canPut() || crowded(&o.c.puts)
	}
	return o.c.canTake() || crowded(&o.c.takes)
}

// Try does the operation if it can be done now, and raises if so many wait
// already that this one may not.
func (o *op) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	c := o.c
	if c.busy(p) {
		return lang.Nil, false
	}
	v, ok := o.attempt(p)
	switch {
	case ok:
		if o.m.alt {
			v = c.branchResult(v)
		}
		return v, true
	case o.m.park:
		if crowded(o.queue()) {
			o.m.refuse()
		}
		return lang.Nil, false
	}
	return c.fail(p, o.m, o.v), true
}

// fail ends an operation that does not wait, and would have to.
func (c *Channel) fail(p *runtime.Process, m *manner, v lang.Value) lang.Value {
	c.lose(m.kind, p, v, NoteFailed)
	return lang.Nil
}

func (o *op) attempt(p *runtime.Process) (lang.Value, bool) {
	if o.m.puts {
		return o.c.put(p, o.v, o.m)
	}
	return o.c.take(p, o.m)
}

// branchResult makes the result of a choice: [v channel]. A work that is
// still to be done will do that at its end.
func (c *Channel) branchResult(v lang.Value) lang.Value {
	if _, ok := v.Obj().(*work); ok {
		return v
	}
	return lang.Vec(v, lang.Obj(c))
}

// refuse raises core.async's error for too many who wait.
func (m *manner) refuse() {
	if m.puts {
		raiseAssert("No more than 1024 pending puts are allowed on a single channel. Consider using a windowed buffer.",
			"(< (.size puts) impl/MAX-QUEUE-SIZE)")
	}
	raiseAssert("No more than 1024 pending takes are allowed on a single channel.", "(< (.size takes) impl/MAX-QUEUE-SIZE)")
}

// Park enters the waiter into the channel's queue, or into that for its lock.
func (o *op) Park(_ *runtime.World, wt *runtime.Waiter, branch int) {
	if o.c.busy(wt.Proc) {
		o.c.await(wt, branch)
		return
	}
	o.c.enter(o.queue(), party{wt, branch})
}

// Cancel withdraws the waiter.
func (o *op) Cancel(_ *runtime.World, wt *runtime.Waiter, _ int) {
	o.c.leave(o.queue(), wt)
	o.c.disarm()
}

// Access names the channel.
func (o *op) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.c, Mode: runtime.Write})
}

// About says: put "hello" on c1; take from c1.
func (o *op) About(p *runtime.Process) string { return p.Say(o.m.words, o.c, o.v) }

// Offers reports whether it is a put: one that waits for ever is a leak wherever it stands.
func (o *op) Offers() bool { return o.m.puts }

// Holds reports whether a go block that waits keeps its worker.
func (o *op) Holds() bool { return o.m.hold }

// lone is a put or a take that is no branch of a choice, with room for who waits.
type lone struct {
	op
	wt runtime.Waiter
}

// Waiter gives the operation's own waiter.
func (o *lone) Waiter() *runtime.Waiter { return &o.wt }

// lone gives an empty operation, for a process that is about to wait, from those
// that are spare.
func (h *house) lone() *lone {
	n := len(h.spare)
	if n == 0 {
		return &lone{}
	}
	l := h.spare[n-1]
	h.spare = h.spare[:n-1]
	return l
}

// spareLones bounds how many operations are kept for the next who wait.
const spareLones = 64

// recycle takes back an operation that is done, and that no queue has any more:
// one that was waited for is taken out of its queue as it is done. Where a
// state may return in which it is still waited for, it is left alone.
func (h *house) recycle(l *lone) {
	if l.c.xf == nil && len(h.spare) < spareLones && !h.w.Journalling() {
		*l = lone{}
		h.spare = append(h.spare, l)
	}
}

// async is a put! or a take!: it never waits, but leaves a callback in the
// queue. Only for the channel's lock does it wait.
type async struct {
	op
	wt runtime.Waiter // without a process: stands in the queue for the callback
	fn *lang.Value    // nil: nobody wants to know
}

// pending is the result of an async that has left its callback.
var pending = lang.Obj(&struct{ what string }{"pending"})

// Try does the operation or leaves the callback.
func (o *async) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	if o.c.busy(p) {
		return lang.Nil, false
	}
	if v, ok := o.attempt(p); ok {
		return v, true
	}
	if crowded(o.queue()) {
		o.m.refuse()
	}
	o.wt.Op = o
	o.c.enter(o.queue(), party{wt: &o.wt})
	o.c.emit(o.m.kind, p, nil, o.v, NotePending)
	return pending, true
}

// closeOp is close!, or, at the end of a go block or thread, the delivery of
// its result.
type closeOp struct {
	c      *Channel
	result lang.Value // put before it closes, unless nil
	kind   string
}

// Ready holds unless another process is inside the transducer.
func (o *closeOp) Ready(_ *runtime.World, p *runtime.Process) bool { return !o.c.busy(p) }

// Try closes the channel.
func (o *closeOp) Try(_ *runtime.World, p *runtime.Process) (lang.Value, bool) {
	c := o.c
	if c.busy(p) {
		return lang.Nil, false
	}
	if o.result.IsNil() || c.closed || !c.room() {
		return c.shut(p, o.kind), true
	}
	c.in.w.Touch(c)
	c.buf.add(o.result)
	c.closed = true
	c.emit(o.kind, p, nil, o.result, "")
	c.serve(p, false)
	c.dismiss(p)
	return lang.Nil, true
}

// Park waits for the channel's lock.
func (o *closeOp) Park(_ *runtime.World, wt *runtime.Waiter, branch int) { o.c.await(wt, branch) }

// Cancel has nothing to withdraw: who waits for a lock is looked at when it is free.
func (o *closeOp) Cancel(*runtime.World, *runtime.Waiter, int) {}

// Access names the channel.
func (o *closeOp) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.c, Mode: runtime.Write})
}

// About says: close c1; result 5 on c1.
func (o *closeOp) About(p *runtime.Process) string {
	if o.kind == "close" {
		return p.Say(wordsClose, o.c)
	}
	return p.Say(wordsResult, o.c, o.result)
}
