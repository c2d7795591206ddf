package runtime

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// fibFn is (fn fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))).
func fibFn(cost int64) *lang.Fn {
	body := &lang.Code{Name: "user/fib", NRegs: 5, NArgs: 1, Cost: cost, Ins: []uint64{
		lang.Ins(lang.OpJNLtI, 0, 2, 1),
		lang.InsX(lang.OpRet, 0, 0, 0),
		lang.Ins(lang.OpAddI, 2, 0, -1),
		lang.InsX(lang.OpCallSelf, 1, 0, 1),
		lang.Ins(lang.OpAddI, 3, 0, -2),
		lang.InsX(lang.OpCallSelf, 2, 0, 1),
		lang.Ins(lang.OpAdd, 1, 1, 2),
		lang.InsX(lang.OpRet, 1, 0, 0),
	}}
	return &lang.Fn{Name: "user/fib", Fixed: []*lang.Code{nil, body}}
}

func runShell(t testing.TB, w *World, f lang.Value, args ...lang.Value) (lang.Value, *lang.Exception) {
	t.Helper()
	w.Eval(f, args...)
	if why := w.Run(Limits{Until: func() bool { return w.Shell.Status == Done }, Timers: true}); why != Reached {
		t.Fatalf("the shell did not finish: %d, status %s", why, w.Shell.Status)
	}
	return w.Shell.Result()
}

func TestFib(t *testing.T) {
	w := NewWorld(Options{})
	v, e := runShell(t, w, lang.Obj(&lang.Closure{Fn: fibFn(lang.UserCost)}), lang.Int(20))
	if e != nil || v.AsInt() != 6765 {
		t.Fatalf("fib 20 = %v, %v", v, e)
	}
	if r := w.Shell.Reductions(); r != 21890 {
		t.Errorf("fib 20 used %d reductions, want one for each of its 21890 inner calls", r)
	}
}

// TestStackOverflow has a recursion without end run into the limit.
func TestStackOverflow(t *testing.T) {
	body := &lang.Code{Name: "user/f", NRegs: 3, NArgs: 1, Cost: lang.UserCost, Ins: []uint64{
		lang.Ins(lang.OpAddI, 2, 0, 1),
		lang.InsX(lang.OpCallSelf, 1, 0, 1),
		lang.InsX(lang.OpRet, 1, 0, 0),
	}}
	w := NewWorld(Options{StackLimit: 100_000})
	_, e := runShell(t, w, lang.Obj(&lang.Closure{Fn: &lang.Fn{Name: "user/f", Fixed: []*lang.Code{nil, body}}}), lang.Int(0))
	if e == nil || e.Class != lang.StackOverflowError {
		t.Fatalf("got %v", e)
	}
}

// TestKontsDoNotRecurse has a continuation call natives a million times: it
// must use neither Go's stack nor the process's.
func TestKontsDoNotRecurse(t *testing.T) {
	inc := &lang.Native{Name: "inc", Min: 1, Max: 1, Pure: func(a []lang.Value) lang.Value { return lang.Add(a[0], lang.Int(1)) }}
	var again *Kont
	again = &Kont{Name: "again", Return: func(p *Process, _ any, v lang.Value) lang.Value {
		if v.AsInt() == 1_000_000 {
			return v
		}
		return p.Call(again, nil, lang.Obj(inc), v)
	}}
	start := &lang.Native{Name: "start", Min: 0, Max: 0, Run: func(p *Process, _ []lang.Value) lang.Value {
		return p.Call(again, nil, lang.Obj(inc), lang.Int(0))
	}}
	w := NewWorld(Options{})
	v, e := runShell(t, w, lang.Obj(start))
	if e != nil || v.AsInt() != 1_000_000 {
		t.Fatalf("%v, %v", v, e)
	}
	if n := len(w.Shell.stack); n > 64 {
		t.Errorf("the stack grew to %d values", n)
	}
}

// TestInnerLoopMakesNoCalls disassembles the inner loop. The race detector and
// the coverage tool add calls of their own, to another build than this one.
func TestInnerLoopMakesNoCalls(t *testing.T) {
	if testing.Short() || testing.CoverMode() != "" {
		t.Skip("not under -short or -cover")
	}
	out, err := exec.Command("go", "build", "-gcflags=-S", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	_, text, found := strings.Cut(string(out), ".(*Process).inner STEXT")
	if !found {
		t.Fatal("no code of inner in the compiler's listing")
	}
	if end := strings.Index(text, " STEXT "); end >= 0 {
		text = text[:end]
	}
	allowed := regexp.MustCompile(`^runtime\.(gcWriteBarrier\d|panic\w+|morestack\w*|goPanic\w*|wbZero|wbMove)\(`)
	for _, m := range regexp.MustCompile(`\tCALL\t(\S+)`).FindAllStringSubmatch(text, -1) {
		if !allowed.MatchString(m[1]) {
			t.Errorf("the inner loop calls %s", m[1])
		}
	}
}

// TestKontsGiveWay has two processes of continuations without end share the
// world: neither keeps the other, nor an interrupt, from its turn.
func TestKontsGiveWay(t *testing.T) {
	turns := map[uint64]int{}
	nop := &lang.Native{Name: "nop", Pure: func([]lang.Value) lang.Value { return lang.Nil }}
	var again *Kont
	again = &Kont{Name: "again", Return: func(p *Process, _ any, _ lang.Value) lang.Value {
		turns[p.Num]++
		return p.Call(again, nil, lang.Obj(nop))
	}}
	start := lang.Obj(&lang.Native{Name: "start", Run: func(p *Process, _ []lang.Value) lang.Value {
		return p.Call(again, nil, lang.Obj(nop))
	}})
	w := NewWorld(Options{Budget: 1})
	a, b := w.Spawn(nil, Spawn{Kind: Actor, Fn: start}), w.Spawn(nil, Spawn{Kind: Thread, Fn: start})
	if why := w.Run(Limits{Reductions: 100}); why != Exhausted {
		t.Errorf("the run came back for reason %d", why)
	}
	if turns[a.Num] < 1000 || turns[b.Num] < 1000 {
		t.Errorf("turns: %v", turns)
	}
}

func BenchmarkFib30(b *testing.B) {
	for range b.N {
		w := NewWorld(Options{})
		runShell(b, w, lang.Obj(&lang.Closure{Fn: fibFn(lang.UserCost)}), lang.Int(30))
	}
}

// BenchmarkLoop100M is (loop [i 0] (if (< i 100000000) (recur (inc i)) i)).
func BenchmarkLoop100M(b *testing.B) {
	body := &lang.Code{Name: "user/f", NRegs: 2, Cost: lang.UserCost, Consts: []lang.Value{lang.Int(100_000_000)}, Ins: []uint64{
		lang.InsX(lang.OpInt, 0, 0, 0),
		lang.InsX(lang.OpConst, 1, 0, 0),
		lang.Ins(lang.OpJNLt, 0, 1, 1),
		lang.InsX(lang.OpAddLoop, 0, -2, 1),
		lang.InsX(lang.OpRet, 0, 0, 0),
	}}
	for range b.N {
		w := NewWorld(Options{})
		runShell(b, w, lang.Obj(&lang.Closure{Fn: &lang.Fn{Name: "user/f", Fixed: []*lang.Code{body}}}))
	}
}
