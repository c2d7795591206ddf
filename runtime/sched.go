package runtime

import (
	"math/bits"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/conc-repl/conc-repl/lang"
)

// The lanes are the places where ready processes wait their turn: one for
// each scheduler, one for the pool of the go blocks, one for the threads, each
// of which stands for a processor thread of its own. All are interleaved on one
// goroutine, a slice at a time, in the same order for the same seed.

type lane struct {
	Stamped
	q Line[*Process]
}

func (l *lane) Save() any     { return l.q }
func (l *lane) Restore(s any) { l.q = s.(Line[*Process]) }

func (w *World) poolLane() int   { return len(w.lanes) - 2 }
func (w *World) threadLane() int { return len(w.lanes) - 1 }

// assign gives a new process its lane.
func (w *World) assign(p *Process) {
	k := p.Kind
	switch w.opts.Model {
	case BEAM:
		k = Actor
	case JVM:
		if k == Actor || k == Shell {
			k = Thread
		}
	}
	switch k {
	case Go:
		p.lane = int32(w.poolLane())
	case Thread:
		p.lane = int32(w.threadLane())
	default:
		if int(p.lane) >= w.poolLane() {
			p.lane = int32(w.shortest())
		}
	}
}

// shortest gives the scheduler with the fewest ready processes.
func (w *World) shortest() int {
	best := 0
	for i := 1; i < w.poolLane(); i++ {
		if w.lanes[i].q.Len() < w.lanes[best].q.Len() {
			best = i
		}
	}
	return best
}

// migrate moves a process that becomes ready to the scheduler with the fewest
// ready ones, if its own has several more.
func (w *World) migrate(p *Process) {
	if own := int(p.lane); own < w.poolLane() && w.lanes[own].q.Len() > 1 {
		if to := w.shortest(); w.lanes[to].q.Len()+1 < w.lanes[own].q.Len() {
			p.lane = int32(to)
		}
	}
}

// ready puts p at the end of its lane's queue.
func (w *World) ready(p *Process) {
	w.Touch(p)
	if p.wait == nil && p.raised == nil && (p.Status == Parked || p.Status == AtOp || p.Status == Outside) {
		p.woken = true
	}
	p.Status = Ready
	if p.queued {
		return
	}
	p.queued = true
	w.arrivals++
	p.readySince = w.arrivals
	w.migrate(p)
	l := &w.lanes[p.lane]
	w.Touch(l)
	l.q.Push(p)
	w.loaded |= 1 << (uint(p.lane) % 64)
}

// keepTurn has p, which has just ended a form and begins the next, run before all
// that are ready: to a program, its forms are one text. It holds as long as
// the process's budget; then the others have their turns.
func (w *World) keepTurn(p *Process) {
	if w.chooser.Enumerates() || p.used-w.turn >= w.opts.Budget*lang.ReductionUnits {
		w.turn = p.used
		w.ready(p)
		return
	}
	p.Status, p.readySince = Ready, 0
	w.front = p
}

// next takes the process that has been ready longest out of its lane, nil if
// none can run: the lanes stand for processors that work side by side, so none
// of them comes before another. The pool's lane is closed while blocked go
// blocks hold all of its workers.
func (w *World) next() *Process {
	if p := w.front; p != nil {
		w.front = nil
		if p.Status == Ready && !p.queued {
			return p
		}
	}
	if w.chooser.Enumerates() {
		return w.nextChosen()
	}
	for w.loaded != 0 {
		i := bits.TrailingZeros64(w.loaded)
		if w.loaded != 1<<i || i == w.poolLane() && w.held >= poolSize || len(w.lanes) > 64 {
			if i = w.longest(); i < 0 {
				return nil
			}
		}
		l := &w.lanes[i]
		w.Touch(l)
		p, ok := l.q.Pop(w)
		if !ok {
			w.loaded &^= 1 << i
			continue
		}
		w.Touch(p)
		p.queued = false
		if p.Status == Ready {
			return p
		}
	}
	return nil
}

// longest gives the lane that is open and whose first process has been there
// longest, -1 if there is none.
func (w *World) longest() int {
	best := -1
	var since uint64
	for m := w.loaded; m != 0; m &= m - 1 {
		first := bits.TrailingZeros64(m)
		for i := first; i < len(w.lanes); i += 64 {
			p, ok := w.lanes[i].q.Peek()
			switch {
			case !ok && len(w.lanes) <= 64:
				w.loaded &^= 1 << first
			case ok && (i != w.poolLane() || w.held < poolSize) && (best < 0 || p.readySince < since):
				best, since = i, p.readySince
			}
		}
	}
	return best
}

