package step

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Word is one thing that can be said at a stop.
type Word struct {
	Name string
	Args string
	Doc  string
	run  func(s *Stepper, arg string) error
}

// words gives the words in the order of the help.
func words() []Word {
	return []Word{
		{"step", "[P]", "makes the next step: the scheduler's choice, or P's; Enter does the same", (*Stepper).doStep},
		{"next", "[P]", "goes on until P has made its next step", (*Stepper).doNext},
		{"in", "[P]", "lets P alone run to its next expression, into functions", func(s *Stepper, a string) error { return s.follow(a, anyDepth) }},
		{"over", "[P]", "lets P alone run to its next expression, over the calls before it", func(s *Stepper, a string) error { return s.follow(a, sameDepth) }},
		{"out", "[P]", "lets P alone run until the function has returned", func(s *Stepper, a string) error { return s.follow(a, lessDepth) }},
		{"by", "[expression|call|instruction]", "says or sets what in and over go by; by instruction shows the code", (*Stepper).by},
		{"continue", "", "goes on to a break, or to the end, and leaves the stepper there", (*Stepper).doContinue},
		{"until", "CONDITION", "goes on until an expression is true, or until N: to event N", (*Stepper).until},
		{"break", "[on P | on C | on line N | on message PATTERN | off]", "stops continue and until there; alone, lists the breaks", (*Stepper).breakOn},
		{"back", "[N]", "goes N stops back", (*Stepper).doBack},
		{"redo", "[N]", "goes N stops forward again", (*Stepper).doRedo},
		{"goto", "EVENT", "goes to the moment after an event; 0 is the beginning, end the last", (*Stepper).doGoto},
		{"branch", "N [P]", "makes the step of a choice with its branch N", (*Stepper).branch},
		{"fire", "[N]", "has timer N fire now, before its time", (*Stepper).fire},
		{"kill", "P", "ends a process", (*Stepper).kill},
		{"suspend", "P", "sets a process aside: it makes no step", (*Stepper).suspend},
		{"resume", "P", "lets a process that was set aside go on", (*Stepper).resume},
		{"inject", "P MSG | C VALUE", "sends a message to a process, or puts a value on a channel", (*Stepper).inject},
		{"eval", "FORM", "evaluates a form where the process marked > stands, and changes nothing", func(s *Stepper, a string) error { return s.look(a) }},
		{"eval!", "FORM", "evaluates a form that may change the world", func(s *Stepper, a string) error { return s.change(a) }},
		{"show", "[P]", "shows the stop again; eval then sees P's locals", (*Stepper).doShow},
		{"help", "", "lists these words", (*Stepper).help},
		{"quit", "", "leaves the stepper; the world goes on by itself", (*Stepper).quit},
	}
}

// Do does what a line says at a stop: a word of the stepper, or a form to be
// evaluated, which changes nothing.
func (s *Stepper) Do(line string) error {
	line = strings.TrimSpace(line)
	name, arg, _ := strings.Cut(line, " ")
	if line == "" {
		name = "step"
	}
	arg = strings.TrimSpace(arg)
	for _, w := range words() {
		if w.Name != name {
			continue
		}
		if strings.HasPrefix(w.Args, "[") || w.Args == "" == (arg == "") {
			return w.run(s, arg)
		}
		return fmt.Errorf("it is %s", strings.TrimSpace(w.Name+" "+w.Args))
	}
	local := func(l runtime.Local) bool { return l.Name == line }
	if isName(line) && s.S.Lookup(line) == nil && !slices.ContainsFunc(s.locals(), local) {
		return fmt.Errorf("there is no word %s here (help lists them; eval FORM evaluates)", line)
	}
	return s.look(line)
}

// isName reports whether a line is one plain word.
func isName(line string) bool {
	return strings.IndexFunc(line, func(r rune) bool { return !('a' <= r && r <= 'z' || r == '-' || r == '!') }) < 0
}

// wordWidth is the width of the column of words in the help.
const wordWidth = 24

func (s *Stepper) help(string) error {
	for _, w := range words() {
		use := strings.TrimSpace(w.Name + " " + w.Args)
		if len(use) > wordWidth {
			fmt.Fprintf(s.Out, "  %s\n", use)
			use = ""
		}
		fmt.Fprintf(s.Out, "  %-*s %s\n", wordWidth, use, w.Doc)
	}
	fmt.Fprintln(s.Out, "Anything else is evaluated as by eval. Commands such as .ps and .timeline answer as always.")
	return nil
}

