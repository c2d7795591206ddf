package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// A program can give its types ways of their own to be printed: methods of
// print-method, and of print-dup for *print-dup*. As long as it has given none,
// printing asks no multimethod.

var customNatives = []*lang.Native{
	{Name: "clojure.core/print-multifn*", Min: 2, Max: 2, Args: "[name dispatch-fn]", Doc: "Makes the multimethod print-method or print-dup, which printing asks from then on.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			m := newMultiFn(p, []lang.Value{args[0], args[1], lang.K("default"), lang.Nil})
			p.W.Library[printKey(text(args[0]))] = m
			return m
		}},
	{Name: "clojure.core/print-default", Min: 2, Max: 2, Args: "[x writer]", Doc: "Writes x as pr does.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s := &printing{pr: printer(p, true), out: args[1]}
			s.pr.Then(args[0])
			return s.on(p)
		}},
	{Name: "clojure.core/print-simple", Min: 2, Max: 2, Deep: arg0, Args: "[o w]", Doc: "Writes o to w as str shows it.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return p.Perform(writing(p, args[1], lang.String(args[0])))
		}},
}

// printKey is under what a world keeps the multimethod print-method or print-dup.
type printKey string

// customPrinting gives what finds the program's own way to print a value: by
// its method of print-method, or as what it is a collection of.
func customPrinting(p *runtime.Process, readably bool) func(lang.Value) *lang.LazySeq {
	m, usual := printMethods(p)
	return func(x lang.Value) *lang.LazySeq {
		f := lang.Nil
		if m != nil {
			f = m.find(printClass(x))
		}
		if f.IsNil() || lang.Identical(f, usual) {
			own, ok := x.Obj().(*Instance)
			if !ok || !lang.IsA(own.class, lang.CollClass) || own.Method("seq").IsNil() {
				return nil
			}
			f = lang.Obj(coreVar(p, "print-own"))
		}
		return &lang.LazySeq{Thunk: lang.Obj(&customText{f, x, readably})}
	}
}

// printMethods gives the multimethod that printing asks, nil if the program
// has given it no method, and the method for all that have none of their own.
func printMethods(p *runtime.Process) (m *MultiFn, usual lang.Value) {
	key := printKey("print-method")
	if dynamic(p, "*print-dup*").Truthy() {
		key = "print-dup"
	}
	v, ok := p.W.Library[key].(lang.Value)
	if !ok || multiFnOf(v).methods.Len() < 2 {
		return nil, lang.Nil
	}
	m = multiFnOf(v)
	usual, _ = m.methods.Get(m.fallback)
	return m, usual
}

// printClass is what print-method dispatches on: a keyword :type of the
// metadata, or the class.
func printClass(x lang.Value) lang.Value {
	if m := lang.MetaOf(x); m != nil {
		if t, _ := m.Get(lang.K("type")); t.IsKeyword() {
			return t
		}
	}
	if x.IsNil() {
		return lang.Nil
	}
	return lang.Obj(lang.ClassOf(x))
}

// customText is the thunk that has a method print x, and gives the text.
type customText struct {
	f, x     lang.Value
	readably bool
}

// customState is a method that prints, and the bindings that were in force.
type customState struct {
	buf      *Buffer
	bindings *runtime.Bindings
}

var customKont = &runtime.Kont{
	Name: "print-method",
	Return: func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		s := state.(customState)
		p.Bindings = s.bindings
		return lang.ListOf(lang.Str(s.buf.Text()))
	},
	Raise: func(p *runtime.Process, state any, _ *lang.Exception) (lang.Value, bool) {
		p.Bindings = state.(customState).bindings
		return lang.Nil, false
	},
}

// Invoke calls the method with a writer.
func (c *customText) Invoke(p *runtime.Process, _ []lang.Value) lang.Value {
	s := customState{&Buffer{id: p.NewID(), class: stringWriterClass}, p.Bindings}
	if !c.readably {
		p.PushBinding(coreVar(p, "*print-readably*"), lang.Nil)
	}
	return p.Call(customKont, s, c.f, c.x, lang.Obj(s.buf))
}
