package session

import (
	"errors"
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
)

// Report tells of an error in the two lines of Clojure's prompt, and shows the
// place below them.
func (c *clojureNotation) Report(e *lang.Exception) string {
	var b strings.Builder
	if name := raised[e.Kind]; name != "" {
		fmt.Fprintf(&b, "** (%s) %s\n", name, lang.PrString(e.Reason))
		place(&b, e.Pos)
		return b.String()
	}
	b.WriteString(headline(e))
	if m := e.Message(); m != "" {
		b.WriteString(m + "\n")
	}
	place(&b, e.Pos)
	b.WriteString(advice(e))
	return b.String()
}

// PrintReport is Report for an error that came up while a result was printed.
func (c *clojureNotation) PrintReport(e *lang.Exception) string {
	text := c.Report(e)
	if rest, ok := strings.CutPrefix(text, "Execution error"); ok {
		return "Error printing return value" + rest
	}
	return text
}

// raised names the ways to raise that are no errors, which are the BEAM's.
var raised = [...]string{lang.KindExit: "exit", lang.KindThrow: "throw"}

// headline gives the first line: what kind of error, and where.
func headline(e *lang.Exception) string {
	switch phase := datum(e, "phase"); phase {
	case "":
		name := "user"
		if len(e.Trace) > 0 {
			name = e.Trace[0].Name
		}
		return fmt.Sprintf("Execution error (%s) at %s%s.\n", shortName(e.Class), name, lineOf(e))
	case "macro-syntax-check":
		return fmt.Sprintf("Syntax error macroexpanding %sat (%s).\n", spaced(datum(e, "symbol")), e.Pos)
	case "macroexpansion":
		return fmt.Sprintf("Unexpected error%s macroexpanding %sat (%s).\n", classNote(e.Cause.Class), spaced(datum(e, "symbol")), e.Pos)
	case "read-source":
		return fmt.Sprintf("Syntax error reading source at (%s).\n", e.Pos)
	}
	return fmt.Sprintf("Syntax error%s compiling %sat (%s).\n", classNote(e.Class), spaced(datum(e, "symbol")), e.Pos)
}

// spaced gives a word with the space behind it, nothing for none.
func spaced(word string) string {
	if word == "" {
		return ""
	}
	return word + " "
}

// classNote gives " (IllegalStateException)", and nothing for a class that
// says no more than that there is an error.
func classNote(c *lang.Class) string {
	switch name := shortName(c); name {
	case "CompilerException", "RuntimeException", "Exception":
		return ""
	default:
		return " (" + name + ")"
	}
}

// shortName gives a class without its package.
func shortName(c *lang.Class) string { return c.Name[strings.LastIndexAny(c.Name, ".$")+1:] }

// lineOf gives " (REPL:1)" for an error at line 1 of the prompt, "" if its place is unknown.
func lineOf(e *lang.Exception) string {
	if !e.Pos.IsValid() || e.Pos.Src == nil {
		return ""
	}
	return fmt.Sprintf(" (%s:%d)", e.Pos.Src.Name, e.Pos.Line)
}

// datum gives what the compiler noted in an error under :clojure.error/name.
func datum(e *lang.Exception, name string) string {
	m, ok := e.Data.Obj().(*lang.Map)
	if !ok {
		return ""
	}
	v, _ := m.Get(lang.Kw(lang.InternKeyword("clojure.error", name)))
	if k, ok := v.AsKeyword(); ok {
		return k.Name
	}
	if v.IsNil() {
		return ""
	}
	return lang.DisplayString(v)
}

// place shows a line of the source with a caret, unless it is the binary's own.
func place(b *strings.Builder, p lang.Pos) {
	if p.Src != nil && !p.Src.Library {
		b.WriteString(p.Caret())
	}
}

// advice says what to write in place of what was wrong, where that is known.
func advice(e *lang.Exception) string {
	if near := suggestions(e); len(near) > 0 {
		return "Did you mean " + strings.Join(near, " or ") + "?\n"
	}
	if hint := channels.Hint(e); hint != "" {
		return "Hint: " + hint + "\n"
	}
	if strings.HasPrefix(e.Message(), "Invalid assignment target") {
		return "Hint: in conc-repl, set! changes bindings of dynamic vars and mutable fields of a deftype or of the page (.page).\n"
	}
	return ""
}

