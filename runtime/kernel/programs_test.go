package kernel_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

// runProgram evaluates a source in a world, and gives what it wrote.
func runProgram(t *testing.T, w *runtime.World, src *lang.Source) string {
	t.Helper()
	var out strings.Builder
	w.Out.W, w.Err.W = &out, &out
	evaluate(t, w, src)
	return out.String()
}

// evaluate gives the value of a source's last expression, inspected.
func evaluate(t *testing.T, w *runtime.World, src *lang.Source) string {
	t.Helper()
	w.Eval(lang.Obj(&lang.Native{Name: "test/load", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return kernel.Load(p, src, kernel.NewEnv(src))
	}}))
	if why := w.Run(runtime.Limits{Until: func() bool { return w.Shell.Status == runtime.Done }, Timers: true}); why != runtime.Reached {
		t.Fatalf("%s stopped with reason %d", src.Name, why)
	}
	v, e := w.Shell.Result()
	if e != nil {
		t.Fatalf("%s: %s: %s", src.Name, e.Pos, lang.Inspect(kernel.Struct(e)))
	}
	return lang.Inspect(v.Obj().(*lang.Vector).Nth(0))
}

// TestPrograms runs testdata/programs/*.exs, and compares what they write with
// what the real Elixir 1.14 wrote of them.
func TestPrograms(t *testing.T) {
	files, _ := filepath.Glob("testdata/programs/*.exs")
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(f, ".exs") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			got := runProgram(t, wholeWorld(), &lang.Source{Name: filepath.Base(f), Text: string(text)})
			g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
			for i := range w {
				if i >= len(g) || g[i] != w[i] {
					t.Fatalf("line %d\nwant %s\n got %s", i+1, w[i], strings.Join(g[min(i, len(g)):min(i+1, len(g))], ""))
				}
			}
			if len(g) > len(w) {
				t.Errorf("more than expected: %q", g[len(w)])
			}
		})
	}
}

// TestModuleIsUndone builds and rebuilds a module under a checkpoint: going
// back brings the old functions back, and takes new modules away.
func TestModuleIsUndone(t *testing.T) {
	w := wholeWorld()
	run := func(text string) string { return evaluate(t, w, &lang.Source{Name: "test", Text: text}) }
	run("defmodule A do def f, do: 1; def g, do: :g end; x = 5")
	mark := w.Checkpoint()
	if got := run("defmodule A do def f, do: 2 end; x = 6; defmodule B do defstruct [:y] end; {A.f(), x, map_size(%B{}), function_exported?(A, :g, 0)}"); got != "{2, 6, 2, false}" {
		t.Errorf("after the checkpoint: %s", got)
	}
	w.Rollback(mark)
	w.Release(mark)
	if got := run("{A.f(), A.g(), x, Code.ensure_loaded?(B)}"); got != "{1, :g, 5, false}" {
		t.Errorf("back: %s", got)
	}
}

// TestFailedModule has a module whose body raises leave nothing behind.
func TestFailedModule(t *testing.T) {
	w := wholeWorld()
	got := runProgram(t, w, &lang.Source{Name: "test", Text: `
		try do
		  defmodule C do
		    def f, do: 1
		    raise "in the body"
		  end
		rescue
		  e -> IO.puts(e.message)
		end
		IO.inspect {Code.ensure_loaded?(C), Module.open?(C)}
		defmodule C do def f, do: 2 end
		IO.inspect C.f()
	`})
	if want := "in the body\n{false, false}\n2\n"; got != want {
		t.Errorf("got %s", got)
	}
}
