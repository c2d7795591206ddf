package kernel

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// exceptionModule is what a module of exceptions of Elixir's own library has:
// its fields in order with their defaults, and its message.
type exceptionModule struct {
	fields  []fieldDefault
	message messageFn // nil: the field message
}

// messageFn gives the message of an exception; it needs the world for the
// values in it, since structs print as their modules say.
type messageFn = func(w *runtime.World, e lang.Value) string

type fieldDefault struct {
	name  string
	value lang.Value
}

func (x exceptionModule) empty(mod string) *lang.Map {
	m := newStruct(mod, keyException, lang.True)
	for _, f := range x.fields {
		m = m.Assoc(lang.K(f.name), f.value)
	}
	return m
}

// says makes a module whose exceptions have a message alone.
func says(msg string) exceptionModule {
	return exceptionModule{fields: []fieldDefault{{"message", lang.Str(msg)}}}
}

// has makes a module whose exceptions have fields without defaults.
func has(message messageFn, fields ...string) exceptionModule {
	x := exceptionModule{message: message}
	for _, f := range fields {
		x.fields = append(x.fields, fieldDefault{f, lang.Nil})
	}
	return x
}

// about makes a message of a text and the field term.
func about(text string) messageFn {
	return func(w *runtime.World, e lang.Value) string { return text + inspectPlain(w, field(e, "term")) }
}

// exceptionModules are the modules of exceptions by name.
var exceptionModules map[string]exceptionModule

func init() { // their messages inspect values, and exceptions are values
	exceptionModules = map[string]exceptionModule{
		"ArgumentError":   says("argument error"),
		"ArithmeticError": says("bad argument in arithmetic expression"),
		"RuntimeError":    says("runtime error"),
		"SystemLimitError": {fields: []fieldDefault{{"message", lang.Nil}}, message: func(w *runtime.World, e lang.Value) string {
			if s, ok := field(e, "message").AsString(); ok && s != "" {
				return "a system limit has been reached: " + s
			}
			return "a system limit has been reached"
		}},
		"CondClauseError":         {message: func(*runtime.World, lang.Value) string { return "no cond clause evaluated to a truthy value" }},
		"BadArityError":           has(badArityMessage, "function", "args"),
		"BadBooleanError":         has(badBooleanMessage, "term", "operator"),
		"BadFunctionError":        has(about("expected a function, got: "), "term"),
		"BadMapError":             has(about("expected a map, got: "), "term"),
		"BadStructError":          has(badStructMessage, "struct", "term"),
		"CaseClauseError":         has(about("no case clause matching: "), "term"),
		"WithClauseError":         has(about("no with clause matching: "), "term"),
		"TryClauseError":          has(about("no try clause matching: "), "term"),
		"MatchError":              has(about("no match of right hand side value: "), "term"),
		"KeyError":                has(keyMessageOf, "key", "term", "message"),
		"ErlangError":             has(erlangMessage, "original", "reason"),
		"UndefinedFunctionError":  has(undefinedMessage, "module", "function", "arity", "reason", "message"),
		"FunctionClauseError":     has(noClauseMessage, "module", "function", "arity", "kind", "args", "clauses"),
		"Protocol.UndefinedError": {fields: []fieldDefault{{"protocol", lang.Nil}, {"value", lang.Nil}, {"description", lang.Str("")}}, message: protocolMessage},
		"Enum.EmptyError":         says("empty error"),
		"Enum.OutOfBoundsError":   says("out of bounds error"),
		"UnicodeConversionError":  has(nil, "encoded", "message"),
		"Regex.CompileError":      says("regex could not be compiled"),
		"CompileError":            {fields: []fieldDefault{{"file", lang.Nil}, {"line", lang.Nil}, {"description", lang.Str("compile error")}}, message: compileMessage},
		"SyntaxError":             {fields: syntaxFields("syntax error"), message: syntaxMessage},
		"TokenMissingError":       {fields: syntaxFields("expression is incomplete"), message: syntaxMessage},
		"File.Error":              {fields: []fieldDefault{{"reason", lang.Nil}, {"path", lang.Str("")}, {"action", lang.Str("")}}, message: fileMessage},
		"System.EnvError":         has(envMessage, "env"),
		"Code.LoadError":          has(func(w *runtime.World, e lang.Value) string { return "could not load " + plainText(w, field(e, "file")) }, "file", "message"),
		"IO.StreamError": has(func(w *runtime.World, e lang.Value) string {
			return "error during streaming: " + plainText(w, field(e, "reason"))
		}, "reason", "message"),
		"Version.InvalidVersionError": has(func(w *runtime.World, e lang.Value) string {
			return "invalid version: " + inspectPlain(w, field(e, "version"))
		}, "version"),
		"URI.Error": has(nil, "action", "reason", "part", "message"),
		"ExInfo":    {fields: []fieldDefault{{"message", lang.Str("")}, {"data", lang.Nil}}},
	}
}

