package runtime

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
)

// Random draws come from the stream of the process that draws, and so from the
// seed. An explorer can ask for more: then a draw of few values is an operation,
// a choice among them, with which no other conflicts.

// MostDraws is how many values a draw has at most to be made a choice.
const MostDraws = 16

// BranchDraws sets whether draws of few values are choices, for as long as the
// world stops before operations.
func (w *World) BranchDraws(on bool) { w.branching = on }

// Drawn gives how many draws were taken from streams since the clock was frozen.
func (w *World) Drawn() uint64 { return w.drawn }

// Random draws from the process's own stream of random numbers, split from its
// creator's, so that independent steps stay independent.
func (p *Process) Random() uint64 {
	p.W.drawn++
	return p.nextRandom()
}

// nextRandom gives the next number of the stream (SplitMix64).
func (p *Process) nextRandom() uint64 {
	p.random += 0x9e3779b97f4a7c15
	z := p.random
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// Seed begins the process's own stream of random numbers anew.
func (p *Process) Seed(seed uint64) {
	p.W.Touch(p)
	p.random = seed
}

// Branches reports whether a draw of a number below n is to be a choice.
func (p *Process) Branches(n int64) bool {
	return p.W.branching && p.W.halts && 0 < n && n <= MostDraws
}

// Draw draws a number below n, which is at least 1, and gives what value makes
// of it. A native returns what Draw returns.
func (p *Process) Draw(n int64, value func(i int64) lang.Value) lang.Value {
	if !p.Branches(n) {
		return value(int64(p.Random() % uint64(n)))
	}
	return p.Perform(p.W.drawing(n, value))
}

// drawing is the choice of a number below n.
func (w *World) drawing(n int64, value func(i int64) lang.Value) *Choice {
	c := &Choice{Branches: make([]Branch, n)}
	for i := range n {
		c.Branches[i].Op = &draw{value(i)}
	}
	return c
}

// Shuffle puts vs into random order, as far as the first most of them go, and
// gives what done makes of it. A native returns what Shuffle returns.
func (p *Process) Shuffle(vs []lang.Value, most int, done func(vs []lang.Value) lang.Value) lang.Value {
	vs = slices.Clone(vs)
	if p.Branches(int64(len(vs))) {
		return p.deal(&dealing{vs: vs, most: min(most, len(vs)-1), done: done})
	}
	for i := len(vs) - 1; i > 0; i-- {
		j := int(p.Random() % uint64(i+1))
		vs[i], vs[j] = vs[j], vs[i]
	}
	return done(vs)
}

// dealing is a shuffle, one draw after the other, of which at are done.
type dealing struct {
	vs       []lang.Value
	at, most int
	done     func(vs []lang.Value) lang.Value
}

func (p *Process) deal(d *dealing) lang.Value {
	if d.at >= d.most {
		return d.done(d.vs)
	}
	rest := d.vs[d.at:]
	c := p.W.drawing(int64(len(rest)), func(i int64) lang.Value { return rest[i] })
	for i := range c.Branches {
		c.Branches[i].Value = func(*Process, lang.Value) lang.Value { return lang.Int(int64(d.at + i)) }
	}
	return p.PerformThen(c, dealt, d)
}

// dealt swaps what was drawn with what stands in its place.
var dealt = &Kont{Name: "shuffle"}

func init() { // these call each other
	dealt.Return = func(p *Process, state any, v lang.Value) lang.Value {
		d := state.(*dealing)
		next := &dealing{vs: slices.Clone(d.vs), at: d.at + 1, most: d.most, done: d.done}
		i := v.AsInt()
		next.vs[d.at], next.vs[i] = next.vs[i], next.vs[d.at]
		return p.deal(next)
	}
}

// draw is the operation of drawing one value: a branch of a choice.
type draw struct{ v lang.Value }

// Ready holds always.
func (d *draw) Ready(*World, *Process) bool { return true }

// Try gives the value.
func (d *draw) Try(w *World, p *Process) (lang.Value, bool) {
	w.Emit(Event{Kind: "draw", Proc: p, Value: d.v})
	return d.v, true
}

// Park is never called: a draw is always ready.
func (d *draw) Park(*World, *Waiter, int) {}

// Cancel has nothing to withdraw.
func (d *draw) Cancel(*World, *Waiter, int) {}

// Access appends nothing: a process draws by itself.
func (d *draw) Access(acc []Access) []Access { return acc }

// About says what is drawn.
func (d *draw) About(p *Process) string { return p.Say(wordsDraw, d.v) }
