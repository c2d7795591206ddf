package explore

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
)

// TestArticle explores the article's snippets: the outcomes are exactly those
// that the real core.async shows.
func TestArticle(t *testing.T) {
	for file, want := range map[string][]string{
		"1-writer-waits.clj": {"hello\nwriter unblocked\n", "writer unblocked\nhello\n"},
		"2-reader-waits.clj": {"hello\nreader unblocked\n"},
		"3-close.clj":        {"hello\n", "nil\n"},
	} {
		var out, errs bytes.Buffer
		path := filepath.Join("..", "..", "..", "..", "scripts", "article", file)
		if code := File([]string{"-json", path}, session.Options{}, &out, &errs); code != exitFine {
			t.Fatalf("%s: exit code %d, %s", file, code, &errs)
		}
		var r resultJSON
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		var got []string
		sum := 0.0
		for _, o := range r.Outcomes {
			got = append(got, o.Output)
			sum += *o.Probability
			if o.Kind != "value" || o.Witness == "" {
				t.Errorf("%s: %+v", file, o)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || !r.Exhaustive || sum < 0.999 || sum > 1.001 {
			t.Errorf("%s: printed %q (exhaustive %v, shares %v), want %q", file, got, r.Exhaustive, sum, want)
		}
	}
}

// TestElixir explores a program in the Elixir notation.
func TestElixir(t *testing.T) {
	text := `
me = self()
for i <- 1..3, do: spawn(fn -> send(me, i) end)
for _ <- 1..3 do
  receive do
    x -> x
  end
end
`
	path := filepath.Join(t.TempDir(), "senders.exs")
	if err := os.WriteFile(path, []byte("run = fn ->"+text+"end\nrun.()\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := File([]string{"--json", path}, session.Options{}, &out, &errs); code != exitFine {
		t.Fatalf("exit code %d, %s", code, &errs)
	}
	var r resultJSON
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if r.Behaviours != 6 || len(r.Outcomes) != 6 || r.Outcomes[0].Value != "[1, 2, 3]" {
		t.Errorf("%s", &out)
	}
}
