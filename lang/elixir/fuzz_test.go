package elixir

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
)

// programs are texts of whole programs, which read without an error.
func programs(t testing.TB) []string {
	files, err := filepath.Glob("../../testdata/conformance/elixir/*.exs")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs: ", err)
	}
	var texts []string
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	return texts
}

// seeds are the snippets that read without an error.
func seeds(t testing.TB) []string {
	var texts []string
	for _, text := range split(t, "snippets.txt") {
		if readError(text) == nil {
			texts = append(texts, text)
		}
	}
	return texts
}

// readError gives the error of reading all of text, nil if there is none.
func readError(text string) *Error {
	_, err := newReader(text).ReadAll()
	e, _ := err.(*Error)
	return e
}

// checkPrefixes checks what Partial promises over the prefixes of a valid text.
func checkPrefixes(t *testing.T, text string) {
	for n := range text {
		if e := readError(text[:n]); e != nil && !e.Partial {
			t.Errorf("prefix %q of a valid text: %v", tail(text[:n]), e)
			return
		}
	}
}

func tail(s string) string { return s[max(0, len(s)-60):] }

// expressions are the texts of the single expressions of seeds and programs.
func expressions(t testing.TB) []string {
	var texts []string
	for _, text := range append(seeds(t), programs(t)...) {
		r := newReader(text)
		for from := 0; ; from = r.Offset() {
			if _, ok, err := r.Read(); err != nil || !ok {
				break
			}
			texts = append(texts, text[from:r.Offset()])
		}
	}
	return texts
}

func TestPrefixes(t *testing.T) {
	for i, text := range expressions(t) {
		if len(text) < 300 || len(text) < 1500 && i%8 == 0 { // enough, and soon done
			checkPrefixes(t, text)
		}
	}
}

// endings are what may be missing at the end of a text besides a terminator.
var endings = append([]string{"", "x end", "-> x", "-> x end", " x -> x", "hen x -> x end", "en x -> x end", "n x -> x end", ">>", "{}", "x{}", "=> x", "(x)", "\nx", "/x/", "41}", "0041", "\"\"", "w()", "x: 1", "x: 1 end", "nd", "lse x end", "se x end", "x()", "Foo{}"}, growths...)

// completable finds a continuation that removes the error of text, by trying
// endings and closing what is open then.
func completable(text string) bool {
	for _, more := range endings {
		longer, e := text+more, readError(text+more)
		for n := 0; n < 12 && e != nil && e.Partial && e.Opener != ""; n++ {
			longer, e = closed(longer, e)
		}
		if e == nil {
			return true
		}
	}
	return false
}

// closed closes what is open in text, in the first way that does no harm.
func closed(text string, e *Error) (string, *Error) {
	closing := opened{text: e.Opener, kind: openerKind(e.Opener)}.terminator()
	for _, by := range []string{" " + closing, closing, " -> x end", closing + ": x", "\n" + closing} {
		if e = readError(text + by); e == nil || e.Partial {
			return text + by, e
		}
	}
	return text, e
}

func openerKind(opener string) Kind {
	switch {
	case opener == "do" || opener == "fn":
		return Reserved
	case opener == "#{":
		return InterpOpen
	case strings.ContainsAny(opener, `"'~:`):
		return StringOpen
	}
	return Open
}

func TestPartialIsCompletable(t *testing.T) {
	for i, text := range split(t, "snippets.txt") {
		if i%15 != 0 || len(text) > 300 { // enough, and soon done
			continue
		}
		for n := range text {
			e := readError(text[:n])
			if e != nil && e.Partial && !completable(text[:n]) {
				t.Errorf("no continuation found for %q: %v", tail(text[:n]), e)
			}
		}
	}
}

// FuzzRead checks that no text does harm, that places lie in the text, and
// that tokens cover it.
func FuzzRead(f *testing.F) {
	for _, s := range append(split(f, "snippets.txt"), programs(f)[:10]...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		forms, err := newReader(text).ReadAll()
		if err != nil {
			e := err.(*Error)
			if !e.Pos.IsValid() || e.Render() == "" {
				t.Fatalf("%q: no place: %#v", text, e)
			}
		}
		var b strings.Builder
		dump(&b, Block(forms))
		if strings.Contains(b.String(), "headArgs") {
			t.Fatalf("%q: %s", text, b.String())
		}
		end := 0
		for _, tok := range Tokens(text) {
			if tok.Start != end || tok.End <= tok.Start {
				t.Fatalf("%q: token %v after %d", text, tok, end)
			}
			end = tok.End
		}
		if end != len(text) {
			t.Fatalf("%q: tokens end at %d", text, end)
		}
		Pending(text)
	})
}

// FuzzPartial checks that no prefix of a valid text has an error that is not
// Partial.
func FuzzPartial(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) <= 200 && utf8.ValidString(text) && readError(text) == nil {
			checkPrefixes(t, text)
		}
	})
}

func TestNestingEndsInAnError(t *testing.T) {
	for _, piece := range []string{"(", "[", "{", "%{a: ", "fn -> ", "foo do ", "-", "x = ", "\"#{", "foo ", "@", "a.(", "x + ", "f()", ".a", "[1]", "<<", "!", "a |> ", "&", "%", "%^", "foo a: ", "x -> ", "when "} {
		text := strings.Repeat(piece, 20_000)
		if piece == "f()" || piece == ".a" || piece == "[1]" {
			text = "x" + strings.Repeat(strings.TrimPrefix(piece, "f"), 20_000)
		}
		if e := readError(text); e == nil {
			t.Errorf("%q nests without end", piece)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	text := strings.Join(programs(b), "\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	src := &lang.Source{Name: "bench.exs", Text: text}
	for b.Loop() {
		if _, err := New(src).ReadAll(); err != nil {
			b.Fatal(err)
		}
	}
}
