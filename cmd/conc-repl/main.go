// Conc-repl is a shell in which a person holds concurrent programs in their
// hands. Without arguments it opens the prompt; conc-repl help tells more.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/commands"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/prompt"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/script"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/testrun"
	"github.com/conc-repl/conc-repl/lang"
)

// version is that of the next release.
const version = "0.1.0"

func main() { os.Exit(start(os.Args[1:])) }

// start does what the arguments say and gives the exit code.
func start(args []string) int {
	name := ""
	if len(args) > 0 {
		name = args[0]
	}
	switch name {
	case "run":
		return runScript(args[1:])
	case "test":
		return runTests(args[1:])
	case "explore":
		return explore.File(args[1:], session.Options{Lines: script.Lines(os.Stdin)}, os.Stdout, os.Stderr)
	case "step":
		return stepScript(args[1:])
	case "version", "-version", "--version":
		fmt.Print(about())
		return script.ExitOK
	case "help", "-h", "-help", "--help":
		fmt.Print(help())
		return script.ExitOK
	}
	if isScript(args) {
		return runScript(args)
	}
	if name != "" && !strings.HasPrefix(name, "-") {
		return usage(fmt.Errorf("there is no command %s; the commands are run, step, explore, test, version and help, and without one the prompt opens", name))
	}
	return repl(args)
}

// isScript reports whether arguments without a command are those of run: an
// -e, a -, or a file that is there.
func isScript(args []string) bool {
	if slices.ContainsFunc(args, func(a string) bool { return a == "-e" || a == "--e" || a == "-" }) {
		return true
	}
	if len(args) == 0 {
		return false
	}
	if session.IsProgram(args[0]) {
		return true
	}
	st, err := os.Stat(args[0])
	return err == nil && st.Mode().IsRegular()
}

// usage reports wrong arguments.
func usage(err error) int {
	fmt.Fprintf(os.Stderr, "conc-repl: %v\nconc-repl help tells more\n", err)
	return script.ExitUsage
}

func runScript(args []string) int {
	c, err := script.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Print(runHelp())
		return script.ExitOK
	case err != nil:
		return usage(err)
	}
	c.Session.HeapLimit = session.HeapBudget()
	session.TuneGC(c.Session.HeapLimit)
	if c.Replay != "" {
		c.Session.Lines = script.Lines(os.Stdin)
		return explore.Replay(c.Files[0], c.Replay, c.Session, os.Stdout, os.Stderr)
	}
	return script.Run(c, script.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Terminal: isTerminal(os.Stdin)})
}

// runTests runs the tests of files.
func runTests(args []string) int {
	c, err := testrun.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Print(testHelp())
		return script.ExitOK
	case err != nil:
		return usage(err)
	}
	c.Session.HeapLimit = session.HeapBudget()
	session.TuneGC(c.Session.HeapLimit)
	return testrun.Run(c, os.Stdout, os.Stderr)
}

// testHelp gives what conc-repl test -h prints.
func testHelp() string {
	var b strings.Builder
	b.WriteString(testrun.Usage + "\n")
	f := new(testrun.Config).Flags()
	f.SetOutput(&b)
	f.PrintDefaults()
	return b.String()
}

// isTerminal reports whether a person is at the other end of f.
func isTerminal(f *os.File) bool {
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0 && st.Mode()&os.ModeDevice != 0 && f.Name() != os.DevNull
}

