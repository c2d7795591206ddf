package core

import (
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// newWorld makes a world with the package's namespaces, whose output goes to out.
func newWorld(out *strings.Builder) *runtime.World {
	w := runtime.NewWorld(runtime.Options{Virtual: true, Debug: true})
	w.Out.W, w.Err.W = out, out
	Install(w)
	return w
}

// eval runs a text in the shell's process and gives what its last form gives.
func eval(w *runtime.World, text string) (lang.Value, *lang.Exception) {
	w.Eval(lang.Obj(&lang.Native{Name: "test/load", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return Load(p, &lang.Source{Name: "test", Text: text})
	}}))
	why := w.Run(runtime.Limits{Until: func() bool { return w.Shell.Status == runtime.Done }, Timers: true, Wall: 10 * time.Second})
	if why != runtime.Reached {
		return lang.Nil, lang.NewException(lang.IllegalStateException, "the world stopped with reason %d", why)
	}
	return w.Shell.Result()
}

func TestNativesAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Natives() {
		if n.Doc == "" || n.Args == "" && n.Max != 0 {
			t.Errorf("%s lacks a doc or its arglists", n.Name)
		}
		if (n.Pure == nil) == (n.Run == nil) {
			t.Errorf("%s must have one of Pure and Run", n.Name)
		}
		if seen[n.Name] {
			t.Errorf("%s is there twice", n.Name)
		}
		seen[n.Name] = true
	}
}

// TestLibraryLoads loads every definition of the text.
func TestLibraryLoads(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	for _, l := range Libraries() {
		ns := w.FindNS(l.Name)
		for _, name := range l.Names() {
			func() {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("%s/%s: %v", l.Name, name, r)
					}
				}()
				ns.Var(name).Loaded()
			}()
		}
	}
}
