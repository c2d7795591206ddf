package core

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/runtime"
)

var macroNatives = []*lang.Native{
	{Name: "clojure.core/macroexpand-1", Min: 1, Max: 1, Deep: arg0, Args: "[form]", Run: expandOnce, Doc: "What form becomes if its macro is called once; form itself if it is no macro call. (macroexpand-1 '(when a b)) ;=> (if a (do b))"},
	{Name: "clojure.core/macroexpand", Min: 1, Max: 1, Deep: arg0, Args: "[form]", Doc: "What form becomes once it is no macro call any more.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return expandFully(p, args[0]) }},
	{Name: "clojure.core/special-symbol?", Min: 1, Max: 1, Args: "[s]", Doc: "Whether s names a special form. (special-symbol? 'if) ;=> true",
		Pure: holds(func(v lang.Value) bool {
			s, ok := v.AsSymbol()
			return ok && s.NS == "" && compile.IsSpecial(s.Name)
		})},
	{Name: "clojure.core/source-text", Min: 1, Max: 1, Args: "[sym]", Doc: "The text of the definition of what sym names, nil if it is not known.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			v, ok := resolveIn(p, CurrentNS(p), args[0]).Obj().(*runtime.Var)
			if !ok {
				return lang.Nil
			}
			return orNil(SourceText(v))
		}},
}

// macroCall gives the macro that a form calls, with the arguments for it:
// the form, an empty environment, and what stands in the form.
func macroCall(p *runtime.Process, form lang.Value) (macro lang.Value, args []lang.Value, ok bool) {
	if !isSeq(form) {
		return lang.Nil, nil, false
	}
	parts := elements(form)
	if len(parts) == 0 {
		return lang.Nil, nil, false
	}
	s, ok := parts[0].AsSymbol()
	if !ok || s.NS == "" && compile.IsSpecial(s.Name) {
		return lang.Nil, nil, false
	}
	v, ok := resolveIn(p, CurrentNS(p), parts[0]).Obj().(*runtime.Var)
	if !ok {
		return lang.Nil, nil, false
	}
	macro, ok = v.MacroFn()
	return macro, append([]lang.Value{form, lang.Nil}, parts[1:]...), ok
}

func expandOnce(p *runtime.Process, args []lang.Value) lang.Value {
	macro, margs, ok := macroCall(p, args[0])
	if !ok {
		return hostForm(p, args[0])
	}
	return p.TailCall(macro, margs...)
}

// hostForm gives the call of a host member in its long form: (.m x) as
// (. x m), (C. x) as (new C x). Other forms stay as they are.
func hostForm(p *runtime.Process, form lang.Value) lang.Value {
	if !isSeq(form) {
		return form
	}
	parts := elements(form)
	if len(parts) == 0 || !parts[0].IsSymbol() {
		return form
	}
	name := nameOf(parts[0])
	switch {
	case spaceOf(parts[0]) != "" || name == ".." || name == ".":
		return form
	case strings.HasPrefix(name, ".") && len(parts) > 1:
		return lang.ListOf(append([]lang.Value{lang.Sym("."), parts[1], lang.Sym(name[1:])}, parts[2:]...)...)
	case strings.HasSuffix(name, "."):
		return lang.ListOf(append([]lang.Value{lang.Sym("new"), lang.Sym(name[:len(name)-1])}, parts[1:]...)...)
	}
	return form
}

var expandKont = &runtime.Kont{Name: "macroexpand"}

// realisedForm is an expansion whose lazy parts are being realised.
type realisedForm struct{ form lang.Value }

func init() {
	expandKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		if r, ok := state.(realisedForm); ok {
			v = r.form
		} else if lang.Unrealised(v) != nil {
			return p.Call(expandKont, realisedForm{v}, realiseFn, v)
		}
		return expandFully(p, v)
	}
}

func expandFully(p *runtime.Process, form lang.Value) lang.Value {
	macro, args, ok := macroCall(p, form)
	if !ok {
		return hostForm(p, form)
	}
	return p.Call(expandKont, nil, macro, args...)
}

// SourceText gives the text of a var's definition, "" if it is not known: a
// definition of the library, or the top-level form in which its function stands.
func SourceText(v *runtime.Var) string {
	if l := v.NS.Library; l != nil {
		if d, ok := l.Def(v.Name); ok {
			return strings.TrimSpace(d.Text)
		}
	}
	c, ok := v.Root().Obj().(*lang.Closure)
	if !ok || c.Fn.Pos.Src == nil {
		return ""
	}
	src := c.Fn.Pos.Src
	r := clojure.New(src, nil)
	for from := 0; ; from = r.Offset() {
		if _, ok, err := r.Read(); err != nil || !ok {
			return ""
		}
		text := src.Text[from:r.Offset()]
		if line := strings.Count(src.Text[:r.Offset()], "\n") + 1; line >= int(c.Fn.Pos.Line) {
			return strings.TrimSpace(text)
		}
	}
}
