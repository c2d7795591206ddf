package actors

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// plainBox does what a Mailbox does, the slow way.
type plainBox struct {
	all    []int
	cursor int
	mark   int // messages before it were there when the reference was made; -1: none
}

// TestMailboxAgainstModel does random things to a mailbox and to a slice, with
// states that are saved and put back in between.
func TestMailboxAgainstModel(t *testing.T) {
	type saved struct {
		state any
		model plainBox
	}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		m, model := &Mailbox{}, plainBox{}
		keep := seed%3 != 0
		var states []saved
		var ref *Reference
		for n := range 2000 {
			switch k := r.IntN(100); {
			case k < 40:
				for range 1 + r.IntN(40)*(k%2) {
					m.rest.Push(message{v: num(n)})
					model.all = append(model.all, n)
				}
			case k < 60:
				for range 1 + r.IntN(60) {
					if x := m.at(); x != nil {
						if x.v.AsInt() != int64(model.all[model.cursor]) {
							t.Fatalf("seed %d, step %d: at the cursor is %d, want %d", seed, n, x.v.AsInt(), model.all[model.cursor])
						}
						m.next()
						model.cursor++
					}
				}
			case k < 85:
				ok := m.at() != nil
				if ok != (model.cursor < len(model.all)) {
					t.Fatalf("seed %d, step %d: a message at the cursor: %v", seed, n, ok)
				}
				if ok {
					m.remove(keep)
					if model.mark > model.cursor {
						model.mark--
					}
					model.all = slices.Delete(slices.Clone(model.all), model.cursor, model.cursor+1)
					model.cursor = 0
				}
			case k < 90:
				m.rewind()
				model.cursor = 0
			case k < 93:
				ref = &Reference{}
				m.mark(ref)
				model.cursor, model.mark = 0, len(model.all)
			case k < 95:
				m.rewind()
				model.cursor = 0
				if m.fresh != nil && m.fresh == ref {
					m.pass()
					model.cursor = model.mark
				}
			case keep && k < 97:
				states = append(states, saved{m.Save(), plainBox{slices.Clone(model.all), model.cursor, model.mark}})
			case keep && len(states) > 0:
				s := states[r.IntN(len(states))]
				m.Restore(s.state)
				model = plainBox{slices.Clone(s.model.all), s.model.cursor, s.model.mark}
				ref = m.fresh
			}
			if n%16 == 0 {
				sameAll(t, fmt.Sprintf("seed %d, step %d", seed, n), m, model)
			}
		}
	}
}

func sameAll(t *testing.T, at string, m *Mailbox, model plainBox) {
	t.Helper()
	var got []int
	m.each(func(x message) bool { got = append(got, int(x.v.AsInt())); return true })
	if !slices.Equal(got, model.all) || m.Len() != len(model.all) {
		t.Fatalf("%s: %d messages %v, want %d %v", at, m.Len(), got, len(model.all), model.all)
	}
}

// chatter makes a script of random operations among procs, which it may name by number.
func chatter(r *rand.Rand, depth int) lang.Value {
	steps := []step{wait0}
	target := func(p *runtime.Process) lang.Value {
		all := Of(p.W).Actors()
		return lang.Obj(all[p.Random()%uint64(len(all))])
	}
	to := func(more ...lang.Value) func(*runtime.Process, []lang.Value) []lang.Value {
		return func(p *runtime.Process, _ []lang.Value) []lang.Value { return append([]lang.Value{target(p)}, more...) }
	}
	for range 4 + r.IntN(8) {
		n := num(r.IntN(3))
		switch k := r.IntN(14); {
		case k < 5:
			steps = append(steps, with("send", to(n)))
		case k < 8:
			steps = append(steps, receive(num(r.IntN(4)), is(n)))
		case k < 9:
			steps = append(steps, with("monitor", to()), receive(num(2), anything))
		case k < 10 && depth > 0:
			steps = append(steps, do("spawn-link", chatter(r, depth-1)))
		case k < 11 && depth > 0:
			steps = append(steps, do("spawn-monitor", chatter(r, depth-1)))
		case k < 12:
			steps = append(steps, do("trap-exit", lang.Bool(r.IntN(2) == 0)))
		case k < 13:
			steps = append(steps, with("exit", to(lang.K([]string{"normal", "boom", "kill"}[r.IntN(3)]))))
		default:
			steps = append(steps, with("send-after", to(n, num(r.IntN(4)))))
		}
	}
	return script(steps...)
}

