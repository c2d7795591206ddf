package prompt

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func filter(text string, slow bool) (*pasteFilter, string) {
	var in io.Reader = strings.NewReader(text)
	if slow {
		in = iotest.OneByteReader(in)
	}
	f := &pasteFilter{in: io.NopCloser(in)}
	b, _ := io.ReadAll(f)
	return f, string(b)
}

func TestPaste(t *testing.T) {
	long := strings.Repeat("x", 500)
	body := "(let [a 1\n\tb \"\t\"]\r\n" + long + ")"
	for _, slow := range []bool{false, true} {
		f, got := filter("ab\x1b[A"+pasteBegin+body+pasteEnd+"\tc", slow)
		if strings.Contains(got[2:len(got)-2], "\t") || len(got) > 100 {
			t.Errorf("the editor would see %q", got)
		}
		want := "ab\x1b[A(let [a 1\r\tb \"\t\"]\r" + long + ")\tc"
		if back := f.restore(got); back != want {
			t.Errorf("it comes back as %q", back)
		}
	}
}

func TestWithoutResults(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"clojure", "user=> (+ 1\n  #_=>  2)\n3\nuser=> (println 1)\n1\nnil\n\n(+ 3 4)", "user=> (+ 1\n 2)\n(println 1)\n\n(+ 3 4)"},
		{"elixir", "iex(1)> x = [\n...(1)> 1]\n[1]\niex(2)> x # list\n[1]\n.ps\n\nx", "iex(1)> x = [\n1]\nx # list\n.ps\n\nx"},
		{"both", "iex> 1\n1\nuser=> (inc\n1)\n2", "iex> 1\nuser=> (inc\n1)"},
		{"another namespace", "my.app=> *ns*\nfoo", "my.app=> *ns*"},
		{"no prompts", "(foo\n\tbar)", "(foo\n\tbar)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := withoutResults(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
