package explore

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// search is the search for all behaviours.
type search struct {
	*run
	o         *Options
	nodes     []*node // one for each step of the trace
	result    *Result
	redundant int
	labels    []label // for enabled
}

// node is a place of the search: the state before a step of the trace.
type node struct {
	mark    int     // the checkpoint of the state
	asleep  []*step // what was explored before, here or higher up, and would lead to the same
	done    []*step // the steps that were explored from here
	child   *step   // the step that is being explored
	plans   []plan
	planned map[uint64]bool
}

// plan is a race to be reversed at a node: steps without e, and then one that
// does not commute with e. The plans of a node and of those below it are what
// the paper calls a wakeup tree.
type plan struct {
	steps []*step // of the execution in which the race was found
	e     *step
	last  *step  // the step to end with, if it was seen and is the same wherever it comes
	label *label // its label, if no more is known
	offer *offer // the message of that label
	sum   uint64 // tells plans of a node apart
	// expiry says that the label is for a receive that runs out of time, so
	// that messages which it would take are to be sent later.
	expiry bool
}

// feeds reports whether a step sends what the receive of an expiry might take.
func (p *plan) feeds(s *step) bool {
	return p.expiry && slices.ContainsFunc(s.events, func(e *runtime.Event) bool { return sends(e, p.label.proc) })
}

// sends reports whether an event is a message for a process.
func sends(e *runtime.Event, to runtime.ID) bool {
	return e.Kind == "send" && e.Peer != nil && e.Peer.ID == to
}

// offer is a message for a receive, as known of an earlier execution.
type offer struct {
	message uint64 // what tells it from others
	value   lang.Value
}

// initial reports whether step k of the plan depends on none before it.
func (p *plan) initial(k int) bool {
	for _, s := range p.steps[:k] {
		if p.steps[k].past.has(s.at) {
			return false
		}
	}
	return true
}

// index gives which step of the plan is the same as s, -1 if none is.
func (p *plan) index(s *step) int {
	for k, x := range p.steps {
		if x.proc == s.proc && x.label == s.label {
			return k
		}
	}
	return -1
}

// head is the part of the sum that the steps have no part in.
func (p *plan) head() uint64 {
	if p.label != nil {
		return p.e.hash + mix(p.label.hash(), 13)
	}
	return p.e.hash
}

// explore runs the search to its end, or until a bound is reached.
func (x *search) explore() {
	for {
		switch forward := x.forward(); {
		case x.result.over:
			return
		case !forward:
			x.redundant++
		case !x.leaf():
			return
		}
		if !x.back() {
			x.result.Exhaustive = x.result.Cut == ""
			x.result.Redundant = x.redundant
			return
		}
	}
}

// sleeping gives what sleeps at the state that the trace has come to.
func (x *search) sleeping() []*step {
	if len(x.nodes) == 0 {
		return nil
	}
	return x.nodes[len(x.nodes)-1].after()
}

// after gives what sleeps in the state after the node's child.
func (n *node) after() []*step {
	var out []*step
	for _, list := range [][]*step{n.asleep, n.done} {
		for _, z := range list {
			if apart(z, n.child) || !related(z, n.child) && !z.shares(n.child.label) {
				out = append(out, z)
			}
		}
	}
	return out
}

// forward runs on until nothing can happen any more. It gives false if all
// that could happen leads to what was seen before.
func (x *search) forward() bool {
	for {
		if x.result.ended(x.o) {
			return false
		}
		labels := x.enabled(x.labels[:0])
		x.labels = labels
		if len(labels) == 0 {
			return true
		}
		if x.o.MaxDepth > 0 && len(x.trace) >= x.o.MaxDepth {
			x.result.cut("an execution of more than %d steps", x.o.MaxDepth)
			x.short = true
			return true
		}
		if x.o.MaxDepth == 0 && len(x.trace) >= spinDepth {
			x.result.circles = true
			return true
		}
		n := x.open()
		if k := len(x.nodes); k > 0 {
			x.nodes[k-1].plans = x.nodes[k-1].hand(n)
		}
		l, ok := x.choose(labels, n.asleep)
		if !ok {
			x.w.Release(n.mark)
			return false
		}
		born := len(x.threads)
		if !x.do(l) {
			x.w.Rollback(n.mark)
			x.w.Release(n.mark)
			x.abandon(born)
			x.result.cut("a step that could not be done")
			return true
		}
		n.child = x.trace[len(x.trace)-1]
		for _, m := range labels {
			// A timer that the step has disarmed could have fired before it.
			if m != l && (m.shares(l) || m.kind == timer && x.dueTimer(m.proc) == nil) {
				other := m
				p := plan{e: n.child, label: &other}
				p.sum = p.head()
				n.add(p)
			}
		}
		x.nodes = append(x.nodes, n)
		if x.stuck {
			return true
		}
	}
}

