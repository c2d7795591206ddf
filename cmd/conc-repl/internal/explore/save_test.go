package explore_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/script"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/testrun"
)

// raising is a program of which one of two behaviours raises.
const raising = `defmodule R do
  def race do
    me = self()
    for i <- 1..2, do: spawn(fn -> send(me, i) end)
    a = receive do x -> x end
    if a == 2, do: raise("second first")
    a
  end
end
R.race()
`

// stuckWith is a program with a deadlock; a test has to ask anew who it is.
const stuckWith = `me = self()
spawn(fn -> send(me, :a) end)
spawn(fn -> send(me, :b) end)
receive do _ -> 1 end
receive do :b -> 2 end
`

// TestSave writes tests of both languages and runs them: they fail, and are
// fine once the program is.
func TestSave(t *testing.T) {
	for name, x := range map[string]struct{ program, bug, fix string }{
		"race.exs":  {raising, "a == 2", "a == 3"},
		"self.exs":  {stuckWith, "receive do\n        :b -> 2", "receive do\n        _ -> 2"},
		"stuck.clj": {"(def c (chan))\n(<!! c)\n", "(chan)", "(doto (chan) close!)"},
		"self.clj":  {"(def me (self))\n(thread (send me :a))\n(do (receive :b 1))\n", "(receive :b", "(receive _"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "saved"+filepath.Ext(name))
			explore.File([]string{"--save", file, written(t, name, x.program)}, session.Options{}, io.Discard, io.Discard)
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if code, out := tested(file); code != 1 || !strings.Contains(out, "1 failures, 0 errors") {
				t.Errorf("with the bug: %d\n%s\n%s", code, out, text)
			}
			fixed := strings.Replace(string(text), x.bug, x.fix, 1)
			if fixed == string(text) {
				t.Fatalf("no %q in\n%s", x.bug, text)
			}
			if err := os.WriteFile(file, []byte(fixed), 0o644); err != nil {
				t.Fatal(err)
			}
			if code, out := tested(file); code != 0 {
				t.Errorf("without the bug: %d\n%s\n%s", code, out, fixed)
			}
		})
	}
}

// tested runs a file of tests and gives the exit code and what it says.
func tested(file string) (int, string) {
	var out strings.Builder
	c, err := testrun.Parse([]string{file})
	if err != nil {
		return -1, err.Error()
	}
	code := testrun.Run(c, &out, &out)
	return code, out.String()
}

// TestSaveKeeps leaves a file that it has not written as it was.
func TestSaveKeeps(t *testing.T) {
	program := written(t, "mine.clj", "(<!! (chan))\n")
	var errs bytes.Buffer
	code := explore.File([]string{"--save", program, program}, session.Options{}, io.Discard, &errs)
	text, err := os.ReadFile(program)
	if err != nil || string(text) != "(<!! (chan))\n" || code != script.ExitUsage || !strings.Contains(errs.String(), "is there already") {
		t.Errorf("%d, %v: %s\n%s", code, err, text, &errs)
	}
}

// written writes a file of a program.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
