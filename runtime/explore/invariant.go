package explore

import (
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// broken is what goes wrong where the invariant does not hold.
const broken = "the invariant does not hold"

// inspect looks at what a step has done to all: whether the main process has
// ended, and whether the invariant holds. The order of two steps that change
// what the invariant reads makes a difference, also if nobody else reads it.
func (r *run) inspect(s *step) {
	s.final = r.main.Status == runtime.Done && slices.ContainsFunc(s.procs, func(t *thread) bool { return t.p == r.main })
	if r.set.invariant.IsNil() || r.quiet {
		return
	}
	fail, reads := r.check()
	for _, u := range s.uses {
		s.seen = s.seen || u.mode == runtime.Write && slices.Contains(reads, u.entity)
	}
	if fail != "" && s.fail == "" {
		s.fail = fail
	}
}

// check calls the invariant in a process of its own, which leaves no trace. It
// gives what is wrong, "" if nothing is, and what the invariant has read.
func (r *run) check() (fail string, reads []runtime.Entity) {
	r.quiet = true
	mark := r.w.Checkpoint()
	p := r.w.Spawn(nil, runtime.Spawn{Kind: runtime.Thread, Fn: r.set.invariant, Name: "invariant"})
	settled := r.w.Settle(r.set.localLimit)
	for settled && p.Status == runtime.AtOp && p.Waiting().Ready(r.w, p) {
		for _, a := range p.Waiting().Access(nil) {
			reads = append(reads, a.Entity)
		}
		r.w.Grant(p)
		settled = r.w.Settle(r.set.localLimit)
	}
	fail = verdict(p)
	r.w.Rollback(mark)
	r.w.Release(mark)
	r.quiet = false
	return fail, reads
}

// verdict tells what is wrong after a call of the invariant.
func verdict(p *runtime.Process) string {
	v, e := p.Result()
	switch {
	case p.Status != runtime.Done:
		return "the invariant waits, or computes without end"
	case e != nil:
		return "the invariant fails: " + e.Error()
	case !v.Truthy():
		return broken
	}
	return ""
}
