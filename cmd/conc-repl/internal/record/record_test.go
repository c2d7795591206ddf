package record_test

import (
	"io"
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
