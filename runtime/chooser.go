package runtime

// Chooser makes the choices of a world, all of them: it is the only source of
// nondeterminism. First-come, seeded random, replay, the explorer and a person
// who steps are implementations.
type Chooser interface {
	// Enumerates reports whether the chooser wants each set of options
	// listed. One that does not is served a fair pick by a random number of
	// the world, or the order of arrival, at less cost.
	Enumerates() bool
	// Choose gives the index, below c.N, of the option to take.
	Choose(w *World, c Choices) int
}

// Of says what a choice is about.
type Of uint8

// What can be chosen.
const (
	ChooseNext   Of = iota // which ready process runs
	ChooseBranch           // which ready branch of a choice commits
	ChooseTimer            // which of several timers due at the same time fires
)

// Choices is one choice to be made.
type Choices struct {
	Of      Of
	Proc    *Process // whose choice it is, nil for the scheduler's
	N       int
	Options []int      // branch numbers, for ChooseBranch
	Procs   []*Process // for ChooseNext
}

// FirstCome is the default: processes run in the order in which they became
// ready, scheduler by scheduler; what the languages leave to chance (which
// ready branch of alts! wins) is drawn from the world's seeded stream.
type FirstCome struct{}

// Enumerates gives false.
func (FirstCome) Enumerates() bool { return false }

// Choose gives the first option.
func (FirstCome) Choose(*World, Choices) int { return 0 }

// Seeded picks every option with equal chance, from a seed.
type Seeded struct{}

// Enumerates gives true.
func (Seeded) Enumerates() bool { return true }

// Choose draws from the world's stream.
func (Seeded) Choose(w *World, c Choices) int { return int(w.randomBelow(uint64(c.N))) }

func (w *World) choose(c Choices) int {
	if c.N == 1 {
		return 0
	}
	return w.chooser.Choose(w, c)
}

// randomBelow draws a number below n from the world's own stream, which is
// part of its state.
func (w *World) randomBelow(n uint64) uint64 {
	w.random += 0x9e3779b97f4a7c15
	z := w.random
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return (z ^ (z >> 31)) % n
}

// permutation deals the numbers below n in random order, a few at a time
// (Fisher and Yates), from a buffer of the world's that reset puts in order
// again at the cost of what was dealt.
type permutation struct {
	order []int32 // the identity, between uses
	swaps []int32
	n     int
}

func (w *World) permute(n int) *permutation {
	q := &w.perm
	for len(q.order) < n {
		q.order = append(q.order, int32(len(q.order)))
	}
	q.n = n
	return q
}

func (q *permutation) next(w *World) int {
	i := len(q.swaps)
	j := i + int(w.randomBelow(uint64(q.n-i)))
	q.order[i], q.order[j] = q.order[j], q.order[i]
	q.swaps = append(q.swaps, int32(j))
	return int(q.order[i])
}

func (q *permutation) reset() {
	for i := len(q.swaps) - 1; i >= 0; i-- {
		j := q.swaps[i]
		q.order[i], q.order[j] = q.order[j], q.order[i]
	}
	q.swaps = q.swaps[:0]
}
