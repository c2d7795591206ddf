package lang

import "fmt"

// Kind tells the three ways to raise, which are Erlang's: an error, an exit,
// a throw.
type Kind uint8

// The kinds of a raise.
const (
	KindError Kind = iota
	KindExit
	KindThrow
)

// Exception is what is raised: the same object whichever notation raises and
// whichever catches. Clojure's catch goes by Class and Msg, Elixir's rescue
// and exit signals by Reason; each notation derives its side from the
// other's through the class's own reason, so that one division by zero is an
// ArithmeticException to one, an ArithmeticError to the other and :badarith
// to a link.
type Exception struct {
	Class  *Class
	Msg    Value // a string, or nil
	Cause  *Exception
	Data   Value // the map of an ex-info, or nil
	Kind   Kind
	Reason Value // canonical reason; nil for the class's own
	Call   *Call // the call that failed, if known
	Trace  []TraceEntry
	Pos    Pos // where it was raised, if known
	Meta   *Map
	ID     uint64
}

// TraceEntry is one line of a stack trace.
type TraceEntry struct {
	Name string // user/fib
	Pos  Pos
}

// Call is a call that failed: what Erlang keeps on top of the stack trace,
// from which Elixir tells the operands of an ArithmeticError, and which
// function an UndefinedFunctionError or a FunctionClauseError is about.
type Call struct {
	Module   Value // an atom: :erlang, Foo
	Function string
	Args     []Value
}

// Error gives "Class: message". An Exception is a Go error for those who
// embed the machine.
func (e *Exception) Error() string {
	if m, ok := e.Msg.AsString(); ok {
		return e.Class.Name + ": " + m
	}
	return e.Class.Name
}

// Message gives the message, "" if there is none.
func (e *Exception) Message() string { m, _ := e.Msg.AsString(); return m }

// NewException makes an exception of a class, with a message in the manner of fmt.Sprintf.
func NewException(c *Class, format string, args ...any) *Exception {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	return &Exception{Class: c, Msg: Str(format)}
}

// Raise panics with a new exception. It is how a native raises: the machine
// recovers it at the edge of the slice and unwinds the process that called
// the native. No other code may recover it.
func Raise(c *Class, format string, args ...any) {
	panic(NewException(c, format, args...))
}

// The classes of what is raised by a reason alone. Clojure's catch takes an
// exit or a throw as a Throwable, not as an Exception: neither is an error.
var (
	ReasonError = DefineClass("conc.Error", RuntimeException)
	ExitClass   = DefineClass("conc.Exit", Throwable)
	ThrowClass  = DefineClass("conc.Throw", Throwable)
)

// NewReason makes what is raised for a canonical reason, Erlang's: an atom
// such as :badarith, a tuple, or the struct of an Elixir exception. Its class,
// by which Clojure's catch goes, follows from the reason; its message is that
// of the struct, or the printed reason.
func NewReason(kind Kind, reason Value) *Exception {
	e := &Exception{Kind: kind, Reason: reason, Class: reasonClass(kind, reason)}
	if m, ok := reason.Obj().(*Map); ok {
		e.Msg, _ = m.Get(K("message"))
	}
	if _, ok := e.Msg.AsString(); !ok {
		e.Msg = Str(PrString(reason))
	}
	return e
}

// RaiseReason panics with an error of a canonical reason, as Raise does with
// one of a class.
func RaiseReason(reason Value) { panic(NewReason(KindError, reason)) }

// RaiseCall is RaiseReason for the call of a function that failed: :badarith of
// :erlang.+(1, "a"), :undef or :function_clause of Foo.bar(1). It copies args,
// which may be registers.
func RaiseCall(reason, module Value, function string, args ...Value) {
	e := NewReason(KindError, reason)
	e.Call = &Call{module, function, append([]Value(nil), args...)}
	panic(e)
}

func reasonClass(kind Kind, reason Value) *Class {
	switch kind {
	case KindExit:
		return ExitClass
	case KindThrow:
		return ThrowClass
	}
	if k, ok := reason.AsKeyword(); ok {
		for _, c := range []*Class{ArithmeticException, IllegalArgumentException} {
			if c.Reason == k {
				return c
			}
		}
	}
	return ReasonError
}
