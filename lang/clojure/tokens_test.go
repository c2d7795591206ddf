package clojure

import (
	"fmt"
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		`(a :b "c" 1)`:      `Open( Symbola Space_ Keyword:b Space_ String"c" Space_ Number1 Close)`,
		`#_#"x" \a;y`:       `Prefix#_ Regex#"x" Space_ Char\a Comment;y`,
		`#:a{#'b ~@c "open`: `MapTag#:a Open{ Prefix#' Symbolb Space_ Prefix~@ Symbolc Space_ String"open`,
		"a\xff #<b":         "Symbola\xff Space_ Bad#< Symbolb",
		"#inst #":           "Tag#inst Space_ Prefix#",
		"":                  "",
	} {
		var got []string
		for _, tok := range Tokens(text) {
			got = append(got, fmt.Sprint(tok.Kind, strings.ReplaceAll(text[tok.Start:tok.End], " ", "_")))
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q\n got %s\nwant %s", text, g, want)
		}
	}
}

func TestPending(t *testing.T) {
	for text, want := range map[string]string{
		"(a (b":       "(",
		"(a [b":       "[",
		"(a) 'b":      "",
		"(a) '":       "'",
		"\"abc":       `"`,
		"1/":          "",
		"(a ]":        "",
		"::x/y":       "",
		"(::x/y":      "(",
		"#foo/bar (1": "(",
		"":            "",
		"; (":         "",
	} {
		got := ""
		if e := Pending(text); e != nil {
			got = e.Opener
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestBrackets(t *testing.T) {
	const text = `(a "(" #{b \( } ; (` + "\n [c"
	open := Unclosed(text, len(text))
	if len(open) != 2 || open[0].Start != 0 || text[open[1].Start] != '[' {
		t.Errorf("open: %v", open)
	}
	const line = `(a #{b} (c])`
	for off, want := range map[int]int{0: -1, 3: 6, 4: 6, 6: 3, 8: -1, 10: -1, 1: -1, 11: 0} {
		got := -1
		if m, ok := Match(line, off); ok {
			got = m.Start
		}
		if off == 0 {
			want = 11
		}
		if got != want {
			t.Errorf("match of %d: got %d, want %d", off, got, want)
		}
	}
}