func suggestions(e *lang.Exception) []string {
	m, ok := e.Data.Obj().(*lang.Map)
	if !ok {
		return nil
	}
	v, _ := m.Get(lang.K("suggest"))
	vec, ok := v.Obj().(*lang.Vector)
	if !ok {
		return nil
	}
	var out []string
	vec.Each(func(x lang.Value) bool {
		out = append(out, lang.DisplayString(x))
		return true
	})
	return out
}

// ScriptReport tells of an error in a file: place and message in one line,
// the line of the source, and the stack.
func (*clojureNotation) ScriptReport(e *lang.Exception) string {
	var b strings.Builder
	if e.Pos.IsValid() {
		b.WriteString(e.Pos.String() + ": ")
	}
	switch m := e.Message(); {
	case raised[e.Kind] != "":
		b.WriteString(raised[e.Kind] + ": " + lang.PrString(e.Reason))
	case datum(e, "phase") != "":
		b.WriteString(m)
	case m == "":
		b.WriteString(e.Class.Name)
	default:
		fmt.Fprintf(&b, "%s: %s", shortName(e.Class), m)
	}
	b.WriteString("\n")
	place(&b, e.Pos)
	b.WriteString(advice(e))
	if data, ok := e.Data.Obj().(*lang.Map); ok && data.Len() > 0 && datum(e, "phase") == "" {
		fmt.Fprintf(&b, "    with %s\n", lang.PrString(e.Data))
	}
	trace(&b, e.Trace)
	for c := e.Cause; c != nil; c = c.Cause {
		if len(c.Trace) == 0 && c.Message() == e.Message() {
			continue // it says nothing that is not said above
		}
		fmt.Fprintf(&b, "Caused by %s: %s\n", shortName(c.Class), c.Message())
		trace(&b, c.Trace)
	}
	return b.String()
}

// uncaught reports, as the JVM does, an error that ended a thread or a go block.
func uncaught(w *runtime.World, p *runtime.Process, e *lang.Exception) {
	var b strings.Builder
	what := raised[e.Kind] + " " + lang.PrString(e.Reason)
	if e.Kind == lang.KindError {
		what = e.Error()
	}
	fmt.Fprintf(&b, "Exception in thread %q %s\n", p.Name(), what)
	trace(&b, e.Trace)
	for c := e.Cause; c != nil; c = c.Cause {
		fmt.Fprintf(&b, "Caused by: %s\n", c.Error())
		trace(&b, c.Trace)
	}
	w.Err.Write(w, p, b.String())
}

// trace lists a stack; runs of the same line, which a recursion leaves, are counted.
func trace(b *strings.Builder, t []lang.TraceEntry) {
	for i := 0; i < len(t); {
		n := 1
		for i+n < len(t) && t[i+n] == t[i] {
			n++
		}
		fmt.Fprintf(b, "    at %s", t[i].Name)
		if t[i].Pos.IsValid() {
			fmt.Fprintf(b, " (%s)", t[i].Pos)
		}
		if n > 1 {
			fmt.Fprintf(b, ", %d times", n)
		}
		b.WriteString("\n")
		i += n
	}
}

// Syntax tells of an error of the reader as the prompt does.
func (*clojureNotation) Syntax(err error) string {
	var e *clojure.Error
	if !errors.As(err, &e) {
		return err.Error() + "\n"
	}
	text := fmt.Sprintf("Syntax error reading source at (%s).\n", e.Pos)
	_, below, _ := strings.Cut(e.Render(), ": ")
	return text + below
}

// ScriptSyntax tells of an error of the reader in a file.
func (*clojureNotation) ScriptSyntax(err error) string {
	var e *clojure.Error
	if !errors.As(err, &e) {
		return err.Error() + "\n"
	}
	return e.Render()
}
