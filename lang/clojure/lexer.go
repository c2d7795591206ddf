package clojure

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// definition is the notation's lexer to participle.
type definition struct{}

// kindNames are the names of the kinds of tokens, by kind.
var kindNames = [...]string{
	Bad: "Bad", Space: "Space", Comment: "Comment", Open: "Open", Close: "Close", Prefix: "Prefix", Tag: "Tag",
	MapTag: "MapTag", String: "String", Regex: "Regex", Char: "Char", Number: "Number", Symbol: "Symbol", Keyword: "Keyword",
}

// String gives the name of the kind.
func (k Kind) String() string { return kindNames[k] }

// Symbols implements lexer.Definition.
func (definition) Symbols() map[string]lexer.TokenType {
	m := map[string]lexer.TokenType{"EOF": lexer.EOF}
	for k, name := range kindNames {
		m[name] = lexer.TokenType(k)
	}
	return m
}

// Lex implements lexer.Definition: the tokens of the first form of a text.
func (definition) Lex(_ string, r io.Reader) (lexer.Lexer, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	text := strings.ToValidUTF8(string(b), string(utf8.RuneError))
	return newFormLexer(text, start, 1), nil
}

// start is where a text begins.
var start = lexer.Position{Line: 1, Column: 1}

// move gives the place of offset off of a text, which lies behind at.
func move(at lexer.Position, text string, off int) lexer.Position {
	at.Advance(text[at.Offset:off])
	return at
}

// formLexer gives the tokens of a number of top-level forms, then EOF. It
// counts brackets and prefixes just so far as to know where a form ends;
// whether the brackets match is the parser's to judge. It stops at a token
// that is wrong in itself, too, so that the parser meets errors in the order
// of the text.
type formLexer struct {
	scan  scanner
	at    lexer.Position
	wants int      // top-level forms to come
	stack []opened // brackets and prefixes that are open
	final bool     // the end of the text was reached
	bad   bool     // the last token is wrong: scan.msg says why
}

// opened says what ends an open bracket or prefix.
type opened uint8

// A bracket ends with its closer; a prefix when as many forms have come. A
// discard is a prefix that is itself no form.
const (
	openBracket opened = iota
	openOne
	openTwo
	openDiscard
)

func newFormLexer(text string, at lexer.Position, forms int) *formLexer {
	return &formLexer{scan: scanner{text: text, off: at.Offset}, at: at, wants: forms}
}

// Next implements lexer.Lexer. It never fails.
func (l *formLexer) Next() (lexer.Token, error) {
	for l.wants > 0 && !l.bad && l.scan.off < len(l.scan.text) {
		k := l.scan.scan()
		if k == Space || k == Comment {
			continue
		}
		l.at = move(l.at, l.scan.text, l.scan.start)
		tok := lexer.Token{
			Type:  lexer.TokenType(k),
			Value: l.scan.text[l.scan.start:l.scan.off],
			Pos:   l.at,
		}
		if l.bad = l.scan.msg != ""; !l.bad {
			l.count(k, tok.Value)
		}
		return tok, nil
	}
	l.final = l.wants > 0 && !l.bad
	l.at = move(l.at, l.scan.text, l.scan.off)
	return lexer.EOFToken(l.at), nil
}

// count follows what opens and what ends with a token.
func (l *formLexer) count(k Kind, text string) {
	switch k {
	case Open:
		l.stack = append(l.stack, openBracket)
	case Tag, MapTag:
		l.stack = append(l.stack, openOne)
	case Prefix:
		switch text {
		case "^", "#^":
			l.stack = append(l.stack, openTwo)
		case "#_":
			l.stack = append(l.stack, openDiscard)
		default:
			l.stack = append(l.stack, openOne)
		}
	case Close:
		for len(l.stack) > 0 && l.pop() != openBracket {
		}
		l.formEnds()
	default:
		l.formEnds()
	}
}

func (l *formLexer) pop() opened {
	last := len(l.stack) - 1
	o := l.stack[last]
	l.stack = l.stack[:last]
	return o
}

// formEnds notes that a form is complete, and so may be prefixes before it.
func (l *formLexer) formEnds() {
	for len(l.stack) > 0 {
		switch top := &l.stack[len(l.stack)-1]; *top {
		case openBracket:
			return
		case openOne:
			l.pop()
		case openTwo:
			*top = openOne
			return
		case openDiscard:
			l.pop()
			if len(l.stack) > 0 {
				return
			}
		}
	}
	l.wants--
}
