package record

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/conc-repl/conc-repl/runtime"
)

// Mode says what is recorded.
type Mode uint8

// The modes. Auto records all but forms that make more events than the budget:
// it steps aside from those, which then run at full speed.
const (
	Auto Mode = iota
	On        // the last events, as many as the budget holds
	Off
)

var modeNames = [...]string{Auto: "auto", On: "on", Off: "off"}

// String gives the mode as .record takes it.
func (m Mode) String() string { return modeNames[m] }

// ParseMode gives the mode of a name.
func ParseMode(name string) (Mode, error) {
	if i := slices.Index(modeNames[:], name); i >= 0 {
		return Mode(i), nil
	}
	return 0, errors.New("it is auto, on or off")
}

const (
	// Budget is how many events are kept.
	Budget = 20_000
	// statesPerEvent bounds the journal: events that change much, such as
	// computing a long lazy sequence, count for several.
	statesPerEvent = 20
)

// Event is one event of the record.
type Event struct {
	runtime.Event
	N int // its number, from 1
}

// moment is a state of the world to which one can go.
type moment struct {
	n     int // how many events had happened
	time  time.Duration
	stop  bool // a person saw it
	muted bool // the shell's process was at work for the prompt
}

// Entry is a form that was evaluated, with the number of events before it.
type Entry struct {
	After  int
	Text   string
	moment int // just before it
}

// Record is the record of one world.
type Record struct {
	w       *runtime.World
	mode    Mode
	running bool
	muted   bool
	virtual bool // the world's clock is virtual when it is not paused
	paused  bool
	aside   bool // it has left a form that made more events than the budget

	gone     int // events that were forgotten, which had the numbers up to it
	events   []Event
	entries  []Entry
	moments  []moment // as many as the runtime's record has checkpoints, those ahead among them
	at       int      // how many events have happened at the moment shown
	formFrom int      // events before the form that runs
	forms    int      // that were evaluated, recorded or not
	cancel   func()
}

// New makes the record of a world, which begins with the next Entry.
func New(w *runtime.World) *Record { return &Record{w: w, virtual: w.Virtual()} }

// Mode gives what is recorded.
func (r *Record) Mode() Mode { return r.mode }

// SetMode changes what is recorded; Off forgets everything.
func (r *Record) SetMode(m Mode) {
	r.mode = m
	if m == Off {
		r.Drop()
	}
}

// Enter notes that a form is about to be evaluated, and begins to record if
// it is to.
func (r *Record) Enter(text string) {
	r.formFrom = r.at
	r.forms++
	if r.mode == Off || r.w.Holding() {
		return
	}
	r.start()
	r.entries = append(r.entries, Entry{r.at, text, r.Moment()})
}

// Ensure begins to record, whatever the mode: a stepper needs it.
func (r *Record) Ensure() { r.start() }

func (r *Record) start() {
	if r.running {
		r.Mark()
		return
	}
	r.running, r.aside = true, false
	r.cancel = r.w.Subscribe(r.note)
	r.Mark()
	r.w.Tape(r.tick)
}

// Drop forgets the record, and lets the world run at full speed.
func (r *Record) Drop() {
	if !r.running {
		return
	}
	r.running = false
	r.w.Tape(nil)
	r.w.Release(0)
	r.cancel()
	r.gone += len(r.events)
	r.events, r.entries, r.moments, r.at = nil, nil, nil, r.gone
}

// Follow has the record take part again in a world that runs by itself, after
// a stepper, which marks moments of its own.
func (r *Record) Follow() {
	switch {
	case r.running && r.mode == Off:
		r.Drop()
	case r.running:
		r.w.Tape(r.tick)
	}
}

// note takes in an event of the world.
func (r *Record) note(e *runtime.Event) {
	if r.w.Holding() || e.Proc == r.w.Shell && (r.muted || e.Kind == "exit") {
		return
	}
	r.truncate()
	r.at++
	r.events = append(r.events, Event{*e, r.at})
}

// truncate drops the future that was left when the world went on from an
// earlier moment.
func (r *Record) truncate() {
	r.events = r.events[:r.at-r.gone]
	for n := len(r.entries); n > 0 && r.entries[n-1].After > r.at; n-- {
		r.entries = r.entries[:n-1]
	}
}

