package explore

import (
	"math/big"

	"github.com/conc-repl/conc-repl/runtime"
)

// Tally is what counting all interleavings gives.
type Tally struct {
	Complete bool                // false if there were more states than allowed
	Runs     *big.Int            // all interleavings
	Classes  map[uint64]*Outcome // the behaviours, by what tells them apart
	shares   map[string]float64  // of each outcome, among random runs
}

// place is a state on the way, with all that can come after it.
type place struct {
	runs   *big.Int
	shares map[string]float64
}

// counter goes through all interleavings. Those that have done the same, in
// the same order where that matters, have come to the same state, from which
// it goes on once.
type counter struct {
	*run
	o     *Options
	tally *Tally
	seen  map[uint64]*place
	limit int
	late  func() bool // its time is up
}

// Count goes through all interleavings of what start begins, as long as they
// come through no more than limit states.
func Count(w *runtime.World, start Start, limit int, o Options) *Tally {
	var t *Tally
	o.complete()
	within(w, &o, func(set *settings) {
		for {
			set.changed = false
			if t = countStates(w, start, set, &o, limit, after(0)); !set.changed {
				return
			}
		}
	})
	return t
}

func countStates(w *runtime.World, start Start, set *settings, o *Options, limit int, late func() bool) *Tally {
	t := &Tally{Runs: new(big.Int), Classes: map[uint64]*Outcome{}, shares: map[string]float64{}, Complete: true}
	on(w, start, set, func(r *run) {
		c := &counter{run: r, o: o, tally: t, seen: map[uint64]*place{}, limit: limit, late: late}
		p := c.visit(0)
		t.Runs, t.shares = p.runs, p.shares
	})
	return t
}

// visit goes through all that can come after the present state, which class
// tells from the others.
func (c *counter) visit(class uint64) *place {
	if p := c.seen[class]; p != nil {
		return p
	}
	p := &place{runs: new(big.Int), shares: map[string]float64{}}
	c.seen[class] = p
	labels := c.enabled(nil)
	if len(c.seen) > c.limit || c.late() || c.o.MaxDepth > 0 && len(c.trace) > c.o.MaxDepth {
		c.tally.Complete = false
		return p
	}
	if len(labels) == 0 {
		o := c.judge(c.o.Show)
		c.tally.Classes[class] = o
		p.runs.SetInt64(1)
		p.shares[o.key()] = 1
		return p
	}
	mark := c.w.Checkpoint()
	depth, born := len(c.trace), len(c.threads)
	for _, l := range labels {
		if c.do(l) {
			q := c.visit(class + mix(c.trace[depth].hash, 3))
			p.runs.Add(p.runs, q.runs)
			for k, s := range q.shares {
				p.shares[k] += s / float64(len(labels))
			}
		} else {
			c.tally.Complete = false
		}
		c.w.Rollback(mark)
		c.undo(depth)
		c.abandon(born)
		if !c.tally.Complete || c.set.changed {
			break
		}
	}
	c.w.Release(mark)
	return p
}
