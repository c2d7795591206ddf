package record_test

import (
	"io"
	"slices"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// talk are processes that hand a value to and fro.
const talk = `(let [a (chan) b (chan)]
  (go (loop [] (when-let [v (<! a)] (>! b v) (recur))))
  (dotimes [i 1000] (>!! a i) (<!! b)))`

// evaluate evaluates the forms of a text under a record, which may be nil.
func evaluate(t testing.TB, s *session.Session, r *record.Record, text string) {
	t.Helper()
	reader := s.Reader(&lang.Source{Name: "test", Text: text})
	for {
		form, ok, err := reader.Read()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return
		}
		if r != nil {
			r.Enter(text)
		}
		s.Eval(form)
		s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Timers: true})
		if _, e := s.Value(); e != nil {
			t.Fatal(e)
		}
	}
}

func newSession() *session.Session {
	return session.New(session.Options{Options: runtime.Options{Virtual: true}, Out: io.Discard, Err: io.Discard})
}

// BenchmarkEvent tells what recording costs: the time for 1,000 round trips,
// about 5,000 events, with and without.
func BenchmarkEvent(b *testing.B) {
	for name, on := range map[string]bool{"recorded": true, "plain": false} {
		b.Run(name, func(b *testing.B) {
			s := newSession()
			for b.Loop() {
				var r *record.Record
				if on {
					r = record.New(s.World)
				}
				evaluate(b, s, r, talk)
				if on {
					r.Drop()
				}
			}
		})
	}
}

// TestAuto steps aside from a form that makes more events than the budget, and
// is there again for the next.
func TestAuto(t *testing.T) {
	s := newSession()
	r := record.New(s.World)
	evaluate(t, s, r, `(let [c (chan 1)] (dotimes [i 30000] (>!! c i) (<!! c)))`)
	if r.Running() {
		t.Error("it records a form of 60,000 events")
	}
	if err := r.Goto(1); err == nil {
		t.Error("it went back over a form that it does not have")
	}
	evaluate(t, s, r, `(let [c (chan 1)] (>!! c 1) (<!! c))`)
	first, last := r.Range()
	if !r.Running() || last-first != 1 {
		t.Errorf("running %v, events %d to %d", r.Running(), first, last)
	}
}

// TestOn keeps the last events of a long form, as many as the budget holds,
// and goes back to the oldest of them.
func TestOn(t *testing.T) {
	s := newSession()
	r := record.New(s.World)
	r.SetMode(record.On)
	evaluate(t, s, r, `(let [c (chan 1)] (dotimes [i 30000] (>!! c i) (<!! c)))`)
	first, last := r.Range()
	if n := last - first + 1; last != 60000 || n < record.Budget/2 || n > 2*record.Budget {
		t.Fatalf("events %d to %d", first, last)
	}
	for _, n := range []int{first, last, (first + last) / 2, first} {
		if err := r.Goto(n); err != nil || r.At() != n {
			t.Errorf("to event %d: at %d, %v", n, r.At(), err)
		}
	}
	if err := r.Goto(first - 2); err == nil {
		t.Error("it went to an event that is forgotten")
	}
}

func TestOff(t *testing.T) {
	s := newSession()
	r := record.New(s.World)
	evaluate(t, s, r, `(let [c (chan 1)] (>!! c 1))`)
	r.SetMode(record.Off)
	evaluate(t, s, r, `(let [c (chan 1)] (>!! c 1))`)
	if first, last := r.Range(); r.Running() || last >= first || s.World.Journalling() {
		t.Errorf("running %v, events %d to %d, a journal: %v", r.Running(), first, last, s.World.Journalling())
	}
}

// TestSameRun compares the events of a run with those that the record has of
// it: recording changes no schedule.
func TestSameRun(t *testing.T) {
	events := func(recorded bool) (out []string) {
		s := newSession()
		var r *record.Record
		if recorded {
			r = record.New(s.World)
		}
		s.World.Subscribe(func(e *runtime.Event) { out = append(out, e.Kind+" "+e.Note+" "+s.World.Show(e.Value)) })
		evaluate(t, s, r, talk)
		return out
	}
	plain, recorded := events(false), events(true)
	if len(plain) < 4000 || !slices.Equal(plain, recorded) {
		t.Errorf("%d events, %d recorded, or other ones", len(plain), len(recorded))
	}
}

// TestFutureIsDropped goes on from the past: what had come after is gone.
func TestFutureIsDropped(t *testing.T) {
	s := newSession()
	r := record.New(s.World)
	evaluate(t, s, r, `(def a (atom 0))`)
	for range 5 {
		evaluate(t, s, r, `(swap! a inc)`)
	}
	_, last := r.Range()
	if err := r.Goto(last - 2); err != nil {
		t.Fatal(err)
	}
	if n := r.Redo(1); n != 1 {
		t.Errorf("forward by %d", n)
	}
	r.Back(1)
	r.Resume()
	r.Follow()
	evaluate(t, s, r, `(def b @a)`)
	if n := r.Redo(1); n != 0 {
		t.Errorf("forward by %d into a future that was dropped", n)
	}
	v := s.Lookup("b")
	if v == nil || !lang.Identical(v.Root(), lang.Int(3)) {
		t.Errorf("the atom is %v", v)
	}
}
