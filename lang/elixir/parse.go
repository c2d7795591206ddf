package elixir

import (
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// maxDepth is how deep expressions may nest, and how many operators of one
// precedence may stand in a row. What handles forms after the reader recurses
// over them on Go's stack.
const maxDepth = 5_000

// parser makes the quoted form of the tokens of a top-level expression.
// Errors inside are panics with an *Error, recovered in parse.
type parser struct {
	r      *Reader
	lex    *exprLexer
	tokens *lexer.PeekingLexer
	depth  int
	line   metaLine // the part of the metadata that tokens of a line share
}

// context is what an expression stands in.
type context struct {
	inArgs bool  // in the arguments of a call without parentheses: a `do` is that call's
	comma  comma // what a comma behind the first argument of a call without parentheses means
	head   bool  // where a clause may begin: (a, b) may be its arguments
	noDot  bool  // behind @, which binds tighter than a dot
}

// comma says what a comma behind the first argument of a call without
// parentheses means.
type comma uint8

const (
	commaOwn       comma = iota // the next argument of that call
	commaCall                   // it is unclear which call's argument follows
	commaContainer              // it is unclear whether a list goes on
)

// parse reads the one expression of a unit.
func (p *parser) parse(tokens *lexer.PeekingLexer) (u *unit) {
	p.tokens = tokens
	u = new(unit)
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Error:
			u.err, u.drained = r, p.nearEnd()
		default:
			panic(r)
		}
	}()
	if tokens.Peek().EOF() {
		if p.lex.semi && p.r.semi {
			p.unexpected(tokens.Peek())
		}
		return u
	}
	u.form = p.expr(0, context{})
	if t := tokens.Peek(); !t.EOF() {
		p.before(t)
	}
	u.some = true
	return u
}

// nearEnd reports whether there is no more to come than one key could be,
// and a comma before it.
func (p *parser) nearEnd() bool {
	p.accept(Comma, ",")
	if t, k := p.peek(); k == StringOpen {
		p.literalEnd(t)
	} else {
		for range len("%{}") {
			p.tokens.Next()
		}
	}
	return p.tokens.Peek().EOF()
}

// peek gives the next token and its kind. The end is of kind Bad.
func (p *parser) peek() (*lexer.Token, Kind) {
	t := p.tokens.Peek()
	if t.EOF() {
		return t, Bad
	}
	return t, Kind(t.Type)
}

// at reports whether the next token is of a kind and has a text.
func (p *parser) at(k Kind, text string) bool {
	t, got := p.peek()
	return got == k && t.Value == text
}

// accept takes the next token if it is of a kind and has a text.
func (p *parser) accept(k Kind, text string) bool {
	if !p.at(k, text) {
		return false
	}
	p.tokens.Next()
	return true
}

// expect takes the next token, which must be of a kind and have a text.
func (p *parser) expect(k Kind, text string) {
	if !p.accept(k, text) {
		t, _ := p.peek()
		p.before(t)
	}
}

// errorf makes an error at a token.
func (p *parser) errorf(t *lexer.Token, format string, args ...any) *Error {
	return &Error{Pos: p.r.pos(t.Pos), Class: classSyntax, Msg: fmt.Sprintf(format, args...)}
}

// fail gives up with an error at a token.
func (p *parser) fail(t *lexer.Token, format string, args ...any) {
	panic(p.errorf(t, format, args...))
}

