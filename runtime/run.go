package runtime

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
)

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
		w.goOnSlice(p)
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
			w.beginSlice(p)
			w.goOnSlice(p)
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