// Runnable gives the processes that could run next, by lane and arrival.
func (w *World) Runnable() []*Process {
	var out []*Process
	if p := w.front; p != nil && p.Status == Ready && !p.queued {
		out = append(out, p)
	}
	for i := range w.lanes {
		if i == w.poolLane() && w.held >= poolSize {
			continue
		}
		w.lanes[i].q.Each(func(p *Process) bool {
			if p.Status == Ready {
				out = append(out, p)
			}
			return true
		})
	}
	return out
}

// nextChosen lets the chooser pick among all that could run.
func (w *World) nextChosen() *Process {
	procs := w.Runnable()
	if len(procs) == 0 {
		return nil
	}
	p := procs[w.choose(Choices{Of: ChooseNext, N: len(procs), Procs: procs})]
	w.unqueue(p)
	return p
}

func (w *World) unqueue(p *Process) {
	l := &w.lanes[p.lane]
	w.Touch(l)
	l.q.Filter(func(x *Process) bool { return x != p })
	w.Touch(p)
	p.queued = false
}

// hold takes a worker of the pool for as long as a go block is blocked.
func (w *World) hold(p *Process) {
	if p.Kind == Go && w.opts.Model != BEAM {
		p.holds = true
		w.held++
	}
}

func (w *World) release(p *Process) {
	p.holds = false
	w.held--
}

// Held gives how many of the pool's workers blocked go blocks hold, and how many there are.
func (w *World) Held() (held, of int) { return w.held, poolSize }

// slice runs p until its budget is used, it waits, or it ends.
func (w *World) slice(p *Process) {
	w.begin(p)
	for !w.tryFinish(p) {
	}
}

func (w *World) tryFinish(p *Process) (done bool) {
	defer w.catch()
	w.finish(p)
	return true
}

// begin begins a slice of p, finish does it: when something was raised in it, again.
func (w *World) begin(p *Process) {
	w.Touch(p)
	w.budget = w.opts.Budget * lang.ReductionUnits
	p.Status, p.fuel = Running, w.budget
	w.current = p
	if p.sig != sigCall {
		p.sig = sigNone
	}
}

func (w *World) finish(p *Process) {
	p.exec()
	for p.Status == AtOp && w.taping() {
		w.goOn(p)
		p.exec()
	}
	w.current = nil
	work := w.budget - p.fuel
	w.used += work
	p.used += work
	p.fuel = 0
	w.slices++
	switch p.sig {
	case sigYield:
		p.Status = Running
		p.sig = sigNone
		w.ready(p)
	case sigPark:
		p.shrink()
	}
	if r := p.rare; r != nil && r.afterSlice != nil {
		r.afterSlice(p)
	}
	if w.unchecked += work + sliceWork; w.unchecked >= heapCheck && w.opts.HeapLimit > 0 {
		w.unchecked = 0
		w.checkHeap(p)
	}
}

// shrink gives back the stack of a parked process that uses less than half
// of it, and clears what lies above the part in use.
func (p *Process) shrink() {
	if p.stack == nil || p.W.Journalling() {
		return
	}
	used := int(max(p.base, p.nb+p.nargs, p.slot+1))
	if p.code != nil {
		used = max(used, int(p.base)+p.code.NRegs)
	}
	if used > len(p.stack) {
		return
	}
	for i := used; i < len(p.stack); i++ {
		if !p.stack[i].IsNil() { // seldom: a callee's
			clear(p.stack[i:])
			break
		}
	}
	if len(p.stack) <= 2*max(used, firstStack) {
		return
	}
	size := used + 2
	for i := range p.frames { // a caller's window may reach beyond its callee's
		if c := p.frames[i].code; c != nil {
			size = max(size, int(p.frames[i].base)+c.NRegs)
		}
	}
	if size < len(p.stack) {
		p.stack = append(make([]lang.Value, 0, size), p.stack[:size]...)
	}
}

// Between two looks at the heap there is as much work as 64 slices of 4000
// reductions are, of which each slice is some: to look is itself as much
// work as a few short ones.
const (
	heapCheck = 64 * defaultBudget * lang.ReductionUnits
	sliceWork = 64 * lang.ReductionUnits
)

