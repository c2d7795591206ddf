package kernel

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// newWorld makes a world with Elixir's library, whose output goes to out.
func newWorld(out *strings.Builder) *runtime.World {
	w := runtime.NewWorld(runtime.Options{Virtual: true})
	w.Out.W, w.Err.W = out, out
	core.Install(w)
	actors.Install(w)
	Install(w)
	return w
}

// inspected evaluates a text and gives its value inspected, or its exception.
func inspected(w *runtime.World, text string) string {
	done := func() (lang.Value, *lang.Exception) {
		if why := w.Run(runtime.Limits{Until: func() bool { return w.Shell.Status == runtime.Done }, Timers: true, Wall: 10 * time.Second}); why != runtime.Reached {
			return lang.Nil, lang.NewException(lang.IllegalStateException, "the world stopped with reason %d", why)
		}
		return w.Shell.Result()
	}
	src := &lang.Source{Name: "test", Text: text}
	w.Eval(lang.Obj(&lang.Native{Name: "test/load", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return Load(p, src, NewEnv(src))
	}}))
	v, e := done()
	if e == nil {
		opts := lang.ListOf(lang.Vec(lang.K("limit"), lang.K("infinity")))
		w.Eval(lang.Obj(w.FindNS("Kernel").Var("inspect")), v.Obj().(*lang.Vector).Nth(0), opts)
		v, e = done()
	}
	if e != nil {
		w.Eval(lang.Obj(BannerNative), lang.Obj(e))
		if v, e = done(); e != nil {
			return e.Error()
		}
	}
	return lang.String(v)
}

// TestGolden evaluates the expressions of testdata/*.golden, each of which
// has behind it, indented by a tab, what the real Elixir 1.14 gives.
// testdata/record.exs records them.
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.golden")
	if len(files) == 0 {
		t.Fatal("no golden files")
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) { golden(t, f) })
	}
}

// functionNumber is what the BEAM numbers a function by, which is its own.
var functionNumber = regexp.MustCompile(`#Function<\d+\.\d+`)

func golden(t *testing.T, file string) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	for i := 0; i < len(lines); {
		expr, at := lines[i], i+1
		var want []string
		for i++; i < len(lines) && strings.HasPrefix(lines[i], "\t"); i++ {
			want = append(want, lines[i][1:])
		}
		var out strings.Builder
		if got := functionNumber.ReplaceAllString(inspected(newWorld(&out), expr), "#Function<"); got != strings.Join(want, "\n") {
			t.Errorf("%s:%d: %s\n got %s\nwant %s", file, at, expr, got, strings.Join(want, "\n"))
		}
	}
}

func TestNativesAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range natives() {
		for _, n := range table {
			if n.Doc == "" || n.Args == "" && n.Max != 0 && n.Max != 1 {
				t.Errorf("%s lacks a doc or its arguments", n.Name)
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
}

// TestDocExamples evaluates the example behind the last sentence of each
// native's documentation, if there is one with its value.
func TestDocExamples(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	for _, table := range natives() {
		for _, n := range table {
			text, want, ok := strings.Cut(n.Doc, " #=> ")
			if !ok || strings.HasPrefix(n.Name, "ets/") || strings.HasPrefix(n.Name, "persistent_term/") { // they need a table
				continue
			}
			if i := strings.LastIndex(text, ". "); i >= 0 {
				text = text[i+2:]
			}
			if got := inspected(w, "import Bitwise\nrequire Integer\n"+text); got != want {
				t.Errorf("%s: %s\n got %s\nwant %s", n.Name, text, got, want)
			}
		}
	}
}
