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

// segment is what happened between two checkpoints of the record.
type segment struct {
	undo []undo
	redo []any // the state of each entity of undo at the end
	end  worldState
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
// after it for Forward.
func (w *World) Rewind(n int) {
	j := &w.journal
	for k := len(j.marks) - 1; k >= n; k-- {
		entries := j.entries[j.marks[k]:]
		if len(entries) > 0 || k < len(j.marks)-1 {
			s := segment{undo: slices.Clone(entries), redo: make([]any, len(entries)), end: w.worldState}
			for i, u := range entries {
				s.redo[i] = saveForward(u)
			}
			w.rec.ahead = append(w.rec.ahead, s)
		}
		w.Rollback(k)
	}
	w.rec.firm = n + 1
}

// Forward goes on to the record's next checkpoint after a Rewind, along the
// same events, which are not done again; it reports whether there is one.
func (w *World) Forward() bool {
	r, j := &w.rec, &w.journal
	if len(r.ahead) == 0 {
		return false
	}
	s := r.ahead[len(r.ahead)-1]
	r.ahead = r.ahead[:len(r.ahead)-1]
	j.entries = append(j.entries, s.undo...)
	for i, u := range s.undo {
		restoreForward(u.e, s.redo[i])
	}
	w.worldState = s.end
	w.Checkpoint()
	r.firm = len(j.marks)
	return true
}

// Recorded gives the number of the record's last checkpoint, -1 if there is
// none, and how many Forward can still reach.
func (w *World) Recorded() (last, ahead int) { return w.rec.firm - 1, len(w.rec.ahead) }

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
	if w.rec.told != w.steps && w.rec.tape != nil && !w.Holding() {
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

// forwarder is implemented by entities of which Save does not give the whole state.
type forwarder interface {
	saveForward(since any) any
	restoreForward(state any)
}

func saveForward(u undo) any {
	if f, ok := u.e.(forwarder); ok {
		return f.saveForward(u.state)
	}
	return u.e.Save()
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

func (p *Process) saveForward(since any) any {
	s := since.(*procState)
	low, at := s.nframes, int(s.fields.base)-1
	if n := len(s.exposed); n > 0 {
		low, at = s.exposed[n-1].index, int(s.exposed[n-1].frame.base)-1
	}
	low, at = min(low, len(p.frames)), min(max(at, 0), len(p.stack))
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
