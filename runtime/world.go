package runtime

import (
	"cmp"
	"slices"
	"sync/atomic"

	"github.com/conc-repl/conc-repl/lang"
)

// Options are the settings of a world.
type Options struct {
	Seed       uint64
	Schedulers int   // how many run actors; 4 if zero, so that runs agree between machines
	Model      Model // how each kind of process is scheduled
	Budget     int64 // reductions of a slice; 4000 if zero
	StackLimit int   // values on one process's stack; 4,000,000 if zero
	HeapLimit  uint64
	Virtual    bool // virtual time
	Debug      bool // internal errors show Go's stack
	Chooser    Chooser
}

// Model overrides how processes are scheduled.
type Model uint8

// The models: each kind of process in its own way, or all as one of the two
// virtual machines would have it.
const (
	Mixed Model = iota
	BEAM        // all on the schedulers; nothing holds a worker
	JVM         // actors and the shell have threads of their own
)

const (
	defaultSchedulers = 4
	defaultBudget     = 4000
	defaultStack      = 4_000_000
	poolSize          = 8 // workers of the go blocks' pool, as in core.async
	firstPid          = 106
)

// World is everything that a program consists of while it runs: the
// processes, the namespaces, the clock. One goroutine runs it and touches it.
type World struct {
	worldState
	opts        Options
	chooser     Chooser
	journal     journal
	namespaces  nsTable
	later       []func(*World) // what adds the libraries that nobody has asked for
	lanes       []lane
	cellWaits   cellWaits
	timers      timers
	clock       clock
	sinks       []sink
	sinkSerial  int
	perm        permutation
	rec         recording
	stopOps     bool // halts, or the record wants to know of each operation
	halts       bool
	stopExits   bool // with halts: actors stop before they end, too
	pooling     bool // messages are kept apart until a receive is shown one
	folding     bool // what begins a transaction is part of what ends it
	losses      losses
	nameless    bool // a Thing is told of without looking for its name, which takes time
	branching   bool // draws of few values are choices
	ties        uint64
	drawn       uint64         // how many draws were taken from streams
	stacks      [][]lang.Value // of ended processes, for new ones
	current     *Process
	single      *Process // it runs for one instruction
	asks        chan func()
	asked       atomic.Int32
	interrupted atomic.Bool
	wakeup      chan struct{}
	inbox       chan func() // results of outside work
	outside     int
	seen        map[string]outsideWork // what an exploration has read from outside
	slices      uint64
	budget      int64 // of the slice that has begun
	used        int64 // by all processes
	unchecked   int64 // work since the last look at the heap
	gensyms     uint64

	Out, Err *Console // the console's two streams
	In       *Input
	Shell    *Process

	// What the packages above fill in.
	Loader   func(v *Var, l *Library, d Def)                  // reads, compiles and runs a definition of a library
	Implied  func(n *Namespace, l *Library, name string) *Var // makes what a library has without defining it, nil if that is not name
	NSVar    *Var                                             // clojure.core/*ns*
	Receiver Receiver
	Get      lang.Value                                                           // clojure.core/get
	Apply    func(p *Process, f lang.Value, args []lang.Value) (lang.Value, bool) // calls of values that lang cannot look up
	Ending   func(p *Process, e *lang.Exception, acc []Access) []Access           // appends what the end of a process by e uses
	Unpool   func(p *Process)                                                     // see DeliverPool
	OnExit   []func(w *World, p *Process)                                         // run when a process has ended
	Notation lang.Notation                                                        // in which values are shown to people
	Failure  func(e *lang.Exception) string                                       // tells of an error in one line, in the notation in use; nil: as Clojure does
	Uncaught func(w *World, p *Process, e *lang.Exception)                        // reports an error that ended a process
	Library  map[any]any                                                          // one entry a package, for what it keeps in a world
}

// worldState is the part of a world that is plain numbers, which a checkpoint copies whole.
type worldState struct {
	front    *Process // runs before all that are ready: the shell between two forms
	turn     int64    // what the shell had used when its turn began
	loaded   uint64   // bit i is set if lane i, i+64 and so on may have somebody in it
	steps    uint64
	random   uint64
	lastPid  uint64
	names    uint64 // numbers given to objects for people
	made     uint64 // entities that no process has created
	parked   int
	held     int    // workers of the pool held by blocked go blocks
	arrivals uint64 // how often a process became ready
	idHash   uint64
	live     int // how many processes are in the list
	oldest   *Process
	youngest *Process
}

