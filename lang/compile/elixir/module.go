package elixir

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// DefForm is what a definition in a module's body gets as a constant: its
// kind (def, defp, defmacro, defmacrop; or defstruct and the like) and the
// environment in which its code stands.
type DefForm struct {
	Kind string
	Env  *Env
	Pos  lang.Pos
}

// ModuleForm is what defmodule, defprotocol and defimpl get as a constant.
type ModuleForm struct {
	Kind string // defmodule, defprotocol, defimpl
	Body lang.Value
	Env  *Env
	Vars []string // the variables of functions around, whose values come as an argument
	Pos  lang.Pos
}

// definition makes the analysis of def and the like: a call that notes the
// definition in the module that is being built.
func definition(kind string) special {
	return func(a *analyser, k call, c *ctx) compile.Node {
		if len(k.args) == 0 || len(k.args) > 2 {
			return nil
		}
		if c.env.Site == nil {
			a.failArgument(c, "cannot invoke %s/%d outside module", kind, len(k.args))
		}
		if c.env.Function != "" {
			a.fail(c, "cannot invoke %s/%d inside function/macro", kind, len(k.args))
		}
		args := []compile.Node{constant(lang.Obj(&DefForm{kind, c.env.Lexical(), c.pos})), a.escapeDef(k.args[0], c)}
		if len(k.args) == 2 {
			args = append(args, a.escapeDef(k.args[1], c))
		}
		return a.helper("def", c, args...)
	}
}

// guardDefinition makes the analysis of defguard: a macro that puts its
// arguments into the guard.
func guardDefinition(kind string) special {
	return func(a *analyser, k call, c *ctx) compile.Node {
		sides, ok := isCall(k.args[0], "when", 2)
		if !ok {
			a.fail(c, "invalid syntax in defguard, expected a when clause: %s", a.res.Text(k.args[0]))
		}
		head, _ := asCall(sides[0])
		names := map[string]bool{}
		for _, arg := range head.args {
			if v, ok := asVariable(arg); ok {
				names[v.key] = true
			}
		}
		body := node("quote", noMeta, lang.ListOf(lang.Vec(lang.K("do"), unquoted(sides[1], names))))
		form := node(kind, k.meta, sides[0], lang.ListOf(lang.Vec(lang.K("do"), body)))
		return a.expr(form, c)
	}
}

