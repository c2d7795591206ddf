package elixir

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// headArgs are arguments in parentheses before ->. They are no expression:
// they stand for one only until the clause is read to which they belong.
type headArgs struct{ args []lang.Value }

// clauses collects what a block consists of: expressions, or clauses.
type clauses struct {
	exprs []lang.Value // of the block, or of the clause that is being read
	done  []lang.Value // clauses that are complete
	meta  lang.Value   // of the clause that is being read
	args  []lang.Value
	any   bool // there is a clause
	semi  bool // there is a semicolon
}

// flush completes the clause that is being read.
func (c *clauses) flush() {
	if c.any {
		body := lang.Nil
		if len(c.exprs) > 0 {
			body = sequence(c.exprs, noMeta)
		}
		c.done = append(c.done, lang.Vec(lang.K("->"), c.meta, list(list(c.args...), body)))
	}
	c.exprs = nil
}

// form gives the block as a quoted form; meta is that of a sequence.
func (c *clauses) form(meta lang.Value) lang.Value {
	if c.any {
		c.flush()
		return list(c.done...)
	}
	return sequence(c.exprs, meta)
}

// Block makes one quoted form of the expressions of a text, as
// Code.string_to_quoted gives it.
func Block(exprs []lang.Value) lang.Value { return sequence(exprs, noMeta) }

// sequence makes one expression of those of a block. One that is alone stays
// as it is, unless how it reads depends on its standing alone.
func sequence(exprs []lang.Value, meta lang.Value) lang.Value {
	if len(exprs) == 1 {
		name, args, ok := call(exprs[0])
		if !ok || len(args) != 1 || name != "not" && name != "!" && name != "unquote_splicing" {
			return exprs[0]
		}
	}
	return lang.Vec(kwBlock, meta, list(exprs...))
}

// separators takes the newlines and the semicolon between two expressions of c.
func (p *parser) separators(c *clauses) {
	p.takeNewline()
	if p.accept(Semicolon, ";") {
		c.semi = true
		p.takeNewline()
	}
}

func (p *parser) takeNewline() {
	if _, k := p.peek(); k == Newline {
		p.tokens.Next()
	}
}

// atEnd reports whether a block ends here.
func (p *parser) atEnd() bool {
	t, k := p.peek()
	switch k {
	case Close, InterpClose:
		return true
	case Reserved:
		switch t.Value {
		case "end", "after", "else", "rescue", "catch":
			return true
		}
	}
	return t.EOF()
}

// body reads the expressions or clauses of a block, up to what ends it. If
// that are arguments in parentheses, it gives them instead.
func (p *parser) body(paren bool) (c *clauses, args []lang.Value, isArgs bool) {
	c = new(clauses)
	for p.separators(c); !p.atEnd(); p.separators(c) {
		args, isArgs := p.item(c)
		t, k := p.peek()
		switch {
		case isArgs && paren && !c.any && len(c.exprs) == 0 && p.at(Close, ")"):
			return nil, args, true
		case isArgs, k != Newline && k != Semicolon && !p.atEnd():
			p.before(t)
		}
	}
	return c, nil, false
}

// item reads an expression of a block into c, or the head of a clause and the
// first expression of its body. If it reads arguments without an arrow behind
// them, it gives them.
func (p *parser) item(c *clauses) (args []lang.Value, isArgs bool) {
	if _, k := p.peek(); k != Stab {
		args, isArgs = p.headArgs()
		if _, k := p.peek(); k != Stab {
			if len(args) == 1 && !isArgs {
				p.noHead(args[0])
				c.exprs = append(c.exprs, args[0])
				return nil, false
			}
			return args, true
		}
	}
	arrow := p.tokens.Next()
	if !c.any && len(c.exprs) > 0 {
		p.fail(arrow, "unexpected operator ->. If you want to define multiple clauses, the first expression must use ->. Syntax error before: '->'")
	}
	c.flush()
	c.any, c.meta, c.args = true, p.meta(arrow), unwrapWhen(args)
	switch {
	case p.at(Semicolon, ";"):
		c.exprs = append(c.exprs, lang.Nil)
	case !p.atEnd():
		c.exprs = append(c.exprs, p.expr(0, context{}))
	}
	return nil, false
}

