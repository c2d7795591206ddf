package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/iex"
	"github.com/conc-repl/conc-repl/lang"
	excompile "github.com/conc-repl/conc-repl/lang/compile/elixir"
	"github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

// elixirNotation is the Elixir notation, as iex has it.
type elixirNotation struct {
	s *Session
	runtime.Stamped
	iexState
}

// historyKey is where the world has what the lines at the prompt gave.
type historyKey struct{}

// iexState is what going back undoes.
type iexState struct {
	env     *excompile.Env
	results []lang.Value // what the lines gave, the first line's first
}

// Save gives the state.
func (x *elixirNotation) Save() any { return x.iexState }

// Restore puts a state back.
func (x *elixirNotation) Restore(state any) { x.iexState = state.(iexState) }

// enter sets the environment.
func (x *elixirNotation) enter(env *excompile.Env) {
	x.s.World.Touch(x)
	x.env = env
}

func newElixir(s *Session) *elixirNotation {
	x := &elixirNotation{s: s}
	s.World.Library[historyKey{}] = x
	iex.Install(s.World, func() []lang.Value { return x.results })
	return x
}

// line gives the number of the line that is asked for.
func (x *elixirNotation) line() int { return len(x.results) + 1 }

// ID gives ElixirNotation.
func (*elixirNotation) ID() lang.Notation { return lang.ElixirNotation }

// Prompt gives iex(N)> and ...(N)>.
func (x *elixirNotation) Prompt(further bool) string {
	if further {
		return fmt.Sprintf("...(%d)> ", x.line())
	}
	return fmt.Sprintf("iex(%d)> ", x.line())
}

// Reader reads the expressions of a file.
func (x *elixirNotation) Reader(src *lang.Source) Reader {
	x.enter(kernel.NewEnv(src))
	return elixir.New(src)
}

// Break, as a line of its own, ends an entry that was begun by mistake.
const Break = "#iex:break"

// Typed reads an entry as one block. Its places count on from the number of
// the line, as those of iex do. An entry that begins with an operator takes the
// last result for its first operand.
func (x *elixirNotation) Typed(entry string) Reader {
	if strings.HasSuffix(strings.TrimRight(entry, "\n"), "\n"+Break) {
		return &typed{err: x.broken(entry)}
	}
	if len(x.results) > 0 && beginsWithOperator(entry) {
		entry = "v() " + entry
	}
	src := &lang.Source{Name: "iex", Text: strings.Repeat("\n", x.line()-1) + entry}
	if x.env == nil {
		x.enter(kernel.NewEnv(src).Import(iex.Module))
	}
	x.enter(x.env.At(src))
	forms, err := elixir.New(src).ReadAll()
	if err != nil {
		return &typed{err: err}
	}
	if len(forms) == 0 {
		return &typed{}
	}
	return &typed{form: elixir.Block(forms), left: true}
}

func (x *elixirNotation) broken(entry string) error {
	return &elixir.Error{Pos: lang.Pos{Src: &lang.Source{Name: "iex"}, Line: int32(x.line())}, Msg: "incomplete expression", Class: "TokenMissingError"}
}

// typed is the reader of an entry, which is one form.
type typed struct {
	form lang.Value
	left bool
	err  error
}

// Read gives the form once.
func (t *typed) Read() (lang.Value, bool, error) {
	left := t.left
	t.left = false
	return t.form, left, t.err
}

// prefixes are the operators that may stand before an operand that nothing precedes.
var prefixes = []string{"+", "-", "!", "^", "&", "not", "~~~", "@", "...", "..", "::"}

// beginsWithOperator reports whether a text begins with an operator that
// needs an operand before it.
func beginsWithOperator(text string) bool {
	for _, t := range elixir.Tokens(text) {
		switch t.Kind {
		case elixir.Space, elixir.Newline, elixir.Comment:
		case elixir.Operator:
			return !slices.Contains(prefixes, text[t.Start:t.End])
		default:
			return false
		}
	}
	return false
}

