package runtime

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// state describes what of a world a person could see, and what decides how it goes on.
func state(w *World) string {
	var b strings.Builder
	for _, p := range everyone(w) {
		b.WriteString(p.Name() + " " + p.Status.String() + " " + p.Pos().String() + " ")
		for _, f := range p.frames {
			b.WriteString(itoa(uint64(f.pc)) + "/" + itoa(uint64(f.base)) + " ")
		}
		b.WriteString("\n")
	}
	b.WriteString(itoa(w.steps) + " " + itoa(w.random) + " " + itoa(uint64(w.TimersArmed())))
	return b.String()
}

func everyone(w *World) []*Process {
	if all := w.Processes(); slices.Contains(all, w.Shell) {
		return all
	}
	return append([]*Process{w.Shell}, w.Processes()...)
}

// TestRewindForward records runs in which deep stacks fall and rise, one after
// the other in the same shell, walks back and forward at random, and runs on from
// somewhere: each moment must be the same at each visit, and the end that of a
// run that nobody recorded.
func TestRewindForward(t *testing.T) {
	build := func(seed uint64) (*World, *strings.Builder) {
		w := NewWorld(Options{Seed: seed, Budget: 7, Virtual: true})
		var out strings.Builder
		w.Out.W = &out
		return w, &out
	}
	run := func(w *World, round int) {
		w.Spawn(nil, Spawn{Kind: Kind(1 + round%3), Fn: deepFn(), Args: []lang.Value{lang.Int(int64(20 + round))}})
		w.Eval(deepFn(), lang.Int(30))
		w.Run(Limits{})
	}
	for seed := range uint64(10) {
		w, out := build(seed)
		var want trail
		record(w, &want)
		for round := range 3 {
			run(w, round)
		}
		wantOut := out.String()

		w, out = build(seed)
		var got trail
		var states []string
		record(w, &got)
		w.Record()
		states = append(states, state(w))
		rounds := []int{0}
		round := 0
		w.Tape(func() { w.Record(); states = append(states, state(w)); rounds = append(rounds, round) })
		for ; round < 3; round++ {
			run(w, round)
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") || out.String() != wantOut {
			t.Fatalf("seed %d: recording changes the run", seed)
		}
		rng := rand.New(rand.NewPCG(seed, 3))
		check := func(n int) {
			if s := state(w); s != states[n] {
				t.Fatalf("seed %d: moment %d is not what it was:\n%s\nwas\n%s", seed, n, s, states[n])
			}
			if rounds[n] < 2 || rng.IntN(4) > 0 {
				return
			}
			c := w.Checkpoint()
			got = nil
			w.StopBeforeOps(false)
			for _, p := range everyone(w) {
				if p.Status == AtOp {
					w.Grant(p)
				}
			}
			w.Run(Limits{})
			if len(want)-len(got) != int(w.steps)-len(got) || !sameKinds(got, want[len(want)-len(got):]) {
				t.Fatalf("seed %d: from moment %d it goes on differently", seed, n)
			}
			w.Rollback(c)
			w.Release(c)
		}
		at := len(states) - 1
		for range 40 {
			to := rng.IntN(len(states))
			for at < to && w.Forward() {
				at, _ = w.Recorded()
			}
			w.Rewind(to)
			at = to
			check(at)
		}
		w.Rewind(0)
		check(0)
		w.Tape(nil)
		w.Release(0)
		got = nil
		for round := range 3 {
			run(w, round)
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("seed %d: another run from the beginning differs", seed)
		}
	}
}

// sameKinds compares events by what each process does, in any order between
// processes: one that was stopped before an operation goes to the end of its queue.
func sameKinds(a, b trail) bool {
	count := map[string]int{}
	for _, e := range a {
		count[e[strings.IndexByte(e, ' '):]]++
	}
	for _, e := range b {
		count[e[strings.IndexByte(e, ' '):]]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
