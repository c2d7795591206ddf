package elixir

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// branches gives the two blocks of if and unless.
func branches(k call) (test, then, orElse lang.Value, ok bool) {
	args, blocks, has := doBlock(k.args)
	if !has || len(args) != 1 {
		return
	}
	then, _ = keyword(blocks, "do")
	orElse, _ = keyword(blocks, "else")
	return args[0], then, orElse, true
}

func (a *analyser) ifForm(k call, c *ctx) compile.Node {
	test, then, orElse, ok := branches(k)
	if !ok {
		return nil
	}
	return &compile.If{Test: a.expr(test, c), Then: a.nested(then, c), Else: a.nested(orElse, c)}
}

func (a *analyser) unless(k call, c *ctx) compile.Node {
	test, then, orElse, ok := branches(k)
	if !ok {
		return nil
	}
	return &compile.If{Test: a.expr(test, c), Then: a.nested(orElse, c), Else: a.nested(then, c)}
}

// and makes first && second: the first value if it is false or nil.
func (a *analyser) and(first compile.Node, second func() compile.Node) compile.Node {
	x := a.newLocal("")
	test := a.ref(x)
	return &compile.Let{Binds: []compile.Bind{{Local: x, Init: first}}, Body: &compile.If{Test: test, Then: second(), Else: a.ref(x)}}
}

// or makes first || second.
func (a *analyser) or(first compile.Node, second func() compile.Node, _ *ctx) compile.Node {
	x := a.newLocal("")
	test := a.ref(x)
	return &compile.Let{Binds: []compile.Bind{{Local: x, Init: first}}, Body: &compile.If{Test: test, Then: a.ref(x), Else: second()}}
}

func (a *analyser) looseAnd(k call, c *ctx) compile.Node {
	return a.and(a.expr(k.args[0], c), func() compile.Node { return a.nested(k.args[1], c) })
}

func (a *analyser) looseOr(k call, c *ctx) compile.Node {
	return a.or(a.expr(k.args[0], c), func() compile.Node { return a.nested(k.args[1], c) }, c)
}

func (a *analyser) strictAnd(k call, c *ctx) compile.Node {
	return a.and(a.boolean("and", k.args[0], c), func() compile.Node { return a.nested(k.args[1], c) })
}

func (a *analyser) strictOr(k call, c *ctx) compile.Node {
	return a.or(a.boolean("or", k.args[0], c), func() compile.Node { return a.nested(k.args[1], c) }, c)
}

// boolean analyses the left side of `and` and `or`, which must be a boolean.
func (a *analyser) boolean(op string, form lang.Value, c *ctx) compile.Node {
	n := a.expr(form, c)
	if a.isBoolean(n) {
		return n
	}
	return a.helper("boolean", c, atom(op), n)
}

// isBoolean reports whether a node can give nothing but a boolean.
func (a *analyser) isBoolean(n compile.Node) bool {
	switch n := n.(type) {
	case *compile.Const:
		return n.Val.IsBool()
	case *compile.Prim:
		return n.IsTest()
	case *compile.Call:
		if v, ok := n.Fn.(*compile.VarRef); ok {
			ns, name := v.Var.Obj().(lang.VarInfo).VarName()
			return ns == "Kernel" && (strings.HasPrefix(name, "is_") || name == "===" || name == "!==")
		}
	case *compile.Let: // an and or an or
		if body, ok := n.Body.(*compile.If); ok && len(n.Binds) == 1 {
			return n.Binds[0].Init != nil && a.isBoolean(n.Binds[0].Init) && (a.isBoolean(body.Then) || a.isBoolean(body.Else))
		}
	case *compile.Match: // an in
		for _, cl := range n.Clauses {
			if !a.isBoolean(cl.Body) {
				return false
			}
		}
		return a.isBoolean(n.Fail)
	}
	return false
}

