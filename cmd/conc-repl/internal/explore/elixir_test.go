package explore

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
)

// exploreFile explores a form behind the text of a file of testdata/explore.
func exploreFile(t *testing.T, file, form string, flags ...string) resultJSON {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "testdata", "explore", file))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), file)
	if err := os.WriteFile(path, []byte(string(text)+"\n"+form+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	File(append(append([]string{"--json"}, flags...), path), session.Options{}, &out, &errs)
	var r resultJSON
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("%s: %v\n%s", form, err, &errs)
	}
	return r
}

// TestElixirOracles explores the twins of the programs that package
// runtime/explore counts the behaviours of: there are as many, and as many bad
// ones. Shared variables are keys of a table. What has locks (ABBA, philosophers)
// has no twin, since the language has none: its forks are channels and actors.
func TestElixirOracles(t *testing.T) {
	for _, c := range []struct {
		file, form   string
		classes, bad int
	}{
		{"variables.exs", "Readers.run(3)", 8, 0},
		{"variables.exs", "Readers.run(4)", 16, 0},
		{"variables.exs", "Readers.run(8)", 256, 0},
		{"variables.exs", "LastZero.run(1)", 2, 0},
		{"variables.exs", "LastZero.run(2)", 5, 0},
		{"variables.exs", "LastZero.run(3)", 12, 0},
		{"variables.exs", "LastZero.run(4)", 28, 0},
		{"variables.exs", "LastZero.run(5)", 64, 0},
		{"variables.exs", "Popl.run()", 5, 0},
		{"variables.exs", "LostUpdate.run(2)", 4, 2},
		{"variables.exs", "LostUpdate.run(3)", 36, 30},
		{"variables.exs", "CheckRegister.run(2)", 4, 2},
		{"variables.exs", "CheckRegister.run(3)", 12, 9},
		{"processes.exs", "Senders.all(3)", 6, 0},
		{"processes.exs", "Senders.all(4)", 24, 0},
		{"processes.exs", "Senders.one(3)", 3, 0},
		{"processes.exs", "Senders.one(4)", 4, 0},
		{"processes.exs", "Senders.tagged(3)", 1, 0},
		{"processes.exs", "Senders.tagged(4)", 1, 0},
		{"processes.exs", "Forks.philosophers(2)", 3, 1},
		{"processes.exs", "Forks.philosophers(3)", 7, 1},
		{"processes.exs", "Counter.get_set(2)", 6, 4},
		{"processes.exs", "Counter.get_set(3)", 90, 84},
		{"processes.exs", "Counter.incr(2)", 2, 0},
		{"processes.exs", "Counter.incr(3)", 6, 0},
		{"servers.exs", "Caller.circle()", 1, 1},
		{"channels.exs", "Channels.philosophers(3)", 7, 1},
		{"channels.exs", "Channels.philosophers(4)", 15, 1},
		{"channels.exs", "Channels.counter(2)", 2, 0},
		{"channels.exs", "Channels.counter(3)", 6, 0},
		{"channels.exs", "Channels.putters(3, Chan.new())", 6, 0},
		{"channels.exs", "Channels.putters(4, Chan.new())", 24, 0},
		{"channels.exs", "Channels.putters(3, Chan.new(3))", 6, 0},
		{"channels.exs", "Channels.putters(4, Chan.new(4))", 24, 0},
		{"channels.exs", "Channels.pipeline(0)", 36, 0},
		{"channels.exs", "Channels.pipeline(1)", 36, 0},
		{"channels.exs", "Channels.pipeline(2)", 36, 0},
		{"channels.exs", "Channels.alts(for _ <- 1..3, do: Chan.new(1))", 3, 0},
		{"channels.exs", "Channels.alts(for _ <- 1..4, do: Chan.new(1))", 4, 0},
		{"channels.exs", "Channels.alts(for _ <- 1..3, do: Chan.new())", 3, 3},
		{"channels.exs", "Channels.alts(for _ <- 1..4, do: Chan.new())", 4, 4},
		{"channels.exs", "Channels.forgotten_close(false)", 1, 1},
		{"channels.exs", "Channels.forgotten_close(true)", 1, 0},
	} {
		r := exploreFile(t, c.file, c.form)
		bad := 0
		for _, o := range r.Outcomes {
			if o.Kind != "value" && (o.Kind != "leak" || !strings.HasPrefix(c.form, "CheckRegister")) { // who registers waits for ever
				bad += o.Behaviours
			}
		}
		if r.Behaviours != c.classes || bad != c.bad || r.Executions != r.Behaviours || !r.Exhaustive {
			t.Errorf("%s: %d behaviours, %d bad in %d executions; want %d, %d", c.form, r.Behaviours, bad, r.Executions, c.classes, c.bad)
		}
	}
}

// TestServers finds that two servers which call each other can wait for ever.
func TestServers(t *testing.T) {
	r := exploreFile(t, "servers.exs", "Caller.mutual()", "--executions", "200")
	for _, o := range r.Outcomes {
		if o.Kind == "deadlock" {
			return
		}
	}
	t.Errorf("no deadlock in %d behaviours", r.Behaviours)
}
