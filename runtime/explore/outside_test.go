package explore_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
