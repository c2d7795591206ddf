package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

var (
	keyException = lang.K("__exception__")
	keyMessage   = lang.K("message")
)

// newStruct makes the struct of a module ("ArgumentError") with fields in
// turn: a name, and its value.
func newStruct(mod string, fields ...lang.Value) *lang.Map {
	return lang.NewErlangMap(append([]lang.Value{structKey, module(mod)}, fields...)...)
}

// exceptionOf makes the struct of one of our own exceptions, with given
// fields in place of the defaults.
func exceptionOf(mod string, fields ...lang.Value) lang.Value {
	m := exceptionModules[mod].empty(mod)
	for i := 0; i+1 < len(fields); i += 2 {
		m = m.Assoc(fields[i], fields[i+1])
	}
	return lang.Obj(m)
}

// Raise raises the exception of a module of ours that has a field message:
// Raise("ArgumentError", "...").
func Raise(mod, msg string) {
	lang.RaiseReason(exceptionOf(mod, keyMessage, lang.Str(msg)))
}

// argumentError raises an ArgumentError.
func argumentError(msg string) { Raise("ArgumentError", msg) }

var ordinals = [...]string{"1st", "2nd", "3rd", "4th", "5th"}

// badArg raises :badarg with what Erlang tells of argument number n, counted
// from 0: "not an integer".
func badArg(n int, problem string) {
	badArgBecause("errors were found at the given arguments:\n\n  * " + ordinals[n] + " argument: " + problem + "\n")
}

// badArgBecause raises :badarg with a message of its own.
func badArgBecause(msg string) {
	e := lang.NewReason(lang.KindError, lang.K("badarg"))
	e.Msg = lang.Str(msg)
	panic(e)
}

// badArith raises :badarith for an operator of :erlang.
func badArith(op string, args ...lang.Value) {
	lang.RaiseCall(lang.K("badarith"), lang.K("erlang"), op, args...)
}

// noClause raises the FunctionClauseError of a function.
func noClause(mod, fun string, args []lang.Value) {
	lang.RaiseCall(lang.K("function_clause"), module(mod), fun, args...)
}

// badMap raises BadMapError.
func badMap(v lang.Value) { lang.RaiseReason(lang.Vec(lang.K("badmap"), v)) }

// structName gives the module of a struct, "Foo" of %Foo{}, and whether v is one.
func structName(v lang.Value) (string, bool) {
	k, _ := structOf(v)
	if k == nil {
		return "", false
	}
	return strings.TrimPrefix(k.String(), "Elixir."), true
}

// field gives a field of a struct, nil if there is none.
func field(v lang.Value, name string) lang.Value {
	if m, ok := v.Obj().(*lang.Map); ok {
		return m.GetKw(lang.InternKeyword("", name))
	}
	return lang.Nil
}

// isException reports whether v is the struct of an exception.
func isException(v lang.Value) bool {
	_, ok := structName(v)
	return ok && field(v, "__exception__") == lang.True
}

// Struct gives an exception as Elixir's rescue sees it: the struct of an
// exception, whichever notation raised it. It is ErlangError.normalize, and
// the same for the classes of Clojure.
func Struct(e *lang.Exception) lang.Value {
	if e.Reason.IsNil() && e.Class != lang.ReasonError {
		return foreignStruct(e)
	}
	return normalize(e.Reason, e)
}

// Reason gives what `catch :error, reason` sees: for an error of Clojure's
// that Erlang has no reason for, its struct.
func Reason(e *lang.Exception) lang.Value {
	if !e.Reason.IsNil() || e.Class == lang.ReasonError {
		return e.Reason
	}
	if k := e.Class.CanonicalReason(); k != nil {
		return lang.Kw(k)
	}
	return foreignStruct(e)
}