func (a *analyser) not(k call, c *ctx) compile.Node {
	if len(k.args) != 1 {
		return nil
	}
	n := a.expr(k.args[0], c)
	if !a.isBoolean(n) {
		return a.helper("not", c, n)
	}
	out, _ := compile.Inline("not", []compile.Node{n}, c.pos)
	return out
}

func (a *analyser) bang(k call, c *ctx) compile.Node {
	out, _ := compile.Inline("not", []compile.Node{a.expr(k.args[0], c)}, c.pos)
	return out
}

// in analyses x in list: a literal list or range is compared with directly,
// so that guards may use it.
func (a *analyser) in(k call, c *ctx) compile.Node {
	if len(k.args) != 2 {
		return nil
	}
	right := k.args[1]
	if next, ok := a.expandOnce(right, c); ok {
		right = next
	}
	if list, ok := items(right); ok {
		return a.memberOf(k.args[0], list, c)
	}
	if r, ok := isCall(right, "..", 2); ok && r[0].IsInt() && r[1].IsInt() && r[0].AsInt() <= r[1].AsInt() {
		x := a.newLocal("")
		test := func(op string, n compile.Node) compile.Node {
			t, _ := compile.Inline(op, []compile.Node{a.ref(x), n}, c.pos)
			return t
		}
		body := a.and(a.remoteHelper("Elixir.Kernel", "is_integer", c, a.ref(x)), func() compile.Node {
			return a.and(test("ge", constant(r[0])), func() compile.Node { return test("le", constant(r[1])) })
		})
		return &compile.Let{Binds: []compile.Bind{{Local: x, Init: a.expr(k.args[0], c)}}, Body: body}
	}
	if c.guard {
		if n, ok := a.expr(right, c).(*compile.Coll); ok && n.Kind == compile.CollList {
			return a.helper("member_guard", c, a.expr(k.args[0], c), n)
		}
		a.fail(c, "invalid right argument for operator \"in\", it expects a compile-time proper list or compile-time range on the right side when used in guard expressions, got: %s", a.res.Text(right))
	}
	nodes := a.exprs([]lang.Value{k.args[0], right}, c)
	return a.remoteHelper("Elixir.Enum", "member?", c, nodes[1], nodes[0])
}

// memberOf compares x with each of the elements.
func (a *analyser) memberOf(x lang.Value, list []lang.Value, c *ctx) compile.Node {
	l := a.newLocal("")
	val := a.expr(x, c)
	m := &compile.Match{Val: val, Subject: l, Pos: c.pos}
	consts := true
	for _, it := range list {
		consts = consts && (!lang.IsCompound(it))
	}
	if !consts {
		return a.helper("member_guard", c, val, a.list(list, c))
	}
	for _, it := range list {
		m.Clauses = append(m.Clauses, compile.Clause{Pattern: equalTo(it), Body: constant(lang.True), Pos: c.pos})
	}
	m.Fail = constant(lang.False)
	return m
}

// remoteHelper calls a function of a module.
func (a *analyser) remoteHelper(module, name string, c *ctx, args ...compile.Node) compile.Node {
	f := a.res.Function(module, name, len(args))
	return &compile.Call{Fn: &compile.VarRef{Var: f, Pos: c.pos}, Args: args, Tail: true, Pos: c.pos}
}

// pipe analyses x |> f(y), which is f(x, y).
func (a *analyser) pipe(k call, c *ctx) compile.Node {
	return a.expr(a.piped(k.args[0], k.args[1], c), c)
}

func (a *analyser) piped(x, into lang.Value, c *ctx) lang.Value {
	head, meta, args, ok := parts(into)
	if !ok {
		a.failArgument(c, "cannot pipe %s into %s, can only pipe into local calls foo(), remote calls Foo.bar() or anonymous function calls foo.()",
			a.res.Text(x), a.res.Text(into))
	}
	list, isList := items(args)
	if !isList {
		if name, isName := head.AsKeyword(); isName {
			return node(name.String(), meta, x)
		}
	}
	if _, isFn := isCall(into, "fn", -1); isFn {
		a.failArgument(c, "cannot pipe %s into an anonymous function without calling the function; use something like (fn ... end).() or define the anonymous function as a regular private function", a.res.Text(x))
	}
	return lang.Vec(head, meta, lang.ListOf(append([]lang.Value{x}, list...)...))
}

