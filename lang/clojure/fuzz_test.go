package clojure

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
)

// seeds are texts that read without an error.
func seeds(t testing.TB) []string {
	texts := []string{
		"'a `(b ~c ~@d e#) @f #'g ^:h i #^{:j 1} (k)",
		`"\u00e9\t\101" \newline \u00e9 \o101 \\ #"a\"b" 1/2 0x1F 2r101 017 1.5e-3 1N 2.5M ##Inf ##-Inf ##NaN`,
		"#:a{:b 1 :_/c 2} #::{:d 3} #::s{:e 4} ::f ::s/g :a/b a/b / a'b +'",
		"#(+ % %2 %&) #{1 2} #_ #_ 1 2 3 #?(:clj 1 :cljs 2) [#?@(:clj [1 2] :default [])] '#?(:cljs 1) 2",
		`#inst "2010-11-12T13:14:15.666-06:00" #uuid "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" ^:a nilly #{:a :ab}`,
		"; comment\n#! comment\n,,é\u00a0ü (((((((((())))))))))",
		"{:a 1 :ab 2} 1/01 08.5 \\space \\u1234 a/1/b a:b :1 1e+5",
	}
	files, err := filepath.Glob("../../testdata/conformance/clojure/*.clj")
	if err != nil || len(files) == 0 {
		t.Fatal("no seeds: ", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	return texts
}

// forms are the texts of the single forms of the seeds.
func forms(t testing.TB) []string {
	var texts []string
	for _, text := range seeds(t) {
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

func TestSeedsRead(t *testing.T) {
	for _, text := range seeds(t) {
		if _, err := newReader(text).ReadAll(); err != nil {
			t.Errorf("%.60q: %v", text, err)
		}
	}
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
		e := readError(text[:n])
		if e == nil {
			continue
		}
		if !e.Partial {
			t.Fatalf("prefix %q of a valid text: %v", tail(text[:n]), e)
		}
	}
}

func tail(s string) string { return s[max(0, len(s)-60):] }

func TestPrefixes(t *testing.T) {
	for _, text := range forms(t) {
		checkPrefixes(t, text)
	}
}

// completable finds a continuation that removes the error of text. It closes
// what can be closed, and otherwise tries up to depth pieces that some prefix
// or atom may want.
func completable(text string, e *Error, depth int) bool {
	for e.Opener != "" && closer(e.Opener) != "" {
		next := readError(text + closer(e.Opener))
		if next == nil {
			return true
		}
		if !next.Partial {
			break
		}
		text, e = text+closer(e.Opener), next
	}
	if depth == 0 {
		return false
	}
	tokens := Tokens(text)
	last := tokens[len(tokens)-1]
	if last.Kind == Comment {
		text += "\n"
	}
	more := []string{"{}", "[]", " x", " 0", "x", "1", "0", "(:clj [])", "Inf", ` "2010"`, ` "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"`}
	for _, m := range append(more, growths(text[last.Start:])...) {
		next := readError(text + m)
		if next == nil || next.Partial && completable(text+m, next, depth-1) {
			return true
		}
	}
	return false
}

// deepening looks for short continuations before long ones.
func deepening(text string, e *Error) bool {
	for depth := range 4 {
		if completable(text, e, depth) {
			return true
		}
	}
	return false
}

func TestPartialIsCompletable(t *testing.T) {
	for i, text := range forms(t) {
		if i%4 != 0 { // enough, and soon done
			continue
		}
		for n := range text {
			e := readError(text[:n])
			if e != nil && e.Opener != `#"` && !deepening(text[:n], e) {
				t.Fatalf("no continuation found for %q: %v", tail(text[:n]), e)
			}
		}
	}
}

// FuzzRead checks that no text does harm, that places lie in the text, and
// that tokens cover it.
func FuzzRead(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := newReader(text)
		for {
			_, ok, err := r.Read()
			if err != nil {
				e := err.(*Error)
				if !e.Pos.IsValid() || e.Render() == "" {
					t.Fatalf("%q: no place: %#v", text, e)
				}
			}
			if err != nil || !ok {
				break
			}
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

// FuzzPartial checks that an error is Partial exactly if some continuation of
// the text removes it: no prefix of a valid text has another one, and from
// each Partial one a continuation is found.
func FuzzPartial(f *testing.F) {
	for _, s := range seeds(f)[:12] {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 200 || !utf8.ValidString(text) {
			return
		}
		e := readError(text)
		switch {
		case e == nil:
			checkPrefixes(t, text)
		case e.Partial && e.Opener != `#"` && !deepening(text, e):
			t.Fatalf("no continuation found for %q: %v", text, e)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var text string
	for _, s := range seeds(b)[7:] {
		text += s + "\n"
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	src := &lang.Source{Name: "bench.clj", Text: text}
	for b.Loop() {
		if _, err := New(src, &testResolver{}).ReadAll(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGrammar(b *testing.B) {
	for b.Loop() {
		sessions.New()
	}
}
