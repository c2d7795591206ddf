package elixir

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// quoting is one quote: code that makes a quoted form.
type quoting struct {
	a       *analyser
	c       *ctx
	unquote bool
	plain   bool   // names and variables stay as they are: the code of a def
	context string // of the variables
}

// quote analyses quote do ... end.
func (a *analyser) quote(k call, c *ctx) compile.Node {
	args, blocks, ok := doBlock(k.args)
	if !ok {
		return nil
	}
	opts := blocks
	if len(args) > 0 {
		opts = args[0]
	}
	body, _ := keyword(blocks, "do")
	q := &quoting{a: a, c: c, unquote: true, context: c.env.Module}
	if q.context == "" {
		q.context = "Elixir"
	}
	if ctxForm, ok := keyword(opts, "context"); ok {
		if m, isModule := a.module(ctxForm, c); isModule {
			q.context = m
		}
	}
	if u, ok := keyword(opts, "unquote"); ok && u.IsBool() {
		q.unquote = u.AsBool()
	}
	bindings, ok := keyword(opts, "bind_quoted")
	if !ok {
		return q.node(body)
	}
	q.unquote = false
	entries, _ := items(bindings)
	var sets []compile.Node
	for _, e := range entries {
		name, val, _ := pair(e)
		text, _ := lang.AtomName(name)
		v := &compile.Coll{Kind: compile.CollVector, Items: []compile.Node{constant(name), constant(noMeta), atom(q.context)}}
		sets = append(sets, q.tuple(atom("="), constant(noMeta), q.listOf(v, a.helper("escape", c, a.expr(val, c)))))
		_ = text
	}
	return q.tuple(atom("__block__"), constant(noMeta), q.listOf(append(sets, q.node(body))...))
}

func (q *quoting) tuple(nodes ...compile.Node) compile.Node {
	return &compile.Coll{Kind: compile.CollVector, Items: nodes, Pos: q.c.pos}
}

func (q *quoting) listOf(nodes ...compile.Node) compile.Node {
	if len(nodes) == 0 {
		return constant(noMeta)
	}
	return &compile.Coll{Kind: compile.CollList, Items: nodes, Pos: q.c.pos}
}

// node makes the code that gives a form.
func (q *quoting) node(form lang.Value) compile.Node {
	q.a.depth++
	defer func() { q.a.depth-- }()
	if q.a.depth > maxDepth {
		q.a.fail(q.c, "quoted expressions are nested more than %d levels deep", maxDepth)
	}
	if q.plain && !hasUnquote(form) {
		return constant(form)
	}
	if v, ok := form.Obj().(*lang.Vector); ok {
		switch v.Len() {
		case 2:
			return q.tuple(q.node(v.Nth(0)), q.node(v.Nth(1)))
		case 3:
			return q.call(form, v)
		}
		return constant(form)
	}
	if list, ok := items(form); ok {
		return q.list(list)
	}
	return constant(form)
}

// list makes a list, into which unquote_splicing puts elements.
func (q *quoting) list(forms []lang.Value) compile.Node {
	var segments, run []compile.Node
	flush := func() {
		if len(run) > 0 {
			segments = append(segments, q.listOf(run...))
			run = nil
		}
	}
	for _, f := range forms {
		if args, ok := isCall(f, "unquote_splicing", 1); ok && q.unquote {
			flush()
			segments = append(segments, q.a.expr(args[0], q.c))
			continue
		}
		if cons, ok := isCall(f, "|", 2); ok {
			if sp, splices := isCall(cons[0], "unquote_splicing", 1); splices && q.unquote { // [unquote_splicing(x) | rest]
				flush()
				tail := q.node(cons[1])
				return q.a.helper("append_lists", q.c, append(segments, q.a.expr(sp[0], q.c), tail)...)
			}
		}
		run = append(run, q.node(f))
	}
	if len(segments) == 0 {
		return q.listOf(run...)
	}
	flush()
	return q.a.helper("append_lists", q.c, segments...)
}

