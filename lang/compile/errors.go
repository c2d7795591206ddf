package compile

import (
	"fmt"

	"github.com/conc-repl/conc-repl/lang"
)

// compilerException is the class of what the compiler raises.
const compilerException = "clojure.lang.Compiler$CompilerException"

// fail raises a CompilerException at the place of e. The message is Clojure's
// own; the place is the exception's.
func (a *analyser) fail(e *env, format string, args ...any) {
	a.failData(e, compilerException, lang.EmptyMap, fmt.Sprintf(format, args...))
}

// failClass is fail for an exception of another class.
func (a *analyser) failClass(e *env, class, format string, args ...any) {
	a.failData(e, class, lang.EmptyMap, fmt.Sprintf(format, args...))
}

// failNear is fail for an unknown symbol; names near to it go into the data of
// the exception, under :suggest.
func (a *analyser) failNear(e *env, s *lang.Symbol, format string, args ...any) {
	data := lang.EmptyMap
	if near := a.res.Suggest(s); len(near) > 0 {
		vs := make([]lang.Value, len(near))
		for i, n := range near {
			vs[i] = lang.Str(n)
		}
		data = data.Assoc(lang.K("suggest"), lang.Vec(vs...))
	}
	a.failData(e, compilerException, data, fmt.Sprintf(format, args...))
}

// failData raises with data.
func (a *analyser) failData(e *env, class string, data *lang.Map, msg string) {
	c, ok := lang.ClassByName(class)
	if !ok {
		c = lang.RuntimeException
	}
	panic(&lang.Exception{Class: c, Msg: lang.Str(msg), Data: located(data, "compile-syntax-check", e.head, e.pos), Pos: e.pos})
}

// located adds phase, symbol (unless empty) and place of an error to its data,
// under the names that Clojure has for them.
func located(data *lang.Map, phase, symbol string, pos lang.Pos) lang.Value {
	add := func(name string, v lang.Value) {
		data = data.Assoc(lang.Kw(lang.InternKeyword("clojure.error", name)), v)
	}
	add("phase", lang.K(phase))
	if symbol != "" {
		add("symbol", lang.Sym(symbol))
	}
	if pos.IsValid() {
		add("line", lang.Int(int64(pos.Line)))
		add("column", lang.Int(int64(pos.Col)))
	}
	return lang.Obj(data)
}

// specified are the macros of whose forms Clojure has a spec: it names them in
// full where a form is wrong.
var specified = map[string]bool{"let": true, "if-let": true, "when-let": true, "defn": true, "defn-": true, "fn": true}

// expansionError makes the error of a macro that raised e for a form at pos, as
// Clojure's compiler does. What is no Exception stays as it is.
func expansionError(e *lang.Exception, form lang.Value, pos lang.Pos) *lang.Exception {
	if e.Kind != lang.KindError || e.Class == lang.CompilerException || e.Class == lang.InterruptedException || !lang.IsA(e.Class, lang.ExceptionClass) {
		return e
	}
	phase := "macroexpansion"
	for _, c := range []*lang.Class{lang.IllegalArgumentException, lang.IllegalStateException, lang.ExceptionInfo} {
		if lang.IsA(e.Class, c) {
			phase = "macro-syntax-check"
		}
	}
	symbol := ""
	if s, ok := lang.First(form).AsSymbol(); ok {
		symbol = s.String()
		if s.NS == "" && specified[s.Name] {
			symbol = "clojure.core/" + s.Name
		}
	}
	pos = posOf(form, pos)
	return &lang.Exception{Class: lang.CompilerException, Msg: lang.Str(e.Message()), Data: located(lang.EmptyMap, phase, symbol, pos), Pos: pos, Cause: e, Trace: e.Trace}
}
