package actors_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

// elixirWorld makes a world with Elixir's library and virtual time, whose
// output goes to out.
func elixirWorld(out *bytes.Buffer) *runtime.World {
	w := runtime.NewWorld(runtime.Options{Virtual: true})
	w.Out.W, w.Err.W = out, out
	core.Install(w)
	channels.Install(w)
	kernel.Install(w)
	actors.Install(w).Elixir = &actors.Exceptions{
		Struct: kernel.Struct, Reason: kernel.Reason, Stacktrace: kernel.Stacktrace,
		Known: func(e *lang.Exception) bool { _, ok := kernel.Message(w, kernel.Struct(e)); return ok },
	}
	return w
}

// runElixir runs a program in the shell, and gives what it printed.
func runElixir(t testing.TB, src *lang.Source) string {
	t.Helper()
	var out bytes.Buffer
	w := elixirWorld(&out)
	w.Eval(lang.Obj(&lang.Native{Name: "load", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return kernel.Load(p, src, kernel.NewEnv(src))
	}}))
	w.Run(runtime.Limits{Timers: true, Wall: 20 * time.Second, Until: func() bool { return w.Shell.Status == runtime.Done }})
	if w.Shell.Status != runtime.Done {
		t.Errorf("%s is still %s", src.Name, w.Shell.Status)
	} else if _, e := w.Shell.Result(); e != nil {
		t.Errorf("%s: %v %s at %s", src.Name, e, lang.Inspect(e.Reason), e.Pos)
	}
	return out.String()
}

// ids differ from run to run; the entries of stack traces that lie in a
// library are not shown here, and functions have names of their own.
var (
	ids    = regexp.MustCompile(`#PID<[\d.]+>|#Reference<[\d.]+>|#Function<[^>]*>|\d\d:\d\d:\d\d\.\d{3}`)
	frames = regexp.MustCompile(`(?m)^    (\(\w+ [\d.]+\) .*|\w+\.exs:\d+: .*|:erlang\..*|\w+\.nope.*)\n`)
)

func normal(s string) string { return ids.ReplaceAllString(frames.ReplaceAllString(s, ""), "ID") }

// TestOTP runs the programs of testdata, each with the output that Elixir 1.14
// on OTP 25 printed.
func TestOTP(t *testing.T) {
	files, err := filepath.Glob("testdata/*.exs")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".exs"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".exs") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			got := runElixir(t, &lang.Source{Name: filepath.Base(file), Text: string(text)})
			compare(t, normal(got), normal(string(want)))
		})
	}
}

func compare(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Fatalf("line %d\ngot  %s\nwant %s", i+1, a, b)
		}
	}
}
