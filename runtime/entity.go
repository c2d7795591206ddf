package runtime

import "github.com/conc-repl/conc-repl/lang"

// ID names an entity of a world. It derives from who made the entity and
// from how many that one had made before, so that independent steps of two
// processes give the same ids in either order.
type ID uint64

// deriveID mixes a creator's id with an ordinal (the finaliser of SplitMix64).
func deriveID(creator ID, ordinal uint64) ID {
	z := uint64(creator) + (ordinal+1)*0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return ID(z ^ (z >> 31))
}

// Entity is anything in the world that can change: a process, a mailbox, a
// channel, an atom, a var, a timer queue. Before each change its owner calls
// World.Touch. Save gives its whole state as a value that later changes do not
// reach, in O(1) where the state can be large; Restore puts it back.
type Entity interface {
	Save() any
	Restore(state any)
}

// Stamped is embedded by entities: it holds the checkpoint for which the
// entity's state was last saved, so that a Touch costs one comparison.
type Stamped struct{ stamp uint64 }

// Stamp gives the address of the stamp.
func (s *Stamped) Stamp() *uint64 { return &s.stamp }

// StampedEntity is an Entity that embeds Stamped.
type StampedEntity interface {
	Entity
	Stamp() *uint64
}

// Access is one entity that an operation is about to use, and how.
type Access struct {
	Entity Entity
	Mode   Mode
}

// Mode says how an operation uses an entity. The entity's own Dependent
// refines it.
type Mode uint8

// The modes of access.
const (
	Read Mode = iota
	Write
)

// Conflicter is implemented by entities that know more about which of their
// operations conflict than "not both are reads".
type Conflicter interface {
	Dependent(a, b *Event) bool
}

// journal is the undo log: while at least one checkpoint is open, the first
// Touch of an entity after a checkpoint saves its state.
type journal struct {
	epoch   uint64 // 0: closed
	serial  uint64
	entries []undo
	marks   []int // where each open checkpoint begins in entries
	states  []worldState
	spare   []*procState // of which nothing knows any more, for the next saves
}

type undo struct {
	e     StampedEntity
	state any
	stamp uint64
}

// Touch must be called before each change of e. With no checkpoint open it
// costs one branch.
func (w *World) Touch(e StampedEntity) {
	if w.journal.epoch != 0 {
		w.save(e)
	}
}

func (w *World) save(e StampedEntity) {
	s := e.Stamp()
	if *s == w.journal.epoch {
		return
	}
	w.journal.entries = append(w.journal.entries, undo{e, e.Save(), *s})
	*s = w.journal.epoch
}

// Journalling reports whether a checkpoint is open, so that states may be kept.
func (w *World) Journalling() bool { return w.journal.epoch != 0 }

// Checkpoint marks a state of the whole world to which Rollback can return.
// Checkpoints nest. It may be called between slices only. From now on all
// entities are held.
func (w *World) Checkpoint() int {
	j := &w.journal
	j.serial++
	j.epoch = j.serial
	j.marks = append(j.marks, len(j.entries))
	j.states = append(j.states, w.worldState)
	return len(j.marks) - 1
}

// Rollback returns the world to the state of checkpoint n and leaves that
// checkpoint open; later ones are gone.
func (w *World) Rollback(n int) {
	j := &w.journal
	gone := j.entries[j.marks[n]:]
	w.rollback(n)
	for i := range gone {
		if s, ok := gone[i].state.(*procState); ok {
			j.spare = append(j.spare, s)
		}
	}
	clear(gone)
}

// rollback is Rollback without taking the saved states apart.
func (w *World) rollback(n int) {
	j := &w.journal
	for i := len(j.entries) - 1; i >= j.marks[n]; i-- {
		u := j.entries[i]
		u.e.Restore(u.state)
		*u.e.Stamp() = u.stamp
	}
	j.entries = j.entries[:j.marks[n]]
	w.worldState = j.states[n]
	j.marks, j.states = j.marks[:n+1], j.states[:n+1]
	j.serial++
	j.epoch = j.serial
}

// Release closes checkpoint n and all later ones, keeping what has happened.
// When it was the first, the journal is closed.
func (w *World) Release(n int) {
	j := &w.journal
	if n < w.rec.firm || len(j.entries) > j.marks[n] {
		w.rec.ahead = nil
	}
	w.rec.firm = min(w.rec.firm, n)
	j.marks, j.states = j.marks[:n], j.states[:n]
	if n == 0 {
		clear(j.entries)
		j.entries, j.epoch, j.spare = j.entries[:0], 0, nil
	}
}

// Cell is the simplest entity: one place that holds a value. Atoms, promises,
// volatiles and the like are built on it.
type Cell struct {
	Stamped
	Val lang.Value
}

// Save gives the value.
func (c *Cell) Save() any { return c.Val }

// Restore sets the value.
func (c *Cell) Restore(s any) { c.Val = s.(lang.Value) }
