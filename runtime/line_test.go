package runtime

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestLineAgainstModel compares a line, and copies of its states, with slices.
func TestLineAgainstModel(t *testing.T) {
	w := NewWorld(Options{})
	w.Checkpoint() // copies are kept
	type state struct {
		line  Line[int]
		model []int
	}
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 3))
		states := []state{{}}
		for n := 1; n < 200; n++ {
			s := states[r.IntN(len(states))]
			switch k := r.IntN(10); {
			case k < 5:
				s.line.Push(n)
				s.model = append(slices.Clone(s.model), n)
			case k < 9:
				x, ok := s.line.Pop(w)
				if ok != (len(s.model) > 0) || ok && x != s.model[0] {
					t.Fatalf("seed %d, step %d: popped %d, %v of %v", seed, n, x, ok, s.model)
				}
				if ok {
					s.model = s.model[1:]
				}
			default:
				odd := func(x int) bool { return x%2 == 1 }
				s.line.Filter(odd)
				s.model = slices.DeleteFunc(slices.Clone(s.model), func(x int) bool { return !odd(x) })
			}
			states = append(states, s)
			for _, s := range states[max(0, len(states)-5):] {
				var got []int
				s.line.Each(func(x int) bool { got = append(got, x); return true })
				if x, ok := s.line.Peek(); !slices.Equal(got, s.model) || s.line.Len() != len(s.model) || ok && x != s.model[0] {
					t.Fatalf("seed %d, step %d: %v, want %v", seed, n, got, s.model)
				}
			}
		}
	}
}
