package explore

import (
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// Guide leads a world that stops before operations, and in which messages
// arrive when they are sent, along a schedule. A stepper asks it who is next.
type Guide struct {
	turns []turn
	all   []turn // those that were taken among them
}

// turn is what one process is to do next.
type turn struct {
	id     runtime.ID
	branch int // of its choice, -1 for all of its operation
	letter bool
	time   bool // nobody: time goes on
}

// Guide gives a guide along the witness.
func (o *Outcome) Guide() *Guide {
	g := &Guide{}
	for _, s := range arrange(o.trace) {
		switch s.kind {
		case clock, timer:
			g.turns = append(g.turns, turn{time: true})
		case meeting:
			g.turns = append(g.turns, turn{id: s.proc, branch: int(s.branch)}, turn{id: s.peer, branch: int(s.branch2)})
		case branch:
			g.turns = append(g.turns, turn{id: s.proc, branch: int(s.branch)})
		default:
			g.turns = append(g.turns, turn{id: s.proc, branch: -1, letter: s.kind == letter})
		}
	}
	g.all = g.turns
	return g
}

// Left gives how many turns are left.
func (g *Guide) Left() int { return len(g.turns) }

// Rewind goes back to where so many turns were left.
func (g *Guide) Rewind(left int) { g.turns = g.all[len(g.all)-left:] }

// Next gives the process whose operation is next, or nil and true if it has
// let it happen itself, or nil and false if the schedule leaves it open.
func (g *Guide) Next(w *runtime.World, ready []*runtime.Process) (*runtime.Process, bool) {
	for len(g.turns) > 0 {
		t := g.turns[0]
		if t.time {
			if p := sleeper(w, ready); p != nil {
				return p, false
			}
			g.turns = g.turns[1:]
			continue
		}
		i := slices.IndexFunc(ready, func(p *runtime.Process) bool { return p.ID == t.id })
		if i < 0 {
			return nil, false
		}
		p := ready[i]
		if _, waits := p.Waiting().(runtime.Inbox); waits && t.letter {
			return p, false // it looks at the messages one by one
		}
		g.turns = g.turns[1:]
		if c, ok := p.Waiting().(*runtime.Choice); ok && t.branch >= 0 && t.branch < len(c.Branches) {
			w.GrantAs(p, c.Only(t.branch))
			return nil, true
		}
		return p, false
	}
	return nil, false
}

// sleeper gives a process that is about to wait for a time.
func sleeper(w *runtime.World, ready []*runtime.Process) *runtime.Process {
	for _, p := range ready {
		if d, ok := p.Waiting().(runtime.Deadliner); ok && !p.Waiting().Ready(w, p) {
			if _, waits := d.Deadline(); waits {
				return p
			}
		}
	}
	return nil
}

// arrange puts the steps of a run in an order in which messages arrive as the
// receives have taken them: the sending of the message that a receive took
// stands before those of the others that it would have taken.
func arrange(trace []*step) []*step {
	before := make([]bits, len(trace))
	for i, s := range trace {
		before[i].union(s.past)
	}
	for _, s := range trace {
		if s.kind != letter {
			continue
		}
		got := sentIn(trace, s.got)
		for _, x := range s.taken {
			if other := sentIn(trace, x.sent); other >= 0 && got >= 0 && other != got {
				before[other].add(got)
			}
		}
	}
	var out []*step
	var done bits
	for len(out) < len(trace) {
		i := slices.IndexFunc(trace, func(s *step) bool { return !done.has(s.at) && subset(before[s.at], done) })
		if i < 0 {
			return trace
		}
		done.add(i)
		out = append(out, trace[i])
	}
	return out
}

// sentIn gives the step that sent a message, -1 if it was there before.
func sentIn(trace []*step, at uint64) int {
	for i := len(trace) - 1; i >= 0; i-- {
		if trace[i].first < at {
			return i
		}
	}
	return -1
}

// subset reports whether all of a is in b.
func subset(a, b bits) bool {
	for i, w := range a {
		if i < len(b) {
			w &^= b[i]
		}
		if w != 0 {
			return false
		}
	}
	return true
}
