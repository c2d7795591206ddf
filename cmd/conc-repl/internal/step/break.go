package step

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// breakpoint is a reason for continue to stop.
type breakpoint struct {
	about string
	hit   func(e *runtime.Event) bool
}

// broken gives the break that an event after from hits, "" if none.
func (s *Stepper) broken(from int) string {
	for _, e := range s.Rec.Between(from, s.Rec.At()) {
		for _, b := range s.breaks {
			if b.hit(&e.Event) {
				return "break on " + b.about
			}
		}
	}
	return ""
}

func (s *Stepper) breakOn(arg string) error {
	arg = strings.TrimSpace(strings.TrimPrefix(arg+" ", "on "))
	kind, rest, _ := strings.Cut(arg, " ")
	rest = strings.TrimSpace(rest)
	var b breakpoint
	var err error
	switch {
	case arg == "":
		for _, b := range s.breaks {
			fmt.Fprintf(s.Out, "  break on %s\n", b.about)
		}
		return nil
	case arg == "off":
		s.breaks = nil
		return nil
	case kind == "line":
		b, err = breakOnLine(rest)
	case kind == "message":
		b, err = s.breakOnMessage(rest)
	default:
		b, err = s.breakOnThing(arg)
	}
	if err != nil {
		return err
	}
	s.breaks = append(s.breaks, b)
	fmt.Fprintf(s.Out, "; break on %s\n", b.about)
	return nil
}

func breakOnLine(arg string) (breakpoint, error) {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return breakpoint{}, errors.New("it is break on line N")
	}
	return breakpoint{"line " + arg, func(e *runtime.Event) bool { return int(e.Pos.Line) == n }}, nil
}

func (s *Stepper) breakOnThing(name string) (breakpoint, error) {
	if p, err := s.process(name); err == nil {
		return breakpoint{name, func(e *runtime.Event) bool { return e.Proc == p || e.Peer == p }}, nil
	}
	if c, ok := s.channel(name); ok {
		return breakpoint{name, func(e *runtime.Event) bool { return any(e.Entity) == c.Obj() }}, nil
	}
	return breakpoint{}, fmt.Errorf("there is no process and no channel %s", name)
}

// carriers are the kinds of the events that carry a message, or a value by a channel.
var carriers = map[string]bool{
	"send": true, "remove": true,
	"put": true, "put!": true, "offer!": true, "take": true, "take!": true, "poll!": true,
}

// breakOnMessage breaks on messages and values that a pattern of the notation
// in use takes. What is pinned in it is looked up now.
func (s *Stepper) breakOnMessage(pattern string) (breakpoint, error) {
	if pattern == "" {
		return breakpoint{}, errors.New("it is break on message PATTERN")
	}
	f, err := s.matcher(pattern)
	if err != nil {
		return breakpoint{}, err
	}
	return breakpoint{"message " + pattern, func(e *runtime.Event) bool { return carriers[e.Kind] && s.matches(f, e.Value) }}, nil
}

// matcher compiles a pattern to a function, which is a value: nothing else of
// the compiling stays.
func (s *Stepper) matcher(pattern string) (f lang.Value, err error) {
	err = s.pretend(func() error {
		form, err := s.S.Matcher(pattern)
		if err == nil {
			f, err = s.evalForm(form)
		}
		return err
	})
	return f, err
}

// matches asks the function of a pattern about a value. A value that has to be
// computed yet, for longer than an expression at a stop may take, does not match.
func (s *Stepper) matches(f, v lang.Value) (yes bool) {
	err := s.pretend(func() error {
		got, err := s.call(f, v)
		yes = got.Truthy()
		return err
	})
	return yes && err == nil
}
