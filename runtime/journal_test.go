package runtime

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// say is a native that prints its argument: an operation, and an event.
var say = &lang.Native{Name: "say", Min: 1, Max: 1, Run: func(p *Process, args []lang.Value) lang.Value {
	return p.Print(p.W.Out, lang.PrString(args[0])+" ")
}}

// deepFn is (fn deep [n] (if (< n 1) 0 (let [x (deep (- n 1))] (say x) (+ x n)))):
// it prints on the way back, so that old frames are exposed one by one.
func deepFn() lang.Value {
	body := &lang.Code{Name: "user/deep", NRegs: 4, NArgs: 1, Cost: lang.UserCost, Consts: []lang.Value{lang.Obj(say)}, Ins: []uint64{
		lang.Ins(lang.OpJNLtI, 0, 1, 2),
		lang.InsX(lang.OpInt, 1, 0, 0),
		lang.InsX(lang.OpRet, 1, 0, 0),
		lang.Ins(lang.OpAddI, 2, 0, -1),
		lang.InsX(lang.OpCallSelf, 1, 0, 1),
		lang.InsX(lang.OpConst, 2, 0, 0),
		lang.Ins(lang.OpMove, 3, 1, 0),
		lang.InsX(lang.OpCall, 2, 0, 1),
		lang.Ins(lang.OpAdd, 1, 1, 0),
		lang.InsX(lang.OpRet, 1, 0, 0),
	}}
	return lang.Obj(&lang.Closure{Fn: &lang.Fn{Name: "user/deep", Fixed: []*lang.Code{nil, body}}})
}

// trail is the events of a run, for comparison.
type trail []string

func record(w *World, to *trail) func() {
	return w.Subscribe(func(e *Event) {
		num := uint64(0)
		if e.Proc != nil {
			num = e.Proc.Num
		}
		*to = append(*to, fmt.Sprintf("%d p%d %s %s", e.Step, num, e.Kind, e.Note))
	})
}

// TestRollbackRepeats checkpoints a run of several processes at random
// points, goes on for a while, rolls back, sometimes to an earlier checkpoint, and
// runs on: events, output and results must be those of an undisturbed run.
func TestRollbackRepeats(t *testing.T) {
	build := func(seed uint64) (*World, *strings.Builder) {
		w := NewWorld(Options{Seed: seed, Budget: 7, Virtual: true})
		var out strings.Builder
		w.Out.W = &out
		for i := range 3 {
			w.Spawn(nil, Spawn{Kind: Kind(1 + i), Fn: deepFn(), Args: []lang.Value{lang.Int(int64(40 + i))}})
		}
		w.Eval(deepFn(), lang.Int(30))
		return w, &out
	}
	for seed := range uint64(30) {
		w, out := build(seed)
		var want trail
		record(w, &want)
		w.Run(Limits{})
		wantOut := out.String()

		rng := rand.New(rand.NewPCG(seed, 1))
		w, out = build(seed)
		var got trail
		record(w, &got)
		var lengths []int
		steps := func(n int) {
			for range n {
				if p := w.next(); p != nil {
					w.slice(p)
				}
			}
		}
		for range 60 {
			switch rng.IntN(4) {
			case 0:
				w.Checkpoint()
				lengths = append(lengths, len(got))
			case 1:
				if n := len(lengths); n > 0 {
					to := rng.IntN(n)
					w.Rollback(to)
					got = got[:lengths[to]]
					lengths = lengths[:to+1]
				}
			case 2:
				steps(1 + rng.IntN(8))
			case 3:
				if n := len(lengths); n > 1 {
					w.Release(n - 1)
					lengths = lengths[:n-1]
				}
			}
		}
		w.Run(Limits{})
		if len(lengths) > 0 {
			w.Release(0)
		}
		w.Out.Flush()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			for i := range want {
				if i >= len(got) || got[i] != want[i] {
					t.Fatalf("seed %d: event %d differs: want %q, got %q of %d", seed, i, want[i], got[min(i, len(got)-1)], len(got))
				}
			}
			t.Fatalf("seed %d: %d events, want %d", seed, len(got), len(want))
		}
		if out.String() != wantOut {
			t.Fatalf("seed %d: the output differs", seed)
		}
	}
}

// TestQueueCopies pushes and pops on random copies of queues and compares
// each with a slice.
func TestQueueCopies(t *testing.T) {
	type pair struct {
		q Queue[int]
		s []int
	}
	rng := rand.New(rand.NewPCG(1, 2))
	pairs := []pair{{}}
	for n := range 20_000 {
		i := rng.IntN(len(pairs))
		p := &pairs[i]
		switch rng.IntN(5) {
		case 0, 1, 2:
			p.q.Push(n)
			p.s = append(p.s[:len(p.s):len(p.s)], n)
		case 3:
			x, ok := p.q.Pop()
			if ok != (len(p.s) > 0) || ok && x != p.s[0] {
				t.Fatalf("popped %d, %v of %v", x, ok, p.s)
			}
			if ok {
				p.s = p.s[1:]
			}
		case 4:
			if len(pairs) < 50 {
				pairs = append(pairs, pairs[i])
			} else {
				pairs[rng.IntN(50)] = pairs[i]
			}
		}
	}
	for _, p := range pairs {
		if fmt.Sprint(p.q.Slice()) != fmt.Sprint(append([]int{}, p.s...)) {
			t.Fatalf("queue %v, want %v", p.q.Slice(), p.s)
		}
	}
}