// call makes a node of the AST.
func (q *quoting) call(form lang.Value, v *lang.Vector) compile.Node {
	if args, ok := isCall(form, "unquote", 1); ok && q.unquote {
		return q.a.expr(args[0], q.c)
	}
	head, meta, args := v.Nth(0), v.Nth(1), v.Nth(2)
	if dotted, ok := q.dottedUnquote(head, meta, args); ok {
		return dotted
	}
	if q.plain {
		if _, nested := isCall(form, "quote", -1); nested {
			return constant(form)
		}
		return q.tuple(q.node(head), constant(meta), q.node(args))
	}
	name, isName := head.AsKeyword()
	list, isList := items(args)
	switch {
	case isName && !isList:
		if !args.IsNil() {
			return constant(form)
		}
		return constant(lang.Vec(head, q.meta(meta), lang.K(q.context)))
	case isName && name.Name == "__aliases__":
		return q.alias(meta, list)
	case isName && name.Name == "quote":
		inner := *q
		inner.unquote = false
		return q.tuple(constant(head), constant(q.meta(meta)), inner.node(args))
	case isName:
		return q.tuple(constant(head), constant(q.imported(name.String(), len(list), meta)), q.node(args))
	}
	return q.tuple(q.node(head), constant(q.meta(meta)), q.node(args))
}

// dottedUnquote makes left.unquote(name)(args), which is read as a call of
// unquote on left.
func (q *quoting) dottedUnquote(head, meta, args lang.Value) (compile.Node, bool) {
	if !q.unquote {
		return nil, false
	}
	inner, _, name, ok := parts(head) // {{:., m, [left, :unquote]}, m, [name]}
	if !ok {
		return nil, false
	}
	dot, isDot := isCall(inner, ".", 2)
	names, isList := items(name)
	if !isDot || dot[1] != lang.K("unquote") || !isList || len(names) != 1 {
		return nil, false
	}
	callee := q.tuple(atom("."), constant(noMeta), q.listOf(q.node(dot[0]), q.a.expr(names[0], q.c)))
	return q.tuple(callee, constant(meta), q.node(args)), true
}

// meta keeps of a node's metadata what a quote keeps.
func (q *quoting) meta(meta lang.Value) lang.Value {
	entries, _ := items(meta)
	var kept []lang.Value
	for _, e := range entries {
		k, _, _ := pair(e)
		if name, _ := lang.AtomName(k); name != "line" && name != "column" {
			kept = append(kept, e)
		}
	}
	return lang.ListOf(kept...)
}

// imported notes where a name comes from that the quoted code calls.
func (q *quoting) imported(name string, arity int, meta lang.Value) lang.Value {
	env := q.c.env
	from := q.a.importOf(name, arity, noMeta, q.c)
	if from == "" && !env.hidesKernel(name, arity) && (env.Site == nil || env.Site.Defines(name, arity) == "") &&
		specials[name] == nil && (kernelMacros[name] != nil || q.a.res.Exports("Elixir.Kernel", name, arity)) {
		from = "Elixir.Kernel"
	}
	if from == "" {
		return q.meta(meta)
	}
	entries, _ := items(q.meta(meta))
	return lang.ListOf(append([]lang.Value{lang.Vec(lang.K("context"), lang.K(q.context)), lang.Vec(lang.K("import"), lang.K(from))}, entries...)...)
}

// alias notes what a module's name means where it is quoted.
func (q *quoting) alias(meta lang.Value, args []lang.Value) compile.Node {
	means := lang.False
	if first, ok := args[0].AsKeyword(); ok {
		if m := q.c.env.aliasOf(first.Name); m != "" {
			means = lang.K(m)
		}
	} else {
		return q.tuple(atom("__aliases__"), constant(q.meta(meta)), q.list(args))
	}
	entries, _ := items(q.meta(meta))
	full := lang.ListOf(append([]lang.Value{lang.Vec(lang.K("alias"), means)}, entries...)...)
	return constant(lang.Vec(lang.K("__aliases__"), full, lang.ListOf(args...)))
}

// hasUnquote reports whether a form holds an unquote that is not in a quote
// of its own.
func hasUnquote(form lang.Value) bool {
	if v, ok := form.Obj().(*lang.Vector); ok {
		if k, isCall := asCall(form); isCall {
			switch k.name {
			case "unquote", "unquote_splicing":
				return true
			case "quote":
				return false
			}
		}
		for i := range v.Len() {
			if x := v.Nth(i); x == lang.K("unquote") && i == 1 || hasUnquote(x) {
				return true
			}
		}
		return false
	}
	list, ok := items(form)
	if !ok {
		return false
	}
	for i, it := range list {
		if i == 1 && it == lang.K("unquote") || hasUnquote(it) {
			return true
		}
	}
	return false
}

