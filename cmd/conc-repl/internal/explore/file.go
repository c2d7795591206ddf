package explore

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// The exit codes of conc-repl explore.
const (
	exitFine     = 0
	exitFault    = 1 // an outcome is no plain value
	exitUsage    = 2
	exitDeadlock = 3 // of a replay
)

// File explores the program in a file. args are the flags and the file. It gives the exit code.
func File(args []string, so session.Options, out, errs io.Writer) int {
	var o Options
	f := o.flags()
	err := f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, "usage: conc-repl explore [FLAG...] FILE\n\n"+Usage()+
			"\nExit codes: 0 every outcome is a value; 1 one is not; 2 wrong usage.\n")
		return exitFine
	}
	if err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n%s", err, Usage())
		return exitUsage
	}
	if err := o.complete(); err != nil || f.NArg() != 1 {
		if err == nil {
			err = errors.New("explore needs one file")
		}
		fmt.Fprintf(errs, "conc-repl: %v\n%s", err, Usage())
		return exitUsage
	}
	if o.Replay != "" {
		if so.Seed, err = explore.Seed(o.Replay); err != nil {
			fmt.Fprintf(errs, "conc-repl: %v\n", err)
			return exitUsage
		}
	}
	so.Notation = session.NotationOf(f.Arg(0), so.Notation)
	so.Virtual, so.Out, so.Err = true, io.Discard, errs
	x := &Explorer{S: session.New(so), Out: out}
	form, err := x.setUp(f.Arg(0))
	if err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n", err)
		return exitUsage
	}
	if o.Replay != "" {
		x.ran = x.program(form)
		if err := x.Replay(o.Replay); err != nil {
			fmt.Fprintf(errs, "conc-repl: %v\n", err)
			return exitFault
		}
		return exitFine
	}
	tell, end := progress(errs)
	o.Progress = tell
	release := interrupts(x.S.World)
	err = x.explore(form, x.text, o)
	release()
	end()
	if err == nil && o.Other != "" {
		err = x.compareWith(o.Other, so, o)
	} else if err == nil {
		err = x.tell()
	}
	if err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n", err)
		return exitUsage
	}
	if x.Faults() > 0 {
		return exitFault
	}
	return exitFine
}

// compareWith explores a further file, and tells what only one of both comes
// to: that file is the first, as it is on the command line.
func (x *Explorer) compareWith(file string, so session.Options, o Options) error {
	y := &Explorer{S: session.New(so), Out: x.Out}
	y.S.Use(session.NotationOf(file, so.Notation))
	form, err := y.setUp(file)
	if err == nil {
		err = y.explore(form, y.text, o)
	}
	if err == nil {
		_, err = io.WriteString(x.Out, Difference(y.last, x.last))
	}
	return err
}

// interrupts has Ctrl-C end the exploration, with what there is, until release
// is called.
func interrupts(w *runtime.World) (release func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		for range signals {
			w.Interrupt()
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}

// setUp evaluates the forms of a file up to the first that does something which
// can come to pass in more than one order: an operation. That one and those
// after it, which it gives as one form, are the program to explore. Where none
// does anything, the program is the last form.
func (x *Explorer) setUp(file string) (program lang.Value, err error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return lang.Nil, err
	}
	x.S.Enter(file)
	return x.setUpText(file, string(b))
}

// setUpText is setUp with the text of the file.
func (x *Explorer) setUpText(file, text string) (program lang.Value, err error) {
	x.text, x.file = text, file
	r := x.S.Reader(&lang.Source{Name: file, Text: x.text})
	at, start := r.(interface{ Offset() int }), 0
	var forms []lang.Value // to explore
	for n := 0; ; n++ {
		before := at.Offset()
		form, ok, err := r.Read()
		switch {
		case err != nil:
			return lang.Nil, errors.New(x.S.ScriptSyntax(err))
		case !ok && n == 0:
			return lang.Nil, fmt.Errorf("there is no form in %s", file)
		case !ok && len(forms) == 0:
			return program, nil
		case !ok:
			return x.S.Block(forms), nil
		}
		if len(forms) == 0 {
			program = form
			if n > 0 {
				x.before = append(x.before, strings.TrimSpace(x.text[start:before]))
			}
			start = before
		}
		if len(forms) > 0 || !x.prepares(form) {
			forms = append(forms, form)
		}
	}
}

// prepares evaluates a form that only prepares what is to be explored. If it is
// about to do an operation, or raises something, the world is as it was before.
func (x *Explorer) prepares(form lang.Value) bool {
	w := x.S.World
	mark := w.Checkpoint()
	w.StopBeforeOps(true)
	x.S.Eval(form)
	w.Run(runtime.Limits{Until: func() bool { return !x.S.Busy() || w.Shell.Status == runtime.AtOp }, Timers: true})
	w.StopBeforeOps(false)
	if !x.S.Busy() {
		_, e := x.S.Value()
		if e == nil {
			w.Release(mark)
			return true
		}
		io.WriteString(x.S.Options().Err, x.S.ScriptReport(e)) // an outcome does not tell the place
	}
	w.Rollback(mark)
	w.Release(mark)
	return false
}
