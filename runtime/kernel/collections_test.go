package kernel

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestCollectionsUndone evaluates expressions under a checkpoint, goes back,
// and evaluates them again: what a fold has gathered must not be overwritten
// by the run that was undone.
func TestCollectionsUndone(t *testing.T) {
	b, err := os.ReadFile("testdata/enum.golden")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	w := newWorld(&out)
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "\t") || strings.Contains(line, "random") || strings.Contains(line, "shuffle") {
			continue
		}
		plain := inspected(w, line)
		for range 2 {
			n := w.Checkpoint()
			if got := inspected(w, line); got != plain {
				t.Errorf("%sunder a checkpoint: got %s\nwant %s", line, got, plain)
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

// TestTextExamples evaluates the examples in the documentation of the modules
// that are written in Elixir, as TestDocExamples does for natives.
func TestTextExamples(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	for _, module := range []string{"Enum", "Stream", "List", "Map", "Keyword", "Access", "Collectable", "lists", "maps", "queue"} {
		lib := w.FindNS(module).Library
		for _, name := range lib.Names() {
			d, _ := lib.Def(name)
			doc, _ := strconv.Unquote(d.Doc)
			text, want, ok := strings.Cut(doc, " #=> ")
			if !ok {
				continue
			}
			text = text[strings.LastIndex(text, ". ")+1:]
			if got := inspected(w, text); got != want {
				t.Errorf("%s.%s: %s\n got %s\nwant %s", module, name, text, got, want)
			}
		}
	}
}
