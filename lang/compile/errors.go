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
	raise(e.pos, class, data, msg)
}

// raise raises an exception of the compiler, whose data tell phase and place
// as those of Clojure's do.
func raise(pos lang.Pos, class string, data *lang.Map, msg string) {
	phase := lang.Kw(lang.InternKeyword("clojure.error", "phase"))
	data = data.Assoc(phase, lang.K("compile-syntax-check"))
	if pos.IsValid() {
		data = data.Assoc(lang.Kw(lang.InternKeyword("clojure.error", "line")), lang.Int(int64(pos.Line)))
		data = data.Assoc(lang.Kw(lang.InternKeyword("clojure.error", "column")), lang.Int(int64(pos.Col)))
	}
	c, ok := lang.ClassByName(class)
	if !ok {
		c, _ = lang.ClassByName("java.lang.RuntimeException")
	}
	panic(&lang.Exception{Class: c, Msg: lang.Str(msg), Data: lang.Obj(data), Pos: pos})
}
