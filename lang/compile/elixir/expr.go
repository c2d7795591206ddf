package elixir

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// maxDepth bounds how deep forms may nest.
const maxDepth = 2000

// expr analyses an expression. What it binds is in scope in c afterwards.
func (a *analyser) expr(form lang.Value, c *ctx) compile.Node {
	a.depth++
	defer func() { a.depth-- }()
	if a.depth > maxDepth {
		a.fail(c, "expressions are nested more than %d levels deep", maxDepth)
	}
	if v, ok := form.Obj().(*lang.Vector); ok {
		switch v.Len() {
		case 2:
			return a.coll(compile.CollVector, []lang.Value{v.Nth(0), v.Nth(1)}, c)
		case 3:
			return a.node(form, c)
		}
		return &compile.Const{Val: form}
	}
	if list, ok := items(form); ok {
		return a.list(list, c)
	}
	return &compile.Const{Val: form}
}

// nested analyses an expression as a block of its own.
func (a *analyser) nested(form lang.Value, c *ctx) compile.Node {
	in := c.nested()
	return in.block.wrap(a.expr(form, in))
}

// exprs analyses expressions that are evaluated in turn and do not see what
// the others bind.
func (a *analyser) exprs(forms []lang.Value, c *ctx) []compile.Node {
	before := c.vars
	var bound []*binding
	nodes := make([]compile.Node, len(forms))
	for i, f := range forms {
		c.vars = before
		nodes[i] = a.expr(f, c)
		at := len(bound)
		for b := c.vars; b != before; b = b.next {
			bound = append(bound[:at], append([]*binding{b}, bound[at:]...)...)
		}
	}
	c.vars = before
	for _, b := range bound {
		c.bind(b.key, b.local)
	}
	return nodes
}

func (a *analyser) coll(kind compile.CollKind, forms []lang.Value, c *ctx) compile.Node {
	return &compile.Coll{Kind: kind, Items: a.exprs(forms, c), Pos: c.pos}
}

// list analyses a list literal.
func (a *analyser) list(forms []lang.Value, c *ctx) compile.Node {
	if len(forms) == 0 {
		return &compile.Const{Val: lang.Obj(lang.EmptyList)}
	}
	last := len(forms) - 1
	if cons, ok := isCall(forms[last], "|", 2); ok {
		all := append(append([]lang.Value{}, forms[:last]...), cons...)
		return a.coll(compile.CollCons, all, c)
	}
	return a.coll(compile.CollList, forms, c)
}

// node analyses a node of the AST: a variable or a call.
func (a *analyser) node(form lang.Value, c *ctx) compile.Node {
	if v, ok := asVariable(form); ok {
		old := c.pos
		c.at(form)
		n := a.variable(v, c)
		c.pos = old
		return n
	}
	k, ok := asCall(form)
	old := c.pos
	c.at(form)
	defer func() { c.pos = old }()
	if ok {
		return a.call(k, c)
	}
	head, meta, args, _ := parts(form)
	list, isList := items(args)
	if !isList {
		a.fail(c, "invalid quoted expression: %s", a.res.Text(form))
	}
	dot, isDot := isCall(head, ".", -1)
	switch {
	case isDot && len(dot) == 1:
		return a.callValue(dot[0], list, c)
	case isDot && len(dot) == 2:
		return a.remoteCall(dot[0], dot[1], meta, list, c)
	}
	a.fail(c, "invalid call %s", a.res.Text(form))
	return nil
}

// variable reads a variable.
func (a *analyser) variable(v variable, c *ctx) compile.Node {
	if n := a.known(v, c); n != nil {
		return n
	}
	if pseudo := pseudoVariables[v.name]; pseudo != nil {
		return pseudo(a, c)
	}
	if v.name == "_" {
		a.fail(c, "invalid use of _. \"_\" represents a value to be ignored in a pattern and cannot be used in expressions")
	}
	if v.key == v.name { // a name alone is a call of a function without arguments
		return a.call(call{name: v.name, meta: noMeta}, c)
	}
	a.fail(c, "undefined variable %q", v.name)
	return nil
}

