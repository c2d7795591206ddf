package runtime

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
)

// The record is a row of checkpoints at the bottom of the journal that a
// person can go back over, and forward again: what led back is kept together
// with what leads forward. Ordinary checkpoints, of the explorer and of those
// who only look, stand above it.
type recording struct {
	firm  int // how many checkpoints are the record's: the first ones
	ahead []segment
	tape  func()
	told  uint64 // the event after which tape was called last
}

// segment is what happened between two checkpoints of the record, with those
// between them: one step of Rewind.
type segment struct {
	undo   []undo
	marks  []int        // where the later checkpoints begin in undo, the end among them
	states []worldState // of the same checkpoints
	redo   []redo       // the states at the end
}

type redo struct {
	e     StampedEntity
	state any
}

// Record marks a state to which Rewind can return, and gives its number.
// What Rewind kept for Forward is gone: from here on there is another future. It
// may be called between slices only, with no ordinary checkpoint open.
func (w *World) Record() int {
	w.rec.ahead = nil
	n := w.Checkpoint()
	w.rec.firm = n + 1
	return n
}

// Holding reports whether an ordinary checkpoint is open: what happens now may
// be taken back, so that output is held and nothing is recorded.
func (w *World) Holding() bool { return len(w.journal.marks) > w.rec.firm }

// Unsaved reports whether something has changed since the last checkpoint.
func (w *World) Unsaved() bool {
	j := &w.journal
	return len(j.marks) == 0 || len(j.entries) > j.marks[len(j.marks)-1]
}

// JournalSize gives how many states are kept in the journal.
func (w *World) JournalSize() int { return len(w.journal.entries) }

// Rewind returns the world to the record's checkpoint n, and keeps what came
// after it for Forward. What was changed after the last checkpoint is undone.
func (w *World) Rewind(n int) {
	j := &w.journal
	last := w.rec.firm - 1
	w.Rollback(last)
	if n >= last {
		return
	}
	from := j.marks[n]
	s := segment{undo: slices.Clone(j.entries[from:]), states: slices.Clone(j.states[n+1:])}
	for _, m := range j.marks[n+1:] {
		s.marks = append(s.marks, m-from)
	}
	states := make(map[StampedEntity][]any, 16) // of each entity, oldest first
	for _, u := range s.undo {
		_, partial := u.e.(forwarder)
		if seen, ok := states[u.e]; !ok || partial {
			states[u.e] = append(seen, u.state)
		}
	}
	for _, u := range s.undo {
		if since, ok := states[u.e]; ok {
			s.redo = append(s.redo, redo{u.e, saveForward(u.e, since)})
			delete(states, u.e)
		}
	}
	w.rec.ahead = append(w.rec.ahead, s)
	w.rollback(n)
	clear(j.entries[from : from+len(s.undo)])
	w.rec.firm = n + 1
}

// Forward goes on to where the last Rewind began, along the same events, which
// are not done again; it reports whether there was one.
func (w *World) Forward() bool {
	r, j := &w.rec, &w.journal
	if len(r.ahead) == 0 {
		return false
	}
	w.Rollback(r.firm - 1)
	s := r.ahead[len(r.ahead)-1]
	r.ahead = r.ahead[:len(r.ahead)-1]
	base := len(j.entries)
	j.entries = append(j.entries, s.undo...)
	for _, m := range s.marks {
		j.marks = append(j.marks, base+m)
	}
	j.states = append(j.states, s.states...)
	for _, x := range s.redo {
		restoreForward(x.e, x.state)
	}
	w.worldState = s.states[len(s.states)-1]
	r.firm = len(j.marks)
	j.serial++
	j.epoch = j.serial
	return true
}

// Recorded gives the number of the record's last checkpoint, -1 if there is
// none, and how many Forward can still reach.
func (w *World) Recorded() (last, ahead int) {
	for _, s := range w.rec.ahead {
		ahead += len(s.marks)
	}
	return w.rec.firm - 1, ahead
}

