package elixir

import (
	"fmt"
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		`foo(:a, "c", 1)`:     `Identifierfoo Open( Atom:a Comma, Space_ StringOpen" StringTextc StringClose" Comma, Space_ Number1 Close)`,
		"\"a#{b}c":            "StringOpen\" StringTexta InterpOpen#{ Identifierb InterpClose} StringTextc",
		`"#{%{a: "}"}}"`:      `StringOpen" InterpOpen#{ Percent% Open{ Keya: Space_ StringOpen" StringText} StringClose" Close} InterpClose} StringClose"`,
		"if x do ?a end # e":  "Identifierif Space_ Identifierx Space_ Reserveddo Space_ Char?a Space_ Reservedend Space_ Comment#_e",
		"~w(a b)c":            "StringOpen~w( StringTexta_b StringClose)c",
		"Foo.bar -> @x |> $":  "AliasFoo Dot. Identifierbar Space_ Stab-> Space_ Operator@ Identifierx Space_ Operator|> Space_ Bad$",
		"#PID<0.1.0>":         "Comment#PID<0.1.0>",
		"a\xff":               "Identifiera?",
		"%{\"a b\": 1} = nil": `Percent% Open{ StringOpen" StringTexta_b StringClose": Space_ Number1 Close} Space_ Operator= Space_ Reservednil`,
		"":                    "",
	} {
		var got []string
		for _, tok := range Tokens(text) {
			word := strings.ToValidUTF8(text[tok.Start:tok.End], "?")
			got = append(got, fmt.Sprint(tok.Kind, strings.ReplaceAll(word, " ", "_")))
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q\n got %s\nwant %s", text, g, want)
		}
	}
}

func TestPending(t *testing.T) {
	for text, want := range map[string]string{
		"foo(a, [b":          "[",
		"if x do":            "do",
		"fn x ->":            "fn",
		"x =":                "incomplete",
		"x |>":               "incomplete",
		"x\n|> y":            "",
		"\"abc":              `"`,
		"\"\"\"":             `"""`,
		"~w(a":               "~w(",
		"\"a #{b":            "#{",
		"1 2":                "",
		"(a ]":               "",
		"0x":                 "",
		"a)":                 "",
		"if x do\n1\nelse":   "do",
		"# (":                "",
		"receive do a -> b":  "do",
		"":                   "",
		"foo(\n  1,\n":       "(",
		"%{a: 1,\n b: 2}":    "",
		"x = 1\ny = [":       "[",
		"case 1 do\n 1 -> 2": "do",
	} {
		got := ""
		if e := Pending(text); e != nil {
			if got = e.Opener; got == "" {
				got = "incomplete"
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestBrackets(t *testing.T) {
	const text = `foo(a, "(#{b}", [c, fn x -> ')' # (`
	open := Unclosed(text, len(text))
	var got []string
	for _, o := range open {
		got = append(got, text[o.Start:o.End])
	}
	if g := strings.Join(got, " "); g != "( [ fn" {
		t.Errorf("open: %s", g)
	}
	const line = `if (a) do [b} end`
	for off, want := range map[int]int{3: 5, 5: 3, 7: 14, 15: 7, 10: -1, 0: -1} {
		got := -1
		if m, ok := Match(line, off); ok {
			got = m.Start
		}
		if got != want {
			t.Errorf("match of %d: got %d, want %d", off, got, want)
		}
	}
}

func TestRender(t *testing.T) {
	_, err := newReader("x = 1\ny = foo(1 2)").ReadAll()
	const want = "nofile:2:11: syntax error before: \"2\"\n    |\n  2 | y = foo(1 2)\n    |           ^"
	if got := err.(*Error).Render(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
