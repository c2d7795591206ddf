package runtime

import (
	"github.com/conc-repl/conc-repl/lang"
)

// Kind says what sort of process it is, which decides how it is scheduled.
type Kind uint8

// The kinds of process.
const (
	Shell  Kind = iota // the prompt's own, or a script's main process
	Actor              // spawned; on one of the N schedulers
	Go                 // a go block; on the pool
	Thread             // a thread or future: on its own
)

var kindNames = [...]string{"shell", "actor", "go", "thread"}

// String gives the kind's name.
func (k Kind) String() string { return kindNames[k] }

// Status says what a process is doing.
type Status uint8

// The statuses. AtOp is the stepper's and the explorer's: stopped just
// before its next operation.
const (
	Ready Status = iota
	Running
	Parked    // waits for an operation
	AtOp      // about to perform an operation
	Suspended // set aside by a person
	Outside   // its work goes on outside of the machine
	Done      // ended
)

var statusNames = [...]string{"ready", "running", "parked", "at-op", "suspended", "outside", "done"}

// String gives the status's name.
func (s Status) String() string { return statusNames[s] }

// signal is how a native tells the machine that it did not simply return.
type signal uint8

const (
	sigNone  signal = iota
	sigCall         // call p.callee with the arguments in place
	sigPark         // parked, or stopped before an operation
	sigDone         // the process has ended
	sigYield        // give way to others
)

// resume says what the instruction that made a process wait does with the result.
type resume uint8

const (
	resumeStore resume = iota // store it in the slot
	resumeJump                // take the instruction's jump if it is false
	resumeKont                // it is the result of the continuation on top of the frames
)

// Frame is a suspended caller: code, or, where code is nil, a continuation
// written in Go.
type Frame struct {
	code  *lang.Code
	fn    *lang.Closure
	pc    int32
	base  int32
	kont  *Kont
	state any
}

// Kont is a native frame: what a native wants done with the result of a call
// that it asked for. Its state is one value that is never changed in place, so
// that a copy of the frame is a copy of the state. Return and Raise end as
// natives do: with a value, or with what Call, Perform and the like give.
type Kont struct {
	Name   string
	Return func(p *Process, state any, v lang.Value) lang.Value
	// Raise, if not nil, sees an exception that passes through; it gives
	// the value to return in its place and true, or false to let it pass.
	Raise func(p *Process, state any, e *lang.Exception) (lang.Value, bool)
}

// Process is one process of the world: its frames, its value stack, and what
// it is doing. Only the world's goroutine touches it.
type Process struct {
	Stamped
	W      *World
	ID     ID
	Num    uint64 // for people: #PID<0.Num.0>, pNum
	Kind   Kind
	Status Status

	sig        signal
	resume     resume
	private    bool // runs for the loader; the world does not know of it
	holds      bool // a go block that holds its worker while it waits
	queued     bool
	spread     bool       // the call that is asked for has its rest sequence as the last argument
	listed     bool       // in the world's list of live processes
	woken      bool       // what it waited for is done; the result is to be delivered
	regrant    bool       // it was stopped before an operation and may now perform it
	code       *lang.Code // nil while a continuation is on top
	fn         *lang.Closure
	left       *lang.Code // whose last call is that of the native that runs or waits
	leftPC     int32
	pc         int32
	base       int32
	nb         int32 // where the native that runs has its arguments
	floor      int32 // frames below this index must be saved before they are exposed
	slot       int32 // where the result of the operation goes
	nargs      int32
	frames     []Frame
	stack      []lang.Value
	callee     lang.Value
	fuel       int64 // units of reductions left in this slice
	used       int64 // units used in earlier slices
	op         Op    // what it waits on, or is about to do
	wait       *Waiter
	granted    bool // the next operation may be performed though the world stops before operations
	ordinal    uint64
	lane       int32  // the scheduler it belongs to
	readySince uint64 // its place among all that became ready
	random     uint64
	result     lang.Value
	err        *lang.Exception
	raised     *lang.Exception // to be unwound when the process next runs
	Bindings   *Bindings       // dynamic bindings, innermost first
	saved      *procState
	older      *Process // neighbours in the world's list of live processes
	younger    *Process
	parent     uint64   // the number of the process that started this one
	first      [2]Frame // where frames begins: most processes need no more

	Ops  uint64 // operations committed so far: the place of a choice in a token
	rare *rare
}