func (s *Stepper) quit(string) error {
	if s.forms != nil && s.forms.waiting() {
		fmt.Fprintln(s.Out, "; the forms behind this one are not evaluated")
	}
	s.Leave()
	return nil
}

// process finds the process that a person names.
func (s *Stepper) process(name string) (*runtime.Process, error) {
	if p := views.FindProcess(s.S.World, name); p != nil {
		return p, nil
	}
	if v := s.S.Lookup(name); v != nil && v.Bound() {
		if p, ok := v.Root().Obj().(*runtime.Process); ok {
			return p, nil
		}
	}
	return nil, fmt.Errorf("there is no process %s (.ps lists them)", name)
}

// who gives the process of a name that can make a step; nil for no name.
func (s *Stepper) who(name string) (*runtime.Process, error) {
	if name == "" {
		return nil, nil
	}
	p, err := s.process(name)
	switch {
	case err != nil:
		return nil, err
	case s.set[p]:
		return nil, fmt.Errorf("%s is set aside (resume %s)", p.Name(), p.Name())
	case !slices.Contains(s.Ready(), p):
		return nil, fmt.Errorf("%s cannot make a step: %s", p.Name(), views.Status(p))
	}
	return p, nil
}

func (s *Stepper) doStep(arg string) error {
	s.settle()
	p, err := s.who(arg)
	if err != nil {
		return err
	}
	switch some, err := s.step(p); {
	case err != nil:
		return err
	case !some:
		return s.nothing()
	}
	s.screen()
	return nil
}

// nothing says that no step can be made.
func (s *Stepper) nothing() error {
	if len(s.set) > 0 {
		return errors.New("nobody can make a step but those who are set aside (resume P)")
	}
	return errors.New("nothing is left to step; back goes back, quit leaves")
}

func (s *Stepper) doNext(arg string) error {
	s.settle()
	p := s.last
	if arg != "" {
		var err error
		if p, err = s.process(arg); err != nil {
			return err
		}
	}
	if p == nil {
		return s.doStep("")
	}
	ops := p.Ops
	for p.Ops == ops && p.Status != runtime.Done {
		if some, err := s.proceed(); err != nil {
			return err
		} else if !some {
			return s.nothing()
		}
	}
	s.screen()
	return nil
}

// mostSteps bounds how far continue and the like go before they ask again.
const mostSteps = 100_000

// proceed makes one step by the scheduler's choice, or the walk's, and reports
// whether there was one to make.
func (s *Stepper) proceed() (some bool, err error) {
	if s.S.World.Run(runtime.Limits{Until: func() bool { return true }}) == runtime.Interrupted {
		return false, errors.New("interrupted by Ctrl-C")
	}
	return s.step(nil)
}

// run makes steps until stop gives a reason, and says it.
func (s *Stepper) run(stop func() string) (why string) {
	s.settle()
	s.running = true
	defer func() { s.running = false }()
	for range mostSteps {
		from, walking := s.Rec.At(), s.on
		if some, err := s.proceed(); err != nil {
			return err.Error()
		} else if !some {
			return ""
		}
		if why := stop(); why != "" {
			return why
		}
		if why := s.broken(from); why != "" {
			return why
		}
		if walking && !s.on {
			return "end of the walk"
		}
	}
	return fmt.Sprintf("%d steps were made", mostSteps)
}

func (s *Stepper) doContinue(string) error {
	why := s.run(func() string { return "" })
	if why != "" {
		fmt.Fprintf(s.Out, "; stopped: %s\n", why)
		s.screen()
		return nil
	}
	if s.evaluates || s.more() {
		if len(s.set) > 0 {
			fmt.Fprintf(s.Out, "; stopped: %v\n", s.nothing())
		}
		s.screen()
		return nil
	}
	s.remains()
	s.Leave()
	return nil
}

