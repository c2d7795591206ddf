package explore

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// Options are what an exploration is asked for with.
type Options struct {
	explore.Options
	JSON   bool
	Errors bool   // tell only of what is no plain value
	Normal string // a kind of outcome that is to count as no fault
	Replay string // a token: run its schedule in place of exploring
	Save   string // the name of a test to write
	DOT    string // the name of a file for the tree of runs
	Other  string // a second file to compare with
	Holds  string // an expression that is to be true after each step
}

const (
	defaultExecutions = 10_000
	defaultTime       = 60 * time.Second
	randomExecutions  = 1_000
)

// flags defines the flags on o.
func (o *Options) flags() *flag.FlagSet {
	f := flag.NewFlagSet("explore", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.IntVar(&o.MaxExecutions, "executions", 0, "stop after `N` executions")
	f.IntVar(&o.MaxDepth, "depth", 0, "look no further than `N` steps into an execution")
	f.DurationVar(&o.Time, "time-limit", defaultTime, "stop after `D` of real time")
	f.StringVar(&o.Random, "random", "", "run at random in place of exploring: `pos`, pct or uniform")
	f.Uint64Var(&o.Seed, "seed", 0, "seed `N` of random runs")
	f.BoolVar(&o.Retries, "retries", false, "let swap! find that it came too late")
	f.BoolVar(&o.Errors, "errors", false, "tell only of what goes wrong")
	f.BoolVar(&o.JSON, "json", false, "print one JSON object")
	f.StringVar(&o.Normal, "treat-as-normal", "", "take a `KIND` of outcome (leak, deadlock, error, livelock) for no fault")
	f.StringVar(&o.Replay, "replay", "", "run the schedule of a `TOKEN` in place of exploring")
	f.StringVar(&o.Save, "save", "", "write a test to `FILE` that fails as long as the first fault is there")
	f.StringVar(&o.DOT, "dot", "", "write the tree of what was run to `FILE`, for Graphviz")
	f.StringVar(&o.Other, "compare", "", "explore `FILE`, too, and tell the outcomes that only one of both has")
	o.ruleFlags(f)
	return f
}

// Parse reads the flags at the beginning of a text, and gives what is left.
func Parse(text string) (o Options, rest string, err error) {
	f := o.flags()
	var args []string
	rest = strings.TrimSpace(text)
	for strings.HasPrefix(rest, "--") {
		word, after, _ := strings.Cut(rest, " ")
		args, rest = append(args, word), strings.TrimSpace(after)
		name, _, joined := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if x := f.Lookup(name); x != nil && !joined && !isBool(x) {
			word, rest = cutValue(rest)
			args = append(args, word)
		}
	}
	if err = f.Parse(args); err != nil {
		return o, rest, err
	}
	return o, rest, o.complete()
}

func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// complete fills in what was not asked for.
func (o *Options) complete() error {
	switch o.Random {
	case "", "pos", "pct", "uniform":
	default:
		return fmt.Errorf("--random is pos, pct or uniform, not %s", o.Random)
	}
	if o.MaxExecutions == 0 {
		o.MaxExecutions = defaultExecutions
		if o.Random != "" {
			o.MaxExecutions = randomExecutions
		}
	}
	o.Walks, o.WalkTime = 10_000, time.Second
	o.CountStates = 2_000
	o.Tree = treeRuns
	o.WitnessTime = 500 * time.Millisecond
	return nil
}

// Usage tells of the flags.
func Usage() string {
	var b strings.Builder
	var o Options
	f := o.flags()
	f.SetOutput(&b)
	f.PrintDefaults()
	return b.String()
}
