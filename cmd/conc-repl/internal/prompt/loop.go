package prompt

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/commands"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/step"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/timeline"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

const (
	// settleWork is how many reductions of background work are done before
	// the next line is taken.
	settleWork = 1_000_000
	// settleTime bounds that work where a person waits for the prompt.
	settleTime = 20 * time.Millisecond
	// typeAhead is how long a form may run before the next line can be typed.
	typeAhead = 30 * time.Millisecond
	// completeTime is how long the tabulator key waits for an answer.
	completeTime = 200 * time.Millisecond
)

// Loop is a prompt. Its fields are set by New; Run uses it until the end of input.
type Loop struct {
	s    *session.Session
	ed   LineEditor
	out  io.Writer // what the shell itself says
	mail *mail
	env  *commands.Env

	first     func(*commands.Env) error // done before the first line is taken
	entry     string                    // what was typed of a form that is not complete yet
	copied    copied                    // whether lines that nobody types come from another session
	lines     []string                  // typed and not yet taken
	reading   bool                      // the other goroutine is at a ReadLine
	wants     chan struct{}
	stuckSaid bool   // it was said that the form can never go on
	givenUp   bool   // the form was ended for the next line to be taken
	exitSaid  bool   // it was said that an exit signal ended the form
	left      string // the last notice of what is left running
	entered   string // the entry whose forms are being evaluated
	quit      bool
}

// New makes a prompt for a session. What the shell says goes to out, which is
// also where the programs write.
func New(s *session.Session, ed LineEditor, out io.Writer) *Loop {
	l := &Loop{s: s, ed: ed, out: out, wants: make(chan struct{}, 1)}
	l.mail = newMail(s.World.Ask)
	l.env = &commands.Env{
		Session: s, Out: out,
		Eval:  l.evalText,
		Quit:  func() { l.quit = true; l.stop() },
		Reset: l.reset,
		Edit:  l.edit,
		Width: func() int {
			if c, ok := l.ed.(interface{ Columns() int }); ok {
				return c.Columns()
			}
			return 0
		},
		Use: l.use,
	}
	return l
}

// SetEditor sets where lines come from, before Run: a terminal needs the loop
// to complete names.
func (l *Loop) SetEditor(ed LineEditor, out io.Writer) {
	l.ed, l.out, l.env.Out = ed, out, out
	l.env.Unicode = ed.Live() && strings.Contains(strings.ToUpper(os.Getenv("LC_ALL")+os.Getenv("LC_CTYPE")+os.Getenv("LANG")), "UTF")
}

// First has f done when the prompt opens, before the first line is taken.
func (l *Loop) First(f func(*commands.Env) error) { l.first = f }

// attach connects the streams of the session's world.
func (l *Loop) attach() {
	w := l.s.World
	w.Out.W, w.Err.W = l.out, l.out
	l.s.ShellExit = l.shellExit
	l.env.Rec = record.New(w)
	l.env.Stop = &step.Stepper{S: l.s, Rec: l.env.Rec, Out: l.out}
	l.s.ReferRepl()
	w.In.Wanted, w.In.Fetch = nil, nil
	if !l.ed.Live() {
		w.In.Fetch = func() (string, bool) {
			l.ed.SetPrompt(Prompt{})
			line, err := l.ed.ReadLine()
			return line, err == nil
		}
		w.In.Wanted = func() bool {
			line, ok := w.In.Fetch()
			if ok {
				w.In.Feed(w, line)
			}
			return ok
		}
	}
}

// Run takes lines until the end of input, or .quit. It gives the exit code,
// which is 0 unless the program ended itself with another.
func (l *Loop) Run() int {
	l.attach()
	if l.ed.Live() {
		go l.readLines()
		defer close(l.wants)
	}
	if l.first != nil {
		if err := l.first(l.env); err != nil {
			io.WriteString(l.out, failure(err.Error()+"\n"))
		}
	}
	for !l.quit {
		l.settle()
		line, ok := l.next()
		if !ok {
			break
		}
		l.line(line)
	}
	if l.entry != "" && !l.ed.Live() {
		l.evalText(l.entry)
	}
	code, _ := l.s.Exited()
	return code
}

