package elixir

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// next gives the byte of the text directly behind a token, 0 at the end.
func (p *parser) next(t *lexer.Token) byte {
	if off := t.Pos.Offset + len(t.Value); off < len(p.lex.scan.text) {
		return p.lex.scan.text[off]
	}
	return 0
}

// operand reads an operand without operators before it.
func (p *parser) operand(c context) lang.Value {
	t, k := p.peek()
	switch k {
	case Identifier:
		p.tokens.Next()
		v, whole := p.named(t, c, lang.K(t.Value))
		if whole {
			return v
		}
		return p.postfix(v, c)
	case Alias:
		return p.postfix(p.alias(c), c)
	case Number:
		return p.postfix(p.number(p.tokens.Next()), c)
	case Char:
		return p.postfix(p.char(p.tokens.Next()), c)
	case Atom:
		return p.postfix(atom(p.tokens.Next().Value[1:]), c)
	case StringOpen:
		return p.postfix(p.str(), c)
	case Open:
		p.deeper(t)
		v := p.bracketed(t, c)
		p.depth--
		if _, ok := v.Obj().(*headArgs); ok {
			return v
		}
		return p.postfix(v, c)
	case Percent:
		return p.postfix(p.mapOrStruct(), c)
	case Reserved:
		if v, ok := literals[t.Value]; ok {
			p.tokens.Next()
			return p.postfix(v, c)
		}
		if t.Value == "fn" {
			p.deeper(t)
			v := p.fn()
			p.depth--
			return p.postfix(v, c)
		}
	}
	if k == Newline {
		p.fail(t, endOfLine)
	}
	p.before(t)
	return lang.Nil
}

// literals are the words that stand for themselves.
var literals = map[string]lang.Value{"true": lang.True, "false": lang.False, "nil": lang.Nil}

// alias reads Foo, and Foo.Bar.Baz as one.
func (p *parser) alias(c context) lang.Value {
	t := p.tokens.Next()
	parts := []lang.Value{lang.K(t.Value)}
	last := t
	for !c.noDot && p.at(Dot, ".") {
		mark := p.tokens.MakeCheckpoint()
		p.tokens.Next()
		part, k := p.peek()
		if k != Alias {
			p.tokens.LoadCheckpoint(mark)
			break
		}
		last = p.tokens.Next()
		parts = append(parts, lang.K(part.Value))
	}
	p.noCall(last)
	return lang.Vec(kwAliases, p.meta(t), list(parts...))
}

// noCall gives up if a parenthesis comes directly behind an alias.
func (p *parser) noCall(t *lexer.Token) {
	if paren, k := p.peek(); k == Open && paren.Value == "(" && p.next(t) == '(' {
		behind := *paren
		behind.Pos.Column++ // as Elixir has it
		p.fail(&behind, `unexpected ( after alias %s. Function names and identifiers in Elixir start with lowercase characters or underscore. For example:

    hello_world()
    _starting_with_underscore()
    numb3rs_are_allowed()
    may_finish_with_question_mark?()
    may_finish_with_exclamation_mark!()

Unexpected token: (`, t.Value)
	}
}

// postfix reads what applies to the operand before it: .name, .(args), [key].
func (p *parser) postfix(v lang.Value, c context) lang.Value {
	for n := 0; ; n++ {
		t, k := p.peek()
		if n > maxDepth {
			p.fail(t, "more than %d dots in a row", maxDepth)
		}
		switch {
		case c.noDot:
			return v
		case k == Dot:
			p.tokens.Next()
			var whole bool
			if v, whole = p.dotted(t, v, c); whole {
				return v
			}
		case k == Open && t.Value == "[":
			v = p.access(v)
		default:
			return v
		}
	}
}

// access reads [key] behind an operand.
func (p *parser) access(v lang.Value) lang.Value {
	t := p.tokens.Next()
	m := p.meta(t)
	var key lang.Value
	if _, k := p.peek(); p.atKey(k) {
		key = p.keywords(context{comma: commaContainer})
	} else {
		key = p.expr(0, context{comma: commaContainer})
	}
	p.accept(Comma, ",")
	p.expect(Close, "]")
	return remote(m, "Elixir.Access", "get", v, key)
}

// dotted reads what comes behind a dot: a name, an alias, arguments or {A, B}.
// whole is true if nothing more can apply to what it gives.
func (p *parser) dotted(dot *lexer.Token, left lang.Value, c context) (v lang.Value, whole bool) {
	t, k := p.peek()
	m := p.meta(dot)
	switch {
	case k == Identifier:
		p.tokens.Next()
		return p.named(t, c, lang.Vec(kwDot, m, list(left, atom(t.Value))))
	case k == Alias:
		p.tokens.Next()
		p.noCall(t)
		return lang.Vec(kwAliases, m, list(left, lang.K(t.Value))), false
	case k == StringOpen:
		name, end := p.quotedName(t)
		return p.named(end, c, lang.Vec(kwDot, m, list(left, name)))
	case k == Open && t.Value == "(":
		call := lang.Vec(lang.Vec(kwDot, m, list(left)), m, list(p.parenArgs()...))
		return p.applied(call, m, c)
	case k == Open && t.Value == "{":
		p.tokens.Next()
		args := p.container("}")
		return lang.Vec(lang.Vec(kwDot, m, list(left, lang.K("{}"))), m, list(args...)), false
	}
	p.before(t)
	return lang.Nil, false
}

