package script

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The exit codes.
const (
	ExitOK          = 0
	ExitError       = 1 // an error that nobody caught
	ExitUsage       = 2
	ExitDeadlock    = 3 // the main process waits for ever
	ExitLeak        = 4 // under --strict
	ExitTimeout     = 124
	ExitInterrupted = 130
)

const (
	// restTime is how long what the script left ready may run at its end.
	restTime = 100 * time.Millisecond
	// restWork is the same on the virtual clock, in reductions.
	restWork = 1_000_000
)

// Streams are what a script reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // In is a terminal, so that a line may take long to come
}

// runner is a script that runs.
type runner struct {
	c        *Config
	s        *session.Session
	out, err *session.Output
	deadline time.Time
	code     int // of a script that is over before its end
	tape     *tape
}

// tape is what happens in a file.
type tape struct {
	events []runtime.Event
	lines  []string // that were read so far
}

// Run runs a script and gives its exit code.
func Run(c *Config, std Streams) int {
	r := &runner{c: c, out: session.NewOutput(std.Out, nil)}
	r.err = session.NewOutput(std.Err, r.out)
	defer r.err.Flush()
	defer r.out.Flush()
	in := bufio.NewReader(std.In)
	o := c.Session
	o.Out, o.Err = r.out, r.err
	if !std.Terminal {
		o.Lines = func() (string, bool) { return r.note(readLine(in)) }
	}
	r.s = session.New(o)
	if c.Token {
		r.tape = &tape{}
		r.s.World.Subscribe(func(e *runtime.Event) { r.tape.events = append(r.tape.events, *e) })
	}
	if std.Terminal {
		r.readBehind(in)
	}
	if c.Timeout > 0 {
		r.deadline = time.Now().Add(c.Timeout)
	}
	defer r.catchInterrupts()()
	code := r.sources(in)
	if code == ExitOK {
		code = r.rest()
	}
	switch n, exited := r.s.Exited(); {
	case exited:
		code = n
	case code == endEarly:
		code = r.code
	}
	if c.Token {
		r.tellToken()
	}
	return code
}

// Lines gives the lines of a stream one by one, and false at its end.
func Lines(in io.Reader) func() (string, bool) {
	b := bufio.NewReader(in)
	return func() (string, bool) { return readLine(b) }
}

// note keeps a line that was read for the token.
func (r *runner) note(line string, ok bool) (string, bool) {
	if ok && r.tape != nil {
		r.tape.lines = append(r.tape.lines, line)
	}
	return line, ok
}

// tellToken says by which schedule the file has run.
func (r *runner) tellToken() {
	so := r.c.Session
	so.Lines = Lines(strings.NewReader(strings.Join(r.tape.lines, "\n")))
	token, err := explore.TokenOf(r.c.Files[0], so, r.tape.events)
	if err != nil {
		fmt.Fprintf(r.err, "conc-repl: %v\n", err)
		return
	}
	fmt.Fprintf(r.err, "token %s (conc-repl run --replay %s %s runs it again)\n", token, token, r.c.Files[0])
}

func readLine(in *bufio.Reader) (string, bool) {
	line, err := in.ReadString('\n')
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), err == nil || line != ""
}

// readBehind reads a line on another goroutine each time that one is wanted,
// so that other processes go on while a person types.
func (r *runner) readBehind(in *bufio.Reader) {
	w := r.s.World
	reading := false
	var one sync.Mutex
	w.In.Fetch = func() (string, bool) {
		one.Lock()
		defer one.Unlock()
		return readLine(in)
	}
	w.In.Wanted = func() bool {
		if !reading {
			reading = true
			go func() {
				line, ok := w.In.Fetch()
				w.Ask(func() {
					reading = false
					r.note(line, ok)
					if ok {
						w.In.Feed(w, line)
					} else {
						w.In.Close(w)
					}
				})
			}()
		}
		return true
	}
}

// catchInterrupts has Ctrl-C end the script, until the function that it gives is called.
func (r *runner) catchInterrupts() (stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			r.s.World.Interrupt()
		case <-done:
		}
	}()
	return func() { signal.Stop(signals); close(done) }
}

