package runtime

import (
	"fmt"
	"runtime/debug"

	"github.com/conc-repl/conc-repl/lang"
)

// exec runs p until its fuel is used up, it waits, or it ends. What raises
// inside, by Go's panic, is recovered by who has called exec, which then calls it
// again, to unwind that in p.
func (p *Process) exec() {
	acts := p.raised != nil || p.regrant || p.woken
	if e := p.raised; e != nil {
		p.raised, p.woken, p.regrant, p.sig = nil, false, false, sigNone
		p.unwind(e)
	}
	if p.regrant {
		p.regrant = false
		p.perform()
	}
	if p.woken {
		p.woken = false
		p.deliver()
	}
	if p.W.single == p {
		p.instruct(acts)
	} else {
		p.run()
	}
}

// catch recovers what the process that has its turn has raised. It is to be
// deferred. What is raised in nobody's turn is a fault of the shell's.
func (w *World) catch() {
	if p := w.current; p != nil {
		if r := recover(); r != nil {
			p.raised = p.exceptionOf(r)
		}
	}
}

// exceptionOf makes an exception of what was recovered. A fault of the
// machine's own must not end the session: it becomes an error that says so.
func (p *Process) exceptionOf(r any) *lang.Exception {
	e, ok := r.(*lang.Exception)
	if !ok {
		e = lang.NewException(internalError, "internal error: %v", r)
		if p.W.opts.Debug {
			e.Msg = lang.Str(fmt.Sprintf("internal error: %v\n%s", r, debug.Stack()))
		}
	}
	if e.Trace == nil {
		e.Trace = p.Trace()
		if !e.Pos.IsValid() {
			e.Pos = p.Pos()
		}
	}
	p.left = nil
	return e
}

// run is the outer loop: the inner loop does what it can, and each
// instruction that it leaves has a function here.
func (p *Process) run() {
	if p.code == nil && p.sig == sigCall {
		p.begin()
	}
	for p.sig == sigNone {
		if p.code == nil { // every continuation settles before it comes here
			return
		}
		i := p.code.Ins[p.pc]
		if lang.Op(i) < lang.OpInnerEnd {
			p.inner()
			i = p.code.Ins[p.pc]
		}
		p.pc++
		if lang.Op(i) == lang.OpCallVar { // most of them: calls of natives
			opCallVar(p, i)
			continue
		}
		outer[lang.Op(i)](p, i)
	}
}

// room makes the value stack at least n long.
func (p *Process) room(n int) {
	if n <= len(p.stack) {
		return
	}
	if n > p.W.opts.StackLimit {
		lang.Raise(lang.StackOverflowError, "the stack of %s has reached its limit of %d values (%d calls deep); .set stack-limit raises it",
			p.Name(), p.W.opts.StackLimit, len(p.frames))
	}
	size := n + min(n/2, stackSlack)
	if n > geometric {
		size = n + n/2
	}
	grown := make([]lang.Value, min(size, p.W.opts.StackLimit))
	copy(grown, p.stack)
	p.stack = grown
}

// The stack of a new process has room for firstStack values. A small stack
// grows by little beyond what is needed, since there may be a million of
// them; one of more than geometric values grows by half.
const (
	firstStack = 8
	stackSlack = 6
	geometric  = 256
)

func (p *Process) pushCaller() {
	p.frames = append(p.frames, Frame{code: p.code, fn: p.fn, pc: p.pc, base: p.base})
	p.code = nil
}

func (p *Process) pushKont(k *Kont, state any) {
	if p.code != nil {
		p.pushCaller()
	}
	p.frames = append(p.frames, Frame{base: p.nb, kont: k, state: state})
}

// Charge takes the cost of n steps that a native makes in a loop of its own.
// One that may loop for long calls it now and then, and goes on through Call,
// which gives way when the fuel is used up.
func (p *Process) Charge(n int) { p.fuel -= int64(n) * lang.LibraryCost }

// Call asks the machine to call f with args; k gets the result, with state. A
// native returns what Call returns.
func (p *Process) Call(k *Kont, state any, f lang.Value, args ...lang.Value) lang.Value {
	p.pushKont(k, state)
	p.nb++
	p.setCall(f, args)
	p.stack[p.nb-1] = lang.Nil // it was an argument of the native: maybe the head of a long sequence
	return lang.Nil
}

// TailCall asks the machine to call f with args in place of the native that
// returns what TailCall returns.
func (p *Process) TailCall(f lang.Value, args ...lang.Value) lang.Value {
	return p.setCall(f, args)
}