// escapeDef makes the code that gives the code of a definition, in which
// unquote puts values.
func (a *analyser) escapeDef(form lang.Value, c *ctx) compile.Node {
	q := &quoting{a: a, c: c, unquote: true, plain: true}
	return q.node(form)
}

// hygienic marks the variables that a macro's quotes brought in, so that they
// are none of the caller's, nor of another expansion.
func (j *job) hygienic(form lang.Value) lang.Value {
	n := lang.Int(j.res.Counter())
	return mark(form, lang.Vec(lang.K("counter"), n), 0)
}

func mark(form, counter lang.Value, depth int) lang.Value {
	if depth > maxDepth {
		return form
	}
	if v, ok := form.Obj().(*lang.Vector); ok {
		if x, isVar := asVariable(form); isVar && x.key != x.name {
			if _, marked := metaGet(v.Nth(1), "counter"); marked {
				return form
			}
			entries, _ := items(v.Nth(1))
			return lang.Vec(v.Nth(0), lang.ListOf(append(append([]lang.Value{}, entries...), counter)...), v.Nth(2))
		}
		out := make([]lang.Value, v.Len())
		for i := range out {
			out[i] = v.Nth(i)
			if i != 1 || v.Len() != 3 {
				out[i] = mark(out[i], counter, depth+1)
			}
		}
		return lang.Vec(out...)
	}
	if list, ok := items(form); ok && len(list) > 0 {
		for i, it := range list {
			list[i] = mark(it, counter, depth+1)
		}
		return lang.ListOf(list...)
	}
	return form
}

// outerVar analyses var!(x): the variable of the macro's caller.
func (a *analyser) outerVar(k call, c *ctx) compile.Node {
	v, ok := asVariable(k.args[0])
	if !ok {
		a.fail(c, "expected a variable to be given to var!, got: %s", lang.Inspect(k.args[0]))
	}
	return a.variable(variable{name: v.name, key: v.name}, c)
}

// topMacro expands a top-level form as far as macros of the language reach.
func (a *analyser) topMacro(form lang.Value, c *ctx) (lang.Value, bool) {
	expanded := false
	for {
		next, ok := a.expandOnce(form, c)
		if !ok {
			return form, expanded
		}
		form, expanded = next, true
	}
}

// expandOnce expands a call of a macro that is code of the language, once.
func (a *analyser) expandOnce(form lang.Value, c *ctx) (lang.Value, bool) {
	if k, ok := asCall(form); ok {
		if specials[k.name] != nil {
			return form, false
		}
		if k.name == "use" && len(k.args) > 0 {
			return a.useForms(k, c), true
		}
		if macro := a.macroOf(k, c); !macro.IsNil() {
			return a.expand(macro, k, c), true
		}
		return form, false
	}
	head, meta, args, ok := parts(form)
	if !ok {
		return form, false
	}
	dot, isDot := isCall(head, ".", 2)
	list, isList := items(args)
	if !isDot || !isList {
		return form, false
	}
	name, isName := lang.AtomName(dot[1])
	module, isModule := a.module(dot[0], c)
	if !isName || !isModule {
		return form, false
	}
	if macro := a.res.Macro(module, name, len(list)); !macro.IsNil() {
		return a.expand(macro, call{form: form, name: name, meta: meta, args: list}, c), true
	}
	return form, false
}

// macroOf gives the macro of the language that a call by name alone means.
func (a *analyser) macroOf(k call, c *ctx) lang.Value {
	arity := len(k.args)
	if site := c.env.Site; site != nil {
		switch kind := site.Defines(k.name, arity); kind {
		case "":
		case "defmacro", "defmacrop":
			return a.res.Macro(c.env.Module, k.name, arity)
		default:
			return lang.Nil
		}
	}
	if m := a.importOf(k.name, arity, k.meta, c); m != "" {
		return a.res.Macro(m, k.name, arity)
	}
	if kernelMacros[k.name] != nil {
		return lang.Nil
	}
	return a.res.Macro("Elixir.Kernel", k.name, arity)
}
