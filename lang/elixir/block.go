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
}

// flush completes the clause that is being read.
func (c *clauses) flush() {
	if c.any {
		body := lang.Nil
		if len(c.exprs) > 0 {
			body = sequence(c.exprs)
		}
		c.done = append(c.done, lang.Vec(lang.K("->"), c.meta, list(list(c.args...), body)))
	}
	c.exprs = nil
}

// form gives the block as a quoted form.
func (c *clauses) form() lang.Value {
	if c.any {
		c.flush()
		return list(c.done...)
	}
	return sequence(c.exprs)
}

// sequence makes one expression of those of a block.
func sequence(exprs []lang.Value) lang.Value {
	if len(exprs) == 1 {
		if name, args, ok := call(exprs[0]); !ok || name != "unquote_splicing" || len(args) != 1 {
			return exprs[0]
		}
	}
	return block(exprs...)
}

// separators takes the newlines and the semicolon between two expressions.
func (p *parser) separators() {
	p.takeNewline()
	if p.accept(Semicolon, ";") {
		p.takeNewline()
	}
}

func (p *parser) takeNewline() {
	if _, k := p.peek(); k == Newline {
		p.tokens.Next()
	}
}

// body reads the expressions or clauses of a block, up to what ends it.
func (p *parser) body() *clauses {
	c := new(clauses)
	fresh := true // a clause may begin here
	for p.separators(); !p.atEnd(); {
		if p.item(c, fresh) {
			fresh = p.at(Semicolon, ";") || p.next(p.lastArrow()) == 0
			p.separators()
			continue
		}
		fresh = true
		t, k := p.peek()
		if k != Newline && k != Semicolon && !p.atEnd() {
			p.before(t)
		}
		p.separators()
	}
	return c
}
