package explore

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Options bound and steer an exploration.
type Options struct {
	MaxExecutions int           // 0: no bound
	MaxDepth      int           // steps of one execution; 0: defaultDepth
	Time          time.Duration // of the real clock; 0: no bound
	Bounded       Bound         // what is bounded by Most
	Most          int           // delays, or preemptions
	Delivery      Delivery      // "": Instant
	Timing        Timing        // "": Ordered
	Invariant     lang.Value    // a function of no arguments that is to give true after each step; nil: none
	Retries       bool          // swap! may find that it came too late, and try again
	BranchRand    bool          // random draws of few values are choices; else all are those of the seed
	Random        string        // run at random in place of exploring: pos, pct or uniform
	Seed          uint64
	Walks         int           // random runs to estimate shares from; 0: none
	WalkTime      time.Duration // at most
	CountStates   int           // up to how many states all interleavings are counted for exact shares
	WitnessTime   time.Duration // for finding the simplest runs, for each outcome
	Program       uint64        // the hash of the program, for tokens
	Tree          int           // how many runs are kept for the tree
	// Show gives the value of the main process as it is to be shown.
	Show func(v lang.Value) string
	// Name gives the short name of a process for people.
	Name func(p *runtime.Process) string
	// Reason, if set, says in sentences, each a line, why a run ended in a deadlock or
	// with a leak. It is asked in the world as the run has left it.
	Reason func(w *runtime.World, events []runtime.Event) string
	// Stop, if set, is asked now and then whether to end with what there is.
	Stop func() bool
	// Progress, if set, is told now and then how far it has come.
	Progress func(p Progress)
}

// Progress is how far an exploration has come.
type Progress struct {
	Executions, Outcomes int
	Share                float64 // of all that there is to explore, by what is planned; 0 if that is not known
}

// Result is what an exploration has found.
type Result struct {
	Exhaustive bool
	Cut        string // why it is not exhaustive: the bound that was reached
	Executions int    // runs to the end
	Behaviours int    // different ones among them
	Redundant  int    // runs that were begun and led to what was seen before
	Attempts   int    // to reverse a race
	Search     string // dpor, bounded, stateful, random
	Delivery   Delivery
	Timing     Timing
	BranchRand bool
	Seeded     bool // some random draws were those of the seed
	Took       time.Duration
	Outcomes   []*Outcome // in the order in which they were found
	kept       []kept     // the runs of the tree
	start      Start      // what was explored,
	set        *settings  // with what was found out about it,
	o          *Options   // and how it was asked for
	circles    bool       // an execution was so long that the program seems to go in circles
	byKey      map[string]*Outcome
	classes    map[uint64]bool
	began      time.Time
	ticks      int  // how often it was asked whether it is over
	over       bool // the time is up, or somebody has stopped it
}

const (
	defaultDepth = 10_000 // of a schedule that is replayed
	localLimit   = 5_000_000
	// glance is how many steps pass between two looks at the clock, and how many
	// executions between two reports of progress.
	glance = 32
)

func (r *Result) cut(format string, args ...any) {
	if r.Cut == "" {
		r.Cut = fmt.Sprintf(format, args...)
	}
}

// Explore finds all outcomes of what start begins in the world. The world is
// as it was afterwards. It may be called between slices only.
func Explore(w *runtime.World, start Start, o Options) *Result {
	began := time.Now()
	o.complete()
	res := &Result{}
	within(w, &o, func(set *settings) {
		for {
			set.changed = false
			res.begin("dpor", began)
			searchOnce(w, start, set, &o, res)
			if !set.changed && res.circles && !res.over {
				res.begin("stateful", began)
				on(w, start, set, func(r *run) { statefully(r, &o, res) })
			}
			if !set.changed || res.over {
				break
			}
		}
		if res.Seeded = set.drawn; res.Seeded && set.branchRand {
			res.cut("a random draw of more than %d values, or of a fraction, was taken from the seed", runtime.MostDraws)
			res.Exhaustive = false
		}
		res.start, res.set, res.o = start, set, &o
		res.explain(w, start, set, &o)
	})
	res.Took, res.Delivery, res.Timing, res.BranchRand = time.Since(began), o.Delivery, o.Timing, o.BranchRand
	return res
}

// begin empties the result for a search.
func (r *Result) begin(search string, began time.Time) {
	*r = Result{Search: search, began: began, byKey: map[string]*Outcome{}, classes: map[uint64]bool{}}
}

// complete fills in what was not asked for.
func (o *Options) complete() {
	if o.Show == nil {
		o.Show = lang.PrString
	}
	o.Delivery, o.Timing = cmp.Or(o.Delivery, Instant), cmp.Or(o.Timing, Ordered)
	if o.Name == nil {
		o.Name = (*runtime.Process).Name
	}
}

