package lang

import (
	"strconv"
	"strings"
	"unicode"
)

// caretWidth is how much of a long line is shown, in runes.
const caretWidth = 100

// Caret gives the line of the source that p is in, and below it a caret under
// p, each with its newline; "" if p is no place in a text. Of a line that is
// long only the surroundings of p are shown.
func (p Pos) Caret() string {
	line, ok := p.SourceLine()
	if !ok {
		return ""
	}
	at := max(int(p.Col)-1, 0)
	start := max(0, at-caretWidth/2)
	number := strconv.Itoa(int(p.Line))

	var text, pad strings.Builder
	n := 0
	for _, r := range line {
		if n >= start+caretWidth {
			break
		}
		if n >= start {
			text.WriteRune(visible(r))
			if n < at {
				pad.WriteString(blank(r))
			}
		}
		n++
	}
	return " " + number + " | " + text.String() + "\n" +
		strings.Repeat(" ", len(number)+2) + "| " + pad.String() + "^\n"
}

// blank gives white space as wide as r.
func blank(r rune) string {
	switch {
	case r == '\t':
		return "\t"
	case isWide(r):
		return "  "
	case unicode.Is(unicode.Mn, r):
		return ""
	}
	return " "
}

// SourceLine gives the line that p is in, without its end, and whether p is a
// place in a text.
func (p Pos) SourceLine() (string, bool) {
	if p.Src == nil || !p.IsValid() {
		return "", false
	}
	text := p.Src.Text
	for range p.Line - 1 {
		i := strings.IndexByte(text, '\n')
		if i < 0 {
			return "", false
		}
		text = text[i+1:]
	}
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSuffix(text, "\r"), true
}

// visible gives r, or a stand-in for a rune that would move the cursor.
func visible(r rune) rune {
	if r != '\t' && unicode.IsControl(r) {
		return '\ufffd'
	}
	return r
}

// isWide reports whether a terminal gives r two columns.
func isWide(r rune) bool {
	return r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 ||
		r >= 0xffe0 && r <= 0xffe6 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd)
}
