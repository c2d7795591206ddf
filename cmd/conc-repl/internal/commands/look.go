package commands

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

func help(e *Env, arg string) error {
	if arg == "" {
		_, err := io.WriteString(e.Out, Help())
		return err
	}
	name := "." + strings.TrimPrefix(arg, ".")
	c, ok := Find(name)
	if !ok {
		return fmt.Errorf("there is no command %s%s", name, didYouMean(name))
	}
	fmt.Fprintf(e.Out, "%s\n  %s\n", strings.TrimSpace(c.Name+" "+c.Args), c.Doc)
	return nil
}

func processes(e *Env, _ string) error {
	views.Processes(e.Out, e.Session.World)
	return nil
}

func mailbox(e *Env, arg string) error {
	p := e.Session.World.Shell
	if arg != "" {
		var err error
		if p, err = process(e, arg); err != nil {
			return err
		}
	}
	views.Mailbox(e.Out, p)
	return nil
}

// process finds the process that a person names.
func process(e *Env, name string) (*runtime.Process, error) {
	if p := views.FindProcess(e.Session.World, name); p != nil {
		return p, nil
	}
	if v := e.Session.Lookup(name); v != nil && v.Bound() {
		if p, ok := v.Root().Obj().(*runtime.Process); ok {
			return p, nil
		}
	}
	return nil, fmt.Errorf("there is no process %s (.ps lists them)", name)
}

func channelList(e *Env, _ string) error {
	views.Channels(e.Out, e.Session.World)
	return nil
}

func channel(e *Env, arg string) error {
	w := e.Session.World
	if v := e.Session.Lookup(arg); v != nil && v.Bound() && views.Channel(e.Out, w, v.Root()) {
		return nil
	}
	if v, ok := views.FindChannel(w, arg); ok && views.Channel(e.Out, w, v) {
		return nil
	}
	return fmt.Errorf("there is no channel %s (.chans lists them)", arg)
}

func doc(e *Env, arg string) error {
	if e.Session.ID() == lang.ElixirNotation { // that of iex
		switch {
		case e.Stop.Active():
			return errors.New(".doc has to wait while the world is stopped; quit lets it go on")
		case e.Session.Busy():
			return errors.New(".doc has to wait until the form is done; Ctrl-C ends the form")
		}
		e.Eval("h " + arg + "\n")
		return nil
	}
	d, err := describe(e, arg)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.Out, "-------------------------")
	fmt.Fprintln(e.Out, d.Name)
	if d.Arglists != "" {
		fmt.Fprintf(e.Out, "(%s)\n", d.Arglists)
	}
	if d.Macro {
		fmt.Fprintln(e.Out, "Macro")
	}
	if d.Doc != "" {
		fmt.Fprintf(e.Out, "  %s\n", d.Doc)
	}
	return nil
}

func describe(e *Env, name string) (session.Description, error) {
	v := e.Session.Lookup(name)
	if v == nil {
		near := ""
		if s := e.Session.Suggest(name); len(s) > 0 {
			near = "; did you mean " + strings.Join(s, " or ") + "?"
		}
		return session.Description{}, fmt.Errorf("nothing is called %s%s", name, near)
	}
	return session.Describe(v), nil
}

func source(e *Env, arg string) error {
	d, err := describe(e, arg)
	if err != nil {
		return err
	}
	if d.Source == "" {
		return fmt.Errorf("%s is built in: it has no source in the language", d.Name)
	}
	fmt.Fprintln(e.Out, d.Source)
	return nil
}

func apropos(e *Env, arg string) error {
	w := e.Session.World
	seen := false
	for _, ns := range sortedNamespaces(w) {
		for _, name := range core.VisibleNames(ns) {
			if strings.Contains(name, arg) && owns(ns, name) {
				fmt.Fprintln(e.Out, fullName(ns.Name, name))
				seen = true
			}
		}
	}
	if !seen {
		return fmt.Errorf("no name contains %q", arg)
	}
	return nil
}

// fullName gives a name as the notation of its namespace writes it: modules
// begin with a capital.
func fullName(ns, name string) string {
	if unicode.IsUpper(rune(ns[0])) {
		return ns + "." + strings.TrimPrefix(name, "MACRO-")
	}
	return ns + "/" + name
}

// owns reports whether a name that is visible in ns is ns's own.
func owns(ns *runtime.Namespace, name string) bool {
	v := ns.Var(name)
	return v != nil && v.NS == ns && !v.IsPrivate()
}
