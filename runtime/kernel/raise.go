package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// raiseNatives are what raises, and what handlers ask of an exception.
func raiseNatives() []*lang.Native {
	return append([]*lang.Native{
		{Name: "conc.elixir/raise", Min: 1, Max: 2, Run: run(raise), Args: "what, options", Doc: "Raises a message, a struct, or what a module makes of options."},
		{Name: "conc.elixir/reraise", Min: 2, Max: 3, Run: run(reraise), Args: "what, options, stacktrace", Doc: "Raises as if it had been raised elsewhere."},
		{Name: "conc.elixir/is_error", Min: 1, Max: 1, Pure: one(isError), Args: "exception", Doc: "Whether rescue sees an exception: no exit, no throw."},
		{Name: "conc.elixir/rescued", Min: 1, Max: 1, Pure: one(rescued), Args: "exception", Doc: "The struct of an exception."},
		{Name: "conc.elixir/caught", Min: 1, Max: 1, Pure: one(caught), Args: "exception", Doc: "The kind of an exception and its value."},
		{Name: "conc.elixir/exception_in", Min: 2, Max: 2, Pure: two(exceptionIn), Args: "struct, modules", Doc: "Whether an exception is of one of some modules."},
		{Name: "conc.elixir/stacktrace", Min: 1, Max: 1, Pure: one(func(v lang.Value) lang.Value { return Stacktrace(v.Obj().(*lang.Exception)) }), Args: "exception", Doc: "__STACKTRACE__."},
		{Name: "conc.elixir/match_error", Min: 1, Max: 1, Pure: raising("badmatch"), Args: "value", Doc: "Raises MatchError."},
		{Name: "conc.elixir/case_clause", Min: 1, Max: 1, Pure: raising("case_clause"), Args: "value", Doc: "Raises CaseClauseError."},
		{Name: "conc.elixir/with_clause", Min: 1, Max: 1, Pure: raising("with_clause"), Args: "value", Doc: "Raises WithClauseError."},
		{Name: "conc.elixir/try_clause", Min: 1, Max: 1, Pure: raising("try_clause"), Args: "value", Doc: "Raises TryClauseError."},
		{Name: "conc.elixir/cond_clause", Pure: func([]lang.Value) lang.Value { lang.RaiseReason(lang.K("cond_clause")); return lang.Nil }, Doc: "Raises CondClauseError."},
		{Name: "conc.elixir/function_clause", Min: 2, Max: -1, Pure: functionClause, Args: "module, name, args", Doc: "Raises FunctionClauseError."},
		{Name: "conc.elixir/lambda_clause", Min: 1, Max: -1, Pure: lambdaClause, Args: "name, args", Doc: "Raises FunctionClauseError of a function without a name."},
	}, exceptionConstructors()...)
}

// exceptionConstructors gives the functions exception/1 and message/1 of the
// modules of exceptions of ours.
func exceptionConstructors() []*lang.Native {
	var out []*lang.Native
	for _, name := range builtinExceptions {
		out = append(out,
			&lang.Native{Name: name + "/exception", Min: 1, Max: 1, Args: "options", Doc: "The exception with a message, or with fields.",
				Pure: func(args []lang.Value) lang.Value { return makeException(exceptionOf(name), args[0]) }},
			&lang.Native{Name: name + "/message", Min: 1, Max: 1, Args: "exception", Doc: "The message of the exception.",
				Run: func(p *runtime.Process, args []lang.Value) lang.Value {
					msg, _ := Message(p.W, args[0])
					return lang.Str(msg)
				}})
	}
	return out
}

// builtinExceptions names the modules of exceptions that programs raise.
var builtinExceptions = []string{"ArgumentError", "ArithmeticError", "RuntimeError", "SystemLimitError", "CondClauseError",
	"BadArityError", "BadBooleanError", "BadFunctionError", "BadMapError", "BadStructError", "CaseClauseError", "WithClauseError",
	"TryClauseError", "MatchError", "KeyError", "ErlangError", "UndefinedFunctionError", "FunctionClauseError", "Protocol.UndefinedError",
	"Enum.EmptyError", "Enum.OutOfBoundsError", "UnicodeConversionError", "Regex.CompileError", "CompileError", "SyntaxError",
	"TokenMissingError", "File.Error", "System.EnvError", "Code.LoadError", "IO.StreamError", "Version.InvalidVersionError", "URI.Error"}