// NewWorld makes a world with one process, the shell, which does nothing yet.
func NewWorld(o Options) *World {
	if o.Schedulers <= 0 {
		o.Schedulers = defaultSchedulers
	}
	if o.Budget <= 0 {
		o.Budget = defaultBudget
	}
	if o.StackLimit <= 0 {
		o.StackLimit = defaultStack
	}
	if o.Chooser == nil {
		o.Chooser = FirstCome{}
	}
	w := &World{
		opts: o, chooser: o.Chooser,
		namespaces: nsTable{table: map[string]*Namespace{}},
		lanes:      make([]lane, o.Schedulers+2),
		asks:       make(chan func()),
		inbox:      make(chan func(), 64),
		wakeup:     make(chan struct{}, 1),
		Library:    map[any]any{},
	}
	w.random = o.Seed ^ 0x5eed
	w.lastPid = firstPid - 1
	w.clock.start(o.Virtual)
	w.Out, w.Err, w.In = &Console{Name: "stdout"}, &Console{Name: "stderr"}, &Input{}
	w.Shell = w.newProcess(Shell, nil)
	w.Shell.Status = Done
	return w
}

// Options gives the settings.
func (w *World) Options() Options { return w.opts }

// SetChooser changes who makes the choices from now on.
func (w *World) SetChooser(c Chooser) { w.chooser = c }

// SetStackLimit changes how many values the stack of a process may hold.
func (w *World) SetStackLimit(n int) { w.opts.StackLimit = n }

// SetBudget changes the reductions of a slice.
func (w *World) SetBudget(n int64) { w.opts.Budget = n }

// Steps gives how many events there were.
func (w *World) Steps() uint64 { return w.steps }

// NextName gives a number for an object that is shown for the first time: c3.
func (w *World) NextName() uint64 { w.names++; return w.names }

// NextGensym gives a number that no generated symbol has had. It is not part
// of what a checkpoint restores: names need only differ.
func (w *World) NextGensym() uint64 { w.gensyms++; return w.gensyms }

// IdentityHash gives the next identity hash, for printing objects as the JVM does.
func (w *World) IdentityHash() uint32 {
	w.idHash++
	return uint32(deriveID(ID(w.opts.Seed+1), w.idHash)>>33) | 1<<24
}

// The world holds its live processes in a list, in the order in which they
// were started. Those that a program could lose, go blocks, are held only
// while there are few.

// heldGo is up to how many live processes a go block is held for the lists of
// people; beyond it, parked ones that nothing else reaches vanish as they do
// in core.async.
const heldGo = 256

// enlist adds p at the end of the list of live processes.
func (w *World) enlist(p *Process) {
	if p.listed {
		return
	}
	p.listed = true
	w.live++
	p.older = w.youngest
	if w.youngest != nil {
		w.Touch(w.youngest)
		w.youngest.younger = p
	} else {
		w.oldest = p
	}
	w.youngest = p
}

// delist takes p out of the list.
func (w *World) delist(p *Process) {
	if !p.listed {
		return
	}
	w.Touch(p)
	w.live--
	if p.older != nil {
		w.Touch(p.older)
		p.older.younger = p.younger
	} else {
		w.oldest = p.younger
	}
	if p.younger != nil {
		w.Touch(p.younger)
		p.younger.older = p.older
	} else {
		w.youngest = p.older
	}
	p.listed, p.older, p.younger = false, nil, nil
}

// ProcessByNum gives the live process of a number, nil if there is none.
func (w *World) ProcessByNum(num uint64) *Process {
	for p := w.oldest; p != nil; p = p.younger {
		if p.Num == num {
			return p
		}
	}
	return nil
}

// Processes gives the live processes in the order of their numbers.
func (w *World) Processes() []*Process {
	out := make([]*Process, 0, w.live)
	for p := w.oldest; p != nil; p = p.younger {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *Process) int { return cmp.Compare(a.Num, b.Num) })
	return out
}

// EachProcess calls f with each live process, the oldest first, until it gives false.
func (w *World) EachProcess(f func(p *Process) bool) {
	for p := w.oldest; p != nil && f(p); p = p.younger {
	}
}

// Parked gives how many processes wait for an operation, held by the world or not.
func (w *World) Parked() int { return w.parked }

func (w *World) newProcess(k Kind, parent *Process) *Process {
	w.lastPid++
	p := &Process{W: w, Kind: k, Num: w.lastPid}
	if parent != nil {
		p.ID = parent.NewID()
		p.random = parent.nextRandom()
	} else {
		p.ID = deriveID(0, w.lastPid)
		p.random = uint64(p.ID) ^ w.opts.Seed
	}
	return p
}

// Spawn says what process to start.
type Spawn struct {
	Kind   Kind
	Fn     lang.Value
	Args   []lang.Value
	Name   string
	Convey bool  // with the dynamic bindings of the parent
	Exit   *Kont // gets the result, or the exception, at the very end
	State  any
}

