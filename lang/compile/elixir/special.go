package elixir

import (
	"slices"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// specials lists the special forms of Elixir, which no module redefines.
// kernelMacros lists the macros of Kernel, moduleMacros those of others.
var specials, kernelMacros, moduleMacros map[string]special

func init() { // they lead back to the analysis
	specials = map[string]special{
		"__block__":        (*analyser).blockForm,
		"__aliases__":      (*analyser).aliasForm,
		"=":                (*analyser).match,
		"{}":               func(a *analyser, k call, c *ctx) compile.Node { return a.coll(compile.CollVector, k.args, c) },
		"%{}":              (*analyser).mapForm,
		"%":                taking(2, (*analyser).structForm),
		"<<>>":             (*analyser).binaryExpr,
		"fn":               (*analyser).fnForm,
		"&":                taking(1, (*analyser).capture),
		"^":                taking(1, (*analyser).strayPin),
		"case":             (*analyser).caseForm,
		"cond":             (*analyser).cond,
		"receive":          (*analyser).receive,
		"try":              (*analyser).try,
		"with":             (*analyser).with,
		"for":              (*analyser).comprehension,
		"quote":            (*analyser).quote,
		"unquote":          taking(1, (*analyser).strayUnquote),
		"alias":            (*analyser).alias,
		"require":          (*analyser).require,
		"import":           (*analyser).importForm,
		"super":            (*analyser).super,
		"unquote_splicing": taking(1, (*analyser).strayUnquote),
	}
}

func init() { // they lead back to the analysis, too
	kernelMacros = map[string]special{
		"if":             (*analyser).ifForm,
		"unless":         (*analyser).unless,
		"and":            taking(2, (*analyser).strictAnd),
		"or":             taking(2, (*analyser).strictOr),
		"not":            (*analyser).not,
		"&&":             taking(2, (*analyser).looseAnd),
		"||":             taking(2, (*analyser).looseOr),
		"!":              taking(1, (*analyser).bang),
		"in":             (*analyser).in,
		"|>":             taking(2, (*analyser).pipe),
		"<>":             (*analyser).concat,
		"..":             (*analyser).interval,
		"..//":           (*analyser).interval,
		"match?":         (*analyser).matches,
		"destructure":    (*analyser).destructure,
		"then":           (*analyser).then,
		"tap":            (*analyser).tap,
		"raise":          (*analyser).raise,
		"reraise":        (*analyser).reraise,
		"binding":        (*analyser).binding,
		"use":            (*analyser).use,
		"@":              taking(1, (*analyser).attribute),
		"def":            definition("def"),
		"defp":           definition("defp"),
		"defmacro":       definition("defmacro"),
		"defmacrop":      definition("defmacrop"),
		"defguard":       taking(1, guardDefinition("defmacro")),
		"defguardp":      taking(1, guardDefinition("defmacrop")),
		"defmodule":      (*analyser).defmodule,
		"defstruct":      inModule("defstruct"),
		"defexception":   inModule("defexception"),
		"defdelegate":    (*analyser).defdelegate,
		"defprotocol":    (*analyser).defprotocol,
		"defimpl":        (*analyser).defimpl,
		"defoverridable": inModule("defoverridable"),
		"var!":           taking(1, (*analyser).outerVar),
		"alias!":         taking(1, func(a *analyser, k call, c *ctx) compile.Node { return a.expr(k.args[0], c) }),
		"dbg":            (*analyser).dbg,
		"sigil_w":        taking(2, func(a *analyser, k call, c *ctx) compile.Node { return words(a, a.unescaped(k, c), c) }),
		"sigil_W":        taking(2, words),
		"sigil_c":        taking(2, func(a *analyser, k call, c *ctx) compile.Node { return charlist(a, a.unescaped(k, c), c) }),
		"sigil_C":        taking(2, charlist),
		"sigil_s":        taking(2, func(a *analyser, k call, c *ctx) compile.Node { return a.expr(a.unescaped(k, c).args[0], c) }),
		"sigil_S":        taking(2, func(a *analyser, k call, c *ctx) compile.Node { return a.expr(k.args[0], c) }),
		"sigil_r":        taking(2, sigilCall("Regex", "compile!")), "sigil_R": taking(2, sigilCall("Regex", "compile!")),
		"sigil_D": taking(2, sigilCall("Date", "from_iso8601!")), "sigil_T": taking(2, sigilCall("Time", "from_iso8601!")),
		"sigil_N": taking(2, sigilCall("NaiveDateTime", "from_iso8601!")), "sigil_U": taking(2, sigilCall("DateTime", "from_iso8601!")),
		"put_in": (*analyser).putIn, "update_in": (*analyser).updateIn,
		"pop_in": (*analyser).popIn, "get_and_update_in": (*analyser).getAndUpdateIn,
	}
	moduleMacros = map[string]special{
		"Elixir.Kernel.SpecialForms.quote": (*analyser).quote,
	}
}

// macroArities gives the numbers of arguments that macros of Kernel take,
// where they are not two.
var macroArities = map[string][]int{
	"!": {1}, "@": {1}, "not": {1}, "var!": {1, 2}, "alias!": {1}, "binding": {0, 1}, "dbg": {0, 1, 2}, "..": {0, 2}, "..//": {3},
	"use": {1, 2}, "raise": {1, 2}, "reraise": {2, 3}, "def": {1, 2}, "defp": {1, 2}, "defmacro": {1, 2}, "defmacrop": {1, 2},
	"defguard": {1}, "defguardp": {1}, "defstruct": {1}, "defexception": {1}, "defoverridable": {1}, "defimpl": {2, 3}, "pop_in": {1},
}

// hasArity reports whether a macro of Kernel takes n arguments.
func hasArity(name string, n int) bool {
	if ns, ok := macroArities[name]; ok {
		return slices.Contains(ns, n)
	}
	return n == 2
}

// taking makes the analysis of a form that has n arguments; with another
// number it is an ordinary call.
func taking(n int, f special) special {
	return func(a *analyser, k call, c *ctx) compile.Node {
		if len(k.args) != n {
			return nil
		}
		return f(a, k, c)
	}
}

// IsMacro reports whether a name is that of a special form or of a macro of
// Kernel that is written in Go.
func IsMacro(name string) bool { return specials[name] != nil || kernelMacros[name] != nil }

func (a *analyser) blockForm(k call, c *ctx) compile.Node {
	switch len(k.args) {
	case 0:
		return constant(lang.Nil)
	case 1:
		return a.expr(k.args[0], c)
	}
	nodes := make([]compile.Node, len(k.args))
	for i, f := range k.args {
		nodes[i] = a.expr(f, c)
	}
	return &compile.Do{Body: nodes}
}

func (a *analyser) aliasForm(k call, c *ctx) compile.Node {
	if m, ok := a.aliases(k.args, k.meta, c); ok {
		return atom(m)
	}
	// the first part is an expression: __MODULE__.Foo in a macro, or a variable
	rest := make([]compile.Node, len(k.args))
	for i, p := range k.args {
		rest[i] = a.expr(p, c)
	}
	return a.helper("concat_alias", c, rest...)
}

func (a *analyser) strayPin(k call, c *ctx) compile.Node {
	a.fail(c, "cannot use ^%s outside of match clauses", variableName(k.args[0]))
	return nil
}

func (a *analyser) strayUnquote(k call, c *ctx) compile.Node {
	a.fail(c, "unquote called outside quote")
	return nil
}

func variableName(form lang.Value) string {
	if v, ok := asVariable(form); ok {
		return v.name
	}
	return lang.Inspect(form)
}

// match analyses pattern = value. What it binds belongs to the block around.
func (a *analyser) match(k call, c *ctx) compile.Node {
	if len(k.args) != 2 {
		return nil
	}
	val := a.expr(k.args[1], c)
	p := a.patterns(c, true)
	n := &compile.Assign{Pattern: p.pattern(k.args[0]), Val: val, Subject: a.newLocal(""), Pos: c.pos}
	p.done()
	n.Fail = a.helper("match_error", c, a.ref(n.Subject))
	if _, any := n.Pattern.(compile.PatAny); any {
		return val
	}
	return n
}

func (a *analyser) mapForm(k call, c *ctx) compile.Node {
	if len(k.args) == 1 {
		if upd, ok := isCall(k.args[0], "|", 2); ok {
			entries, _ := items(upd[1])
			helper := "map_update"
			if c.env.Function == "" {
				helper = "map_update_evaluated"
			}
			return a.helper(helper, c, a.exprs(append([]lang.Value{upd[0]}, a.flatten(entries, c)...), c)...)
		}
	}
	return a.coll(compile.CollMap, a.flatten(k.args, c), c)
}

// flatten gives keys and values in turn.
func (a *analyser) flatten(entries []lang.Value, c *ctx) []lang.Value {
	out := make([]lang.Value, 0, 2*len(entries))
	for _, e := range entries {
		key, val, ok := pair(e)
		if !ok {
			a.fail(c, "expected key-value pairs in a map, got: %s", a.res.Text(e))
		}
		out = append(out, key, val)
	}
	return out
}

// structForm analyses %Name{...} and %Name{old | ...}.
func (a *analyser) structForm(k call, c *ctx) compile.Node {
	body, ok := isCall(k.args[1], "%{}", -1)
	if !ok {
		a.fail(c, "expected struct to be followed by a map, got: %s", a.res.Text(k.args[1]))
	}
	name, ok := a.module(k.args[0], c)
	if !ok {
		a.fail(c, "expected struct name to be a compile time atom or alias, got: %s", a.res.Text(k.args[0]))
	}
	if len(body) == 1 {
		if upd, isUpdate := isCall(body[0], "|", 2); isUpdate {
			entries, _ := items(upd[1])
			a.knownFields(name, entries, c)
			nodes := a.exprs(append([]lang.Value{upd[0]}, a.flatten(entries, c)...), c)
			return a.helper("struct_update", c, append([]compile.Node{atom(name)}, nodes...)...)
		}
	}
	a.knownFields(name, body, c)
	nodes := a.exprs(a.flatten(body, c), c)
	if def, ok := a.res.Struct(name); ok {
		return a.helper("struct_new", c, append([]compile.Node{constant(def)}, nodes...)...)
	}
	if !a.res.Loaded(name) {
		a.fail(c, "%s.__struct__/1 is undefined, cannot expand struct %s. Make sure the struct name is correct. "+
			"If the struct name exists and is correct but it still cannot be found, you likely have cyclic module usage in your code",
			moduleText(name), moduleText(name))
	}
	return a.helper("struct_build", c, append([]compile.Node{atom(name)}, nodes...)...)
}

func (a *analyser) knownFields(name string, entries []lang.Value, c *ctx) {
	p := a.patterns(c, false)
	p.checkFields(name, entries)
}

// fnForm analyses fn ... end.
func (a *analyser) fnForm(k call, c *ctx) compile.Node {
	clauses := a.arrows(lang.ListOf(k.args...), c, "fn")
	return a.lambda(clauses, c)
}

// lambda makes a function of clauses.
func (a *analyser) lambda(clauses []arrow, c *ctx) compile.Node {
	arity := len(clauses[0].args)
	for _, r := range clauses {
		if len(r.args) != arity {
			a.fail(c, "cannot mix clauses with different arities in anonymous functions")
		}
	}
	name := "anonymous fn/" + strconv.Itoa(arity) + " in " + place(c.env)
	in := *c
	in.ex = nil
	return &compile.Fn{Name: name, Arities: []*compile.Arity{a.arity(clauses, arity, &in, func(args []compile.Node) compile.Node {
		return a.helper("lambda_clause", c, append([]compile.Node{constant(lang.Str(name))}, args...)...)
	})}, Pos: c.pos}
}

// place names the function around a lambda.
func place(env *Env) string {
	if env.Module == "" {
		return ":erl_eval.expr/6"
	}
	if env.Function == "" {
		return moduleText(env.Module) + ".__MODULE__/0"
	}
	return moduleText(env.Module) + "." + env.Function
}

// arity analyses the clauses of a function of so many parameters; fail makes
// what is evaluated if no clause takes them.
func (a *analyser) arity(clauses []arrow, arity int, c *ctx, fail func(args []compile.Node) compile.Node) *compile.Arity {
	params := make([]*compile.Local, arity)
	for i := range params {
		params[i] = a.newLocal("")
	}
	m := &compile.Match{Subjects: params, Pos: c.pos}
	for _, r := range clauses {
		m.Clauses = append(m.Clauses, a.clause(r, params, true, c))
	}
	args := make([]compile.Node, arity)
	for i, p := range params {
		args[i] = a.ref(p)
	}
	m.Fail = fail(args)
	out := &compile.Arity{Target: &compile.Target{Locals: params}, Body: m, Pos: c.pos}
	return out
}

// capture analyses &f/1, &Mod.f/1 and &(... &1 ...).
func (a *analyser) capture(k call, c *ctx) compile.Node {
	form := k.args[0]
	if form.IsInt() {
		a.fail(c, "capture argument &%d must be used within the capture operator &", form.AsInt())
	}
	if sides, ok := isCall(form, "/", 2); ok && sides[1].IsInt() {
		if n := a.named(sides[0], int(sides[1].AsInt()), c); n != nil {
			return n
		}
	}
	if n := a.inOrder(form, c); n != nil {
		return n
	}
	most := 0
	body := placeholders(form, &most)
	if most == 0 {
		a.fail(c, "invalid args for &, expected one of:\n\n  * &Mod.fun/arity to capture a remote function, such as &Enum.map/2\n"+
			"  * &fun/arity to capture a local or imported function, such as &is_atom/1\n"+
			"  * &some_code(&1, ...) containing at least one argument as &1, such as &List.flatten(&1)\n\nGot: %s", a.res.Text(form))
	}
	args := make([]lang.Value, most)
	for i := range args {
		args[i] = variableForm("&" + strconv.Itoa(i+1))
	}
	return a.lambda([]arrow{{args: args, body: body, meta: k.meta}}, c)
}

// inOrder captures by its name the function of a remote call whose arguments
// are &1, &2 ... in their order: &List.flatten(&1) is &List.flatten/1.
func (a *analyser) inOrder(form lang.Value, c *ctx) compile.Node {
	head, meta, list, ok := parts(form)
	args, isList := items(list)
	if _, isRemote := isCall(head, ".", 2); !ok || !isList || !isRemote || len(args) == 0 {
		return nil
	}
	for i, arg := range args {
		if amp, isAmp := isCall(arg, "&", 1); !isAmp || !amp[0].IsInt() || amp[0].AsInt() != int64(i+1) {
			return nil
		}
	}
	return a.named(lang.Vec(head, meta, noMeta), len(args), c)
}

// placeholders puts variables in the place of &1, &2 ... in a capture.
func placeholders(form lang.Value, most *int) lang.Value {
	if v, ok := form.Obj().(*lang.Vector); ok {
		if args, isAmp := isCall(form, "&", 1); isAmp && args[0].IsInt() {
			*most = max(*most, int(args[0].AsInt()))
			return variableForm("&" + strconv.FormatInt(args[0].AsInt(), 10))
		}
		out := make([]lang.Value, v.Len())
		for i := range out {
			if out[i] = v.Nth(i); i != 1 || v.Len() != 3 {
				out[i] = placeholders(out[i], most)
			}
		}
		return lang.Vec(out...)
	}
	list, ok := items(form)
	if !ok {
		return form
	}
	out := make([]lang.Value, len(list))
	for i, it := range list {
		out[i] = placeholders(it, most)
	}
	return lang.ListOf(out...)
}

// named captures a function by its name and number of arguments.
func (a *analyser) named(form lang.Value, arity int, c *ctx) compile.Node {
	params := make([]lang.Value, arity)
	for i := range params {
		params[i] = variableForm("&" + strconv.Itoa(i+1))
	}
	if v, ok := asVariable(form); ok {
		return a.lambda([]arrow{{args: params, body: node(v.name, noMeta, params...), meta: noMeta}}, c)
	}
	if k, ok := asCall(form); ok && len(k.args) == 0 { // an operator, or a name with parentheses
		return a.lambda([]arrow{{args: params, body: node(k.name, noMeta, params...), meta: noMeta}}, c)
	}
	head, _, args, ok := parts(form)
	dot, isDot := isCall(head, ".", 2)
	if !ok || !isDot || lang.Count(args) != 0 {
		return nil
	}
	name, ok := lang.AtomName(dot[1])
	if !ok {
		return nil
	}
	module, static := a.module(dot[0], c)
	if !static {
		return a.helper("capture", c, a.expr(dot[0], c), atom(name), constant(lang.Int(int64(arity))))
	}
	if moduleMacros[module+"."+name] != nil || module == "Elixir.Kernel" && (kernelMacros[name] != nil || operators[name] != "") {
		n := a.lambda([]arrow{{args: params, body: node(name, noMeta, params...), meta: noMeta}}, c)
		n.(*compile.Fn).Name = captureName(module, name, arity)
		return n
	}
	f := &compile.VarRef{Var: a.res.Function(module, name, arity), Pos: c.pos}
	target := &compile.Target{}
	refs := make([]compile.Node, arity)
	for i := range refs {
		l := a.newLocal("")
		target.Locals = append(target.Locals, l)
		refs[i] = a.ref(l)
	}
	body := &compile.Call{Fn: f, Args: refs, Tail: true, Pos: c.pos}
	return &compile.Fn{Name: captureName(module, name, arity), Arities: []*compile.Arity{{Target: target, Body: body, Pos: c.pos}}, Pos: c.pos}
}

// captureName is the name of a function that was captured by name, by which
// it is printed: &String.length/1.
func captureName(module, name string, arity int) string {
	quoted := strings.TrimPrefix(lang.Inspect(lang.K(name)), ":")
	return "&" + moduleText(module) + "." + quoted + "/" + strconv.Itoa(arity)
}

func (a *analyser) alias(k call, c *ctx) compile.Node {
	return a.directive(k, c, func(module string, opts lang.Value) {
		name := lastPart(module)
		if as, ok := keyword(opts, "as"); ok {
			m, isModule := a.module(as, c)
			if !isModule {
				a.fail(c, "invalid value for option :as, expected a simple alias, got: %s", a.res.Text(as))
			}
			name = lastPart(m)
		}
		c.env = c.env.Alias(name, module)
	})
}

func (a *analyser) require(k call, c *ctx) compile.Node {
	return a.directive(k, c, func(module string, opts lang.Value) {
		a.mustBeLoaded(module, c)
		c.env = c.env.Require(module)
		if as, ok := keyword(opts, "as"); ok {
			if m, isModule := a.module(as, c); isModule {
				c.env = c.env.Alias(lastPart(m), module)
			}
		}
	})
}

func (a *analyser) importForm(k call, c *ctx) compile.Node {
	return a.directive(k, c, func(module string, opts lang.Value) {
		a.mustBeLoaded(module, c)
		i := imported{module: module}
		if only, ok := keyword(opts, "only"); ok {
			if kind, isKw := only.AsKeyword(); isKw {
				i.kind = kind.Name
			} else {
				i.only, _ = items(only)
				if i.only == nil {
					i.only = []lang.Value{}
				}
			}
		}
		if except, ok := keyword(opts, "except"); ok {
			i.except, _ = items(except)
		}
		c.env = c.env.withImport(i)
	})
}

func (a *analyser) mustBeLoaded(module string, c *ctx) {
	if !a.res.Loaded(module) && (c.env.Module != module) {
		a.fail(c, "module %s is not loaded and could not be found", moduleText(module))
	}
}

// directive does alias, require or import for each module that is named:
// Foo, or Foo.{A, B}. Its value is the module.
func (a *analyser) directive(k call, c *ctx, do func(module string, opts lang.Value)) compile.Node {
	if len(k.args) == 0 || len(k.args) > 2 {
		return nil
	}
	opts := lang.Nil
	if len(k.args) == 2 {
		opts = k.args[1]
	}
	if head, _, args, ok := parts(k.args[0]); ok {
		if dot, isDot := isCall(head, ".", 2); isDot && dot[1] == lang.K("{}") {
			base, _ := a.module(dot[0], c)
			list, _ := items(args)
			var names []lang.Value
			for _, f := range list {
				sub, isAlias := isCall(f, "__aliases__", -1)
				if !isAlias {
					a.fail(c, "invalid argument for %s, expected a compile time atom or alias, got: %s", k.name, a.res.Text(f))
				}
				module := base
				for _, p := range sub {
					module += "." + strings.TrimPrefix(lang.Inspect(p), ":")
				}
				do(module, opts)
				names = append(names, lang.K(module))
			}
			return constant(lang.ListOf(names...))
		}
	}
	module, ok := a.module(k.args[0], c)
	if !ok {
		if val, isConst := a.expr(k.args[0], c).(*compile.Const); isConst && val.Val.IsKeyword() {
			kw, _ := val.Val.AsKeyword()
			module, ok = kw.String(), true
		}
	}
	if !ok {
		a.fail(c, "invalid argument for %s, expected a compile time atom or alias, got: %s", k.name, a.res.Text(k.args[0]))
	}
	do(module, opts)
	return atom(module)
}
