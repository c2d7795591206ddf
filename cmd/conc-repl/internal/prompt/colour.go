package prompt

import (
	"io"
	"strings"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/lang"
)

// The colours, those of iex where it has them.
const (
	stringColour  = color.FgGreen
	numberColour  = color.FgYellow
	keywordColour = color.FgCyan
	nilColour     = color.FgMagenta
	badColour     = color.FgRed
	noteColour    = color.FgHiBlack
	promptColour  = color.FgBlue
)

// paint colours text from byte from on; what stands before it only says what
// the rest is part of. mark, if not negative, is the offset of a bracket to underline.
func paint(n lang.Notation, text string, from, mark int) string {
	if color.NoColor {
		return text[from:]
	}
	var b strings.Builder
	for _, t := range looks[n].tokens(text) {
		if t.end <= from {
			continue
		}
		piece := text[max(t.start, from):t.end]
		switch {
		case t.start <= mark && mark < t.end:
			b.WriteString(color.New(color.Underline, color.Bold).Sprint(piece))
		case t.colour != 0:
			b.WriteString(color.New(t.colour).Sprint(piece))
		default:
			b.WriteString(piece)
		}
	}
	return b.String()
}

// note colours what the shell says by itself.
func note(s string) string { return color.New(noteColour).Sprint(s) }

// failure colours an error.
func failure(s string) string {
	if color.NoColor {
		return s
	}
	first, rest, _ := strings.Cut(s, "\n")
	return color.New(badColour).Sprint(first) + "\n" + rest
}

// painter colours what is written through it. It holds back the last token,
// which the next piece may prolong.
type painter struct {
	n     lang.Notation
	out   io.Writer
	off   bool // what is written has its colours already
	held  string
	wrote bool // something was passed on
}

// Write colours and passes on all but the last token.
func (p *painter) Write(b []byte) (int, error) {
	if p.off {
		p.wrote = true
		return p.out.Write(b)
	}
	p.held += string(b)
	end := 0
	if ts := looks[p.n].tokens(p.held); len(ts) > 0 {
		end = ts[len(ts)-1].start
	}
	return len(b), p.pass(end)
}

func (p *painter) pass(end int) error {
	p.wrote = p.wrote || end > 0
	_, err := io.WriteString(p.out, paint(p.n, p.held[:end], 0, -1))
	p.held = p.held[end:]
	return err
}

// flush passes on what was held back.
func (p *painter) flush() { p.pass(len(p.held)) }
