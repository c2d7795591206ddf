package elixir

import (
	"crypto/md5"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

func newReader(text string) *Reader {
	return New(&lang.Source{Name: "nofile", Text: text})
}

// dump writes a quoted form as testdata/record.exs does.
func dump(b *strings.Builder, v lang.Value) {
	if head, meta, args, ok := triple(v); ok {
		b.WriteByte('(')
		dump(b, head)
		b.WriteString("@" + place(meta) + " ")
		dump(b, args)
		b.WriteByte(')')
		return
	}
	if l, ok := elements(v); ok {
		b.WriteByte('[')
		for i, x := range l {
			if i > 0 {
				b.WriteByte(' ')
			}
			dump(b, x)
		}
		b.WriteByte(']')
		return
	}
	switch x := v.Obj().(type) {
	case *lang.Keyword:
		b.WriteString(":" + bytesQuoted(x.Name))
	case string:
		b.WriteString(bytesQuoted(x))
	case *lang.Vector:
		b.WriteByte('{')
		dump(b, x.Nth(0))
		b.WriteByte(' ')
		dump(b, x.Nth(1))
		b.WriteByte('}')
	default:
		b.WriteString(lang.Inspect(v))
	}
}

// place gives the line and column of metadata.
func place(meta lang.Value) string {
	at := map[string]string{}
	entries, _ := elements(meta)
	for _, e := range entries {
		kv := e.Obj().(*lang.Vector)
		at[kv.Nth(0).Obj().(*lang.Keyword).Name] = lang.Inspect(kv.Nth(1))
	}
	if at["line"] == "" {
		return ""
	}
	return at["line"] + ":" + at["column"]
}

func bytesQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			fmt.Fprintf(&b, `\x%02X`, c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String() + `"`
}

// shown gives what a text reads as, or its error, as testdata/record.exs does.
func shown(text string) string {
	forms, err := newReader(text).ReadAll()
	if e, _ := err.(*Error); e != nil {
		if e.Class != classSyntax && e.Class != classMissing {
			return e.Class
		}
		return e.Class + " " + e.Error()
	}
	var b strings.Builder
	dump(&b, Block(forms))
	return b.String()
}

// records gives the snippets of a file and what Elixir made of them.
func records(t testing.TB, snippets, recorded string) (texts, wants []string) {
	texts = split(t, snippets)
	wants = split(t, recorded)
	if len(texts) != len(wants) {
		t.Fatalf("%d snippets, %d records", len(texts), len(wants))
	}
	return texts, wants
}

func split(t testing.TB, file string) []string {
	b, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(b), "\n----\n")
}

// differences are the texts that read otherwise than in Elixir, which cuts all
// of a text into tokens before it parses any, and so may report a later error.
var differences = map[string]string{
	"..//1":             "SyntaxError nofile:1:3: the range step operator (//) must immediately follow the range definition operator (..), for example: 1..9//2. If you wanted to define a default argument, use (\\\\) instead. Syntax error before: '//'",
	"a ? b : c":         "SyntaxError nofile:1:5: syntax error before: b",
	"ÿ\u00a0":           "SyntaxError nofile:1:2: unexpected token: \"\u00a0\" (column 2, code point U+00A0)",
	"foo(fn x -> x, 1)": "SyntaxError nofile:1:14: syntax error before: ','",
	"(;)":               `(:"__block__"@ [])`,
	"do":                "SyntaxError nofile:1:1: syntax error before: do",
	"..//":              "SyntaxError nofile:1:3: the range step operator (//) must immediately follow the range definition operator (..), for example: 1..9//2. If you wanted to define a default argument, use (\\\\) instead. Syntax error before: '//'",
	"\\\n":              `(:"__block__"@ [])`,
}

// TestRecorded compares with what Elixir 1.14.0 made of the same texts.
func TestRecorded(t *testing.T) {
	texts, wants := records(t, "snippets.txt", "recorded.txt")
	for i, text := range texts {
		want := wants[i]
		if other, ok := differences[text]; ok {
			want = other
		}
		if got := shown(text); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestPrograms compares whole programs with what Elixir makes of them; of
// that, testdata/programs.txt has the MD5 sums.
func TestPrograms(t *testing.T) {
	sums, err := os.ReadFile("testdata/programs.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(sums)) {
		name, want, _ := strings.Cut(strings.TrimSpace(line), " ")
		text, err := os.ReadFile("../../testdata/conformance/elixir/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", md5.Sum([]byte(shown(string(text))))); got != want {
			t.Errorf("%s reads otherwise than in Elixir: %.200s", name, shown(string(text)))
		}
	}
}
