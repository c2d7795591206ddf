package runtime

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
)

// Event is one thing that happened: each operation emits exactly one when it
// commits. Views, the recorder and the explorer subscribe to them.
type Event struct {
	Step   uint64        // its place in the run, from 1
	Time   time.Duration // of the world's clock, since its start
	Kind   string        // spawn exit send remove put take alts close park ...
	Proc   *Process      // who did it
	Peer   *Process      // who else took part: the partner of a hand-over
	Entity Entity
	Value  lang.Value
	Note   string
	Pos    lang.Pos
	Cause  uint64 // the step that made it possible, 0 if none
	Ord    uint64 // which one of its kind it is on the entity, from 1, where that tells what depends on it
}

// Subscribe has every later event sent to f, until the function that it gives
// is called. Who keeps an event copies it: an explorer renumbers its own.
func (w *World) Subscribe(f func(*Event)) (cancel func()) {
	w.sinkSerial++
	id := w.sinkSerial
	w.sinks = append(w.sinks, sink{id, f})
	return func() {
		for i := range w.sinks {
			if w.sinks[i].id == id {
				w.sinks = append(w.sinks[:i:i], w.sinks[i+1:]...)
				return
			}
		}
	}
}

type sink struct {
	id int
	f  func(*Event)
}

func (w *World) watched() bool { return len(w.sinks) > 0 }

// Emit tells the subscribers of an event. It fills in step, time and place.
// Without subscribers it only counts.
func (w *World) Emit(e Event) {
	if w.Occurs() {
		w.Tell(e)
	}
}

// Occurs and Tell are the parts of Emit, for events that are so frequent that
// none is to be made of which nobody wants to know. Occurs counts an event
// and reports whether it is to be told.
func (w *World) Occurs() bool {
	w.steps++
	return len(w.sinks) > 0
}

// Tell tells the subscribers of an event for which Occurs holds.
func (w *World) Tell(e Event) {
	e.Step, e.Time = w.steps, w.clock.now()
	if e.Proc != nil && !e.Pos.IsValid() {
		e.Pos = e.Proc.Pos()
	}
	for i := range w.sinks {
		w.sinks[i].f(&e)
	}
}

func (w *World) emitPark(p *Process, op Op) {
	w.Emit(Event{Kind: "park", Proc: p, Note: op.About(p)})
}
