package elixir

import (
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// special analyses a special form or a macro of Kernel. It gives nil where
// the call, by its number of arguments, is an ordinary one.
type special func(a *analyser, k call, c *ctx) compile.Node

// call analyses a call by name alone: of a special form, a macro, a function
// of the module, an imported one, one of Kernel.
func (a *analyser) call(k call, c *ctx) compile.Node {
	if f := specials[k.name]; f != nil {
		if n := f(a, k, c); n != nil {
			return n
		}
	}
	arity := len(k.args)
	if site := c.env.Site; site != nil {
		if kind := site.Defines(k.name, arity); kind != "" {
			return a.localCall(kind, k, c)
		}
	}
	if m := a.importOf(k.name, arity, k.meta, c); m != "" {
		return a.moduleCall(m, k, true, c)
	}
	if !c.env.hidesKernel(k.name, arity) {
		if f := kernelMacros[k.name]; f != nil {
			if n := f(a, k, c); n != nil {
				return n
			}
		}
		if n := a.operator(k, c); n != nil {
			return n
		}
		for _, m := range [...]string{"Elixir.Kernel", "Elixir.Kernel.SpecialForms"} {
			if a.res.Exports(m, k.name, arity) || !a.res.Macro(m, k.name, arity).IsNil() {
				return a.moduleCall(m, k, true, c)
			}
		}
	}
	a.undefinedFunction(k, c)
	return nil
}

// undefinedFunction raises for a call of a name that means nothing.
func (a *analyser) undefinedFunction(k call, c *ctx) {
	signature := k.name + "/" + strconv.Itoa(len(k.args))
	if c.env.Module == "" {
		a.fail(c, "undefined function %s (there is no such import)", signature)
	}
	a.fail(c, "undefined function %s (expected %s to define such a function or for it to be imported, but none are available)",
		signature, moduleText(c.env.Module))
}

// importOf gives the module from which name/arity is imported, "" if it is
// not. A macro's expansion says itself where a name comes from.
func (a *analyser) importOf(name string, arity int, meta lang.Value, c *ctx) string {
	for i := c.env.imports; i != nil; i = i.next {
		if i.module == "Elixir.Kernel" || !i.takes(name, arity) {
			continue
		}
		if i.kind != "macros" && a.res.Exports(i.module, name, arity) || i.kind != "functions" && !a.res.Macro(i.module, name, arity).IsNil() {
			return i.module
		}
	}
	from, _ := metaGet(meta, "imports")
	entries, _ := items(from)
	for _, e := range entries {
		n, m, _ := pair(e)
		if k, isKw := m.AsKeyword(); isKw && n.IsInt() && n.AsInt() == int64(arity) && k.String() != "Elixir.Kernel" {
			return k.String()
		}
	}
	return ""
}

// localCall calls a function or a macro of the module that is compiled.
func (a *analyser) localCall(kind string, k call, c *ctx) compile.Node {
	arity := len(k.args)
	if strings.HasPrefix(kind, "defmacro") {
		macro := a.res.Macro(c.env.Module, k.name, arity)
		if macro.IsNil() {
			a.fail(c, "cannot invoke macro %s/%d before its definition", k.name, arity)
		}
		return a.expr(a.expand(macro, k, c), c)
	}
	if f := a.res.Function(c.env.Module, k.name, arity); c.guard && !f.Obj().(lang.VarInfo).GuardSafe() {
		a.fail(c, "cannot find or invoke local %s/%d inside guards. Only macros can be invoked in a guards and they must be defined before their invocation. Called as: %s", k.name, arity, a.res.Text(k.form))
	}
	if c.env.Function == "" {
		a.fail(c, "undefined function %s/%d (there is no such import)", k.name, arity)
	}
	return &compile.Call{Fn: a.localFunction(kind, k.name, arity, c), Args: a.exprs(k.args, c), Tail: true, Pos: c.pos}
}

// localFunction gives the node of a function of the module: the one that is
// being compiled by itself, any other by its var.
func (a *analyser) localFunction(kind, name string, arity int, c *ctx) compile.Node {
	if f := a.fn; f != nil && f.varName == VarName(kind, name, arity) {
		return a.ref(f.self)
	}
	return &compile.VarRef{Var: a.res.Function(c.env.Module, VarName(kind, name, arity), arity), Pos: c.pos}
}

// VarName gives the name of the var in which a module keeps a definition:
// public functions of one name are one var, private ones and macros, which
// nobody else calls, have the number of their arguments in the name.
func VarName(kind, name string, arity int) string {
	switch kind {
	case "defp":
		return name + "/" + strconv.Itoa(arity)
	case "defmacro", "defmacrop":
		return "MACRO-" + name
	}
	return name
}

// expand gives the expansion of a macro call, or stops the analysis until it is known.
func (a *analyser) expand(macro lang.Value, k call, c *ctx) lang.Value {
	if a.expanded < len(a.expansions) {
		a.expanded++
		return a.expansions[a.expanded-1]
	}
	args := append([]lang.Value{c.env.Struct(c.pos.Line)}, k.args...)
	panic(wanted{macro, args})
}

// moduleCall calls a function or a macro of a module, by its name alone if it
// is imported.
func (a *analyser) moduleCall(module string, k call, imported bool, c *ctx) compile.Node {
	if macro := a.res.Macro(module, k.name, len(k.args)); !macro.IsNil() && (imported || c.env.requires(module)) {
		return a.expr(a.expand(macro, k, c), c)
	}
	if module == "Elixir.Kernel" || module == "erlang" {
		if n := a.operator(k, c); n != nil {
			return n
		}
	}
	f := a.res.Function(module, k.name, len(k.args))
	if c.guard && !f.Obj().(lang.VarInfo).GuardSafe() && !guardFunctions[k.name] {
		a.fail(c, "cannot invoke remote function %s.%s/%d inside guards", moduleText(module), k.name, len(k.args))
	}
	return &compile.Call{Fn: &compile.VarRef{Var: f, Pos: c.pos}, Args: a.exprs(k.args, c), Tail: true, Pos: c.pos}
}

// guardFunctions are those that guards may call though they look at the process.
var guardFunctions = map[string]bool{"self": true, "node": true}

// callValue calls a function value: f.(args).
func (a *analyser) callValue(f lang.Value, args []lang.Value, c *ctx) compile.Node {
	nodes := a.exprs(append([]lang.Value{f}, args...), c)
	return &compile.Call{Fn: nodes[0], Args: nodes[1:], Tail: true, Pos: c.pos}
}

// remoteCall analyses left.name(args).
func (a *analyser) remoteCall(left, right, meta lang.Value, args []lang.Value, c *ctx) compile.Node {
	if braces, ok := isCall(right, "{}", -1); ok { // Foo.{Bar, Baz}, in an alias only
		a.fail(c, "unexpected %s.{%d modules} outside of alias, import, require and use", a.res.Text(left), len(braces))
	}
	name, ok := lang.AtomName(right)
	if !ok {
		a.fail(c, "invalid call: the name behind the dot is %s", a.res.Text(right))
	}
	k := call{name: name, meta: meta, args: args}
	if module, ok := a.module(left, c); ok {
		return a.static(module, k, c)
	}
	if len(args) == 0 {
		target := a.expr(left, c)
		if c.guard {
			return a.helper("guard_field", c, target, atom(name))
		}
		_, bare := metaGet(meta, "no_parens")
		return a.helper("field", c, target, atom(name), constant(lang.Bool(bare)))
	}
	nodes := a.exprs(append([]lang.Value{left}, args...), c)
	return a.helper("call_module", c, append([]compile.Node{nodes[0], atom(name)}, nodes[1:]...)...)
}

// static calls a function or macro of a module that is known by name.
func (a *analyser) static(module string, k call, c *ctx) compile.Node {
	if module == "Elixir.Kernel" {
		if f := kernelMacros[k.name]; f != nil {
			if n := f(a, k, c); n != nil {
				return n
			}
		}
	}
	if f := moduleMacros[module+"."+k.name]; f != nil {
		if n := f(a, k, c); n != nil {
			return n
		}
	}
	return a.moduleCall(module, k, false, c)
}

// operators are the functions of Kernel that are operations of the machine.
var operators = map[string]string{
	"+": "add", "-": "sub", "*": "mul", "div": "quot", "rem": "rem", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
	"==": "eq", "!=": "noteq", "is_nil": "nil",
}

// operator analyses a call that is an operation, nil if it is none.
func (a *analyser) operator(k call, c *ctx) compile.Node {
	name := operators[k.name]
	if name == "" {
		return nil
	}
	if len(k.args) == 1 && name == "add" {
		return a.helper("plus", c, a.expr(k.args[0], c))
	}
	if len(k.args) == 1 && name == "sub" {
		if n := k.args[0]; n.IsInt() && n.AsInt() != -1<<63 {
			return constant(lang.Int(-n.AsInt()))
		} else if n.IsFloat() {
			return constant(lang.Float(-n.AsFloat()))
		}
		return a.helper("minus", c, a.expr(k.args[0], c))
	}
	if (len(k.args) == 1) != (name == "nil") {
		return nil
	}
	if len(k.args) > 2 {
		return nil
	}
	n, _ := compile.Inline(name, a.exprs(k.args, c), c.pos)
	return n
}