// tick is called by the world whenever something has happened.
func (r *Record) tick() {
	large := r.w.JournalSize() > Budget*statesPerEvent
	if r.mode == Auto && (large || r.at-r.formFrom > Budget) {
		r.Drop()
		r.aside = true
		return
	}
	r.Mark()
	if large || len(r.events) > Budget+Budget/4 {
		r.forget(len(r.moments) / 4)
	}
}

// forget gives up the n oldest moments.
func (r *Record) forget(n int) {
	n = min(n, len(r.moments)-1)
	if n <= 0 {
		return
	}
	r.w.Forget(n)
	r.moments = slices.Clone(r.moments[n:])
	for i := range r.entries {
		r.entries[i].moment -= n
	}
	drop := r.moments[0].n - r.gone
	r.events = slices.Clone(r.events[drop:])
	r.gone += drop
	for len(r.entries) > 1 && r.entries[1].After <= r.gone {
		r.entries = r.entries[1:]
	}
}

// Mark makes the present a moment to which one can go.
func (r *Record) Mark() {
	if r.w.Holding() {
		return
	}
	last, ahead := r.w.Recorded()
	if ahead == 0 && last >= 0 && !r.w.Unsaved() && r.moments[last].n == r.at {
		return
	}
	n := r.w.Record()
	r.moments = append(r.moments[:n], moment{n: r.at, time: r.w.Elapsed(), muted: r.muted})
	r.truncate()
}

// Stop makes the present a moment that Back counts, even if nothing has
// happened that is an event.
func (r *Record) Stop() {
	r.Mark()
	if last, _ := r.w.Recorded(); last >= 0 {
		r.moments[last].stop = true
	}
}

// Back goes k moments back; Redo goes k forward, along what was recorded. Each
// gives how many it could go.
func (r *Record) Back(k int) int { return r.walk(k, -1) }

// Redo goes forward; see Back.
func (r *Record) Redo(k int) int { return r.walk(k, 1) }

func (r *Record) walk(k, by int) int {
	if !r.running {
		return 0
	}
	r.Pause()
	i, _ := r.w.Recorded()
	to, n, went := i, r.moments[i].n, 0
	for j := i + by; j >= 0 && j < len(r.moments) && went < k; j += by {
		if m := r.moments[j]; m.n != n || m.stop {
			to, n = j, m.n
			went++
		}
	}
	if last := len(r.moments) - 1; by > 0 && r.moments[to].n == r.moments[last].n && !r.stopsAfter(to) {
		to = last // the present: on the way there nothing happens
	}
	r.move(to)
	return went
}

// stopsAfter reports whether a person has stopped at a later moment.
func (r *Record) stopsAfter(i int) bool {
	return slices.ContainsFunc(r.moments[i+1:], func(m moment) bool { return m.stop })
}

// Mute sets whether what the shell's process does is kept out of the record:
// the prompt's own work, such as printing a result.
func (r *Record) Mute(on bool) { r.muted = on }

// Muted reports whether the shell's process is at the prompt's own work, at
// the moment where the world is.
func (r *Record) Muted() bool { return r.muted }

// Running reports whether the world is being recorded.
func (r *Record) Running() bool { return r.running }

// Events gives the events that are kept, those ahead of the moment shown among them.
func (r *Record) Events() []Event { return r.events }

// Entries gives the forms that were evaluated.
func (r *Record) Entries() []Entry { return r.entries }

// Forms gives how many forms were evaluated, also those that were not recorded.
func (r *Record) Forms() int { return r.forms }

// At gives the number of the last event before the moment shown.
func (r *Record) At() int { return r.at }

// Moment gives the number of the moment where the world is; going back to it
// gives the same number, until the oldest ones are forgotten.
func (r *Record) Moment() int {
	last, _ := r.w.Recorded()
	return last
}

// Range gives the numbers of the first and the last event that are kept;
// last < first if there are none.
func (r *Record) Range() (first, last int) { return r.gone + 1, r.gone + len(r.events) }

// Event gives the event of a number.
func (r *Record) Event(n int) (Event, bool) {
	if i := n - r.gone - 1; i >= 0 && i < len(r.events) {
		return r.events[i], true
	}
	return Event{}, false
}

