package clojure

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Error says why a text could not be read.
type Error struct {
	Pos lang.Pos // where the text is wrong; for a Partial error of an open bracket, its end
	Msg string   // in the words of Clojure's reader, where it has words for it
	// Class is the class of the exception that Clojure's reader throws here.
	Class string
	// Partial is true exactly if some continuation of the text removes the
	// error, so that a prompt should ask for more.
	Partial bool
	// Open is where the innermost bracket, quotation or prefix began that is
	// unclosed or closed wrongly, and Opener what stands there; the zero Pos
	// and "" if the error has to do with none.
	Open   lang.Pos
	Opener string
}

// Error gives the place, the message, and where the bracket concerned opened.
func (e *Error) Error() string {
	if h := e.hint(); h != "" {
		return fmt.Sprintf("%s: %s (%s)", e.Pos, e.Msg, h)
	}
	return fmt.Sprintf("%s: %s", e.Pos, e.Msg)
}

// Render gives the message with its place, the line of the source with a
// caret under that place, and the line where the bracket concerned opened.
func (e *Error) Render() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n%s", e.Pos, e.Msg, e.Pos.Caret())
	if h := e.hint(); h != "" {
		fmt.Fprintf(&b, "%s\n", h)
		if e.Open != e.Pos {
			b.WriteString(e.Open.Caret())
		}
	}
	return b.String()
}

// hint says what is still open and what would close it.
func (e *Error) hint() string {
	if e.Opener == "" {
		return ""
	}
	what := fmt.Sprintf("%s was opened at line %d, column %d", e.Opener, e.Open.Line, e.Open.Col)
	if c := closer(e.Opener); c != "" {
		return what + " and wants " + c
	}
	return what + " and wants a form"
}

// closer gives what closes an opener: a bracket or a quotation mark, "" for a
// prefix, which ends with the form behind it.
func closer(opener string) string {
	switch opener[len(opener)-1] {
	case '(':
		return ")"
	case '[':
		return "]"
	case '{':
		return "}"
	case '"':
		return `"`
	}
	return ""
}

// The classes of exceptions that the reader of Clojure throws.
const (
	classRuntime    = "java.lang.RuntimeException"
	classState      = "java.lang.IllegalStateException"
	classArgument   = "java.lang.IllegalArgumentException"
	classNumber     = "java.lang.NumberFormatException"
	classArithmetic = "java.lang.ArithmeticException"
	classRegex      = "java.util.regex.PatternSyntaxException"
	classOperation  = "java.lang.UnsupportedOperationException"
)