// Block gives a block, as between parentheses.
func (*elixirNotation) Block(forms []lang.Value) lang.Value { return elixir.Block(forms) }

// Eval has the shell process evaluate a form.
func (x *elixirNotation) Eval(form lang.Value) {
	x.s.Call(lang.Obj(kernel.EvalNative), form, lang.Obj(x.env))
}

// EvalCall gives a call of the evaluation in the environment as it is: what
// it binds is forgotten.
func (x *elixirNotation) EvalCall(form lang.Value, locals []runtime.Local) (lang.Value, []lang.Value, func(lang.Value) lang.Value) {
	env := x.env
	for _, l := range locals {
		env = env.Bind(l.Name, l.Value)
	}
	return lang.Obj(kernel.EvalNative), []lang.Value{form, lang.Obj(env)}, func(v lang.Value) lang.Value { return v.Obj().(*lang.Vector).Nth(0) }
}

// Matcher reads PATTERN, or PATTERN when GUARD, as a clause of receive has it.
func (x *elixirNotation) Matcher(pattern string) (lang.Value, error) {
	form, ok, err := x.Typed(pattern).Read()
	switch {
	case err != nil:
		return lang.Nil, errors.New(strings.TrimSuffix(x.Syntax(err), "\n"))
	case !ok:
		return lang.Nil, errors.New("it is PATTERN, or PATTERN when GUARD")
	}
	clause := func(head, body lang.Value) lang.Value { return node("->", lang.ListOf(head), body) }
	return node("fn", clause(form, lang.True), clause(node("_"), lang.False)), nil
}

// node makes a node of the syntax tree: a call, or, without operands, a variable.
func node(name string, operands ...lang.Value) lang.Value {
	args := lang.Nil
	if len(operands) > 0 {
		args = lang.ListOf(operands...)
	}
	return lang.Vec(lang.K(name), lang.ListOf(), args)
}

// Value gives what the shell process came to, and takes the environment over
// that the form has left.
func (x *elixirNotation) Value() (lang.Value, *lang.Exception) {
	v, e := x.s.Result()
	if e != nil {
		return lang.Nil, e
	}
	t := v.Obj().(*lang.Vector)
	x.enter(kernel.EnvOf(t.Nth(1)))
	return t.Nth(0), nil
}

// Quiet is the result that is not shown: what a helper has printed takes its place.
var Quiet = lang.K("do not show this result in output")

// colours are those of iex.
var colours = []string{"atom", "cyan", "string", "green", "list", "default_color", "boolean", "magenta", "nil", "magenta",
	"tuple", "default_color", "binary", "default_color", "map", "default_color", "number", "yellow", "pid", "yellow", "regex", "red"}

// Print prints as iex does, with colours if it is to.
func (x *elixirNotation) Print(v lang.Value, coloured bool) {
	if v == Quiet {
		x.s.Call(lang.Obj(nothing))
		return
	}
	opts := []lang.Value{pair("pretty", lang.True), pair("width", lang.Int(80))}
	if coloured {
		opts = append(opts, pair("syntax_colors", syntaxColours()))
	}
	x.s.Call(lang.Obj(x.s.World.FindNS("IO").Var("inspect")), v, lang.ListOf(opts...))
}

var nothing = &lang.Native{Name: "iex/nothing", Pure: func([]lang.Value) lang.Value { return lang.Nil }}

func pair(key string, v lang.Value) lang.Value { return lang.Vec(lang.K(key), v) }

func syntaxColours() lang.Value {
	var out []lang.Value
	for i := 0; i < len(colours); i += 2 {
		out = append(out, pair(colours[i], lang.K(colours[i+1])))
	}
	return lang.ListOf(out...)
}