// Spawn starts a process on behalf of parent, which may be nil. It is an
// event, but the operation around it, if it can be noticed, is the caller's.
func (w *World) Spawn(parent *Process, s Spawn) *Process {
	p := w.newProcess(s.Kind, parent)
	if parent != nil {
		p.parent = parent.Num
		p.lane = parent.lane
		if s.Convey {
			p.Bindings = parent.Bindings
		}
	}
	if s.Name != "" {
		p.more().name = s.Name
	}
	p.start(s.Fn, s.Args, s.Exit, s.State)
	if s.Kind != Go || w.live < heldGo || w.Journalling() {
		w.enlist(p)
	}
	w.assign(p)
	w.Emit(Event{Kind: "spawn", Proc: parent, Peer: p})
	w.ready(p)
	return p
}

// start makes p ready to call fn with args.
func (p *Process) start(fn lang.Value, args []lang.Value, exit *Kont, state any) {
	w := p.W
	need := len(args) + 2
	if c, ok := fn.Obj().(*lang.Closure); ok {
		if body := c.Fn.Select(len(args)); body != nil {
			need = max(need, body.NRegs+3)
		}
	}
	if n := len(w.stacks); n > 0 && need <= len(w.stacks[n-1]) {
		p.stack = w.stacks[n-1]
		w.stacks = w.stacks[:n-1]
	} else {
		p.stack = make([]lang.Value, max(firstStack, need))
	}
	if p.frames == nil {
		p.frames = p.first[:0]
	}
	p.nb = 1
	if exit != nil {
		p.frames = append(p.frames, Frame{base: 1, kont: exit, state: state})
		p.nb = 2
	}
	copy(p.stack[p.nb:], args)
	p.callee, p.nargs, p.sig = fn, int32(len(args)), sigCall
}

// Eval has the shell, which must have nothing to do, call fn.
func (w *World) Eval(fn lang.Value, args ...lang.Value) {
	p := w.Shell
	w.Touch(p)
	p.dropFrames()
	p.code, p.err, p.result, p.raised, p.op = nil, nil, lang.Nil, nil, nil
	p.floor, p.saved, p.resume = 0, nil, resumeStore
	p.start(fn, args, nil, nil)
	w.enlist(p)
	w.keepTurn(p)
}

// finish ends p, with a result or an exception.
func (p *Process) finish(v lang.Value, e *lang.Exception) {
	w := p.W
	w.Touch(p)
	p.sig, p.Status, p.code = sigDone, Done, nil
	p.result, p.err = v, e
	p.op, p.wait = nil, nil
	p.woken, p.regrant, p.left = false, false, nil // what it was woken for is lost with its frames
	p.dropFrames()
	if p.private {
		return
	}
	note := "normal"
	if e != nil {
		note = w.told(e)
	}
	w.Emit(Event{Kind: "exit", Proc: p, Value: v, Note: note})
	if e != nil && w.Uncaught != nil && p.Kind != Shell {
		w.Uncaught(w, p, e)
	}
	for _, f := range w.OnExit {
		f(w, p)
	}
	if p.Kind != Shell {
		w.delist(p)
		p.recycle()
	}
}

// recycle keeps the stack of an ended process for a new one.
func (p *Process) recycle() {
	w := p.W
	if w.Journalling() {
		return
	}
	if len(p.stack) <= 4*firstStack && len(w.stacks) < 1024 {
		clear(p.stack)
		w.stacks = append(w.stacks, p.stack)
	}
	p.stack, p.frames, p.Bindings, p.fn = nil, nil, nil, nil
}

// Kill ends a process at once, wherever it is, without running any of its
// handlers. e is what it died of, nil for a normal end.
func (w *World) Kill(p *Process, e *lang.Exception) {
	if p.Status == Done {
		return
	}
	w.Withdraw(p)
	w.Touch(p)
	p.code = nil
	p.finish(lang.Nil, e)
}

// Raise raises e in p, which is not running, as if what it does had raised
// it: it stops waiting, and its handlers see the exception.
func (w *World) Raise(p *Process, e *lang.Exception) {
	if p.Status == Done {
		return
	}
	w.Withdraw(p)
	w.Touch(p)
	p.raised, p.woken = e, false
	p.op = nil
	if p.Status != Ready {
		w.ready(p)
	}
}

func (w *World) told(e *lang.Exception) string {
	if w.Failure != nil {
		return w.Failure(e)
	}
	return e.Error()
}

// Reserve is called before a native allocates n bytes at once: it raises
// OutOfMemoryError in place of letting the binary die.
func (w *World) Reserve(n int) {
	if w.opts.HeapLimit > 0 && uint64(n) > w.opts.HeapLimit/2 {
		lang.Raise(lang.OutOfMemoryError, "%d bytes at once are more than half of the heap budget of %d", n, w.opts.HeapLimit)
	}
}

// Show gives a value as people are shown it: in the notation in use. It runs
// nothing: what is not computed yet is shown as such.
func (w *World) Show(v lang.Value) string {
	if w.Notation == lang.ElixirNotation {
		return lang.Inspect(v)
	}
	return lang.PrString(v)
}
