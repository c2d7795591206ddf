package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var errorNatives = []*lang.Native{
	{Name: "clojure.core/ex-info", Min: 2, Max: 3, Args: "[msg map] [msg map cause]", Pure: exInfo, Doc: "An exception with a message and a map of data."},
	{Name: "clojure.core/ex-data", Min: 1, Max: 1, Args: "[ex]", Doc: "The data of an exception that ex-info made, else nil.",
		Pure: one(func(v lang.Value) lang.Value {
			if e, ok := v.Obj().(*lang.Exception); ok {
				return e.Data
			}
			return lang.Nil
		})},
	{Name: "clojure.core/ex-message", Min: 1, Max: 1, Args: "[ex]", Doc: "The message of an exception, nil of anything else.",
		Pure: one(func(v lang.Value) lang.Value {
			if e, ok := v.Obj().(*lang.Exception); ok {
				return e.Msg
			}
			return lang.Nil
		})},
	{Name: "clojure.core/ex-cause", Min: 1, Max: 1, Args: "[ex]", Pure: one(exCause), Doc: "The exception that led to an exception, nil if none."},
	{Name: "clojure.core/Throwable->map", Min: 1, Max: 1, Args: "[o]", Pure: one(throwableMap), Doc: "An exception as data: :cause, :data, :via and :trace."},
	{Name: "clojure.core/throw-exception", Min: 1, Max: 1, Args: "[ex]", Doc: "Throws an exception.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value { panic(exceptionOf(args[0])) }},
}

func exceptionOf(v lang.Value) *lang.Exception { return object[*lang.Exception](v, lang.Throwable) }

func exInfo(args []lang.Value) lang.Value {
	if args[1].IsNil() || !isMap(args[1]) {
		if !args[1].IsNil() {
			panic(lang.CastError(args[1], lang.IMapClass))
		}
		lang.Raise(lang.IllegalArgumentException, "Additional data must be non-nil.")
	}
	e := &lang.Exception{Class: lang.ExceptionInfo, Msg: args[0], Data: args[1]}
	if c := optional(args, 2); !c.IsNil() {
		e.Cause = exceptionOf(c)
	}
	return lang.Obj(e)
}

func exCause(v lang.Value) lang.Value {
	e, ok := v.Obj().(*lang.Exception)
	switch {
	case !ok:
	case e.Cause != nil:
		return lang.Obj(e.Cause)
	case e.Class == lang.CompilerException: // which says itself what its cause would say
		return lang.Obj(&lang.Exception{Class: lang.RuntimeException, Msg: e.Msg, Pos: e.Pos})
	}
	return lang.Nil
}

// throwableMap gives an exception as Throwable->map does.
func throwableMap(v lang.Value) lang.Value {
	e := exceptionOf(v)
	var via []lang.Value
	root := e
	for x := e; x != nil; x = x.Cause {
		m := lang.NewMap(lang.K("type"), lang.Sym(x.Class.Name))
		if !x.Msg.IsNil() {
			m = m.Assoc(lang.K("message"), x.Msg)
		}
		if !x.Data.IsNil() {
			m = m.Assoc(lang.K("data"), x.Data)
		}
		if len(x.Trace) > 0 {
			m = m.Assoc(lang.K("at"), traceEntry(x.Trace[0]))
		}
		via = append(via, lang.Obj(m))
		root = x
	}
	m := lang.NewMap(lang.K("via"), lang.Obj(lang.NewVector(via)), lang.K("trace"), lang.Obj(lang.NewVector(trace(root))))
	if !root.Msg.IsNil() {
		m = m.Assoc(lang.K("cause"), root.Msg)
	}
	if !root.Data.IsNil() {
		m = m.Assoc(lang.K("data"), root.Data)
	}
	return lang.Obj(m)
}

func trace(e *lang.Exception) []lang.Value {
	vs := make([]lang.Value, len(e.Trace))
	for i, t := range e.Trace {
		vs[i] = traceEntry(t)
	}
	return vs
}

func traceEntry(t lang.TraceEntry) lang.Value {
	file := "NO_SOURCE_FILE"
	if t.Pos.Src != nil {
		file = t.Pos.Src.Name
	}
	return lang.Vec(lang.Sym(t.Name), lang.Sym("invoke"), lang.Str(file), lang.Int(int64(t.Pos.Line)))
}
