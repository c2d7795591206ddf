package prompt

import (
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/lang/clojure"
)

// clojureColours gives the colour of a kind of token; kinds without one stay plain.
var clojureColours = [...]color.Attribute{
	clojure.String: stringColour, clojure.Regex: stringColour, clojure.Char: stringColour,
	clojure.Number: numberColour, clojure.Keyword: keywordColour, clojure.Comment: noteColour, clojure.Bad: badColour,
}

func clojurePieces(text string) []piece {
	ts := clojure.Tokens(text)
	out := make([]piece, len(ts))
	for i, t := range ts {
		out[i] = piece{t.Start, t.End, colourOf(t.Kind, text[t.Start:t.End])}
	}
	return out
}

func colourOf(k clojure.Kind, text string) color.Attribute {
	if k == clojure.Symbol && slices.Contains(constants, text) {
		return nilColour
	}
	if int(k) < len(clojureColours) {
		return clojureColours[k]
	}
	return 0
}

func clojureMatch(text string, at int) int {
	if m, ok := clojure.Match(text, at); ok {
		return m.Start
	}
	return -1
}

// clojureLine makes spaces of line breaks, or \n inside of strings, and leaves
// out comments.
func clojureLine(entry string) string {
	entry = strings.TrimSpace(entry)
	if !strings.ContainsRune(entry, '\n') {
		return entry
	}
	var b strings.Builder
	for _, t := range clojure.Tokens(entry) {
		piece := entry[t.Start:t.End]
		switch {
		case t.Kind == clojure.Comment:
			continue
		case t.Kind == clojure.Space && strings.ContainsRune(piece, '\n'):
			piece = " "
			if strings.HasSuffix(b.String(), " ") {
				continue
			}
		}
		b.WriteString(strings.ReplaceAll(piece, "\n", `\n`))
	}
	return strings.TrimSpace(b.String())
}
