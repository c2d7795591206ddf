package step

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// evalWork is how many reductions an expression at a stop may take.
const evalWork = 5_000_000

// show prints a value in the notation in use.
func (s *Stepper) show(v lang.Value) string { return s.S.World.Show(v) }

// look evaluates the forms of a text in a process of its own, shows what comes
// of them, and takes everything back.
func (s *Stepper) look(text string) error {
	return s.pretend(func() error {
		v, err := s.evalText(text)
		io.WriteString(s.Out, s.S.World.Out.Held())
		if err == nil {
			fmt.Fprintln(s.Out, s.show(v))
		}
		return err
	})
}

// value evaluates a text as look does, without a word.
func (s *Stepper) value(text string) (v lang.Value, err error) {
	err = s.pretend(func() error { v, err = s.evalText(text); return err })
	return v, err
}

// pretend does f and takes back all that it has changed in the world.
func (s *Stepper) pretend(f func() error) error {
	w := s.S.World
	c := w.Checkpoint()
	defer func() { w.Rollback(c); w.Release(c) }()
	return f()
}

// change evaluates the forms of a text; what they do stays done.
func (s *Stepper) change(text string) error {
	s.deviate()
	v, err := s.evalText(text)
	if err == nil {
		fmt.Fprintln(s.Out, s.show(v))
	}
	s.after(nil)
	s.screen()
	return err
}

// evalText evaluates the forms of a text one after the other, where the locals
// of the process that is shown are in reach, and gives the value of the last.
func (s *Stepper) evalText(text string) (v lang.Value, err error) {
	r := s.S.Typed(text)
	for {
		form, ok, err := r.Read()
		if err != nil {
			return v, errors.New(strings.TrimSuffix(s.S.Syntax(err), "\n"))
		}
		if !ok {
			return v, nil
		}
		if v, err = s.evalForm(form); err != nil {
			return v, err
		}
	}
}

// evalForm evaluates one form as evalText does.
func (s *Stepper) evalForm(form lang.Value) (lang.Value, error) {
	f, args, value := s.S.EvalCall(form, s.locals())
	v, err := s.call(f, args...)
	if err != nil {
		return v, err
	}
	return value(v), nil
}

// call calls f in a process of its own, which stands for the person.
func (s *Stepper) call(f lang.Value, args ...lang.Value) (lang.Value, error) {
	w := s.S.World
	p := w.Spawn(w.Shell, runtime.Spawn{Kind: runtime.Thread, Fn: f, Args: args, Name: "you", Convey: true, Exit: caught})
	from := p.Reductions()
	for p.Status != runtime.Done && p.Reductions()-from < evalWork {
		switch p.Status {
		case runtime.AtOp:
			w.Grant(p)
		case runtime.Ready:
			w.Step(p, 0)
		default:
			waits := views.Status(p)
			w.Kill(p, nil)
			return lang.Nil, errors.New("the world is stopped, and it would have to wait: " + waits)
		}
	}
	if p.Status != runtime.Done {
		w.Kill(p, nil)
		return lang.Nil, errors.New("it takes too long for a stopped world")
	}
	v, _ := p.Result()
	if e, ok := v.Obj().(*raised); ok {
		return lang.Nil, errors.New(strings.TrimSuffix(s.S.Report(e.e), "\n"))
	}
	return v, nil
}

// raised is the result of what raised an exception.
type raised struct{ e *lang.Exception }

// caught turns an exception into a result: the person is told, nobody else.
var caught = &runtime.Kont{Name: "eval at a stop",
	Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value { return v },
	Raise: func(_ *runtime.Process, _ any, e *lang.Exception) (lang.Value, bool) {
		return lang.Obj(&raised{e}), true
	}}

// sendNative sends its second argument to its first.
var sendNative = &lang.Native{Name: "send", Min: 2, Max: 2, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	return actors.Of(p.W).Send(p, args[0], args[1])
}}

func (s *Stepper) inject(arg string) error {
	to, text, _ := strings.Cut(arg, " ")
	if strings.TrimSpace(text) == "" {
		return errors.New("it is inject P MSG, or inject C VALUE")
	}
	v, err := s.value(text)
	if err != nil {
		return err
	}
	s.deviate()
	if c, ok := s.channel(to); ok {
		_, err = s.call(s.S.World.FindNS("clojure.core.async").Var("put!").Root(), c, v)
	} else {
		var p *runtime.Process
		if p, err = s.process(to); err == nil {
			_, err = s.call(lang.Obj(sendNative), lang.Obj(p), v)
		}
	}
	if err != nil {
		return err
	}
	s.after(nil)
	s.screen()
	return nil
}
