package clojure

import (
	"fmt"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// maxDepth is how deep brackets and prefixes may nest. What handles forms
// after the reader recurses over them on Go's stack; a program nests some
// dozens deep, data some hundreds.
const maxDepth = 10_000

// parser makes forms of the tokens of a top-level form. Errors inside are
// panics with an *Error, recovered in parse.
type parser struct {
	r       *Reader
	source  *formLexer
	tokens  *lexer.PeekingLexer
	values  []lang.Value   // elements of the collections being read
	pending []lang.Value   // forms of a splice that are still to be read
	open    []*lexer.Token // brackets and prefixes being read
	parens  int            // how many of them are brackets
	args    *fnArgs        // of the #() being read
	quotes  int            // how many syntax-quotes are being read
	skips   int            // above 0 in what a reader conditional leaves out
}

// begin readies p for the tokens of fl.
func (p *parser) begin(r *Reader, fl *formLexer) { p.r, p.source = r, fl }

// keptRoom is how many values or open brackets there is room for from one
// form to the next. Clearing more for each small form would cost too much.
const keptRoom = 256

// end lets go of everything that was read, and keeps some room.
func (p *parser) end() {
	values, open := p.values[:cap(p.values)], p.open[:cap(p.open)]
	*p = parser{}
	if len(values) <= keptRoom {
		clear(values)
		p.values = values[:0]
	}
	if len(open) <= keptRoom {
		clear(open)
		p.open = open[:0]
	}
}

// needMore is what the parser panics with when the lexer gave too few forms.
type needMore struct{}

// parse reads the forms of one unit: the last of them counts.
func (p *parser) parse(tokens *lexer.PeekingLexer) (u *unit) {
	p.tokens = tokens
	u = new(unit)
	defer func() {
		u.drained = tokens.Peek().EOF()
		switch r := recover().(type) {
		case nil:
		case *Error:
			u.err = r
		case needMore:
			u.result = moreForms
		default:
			panic(r)
		}
	}()
	for !tokens.Peek().EOF() {
		if v, ok := p.item(); ok {
			u.form, u.result = v, oneForm
		}
	}
	return u
}

// pos gives the place of a token.
func (p *parser) pos(t *lexer.Token) lang.Pos { return p.r.pos(t.Pos) }

// errorf makes an error at a token.
func (p *parser) errorf(t *lexer.Token, class, format string, args ...any) *Error {
	return &Error{Pos: p.pos(t), Class: class, Msg: fmt.Sprintf(format, args...)}
}

// fail gives up with an error at a token.
func (p *parser) fail(t *lexer.Token, class, format string, args ...any) {
	panic(p.errorf(t, class, format, args...))
}

// enter and leave stand around what a bracket or a prefix opens.
func (p *parser) enter(t *lexer.Token) {
	if len(p.open) >= maxDepth {
		p.fail(t, classRuntime, "Forms nest deeper than %d", maxDepth)
	}
	p.open = append(p.open, t)
	if Kind(t.Type) == Open {
		p.parens++
	}
}

func (p *parser) leave() {
	last := len(p.open) - 1
	if Kind(p.open[last].Type) == Open {
		p.parens--
	}
	p.open = p.open[:last]
}

// form reads one form, passing over what is none.
func (p *parser) form() lang.Value {
	for {
		if len(p.pending) > 0 {
			v := p.pending[0]
			p.pending = p.pending[1:]
			return v
		}
		switch t := p.tokens.Peek(); {
		case t.EOF():
			p.eof(t)
		case Kind(t.Type) == Close:
			p.unmatched(t)
		}
		if v, ok := p.item(); ok {
			return v
		}
	}
}

// eof gives up at the end of the tokens, t.
func (p *parser) eof(t *lexer.Token) {
	if !p.source.final {
		panic(needMore{})
	}
	opener := p.open[len(p.open)-1]
	e := p.errorf(t, classRuntime, "EOF while reading")
	if Kind(opener.Type) == Open {
		e.Msg += fmt.Sprintf(", starting at line %d", opener.Pos.Line)
	}
	e.Partial, e.Open, e.Opener = true, p.pos(opener), opener.Value
	panic(e)
}

// unmatched gives up at a closing bracket that closes nothing, or the wrong thing.
func (p *parser) unmatched(t *lexer.Token) {
	e := p.errorf(t, classRuntime, "Unmatched delimiter: %s", t.Value)
	if len(p.open) > 0 {
		opener := p.open[len(p.open)-1]
		e.Open, e.Opener = p.pos(opener), opener.Value
	}
	panic(e)
}

// item reads what begins with the next token, which is there. ok is false if
// that was no form.
func (p *parser) item() (v lang.Value, ok bool) {
	t := p.tokens.Next()
	switch Kind(t.Type) {
	case Open:
		return p.bracketed(t), true
	case Close:
		p.unmatched(t)
	case Symbol:
		return p.symbol(t), true
	case Keyword:
		return p.keyword(t), true
	case Number:
		return p.number(t), true
	case String:
		return p.str(t), true
	case Char:
		return p.char(t), true
	case Regex:
		return p.regex(t), true
	case Prefix:
		if p.source.bad && p.tokens.Peek().EOF() {
			p.spelling(t)
		}
		p.enter(t)
		v, ok = prefixes[t.Value](p, t)
		p.leave()
		return v, ok
	case Tag:
		p.enter(t)
		v = p.tagged(t)
		p.leave()
		return v, true
	case MapTag:
		return p.namespacedMap(t), true
	}
	p.spelling(t)
	return
}

// spelling gives up at a token, the last, that is wrong in itself.
func (p *parser) spelling(t *lexer.Token) {
	e := p.errorf(t, classRuntime, "%s", p.source.scan.msg)
	if e.Partial = p.source.scan.partial; e.Partial {
		switch Kind(t.Type) {
		case String:
			e.Open, e.Opener = e.Pos, `"`
		case Regex:
			e.Open, e.Opener = e.Pos, `#"`
		}
		end := p.tokens.Peek().Pos
		e.Pos = p.r.pos(end)
	}
	panic(e)
}

// bracketed reads the collection that t opens.
func (p *parser) bracketed(t *lexer.Token) lang.Value {
	switch t.Value {
	case "(":
		base := p.elements(t, ")", nil)
		return p.finish(base, func(vs []lang.Value) lang.Value { return p.list(t, vs) })
	case "[":
		base := p.elements(t, "]", nil)
		return p.finish(base, func(vs []lang.Value) lang.Value { return lang.Obj(lang.NewVector(vs)) })
	case "{":
		base := p.elements(t, "}", p.checkMap)
		return p.finish(base, func(vs []lang.Value) lang.Value { return p.mapOf(t, "Map literal", vs) })
	case "#{":
		base := p.elements(t, "}", p.checkSet)
		return p.finish(base, func(vs []lang.Value) lang.Value { return p.setOf(t, vs) })
	}
	return p.fnLiteral(t)
}

// finish makes a collection of the values from base on, and takes them off.
func (p *parser) finish(base int, build func([]lang.Value) lang.Value) lang.Value {
	v := build(p.values[base:])
	p.values = p.values[:base]
	return v
}

// elements reads forms up to the closing bracket. They lie in p.values from
// base on. check, if there is one, looks at them when the text ends before
// the bracket.
func (p *parser) elements(opener *lexer.Token, close string, check func(*lexer.Token, []lang.Value)) (base int) {
	p.enter(opener)
	base = len(p.values)
	for {
		if len(p.pending) > 0 {
			p.values = append(p.values, p.form())
			continue
		}
		t := p.tokens.Peek()
		switch {
		case t.EOF():
			if check != nil {
				check(opener, p.values[base:])
			}
			p.eof(t)
		case Kind(t.Type) == Close:
			if t.Value != close {
				p.unmatched(t)
			}
			p.tokens.Next()
			p.leave()
			return base
		}
		if v, ok := p.item(); ok {
			p.values = append(p.values, v)
		}
	}
}

// list makes a list that knows where it opened.
func (p *parser) list(t *lexer.Token, vs []lang.Value) lang.Value {
	l := lang.NewList(vs)
	if len(vs) > 0 {
		l.Pos = p.pos(t)
	}
	return lang.Obj(l)
}

// call makes the list (name form) that a prefix stands for.
func (p *parser) call(t *lexer.Token, name *lang.Symbol, form lang.Value) lang.Value {
	s := *name
	s.Pos = p.pos(t)
	return p.list(t, []lang.Value{lang.Obj(&s), form})
}

// mapOf makes a map of keys and values; what names the literal in errors.
func (p *parser) mapOf(t *lexer.Token, what string, kvs []lang.Value) lang.Value {
	if len(kvs)%2 != 0 {
		p.fail(t, classRuntime, "%s must contain an even number of forms", what)
	}
	m := lang.NewMap(kvs...)
	if 2*m.Len() != len(kvs) {
		p.checkMap(t, kvs)
	}
	return lang.Obj(m)
}

func (p *parser) setOf(t *lexer.Token, vs []lang.Value) lang.Value {
	s := lang.NewSet(vs...)
	if s.Len() != len(vs) {
		p.checkSet(t, vs)
	}
	return lang.Obj(s)
}

// checkMap fails if a key stands twice among keys and values.
func (p *parser) checkMap(t *lexer.Token, kvs []lang.Value) { p.checkKeys(t, kvs, 2) }

// checkSet fails if an element stands twice.
func (p *parser) checkSet(t *lexer.Token, vs []lang.Value) { p.checkKeys(t, vs, 1) }

func (p *parser) checkKeys(t *lexer.Token, vs []lang.Value, step int) {
	seen := lang.EmptyMap
	for i := 0; i < len(vs); i += step {
		if _, twice := seen.Get(vs[i]); twice {
			p.fail(t, classArgument, "Duplicate key: %s", lang.DisplayString(vs[i]))
		}
		seen = seen.Assoc(vs[i], lang.True)
	}
}
