package channels

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// program makes processes with random scripts over a few channels of all kinds.
func (b *bench) program(r *rand.Rand) (chans []lang.Value) {
	makers := []func() lang.Value{
		func() lang.Value { return b.now("chan") },
		func() lang.Value { return b.now("chan", num(1+r.Intn(3))) },
		func() lang.Value { return b.now("chan", b.now("sliding-buffer", num(2))) },
		func() lang.Value { return b.now("chan", b.now("dropping-buffer", num(2))) },
		func() lang.Value { return b.now("chan", num(1), expanding) },
		func() lang.Value { return b.now("promise-chan") },
		func() lang.Value { return b.now("timeout", num(r.Intn(50))) },
	}
	for range 2 + r.Intn(3) {
		chans = append(chans, makers[r.Intn(len(makers))]())
	}
	kinds := []runtime.Kind{runtime.Go, runtime.Thread, runtime.Actor}
	for i := range 3 + r.Intn(4) {
		b.spawn(kinds[r.Intn(len(kinds))], fmt.Sprint("p", i), b.randomCalls(r, chans, i)...)
	}
	return chans
}

func (b *bench) randomCalls(r *rand.Rand, chans []lang.Value, proc int) []call {
	var out []call
	pick := func() lang.Value { return chans[r.Intn(len(chans))] }
	callback := native(func(_ *runtime.Process, args []lang.Value) lang.Value {
		b.note("callback of p%d got %s", proc, b.show(args[0]))
		return lang.Nil
	})
	for i := range 2 + r.Intn(8) {
		v := num(100*proc + i)
		switch r.Intn(12) {
		case 0, 1:
			out = append(out, do(">!*", pick(), v))
		case 2, 3:
			out = append(out, do("<!*", pick()))
		case 4:
			out = append(out, do("offer!", pick(), v))
		case 5:
			out = append(out, do("poll!", pick()))
		case 6:
			out = append(out, do("put!", pick(), v, callback))
		case 7:
			out = append(out, do("take!", pick(), callback))
		case 8:
			out = append(out, do("alts!*", lang.Vec(pick(), lang.Vec(pick(), v), pick())))
		case 9:
			out = append(out, do("alts!!", lang.Vec(pick(), pick()), lang.K("default"), lang.K("none")))
		case 10:
			out = append(out, do("alts!!", lang.Vec(pick(), b.now("timeout", num(10*r.Intn(4))))))
		case 11:
			if r.Intn(3) == 0 {
				out = append(out, do("close!", pick()))
			}
		}
	}
	return out
}

// record subscribes to the events and gives their text so far.
func (b *bench) record() func() string {
	var s strings.Builder
	b.w.Subscribe(func(e *runtime.Event) {
		fmt.Fprintf(&s, "%d %v %s", e.Step, e.Time, e.Kind)
		if e.Proc != nil {
			s.WriteString(" by " + e.Proc.Name())
		}
		if e.Peer != nil {
			s.WriteString(" with " + e.Peer.Name())
		}
		if c, ok := e.Entity.(*Channel); ok {
			s.WriteString(" on " + c.Name() + " " + lang.PrString(e.Value) + " " + e.Note)
		}
		s.WriteByte('\n')
	})
	return func() string { t := s.String(); s.Reset(); return t }
}

// some runs n slices at most.
func (b *bench) some(n int) {
	b.w.Run(runtime.Limits{Timers: true, Until: func() bool { n--; return n < 0 }})
}

// TestRollback: after a rollback the same happens again, to the last event.
func TestRollback(t *testing.T) {
	for seed := range int64(300) {
		for _, chooser := range []runtime.Chooser{runtime.FirstCome{}, runtime.Seeded{}} {
			r := rand.New(rand.NewSource(seed))
			b := newBench(t, runtime.Options{Seed: uint64(seed), Chooser: chooser})
			b.program(r)
			events := b.record()
			b.some(r.Intn(6))
			outer := b.w.Checkpoint()
			b.some(r.Intn(4))
			events()
			inner := b.w.Checkpoint()
			b.settle()
			log, first := b.log.Val, events()
			b.w.Rollback(inner)
			b.settle()
			if second := events(); first != second || !lang.Equal(log, b.log.Val) {
				t.Fatalf("seed %d: first\n%s%s\nthen\n%s%s", seed, first, lang.DisplayString(log), second, lang.DisplayString(b.log.Val))
			}
			b.w.Rollback(outer)
			b.w.Release(outer)
			b.settle()
			if !lang.Equal(log, b.log.Val) {
				t.Fatalf("seed %d: after the outer rollback\n%s\nbefore\n%s", seed, lang.DisplayString(b.log.Val), lang.DisplayString(log))
			}
		}
	}
}

