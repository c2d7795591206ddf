package explore

import (
	"fmt"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Kind says how an outcome ends.
type Kind string

// The kinds of outcomes.
const (
	Value      Kind = "value"
	Error      Kind = "error"
	Deadlock   Kind = "deadlock"
	Leak       Kind = "leak"
	Livelock   Kind = "livelock"
	Starvation Kind = "starvation"
	Limit      Kind = "limit"
)

// Outcome is what a program can come to, with all behaviours that lead there.
type Outcome struct {
	Kind       Kind
	Value      string // what the main process gives, or what went wrong
	Output     string
	Result     lang.Value      // of the main process, if it has one
	Raised     *lang.Exception // by the main process, if that was its end
	Behaviours int
	Witness    Schedule  // one run that leads there
	Switches   int       // context switches of the witness
	Lines      []Line    // the witness in words
	Token      string    // the witness as a text
	Reason     string    // of a deadlock or a leak: who waits for whom, and what was lost
	Title      string    // Value with the short names of processes and channels in it
	Why        []Order   // steps whose order leads here and not to another outcome, the first one first
	trace      []*step   // of the witness
	set        *settings // with which it was found
	origins
	normal string // value and output, with all that is printed by a number named alike in all runs
	Share  Share  // how often random runs lead there
}

// Share is a part of all random runs: exact, or estimated with the bounds of
// its 95 % interval.
type Share struct {
	Known     bool
	Exact     bool
	P         float64
	Low, High float64
	Walks     int // how many runs the estimate is from
}

// Schedule is a run: what happens, step by step.
type Schedule []label

// outcome notes what the execution has come to, and gives it.
func (x *search) outcome() *Outcome {
	o := x.judge(x.o.Show)
	key := o.key()
	old := x.result.byKey[key]
	if old == nil {
		old = o
		x.result.byKey[key] = o
		x.result.Outcomes = append(x.result.Outcomes, o)
		o.Witness = x.schedule()
	}
	old.Behaviours++
	return old
}

// tell puts the witness into words.
func (o *Outcome) tell(w *runtime.World, start Start, set *settings, x *Options) {
	t := tell(w, start, set, x, o.Witness)
	o.Lines, o.trace, o.origins, o.Title = t.lines, t.trace, t.origins, t.names.Replace(o.Value)
	if o.Kind == Deadlock { // names may have been found since
		o.Title = t.names.Replace(t.value)
	}
	o.Reason = t.names.Replace(t.reason)
}

// key tells outcomes apart.
func (o *Outcome) key() string { return string(o.Kind) + "\x00" + o.normal }

func (r *run) schedule() Schedule {
	out := make(Schedule, len(r.trace))
	for i, s := range r.trace {
		out[i] = s.label
	}
	return out
}

// judge tells what the run has come to.
func (r *run) judge(show func(lang.Value) string) *Outcome {
	o := &Outcome{Output: r.output()}
	shell := r.main
	v, e := shell.Result()
	o.Result = v
	fails := ""
	for _, s := range r.trace {
		if s.fail != "" && fails == "" {
			fails = s.fail
		}
	}
	leaks := r.leaks()
	switch {
	case r.stuck:
		o.Kind, o.Value = Livelock, "a process computes without end"
	case r.short:
		o.Kind, o.Value = Limit, fmt.Sprintf("more than %d steps", len(r.trace))
	case r.spinning():
		o.Kind, o.Value = Livelock, goRound
	case shell.Status != runtime.Done:
		o.Kind, o.Value = Deadlock, r.waits()
	case e != nil:
		o.Kind, o.Value, o.Raised = Error, e.Error(), e
	case fails != "":
		o.Kind, o.Value = Error, fails
	case len(leaks) > 1 && r.w.WaitGraph(false).Cycle() != nil:
		o.Kind, o.Value = Deadlock, show(v)+", while others wait for each other"
	case len(leaks) > 0:
		o.Kind, o.Value = Leak, show(v)
	default:
		o.Kind, o.Value = Value, show(v)
	}
	o.normal = r.normal(o.Value + "\x00" + o.Output)
	return o
}

// leaks gives the processes that wait for what will never come. Who waits for a
// time does not, though the run has ended before it.
func (r *run) leaks() []*runtime.Process {
	leaks, _ := r.w.Stuck(false)
	return slices.DeleteFunc(leaks, func(p *runtime.Process) bool {
		_, found := timesOut(p.Waiting())
		return found
	})
}

// waits says what the main process waits for.
func (r *run) waits() string {
	if op := r.main.Waiting(); op != nil {
		return "the main process waits: " + op.About(r.main)
	}
	return "the main process waits"
}
