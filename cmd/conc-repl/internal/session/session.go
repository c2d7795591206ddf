package session

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/iex"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/inspect"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/page"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
	"github.com/conc-repl/conc-repl/runtime/explore"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

// Options are what a session is started with.
type Options struct {
	runtime.Options
	Notation     lang.Notation // in which the session begins
	ParkAnywhere bool          // <! may be used outside of go blocks
	Args         []string      // *command-line-args*
	Out, Err     io.Writer
	Lines        func() (string, bool) // the lines that programs read, false at the end; nil if they come by World.In
}

// Session is a world, with its shell process ready to evaluate.
type Session struct {
	World *runtime.World
	// ShellExit, if set, is told when the shell process gets an exit signal
	// that ends what it does, or would have ended it between two forms.
	ShellExit func(reason lang.Value)

	Notation

	opts      Options
	notations map[lang.Notation]Notation
	base      *runtime.Bindings // of the shell process, between two forms
	stop      *lang.Exception   // what Interrupt raised
	code      *int              // what the program exited with
}

// settable are the vars that set! may change at the prompt and in a script, as
// clojure.main/with-bindings has it.
var settable = []string{
	"*assert*", "*data-readers*", "*default-data-reader-fn*", "*math-context*",
	"*print-length*", "*print-level*", "*print-meta*", "*print-namespace-maps*",
	"*unchecked-math*", "*warn-on-reflection*",
}

// New makes a session.
func New(o Options) *Session {
	w := runtime.NewWorld(o.Options)
	w.Uncaught = uncaught
	w.Failure = func(e *lang.Exception) string { return failure(w, e) }
	core.Install(w)
	channels.Install(w)
	explore.Install(w)
	page.Install(w)
	model := actors.Install(w)
	inspect.Install(w)
	kernel.Install(w)
	model.Elixir = &actors.Exceptions{Struct: kernel.Struct, Reason: kernel.Reason, Stacktrace: kernel.Stacktrace,
		Known: func(e *lang.Exception) bool { _, ok := kernel.Message(w, kernel.Struct(e)); return ok }}
	w.Out.W, w.Err.W = o.Out, o.Err
	s := &Session{World: w, opts: o}
	for _, name := range settable {
		v := s.Var(name)
		w.Shell.PushBinding(v, v.Get(w.Shell))
	}
	s.set("*print-namespace-maps*", lang.True)
	s.base = w.Shell.Bindings
	model.ShellExit = func(reason lang.Value) {
		if s.ShellExit != nil {
			s.ShellExit(reason)
		}
	}
	core.OnExit(w, func(code int) { s.code = &code })
	channels.SetParkAnywhere(w, o.ParkAnywhere)
	if o.Lines != nil {
		w.In.Fetch = o.Lines
		w.In.Wanted = func() bool {
			line, ok := o.Lines()
			if ok {
				w.In.Feed(w, line)
			}
			return ok
		}
	}
	s.setArgs(o.Args)
	s.notations = map[lang.Notation]Notation{lang.ClojureNotation: &clojureNotation{s}, lang.ElixirNotation: newElixir(s)}
	s.Use(o.Notation)
	return s
}

// Use sets the notation of what is read and shown from here on. What earlier
// forms have bound stays.
func (s *Session) Use(n lang.Notation) { s.Notation, s.World.Notation = s.notations[n], n }

// Exited gives the exit code of a program that has ended itself.
func (s *Session) Exited() (code int, ok bool) {
	if s.code == nil {
		return 0, false
	}
	return *s.code, true
}

// ReferRepl has doc, source, apropos and the others of clojure.repl stand in
// the namespace user, as they do at Clojure's prompt.
func (s *Session) ReferRepl() {
	if ns := s.World.FindNS("clojure.repl"); ns != nil {
		user := s.World.NS("user")
		user.Uses = append(user.Uses, runtime.Use{NS: ns})
	}
}

// Options gives what the session was started with.
func (s *Session) Options() Options { return s.opts }

// SetOptions notes options for the session that a reset starts.
func (s *Session) SetOptions(o Options) { s.opts = o }

func (s *Session) setArgs(args []string) {
	if len(args) == 0 {
		return
	}
	vs := make([]lang.Value, len(args))
	for i, a := range args {
		vs[i] = lang.Str(a)
	}
	s.set("*command-line-args*", lang.ListOf(vs...))
}

