package elixir

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// Expansion begins to expand a form as Macro.expand does, or once, as
// Macro.expand_once: a call of a macro, a name of a module, __MODULE__ and
// pipelines. The step that wants no expansion any more has the form in Forms.
// The macros of Kernel that this package analyses by itself stay as they are.
func Expansion(form lang.Value, env *Env, res Resolver, once bool) Step {
	j := &job{res: res, build: func(a *analyser) (*compile.Fn, Step) {
		next, ok := a.expandForm(form, env)
		for ok && !once {
			next, ok = a.expandForm(next, env)
		}
		return nil, Step{Kind: Forms, Forms: []lang.Value{next}, Env: env}
	}}
	return j.run(nil)
}

// expandForm expands a form once, if there is something to expand.
func (a *analyser) expandForm(form lang.Value, env *Env) (lang.Value, bool) {
	c := &ctx{env: env, block: &block{}}
	c.at(form)
	if v, ok := asVariable(form); ok {
		switch v.name {
		case "__MODULE__":
			return env.moduleValue(), true
		case "__ENV__":
			return env.Struct(c.pos.Line), true
		}
		return form, false
	}
	k, ok := asCall(form)
	switch {
	case ok && k.name == "__aliases__":
		if m, isModule := a.module(form, c); isModule {
			return lang.K(m), true
		}
		return form, false
	case ok && k.name == "|>" && len(k.args) == 2:
		return a.piped(k.args[0], k.args[1], c), true
	}
	return a.expandOnce(form, c)
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
	if !isName || !isModule || !c.env.requires(module) {
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
