package step

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// patience is how many reductions the processes have to reach their next operations.
const patience = 20_000_000

// Stepper is the stop of a session: it is active from Start or Hold until the
// world goes on by itself again.
type Stepper struct {
	S   *session.Session
	Rec *record.Record
	Out io.Writer
	// Result is told what each form came to that was evaluated under the stepper.
	Result func(v lang.Value, e *lang.Exception)
	// Quiet keeps the screens from being shown after each step.
	Quiet bool

	active    bool
	running   bool
	forms     *queue
	evaluates bool                      // the shell's process evaluates a form of ours
	last      *runtime.Process          // who made the last step
	fine      *runtime.Process          // who is being followed between two operations
	unit      unit                      // by which
	shown     *runtime.Process          // whose locals are in reach, by a person's choice; nil: who is next
	began     time.Duration             // the time on the screens is counted from here
	set       map[*runtime.Process]bool // aside: they are not stepped
	breaks    []breakpoint
	outside   map[lang.Pos]bool // where something was done outside that a person has gone back over
	told      int               // the event up to which it was told what was done there again
	walked
}

// Active reports whether the world is stopped.
func (s *Stepper) Active() bool { return s != nil && s.active }

// Running reports whether the world goes on, step by step, to where a word
// such as continue leads.
func (s *Stepper) Running() bool { return s.Active() && s.running }

// Start evaluates forms under the stepper, one after the other; title is what
// the record says of them.
func (s *Stepper) Start(forms session.Reader, title string) error {
	return s.start(title, func() error {
		s.forms = &queue{reader: forms}
		return s.nextForm()
	})
}

// start begins to step what begin has the shell's process do.
func (s *Stepper) start(title string, begin func() error) error {
	if s.S.Busy() {
		return errors.New("the prompt's process is busy; Ctrl-C ends its form")
	}
	s.closeWalk()
	s.hold()
	s.began = s.S.World.Elapsed()
	s.forms = nil
	s.Rec.Enter(title)
	if err := begin(); err != nil {
		s.Leave()
		return err
	}
	s.Rec.Stop() // to which back leads, for who wants to follow the first expressions
	from := s.Rec.At()
	s.settle()
	s.Rec.Stop()
	s.markWalk()
	s.screen()
	if _, failed := s.S.Result(); !s.Quiet && s.Rec.At() == from && !s.evaluates && failed == nil {
		fmt.Fprintln(s.Out, "; it did no operation; back, and then in, goes through its expressions")
	}
	return nil
}

// Hold stops the world where it is, or where the record has brought it.
func (s *Stepper) Hold() {
	s.hold()
	s.Rec.Mark()
}

func (s *Stepper) hold() {
	if s.active {
		return
	}
	s.active, s.last, s.fine, s.shown, s.began, s.set = true, nil, nil, nil, 0, map[*runtime.Process]bool{}
	s.Rec.Ensure()
	s.Rec.Pause()
	s.S.World.Tape(nil)
	s.S.World.StopBeforeOps(true)
	s.told, s.outside = s.Rec.At(), map[lang.Pos]bool{}
}

// Leave lets the world go on by itself. Forms that were not yet evaluated are
// given up.
func (s *Stepper) Leave() {
	if !s.active {
		return
	}
	s.active, s.forms, s.breaks = false, nil, nil
	s.closeWalk()
	s.S.World.StopBeforeOps(false)
	s.Rec.Resume()
	s.Rec.Follow()
}

// queue is the forms that the stepper evaluates one after the other. Those
// that were read are kept, with the moment in which each began, since a person who
// goes back comes by them again.
type queue struct {
	reader session.Reader
	read   []lang.Value
	began  []int // of those that have begun
	ended  bool
}

// next gives the next form, which begins at a moment.
func (q *queue) next(moment int) (form lang.Value, ok bool, err error) {
	if n := len(q.began); n == len(q.read) {
		if form, ok, err = q.reader.Read(); err != nil || !ok {
			q.ended = true
			return form, false, err
		}
		q.read = append(q.read, form)
	}
	form = q.read[len(q.began)]
	q.began = append(q.began, moment)
	return form, true, nil
}

// back forgets that forms have begun which had not at a moment.
func (q *queue) back(moment int) {
	for n := len(q.began); n > 0 && q.began[n-1] >= moment; n-- {
		q.began = q.began[:n-1]
	}
	q.ended = q.ended && len(q.began) == len(q.read)
}

// waiting reports whether there is a form that has not begun.
func (q *queue) waiting() bool {
	if q.ended {
		return false
	}
	if len(q.began) < len(q.read) {
		return true
	}
	form, ok, err := q.reader.Read()
	if ok && err == nil {
		q.read = append(q.read, form)
	}
	return ok
}

// more reports whether there may be forms still to be evaluated.
func (s *Stepper) more() bool { return s.forms != nil && !s.forms.ended }

