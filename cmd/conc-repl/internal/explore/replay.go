package explore

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// Replay runs the schedule of a token on the form that stands behind it, or
// else on what was explored or run last, and tells its steps.
func (x *Explorer) Replay(text string) error {
	token, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	if rest = strings.TrimSpace(rest); rest != "" {
		form, err := x.read(x.S.Typed(rest), rest)
		if err != nil {
			return err
		}
		x.ran = x.program(form)
	}
	if x.ran.text == "" {
		return errors.New("replay what? .replay TOKEN FORM, or .explore FORM first")
	}
	if err := x.readable(x.ran.notation); err != nil {
		return err
	}
	r, err := x.run(token)
	x.list(r.Lines)
	if r.Changed {
		fmt.Fprintln(x.Out, changed)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(x.Out, "     %s%s\n", title(r.Outcome), printed(r.Outcome.Output))
	return nil
}

// changed says that a token was made for another program.
const changed = "the program has changed since the schedule was made"

// run runs the schedule of a token on the form.
func (x *Explorer) run(token string) (explore.Replayed, error) {
	o := x.replayOptions()
	return explore.Replay(x.S.World, x.starter(x.ran.form), strings.TrimSpace(token), o)
}

func (x *Explorer) replayOptions() explore.Options {
	return explore.Options{Program: explore.Hash(x.ran.text), Show: shown, Name: x.name}
}

// Token tells a run of a form as a token. The world is as it was before the
// run, whose events are given.
func (x *Explorer) Token(text string, events []runtime.Event) (string, error) {
	form, err := x.read(x.S.Typed(text), text)
	if err != nil {
		return "", err
	}
	x.ran = x.program(form)
	return explore.Token(x.S.World, x.starter(form), events, x.replayOptions())
}

// TokenOf tells a run of a file as a token, by its events.
func TokenOf(file string, so session.Options, events []runtime.Event) (string, error) {
	so.Notation = session.NotationOf(file, so.Notation)
	so.Virtual, so.Out, so.Err = true, io.Discard, io.Discard
	x := &Explorer{S: session.New(so), Out: io.Discard}
	form, err := x.setUp(file)
	if err != nil {
		return "", err
	}
	x.ran = x.program(form)
	return explore.Token(x.S.World, x.starter(form), events, x.replayOptions())
}

// Replay runs the last form of a file by the schedule of a token: what it
// prints comes to out. It gives the exit code, that of a script which comes to the same.
func Replay(file, token string, so session.Options, out, errs io.Writer) int {
	seed, err := explore.Seed(token)
	if err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n", err)
		return exitUsage
	}
	so.Seed = seed
	so.Notation = session.NotationOf(file, so.Notation)
	so.Virtual, so.Out, so.Err = true, io.Discard, errs
	x := &Explorer{S: session.New(so), Out: errs}
	form, err := x.setUp(file)
	if err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n", err)
		return exitUsage
	}
	x.ran = x.program(form)
	r, err := x.run(token)
	if r.Changed {
		fmt.Fprintln(errs, changed)
	}
	if err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n", err)
		return exitFault
	}
	io.WriteString(out, r.Outcome.Output)
	if r.Outcome.Kind == explore.Value {
		return exitFine
	}
	fmt.Fprintf(errs, "conc-repl: %s\n", title(r.Outcome))
	switch r.Outcome.Kind {
	case explore.Deadlock:
		return exitDeadlock
	case explore.Leak:
		return exitFine
	}
	return exitFault
}
