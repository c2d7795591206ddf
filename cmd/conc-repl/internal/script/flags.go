package script

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/commands"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
)

// Config says what to run, and how.
type Config struct {
	Session  session.Options
	Exprs    []string      // of -e
	Files    []string      // "-" is stdin
	ExitMain bool          // end as soon as the main form is done
	Wait     time.Duration // how long to wait for timers at the end
	Strict   bool          // leaks are an error
	Timeout  time.Duration // 0: none
	Replay   string        // a token: run the program by its schedule
	Token    bool          // tell the schedule of the program as a token
}

// Usage is the text about run.
const Usage = `usage: conc-repl run [FLAG...] FILE... [ARG...]
       conc-repl run [FLAG...] -e EXPR [ARG...]
       conc-repl run [FLAG...] - [ARG...]

What follows the files, or --, is *command-line-args*.
`

// WorldFlags defines the flags about the world, which the prompt has too.
func WorldFlags(f *flag.FlagSet, o *session.Options) {
	f.Func("seed", "seed `N` of what is left to chance (0)", func(s string) (err error) {
		if o.Seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			return errors.New("it is a number from 0 on")
		}
		return nil
	})
	f.Func("schedulers", "`N` schedulers run the actors (4)", func(s string) (err error) {
		if o.Schedulers, err = strconv.Atoi(s); err != nil || o.Schedulers < 1 {
			return errors.New("it is a number from 1 on")
		}
		return nil
	})
	f.Func("lang", "the notation, `clojure or elixir` (clojure; a file's extension says more)", func(s string) (err error) {
		o.Notation, err = commands.ParseNotation(s)
		return err
	})
	f.BoolVar(&o.Virtual, "virtual", false, "virtual time, which jumps to the next timer when nothing else can happen")
	f.Func("model", "schedule all processes as one machine does: `beam or jvm`", func(s string) (err error) {
		o.Model, err = commands.ParseModel(s)
		return err
	})
}

// Flags defines the flags of run.
func (c *Config) Flags() *flag.FlagSet {
	f := flag.NewFlagSet("conc-repl run", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	WorldFlags(f, &c.Session)
	f.Func("e", "evaluate `EXPR` and print what it gives, unless that is nil", func(s string) error {
		c.Exprs = append(c.Exprs, s)
		return nil
	})
	f.Func("exit", "`main`: end at once when the main form is done", func(s string) error {
		if s != "main" {
			return errors.New("it can only be main")
		}
		c.ExitMain = true
		return nil
	})
	duration(f, &c.Wait, "wait", "wait at the end for timers, up to `D` (such as 5s)")
	f.BoolVar(&c.Strict, "strict", false, "exit with 4 if a process is left that waits for ever")
	f.StringVar(&c.Replay, "replay", "", "run the file by the schedule of a `TOKEN` that explore or --token has given")
	f.BoolVar(&c.Token, "token", false, "tell the schedule by which the file has run as a token, on stderr")
	duration(f, &c.Timeout, "timeout", "exit with 124 after `D`")
	return f
}

// duration defines a flag for a time span.
func duration(f *flag.FlagSet, d *time.Duration, name, usage string) {
	f.Func(name, usage, func(s string) (err error) {
		if *d, err = time.ParseDuration(s); err != nil || *d < 0 {
			return errors.New("it is a time such as 5s or 200ms")
		}
		return nil
	})
}

// Parse reads the arguments of run.
func Parse(args []string) (*Config, error) {
	c := &Config{}
	f := c.Flags()
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	rest := f.Args()
	if (c.Replay != "" || c.Token) && (len(c.Exprs) > 0 || len(rest) == 0 || rest[0] == "-") {
		return nil, errors.New("--replay and --token need a file: a token belongs to a program")
	}
	if len(c.Exprs) > 0 {
		c.Session.Args = rest
		return c, nil
	}
	if len(rest) == 0 {
		return nil, fmt.Errorf("run needs a file, -e EXPR, or - for stdin")
	}
	c.Files, rest = rest[:1:1], rest[1:]
	for len(rest) > 0 && c.Files[0] != "-" && session.IsProgram(rest[0]) {
		c.Files, rest = append(c.Files, rest[0]), rest[1:]
	}
	if c.Token && len(c.Files) > 1 {
		return nil, errors.New("--token tells of one file")
	}
	if len(rest) > 0 && rest[0] == "--" {
		rest = rest[1:]
	}
	c.Session.Args = rest
	return c, nil
}
