package clojure

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

func TestErrorPlaces(t *testing.T) {
	for _, c := range []struct {
		text, want string // want: the error's text
		partial    bool
	}{
		{"(foo\n  [1 2", `test.clj:2:7: EOF while reading, starting at line 2 ([ was opened at line 2, column 3 and wants ])`, true},
		{"(let [a (foo]", `test.clj:1:13: Unmatched delimiter: ] (( was opened at line 1, column 9 and wants ))`, false},
		{"1 )", `test.clj:1:3: Unmatched delimiter: )`, false},
		{"(')", `test.clj:1:3: Unmatched delimiter: ) (' was opened at line 1, column 2 and wants a form)`, false},
		{"x \"ab\nc", `test.clj:2:2: EOF while reading string (" was opened at line 1, column 3 and wants ")`, true},
		{`x #"ab`, `test.clj:1:7: EOF while reading regex (#" was opened at line 1, column 3 and wants ")`, true},
		{`\`, `test.clj:1:2: EOF while reading character`, true},
		{"'", `test.clj:1:2: EOF while reading (' was opened at line 1, column 1 and wants a form)`, true},
		{"#_", `test.clj:1:3: EOF while reading (#_ was opened at line 1, column 1 and wants a form)`, true},
		{"^:a", `test.clj:1:4: EOF while reading (^ was opened at line 1, column 1 and wants a form)`, true},
		{"#inst", `test.clj:1:6: EOF while reading (#inst was opened at line 1, column 1 and wants a form)`, true},
		{"#:a ", `test.clj:1:5: EOF while reading (#:a was opened at line 1, column 1 and wants a form)`, true},
		{"({:a}", `test.clj:1:2: Map literal must contain an even number of forms`, false},
		{"é {:a 1 :a 2 ", `test.clj:1:3: Duplicate key: :a`, false},
		{"[1 2\n \"a\\q\"]", `test.clj:2:4: Unsupported escape character: \q`, false},
		{"\"a\\q", `test.clj:1:3: Unsupported escape character: \q`, false},
		{"\"\\u00", `test.clj:1:6: EOF while reading string (" was opened at line 1, column 1 and wants ")`, true},
		{"(a\n 1abc)", `test.clj:2:2: Invalid number: 1abc`, false},
		{"1e", `test.clj:1:1: Invalid number: 1e`, true},
		{"1e ", `test.clj:1:1: Invalid number: 1e`, false},
		{"a b\xff c", `test.clj:1:4: Invalid UTF-8: byte 0xFF`, false},
		{"a \"é\xc3", `test.clj:1:5: Invalid UTF-8: byte 0xC3`, true},
		{"(a \x00 b)", `test.clj:1:4: Unexpected control character U+0000`, false},
		{"`(a ~@b", `test.clj:1:8: EOF while reading, starting at line 1 (( was opened at line 1, column 2 and wants ))`, true},
		{"#(a #(b", `test.clj:1:5: Nested #()s are not allowed`, false},
		{strings.Repeat("`", 9) + "x", `test.clj:1:9: Syntax-quotes nest deeper than 8`, false},
	} {
		_, err := newReader(c.text).ReadAll()
		e, ok := err.(*Error)
		switch {
		case !ok:
			t.Errorf("%q: no error", c.text)
		case e.Error() != c.want || e.Partial != c.partial:
			t.Errorf("%q:\n got %s, partial %t\nwant %s, partial %t", c.text, e, e.Partial, c.want, c.partial)
		}
	}
}

func TestRender(t *testing.T) {
	_, err := newReader("(defn f [x]\n\t(let [ü 1\n    x))").ReadAll()
	want := "test.clj:3:6: Unmatched delimiter: )\n" +
		" 3 |     x))\n   |      ^\n" +
		"[ was opened at line 2, column 7 and wants ]\n" +
		" 2 | \t(let [ü 1\n   | \t     ^\n"
	if got := err.(*Error).Render(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFormsBeforeAnError(t *testing.T) {
	r := newReader("(a) b ) c\nd")
	forms, err := r.ReadAll()
	if len(forms) != 2 || err == nil || r.Offset() != 5 {
		t.Fatalf("%d forms, %v, offset %d", len(forms), err, r.Offset())
	}
	r.Skip()
	if forms, err = r.ReadAll(); len(forms) != 1 || err != nil {
		t.Fatalf("after Skip: %v, %v", forms, err)
	}
	if rest := r.Rest(); rest != "" {
		t.Fatalf("rest %q", rest)
	}
}

// The resolver is asked when a form is read, not before.
func TestReadsFormByForm(t *testing.T) {
	res := &switchingResolver{ns: "a"}
	r := New(&lang.Source{Text: "::x ::x"}, res)
	for _, want := range []string{":a/x", ":b/x"} {
		v, ok, err := r.Read()
		if !ok || err != nil || lang.PrString(v) != want {
			t.Errorf("got %v %v %v, want %s", lang.PrString(v), ok, err, want)
		}
		res.ns = "b"
	}
}

type switchingResolver struct {
	testResolver
	ns string
}

func (s *switchingResolver) CurrentNS() string { return s.ns }

// Each of these takes minutes if it is quadratic, or ends the process if Go's
// stack is what bounds it.
func TestBigTexts(t *testing.T) {
	const n = 200_000
	for name, c := range map[string]struct{ text, msg string }{
		"parens":      {strings.Repeat("(", n), "Forms nest deeper than 10000"},
		"quotes":      {strings.Repeat("'", n), "Forms nest deeper than 10000"},
		"tags":        {strings.Repeat("#inst ", n), "Forms nest deeper than 10000"},
		"conditions":  {strings.Repeat("#?(:clj ", n), "Forms nest deeper than 10000"},
		"discards":    {strings.Repeat("#_ a ", n), ""},
		"string":      {`"` + strings.Repeat(`é\n`, 10*n) + `"`, ""},
		"open string": {`"` + strings.Repeat("a\n", 10*n), "EOF while reading string"},
		"symbol":      {strings.Repeat("a", 10*n), ""},
		"colons":      {strings.Repeat("a:", n), "Invalid token: " + strings.Repeat("a:", n)},
		"one line":    {strings.Repeat("é ", n), ""},
		"comments":    {strings.Repeat(";\n", n), ""},
		"digits":      {strings.Repeat("9", n+1), "Number longer than 200000 characters"},
		"vector":      {"[" + strings.Repeat("1 ", n) + "]", ""},
		"set":         {"#{" + numbers(n/10) + "}", ""},
		"closers":     {strings.Repeat("(", 9999) + strings.Repeat(")", 9999), ""},
		"backslashes": {`"` + strings.Repeat(`\\`, n) + `"`, ""},
	} {
		_, err := newReader(c.text).ReadAll()
		msg := ""
		if err != nil {
			msg = err.(*Error).Msg
		}
		if msg != c.msg {
			t.Errorf("%s: got %.100q, want %.100q", name, msg, c.msg)
		}
	}
}

func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(lang.PrString(lang.Int(int64(i))))
		b.WriteByte(' ')
	}
	return b.String()
}
