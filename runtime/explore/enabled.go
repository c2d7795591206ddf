package explore

import (
	"github.com/conc-repl/conc-repl/runtime"
)

// enabled appends the labels of the steps that could be done now to none. Time
// goes on only if there is none, and somebody waits for the main process.
func (r *run) enabled(out []label) []label {
	if r.stuck {
		return nil
	}
	for _, t := range r.threads {
		if t.p.Status == runtime.AtOp && !r.spins(t) {
			out = r.steps(t, out)
		}
	}
	out = r.starve(r.meetings(out))
	for _, t := range r.timers() {
		if r.set.anyTime && r.main.Status == runtime.Done {
			break
		}
		out = append(out, label{kind: timer, proc: t.Key})
	}
	if len(out) == 0 && r.main.Status != runtime.Done {
		if at, ok := r.deadline(); ok {
			out = append(out, label{kind: clock, n: uint32(at.Microseconds())})
		}
	}
	return out
}

// steps appends what one process could do without a partner that stands
// before its operation, too.
func (r *run) steps(t *thread, out []label) []label {
	l := label{proc: t.id, n: t.n}
	op := t.p.Waiting()
	switch x := op.(type) {
	case runtime.Inbox:
		return r.letters(t, x, out)
	case *runtime.Choice:
		if x.Priority {
			break
		}
		some := false
		for i := range x.Branches {
			if r.can(t, x.Branches[i].Op) {
				l.kind, l.branch, some = branch, int16(i), true
				out = append(out, l)
			}
		}
		switch {
		case !some && x.Else != nil:
			out = append(out, l)
		case !some && r.parks(op):
			out = append(out, label{proc: t.id, n: t.n, kind: park})
		}
		return out
	}
	if r.can(t, op) {
		return append(out, l)
	}
	if r.parks(op) {
		l.kind = park
		out = append(out, l)
	}
	return out
}

// parks reports whether it can be noticed that somebody waits with op.
func (r *run) parks(op runtime.Op) bool {
	found := false
	eachMeeting(op, func(_ int, m runtime.Meeting) {
		if at, offers, _ := m.Meets(); at != nil {
			found = found || r.set.follows || r.explicit(at, offers)
		}
	})
	return found
}

func (r *run) explicit(at runtime.Meeter, offers bool) bool {
	if offers {
		return r.set.wary || r.set.offers[at.Key()]
	}
	return r.set.wary || r.set.takes[at.Key()]
}

// eachMeeting calls f for op, or for each branch of the choice, that can meet another.
func eachMeeting(op runtime.Op, f func(branch int, m runtime.Meeting)) {
	if c, ok := op.(*runtime.Choice); ok {
		for i := range c.Branches {
			if m, ok := c.Branches[i].Op.(runtime.Meeting); ok {
				if at, _, _ := m.Meets(); at != nil {
					f(i, m)
				}
			}
		}
		return
	}
	if m, ok := op.(runtime.Meeting); ok {
		if at, _, _ := m.Meets(); at != nil {
			f(0, m)
		}
	}
}

// end is one side of a meeting that could come about.
type end struct {
	t      *thread
	branch int
	at     runtime.Meeter
}

// meetings appends the pairs of operations that make each other possible.
func (r *run) meetings(out []label) []label {
	var offers, takes []end
	for _, t := range r.threads {
		if t.p.Status != runtime.AtOp || firm(t.p.Waiting()) {
			continue
		}
		eachMeeting(t.p.Waiting(), func(b int, m runtime.Meeting) {
			at, gives, direct := m.Meets()
			switch {
			case !direct || r.explicit(at, true) || r.explicit(at, false):
			case gives:
				offers = append(offers, end{t, b, at})
			default:
				takes = append(takes, end{t, b, at})
			}
		})
	}
	for _, a := range offers {
		for _, b := range takes {
			if a.at == b.at && a.t != b.t && !r.ready(a) && !r.ready(b) {
				out = append(out, label{kind: meeting, proc: a.t.id, n: a.t.n, branch: int16(a.branch),
					peer: b.t.id, n2: b.t.n, branch2: int16(b.branch)})
			}
		}
	}
	return out
}

// firm reports whether a choice is made in a fixed order, or never waits.
func firm(op runtime.Op) bool {
	c, ok := op.(*runtime.Choice)
	return ok && (c.Priority || c.Else != nil)
}