func (w *World) checkHeap(p *Process) {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}} // as the last collection found it
	if metrics.Read(s); s[0].Value.Uint64() > w.opts.HeapLimit {
		runtime.GC() // much of that may be garbage by now
		metrics.Read(s)
	}
	if live := s[0].Value.Uint64(); live > w.opts.HeapLimit && p.Status != Done {
		w.Raise(p, lang.NewException(lang.OutOfMemoryError, "the heap holds %d MB, more than its budget of %d MB (.set heap raises it)",
			live>>20, w.opts.HeapLimit>>20))
	}
}

// Grant lets a process that is stopped before an operation perform it, if it
// is ready, or wait for it.
func (w *World) Grant(p *Process) {
	w.Touch(p)
	p.granted = true
	p.regrant = true
	w.ready(p)
}

// StopBeforeOps sets whether each process stops just before its next
// operation, with status AtOp, until it is granted.
func (w *World) StopBeforeOps(stop bool) { w.setStops(stop) }

func (w *World) setStops(halts bool) {
	w.halts = halts
	w.branching = w.branching && halts
	w.stopOps = halts || w.rec.tape != nil
}

// Step runs p, which must be ready, for one slice of at most so many
// reductions; 0 stands for the budget of the world.
func (w *World) Step(p *Process, reductions int64) {
	if p.Status != Ready {
		return
	}
	if w.front == p {
		w.front = nil
	}
	w.unqueue(p)
	budget := w.opts.Budget
	if reductions > 0 {
		w.opts.Budget = reductions
	}
	w.slice(p)
	w.opts.Budget = budget
}

// Lane is what a person may see of one scheduler.
type Lane struct {
	Name  string
	Ready []*Process // in the order of their turns
}

// Lanes gives the schedulers: those of the actors, the pool of the go blocks,
// and the threads, of which each stands for one of its own.
func (w *World) Lanes() []Lane {
	out := make([]Lane, len(w.lanes))
	for i := range w.lanes {
		switch i {
		case w.poolLane():
			out[i].Name = "go pool"
		case w.threadLane():
			out[i].Name = "threads"
		default:
			out[i].Name = "scheduler " + itoa(uint64(i+1))
		}
		w.lanes[i].q.Each(func(p *Process) bool {
			if p.Status == Ready {
				out[i].Ready = append(out[i].Ready, p)
			}
			return true
		})
	}
	return out
}

// Lane gives the number of the scheduler that p belongs to, among Lanes.
func (p *Process) Lane() int { return int(p.lane) }

// Since tells apart who has been ready for longer: the world's count of
// arrivals when p became ready last.
func (p *Process) Since() uint64 { return p.readySince }

// Why says why Run came back.
type Why uint8

// The reasons.
const (
	Reached     Why = iota // until holds
	Quiet                  // nothing is ready; a timer may be armed
	Still                  // nothing is ready, no timer is armed, no work is outside: nothing will ever happen by itself
	Exhausted              // the allowance is used up
	Interrupted            // Interrupt was called
)

// Limits bounds a Run.
type Limits struct {
	Until      func() bool   // checked between slices; nil: never
	Reductions int64         // 0: no bound
	Wall       time.Duration // real time; 0: no bound
	Timers     bool          // wait for timers, and for work outside
	TimersTo   time.Duration // if Timers: none later than this from now; 0: any
}

// Run runs the world.
func (w *World) Run(l Limits) Why {
	e := errand{l, time.Now(), w.clock.peek() + l.TimersTo, w.used}
	for {
		if why, done := w.tryRun(&e); done {
			return why
		}
	}
}

// errand is a Run that has begun.
type errand struct {
	Limits
	start time.Time
	limit time.Duration // for timers, on the world's clock
	used  int64         // by all processes before
}

// tryRun runs the world until Run is done, or a process raises: that it then
// unwinds when it is called again. So what it takes to recover is paid once,
// not for every slice.
func (w *World) tryRun(l *errand) (why Why, done bool) {
	defer w.catch()
	if p := w.current; p != nil {
		w.finish(p)
		if w.exhausted(l) {
			return Exhausted, true
		}
	}
	for {
		w.serve()
		w.tellTape()
		if w.interrupted.Load() && w.interrupted.Swap(false) {
			return Interrupted, true
		}
		if l.Until != nil && l.Until() {
			return Reached, true
		}
		w.fireDue()
		w.tellTape()
		if p := w.next(); p != nil {
			w.begin(p)
			w.finish(p)
			if w.exhausted(l) {
				return Exhausted, true
			}
			continue
		}
		at, armed := w.timers.first()
		if !armed && w.outside == 0 && !w.In.awaited() {
			return Still, true
		}
		if !l.Timers || armed && l.TimersTo > 0 && at > l.limit && w.outside == 0 {
			return Quiet, true
		}
		if !w.sleep(at, armed, l.start, l.Wall) {
			return Exhausted, true
		}
	}
}

