package runtime

import (
	"math/bits"
	"runtime"
	"runtime/metrics"

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
	w.beginSlice(p)
	for !w.trySlice(p) {
	}
}

func (w *World) trySlice(p *Process) (done bool) {
	defer w.catch()
	w.goOnSlice(p)
	return true
}

// beginSlice gives p its turn.
func (w *World) beginSlice(p *Process) {
	w.Touch(p)
	w.budget = w.opts.Budget * lang.ReductionUnits
	p.Status, p.fuel = Running, w.budget
	w.current = p
	if p.sig != sigCall {
		p.sig = sigNone
	}
}

// goOnSlice runs p, which has its turn, to the end of the slice. When p raises, it
// is called again, after World.catch.
func (w *World) goOnSlice(p *Process) {
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