func (a *analyser) concat(k call, c *ctx) compile.Node {
	if len(k.args) != 2 {
		return nil
	}
	var flat []lang.Value
	for form := k.form; ; {
		sides, ok := isCall(form, "<>", 2)
		if !ok {
			flat = append(flat, form)
			break
		}
		flat = append(flat, sides[0])
		form = sides[1]
	}
	return a.helper("concat", c, a.exprs(flat, c)...)
}

func (a *analyser) interval(k call, c *ctx) compile.Node {
	nodes := a.exprs(k.args, c)
	return a.remoteHelper("Elixir.Kernel", k.name, c, nodes...)
}

func (a *analyser) caseForm(k call, c *ctx) compile.Node {
	args, blocks, ok := doBlock(k.args)
	if !ok || len(args) != 1 {
		return nil
	}
	list, _ := keyword(blocks, "do")
	val := a.expr(args[0], c)
	return a.matching(val, a.arrows(list, c, "case"), c, func(x compile.Node) compile.Node { return a.helper("case_clause", c, x) })
}

// matching makes the match of a value with clauses.
func (a *analyser) matching(val compile.Node, clauses []arrow, c *ctx, fail func(x compile.Node) compile.Node) compile.Node {
	subject := a.newLocal("")
	m := &compile.Match{Val: val, Subject: subject, Pos: c.pos}
	for _, r := range clauses {
		m.Clauses = append(m.Clauses, a.clause(r, []*compile.Local{subject}, false, c))
	}
	m.Fail = fail(a.ref(subject))
	return m
}

func (a *analyser) cond(k call, c *ctx) compile.Node {
	_, blocks, ok := doBlock(k.args)
	if !ok {
		return nil
	}
	list, _ := keyword(blocks, "do")
	return a.condClauses(a.arrows(list, c, "cond"), c)
}

func (a *analyser) condClauses(clauses []arrow, c *ctx) compile.Node {
	if len(clauses) == 0 {
		return a.helper("cond_clause", c)
	}
	r := clauses[0]
	in := c.nested()
	in.atMeta(r.meta)
	test := a.expr(r.args[0], in)
	then := a.nested(r.body, in)
	return in.block.wrap(&compile.If{Test: test, Then: then, Else: a.condClauses(clauses[1:], c)})
}

func (a *analyser) receive(k call, c *ctx) compile.Node {
	_, blocks, _ := doBlock(k.args)
	if len(k.args) == 1 && blocks.IsNil() && isKeywordList(k.args[0]) {
		blocks = k.args[0] // after alone
	}
	if blocks.IsNil() {
		return nil
	}
	n := &compile.Receive{Pos: c.pos}
	var clauses []arrow
	if list, ok := keyword(blocks, "do"); ok && !isEmptyBlock(list) {
		clauses = a.arrows(list, c, "receive")
	}
	if after, ok := keyword(blocks, "after"); ok {
		r := a.arrows(after, c, "receive")
		n.Timeout = a.expr(r[0].args[0], c)
		n.After = a.nested(r[0].body, c)
	}
	for _, r := range clauses {
		in := c.nested()
		in.atMeta(r.meta)
		cl := compile.Clause{Pos: in.pos}
		p := a.patterns(in, false)
		cl.Pattern = p.pattern(r.args[0])
		p.done()
		cl.Guard, cl.Body = a.guardAndBody(r, in)
		n.Clauses = append(n.Clauses, cl)
	}
	return a.skipping(n, clauses, c)
}

func isEmptyBlock(form lang.Value) bool {
	args, ok := isCall(form, "__block__", 0)
	return ok && len(args) == 0
}

