package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// transducer is what a channel was given to run its values through.
type transducer struct {
	step    lang.Value // the transducer applied to the function that adds to the buffer
	handler lang.Value // what becomes of an exception, nil for the usual report
}

// A channel with a transducer runs code of the language at a put, at the
// admission of a waiting put, and when it closes. That code is an ordinary
// frame of the acting process, which holds the channel's lock meanwhile; the
// lock may be entered again by the same process, as core.async's may.

// lock is the state of a channel's lock; it is replaced, not changed.
type lock struct {
	owner   *runtime.Process
	depth   int
	waiters runtime.Queue[lockWait]
}

type lockWait struct {
	wt     *runtime.Waiter
	branch int
}

// busy reports whether another process than p is inside the transducer.
func (c *Channel) busy(p *runtime.Process) bool {
	return c.lock != nil && c.lock.owner != nil && c.lock.owner != p
}

func (c *Channel) acquire(p *runtime.Process) {
	c.in.w.Touch(c)
	l := &lock{owner: p, depth: 1}
	if c.lock != nil {
		l.depth, l.waiters = c.lock.depth+1, c.lock.waiters
	}
	c.lock = l
	if l.depth == 1 {
		c.in.hold(c)
	}
}

func (c *Channel) await(wt *runtime.Waiter, branch int) {
	c.in.w.Touch(c)
	l := *c.lock
	l.waiters.Push(lockWait{wt, branch})
	c.lock = &l
}

// release gives the lock back; who waited for it tries again, in order, until
// one of them holds it.
func (c *Channel) release() {
	w := c.in.w
	w.Touch(c)
	if c.lock.depth > 1 {
		l := *c.lock
		l.depth--
		c.lock = &l
		return
	}
	c.in.drop(c)
	waiters := c.lock.waiters
	c.lock = nil
	for waiters.Len() > 0 {
		x, _ := waiters.Pop()
		if !x.wt.Live() {
			continue
		}
		retry(w, x)
		if c.lock != nil {
			l := *c.lock
			l.waiters = waiters
			c.lock = &l
			return
		}
	}
}

// retry does the operation that a process has waited with, or enters it into
// the queue that it now has to wait in.
func retry(w *runtime.World, x lockWait) {
	o := x.wt.Op
	if choice, ok := o.(*runtime.Choice); ok {
		o = choice.Branches[x.branch].Op
	}
	v, done, e := tryRaising(w, o, x.wt.Proc)
	switch {
	case e != nil:
		w.Raise(x.wt.Proc, e)
	case done:
		w.Complete(x.wt, x.branch, v)
	default:
		o.Park(w, x.wt, x.branch)
	}
}

// tryRaising is o.Try with what it raises as a result: it must be raised in
// p, not in the process that runs.
func tryRaising(w *runtime.World, o runtime.Op, p *runtime.Process) (v lang.Value, done bool, e *lang.Exception) {
	defer func() {
		if r := recover(); r != nil {
			var ok bool
			if e, ok = r.(*lang.Exception); !ok {
				panic(r)
			}
		}
	}()
	v, done = o.Try(w, p)
	return v, done, nil
}

// stage is how far a process has come with what it does under a channel's lock.
type stage uint8

const (
	putting   stage = iota // val goes through the transducer
	admitting              // waiting puts do, as far as there is room
	draining               // a take from the closed, empty channel: whatever the transducer still has
	closing                // the transducer's completion, then the takers
)

// work is what a process still has to do, under the lock, for an operation
// that it has begun. It never changes; each step makes the next.
type work struct {
	c      *Channel
	stage  stage
	val    lang.Value
	putter party      // admitting: whose val it is; the wait ends when it is through
	res    lang.Value // of the operation
	kind   string     // draining: of its event
	alt    bool       // the result is that of a choice: [res channel]
}

// afterOp does the work that an operation has left, if it has left any.
var afterOp = &runtime.Kont{Name: "channel"}

// stepped is told when the transducer's step has returned, handled when the
// handler of exceptions has.
var (
	stepped = &runtime.Kont{Name: "transducer of a channel"}
	handled = &runtime.Kont{Name: "exception handler of a channel"}
)

func init() { // these lead to each other
	afterOp.Return = func(p *runtime.Process, _ any, v lang.Value) lang.Value {
		if wk, ok := v.Obj().(*work); ok {
			return wk.begin(p)
		}
		return v
	}
	stepped.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		return state.(*work).added(p, reduced(v))
	}
	stepped.Raise = func(p *runtime.Process, state any, e *lang.Exception) (lang.Value, bool) {
		wk := state.(*work)
		if h := wk.c.xf.handler; h.Truthy() {
			return p.Call(handled, wk, h, lang.Obj(e)), true
		}
		if w := p.W; w.Uncaught != nil {
			w.Uncaught(w, p, e)
		}
		return wk.added(p, false), true
	}
	handled.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		wk := state.(*work)
		if !v.IsNil() {
			wk.c.buf.add(v)
		}
		return wk.added(p, false)
	}
	handled.Raise = func(_ *runtime.Process, state any, _ *lang.Exception) (lang.Value, bool) {
		state.(*work).c.release()
		return lang.Nil, false
	}
}

