package explore

import (
	"fmt"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// Report tells in words what an exploration has found; with errors only what
// is no plain value.
func Report(r *explore.Result, errors bool) string {
	var b strings.Builder
	b.WriteString(headline(r))
	for i, o := range r.Outcomes {
		if !errors || o.Kind != explore.Value {
			b.WriteString(outcome(i+1, o))
		}
	}
	if len(r.Outcomes) > 0 {
		b.WriteString(".walk K steps the run to outcome K; .replay TOKEN runs it.\n")
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
	return fmt.Sprintf("%s; %s (%s, %v; search: %s, delivery: instant, time: ordered)\n",
		count(len(r.Outcomes), "outcome"), what, count(r.Executions, "execution"), r.Took.Round(100*time.Microsecond), r.Search)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// outcome tells of outcome k.
func outcome(k int, o *explore.Outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%2d. %s%s   %s%s\n", k, title(o), printed(o.Output), count(o.Behaviours, "behaviour"), share(o.Share))
	if len(o.Lines) > 0 {
		fmt.Fprintf(&b, "    %s\n", explore.Brief(o.Lines))
	}
	if o.Why != "" {
		fmt.Fprintf(&b, "    because %s\n", o.Why)
	}
	if o.Token != "" {
		fmt.Fprintf(&b, "    token %s\n", o.Token)
	}
	return b.String()
}

func title(o *explore.Outcome) string {
	switch o.Kind {
	case explore.Value:
		return o.Value
	case explore.Leak:
		return o.Value + ", with a leak"
	}
	return string(o.Kind) + ": " + o.Value
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
	return fmt.Sprintf(", %.1f %% of %d random runs (%.1f to %.1f)", 100*s.P, s.Walks, 100*s.Low, 100*s.High)
}
