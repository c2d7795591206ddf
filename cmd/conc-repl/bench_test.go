package main

import (
	"os"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// evalAll evaluates the forms of a text in a session and gives the last value.
func evalAll(t testing.TB, s *session.Session, text string) lang.Value {
	t.Helper()
	r := s.Reader(&lang.Source{Name: "bench", Text: text})
	last := lang.Nil
	for {
		form, ok, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return last
		}
		s.Eval(form)
		s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Timers: true})
		v, e := s.Value()
		if e != nil {
			t.Fatal(s.ScriptReport(e))
		}
		last = v
	}
}

// benchmarks tells of a program of scripts/bench which part of it to run: what
// stands before the mark, and then the call.
var benchmarks = []struct {
	file, mark, call string
	notation         lang.Notation
}{
	{"clojure.clj", "(defn ms ", "(run)", lang.ClojureNotation},
	{"conc.clj", "(defn ms ", "(run)", lang.ClojureNotation},
	{"elixir.exs", "\nms = fn", "Bench.run()", lang.ElixirNotation},
}

// BenchmarkPrograms runs the programs of scripts/bench. It is for profiles;
// `go run ./scripts/bench` compares. With -benchtime 1s, so that each program
// counts alike, and -cpuprofile default.pgo it makes the profile anew for which the
// compiler optimises the binary.
func BenchmarkPrograms(b *testing.B) {
	session.TuneGC(session.HeapBudget())
	dirs, _ := filepath.Glob("../../scripts/bench/*")
	for _, dir := range dirs {
		for _, m := range benchmarks {
			text, err := os.ReadFile(filepath.Join(dir, m.file))
			program, _, found := strings.Cut(string(text), m.mark)
			if err != nil || !found {
				continue
			}
			b.Run(filepath.Base(dir)+"/"+m.file, func(b *testing.B) {
				s := session.New(session.Options{Notation: m.notation})
				evalAll(b, s, program)
				b.ResetTimer()
				for range b.N {
					evalAll(b, s, m.call)
				}
			})
		}
	}
}

// BenchmarkParked reports what a process that waits in a receive costs, and a
// go block that waits on a channel, in bytes of live heap; the channel is
// counted in.
func BenchmarkParked(b *testing.B) {
	for name, form := range map[string]string{
		"actor": "(dotimes [_ 100000] (spawn (fn [] (receive :stop nil))))",
		"go":    "(def held (vec (repeatedly 100000 chan))) (doseq [c held] (go (<! c)))",
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				s := session.New(session.Options{})
				before := liveHeap()
				evalAll(b, s, form)
				s.World.Run(runtime.Limits{})
				b.ReportMetric(float64(liveHeap()-before)/100000, "B/process")
				goruntime.KeepAlive(s)
			}
		})
	}
}

func liveHeap() uint64 {
	goruntime.GC()
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	return m.HeapAlloc
}