// ByStep gives the event with a step of the world, such as the cause of another.
func (r *Record) ByStep(step uint64) (Event, bool) {
	i := sort.Search(len(r.events), func(i int) bool { return r.events[i].Step >= step })
	if i < len(r.events) && r.events[i].Step == step && step > 0 {
		return r.events[i], true
	}
	return Event{}, false
}

// Paused reports whether the world stands still, perhaps at a moment of the past.
func (r *Record) Paused() bool { return r.paused }

// Pause has the clock stand still. The world must not be run until Resume.
func (r *Record) Pause() {
	if !r.paused {
		r.paused = true
		r.Mark()
		r.w.SetTime(r.w.Elapsed(), true)
	}
}

// Resume lets the clock go on, and the world from the moment where it is: if
// that is one of the past, what was recorded after it is forgotten.
func (r *Record) Resume() {
	if !r.paused {
		return
	}
	r.paused = false
	r.w.Resume()
	last, _ := r.w.Recorded()
	r.moments = append(r.moments[:last], moment{n: r.at, time: r.w.Elapsed(), muted: r.muted})
	r.truncate()
	r.formFrom = r.at
	r.w.SetTime(r.w.Elapsed(), r.virtual)
}

// Goto pauses the world and brings it to the moment just after event n; 0 or
// the number before the first event kept stand for the beginning.
func (r *Record) Goto(n int) error {
	first, last := r.Range()
	if err := r.Available(); err != nil {
		return err
	}
	switch {
	case n < first-1 || n > last:
		return fmt.Errorf("there is no event %d: the record has %d to %d", n, first, last)
	}
	r.Pause()
	i := len(r.moments) - 1
	if n < last {
		i = sort.Search(i, func(i int) bool { return r.moments[i].n >= n })
	}
	r.move(i)
	return nil
}

// Available says, as an error, why there is no record, nil if there is one.
func (r *Record) Available() error {
	if first, last := r.Range(); r.running && first <= last {
		return nil
	}
	return errors.New("nothing is recorded" + r.why())
}

func (r *Record) why() string {
	switch {
	case r.mode == Off:
		return " (.record on records)"
	case r.aside:
		return fmt.Sprintf(": the last form made more than the %d events that a record holds (.record on keeps the last ones)", Budget)
	}
	return " yet"
}

// move brings the world to moment i.
func (r *Record) move(i int) {
	for last, _ := r.w.Recorded(); last < i && r.w.Forward(); {
		last, _ = r.w.Recorded()
	}
	r.w.Rewind(i)
	r.at, r.muted = r.moments[i].n, r.moments[i].muted
	r.w.SetTime(r.moments[i].time, true)
}

// Visit calls look at the moment just after each event from one number to
// another, and then returns to where the world was.
func (r *Record) Visit(from, to int, look func(n int)) (err error) {
	r.away(func() {
		for n := from; n <= to && err == nil; n++ {
			if err = r.Goto(n); err == nil {
				look(n)
			}
		}
	})
	return err
}

// Last gives the form that was evaluated last, with its events up to now, and
// calls look in the world as it was before it. It then returns to where the
// world was.
func (r *Record) Last(look func(form string, events []runtime.Event)) error {
	if err := r.Available(); err != nil {
		return err
	}
	if len(r.entries) == 0 || r.entries[len(r.entries)-1].moment < 0 {
		return errors.New("the beginning of the last form is no longer recorded")
	}
	e := r.entries[len(r.entries)-1]
	var events []runtime.Event
	for _, x := range r.Between(e.After, r.at) {
		events = append(events, x.Event)
	}
	r.away(func() {
		r.move(e.moment)
		look(e.Text, events)
	})
	return nil
}

// away pauses the world for f, which may go to other moments, and then returns.
func (r *Record) away(f func()) {
	was, muted := r.paused, r.muted
	r.Pause()
	here, _ := r.w.Recorded()
	f()
	r.move(here)
	if r.muted = muted; !was {
		r.unpause()
	}
}

// unpause ends a pause in which the world only was looked at.
func (r *Record) unpause() {
	r.paused = false
	r.w.SetTime(r.w.Elapsed(), r.virtual)
}

// Between gives the events of which one goes back over, or forward, between
// two moments.
func (r *Record) Between(a, b int) []Event {
	lo, hi := min(a, b), max(a, b)
	first, last := r.Range()
	lo, hi = max(lo, first-1), min(hi, last)
	return r.events[lo-r.gone : max(hi, lo)-r.gone]
}
