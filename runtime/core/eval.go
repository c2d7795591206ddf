package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/runtime"
)

// Evaluation runs in the process that asks for it: the compiler hands over
// each macro call, the process makes it as an ordinary frame, and the
// compiler goes on with the expansion. Its states are immutable (compile.Step,
// a copy of a reader), so an evaluation can be checkpointed half way.

// EvalNative is clojure.core/eval: (eval form).
var EvalNative = &lang.Native{
	Name: "clojure.core/eval", Min: 1, Max: 1, Args: "[form]",
	Doc: "Compiles form in the current namespace and runs it. (eval '(+ 1 2)) ;=> 3",
}

// Eval evaluates a form; a native returns what it returns.
func Eval(p *runtime.Process, form lang.Value) lang.Value { return EvalAt(p, form, lang.Pos{}) }

// EvalAt is Eval for a form that was read at pos.
func EvalAt(p *runtime.Process, form lang.Value, pos lang.Pos) lang.Value {
	return drive(p, compile.StartAt(form, resolverOf(p), pos))
}

// unready gives what must be realised before the compiler, which can't force,
// may see form: form itself, or metadata within it; nil if it may.
func unready(form lang.Value) lang.Value {
	if lang.Unrealised(form) != nil {
		return form
	}
	return lazyMeta(form)
}

// lazyMeta gives a vector of the metadata within a realised form, at any
// depth, that hold unrealised cells; nil if there are none.
func lazyMeta(form lang.Value) lang.Value {
	var lazy []lang.Value
	todo := []lang.Value{form}
	push := func(v lang.Value) bool { todo = append(todo, v); return true }
	for len(todo) > 0 {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if m := lang.MetaOf(v); m != nil {
			if lang.Unrealised(lang.Obj(m)) != nil {
				lazy = append(lazy, lang.Obj(m))
			} else {
				push(lang.Obj(m))
			}
		}
		switch {
		case !lang.IsCompound(v) || is[*lang.Range](v) || is[*lang.Repeat](v):
		case is[*lang.LazySeq](v) || is[lang.Seq](v):
			lang.Iterate(v, push)
		default:
			lang.Elements(v, push)
		}
	}
	if lazy == nil {
		return lang.Nil
	}
	return lang.Vec(lazy...)
}

// checkMacroArity raises if a macro does not take as many arguments as its
// form has; &form and &env, which the program does not see, are not counted.
func checkMacroArity(s compile.Step) {
	name, fits := "", true
	switch m := s.Macro.Obj().(type) {
	case *lang.Closure:
		name, fits = m.Fn.Name, m.Fn.Select(len(s.Args)) != nil
	case *lang.Native:
		name, fits = m.Name, m.Takes(len(s.Args))
	}
	if !fits {
		panic(s.Failed(lang.NewException(lang.ArityException, "Wrong number of args (%d) passed to: %s", len(s.Args)-2, name)))
	}
}

// drive does what the compiler wants next.
func drive(p *runtime.Process, s compile.Step) lang.Value {
	switch s.Kind {
	case compile.Expand:
		checkMacroArity(s)
		return p.Call(expanded, s, s.Macro, s.Args...)
	case compile.Forms:
		return evalForms(p, s.Forms)
	}
	return p.TailCall(lang.Obj(&lang.Closure{Fn: s.Fn}))
}

var (
	expanded      = &runtime.Kont{Name: "macroexpand"}
	expandedReady = &runtime.Kont{Name: "macroexpand"}
	evalReady     = &runtime.Kont{Name: "eval"}
	nextForm      = &runtime.Kont{Name: "eval"}
)

// expansion is what a macro made, while its lazy parts are being realised.
type expansion struct {
	step compile.Step
	form lang.Value
}

