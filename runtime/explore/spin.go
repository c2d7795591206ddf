package explore

import (
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// A turn of a loop that only read, and has come back to where it began with
// nothing changed in the process, will do the same again until somebody
// changes what it has read: it counts as a wait for that. So a spin lock has
// as many behaviours as one that waits.

// spinRow is how many steps in a row a process may only read before the
// exploration begins again, looking for such turns.
const spinRow = 16

// reads reports whether all that a step of one process did was to read.
func (s *step) reads() bool {
	return s.kind == plain && len(s.procs) == 1 && len(s.uses) > 0 && !s.timed &&
		!slices.ContainsFunc(s.uses, func(u use) bool { return u.mode != runtime.Read })
}

// look notes in what states a step has left those who took part, for as long as
// the exploration looks for turns.
func (r *run) look(s *step) {
	if s.reads() {
		if last := s.before[0]; last >= 0 {
			s.row = r.trace[last].row + 1
		}
		if s.row >= spinRow && !r.set.spins {
			r.set.spins, r.set.changed = true, true
		}
	}
	if !r.set.spins {
		return
	}
	s.states = make([]uint64, len(s.procs))
	for k, t := range s.procs {
		if t.p.Status == runtime.AtOp {
			s.states[k] = r.w.Fingerprint([]*runtime.Process{t.p})
		}
	}
}

// state gives in what state a step has left a process, 0 if that is not known.
func (s *step) state(t *thread) uint64 {
	if k := slices.Index(s.procs, t); k >= 0 && k < len(s.states) {
		return s.states[k]
	}
	return 0
}

// turn gives what a process has read in the turn that it has just ended, if it
// has, and the step with which the turn began.
func (r *run) turn(t *thread) (read []runtime.Entity, first int) {
	if !r.set.spins || t.last < 0 {
		return nil, 0
	}
	s := r.trace[t.last]
	now := s.state(t)
	for now != 0 && s.reads() && s.before[0] >= 0 {
		for _, u := range s.uses {
			read = append(read, u.entity)
		}
		first = s.at
		if s = r.trace[s.before[0]]; s.state(t) == now {
			return read, first
		}
	}
	return nil, 0
}

// spins reports whether a process would only do again what it has done, since
// nobody has changed meanwhile what it read.
func (r *run) spins(t *thread) bool {
	read, first := r.turn(t)
	return read != nil && !r.written(read, first)
}

// written reports whether one of the entities was written since step from.
func (r *run) written(all []runtime.Entity, from int) bool {
	return slices.ContainsFunc(r.trace[from:], func(s *step) bool {
		return slices.ContainsFunc(s.uses, func(u use) bool { return u.mode != runtime.Read && slices.Contains(all, u.entity) })
	})
}

// spinning reports whether some process looks at the same again and again.
func (r *run) spinning() bool {
	return slices.ContainsFunc(r.threads, func(t *thread) bool { return t.p.Status == runtime.AtOp && r.spins(t) })
}
