package explore

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// Report tells in words what an exploration has found; of the outcomes those
// that are to be told of.
func Report(r *explore.Result, tell func(*explore.Outcome) bool) string {
	var b strings.Builder
	b.WriteString(headline(r))
	told, more := 0, 0
	for i, o := range r.Outcomes {
		switch {
		case !tell(o):
		case told == explore.MaxExplained:
			more++
		default:
			told++
			b.WriteString(outcome(i+1, o))
		}
	}
	if more > 0 {
		fmt.Fprintf(&b, "... and %s (--json tells of all)\n", count(more, "more outcome"))
	}
	return b.String()
}

func headline(r *explore.Result) string {
	what := "all " + count(r.Behaviours, "behaviour")
	if r.Behaviours == 1 {
		what = "the only behaviour"
	}
	switch {
	case r.Search == "random":
		what = fmt.Sprintf("%s seen in %s at random, which proves nothing about others", count(r.Behaviours, "behaviour"), count(r.Executions, "run"))
	case !r.Exhaustive:
		what = fmt.Sprintf("not exhaustive: %s; %s seen", r.Cut, count(r.Behaviours, "behaviour"))
	}
	return fmt.Sprintf("%s; %s (%s, %v; search: %s, delivery: %s, time: %s%s)\n",
		count(len(r.Outcomes), "outcome"), what, count(r.Executions, "execution"), r.Took.Round(100*time.Microsecond), r.Search, r.Delivery, r.Timing, draws(r))
}

// draws says how random numbers were drawn, if any were.
func draws(r *explore.Result) string {
	switch {
	case r.BranchRand:
		return ", random draws: branched"
	case r.Seeded:
		return ", random draws: of the seed (--branch-rand: all)"
	}
	return ""
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

// thousands writes a number with separators: 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// The colours of outcomes.
var (
	fine  = color.New(color.FgGreen)
	fault = color.New(color.FgRed)
)

// hue gives the colour of an outcome.
func hue(o *explore.Outcome) *color.Color {
	if o.Kind == explore.Value {
		return fine
	}
	return fault
}

// outcome tells of outcome k.
func outcome(k int, o *explore.Outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%2d. %s   %s%s\n", k, hue(o).Sprint(title(o)+printed(o.Output)), count(o.Behaviours, "behaviour"), share(o.Share))
	if brief := explore.Brief(fold(o.Lines)); brief != "" {
		fmt.Fprintf(&b, "    %s\n", brief)
	}
	b.WriteString(because(o.Why))
	for _, line := range strings.Split(o.Reason, "\n") {
		if line != "" {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	if o.Token != "" {
		fmt.Fprintf(&b, "    token %s\n", o.Token)
	}
	return b.String()
}

// because tells the first of the orders that are no part of a call's preparation.
func because(orders []explore.Order) string {
	for _, o := range orders {
		first, then := folded(o.First), folded(o.Then)
		if first.What != "" && then.What != "" {
			return fmt.Sprintf("    because %s before %s\n", first, then)
		}
	}
	return ""
}

// Summary says what an outcome is, and what was printed on the way.
func Summary(o *explore.Outcome) string { return title(o) + printed(o.Output) }

// title says what an outcome is.
func title(o *explore.Outcome) string {
	text := o.Title
	if text == "" {
		text = o.Value
	}
	switch o.Kind {
	case explore.Value:
		return text
	case explore.Leak:
		return text + ", with a leak"
	}
	return string(o.Kind) + ": " + text
}

func printed(output string) string {
	if output == "" {
		return ""
	}
	return fmt.Sprintf(", having printed %q", output)
}

// share tells how likely an outcome is.
func share(s explore.Share) string {
	switch {
	case !s.Known:
		return ""
	case s.Exact:
		return fmt.Sprintf(", %.1f %% of random runs", 100*s.P)
	}
	return fmt.Sprintf(", %.1f %% of %s random runs (%.1f to %.1f)", 100*s.P, thousands(s.Walks), 100*s.Low, 100*s.High)
}
