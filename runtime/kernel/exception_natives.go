package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func exceptionNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Exception/message", Min: 1, Max: 1, Args: "exception", Run: message, Doc: "The message of an exception. Exception.message(%RuntimeError{message: \"oops\"}) #=> \"oops\""},
		{Name: "Exception/normalize", Min: 2, Max: 3, Args: "kind, payload, stacktrace \\\\ []", Pure: normalizeNative, Doc: "The exception that an Erlang reason stands for; payload itself if kind is not :error. Exception.normalize(:error, :badarith) #=> %ArithmeticError{message: \"bad argument in arithmetic expression\"}"},
		{Name: "Exception/blame", Min: 3, Max: 3, Args: "kind, error, stacktrace", Run: blameNative, Doc: "The exception with what may help added to its message, and the stack trace."},
		{Name: "Exception/exception?", Min: 1, Max: 1, Args: "term", Pure: test(isException), Doc: "Whether term is an exception. Exception.exception?(1) #=> false"},
		{Name: "Exception/format_banner", Min: 2, Max: 3, Args: "kind, exception, stacktrace \\\\ []", Run: formatBanner, Doc: "The line that says what was raised. Exception.format_banner(:throw, :x) #=> \"** (throw) :x\""},
		{Name: "Exception/format", Min: 2, Max: 3, Args: "kind, payload, stacktrace \\\\ []", Run: formatException, Doc: "The banner and the stack trace."},
		{Name: "Exception/format_stacktrace", Min: 0, Max: 1, Args: "trace \\\\ nil", Run: formatStacktrace, Doc: "The lines of a stack trace."},
		{Name: "Exception/format_stacktrace_entry", Min: 1, Max: 1, Args: "entry", Run: func(p *runtime.Process, args []lang.Value) lang.Value { return lang.Str(stackLine(p.W, args[0])) }, Doc: "One entry of a stack trace as text."},
		{Name: "Exception/format_exit", Min: 1, Max: 1, Args: "reason", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Str(formatExit(p.W, args[0], "    "))
		}, Doc: "An exit reason in words. Exception.format_exit(:timeout) #=> \"time out\""},
		{Name: "Exception/format_mfa", Min: 3, Max: 3, Args: "module, fun, arity", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			n := args[2]
			if isList(n) {
				return lang.Str(inspectPlain(p.W, args[0]) + "." + lang.FunctionName(plainText(p.W, args[1])) + "(" + joinInspected(p.W, lang.ToSlice(n)) + ")")
			}
			return lang.Str(mfa(p.W, args[0], plainText(p.W, args[1]), int(intArg("Exception", "format_mfa", args, 2))))
		}, Doc: "A function as it is named in messages. Exception.format_mfa(Foo, :bar, 1) #=> \"Foo.bar/1\""},
		{Name: "Exception/format_file_line", Min: 2, Max: 3, Args: "file, line, suffix \\\\ \"\"", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if args[0].IsNil() {
				return lang.Str("")
			}
			s := plainText(p.W, args[0])
			if lang.IsInteger(args[1]) && lang.Sign(args[1]) != 0 {
				s += ":" + lang.String(args[1])
			}
			s += ":"
			if len(args) == 3 {
				s += plainText(p.W, args[2])
			}
			return lang.Str(s)
		}, Doc: "A place in a file. Exception.format_file_line(\"foo\", 1) #=> \"foo:1:\""},
	}
}

// message gives an exception's message, by its module's own message/1 if that
// is code of the language.
func message(p *runtime.Process, args []lang.Value) lang.Value {
	return withInspected(p, args[0], messageOf)
}

func messageOf(p *runtime.Process, e lang.Value) lang.Value {
	if msg, ok := Message(p.W, e); ok {
		return lang.Str(msg)
	}
	if f := structFunction(p.W, e, "message"); f != nil {
		return p.TailCall(lang.Obj(f), e)
	}
	return lang.Str(plainText(p.W, field(e, "message")))
}

// structFunction finds a function of the module of a struct, nil if there is none.
func structFunction(w *runtime.World, v lang.Value, fun string) *runtime.Var {
	name, ok := structName(v)
	if !ok {
		return nil
	}
	if ns := w.FindNS(name); ns != nil {
		return ns.Var(fun)
	}
	return nil
}

