package iex_test

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/iex"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

const documented = `
defmodule Greeter do
  @moduledoc "Greets."
  @doc "Says hi."
  def hi(name, loud \\ false), do: {name, loud}
  def silent, do: 1
end
h Greeter
h Greeter.hi
h Greeter.hi/2
h Greeter.silent
`

// TestDocsOfOwnModule asks h about a module that the program has defined.
func TestDocsOfOwnModule(t *testing.T) {
	w := runtime.NewWorld(runtime.Options{Virtual: true})
	core.Install(w)
	kernel.Install(w)
	actors.Install(w)
	iex.Install(w, func() []lang.Value { return nil })
	var out strings.Builder
	w.Out.W, w.Err.W = &out, &out
	src := &lang.Source{Name: "test", Text: documented}
	w.Eval(lang.Obj(&lang.Native{Name: "test/load", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return kernel.Load(p, src, kernel.NewEnv(src).Import(iex.Module))
	}}))
	if why := w.Run(runtime.Limits{Until: func() bool { return w.Shell.Status == runtime.Done }}); why != runtime.Reached {
		t.Fatalf("stopped with reason %d", why)
	}
	if _, e := w.Shell.Result(); e != nil {
		t.Fatal(e)
	}
	got := out.String()
	for _, want := range []string{"\nGreets.\n", "def hi(name, loud)\n\nSays hi.\n", "No documentation for Greeter.silent was found\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in:\n%s", want, got)
		}
	}
	if n := strings.Count(got, "Says hi."); n != 2 {
		t.Errorf("the text of hi is there %d times:\n%s", n, got)
	}
}