// skipping has a receive whose clauses all pin one variable begin behind the
// messages that were there before the reference in it was made, if it was the
// last one made: none of them can match.
func (a *analyser) skipping(n *compile.Receive, clauses []arrow, c *ctx) compile.Node {
	v, ok := commonPin(clauses)
	if !ok {
		return n
	}
	pinned := a.known(v, c)
	skip := a.helper("skip_to", c, pinned)
	if n.Timeout == nil {
		return &compile.Do{Body: []compile.Node{skip, n}}
	}
	ms := a.newLocal("")
	let := &compile.Let{Binds: []compile.Bind{{Local: ms, Init: n.Timeout}}}
	n.Timeout = a.ref(ms)
	let.Body = &compile.Do{Body: []compile.Node{skip, n}}
	return let
}

// commonPin gives a variable that every clause pins.
func commonPin(clauses []arrow) (variable, bool) {
	var common []variable
	for i, r := range clauses {
		var here []variable
		pins(r.args[0], 0, func(v variable) { here = append(here, v) })
		if i == 0 {
			common = here
			continue
		}
		var kept []variable
		for _, v := range common {
			for _, w := range here {
				if v == w {
					kept = append(kept, v)
					break
				}
			}
		}
		common = kept
	}
	if len(common) == 0 {
		return variable{}, false
	}
	return common[0], true
}

// maxPinDepth is how deep in a pattern a pin is looked for; not finding one
// costs time, not correctness.
const maxPinDepth = 8

func pins(form lang.Value, depth int, f func(variable)) {
	if depth > maxPinDepth {
		return
	}
	if args, ok := isCall(form, "^", 1); ok {
		if v, ok := asVariable(args[0]); ok {
			f(v)
		}
		return
	}
	if t, ok := form.Obj().(*lang.Vector); ok {
		for i := range t.Len() {
			if t.Len() != 3 || i == 2 {
				pins(t.Nth(i), depth+1, f)
			}
		}
		return
	}
	list, _ := items(form)
	for _, it := range list {
		pins(it, depth+1, f)
	}
}

// with analyses with p <- e, q = f, ... do ... else ... end.
func (a *analyser) with(k call, c *ctx) compile.Node {
	args, blocks, ok := doBlock(k.args)
	if !ok {
		return nil
	}
	body, _ := keyword(blocks, "do")
	orElse, hasElse := keyword(blocks, "else")
	fail := func(x compile.Node) compile.Node { return x }
	if hasElse {
		fail = func(x compile.Node) compile.Node {
			return a.matching(x, a.arrows(orElse, c, "else"), c, func(x compile.Node) compile.Node { return a.helper("with_clause", c, x) })
		}
	}
	return a.withSteps(args, body, c.nested(), fail)
}

func (a *analyser) withSteps(steps []lang.Value, body lang.Value, c *ctx, fail func(x compile.Node) compile.Node) compile.Node {
	if len(steps) == 0 {
		return c.block.wrap(a.nested(body, c))
	}
	arrowArgs, ok := isCall(steps[0], "<-", 2)
	if !ok {
		first := a.expr(steps[0], c)
		return c.block.wrap(&compile.Do{Body: []compile.Node{first, a.withSteps(steps[1:], body, c.nested(), fail)}})
	}
	pattern, guard, hasGuard := splitWhen([]lang.Value{arrowArgs[0]})
	val := a.expr(arrowArgs[1], c)
	subject := a.newLocal("")
	in := c.nested()
	in.at(steps[0])
	cl := compile.Clause{Pos: in.pos}
	p := a.patterns(in, false)
	cl.Pattern = p.against(pattern[0], subject)
	p.done()
	if hasGuard {
		g := in.nested()
		g.guard = true
		cl.Guard = a.guardExpr(guard, g)
	}
	cl.Body = a.withSteps(steps[1:], body, in, fail)
	m := &compile.Match{Val: val, Subject: subject, Clauses: []compile.Clause{cl}, Pos: c.pos}
	m.Fail = fail(a.ref(subject))
	return c.block.wrap(m)
}