// rare holds what few processes need, behind one pointer.
type rare struct {
	name       string
	filled     filled // most processes that have anything in a slot have it in one
	others     []filled
	afterSlice func(*Process)
}

// filled is a slot and what is in it.
type filled struct {
	slot Slot
	x    any
}

// Slot is a place in a process that a package above runtime fills: the
// mailbox and links of actors, say.
type Slot uint8

// slotCount is taken by NewSlot.
var slotCount Slot

// NewSlot reserves a slot; it is called when a package is initialised.
func NewSlot() Slot { slotCount++; return slotCount }

func (p *Process) more() *rare {
	if p.rare == nil {
		p.rare = &rare{}
	}
	return p.rare
}

// AfterSlice has f called after each slice of the process: the limit of its
// heap, say. What f does must follow from the state of the world alone.
func (p *Process) AfterSlice(f func(*Process)) { p.more().afterSlice = f }

// Slot gives what is in a slot, nil if nothing.
func (p *Process) Slot(s Slot) any {
	if p.rare == nil {
		return nil
	}
	if p.rare.filled.slot == s {
		return p.rare.filled.x
	}
	for _, f := range p.rare.others {
		if f.slot == s {
			return f.x
		}
	}
	return nil
}

// SetSlot fills a slot with an entity of the package that owns it. The slot
// itself is set once in the life of a process, so it is no change to undo.
func (p *Process) SetSlot(s Slot, x any) {
	if r := p.more(); r.filled.x == nil {
		r.filled = filled{s, x}
	} else {
		r.others = append(r.others, filled{s, x})
	}
}

// Reductions gives how many reductions the process has used.
func (p *Process) Reductions() int64 { return (p.used) / lang.ReductionUnits }

// Waiting gives the operation that the process waits on or is about to do, nil if none.
func (p *Process) Waiting() Op { return p.op }

// Result gives what a process that is Done returned, or the exception that ended it.
func (p *Process) Result() (lang.Value, *lang.Exception) { return p.result, p.err }

// Name gives the short name for people: p3.
func (p *Process) Name() string {
	if p.rare != nil && p.rare.name != "" {
		return p.rare.name
	}
	return "p" + itoa(p.Num)
}

// HoldsWorker reports whether it is a go block that keeps its worker of the pool
// while it waits.
func (p *Process) HoldsWorker() bool { return p.holds }

// SetName gives the process a name for people, such as a thread's.
func (p *Process) SetName(s string) { p.more().name = s }

// Parent gives the process that started this one, nil if it has ended.
func (p *Process) Parent() *Process {
	if s := p.W.Shell; p.parent == s.Num {
		return s
	}
	return p.W.ProcessByNum(p.parent)
}

// here gives the code that runs, or that called the native that runs, and the
// index behind the instruction that is being done, or is next.
func (p *Process) here() (*lang.Code, int32) {
	switch {
	case p.code == nil:
		return p.left, p.leftPC
	case p.between():
		return p.code, p.pc + 1
	}
	return p.code, p.pc
}

// Pos gives the place in the source where the process is.
func (p *Process) Pos() lang.Pos {
	code, pc := p.here()
	if code != nil && !p.isLibrary(code) {
		return code.PosAt(int(pc) - 1)
	}
	for i := len(p.frames) - 1; i >= 0; i-- {
		if f := &p.frames[i]; f.code != nil && !p.isLibrary(f.code) {
			return f.code.PosAt(int(f.pc) - 1)
		}
	}
	return lang.Pos{}
}

func (p *Process) isLibrary(c *lang.Code) bool { return c.Src != nil && c.Src.Library }

// Notation gives the notation in which the function is written that the
// process runs or, when it has ended, ran at the bottom of its stack.
func (p *Process) Notation() lang.Notation {
	if p.fn != nil {
		for _, c := range p.fn.Fn.Fixed {
			if c != nil {
				return c.Notation
			}
		}
	}
	return lang.ClojureNotation
}

// Trace gives the stack of the process, innermost first, without the frames
// of the library.
func (p *Process) Trace() []lang.TraceEntry {
	var out []lang.TraceEntry
	p.eachCall(func(f *Frame) bool {
		out = append(out, f.entry())
		return len(out) < maxTrace
	})
	return out
}

