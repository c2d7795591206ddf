package explore

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The exit codes of conc-repl explore.
const (
	exitFine  = 0
	exitFault = 1 // an outcome is no plain value
	exitUsage = 2
)

// File explores the last form of a file; the forms before it are evaluated
// first. args are the flags and the file. It gives the exit code.
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
	if ext := filepath.Ext(f.Arg(0)); ext == ".ex" || ext == ".exs" {
		so.Notation = lang.ElixirNotation
	}
	so.Virtual, so.Out, so.Err = true, io.Discard, errs
	x := &Explorer{S: session.New(so), Out: out}
	form, err := x.setUp(f.Arg(0))
	if err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n", err)
		return exitUsage
	}
	if o.Replay != "" {
		x.form = form
		if err := x.Replay(o.Replay); err != nil {
			fmt.Fprintf(errs, "conc-repl: %v\n", err)
			return exitFault
		}
		return exitFine
	}
	x.explore(form, x.text, o)
	if err := x.tell(); err != nil {
		fmt.Fprintf(errs, "conc-repl: %v\n", err)
		return exitUsage
	}
	if x.Faults() > 0 {
		return exitFault
	}
	return exitFine
}

// setUp evaluates all forms of a file but the last, which it gives.
func (x *Explorer) setUp(file string) (lang.Value, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return lang.Nil, err
	}
	x.text = string(b)
	x.S.Enter(file)
	r := x.S.Reader(&lang.Source{Name: file, Text: x.text})
	var last lang.Value
	for n := 0; ; n++ {
		form, ok, err := r.Read()
		switch {
		case err != nil:
			return lang.Nil, errors.New(x.S.ScriptSyntax(err))
		case !ok && n == 0:
			return lang.Nil, fmt.Errorf("there is no form in %s", file)
		case !ok:
			return last, nil
		case n > 0:
			if err := x.evaluate(last); err != nil {
				return lang.Nil, err
			}
		}
		last = form
	}
}

// evaluate evaluates a form that is not explored.
func (x *Explorer) evaluate(form lang.Value) error {
	x.S.Eval(form)
	x.S.World.Run(runtime.Limits{Until: func() bool { return !x.S.Busy() }, Timers: true})
	if x.S.Busy() {
		return errors.New("a form before the last waits for ever")
	}
	if _, e := x.S.Value(); e != nil {
		return errors.New(x.S.ScriptReport(e))
	}
	return nil
}
