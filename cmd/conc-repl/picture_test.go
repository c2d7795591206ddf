package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPictureFiles has a session write its pictures: the run as often as one is
// asked for, and the tree of what was explored right after it was.
func TestPictureFiles(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("old.svg"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	form := `(let [c (chan)] (thread (>!! c "hello")) (close! c) (thread (println (<!! c))))`
	r := run(t, strings.Join([]string{
		".timeline " + at("early.svg"),
		form,
		".timeline " + at("old.svg"),
		".timeline " + at("run.dot"),
		".explore " + form,
		".timeline " + at("tree.dot"),
		".timeline " + at("tree.html"),
		"1",
		".timeline " + at("run-again.dot"),
		".timeline " + at("no/such/folder.svg"),
		".timeline " + at("picture"),
		".timeline " + dir,
	}, "\n")+"\n")
	for file, want := range map[string]string{"old.svg": "<svg", "run.dot": "digraph run {", "tree.dot": "digraph explored {", "tree.html": "<html", "run-again.dot": "digraph run {"} {
		text, err := os.ReadFile(at(file))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v, no %q in %.200s", file, err, want, text)
		}
	}
	for _, want := range []string{"nothing is recorded yet", "; 10 events in " + at("old.svg"), "; the tree of 2 explored runs in " + at("tree.dot"),
		"no/such/folder.svg cannot be written: no such file or directory", "the file's name says what is drawn: it ends in .svg, .html"} {
		if !strings.Contains(r.stdout+r.stderr, want) {
			t.Errorf("%q is not said:\n%s%s", want, r.stdout, r.stderr)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 5 {
		t.Errorf("%d files, %v", len(left), err)
	}
}
