package explore

import "github.com/conc-repl/conc-repl/runtime"

// holder is implemented by operations that keep a go block's worker while they wait.
type holder interface{ Holds() bool }

// blocked gives the go blocks that wait in a blocking operation, and so keep
// a worker of the pool: as many as there are workers, those that were started
// first. Nobody else of the pool can do anything while all are kept.
func (r *run) blocked() (keep map[*thread]bool, all bool) {
	_, most := r.w.Held()
	n := 0
	for _, t := range r.threads {
		if t.p.Kind == runtime.Go && t.p.Status == runtime.AtOp {
			n++
		}
	}
	if n < most {
		return nil, false
	}
	keep = map[*thread]bool{}
	for _, t := range r.threads {
		if t.p.Kind != runtime.Go || t.p.Status != runtime.AtOp || len(keep) == most {
			continue
		}
		op := t.p.Waiting()
		if h, ok := op.(holder); ok && h.Holds() && !op.Ready(r.w, t.p) {
			keep[t] = true
		}
	}
	return keep, len(keep) == most
}

// starve takes away what go blocks could do that have no worker. Once there are
// any, whatever go blocks do depends on each other.
func (r *run) starve(labels []label) []label {
	keep, all := r.blocked()
	if !all {
		return labels
	}
	if !r.set.pool {
		r.set.pool, r.set.changed = true, true
	}
	idle := func(id runtime.ID) bool {
		t := r.index[id]
		return t != nil && t.p.Kind == runtime.Go && !keep[t]
	}
	out := labels[:0]
	for _, l := range labels {
		if !idle(l.proc) && (l.kind != meeting || !idle(l.peer)) {
			out = append(out, l)
		}
	}
	return out
}

// usePool says, where that matters, that a step used the pool, if a go block did it.
func (r *run) usePool(s *step) {
	if !r.set.pool {
		return
	}
	for _, t := range s.procs {
		s.pool = s.pool || t.p.Kind == runtime.Go
	}
}
