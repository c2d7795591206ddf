package step

import (
	"fmt"
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// Walk is a run that is known beforehand: the schedule that leads to an
// outcome. It does its own steps, by its own rules of what is one.
type Walk interface {
	// Begin starts the run, in which every process comes to its first operation.
	Begin()
	// Done gives how many steps have been done, and how many there are.
	Done() (n, of int)
	// Next gives who takes part in the next step, and what that is; "" at the end.
	Next() (who []*runtime.Process, what string)
	// Step does it.
	Step() error
	// Seek tells that the world has been brought to where n steps were done.
	Seek(n int)
	// Hold sets whether the world keeps to the walk's rules.
	Hold(on bool)
	// Close has the world forget the walk.
	Close()
}

// mark says how far the walk had come at a moment, and whether it had been left.
type mark struct {
	moment, steps int
	left          bool
}

// walked is what a stepper knows of its walk.
type walked struct {
	walk  Walk // nil: the scheduler's choice
	end   func() string
	on    bool // it has not been left
	marks []mark
}

// Walk begins a run that is known; title is what the record says of it, and
// end tells, when all its steps are done, what it has come to.
func (s *Stepper) Walk(title string, w Walk, end func() string) error {
	return s.start(title, func() error {
		s.walked = walked{walk: w, end: end, on: true}
		s.evaluates = true
		w.Begin()
		return nil
	})
}

// walkStep does the next step of the walk.
func (s *Stepper) walkStep() error {
	who, _ := s.walk.Next()
	var p *runtime.Process
	if len(who) > 0 {
		p = who[0]
	}
	err := s.walk.Step()
	n, of := s.walk.Done()
	end := ""
	switch {
	case err != nil:
		s.leaveWalk()
	case n == of:
		end = s.end()
		s.endWalk()
	}
	s.after(p)
	if end != "" {
		fmt.Fprintf(s.Out, "; the walk ends here: %s\n", end)
	}
	return err
}

// endWalk leaves the walk, and has those wait who can do nothing else.
func (s *Stepper) endWalk() {
	s.leaveWalk()
	for _, p := range s.Ready() {
		if !p.Waiting().Ready(s.S.World, p) {
			s.S.World.Grant(p)
		}
	}
}

// leaveWalk has the world go on by the stepper's own rules.
func (s *Stepper) leaveWalk() {
	if s.on {
		s.on = false
		s.walk.Hold(false)
	}
}

// deviate leaves the walk because of what a person wants instead.
func (s *Stepper) deviate() {
	if s.on {
		n, of := s.walk.Done()
		s.leaveWalk()
		fmt.Fprintf(s.Out, "; the walk is left after step %d of %d; back leads into it again\n", n, of)
	}
}

// follows reports whether the next step of the walk is one of p.
func (s *Stepper) follows(p *runtime.Process) bool {
	if !s.on {
		return false
	}
	who, _ := s.walk.Next()
	return slices.Contains(who, p)
}

// closeWalk forgets the walk.
func (s *Stepper) closeWalk() {
	if s.walk != nil {
		s.walk.Close()
	}
	s.walked = walked{}
}

// markWalk keeps how far the walk is at this moment.
func (s *Stepper) markWalk() {
	if s.walk == nil {
		return
	}
	for n := len(s.marks); n > 0 && s.marks[n-1].moment >= s.Rec.Moment(); n-- {
		s.marks = s.marks[:n-1]
	}
	n, _ := s.walk.Done()
	s.marks = append(s.marks, mark{s.Rec.Moment(), n, !s.on})
}

// seekWalk takes the walk to the moment to which the world has been brought.
func (s *Stepper) seekWalk() {
	if s.walk == nil {
		return
	}
	s.on = false
	for n := len(s.marks); n > 0; n-- {
		if m := s.marks[n-1]; m.moment <= s.Rec.Moment() {
			s.walk.Seek(m.steps)
			s.on = !m.left
			break
		}
	}
	s.walk.Hold(s.on)
}

// walkLine says, on a screen, what the next step of the walk is.
func (s *Stepper) walkLine() {
	if !s.on {
		return
	}
	n, of := s.walk.Done()
	if _, what := s.walk.Next(); what != "" {
		fmt.Fprintf(s.Out, "  step %d of %d of the walk is next: %s\n", n+1, of, what)
	}
}
