package clojure

import (
	"math/big"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// maxQuotes is how deep syntax-quotes may nest: each multiplies the size of
// its form by four or more.
const maxQuotes = 8

// The functions that the expansion of a syntax-quote calls.
var (
	symApply    = lang.Obj(coreSymbol("apply"))
	symSeq      = lang.Obj(coreSymbol("seq"))
	symConcat   = lang.Obj(coreSymbol("concat"))
	symList     = lang.Obj(coreSymbol("list"))
	symVector   = lang.Obj(coreSymbol("vector"))
	symHashMap  = lang.Obj(coreSymbol("hash-map"))
	symHashSet  = lang.Obj(coreSymbol("hash-set"))
	symWithMeta = lang.Obj(coreSymbol("with-meta"))
)

// specials are the symbols that a syntax-quote leaves alone: the special
// forms of Clojure's compiler, and two of ours behind receive and match.
var specials = makeSet(`def loop* recur if case* let* letfn* do fn* quote var import* . set! deftype* reify*
	try throw catch finally new monitor-enter monitor-exit & receive* match*`)

func makeSet(names string) map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Fields(names) {
		m[name] = true
	}
	return m
}

// backquote reads a syntax-quoted form and expands it, in the manner of
// LispReader.SyntaxQuoteReader.
func (p *parser) backquote(t *lexer.Token) (lang.Value, bool) {
	if p.quotes >= maxQuotes {
		p.fail(t, classRuntime, "Syntax-quotes nest deeper than %d", maxQuotes)
	}
	p.quotes++
	form := p.form()
	p.quotes--
	q := quoter{p: p, t: t, gensyms: map[string]*lang.Symbol{}}
	return q.quote(form), true
}

// quoter expands one syntax-quote.
type quoter struct {
	p       *parser
	t       *lexer.Token
	gensyms map[string]*lang.Symbol // of x#, by x#
}

// call makes a list of the expansion, whose place is that of the quote.
func (q *quoter) call(vs ...lang.Value) lang.Value { return q.p.list(q.t, vs) }

// quote gives the form that evaluates to v, but for what is unquoted.
func (q *quoter) quote(v lang.Value) lang.Value {
	if x, ok := unary(v, symUnquote); ok {
		return x
	}
	out := q.bare(v)
	if m := lang.MetaOf(v); m != nil {
		if m = m.Dissoc(keyLine).Dissoc(keyColumn); m.Len() > 0 {
			return q.call(symWithMeta, out, q.quote(lang.Obj(m)))
		}
	}
	return out
}

// bare is quote without regard to metadata.
func (q *quoter) bare(v lang.Value) lang.Value {
	switch o := v.Obj().(type) {
	case *lang.Symbol:
		return q.call(lang.Obj(symQuote), lang.Obj(q.symbol(o)))
	case *lang.List:
		if _, ok := unary(v, symSplicing); ok {
			q.p.fail(q.t, classState, "splice not in list")
		}
		if o.Len() == 0 {
			return q.call(symList)
		}
		return q.concat(lang.ToSlice(v))
	case *lang.Vector:
		return q.call(symApply, symVector, q.concat(o.AppendTo(nil)))
	case *lang.Map:
		var kvs []lang.Value
		o.Each(func(k, v lang.Value) bool {
			kvs = append(kvs, k, v)
			return true
		})
		return q.call(symApply, symHashMap, q.concat(kvs))
	case *lang.Set:
		var vs []lang.Value
		o.Each(func(v lang.Value) bool {
			vs = append(vs, v)
			return true
		})
		return q.call(symApply, symHashSet, q.concat(vs))
	case *lang.Keyword, string, *big.Int, *lang.Ratio, *lang.Decimal:
		return v
	}
	if v.IsFixed() || v.IsFloat() || v.IsChar() {
		return v
	}
	return q.call(lang.Obj(symQuote), v)
}

// concat makes (seq (concat ...)) of the elements of a collection.
func (q *quoter) concat(vs []lang.Value) lang.Value {
	parts := make([]lang.Value, 1, len(vs)+1)
	parts[0] = symConcat
	for _, v := range vs {
		if x, ok := unary(v, symSplicing); ok {
			parts = append(parts, x)
		} else {
			parts = append(parts, q.call(symList, q.quote(v)))
		}
	}
	return q.call(symSeq, q.call(parts...))
}

// symbol gives a symbol as a syntax-quote has it.
func (q *quoter) symbol(s *lang.Symbol) *lang.Symbol {
	if s.NS != "" {
		return q.p.r.res.ResolveSymbol(s)
	}
	if specials[s.Name] || strings.HasPrefix(s.Name, ".") {
		return s
	}
	if prefix, ok := strings.CutSuffix(s.Name, "#"); ok {
		g := q.gensyms[s.Name]
		if g == nil {
			g = q.p.gensym(prefix, "__auto__")
			g.Pos = s.Pos
			q.gensyms[s.Name] = g
		}
		return g
	}
	if class, ok := strings.CutSuffix(s.Name, "."); ok {
		r := *q.p.r.res.ResolveSymbol(&lang.Symbol{Name: class, Pos: s.Pos})
		// The dot makes it a constructor, which has no namespace.
		return &lang.Symbol{Name: r.Name + ".", Pos: s.Pos}
	}
	return q.p.r.res.ResolveSymbol(s)
}

// unary gives x if v is the list (name x).
func unary(v lang.Value, name *lang.Symbol) (x lang.Value, ok bool) {
	l, ok := v.Obj().(*lang.List)
	if !ok || l.Len() == 0 {
		return lang.Nil, false
	}
	if s, ok := l.First().AsSymbol(); !ok || !s.Is(name.NS, name.Name) {
		return lang.Nil, false
	}
	return l.Tail().First(), true
}
