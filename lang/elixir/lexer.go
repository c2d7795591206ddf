package elixir

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// definition is the notation's lexer to participle.
type definition struct{}

// Symbols implements lexer.Definition.
func (definition) Symbols() map[string]lexer.TokenType {
	m := map[string]lexer.TokenType{"EOF": lexer.EOF}
	for k, name := range kindNames {
		m[name] = lexer.TokenType(k)
	}
	return m
}

// Lex implements lexer.Definition: the tokens of the first expression of a text.
func (definition) Lex(_ string, r io.Reader) (lexer.Lexer, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	text := strings.ToValidUTF8(string(b), string(utf8.RuneError))
	return newExprLexer(text, start), nil
}

// start is where a text begins.
var start = lexer.Position{Line: 1, Column: 1}

// move gives the place of offset off of a text, which lies behind at.
func move(at lexer.Position, text string, off int) lexer.Position {
	at.Advance(text[at.Offset:off])
	return at
}

// opened is a bracket, a `do`, a `fn`, a string or an interpolation that is open.
type opened struct {
	kind Kind
	text string
	pos  lexer.Position
}

// exprLexer gives the tokens of one top-level expression, then EOF. Newlines
// that do not end an expression are left out: those behind what wants more,
// and those before what continues. It sees to it that what is opened is
// closed by its like, and stops at what is wrong in itself.
type exprLexer struct {
	scan  scanner
	at    lexer.Position
	stack []opened
	queue *lexer.Token   // the token behind a newline that counts
	room  lexer.Token    // what queue points to
	last  lexer.Position // of the last token given
	begun bool           // there was a token
	open  bool           // the last token wants more behind it
	ended bool           // the expression has ended
	semi  bool           // with a semicolon
	line  lexer.Position // of the newline with which it ended
	final bool           // the end of the text was reached
	bad   bool           // the last token is wrong: msg says why
	msg   string
	hint  opened       // what the wrong token should have closed
	keys  map[int]bool // offsets of strings that are keys
}

func newExprLexer(text string, at lexer.Position) *exprLexer {
	return &exprLexer{scan: scanner{text: text, off: at.Offset}, at: at}
}

// Next implements lexer.Lexer. It never fails.
func (l *exprLexer) Next() (lexer.Token, error) {
	if l.queue != nil {
		tok := *l.queue
		l.queue = nil
		return l.take(tok), nil
	}
	var newline lexer.Token
	for !l.ended && !l.bad && l.scan.off < len(l.scan.text) {
		k := l.scan.scan()
		if k == Space || k == Comment {
			continue
		}
		l.at = move(l.at, l.scan.text, l.scan.start)
		tok := lexer.Token{Type: lexer.TokenType(k), Value: l.scan.text[l.scan.start:l.scan.off], Pos: l.at}
		if k == Newline {
			if l.begun && !l.open && newline.Type == 0 {
				newline = tok
			}
			continue
		}
		if k == Operator && tok.Value == "not" {
			l.notIn(&tok)
		}
		if newline.Type == 0 || continues(k, tok.Value) {
			return l.take(tok), nil
		}
		if len(l.stack) == 0 {
			l.ended, l.line = true, newline.Pos
			l.scan.off = l.scan.start
			break
		}
		l.room, l.queue = tok, &l.room
		return newline, nil
	}
	if newline.Type != 0 && !l.ended && len(l.stack) == 0 {
		l.line = newline.Pos
	}
	l.final = l.scan.off == len(l.scan.text) && !l.ended && !l.bad
	l.at = move(l.at, l.scan.text, l.scan.off)
	return lexer.EOFToken(l.at), nil
}

// notIn makes one operator of `not in`.
func (l *exprLexer) notIn(tok *lexer.Token) {
	s := &l.scan
	rest := strings.TrimLeft(s.text[s.off:], " \t")
	if !strings.HasPrefix(rest, "in") || rest == s.text[s.off:] {
		return
	}
	if r, _ := utf8.DecodeRuneInString(rest[2:]); rest[2:] != "" && (isPart(r) || strings.ContainsRune("?!:@", r)) {
		return
	}
	s.off = len(s.text) - len(rest) + 2
	tok.Value = "not in"
}