// headArgs reads an expression, or several, or keys: what a clause may have
// before its arrow. isArgs is true if it can be nothing else.
func (p *parser) headArgs() (args []lang.Value, isArgs bool) {
	c := context{head: true}
	for {
		if _, k := p.peek(); p.atKey(k) {
			return append(args, p.keywords(context{comma: commaCall})), true
		}
		args = append(args, p.expr(0, c))
		if !p.accept(Comma, ",") {
			return args, isArgs
		}
		isArgs = true
		c = context{comma: commaCall}
	}
}

// noHead gives up if v, which is no head of a clause, has the arguments of one.
func (p *parser) noHead(v lang.Value) {
	if name, args, ok := call(v); ok && name == "when" {
		v = args[0]
	}
	if _, ok := v.Obj().(*headArgs); ok {
		p.before(p.tokens.Peek())
	}
}

// unwrapWhen gives the arguments of a clause as Elixir has them: with a guard
// they are those of one `when`, which the guard ends.
func unwrapWhen(args []lang.Value) []lang.Value {
	if len(args) == 0 {
		return nil
	}
	last := args[len(args)-1]
	if h, ok := last.Obj().(*headArgs); ok {
		return h.args
	}
	name, operands, ok := call(last)
	if !ok || name != "when" || len(operands) != 2 {
		return args
	}
	_, meta, _, _ := triple(last)
	all := slices.Clone(args[:len(args)-1])
	if h, ok := operands[0].Obj().(*headArgs); ok {
		all = append(all, h.args...)
	} else {
		all = append(all, operands[0])
	}
	return []lang.Value{node("when", meta, append(all, operands[1])...)}
}

// doBlock reads do ... end, with its further sections: [do: ..., else: ...].
func (p *parser) doBlock() lang.Value {
	t := p.tokens.Next()
	p.deeper(t)
	key := kwDo
	var sections []lang.Value
	for {
		c, _, _ := p.body(false)
		sections = append(sections, pair(key, c.form(noMeta)))
		t, k := p.peek()
		if k != Reserved || t.Value == "end" {
			break
		}
		key = lang.K(p.tokens.Next().Value)
	}
	p.expect(Reserved, "end")
	p.depth--
	return list(sections...)
}

// fn reads fn ... end.
func (p *parser) fn() lang.Value {
	t := p.tokens.Next()
	c, _, _ := p.body(false)
	if c.any || len(c.exprs) < 2 && !c.semi {
		p.expect(Reserved, "end")
	}
	if !c.any {
		p.fail(t, "expected anonymous functions to be defined with -> inside: 'fn'")
	}
	c.flush()
	return node("fn", p.meta(t), c.done...)
}

// paren reads an expression, a block or clauses in parentheses, or the
// arguments of a clause.
func (p *parser) paren(t *lexer.Token, c context) lang.Value {
	p.tokens.Next()
	b, args, isArgs := p.body(true)
	closer, _ := p.peek()
	p.expect(Close, ")")
	next, k := p.peek()
	arrow := k == Stab || k == Operator && next.Value == "when"
	switch {
	case isArgs && !c.head:
		p.before(closer)
	case isArgs && c.inArgs:
		p.fail(t, "unexpected parentheses. If you are making a function call, do not insert spaces between the function name and the opening parentheses. Syntax error before: '('")
	case isArgs && !arrow:
		p.before(next)
	case isArgs:
		return lang.Obj(&headArgs{args})
	case c.head && !c.inArgs && arrow && !b.any && len(b.exprs) == 0:
		return lang.Obj(&headArgs{})
	case len(b.exprs) == 0 && !b.any:
		return block()
	}
	return b.form(p.meta(t))
}