// repl opens the prompt.
func repl(args []string) int {
	var o session.Options
	f := flag.NewFlagSet("conc-repl", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	script.WorldFlags(f, &o)
	if err := f.Parse(args); err != nil {
		return usage(err)
	}
	if f.NArg() > 0 {
		return usage(fmt.Errorf("what is %s? to run a file: conc-repl run FILE", f.Arg(0)))
	}
	o.HeapLimit = session.HeapBudget()
	session.TuneGC(o.HeapLimit)
	if !prompt.IsTerminal() {
		return pipe(o, nil)
	}
	return talk(o, nil)
}

// stepScript opens the prompt with a file under the stepper.
func stepScript(args []string) int {
	var o session.Options
	f := flag.NewFlagSet("conc-repl step", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	script.WorldFlags(f, &o)
	if err := f.Parse(args); err != nil {
		return usage(err)
	}
	if f.NArg() == 0 {
		return usage(errors.New("step needs a file"))
	}
	if _, err := os.Stat(f.Arg(0)); err != nil {
		return usage(err)
	}
	o.Notation = session.NotationOf(f.Arg(0), o.Notation)
	o.Args = f.Args()[1:]
	o.HeapLimit = session.HeapBudget()
	session.TuneGC(o.HeapLimit)
	first := func(e *commands.Env) error { return commands.Do(e, ".step "+f.Arg(0)) }
	if !prompt.IsTerminal() {
		return pipe(o, first)
	}
	return talk(o, first)
}

// banner is the first line of a session.
func banner(o session.Options) string {
	name := "Clojure"
	if o.Notation == lang.ElixirNotation {
		name = "Elixir"
	}
	return "conc-repl " + version + ": processes, mailboxes and channels in one world. " + name + " notation; .help tells more.\n"
}

// talk opens the prompt at a terminal, and does first, if that is not nil.
func talk(o session.Options, first func(*commands.Env) error) int {
	s := session.New(o)
	fmt.Print(banner(o))
	l := prompt.New(s, nil, os.Stdout)
	t, err := prompt.NewTerminal(l.Complete)
	if err != nil {
		fmt.Fprintf(os.Stderr, "conc-repl: the terminal does not work: %v\n", err)
		return script.ExitError
	}
	defer t.Close()
	l.SetEditor(t, session.NewOutput(t, nil))
	l.First(first)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		for range signals {
			l.Interrupt()
		}
	}()
	return l.Run()
}

// pipe opens the prompt where stdin or stdout is no terminal.
func pipe(o session.Options, first func(*commands.Env) error) int {
	color.NoColor = true
	out := session.NewOutput(os.Stdout, nil)
	defer out.Flush()
	io.WriteString(out, banner(o))
	l := prompt.New(session.New(o), prompt.NewPlain(os.Stdin, out), out)
	l.First(first)
	return l.Run()
}

// help gives what conc-repl help prints: how to start it, and the manual.
func help() string {
	return `usage: conc-repl [FLAG...]                  the prompt
       conc-repl run [FLAG...] FILE [ARG...]  a script; also -e EXPR, and - for stdin;
                                              the word run may be left out
       conc-repl test [FLAG...] FILE_OR_DIR   the tests of files; exit code 1 if one fails
       conc-repl step [FLAG...] FILE          the same, operation by operation
       conc-repl explore [FLAG...] FILE       everything that the program can come to;
                                              explore -h lists the flags
       conc-repl version                      what a bug report needs
       conc-repl help                         this text

` + commands.Help() + "\n" + runHelp()
}

// runHelp gives what conc-repl run -h prints.
func runHelp() string {
	var b strings.Builder
	b.WriteString(script.Usage + "\n")
	f := new(script.Config).Flags()
	f.SetOutput(&b)
	f.PrintDefaults()
	b.WriteString(`
Exit codes: 0 fine; 1 an error that nobody caught; 2 wrong usage; 3 the main
process waits for ever; 4 a leak, under --strict; 124 timeout; 130 Ctrl-C.
`)
	return b.String()
}

// about gives what conc-repl version prints.
func about() string {
	s := fmt.Sprintf("conc-repl %s\n%s %s/%s, %d processors\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return s
	}
	for _, kv := range info.Settings {
		if strings.HasPrefix(kv.Key, "vcs.") {
			s += kv.Key + " " + kv.Value + "\n"
		}
	}
	return s + "notations: Clojure (1.11, core.async 1.5), Elixir (1.14, OTP 25)\n"
}