// TestStepwise: stopped before each operation and granted in a random order,
// a program never meets an internal error, and nothing is left undone that
// could be done.
func TestStepwise(t *testing.T) {
	for seed := range int64(200) {
		r := rand.New(rand.NewSource(seed))
		b := newBench(t, runtime.Options{Seed: uint64(seed)})
		b.w.Uncaught = func(_ *runtime.World, _ *runtime.Process, e *lang.Exception) { t.Errorf("seed %d: %v", seed, e) }
		chans := b.program(r)
		b.w.StopBeforeOps(true)
		for {
			b.settle()
			var stopped []*runtime.Process
			for _, p := range b.w.Processes() {
				if p.Status == runtime.AtOp {
					stopped = append(stopped, p)
				}
			}
			if len(stopped) == 0 {
				break
			}
			b.w.Grant(stopped[r.Intn(len(stopped))])
		}
		for _, c := range chans {
			x := c.Obj().(*Channel)
			if i := Info(x); i.Inside != nil || len(i.Takes) > 0 && x.canTake() || len(i.Puts) > 0 && x.room() {
				t.Errorf("seed %d: %s is stuck: %+v", seed, i.Name, i)
			}
		}
	}
}

// TestNothingLost: on plain channels each value that was put is taken exactly
// once or is still there, and the values of one putter arrive in their order.
func TestNothingLost(t *testing.T) {
	for seed := range int64(200) {
		r := rand.New(rand.NewSource(seed))
		var chooser runtime.Chooser = runtime.FirstCome{}
		if seed%2 == 0 {
			chooser = runtime.Seeded{}
		}
		b := newBench(t, runtime.Options{Seed: uint64(seed), Chooser: chooser})
		chans := []lang.Value{b.now("chan"), b.now("chan", num(1)), b.now("chan", num(5))}
		const puts, n = 4, 20
		for i := range puts {
			var calls []call
			for j := range n {
				v := num(100*i + j)
				if c := chans[r.Intn(3)]; r.Intn(3) == 0 {
					calls = append(calls, do("alts!*", lang.Vec(lang.Vec(c, v), lang.Vec(chans[r.Intn(3)], v))))
				} else {
					calls = append(calls, do(">!*", c, v))
				}
			}
			b.spawn(runtime.Go, "w", calls...)
		}
		var got []int64
		last := map[[2]int64]int64{} // by channel and putter
		index := func(e runtime.Entity) int64 {
			for i, c := range chans {
				if c.Obj() == e {
					return int64(i)
				}
			}
			return -1
		}
		b.w.Subscribe(func(e *runtime.Event) {
			if e.Kind == "put" && e.Peer != nil && e.Peer != e.Proc && e.Note == NoteHanded || e.Kind == "take" || e.Kind == "put" && e.Note == "" && e.Peer != nil && handedOver(e) {
				v := e.Value.AsInt()
				key := [2]int64{index(e.Entity), v / 100}
				if w, ok := last[key]; ok && w >= v {
					t.Errorf("seed %d: %d came after %d", seed, v, w)
				}
				last[key] = v
				got = append(got, v)
			}
		})
		for range 4 {
			var calls []call
			for range 2 * n {
				if r.Intn(2) == 0 {
					calls = append(calls, do("alts!*", lang.Vec(chans...)))
				} else {
					calls = append(calls, do("<!*", chans[r.Intn(3)]))
				}
			}
			b.spawn(runtime.Thread, "r", calls...)
		}
		b.settle()
		seen := map[int64]bool{}
		for _, v := range got {
			if seen[v] {
				t.Errorf("seed %d: %d was taken twice", seed, v)
			}
			seen[v] = true
		}
		for _, c := range chans {
			i := Info(c.Obj().(*Channel))
			if i.Buffer != nil {
				for _, v := range i.Buffer.Values {
					seen[v.AsInt()] = true
				}
			}
		}
		put, _ := b.log.Val.AsString()
		done := strings.Count(put, "w >!* true") + strings.Count(put, "w alts!* [true")
		if len(seen) != done {
			t.Errorf("seed %d: %d values were put, %d are accounted for", seed, done, len(seen))
		}
	}
}

// handedOver tells a put that met a waiting taker from one that was admitted
// by a take from the buffer, whose peer is that taker.
func handedOver(e *runtime.Event) bool {
	c := e.Entity.(*Channel)
	return c.buf == nil
}
