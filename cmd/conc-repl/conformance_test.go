package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "conc-repl")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(dir, "conc-repl")
	if out, err := exec.Command("go", "build", "-pgo=off", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// result is what a run of the binary gave.
type result struct {
	stdout, stderr string
	code           int
}

// run runs the binary with a bound on its time that only a hang can reach.
func run(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "HOME="+t.TempDir())
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Errorf("conc-repl %s: still running after a minute", strings.Join(args, " "))
	}
	r := result{out.String(), errs.String(), 0}
	if e, ok := err.(*exec.ExitError); ok {
		r.code = e.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return r
}

const conformance = "../../testdata/conformance"

// pending reads the table of testdata/conformance/README.md: the cases that
// wait for something, by name.
func pending(t *testing.T) map[string]string {
	b, err := os.ReadFile(filepath.Join(conformance, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\| (\w+ \d{3}_\w+) +\| (.+?) +\|$`).FindAllStringSubmatch(string(b), -1) {
		out[m[1]] = m[2]
	}
	return out
}

// addresses are what differs between any two runs of the real systems.
var addresses = regexp.MustCompile(`0x[0-9a-f]{4,}|@[0-9a-f]{5,8}\b|#PID<\d+\.\d+\.\d+>|#Reference<[\d.]+>`)

func normal(s string) string { return addresses.ReplaceAllString(s, "ADDR") }

// conformances are the folders of programs, by what they were recorded with.
var conformances = []struct{ folder, ext, system string }{
	{"clojure", ".clj", "Clojure 1.11 with core.async 1.5"},
	{"elixir", ".exs", "Elixir 1.14 on OTP 25"},
}

// TestConformance runs small programs whose output the real systems printed,
// on the virtual clock.
func TestConformance(t *testing.T) {
	waits := pending(t)
	for _, c := range conformances {
		t.Run(c.folder, func(t *testing.T) {
			cases, err := filepath.Glob(filepath.Join(conformance, c.folder, "*"+c.ext))
			if err != nil || len(cases) < 50 {
				t.Fatalf("found %d cases: %v", len(cases), err)
			}
			passed := 0
			for _, file := range cases {
				if conforms(t, file, c.ext, waits) {
					passed++
				}
			}
			t.Logf("%d of %d print what %s prints", passed, len(cases), c.system)
		})
	}
}

// conforms runs one program, and reports whether it prints what it should.
func conforms(t *testing.T, file, ext string, waits map[string]string) bool {
	name := strings.TrimSuffix(file, ext)
	want, err := os.ReadFile(name + ".out")
	if err != nil {
		t.Fatal(err)
	}
	name = filepath.Base(name)
	r := run(t, "", "run", "--virtual", file)
	ok := normal(r.stdout) == normal(string(want))
	reason, waiting := waits[ext[1:]+" "+name]
	switch {
	case ok && waiting:
		t.Errorf("%s passes, but README.md says that it waits for %s", name, reason)
	case !ok && !waiting:
		t.Errorf("%s:\n%s\nstderr: %s", name, diff(normal(string(want)), normal(r.stdout)), r.stderr)
	}
	return ok
}

// diff shows the first line in which two texts differ.
func diff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		line := func(ls []string) string {
			if i < len(ls) {
				return ls[i]
			}
			return "(no more lines)"
		}
		if line(w) != line(g) {
			return fmt.Sprintf("line %d: want %q\n        got  %q", i+1, line(w), line(g))
		}
	}
	return "no difference"
}