// maxTrace bounds the entries of a trace; a deep recursion would make it huge.
const maxTrace = 64

// Forget drops all that the process was doing but the native that runs, whose
// result becomes that of the process.
func (p *Process) Forget() {
	p.code = nil
	for len(p.frames) > 0 {
		f := p.pop()
		p.base = f.base
	}
	p.base, p.nb, p.nargs = 1, 1, 0
}

// NewID derives the id of an entity that the process creates.
func (p *Process) NewID() ID {
	p.W.Touch(p)
	p.ordinal++
	return deriveID(p.ID, p.ordinal)
}

// Key names the process alike in every run of the program. It is part of Keyed.
func (p *Process) Key() ID { return p.ID }

// Made gives how many entities the process has created.
func (p *Process) Made() uint64 { return p.ordinal }

// procState is the saved state of a process: its small fields, the window on
// top, and the older frames that were exposed since.
type procState struct {
	fields  Process
	nframes int
	top     []lang.Value
	exposed []exposedFrame // deepest last
}

type exposedFrame struct {
	index  int
	frame  Frame
	window []lang.Value
}

// Save saves the top of the process. Older frames stay where they are: the
// floor makes the machine save each one just before it is exposed, so the cost
// of a checkpoint does not grow with the depth of the stack.
func (p *Process) Save() any {
	s := p.W.procState()
	s.fields, s.nframes = *p, len(p.frames)
	s.top = append(s.top, p.window()...)
	p.saved = s
	p.floor = int32(len(p.frames))
	return s
}

// procState gives an empty state: exploring saves and restores millions of them.
func (w *World) procState() *procState {
	j := &w.journal
	n := len(j.spare)
	if n == 0 {
		return &procState{}
	}
	s := j.spare[n-1]
	j.spare = j.spare[:n-1]
	s.top, s.exposed = s.top[:0], s.exposed[:0]
	return s
}

// window gives the registers on top of the stack, with the native's arguments.
func (p *Process) window() []lang.Value {
	if int(p.base) >= len(p.stack) {
		return nil
	}
	end := int(p.base) + 1
	if p.code != nil {
		end = int(p.base) + p.code.NRegs + 1
	}
	end = max(end, int(p.nb+p.nargs)+1)
	return p.stack[max(p.base-1, 0):min(end, len(p.stack))]
}

// Restore puts a saved state back.
func (p *Process) Restore(state any) {
	s := state.(*procState)
	frames, stack := p.frames[:cap(p.frames)], p.stack
	fresh := s.fields
	fresh.stamp = p.stamp
	if fresh.rare == nil {
		fresh.rare = p.rare // what is in the slots is set once, and is itself rolled back to empty
	}
	*p = fresh
	if cap(frames) < s.nframes {
		frames = append(frames, make([]Frame, s.nframes-len(frames))...)
	}
	p.frames = frames[:s.nframes]
	p.stack = stack
	for i := len(s.exposed) - 1; i >= 0; i-- {
		x := &s.exposed[i]
		p.frames[x.index] = x.frame
		p.put(int(x.frame.base)-1, x.window)
	}
	p.put(int(p.base)-1, s.top)
	p.floor = int32(0)
	if s.fields.saved != nil {
		p.floor = s.fields.floor
	}
}

func (p *Process) put(at int, window []lang.Value) {
	at = max(at, 0)
	p.room(at + len(window))
	copy(p.stack[at:], window)
}

// dropFrames takes all frames off at once.
func (p *Process) dropFrames() {
	for i := min(int(p.floor), len(p.frames)) - 1; i >= 0 && p.W.Journalling(); i-- {
		p.expose(i)
		p.base = p.frames[i].base
	}
	p.frames = p.frames[:0]
}

// expose saves frame i, which is about to run again, if a checkpoint needs it.
func (p *Process) expose(i int) {
	f := p.frames[i]
	end := min(int(p.base), len(p.stack))
	at := max(int(f.base)-1, 0)
	var win []lang.Value
	if at < end {
		win = append(win, p.stack[at:end]...)
	}
	p.saved.exposed = append(p.saved.exposed, exposedFrame{i, f, win})
	p.floor = int32(i)
}
