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
