package prompt

import (
	"strings"
	"testing"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/lang"
)

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"(+ 1 2)\n": "(+ 1 2)",
		"(let [a 1 ; one\n      b \"x\ny\"]\n  a)": `(let [a 1 b "x\ny"] a)`,
		"; only this\n": "; only this",
	} {
		if got := clojureLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestOneLineElixir(t *testing.T) {
	for in, want := range map[string]string{
		"x = 1\n": "x = 1",
		"if x do\n  1 # one\n  2\nelse\n  3\nend":              "if x do 1; 2 else 3 end",
		"[1,\n 2\n]\n|> Enum.map(fn x ->\n  y = x\n  -y\nend)": "[1, 2 ] |> Enum.map(fn x -> y = x; -y end)",
		"\"a\nb\"":              `"a\nb"`,
		"x = \"\"\"\na\n\"\"\"": "",
	} {
		if got := elixirLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSplitRow(t *testing.T) {
	for _, c := range [][3]string{
		{"", "", ""},
		{"ab", "", "ab"},
		{"ab\ncd", "ab\n", "cd"},
		{"abcde", "abcd\n", "e"},
		{"abcd", "", "abcd"},
		{"abcd\n", "abcd\n", ""},
		{"\x1b[31mabcd\x1b[0m", "", "\x1b[31mabcd\x1b[0m"},
	} {
		if rows, rest := splitRow(c[0], 4); rows != c[1] || rest != c[2] {
			t.Errorf("%q: got %q and %q", c[0], rows, rest)
		}
	}
}

func TestPaintKeepsText(t *testing.T) {
	color.NoColor = false
	defer func() { color.NoColor = true }()
	text := `(def x {:a "s" 1.5 \c}) ; done`
	got := paint(lang.ClojureNotation, text, 5, 0)
	if !strings.Contains(got, "\x1b[") {
		t.Error("no colour")
	}
	if plain := strip(got); plain != text[5:] {
		t.Errorf("%q became %q", text[5:], plain)
	}
}

// strip takes the colours off.
func strip(s string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, s, _ = strings.Cut(after, "m")
	}
}

func TestPainterInPieces(t *testing.T) {
	color.NoColor = true
	var b strings.Builder
	p := &painter{out: &b}
	for _, piece := range []string{`[:a "b`, ` c" 12`, `3 `, "nil]\n"} {
		if _, err := p.Write([]byte(piece)); err != nil {
			t.Fatal(err)
		}
	}
	p.flush()
	if want := "[:a \"b c\" 123 nil]\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