// TailCallRest is TailCall of a variadic closure with its rest sequence as it
// is: args are the fixed parameters of its variadic body, and then that
// sequence, which is not nil.
func (p *Process) TailCallRest(c *lang.Closure, args ...lang.Value) lang.Value {
	p.setCall(lang.Obj(c), args)
	p.spread = true
	return lang.Nil
}

// setCall puts args in place. What is left of the native's own arguments is
// cleared: it may be the head of a long sequence.
func (p *Process) setCall(f lang.Value, args []lang.Value) lang.Value {
	p.room(int(p.nb) + len(args) + 1)
	copy(p.stack[p.nb:], args)
	if end, was := int(p.nb)+len(args), min(int(p.nb+p.nargs), len(p.stack)); was > end {
		clear(p.stack[end:was])
	}
	p.callee, p.nargs, p.sig = f, int32(len(args)), sigCall
	return lang.Nil
}

// begin does the call that a native asked for, and then whatever follows from
// it, until code runs or the process waits.
func (p *Process) begin() {
	p.sig = sigNone
	f := p.callee
	p.callee = lang.Nil
	p.apply(f, int(p.nb), int(p.nargs))
}

// apply calls f with the n values at stack[nb:]; the result goes to
// stack[nb-1]. The caller is the code that runs, or, if none does, the frame
// on top.
func (p *Process) apply(f lang.Value, nb, n int) {
	switch c := f.Obj().(type) {
	case *lang.Closure:
		p.enter(c, nb, n)
	case *lang.Native:
		p.settleNative(nb, n, p.native(c, nb, n))
	default:
		p.settle(nb, p.invoke(f, nb, n))
	}
}

// settleNative is settle for a native that was called with the n values at
// stack[nb:]. They are garbage now, and may be the head of a long sequence.
func (p *Process) settleNative(nb, n int, v lang.Value) {
	if p.sig == sigNone {
		p.dropArgs(nb, n)
	}
	p.settle(nb, v)
}

func (p *Process) dropArgs(nb, n int) {
	args := p.stack[nb : nb+n]
	for i := range args {
		args[i] = lang.Value{}
	}
}

// enter starts the body of c for n arguments at stack[nb:].
func (p *Process) enter(c *lang.Closure, nb, n int) {
	spread := p.spread
	p.spread = false
	body := c.Fn.Select(n)
	if body == nil {
		p.raiseClosureArity(c, nb, n)
	}
	p.room(nb + max(body.NRegs, n))
	if body.Variadic && !spread {
		rest := lang.Nil
		if n > body.NArgs {
			rest = lang.ListOf(p.stack[nb+body.NArgs : nb+n]...)
		}
		p.stack[nb+body.NArgs] = rest
	}
	if p.code != nil {
		p.pushCaller()
	}
	p.code, p.fn, p.pc, p.base = body, c, 0, int32(nb)
	p.nargs = 0
}

func raiseArity(n int, name string) {
	lang.Raise(lang.ArityException, "Wrong number of args (%d) passed to: %s", n, name)
}

// native runs a native with the n values at stack[nb:].
func (p *Process) native(c *lang.Native, nb, n int) lang.Value {
	if !c.Takes(n) {
		p.raiseNativeArity(c, nb, n)
	}
	if c.Seqs|c.Deep != 0 {
		p.nb, p.nargs = int32(nb), int32(n)
		args := p.stack[nb : nb+n]
		if f, v := unrealisedArg(c, args); f != nil {
			return p.Call(retryNative, &nativeCall{c, append([]lang.Value(nil), args...)}, lang.Obj(f), v)
		}
	}
	return p.callNative(c, nb, n)
}

// callNative is native for one that takes n arguments, and what is lazy in them.
func (p *Process) callNative(c *lang.Native, nb, n int) lang.Value {
	p.nb, p.nargs = int32(nb), int32(n)
	args := p.stack[nb : nb+n : nb+n]
	if c.Pure != nil {
		return c.Pure(args)
	}
	return c.Run.(func(*Process, []lang.Value) lang.Value)(p, args)
}

// nativeCall is a call of a native that waits for lazy cells among its arguments.
type nativeCall struct {
	c    *lang.Native
	args []lang.Value
}