// choose takes the process that went last, if it can go on, else the first.
func (x *search) choose(labels []label, asleep []*step) (label, bool) {
	best, found := label{}, false
	for _, l := range labels {
		if slept(l, asleep) {
			continue
		}
		if n := len(x.trace); n > 0 && l.proc == x.trace[n-1].proc {
			return l, true
		}
		if !found {
			best, found = l, true
		}
	}
	return best, found
}

func slept(l label, asleep []*step) bool {
	for _, z := range asleep {
		if z.proc == l.proc && z.label == l {
			return true
		}
	}
	return false
}

// add takes a plan in, unless the node has had it before, or what was explored
// covers it.
func (n *node) add(p plan) {
	if n.planned[p.sum] {
		return
	}
	if n.planned == nil {
		n.planned = map[uint64]bool{}
	}
	n.planned[p.sum] = true
	if !n.covers(&p) {
		n.plans = append(n.plans, p)
	}
}

// covers reports whether what was explored from the node leads to all that
// begins with the plan: the plan could begin with a step that sleeps, or one
// that sleeps would still do so after it.
func (n *node) covers(p *plan) bool {
	if len(n.asleep)+len(n.done) == 0 {
		return false
	}
	var sleepers uint64
	for _, list := range [][]*step{n.asleep, n.done} {
		for _, z := range list {
			sleepers |= 1 << (z.proc & 63)
		}
	}
	for k, s := range p.steps {
		if sleepers>>(s.proc&63)&1 == 1 && !p.feeds(s) && (slept(s.label, n.asleep) || slept(s.label, n.done)) && p.initial(k) {
			return true
		}
	}
	if p.label == nil {
		return false
	}
	for _, list := range [][]*step{n.asleep, n.done} {
		for _, z := range list {
			if !p.wakes(z) {
				return true
			}
		}
	}
	return false
}

// wakes reports whether a step of the plan does not commute with z.
func (p *plan) wakes(z *step) bool {
	for _, s := range p.steps {
		if !apart(z, s) && (related(z, s) || z.shares(s.label)) {
			return true
		}
	}
	switch {
	case z.label == *p.label:
		return false
	case p.last != nil:
		return dependent(z, p.last) || z.shares(*p.label) || clash(z, p.last)
	}
	return dependent(z, p.e) || z.shares(*p.label) || p.feeds(z)
}

// hand gives the plans of a node that can be followed after its child as
// well, to the next node, and those that are left.
func (n *node) hand(next *node) []plan {
	left := n.plans[:0]
	for _, p := range n.plans {
		k := p.index(n.child)
		if k >= 0 && p.feeds(p.steps[k]) {
			left = append(left, p) // to do without that step
		}
		switch {
		case p.e.label == n.child.label || k < 0 && dependent(p.e, n.child):
			left = append(left, p)
		case k < 0 && !slices.ContainsFunc(p.steps, func(s *step) bool { return dependent(s, n.child) }):
			next.add(p)
			left = append(left, p)
		case k == 0:
			p.sum -= p.steps[0].mixed
			p.steps = p.steps[1:]
			next.add(p)
		case k > 0 && p.initial(k):
			p.sum -= p.steps[k].mixed
			p.steps = slices.Delete(slices.Clone(p.steps), k, k+1)
			next.add(p)
		default:
			left = append(left, p)
		}
	}
	return left
}

// open makes the node of the present state.
func (x *search) open() *node {
	n := &node{mark: x.w.Checkpoint()}
	if k := len(x.nodes); k > 0 {
		n.asleep = x.nodes[k-1].after()
	}
	return n
}

// back returns to the last state from which something else can happen, and
// makes that happen. It gives false if there is none.
func (x *search) back() bool {
	for len(x.nodes) > 0 {
		d := len(x.nodes) - 1
		n := x.nodes[d]
		x.w.Rollback(n.mark)
		x.undo(d)
		n.done = append(n.done, n.child)
		for len(n.plans) > 0 && !x.result.over {
			p := n.plans[0]
			n.plans = n.plans[1:]
			if !n.covers(&p) && !x.refused(&p) && x.attempt(d, &p) {
				x.settlePlans(d, &p)
				return true
			}
		}
		x.w.Release(n.mark)
		x.nodes = x.nodes[:d]
	}
	return false
}

// refused reports whether the plan is for a message that the receive, which
// stands before its operation, would not take: to send it first is in vain.
func (x *search) refused(p *plan) bool {
	if p.offer == nil {
		return false
	}
	t := x.index[p.label.proc]
	if t == nil || t.n != p.label.n {
		return false
	}
	box, ok := t.p.Waiting().(runtime.Inbox)
	if !ok {
		return false
	}
	key := tried{receive: x.history(t), message: p.offer.message}
	return !x.would(key, t, func() { box.Offer(p.offer.value) })
}

// attempt goes along a plan from node d, which is the last. If that comes to
// nothing new it returns to the node. What a receive that is to run out of time may
// take, but has yet to come to, is sent before it, or else behind it. Who would not
// have to wait now comes later, too.
func (x *search) attempt(d int, p *plan) bool {
	x.result.Attempts++
	return x.follow(d, p, false) || p.expiry && x.follow(d, p, true)
}

