package explore

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Walk is the run that leads to an outcome, done step by step in a world that
// a person looks at. The steps are those of the exploration itself, by the same
// rules: messages are kept apart until a receive is given one, the clock stands
// still but for steps of its own, a put and a take meet in one step. So whatever
// delivery and timing the outcome was found with, the walk leads to it.
//
// The world may be brought back to an earlier moment of the walk, and forward
// again, if Seek is told; it may leave the rules, if Hold is told.
type Walk struct {
	*run
	out   *Outcome // whose witness it is
	show  func(lang.Value) string
	name  func(*runtime.Process) string
	begin Start
	steps []*step   // those that were done, and behind them those that can be gone forward along
	all   []*thread // of all those steps
	base  int       // how many processes there were before
	ids   map[runtime.ID]runtime.ID
	held  bool
	refs  map[string]string // see references
}

// origins tell what a witness calls the things that came up during its run, so
// that a walk in a world that has gone on meanwhile finds its own.
type origins struct {
	born   []runtime.ID // the processes, in the order in which they were started
	timers []int        // of each step at which a timer fires, which of those that could
}

// NewWalk gives the walk along the witness of an outcome of the exploration of
// what start begins. It begins with Begin.
func NewWalk(w *runtime.World, out *Outcome, start Start, o Options) *Walk {
	o.complete()
	return &Walk{run: &run{w: w}, out: out, show: o.Show, name: o.Name, begin: start, refs: map[string]string{}}
}

// Begin starts what was explored and brings every process to its first
// operation. The world must be recorded, so that it can be brought back.
func (k *Walk) Begin() {
	set := *k.out.set
	set.offers, set.takes, set.follows = maps.Clone(set.offers), maps.Clone(set.takes), true
	set.ties = math.MaxUint64 // what the exploration has found out holds: others may have tied themselves since
	w := k.w
	w.StandStill(true)
	k.run = newRun(w, &set, map[tried]bool{}, k.begin)
	k.quiet, k.held = true, true
	k.base = len(k.threads)
	k.all = k.threads
	k.ids = map[runtime.ID]runtime.ID{}
}

// Done gives how many steps have been done, and how many there are.
func (k *Walk) Done() (n, of int) { return len(k.trace), len(k.out.Witness) }

// label gives the label of the next step as it is in this world.
func (k *Walk) label() label {
	l := k.out.Witness[len(k.trace)]
	for i, id := range k.out.born {
		if at := k.base + i; at < len(k.threads) {
			k.ids[id] = k.threads[at].id
		}
	}
	if l.kind == timer {
		if i, ts := len(k.trace), k.timers(); i < len(k.out.timers) && k.out.timers[i] < len(ts) {
			k.ids[l.proc] = ts[k.out.timers[i]].Key
		}
	}
	for _, id := range []*runtime.ID{&l.proc, &l.peer} {
		if now, ok := k.ids[*id]; ok {
			*id = now
		}
	}
	return l
}

// Next tells in words what the next step is, and gives the processes that take
// part; nil and "" at the end. Nobody takes part when time goes on.
func (k *Walk) Next() (who []*runtime.Process, what string) {
	if len(k.trace) == len(k.out.Witness) {
		return nil, ""
	}
	l := k.label()
	for _, id := range []runtime.ID{l.proc, l.peer} {
		if t := k.index[id]; t != nil && (id == l.proc || l.kind == meeting) {
			who = append(who, t.p)
		}
	}
	line := k.describe(l)
	return who, references(k.names(k.name).Replace(line.String()), k.refs)
}

// Step does the next step. It gives an error if there is none, or if the
// program does not go as it went when it was explored.
func (k *Walk) Step() error {
	n, of := k.Done()
	if n == of {
		return errors.New("the walk is at its end")
	}
	l := k.label()
	if !k.alike(func() bool { return k.do(l) }) {
		return fmt.Errorf("the program does not go as it did when it was explored: step %d of the walk cannot be done (explore it again)", n+1)
	}
	k.steps, k.all = append(k.steps[:n:n], k.trace[n]), k.threads
	return nil
}

// alike does f as the exploration does it: what it tells of errors that nobody
// catches comes afterwards, since it, too, is written by steps of the world.
func (k *Walk) alike(f func() bool) bool {
	var reports []func()
	tell := k.w.Uncaught
	k.w.Uncaught = func(w *runtime.World, p *runtime.Process, e *lang.Exception) {
		if tell != nil {
			reports = append(reports, func() { tell(w, p, e) })
		}
	}
	k.quiet = false
	defer func() {
		k.quiet, k.w.Uncaught = true, tell
		for _, report := range reports {
			report()
		}
	}()
	return f()
}

// Seek tells that the world has been brought to where n steps were done.
func (k *Walk) Seek(n int) {
	if n < len(k.trace) {
		k.undo(n)
	}
	for i := len(k.trace); i < n; i++ {
		s, born := k.steps[i], len(k.all)
		if i+1 < len(k.steps) {
			born = k.steps[i+1].born
		}
		k.trace = append(k.trace, s)
		for _, t := range k.all[s.born:born] {
			k.threads = append(k.threads, t)
			k.index[t.id] = t
		}
		for _, t := range s.procs {
			t.last = int32(i)
			t.n++
		}
	}
}

// Hold sets whether the world keeps to the rules of the exploration. Without,
// messages that were kept apart arrive in the order in which they were sent.
func (k *Walk) Hold(on bool) {
	if k.held == on {
		return
	}
	k.held = on
	k.w.StandStill(on)
	k.rule(on)
	if !on {
		k.w.DeliverPool()
	}
}

// Close has the world forget the walk.
func (k *Walk) Close() {
	k.Hold(false)
	k.stop()
}

// End tells what the walk has come to, once all steps are done.
func (k *Walk) End() *Outcome {
	if k.out.Kind == Livelock || k.out.Kind == Starvation {
		return k.out // it has no end: from here on it goes round
	}
	o := k.judge(k.show)
	o.Title = k.names(k.name).Replace(o.Value)
	return o
}

// output gives what the processes have printed.
func (r *run) output() string {
	if r.w.Holding() {
		return r.w.Out.Held()
	}
	var b strings.Builder
	for _, s := range r.trace {
		for _, e := range s.events {
			if e.Kind == "print" && e.Entity == runtime.Entity(r.w.Out) {
				b.WriteString(e.Note)
			}
		}
	}
	return b.String()
}
