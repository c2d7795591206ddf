package explore

import (
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// races finds what could be reversed in an execution that has just ended, and
// plans for it. Steps that were there in the last execution, too, count again:
// what else has happened makes other plans of the same race.
func (x *search) races() {
	for j := range x.trace {
		x.racesOf(j)
		for _, v := range x.trace[j].struck {
			x.strikeRaces(j, v)
		}
	}
	for _, t := range x.threads {
		if t.p.Status == runtime.AtOp {
			x.pendingRaces(t)
		}
	}
	if i := slices.IndexFunc(x.trace, func(s *step) bool { return s.final }); i >= 0 && x.timesLeft() {
		x.plan(i, -1, plan{}) // what did not happen by itself could have happened before the end
	}
}

// timesLeft reports whether something would still happen by itself, at any time.
func (x *search) timesLeft() bool {
	return x.set.anyTime && (x.w.TimersArmed() > 0 || slices.ContainsFunc(x.threads, func(t *thread) bool {
		return t.p.Status == runtime.AtOp && x.byTime(t, t.p.Waiting())
	}))
}

// racesOf finds the earlier steps that step j could have come before.
func (x *search) racesOf(j int) {
	e2 := x.trace[j]
	if e2.kind == clock {
		return
	}
	if e2.kind == letter && e2.limited {
		x.expiryRaces(j)
	}
	for i := range j {
		e := x.trace[i]
		if e.kind == clock {
			continue
		}
		if !e2.past.has(i) {
			x.sideRace(i, j)
			continue
		}
		if !e2.waits && !e2.direct.has(i) || !x.couldBeFirst(e2, i) {
			continue
		}
		switch {
		case e2.kind == letter:
			x.receiveRace(i, e2)
		case e2.struckOne(e):
			x.plan(i, -1, plan{})
		case !e2.waits && !e2.lethal && touches(e, e2):
			x.plan(i, -1, plan{last: e2, label: &e2.label})
		case touches(e, e2) || e2.waits && x.mayMeet(e, e2):
			x.plan(i, -1, plan{})
		}
	}
}

// receiveRace is about what a receive could have come before: if that is the
// sending of the message that it got, it could only have run out of time.
func (x *search) receiveRace(i int, e2 *step) {
	switch {
	case !touches(x.trace[i], e2):
	case i != x.sentBy(e2.got):
		x.plan(i, -1, plan{last: e2, label: &e2.label})
	case e2.limited && !x.set.async:
		x.plan(i, -1, plan{label: &label{proc: e2.proc, n: e2.n}, expiry: true})
	}
}

// expiryRaces is about a receive that got a message, and could have run out of
// time: since the message was on its way still, or before the main process ended.
func (x *search) expiryRaces(j int) {
	e2 := x.trace[j]
	out := plan{label: &label{proc: e2.proc, n: e2.n}, expiry: !x.set.async}
	if x.set.async {
		x.plan(j, -1, out)
	}
	if i := slices.IndexFunc(x.trace[:j], func(s *step) bool { return s.final }); i >= 0 && x.set.anyTime && x.couldBeFirst(e2, i) {
		x.plan(i, j, out)
	}
}

// couldBeFirst reports whether one who took part in e2 stood before it
// already when step i had not been done.
func (x *search) couldBeFirst(e2 *step, i int) bool {
	if len(e2.procs) == 0 {
		return true
	}
	for k := range e2.procs {
		if b := e2.before[k]; int(b) != i && (b < 0 || !x.trace[b].past.has(i)) {
			return true
		}
	}
	return false
}

// sideRace is about steps that do not depend on each other as they were, but
// of which one could have chosen otherwise: the message, or the channel, that
// the other used.
func (x *search) sideRace(i, j int) {
	e, e2 := x.trace[i], x.trace[j]
	switch {
	case (e.kind == letter || e.blind) && e2.kind != letter && x.mayMeet(e, e2):
		x.letterRaces(i, e2)
	case (e.kind == branch || e.kind == meeting) && x.mayMeet(e, e2):
		x.plan(i, -1, plan{})
		x.plan(i, j, plan{})
	case e2.waits && e2.kind != letter && x.mayMeet(e, e2):
		x.plan(i, j, plan{})
	}
}

// letterRaces is about messages that came too late for the receive of step i.
func (x *search) letterRaces(i int, e2 *step) {
	e := x.trace[i]
	for k, v := range e2.events {
		if !sends(v, e.proc) {
			continue
		}
		if o := (&offer{message: mix(e2.hash, uint64(k+1)), value: v.Value}); x.mayTake(e, o) {
			x.plan(i, -1, plan{offer: o, label: &label{kind: letter, proc: e.proc, n: e.n, peer: e2.proc, n2: e2.n, ord: uint32(k + 1)}})
		}
	}
	if e2.waits {
		x.plan(i, -1, plan{})
	}
}

// mayTake reports whether the receive of step e takes a message, for all that
// is known.
func (x *search) mayTake(e *step, o *offer) bool {
	h := uint64(e.proc)
	if e.before[0] >= 0 {
		h = mix(x.trace[e.before[0]].hash, mix(uint64(e.proc), uint64(e.n)))
	}
	takes, known := x.known[tried{receive: h, message: o.message}]
	return takes || !known
}

// pendingRaces is about an operation that was never done.
func (x *search) pendingRaces(t *thread) {
	if _, receives := t.p.Waiting().(runtime.Inbox); receives {
		return // no message that was sent would end it
	}
	var may []runtime.Entity
	for _, a := range t.p.Waiting().Access(nil) {
		may = append(may, a.Entity)
	}
	for i, e := range x.trace {
		if e.kind == clock {
			continue
		}
		if t.last >= 0 && (int(t.last) == i || x.trace[t.last].past.has(i)) {
			continue
		}
		if x.overlap(e.may, may) {
			x.plan(i, -1, plan{})
		}
	}
}

// mayMeet reports whether what two steps may use overlaps.
func (x *search) mayMeet(a, b *step) bool {
	return (a.sight&b.sight != 0 || x.set.queues() || x.set.anyTime) && x.overlap(a.may, b.may)
}

// overlap reports whether what two operations may use overlaps. Where some
// wait in queues, an operation may use also what those wait for elsewhere.
func (x *search) overlap(a, b []runtime.Entity) bool {
	if x.set.queues() || x.set.anyTime {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// plan notes at node i that its step is to be left out: first comes all that
// does not depend on it, without step but and what depends on that (-1 for
// none). p says how it is to end.
func (x *search) plan(i, but int, p plan) {
	p.e = x.trace[i]
	p.sum = p.head()
	in := func(k int) bool {
		s := x.trace[k]
		return !s.past.has(i) && (but < 0 || k != but && !s.past.has(but))
	}
	for k := i + 1; k < len(x.trace); k++ {
		if in(k) {
			p.sum += x.trace[k].mixed
		}
	}
	if x.nodes[i].planned[p.sum] {
		return
	}
	for k := i + 1; k < len(x.trace); k++ {
		if in(k) {
			p.steps = append(p.steps, x.trace[k])
		}
	}
	x.nodes[i].add(p)
}