func normalizeNative(args []lang.Value) lang.Value {
	if args[0] != errorAtom {
		return args[1]
	}
	return normalize(args[1], nil)
}

// raisedKind gives the kind and the payload of an exception: :error and the
// struct, :exit or :throw and what was thrown.
func raisedKind(e *lang.Exception) (kind string, payload lang.Value) {
	switch e.Kind {
	case lang.KindExit:
		return "exit", e.Reason
	case lang.KindThrow:
		return "throw", e.Reason
	}
	return "error", Struct(e)
}

// BannerNative gives what iex says of an exception, which is its one argument
// as it was raised: the banner, with what may help added. It is a native since
// the exception's module may have a message of its own in the language.
var BannerNative = &lang.Native{Name: "Exception/banner", Min: 1, Max: 1, Args: "exception", Doc: "What iex says of an exception.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		e := args[0].Obj().(*lang.Exception)
		kind, payload := raisedKind(e)
		if kind != "error" {
			return bannerOf(p, kind, payload, "")
		}
		return withInspected(p, payload, func(p *runtime.Process, payload lang.Value) lang.Value {
			blamed := blame(p.W, payload, shownCall(e))
			return banner(p, kind, blamed, indented(blamedArgs(p.W, blamed)))
		})
	}}

var bannerKont = &runtime.Kont{Name: "Exception.format_banner", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	b := state.(bannerState)
	return lang.Str("** (" + b.name + ") " + plainText(p.W, v) + b.suffix)
}}

// bannerState is a banner whose message is being computed.
type bannerState struct{ name, suffix string }

// indented gives what stands below a banner as iex does, four columns in.
func indented(s string) string {
	if s == "" {
		return ""
	}
	return "    " + strings.ReplaceAll(s, "\n", "\n    ")
}

// bannerOf is banner, with the values in an exception inspected by their own
// implementations of Inspect.
func bannerOf(p *runtime.Process, kind string, payload lang.Value, suffix string) lang.Value {
	if kind != "error" {
		return banner(p, kind, payload, suffix)
	}
	return withInspected(p, payload, func(p *runtime.Process, e lang.Value) lang.Value { return banner(p, kind, e, suffix) })
}

// banner gives the banner of a raise, and suffix behind it.
func banner(p *runtime.Process, kind string, payload lang.Value, suffix string) lang.Value {
	switch kind {
	case "error":
		name, _ := structName(payload)
		msg, ok := Message(p.W, payload)
		if f := structFunction(p.W, payload, "message"); !ok && f != nil {
			return p.Call(bannerKont, bannerState{name, suffix}, lang.Obj(f), payload)
		}
		if !ok {
			msg = plainText(p.W, field(payload, "message"))
		}
		return lang.Str("** (" + name + ") " + msg + suffix)
	case "exit":
		return lang.Str("** (exit) " + formatExit(p.W, payload, "    ") + suffix)
	}
	return lang.Str("** (" + kind + ") " + inspectPlain(p.W, payload) + suffix)
}

// payloadOf gives the kind and payload that a function of Exception was given.
func payloadOf(w *runtime.World, args []lang.Value) (string, lang.Value) {
	kind, payload := plainText(w, args[0]), args[1]
	if kind == "error" {
		payload = normalize(payload, failedCall(optionsArg(args, 2)))
	}
	return kind, payload
}

// failedCall gives what a stack trace knows of the call that failed: its
// first entry has the arguments then. It is nil if there is no such entry.
func failedCall(trace lang.Value) *lang.Exception {
	if !isStacktrace(trace) || lang.Count(trace) == 0 {
		return nil
	}
	t := lang.First(trace).Obj().(*lang.Vector)
	name, named := lang.AtomName(t.Nth(1))
	if !isList(t.Nth(2)) || !named {
		return nil
	}
	return &lang.Exception{Call: &lang.Call{Module: t.Nth(0), Function: name, Args: lang.ToSlice(t.Nth(2))}}
}

