package files

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func says(text string, err error) func(io.Writer) error {
	return func(out io.Writer) error {
		io.WriteString(out, text)
		return err
	}
}

// TestWrite has a file hold what was written whole, and nothing of what was not.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.svg")
	for _, step := range []struct {
		text string
		err  error
		want string
	}{{"one", nil, "one"}, {"half of tw", errors.New("no more"), "one"}, {"three", nil, "three"}} {
		if err := Write(name, says(step.text, step.err)); (err == nil) != (step.err == nil) || err != nil && !strings.Contains(err.Error(), "no more") {
			t.Errorf("%s: %v", step.text, err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != step.want {
			t.Errorf("%q, %v; want %q", got, err, step.want)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
}

// TestKeeps leaves links, and who may read a file, as they were.
func TestKeeps(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if err := os.WriteFile(name, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	if err := Write(link, says("two", nil)); err != nil {
		t.Fatal(err)
	}
	st, err := os.Lstat(link)
	if got, _ := os.ReadFile(name); err != nil || st.Mode().Type() != os.ModeSymlink || string(got) != "two" {
		t.Errorf("%v, %v, %q", err, st.Mode(), got)
	}
	if st, _ := os.Stat(name); st.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", st.Mode())
	}
}

// TestRefusals names the file that cannot be written, not one that helps.
func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		dir:                                 "is a directory",
		filepath.Join(dir, "none", "a.svg"): "a.svg cannot be written: no such file or directory",
		filepath.Join(dir, strings.Repeat("x", 5000)): "cannot be written: ",
	} {
		err := Write(name, says("", nil))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), ".part") {
			t.Errorf("%.80s: %v", name, err)
		}
	}
}

func TestName(t *testing.T) {
	t.Setenv("HOME", "/home/me")
	for typed, want := range map[string]string{`a.svg`: "a.svg", `"my run.svg"`: "my run.svg", `~/a.svg`: "/home/me/a.svg", `"~/a b.svg"`: "/home/me/a b.svg", `my run.svg`: "my run.svg"} {
		if got := Name(typed); filepath.ToSlash(got) != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}
