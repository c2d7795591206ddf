package explore

import (
	"cmp"
	"math"
	"time"

	"github.com/conc-repl/conc-repl/runtime"
)

// picker chooses among the labels of a state in a random run.
type picker interface {
	begin(r *run)
	pick(r *run, labels []label) int
}

// dice is a stream of random numbers (SplitMix64).
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	return mix(uint64(*d), 1)
}

// uniform takes each label with equal chance.
type uniform struct{ dice }

func (u *uniform) begin(*run) {}

func (u *uniform) pick(_ *run, labels []label) int { return int(u.next() % uint64(len(labels))) }

// pos is partial order sampling (Yuan, Yang and Gu, CAV 2018): each step has a
// random priority, and gets a new one when a step that it races with is taken.
type pos struct {
	dice
	priority map[label]uint64
}

func (p *pos) begin(*run) { p.priority = map[label]uint64{} }

func (p *pos) pick(r *run, labels []label) int {
	best := 0
	for i, l := range labels {
		if _, ok := p.priority[l]; !ok {
			p.priority[l] = p.next()
		}
		if p.priority[l] > p.priority[labels[best]] {
			best = i
		}
	}
	taken := labels[best]
	for _, l := range labels {
		if l != taken && r.mayRace(l, taken) {
			delete(p.priority, l)
		}
	}
	return best
}

// mayRace reports whether two steps use a common entity.
func (r *run) mayRace(a, b label) bool {
	x, y := r.index[a.proc], r.index[b.proc]
	if a.shares(b) || x == nil || y == nil {
		return true
	}
	for _, e := range x.p.Waiting().Access(nil) {
		for _, f := range y.p.Waiting().Access(nil) {
			if e.Entity == f.Entity && (e.Mode == runtime.Write || f.Mode == runtime.Write) {
				return true
			}
		}
	}
	return false
}

// pct has random priorities of processes that change at a few random steps
// (Burckhardt and others, ASPLOS 2010): it finds a bug of depth d among n
// processes and k steps with a chance of at least 1/(n k^(d-1)).
type pct struct {
	dice
	depth    int
	length   int // the longest run so far
	priority map[runtime.ID]uint64
	change   map[int]bool
}

func (p *pct) begin(r *run) {
	p.priority, p.change = map[runtime.ID]uint64{}, map[int]bool{}
	for range p.depth - 1 {
		p.change[int(p.next()%uint64(max(p.length, 1)))] = true
	}
}

func (p *pct) pick(r *run, labels []label) int {
	best, same := 0, uint64(0) // how many of those of the best process there were so far
	for i, l := range labels {
		if _, ok := p.priority[l.proc]; !ok {
			p.priority[l.proc] = p.next()>>1 | 1<<62
		}
		switch {
		case p.priority[l.proc] > p.priority[labels[best].proc]:
			best, same = i, 1
		case l.proc == labels[best].proc:
			if same++; p.next()%same == 0 {
				best = i
			}
		}
	}
	n := len(r.trace)
	p.length = max(p.length, n+1)
	if p.change[n] {
		p.priority[labels[best].proc] = p.next() >> 32
	}
	return best
}

// walk does one random run to its end. It gives false if stop, which is asked before
// each step, has ended it before.
func (r *run) walk(p picker, depth int, stop func() bool) bool {
	p.begin(r)
	for !stop() {
		labels := r.enabled(nil)
		if r.short = len(labels) > 0 && len(r.trace) >= depth; r.short {
			return true
		}
		if len(labels) == 0 || !r.do(labels[p.pick(r, labels)]) {
			return true
		}
	}
	return false
}

// shares finds out how often random runs lead to each outcome.
func shares(w *runtime.World, start Start, set *settings, o *Options, outcomes []*Outcome) {
	late := after(o.WalkTime)
	if t := countStates(w, start, set, o, o.CountStates, late); t.Complete && !set.changed {
		for _, x := range outcomes {
			x.Share = Share{Known: true, Exact: true, P: t.shares[x.key()], Low: t.shares[x.key()], High: t.shares[x.key()]}
		}
		return
	}
	late = after(o.WalkTime)
	found, walks := map[string]int{}, 0
	known := map[tried]bool{}
	dice := &uniform{dice(o.Seed)}
	for more := true; more && walks < o.Walks; {
		mark := w.Checkpoint()
		r := newRun(w, set, known, start)
		if more = r.walk(dice, cmp.Or(o.MaxDepth, spinDepth), late); more {
			found[r.judge(o.Show).key()]++
			walks++
		}
		r.close()
		w.Rollback(mark)
		w.Release(mark)
	}
	for _, x := range outcomes {
		if walks > 0 {
			x.Share = estimate(found[x.key()], walks)
		}
	}
}

// after gives what tells, asked again and again, whether so much real time has
// passed; no time has none.
func after(d time.Duration) func() bool {
	until, n, over := time.Now().Add(d), 0, false
	return func() bool {
		if n++; n%glance == 0 && d > 0 {
			over = over || time.Now().After(until)
		}
		return over
	}
}

// estimate gives the share of k among n with its 95 % interval (Wilson).
func estimate(k, n int) Share {
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	mid, half := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	scale := 1 + z*z/m
	return Share{Known: true, P: p, Low: max(0, (mid-half)/scale), High: min(1, (mid+half)/scale), Walks: n}
}

// sample runs at random in place of exploring.
func sample(w *runtime.World, start Start, set *settings, o *Options, res *Result) {
	var p picker
	switch o.Random {
	case "pct":
		p = &pct{dice: dice(o.Seed), depth: 3}
	case "uniform":
		p = &uniform{dice(o.Seed)}
	default:
		p = &pos{dice: dice(o.Seed)}
	}
	known := map[tried]bool{}
	for {
		mark := w.Checkpoint()
		x := &search{run: newRun(w, set, known, start), o: o, result: res}
		more := x.walk(p, cmp.Or(o.MaxDepth, defaultDepth), func() bool { return res.ended(o) }) && x.leaf()
		x.close()
		w.Rollback(mark)
		w.Release(mark)
		if !more {
			return
		}
	}
}
