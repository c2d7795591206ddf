package script

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
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
}

// Usage is the text about run.
const Usage = `usage: conc-repl run [FLAG...] FILE.clj... [ARG...]
       conc-repl run [FLAG...] -e EXPR [ARG...]
       conc-repl run [FLAG...] - [ARG...]

What follows the files, or --, is *command-line-args*.
`

// extensions are those of files with programs.
var extensions = []string{".clj", ".cljc"}

// WorldFlags defines the flags about the world, which the prompt has too.
func WorldFlags(f *flag.FlagSet, o *session.Options) {
	f.Uint64Var(&o.Seed, "seed", 0, "seed `N` of what is left to chance")
	f.IntVar(&o.Schedulers, "schedulers", 0, "`N` schedulers run the actors (4)")
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
	f.DurationVar(&c.Wait, "wait", 0, "wait at the end for timers, up to `D` (such as 5s)")
	f.BoolVar(&c.Strict, "strict", false, "exit with 4 if a process is left that waits for ever")
	f.DurationVar(&c.Timeout, "timeout", 0, "exit with 124 after `D`")
	return f
}

// Parse reads the arguments of run.
func Parse(args []string) (*Config, error) {
	c := &Config{}
	f := c.Flags()
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	rest := f.Args()
	if len(c.Exprs) > 0 {
		c.Session.Args = rest
		return c, nil
	}
	if len(rest) == 0 {
		return nil, fmt.Errorf("run needs a file, -e EXPR, or - for stdin")
	}
	c.Files, rest = rest[:1:1], rest[1:]
	for len(rest) > 0 && c.Files[0] != "-" && slices.Contains(extensions, filepath.Ext(rest[0])) {
		c.Files, rest = append(c.Files, rest[0]), rest[1:]
	}
	if len(rest) > 0 && rest[0] == "--" {
		rest = rest[1:]
	}
	c.Session.Args = rest
	return c, nil
}
