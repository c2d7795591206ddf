package explore

import (
	"cmp"
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// The stateful search is for programs that go in circles: it goes through all
// states, and knows one that it has seen by its fingerprint, so that a spin
// loop is one state with a way back to it. There is no reduction, so it is for
// small programs. A circle that can go on for ever although everybody who
// could act does get to act is a livelock; if somebody who could act now and
// then never gets to, it is starvation.

// stateLimit bounds the states.
const stateLimit = 50_000

// spinDepth is the length of an execution from which on the program is taken
// to go in circles.
const spinDepth = 2_000

// goRound is what a livelock comes to.
const goRound = "the processes go round for ever"

// state is a state of the program, in the graph of all.
type state struct {
	out     []move
	enabled map[runtime.ID]bool
	way     Schedule // that led here first
	index   int      // Tarjan's
	low     int
	onStack bool
	circle  int // the number of its strongly connected component, from 1
}

// move is one step from a state to another.
type move struct {
	who []runtime.ID
	to  *state
}

// states is the search.
type states struct {
	*run
	o     *Options
	res   *Result
	seen  map[uint64]*state
	stack []*state
	count int
	found [][]*state // strongly connected components
}

// statefully explores by states.
func statefully(r *run, o *Options, res *Result) {
	x := &states{run: r, o: o, res: res, seen: map[uint64]*state{}}
	x.visit(x.print())
	for _, s := range x.found {
		x.circle(s)
	}
	res.Exhaustive = res.Cut == ""
}

// print gives the fingerprint of the present state.
func (x *states) print() uint64 {
	procs := make([]*runtime.Process, len(x.threads))
	for i, t := range x.threads {
		procs[i] = t.p
	}
	slices.SortFunc(procs, func(a, b *runtime.Process) int { return cmp.Compare(a.ID, b.ID) })
	return x.w.Fingerprint(procs)
}

// visit goes through all that can come after the present state.
func (x *states) visit(key uint64) *state {
	labels := x.enabled(nil)
	s := &state{enabled: map[runtime.ID]bool{}, way: x.schedule()}
	x.seen[key] = s
	x.count++
	s.index, s.low = x.count, x.count
	x.stack, s.onStack = append(x.stack, s), true
	if len(labels) == 0 {
		x.res.Executions++
		x.res.Behaviours++
		x.note(x.judge(x.o.Show), s.way)
	}
	for _, l := range labels {
		s.enabled[l.proc] = true
		if l.kind == meeting {
			s.enabled[l.peer] = true
		}
	}
	switch {
	case len(x.seen) >= stateLimit:
		x.res.cut("stopped at %d states", len(x.seen))
		labels = nil
	case x.res.ended(x.o):
		labels = nil
	}
	mark := x.w.Checkpoint()
	depth, born := len(x.trace), len(x.threads)
	for _, l := range labels {
		if x.do(l) {
			x.follow(s, x.trace[depth])
		}
		x.w.Rollback(mark)
		x.undo(depth)
		x.abandon(born)
	}
	x.w.Release(mark)
	if s.low == s.index {
		x.component(s)
	}
	return s
}

// follow goes on after a step, or notes that it leads back.
func (x *states) follow(s *state, by *step) {
	key := x.print()
	to := x.seen[key]
	if to == nil {
		to = x.visit(key)
		s.low = min(s.low, to.low)
	} else if to.onStack {
		s.low = min(s.low, to.index)
	}
	m := move{to: to}
	for _, t := range by.procs {
		m.who = append(m.who, t.id)
	}
	s.out = append(s.out, m)
}

// component takes the strongly connected component of s off the stack.
func (x *states) component(s *state) {
	var all []*state
	for {
		t := x.stack[len(x.stack)-1]
		x.stack = x.stack[:len(x.stack)-1]
		t.onStack, t.circle = false, s.index
		all = append(all, t)
		if t == s {
			break
		}
	}
	x.found = append(x.found, all)
}

// circle judges a strongly connected component: can it go on for ever, with
// everybody getting his turn who always could act?
func (x *states) circle(all []*state) {
	acts, able, always := map[runtime.ID]bool{}, map[runtime.ID]bool{}, map[runtime.ID]bool{}
	turns := false
	for id := range all[0].enabled {
		always[id] = true
	}
	for _, s := range all {
		for id := range s.enabled {
			able[id] = true
		}
		for id := range always {
			always[id] = s.enabled[id]
		}
		for _, m := range s.out {
			if m.to.circle == s.circle {
				turns = true
				for _, id := range m.who {
					acts[id] = true
				}
			}
		}
	}
	if !turns {
		return
	}
	o := &Outcome{Kind: Livelock, Value: goRound}
	for id := range able {
		switch {
		case acts[id]:
		case always[id]:
			return // it would get its turn, and this would end
		default:
			o.Kind, o.Value = Starvation, "a process that could go on now and then never does"
		}
	}
	o.normal = o.Value
	x.res.Behaviours++
	x.note(o, all[len(all)-1].way)
}

// note adds an outcome to the result.
func (x *states) note(o *Outcome, way Schedule) {
	old := x.res.byKey[o.key()]
	if old == nil {
		old = o
		o.Witness = way
		x.res.byKey[o.key()] = o
		x.res.Outcomes = append(x.res.Outcomes, o)
	}
	old.Behaviours++
}
