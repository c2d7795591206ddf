package runtime

// keptLosses is how many losses a world remembers.
const keptLosses = 64

// losses are the last events whose signal nobody got.
type losses struct {
	Stamped
	q Queue[Event]
}

// Save gives the losses.
func (l *losses) Save() any { return l.q }

// Restore puts losses back.
func (l *losses) Restore(s any) { l.q = s.(Queue[Event]) }

// Lose is Emit for an event whose signal nobody gets: an offer while nobody waits, a
// value that a full buffer drops, a message to a process that has ended. The world
// remembers the last ones, recorded or not: they tell why another waits for ever.
func (w *World) Lose(e Event) {
	w.Emit(e)
	e.Step, e.Time = w.steps, w.clock.now()
	if e.Proc != nil {
		e.Pos = e.Proc.Pos()
	}
	w.Touch(&w.losses)
	if w.losses.q.Len() == keptLosses {
		w.losses.q.Pop()
	}
	w.losses.q.Push(e)
}

// Losses gives the events that Lose was told of last, oldest first.
func (w *World) Losses() []Event { return w.losses.q.Slice() }
