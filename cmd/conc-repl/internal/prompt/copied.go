package prompt

import (
	"regexp"
	"strings"
	"sync"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/commands"
	"github.com/conc-repl/conc-repl/lang"
)

// shells tells the prompts that stand before input copied from a session, and
// in which notation that is.
var shells = sync.OnceValue(func() []shell {
	return []shell{
		{lang.ClojureNotation, regexp.MustCompile(`^(?:[a-z][\w.*+!?-]*=>| *#_=>)(?: |$)`)},
		{lang.ElixirNotation, regexp.MustCompile(`^(?:iex|\.\.\.)(?:\([^()\s]*\)\d*)?>(?: |$)`)},
	}
})

type shell struct {
	notation lang.Notation
	prompt   *regexp.Regexp
}

// cutPrompt takes the prompt off a line copied from a session.
func cutPrompt(line string) (rest string, n lang.Notation, had bool) {
	for _, s := range shells() {
		if m := s.prompt.FindString(line); m != "" {
			return line[len(m):], s.notation, true
		}
	}
	return line, 0, false
}

// copied goes through lines that may have been copied from a session: those
// without a prompt that follow one with a prompt are results, or output, and
// are left out up to a blank line; inside a form they belong to it.
type copied struct {
	notation lang.Notation // of the entry under way
	entry    string        // its lines so far
	seen     bool          // a line with a prompt came before
}

// line takes the next line. It gives the line without its prompt, and whether
// it is input.
func (c *copied) line(line string) (rest string, input bool) {
	rest, n, had := cutPrompt(line)
	inside := c.entry != "" && unfinished(c.notation, c.entry)
	switch {
	case had:
		c.seen = true
		if !inside {
			c.notation = n
		}
	case strings.TrimSpace(line) == "":
		c.seen = false
	case c.seen && !inside && !isCommand(line):
		return "", false
	}
	if !inside {
		c.entry = ""
	}
	c.entry += rest + "\n"
	return rest, true
}

// isCommand reports whether a line is one of the shell's commands.
func isCommand(line string) bool {
	name, _, _ := strings.Cut(line, " ")
	_, ok := commands.Find(name)
	return ok
}

// withoutResults takes what is no input out of a text that may have been copied from
// a session. The prompts stay where they tell the notation: at the first line,
// and where it changes.
func withoutResults(text string) string {
	var c copied
	var out []string
	told := lang.Notation(0xff)
	for _, line := range strings.Split(text, "\n") {
		rest, input := c.line(line)
		if !input {
			continue
		}
		if _, n, had := cutPrompt(line); had && n != told {
			told, rest = n, line
		}
		out = append(out, rest)
	}
	return strings.Join(out, "\n")
}
