package prompt

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
)

// typist is a LineEditor at which a person types: ReadLine waits for a line
// to be sent, or for the key ^C.
type typist struct {
	lines chan string

	mu   sync.Mutex
	said bytes.Buffer
}

func newTypist() *typist { return &typist{lines: make(chan string)} }

func (e *typist) ReadLine() (string, error) {
	line, ok := <-e.lines
	switch {
	case !ok:
		return "", io.EOF
	case line == "^C":
		return "", ErrInterrupt
	}
	return line, nil
}

func (e *typist) Write(b []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.said.Write(b)
}

func (e *typist) SetPrompt(Prompt) {}
func (e *typist) Remember(string)  {}
func (e *typist) Live() bool       { return true }
func (e *typist) Close() error     { return nil }

// await waits until the session has said something.
func (e *typist) await(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		e.mu.Lock()
		said := e.said.String()
		e.mu.Unlock()
		if i := strings.Index(said, text); i >= 0 {
			e.mu.Lock()
			e.said.Next(i + len(text))
			e.mu.Unlock()
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%q never came; there is %q", text, said)
		}
	}
}

// converse runs a loop on a goroutine of its own, and waits for its end after f.
func converse(t *testing.T, f func(e *typist, l *Loop)) {
	t.Helper()
	color.NoColor = true
	e := newTypist()
	l := New(session.New(session.Options{Out: e, Err: e}), e, e)
	done := make(chan int)
	go func() { done <- l.Run() }()
	f(e, l)
	close(e.lines)
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("the loop does not end at the end of input")
	}
}

func TestInterruptLoop(t *testing.T) {
	converse(t, func(e *typist, _ *Loop) {
		e.lines <- "(loop [] (recur))"
		e.lines <- "^C"
		e.await(t, "; interrupted\n")
		e.lines <- "[:still :here]"
		e.await(t, "[:still :here]\n")
	})
}

func TestInterruptSignal(t *testing.T) {
	converse(t, func(e *typist, l *Loop) {
		e.lines <- "(loop [] (recur))"
		time.Sleep(5 * time.Millisecond)
		l.Interrupt()
		e.await(t, "; interrupted\n")
	})
}

func TestCommandsWhileBlocked(t *testing.T) {
	converse(t, func(e *typist, _ *Loop) {
		e.lines <- "(<!! (chan))"
		e.await(t, "Blocked for ever")
		e.lines <- ".ps"
		e.await(t, "take from")
		e.lines <- "(+ 1 1)"
		e.await(t, "typed ahead")
		e.lines <- "^C"
		e.await(t, "; what was typed ahead is dropped\n")
		e.await(t, "; interrupted\n")
	})
}

func TestEndInsideForm(t *testing.T) {
	var out bytes.Buffer
	s := session.New(session.Options{Out: &out, Err: &out})
	New(s, NewPlain(strings.NewReader("(+ 1\n2"), &out), &out).Run()
	if !strings.Contains(out.String(), "EOF while reading") {
		t.Errorf("got %q", out.String())
	}
}

func TestTypeAhead(t *testing.T) {
	converse(t, func(e *typist, _ *Loop) {
		e.lines <- "(<!! (timeout 200))"
		e.lines <- "[:typed :ahead]"
		e.await(t, "typed ahead, for when the form is done: [:typed :ahead]\n")
		e.await(t, "nil\n[:typed :ahead]\n")
	})
}

func TestBackgroundGoesOnWhileWaiting(t *testing.T) {
	converse(t, func(e *typist, _ *Loop) {
		e.lines <- "(thread (<!! (timeout 50)) (println :late))"
		e.await(t, ":late\n")
	})
}

func TestLineForProgram(t *testing.T) {
	converse(t, func(e *typist, _ *Loop) {
		e.lines <- "(vector (read-line))"
		e.lines <- "for the program"
		e.await(t, `["for the program"]`)
	})
}

func TestCompletion(t *testing.T) {
	converse(t, func(_ *typist, l *Loop) {
		if c := l.Complete("(read-lin"); c.Stem != "read-lin" || len(c.Ends) != 1 || c.Ends[0] != "e" {
			t.Errorf("read-lin: %+v", c)
		}
		if c := l.Complete("(println "); !strings.HasPrefix(c.Help, "clojure.core/println: [") {
			t.Errorf("println: %+v", c)
		}
		if c := l.Complete("(clojure.string/up"); strings.Join(c.Ends, " ") != "per-case" {
			t.Errorf("clojure.string/up: %+v", c)
		}
		if c := l.Complete(".hel"); len(c.Ends) != 1 || c.Ends[0] != "p" {
			t.Errorf(".hel: %+v", c)
		}
	})
}

func TestCompletionElixir(t *testing.T) {
	s := session.New(session.Options{Notation: lang.ElixirNotation})
	s.World.NS("user").Intern(s.World, "counter").Bind(nil, lang.Int(1))
	for _, c := range []struct{ line, stem, ends, help string }{
		{"x = Enum.map_re", "Enum.map_re", "duce", ""},
		{"Mappe", "Mappe", "", ""},
		{"MapS", "MapS", "et", ""},
		{"foo(count", "count", "er", ""},
		{":erlang.process_in", ":erlang.process_in", "fo", ""},
		{"flus", "flus", "h", ""},
		{"Enum.map(", "", "", "map(enumerable, fun)"},
		{"defmodul", "defmodul", "e", ""},
	} {
		got := complete(s, c.line)
		if got.Stem != c.stem || strings.Join(got.Ends, " ") != c.ends || got.Help != c.help {
			t.Errorf("%s: %+v, want %+v", c.line, got, c)
		}
	}
}
