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

func TestPasteWithPrompts(t *testing.T) {
	text := "user=> (+ 1\n  #_=>  2)\n3\nuser=> (println 1)\n1\nnil\n\n(+ 3 4)"
	if got, want := stripPrompts(text), "(+ 1\n 2)\n(println 1)\n\n(+ 3 4)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if plain := "(foo\n\tbar)"; stripPrompts(plain) != plain {
		t.Error("a text without prompts is changed")
	}
}
