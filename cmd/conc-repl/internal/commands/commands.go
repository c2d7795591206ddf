package commands

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/step"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// Env is what commands work on.
type Env struct {
	Session *session.Session
	Out     io.Writer
	Eval    func(text string) // has the prompt evaluate a text and show the results
	Quit    func()
	Reset   func()
	Edit    func() error
	Rec     *record.Record      // of the session's world
	Stop    *step.Stepper       // of the session; active while the world is stopped
	Width   func() int          // of the screen, in characters
	Unicode bool                // the screen shows more than ASCII
	Use     func(lang.Notation) // changes the notation

	explorer  *explore.Explorer
	explored  int                           // how many forms had been evaluated when it last explored
	exploring atomic.Pointer[runtime.World] // while an exploration is under way
}

// Command is one command.
type Command struct {
	Name string // with its dot
	Args string // for people: "P", "NAME VALUE", "[NAME]" where it may be left out
	Doc  string
	Idle bool // it needs the prompt's own process, which must have nothing to do
	Run  func(e *Env, arg string) error
}

// Table gives the commands by name.
func Table() []Command {
	return []Command{
		{".apropos", "TEXT", "lists the names that contain TEXT", false, apropos},
		{".back", "[N]", "stops the world and goes back, by N operations; the words of the stepper answer then", false, back},
		{".chan", "C", "shows a channel: its buffer in order, who waits to put what, who waits to take", false, channel},
		{".chans", "", "lists the channels", false, channelList},
		{".click", "ID", "clicks on an element of the page (.page), such as next", false, click},
		{".compare", "FORM1 vs FORM2", "explores both, and tells the outcomes that only one of them has", true, compare},
		{".disasm", "FORM", "shows the code that FORM compiles to, or that of a function by name", true, disasm},
		{".doc", "NAME", "shows what a function does and its arguments", false, doc},
		{".edit", "", "opens the last entry in $EDITOR and evaluates what comes back", true, edit},
		{".event", "N", "tells of event N, and shows the mailbox or the channel as it was then", false, event},
		{".events", "[N..M]", "lists what happened", false, events},
		{".explore", "FORM", "finds everything that FORM can come to; flags such as --random pos stand before it", true, exploreForm},
		{".goto", "N", "stops the world and goes to the moment after event N", false, gotoEvent},
		{".heap", "[P]", "shows the words that a process holds, and what its messages cost to copy", false, heap},
		{".help", "[COMMAND]", "shows this text, or that of one command", false, help},
		{".kill", "P", "ends a process at once", false, kill},
		{".lang", "[clojure|elixir]", "says in which notation you type, or changes it; what is bound stays", true, notation},
		{".leaks", "", "lists who waits for what can never come", false, leaks},
		{".links", "", "lists links and monitors", false, links},
		{".load", "FILE", "evaluates the forms of a file", true, load},
		{".mailbox", "[P]", "shows the messages of a process in order; yours if P is left out", false, mailbox},
		{".model", "[mixed|beam|jvm]", "shows or sets how processes are scheduled", false, model},
		{".page", "", "shows the browser's page that ClojureScript programs show and hide things on", false, showPage},
		{".ps", "", "lists the processes: kind, status, mailbox, reductions, what each waits on", false, processes},
		{".quit", "", "ends the session", false, quit},
		{".record", "[auto|on|off]", "says or sets what is recorded for going back", false, recording},
		{".refs", "", "lists the atoms, refs and agents: value, version, who set it last, who came too late", false, referenceList},
		{".replay", "TOKEN [FORM]", "runs FORM, or what was explored last, by the schedule of a token", true, replay},
		{".reset", "", "starts a fresh world; history and settings stay", true, reset},
		{".sched", "", "shows the schedulers, who is ready on each, and the pool of the go blocks", false, sched},
		{".set", "[NAME [VALUE]]", "shows the settings, or sets one", false, set},
		{".source", "NAME", "shows the definition of a name", false, source},
		{".step", "FORM|FILE", "evaluates a form, or a file, operation by operation; help there lists the words", true, stepForm},
		{".time", "FORM", "evaluates FORM and tells the time and the reductions that it took", true, timing},
		{".timeline", "[FILE]", "draws the run, to a .svg, .html, .mmd, .json, .shiviz or .dot FILE; right after .explore, .dot is its tree", false, timelineOf},
		{".timers", "", "lists the timers that are armed", false, timers},
		{".token", "", "tells the schedule of the form that ran last as a token, for .replay", false, token},
		{".tree", "", "shows who started whom, and supervisors with their children", false, tree},
		{".waits", "", "shows who waits for whom, and names cycles", false, waits},
		{".walk", "K", "steps the run that leads to outcome K of what was explored last", true, walk},
		{".witness", "K", "lists every step of the run that leads to outcome K of what was explored last", true, witness},
	}
}

// Find gives the command of a name, which has its dot.
func Find(name string) (Command, bool) {
	table := Table()
	i := slices.IndexFunc(table, func(c Command) bool { return c.Name == name })
	if i < 0 {
		return Command{}, false
	}
	return table[i], true
}

// Do does what a line says that begins with a dot.
func Do(e *Env, line string) error {
	name, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
	c, ok := Find(name)
	if !ok {
		return fmt.Errorf("there is no command %s%s (.help lists them)", name, didYouMean(name))
	}
	arg = strings.TrimSpace(arg)
	switch {
	case c.Args == "" && arg != "":
		return fmt.Errorf("%s takes no argument", c.Name)
	case c.Args != "" && !strings.HasPrefix(c.Args, "[") && arg == "":
		return fmt.Errorf("%s needs an argument: %s %s", c.Name, c.Name, c.Args)
	case c.Idle && e.Stop.Active() && c.Name != ".step":
		return fmt.Errorf("%s has to wait while the world is stopped; quit lets it go on", c.Name)
	case c.Idle && e.Session.Busy():
		return fmt.Errorf("%s has to wait until the form is done; Ctrl-C ends the form", c.Name)
	}
	return c.Run(e, arg)
}

// didYouMean names the command nearest to what was typed.
func didYouMean(name string) string {
	best, at := "", 3
	for _, c := range Table() {
		d := core.Distance(name, c.Name)
		if strings.HasPrefix(c.Name, name) || swapped(name, c.Name) {
			d = 1
		}
		if d < at {
			best, at = c.Name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// swapped reports whether b is a with two neighbouring letters exchanged.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// Help gives the manual with the list of the commands.
func Help() string {
	var b strings.Builder
	b.WriteString(Manual + "\nCommands begin with a dot, and answer also while a form runs:\n\n")
	for _, c := range Table() {
		fmt.Fprintf(&b, "  %-24s %s\n", strings.TrimSpace(c.Name+" "+c.Args), c.Doc)
	}
	b.WriteString("\nSettings, for .set:\n\n")
	for _, s := range settings() {
		fmt.Fprintf(&b, "  %-24s %s\n", s.name+" "+s.values, s.doc)
	}
	return b.String()
}
