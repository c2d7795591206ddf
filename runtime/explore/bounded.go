package explore

import (
	"cmp"
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// Bound says what a bounded search bounds.
type Bound string

// The bounds. Delays are those of Emmi, Qadeer and Rakamaric (POPL 2011): the
// processes take turns in the order in which they were started, each until it
// waits or ends, and a delay sends the one whose turn it is to the end of the
// queue. A preemption (Musuvathi and Qadeer, PLDI 2007) takes the turn from a
// process that could go on.
const (
	Unbounded   Bound = ""
	Delays      Bound = "delays"
	Preemptions Bound = "preemptions"
)

// bounded is the search for all behaviours that a bounded number of delays or
// preemptions leads to. There is no reduction but one: what has come to the
// same, with the same turns, and had as many left before, is not done again.
type bounded struct {
	*search
	best map[uint64]int // by state and turns: how many were left there, and one
	few  bool           // there were too few somewhere
}

// boundedly explores within a bound.
func boundedly(r *run, o *Options, res *Result) {
	b := &bounded{search: &search{run: r, o: o, result: res}, best: map[uint64]int{}}
	b.visit(nil, o.Most, 0)
	if b.few {
		res.cut("at most %d %s", o.Most, o.Bounded)
	}
	res.Exhaustive = res.Cut == ""
}

// visit goes through all that can come after the present state, which class
// tells from the others. turns has those first whose turn it is. It gives false
// once another bound is reached.
func (b *bounded) visit(turns []runtime.ID, left int, class uint64) bool {
	if b.result.ended(b.o) {
		return false
	}
	turns = b.joined(turns)
	labels := b.enabled(nil)
	if b.best[key(class, turns)] > left {
		return true
	}
	b.best[key(class, turns)] = left + 1
	if len(b.trace) >= cmp.Or(b.o.MaxDepth, spinDepth) {
		b.short = len(labels) > 0
		if b.short {
			b.result.cut("an execution of more than %d steps", len(b.trace))
		}
		labels = nil
	}
	if len(labels) == 0 || b.stuck {
		return b.end()
	}
	mark := b.w.Checkpoint()
	defer b.w.Release(mark)
	for i, next := range b.order(turns, labels) {
		cost := i
		if b.o.Bounded == Preemptions {
			cost = 0
			if next[0] != turns[0] && slices.ContainsFunc(labels, func(l label) bool { return l.of(turns[0]) }) {
				cost = 1
			}
		}
		if cost > left {
			b.few = true
			return true
		}
		if !b.turn(mark, next, labels, left-cost, class) {
			return false
		}
	}
	return true
}

// key tells states with turns apart.
func key(class uint64, turns []runtime.ID) uint64 {
	for _, id := range turns {
		class = mix(class, uint64(id))
	}
	return class
}

// end takes in an execution. One that has come to the same as another, in
// another order, does not count.
func (b *bounded) end() bool {
	known := b.result.Behaviours
	more := b.leaf()
	if b.result.Behaviours == known {
		b.result.Executions--
	}
	return more
}

// joined gives the turns with those at the end who have been started since.
func (b *bounded) joined(turns []runtime.ID) []runtime.ID {
	turns = slices.Clone(turns)
	for _, t := range b.threads {
		if !slices.Contains(turns, t.id) {
			turns = append(turns, t.id)
		}
	}
	return turns
}

// order gives the turns as they are for each of those who can go on: he comes
// first, and those before him go to the end of the queue.
func (b *bounded) order(turns []runtime.ID, labels []label) (all [][]runtime.ID) {
	if len(labels) == 1 && labels[0].kind == clock {
		return [][]runtime.ID{turns}
	}
	for i, id := range turns {
		if slices.ContainsFunc(labels, func(l label) bool { return l.of(id) }) {
			all = append(all, append(slices.Clone(turns[i:]), turns[:i]...))
			if b.alone(id) {
				break
			}
		}
	}
	return all
}

// alone reports whether what a process is about to do uses nothing that others
// could use, as starting another: it would be of no use to have that wait.
func (b *bounded) alone(id runtime.ID) bool {
	t := b.index[id]
	op := t.p.Waiting()
	return op != nil && op.Ready(b.w, t.p) && len(op.Access(nil)) == 0
}

// of reports whether a step is one of the process; what happens by itself is
// everybody's.
func (l label) of(id runtime.ID) bool {
	return l.proc == id || l.kind == meeting && l.peer == id || l.kind == clock || l.kind == timer
}

// turn does each of the steps of the process whose turn it is.
func (b *bounded) turn(mark int, turns []runtime.ID, labels []label, left int, class uint64) bool {
	depth, born := len(b.trace), len(b.threads)
	for _, l := range labels {
		if !l.of(turns[0]) {
			continue
		}
		more := true
		if b.do(l) {
			more = b.visit(turns, left, class+mix(b.trace[depth].hash, 3))
		} else {
			b.result.cut("a step that could not be done")
		}
		b.w.Rollback(mark)
		b.undo(depth)
		b.abandon(born)
		if !more || b.set.changed {
			return false
		}
	}
	return true
}