// Interrupt is Ctrl-C as a signal. Any goroutine may call it.
func (l *Loop) Interrupt() {
	if !l.env.EndExploring() {
		l.mail.post(l.interrupt)
	}
}

// Complete offers what may stand at the end of a line, or nothing if the
// world does not answer. Any goroutine but the loop's may call it.
func (l *Loop) Complete(line string) Completion {
	done := make(chan Completion, 1)
	l.mail.post(func() { done <- complete(l.s, line) })
	select {
	case c := <-done:
		return c
	case <-time.After(completeTime):
		return Completion{}
	}
}

// prompt gives what to ask the next line with.
func (l *Loop) prompt() Prompt {
	if l.env.Stop.Active() {
		return Prompt{Text: color.New(promptColour).Sprint("step> "), Notation: l.s.ID()}
	}
	if l.s.Busy() {
		return Prompt{}
	}
	text := l.s.Prompt(l.entry != "")
	return Prompt{Text: color.New(promptColour).Sprint(text), Notation: l.s.ID(), Before: l.entry}
}

// next gives the next line: one typed ahead, or one that it waits for while
// what runs in the background goes on.
func (l *Loop) next() (string, bool) {
	if !l.ed.Live() {
		return l.pull()
	}
	for len(l.lines) == 0 && !l.quit {
		l.ask()
		if l.env.Stop.Active() {
			l.mail.wait()
			continue
		}
		why := l.s.World.Run(runtime.Limits{Until: func() bool { return len(l.lines) > 0 || l.quit }, Timers: true})
		if why == runtime.Still {
			l.mail.wait()
		}
	}
	if l.quit {
		return "", false
	}
	line := l.lines[0]
	l.lines = l.lines[1:]
	return line, true
}

// pull reads a line where nobody types.
func (l *Loop) pull() (string, bool) {
	if len(l.lines) > 0 {
		line := l.lines[0]
		l.lines = l.lines[1:]
		return line, true
	}
	l.ed.SetPrompt(l.prompt())
	line, err := l.ed.ReadLine()
	if errors.Is(err, ErrInterrupt) {
		l.interrupt()
		return "", true
	}
	return line, err == nil
}

// ask sees to it that a line is being read, with the prompt as it is now.
func (l *Loop) ask() {
	if f, ok := l.out.(interface{ Flush() }); ok {
		f.Flush()
	}
	l.ed.SetPrompt(l.prompt())
	if !l.reading {
		l.reading = true
		l.wants <- struct{}{}
	}
}

// readLines is the other goroutine: it reads a line when asked and posts it.
func (l *Loop) readLines() {
	for range l.wants {
		line, err := l.ed.ReadLine()
		l.mail.post(func() { l.arrived(line, err) })
	}
}

// arrived is the input router: it gives a line to whom it belongs.
func (l *Loop) arrived(line string, err error) {
	l.reading = false
	switch {
	case errors.Is(err, ErrInterrupt):
		l.interrupt()
	case err != nil:
		l.quit = true
		l.stop()
		return
	case !l.s.Busy() || l.env.Stop.Active():
		l.lines = append(l.lines, line)
		return
	case isCommandLine(line):
		l.ed.Remember(line)
		l.command(line)
	case l.s.World.In.Awaited():
		l.s.World.In.Feed(l.s.World, line)
	case strings.TrimSpace(line) != "":
		l.lines = append(l.lines, line)
		l.say("typed ahead, for when the form is done: " + line)
	}
	if l.s.Busy() && !l.quit {
		l.ask()
	}
}

// interrupt ends the form that runs, or else forgets what was typed of one.
func (l *Loop) interrupt() {
	if len(l.lines) > 0 {
		l.lines = nil
		l.say("what was typed ahead is dropped")
	}
	if stop := l.env.Stop; stop.Running() || l.s.Busy() && !stop.Active() {
		l.s.World.Interrupt()
		return
	}
	l.entry = ""
	if l.reading {
		l.ed.SetPrompt(l.prompt())
	}
}

// stop has a form that runs come to its end.
func (l *Loop) stop() {
	if l.s.Busy() {
		l.s.World.Interrupt()
	}
}