func formatBanner(p *runtime.Process, args []lang.Value) lang.Value {
	kind, payload := payloadOf(p.W, args)
	return bannerOf(p, kind, payload, "")
}

func formatException(p *runtime.Process, args []lang.Value) lang.Value {
	kind, payload := payloadOf(p.W, args)
	suffix := ""
	if trace := optionsArg(args, 2); lang.Count(trace) > 0 {
		suffix = "\n" + stackLines(p.W, trace)
	}
	return bannerOf(p, kind, payload, suffix)
}

func formatStacktrace(p *runtime.Process, args []lang.Value) lang.Value {
	return lang.Str(stackLines(p.W, optionsArg(args, 0)))
}

// stackLines gives a stack trace as text: "\n" without entries, else a line for each.
func stackLines(w *runtime.World, trace lang.Value) string {
	entries := lang.ToSlice(trace)
	if len(entries) == 0 {
		return "\n"
	}
	var b strings.Builder
	for _, e := range entries {
		b.WriteString("    " + stackLine(w, e) + "\n")
	}
	return b.String()
}

// stackLine gives one entry of a stack trace, {module, fun, arity or args,
// location}, as text: iex:2: Foo.f/1.
func stackLine(w *runtime.World, v lang.Value) string {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 4 {
		return inspectPlain(w, v)
	}
	where := ""
	if file := option(t.Nth(3), "file", lang.Nil); !file.IsNil() {
		where = chardata(file) + ":"
		if line := option(t.Nth(3), "line", lang.Nil); line.IsInt() {
			where += lang.String(line) + ":"
		}
		where += " "
	}
	if fun, in, ok := anonymous(plainText(w, t.Nth(1)), t.Nth(2)); ok {
		return where + fun + inspectPlain(w, t.Nth(0)) + "." + in
	}
	if n := t.Nth(2); n.IsInt() {
		return where + mfa(w, t.Nth(0), plainText(w, t.Nth(1)), int(n.AsInt()))
	}
	if t.Nth(2).IsNil() {
		return where + plainText(w, t.Nth(0)) + "/" + plainText(w, t.Nth(1))
	}
	return where + inspectPlain(w, t.Nth(0)) + "." + lang.FunctionName(plainText(w, t.Nth(1))) + "(" + joinInspected(w, lang.ToSlice(t.Nth(2))) + ")"
}

// anonymous takes apart the name that the BEAM gives a function without one:
// -bar/1-fun-0- is within bar/1.
func anonymous(name string, arity lang.Value) (fun, in string, ok bool) {
	parts := strings.Split(name, "-")
	if len(parts) < 4 || parts[0] != "" || !arity.IsInt() {
		return "", "", false
	}
	return "anonymous fn/" + lang.String(arity) + " in ", parts[1], true
}

// exitWords are the reasons that have words of their own.
var exitWords = map[string]string{
	"normal": "normal", "shutdown": "shutdown", "timeout": "time out", "killed": "killed", "noconnection": "no connection",
	"calling_self": "process attempted to call itself",
	"noproc":       "no process: the process is not alive or there's no process currently associated with the given name, possibly because its application isn't started",
}

// formatExit gives an exit reason in words, as Exception.format_exit does;
// lines behind the first begin with margin.
func formatExit(w *runtime.World, reason lang.Value, margin string) string {
	if k, ok := reason.AsKeyword(); ok {
		if s, ok := exitWords[k.String()]; ok {
			return s
		}
	}
	t, ok := reason.Obj().(*lang.Vector)
	if !ok || t.Len() != 2 {
		return inspectPlain(w, reason)
	}
	first, second := t.Nth(0), t.Nth(1)
	switch first {
	case lang.K("shutdown"):
		return "shutdown: " + inspectPlain(w, second)
	case lang.K("nodedown"):
		return "no connection to " + plainText(w, second)
	case lang.K("bad_return_value"):
		return "bad return value: " + inspectPlain(w, second)
	}
	if call, ok := exitedCall(w, second); ok {
		return "exited in: " + call + "\n" + margin + "** (EXIT) " + formatExit(w, first, margin+"    ")
	}
	if isStacktrace(second) {
		e := normalize(first, failedCall(second))
		name, _ := structName(e)
		msg, ok := Message(w, e)
		if !ok {
			msg = plainText(w, field(e, "message"))
		}
		text := "an exception was raised:\n" + margin + "** (" + name + ") " + msg
		for _, entry := range lang.ToSlice(second) {
			text += "\n" + margin + "    " + stackLine(w, entry)
		}
		return text
	}
	return inspectPlain(w, reason)
}

