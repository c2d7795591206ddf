package step

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// focus gives the process whose locals an expression sees: the one that a
// person asked to see, else the one that makes the next step.
func (s *Stepper) focus() *runtime.Process {
	if p := s.shown; p != nil && p.Status != runtime.Done {
		return p
	}
	if p := s.choose(); p != nil {
		return p
	}
	return s.S.World.Shell
}

// locals gives the locals of the innermost call of the process in focus.
func (s *Stepper) locals() []runtime.Local {
	if s.focus().Status == runtime.Done {
		return nil
	}
	if scopes := s.focus().Scopes(); len(scopes) > 0 {
		return scopes[0].Locals
	}
	return nil
}

const (
	mostLocals   = 8  // of a process on a screen
	longestLocal = 40 // how much of a value is shown, in runes
)

// localsText lists locals in one line: x = 1, acc = [2]. What is known by the
// same name is left out.
func (s *Stepper) localsText(locals []runtime.Local) string {
	var parts []string
	for _, l := range locals {
		text := s.brief(l.Value)
		if text == l.Name {
			continue
		}
		if len(parts) == mostLocals {
			parts = append(parts, "...")
			break
		}
		parts = append(parts, l.Name+" = "+text)
	}
	return strings.Join(parts, ", ")
}

// brief shows a value in a few words: processes and channels by their short
// names, functions by a word.
func (s *Stepper) brief(v lang.Value) string {
	if name, ok := views.ChannelName(v); ok {
		return name
	}
	switch x := v.Obj().(type) {
	case *runtime.Process:
		return s.S.World.Label(x)
	case *lang.Closure:
		return "a function"
	case *lang.Native:
		return x.Name
	}
	r := []rune(strings.Join(strings.Fields(s.show(v)), " "))
	if len(r) > longestLocal {
		return string(r[:longestLocal]) + "..."
	}
	return string(r)
}

// doShow shows the stop again; with a name, expressions see the locals of that
// process from then on.
func (s *Stepper) doShow(arg string) error {
	if arg != "" {
		p, err := s.process(arg)
		if err != nil {
			return err
		}
		if p.Status == runtime.Done {
			return fmt.Errorf("%s has ended", p.Name())
		}
		s.shown = p
	}
	s.screen()
	return nil
}
