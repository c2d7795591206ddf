package explore

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// ruleFlags defines the flags that say what can happen at all, and what is to hold.
func (o *Options) ruleFlags(f *flag.FlagSet) {
	f.Func("delivery", "`instant`: a message that is sent is there; async: messages of different senders arrive in any order", func(s string) (err error) {
		o.Delivery, err = explore.ParseDelivery(s)
		return err
	})
	f.Func("time", "`ordered`: timers fire in order, and computing takes no time; any: a timer may fire at any time", func(s string) (err error) {
		o.Timing, err = explore.ParseTiming(s)
		return err
	})
	f.Func("delays", "look only at runs in which a process is made to wait its turn at most `N` times", o.bound(explore.Delays))
	f.Func("preemptions", "look only at runs in which a process that could go on is stopped at most `N` times", o.bound(explore.Preemptions))
	f.BoolVar(&o.BranchRand, "branch-rand", false, "branch over random draws of up to 16 values, which are else those of the seed")
	f.StringVar(&o.Holds, "invariant", "", "an `EXPR` that is to be true after each step")
}

// bound makes a flag that bounds the search.
func (o *Options) bound(b explore.Bound) func(string) error {
	return func(s string) error {
		n, err := strconv.Atoi(s)
		switch {
		case err != nil || n < 0:
			return errors.New("it takes a number from 0")
		case o.Bounded != explore.Unbounded && o.Bounded != b:
			return errors.New("delays and preemptions cannot both be bounded")
		}
		o.Bounded, o.Most = b, n
		return nil
	}
}

// cutValue cuts the value of a flag off a text: a word, or what stands in
// quotes or brackets.
func cutValue(text string) (value, rest string) {
	if text != "" && strings.ContainsAny(text[:1], `"'`) {
		value, rest, _ = strings.Cut(text[1:], text[:1])
		return value, strings.TrimSpace(rest)
	}
	depth := 0
	for i, c := range text {
		switch {
		case strings.ContainsRune("([{", c):
			depth++
		case strings.ContainsRune(")]}", c):
			depth--
		case c == ' ' && depth <= 0:
			return text[:i], strings.TrimSpace(text[i:])
		}
	}
	return text, ""
}

// invariant makes a function of what is to hold after each step.
func (x *Explorer) invariant(text string) (lang.Value, error) {
	if text == "" {
		return lang.Nil, nil
	}
	open, end := "(fn [] ", ")"
	if x.S.ID() == lang.ElixirNotation {
		open, end = "fn -> ", " end"
	}
	form, err := x.read(x.S.Typed(open+text+end), text)
	if err != nil {
		return lang.Nil, fmt.Errorf("the invariant: %w", err)
	}
	x.S.Eval(form)
	x.S.World.Run(runtime.Limits{Until: func() bool { return !x.S.Busy() }, Timers: true})
	v, e := x.S.Value()
	if e != nil {
		return lang.Nil, errors.New("the invariant: " + x.S.ScriptReport(e))
	}
	return v, nil
}

// progress gives a function that tells on errs how far an exploration has
// come, and one that takes that away in the end; nothing where errs is no
// terminal.
func progress(errs io.Writer) (tell func(explore.Progress), end func()) {
	f, ok := errs.(*os.File)
	if !ok {
		return nil, func() {}
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return nil, func() {}
	}
	began, last := time.Now(), time.Now()
	told := false
	tell = func(p explore.Progress) {
		if now := time.Now(); now.Sub(last) >= progressEvery {
			last, told = now, true
			fmt.Fprintf(f, "\r\x1b[K%s", progressLine(p, now.Sub(began)))
		}
	}
	return tell, func() {
		if told {
			fmt.Fprint(f, "\r\x1b[K")
		}
	}
}

const progressEvery = 200 * time.Millisecond

// progressLine tells how far an exploration has come in a time.
func progressLine(p explore.Progress, took time.Duration) string {
	line := fmt.Sprintf("%d executions, %d outcomes, %.0f a second", p.Executions, p.Outcomes, float64(p.Executions)/took.Seconds())
	if p.Share > 0 {
		line += fmt.Sprintf("; of about %.2g in all (Ctrl-C ends with what there is)", float64(p.Executions)/p.Share)
	}
	return line
}