// exitedCall gives {module, function, args} as a call, if v is one.
func exitedCall(w *runtime.World, v lang.Value) (string, bool) {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 3 || !isAtom(t.Nth(0)) || !isAtom(t.Nth(1)) || !isList(t.Nth(2)) {
		return "", false
	}
	return inspectPlain(w, t.Nth(0)) + "." + lang.FunctionName(plainText(w, t.Nth(1))) + "(" + joinInspected(w, lang.ToSlice(t.Nth(2))) + ")", true
}

// isStacktrace reports whether v is a list of stack entries.
func isStacktrace(v lang.Value) bool {
	if !isList(v) {
		return false
	}
	all := lang.Count(v) > 0
	lang.Iterate(v, func(x lang.Value) bool {
		t, ok := x.Obj().(*lang.Vector)
		all = ok && t.Len() == 4 && isAtom(t.Nth(0)) && isAtom(t.Nth(1)) && isList(t.Nth(3))
		return all
	})
	return all
}

// Stacktrace gives where an exception was raised, as __STACKTRACE__ has it:
// a list of {module, function, arity, [file: ..., line: ...]}.
func Stacktrace(e *lang.Exception) lang.Value { return stacktrace(e, false) }

// BlamedStacktrace is Stacktrace behind Exception.blame, which has told the
// arguments that no clause takes: the function shows with their number alone.
func BlamedStacktrace(e *lang.Exception) lang.Value {
	return stacktrace(e, e.Reason == lang.K("function_clause"))
}

func stacktrace(e *lang.Exception, blamed bool) lang.Value {
	var out []lang.Value
	if c := shownCall(e); c != nil && !failedHere(e) {
		what := lang.ListOf(c.Args...)
		if blamed {
			what = lang.Int(int64(len(c.Args)))
		}
		out = append(out, lang.Vec(c.Module, lang.K(c.Function), what, lang.ListOf()))
	}
	for i, t := range e.Trace {
		mod, fun, arity := splitName(t.Name)
		what := lang.Int(int64(arity))
		if i == 0 && !blamed && failedHere(e) { // as on the BEAM, the call that failed has its arguments
			what = lang.ListOf(e.Call.Args...)
		}
		out = append(out, lang.Vec(mod, fun, what, tracePlace(t)))
	}
	return lang.ListOf(out...)
}

// shownCall gives the call that failed, if the BEAM tells of it: operators in
// the functions of a module leave no trace, those that are evaluated do.
func shownCall(e *lang.Exception) *lang.Call {
	if e.Call == nil || e.Reason != lang.K("badarith") || len(e.Trace) == 0 {
		return e.Call
	}
	mod, _, _ := splitName(e.Trace[0].Name)
	if name, _ := lang.AtomName(mod); strings.HasPrefix(name, "Elixir.") {
		return nil
	}
	return e.Call
}

// failedHere reports whether the call that failed is that of the function on
// top of the trace, none of whose clauses matched.
func failedHere(e *lang.Exception) bool {
	c := e.Call
	if c == nil || len(e.Trace) == 0 {
		return false
	}
	mod, fun, arity := splitName(e.Trace[0].Name)
	return lang.Identical(mod, c.Module) && lang.Identical(fun, lang.K(c.Function)) && arity == len(c.Args)
}

// tracePlace gives the file and line of an entry of a trace as a list of pairs.
func tracePlace(t lang.TraceEntry) lang.Value {
	if t.Pos.Src == nil {
		return lang.ListOf()
	}
	return lang.ListOf(lang.Vec(lang.K("file"), charlist(t.Pos.Src.Name)), lang.Vec(lang.K("line"), lang.Int(int64(t.Pos.Line))))
}
