package elixir

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// try analyses try do ... rescue ... catch ... else ... after ... end.
func (a *analyser) try(k call, c *ctx) compile.Node {
	args, blocks, ok := doBlock(k.args)
	if !ok || len(args) > 0 {
		return nil
	}
	get := func(name string) (lang.Value, bool) { return keyword(blocks, name) }
	body, _ := get("do")
	orElse, hasElse := get("else")
	mark := func(ended bool, n compile.Node) compile.Node { // tells the value of the body from those of handlers
		if !hasElse {
			return n
		}
		return &compile.Coll{Kind: compile.CollVector, Items: []compile.Node{constant(lang.Bool(ended)), n}}
	}
	t := &compile.Try{Body: mark(true, a.nested(body, c)), Pos: c.pos}
	if h := a.handler(get, c); h != nil {
		h.Body = mark(false, h.Body)
		t.Catches = []compile.Catch{*h}
	}
	var out compile.Node = t
	if hasElse {
		out = a.afterBody(t, orElse, c)
	}
	after, ok := get("after")
	switch {
	case !ok:
		return out
	case out == compile.Node(t):
		t.Finally = a.nested(after, c)
		return t
	}
	return &compile.Try{Body: out, Finally: a.nested(after, c), Pos: c.pos}
}

// afterBody matches the value of a try's body with the clauses of else.
func (a *analyser) afterBody(t *compile.Try, orElse lang.Value, c *ctx) compile.Node {
	whole, val := a.newLocal(""), a.newLocal("")
	ended := compile.Clause{
		Pattern: &compile.PatVector{Elems: []compile.Pattern{equalTo(lang.True), &compile.PatBind{Local: val}}},
		Body: a.matching(a.ref(val), a.arrows(orElse, c, "else"), c, func(x compile.Node) compile.Node {
			return a.helper("try_clause", c, x)
		}),
		Pos: c.pos,
	}
	handled := a.newLocal("")
	other := compile.Clause{
		Pattern: &compile.PatVector{Elems: []compile.Pattern{compile.PatAny{}, &compile.PatBind{Local: handled}}},
		Body:    a.ref(handled), Pos: c.pos,
	}
	return &compile.Match{Val: t, Subject: whole, Clauses: []compile.Clause{ended, other}, Fail: constant(lang.Nil), Pos: c.pos}
}

// handler makes what catches an exception: the rescue clauses see errors, as
// structs, the catch clauses everything, as a kind and a value. What none
// takes goes on as it was raised.
func (a *analyser) handler(get func(string) (lang.Value, bool), c *ctx) *compile.Catch {
	rescue, hasRescue := get("rescue")
	catch, hasCatch := get("catch")
	if !hasRescue && !hasCatch {
		return nil
	}
	ex := a.newLocal("")
	in := c.nested()
	in.ex = ex
	again := func() compile.Node {
		if hasCatch {
			return a.catchClauses(catch, ex, in)
		}
		return &compile.Throw{Val: a.ref(ex), Pos: c.pos}
	}
	body := again
	if hasRescue {
		body = func() compile.Node {
			return &compile.If{
				Test: a.helper("is_error", in, a.ref(ex)),
				Then: a.rescueClauses(rescue, ex, in, again),
				Else: again(),
			}
		}
	}
	return &compile.Catch{Local: ex, Body: in.block.wrap(body())}
}

func (a *analyser) catchClauses(list lang.Value, ex *compile.Local, c *ctx) compile.Node {
	clauses := a.arrows(list, c, "catch")
	for i, r := range clauses {
		kind := lang.Value(lang.K("throw"))
		if len(r.args) == 2 {
			kind = r.args[0]
		}
		clauses[i].args = []lang.Value{lang.Vec(kind, r.args[len(r.args)-1])}
	}
	return a.matching(a.helper("caught", c, a.ref(ex)), clauses, c, func(compile.Node) compile.Node {
		return &compile.Throw{Val: a.ref(ex), Pos: c.pos}
	})
}

func (a *analyser) rescueClauses(list lang.Value, ex *compile.Local, c *ctx, fail func() compile.Node) compile.Node {
	subject := a.newLocal("")
	m := &compile.Match{Val: a.helper("rescued", c, a.ref(ex)), Subject: subject, Pos: c.pos}
	for _, r := range a.arrows(list, c, "rescue") {
		in := c.nested()
		in.atMeta(r.meta)
		p := a.patterns(in, false)
		cl := compile.Clause{Pattern: p.rescue(r.args[0], subject), Pos: in.pos}
		p.done()
		cl.Guard, cl.Body = a.guardAndBody(r, in)
		m.Clauses = append(m.Clauses, cl)
	}
	m.Fail = fail()
	return m
}

// rescue analyses what stands before -> in a rescue: a name, modules, or both
// with `in` between them.
func (p *patterns) rescue(form lang.Value, subject *compile.Local) compile.Pattern {
	if sides, ok := isCall(form, "in", 2); ok {
		return both(p.against(sides[0], subject), p.exceptions(sides[1]))
	}
	if _, ok := asVariable(form); ok {
		return p.against(form, subject)
	}
	return p.exceptions(form)
}

// exceptions takes the structs of some exception modules.
func (p *patterns) exceptions(form lang.Value) compile.Pattern {
	forms, isList := items(form)
	if !isList {
		if v, ok := asVariable(form); ok && v.name == "_" {
			return compile.PatAny{}
		}
		forms = []lang.Value{form}
	}
	modules := make([]lang.Value, len(forms))
	for i, f := range forms {
		m, ok := p.a.module(f, p.c)
		if !ok {
			if attr, isConst := p.a.expr(f, p.c.nested()).(*compile.Const); isConst && attr.Val.IsKeyword() {
				modules[i] = attr.Val
				continue
			}
			p.a.fail(p.c, "invalid \"rescue\" clause. The clause should match on an alias, a variable or be in the \"var in [alias]\" format")
		}
		modules[i] = lang.K(m)
	}
	return &compile.PatView{
		Fn:   p.a.res.Helper("exception_in"),
		Args: []compile.Node{constant(lang.ListOf(modules...))},
		Then: equalTo(lang.True),
	}
}
