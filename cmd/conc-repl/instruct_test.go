package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// instructed is how many instructions of each program are done one by one.
const instructed = 30_000

// runInstructed runs a program form by form, the first instructions of it one
// by one, and gives its output and how many those were.
func runInstructed(t *testing.T, n lang.Notation, name, text string, left int) (string, int) {
	t.Helper()
	var out bytes.Buffer
	s := session.New(session.Options{Options: runtime.Options{Virtual: true}, Notation: n, Out: &out, Err: &out})
	w, done := s.World, 0
	r := s.Reader(&lang.Source{Name: name, Text: text})
	for {
		form, ok, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return out.String(), done
		}
		s.Eval(form)
		for s.Busy() {
			for ready := w.Runnable(); s.Busy() && left > 0 && len(ready) > 0; ready = w.Runnable() {
				for p := first(ready); p.Status == runtime.Ready && left > 0; left-- {
					w.Instruct(p)
					done++
				}
			}
			why := w.Run(runtime.Limits{Until: func() bool { return !s.Busy() || left > 0 && len(w.Runnable()) > 0 }, Timers: true})
			if _, exited := s.Exited(); exited || why == runtime.Still {
				return out.String(), done
			}
		}
		if _, e := s.Value(); e != nil {
			return out.String() + e.Error(), done
		}
	}
}

// first gives who has been ready longest.
func first(ready []*runtime.Process) *runtime.Process {
	p := ready[0]
	for _, q := range ready {
		if q.Since() < p.Since() {
			p = q
		}
	}
	return p
}

// TestInstructConformance runs the conformance programs instruction by
// instruction: they print what they print when the machine's loops run them.
func TestInstructConformance(t *testing.T) {
	waits := pending(t)
	for _, system := range conformances {
		files, _ := filepath.Glob(filepath.Join(conformance, system.folder, "*"+system.ext))
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), system.ext)
			if waits[system.folder+" "+name] != "" {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			n := lang.ClojureNotation
			if system.folder == "elixir" {
				n = lang.ElixirNotation
			}
			t.Run(system.folder+"/"+name, func(t *testing.T) {
				want, _ := runInstructed(t, n, name, string(text), 0)
				got, done := runInstructed(t, n, name, string(text), instructed)
				if normal(got) != normal(want) {
					t.Errorf("the output differs: %s", diff(want, got))
				}
				if done < 30 {
					t.Errorf("only %d instructions were done one by one", done)
				}
			})
		}
	}
}