// NS gives the name of the namespace that the shell is in.
func (s *Session) NS() string {
	if ns := core.CurrentNS(s.World.Shell); ns != nil {
		return ns.Name
	}
	return "user"
}

// Var gives a var of clojure.core.
func (s *Session) Var(name string) *runtime.Var { return s.World.FindNS("clojure.core").Var(name) }

// Lookup gives the var that name stands for in the notation in use, nil if
// none: a plain name, or one with its namespace, alias or module before it.
func (s *Session) Lookup(name string) *runtime.Var {
	if s.ID() == lang.ElixirNotation {
		return s.lookupElixir(name)
	}
	sym := symbol(name)
	if sym == nil {
		return nil
	}
	v, _ := core.NewResolver(s.World.Shell).Resolve(sym).Value.Obj().(*runtime.Var)
	return v
}

// lookupElixir finds Enum.map, :lists.sum, a variable, or what is called
// without its module's name.
func (s *Session) lookupElixir(name string) *runtime.Var {
	modules := []string{"user", "Kernel", strings.TrimPrefix(iex.Module, "Elixir.")}
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		modules, name = []string{strings.TrimPrefix(name[:i], ":")}, name[i+1:]
	}
	for _, m := range modules {
		ns := s.World.FindNS(m)
		if ns == nil {
			continue
		}
		for _, key := range [...]string{name, "MACRO-" + name} {
			if v := ns.Var(key); v != nil {
				return v
			}
		}
	}
	return nil
}

// symbol reads a name, nil if it is none.
func symbol(name string) *lang.Symbol {
	form, ok, err := clojure.New(&lang.Source{Name: "name", Text: name}, nil).Read()
	if !ok || err != nil {
		return nil
	}
	sym, _ := form.AsSymbol()
	return sym
}

// Suggest gives names near to one that is unknown.
func (s *Session) Suggest(name string) []string {
	sym := symbol(name)
	if sym == nil {
		return nil
	}
	return core.NewResolver(s.World.Shell).Suggest(sym)
}

func (s *Session) set(name string, v lang.Value) {
	x := s.Var(name)
	if s.World.Shell.Binding(x) != nil {
		x.SetBinding(s.World.Shell, v)
	} else {
		x.Bind(s.World.Shell, v)
	}
}

// Enter says which file is being evaluated: it is *file*, and require and
// load-file look beside it.
func (s *Session) Enter(file string) {
	s.set("*file*", lang.Str(file))
	core.SetSourceDirs(s.World, filepath.Dir(file))
}

// Call has the shell process begin to call f.
func (s *Session) Call(f lang.Value, args ...lang.Value) {
	s.World.Shell.Bindings = s.base
	s.stop = nil
	s.World.Eval(f, args...)
}

// Busy reports whether the shell process is at work, or waits.
func (s *Session) Busy() bool { return s.World.Shell.Status != runtime.Done }

// Result gives what the shell process came to, once it is not Busy.
func (s *Session) Result() (lang.Value, *lang.Exception) { return s.World.Shell.Result() }

// Interrupted reports whether e is what Interrupt raised, rather than an
// error of the program.
func (s *Session) Interrupted(e *lang.Exception) bool { return e != nil && e == s.stop }

// patience is how many reductions an interrupted form has for its finally
// clauses, before it is ended without them.
const patience = 100_000

// Interrupt ends what the shell process does: it raises an exception in it,
// so that finally clauses run; a form that goes on all the same is ended.
func (s *Session) Interrupt() {
	if !s.Busy() {
		return
	}
	s.stop = lang.NewException(lang.InterruptedException, "interrupted")
	s.World.Raise(s.World.Shell, s.stop)
	s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Reductions: patience})
	if s.Busy() {
		s.World.Kill(s.World.Shell, s.stop)
	}
	s.World.Shell.Bindings = s.base
}

// NameChannel gives a channel, for people, the name of the var that a form
// has just defined as it: v is what the form gave.
func (s *Session) NameChannel(v lang.Value) {
	d, ok := v.Obj().(*runtime.Var)
	if !ok || !d.Bound() {
		return
	}
	if c, ok := d.Root().Obj().(*channels.Channel); ok {
		c.SetName(d.Name)
	}
}
