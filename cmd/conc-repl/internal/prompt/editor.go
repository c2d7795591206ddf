package prompt

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// ErrInterrupt is what ReadLine gives when Ctrl-C was pressed.
var ErrInterrupt = errors.New("interrupt")

// Prompt is what a line is asked for with.
type Prompt struct {
	Text     string        // what stands before the line
	Notation lang.Notation // of the line, for colour
	Before   string        // the lines of the same entry above, for colour
}

// LineEditor is where lines come from.
type LineEditor interface {
	// ReadLine shows the prompt and gives the next line, without its newline;
	// io.EOF at the end, ErrInterrupt if Ctrl-C was pressed.
	ReadLine() (string, error)
	// SetPrompt sets the prompt of the next ReadLine, or of the one that is
	// under way on another goroutine.
	SetPrompt(p Prompt)
	// Remember adds an entry, which may have several lines, to the history.
	Remember(entry string)
	// Live reports whether a person types, so that a line may take long to come.
	Live() bool
	Close() error
}

// Plain reads lines from a stream that is no terminal. Prompts are written as
// real shells do; lines are not echoed.
type Plain struct {
	in     *bufio.Reader
	out    io.Writer
	prompt string
}

// NewPlain makes a Plain; prompts go to out.
func NewPlain(in io.Reader, out io.Writer) *Plain { return &Plain{in: bufio.NewReader(in), out: out} }

// ReadLine reads a line.
func (e *Plain) ReadLine() (string, error) {
	if _, err := io.WriteString(e.out, e.prompt); err != nil {
		return "", io.EOF
	}
	line, err := e.in.ReadString('\n')
	if err != nil && line == "" {
		return "", io.EOF
	}
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), nil
}

// SetPrompt sets what is written before the next line is read.
func (e *Plain) SetPrompt(p Prompt) { e.prompt = p.Text }

// Remember does nothing.
func (e *Plain) Remember(string) {}

// Live gives false.
func (e *Plain) Live() bool { return false }

// Close does nothing.
func (e *Plain) Close() error { return nil }