// named reads what comes behind a name, whose last token is t: arguments in
// parentheses or without, a do block, or nothing. head is what is called.
// whole is true if nothing more can apply to what it gives.
func (p *parser) named(t *lexer.Token, c context, head lang.Value) (v lang.Value, whole bool) {
	meta := p.meta(t)
	next, k := p.peek()
	switch {
	case k == Open && next.Value == "(" && p.next(t) == '(':
		return p.applied(lang.Vec(head, meta, list(p.parenArgs()...)), meta, c)
	case k == Open && next.Value == "[" && p.next(t) == '[':
	case k == Reserved && next.Value == "do":
		if !c.inArgs {
			return lang.Vec(head, meta, list(p.doBlock())), true
		}
	case p.startsArgs(t, next, k):
		p.deeper(t)
		args := p.bareArgs(t, c)
		p.depth--
		if !c.inArgs && p.at(Reserved, "do") {
			args = append(args, p.doBlock())
		}
		return lang.Vec(head, meta, list(args...)), true
	}
	if head.IsKeyword() {
		return lang.Vec(head, meta, lang.Nil), false
	}
	return lang.Vec(head, p.meta(t, pair(lang.K("no_parens"), lang.True)), noMeta), false
}

// applied reads what comes behind a call in parentheses: the arguments of
// what it gives, as in f()(), and a do block.
func (p *parser) applied(v, meta lang.Value, c context) (lang.Value, bool) {
	if p.at(Open, "(") {
		v = lang.Vec(v, meta, list(p.parenArgs()...))
	}
	if c.inArgs || !p.at(Reserved, "do") {
		return v, false
	}
	h, m, args, _ := triple(v)
	vs, _ := elements(args)
	return lang.Vec(h, m, list(append(vs, p.doBlock())...)), true
}

// startsArgs reports whether next, of kind k, begins the arguments of the
// name t, which are without parentheses then.
func (p *parser) startsArgs(t, next *lexer.Token, k Kind) bool {
	switch k {
	case Identifier, Alias, Atom, Number, Char, StringOpen, Key, Percent, Open:
		return true
	case Bad:
		return !next.EOF() && isDigit(next.Value[0], 10)
	case Reserved:
		_, literal := literals[next.Value]
		return literal || next.Value == "fn"
	case Operator:
		if _, unary := unaries[next.Value]; !unary {
			return false
		}
		if !binaries[next.Value].dual {
			return true
		}
		// `a -b` is a call, `a - b` and `a-b` are not.
		spaced := next.Pos.Offset > t.Pos.Offset+len(t.Value)
		behind := p.next(next)
		return spaced && behind != 0 && !strings.ContainsRune(" \t\r\n([<{%+-/>:", rune(behind))
	}
	return false
}

// atKey reports whether a key of a keyword list comes next: a: or "a": . A
// string that is not complete may become one.
func (p *parser) atKey(k Kind) bool {
	if k != StringOpen {
		return k == Key
	}
	t := p.tokens.Peek()
	return p.lex.keys[t.Pos.Offset] || p.lex.isOpen(t)
}

// bareArgs reads the arguments of a call of name without parentheses.
func (p *parser) bareArgs(name *lexer.Token, c context) []lang.Value {
	if _, k := p.peek(); p.atKey(k) {
		return []lang.Value{p.bareKeywords()}
	}
	args := []lang.Value{p.expr(0, context{inArgs: true, comma: c.comma, head: true})}
	for {
		if _, k := p.peek(); k != Comma {
			return args
		}
		switch c.comma {
		case commaCall:
			p.fail(name, ambiguousCall)
		case commaContainer:
			p.fail(name, ambiguousContainer)
		}
		p.tokens.Next()
		if _, k := p.peek(); p.atKey(k) {
			return append(args, p.bareKeywords())
		}
		args = append(args, p.expr(0, context{inArgs: true, comma: commaCall}))
	}
}

// bareKeywords reads the keys with which arguments without parentheses end.
func (p *parser) bareKeywords() lang.Value {
	v := p.keywords(context{inArgs: true})
	p.afterKeywords(keysLastArg)
	return v
}

// parenArgs reads arguments in parentheses.
func (p *parser) parenArgs() []lang.Value {
	t := p.tokens.Next()
	p.deeper(t)
	defer func() { p.depth-- }()
	if p.accept(Close, ")") {
		return nil
	}
	c := context{}
	var args []lang.Value
	for {
		if _, k := p.peek(); p.atKey(k) {
			args = append(args, p.keywords(context{comma: commaContainer}))
			p.afterKeywords(keysLastArg)
			p.accept(Comma, ",")
			break
		}
		args = append(args, p.expr(0, c))
		if !p.accept(Comma, ",") {
			break
		}
		c.comma = commaCall
	}
	p.expect(Close, ")")
	return args
}

// keywords reads the rest of arguments or elements that are keys with values.
func (p *parser) keywords(c context) lang.Value {
	var pairs []lang.Value
	sub := context{inArgs: c.inArgs, comma: c.comma}
	for {
		t, k := p.peek()
		if !p.atKey(k) {
			p.before(t)
		}
		key := p.key()
		pairs = append(pairs, pair(key, p.expr(0, sub)))
		if _, k := p.peek(); k != Comma {
			break
		}
		mark := p.tokens.MakeCheckpoint()
		p.tokens.Next()
		if next, k := p.peek(); !p.atKey(k) {
			if next.EOF() {
				p.eof(next)
			}
			p.tokens.LoadCheckpoint(mark)
			break
		}
	}
	return list(pairs...)
}

// afterKeywords gives up if an argument or element comes behind a keyword list.
func (p *parser) afterKeywords(how string) {
	t, k := p.peek()
	if k != Comma {
		return
	}
	mark := p.tokens.MakeCheckpoint()
	p.tokens.Next()
	if next, k := p.peek(); next.EOF() || k == Close {
		p.tokens.LoadCheckpoint(mark)
		return
	}
	p.fail(t, "unexpected expression after keyword list. Keyword lists must always come %s\n\nSyntax error after: ','", how)
}
