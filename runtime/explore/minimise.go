package explore

import (
	"slices"
	"time"

	"github.com/conc-repl/conc-repl/runtime"
)

// The simplest run that leads to an outcome is the one with the fewest context
// switches: two steps, one after the other, in which no process takes part in
// both. What the main process does alone (starting, joining and checking the
// others) does not count. Bounding switches and raising the bound finds it first.

// minimiser looks for the simplest run to an outcome.
type minimiser struct {
	*run
	o     *Options
	key   string
	best  map[uint64]int // by state and who went last: the switches that were left there
	left  int            // how many more steps it may try
	until time.Time
	found Schedule
}

// simplest gives the run with the fewest switches to an outcome that has a
// witness, or the witness if there is not enough time. The world has been
// prepared by within.
func simplest(w *runtime.World, start Start, set *settings, o *Options, out *Outcome, budget int, until time.Time) (Schedule, int) {
	m := &minimiser{o: o, key: out.key(), left: budget, until: until}
	known := map[tried]bool{}
	limit := switches(w, start, set, known, out.Witness)
	for bound := 0; bound < limit && m.left > 0; bound++ {
		m.best = map[uint64]int{}
		mark := w.Checkpoint()
		m.run = newRun(w, set, known, start)
		found := m.visit(nil, bound, 0)
		m.close()
		w.Rollback(mark)
		w.Release(mark)
		if found {
			return m.found, bound
		}
	}
	return out.Witness, limit
}

// switches counts the context switches of a schedule.
func switches(w *runtime.World, start Start, set *settings, known map[tried]bool, s Schedule) int {
	mark := w.Checkpoint()
	r := newRun(w, set, known, start)
	n := 0
	var last *step
	for _, l := range s {
		if !r.do(l) {
			break
		}
		now := r.trace[len(r.trace)-1]
		if r.rootOnly(now) {
			continue
		}
		if last != nil && !meet(last, now) {
			n++
		}
		last = now
	}
	r.close()
	w.Rollback(mark)
	w.Release(mark)
	return n
}

// rootOnly reports whether nobody but the main process took part in a step.
func (r *run) rootOnly(s *step) bool {
	return !slices.ContainsFunc(s.procs, func(t *thread) bool { return t.p != r.main })
}

// meet reports whether a process took part in both steps.
func meet(a, b *step) bool {
	return slices.ContainsFunc(a.procs, func(t *thread) bool { return slices.Contains(b.procs, t) })
}

// visit goes on from the present state with so many switches left; last is
// the last step that counts.
func (m *minimiser) visit(last *step, left int, class uint64) bool {
	labels := m.enabled(nil)
	if len(labels) == 0 {
		if m.judge(m.o.Show).key() == m.key {
			m.found = m.schedule()
			return true
		}
		return false
	}
	state := class
	if last != nil {
		for _, t := range last.procs {
			state += mix(uint64(t.id), 11)
		}
	}
	if n, ok := m.best[state]; ok && n >= left {
		return false
	}
	m.best[state] = left
	if m.left--; m.left < 0 || m.left%64 == 0 && time.Now().After(m.until) {
		m.left = min(m.left, 0)
		return false
	}
	mark := m.w.Checkpoint()
	depth, born := len(m.trace), len(m.threads)
	for _, l := range labels {
		if m.do(l) {
			s, cost, next := m.trace[depth], 0, last
			if !m.rootOnly(s) {
				next = s
				if last != nil && !meet(last, s) {
					cost = 1
				}
			}
			if cost <= left && m.visit(next, left-cost, class+mix(s.hash, 3)) {
				m.w.Release(mark)
				return true
			}
		}
		m.w.Rollback(mark)
		m.undo(depth)
		m.abandon(born)
		if m.left <= 0 {
			break
		}
	}
	m.w.Release(mark)
	return false
}
