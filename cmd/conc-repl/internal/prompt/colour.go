package prompt

import (
	"io"
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/lang/clojure"
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

// kindColours gives the colour of a kind of token; kinds without one stay plain.
var kindColours = [...]color.Attribute{
	clojure.String: stringColour, clojure.Regex: stringColour, clojure.Char: stringColour,
	clojure.Number: numberColour, clojure.Keyword: keywordColour, clojure.Comment: noteColour, clojure.Bad: badColour,
}

// paint colours text from byte from on; what stands before it only says what
// the rest is part of. mark, if not negative, is the offset of a bracket to underline.
func paint(text string, from, mark int) string {
	if color.NoColor {
		return text[from:]
	}
	var b strings.Builder
	for _, t := range clojure.Tokens(text) {
		if t.End <= from {
			continue
		}
		piece := text[max(t.Start, from):t.End]
		switch a := colourOf(t.Kind, text[t.Start:t.End]); {
		case t.Start <= mark && mark < t.End:
			b.WriteString(color.New(color.Underline, color.Bold).Sprint(piece))
		case a != 0:
			b.WriteString(color.New(a).Sprint(piece))
		default:
			b.WriteString(piece)
		}
	}
	return b.String()
}

// constants are the symbols that stand for themselves.
var constants = []string{"nil", "true", "false"}

func colourOf(k clojure.Kind, text string) color.Attribute {
	if k == clojure.Symbol && slices.Contains(constants, text) {
		return nilColour
	}
	if int(k) < len(kindColours) {
		return kindColours[k]
	}
	return 0
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
	out   io.Writer
	held  string
	wrote bool // something was passed on
}

// Write colours and passes on all but the last token.
func (p *painter) Write(b []byte) (int, error) {
	p.held += string(b)
	end := 0
	if ts := clojure.Tokens(p.held); len(ts) > 0 {
		end = ts[len(ts)-1].Start
	}
	return len(b), p.pass(end)
}

func (p *painter) pass(end int) error {
	p.wrote = p.wrote || end > 0
	_, err := io.WriteString(p.out, paint(p.held[:end], 0, -1))
	p.held = p.held[end:]
	return err
}

// flush passes on what was held back.
func (p *painter) flush() { p.pass(len(p.held)) }
