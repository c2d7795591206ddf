package explore

import (
	"hash/maphash"
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// kind says what sort of step a label stands for.
type kind uint8

const (
	plain   kind = iota // the operation before which the process stands
	branch              // one branch of its choice
	meeting             // a put and a take together
	letter              // its receive gets a message
	park                // it begins to wait, where that can be noticed
	clock               // time goes on to the next deadline
	timer               // a timer fires
)

// label names a step alike in every run in which the same has happened before
// it: by the process, its how-manieth step it is, and what was chosen. At a
// meeting it is named after the process that offers.
type label struct {
	proc    runtime.ID // or the timer
	n       uint32
	branch  int16
	kind    kind
	branch2 int16      // of the partner
	peer    runtime.ID // the partner, or the sender of the letter
	n2      uint32     // the partner's step, or the sender's
	ord     uint32     // which of the letters that were sent by that step
}

// sameStep reports whether two labels are choices of the same step of a process.
func (l label) shares(m label) bool {
	if l.proc == m.proc && l.n == m.n && l.kind != timer && m.kind != timer {
		return true
	}
	return l.kind == meeting && (l.peer == m.proc && l.n2 == m.n || m.kind == meeting && l.peer == m.peer && l.n2 == m.n2) ||
		m.kind == meeting && m.peer == l.proc && m.n2 == l.n
}

// hash mixes the label into a number.
func (l label) hash() uint64 {
	h := mix(uint64(l.proc), uint64(l.n)<<32|uint64(uint16(l.branch))<<16|uint64(l.kind))
	return mix(h, mix(uint64(l.peer), uint64(l.n2)<<32|uint64(uint16(l.branch2))<<16|uint64(uint16(l.ord))))
}

// mix is the finaliser of SplitMix64 on two numbers.
func mix(a, b uint64) uint64 {
	z := a*0x9e3779b97f4a7c15 + b + 0x632be59bd9b4e019
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// use is one entity that a step used, and the event that tells how.
type use struct {
	id     uint64 // of the entity: alike in runs in which a process has made it anew
	entity runtime.Entity
	event  *runtime.Event
	mode   runtime.Mode
}

// step is one step of a run, and what came before it.
type step struct {
	label
	procs   []*thread // who took part
	before  []int32   // the last step of each of them until then, -1 for none
	uses    []use
	may     []runtime.Entity // what it might have used, had it chosen otherwise
	waits   bool             // its operation could have had to wait
	limited bool             // it would have waited for a time only
	blind   bool             // a receive without a message, where others may be on their way
	timed   bool             // it happens by itself, at any time
	final   bool             // the main process ended, and with it what happens by itself
	row     int              // how many steps in a row, this one the last, its process only read
	states  []uint64         // in which it has left procs, if there may be turns that only read
	lethal  bool             // it could end others, or interrupt them
	struck  []*victim        // those whom it did
	pool    bool             // a go block did it, and the pool may have no worker for it
	seen    bool             // it changed what the invariant reads
	past    bits             // the steps that happened before it
	direct  bits             // those of them with none between
	room    room
	mask    uint64 // bits of its processes and entities: with none in common, steps share none
	sight   uint64 // bits of may
	wild    bool   // it may depend on steps with which it shares nothing
	hash    uint64 // of the step and its past
	mixed   uint64 // hash, as a part of the sum of several
	events  []*runtime.Event
	at      int     // its place in the trace
	first   uint64  // the world's step before it
	born    int     // how many threads there were before it
	got     uint64  // the sending of the message that a receive got
	taken   []taken // the letters that it might have received as well
	fail    string  // what a process raised that nobody caught
	line    Line    // in words, if it was told
}

// room is where the lists of most steps find place without memory of their own.
type room struct {
	procs  [1]*thread
	before [1]int32
	uses   [2]use
	may    [2]runtime.Entity
	past   [1]uint64
	direct [1]uint64
	events [1]*runtime.Event
}

func newStep(l label) *step {
	s := &step{label: l}
	s.procs, s.before, s.may = s.room.procs[:0], s.room.before[:0], s.room.may[:0]
	s.past, s.direct = s.room.past[:0], s.room.direct[:0]
	return s
}

// maskSeed is for telling apart alone: no result depends on it.
var maskSeed = maphash.MakeSeed()

// setMasks fills in the masks, and what tells the entities apart, once all else is known of what the step used.
func (s *step) setMasks() {
	for _, t := range s.procs {
		s.mask |= 1 << (t.id & 63)
	}
	for i := range s.uses {
		u := &s.uses[i]
		u.id = identity(u.entity)
		s.mask |= 1 << (u.id & 63)
	}
	for _, e := range s.may {
		s.sight |= 1 << (identity(e) & 63)
	}
	s.wild = s.kind == clock || s.kind == timer || s.seen || s.pool || s.timed || s.final
}

// identity gives a number that tells an entity from all others: its key, or else
// one that holds for as long as it is there.
func identity(e runtime.Entity) uint64 {
	if k, ok := e.(runtime.Keyed); ok {
		if key := k.Key(); key != 0 {
			return uint64(key)
		}
	}
	return maphash.Comparable(maskSeed, e)
}

// apart reports whether two steps have nothing to do with each other, as their
// masks tell: they neither depend on each other nor share a process's step. It
// is asked for nearly all pairs of steps.
func apart(a, b *step) bool { return a.mask&b.mask == 0 && !a.wild && !b.wild }

// dependent reports whether the order of two steps can make a difference.
func dependent(a, b *step) bool { return !apart(a, b) && related(a, b) }

func related(a, b *step) bool {
	if a.kind == clock || b.kind == clock {
		return true
	}
	if a.mask&b.mask != 0 {
		for _, p := range a.procs {
			for _, q := range b.procs {
				if p.id == q.id {
					return true
				}
			}
		}
	}
	return touches(a, b)
}

// touches reports whether they use an entity in a way that does not commute.
func touches(a, b *step) bool {
	if a.seen && b.seen || a.pool && b.pool || a.timed && b.final || a.final && b.timed {
		return true
	}
	if a.mask&b.mask == 0 {
		return false
	}
	for i := range a.uses {
		x := &a.uses[i]
		for j := range b.uses {
			if y := &b.uses[j]; x.id == y.id && conflict(x, y) {
				return true
			}
		}
	}
	return false
}

// clash reports whether two steps use an entity that one of them would change,
// had it come to something else: a name that was taken, say.
func clash(a, b *step) bool {
	return a.mask&b.mask != 0 && slices.ContainsFunc(a.uses, func(x use) bool {
		return slices.ContainsFunc(b.uses, func(y use) bool {
			return x.id == y.id && (x.mode == runtime.Write || y.mode == runtime.Write)
		})
	})
}

func conflict(x, y *use) bool {
	if c, ok := x.entity.(runtime.Conflicter); ok {
		return c.Dependent(x.event, y.event)
	}
	return x.mode == runtime.Write || y.mode == runtime.Write
}

// bits is a set of small numbers.
type bits []uint64

func (b bits) has(i int) bool { return i>>6 < len(b) && b[i>>6]&(1<<(i&63)) != 0 }

func (b *bits) add(i int) {
	for len(*b) <= i>>6 {
		*b = append(*b, 0)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}

func (b bits) meets(c bits) bool {
	for i := range min(len(b), len(c)) {
		if b[i]&c[i] != 0 {
			return true
		}
	}
	return false
}

func (b *bits) union(c bits) {
	for len(*b) < len(c) {
		*b = append(*b, 0)
	}
	for i, w := range c {
		(*b)[i] |= w
	}
}
