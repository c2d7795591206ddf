package elixir

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Error says why a text could not be read.
type Error struct {
	Pos lang.Pos // where the text is wrong; for an unclosed bracket its end
	Msg string   // in the words of Elixir's tokenizer and parser, where they have words for it
	// Class is the exception that Elixir raises here: SyntaxError or TokenMissingError.
	Class string
	// Partial is true exactly if some continuation of the text removes the
	// error, so that a prompt should ask for more.
	Partial bool
	// Open is where the innermost bracket, block or string began that is
	// unclosed or closed wrongly, and Opener what stands there; the zero Pos
	// and "" if the error has to do with none.
	Open   lang.Pos
	Opener string
}

// Error gives the place and the message.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Pos, e.Msg) }

// Render gives the message with its place and the line of the source with a
// caret under that place, in the form of Elixir's message.
func (e *Error) Render() string {
	caret := strings.TrimSuffix(e.Pos.Caret(), "\n")
	if caret == "" {
		return e.Error()
	}
	above, below, _ := strings.Cut(caret, "\n")
	margin := strings.Repeat(" ", strings.IndexByte(above, '|')+1)
	return e.Error() + "\n" + margin + "|\n " + above + "\n " + below
}

// The classes of errors.
const (
	classSyntax  = "SyntaxError"
	classMissing = "TokenMissingError"
)