func (r *run) ready(e end) bool {
	return narrow(e.t.p.Waiting(), int16(e.branch)).Ready(r.w, e.t.p)
}

// letters appends the messages that a receive could get next, or that its
// time is over, if there is none.
func (r *run) letters(t *thread, box runtime.Inbox, out []label) []label {
	all := box.Letters()
	var fit []runtime.Letter
	for i := range all {
		if r.takes(t, box, all, i) {
			fit = append(fit, all[i])
		}
	}
	for _, x := range fit {
		first := true
		for _, y := range fit {
			if y.Step != x.Step && r.arrives(t, y.Step, x.Step, nil) {
				first = false
			}
		}
		if first {
			from, n, ord := r.sender(x.Step)
			out = append(out, label{kind: letter, proc: t.id, n: t.n, peer: from, n2: n, ord: ord})
		}
	}
	op := t.p.Waiting()
	if (len(fit) == 0 || r.set.async) && r.can(t, op) {
		out = append(out, label{proc: t.id, n: t.n})
	}
	return out
}

// takes reports whether the receive of t takes message i of its letters. It
// finds out by trying, once for each receive and message.
func (r *run) takes(t *thread, box runtime.Inbox, all []runtime.Letter, i int) bool {
	from, n, ord := r.sender(all[i].Step)
	key := tried{receive: r.history(t), message: mix(mix(uint64(from), uint64(n)), uint64(ord))}
	if k := r.sentBy(all[i].Step); k >= 0 {
		key.message = mix(r.trace[k].hash, uint64(ord))
	}
	return r.would(key, t, func() { box.Show(i) })
}

// would reports whether a receive takes a message that it is shown by show.
func (r *run) would(key tried, t *thread, show func()) bool {
	if known, ok := r.known[key]; ok {
		return known
	}
	r.quiet = true
	mark := r.w.Checkpoint()
	show()
	r.w.Grant(t.p)
	ok := r.w.Settle(r.set.localLimit)
	_, again := t.p.Waiting().(runtime.Inbox)
	ok = ok && !again && t.p.Status == runtime.AtOp
	r.w.Rollback(mark)
	r.w.Release(mark)
	r.quiet = false
	r.known[key] = ok
	return ok
}

// history tells what a process has done, and all that came before it.
func (r *run) history(t *thread) uint64 {
	if t.last < 0 {
		return uint64(t.id)
	}
	return mix(r.trace[t.last].hash, mix(uint64(t.id), uint64(t.n)))
}

// taken is a message that a receive left though it would have taken it.
type taken struct{ sent uint64 }

// alternatives gives the other messages that a receive would take.
func (r *run) alternatives(t *thread, box runtime.Inbox, all []runtime.Letter) []taken {
	var out []taken
	for i := range all {
		if r.takes(t, box, all, i) {
			out = append(out, taken{all[i].Step})
		}
	}
	return out
}

// arrives reports whether message x must have arrived before message y at t:
// its sending happened before, or t took a message that x came before, while
// it left another that y comes after.
func (r *run) arrives(t *thread, x, y uint64, passed bits) bool {
	a, b := r.sentBy(x), r.sentBy(y)
	switch {
	case a == b:
		return x < y
	case a < 0:
		return true
	case b < 0:
		return false
	case r.inOrder(a, b):
		return true
	}
	for i, s := range r.trace {
		if s.kind != letter || s.procs[0].id != t.id || len(s.taken) < 2 || passed.has(i) {
			continue
		}
		got := s.got
		if got != x && !r.sentBefore(x, got) {
			continue
		}
		var deeper bits
		deeper.union(passed)
		deeper.add(i)
		for _, z := range s.taken {
			if z.sent != got && (z.sent == y || r.arrives(t, z.sent, y, deeper)) {
				return true
			}
		}
	}
	return false
}

func (r *run) sentBefore(x, y uint64) bool {
	a, b := r.sentBy(x), r.sentBy(y)
	return a == b && x < y || a < b && (a < 0 || r.inOrder(a, b))
}

// inOrder reports whether what step a sent arrives before what step b sent, to
// the same receiver, whatever happens.
func (r *run) inOrder(a, b int) bool {
	if r.set.async {
		return a < b && r.trace[a].proc == r.trace[b].proc
	}
	return r.trace[b].past.has(a)
}
