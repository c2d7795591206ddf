package explore

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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

// TestArticleAlts explores the article's alts, which print channels by their
// numbers: hi is read before there, always.
func TestArticleAlts(t *testing.T) {
	var out, errs bytes.Buffer
	var r resultJSON
	File([]string{"-json", filepath.Join("..", "..", "..", "..", "scripts", "article", "4-alts.clj")}, session.Options{}, &out, &errs)
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err, &errs)
	}
	if len(r.Outcomes) != 1 || !r.Exhaustive || !regexp.MustCompile(`^Read hi .*\nRead there .*\n$`).MatchString(r.Outcomes[0].Output) {
		t.Errorf("%s", &out)
	}
}

// TestBranchRand branches over draws of either notation.
func TestBranchRand(t *testing.T) {
	for _, c := range []struct {
		file, text, want string
	}{
		{"a.clj", "(rand-int 3)", "0 1 2"},
		{"a.clj", "(rand-nth [:a :b])", ":a :b"},
		{"a.exs", "Enum.random(1..3)", "1 2 3"},
		{"a.exs", "Enum.shuffle([1, 2])", "[1, 2] [2, 1]"},
		{"a.exs", ":rand.uniform(2)", "1 2"},
	} {
		var out, errs bytes.Buffer
		File([]string{"--branch-rand", "--json", write(t, c.file, c.text)}, session.Options{}, &out, &errs)
		var r resultJSON
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatal(err, &errs)
		}
		var got []string
		for _, o := range r.Outcomes {
			got = append(got, o.Value)
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != c.want || !r.Exhaustive || !r.BranchRand {
			t.Errorf("%s: %s, %+v; want %s", c.text, text, r, c.want)
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

// TestRuleFlags explores with flags that say what can happen.
func TestRuleFlags(t *testing.T) {
	path := filepath.Join(t.TempDir(), "program.clj")
	text := "(def x (atom 0))\n(let [me (self) a (future (reset! x 1)) b (future (reset! x 2))] (send me 1) @a @b (receive v v :after 0 :none))\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags                  []string
		search, delivery, time string
		outcomes, code         int
	}{
		{nil, "dpor", "instant", "ordered", 1, exitFine},
		{[]string{"-delivery", "async"}, "dpor", "async", "ordered", 2, exitFine},
		{[]string{"-delivery", "async", "-time", "any", "-delays", "1"}, "bounded", "async", "any", 2, exitFine},
		{[]string{"-preemptions", "0"}, "bounded", "instant", "ordered", 1, exitFine},
		{[]string{"-invariant", "(< @x 2)"}, "dpor", "instant", "ordered", 1, exitFault},
		{[]string{"-invariant", "(< @x 2"}, "", "", "", 0, exitUsage},
		{[]string{"-delays", "1", "-preemptions", "1"}, "", "", "", 0, exitUsage},
		{[]string{"-delivery", "late"}, "", "", "", 0, exitUsage},
	} {
		var out, errs bytes.Buffer
		code := File(append(append([]string{"-json"}, c.flags...), path), session.Options{}, &out, &errs)
		var r resultJSON
		if code != exitUsage {
			if err := json.Unmarshal(out.Bytes(), &r); err != nil {
				t.Fatal(err)
			}
		}
		if code != c.code || r.Search != c.search || r.Delivery != c.delivery || r.Time != c.time || len(r.Outcomes) != c.outcomes {
			t.Errorf("%v: exit code %d, %+v, %s", c.flags, code, r, &errs)
		}
	}
}

// TestCutValue cuts values of flags off what is typed.
func TestCutValue(t *testing.T) {
	for text, want := range map[string][2]string{
		"2 (f)":              {"2", "(f)"},
		"(< @x (inc 2)) (f)": {"(< @x (inc 2))", "(f)"},
		`"x < 2" f.()`:       {"x < 2", "f.()"},
		"async":              {"async", ""},
		"[1 2]  {:a 1}":      {"[1 2]", "{:a 1}"},
	} {
		if value, rest := cutValue(text); value != want[0] || rest != want[1] {
			t.Errorf("%s: %q and %q, want %q", text, value, rest, want)
		}
	}
}
