package session

import (
	"errors"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// clojureNotation is the Clojure notation, as clojure.main's prompt has it.
type clojureNotation struct{ s *Session }

// ID gives ClojureNotation.
func (*clojureNotation) ID() lang.Notation { return lang.ClojureNotation }

// Reader reads the forms of a text as they are in the shell's namespace.
func (c *clojureNotation) Reader(src *lang.Source) Reader {
	return clojure.New(src, core.NewResolver(c.s.World.Shell))
}

// Typed reads an entry, whose forms are evaluated one by one.
func (c *clojureNotation) Typed(entry string) Reader {
	return c.Reader(&lang.Source{Name: "REPL", Text: entry})
}

// Prompt gives the namespace.
func (c *clojureNotation) Prompt(further bool) string {
	name := c.s.NS()
	if further {
		return strings.Repeat(" ", max(0, len(name)-2)) + "#_=> "
	}
	return name + "=> "
}

// Block gives a do, whose forms are compiled one by one.
func (*clojureNotation) Block(forms []lang.Value) lang.Value {
	if len(forms) == 1 {
		return forms[0]
	}
	return lang.ListOf(append([]lang.Value{lang.Sym("do")}, forms...)...)
}

// Eval has the shell process evaluate a form.
func (c *clojureNotation) Eval(form lang.Value) { c.s.Call(lang.Obj(core.EvalNative), form) }

// EvalCall gives a call of eval, with a let around the form.
func (*clojureNotation) EvalCall(form lang.Value, locals []runtime.Local) (lang.Value, []lang.Value, func(lang.Value) lang.Value) {
	if len(locals) > 0 {
		var binds []lang.Value
		for _, l := range locals {
			binds = append(binds, lang.Sym(l.Name), lang.ListOf(lang.Sym("quote"), l.Value))
		}
		form = lang.ListOf(lang.Sym("let*"), lang.Vec(binds...), form)
	}
	return lang.Obj(core.EvalNative), []lang.Value{form}, func(v lang.Value) lang.Value { return v }
}

// Matcher reads PATTERN, or PATTERN :when GUARD, as a clause of receive has it.
func (c *clojureNotation) Matcher(pattern string) (lang.Value, error) {
	src := &lang.Source{Name: "REPL", Text: pattern}
	forms, err := readAll(c.Reader(src))
	switch {
	case err != nil:
		return lang.Nil, errors.New(strings.TrimSuffix(c.Syntax(err), "\n"))
	case len(forms) == 1:
		forms = append(forms, lang.True)
	case len(forms) == 3 && lang.Identical(forms[1], lang.K("when")):
		forms = []lang.Value{forms[0], forms[2]}
	default:
		return lang.Nil, errors.New("it is one pattern, or PATTERN :when GUARD")
	}
	message := lang.Sym("message__")
	yes := listAt(lang.Pos{Src: src, Line: 1, Col: 1}, forms[0], forms[1], lang.True)
	no := lang.ListOf(lang.Sym("_"), lang.True, lang.False)
	return lang.ListOf(lang.Sym("fn*"), lang.Vec(message), lang.ListOf(lang.Sym("match*"), message, yes, no)), nil
}

// listAt makes a list that errors find at a place.
func listAt(at lang.Pos, items ...lang.Value) lang.Value {
	l := lang.NewList(items)
	l.Pos = at
	return lang.Obj(l)
}

// readAll reads the forms that are left.
func readAll(r Reader) (forms []lang.Value, err error) {
	for {
		form, ok, err := r.Read()
		if err != nil || !ok {
			return forms, err
		}
		forms = append(forms, form)
	}
}

// Value gives what the shell process came to.
func (c *clojureNotation) Value() (lang.Value, *lang.Exception) { return c.s.Result() }

// Print prints readably. Printing runs the lazy parts of v. Clojure's prompt
// knows no colours: what is printed has them as text that is typed has.
func (c *clojureNotation) Print(v lang.Value, _ bool) { c.s.Call(lang.Obj(c.s.Var("prn")), v) }

// Remember keeps a result in *1, *2 and *3.
func (c *clojureNotation) Remember(v lang.Value) {
	s := c.s
	s.NameChannel(v)
	p := s.World.Shell
	p.Bindings = s.base
	s.set("*3", s.Var("*2").Get(p))
	s.set("*2", s.Var("*1").Get(p))
	s.set("*1", v)
}

// Fail keeps an error in *e.
func (c *clojureNotation) Fail(e *lang.Exception) {
	c.s.World.Shell.Bindings = c.s.base
	c.s.set("*e", lang.Obj(e))
}

// Exit gives the reason.
func (*clojureNotation) Exit(reason lang.Value) string { return lang.PrString(reason) }
