package prompt

import (
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang/elixir"
)

func elixirUnfinished(text string) bool {
	return !strings.HasSuffix(strings.TrimRight(text, "\n"), session.Break) && elixir.Pending(text) != nil
}

// elixirColours are those of iex, for the text that is typed.
var elixirColours = [...]color.Attribute{
	elixir.StringOpen: stringColour, elixir.StringText: stringColour, elixir.StringClose: stringColour, elixir.Char: numberColour,
	elixir.Number: numberColour, elixir.Atom: keywordColour, elixir.Key: keywordColour, elixir.Alias: keywordColour,
	elixir.Comment: noteColour, elixir.Bad: badColour, elixir.InterpClose: 0,
}

func elixirPieces(text string) []piece {
	ts := elixir.Tokens(text)
	out := make([]piece, len(ts))
	for i, t := range ts {
		out[i] = piece{t.Start, t.End, elixirColours[t.Kind]}
		if t.Kind == elixir.Reserved && slices.Contains(constants, text[t.Start:t.End]) {
			out[i].colour = nilColour
		}
	}
	return out
}

func elixirMatch(text string, at int) int {
	if m, ok := elixir.Match(text, at); ok {
		return m.Start
	}
	return -1
}

// elixirLine makes semicolons of the line breaks that end an expression, and
// spaces of the others, and leaves out comments. A heredoc, which needs its
// lines, is left out as a whole.
func elixirLine(entry string) string {
	entry = strings.TrimSpace(entry)
	if !strings.ContainsRune(entry, '\n') {
		return entry
	}
	var b strings.Builder
	ts := elixir.Tokens(entry)
	for i, t := range ts {
		piece := entry[t.Start:t.End]
		switch t.Kind {
		case elixir.Comment:
			continue
		case elixir.Space:
			piece = " "
		case elixir.Newline:
			if piece = " "; inBlock(entry, t.Start) && endsLine(entry, ts[:i]) && beginsLine(entry, ts[i+1:]) {
				piece = "; "
				trimmed := strings.TrimRight(b.String(), " ")
				b.Reset()
				b.WriteString(trimmed)
			}
		case elixir.StringOpen:
			if strings.Contains(piece, `"""`) || strings.Contains(piece, `'''`) {
				return ""
			}
		}
		if piece == " " && strings.HasSuffix(b.String(), " ") {
			continue
		}
		b.WriteString(strings.ReplaceAll(piece, "\n", `\n`))
	}
	return strings.TrimSpace(b.String())
}

// inBlock reports whether line breaks count at an offset: what was opened last
// and is still open is no bracket.
func inBlock(text string, at int) bool {
	open := elixir.Unclosed(text, at)
	return len(open) == 0 || open[len(open)-1].Kind == elixir.Reserved
}

// joining are the kinds of tokens behind or before which a line break means nothing.
var joining = []elixir.Kind{elixir.Operator, elixir.Comma, elixir.Open, elixir.Stab, elixir.Dot, elixir.Semicolon, elixir.Newline, elixir.Key, elixir.Percent}

// opening are the words behind which an expression begins.
var opening = []string{"do", "fn", "else", "after", "rescue", "catch"}

// closing are the words before which no semicolon is needed.
var closing = []string{"end", "else", "after", "rescue", "catch"}

// endsLine reports whether what stands before a line break can end an expression.
func endsLine(text string, before []elixir.Token) bool {
	for i := len(before) - 1; i >= 0; i-- {
		switch t := before[i]; t.Kind {
		case elixir.Space, elixir.Comment:
		default:
			return !slices.Contains(joining, t.Kind) && !slices.Contains(opening, text[t.Start:t.End])
		}
	}
	return false
}

// beginsLine reports whether what stands behind a line break begins an expression.
func beginsLine(text string, after []elixir.Token) bool {
	for _, t := range after {
		switch t.Kind {
		case elixir.Space, elixir.Comment:
		case elixir.Operator:
			word := text[t.Start:t.End]
			return word == "-" || word == "+" || word == "!" || word == "not" || word == "&" || word == "^" || word == "@" || word == "~~~"
		default:
			return !slices.Contains(closing, text[t.Start:t.End]) && t.Kind != elixir.Close && t.Kind != elixir.Newline
		}
	}
	return false
}