func syntaxFields(description string) []fieldDefault {
	return []fieldDefault{{"file", lang.Nil}, {"line", lang.Nil}, {"column", lang.Nil}, {"snippet", lang.Nil}, {"description", lang.Str(description)}}
}

// Message gives the message of an exception's struct, unless its module has a
// message of its own that is code of the language: then ok is false.
func Message(w *runtime.World, e lang.Value) (msg string, ok bool) {
	name, _ := structName(e)
	if x, known := exceptionModules[name]; known && x.message != nil {
		return x.message(w, e), true
	} else if !known {
		return "", false
	}
	if s, ok := field(e, "message").AsString(); ok {
		return s, true
	}
	return inspectPlain(w, field(e, "message")), true
}

// plainText gives a string as it is and other values inspected.
func plainText(w *runtime.World, v lang.Value) string {
	if s, ok := v.AsString(); ok {
		return s
	}
	if name, ok := lang.AtomName(v); ok {
		return name
	}
	return inspectPlain(w, v)
}

func badArityMessage(w *runtime.World, e lang.Value) string {
	f, args := field(e, "function"), lang.ToSlice(field(e, "args"))
	how := "no arguments"
	if len(args) > 0 {
		how = plural(len(args), "argument") + " (" + joinInspected(w, args) + ")"
	}
	return inspectPlain(w, f) + " with arity " + lang.String(lang.Int(int64(arityOf(f)))) + " called with " + how
}

func joinInspected(w *runtime.World, vs []lang.Value) string {
	parts := make([]string, len(vs))
	for i, v := range vs {
		parts[i] = inspectPlain(w, v)
	}
	return strings.Join(parts, ", ")
}

// plural gives a number and a noun: 1 argument, 2 arguments.
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return lang.String(lang.Int(int64(n))) + " " + noun
}

func badBooleanMessage(w *runtime.World, e lang.Value) string {
	return `expected a boolean on left-side of "` + plainText(w, field(e, "operator")) + `", got: ` + inspectPlain(w, field(e, "term"))
}

func badStructMessage(w *runtime.World, e lang.Value) string {
	return "expected a struct named " + inspectPlain(w, field(e, "struct")) + ", got: " + inspectPlain(w, field(e, "term"))
}

func keyMessageOf(w *runtime.World, e lang.Value) string {
	if s, ok := field(e, "message").AsString(); ok {
		return s
	}
	msg := "key " + inspectPlain(w, field(e, "key")) + " not found"
	switch term := field(e, "term"); {
	case term.IsNil():
		return msg
	case isMap(term) || isList(term) || isInspected(term):
		return msg + " in: " + inspectPlain(w, term)
	default:
		return msg + " in: " + inspectPlain(w, term) + ". If you are using the dot syntax, such as map.field, make sure the left-hand side of the dot is a map"
	}
}

func erlangMessage(w *runtime.World, e lang.Value) string {
	return "Erlang error: " + inspectPlain(w, field(e, "original"))
}

func undefinedMessage(w *runtime.World, e lang.Value) string {
	if s, ok := field(e, "message").AsString(); ok {
		return s
	}
	mod, arity := field(e, "module"), field(e, "arity")
	if arity.IsNil() {
		return "undefined function"
	}
	msg := "function " + mfa(w, mod, plainText(w, field(e, "function")), int(arity.AsInt())) + " is undefined"
	reason, _ := field(e, "reason").AsString()
	switch {
	case mod.IsNil() || mod == lang.K("nil"):
		return msg
	case reason != "":
		return msg + " (" + reason + ")"
	case !isLoaded(w, mod):
		return msg + " (module " + inspectPlain(w, mod) + " is not available)"
	}
	return msg + " or private"
}