// searchOnce explores with what is known of the program so far.
func searchOnce(w *runtime.World, start Start, set *settings, o *Options, res *Result) {
	if o.Random != "" {
		res.Search = "random"
		sample(w, start, set, o, res)
		return
	}
	if o.Bounded != Unbounded {
		res.Search = "bounded"
		on(w, start, set, func(r *run) { boundedly(r, o, res) })
		return
	}
	on(w, start, set, func(r *run) {
		x := &search{run: r, o: o, result: res}
		x.explore()
	})
}

// explain finds for each outcome how likely it is, and its simplest run.
func (r *Result) explain(w *runtime.World, start Start, set *settings, o *Options) {
	for _, x := range r.Outcomes {
		x.set = set
	}
	if o.Walks > 0 || o.CountStates > 0 {
		shares(w, start, set, o, r.Outcomes)
	}
	if o.WitnessTime == 0 {
		return
	}
	deadline := time.Now().Add(maxTimes * o.WitnessTime)
	outcomes := slices.Clone(r.Outcomes) // what goes wrong first
	slices.SortStableFunc(outcomes, FaultsFirst)
	outcomes = outcomes[:min(len(outcomes), MaxExplained)]
	for _, x := range outcomes {
		if x.Kind == Livelock || x.Kind == Starvation {
			x.tell(w, start, set, o)
			continue // it has no end that a simpler run could have, too
		}
		until := time.Now().Add(o.WitnessTime)
		if until.After(deadline) {
			until = deadline
		}
		x.Witness, x.Switches = simplest(w, start, set, o, x, maxSteps, until)
		x.tell(w, start, set, o)
		if order := arrange(x.trace); order != nil && !set.async && !slices.Equal(order, x.Witness) {
			x.Witness = order
			x.tell(w, start, set, o)
		}
		x.Token = tokenOf(w, start, set, o, x.Witness)
	}
	contrast(outcomes)
}

// FaultsFirst is the order in which what goes wrong comes before what goes well.
func FaultsFirst(a, b *Outcome) int {
	switch {
	case (a.Kind == Value) == (b.Kind == Value):
		return 0
	case a.Kind == Value:
		return 1
	}
	return -1
}

const (
	// MaxExplained is how many outcomes at most have their simplest run looked for, and told.
	MaxExplained = 100
	maxSteps     = 200_000 // steps tried for one of them
	maxTimes     = 8       // as long as for one of them may be taken for all
)

// within runs f on a world whose clock stands still and whose every change is
// taken back afterwards.
func within(w *runtime.World, o *Options, f func(*settings)) {
	base := w.Checkpoint()
	thaw := w.Freeze()
	uncaught := w.Uncaught
	w.Uncaught = nil
	defer func() {
		w.Rollback(base)
		w.Release(base)
		w.Uncaught = uncaught
		thaw()
	}()
	f(&settings{offers: map[runtime.ID]bool{}, takes: map[runtime.ID]bool{}, retries: o.Retries, rules: o.rules(), invariant: o.Invariant, localLimit: localLimit, ties: w.Ties()})
}

// share estimates how much of all has been explored: at each node on the way,
// what was begun there is taken for as big as what is planned.
func (x *search) share() (done float64) {
	part := 1.0
	for _, n := range x.nodes {
		all := float64(len(n.done) + 1 + len(n.plans))
		done += part * float64(len(n.done)) / all
		part /= all
	}
	return done
}

// ended reports whether the time of an exploration is up, or somebody has stopped
// it. It is asked at each step: one execution alone may take longer than is allowed.
func (r *Result) ended(o *Options) bool {
	r.ticks++
	switch {
	case r.over || r.ticks%glance != 0:
	case o.Time > 0 && time.Since(r.began) > o.Time:
		r.cut("stopped after %v", o.Time)
		r.over = true
	case o.Stop != nil && o.Stop():
		r.cut("cancelled")
		r.over = true
	}
	return r.over
}

// leaf takes in an execution that has come to its end. It gives false if a
// bound is reached.
func (x *search) leaf() bool {
	r := x.result
	r.Executions++
	var class uint64
	for _, s := range x.trace {
		class += mix(s.hash, 3)
	}
	if !r.classes[class] {
		r.classes[class] = true
		r.Behaviours++
		x.keep(x.outcome())
	}
	if x.set.changed {
		return false
	}
	switch {
	case r.circles:
		return false
	case x.o.MaxExecutions > 0 && r.Executions >= x.o.MaxExecutions:
		r.cut("stopped at %d executions", r.Executions)
		return false
	case r.over:
		return false
	case r.Executions%glance == 0 && x.o.Progress != nil:
		x.o.Progress(Progress{r.Executions, len(r.Outcomes), x.share()})
	}
	if x.o.Random == "" && x.o.Bounded == Unbounded {
		x.races()
	}
	return true
}