// say prints a remark of the shell.
func (l *Loop) say(s string) { io.WriteString(l.out, note("; "+s)+"\n") }

// line deals with one line typed at the prompt.
func (l *Loop) line(line string) {
	if l.env.Stop.Active() && !isCommandLine(line) {
		l.stopLine(line)
		return
	}
	if !l.ed.Live() { // a terminal marks what is pasted, and only that may be copied
		if _, input := l.copied.line(line); !input {
			return
		}
	}
	rest, n, had := cutPrompt(line)
	if l.entry == "" {
		if had {
			l.use(n)
		}
		switch {
		case strings.TrimSpace(rest) == "":
			return
		case isCommandLine(rest):
			l.ed.Remember(rest)
			l.command(rest)
			return
		}
	}
	l.entry += rest + "\n"
	if unfinished(l.s.ID(), l.entry) {
		return
	}
	text := l.entry
	l.entry = ""
	l.ed.Remember(text)
	l.evalText(text)
}

// stopLine deals with a line typed while the world is stopped. When it goes on
// in the middle of a form, that is the form that runs.
func (l *Loop) stopLine(line string) {
	l.ed.Remember(line)
	if err := l.env.Stop.Do(line); err != nil {
		io.WriteString(l.out, failure(err.Error()+"\n"))
	}
	switch {
	case l.env.Stop.Active() || !l.s.Busy():
	case l.env.Rec.Muted(): // it prints a result of before
		l.drive()
		l.env.Rec.Mute(false)
	default:
		l.finish()
	}
}

// isCommandLine reports whether a line is for the shell: it begins with a dot
// and a letter.
func isCommandLine(line string) bool {
	return len(line) > 1 && line[0] == '.' && ('a' <= line[1] && line[1] <= 'z')
}

// use changes the notation, and says so.
func (l *Loop) use(n lang.Notation) {
	if l.s.ID() == n {
		return
	}
	l.s.Use(n)
	l.left = views.Leftovers(l.s.World) // which has been said, in other words
	l.say("the notation is " + looks[n].name + " from here on (.lang " + looks[1-n].command + " changes it)")
}

// command does a line that begins with a dot.
func (l *Loop) command(line string) {
	if err := commands.Do(l.env, line); err != nil {
		io.WriteString(l.out, failure(err.Error()+"\n"))
	}
}

// evalText evaluates the forms of a text one by one, up to the first error.
func (l *Loop) evalText(text string) {
	l.entered = text
	r := l.s.Typed(text)
	for !l.quit {
		form, ok, err := r.Read()
		if err != nil {
			io.WriteString(l.out, failure(l.s.Syntax(err)))
			return
		}
		if !ok {
			return
		}
		if !l.eval(form) {
			l.behind(r)
			return
		}
	}
}

// behind tells of an error of the reader that comes behind a form that failed:
// a bracket too many may be why.
func (l *Loop) behind(r session.Reader) {
	for {
		_, ok, err := r.Read()
		if err != nil {
			io.WriteString(l.out, failure(l.s.Syntax(err)))
		}
		if err != nil || !ok {
			return
		}
	}
}

// eval evaluates a form and prints what it gives; false after an error.
func (l *Loop) eval(form lang.Value) bool {
	l.env.Rec.Enter(l.text(form))
	l.s.Eval(form)
	return l.finish()
}

// text gives a form as the record lists it. A quoted form of Elixir is no text
// that anybody typed; there, the entry is one form.
func (l *Loop) text(form lang.Value) string {
	if l.s.ID() == lang.ElixirNotation {
		return l.entered
	}
	return l.s.World.Show(form)
}

// finish waits for the form that is evaluated, and prints what it gives.
func (l *Loop) finish() bool {
	l.drive()
	v, e := l.s.Value()
	if e != nil {
		l.failed(e, l.s.Report)
		return false
	}
	l.s.Remember(v)
	return l.print(v)
}

