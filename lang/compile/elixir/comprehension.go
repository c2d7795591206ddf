package elixir

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// helpers is the module, of our own, in which quoted code that the compiler
// makes finds functions.
var helpers = lang.K("conc.elixir")

// accumulator is the variable that a comprehension's result so far is in.
var accumulator = variableForm("acc")

// comprehension analyses for: it is a reduction within a reduction for each
// generator, over a list that grows at its head, or over the accumulator of
// the option reduce.
func (a *analyser) comprehension(k call, c *ctx) compile.Node {
	args, opts, ok := doBlock(k.args)
	if !ok || len(args) == 0 {
		a.fail(c, "missing :do option in \"for\"")
	}
	if last := args[len(args)-1]; isKeywordList(last) { // options before a do block
		if entries, _ := items(last); len(entries) > 0 {
			blocks, _ := items(opts)
			opts = lang.ListOf(append(append([]lang.Value{}, entries...), blocks...)...)
			args = args[:len(args)-1]
		}
	}
	body, _ := keyword(opts, "do")
	into, hasInto := keyword(opts, "into")
	uniq, _ := keyword(opts, "uniq")
	init, reduces := keyword(opts, "reduce")
	f := forms{a: a, c: c, meta: k.meta}
	if reduces {
		inner := node("case", k.meta, accumulator, lang.ListOf(lang.Vec(lang.K("do"), body)))
		f.bindAcc(init)
		return a.nested(node("__block__", k.meta, f.bound, f.steps(args, inner)), c)
	}
	inner := lang.ListOf(node("|", k.meta, body, accumulator))
	f.bindAcc(lang.Obj(lang.EmptyList))
	list := remote(lang.K("lists"), "reverse", k.meta, f.steps(args, inner))
	if uniq.Truthy() {
		list = remote(lang.K("Elixir.Enum"), "uniq", k.meta, list)
	}
	if empty, isList := items(into); hasInto && !(isList && len(empty) == 0) {
		list = remote(lang.K("Elixir.Enum"), "into", k.meta, list, into)
	}
	return a.nested(node("__block__", k.meta, f.bound, list), c)
}

// forms makes the quoted code of a comprehension.
type forms struct {
	a     *analyser
	c     *ctx
	meta  lang.Value
	bound lang.Value // what gives the accumulator its first value
}

func (f *forms) bindAcc(init lang.Value) { f.bound = node("=", f.meta, accumulator, init) }

// steps makes the code of generators and filters around inner.
func (f *forms) steps(args []lang.Value, inner lang.Value) lang.Value {
	if len(args) == 0 {
		return inner
	}
	rest := f.steps(args[1:], inner)
	if g, ok := isCall(args[0], "<-", 2); ok {
		return f.generator(g[0], g[1], rest)
	}
	if segs, ok := isCall(args[0], "<<>>", -1); ok && len(segs) > 0 {
		last := len(segs) - 1
		if g, isGen := isCall(segs[last], "<-", 2); isGen {
			return f.bits(append(append([]lang.Value{}, segs[:last]...), g[0]), g[1], rest)
		}
	}
	blocks := lang.ListOf(lang.Vec(lang.K("do"), rest), lang.Vec(lang.K("else"), accumulator))
	return node("if", f.meta, args[0], blocks)
}

// generator makes Enum.reduce(from, acc, fn pattern, acc -> rest; _, acc -> acc end).
func (f *forms) generator(pattern, from, rest lang.Value) lang.Value {
	args := []lang.Value{pattern, accumulator}
	p, guard, hasGuard := splitWhen([]lang.Value{pattern})
	if hasGuard {
		args = []lang.Value{node("when", f.meta, p[0], accumulator, guard)}
	}
	clauses := []lang.Value{node("->", f.meta, lang.ListOf(args...), rest)}
	if _, plain := asVariable(pattern); !plain || hasGuard {
		clauses = append(clauses, node("->", f.meta, lang.ListOf(variableForm("_"), accumulator), accumulator))
	}
	return remote(lang.K("Elixir.Enum"), "reduce", f.meta, from, accumulator, node("fn", f.meta, clauses...))
}

// bits makes the reduction over the parts of a binary.
func (f *forms) bits(segs []lang.Value, from, rest lang.Value) lang.Value {
	left := variableForm("rest")
	whole := node("<<>>", f.meta, append(segs, node("::", f.meta, left, lang.Vec(lang.K("bitstring"), f.meta, lang.Nil)))...)
	clauses := []lang.Value{
		node("->", f.meta, lang.ListOf(whole, accumulator), lang.Vec(left, rest)),
		node("->", f.meta, lang.ListOf(variableForm("_"), variableForm("_")), lang.Nil),
	}
	return remote(helpers, "bits_reduce", f.meta, from, accumulator, node("fn", f.meta, clauses...))
}