// settle finishes a native's turn: v is its result, for stack[nb-1], unless
// the native asked for something else. Continuations on top of the frames get
// their results in turn, without recursion.
func (p *Process) settle(nb int, v lang.Value) {
	for {
		switch p.sig {
		case sigCall:
			p.sig = sigNone
			f := p.callee
			p.callee = lang.Nil
			nb = int(p.nb)
			switch c := f.Obj().(type) {
			case *lang.Closure:
				p.enter(c, nb, int(p.nargs))
				return
			case *lang.Native:
				v = p.native(c, nb, int(p.nargs))
			default:
				v = p.invoke(f, nb, int(p.nargs))
			}
			continue
		case sigPark:
			p.slot = int32(nb - 1)
			if p.code == nil {
				p.resume = resumeKont
			} else if p.resume != resumeJump {
				p.resume = resumeStore
			}
			return
		case sigNone:
		default:
			return
		}
		if p.code != nil {
			p.stack[nb-1] = v
			return
		}
		if len(p.frames) == 0 {
			if !p.stopsToEnd(v, nil) {
				p.finish(v, nil)
			}
			return
		}
		if p.frames[len(p.frames)-1].code == nil {
			if p.fuel -= lang.LibraryCost; p.fuel < 0 { // else natives alone could run for ever
				p.result, p.slot, p.resume, p.woken, p.sig = v, int32(nb-1), resumeKont, true, sigYield
				return
			}
		}
		f := p.pop()
		if f.code != nil {
			p.code, p.fn, p.pc, p.base = f.code, f.fn, f.pc, f.base
			p.stack[nb-1] = v
			return
		}
		nb = int(f.base)
		p.base, p.nb, p.nargs = f.base, f.base, 0
		v = f.kont.Return(p, f.state, v)
	}
}

// pop takes the frame on top off, saving it first if a checkpoint needs it.
func (p *Process) pop() Frame {
	top := len(p.frames) - 1
	if top < int(p.floor) {
		p.exposeIf(top)
	}
	f := p.frames[top]
	if f.code == nil {
		p.frames[top] = Frame{}
	}
	p.frames = p.frames[:top]
	return f
}

func (p *Process) exposeIf(top int) {
	if !p.W.Journalling() {
		p.floor, p.saved = 0, nil
		return
	}
	p.expose(top)
}

// deliver hands the result of a finished wait to what waited for it, and goes on.
func (p *Process) deliver() {
	v := p.result
	p.result = lang.Value{}
	p.sig = sigNone
	switch p.resume {
	case resumeStore:
		p.resume = resumeStore
		p.stack[p.slot] = v
	case resumeJump:
		p.resume = resumeStore
		if !v.Truthy() {
			p.pc += int32(lang.Bx(p.code.Ins[p.pc-1]))
		}
	case resumeKont:
		p.resume = resumeStore
		p.settle(int(p.slot)+1, v)
		p.forgetLeft()
	}
}

// forgetLeft forgets which code the native was called from that ran last,
// unless it waits: then that is still where the process is.
func (p *Process) forgetLeft() {
	if p.code != nil || p.sig != sigPark {
		p.left = nil
	}
}

// perform does the operation before which p was stopped.
func (p *Process) perform() {
	op, w := p.op, p.W
	p.op, p.granted, p.woken, p.sig = nil, false, false, sigNone
	v, ok := op.Try(w, p)
	if p.sig == sigDone { // p ended by what it did
		return
	}
	if !ok {
		w.park(p, op)
		return
	}
	p.Ops++
	p.result, p.woken = v, true
}

// unwind takes the frames off until one handles e, or the process ends.
func (p *Process) unwind(e *lang.Exception) {
	p.nargs, p.resume, p.left = 0, resumeStore, nil
	for {
		if p.code != nil {
			if h := p.handler(); h != nil {
				p.stack[int(p.base)+int(h.Reg)] = lang.Obj(e)
				p.pc = h.Target
				return
			}
		}
		if len(p.frames) == 0 {
			p.code = nil
			if !p.stopsToEnd(lang.Nil, e) {
				p.finish(lang.Nil, e)
			}
			return
		}
		f := p.pop()
		p.base = f.base
		if f.code != nil {
			p.code, p.fn, p.pc = f.code, f.fn, f.pc
			continue
		}
		p.code, p.nb = nil, f.base
		if f.kont.Raise != nil {
			if v, handled := f.kont.Raise(p, f.state, e); handled {
				p.settle(int(f.base), v)
				return
			}
		}
	}
}

// handler gives the innermost handler for the instruction that just ran.
func (p *Process) handler() *lang.Handler {
	at := p.pc - 1
	for i := range p.code.Handlers {
		if h := &p.code.Handlers[i]; h.Start <= at && at < h.End {
			return h
		}
	}
	return nil
}

// Throw raises e in the process from a native.
func Throw(e *lang.Exception) lang.Value { panic(e) }
