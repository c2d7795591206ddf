package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// replay runs a program form by form and gives its events and its output.
// disturb is called between slices, with the events so far.
func replay(t *testing.T, name, text string, disturb func(w *runtime.World, events *[]string)) ([]string, string) {
	t.Helper()
	var out, errs bytes.Buffer
	s := session.New(session.Options{Options: runtime.Options{Virtual: true, Budget: 200}, Out: &out, Err: &errs})
	w := s.World
	var events []string
	w.Subscribe(func(e *runtime.Event) {
		p := uint64(0)
		if e.Proc != nil {
			p = e.Proc.Num
		}
		events = append(events, fmt.Sprintf("%d %s p%d %s %s", e.Step, e.Time, p, e.Kind, normal(e.Note)))
	})
	r := s.Reader(&lang.Source{Name: name, Text: text})
	for {
		form, ok, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			break
		}
		s.Eval(form)
		for s.Busy() {
			w.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Reductions: 1, Timers: true})
			if s.Busy() && disturb != nil {
				disturb(w, &events)
			}
		}
		if w.Journalling() {
			w.Release(0)
			w.Out.Flush()
			w.Err.Flush()
		}
	}
	return events, out.String()
}

// TestRollbackConformance runs the conformance programs with checkpoints at
// random points, rolls back to some of them, and runs on: the events and the
// output must be those of a run that nobody disturbed.
func TestRollbackConformance(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(conformance, "clojure", "*.clj"))
	waits := pending(t)
	for i, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".clj")
		if waits[name] != "" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			want, wantOut := replay(t, name, string(text), nil)
			rng := rand.New(rand.NewPCG(uint64(i), 7))
			var marks []int
			var at []int
			left := 300 // disturbances, so that the longest programs stay short
			got, gotOut := replay(t, name, string(text), func(w *runtime.World, events *[]string) {
				if !w.Journalling() {
					marks, at = nil, nil
				}
				if left--; left < 0 {
					return
				}
				switch n := len(marks); {
				case rng.IntN(3) == 0 && n < 20:
					marks, at = append(marks, w.Checkpoint()), append(at, len(*events))
				case rng.IntN(3) == 0 && n > 0:
					to := rng.IntN(n)
					w.Rollback(marks[to])
					*events = (*events)[:at[to]]
					marks, at = marks[:to+1], at[:to+1]
				}
			})
			if gotOut != wantOut {
				t.Errorf("the output differs: %s", diff(wantOut, gotOut))
			}
			if a, b := strings.Join(want, "\n"), strings.Join(got, "\n"); a != b {
				t.Errorf("the events differ: %s", diff(a, b))
			}
		})
	}
}
