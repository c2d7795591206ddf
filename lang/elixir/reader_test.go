package elixir

import (
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

// TestRecorded compares with what Elixir 1.14.0 made of the same texts.
func TestRecorded(t *testing.T) {
	texts, wants := records(t, "snippets.txt", "recorded.txt")
	for i, text := range texts {
		if got := shown(text); got != wants[i] {
			t.Errorf("%q\n got %s\nwant %s", text, got, wants[i])
		}
	}
}
