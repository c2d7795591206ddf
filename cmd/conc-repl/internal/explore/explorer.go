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
)

// program is a form, and the text by which its tokens know it: that of the
// file, or of the form as it was read, however it was typed.
type program struct {
	form     lang.Value
	text     string
	notation lang.Notation
}

// Explorer explores forms in a session.
type Explorer struct {
	S        *session.Session
	Out      io.Writer
	text     string          // of what was explored last
	form     lang.Value      // the same, read
	notation lang.Notation   // in which it is written
	last     *explore.Result // what came of it
	ran      program         // what a schedule is replayed on: what was explored, or run, last
	opts     Options
	file     string   // where it stands, "" of what was typed
	before   []string // the forms before it, of a file, as they are written
}

// Do explores a form, which may have flags before it, and tells what came of it.
func (x *Explorer) Do(text string) error {
	o, rest, err := Parse(text)
	if err != nil {
		return err
	}
	if o.Replay != "" {
		return x.Replay(o.Replay + " " + rest)
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
	x.text, x.form, x.notation, x.opts, x.ran = text, form, x.S.ID(), o, x.program(form)
	o.Program = explore.Hash(x.ran.text)
	o.Show, o.Name = shown, x.name
	o.Reason = func(w *runtime.World, events []runtime.Event) string {
		return views.Reason(w, views.Past{Events: func() []runtime.Event { return events }})
	}
	o.Stop = x.S.World.TakeInterrupt
	x.last = explore.Explore(x.S.World, x.starter(form), o.Options)
	slices.SortStableFunc(x.last.Outcomes, explore.FaultsFirst)
	x.entitle(x.last.Outcomes)
	return nil
}

// program gives a form as tokens know it.
func (x *Explorer) program(form lang.Value) program {
	if x.file != "" {
		return program{form, x.text, x.S.ID()}
	}
	return program{form, x.written(form), x.S.ID()}
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
		o.Title = x.S.World.Failure(o.Raised)
	}
}

// name gives the name of a process that the other views have for it, too.
func (x *Explorer) name(p *runtime.Process) string { return x.S.World.Label(p) }

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
	var err error
	if x.opts.JSON {
		err = writeJSON(x.Out, x.last)
	} else {
		_, err = io.WriteString(x.Out, Report(x.last, func(o *explore.Outcome) bool { return !x.opts.Errors || x.fault(o) })+x.hint())
	}
	if err == nil && x.opts.Save != "" {
		err = x.save(x.opts.Save)
	}
	if err == nil && x.opts.DOT != "" {
		err = x.Draw(x.opts.DOT)
	}
	return err
}

// hint says what can be done with the outcomes that were told.
func (x *Explorer) hint() string {
	switch {
	case len(x.last.Outcomes) == 0 && x.last.Cut != "":
		return "No run has come to its end; --random pos runs some without looking for all, and --time-limit gives more time.\n"
	case len(x.last.Outcomes) == 0:
		return ""
	case x.file != "":
		return fmt.Sprintf("conc-repl run --replay TOKEN %s runs one again.\n", x.file)
	}
	return ".walk K steps the run to outcome K, .witness K lists it all; .replay TOKEN runs it.\n"
}

// fault reports whether an outcome is neither a plain value nor of the kind
// that is to be taken for normal.
func (x *Explorer) fault(o *explore.Outcome) bool {
	return o.Kind != explore.Value && string(o.Kind) != x.opts.Normal
}

// Faults gives how many behaviours came to a fault.
func (x *Explorer) Faults() int {
	n := 0
	for _, o := range x.last.Outcomes {
		if x.fault(o) {
			n += o.Behaviours
		}
	}
	return n
}
