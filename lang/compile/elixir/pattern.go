package elixir

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// patterns analyses the patterns of one clause, or of one match. What they
// bind comes into scope together, at the end: a pin means what was there before.
type patterns struct {
	a       *analyser
	c       *ctx
	bound   map[string]*compile.Local
	order   []string
	assigns bool // the locals belong to the block around, not to a clause
	depth   int
}

// patterns begins to analyse patterns in c.
func (a *analyser) patterns(c *ctx, assigns bool) *patterns {
	return &patterns{a: a, c: c, bound: map[string]*compile.Local{}, assigns: assigns}
}

// done brings what the patterns bind into scope.
func (p *patterns) done() {
	for _, key := range p.order {
		p.c.bind(key, p.bound[key])
	}
}

// against analyses a pattern for a value that is in a local already: a name
// for the whole is another name of that local.
func (p *patterns) against(form lang.Value, l *compile.Local) compile.Pattern {
	if v, ok := asVariable(form); ok && v.name != "_" && p.bound[v.key] == nil && pseudoVariables[v.name] == nil {
		p.bindTo(v, l)
		return compile.PatAny{}
	}
	if sides, ok := isCall(form, "=", 2); ok {
		left := p.against(sides[0], l)
		return both(left, p.against(sides[1], l))
	}
	return p.pattern(form)
}

func (p *patterns) bindTo(v variable, l *compile.Local) {
	p.bound[v.key] = l
	p.order = append(p.order, v.key)
	if l.Name == "" {
		l.Name = v.name
	}
}

func both(left, right compile.Pattern) compile.Pattern {
	if _, any := left.(compile.PatAny); any {
		return right
	}
	if _, any := right.(compile.PatAny); any {
		return left
	}
	return &compile.PatBoth{Left: left, Right: right}
}

func equalTo(v lang.Value) compile.Pattern { return &compile.PatEqual{Val: constant(v)} }

// pattern analyses a pattern.
func (p *patterns) pattern(form lang.Value) compile.Pattern {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		p.a.fail(p.c, "patterns are nested more than %d levels deep", maxDepth)
	}
	if v, ok := form.Obj().(*lang.Vector); ok {
		switch v.Len() {
		case 2:
			return p.tuple([]lang.Value{v.Nth(0), v.Nth(1)})
		case 3:
			return p.node(form)
		}
		return equalTo(form)
	}
	if list, ok := items(form); ok {
		return p.list(list)
	}
	return equalTo(form)
}

func (p *patterns) tuple(forms []lang.Value) compile.Pattern {
	return &compile.PatVector{Elems: p.all(forms)}
}

func (p *patterns) all(forms []lang.Value) []compile.Pattern {
	out := make([]compile.Pattern, len(forms))
	for i, f := range forms {
		out[i] = p.pattern(f)
	}
	return out
}

func (p *patterns) list(forms []lang.Value) compile.Pattern {
	if len(forms) > 0 {
		last := len(forms) - 1
		if cons, ok := isCall(forms[last], "|", 2); ok {
			elems := p.all(append(append([]lang.Value{}, forms[:last]...), cons[0]))
			return &compile.PatList{Elems: elems, Rest: p.pattern(cons[1])}
		}
	}
	return &compile.PatList{Elems: p.all(forms)}
}

func (p *patterns) node(form lang.Value) compile.Pattern {
	old := p.c.pos
	p.c.at(form)
	defer func() { p.c.pos = old }()
	if v, ok := asVariable(form); ok {
		return p.variable(v)
	}
	k, ok := asCall(form)
	if !ok {
		return p.expanded(form)
	}
	if f := patternForms[k.name]; f != nil && (patternArity[k.name] == 0 || len(k.args) == patternArity[k.name]) {
		if pat := f(p, k); pat != nil {
			return pat
		}
	}
	return p.expanded(form)
}

func (p *patterns) variable(v variable) compile.Pattern {
	switch {
	case v.name == "_":
		return compile.PatAny{}
	case pseudoVariables[v.name] != nil:
		return &compile.PatEqual{Val: pseudoVariables[v.name](p.a, p.c)}
	}
	if l := p.bound[v.key]; l != nil {
		return &compile.PatEqual{Val: p.a.ref(l)}
	}
	l := p.a.newLocal(v.name)
	p.bound[v.key] = l
	p.order = append(p.order, v.key)
	if p.assigns {
		p.c.block.locals = append(p.c.block.locals, l)
	}
	return &compile.PatBind{Local: l}
}

// patternArity gives the numbers of arguments of those forms that have a fixed one.
var patternArity = map[string]int{"^": 1, "=": 2, "%": 2, "<>": 2, "++": 2, "@": 1, "var!": 1, "\\\\": 2}

