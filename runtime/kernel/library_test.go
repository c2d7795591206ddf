package kernel_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

// wholeWorld makes a world with all libraries.
func wholeWorld() *runtime.World {
	w := runtime.NewWorld(runtime.Options{Virtual: true})
	core.Install(w)
	channels.Install(w)
	actors.Install(w)
	kernel.Install(w)
	return w
}

// TestLibraryText compiles every definition of the libraries' text in the
// Elixir notation, which a program would compile on first use: all of it must
// compile, to code that holds what the machine relies on, and call nothing
// that does not exist.
func TestLibraryText(t *testing.T) {
	w := wholeWorld()
	n := 0
	for _, name := range slices.Sorted(maps.Keys(w.Namespaces())) {
		ns := w.FindNS(name)
		if ns.Library == nil {
			continue
		}
		for _, def := range ns.Library.ElixirNames() {
			n++
			if err := load(ns.Var(def)); err != "" {
				t.Errorf("%s.%s: %s", name, def, err)
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d definitions were found", n)
	}
	for _, ns := range w.Namespaces() {
		for _, v := range ns.Vars {
			if c, ok := v.Root().Obj().(*lang.Closure); ok && c.Fn.Notation == lang.ElixirNotation {
				checkCalls(t, w, c.Fn)
			}
		}
	}
}

// load loads a var, and gives what is wrong with its code.
func load(v *runtime.Var) (problem string) {
	defer func() {
		if e, ok := recover().(*lang.Exception); ok {
			problem = lang.Inspect(kernel.Struct(e))
		}
	}()
	c, ok := v.Root().Obj().(*lang.Closure)
	if !ok {
		if _, native := v.Root().Obj().(*lang.Native); native {
			return ""
		}
		return "no function"
	}
	if err := compile.Check(c.Fn); err != nil {
		return err.Error()
	}
	return ""
}

// checkCalls looks for calls of vars that nothing defines.
func checkCalls(t *testing.T, w *runtime.World, f *lang.Fn) {
	for _, c := range f.Fixed {
		if c == nil {
			continue
		}
		for _, k := range c.Consts {
			if v, ok := k.Obj().(*runtime.Var); ok && !v.Bound() && !strings.HasPrefix(v.NS.Name, "user") {
				t.Errorf("%s calls %s, which does not exist", c.Name, v)
			}
		}
		for _, inner := range c.Fns {
			checkCalls(t, w, inner)
		}
	}
}