// nextForm begins to evaluate the next form, if there is one.
func (s *Stepper) nextForm() error {
	if !s.more() {
		return nil
	}
	form, ok, err := s.forms.next(s.Rec.Moment())
	if err != nil {
		return errors.New(strings.TrimSuffix(s.S.Syntax(err), "\n"))
	}
	if ok {
		s.evaluates = true
		s.S.Eval(form)
	}
	return nil
}

// settle has every process run to its next operation, and forms that are done
// give their results. A process that computes for too long stays where it is, and
// can be followed from there.
func (s *Stepper) settle() {
	w := s.S.World
	left := int64(patience)
	for {
		if p := s.nextToRun(); p != nil {
			before := p.Reductions()
			w.Step(p, 0)
			if left -= p.Reductions() - before + 1; left < 0 {
				fmt.Fprintf(s.Out, "; %s computes for long; it goes on at the next step, and in follows it\n", p.Name())
				s.fine = p
				return
			}
			continue
		}
		if !s.S.Busy() {
			s.Rec.Mute(false)
		}
		if !s.S.Busy() && (s.evaluates || s.more()) {
			s.betweenForms()
			continue
		}
		if !s.awaitOutside() {
			return
		}
	}
}

// nextToRun gives the process that has been ready longest, nil if none is.
func (s *Stepper) nextToRun() *runtime.Process {
	var first *runtime.Process
	for _, p := range s.S.World.Runnable() {
		if p != s.fine && (first == nil || p.Since() < first.Since()) {
			first = p
		}
	}
	return first
}

// awaitOutside waits for work outside, if there is any.
func (s *Stepper) awaitOutside() bool {
	outside := func() bool {
		return slices.ContainsFunc(s.S.World.Processes(), func(p *runtime.Process) bool { return p.Status == runtime.Outside })
	}
	if !outside() {
		return false
	}
	why := s.S.World.Run(runtime.Limits{Until: func() bool { return !outside() || s.nextToRun() != nil }, Timers: true})
	return why == runtime.Reached
}

// betweenForms takes the result of the form that was evaluated, if one was,
// and begins the next.
func (s *Stepper) betweenForms() {
	if s.evaluates {
		s.evaluates = false
		s.result(s.S.Value())
	}
	if err := s.nextForm(); err != nil {
		fmt.Fprintln(s.Out, err)
	}
}

// result keeps what a form came to, as the prompt does, and tells it.
func (s *Stepper) result(v lang.Value, e *lang.Exception) {
	if e != nil {
		s.S.Fail(e)
		if s.forms != nil {
			s.forms.ended = true
		}
	} else {
		s.S.Remember(v)
	}
	switch {
	case s.Result != nil:
		s.Result(v, e)
	case e != nil:
		fmt.Fprint(s.Out, s.S.Report(e))
	default:
		fmt.Fprintf(s.Out, "; the form gives %s\n", s.show(v))
	}
}

// Ready gives the processes that are stopped before an operation and not set
// aside, by number.
func (s *Stepper) Ready() []*runtime.Process {
	var out []*runtime.Process
	for _, p := range s.S.World.Processes() {
		if (p.Status == runtime.AtOp || p == s.fine && p.Status == runtime.Ready) && !s.set[p] {
			out = append(out, p)
		}
	}
	return out
}

// choose gives who makes the next step by the walk or by the scheduler's choice: the one that
// made the last until it waits, then the one that has been ready longest.
func (s *Stepper) choose() *runtime.Process {
	if s.on {
		if who, _ := s.walk.Next(); len(who) > 0 {
			return who[0]
		}
		return nil
	}
	ready := s.Ready()
	if slices.Contains(ready, s.last) {
		return s.last
	}
	var first *runtime.Process
	for _, p := range ready {
		if first == nil || p.Since() < first.Since() {
			first = p
		}
	}
	return first
}

// step makes one step: the operation of p, or of whom the walk or the scheduler
// chooses if p is nil. It reports whether there was anything to do.
func (s *Stepper) step(p *runtime.Process) (some bool, err error) {
	if s.on && (p == nil || s.follows(p)) {
		return true, s.walkStep()
	}
	s.deviate()
	if p == nil {
		p = s.choose()
	}
	if p == nil {
		return s.timer(), nil
	}
	if p == s.fine {
		s.fine = nil
	} else {
		s.S.World.Grant(p)
	}
	s.after(p)
	return true, nil
}

// after has the world settle after a step of p, and makes it a moment.
func (s *Stepper) after(p *runtime.Process) {
	s.last, s.shown = p, nil
	s.settle()
	s.doneAgain()
	s.Rec.Stop() // also where nothing has happened that is an event: time went on
	s.markWalk()
}

// timer has the next timer fire, if nothing else can happen.
func (s *Stepper) timer() bool {
	w := s.S.World
	at, armed := w.NextTimer()
	if !armed {
		return false
	}
	w.AdvanceTo(at)
	if due := w.Due(); len(due) > 0 {
		w.Fire(due[0])
	}
	s.after(nil)
	return true
}
