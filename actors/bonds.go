package actors

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// bonds is what ties a process to others, and its flags: an entity of its
// own, since a message does not touch it. Its maps never change in place, so
// that a state copies in constant time.
type bonds struct {
	runtime.Stamped
	owner *runtime.Process
	ties
}

type ties struct {
	trap     bool
	links    *lang.Map // pid to true
	monitors *lang.Map // reference to the process or [name node] watched
	watchers *lang.Map // reference to the process that watches this one
	dict     *lang.Map
	flags    *lang.Map // what process-flag was told, beyond trap_exit
	name     *lang.Keyword
}

var noTies = ties{
	links: lang.EmptyMap, monitors: lang.EmptyMap, watchers: lang.EmptyMap,
	dict: lang.EmptyErlangMap, flags: lang.EmptyMap,
}

// Key names the bonds alike in every run. It is part of runtime.Keyed.
func (b *bonds) Key() runtime.ID { return b.owner.ID ^ bondsBits }

// Save gives the state.
func (b *bonds) Save() any { t := b.ties; return &t }

// Restore puts a state back.
func (b *bonds) Restore(s any) { b.ties = *s.(*ties) }

// actor is what this package keeps in its slot of a process.
type actor struct {
	Mailbox
	bonds *bonds // nil until needed
}

var slot = runtime.NewSlot()

// actor gives what the package keeps for p, which it makes when first asked.
// That is no change to undo: it begins empty, and rolls back to empty.
func (s *System) actor(p *runtime.Process) *actor {
	if a, ok := p.Slot(slot).(*actor); ok {
		return a
	}
	a := &actor{Mailbox: Mailbox{sys: s, owner: p}}
	p.SetSlot(slot, a)
	return a
}

// mailbox gives the mailbox of p; the one asked for last is at hand.
func (s *System) mailbox(p *runtime.Process) *Mailbox {
	if s.last == nil || s.last.owner != p {
		s.last = &s.actor(p).Mailbox
	}
	return s.last
}

func (s *System) bonds(p *runtime.Process) *bonds {
	a := s.actor(p)
	if a.bonds == nil {
		a.bonds = &bonds{owner: p, ties: noTies}
	}
	return a.bonds
}

// look gives the ties of p without making any.
func look(p *runtime.Process) ties {
	if a, ok := p.Slot(slot).(*actor); ok && a.bonds != nil {
		return a.bonds.ties
	}
	return noTies
}

// pids gives the keys of m that are processes, by number.
func pids(m *lang.Map) []*runtime.Process {
	out := make([]*runtime.Process, 0, m.Len())
	m.Each(func(k, _ lang.Value) bool {
		if p, ok := k.Obj().(*runtime.Process); ok {
			out = append(out, p)
		}
		return true
	})
	slices.SortFunc(out, func(a, b *runtime.Process) int { return int(a.Num) - int(b.Num) })
	return out
}

// tie is one monitor: its reference and the other end.
type tie struct {
	ref *Reference
	end lang.Value
}

// monitorTies gives the entries of a map of monitors, in an order that does
// not depend on how the map came about.
func monitorTies(m *lang.Map) []tie {
	out := make([]tie, 0, m.Len())
	m.Each(func(k, v lang.Value) bool {
		out = append(out, tie{k.Obj().(*Reference), v})
		return true
	})
	slices.SortFunc(out, func(a, b tie) int {
		switch {
		case a.ref.id < b.ref.id:
			return -1
		case a.ref.id > b.ref.id:
			return 1
		}
		return 0
	})
	return out
}

func (s *System) link(p, q *runtime.Process) {
	s.w.ExitsMatter()
	for _, e := range [...][2]*runtime.Process{{p, q}, {q, p}} {
		b := s.bonds(e[0])
		s.w.Touch(b)
		b.links = b.links.Assoc(lang.Obj(e[1]), lang.True)
	}
}

func (s *System) unlink(p, q *runtime.Process) {
	for _, e := range [...][2]*runtime.Process{{p, q}, {q, p}} {
		if b := s.bonds(e[0]); b.links.Len() > 0 {
			s.w.Touch(b)
			b.links = b.links.Dissoc(lang.Obj(e[1]))
		}
	}
}

// watch enters ref's monitor of q on behalf of p.
func (s *System) watch(p, q *runtime.Process, ref *Reference) {
	s.w.ExitsMatter()
	bp, bq := s.bonds(p), s.bonds(q)
	s.w.Touch(bp)
	s.w.Touch(bq)
	bp.monitors = bp.monitors.Assoc(lang.Obj(ref), lang.Obj(q))
	bq.watchers = bq.watchers.Assoc(lang.Obj(ref), lang.Obj(p))
}

// unwatch ends ref's monitor, if it is there; it reports whether it was.
func (s *System) unwatch(p *runtime.Process, ref *Reference) bool {
	bp := s.bonds(p)
	v, ok := bp.monitors.Get(lang.Obj(ref))
	if !ok {
		return false
	}
	s.w.Touch(bp)
	bp.monitors = bp.monitors.Dissoc(lang.Obj(ref))
	if q, ok := v.Obj().(*runtime.Process); ok {
		bq := s.bonds(q)
		s.w.Touch(bq)
		bq.watchers = bq.watchers.Dissoc(lang.Obj(ref))
	}
	return true
}