// continues reports whether a token continues the expression on the line before.
func continues(k Kind, text string) bool {
	switch k {
	case Dot, Close, InterpClose, Stab:
		return true
	case Operator:
		op, ok := binaries[text]
		return ok && !op.dual
	case Reserved:
		return text != "fn" && text != "true" && text != "false" && text != "nil"
	}
	return false
}

// take notes what a token does, and gives it.
func (l *exprLexer) take(tok lexer.Token) lexer.Token {
	k := Kind(tok.Type)
	if l.bad = l.scan.msg != "" || k == Bad; l.bad {
		l.msg = l.scan.msg
		return tok
	}
	before := l.open || !l.begun
	l.open = false
	switch k {
	case Open, StringOpen, InterpOpen:
		l.push(k, tok)
		l.open = k != StringOpen
	case Close, StringClose, InterpClose:
		l.close(&tok)
		l.open = k == StringClose && strings.HasSuffix(tok.Value, ":")
	case Reserved:
		l.reserved(&tok)
	case Semicolon:
		if l.open = true; len(l.stack) == 0 {
			l.semi, l.ended = true, true
			l.begun = true
			return lexer.EOFToken(tok.Pos)
		}
	case Comma, Dot, Stab, Key:
		l.open = true
	case Operator:
		l.open = tok.Value != ".." || !before
	}
	l.begun, l.last = true, tok.Pos
	return tok
}

func (l *exprLexer) push(k Kind, tok lexer.Token) {
	l.stack = append(l.stack, opened{k, tok.Value, tok.Pos})
}

// reserved notes what a reserved word opens or closes.
func (l *exprLexer) reserved(tok *lexer.Token) {
	switch tok.Value {
	case "do", "fn":
		l.push(Reserved, *tok)
		l.open = true
	case "end":
		l.close(tok)
	case "after", "else", "rescue", "catch":
		l.open = true
	}
}

// isOpen reports whether what t opens is still open at the end.
func (l *exprLexer) isOpen(t *lexer.Token) bool {
	i, ok := slices.BinarySearchFunc(l.stack, t.Pos.Offset, func(o opened, off int) int { return o.pos.Offset - off })
	return ok && l.stack[i].text == t.Value
}

// terminator gives what closes something opened.
func (o opened) terminator() string {
	switch o.kind {
	case Reserved:
		return "end"
	case InterpOpen:
		return "}"
	case StringOpen:
		text := strings.TrimRight(o.text, " \t\r\n")
		if strings.HasSuffix(text, `"""`) || strings.HasSuffix(text, "'''") {
			return text[len(text)-3:]
		}
		return closers[text[len(text)-1]]
	}
	if o.text == "<<" {
		return ">>"
	}
	return closers[o.text[0]]
}

// close takes off what a token closes, or makes it an error.
func (l *exprLexer) close(tok *lexer.Token) {
	n := len(l.stack) - 1
	if k := Kind(tok.Type); k == StringClose || n >= 0 && (k == InterpClose) == (l.stack[n].kind == InterpOpen) && l.stack[n].terminator() == tok.Value {
		if k == StringClose && strings.HasSuffix(tok.Value, ":") {
			if l.keys == nil {
				l.keys = map[int]bool{}
			}
			l.keys[l.stack[n].pos.Offset] = true
		}
		l.stack = l.stack[:n]
		return
	}
	l.bad = true
	l.msg = "unexpected token: " + tok.Value
	if tok.Value == "end" {
		l.msg = "unexpected reserved word: end"
	}
	if n >= 0 {
		l.hint = l.stack[n]
		if l.hint.kind == InterpOpen {
			return
		}
		l.msg += fmt.Sprintf(`. The "%s" at line %d is missing terminator "%s"`, l.hint.text, l.hint.pos.Line, l.hint.terminator())
	}
	tok.Type = lexer.TokenType(Bad)
}
