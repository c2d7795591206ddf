package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// Evaluation runs in the process that asks for it, as in package core: the
// compiler hands over each macro call, the process makes it as an ordinary
// frame, and the compiler goes on with the expansion. Its states are
// immutable, so an evaluation can be checkpointed half way.

// EvalNative evaluates a quoted form: (form, env) gives {value, env}, where an
// env is the object in which NewEnv's result is.
var EvalNative = &lang.Native{Name: "conc.elixir/eval", Min: 2, Max: 2, Args: "form, env",
	Doc: "Evaluates a quoted form in an environment: {value, environment behind it}."}

// Eval evaluates a form; a native returns what Eval returns. The result is
// {value, env}.
func Eval(p *runtime.Process, form lang.Value, env *elixir.Env) lang.Value {
	return evalThen(p, []lang.Value{form}, env, resultKont, nil)
}

// EnvOf gives the environment in a result of Eval.
func EnvOf(v lang.Value) *elixir.Env {
	e, _ := v.Obj().(*elixir.Env)
	return e
}

// outcome is what an evaluation came to, for the frame that asked for it.
type outcome struct {
	val lang.Value
	env *elixir.Env
}

var resultKont = &runtime.Kont{Name: "eval", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	o := v.Obj().(*outcome)
	return lang.Vec(o.val, lang.Obj(o.env))
}}

// frame is a frame that waits for something, with its state.
type frame struct {
	kont  *runtime.Kont
	state any
}

func (f frame) get(p *runtime.Process, x any) lang.Value {
	return f.kont.Return(p, f.state, lang.Obj(x))
}

// compiling waits for the expansion of a macro.
type compiling struct {
	step elixir.Step
	then frame // gets a *elixir.Step that expects no expansion any more
}

var (
	expandKont   = &runtime.Kont{Name: "macroexpand"}
	realisedKont = &runtime.Kont{Name: "macroexpand"}
)

// expansion is what a macro made, while its lazy parts are being realised.
type expansion struct {
	compiling
	form lang.Value
}

func init() { // these call each other through the machine
	EvalNative.Run = func(p *runtime.Process, args []lang.Value) lang.Value {
		return Eval(p, args[0], EnvOf(args[1]))
	}
	expandKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		c := state.(compiling)
		if lang.Unrealised(v) != nil {
			return p.Call(realisedKont, expansion{c, v}, lang.Obj(runtime.RealiseNative), v)
		}
		return compileThen(p, c.step.Resume(v), c.then)
	}
	realisedKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		e := state.(expansion)
		return compileThen(p, e.step.Resume(e.form), e.then)
	}
	compiledKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		e, step := state.(evaluating), v.Obj().(*elixir.Step)
		if step.Kind == elixir.Forms {
			e.forms = append(append([]lang.Value{}, step.Forms...), e.forms...)
			return e.next(p)
		}
		return p.Call(ranKont, ran{e, step}, lang.Obj(&lang.Closure{Fn: step.Fn}))
	}
	ranKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		r := state.(ran)
		return r.finish(p, v)
	}
}

// compileThen does what the compiler wants until it wants no expansion, and
// then goes on with the step.
func compileThen(p *runtime.Process, s elixir.Step, then frame) lang.Value {
	if s.Kind == elixir.Expand {
		return p.Call(expandKont, compiling{s, then}, s.Macro, s.Args...)
	}
	return then.get(p, &s)
}

// evaluating is an evaluation of forms one after the other: those that are
// left, the environment so far, and who gets the *outcome.
type evaluating struct {
	forms []lang.Value
	env   *elixir.Env
	val   lang.Value
	then  frame
}

// ran waits for the value of a compiled form.
type ran struct {
	evaluating
	step *elixir.Step
}

var (
	compiledKont = &runtime.Kont{Name: "eval"}
	ranKont      = &runtime.Kont{Name: "eval"}
)

// evalThen evaluates forms in turn; then gets the *outcome of the last.
func evalThen(p *runtime.Process, forms []lang.Value, env *elixir.Env, k *runtime.Kont, state any) lang.Value {
	return evaluating{forms: forms, env: env, then: frame{k, state}}.next(p)
}

func (e evaluating) next(p *runtime.Process) lang.Value {
	if len(e.forms) == 0 {
		return e.then.get(p, &outcome{e.val, e.env})
	}
	form := e.forms[0]
	e.forms = e.forms[1:]
	return compileThen(p, elixir.Start(form, e.env, resolverOf(p)), frame{compiledKont, e})
}

// finish notes what a form has bound.
func (r ran) finish(p *runtime.Process, v lang.Value) lang.Value {
	e := r.evaluating
	e.val, e.env = v, r.step.Env
	if len(r.step.Names) > 0 {
		t := v.Obj().(*lang.Vector)
		e.val = t.Nth(0)
		for i, key := range r.step.Names {
			e.env = bindVariable(p, e.env, key, t.Nth(i+1))
		}
	}
	return e.next(p)
}

// bindVariable binds a variable for what follows: at the top level, as a var
// of the namespace user.
func bindVariable(p *runtime.Process, env *elixir.Env, key string, v lang.Value) *elixir.Env {
	if !env.Top || strings.Contains(key, "\x00") {
		return env.Bind(key, v)
	}
	ns := p.W.NS("user")
	ns.Intern(p.W, key).Bind(p, v)
	return env
}