func (s *Stepper) until(arg string) error {
	arg = strings.TrimPrefix(arg, "event ")
	if n, err := strconv.Atoi(arg); err == nil {
		if _, last := s.Rec.Range(); n <= last {
			return s.doGoto(arg)
		}
		return s.goOnUntil(func() string {
			if s.Rec.At() >= n {
				return fmt.Sprintf("event %d", n)
			}
			return ""
		})
	}
	if _, _, err := s.S.Typed(arg).Read(); err != nil {
		return errors.New(strings.TrimSuffix(s.S.Syntax(err), "\n"))
	}
	_, never := s.value(arg) // why it had no value, nil once it had one
	err := s.goOnUntil(func() string {
		v, err := s.value(arg)
		if err != nil { // the names that it needs may not be there yet
			return ""
		}
		never = nil
		if v.Truthy() {
			return arg
		}
		return ""
	})
	if err != nil {
		return err
	}
	return never
}

func (s *Stepper) goOnUntil(stop func() string) error {
	if why := s.run(stop); why != "" {
		fmt.Fprintf(s.Out, "; stopped: %s\n", why)
	} else {
		fmt.Fprintln(s.Out, "; that was not reached")
	}
	s.screen()
	return nil
}

// channel finds the channel of a name: a var's, or the one that is shown.
func (s *Stepper) channel(name string) (lang.Value, bool) {
	if v := s.S.Lookup(name); v != nil && v.Bound() && views.IsChannel(v.Root()) {
		return v.Root(), true
	}
	return views.FindChannel(s.S.World, name)
}

func (s *Stepper) branch(arg string) error {
	s.settle()
	number, name, _ := strings.Cut(arg, " ")
	p, err := s.who(name)
	if err != nil {
		return err
	}
	if p == nil {
		i := slices.IndexFunc(s.Ready(), func(p *runtime.Process) bool { return choiceOf(p) != nil })
		if i < 0 {
			return errors.New("nobody is about to choose")
		}
		p = s.Ready()[i]
	}
	c, n := choiceOf(p), 0
	if c != nil {
		n = len(c.Branches)
	}
	i, err := strconv.Atoi(number)
	switch {
	case c == nil:
		return fmt.Errorf("%s is not about to choose", p.Name())
	case err != nil || i < 1 || i > n:
		return fmt.Errorf("the branches are numbered from 1 to %d", n)
	case !c.Branches[i-1].Op.Ready(s.S.World, p):
		return fmt.Errorf("branch %d is not ready: %s", i, c.Branches[i-1].Op.About(p))
	}
	s.deviate()
	s.S.World.GrantAs(p, c.Only(i-1))
	s.after(p)
	s.screen()
	return nil
}

// choiceOf gives the choice that p is about to make, nil if it makes none.
func choiceOf(p *runtime.Process) *runtime.Choice {
	c, ok := p.Waiting().(*runtime.Choice)
	if !ok || p.Status != runtime.AtOp {
		return nil
	}
	return c
}

func (s *Stepper) fire(arg string) error {
	w := s.S.World
	timers, n := w.Timers(), 1
	if arg != "" {
		var err error
		if n, err = strconv.Atoi(arg); err != nil {
			return errors.New("timers have numbers (.timers lists them)")
		}
	}
	if n < 1 || n > len(timers) {
		return fmt.Errorf("there is no timer %d", n)
	}
	s.deviate()
	w.Fire(timers[n-1])
	s.after(nil)
	s.screen()
	return nil
}

func (s *Stepper) kill(arg string) error {
	p, err := s.process(arg)
	switch {
	case err != nil:
		return err
	case p == s.S.World.Shell:
		return errors.New("that is the prompt's own process; quit lets it go on")
	}
	s.deviate()
	if p.Kind == runtime.Actor {
		actors.Of(s.S.World).Exit(p, lang.K("kill"))
	} else {
		s.S.World.Kill(p, nil)
	}
	s.after(nil)
	s.screen()
	return nil
}

func (s *Stepper) suspend(arg string) error {
	p, err := s.process(arg)
	if err == nil {
		s.deviate()
		s.set[p] = true
		fmt.Fprintf(s.Out, "; %s is set aside\n", p.Name())
	}
	return err
}

func (s *Stepper) resume(arg string) error {
	p, err := s.process(arg)
	if err == nil {
		delete(s.set, p)
		fmt.Fprintf(s.Out, "; %s goes on\n", p.Name())
	}
	return err
}
