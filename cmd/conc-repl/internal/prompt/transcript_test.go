package prompt

import (
	"bytes"
	"flag"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/scripts"
)

var update = flag.Bool("update", false, "write what the prompt says now into the transcripts")

const transcripts = "../../../../testdata/transcripts"

// A transcript is a session as it was typed, with what came of it indented by
// a tab. A line that begins with a tab is input all the same while a form is
// incomplete. ^C stands for the key.

// scripted is the LineEditor that types a transcript's input, and writes down
// what was typed and said.
type scripted struct {
	lines []string
	above string // the lines of the entry under way
	log   bytes.Buffer
	fresh bool // the log is at the beginning of a line of output
}

func (e *scripted) ReadLine() (string, error) {
	e.endLine()
	for len(e.lines) > 0 {
		line := e.lines[0]
		e.lines = e.lines[1:]
		inside := e.above != ""
		if strings.HasPrefix(line, "\t") && !inside {
			continue // it is output
		}
		e.log.WriteString(line + "\n")
		if line == "^C" {
			return "", ErrInterrupt
		}
		return line, nil
	}
	return "", io.EOF
}

func (e *scripted) endLine() {
	if !e.fresh {
		e.log.WriteString("\n")
		e.fresh = true
	}
}

// Write logs output.
func (e *scripted) Write(b []byte) (int, error) {
	for _, line := range strings.SplitAfter(string(b), "\n") {
		if line == "" {
			continue
		}
		if e.fresh {
			e.log.WriteString("\t")
		}
		e.log.WriteString(line)
		e.fresh = strings.HasSuffix(line, "\n")
	}
	return len(b), nil
}

func (e *scripted) SetPrompt(p Prompt) { e.above = p.Before }
func (e *scripted) Remember(string)    {}
func (e *scripted) Live() bool         { return false }
func (e *scripted) Close() error       { return nil }

// play runs the input of a transcript and gives the transcript that comes of it.
func play(t *testing.T, text string) string {
	color.NoColor = true
	e := &scripted{lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n"), fresh: true}
	s := session.New(session.Options{Out: e, Err: e, Options: runtime.Options{Virtual: true}})
	New(s, e, e).Run()
	e.endLine()
	return took.ReplaceAllString(e.log.String(), "${1}0s;")
}

// took is the real time that an exploration says it took.
var took = regexp.MustCompile(`(executions?, )[0-9.]+(?:µs|ms|s);`)

func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(transcripts, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want := string(b)
			got := play(t, want)
			if got == want {
				return
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s", difference(want, got))
		})
	}
}

// difference shows where two texts begin to differ.
func difference(want, got string) string {
	w, g := strings.SplitAfter(want, "\n"), strings.SplitAfter(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	return "want:\n" + strings.Join(w[i:min(i+8, len(w))], "") + "got:\n" + strings.Join(g[i:min(i+8, len(g))], "")
}

// TestArticle sees to it that each of the article's snippets has a transcript
// whose input is the snippet, byte for byte.
func TestArticle(t *testing.T) {
	snippets, err := fs.Glob(scripts.Article, "article/*")
	if err != nil || len(snippets) < 9 {
		t.Fatalf("%d snippets: %v", len(snippets), err)
	}
	for _, name := range snippets {
		text, err := fs.ReadFile(scripts.Article, name)
		if err != nil {
			t.Fatal(err)
		}
		base, notation := strings.TrimSuffix(path.Base(name), path.Ext(name)), lang.ClojureNotation
		if path.Ext(name) == ".iex" {
			notation = lang.ElixirNotation
		}
		file := filepath.Join(transcripts, "article-"+base+".txt")
		if _, err := os.Stat(file); *update && err != nil {
			if err := os.WriteFile(file, []byte(play(t, string(text))), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := inputOf(string(b), notation); got != string(text) {
			t.Errorf("%s: the input is not the article's: %s", file, difference(string(text), got))
		}
	}
}

// inputOf gives the input of a transcript in a notation.
func inputOf(transcript string, n lang.Notation) string {
	e := &scripted{lines: strings.Split(strings.TrimSuffix(transcript, "\n"), "\n"), fresh: true}
	for {
		line, err := e.ReadLine()
		if err == io.EOF {
			return e.log.String()
		}
		rest, _, _ := cutPrompt(line)
		if e.above += rest + "\n"; !unfinished(n, e.above) {
			e.above = ""
		}
	}
}