// exhausted reports whether the allowance of a Run is used up.
func (w *World) exhausted(l *errand) bool {
	return l.Reductions > 0 && (w.used-l.used)/lang.ReductionUnits >= l.Reductions ||
		l.Wall > 0 && w.slices%16 == 0 && time.Since(l.start) > l.Wall
}

// sleep waits until the next timer, a result from outside or a question; with
// virtual time it jumps to the timer.
func (w *World) sleep(at time.Duration, armed bool, start time.Time, wall time.Duration) bool {
	var after <-chan time.Time
	if armed {
		if w.clock.virtual && w.outside == 0 {
			w.Touch(&w.clock)
			w.clock.jump(at)
			return true
		}
		if !w.clock.virtual {
			t := time.NewTimer(at - w.clock.now())
			defer t.Stop()
			after = t.C
		}
	}
	var deadline <-chan time.Time
	if wall > 0 {
		t := time.NewTimer(wall - time.Since(start))
		defer t.Stop()
		deadline = t.C
	}
	select {
	case <-after:
	case f := <-w.inbox:
		f()
	case f := <-w.asks:
		w.asked.Add(-1)
		f()
	case <-w.wakeup:
	case <-deadline:
		return false
	}
	return true
}

// Ask runs f on the world's goroutine, between slices, and waits for it. It
// is how completion and views look at a running world.
func (w *World) Ask(f func()) {
	done := make(chan struct{})
	w.asked.Add(1)
	w.asks <- func() { f(); close(done) }
	<-done
}

// serve answers those who ask, and takes in what came from outside.
func (w *World) serve() {
	for w.asked.Load() > 0 {
		select {
		case f := <-w.asks:
			w.asked.Add(-1)
			f()
		default:
			return
		}
	}
	if w.outside > 0 || w.In.external {
		select {
		case f := <-w.inbox:
			f()
		default:
		}
	}
}

// Interrupt makes Run come back soon. Any goroutine may call it.
func (w *World) Interrupt() {
	w.interrupted.Store(true)
	select {
	case w.wakeup <- struct{}{}:
	default:
	}
}

// Changes is called by natives before they change something outside of the
// world, such as a file: what name says. An exploration, which does everything
// many times, refuses that.
func (p *Process) Changes(name string) {
	if p.W.explored() {
		lang.Raise(lang.IllegalStateException, "%s would change what lies outside of the world, which an exploration does not do: it runs a program many times", name)
	}
}

// explored reports whether an explorer has the world.
func (w *World) explored() bool { return w.halts && w.clock.frozen }

// Outside does f, which touches nothing of the world, on another goroutine,
// while p waits. What it gives is a recorded input. An exploration waits for it
// at once, and does it once: it gives the same again whenever the same, as what
// names it, is to be done. So what f gives must be a value that never changes.
func (p *Process) Outside(what string, f func() (lang.Value, *lang.Exception)) lang.Value {
	w := p.W
	if w.explored() {
		work, ok := w.seen[what]
		if !ok {
			work.v, work.e = f()
			w.seen[what] = work
		}
		if work.e != nil {
			e := *work.e
			panic(&e)
		}
		return work.v
	}
	w.Touch(p)
	p.Status, p.sig = Outside, sigPark
	work := &outsideWork{}
	p.result = lang.Obj(work)
	w.Emit(Event{Kind: "outside", Proc: p})
	w.outside++
	go func() {
		v, e := f()
		w.inbox <- func() {
			w.outside--
			work.done, work.v, work.e = true, v, e
			w.comeBack(p, work)
		}
	}()
	return lang.Nil
}

// outsideWork is the result of work outside: a recorded input, which is no
// part of what a checkpoint undoes.
type outsideWork struct {
	done bool
	v    lang.Value
	e    *lang.Exception
}

// comeBack gives p the result of its work outside, if it still waits for it.
func (w *World) comeBack(p *Process, work *outsideWork) {
	if p.Status != Outside || p.result.Obj() != any(work) {
		return
	}
	w.Touch(p)
	if work.e != nil {
		p.raised = p.exceptionOf(work.e)
	}
	p.result = work.v
	w.ready(p)
}
