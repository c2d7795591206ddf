package commands

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/runtime"
)

// setting is one that .set changes. The world of the session is changed too
// where it can be; fresh is set where a change waits for .reset.
type setting struct {
	name, values, doc string
	fresh             bool
	get               func(e *Env) string
	put               func(o *session.Options, value string) error
	apply             func(e *Env, o session.Options)
}

func settings() []setting {
	return []setting{
		{"budget", "N", "reductions for which a process runs before another has its turn (4000)", false,
			func(e *Env) string { return strconv.FormatInt(e.Session.World.Options().Budget, 10) },
			func(o *session.Options, v string) error { return number(v, 1, &o.Budget) },
			func(e *Env, o session.Options) { e.Session.World.SetBudget(o.Budget) }},
		{"color", "on|off", "colours", false,
			func(*Env) string { return onOff(!color.NoColor) },
			func(_ *session.Options, v string) error {
				on, err := truth(v)
				if err == nil {
					color.NoColor = !on
				}
				return err
			}, nil},
		{"heap", "MB", "how much memory the values of the world may take (half of the machine's)", true,
			func(e *Env) string { return strconv.FormatUint(e.Session.Options().HeapLimit>>20, 10) },
			func(o *session.Options, v string) error {
				mb := int64(o.HeapLimit >> 20)
				err := number(v, 1, &mb)
				o.HeapLimit = uint64(mb) << 20
				return err
			},
			func(_ *Env, o session.Options) { session.TuneGC(o.HeapLimit) }},
		{"model", "mixed|beam|jvm", "how processes are scheduled: each kind in its own way, or all as one machine does it", true,
			func(e *Env) string { return modelNames[e.Session.Options().Model] },
			func(o *session.Options, v string) (err error) { o.Model, err = ParseModel(v); return err }, nil},
		{"park-anywhere", "on|off", "<!, >! and alts! may stand outside of go blocks", false,
			func(e *Env) string { return onOff(e.Session.Options().ParkAnywhere) },
			func(o *session.Options, v string) (err error) { o.ParkAnywhere, err = truth(v); return err },
			func(e *Env, o session.Options) { channels.SetParkAnywhere(e.Session.World, o.ParkAnywhere) }},
		{"schedulers", "N", "how many schedulers run the actors (4)", true,
			func(e *Env) string { return strconv.Itoa(e.Session.World.Options().Schedulers) },
			func(o *session.Options, v string) error { return number(v, 1, &o.Schedulers) }, nil},
		{"seed", "N", "seed of what is left to chance", true,
			func(e *Env) string { return strconv.FormatUint(e.Session.Options().Seed, 10) },
			func(o *session.Options, v string) error { return number(v, 0, &o.Seed) }, nil},
		{"stack-limit", "N", "values on the stack of one process (4000000)", false,
			func(e *Env) string { return strconv.Itoa(e.Session.World.Options().StackLimit) },
			func(o *session.Options, v string) error { return number(v, 1000, &o.StackLimit) },
			func(e *Env, o session.Options) { e.Session.World.SetStackLimit(o.StackLimit) }},
		{"virtual", "on|off", "virtual time: it jumps to the next timer when nothing else can happen", true,
			func(e *Env) string { return onOff(e.Session.Options().Virtual) },
			func(o *session.Options, v string) (err error) { o.Virtual, err = truth(v); return err }, nil},
	}
}

func settingNamed(name string) *setting {
	for _, s := range settings() {
		if s.name == name {
			return &s
		}
	}
	return nil
}

// set shows the settings, one of them, or changes one.
func set(e *Env, arg string) error {
	name, value, _ := strings.Cut(arg, " ")
	if name == "" {
		for _, s := range settings() {
			fmt.Fprintf(e.Out, "  %-14s %-12s %s\n", s.name, s.get(e), s.doc)
		}
		return nil
	}
	s := settingNamed(name)
	if s == nil {
		return fmt.Errorf("there is no setting %s (.set lists them)", name)
	}
	if value = strings.TrimSpace(value); value == "" {
		fmt.Fprintf(e.Out, "  %s %s\n", s.name, s.get(e))
		return nil
	}
	o := e.Session.Options()
	if err := s.put(&o, value); err != nil {
		return fmt.Errorf(".set %s %s: %w", s.name, s.values, err)
	}
	e.Session.SetOptions(o)
	if s.apply != nil {
		s.apply(e, o)
	}
	if s.fresh {
		fmt.Fprintf(e.Out, "; .reset starts a world with it\n")
	}
	return nil
}

var modelNames = [...]string{runtime.Mixed: "mixed", runtime.BEAM: "beam", runtime.JVM: "jvm"}

// ParseModel gives the model of a name.
func ParseModel(name string) (runtime.Model, error) {
	for m, n := range modelNames {
		if n == name {
			return runtime.Model(m), nil
		}
	}
	return 0, fmt.Errorf("the models are %s", strings.Join(modelNames[:], ", "))
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

func truth(v string) (bool, error) {
	switch v {
	case "on", "true", "yes":
		return true, nil
	case "off", "false", "no":
		return false, nil
	}
	return false, errors.New("it is on or off")
}

// number reads a number of at least low into to.
func number[T int | int64 | uint64](v string, low T, to *T) error {
	n, err := strconv.ParseInt(v, 10, 63)
	if err != nil || T(n) < low || n < 0 {
		return fmt.Errorf("it is a number from %d on", low)
	}
	*to = T(n)
	return nil
}