// sources evaluates what the script consists of, one after the other.
func (r *runner) sources(in io.Reader) int {
	for _, e := range r.c.Exprs {
		if code := r.source(&lang.Source{Name: "-e", Text: e}, true); code != ExitOK {
			return code
		}
	}
	for _, f := range r.c.Files {
		text, err := readSource(f, in)
		if err != nil {
			fmt.Fprintf(r.err, "conc-repl: %v\n", err)
			return ExitUsage
		}
		r.s.Enter(f)
		r.s.Use(session.NotationOf(f, r.c.Session.Notation))
		if code := r.source(&lang.Source{Name: f, Text: text}, false); code != ExitOK {
			return code
		}
	}
	return ExitOK
}

func readSource(name string, in io.Reader) (string, error) {
	if name == "-" {
		b, err := io.ReadAll(in)
		return string(b), err
	}
	b, err := os.ReadFile(name)
	return string(b), err
}

// source evaluates a text form by form. With show it prints the results.
func (r *runner) source(src *lang.Source, show bool) int {
	reader := r.s.Reader(src)
	for {
		form, ok, err := reader.Read()
		if err != nil {
			io.WriteString(r.err, r.s.ScriptSyntax(err))
			return ExitError
		}
		if !ok {
			return ExitOK
		}
		r.s.Eval(form)
		if code := r.finishForm(); code != ExitOK {
			return code
		}
		v, _ := r.s.Value()
		r.s.NameChannel(v)
		if show && !v.IsNil() {
			r.s.Print(v, false)
			if code := r.finishForm(); code != ExitOK {
				return code
			}
		}
	}
}

// over reports whether the script ends before its time: it said so itself, or
// nobody reads any more what it writes.
func (r *runner) over() bool {
	_, exited := r.s.Exited()
	return exited || r.out.Failed()
}

// finishForm runs the world until the main process is done.
func (r *runner) finishForm() int {
	l := runtime.Limits{Until: func() bool { return !r.s.Busy() || r.over() }, Timers: true}
	switch why := r.run(l); {
	case r.over():
		return endEarly
	case why == runtime.Still && r.s.Busy():
		io.WriteString(r.err, views.Deadlock(r.s.World, views.Past{}))
		return ExitDeadlock
	case why == runtime.Exhausted:
		fmt.Fprintf(r.err, "timeout: the main process is not done after %v: %s\n", r.c.Timeout, views.Status(r.s.World.Shell))
		return ExitTimeout
	case why == runtime.Interrupted:
		return ExitInterrupted
	}
	if _, e := r.s.Value(); e != nil {
		if e.Kind == lang.KindExit {
			if code, quiet := exitCode(e.Reason); quiet {
				r.code = code
				return endEarly
			}
		}
		io.WriteString(r.err, r.s.ScriptReport(e))
		return ExitError
	}
	return ExitOK
}

// exitCode gives the exit code of a main process that exits with a reason,
// and whether that is no error, as elixir does: normal and shutdown are fine,
// and [:shutdown n] exits with n.
func exitCode(reason lang.Value) (code int, quiet bool) {
	if v, ok := reason.Obj().(*lang.Vector); ok && v.Len() == 2 && v.Nth(0) == lang.K("shutdown") {
		if n := v.Nth(1); n.IsInt() {
			code = int(n.AsInt())
		}
		return code, true
	}
	return ExitOK, reason == lang.K("normal") || reason == lang.K("shutdown")
}

// endEarly is no exit code: it says that the script is over before its end.
const endEarly = -1

// run runs the world within the time that the script has.
func (r *runner) run(l runtime.Limits) runtime.Why {
	if !r.deadline.IsZero() {
		left := max(time.Until(r.deadline), time.Nanosecond)
		if l.Wall == 0 || left < l.Wall {
			l.Wall = left
		}
	}
	return r.s.World.Run(l)
}

// rest runs what the script left ready, and then says what can never go on.
func (r *runner) rest() int {
	if r.c.ExitMain {
		return ExitOK
	}
	l := runtime.Limits{Until: r.over, Timers: r.c.Wait > 0, TimersTo: r.c.Wait}
	if r.c.Session.Virtual {
		l.Reductions = restWork
	} else {
		l.Wall = restTime + r.c.Wait
	}
	why := r.run(l)
	if r.over() {
		return endEarly
	}
	switch why {
	case runtime.Interrupted:
		return ExitInterrupted
	case runtime.Exhausted, runtime.Reached:
		return ExitOK
	}
	leaks := views.Leaks(r.s.World, views.Past{}, false)
	for _, l := range leaks {
		fmt.Fprintln(r.err, l)
	}
	if r.c.Strict && len(leaks) > 0 {
		return ExitLeak
	}
	return ExitOK
}
