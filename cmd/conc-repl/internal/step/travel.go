package step

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/runtime"
)

// count reads how many stops to go; 1 if nothing is said.
func count(arg string) (int, error) {
	if arg == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(arg)
	if err != nil || n < 1 {
		return 0, errors.New("it is a number from 1 on")
	}
	return n, nil
}

func (s *Stepper) doBack(arg string) error {
	return s.travel(arg, s.Rec.Back, "the record does not reach further back")
}

func (s *Stepper) doRedo(arg string) error {
	return s.travel(arg, s.Rec.Redo, "nothing was recorded after this moment")
}

func (s *Stepper) travel(arg string, walk func(int) int, none string) error {
	n, err := count(arg)
	if err != nil {
		return err
	}
	return s.moved(func() error {
		if walk(n) == 0 {
			return errors.New(none)
		}
		return nil
	})
}

func (s *Stepper) doGoto(arg string) error {
	_, last := s.Rec.Range()
	n, err := strconv.Atoi(strings.TrimPrefix(arg, "event "))
	if arg == "end" {
		n, err = last, nil
	}
	if err != nil {
		return errors.New("events have numbers (.events lists them)")
	}
	return s.moved(func() error { return s.Rec.Goto(n) })
}

// moved goes to another moment, and shows it.
func (s *Stepper) moved(move func() error) error {
	from := s.Rec.At()
	if err := move(); err != nil {
		return err
	}
	s.last, s.shown, s.fine = nil, nil, s.midway()
	s.evaluates = s.S.Busy() && !s.Rec.Muted()
	if s.forms != nil {
		s.forms.back(s.Rec.Moment())
	}
	s.seekWalk()
	Undone(s.Out, s.Rec, from, s.Rec.At())
	s.told = s.Rec.At()
	for _, e := range s.Rec.Between(s.told, from) {
		if e.Kind == "outside" && from > s.told {
			s.outside[e.Pos] = true
		}
	}
	s.screen()
	return nil
}

// doneAgain says what has been done outside once more, after a person had gone
// back over it.
func (s *Stepper) doneAgain() {
	for _, e := range s.Rec.Between(s.told, s.Rec.At()) {
		if e.Kind == "outside" && s.outside[e.Pos] {
			fmt.Fprintf(s.Out, "; done again: what %s does outside%s (event %d)\n", name(e.Proc), at(&e.Event), e.N)
		}
	}
	s.told = s.Rec.At()
}

// midway gives the process that stands between two operations, if it is the only one.
func (s *Stepper) midway() *runtime.Process {
	if ready := s.S.World.Runnable(); len(ready) == 1 {
		return ready[0]
	}
	return nil
}

// Undone marks, for a move from one moment to another, the output that is no
// longer so, or is so again, and says what was done outside of the world, which
// nothing undoes.
func Undone(out io.Writer, r *record.Record, from, to int) {
	what := "; undone: "
	if to > from {
		what = "; again: "
	}
	for _, e := range r.Between(from, to) {
		switch {
		case e.Kind == "print" && strings.TrimSpace(e.Note) != "":
			fmt.Fprintln(out, what+strings.TrimSuffix(e.Note, "\n"))
		case e.Kind == "outside" && to < from:
			fmt.Fprintf(out, "; not undone: what %s did outside%s (event %d); going on from here may do it again\n", name(e.Proc), at(&e.Event), e.N)
		}
	}
}

func name(p *runtime.Process) string {
	if p == nil {
		return "nobody"
	}
	return p.Name()
}

func at(e *runtime.Event) string {
	if e.Pos.IsValid() {
		return " at " + e.Pos.String()
	}
	return ""
}
