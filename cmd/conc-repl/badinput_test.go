package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// bad are scripts that go wrong. What each prints on stderr begins with its
// first line, and holds the place.
var bad = []struct {
	name, text string
	flags      []string
	message    string // the first line of stderr begins so
	code       int
}{
	{"unbalanced", "(println 1)\n(foo (bar)", nil, "FILE:2:1", 1},
	{"too many brackets", "(+ 1 2))", nil, "FILE:1:8: ", 1},
	{"wrong bracket", "(let [x 1)\n x)", nil, "FILE:1:10: ", 1},
	{"unknown name", "(inc 1)\n(inc y-coordinate)", nil, "FILE:2:6: Unable to resolve symbol: y-coordinate in this context", 1},
	{"wrong arity", "(defn f [x] x)\n(f 1 2)", nil, "FILE:2:1: ArityException: Wrong number of args (2) passed to: user/f", 1},
	{"put of nil", "(def c (chan 1))\n(>!! c nil)", nil, "FILE:2:1: IllegalArgumentException: Can't put nil on channel", 1},
	{"division by zero", "(println 1)\n(/ 1 0)", nil, "FILE:2:1: ArithmeticException: Divide by zero", 1},
	{"endless loop", "(loop [] (recur))", []string{"--timeout", "50ms"}, "timeout: the main process is not done after 50ms", 124},
	{"endless print", "(println (range))", []string{"--timeout", "50ms"}, "timeout: the main process is not done after 50ms", 124},
	{"recursion", "(defn f [n] (if (zero? n) 0 (inc (f (dec n)))))\n(f 10000000)", nil, "FILE:1:", 1},
	{"endless vector", "(vec (range))", nil, "FILE:1:1: OutOfMemoryError", 1},
	{"invalid UTF-8", "(println 1)\n(def a \"\xff\")", nil, "FILE:2:9: Invalid UTF-8: byte 0xFF", 1},
	{"thrown value", "(throw 1)", nil, "FILE:1:1: ClassCastException", 1},
}

// TestBadScripts holds that each bad script gives one clear message, with its
// place, and its exit code.
func TestBadScripts(t *testing.T) {
	for _, c := range bad {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "bad.clj")
			if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			r := run(t, "", append(append([]string{"run"}, c.flags...), file)...)
			got := strings.ReplaceAll(r.stderr, file, "FILE")
			if r.code != c.code || !strings.HasPrefix(got, c.message) {
				t.Errorf("exit code %d, want %d; stderr does not begin with %q:\n%s", r.code, c.code, c.message, got)
			}
		})
	}
}

// TestMillionDeep goes a million calls deep, and comes back.
func TestMillionDeep(t *testing.T) {
	r := run(t, "", "run", "-e", "(do (defn f [n] (if (zero? n) 0 (inc (f (dec n))))) (f 1000000))")
	if r.stdout != "1000000\n" || r.code != 0 {
		t.Errorf("%+v", r)
	}
}

// TestLongText makes, writes and reads a text of 100 MB, and runs a file of
// that size.
func TestLongText(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "long.txt")
	r := run(t, "", "run", "-e", `(let [s (apply str (repeat 1000000 (apply str (repeat 10 "0123456789"))))] (spit "`+file+`" s) [(count s) (count (slurp "`+file+`"))])`)
	if r.stdout != "[100000000 100000000]\n" || r.code != 0 {
		t.Errorf("%+v", r)
	}
	script := filepath.Join(dir, "long.clj")
	text := append(append([]byte(`(println (count "`), bytes.Repeat([]byte("x"), 100_000_000)...), "\"))\n(/ 1 0)"...)
	if err := os.WriteFile(script, text, 0o644); err != nil {
		t.Fatal(err)
	}
	r = run(t, "", "run", script)
	if r.stdout != "100000000\n" || r.code != 1 || !strings.Contains(r.stderr, "long.clj:2:1: ArithmeticException: Divide by zero") {
		t.Errorf("stdout %q, code %d, stderr %.300s", r.stdout, r.code, r.stderr)
	}
}

// TestBadLinesAtThePrompt gives a prompt without a terminal one bad line
// after the other: each is told of, and the session goes on.
func TestBadLinesAtThePrompt(t *testing.T) {
	for line, want := range map[string]string{
		")":                                   "Unmatched delimiter: )",
		"(foo)":                               "Unable to resolve symbol: foo in this context",
		"((fn [x] x))":                        "Wrong number of args (0) passed to",
		"(>!! (chan) nil)":                    "Can't put nil on channel",
		"(/ 1 0)":                             "Divide by zero",
		"(do (defn f [n] (inc (f n))) (f 1))": "StackOverflowError",
		"\"\xff\"":                            "0xFF",
		"(load-file \"none.clj\")":            "none.clj",
		"(binding [*print-length* 3] (prn (range)))": "(0 1 2 ...)",
		"(vec (range))": "OutOfMemoryError",
		"(<!! (chan))":  "wait",
	} {
		r := run(t, line+"\n(str \"still \" :here)\n")
		if !strings.Contains(r.stdout+r.stderr, want) || !strings.Contains(r.stdout, `"still :here"`) || r.code != 0 {
			t.Errorf("%s: code %d, want %q and the session to go on:\n%s%s", line, r.code, want, r.stdout, r.stderr)
		}
	}
}

// TestMissingFile runs a file that is not there.
func TestMissingFile(t *testing.T) {
	r := run(t, "", "run", filepath.Join(t.TempDir(), "none.clj"))
	if r.code != 2 || r.stdout != "" || strings.Count(r.stderr, "\n") != 1 || !strings.Contains(r.stderr, "none.clj: no such file or directory") {
		t.Errorf("%+v", r)
	}
}

// TestClosedStdout reads a line of an endless output and closes the pipe, as
// head does: the program ends quietly, and soon.
func TestClosedStdout(t *testing.T) {
	cmd := exec.Command(binary, "run", "-e", "(run! println (range))")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 100)); err != nil {
		t.Error(err)
	}
	out.Close()
	hung := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	defer hung.Stop()
	if err := cmd.Wait(); errs.Len() > 0 || err != nil && err.Error() != "signal: broken pipe" {
		t.Errorf("%v, stderr: %s", err, errs.String())
	}
}
