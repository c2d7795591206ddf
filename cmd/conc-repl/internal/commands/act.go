package commands

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

func quit(e *Env, _ string) error { e.Quit(); return nil }

func reset(e *Env, _ string) error { e.Reset(); return nil }

func edit(e *Env, _ string) error { return e.Edit() }

func kill(e *Env, arg string) error {
	p, err := process(e, arg)
	if err != nil {
		return err
	}
	if p == e.Session.World.Shell {
		return errors.New("that is the prompt's own process; Ctrl-C ends its form, .quit the session")
	}
	if p.Kind == runtime.Actor {
		actors.Of(e.Session.World).Exit(p, lang.K("kill"))
	} else {
		e.Session.World.Kill(p, nil)
	}
	fmt.Fprintf(e.Out, "; %s has ended\n", p.Name())
	return nil
}

func load(e *Env, arg string) error {
	b, err := os.ReadFile(arg)
	if err != nil {
		return err
	}
	e.Use(session.NotationOf(arg, e.Session.ID()))
	core.SetSourceDirs(e.Session.World, filepath.Dir(arg))
	e.Eval(string(b))
	return nil
}

// notations are those of .lang, by name.
var notations = map[string]lang.Notation{"clojure": lang.ClojureNotation, "elixir": lang.ElixirNotation}

// ParseNotation gives the notation of a name.
func ParseNotation(name string) (lang.Notation, error) {
	n, ok := notations[name]
	if !ok {
		return 0, fmt.Errorf("there is no notation %s; there are clojure and elixir", name)
	}
	return n, nil
}

func notation(e *Env, arg string) error {
	if arg != "" {
		n, err := ParseNotation(arg)
		if err == nil {
			e.Use(n)
		}
		return err
	}
	for name, n := range notations {
		if n == e.Session.ID() {
			fmt.Fprintf(e.Out, "; the notation is %s\n", name)
		}
	}
	return nil
}

func model(e *Env, arg string) error {
	if arg == "" {
		s := settingNamed("model")
		fmt.Fprintf(e.Out, "; model %s\n", s.get(e))
		return nil
	}
	return set(e, "model "+arg)
}

// timing evaluates a form, and tells what it took.
func timing(e *Env, arg string) error {
	w := e.Session.World
	start, before := time.Now(), w.Shell.Reductions()
	e.Eval(arg + "\n")
	fmt.Fprintf(e.Out, "; %.3f ms, %d reductions of the prompt's process\n",
		float64(time.Since(start).Microseconds())/1000, w.Shell.Reductions()-before)
	return nil
}

// disasm shows the code of a form, or of a function that is named.
func disasm(e *Env, arg string) error {
	if v := e.Session.Lookup(arg); v != nil && v.Bound() {
		c, ok := v.Root().Obj().(*lang.Closure)
		if !ok {
			return fmt.Errorf("%s is built in: it has no code of the machine", arg)
		}
		_, err := io.WriteString(e.Out, compile.Disassemble(c.Fn))
		return err
	}
	if e.Session.ID() == lang.ElixirNotation {
		return disasmElixir(e, arg)
	}
	form, ok, err := e.Session.Reader(&lang.Source{Name: "REPL", Text: arg}).Read()
	if err != nil {
		return errors.New(strings.TrimSpace(e.Session.Syntax(err)))
	}
	if !ok {
		return errors.New(".disasm needs a form")
	}
	text, ex := assemble(e, form)
	if ex != nil {
		return errors.New(strings.TrimSpace(e.Session.Report(ex)))
	}
	_, err = io.WriteString(e.Out, text)
	return err
}

// disasmElixir shows the code of an expression: that of the body of a function
// which it makes.
func disasmElixir(e *Env, arg string) error {
	form, _, err := e.Session.Typed("fn -> " + arg + "\nend").Read()
	if err != nil {
		return errors.New(strings.TrimSpace(e.Session.Syntax(err)))
	}
	e.Session.Eval(form)
	e.Session.World.Run(runtime.Limits{Until: func() bool { return !e.Session.Busy() }})
	v, ex := e.Session.Value()
	if ex != nil {
		return errors.New(strings.TrimSpace(e.Session.Report(ex)))
	}
	_, err = io.WriteString(e.Out, compile.Disassemble(v.Obj().(*lang.Closure).Fn))
	return err
}

// assemble compiles a form, with its macros, and gives the code as text.
func assemble(e *Env, form lang.Value) (string, *lang.Exception) {
	w := e.Session.World
	ns := lang.Obj(core.CurrentNS(w.Shell))
	v, ex := w.Private(ns, lang.Obj(startCompile), form)
	for ex == nil {
		s := v.Obj().(*compile.Step)
		switch s.Kind {
		case compile.Done:
			return compile.Disassemble(s.Fn), nil
		case compile.Forms:
			var all string
			for _, f := range s.Forms {
				text, ex := assemble(e, f)
				if ex != nil {
					return "", ex
				}
				all += text
			}
			return all, nil
		}
		var expansion lang.Value
		if expansion, ex = w.Private(ns, s.Macro, s.Args...); ex == nil {
			if _, ex = w.Private(ns, lang.Obj(runtime.RealiseNative), expansion); ex == nil {
				v, ex = w.Private(ns, lang.Obj(resumeCompile), v, expansion)
			}
		}
	}
	return "", ex
}

// The compiler raises what is wrong with a form, so it is run by the machine.
var (
	startCompile = &lang.Native{Name: "disasm/start", Min: 1, Max: 1,
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s := compile.Start(args[0], core.NewResolver(p))
			return lang.Obj(&s)
		}}
	resumeCompile = &lang.Native{Name: "disasm/resume", Min: 2, Max: 2,
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			s := args[0].Obj().(*compile.Step).Resume(args[1])
			return lang.Obj(&s)
		}}
)

func sortedNamespaces(w *runtime.World) []*runtime.Namespace {
	names := slices.Sorted(maps.Keys(w.Namespaces()))
	out := make([]*runtime.Namespace, len(names))
	for i, n := range names {
		out[i] = w.FindNS(n)
	}
	return out
}
