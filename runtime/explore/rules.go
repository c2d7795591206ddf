package explore

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Delivery says when a message that was sent is in the mailbox.
type Delivery string

// The deliveries. Instant appends at once. Async keeps a queue for each sender
// and receiver: messages of one sender arrive in order, those of several in
// any, also if one of them was sent because of another, which is what Erlang's
// signal order allows; and who asks without waiting may ask too early.
const (
	Instant Delivery = "instant"
	Async   Delivery = "async"
)

// Timing says when timers fire.
type Timing string

// The timings. Ordered fires timers by virtual time, and computing takes none.
// With Any each armed timer can fire whenever anything can happen: a timeout
// may beat a busy server.
const (
	Ordered Timing = "ordered"
	Any     Timing = "any"
)

// ParseDelivery reads the name of a delivery; "" stands for the first.
func ParseDelivery(name string) (Delivery, error) {
	switch d := Delivery(name); d {
	case "":
		return Instant, nil
	case Instant, Async:
		return d, nil
	}
	return "", fmt.Errorf("delivery is instant or async, not %s", name)
}

// ParseTiming reads the name of a timing; "" stands for the first.
func ParseTiming(name string) (Timing, error) {
	switch t := Timing(name); t {
	case "":
		return Ordered, nil
	case Ordered, Any:
		return t, nil
	}
	return "", fmt.Errorf("time is ordered or any, not %s", name)
}

// rules are what decides which steps there are at all, whatever the search.
type rules struct {
	async   bool // messages are delivered by and by
	anyTime bool // timers fire at any time
	// branchRand has random draws of few values be choices.
	branchRand bool
}

// bits of rules in a token.
const ruleBits = 5

func (o *Options) rules() rules {
	return rules{async: o.Delivery == Async, anyTime: o.Timing == Any, branchRand: o.BranchRand}
}

// pack gives what a token has to know: the rules, whether swap! retries, and
// whether everything is taken to be noticed.
func (s *settings) pack() (n uint64) {
	for i, on := range []bool{s.async, s.anyTime, s.retries, s.branchRand, s.wary} {
		if on {
			n |= 1 << i
		}
	}
	return n
}

// unpack takes over what a token was made with.
func (s *settings) unpack(n uint64) {
	for i, on := range []*bool{&s.async, &s.anyTime, &s.retries, &s.branchRand, &s.wary} {
		*on = n>>i&1 == 1
	}
	s.ends, s.apart = s.ends || s.wary, s.apart || s.wary
}

// timers gives the timers that could fire now.
func (r *run) timers() []*runtime.Timer {
	if r.set.anyTime {
		return r.w.Timers()
	}
	return r.w.Due()
}

// timesOut gives the time at which an operation ends by itself.
func timesOut(op runtime.Op) (at time.Duration, found bool) {
	if d, ok := op.(runtime.Deadliner); ok {
		return d.Deadline()
	}
	return 0, false
}

// late reports whether an operation that is not ready could be over at any time.
func (r *run) late(op runtime.Op) bool {
	_, found := timesOut(op)
	return r.set.anyTime && found && r.main.Status != runtime.Done
}

// byTime reports whether an operation would be over by its time, which could be
// any, since nothing else ends it now. What the clock shows makes no difference.
func (r *run) byTime(t *thread, op runtime.Op) bool {
	if at, found := timesOut(op); !r.set.anyTime || !found || at == 0 {
		return false
	}
	c, ok := op.(*runtime.Choice)
	if !ok {
		return true
	}
	return !slices.ContainsFunc(c.Branches, func(b runtime.Branch) bool {
		_, found := timesOut(b.Op)
		return !found && b.Op.Ready(r.w, t.p)
	})
}

// can reports whether an operation could be done now, without a partner. What
// happens by itself ends with the main process.
func (r *run) can(t *thread, op runtime.Op) bool {
	if r.byTime(t, op) {
		return r.late(op)
	}
	return op.Ready(r.w, t.p)
}

// expire moves the clock to where an operation of t is over, if that could be
// at any time and it is not ready.
func (r *run) expire(t *thread, op runtime.Op) {
	if at, found := timesOut(op); found && r.late(op) && !op.Ready(r.w, t.p) {
		r.w.AdvanceTo(at)
	}
}

// callRules reads from the options of a call what can happen at all, and what
// is to hold.
func (o *Options) callRules(m *lang.Map) {
	get := func(key string) lang.Value {
		v, _ := m.Get(lang.K(key))
		return v
	}
	word := func(key string) string {
		k, ok := get(key).AsKeyword()
		if !ok {
			return ""
		}
		return k.Name
	}
	o.Random, o.Invariant = word("random"), get("invariant")
	o.Retries, o.BranchRand = get("retries").Truthy(), get("branch_rand").Truthy() || get("branch-rand").Truthy()
	var errs [2]error
	o.Delivery, errs[0] = ParseDelivery(word("delivery"))
	o.Timing, errs[1] = ParseTiming(word("time"))
	if err := cmp.Or(errs[0], errs[1]); err != nil {
		lang.Raise(lang.IllegalArgumentException, "%s", err)
	}
	for _, b := range []Bound{Delays, Preemptions} {
		v := get(string(b))
		switch {
		case !v.IsFixed():
		case v.AsInt() < 0 || o.Bounded != Unbounded:
			lang.Raise(lang.IllegalArgumentException, "either delays or preemptions can be bounded, by a number from 0")
		default:
			o.Bounded, o.Most = b, int(v.AsInt())
		}
	}
}