// isLoaded reports whether there is a module of that atom.
func isLoaded(w *runtime.World, mod lang.Value) bool {
	k, ok := mod.AsKeyword()
	return ok && loaded(w, k.String())
}

// mfa gives a function as Exception.format_mfa does: Foo.bar/1.
func mfa(w *runtime.World, mod lang.Value, fun string, arity int) string {
	if strings.HasPrefix(fun, "anonymous fn/") { // named by the compiler, and of no module
		return fun
	}
	n := "/" + lang.String(lang.Int(int64(arity)))
	if inner, _, anonymous := strings.Cut(fun, "-fun-"); anonymous && strings.HasPrefix(inner, "-") {
		return "anonymous fn" + n + " in " + inspectPlain(w, mod) + "." + inner[1:]
	}
	return inspectPlain(w, mod) + "." + lang.FunctionName(fun) + n
}

func noClauseMessage(w *runtime.World, e lang.Value) string {
	arity := field(e, "arity")
	if arity.IsNil() {
		return "no function clause matches"
	}
	return "no function clause matching in " + mfa(w, field(e, "module"), plainText(w, field(e, "function")), int(arity.AsInt()))
}

func protocolMessage(w *runtime.World, e lang.Value) string {
	v := field(e, "value")
	of := typeName(v)
	if d, ok := v.Obj().(*docValue); ok {
		of = d.of + " (a struct)"
	}
	if name, ok := structName(v); ok {
		of = name + " (a struct)"
	}
	msg := "protocol " + inspectPlain(w, field(e, "protocol")) + " not implemented for " + inspectPlain(w, v) + " of type " + of
	if d, _ := field(e, "description").AsString(); d != "" {
		msg += ", " + d
	}
	return msg
}

func compileMessage(w *runtime.World, e lang.Value) string {
	return location(w, e, false) + plainText(w, field(e, "description"))
}

// location gives the place that an exception of the compiler is about: file:line:column: .
func location(w *runtime.World, e lang.Value, column bool) string {
	file, line := field(e, "file"), field(e, "line")
	if file.IsNil() || line.IsNil() {
		return ""
	}
	at := plainText(w, file) + ":" + lang.String(line)
	if c := field(e, "column"); column && c.IsInt() {
		at += ":" + lang.String(c)
	}
	return at + ": "
}

func syntaxMessage(w *runtime.World, e lang.Value) string {
	msg := location(w, e, true) + plainText(w, field(e, "description"))
	snippet := field(e, "snippet")
	content, ok := field(snippet, "content").AsString()
	if !ok {
		return msg
	}
	line := lang.String(field(e, "line"))
	margin := "\n  " + strings.Repeat(" ", len(line)) + " | "
	offset := int(field(snippet, "offset").AsInt())
	return msg + strings.TrimRight(margin, " ") + "\n  " + line + " | " + content + margin + strings.Repeat(" ", offset) + "^"
}

func fileMessage(w *runtime.World, e lang.Value) string {
	why := fileReason(plainText(w, field(e, "reason")))
	return "could not " + plainText(w, field(e, "action")) + " " + inspectPlain(w, field(e, "path")) + ": " + why
}

// fileReasons are the words of :file.format_error for the reasons that occur.
var fileReasons = map[string]string{
	"enoent": "no such file or directory", "eacces": "permission denied", "eexist": "file already exists",
	"eisdir": "illegal operation on a directory", "enotdir": "not a directory", "enotempty": "directory not empty",
}

func fileReason(reason string) string {
	if s, ok := fileReasons[reason]; ok {
		return s
	}
	return reason
}

func envMessage(w *runtime.World, e lang.Value) string {
	return "could not fetch environment variable " + inspectPlain(w, field(e, "env")) + " because it is not set"
}

// structNames lists the fields of the structs of ours in their order.
func (x exceptionModule) names() []string {
	names := make([]string, len(x.fields))
	for i, f := range x.fields {
		names[i] = f.name
	}
	return names
}

// exceptionNames lists the modules of exceptions in order.
func exceptionNames() []string {
	names := make([]string, 0, len(exceptionModules))
	for n := range exceptionModules {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
