package core

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var timeNatives = []*lang.Native{
	{Name: "clojure.core/inst-ms", Min: 1, Max: 1, Args: "[inst]", Doc: "The milliseconds from the start of 1970 to inst.",
		Pure: one(func(v lang.Value) lang.Value {
			return lang.Int(object[*lang.Inst](v, lang.DateClass).Time.UnixMilli())
		})},
}

// maxSleep is the longest time that the clock can tell.
const maxSleep = 1<<63 - 1

// millis gives a time in milliseconds.
func millis(ms int64) time.Duration {
	if ms > maxSleep/int64(time.Millisecond) {
		return maxSleep
	}
	return time.Duration(ms) * time.Millisecond
}

// sleep is the operation of waiting for a time to pass. It keeps the worker
// of a go block, as Thread/sleep does.
type sleep struct {
	d     time.Duration
	due   time.Duration // when it is over, for who has not begun to wait
	timer *runtime.Timer
}

func sleepFor(p *runtime.Process, d time.Duration) *sleep {
	due := p.W.Elapsed()
	if d < maxSleep-due {
		due += d
	} else {
		due = maxSleep
	}
	return &sleep{d: d, due: due}
}

// Ready holds where there is nothing to wait for.
func (s *sleep) Ready(w *runtime.World, _ *runtime.Process) bool {
	return s.d <= 0 || w.Elapsed() >= s.due
}

// Deadline gives when the sleep is over. It is part of runtime.Deadliner.
func (s *sleep) Deadline() (time.Duration, bool) { return s.due, true }

func (s *sleep) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	if !s.Ready(w, p) {
		return lang.Nil, false
	}
	w.Emit(runtime.Event{Kind: "wake", Proc: p})
	return lang.Nil, true
}

func (s *sleep) Park(w *runtime.World, wt *runtime.Waiter, branch int) {
	s.timer = w.After(s.d, func(w *runtime.World) {
		if wt.Live() {
			w.Emit(runtime.Event{Kind: "wake", Proc: wt.Proc})
			w.Complete(wt, branch, lang.Nil)
		}
	})
	s.timer.On = wt.Proc
}

func (s *sleep) Cancel(w *runtime.World, _ *runtime.Waiter, _ int) {
	if s.timer != nil {
		w.Disarm(s.timer)
	}
}

func (s *sleep) Access(acc []runtime.Access) []runtime.Access { return acc }

func (s *sleep) About(p *runtime.Process) string { return p.Say(wordsSleep, s.d) }

// Holds reports that a go block that sleeps keeps its worker.
func (s *sleep) Holds() bool { return true }

// giveWay is the operation of letting others go first.
type giveWay struct{}

// Ready holds always.
func (giveWay) Ready(*runtime.World, *runtime.Process) bool { return true }

func (giveWay) Try(*runtime.World, *runtime.Process) (lang.Value, bool) { return lang.Nil, false }

func (giveWay) Park(w *runtime.World, wt *runtime.Waiter, branch int) {
	w.Emit(runtime.Event{Kind: "yield", Proc: wt.Proc})
	w.Complete(wt, branch, lang.Nil)
}

func (giveWay) Cancel(*runtime.World, *runtime.Waiter, int) {}

func (giveWay) Access(acc []runtime.Access) []runtime.Access { return acc }

func (giveWay) About(p *runtime.Process) string { return p.Say(wordsYield) }