// reduced reports whether a step ended the reduction: by class, since the
// type belongs to the language's library.
func reduced(v lang.Value) bool {
	if _, ok := v.Obj().(*Buffer); ok {
		return false
	}
	class := lang.ClassOf(v)
	return class != nil && class.Name == "clojure.lang.Reduced"
}

func (wk *work) begin(p *runtime.Process) lang.Value {
	c := wk.c
	switch wk.stage {
	case admitting:
		return wk.admitNext(p)
	case closing:
		if waiting(&c.puts) { // they go through first; the completion follows them
			return wk.dismissed(p)
		}
	}
	return wk.run(p)
}

// run calls the transducer: with val, or for its completion.
func (wk *work) run(p *runtime.Process) lang.Value {
	x, buf := wk.c.xf, lang.Obj(wk.c.buf)
	if wk.stage == draining || wk.stage == closing {
		return p.Call(stepped, wk, x.step, buf)
	}
	return p.Call(stepped, wk, x.step, buf, wk.val)
}

// added goes on when the transducer has done its part. If done, it wants no
// more values.
func (wk *work) added(p *runtime.Process, done bool) lang.Value {
	c := wk.c
	switch wk.stage {
	case putting:
		c.serve(p, false)
	case admitting:
		c.settle(wk.putter, lang.True, p)
		if !done {
			return wk.admitNext(p)
		}
	case draining:
		v := lang.Nil
		if c.held() {
			v = c.buf.remove()
		}
		c.emit(wk.kind, p, nil, v, NoteClosed)
		return wk.end(v)
	case closing:
		return wk.dismissed(p)
	}
	if done {
		return wk.abort(p)
	}
	return wk.end(wk.res)
}

// admitNext lets the next waiting put through the transducer, if there is room.
func (wk *work) admitNext(p *runtime.Process) lang.Value {
	c := wk.c
	if c.room() && c.puts.Len() > 0 {
		if t, ok := c.next(&c.puts); ok {
			next := *wk
			next.putter, next.val = t, t.val()
			c.emit("put", t.proc(), p, next.val, "")
			return next.run(p)
		}
	}
	return wk.end(wk.res)
}

// abort closes the channel, since the transducer wants no more values: waiting
// puts end as if they had been taken.
func (wk *work) abort(p *runtime.Process) lang.Value {
	c := wk.c
	for c.puts.Len() > 0 {
		t, ok := c.next(&c.puts)
		if !ok {
			break
		}
		c.emit("put", t.proc(), p, t.val(), NoteClosed)
		c.settle(t, lang.True, p)
	}
	if c.closed {
		return wk.end(wk.res)
	}
	c.in.w.Touch(c)
	c.closed = true
	c.emit("close", p, nil, lang.Nil, "the transducer wants no more")
	next := *wk
	next.stage = closing
	return next.run(p)
}

func (wk *work) dismissed(p *runtime.Process) lang.Value {
	wk.c.dismiss(p)
	return wk.end(wk.res)
}

// end gives the lock back, and the result of the operation.
func (wk *work) end(v lang.Value) lang.Value {
	c := wk.c
	c.release()
	if wk.alt {
		return lang.Vec(v, lang.Obj(c))
	}
	return v
}

// bufferAdd is the reducing function at the bottom of a channel's transducer.
var bufferAdd = &lang.Native{Name: "clojure.core.async/add!", Min: 1, Max: 2, Args: "[buf] [buf val]",
	Doc: "Adds a value to a channel's buffer.",
	Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
		if len(args) == 1 {
			return args[0]
		}
		if args[1].IsNil() {
			lang.Raise(lang.AssertionError, "Assert failed: (not (nil? itm))")
		}
		args[0].Obj().(*Buffer).add(args[1])
		return args[0]
	}}

// transformed makes the channel once its transducer has been applied to bufferAdd.
var transformed = &runtime.Kont{Name: "transducer of a new channel",
	Return: func(_ *runtime.Process, state any, step lang.Value) lang.Value {
		b := state.(*blueprint)
		c := newChannel(b.buf.in, b.buf)
		c.xf = &transducer{step, b.handler}
		return lang.Obj(c)
	}}

// blueprint is a channel that is being made.
type blueprint struct {
	buf     *Buffer
	handler lang.Value
}