// known gives the read of a variable that is bound, nil if it is not.
func (a *analyser) known(v variable, c *ctx) compile.Node {
	if l := c.lookup(v.key); l != nil {
		return a.ref(l)
	}
	if val, ok := c.env.variable(v.key); ok {
		return &compile.Const{Val: val}
	}
	if (c.env.Top || c.env.outer) && v.key == v.name {
		if val, ok := a.res.Variable(v.name); ok {
			return &compile.Const{Val: val}
		}
	}
	return nil
}

// pseudoVariables are the special forms that look like variables.
var pseudoVariables map[string]func(a *analyser, c *ctx) compile.Node

func init() { // they lead back to the analysis
	pseudoVariables = map[string]func(a *analyser, c *ctx) compile.Node{
		"__MODULE__": func(_ *analyser, c *ctx) compile.Node { return &compile.Const{Val: c.env.moduleValue()} },
		"__ENV__":    func(_ *analyser, c *ctx) compile.Node { return &compile.Const{Val: c.env.Struct(c.pos.Line)} },
		"__DIR__":    func(_ *analyser, c *ctx) compile.Node { return &compile.Const{Val: directory(c.env.Source)} },
		"__CALLER__": func(a *analyser, c *ctx) compile.Node {
			if l := c.lookup(callerKey); l != nil {
				return a.ref(l)
			}
			a.fail(c, "__CALLER__ is available only inside defmacro and defmacrop")
			return nil
		},
		"__STACKTRACE__": func(a *analyser, c *ctx) compile.Node {
			if c.ex == nil {
				a.fail(c, "__STACKTRACE__ is available only inside catch and rescue clauses of try expressions")
			}
			return a.helper("stacktrace", c, a.ref(c.ex))
		},
	}
}

// callerKey is the variable that holds the caller's environment in a macro.
const callerKey = "\x00caller"

func directory(src *lang.Source) lang.Value {
	if src == nil {
		return lang.Nil
	}
	if i := strings.LastIndexByte(src.Name, '/'); i >= 0 {
		return lang.Str(src.Name[:i])
	}
	return lang.Str(".")
}

// helper calls one of the functions that code calls by itself.
func (a *analyser) helper(name string, c *ctx, args ...compile.Node) compile.Node {
	return &compile.Call{Fn: &compile.Const{Val: a.res.Helper(name)}, Args: args, Tail: true, Pos: c.pos}
}

// constant makes the node of a value.
func constant(v lang.Value) compile.Node { return &compile.Const{Val: v} }

// atom makes the node of an atom.
func atom(name string) compile.Node { return constant(lang.K(name)) }

// module gives the module that a form names at compile time: an alias, an
// atom, __MODULE__.
func (a *analyser) module(form lang.Value, c *ctx) (string, bool) {
	if k, ok := form.AsKeyword(); ok {
		return k.String(), true
	}
	if v, ok := asVariable(form); ok && v.name == "__MODULE__" && c.env.Module != "" {
		return c.env.Module, true
	}
	if args, ok := isCall(form, "__aliases__", -1); ok {
		_, meta, _, _ := parts(form)
		return a.aliases(args, meta, c)
	}
	return "", false
}

// aliases gives the module that the parts of an alias mean.
func (a *analyser) aliases(args []lang.Value, meta lang.Value, c *ctx) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	names := make([]string, len(args))
	for i, p := range args {
		if k, ok := p.AsKeyword(); ok {
			names[i] = k.String()
			continue
		}
		m, ok := a.module(p, c)
		if i > 0 || !ok {
			return "", false
		}
		names[i] = m
	}
	if fixed, ok := metaGet(meta, "alias"); ok && fixed.IsKeyword() { // what the name meant where it was quoted
		k, _ := fixed.AsKeyword()
		return strings.Join(append([]string{k.String()}, names[1:]...), "."), true
	}
	if strings.HasPrefix(names[0], "Elixir.") {
		return strings.Join(names, "."), true
	}
	return c.env.Expand(names), true
}

// moduleText gives a module's name as it is written: Foo for Elixir.Foo, :lists.
func moduleText(module string) string { return lang.Inspect(lang.K(module)) }
