package kernel

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// answer evaluates a text in a world of its own kind and gives what inspect
// makes of the value, or the name and message of what it raised.
func answer(w *runtime.World, text string) string {
	src := &lang.Source{Name: "test", Text: "inspect((" + text + "))"}
	w.Eval(lang.Obj(&lang.Native{Name: "test", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return Load(p, src, NewEnv(src))
	}}))
	w.Run(runtime.Limits{})
	v, e := w.Shell.Result()
	switch {
	case e != nil && e.Kind != lang.KindError:
		return "** " + e.Error()
	case e != nil:
		s := Struct(e)
		name, _ := structName(s)
		msg, _ := Message(w, s)
		return "** (" + name + ") " + msg
	}
	return lang.DisplayString(v.Obj().(*lang.Vector).Nth(0))
}

func newElixirWorld() *runtime.World {
	w := runtime.NewWorld(runtime.Options{Virtual: true})
	core.Install(w)
	Install(w)
	return w
}

// The files hold expressions, each with what Elixir 1.14 answered behind it,
// indented by a tab.
func TestCollections(t *testing.T) {
	for _, file := range []string{"enum", "collections", "collection_errors", "streams"} {
		t.Run(file, func(t *testing.T) {
			b, err := os.ReadFile("testdata/" + file + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			w := newElixirWorld()
			for _, c := range cases(string(b)) {
				if got := answer(w, c.text); got != c.want {
					t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
				}
			}
		})
	}
}

type recorded struct{ text, want string }

func cases(file string) []recorded {
	var out []recorded
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		body, indented := strings.CutPrefix(line, "\t")
		switch last := len(out) - 1; {
		case !indented:
			out = append(out, recorded{text: line})
		case out[last].want == "":
			out[last].want = body
		default:
			out[last].want += "\n" + body
		}
	}
	return out
}

// TestCollectionsUndone runs expressions under a checkpoint, goes back, and
// runs them again: what a fold has gathered must not be overwritten by the
// run that was undone, nor the answers of the first run by the second.
func TestCollectionsUndone(t *testing.T) {
	b, err := os.ReadFile("testdata/enum.txt")
	if err != nil {
		t.Fatal(err)
	}
	w := newElixirWorld()
	for _, c := range cases(string(b)) {
		for range 2 {
			n := w.Checkpoint()
			if got := answer(w, c.text); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
			}
			w.Rollback(n)
			w.Release(n)
		}
	}
}

// TestGrowingApart lets two copies of one state grow: neither may overwrite the
// other.
func TestGrowingApart(t *testing.T) {
	var state growing[int]
	for i := range 3 {
		state.add(i)
	}
	first, second := state, state
	first.add(10)
	second.add(20)
	if first.vs[3] != 10 || second.vs[3] != 20 {
		t.Errorf("got %v and %v, want them to end in 10 and 20", first.vs, second.vs)
	}
}

// TestExamples evaluates the example in the documentation of each function of
// the collections: it stands behind the last sentence, with its value.
func TestExamples(t *testing.T) {
	w := newElixirWorld()
	for _, module := range []string{"Enum", "Stream", "List", "Map", "MapSet", "Keyword", "Tuple", "Range", "Access", "Enumerable", "Collectable", "lists", "maps", "queue"} {
		lib := w.FindNS(module).Library
		for _, name := range lib.Names() {
			doc := ""
			if n := lib.Native(name); n != nil {
				doc = n.Doc
			} else if d, ok := lib.Def(name); ok {
				doc, _ = strconv.Unquote(d.Doc)
			}
			text, want, ok := strings.Cut(doc, " #=> ")
			if !ok {
				continue
			}
			text = text[strings.LastIndex(text, ". ")+1:]
			if got := answer(w, text); got != want {
				t.Errorf("%s.%s: %s\n got %s\nwant %s", module, name, text, got, want)
			}
		}
	}
}
