package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// recorded is a program that runs under a record.
type recorded struct {
	s   *session.Session
	rec *record.Record
	out bytes.Buffer
}

// runRecorded runs a program form by form, and calls disturb now and then
// between two slices.
func runRecorded(t *testing.T, n lang.Notation, name, text string, disturb func(r *recorded)) *recorded {
	t.Helper()
	r := &recorded{}
	r.s = session.New(session.Options{Options: runtime.Options{Virtual: true, Budget: 200}, Notation: n, Out: &r.out, Err: &r.out})
	r.rec = record.New(r.s.World)
	r.rec.SetMode(record.On)
	w := r.s.World
	reader := r.s.Reader(&lang.Source{Name: name, Text: text})
	for {
		form, ok, err := reader.Read()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return r
		}
		r.rec.Enter(name)
		r.s.Eval(form)
		for r.s.Busy() {
			why := w.Run(runtime.Limits{Until: func() bool { return !r.s.Busy() }, Reductions: 20, Timers: true})
			if _, exited := r.s.Exited(); exited || why == runtime.Still {
				return r
			}
			disturb(r)
		}
		if _, e := r.s.Value(); e != nil { // it also takes over what the form has bound
			return r
		}
	}
}

// seen describes the moment at which the world is, as a person sees it.
func (r *recorded) seen() string {
	w := r.s.World
	c := w.Checkpoint() // looking gives channels their names
	defer func() { w.Rollback(c); w.Release(c) }()
	var b bytes.Buffer
	views.Processes(&b, w)
	views.ChannelLines(&b, w, 50)
	views.MailboxLines(&b, w, 50)
	views.TimerLines(&b, w, 50)
	views.References(&b, w)
	for _, p := range w.Processes() {
		for _, call := range p.Scopes() {
			fmt.Fprintln(&b, p.Name(), call.Name, call.Pos)
			for _, l := range call.Locals {
				fmt.Fprintf(&b, "  %s = %.100s\n", l.Name, w.Show(l.Value))
			}
		}
	}
	return b.String()
}

// TestRewindConformance walks back and forward at random through the runs of
// the conformance programs: each moment must look the same at each visit, and when
// the world goes on from the present it must do what it does undisturbed.
func TestRewindConformance(t *testing.T) {
	waits := pending(t)
	for _, system := range conformances {
		files, _ := filepath.Glob(filepath.Join(conformance, system.folder, "*"+system.ext))
		for i, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), system.ext)
			if waits[system.folder+" "+name] != "" || testing.Short() && i%4 > 0 {
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
			t.Run(system.folder+"/"+name, func(t *testing.T) { rewindProgram(t, n, name, string(text), uint64(i)) })
		}
	}
}

// leastVisited is how many moments must be visited of each program: none is so
// short that it has fewer.
const leastVisited = 2

func rewindProgram(t *testing.T, n lang.Notation, name, text string, seed uint64) {
	want := runRecorded(t, n, name, text, func(*recorded) {})
	rng := rand.New(rand.NewPCG(seed, 11))
	walks, visited := 12, 0
	got := runRecorded(t, n, name, text, func(r *recorded) {
		if rng.IntN(4) > 0 || walks == 0 {
			return
		}
		walks--
		visited += wander(t, r, rng)
	})
	visited += wander(t, got, rng)
	if visited < leastVisited {
		t.Errorf("only %d moments were visited", visited)
	}
	if a, b := want.out.String(), got.out.String(); a != b {
		t.Errorf("the output differs: %s", diff(a, b))
	}
	_, a := want.rec.Range()
	if _, b := got.rec.Range(); a != b {
		t.Errorf("%d events, and %d undisturbed", b, a)
	}
}

// wander goes to some moments and back to the present. It gives how many it
// has visited.
func wander(t *testing.T, r *recorded, rng *rand.Rand) int {
	t.Helper()
	r.rec.Pause()
	present := r.rec.Moment()
	looks := map[int]string{present: r.seen()}
	for range 8 {
		if k := 1 + rng.IntN(30); rng.IntN(3) > 0 {
			r.rec.Back(k)
		} else {
			r.rec.Redo(k)
		}
		m := r.rec.Moment()
		now := r.seen()
		if was, ok := looks[m]; ok && was != now {
			t.Fatalf("moment %d looks different:\n%s\nwas:\n%s", m, now, was)
		}
		looks[m] = now
	}
	r.rec.Redo(1 << 30)
	if m := r.rec.Moment(); m != present || r.seen() != looks[present] {
		t.Fatalf("the present is moment %d, not %d, or looks different:\n%s\nwas:\n%s", m, present, r.seen(), looks[present])
	}
	r.rec.Resume()
	return len(looks)
}

// TestRewindFast goes from event 10,000 to others: each move is to take less
// than 50 ms, which is reported and not asserted, as all times are.
func TestRewindFast(t *testing.T) {
	const text = `(let [a (chan) b (chan)]
  (go (loop [] (when-let [v (<! a)] (>! b v) (recur))))
  (dotimes [i 2500] (>!! a i) (<!! b)))`
	r := runRecorded(t, lang.ClojureNotation, "ping", text, func(*recorded) {})
	_, last := r.rec.Range()
	if last < 5000 {
		t.Fatalf("only %d events", last)
	}
	for _, n := range []int{1, last, last / 2, last - 1, 2, last} {
		start := time.Now()
		if err := r.rec.Goto(n); err != nil {
			t.Fatal(err)
		}
		if r.rec.At() < n {
			t.Errorf("asked for event %d, at %d", n, r.rec.At())
		}
		t.Logf("to event %d of %d: %v", n, last, time.Since(start))
	}
}

// TestStepFile steps a file in a piped session, goes back, and draws the run
// in each format.
func TestStepFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "talk.clj")
	if err := os.WriteFile(file, []byte("(def c (chan))\n(go (>! c :hello))\n(println (<!! c))\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	input := "step\nstep\nback\nredo\n\ncontinue\n"
	for _, ext := range []string{"svg", "html", "mmd", "json", "shiviz", "dot"} {
		input += ".timeline " + filepath.Join(dir, "run."+ext) + "\n"
	}
	r := run(t, input, "step", file)
	for _, want := range []string{"talk.clj:2", "next: put :hello on c", "waits: take from c", ":hello\n", "events in"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("%q is not in:\n%s", want, r.stdout)
		}
	}
	if r.code != 0 || r.stderr != "" {
		t.Errorf("exit code %d: %s", r.code, r.stderr)
	}
	for _, ext := range []string{"svg", "html", "mmd", "json", "shiviz", "dot"} {
		b, err := os.ReadFile(filepath.Join(dir, "run."+ext))
		if err != nil || len(b) < 100 || !strings.Contains(string(b), ":hello") && !strings.Contains(string(b), "hello") {
			t.Errorf("run.%s: %d bytes, %v", ext, len(b), err)
		}
	}
	if r := run(t, "", "step", filepath.Join(dir, "no.clj")); r.code != 2 {
		t.Errorf("a file that is not there: exit code %d", r.code)
	}
}