// TestRollback runs random programs with checkpoints at random places: what
// happens after a rollback is what happened before it, to the last event.
func TestRollback(t *testing.T) {
	for seed := range uint64(150) {
		for _, chooser := range []runtime.Chooser{runtime.FirstCome{}, runtime.Seeded{}} {
			r := rand.New(rand.NewPCG(seed, 2))
			w := newWorld(t, runtime.Options{Seed: seed, Virtual: true, Chooser: chooser})
			for range 4 {
				start(w, chatter(r, 2))
			}
			var log []string
			w.Subscribe(func(e *runtime.Event) {
				log = append(log, fmt.Sprint(e.Step, e.Time, e.Kind, e.Proc, e.Peer, lang.PrString(e.Value), e.Note, e.Cause))
			})
			if r.IntN(2) == 0 {
				w.Run(runtime.Limits{Timers: true, Reductions: int64(1 + r.IntN(30))})
			}
			n := w.Checkpoint()
			w.Run(runtime.Limits{Timers: true, Reductions: int64(1 + r.IntN(60))})
			inner := w.Checkpoint()
			from := len(log)
			w.Run(runtime.Limits{Timers: true})
			first := slices.Clone(log[from:])
			w.Rollback(inner)
			log = log[:from]
			w.Run(runtime.Limits{Timers: true})
			compareLogs(t, seed, first, log[from:])
			whole := slices.Clone(log)
			w.Rollback(n)
			log = log[:0]
			w.Run(runtime.Limits{Timers: true})
			compareLogs(t, seed, whole[len(whole)-len(log):], log)
		}
	}
}

func compareLogs(t *testing.T, seed uint64, want, got []string) {
	t.Helper()
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			t.Fatalf("seed %d, event %d of %d: first run %s, again %s", seed, i, len(want), want[i], got[i])
		}
	}
	if len(want) != len(got) {
		t.Fatalf("seed %d: first run %d events, again %d", seed, len(want), len(got))
	}
}

// TestStopBeforeOps has every process stop before each operation: granted one
// by one, random programs do what they do without stopping.
func TestStopBeforeOps(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 3))
		w := newWorld(t, runtime.Options{Seed: seed, Virtual: true})
		for range 3 {
			start(w, chatter(r, 1))
		}
		ends := map[*runtime.Process]int{}
		w.Subscribe(func(e *runtime.Event) {
			if e.Kind == "exit" {
				if ends[e.Proc]++; ends[e.Proc] > 1 {
					t.Fatalf("seed %d: %s ended twice", seed, e.Proc)
				}
			}
		})
		w.StopBeforeOps(true)
		for range 10_000 {
			w.Run(runtime.Limits{Timers: false})
			var at []*runtime.Process
			for _, p := range w.Processes() {
				if p.Status == runtime.AtOp {
					at = append(at, p)
				}
			}
			if len(at) == 0 {
				break
			}
			p := at[r.IntN(len(at))]
			if p.Waiting().About(p) == "" {
				t.Fatal("an operation without a name")
			}
			p.Waiting().Access(nil)
			w.Grant(p)
		}
		for _, p := range w.Processes() {
			if p.Status != runtime.Parked {
				t.Fatalf("seed %d: %s is %s", seed, p, p.Status)
			}
		}
	}
}

// TestEndsByItsOwnOperation has a granted operation end the process that
// performs it: it ends once, for that reason.
func TestEndsByItsOwnOperation(t *testing.T) {
	for _, stop := range []bool{false, true} {
		w := newWorld(t, virtual)
		ends := 0
		w.Subscribe(func(e *runtime.Event) {
			if e.Kind == "exit" {
				ends++
			}
		})
		p := start(w, script(with("exit", me(lang.K("boom"))), wait))
		w.StopBeforeOps(stop)
		settle(w)
		if stop {
			w.Grant(p)
			settle(w)
		}
		_, e := p.Result()
		if got := lang.PrString(Of(w).ReasonOf(e)); ends != 1 || got != ":boom" {
			t.Errorf("stopping before operations %v: it ended %d times, of %s", stop, ends, got)
		}
	}
}
