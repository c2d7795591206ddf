package explore

import (
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// A process can end another, or interrupt it, whatever that one is about to do.
// Such a step strikes its victim: it takes part in the step, all that it has
// done comes before, and what it was about to do is done no more.

// victim is who was struck, and what it stood before then.
type victim struct {
	t        *thread
	last     int32            // its last step until then, -1 for none
	may      []runtime.Entity // what its operation might have used
	receives bool
	stood    bool // it did stand before an operation
}

// aims reports whether an operation of t that uses a might strike another.
func aims(t *thread, a runtime.Access) bool {
	_, process := a.Entity.(*runtime.Process)
	return process && a.Mode == runtime.Write
}

// aim gives those whom a step might strike.
func (r *run) aim(s *step) (aimed []*victim) {
	if !s.lethal {
		return nil
	}
	for _, t := range r.threads {
		if slices.Contains(s.procs, t) || t.p.Status == runtime.Done {
			continue
		}
		v := &victim{t: t, last: t.last, stood: t.p.Status == runtime.AtOp}
		if op := t.p.Waiting(); op != nil {
			_, v.receives = op.(runtime.Inbox)
			for _, a := range op.Access(nil) {
				v.may = append(v.may, a.Entity)
			}
		}
		aimed = append(aimed, v)
	}
	return aimed
}

// strike has those take part in a step whom it has struck, as an event tells.
// That a process has ended is a change of the process, where others may see it.
func (r *run) strike(s *step, e *runtime.Event, aimed []*victim) {
	p := e.Proc
	switch {
	case e.Kind == "interrupt":
		p = e.Peer
	case e.Kind != "exit":
		return
	case r.set.ends && !slices.ContainsFunc(s.uses, func(u use) bool { return u.entity == e.Proc }):
		s.uses, s.may = append(s.uses, use{entity: e.Proc, event: e, mode: runtime.Write}), append(s.may, e.Proc)
	}
	i := slices.IndexFunc(aimed, func(v *victim) bool { return v.t.p == p })
	if i >= 0 {
		s.struck = append(s.struck, aimed[i])
		s.involve(aimed[i].t)
	}
}

// struckOne reports whether the step has struck one who took part in e.
func (s *step) struckOne(e *step) bool {
	return slices.ContainsFunc(s.struck, func(v *victim) bool { return slices.Contains(e.procs, v.t) })
}

// strikeRaces is about what the victim of step i stood before, and could have
// done: as things were, or before others changed them.
func (x *search) strikeRaces(i int, v *victim) {
	if !v.stood {
		return
	}
	x.plan(i, -1, plan{})
	for k, e := range x.trace {
		switch {
		case e.kind == clock || !x.overlap(e.may, v.may):
		case k > i && !e.past.has(i):
			x.plan(i, k, plan{})
		case k < i && !v.receives && (v.last < 0 || int(v.last) != k && !x.trace[v.last].past.has(k)):
			x.plan(k, i, plan{})
		}
	}
}
