package session

import (
	"path/filepath"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Reader reads the forms of a text one after the other, each as names are
// understood at the moment when it is read.
type Reader interface {
	Read() (form lang.Value, ok bool, err error)
}

// Notation is one of the two languages, as the prompt and scripts need it:
// how it is read, evaluated and shown. What evaluates or prints is work of the
// shell process, which can be interrupted: it has begun when the method
// returns, and is done once Busy gives false.
type Notation interface {
	// ID tells which notation it is.
	ID() lang.Notation
	// Prompt gives the language's prompt for a first line, or for a further
	// one of an entry.
	Prompt(further bool) string
	// Reader reads the forms of src; Typed those of an entry at the prompt.
	Reader(src *lang.Source) Reader
	Typed(entry string) Reader
	// Block gives one form that evaluates forms one after the other.
	Block(forms []lang.Value) lang.Value
	// Eval begins to evaluate a form.
	Eval(form lang.Value)
	// EvalCall gives the call that evaluates a form in another process, where
	// locals are in reach: a function, its arguments, and what makes the form's
	// value of its result.
	EvalCall(form lang.Value, locals []runtime.Local) (f lang.Value, args []lang.Value, value func(lang.Value) lang.Value)
	// Matcher reads a message pattern of the notation, with its guard if it has
	// one, and gives the form of a function that tells whether a value matches it.
	Matcher(pattern string) (form lang.Value, err error)
	// Value gives the value of the form, once it is done.
	Value() (lang.Value, *lang.Exception)
	// Print begins to print v as the prompt shows results, with a newline, in
	// colours if the language's own prompt colours results by their types.
	Print(v lang.Value, colours bool)
	// Remember keeps a result where the language's prompt keeps it.
	Remember(v lang.Value)
	// Fail keeps an error likewise.
	Fail(e *lang.Exception)

	// Syntax tells of an error of the reader, and Report of one that a form
	// raised, as the language's prompt does; PrintReport of one that came up
	// while its result was printed.
	Syntax(err error) string
	Report(e *lang.Exception) string
	PrintReport(e *lang.Exception) string
	// Exit tells for which reason an exit signal ended the shell's process.
	Exit(reason lang.Value) string
	// ScriptSyntax and ScriptReport do so for a file.
	ScriptSyntax(err error) string
	ScriptReport(e *lang.Exception) string
}

// extensions are those of files with programs.
var extensions = map[string]lang.Notation{
	".clj": lang.ClojureNotation, ".cljc": lang.ClojureNotation, ".cljs": lang.ClojureNotation,
	".ex": lang.ElixirNotation, ".exs": lang.ElixirNotation,
}

// IsProgram reports whether a file is a program by its extension.
func IsProgram(name string) bool {
	_, ok := extensions[filepath.Ext(name)]
	return ok
}

// NotationOf gives the notation of a file by its extension, or else the given one.
func NotationOf(name string, otherwise lang.Notation) lang.Notation {
	if n, ok := extensions[filepath.Ext(name)]; ok {
		return n
	}
	return otherwise
}