func init() { // these call each other through the machine
	EvalNative.Run = func(p *runtime.Process, args []lang.Value) lang.Value { return evalReady.Return(p, args[0], lang.Nil) }
	evalReady.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		form := state.(lang.Value)
		if lazy := unready(form); !lazy.IsNil() {
			return p.Call(evalReady, form, lang.Obj(runtime.RealiseNative), lazy)
		}
		return Eval(p, form)
	}
	expanded.Return = func(p *runtime.Process, state any, form lang.Value) lang.Value {
		return expandedReady.Return(p, expansion{state.(compile.Step), form}, lang.Nil)
	}
	expanded.Raise = func(_ *runtime.Process, state any, e *lang.Exception) (lang.Value, bool) {
		panic(state.(compile.Step).Failed(e))
	}
	expandedReady.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		e := state.(expansion)
		if lazy := unready(e.form); !lazy.IsNil() {
			return p.Call(expandedReady, e, lang.Obj(runtime.RealiseNative), lazy)
		}
		return drive(p, e.step.Resume(e.form))
	}
	nextForm.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		return evalForms(p, state.([]lang.Value))
	}
}

// evalForms evaluates the forms of a top-level do one by one.
func evalForms(p *runtime.Process, forms []lang.Value) lang.Value {
	switch len(forms) {
	case 0:
		return lang.Nil
	case 1:
		return Eval(p, forms[0])
	}
	return p.Call(nextForm, forms[1:], lang.Obj(EvalNative), forms[0])
}

// Load reads the forms of a source and evaluates each before the next is
// read, with *ns* and *file* bound, so that a change of namespace ends with the source.
// A native returns what Load returns: the value of the last form.
func Load(p *runtime.Process, src *lang.Source) lang.Value {
	saved := p.Bindings
	if ns := CurrentNS(p); ns != nil {
		p.PushBinding(p.W.NSVar, lang.Obj(ns))
	}
	p.PushBinding(coreVar(p, "*file*"), lang.Str(src.Name))
	return p.Call(loaded, saved, lang.Obj(loadNative), lang.Obj(clojure.New(src, resolverOf(p))))
}

var loaded = &runtime.Kont{
	Name: "load",
	Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
		p.Bindings = state.(*runtime.Bindings)
		return v
	},
	Raise: func(p *runtime.Process, state any, _ *lang.Exception) (lang.Value, bool) {
		p.Bindings = state.(*runtime.Bindings)
		return lang.Nil, false
	},
}

// loadNative reads a form with a copy of the reader that is its argument,
// evaluates it, and goes on with the copy.
var loadNative *lang.Native

var loadNext = &runtime.Kont{Name: "load"}

// readSoFar is a reader that stands behind a form, and what that form gave.
type readSoFar struct{ r *clojure.Reader }

func init() {
	loadNative = &lang.Native{Name: "clojure.core/load-forms", Min: 1, Max: 1,
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return loadFrom(p, args[0].Obj().(*clojure.Reader), lang.Nil)
		}}
	loadNext.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		return loadFrom(p, state.(readSoFar).r, v)
	}
}

func loadFrom(p *runtime.Process, r *clojure.Reader, last lang.Value) lang.Value {
	next := *r
	form, ok, err := next.Read()
	switch {
	case err != nil:
		panic(readError(err))
	case !ok:
		return last
	}
	return p.Call(loadNext, readSoFar{&next}, lang.Obj(EvalNative), form)
}

// readError makes the exception of an error of the reader.
func readError(err error) *lang.Exception {
	e := lang.NewException(lang.ReaderException, "%s", err.Error())
	if re, ok := err.(*clojure.Error); ok {
		e.Msg, e.Pos = lang.Str(re.Msg), re.Pos
	}
	return e
}

// loadDef is the world's Loader: it reads a definition of a library, compiles
// and runs it, and gives the var its root.
func loadDef(w *runtime.World, v *runtime.Var, d runtime.Def) {
	src := &lang.Source{Name: d.Src.Name, Library: true, Text: d.Text}
	r := clojure.New(src, &resolver{w: w, ns: v.NS, loading: v})
	for {
		form, ok, err := r.Read()
		if err != nil {
			panic(readError(err))
		}
		if !ok {
			return
		}
		if _, e := w.Private(lang.Obj(v.NS), lang.Obj(evalLibrary), form, lang.Obj(v)); e != nil {
			panic(e)
		}
	}
}

// evalLibrary evaluates a form of the library on behalf of a var of it.
var evalLibrary = &lang.Native{Name: "clojure.core/eval-library", Min: 2, Max: 2,
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		v := args[1].Obj().(*runtime.Var)
		return drive(p, compile.Start(args[0], &resolver{w: p.W, p: p, ns: v.NS, loading: v}))
	}}
