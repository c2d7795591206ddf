// Command bench runs the programs of this folder with conc-repl and with
// whichever of Clojure, Elixir, let-go, glojure and Joker is installed, in one
// run on one machine, and prints each one's time and its ratio to
// conc-repl's.
//
//	go run ./scripts/bench [-n 3] [NAME ...]
//
// Each program times itself, first in a fresh process and then warm, after
// three more runs in the same process; the median over -n processes counts.
// A program's folder has clojure.clj, for the Lisps, conc.clj where
// conc-repl's is another one (actors), and elixir.exs, which conc-repl runs as
// it stands: Elixir's ratio is to that. For start, the time of the whole
// process counts.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// system is a program that runs scripts.
type system struct {
	name    string
	command []string // the script's path comes last
	files   []string // those of a benchmark's folder that it can run, best first
	only    []string // benchmarks; nil for all that have a file
}

var sequential = []string{"start", "fib30", "loop100m", "mapfilter"}

// timeout bounds one process; what takes longer is shown as such.
const timeout = 3 * time.Minute

func main() {
	n := flag.Int("n", 3, "processes per program")
	flag.Parse()
	dir := filepath.Join("scripts", "bench")
	names := flag.Args()
	if len(names) == 0 {
		names = programs(dir)
	}
	systems, cleanup, err := installed()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	defer cleanup()
	report(os.Stdout, dir, names, systems, *n)
}

func programs(dir string) []string {
	entries, _ := os.ReadDir(dir)
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// installed builds conc-repl and finds its peers.
func installed() (systems []system, cleanup func(), err error) {
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, nil, err
	}
	binary := filepath.Join(tmp, "conc-repl")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/conc-repl").CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("building conc-repl: %w\n%s", err, out)
	}
	systems = []system{
		{"conc-repl", []string{binary, "run"}, []string{"conc.clj", "clojure.clj"}, nil},
		{"conc .exs", []string{binary, "run"}, []string{"elixir.exs"}, nil},
	}
	if _, err := exec.LookPath("java"); err == nil {
		if jars, _ := filepath.Glob("/usr/share/java/*.jar"); slices.ContainsFunc(jars, func(j string) bool { return strings.HasSuffix(j, "/core.async.jar") }) {
			systems = append(systems, system{"Clojure", []string{"java", "-cp", strings.Join(jars, ":"), "clojure.main"}, []string{"clojure.clj"}, nil})
		}
	}
	for _, s := range []system{
		{"Elixir", []string{"elixir", "--erl", "+P 4000000"}, []string{"elixir.exs"}, nil},
		{"let-go", []string{"lg"}, []string{"clojure.clj"}, sequential},
		{"glojure", []string{"glj"}, []string{"clojure.clj"}, sequential},
		{"Joker", []string{"joker"}, []string{"clojure.clj"}, sequential},
	} {
		if _, err := exec.LookPath(s.command[0]); err == nil {
			systems = append(systems, s)
		}
	}
	return systems, func() { os.RemoveAll(tmp) }, nil
}

// figures are the median times of a program in milliseconds.
type figures struct {
	first, warm float64
	err         string
}

func report(w io.Writer, dir string, names []string, systems []system, n int) {
	fmt.Fprintf(w, "%-20s %-10s %10s %8s %10s %8s\n", "program", "system", "first ms", "ratio", "warm ms", "ratio")
	for _, name := range names {
		base := map[string]figures{} // conc-repl's, by the extension of the program
		for i, s := range systems {
			file := s.file(dir, name)
			if file == "" {
				continue
			}
			f := measure(s, file, name == "start", n)
			if i < 2 {
				base[filepath.Ext(file)] = f
			}
			fmt.Fprintf(w, "%-20s %-10s %s\n", name, s.name, f.row(base[filepath.Ext(file)]))
		}
	}
	fmt.Fprintln(w, "\nratio: conc-repl's time over the system's; below 1, conc-repl is faster")
}

func (s system) file(dir, name string) string {
	if s.only != nil && !slices.Contains(s.only, name) {
		return ""
	}
	for _, f := range s.files {
		if path := filepath.Join(dir, name, f); exists(path) {
			return path
		}
	}
	return ""
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func (f figures) row(base figures) string {
	if f.err != "" {
		return f.err
	}
	return column(f.first, base.first) + " " + column(f.warm, base.warm)
}

func column(ms, base float64) string {
	if ms == 0 {
		return fmt.Sprintf("%10s %8s", "-", "-")
	}
	if base == 0 {
		return fmt.Sprintf("%10.1f %8s", ms, "-")
	}
	return fmt.Sprintf("%10.1f %8.2f", ms, base/ms)
}

var lines = regexp.MustCompile(`(?m)^(first|warm) ([\d.eE+-]+)`)

// measure runs a program n times, each in a fresh process.
func measure(s system, file string, whole bool, n int) figures {
	var first, warm []float64
	for range n {
		out, elapsed, err := once(s, file)
		if err != nil {
			return figures{err: "failed: " + err.Error()}
		}
		if whole {
			first = append(first, elapsed)
			continue
		}
		for _, m := range lines.FindAllStringSubmatch(out, -1) {
			ms, _ := strconv.ParseFloat(m[2], 64)
			if m[1] == "first" {
				first = append(first, ms)
			} else {
				warm = append(warm, ms)
			}
		}
	}
	return figures{first: median(first), warm: median(warm)}
}

func once(s system, file string) (out string, ms float64, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.command[0], append(s.command[1:len(s.command):len(s.command)], file)...)
	start := time.Now()
	b, err := cmd.Output()
	ms = float64(time.Since(start).Microseconds()) / 1000
	if ctx.Err() != nil {
		return "", 0, fmt.Errorf("longer than %s", timeout)
	}
	return string(b), ms, err
}

func median(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	slices.Sort(xs)
	return xs[len(xs)/2]
}
