package clojure

import (
	"fmt"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// maxArgs is how many arguments a #() may name, as many as a function has
// before its rest argument.
const maxArgs = 20

// fnArgs are the arguments that the body of a #() named so far.
type fnArgs struct {
	named [maxArgs + 1]*lang.Symbol // by number, from 1
	high  int                       // the highest number
	rest  *lang.Symbol
}

// fnLiteral reads #(...), which is (fn* [args] (...)).
func (p *parser) fnLiteral(t *lexer.Token) lang.Value {
	if p.args != nil {
		p.fail(t, classState, "Nested #()s are not allowed")
	}
	args := new(fnArgs)
	p.args = args
	base := p.elements(t, ")", nil)
	p.args = nil
	body := p.finish(base, func(vs []lang.Value) lang.Value { return p.list(t, vs) })
	var params []lang.Value
	for n := 1; n <= args.high; n++ {
		params = append(params, lang.Obj(p.argument(args, n)))
	}
	if args.rest != nil {
		params = append(params, lang.Obj(symAmp), lang.Obj(args.rest))
	}
	return p.list(t, []lang.Value{lang.Obj(symFn), lang.Obj(lang.NewVector(params)), body})
}

// argument gives the symbol of the argument with number n.
func (p *parser) argument(args *fnArgs, n int) *lang.Symbol {
	if args.named[n] == nil {
		args.named[n] = p.gensym(fmt.Sprintf("p%d", n), "#")
	}
	return args.named[n]
}

// gensym gives a symbol that no program contains.
func (p *parser) gensym(prefix, suffix string) *lang.Symbol {
	return lang.NewSymbol("", fmt.Sprintf("%s__%d%s", prefix, p.r.res.NextID(), suffix))
}

// arg reads an argument of a #(): %, %&, or % and a number.
func (p *parser) arg(t *lexer.Token) lang.Value {
	const msg = "arg literal must be %%, %%& or %%integer"
	args, s := p.args, t.Value[1:]
	n := 1
	switch {
	case s == "":
	case s == "&":
		if args.rest == nil {
			args.rest = p.gensym("rest", "#")
		}
		return p.argSymbol(t, args.rest)
	case digitValue(s[0]) >= 10 && s[0] != '+':
		p.fail(t, classState, msg)
	default:
		v := p.numberOf(t, s)
		switch {
		case v.IsInt() && v.AsInt() > maxArgs:
			p.fail(t, classRuntime, "Can't specify more than %d params", maxArgs)
		case !v.IsInt() || v.AsInt() < 1:
			p.fail(t, classState, msg)
		}
		n = int(v.AsInt())
	}
	args.high = max(args.high, n)
	return p.argSymbol(t, p.argument(args, n))
}

// argSymbol gives s with the place where it was read.
func (p *parser) argSymbol(t *lexer.Token, s *lang.Symbol) lang.Value {
	here := *s
	here.Pos = p.pos(t)
	return lang.Obj(&here)
}
