package explore

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
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
// runtime/explore counts the behaviours of: there are as many, and as many bad ones.
func TestElixirOracles(t *testing.T) {
	for _, c := range []struct {
		form         string
		classes, bad int
	}{
		{"Senders.all(3)", 6, 0},
		{"Senders.all(4)", 24, 0},
		{"Senders.one(3)", 3, 0},
		{"Senders.one(4)", 4, 0},
		{"Senders.tagged(3)", 1, 0},
		{"Senders.tagged(4)", 1, 0},
		{"Forks.philosophers(2)", 3, 1},
		{"Forks.philosophers(3)", 7, 1},
		{"Counter.get_set(2)", 6, 4},
		{"Counter.get_set(3)", 90, 84},
		{"Counter.incr(2)", 2, 0},
		{"Counter.incr(3)", 6, 0},
		{"Putters.run(3, Chan.new())", 6, 0},
		{"Putters.run(3, Chan.new(3))", 6, 0},
	} {
		r := exploreFile(t, "processes.exs", c.form)
		bad := 0
		for _, o := range r.Outcomes {
			if o.Kind != "value" {
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