// Remember keeps a result for v().
func (x *elixirNotation) Remember(v lang.Value) {
	x.s.NameChannel(v)
	x.s.World.Touch(x)
	x.results = append(slices.Clip(x.results), v)
}

// Fail keeps nothing: iex has no *e.
func (*elixirNotation) Fail(*lang.Exception) {}

// Syntax tells of an error of the reader.
func (x *elixirNotation) Syntax(err error) string {
	var e *elixir.Error
	if !errors.As(err, &e) {
		return err.Error() + "\n"
	}
	text := e.Render()
	if e.Pos.Col == 0 { // the whole line is meant
		text = fmt.Sprintf("%s:%d: %s", e.Pos.Src.Name, e.Pos.Line, e.Msg)
	}
	return fmt.Sprintf("** (%s) %s\n", e.Class, strings.TrimSuffix(text, "\n"))
}

// Trace shows what the lines gave, which v gives again.
func (x *elixirNotation) Trace(visit func(lang.Value)) {
	for _, v := range x.results {
		visit(v)
	}
}

// failure tells of an error in one line, as Exception.format_banner does; one
// whose message is code of the program to run is told of as Clojure tells of it.
func failure(w *runtime.World, e *lang.Exception) string {
	if w.Notation != lang.ElixirNotation {
		return e.Error()
	}
	if name := raised[e.Kind]; name != "" {
		return "** (" + name + ") " + lang.Inspect(e.Reason)
	}
	x := kernel.Struct(e)
	text, ok := kernel.Message(w, x)
	m, isMap := x.Obj().(*lang.Map)
	if !ok || !isMap {
		return e.Error()
	}
	module, _ := m.Get(lang.K("__struct__"))
	return "** (" + lang.Inspect(module) + ") " + text
}

// Report gives the banner and the stack, without the frames of the prompt itself.
func (x *elixirNotation) Report(e *lang.Exception) string { return x.s.tell(e) }

// PrintReport says that printing failed.
func (x *elixirNotation) PrintReport(e *lang.Exception) string { return x.Report(e) }

// Exit gives the reason in words. The shell's process has only just ended: to
// ask it would lose what it came to.
func (x *elixirNotation) Exit(reason lang.Value) string {
	w := x.s.World
	v, _ := w.Private(lang.Nil, lang.Obj(w.FindNS("Exception").Var("format_exit")), reason)
	if text, ok := v.AsString(); ok {
		return text
	}
	return lang.Inspect(reason)
}

// ScriptSyntax is Syntax.
func (x *elixirNotation) ScriptSyntax(err error) string { return x.Syntax(err) }

// ScriptReport is Report.
func (x *elixirNotation) ScriptReport(e *lang.Exception) string { return x.Report(e) }

// reportWork bounds what an exception's own message may take, in reductions.
const reportWork = 1_000_000

// ask has the shell process make a text.
func (s *Session) ask(f lang.Value, args ...lang.Value) string {
	s.Call(f, args...)
	s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Reductions: reportWork})
	if s.Busy() {
		s.Interrupt()
	}
	v, e := s.Result()
	if text, ok := v.AsString(); ok && e == nil {
		return text
	}
	return "(the message of the exception could not be made)"
}

// tell gives what iex says of an exception: its banner, and the stack without
// the frames of the prompt.
func (s *Session) tell(e *lang.Exception) string {
	text := s.ask(lang.Obj(kernel.BannerNative), lang.Obj(e)) + "\n"
	var entries []lang.Value
	for _, v := range lang.ToSlice(kernel.BlamedStacktrace(e)) {
		if t := v.Obj().(*lang.Vector); t.Nth(0) != lang.K("elixir_eval") {
			entries = append(entries, v)
		}
	}
	if len(entries) > 0 {
		text += strings.TrimRight(s.ask(lang.Obj(s.World.FindNS("Exception").Var("format_stacktrace")), lang.ListOf(entries...)), "\n") + "\n"
	}
	return text
}
