// Package testrun runs the tests of files (conc-repl test) and sums up how
// they went. Each file has a session of its own, on the virtual clock. What a
// test is, and how it is reported, is clojure.test's; nothing of that enters here.
package testrun

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/script"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/runtime"
)

// Config says what to test, and how.
type Config struct {
	Session session.Options
	Real    bool          // on the real clock
	Timeout time.Duration // for each file, of real time
	Roots   []string      // the arguments: files and directories
	files   []string
}

// Usage is the text about test.
const Usage = `usage: conc-repl test [FLAG...] FILE_OR_DIR...

Runs the tests of .clj and .cljc files (deftest) and of .exs files (use
ExUnit.Case), each file in a world of its own and on the virtual clock. Of a
directory, those that have tests count.
Required namespaces are looked for beside the file, in src and test, and in
each directory above it up to the current one.
`

// Flags defines the flags of test.
func (c *Config) Flags() *flag.FlagSet {
	f := flag.NewFlagSet("conc-repl test", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	script.WorldFlags(f, &c.Session)
	f.BoolVar(&c.Real, "real", false, "real time")
	f.DurationVar(&c.Timeout, "timeout", time.Minute, "give a file up after `D` of real time")
	return f
}

// Parse reads the arguments of test and finds the files.
func Parse(args []string) (*Config, error) {
	c := &Config{}
	f := c.Flags()
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	c.Roots = f.Args()
	c.Session.Virtual = !c.Real
	if len(c.Roots) == 0 {
		return nil, errors.New("test needs files or directories")
	}
	for _, root := range c.Roots {
		files, err := find(root)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, files...)
	}
	if len(c.files) == 0 {
		return nil, fmt.Errorf("no file in %s has tests", strings.Join(c.Roots, ", "))
	}
	return c, nil
}

// kinds are the kinds of files with tests, by their ending: what says that one
// has tests, and how they run.
var kinds = map[string]struct {
	mark string
	run  func(c *Config, s *session.Session, file string) (counts, error)
}{
	".clj":  {"(deftest", runClojure},
	".cljc": {"(deftest", runClojure},
	".exs":  {"use ExUnit.Case", runElixir},
}

// find gives a file itself, and of a directory the files with tests, by name.
func find(root string) (files []string, err error) {
	st, err := os.Stat(root)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() {
		if kinds[filepath.Ext(root)].run == nil {
			return nil, fmt.Errorf("%s is no .clj, .cljc or .exs file", root)
		}
		return []string{root}, nil
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || kinds[filepath.Ext(path)].run == nil {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), kinds[filepath.Ext(path)].mark) {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// counts are how tests went.
type counts struct{ test, pass, fail, err int }

func (c *counts) add(d counts) {
	c.test += d.test
	c.pass += d.pass
	c.fail += d.fail
	c.err += d.err
}

// Run runs the tests and gives the exit code.
func Run(c *Config, out, errs io.Writer) int {
	var sum counts
	for _, file := range c.files {
		sum.add(c.run(file, out, errs))
	}
	fmt.Fprintf(out, "\nRan %d tests containing %d assertions in %d files.\n%d failures, %d errors.\n",
		sum.test, sum.pass+sum.fail+sum.err, len(c.files), sum.fail, sum.err)
	if sum.fail+sum.err > 0 {
		return script.ExitError
	}
	return script.ExitOK
}

// run runs the tests of one file.
func (c *Config) run(file string, out, errs io.Writer) counts {
	o := c.Session
	stdout := session.NewOutput(out, nil)
	stderr := session.NewOutput(errs, stdout)
	defer stderr.Flush()
	defer stdout.Flush()
	o.Out, o.Err = stdout, stderr
	o.Lines = func() (string, bool) { return "", false }
	s := session.New(o)
	s.Enter(file)
	n, err := kinds[filepath.Ext(file)].run(c, s, file)
	if err != nil {
		fmt.Fprintf(stdout, "\nERROR in %s: %v\n", file, err)
		n.err++
	}
	return n
}

// finish runs the world until the form that was begun is done.
func (c *Config) finish(s *session.Session) error {
	over := func() bool { _, over := s.Exited(); return over || !s.Busy() }
	why := s.World.Run(runtime.Limits{Until: over, Timers: true, Wall: c.Timeout})
	switch _, exited := s.Exited(); {
	case exited:
		return errors.New("it ends the program")
	case s.Busy() && why == runtime.Still:
		return errors.New(strings.TrimSpace(views.Deadlock(s.World, views.Past{})))
	case s.Busy():
		return fmt.Errorf("not done after %v: %s", c.Timeout, views.Status(s.World.Shell))
	}
	return nil
}
