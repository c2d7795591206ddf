package runtime

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// clock is the world's clock. Real time is that of the machine since the
// world began; virtual time stands still but for a microsecond at each
// reading, and jumps to the next timer when nothing else can happen.
type clock struct {
	Stamped
	virtual bool
	frozen  bool // virtual, and a reading takes no time
	began   time.Time
	at      time.Duration
	epoch   time.Time // what the wall clock shows when virtual time begins
}

func (c *clock) start(virtual bool) { c.virtual, c.began, c.epoch = virtual, time.Now(), virtualEpoch }

func (c *clock) Save() any     { return c.at }
func (c *clock) Restore(s any) { c.at = s.(time.Duration) }

// now reads the clock without advancing it.
func (c *clock) now() time.Duration {
	if c.virtual {
		return c.at
	}
	return time.Since(c.began)
}

func (c *clock) peek() time.Duration { return c.now() }

func (c *clock) jump(to time.Duration) { c.at = max(c.at, to) }

// virtualEpoch is what the wall clock shows when virtual time begins, unless
// it goes on from real time.
var virtualEpoch = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// Now gives the time since the world began. A program's reading of virtual
// time takes a microsecond.
func (w *World) Now() time.Duration {
	if w.clock.virtual && !w.clock.frozen {
		w.Touch(&w.clock)
		w.clock.at += time.Microsecond
	}
	return w.clock.now()
}

// WallTime gives the date and time that a program sees.
func (w *World) WallTime() time.Time {
	if w.clock.virtual {
		return w.clock.epoch.Add(w.Now())
	}
	return time.Now()
}

// Virtual reports whether time is virtual.
func (w *World) Virtual() bool { return w.clock.virtual }

// SetTime has the clock go on from at, a time since the world began. It is no
// change that a checkpoint undoes: who rewinds says what time it is.
func (w *World) SetTime(at time.Duration, virtual bool) {
	w.clock.virtual, w.clock.at, w.clock.began = virtual, at, time.Now().Add(-at)
}

// Timer does something at a time.
type Timer struct {
	At   time.Duration
	On   any // for people: what it will change, a mailbox, a channel or a process
	Key  ID  // the same in every run of the program
	seq  uint64
	Fire func(w *World)
	live timerLive
}

type timerLive struct {
	Stamped
	on bool
}

func (l *timerLive) Save() any     { return l.on }
func (l *timerLive) Restore(s any) { l.on = s.(bool) }

// Armed reports whether the timer has yet to fire.
func (t *Timer) Armed() bool { return t.live.on }

// After has fire called once d has passed. It is not called before the
// process that arms it gives way.
func (w *World) After(d time.Duration, fire func(w *World)) *Timer {
	if d < 0 {
		d = 0
	}
	w.Touch(&w.timers)
	w.timers.seq++
	t := &Timer{Key: w.NewID(), At: w.clock.now() + d, seq: w.timers.seq, Fire: fire, live: timerLive{on: true}}
	w.timers.heap = meld(w.timers.heap, &timerNode{t: t})
	w.timers.n++
	return t
}

// Remaining gives how long t has to go.
func (w *World) Remaining(t *Timer) time.Duration { return max(0, t.At-w.clock.now()) }

// Disarm keeps a timer from firing; it reports whether it was armed.
func (w *World) Disarm(t *Timer) bool {
	if !t.live.on {
		return false
	}
	w.Touch(&t.live)
	t.live.on = false
	w.Touch(&w.timers)
	w.timers.n--
	w.timers.drop()
	return true
}

// Timers gives the armed timers in the order in which they will fire.
func (w *World) Timers() []*Timer {
	ts := w.dueAt(math.MaxInt64)
	slices.SortFunc(ts, func(a, b *Timer) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.seq, b.seq)) })
	return ts
}

// TimersArmed gives how many timers are armed.
func (w *World) TimersArmed() int { return w.timers.n }

// timers is a persistent leftist heap, so that its states copy in O(1).
// Disarmed timers stay in it until they come to the top.
type timers struct {
	Stamped
	heap *timerNode
	seq  uint64
	n    int
}

type timerNode struct {
	t           *Timer
	rank        int
	left, right *timerNode
}

type timersState struct {
	heap *timerNode
	seq  uint64
	n    int
}

func (ts *timers) Save() any { return timersState{ts.heap, ts.seq, ts.n} }

func (ts *timers) Restore(s any) {
	st := s.(timersState)
	ts.heap, ts.seq, ts.n = st.heap, st.seq, st.n
}

func rank(n *timerNode) int {
	if n == nil {
		return 0
	}
	return n.rank
}

func meld(a, b *timerNode) *timerNode {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	if b.t.At < a.t.At || b.t.At == a.t.At && b.t.seq < a.t.seq {
		a, b = b, a
	}
	l, r := a.left, meld(a.right, b)
	if rank(l) < rank(r) {
		l, r = r, l
	}
	return &timerNode{a.t, rank(r) + 1, l, r}
}

// drop takes disarmed timers off the top.
func (ts *timers) drop() {
	for ts.heap != nil && !ts.heap.t.live.on {
		ts.heap = meld(ts.heap.left, ts.heap.right)
	}
}

func (ts *timers) first() (time.Duration, bool) {
	if ts.heap == nil {
		return 0, false
	}
	return ts.heap.t.At, true
}

// fireDue fires the timers whose time has come, in the order of their times;
// those of the same time in the order in which they were armed, or as the
// chooser says.
func (w *World) fireDue() {
	if w.timers.heap == nil {
		return
	}
	now := w.clock.now()
	for h := w.timers.heap; h != nil && h.t.At <= now; h = w.timers.heap {
		t := h.t
		if w.chooser.Enumerates() {
			if due := w.dueAt(h.t.At); len(due) > 1 {
				t = due[w.choose(Choices{Of: ChooseTimer, N: len(due)})]
			}
		}
		w.fire(t)
	}
}

func (w *World) fire(t *Timer) {
	w.Disarm(t)
	t.Fire(w)
}

func (w *World) dueAt(at time.Duration) []*Timer {
	var due []*Timer
	var walk func(n *timerNode)
	walk = func(n *timerNode) {
		if n == nil || n.t.At > at {
			return
		}
		if n.t.live.on {
			due = append(due, n.t)
		}
		walk(n.left)
		walk(n.right)
	}
	walk(w.timers.heap)
	return due
}