// unquoted puts unquote around the variables of a guard.
func unquoted(form lang.Value, names map[string]bool) lang.Value {
	if v, ok := asVariable(form); ok && names[v.key] {
		return node("unquote", noMeta, form)
	}
	if v, ok := form.Obj().(*lang.Vector); ok {
		out := make([]lang.Value, v.Len())
		for i := range out {
			if out[i] = v.Nth(i); i != 1 || v.Len() != 3 {
				out[i] = unquoted(out[i], names)
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
		out[i] = unquoted(it, names)
	}
	return lang.ListOf(out...)
}

// inModule makes the analysis of a form of a module's body that is a call
// with the evaluated arguments.
func inModule(name string) special {
	return func(a *analyser, k call, c *ctx) compile.Node {
		if c.env.Site == nil {
			a.failArgument(c, "cannot invoke %s/%d outside module", name, len(k.args))
		}
		args := a.exprs(k.args, c)
		return a.helper(name, c, append([]compile.Node{constant(lang.Obj(&DefForm{name, c.env.Lexical(), c.pos}))}, args...)...)
	}
}

func (a *analyser) defmodule(k call, c *ctx) compile.Node {
	args, blocks, ok := doBlock(k.args)
	if !ok || len(args) != 1 {
		return nil
	}
	body, _ := keyword(blocks, "do")
	name := a.moduleName(args[0], c)
	return a.helper("defmodule", c, a.moduleForm("defmodule", body, c), name, a.captured(c))
}

func (a *analyser) defprotocol(k call, c *ctx) compile.Node {
	args, blocks, ok := doBlock(k.args)
	if !ok || len(args) != 1 {
		return nil
	}
	body, _ := keyword(blocks, "do")
	name := a.moduleName(args[0], c)
	return a.helper("defmodule", c, a.moduleForm("defprotocol", body, c), name, a.captured(c))
}

func (a *analyser) defimpl(k call, c *ctx) compile.Node {
	args, blocks, ok := doBlock(k.args)
	if !ok || len(args) == 0 {
		return nil
	}
	opts := blocks
	if len(args) > 1 {
		opts = args[1]
	}
	body, _ := keyword(blocks, "do")
	target, ok := keyword(opts, "for")
	if !ok {
		if c.env.Module == "" {
			a.fail(c, "defimpl/3 expects a :for option when declared outside a module")
		}
		target = lang.K(c.env.Module)
	}
	return a.helper("defimpl", c, a.moduleForm("defimpl", body, c), a.expr(args[0], c), a.expr(target, c), a.captured(c))
}

// moduleForm makes the constant that a definition of a module gets.
func (a *analyser) moduleForm(kind string, body lang.Value, c *ctx) compile.Node {
	f := &ModuleForm{Kind: kind, Body: body, Env: c.env, Pos: c.pos}
	for _, b := range visible(c) {
		f.Vars = append(f.Vars, b.key)
	}
	return constant(lang.Obj(f))
}

// captured makes the values of the variables around a module.
func (a *analyser) captured(c *ctx) compile.Node {
	var nodes []compile.Node
	for _, b := range visible(c) {
		nodes = append(nodes, a.ref(b.local))
	}
	return &compile.Coll{Kind: compile.CollVector, Items: nodes, Pos: c.pos}
}

// visible gives the variables that can be seen, each once.
func visible(c *ctx) []*binding {
	var out []*binding
	seen := map[string]bool{}
	for b := c.vars; b != nil; b = b.next {
		if !seen[b.key] {
			seen[b.key] = true
			out = append(out, b)
		}
	}
	return out
}

// moduleName gives the name of a module that is defined here: one in a module
// is called after it, and known by its short name from then on.
func (a *analyser) moduleName(form lang.Value, c *ctx) compile.Node {
	args, ok := isCall(form, "__aliases__", -1)
	if !ok {
		return a.expr(form, c)
	}
	module, ok := a.module(form, c)
	if !ok {
		return a.expr(form, c)
	}
	first, isKw := args[0].AsKeyword()
	if c.env.Module == "" || !isKw || first.Name == "Elixir" {
		return atom(module)
	}
	_, meta, _, _ := parts(form)
	if fixed, ok := metaGet(meta, "alias"); ok && fixed.IsKeyword() {
		return atom(module)
	}
	names := make([]string, len(args))
	for i, p := range args {
		names[i], _ = lang.AtomName(p)
	}
	module = c.env.Module + "." + strings.Join(names, ".")
	c.env = c.env.Alias(names[0], c.env.Module+"."+names[0])
	return atom(module)
}

// untyped are the attributes about types, which say nothing to the machine.
var untyped = map[string]bool{"spec": true, "type": true, "typep": true, "opaque": true, "callback": true, "macrocallback": true, "optional_callbacks": true, "dialyzer": true}

// attribute analyses @name and @name value.
func (a *analyser) attribute(k call, c *ctx) compile.Node {
	head, _, args, ok := parts(k.args[0])
	name, isName := head.AsKeyword()
	if !ok || !isName {
		a.fail(c, "expected 0 or 1 argument for @, got: %s", a.res.Text(k.args[0]))
	}
	list, isList := items(args)
	if isList && len(list) == 1 {
		return a.setAttribute(name.String(), list[0], c)
	}
	if c.env.Function != "" {
		v := lang.Nil
		if c.env.Attrs != nil {
			v, _ = c.env.Attrs.Get(lang.K(name.String()))
		}
		return constant(v)
	}
	if c.env.Site == nil {
		a.failArgument(c, "cannot invoke @/1 outside module")
	}
	return a.helper("get_attribute", c, atom(c.env.Module), atom(name.String()))
}

func (a *analyser) setAttribute(name string, form lang.Value, c *ctx) compile.Node {
	if c.env.Site == nil {
		a.failArgument(c, "cannot invoke @/1 outside module")
	}
	if c.env.Function != "" {
		a.fail(c, "cannot set attribute @%s inside function/macro", name)
	}
	if untyped[name] {
		return constant(lang.K("ok"))
	}
	return a.helper("put_attribute", c, atom(c.env.Module), atom(name), a.expr(form, c))
}

// use analyses use Foo, opts: it requires Foo and calls its macro __using__.
func (a *analyser) use(k call, c *ctx) compile.Node {
	if len(k.args) == 0 || len(k.args) > 2 {
		return nil
	}
	return a.expr(a.useForms(k, c), c)
}

func (a *analyser) useForms(k call, c *ctx) lang.Value {
	opts := lang.Obj(lang.EmptyList)
	if len(k.args) == 2 {
		opts = k.args[1]
	}
	return node("__block__", k.meta, node("require", k.meta, k.args[0]), remote(k.args[0], "__using__", k.meta, opts))
}

// defdelegate analyses defdelegate f(x), to: Mod, as: :g.
func (a *analyser) defdelegate(k call, c *ctx) compile.Node {
	if len(k.args) != 2 {
		return nil
	}
	to, _ := keyword(k.args[1], "to")
	as, renamed := keyword(k.args[1], "as")
	heads, isList := items(k.args[0])
	if !isList {
		heads = []lang.Value{k.args[0]}
	}
	var defs []compile.Node
	for _, h := range heads {
		head, _ := asCall(h)
		name := lang.K(head.name)
		if renamed {
			name = as
		}
		args := make([]lang.Value, len(head.args))
		for i, arg := range head.args {
			if args[i] = arg; true {
				if def, ok := isCall(arg, "\\\\", 2); ok {
					args[i] = def[0]
				}
			}
		}
		dot := node(".", k.meta, to, name)
		body := lang.ListOf(lang.Vec(lang.K("do"), lang.Vec(dot, k.meta, lang.ListOf(args...))))
		defs = append(defs, a.expr(node("def", k.meta, h, body), c))
	}
	return &compile.Do{Body: defs}
}

// super calls the definition that an overridable function had before.
func (a *analyser) super(k call, c *ctx) compile.Node {
	name, _, _ := strings.Cut(c.env.Function, "/")
	if a.fn == nil {
		a.fail(c, "cannot invoke super/%d outside of function", len(k.args))
	}
	name = SuperName(name)
	if c.env.Site.Defines(name, len(k.args)) == "" {
		a.fail(c, "no super defined for %s in module %s. Overridable functions available are: ", c.env.Function, moduleText(c.env.Module))
	}
	return a.localCall("defp", call{name: name, meta: k.meta, args: k.args}, c)
}

// SuperName is the name under which an overridden definition lives on.
func SuperName(name string) string { return name + " (overridable)" }