// print has the shell process print a result.
func (l *Loop) print(v lang.Value) bool {
	l.env.Rec.Mute(true)
	defer l.env.Rec.Mute(false)
	w := l.s.World
	p := &painter{n: l.s.ID(), out: l.out, off: looks[l.s.ID()].coloured}
	w.Out.W = p
	l.s.Print(v, !color.NoColor)
	l.drive()
	p.flush()
	w.Out.W = l.out
	_, e := l.s.Result()
	if e == nil {
		return true
	}
	if l.s.Interrupted(e) {
		io.WriteString(l.out, "...\n")
		l.say("printing was cut by Ctrl-C; *1 has the whole value")
		return false
	}
	if p.wrote {
		io.WriteString(l.out, "\n")
	}
	l.failed(e, l.s.PrintReport)
	return false
}

// failed tells of an error, in the words of report.
func (l *Loop) failed(e *lang.Exception, report func(*lang.Exception) string) {
	if l.s.Interrupted(e) {
		if !l.givenUp && !l.quit {
			l.say("interrupted")
		}
		return
	}
	if e.Kind == lang.KindExit && l.exitSaid {
		return
	}
	l.s.Fail(e)
	io.WriteString(l.out, failure(report(e)))
}

// shellExit tells, as iex does, that an exit signal reached the prompt's own process.
func (l *Loop) shellExit(reason lang.Value) {
	l.exitSaid = true
	io.WriteString(l.out, failure(fmt.Sprintf("** (EXIT from %s) shell process exited with reason: %s\n", l.s.World.Shell, l.s.Exit(reason))))
	l.say("iex would forget its bindings here; they are kept")
}

// drive runs the world until the shell process is done, and takes care of
// what happens meanwhile.
func (l *Loop) drive() {
	w := l.s.World
	l.stuckSaid, l.givenUp, l.exitSaid = false, false, false
	if l.ed.Live() {
		t := time.AfterFunc(typeAhead, func() {
			l.mail.post(func() {
				if l.s.Busy() && !l.quit {
					l.ask()
				}
			})
		})
		defer t.Stop()
	}
	for l.s.Busy() {
		switch w.Run(runtime.Limits{Until: func() bool { return !l.s.Busy() || l.exited() }, Timers: true}) {
		case runtime.Interrupted:
			l.s.Interrupt()
		case runtime.Still:
			l.stuck()
		}
		if l.exited() {
			l.quit = true
			l.s.Interrupt()
		}
	}
}

// exited reports whether the program ended the session.
func (l *Loop) exited() bool {
	_, ok := l.s.Exited()
	return ok
}

// stuck is called when nothing can ever wake the form that is evaluated. It
// says so, and then waits for a command that changes that, or for Ctrl-C.
func (l *Loop) stuck() {
	if !l.stuckSaid {
		l.stuckSaid = true
		io.WriteString(l.out, note(views.Stuck(l.s.World, timeline.Past(l.env.Rec))))
	}
	if l.ed.Live() {
		l.mail.wait()
		return
	}
	l.ed.SetPrompt(Prompt{})
	line, err := l.ed.ReadLine()
	switch {
	case err == nil && isCommandLine(line):
		l.command(line)
		return
	case err == nil:
		l.givenUp = true
		l.say("the form is given up, for the next line to be taken")
		l.lines = append(l.lines, line)
	case !errors.Is(err, ErrInterrupt):
		l.quit = true
	}
	l.s.Interrupt()
}

// settle lets what earlier forms started come to rest before the next line
// is taken, and says what is left of it.
func (l *Loop) settle() {
	if len(l.lines) > 0 || l.env.Stop.Active() {
		return
	}
	limits := runtime.Limits{Reductions: settleWork}
	if l.ed.Live() {
		limits.Wall = settleTime
	}
	l.s.World.Run(limits)
	left := views.Leftovers(l.s.World)
	if left != l.left && left != "" {
		l.say(left)
		for _, fault := range views.Faults(l.s.World, timeline.Past(l.env.Rec)) {
			l.say(fault)
		}
	}
	l.left = left
}

// reset starts a fresh world, with the settings as they are now.
func (l *Loop) reset() {
	l.s = session.New(l.s.Options())
	l.env.Session = l.s
	l.mail.serve(l.s.World.Ask)
	l.left = ""
	l.attach()
	l.say("a fresh world")
}