// before gives up at a token that may not stand where it does.
func (p *parser) before(t *lexer.Token) {
	if t.EOF() {
		p.eof(t)
	}
	switch k := Kind(t.Type); {
	case p.lex.bad && p.lex.at.Offset == t.Pos.Offset+len(t.Value):
		p.spelling(t)
	case k == Newline:
		p.tokens.Next()
		p.before(p.tokens.Peek())
	case t.Value == "do", t.Value == "do:":
		p.fail(t, "syntax error before: do")
	case isReserved(strings.TrimSuffix(t.Value, ":")) && k != StringText:
		p.fail(t, `syntax error before: %s. "%[1]s" is a reserved word in Elixir and therefore its usage is limited. For instance, it can't be used as a variable or be defined nor invoked as a regular function`, strings.TrimSuffix(t.Value, ":"))
	case k == Number:
		p.fail(t, `syntax error before: "%s"`, t.Value)
	case k == Identifier && t.Value != "...", k == Alias:
		p.fail(t, "syntax error before: %s", t.Value)
	case k == Key:
		p.fail(t, "syntax error before: %s", strings.TrimSuffix(t.Value, ":"))
	case k == Atom:
		p.fail(t, "syntax error before: %s", t.Value[1:])
	case k == StringOpen && p.lex.keys[t.Pos.Offset]:
		p.fail(t, "syntax error before: %s", strings.Trim(p.lex.scan.text[t.Pos.Offset:p.literalEnd(t)], `"':`))
	case k == StringOpen, k == Char:
		p.fail(t, "syntax error before: %s", p.lex.scan.text[t.Pos.Offset:p.literalEnd(t)])
	default:
		p.fail(t, "syntax error before: '%s'", strings.ReplaceAll(t.Value, `\`, `\\`))
	}
}

func isReserved(word string) bool {
	_, ok := words[word]
	return ok
}

// literalEnd gives the offset behind a literal that begins with t.
func (p *parser) literalEnd(t *lexer.Token) int {
	if Kind(t.Type) != StringOpen {
		return t.Pos.Offset + len(t.Value)
	}
	for depth := 0; ; {
		t := p.tokens.Next()
		switch {
		case t.EOF():
			return len(p.lex.scan.text)
		case Kind(t.Type) == StringOpen:
			depth++
		case Kind(t.Type) == StringClose:
			if depth--; depth == 0 {
				return t.Pos.Offset + len(t.Value)
			}
		}
	}
}

// spelling gives up at a token, the last, that is wrong in itself.
func (p *parser) spelling(t *lexer.Token) {
	msg := p.lex.msg
	if msg == "" {
		p.unexpected(t)
	}
	e := p.errorf(t, "%s", msg)
	if h := p.lex.hint; h.text != "" {
		e.Open, e.Opener = p.r.pos(h.pos), h.text
	}
	e.Partial = p.lex.scan.partial
	if strings.HasSuffix(msg, "at end of file") {
		e.Class = classMissing
	}
	panic(e)
}

// unexpected gives up at a character that begins nothing.
func (p *parser) unexpected(t *lexer.Token) {
	r := []rune(p.lex.scan.text[t.Pos.Offset:min(t.Pos.Offset+4, len(p.lex.scan.text))])
	shown := `"` + string(r[0]) + `"`
	if r[0] == '\r' {
		shown = "carriage return"
	}
	e := p.errorf(t, "unexpected token: %s (column %d, code point U+%s)", shown, t.Pos.Column, hex4(r[0]))
	e.Partial = p.lex.scan.partial
	panic(e)
}

const endOfLine = "unexpectedly reached end of line. The current expression is invalid or incomplete"

// eof gives up at the end of the tokens, t.
func (p *parser) eof(t *lexer.Token) {
	switch {
	case p.lex.semi:
		p.fail(t, "syntax error before: ';'")
	case p.lex.line.Line > 0:
		panic(&Error{Pos: p.r.pos(p.lex.line), Class: classSyntax, Msg: endOfLine})
	}
	e := p.errorf(t, "syntax error: expression is incomplete")
	e.Class, e.Partial = classMissing, true
	if len(p.lex.stack) > 0 {
		p.unclosed(e)
	} else {
		e.Pos = p.r.pos(p.lex.last)
	}
	panic(e)
}

// unclosed says in an error what is still open at the end.
func (p *parser) unclosed(e *Error) {
	n := len(p.lex.stack) - 1
	o := p.lex.stack[n]
	e.Open, e.Opener = p.r.pos(o.pos), strings.TrimRight(o.text, " \t\r\n")
	switch what := stringName(o.text); {
	case o.kind == InterpOpen:
		e.Msg = fmt.Sprintf(`missing interpolation terminator: "}" (for %s starting at line %d)`, stringName(p.lex.stack[n-1].text), p.lex.stack[n-1].pos.Line)
		e.Pos = e.Open
	case o.kind == StringOpen:
		e.Msg = fmt.Sprintf("missing terminator: %s (for %s starting at line %d)", o.terminator(), what, o.pos.Line)
	default:
		e.Msg = fmt.Sprintf(`missing terminator: %s (for "%s" starting at line %d)`, o.terminator(), o.text, o.pos.Line)
	}
}

// stringName says what a string is that begins with opener.
func stringName(opener string) string {
	switch {
	case opener[0] == ':':
		return "atom"
	case opener[0] == '~':
		return "sigil " + strings.TrimRight(opener, " \t\r\n")
	case len(opener) >= 3:
		return "heredoc"
	}
	return "string"
}

// deeper counts one level of nesting.
func (p *parser) deeper(t *lexer.Token) {
	if p.depth++; p.depth > maxDepth {
		p.fail(t, "expressions nest deeper than %d", maxDepth)
	}
}

// expr reads an expression whose operators bind at least as tight as min.
func (p *parser) expr(min int, c context) lang.Value {
	p.deeper(p.tokens.Peek())
	left := p.prefix(c)
	c.head = false
	n := 0
	for {
		t, k := p.peek()
		if k == Bad && !t.EOF() && isDigit(t.Value[0], 10) {
			p.fail(t, "%s", p.lex.msg) // no number may follow an operand
		}
		if k != Operator {
			break
		}
		op, ok := binaries[t.Value]
		if !ok || op.prec < min || op.prec == precArrow {
			break
		}
		if n++; n > maxDepth {
			p.fail(t, "more than %d operators in a row", maxDepth)
		}
		p.tokens.Next()
		if t.Value == "//" {
			p.checkStep(t, left)
		}
		least := op.prec + 1
		if op.right {
			least = op.prec
		}
		if _, k := p.peek(); k == Key && t.Value == "when" {
			left = p.binary(t, left, p.keywords(c))
			break
		}
		left = p.binary(t, left, p.expr(least, c))
	}
	p.depth--
	return left
}

// checkStep gives up unless the step // comes behind a range.
func (p *parser) checkStep(t *lexer.Token, left lang.Value) {
	if name, args, ok := call(left); !ok || name != ".." || len(args) != 2 {
		p.fail(t, `the range step operator (//) must immediately follow the range definition operator (..), for example: 1..9//2. If you wanted to define a default argument, use (\\) instead. Syntax error before: '//'`)
	}
}

// binary makes the call of a binary operator.
func (p *parser) binary(t *lexer.Token, left, right lang.Value) lang.Value {
	switch t.Value {
	case "//":
		_, args, _ := call(left)
		return node("..//", left.Obj().(*lang.Vector).Nth(1), args[0], args[1], right)
	case "not in":
		m := p.meta(t)
		return node("not", m, node("in", m, left, right))
	case "in":
		if name, args, ok := call(left); ok && len(args) == 1 && (name == "not" || name == "!") {
			m := p.meta(t)
			return node(name, m, node("in", m, args[0], right))
		}
	}
	return node(t.Value, p.meta(t), left, right)
}

// prefix reads an operand with the operators before it.
func (p *parser) prefix(c context) lang.Value {
	t, k := p.peek()
	if k != Operator {
		return p.operand(c)
	}
	p.tokens.Next()
	switch prec, ok := unaries[t.Value]; {
	case t.Value == "..":
		return node("..", p.meta(t))
	case p.slashFollows(t):
		return lang.Vec(lang.K(t.Value), p.meta(t), lang.Nil)
	case t.Value == "&" && isDigit(p.next(t), 10):
		return p.postfix(node("&", p.meta(t), p.number(p.tokens.Next())), c)
	case !ok:
		p.before(t)
	case t.Value == "@":
		at := context{inArgs: c.inArgs, comma: c.comma, noDot: true}
		p.deeper(t)
		v := node("@", p.meta(t), p.prefix(at))
		p.depth--
		return p.postfix(v, c)
	default:
		c.head = false
		return node(t.Value, p.meta(t), p.expr(prec+1, c))
	}
	return lang.Nil
}

// slashFollows reports whether a slash comes behind an operator, which makes
// its name of it, as in &+/2.
func (p *parser) slashFollows(t *lexer.Token) bool {
	return strings.HasPrefix(strings.TrimLeft(p.lex.scan.text[t.Pos.Offset+len(t.Value):], " \t"), "/")
}
