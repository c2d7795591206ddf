package core

import (
	"fmt"

	"github.com/conc-repl/conc-repl/lang"
)

// StackTraceElement is one line of a stack, as java.lang.StackTraceElement.
type StackTraceElement struct{ lang.TraceEntry }

var stackTraceClass = lang.DefineClass("java.lang.StackTraceElement", lang.ObjectClass)

// stackTrace gives the lines of the stack where e was raised, innermost first.
func stackTrace(e *lang.Exception) []*StackTraceElement {
	out := make([]*StackTraceElement, len(e.Trace))
	for i, t := range e.Trace {
		out[i] = &StackTraceElement{t}
	}
	return out
}

// Class gives java.lang.StackTraceElement.
func (s *StackTraceElement) Class() *lang.Class { return stackTraceClass }

// ClassName gives the class that the JVM would have for the function.
func (s *StackTraceElement) ClassName() string { return lang.FunctionClass(s.Name).Name }

// MethodName gives the method in which a function's body is.
func (s *StackTraceElement) MethodName() string { return "invoke" }

// FileName gives the name of the source.
func (s *StackTraceElement) FileName() string {
	if s.Pos.Src == nil {
		return "NO_SOURCE_FILE"
	}
	return s.Pos.Src.Name
}

// Text gives the line as a Java stack trace shows it.
func (s *StackTraceElement) Text() string {
	return fmt.Sprintf("%s.%s(%s:%d)", s.ClassName(), s.MethodName(), s.FileName(), s.Pos.Line)
}

// PrintTo prints the line as data, as Clojure does.
func (s *StackTraceElement) PrintTo(p *lang.Printer) {
	p.Then(lang.Vec(lang.Sym(s.ClassName()), lang.Sym(s.MethodName()), lang.Str(s.FileName()), lang.Int(int64(s.Pos.Line))))
}
