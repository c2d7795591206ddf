package explore

import (
	"slices"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// thread is a process in a run.
type thread struct {
	p    *runtime.Process
	id   runtime.ID
	n    uint32 // how many steps it has done
	last int32  // the last of them, or the one that started it; -1 for none
}

// run is a world that is run step by step, and what it has done so far.
type run struct {
	w        *runtime.World
	main     *runtime.Process // whose end is the program's, and whose value its value
	set      *settings
	threads  []*thread
	old      int // how many of them were there at the beginning
	index    map[runtime.ID]*thread
	trace    []*step
	events   []*runtime.Event // of the step that is being done
	quiet    bool             // what happens now is only tried
	known    map[tried]bool   // which receives take which messages
	stuck    bool             // a process computes without end
	short    bool             // the run was ended at a bound, though it could go on
	acc      []runtime.Access // for access alone
	declared []use            // what the step that is being done says that it would use
	stop     func()
}

// settings are found out in the course of an exploration: on which channels
// it can be noticed that somebody waits, whether ends can, and whether a
// transaction has to begin by a step of its own. An exploration that finds out
// begins again.
type settings struct {
	rules
	invariant     lang.Value // to hold after each step, nil for none
	offers, takes map[runtime.ID]bool
	follows       bool // the schedule is known: whoever is to wait by it can
	pool          bool // go blocks can keep all workers of the pool
	spins         bool // some processes only look, again and again
	ends          bool
	drawn         bool // somebody has drawn a random number from a stream
	changed       bool
	ties          uint64 // how many the world had before
	wary          bool   // all of that is taken to be so, on all channels: a schedule is to fit whatever the program does elsewhere
	retries       bool   // swap! and transactions may find out that they came too late
	apart         bool   // a transaction can be told from one operation
	localLimit    int64  // reductions of a process between two operations
}

// queues reports whether it can be noticed anywhere that somebody waits.
func (s *settings) queues() bool { return s.wary || len(s.offers)+len(s.takes) > 0 }

// tried is a receive, by what its process has done before, and a message.
type tried struct{ receive, message uint64 }

// Start begins what is to be explored, and gives the process that does it.
type Start func() *runtime.Process

// newRun takes over a world, under an open checkpoint. Every live process takes
// part. What start begins runs up to its first operation.
func newRun(w *runtime.World, set *settings, known map[tried]bool, start Start) *run {
	r := &run{w: w, set: set, index: map[runtime.ID]*thread{}, known: known}
	w.StopBeforeOps(true)
	r.rule(true)
	r.stop = w.Subscribe(r.event)
	r.join(w.Shell)
	for _, p := range w.Processes() {
		if p != w.Shell {
			r.join(p)
			w.Reconsider(p)
		}
	}
	r.old = len(r.threads)
	r.main = start()
	r.settle()
	return r
}

// close lets go of the world.
func (r *run) close() {
	r.stop()
	r.w.StopBeforeOps(false)
	r.rule(false)
}

// rule sets whether the world, besides stopping before operations, keeps to the
// rules of the exploration.
func (r *run) rule(on bool) {
	r.w.StopBeforeExits(on && r.set.ends)
	r.w.PoolMessages(on)
	r.w.FoldBegins(on && !r.set.retries && !r.set.apart)
	r.w.BranchDraws(on && r.set.branchRand)
}

func (r *run) join(p *runtime.Process) {
	t := &thread{p: p, id: p.ID, last: int32(len(r.trace)) - 1}
	if len(r.trace) == 0 {
		t.last = -1
	}
	r.threads = append(r.threads, t)
	r.index[t.id] = t
}

// event is told of everything that happens.
func (r *run) event(e *runtime.Event) {
	if r.quiet {
		return
	}
	r.events = append(r.events, e)
	if e.Kind == "spawn" && e.Peer != nil {
		r.join(e.Peer)
	}
}

// settle runs all processes up to their next operations.
func (r *run) settle() {
	for {
		if !r.w.Settle(r.set.localLimit) {
			r.stuck = true
			return
		}
		again := false
		for _, t := range r.threads {
			if t.p.Status != runtime.AtOp {
				continue
			}
			if op, ok := t.p.Waiting().(runtime.Apart); ok && !r.set.apart && op.Apart() {
				r.set.apart, r.set.changed = true, true
			}
			switch op := t.p.Waiting().(type) {
			case runtime.Stale:
				if !r.set.retries && op.Stale() {
					r.w.Grant(t.p)
					again = true
				}
			case runtime.Watcher:
				r.watch(op)
			case *runtime.Choice:
				for i := range op.Branches {
					if x, ok := op.Branches[i].Op.(runtime.Watcher); ok {
						r.watch(x)
					}
				}
			}
		}
		if !again {
			break
		}
	}
	if r.w.Ties() > r.set.ties && !r.set.ends {
		r.set.ends, r.set.changed = true, true
	}
	r.set.drawn = r.w.Drawn() > 0
}

func (r *run) watch(op runtime.Watcher) {
	at, offering, taking := op.Sees()
	if at == nil || r.set.wary {
		return
	}
	if offering && !r.set.offers[at.Key()] {
		r.set.offers[at.Key()], r.set.changed = true, true
	}
	if taking && !r.set.takes[at.Key()] {
		r.set.takes[at.Key()], r.set.changed = true, true
	}
}

// do performs the step of a label, if it can be done here, and adds it to the trace.
func (r *run) do(l label) bool {
	s := newStep(l)
	s.first, s.born = r.w.Steps(), len(r.threads)
	if !r.prepare(s) {
		return false
	}
	r.events = s.room.events[:0]
	parked, aimed := r.parked(), r.aim(s)
	r.trace = append(r.trace, s) // so that who is born knows by which step
	if !r.perform(s) {
		r.trace = r.trace[:len(r.trace)-1]
		return false
	}
	s.events = r.events
	r.events = nil
	r.enter(s, parked, aimed)
	return true
}

// prepare finds who takes part, and what they are about to use.
func (r *run) prepare(s *step) bool {
	if s.kind == clock {
		return true
	}
	if s.kind == timer {
		s.waits, s.timed = r.set.anyTime, true
		return r.dueTimer(s.proc) != nil
	}
	t := r.index[s.proc]
	if t == nil || t.n != s.n || t.p.Status != runtime.AtOp || r.spins(t) {
		return false
	}
	s.procs = append(s.procs, t)
	if s.kind == meeting {
		u := r.index[s.peer]
		if u == nil || u.n != s.n2 || u.p.Status != runtime.AtOp {
			return false
		}
		s.procs = append(s.procs, u)
	}
	if !r.fits(s) {
		return false
	}
	s.uses = r.declared[:0]
	for _, t := range s.procs {
		op := t.p.Waiting()
		_, choice := op.(*runtime.Choice)
		for _, a := range r.access(op) {
			s.may = append(s.may, a.Entity)
			s.lethal = s.lethal || aims(t, a)
			if s.kind != branch && s.kind != meeting || !choice {
				s.uses = append(s.uses, use{entity: a.Entity, mode: a.Mode})
			}
		}
		if read, _ := r.turn(t); read != nil { // it has waited for a change of that
			for _, x := range read {
				s.uses = append(s.uses, use{entity: x, mode: runtime.Read})
			}
		}
		if d, ok := op.(runtime.Deadliner); ok {
			_, s.limited = d.Deadline()
		}
		_, immediate := op.(runtime.Immediate)
		_, receives := op.(runtime.Inbox)
		s.blind = r.set.async && receives && s.kind == plain
		s.waits = s.waits || !immediate && !s.blind
	}
	r.declared = s.uses
	return true
}

// access gives what an operation is about to use. The next call of it uses the
// same memory.
func (r *run) access(op runtime.Op) []runtime.Access {
	r.acc = op.Access(r.acc[:0])
	return r.acc
}

// fits reports whether the operations are as ready as the label says.
func (r *run) fits(s *step) bool {
	op := s.procs[0].p.Waiting()
	switch s.kind {
	case plain:
		s.timed = r.byTime(s.procs[0], op)
		return r.can(s.procs[0], op)
	case park:
		return !op.Ready(r.w, s.procs[0].p) && r.parks(op)
	case meeting:
		for k, b := range []int16{s.branch, s.branch2} {
			t := s.procs[k]
			if o := narrow(t.p.Waiting(), b); o == nil || o.Ready(r.w, t.p) {
				return false
			}
		}
	}
	return true
}

// perform does the step.
func (r *run) perform(s *step) bool {
	var t *thread
	if len(s.procs) > 0 {
		t = s.procs[0]
	}
	switch s.kind {
	case plain:
		r.expire(t, t.p.Waiting())
		r.w.Grant(t.p)
	case park:
		r.w.Grant(t.p)
	case branch:
		c, ok := t.p.Waiting().(*runtime.Choice)
		if !ok || int(s.branch) >= len(c.Branches) {
			return false
		}
		one := c.Only(int(s.branch))
		s.timed = r.byTime(t, one)
		r.expire(t, one)
		if !one.Ready(r.w, t.p) {
			return false
		}
		r.w.GrantAs(t.p, one)
	case meeting:
		a, b := narrow(t.p.Waiting(), s.branch), narrow(s.procs[1].p.Waiting(), s.branch2)
		if a == nil || b == nil {
			return false
		}
		r.w.GrantAs(t.p, a)
		if !r.w.Settle(r.set.localLimit) {
			return false
		}
		r.w.GrantAs(s.procs[1].p, b)
	case letter:
		if !r.receive(s, t) {
			return false
		}
	case clock:
		at, ok := r.deadline()
		if !ok {
			return false
		}
		r.w.AdvanceTo(at)
	case timer:
		r.w.Fire(r.dueTimer(s.proc))
	}
	r.settle()
	return true
}

// narrow gives the branch of a choice, or the operation itself.
func narrow(op runtime.Op, branch int16) runtime.Op {
	c, ok := op.(*runtime.Choice)
	switch {
	case !ok:
		return op
	case int(branch) >= len(c.Branches):
		return nil
	}
	return c.Only(int(branch))
}

// receive has a receive look at the message of the label, and take it.
func (r *run) receive(s *step, t *thread) bool {
	box, ok := t.p.Waiting().(runtime.Inbox)
	if !ok {
		return false
	}
	letters := box.Letters()
	for i := range letters {
		if from, n, ord := r.sender(letters[i].Step); from == s.peer && n == s.n2 && ord == s.ord {
			s.taken, s.got = r.alternatives(t, box, letters), letters[i].Step
			box.Show(i)
			r.w.Grant(t.p)
			if !r.w.Settle(r.set.localLimit) {
				return false
			}
			if _, again := t.p.Waiting().(runtime.Inbox); again || t.p.Status != runtime.AtOp {
				return false
			}
			s.uses = s.uses[:0] // the removal says by its event what it used
			r.w.Grant(t.p)
			return true
		}
	}
	return false
}

// enter fills in what a step has used and what happened before it.
func (r *run) enter(s *step, parked []queued, aimed []*victim) {
	i := len(r.trace) - 1
	s.at = i
	r.account(s)
	if s.blind {
		s.uses = nil // what is on its way comes later
	}
	r.inspect(s)
	r.usePool(s)
	for _, e := range s.events {
		r.strike(s, e, aimed)
		if e.Kind == "exit" && e.Note != "normal" && s.fail == "" && e.Proc != r.main {
			s.fail = e.Note
		}
	}
	for _, x := range parked {
		if x.t.p.Status != runtime.Parked {
			s.involve(x.t)
			s.useQueues(x.op) // which it has left
		}
	}
	s.setMasks()
	for _, t := range s.procs {
		s.before = append(s.before, t.last)
		if t.last >= 0 {
			s.past.union(r.trace[t.last].past)
			s.past.add(int(t.last))
			s.direct.add(int(t.last))
		}
		t.last = int32(i)
		t.n++
	}
	r.look(s)
	for k := i - 1; k >= 0; k-- {
		if !s.past.has(k) && dependent(r.trace[k], s) {
			s.past.union(r.trace[k].past)
			s.past.add(k)
			s.direct.add(k)
		}
	}
	s.hash = s.label.hash()
	var sum uint64
	for k := range i {
		if s.past.has(k) {
			sum += r.trace[k].mixed
		}
	}
	s.hash = mix(s.hash, sum)
	s.mixed = mix(s.hash, 7)
	for k, e := range s.events {
		e.Step = mix(s.hash, uint64(k))
	}
}

func (s *step) involve(t *thread) {
	if t != nil && !slices.Contains(s.procs, t) {
		s.procs = append(s.procs, t)
	}
}

// account joins what the events tell with what the operation said that it
// would use.
func (r *run) account(s *step) {
	if s.kind == park {
		s.uses = nil
		s.useQueues(s.procs[0].p.Waiting())
		return
	}
	for _, e := range s.events {
		e.Step = 0
		if e.Cause != 0 {
			e.Cause = r.cause(e.Cause)
		}
	}
	declared := s.uses
	s.uses = s.room.uses[:0]
	var first *runtime.Event
	for _, e := range s.events {
		if e.Kind == "park" {
			continue
		}
		if first == nil {
			first = e
		}
		if e.Entity == nil || e.Kind == "wake" {
			continue
		}
		u := use{entity: e.Entity, event: e, mode: runtime.Write}
		for _, d := range declared {
			if d.entity == e.Entity {
				u.mode = d.mode
			}
		}
		s.uses = append(s.uses, u)
		if !slices.Contains(s.may, e.Entity) {
			s.may = append(s.may, e.Entity)
		}
	}
	if first == nil {
		first = &runtime.Event{Kind: "use"}
	}
	for _, d := range declared {
		if !slices.ContainsFunc(s.uses, func(u use) bool { return u.entity == d.entity }) {
			d.event = first
			s.uses = append(s.uses, d)
		}
	}
}

// useQueues says that somebody enters the queues of an operation, or leaves
// them, where that can be noticed.
func (s *step) useQueues(op runtime.Op) {
	eachMeeting(op, func(_ int, m runtime.Meeting) {
		at, offers, _ := m.Meets()
		note := "take"
		if offers {
			note = "put"
		}
		s.uses = append(s.uses, use{entity: at, event: &runtime.Event{Kind: "park", Entity: at, Note: note}, mode: runtime.Write})
		s.may = append(s.may, at)
	})
}

// undo takes the steps from n on out of the trace. The world is rolled back by
// the caller.
func (r *run) undo(n int) {
	for i := len(r.trace) - 1; i >= n; i-- {
		s := r.trace[i]
		for k, t := range s.procs {
			t.last = s.before[k]
			t.n--
		}
		for _, t := range r.threads[s.born:] {
			delete(r.index, t.id)
		}
		r.threads = r.threads[:s.born]
	}
	r.trace = r.trace[:n]
	r.stuck, r.short = false, false
}

// abandon takes back a step that could not be done.
func (r *run) abandon(born int) {
	for _, t := range r.threads[born:] {
		delete(r.index, t.id)
	}
	r.threads = r.threads[:born]
	r.stuck = false
}

// queued is a thread that waits in queues.
type queued struct {
	t  *thread
	op runtime.Op
}

func (r *run) parked() []queued {
	var out []queued
	for _, t := range r.threads {
		if t.p.Status == runtime.Parked {
			out = append(out, queued{t, t.p.Waiting()})
		}
	}
	return out
}

// sender gives the step that sent a message, as part of a label.
func (r *run) sender(at uint64) (id runtime.ID, n, ord uint32) {
	if len(r.trace) == 0 || at <= r.trace[0].first {
		return 0, uint32(at), 0 // it was there before
	}
	i, _ := slices.BinarySearchFunc(r.trace, at, func(s *step, at uint64) int {
		switch {
		case s.first < at:
			return -1
		case s.first > at:
			return 1
		}
		return 0
	})
	s := r.trace[i-1]
	return s.proc, s.n, uint32(at - s.first)
}

// sentBy gives the step that sent a message, -1 if it was there before.
func (r *run) sentBy(at uint64) int { return sentIn(r.trace, at) }

// cause gives the event of a number of the world's by what the event is called
// in the trace: steps of the world are counted anew after each return, but
// events are compared beyond that.
func (r *run) cause(at uint64) uint64 {
	if k := r.sentBy(at); k >= 0 {
		s := r.trace[k]
		if i := int(at - s.first - 1); i < len(s.events) {
			return s.events[i].Step
		}
	}
	return at
}

func (r *run) dueTimer(id runtime.ID) *runtime.Timer {
	for _, t := range r.timers() {
		if t.Key == id {
			return t
		}
	}
	return nil
}

// deadline gives the earliest time at which something happens by itself.
func (r *run) deadline() (at time.Duration, found bool) {
	at, found = r.w.NextTimer()
	for _, t := range r.threads {
		if t.p.Status != runtime.AtOp {
			continue
		}
		if d, ok := t.p.Waiting().(runtime.Deadliner); ok {
			if x, ok := d.Deadline(); ok && x > r.w.Elapsed() && (!found || x < at) {
				at, found = x, true
			}
		}
	}
	return at, found && at > r.w.Elapsed()
}