// Forget gives up the record's n oldest checkpoints; the others are numbered anew.
func (w *World) Forget(n int) {
	j := &w.journal
	from := j.marks[n]
	j.entries = slices.Clone(j.entries[from:])
	j.marks, j.states = slices.Clone(j.marks[n:]), slices.Clone(j.states[n:])
	for i := range j.marks {
		j.marks[i] -= from
	}
	w.rec.firm -= n
}

// Resume has the world go on from where Rewind or Forward have brought it:
// who was stopped before an operation performs it, and who was outside gets what
// has come of that, which is not done again.
func (w *World) Resume() {
	w.Record()
	for _, p := range w.Processes() {
		switch work, _ := p.result.Obj().(*outsideWork); {
		case p.Status == AtOp && !w.halts:
			w.Grant(p)
		case p.Status == Outside && work != nil && work.done:
			w.comeBack(p, work)
		}
	}
}

// Tape has f called, between slices and before each operation, whenever
// something has happened since the last time: f is to call Record. The schedule is
// the same as without. nil ends it.
func (w *World) Tape(f func()) {
	w.rec.tape, w.rec.told = f, w.steps
	w.setStops(w.halts)
}

// taping reports whether operations stop only for the sake of the tape.
func (w *World) taping() bool { return w.rec.tape != nil && !w.halts }

// tellTape calls the tape if something has happened.
func (w *World) tellTape() {
	if w.rec.tape != nil && w.rec.told != w.steps && !w.Holding() {
		w.rec.told = w.steps
		w.rec.tape()
	}
}

// goOn lets p, which has stopped for the tape before an operation, perform it
// in the same slice.
func (w *World) goOn(p *Process) {
	w.current = nil
	w.tellTape()
	w.Touch(p)
	p.Status, p.regrant, p.sig = Running, true, sigNone
	p.fuel -= lang.UserCost
	w.current = p
}

// forwarder is implemented by entities of which Save does not give the whole
// state: what it gives goes back from the state at which it was asked.
type forwarder interface {
	// saveForward gives what leads from the first of the states back to the
	// present one; since has all that were saved from then on.
	saveForward(since []any) any
	restoreForward(state any)
}

func saveForward(e Entity, since []any) any {
	if f, ok := e.(forwarder); ok {
		return f.saveForward(since)
	}
	return e.Save()
}

func restoreForward(e Entity, state any) {
	if f, ok := e.(forwarder); ok {
		f.restoreForward(state)
		return
	}
	e.Restore(state)
}

// procForward is a later state of a process, as far as it differs from that of
// a procState: the frames from low on, the stack from at on.
type procForward struct {
	fields  Process
	low, at int
	frames  []Frame
	stack   []lang.Value
}

func (p *Process) saveForward(since []any) any {
	low, at := len(p.frames), len(p.stack)
	for _, x := range since {
		s := x.(*procState)
		low, at = min(low, s.nframes), min(at, int(s.fields.base)-1)
		if n := len(s.exposed); n > 0 {
			low, at = min(low, s.exposed[n-1].index), min(at, int(s.exposed[n-1].frame.base)-1)
		}
	}
	at = max(at, 0)
	end := max(int(p.nb+p.nargs), int(p.slot)) + 1
	if p.code != nil {
		end = max(end, int(p.base)+p.code.NRegs+1)
	}
	return &procForward{*p, low, at, slices.Clone(p.frames[low:]), slices.Clone(p.stack[at:max(at, min(end, len(p.stack)))])}
}

func (p *Process) restoreForward(state any) {
	s := state.(*procForward)
	stamp, frames, stack := p.stamp, p.frames, p.stack
	*p = s.fields
	p.stamp = stamp
	p.frames = append(frames[:min(s.low, len(frames))], s.frames...)
	p.stack = stack
	p.room(s.at + len(s.stack))
	copy(p.stack[s.at:], s.stack)
}