// patternForms are the calls that a pattern may hold.
var patternForms map[string]func(p *patterns, k call) compile.Pattern

func init() { // they lead back to the analysis of patterns
	patternForms = map[string]func(p *patterns, k call) compile.Pattern{
		"^":           (*patterns).pin,
		"=":           func(p *patterns, k call) compile.Pattern { return both(p.pattern(k.args[0]), p.pattern(k.args[1])) },
		"{}":          func(p *patterns, k call) compile.Pattern { return p.tuple(k.args) },
		"%{}":         func(p *patterns, k call) compile.Pattern { return p.mapping(k.args, nil) },
		"%":           (*patterns).structure,
		"__aliases__": (*patterns).alias,
		"<<>>":        func(p *patterns, k call) compile.Pattern { return p.binary(k) },
		"<>":          (*patterns).concat,
		"++":          (*patterns).append,
		"..":          (*patterns).interval,
		"-":           (*patterns).negative,
		"+":           (*patterns).negative,
		"@":           (*patterns).attribute,
		"__block__": func(p *patterns, k call) compile.Pattern {
			if len(k.args) != 1 {
				return nil
			}
			return p.pattern(k.args[0])
		},
		"var!": func(p *patterns, k call) compile.Pattern {
			v, ok := asVariable(k.args[0])
			if !ok {
				return nil
			}
			return p.variable(variable{name: v.name, key: v.name})
		},
		"\\\\": func(p *patterns, k call) compile.Pattern { return p.pattern(k.args[0]) },
	}
}

// pin compares with a variable that was bound before.
func (p *patterns) pin(k call) compile.Pattern {
	v, ok := asVariable(k.args[0])
	if !ok {
		p.a.fail(p.c, "invalid argument for unary operator ^, expected an existing variable, got: ^%s", p.a.res.Text(k.args[0]))
	}
	n := p.a.known(v, p.c)
	if n == nil {
		p.a.fail(p.c, "undefined variable ^%s. No variable %q has been defined before the current pattern", v.name, v.name)
	}
	return &compile.PatEqual{Val: n}
}

func (p *patterns) alias(k call) compile.Pattern {
	m, ok := p.a.module(k.form, p.c)
	if !ok {
		return nil
	}
	return equalTo(lang.K(m))
}

// mapping matches the keys that the pattern names.
func (p *patterns) mapping(entries []lang.Value, more *compile.PatMap) compile.Pattern {
	m := more
	if m == nil {
		m = &compile.PatMap{}
	}
	for _, e := range entries {
		key, val, ok := pair(e)
		if !ok {
			p.a.fail(p.c, "expected key-value pairs in a map, got: %s", p.a.res.Text(e))
		}
		m.Keys = append(m.Keys, p.key(key))
		m.Vals = append(m.Vals, p.pattern(val))
	}
	return m
}

// key gives the value of a key in a map pattern: a literal, a pin.
func (p *patterns) key(form lang.Value) compile.Node {
	if pinned, ok := isCall(form, "^", 1); ok {
		return p.pin(call{args: pinned}).(*compile.PatEqual).Val
	}
	if v, ok := asVariable(form); ok && pseudoVariables[v.name] == nil {
		p.a.fail(p.c, "cannot use variable %s as map key inside a pattern. If you are attempting to match on an existing variable, use the ^ operator", v.name)
	}
	return p.a.expr(form, p.c.nested())
}

var structKey = lang.K("__struct__")

// structure matches %Name{...}, %name{...} and %_{...}.
func (p *patterns) structure(k call) compile.Pattern {
	body, ok := isCall(k.args[1], "%{}", -1)
	if !ok {
		return nil
	}
	var view compile.Pattern
	if m, ok := p.a.module(k.args[0], p.c); ok {
		p.checkFields(m, body)
		view = &compile.PatView{Fn: p.a.res.Helper("struct_tag"), Then: equalTo(lang.K(m))}
	} else {
		any := &compile.PatView{Fn: p.a.res.Helper("is_struct"), Then: equalTo(lang.True)}
		view = both(any, &compile.PatView{Fn: p.a.res.Helper("struct_tag"), Then: p.pattern(k.args[0])})
	}
	if len(body) == 0 {
		return view
	}
	return both(view, p.mapping(body, nil))
}

