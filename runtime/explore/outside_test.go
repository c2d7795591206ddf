package explore_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestOutside reads files while exploring, and changes none.
func TestOutside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(path, []byte("hi"), 0o644); err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string]string{
		`(let [a (future (slurp %q)) b (future 2)] [@a @b])`: `value ["hi" 2]`,
		`(spit %q "changed")`:                                "error ",
		`(clojure.java.io/delete-file %q)`:                   "error ",
		`(.delete (clojure.java.io/file %q))`:                "error ",
	} {
		r := exploreText(t, newWorld(t), fmt.Sprintf(form, path), explore.Options{})
		got := outcomes(r)
		if !strings.HasPrefix(got, want) || want == "error " && !strings.Contains(got, "would change what lies outside") {
			t.Errorf("%s: %s; want %s", form, got, want)
		}
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "hi" {
		t.Errorf("the file holds %q, %v", b, err)
	}
}

// TestReadsOnce changes a file after each execution: all of them read what the first has read.
func TestReadsOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "note.txt")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, read := range []string{"(slurp %[1]q)", "(read-line-of %[1]q)", "(.length (clojure.java.io/file %[1]q))"} {
		w := newWorld(t)
		eval(t, w, "(defn read-line-of [path] (with-open [r (clojure.java.io/reader path)] [(.readLine r) (.readLine r)]))")
		write("first")
		seen := map[string]bool{}
		form := fmt.Sprintf("(let [x (atom nil) f (future (reset! x "+read+")) g (future (reset! x "+read+")) h (future (reset! x 1))] [@f @g @h])", path)
		start := starter(t, w, form)
		r := explore.Explore(w, start, explore.Options{Show: func(v lang.Value) string {
			s, _ := v.AsString()
			seen[s] = true
			write("what was written later " + s)
			return s
		}})
		if r.Executions != 6 || len(seen) != 1 {
			t.Errorf("%s: %d executions, %v", form, r.Executions, seen)
		}
	}
}

// TestInput explores who reads which line. The lines are there again afterwards.
func TestInput(t *testing.T) {
	w := newWorld(t)
	lines := []string{"one", "two"}
	fetched := 0
	w.In.Feed(w, "zero")
	w.In.Fetch = func() (string, bool) {
		if fetched == len(lines) {
			return "", false
		}
		fetched++
		return lines[fetched-1], true
	}
	for range 2 {
		r := exploreText(t, w, "(let [f (future (read-line)) g (future (read-line))] [@f @g (read-line) (read-line)])", explore.Options{})
		if got := outcomes(r); got != `value ["one" "zero" "two" nil], value ["zero" "one" "two" nil]` || fetched != len(lines) {
			t.Errorf("%s; %d lines read", got, fetched)
		}
	}
	eval(t, w, "(def got [(read-line) (read-line) (read-line) (read-line)])")
	if got := lang.PrString(w.NS("user").Var("got").Root()); got != `["zero" "one" "two" nil]` {
		t.Errorf("read afterwards: %s", got)
	}
}
