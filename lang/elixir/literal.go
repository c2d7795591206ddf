package elixir

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// ambiguousCall and ambiguousContainer are Elixir's words for calls without
// parentheses within others.
const (
	ambiguousCall = `unexpected comma. Parentheses are required to solve ambiguity in nested calls.

This error happens when you have nested function calls without parentheses. For example:

    one a, two b, c, d

In the example above, we don't know if the parameters "c" and "d" apply to the function "one" or "two". You can solve this by explicitly adding parentheses:

    one a, two(b, c, d)

Or by adding commas (in case a nested call is not intended):

    one, a, two, b, c, d

Elixir cannot compile otherwise. Syntax error before: ','`

	ambiguousContainer = `unexpected comma. Parentheses are required to solve ambiguity inside containers.

This error may happen when you forget a comma in a list or other container:

    [a, b c, d]

Or when you have ambiguous calls:

    [one, two three, four, five]

In the example above, we don't know if the parameters "four" and "five" belongs to the list or the function "two". You can solve this by explicitly adding parentheses:

    [one, two(three, four), five]

Elixir cannot compile otherwise. Syntax error before: ','`

	keysLastArg = `as the last argument. Therefore, this is not allowed:

    function_call(1, some: :option, 2)

Instead, wrap the keyword in brackets:

    function_call(1, [some: :option], 2)`

	keysLast = `last in lists and maps. Therefore, this is not allowed:

    [some: :value, :another]
    %{some: :value, another => value}

Instead, reorder it to be the last entry:

    [:another, some: :value]
    %{another => value, some: :value}`
)

// number makes the value of a number.
func (p *parser) number(t *lexer.Token) lang.Value {
	text := strings.ReplaceAll(t.Value, "_", "")
	if strings.Contains(text, ".") {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			p.fail(t, "invalid float number %s", t.Value)
		}
		return lang.Float(f)
	}
	base := 10
	if len(text) > 2 && bases[text[1]] != 0 {
		base, text = bases[text[1]], text[2:]
	}
	if i, err := strconv.ParseInt(text, base, 64); err == nil {
		return lang.Int(i)
	}
	i, _ := new(big.Int).SetString(text, base)
	return lang.Big(i)
}

// char makes the number of the character behind a question mark.
func (p *parser) char(t *lexer.Token) lang.Value {
	text := t.Value[1:]
	if len(text) > 1 && text[0] == '\\' {
		text = text[1:]
		if e := lang.ElixirEscape(text[0]); e != text[0] {
			return lang.Int(int64(e))
		}
	}
	r, _ := utf8.DecodeRuneInString(text)
	return lang.Int(int64(r))
}

// bracketed reads what t, an opening bracket, begins.
func (p *parser) bracketed(t *lexer.Token, c context) lang.Value {
	if t.Value == "(" {
		return p.paren(t, c)
	}
	p.tokens.Next()
	switch t.Value {
	case "[":
		return list(p.container("]")...)
	case "<<":
		return node("<<>>", p.meta(t), p.container(">>")...)
	}
	vs := p.container("}")
	if len(vs) == 2 {
		return lang.Vec(vs...)
	}
	return node("{}", p.meta(t), vs...)
}

// container reads elements up to the closing bracket. Keys come last; they
// are one element, except in a list.
func (p *parser) container(close string) []lang.Value {
	var vs []lang.Value
	for !p.accept(Close, close) {
		if t, k := p.peek(); p.atKey(k) {
			if close != "]" && len(vs) == 0 && !p.lex.isOpen(t) {
				p.before(t)
			}
			pairs := p.keywords(context{comma: commaContainer})
			if close == "]" {
				entries, _ := elements(pairs)
				vs = append(vs, entries...)
			} else {
				vs = append(vs, pairs)
			}
			p.afterKeywords(keysLast)
		} else {
			vs = append(vs, p.expr(0, context{comma: commaContainer}))
		}
		if !p.accept(Comma, ",") {
			p.expect(Close, close)
			break
		}
	}
	return vs
}

// mapOrStruct reads what begins with %: a map, or a struct.
func (p *parser) mapOrStruct() lang.Value {
	t := p.tokens.Next()
	p.deeper(t)
	defer func() { p.depth-- }()
	if p.at(Open, "{") && p.next(t) == '{' {
		return p.mapBody()
	}
	name := p.structName()
	if !p.at(Open, "{") {
		next, _ := p.peek()
		p.before(next)
	}
	return node("%", p.meta(t), name, p.mapBody())
}

// structName reads what stands between % and {.
func (p *parser) structName() lang.Value {
	t, k := p.peek()
	c := context{inArgs: true}
	switch {
	case k == Operator && (t.Value == "^" || t.Value == "@" || t.Value == "!" || t.Value == "not"):
		p.tokens.Next()
		return node(t.Value, p.meta(t), p.structName())
	case k == Identifier && p.next(t) != '(':
		// A brace behind it is the struct's, not an argument.
		p.tokens.Next()
		return p.structDots(lang.Vec(lang.K(t.Value), p.meta(t), lang.Nil), c)
	case k == Identifier, k == Alias, k == Atom, k == Open && t.Value == "(":
		return p.operand(c)
	}
	p.before(t)
	return lang.Nil
}

// structDots reads .name behind the name of a struct.
func (p *parser) structDots(v lang.Value, c context) lang.Value {
	for {
		t, k := p.peek()
		if k != Dot {
			return v
		}
		p.tokens.Next()
		name, k := p.peek()
		if k != Identifier || p.next(name) == '(' {
			v, _ = p.dotted(t, v, c)
			continue
		}
		p.tokens.Next()
		v = lang.Vec(lang.Vec(kwDot, p.meta(t), list(v, lang.K(name.Value))), p.meta(name, pair(lang.K("no_parens"), lang.True)), noMeta)
	}
}

// mapBody reads { ... } of a map or struct.
func (p *parser) mapBody() lang.Value {
	t := p.tokens.Next()
	m := p.meta(t)
	if _, k := p.peek(); k == Close || p.atKey(k) {
		return node("%{}", m, p.pairs(nil)...)
	}
	first := p.expr(binaries["|"].prec+1, context{comma: commaContainer})
	bar, k := p.peek()
	if k != Operator || bar.Value != "|" {
		return node("%{}", m, p.pairs(&first)...)
	}
	p.tokens.Next()
	return node("%{}", m, node("|", p.meta(bar), first, list(p.pairs(nil)...)))
}

// pairs reads the entries of a map up to its brace. The first key may have
// been read already.
func (p *parser) pairs(first *lang.Value) []lang.Value {
	var vs []lang.Value
	c := context{comma: commaContainer}
	for first != nil || !p.accept(Close, "}") {
		if _, k := p.peek(); first == nil && p.atKey(k) {
			entries, _ := elements(p.keywords(c))
			vs = append(vs, entries...)
			p.afterKeywords(keysLast)
		} else {
			var v lang.Value
			if first != nil {
				v, first = *first, nil
			} else {
				v = p.expr(precArrow+1, c)
			}
			if p.accept(Operator, "=>") {
				v = pair(v, p.expr(0, c))
			}
			vs = append(vs, v)
		}
		if !p.accept(Comma, ",") {
			p.expect(Close, "}")
			break
		}
	}
	return vs
}
