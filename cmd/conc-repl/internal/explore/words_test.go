package explore

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
)

// race is a program of which one of two behaviours raises.
const race = `defmodule R do
  def race do
    me = self()
    for i <- 1..2, do: spawn(fn -> send(me, i) end)
    a = receive do x -> x end
    IO.puts("got #{a}")
    if a == 2, do: raise("second first")
    a
  end
end
R.race()
`

// write writes a file of a program.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// explored gives what conc-repl explore prints.
func explored(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := File(args, session.Options{}, &out, &errs); code == exitUsage {
		t.Fatalf("%v: %s", args, &errs)
	}
	return out.String()
}

// TestWords reads what a lost update through an agent is told as: who calls
// whom, which answers differ, and because of which order.
func TestWords(t *testing.T) {
	out := explored(t, "--executions", "200", write(t, "lost.exs", `
run = fn ->
  {:ok, a} = Agent.start(fn -> 0 end)
  tasks = for _ <- 1..2, do: Task.async(fn ->
    n = Agent.get(a, & &1)
    Agent.update(a, fn _ -> n + 1 end)
  end)
  Task.await_many(tasks)
  Agent.get(a, & &1)
end
run.()
`))
	for _, want := range []string{"call {:get, fn/1} of p107", "reply 0 to p109", "take the call {:update, fn/1} from"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, noise := range []string{"#Reference", "#PID", ":alias", "monitor"} {
		if strings.Contains(out, noise) {
			t.Errorf("%q in\n%s", noise, out)
		}
	}
}

// TestReason reads why what was explored cannot go on: which ring, which loss.
func TestReason(t *testing.T) {
	for _, c := range []struct{ file, program, want string }{
		{"locks.clj", "(let [a (Object.) b (Object.) f (future (locking a (locking b 1)))] (locking b (locking a @f)))",
			"p107 waits: the lock of b, which the main process holds"},
		{"threads.clj", "(let [a (Object.) b (Object.)] (future (locking a (locking b 1))) (future (locking b (locking a 1))) :started)",
			"deadlock: They wait for each other: p107 waits: the lock of b, which p108 holds; p108 waits: the lock of a, which p107 holds."},
		{"offer.clj", "(let [c (chan)] (go (offer! c :go)) (<!! c))", "A lost wake-up: p107 offered :go to c"},
		{"taken.exs", `
run = fn ->
  me = self()
  spawn(fn -> send(me, {:done, 1}) end)
  spawn(fn -> send(me, {:ready, 1}) end)
  receive do _ -> :ok end
  receive do {:ready, _} -> :ok end
end
run.()`, "A lost message: the main process received {:ready, 1}"},
	} {
		if out := explored(t, write(t, c.file, c.program)); !strings.Contains(out, c.want) {
			t.Errorf("%s: no %q in\n%s", c.file, c.want, out)
		}
	}
}

// TestReplay runs a file by a token, which another program tells of itself.
func TestReplay(t *testing.T) {
	file := write(t, "race.exs", race)
	text := explored(t, file)
	if !strings.Contains(text, " 1. error: ** (RuntimeError) second first") {
		t.Errorf("%s", text)
	}
	token := regexp.MustCompile(`token (\S+)`).FindStringSubmatch(text)[1]
	var out, errs bytes.Buffer
	if code := Replay(file, token, session.Options{}, &out, &errs); code != exitFault || out.String() != "got 2\n" {
		t.Errorf("exit code %d, %s%s", code, &out, &errs)
	}
	errs.Reset()
	Replay(write(t, "other.exs", strings.ReplaceAll(race, "1..2", "1..1")), token, session.Options{}, &out, &errs)
	if got := errs.String(); !strings.Contains(got, changed) || !strings.Contains(got, "no longer fits") {
		t.Errorf("%s", got)
	}
}

// TestCompare finds the outcomes that only one of two files has.
func TestCompare(t *testing.T) {
	other := write(t, "other.exs", strings.ReplaceAll(race, "a == 2", "a == 3"))
	out := explored(t, "--compare", other, write(t, "race.exs", race))
	for _, want := range []string{"only the second: error", `only the first: 2, having printed "got 2\n"`, "1 outcome in both"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

var dotLine = regexp.MustCompile(`^(digraph explored \{|\}|  node \[shape=plaintext, fontname=monospace\];|  n\d+ \[label="(?:[^"\\]|\\.)*"(, shape=box, color=\w+)?\];|  n\d+ -> n\d+;)$`)

// TestDOT draws the tree: each line is DOT, each node but the root has one
// edge to it, and there is a box for each run.
func TestDOT(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tree.dot")
	explored(t, "--dot", file, write(t, "race.exs", race))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if !dotLine.MatchString(line) {
			t.Errorf("%q is no line of DOT", line)
		}
	}
	nodes, edges, boxes := strings.Count(string(text), "[label="), strings.Count(string(text), " -> "), strings.Count(string(text), "shape=box")
	if edges != nodes-1 || boxes != 2 {
		t.Errorf("%d nodes, %d edges, %d boxes", nodes, edges, boxes)
	}
}