// raising makes a native that raises {reason, value}.
func raising(reason string) pure {
	key := lang.K(reason)
	return func(args []lang.Value) lang.Value {
		lang.RaiseReason(lang.Vec(key, args[0]))
		return lang.Nil
	}
}

func functionClause(args []lang.Value) lang.Value {
	name, _ := lang.AtomName(args[1])
	lang.RaiseCall(lang.K("function_clause"), args[0], name, args[2:]...)
	return lang.Nil
}

func lambdaClause(args []lang.Value) lang.Value {
	name, _ := args[0].AsString()
	lang.RaiseCall(lang.K("function_clause"), lang.Nil, name, args[1:]...)
	return lang.Nil
}

// makeException makes an exception of what raise was given: a message, or
// fields.
func makeException(defaults, given lang.Value) lang.Value {
	m := defaults.Obj().(*lang.Map)
	if given.IsString() {
		return lang.Obj(m.Assoc(keyMessage, given))
	}
	if given.IsNil() {
		return defaults
	}
	eachPair(given, func(k, v lang.Value) {
		if _, ok := m.Get(k); ok {
			m = m.Assoc(k, v)
		}
	})
	return lang.Obj(m)
}

var raiseKont = &runtime.Kont{Name: "raise", Return: func(_ *runtime.Process, state any, v lang.Value) lang.Value {
	e := lang.NewReason(lang.KindError, v)
	if trace, ok := state.([]lang.TraceEntry); ok {
		e.Trace = trace
	}
	panic(e)
}}

// raise is raise(what) and raise(module, options).
func raise(p *runtime.Process, args []lang.Value) lang.Value { return raiseWith(p, args, nil) }

// raiseWith raises, with a trace if one is given.
func raiseWith(p *runtime.Process, args []lang.Value, trace []lang.TraceEntry) lang.Value {
	what := args[0]
	give := func(v lang.Value) lang.Value {
		if trace == nil {
			return raiseKont.Return(p, nil, v)
		}
		return raiseKont.Return(p, trace, v)
	}
	switch {
	case what.IsString():
		return give(exceptionOf("RuntimeError", keyMessage, what))
	case isException(what):
		return give(what)
	case what.IsKeyword():
		options := optional(args, 1, emptyList)
		return p.Call(raiseKont, trace, functionOf(p, what, "exception", 1), options)
	}
	argumentError("raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: " + inspectPlain(p.W, what))
	return lang.Nil
}

func reraise(p *runtime.Process, args []lang.Value) lang.Value {
	last := len(args) - 1
	trace := []lang.TraceEntry{}
	for _, v := range lang.ToSlice(args[last]) {
		if t, ok := traceEntry(v); ok {
			trace = append(trace, t)
		}
	}
	return raiseWith(p, args[:last], trace)
}

// traceEntry takes an entry of __STACKTRACE__ back.
func traceEntry(v lang.Value) (lang.TraceEntry, bool) {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 4 || !isList(t.Nth(3)) {
		return lang.TraceEntry{}, false
	}
	fun, _ := lang.AtomName(t.Nth(1))
	e := lang.TraceEntry{Name: lang.Inspect(t.Nth(0)) + "." + fun + "/" + lang.String(t.Nth(2))}
	eachPair(t.Nth(3), func(k, v lang.Value) {
		switch {
		case k == lang.K("file"):
			e.Pos.Src = &lang.Source{Name: chardata(v)}
		case k == lang.K("line") && v.IsInt():
			e.Pos.Line = int32(v.AsInt())
		}
	})
	return e, true
}

func isError(v lang.Value) lang.Value {
	return lang.Bool(v.Obj().(*lang.Exception).Kind == lang.KindError)
}

func rescued(v lang.Value) lang.Value { return Struct(v.Obj().(*lang.Exception)) }

func caught(v lang.Value) lang.Value {
	e := v.Obj().(*lang.Exception)
	switch e.Kind {
	case lang.KindExit:
		return lang.Vec(lang.K("exit"), e.Reason)
	case lang.KindThrow:
		return lang.Vec(lang.K("throw"), e.Reason)
	}
	return lang.Vec(lang.K("error"), Reason(e))
}

func exceptionIn(v, modules lang.Value) lang.Value {
	k, _ := structOf(v)
	return lang.Bool(k != nil && isMember(lang.Kw(k), modules).AsBool())
}
