package explore_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// programs is how many random programs are compared; more can be asked for.
var programs = flag.Int("programs", 40, "number of random programs")

// newWorld makes a world with both models, and the definitions of files.
func newWorld(t testing.TB, files ...string) *runtime.World {
	t.Helper()
	w := runtime.NewWorld(runtime.Options{Virtual: true})
	core.Install(w)
	channels.Install(w)
	actors.Install(w)
	w.Out.W, w.Err.W = io.Discard, io.Discard
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "explore", f))
		if err != nil {
			t.Fatal(err)
		}
		eval(t, w, string(text))
	}
	return w
}

func eval(t testing.TB, w *runtime.World, text string) {
	t.Helper()
	for _, form := range read(t, w, text) {
		w.Eval(lang.Obj(core.EvalNative), form)
		w.Run(runtime.Limits{})
		if _, e := w.Shell.Result(); e != nil {
			t.Fatal(e)
		}
	}
}

func read(t testing.TB, w *runtime.World, text string) []lang.Value {
	t.Helper()
	r := clojure.New(&lang.Source{Name: "test", Text: text}, core.NewResolver(w.Shell))
	var forms []lang.Value
	for {
		form, ok, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return forms
		}
		forms = append(forms, form)
	}
}

// starter begins to evaluate a form.
func starter(t testing.TB, w *runtime.World, text string) explore.Start {
	form := read(t, w, "(pr-str "+text+")")[0]
	return func() *runtime.Process {
		w.Eval(lang.Obj(core.EvalNative), form)
		return w.Shell
	}
}

func exploreText(t testing.TB, w *runtime.World, text string, o explore.Options) *explore.Result {
	t.Helper()
	o.Show = func(v lang.Value) string { s, _ := v.AsString(); return s }
	return explore.Explore(w, starter(t, w, text), o)
}

// oracles are programs of testdata/explore with how many behaviours they have,
// and how many of them are bad: numbers on which Concuerror, Nidhugg and going
// through all interleavings agree. None may be run twice, or begun in vain.
var oracles = []struct {
	file, form   string
	classes, bad int
}{
	{"readers.clj", "(readers 3)", 8, 0},
	{"readers.clj", "(readers 4)", 16, 0},
	{"readers.clj", "(readers 8)", 256, 0},
	{"lastzero.clj", "(lastzero 1)", 2, 0},
	{"lastzero.clj", "(lastzero 2)", 5, 0},
	{"lastzero.clj", "(lastzero 3)", 12, 0},
	{"lastzero.clj", "(lastzero 4)", 28, 0},
	{"lastzero.clj", "(lastzero 5)", 64, 0},
	{"popl.clj", "(popl)", 5, 0},
	{"lost_update.clj", "(lost-update 2)", 4, 2},
	{"lost_update.clj", "(lost-update 3)", 36, 30},
	{"check_register.clj", "(check-register 2)", 4, 2},
	{"check_register.clj", "(check-register 3)", 12, 9},
	{"locks.clj", "(abba)", 3, 1},
	{"locks.clj", "(philosophers 3 false)", 7, 1},
	{"locks.clj", "(philosophers 4 false)", 15, 1},
	{"locks.clj", "(philosophers 5 false)", 31, 1},
	{"locks.clj", "(philosophers 3 true)", 6, 0},
	{"locks.clj", "(philosophers 4 true)", 14, 0},
	{"locks.clj", "(philosophers-chan 3)", 7, 1},
	{"locks.clj", "(philosophers-chan 4)", 15, 1},
	{"servers.clj", "(philosophers-actors 2)", 3, 1},
	{"servers.clj", "(philosophers-actors 3)", 7, 1},
	{"servers.clj", "(get-set 2)", 6, 4},
	{"servers.clj", "(get-set 3)", 90, 84},
	{"servers.clj", "(incr 2)", 2, 0},
	{"servers.clj", "(incr 3)", 6, 0},
	{"servers.clj", "(mutual-call)", 1, 1},
	{"putters.clj", "(counter 2)", 2, 0},
	{"putters.clj", "(counter 3)", 6, 0},
	{"senders.clj", "(senders 3)", 6, 0},
	{"senders.clj", "(senders 4)", 24, 0},
	{"senders.clj", "(senders 5)", 120, 0},
	{"senders.clj", "(senders-one 3)", 3, 0},
	{"senders.clj", "(senders-one 4)", 4, 0},
	{"senders.clj", "(senders-tag 3)", 1, 0},
	{"senders.clj", "(senders-tag 4)", 1, 0},
	{"putters.clj", "(putters 3 (chan))", 6, 0},
	{"putters.clj", "(putters 4 (chan))", 24, 0},
	{"putters.clj", "(putters 3 (chan 3))", 6, 0},
	{"putters.clj", "(putters 4 (chan 4))", 24, 0},
	{"putters.clj", "(pipeline 0)", 36, 0},
	{"putters.clj", "(pipeline 1)", 36, 0},
	{"putters.clj", "(pipeline 2)", 36, 0},
	{"putters.clj", "(alts 3 #(chan 1))", 3, 0},
	{"putters.clj", "(alts 4 #(chan 1))", 4, 0},
	{"putters.clj", "(alts 3 chan)", 3, 3},
	{"putters.clj", "(alts 4 chan)", 4, 4},
	{"putters.clj", "(forgotten-close false)", 1, 1},
	{"putters.clj", "(forgotten-close true)", 1, 0},
}

func TestOracles(t *testing.T) {
	for _, c := range oracles {
		t.Run(c.form, func(t *testing.T) {
			w := newWorld(t, c.file)
			r := exploreText(t, w, c.form, explore.Options{MaxExecutions: 20_000})
			bad := 0
			text := ""
			for _, o := range r.Outcomes {
				if o.Kind != explore.Value && (o.Kind != explore.Leak || c.file != "check_register.clj") { // who registers waits for ever
					bad += o.Behaviours
				}
				text += fmt.Sprintf("  %s %s %q: %d\n", o.Kind, o.Value, o.Output, o.Behaviours)
			}
			if r.Behaviours != c.classes || bad != c.bad || r.Executions != r.Behaviours || r.Redundant != 0 || !r.Exhaustive {
				t.Errorf("%d behaviours, %d bad in %d executions (%d redundant, cut: %q); want %d, %d\n%s",
					r.Behaviours, bad, r.Executions, r.Redundant, r.Cut, c.classes, c.bad, text)
			}
		})
	}
}
