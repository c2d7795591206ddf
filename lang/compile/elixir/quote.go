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
	plain   bool         // names and variables stay as they are: the code of a def
	context string       // of the variables
	extra   []lang.Value // metadata that every node gets
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
	q.places(opts)
	bindings, ok := keyword(opts, "bind_quoted")
	if !ok {
		return q.node(body)
	}
	q.unquote = false
	entries, _ := items(bindings)
	var sets []compile.Node
	for _, e := range entries {
		name, val, _ := pair(e)
		v := lang.Vec(name, noMeta, lang.K(q.context))
		sets = append(sets, q.tuple(atom("="), constant(noMeta), q.listOf(constant(v), a.expr(val, c))))
	}
	return q.tuple(atom("__block__"), constant(noMeta), q.listOf(append(sets, q.node(body))...))
}

// places notes what the options say of the places of the nodes.
func (q *quoting) places(opts lang.Value) {
	if line, ok := keyword(opts, "line"); ok && line.IsInt() {
		q.extra = append(q.extra, lang.Vec(lang.K("line"), line))
	}
	if where, ok := keyword(opts, "location"); ok && where == lang.K("keep") && q.c.env.Source != nil {
		at := lang.Vec(lang.Str(q.c.env.Source.Name), lang.Int(int64(q.c.pos.Line)))
		q.extra = append(q.extra, lang.Vec(lang.K("keep"), at))
	}
	if g, ok := keyword(opts, "generated"); ok && g == lang.True {
		q.extra = append(q.extra, lang.Vec(lang.K("generated"), g))
	}
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
		if cons, ok := isCall(f, "|", 2); ok && q.unquote {
			if sp, splices := isCall(cons[0], "unquote_splicing", 1); splices { // [unquote_splicing(x) | rest]
				flush()
				segments = append(segments, q.a.helper("splice_tail", q.c, q.a.expr(sp[0], q.c), q.node(cons[1])))
				continue
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
		return constant(lang.Vec(head, q.nameMeta(name.String(), 0, meta), lang.K(q.context)))
	case isName && name.Name == "__aliases__":
		return q.alias(meta, list)
	case isName && name.Name == "quote":
		inner := *q
		inner.unquote = false
		return q.tuple(constant(head), constant(q.meta(meta, q.contextEntry())), inner.node(args))
	case isName && name.Name == "&" && len(list) == 1:
		return q.tuple(constant(head), constant(q.captureMeta(list[0], meta)), q.node(args))
	case isName:
		return q.tuple(constant(head), constant(q.nameMeta(name.String(), len(list), meta)), q.node(args))
	}
	return q.tuple(q.node(head), constant(q.meta(meta)), q.node(args))
}

// dottedUnquote makes left.unquote(name)(args), which is read as a call of
// unquote on left.
func (q *quoting) dottedUnquote(head, meta, args lang.Value) (compile.Node, bool) {
	if !q.unquote {
		return nil, false
	}
	if dot, isDot := isCall(head, ".", 2); isDot && dot[1] == lang.K("unquote") { // Foo.unquote(name), a name alone
		if name, _ := items(args); len(name) == 1 {
			bare := q.meta(meta, lang.Vec(lang.K("no_parens"), lang.True))
			return q.tuple(q.dot(dot[0], name[0]), constant(bare), constant(noMeta)), true
		}
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
	return q.tuple(q.dot(dot[0], names[0]), constant(q.meta(meta)), q.node(args)), true
}

// dot makes left.name, where name is code that gives it.
func (q *quoting) dot(left, name lang.Value) compile.Node {
	return q.tuple(atom("."), constant(q.meta(noMeta)), q.listOf(q.node(left), q.a.expr(name, q.c)))
}

// meta keeps of a node's metadata what a quote keeps, and adds what it adds.
func (q *quoting) meta(meta lang.Value, more ...lang.Value) lang.Value {
	entries, _ := items(meta)
	kept := q.extra[:len(q.extra):len(q.extra)]
	for _, e := range entries {
		k, _, _ := pair(e)
		if name, _ := lang.AtomName(k); q.plain || name != "line" && name != "column" {
			kept = append(kept, e)
		}
	}
	return lang.ListOf(append(kept, more...)...)
}

func (q *quoting) contextEntry() lang.Value { return lang.Vec(lang.K("context"), lang.K(q.context)) }

// nameMeta gives the metadata of a call of a name, or of a variable: where
// the name comes from in the module of the quote, if it is imported there.
func (q *quoting) nameMeta(name string, arity int, meta lang.Value) lang.Value {
	if name == "alias" || name == "import" || name == "require" {
		return q.meta(meta, q.contextEntry())
	}
	from := q.importsOf(name, arity)
	if len(from) == 0 {
		return q.meta(meta)
	}
	return q.meta(meta, q.contextEntry(), lang.Vec(lang.K("imports"), lang.ListOf(from...)))
}

// captureMeta gives the metadata of &name/arity.
func (q *quoting) captureMeta(of, meta lang.Value) lang.Value {
	slash, ok := isCall(of, "/", 2)
	if !ok || !slash[1].IsInt() {
		return q.meta(meta)
	}
	v, isVar := asVariable(slash[0])
	if !isVar {
		return q.meta(meta)
	}
	n := int(slash[1].AsInt())
	if m := q.importOf(v.name, n); m != "" {
		from := lang.Vec(slash[1], lang.K(m))
		return q.meta(meta, lang.Vec(lang.K("imports"), lang.ListOf(from)), q.contextEntry())
	}
	return q.meta(meta)
}

// mostArgs is up to how many arguments an import of a quoted name is looked for.
const mostArgs = 9

// importsOf gives where a name comes from by its number of arguments:
// {arity, module} each.
func (q *quoting) importsOf(name string, arity int) []lang.Value {
	if specials[name] != nil {
		return nil
	}
	var from []lang.Value
	for n := range max(mostArgs, arity) + 1 {
		if m := q.importOf(name, n); m != "" {
			from = append(from, lang.Vec(lang.Int(int64(n)), lang.K(m)))
		}
	}
	return from
}

// importOf gives the module that name/arity is imported from where the quote
// stands, "" if it is not.
func (q *quoting) importOf(name string, arity int) string {
	env := q.c.env
	if m := q.a.importOf(name, arity, noMeta, q.c); m != "" {
		return m
	}
	if env.hidesKernel(name, arity) || env.Site != nil && env.Site.Defines(name, arity) != "" {
		return ""
	}
	if kernelMacros[name] != nil {
		if hasArity(name, arity) {
			return "Elixir.Kernel"
		}
	} else if q.a.res.Exports("Elixir.Kernel", name, arity) {
		return "Elixir.Kernel"
	}
	return ""
}

// alias notes what a module's name means where it is quoted.
func (q *quoting) alias(meta lang.Value, args []lang.Value) compile.Node {
	first, ok := args[0].AsKeyword()
	if !ok {
		return q.tuple(atom("__aliases__"), constant(q.meta(meta)), q.list(args))
	}
	means := lang.False
	if q.c.env.aliasOf(first.Name) != "" {
		if m, known := q.a.aliases(args, noMeta, q.c); known {
			means = lang.K(m)
		}
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