// normalize makes an exception's struct of an Erlang reason. e, which may be
// nil, knows more of it: the call that failed, what was wrong with an argument.
func normalize(reason lang.Value, e *lang.Exception) lang.Value {
	if isException(reason) {
		return reason
	}
	if k, ok := reason.AsKeyword(); ok {
		if f := atomReasons[k.String()]; f != nil {
			return f(e)
		}
	}
	if t, ok := reason.Obj().(*lang.Vector); ok && t.Len() > 1 {
		if k, ok := t.Nth(0).AsKeyword(); ok {
			if r, ok := tupleReasons[k.String()]; ok && t.Len()-1 >= r.min && t.Len()-1 <= len(r.fields) {
				var fields []lang.Value
				for i := 1; i < t.Len(); i++ {
					fields = append(fields, lang.K(r.fields[i-1]), t.Nth(i))
				}
				return exceptionOf(r.mod, fields...)
			}
			if k.String() == "badarity" && t.Len() == 2 {
				if p, ok := t.Nth(1).Obj().(*lang.Vector); ok && p.Len() == 2 {
					return exceptionOf("BadArityError", lang.K("function"), p.Nth(0), lang.K("args"), p.Nth(1))
				}
			}
		}
	}
	return exceptionOf("ErlangError", lang.K("original"), reason)
}

// atomReasons gives the exceptions of reasons that are an atom.
var atomReasons = map[string]func(*lang.Exception) lang.Value{
	"badarith":     plain("ArithmeticError"),
	"system_limit": plain("SystemLimitError"),
	"cond_clause":  plain("CondClauseError"),
	"badarg": func(e *lang.Exception) lang.Value {
		if e != nil && e.Message() != ":badarg" && e.Message() != "" {
			return exceptionOf("ArgumentError", keyMessage, e.Msg)
		}
		return exceptionOf("ArgumentError")
	},
	"undef":           called("UndefinedFunctionError"),
	"function_clause": called("FunctionClauseError"),
}

func plain(mod string) func(*lang.Exception) lang.Value {
	return func(*lang.Exception) lang.Value { return exceptionOf(mod) }
}

// called is an exception that names the function that was called.
func called(mod string) func(*lang.Exception) lang.Value {
	return func(e *lang.Exception) lang.Value {
		if e == nil || e.Call == nil {
			return exceptionOf(mod)
		}
		return exceptionOf(mod, lang.K("module"), e.Call.Module, lang.K("function"), lang.K(e.Call.Function),
			lang.K("arity"), lang.Int(int64(len(e.Call.Args))))
	}
}

// tupleReasons gives the exceptions of reasons that are a tuple, and the
// fields that its elements behind the first become.
var tupleReasons = map[string]struct {
	mod    string
	min    int
	fields []string
}{
	"badfun":      {"BadFunctionError", 1, []string{"term"}},
	"badmatch":    {"MatchError", 1, []string{"term"}},
	"badmap":      {"BadMapError", 1, []string{"term"}},
	"badbool":     {"BadBooleanError", 2, []string{"operator", "term"}},
	"badkey":      {"KeyError", 1, []string{"key", "term"}},
	"badstruct":   {"BadStructError", 2, []string{"struct", "term"}},
	"case_clause": {"CaseClauseError", 1, []string{"term"}},
	"with_clause": {"WithClauseError", 1, []string{"term"}},
	"else_clause": {"WithClauseError", 1, []string{"term"}},
	"try_clause":  {"TryClauseError", 1, []string{"term"}},
}

// foreignStruct gives the struct of an exception that Clojure code raised.
func foreignStruct(e *lang.Exception) lang.Value {
	if lang.IsA(e.Class, lang.ExceptionInfo) {
		return exceptionOf("ExInfo", keyMessage, e.Msg, lang.K("data"), e.Data)
	}
	reason := e.Class.CanonicalReason()
	switch {
	case lang.IsA(e.Class, lang.ArithmeticException):
		return exceptionOf("ArithmeticError")
	case lang.IsA(e.Class, lang.VirtualMachineError):
		return exceptionOf("SystemLimitError", keyMessage, lang.Str(e.Message()))
	case reason != nil && (reason.Name == "badarg" || reason.Name == "badarity"):
		return exceptionOf("ArgumentError", keyMessage, lang.Str(e.Message()))
	case e.Class == lang.ExceptionClass || e.Class == lang.RuntimeException:
		return exceptionOf("RuntimeError", keyMessage, lang.Str(e.Message()))
	}
	return exceptionOf("RuntimeError", keyMessage, lang.Str(e.Error()))
}