func (x *search) follow(d int, p *plan, behind bool) bool {
	n := x.nodes[d]
	n.child = nil
	atFirst, ok := len(x.threads), true
	var later bits
	for _, s := range p.steps {
		if p.feeds(s) && x.fed(p, s, behind) || x.needless(s) || s.past.meets(later) {
			later.add(s.at)
		} else if ok = x.advance(d, s.label); !ok {
			break
		}
	}
	if ok {
		x.labels = x.enabled(x.labels[:0])
		for _, l := range x.labels {
			if p.label != nil && l != *p.label || l == p.e.label || !x.against(l, p.e) {
				continue
			}
			depth, born := len(x.trace), len(x.threads)
			if x.advance(d, l) {
				s := x.trace[len(x.trace)-1]
				if (dependent(p.e, s) || p.e.shares(l)) && len(x.sleeping()) == 0 {
					return true
				}
			}
			x.retreat(d, depth, born)
		}
	}
	x.retreat(d, d, atFirst)
	return false
}

// needless reports whether in a step of a plan somebody begins to wait who need
// not now: what he waits for was taken away by a step that the plan leaves out. The
// two do not depend on each other, since the one is never done but after the other.
func (x *search) needless(s *step) bool {
	if s.kind != park {
		return false
	}
	t := x.index[s.proc]
	return t != nil && t.n == s.n && t.p.Status == runtime.AtOp && t.p.Waiting().Ready(x.w, t.p)
}

// fed reports whether the receive of an expiry would take what a step sends. Where
// its process has yet to come to it, that is not known, unless a receive before it
// takes the message; behind says what to think then.
func (x *search) fed(p *plan, s *step, behind bool) bool {
	t := x.index[p.label.proc]
	if t == nil || t.n != p.label.n {
		return behind && !slices.ContainsFunc(p.steps, func(z *step) bool { return z.kind == letter && z.peer == s.proc && z.n2 == s.n })
	}
	box, ok := t.p.Waiting().(runtime.Inbox)
	if !ok {
		return false
	}
	return slices.ContainsFunc(s.events, func(e *runtime.Event) bool {
		if !sends(e, t.id) {
			return false
		}
		key := tried{receive: x.history(t), message: mix(s.hash, uint64(slices.Index(s.events, e)+1))}
		return x.would(key, t, func() { box.Offer(e.Value) })
	})
}

// settlePlans hands the plans of node d along the way that was taken. The one
// that was followed stays at node d, too: there may be another step to end it
// with.
func (x *search) settlePlans(d int, p *plan) {
	for k := d; k+1 < len(x.nodes); k++ {
		x.nodes[k].plans = x.nodes[k].hand(x.nodes[k+1])
	}
	if p.label == nil {
		x.nodes[d].plans = append([]plan{*p}, x.nodes[d].plans...)
	}
}

// advance does one step of a plan; the nodes after d are made on the way.
func (x *search) advance(d int, l label) bool {
	if x.result.ended(x.o) {
		return false
	}
	n := x.nodes[d]
	if len(x.trace) > d {
		n = x.open()
		x.nodes = append(x.nodes, n)
	}
	if slept(l, n.asleep) || slept(l, n.done) || !x.do(l) {
		return false
	}
	n.child = x.trace[len(x.trace)-1]
	return true
}

// retreat returns to the state after depth steps, at node d or behind it, when
// there were born threads.
func (x *search) retreat(d, depth, born int) {
	if depth < len(x.nodes) {
		x.w.Rollback(x.nodes[depth].mark)
		if depth > d {
			x.w.Release(x.nodes[depth].mark)
			x.nodes = x.nodes[:depth]
		} else {
			x.nodes = x.nodes[:d+1]
		}
	}
	if depth < len(x.trace) {
		x.undo(depth)
	}
	x.abandon(born)
}

// against reports whether a label may stand for a step that does not commute
// with e.
func (x *search) against(l label, e *step) bool {
	if l.shares(e.label) || (x.set.queues() || x.set.anyTime || e.seen || e.pool) && l.kind != clock {
		return true
	}
	var ids []runtime.ID
	switch l.kind {
	case clock:
		return false
	case timer:
		return true
	case meeting:
		ids = []runtime.ID{l.proc, l.peer}
	default:
		ids = []runtime.ID{l.proc}
	}
	for _, id := range ids {
		t := x.index[id]
		if t == nil {
			continue
		}
		for _, p := range e.procs {
			if p.id == id {
				return true
			}
		}
		for _, m := range e.may {
			if m == runtime.Entity(t.p) { // who may end by that step
				return true
			}
		}
		for _, a := range x.access(t.p.Waiting()) {
			if aims(t, a) {
				return true
			}
			for _, m := range e.may {
				if a.Entity == m {
					return true
				}
			}
		}
	}
	return false
}