// checkFields raises for a field that the struct does not have.
func (p *patterns) checkFields(module string, entries []lang.Value) {
	def, ok := p.a.res.Struct(module)
	m, isMap := def.Obj().(*lang.Map)
	if !ok || !isMap {
		return
	}
	for _, e := range entries {
		if key, _, ok := pair(e); ok && key.IsKeyword() {
			if _, has := m.Get(key); !has {
				p.a.fail(p.c, "unknown key %s for struct %s", p.a.res.Text(key), moduleText(module))
			}
		}
	}
}

// append matches [1, 2] ++ rest.
func (p *patterns) append(k call) compile.Pattern {
	left, ok := items(k.args[0])
	if !ok {
		return nil
	}
	return &compile.PatList{Elems: p.all(left), Rest: p.pattern(k.args[1])}
}

// interval matches first..last.
func (p *patterns) interval(k call) compile.Pattern {
	if len(k.args) != 2 {
		return nil
	}
	entries := []lang.Value{lang.Vec(structKey, lang.K("Elixir.Range")), lang.Vec(lang.K("first"), k.args[0]), lang.Vec(lang.K("last"), k.args[1])}
	return p.mapping(entries, nil)
}

// negative matches a number with a sign.
func (p *patterns) negative(k call) compile.Pattern {
	if len(k.args) != 1 || !lang.IsNumber(k.args[0]) {
		return nil
	}
	if k.name == "+" {
		return equalTo(k.args[0])
	}
	return equalTo(lang.SubP(lang.Int(0), k.args[0]))
}

// attribute matches the value of a module attribute.
func (p *patterns) attribute(k call) compile.Pattern {
	return &compile.PatEqual{Val: p.a.expr(k.form, p.c.nested())}
}

// expanded matches what a macro makes of form, or a constant that it is.
func (p *patterns) expanded(form lang.Value) compile.Pattern {
	if next, ok := p.a.expandOnce(form, p.c); ok {
		return p.pattern(next)
	}
	pat := literal(p.a.expr(form, p.c.nested()))
	if pat == nil {
		p.a.fail(p.c, "cannot invoke remote function or local function inside a match: %s", p.a.res.Text(form))
	}
	return pat
}

// literal gives the pattern that takes the value of a literal, nil for what
// is none.
func literal(n compile.Node) compile.Pattern {
	switch n := n.(type) {
	case *compile.Const:
		return &compile.PatEqual{Val: n}
	case *compile.Coll:
		elems := make([]compile.Pattern, len(n.Items))
		for i, it := range n.Items {
			if elems[i] = literal(it); elems[i] == nil {
				return nil
			}
		}
		switch n.Kind {
		case compile.CollVector:
			return &compile.PatVector{Elems: elems}
		case compile.CollList:
			return &compile.PatList{Elems: elems}
		}
	}
	return nil
}

// clause analyses a clause whose patterns match the subjects: one value, or,
// with params, the parameters of a function.
func (a *analyser) clause(r arrow, subjects []*compile.Local, params bool, c *ctx) compile.Clause {
	in := c.nested()
	in.atMeta(r.meta)
	out := compile.Clause{Pos: in.pos}
	if len(r.args) != len(subjects) {
		a.fail(in, "expected %d pattern(s) in a clause, got %d", len(subjects), len(r.args))
	}
	p := a.patterns(in, false)
	elems := make([]compile.Pattern, len(r.args))
	for i, f := range r.args {
		elems[i] = p.against(f, subjects[i])
	}
	p.done()
	if params {
		out.Pattern = &compile.PatArgs{Elems: elems}
	} else {
		out.Pattern = elems[0]
	}
	out.Guard, out.Body = a.guardAndBody(r, in)
	return out
}

// guardAndBody analyses what follows the patterns of a clause.
func (a *analyser) guardAndBody(r arrow, in *ctx) (guard, body compile.Node) {
	if r.hasGuard {
		g := in.nested()
		g.guard = true
		guard = a.guardExpr(r.guard, g)
	}
	return guard, in.block.wrap(a.expr(r.body, in))
}

// guardExpr analyses a guard, which holds if its value is true and nothing
// else. Of `when a when b` one that raises fails alone.
func (a *analyser) guardExpr(form lang.Value, c *ctx) compile.Node {
	if alternatives, ok := isCall(form, "when", 2); ok {
		first := &compile.Try{
			Body:    a.guardExpr(alternatives[0], c),
			Catches: []compile.Catch{{Local: a.newLocal(""), Body: constant(lang.False)}},
			Pos:     c.pos,
		}
		return a.or(first, func() compile.Node { return a.guardExpr(alternatives[1], c) }, c)
	}
	n := a.expr(form, c)
	if a.isBoolean(n) {
		return n
	}
	holds, _ := compile.Inline("eq", []compile.Node{n, constant(lang.True)}, c.pos)
	return holds
}
