package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The bounds of a text under fuzzing. They are generous to what programs do,
// and let an endless one end soon.
const (
	fuzzHeap  = 256 << 20       // bytes
	fuzzStack = 50_000          // values
	fuzzWork  = 2_000           // reductions of one form; the library does a lot for each
	fuzzForms = 100             // evaluated of one text
	fuzzText  = 8 << 10         // bytes
	fuzzTime  = 5 * time.Minute // that only a hang can reach, however slow the machine
)

// outside finds what reaches out of the world: files, whose state and speed
// no seed decides.
var outside = regexp.MustCompile(`spit|slurp|load-|java\.io|java\.nio|File|getenv|InternalError`)

// trail is what a text left behind.
type trail struct {
	events []string
	out    string
	forms  int
	faults []string // errors that only the machine itself can be at fault for
}

// evalBounded evaluates the forms of a text one by one, each within the
// bounds, in a session of its own.
func evalBounded(text string) trail {
	var t trail
	var out bytes.Buffer
	s := session.New(session.Options{
		Options: runtime.Options{Virtual: true, Seed: 1, Budget: 100, HeapLimit: fuzzHeap, StackLimit: fuzzStack},
		Out:     &out, Err: &out,
		Lines: func() (string, bool) { return "", false },
	})
	s.World.Subscribe(func(e *runtime.Event) {
		p := uint64(0)
		if e.Proc != nil {
			p = e.Proc.Num
		}
		t.events = append(t.events, fmt.Sprintf("%d %s p%d %s %s", e.Step, e.Time, p, e.Kind, e.Note))
	})
	// finish ends the shell's work, by force if it takes too much or waits for ever.
	finish := func() (lang.Value, bool) {
		s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Reductions: fuzzWork, Timers: true})
		s.Interrupt()
		v, e := s.Result()
		if e != nil {
			out.WriteString(s.Report(e))
			if e.Class.Name == "java.lang.InternalError" {
				t.faults = append(t.faults, s.ScriptReport(e))
			}
		}
		return v, e == nil
	}
	for r := s.Reader(&lang.Source{Name: "fuzz", Text: text}); t.forms < fuzzForms; t.forms++ {
		form, ok, err := r.Read()
		if err != nil {
			out.WriteString(s.Syntax(err))
		}
		if err != nil || !ok {
			break
		}
		s.Eval(form)
		if v, ok := finish(); ok {
			s.Remember(v)
			s.Print(v, false)
			finish()
		}
	}
	s.World.Run(runtime.Limits{Reductions: fuzzWork, Timers: true})
	s.Eval(lang.K("alive"))
	if v, ok := finish(); !ok || !lang.Identical(v, lang.K("alive")) {
		t.faults = append(t.faults, "the session is lost")
	}
	s.World.Out.Flush()
	s.World.Err.Flush()
	t.out = out.String()
	return t
}

// fuzzSeeds gives the conformance programs, the article's, and single forms
// that strain one bound each.
func fuzzSeeds(t testing.TB) []string {
	seeds := []string{
		"(loop [] (recur))", "(range)", "(defn f [n] (inc (f n))) (f 1)", "(<!! (chan))", "(receive)", "(throw nil)",
		"(go (loop [] (recur)))", "(def x (iterate inc 0)) (last x)", "(apply str (repeat 10 \"ab\"))",
		"(let [a (atom [])] (reset! a [a]) @a)", "(try (/ 1 0) (finally (loop [] (recur))))",
		"(spawn #(exit (self) :kill)) (receive :x :after 5 :late)", "(System/exit 3) 1", "(ns other) (def + 1)",
		"(defmacro m [x] `(m ~x)) (m 1)", "(sort > [1 :a])", "(hash (range))", "#(", "\"", "##", "^", "'", "#?(", "\\",
		"(exit (self) :kill)", "(.foo nil)", "(new)", "(def)", "(fn* ([x] x) ([y] y))", "(quote)", "(recur)", "(catch)", "(var 1)",
	}
	for _, pattern := range []string{conformance + "/clojure/*.clj", "../../scripts/article/*.clj"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no seeds: %v", pattern, err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			seeds = append(seeds, string(b))
		}
	}
	return seeds
}

// FuzzEval holds that no text ends the session, hangs it or finds a fault of
// the machine, and that each gives the same events and the same output when
// it is evaluated again.
func FuzzEval(f *testing.F) {
	for _, s := range fuzzSeeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > fuzzText || outside.MatchString(text) {
			t.Skip()
		}
		watchdog := time.AfterFunc(fuzzTime, func() { panic("this text hangs: " + text) })
		defer watchdog.Stop()
		first := evalBounded(text)
		if len(first.faults) > 0 {
			t.Fatalf("%q:\n%s", text, strings.Join(first.faults, "\n"))
		}
		if first.forms == 0 || heapFull() {
			return
		}
		again := evalBounded(text)
		if heapFull() {
			return
		}
		if again.out != first.out {
			t.Errorf("%q: the output differs: %s", text, diff(first.out, again.out))
		}
		if !slices.Equal(first.events, again.events) {
			t.Errorf("%q: the events differ: %s", text, diff(strings.Join(first.events, "\n"), strings.Join(again.events, "\n")))
		}
	})
}

// heapFull reports whether the heap budget may have been felt: when it is,
// depends on the collector, so that what came of it is no fault.
func heapFull() bool {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() > fuzzHeap/2
}
