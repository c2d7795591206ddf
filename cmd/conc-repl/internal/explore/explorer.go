package explore

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/explore"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

// Explorer explores forms in a session.
type Explorer struct {
	S        *session.Session
	Out      io.Writer
	text     string          // of what was explored last
	form     lang.Value      // the same, read
	notation lang.Notation   // in which it is written
	last     *explore.Result // what came of it
	opts     Options
	before   string // the text before the form, of a file
}

// Do explores a form, which may have flags before it, and tells what came of it.
func (x *Explorer) Do(text string) error {
	o, rest, err := Parse(text)
	if err != nil {
		return err
	}
	if o.Replay != "" && rest == "" {
		return x.Replay(o.Replay)
	}
	if rest == "" {
		return errors.New("explore what? .explore FORM")
	}
	form, err := x.read(x.S.Typed(rest), rest)
	if err != nil {
		return err
	}
	if err := x.explore(form, rest, o); err != nil {
		return err
	}
	return x.tell()
}

// read reads the one form of a text.
func (x *Explorer) read(r session.Reader, text string) (lang.Value, error) {
	form, ok, err := r.Read()
	switch {
	case err != nil:
		return lang.Nil, errors.New(strings.TrimSuffix(x.S.Syntax(err), "\n"))
	case !ok:
		return lang.Nil, fmt.Errorf("there is no form in %q", text)
	}
	if _, more, _ := r.Read(); more {
		return lang.Nil, errors.New("that is more than one form; put them into one: (do ...)")
	}
	return form, nil
}

// explore explores a form; text is how it was written.
func (x *Explorer) explore(form lang.Value, text string, o Options) (err error) {
	if o.Invariant, err = x.invariant(o.Holds); err != nil {
		return err
	}
	x.text, x.form, x.notation, x.opts = text, form, x.S.ID(), o
	o.Program = explore.Hash(text)
	o.Show, o.Name = shown, x.name
	o.Stop = x.S.World.TakeInterrupt
	x.last = explore.Explore(x.S.World, x.starter(form), o.Options)
	slices.SortStableFunc(x.last.Outcomes, func(a, b *explore.Outcome) int { return rank(a) - rank(b) })
	x.entitle(x.last.Outcomes)
	return nil
}

// entitle names what was raised as the notation in use does.
func (x *Explorer) entitle(outcomes []*explore.Outcome) {
	if x.S.ID() != lang.ElixirNotation {
		return
	}
	for _, o := range outcomes {
		if o.Raised == nil {
			continue
		}
		e := kernel.Struct(o.Raised)
		text, ok := kernel.Message(x.S.World, e)
		if m, isMap := e.Obj().(*lang.Map); ok && isMap {
			module, _ := m.Get(lang.K("__struct__"))
			o.Title = "** (" + lang.Inspect(module) + ") " + text
		}
	}
}

// rank puts what goes wrong before what goes well.
func rank(o *explore.Outcome) int {
	if o.Kind == explore.Value {
		return 1
	}
	return 0
}

// name gives the name of a process that the other views have for it, too.
func (x *Explorer) name(p *runtime.Process) string { return views.Label(x.S.World, p) }

// starter begins to evaluate a form and to print its value.
func (x *Explorer) starter(form lang.Value) explore.Start { return x.start(x.shower(form)) }

func (x *Explorer) shower(form lang.Value) *showing {
	f, args, value := x.S.EvalCall(form, nil)
	s := &showing{f: f, args: args, value: value, with: x.S.Var("pr-str").Root()}
	if x.S.ID() == lang.ElixirNotation {
		s.with = x.S.World.FindNS("Kernel").Var("inspect").Root()
	}
	return s
}

func (x *Explorer) start(s *showing) explore.Start {
	return func() *runtime.Process {
		x.S.Call(lang.Obj(showNative), lang.Obj(s))
		return x.S.World.Shell
	}
}

// showing is a call whose value is to be printed to a text.
type showing struct {
	f     lang.Value
	args  []lang.Value
	value func(lang.Value) lang.Value
	with  lang.Value
	keep  bool // what the call gave is the result, and the text stands in text
	text  string
}

// showNative calls what its argument says, and gives the value as it is
// printed: printing may be work of the process, too.
var showNative = &lang.Native{Name: "explore/show", Min: 1, Max: 1,
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		s := args[0].Obj().(*showing)
		return p.Call(showKont, s, s.f, s.args...)
	}}

var showKont = &runtime.Kont{Name: "show",
	Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
		s := state.(*showing)
		if s.keep {
			return p.Call(keepKont, kept{s, v}, s.with, s.value(v))
		}
		return p.TailCall(s.with, s.value(v))
	}}

// kept is a call that has given a value, which is being printed.
type kept struct {
	s *showing
	v lang.Value
}

var keepKont = &runtime.Kont{Name: "show",
	Return: func(_ *runtime.Process, state any, text lang.Value) lang.Value {
		k := state.(kept)
		k.s.text = shown(text)
		return k.v
	}}

// shown gives what showNative has printed.
func shown(v lang.Value) string {
	s, _ := v.AsString()
	return s
}

// tell writes what came of the last exploration.
func (x *Explorer) tell() error {
	if x.opts.JSON {
		return writeJSON(x.Out, x.last)
	}
	_, err := io.WriteString(x.Out, Report(x.last, x.opts.Errors))
	if err == nil && x.opts.Save != "" {
		err = x.save(x.opts.Save)
	}
	if err == nil && x.opts.DOT != "" {
		err = x.draw(x.opts.DOT)
	}
	return err
}

// Faults gives how many behaviours came to no plain value.
func (x *Explorer) Faults() int {
	n := 0
	for _, o := range x.last.Outcomes {
		if o.Kind != explore.Value && string(o.Kind) != x.opts.Normal {
			n += o.Behaviours
		}
	}
	return n
}
