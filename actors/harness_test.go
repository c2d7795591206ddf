package actors

import (
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// step is one thing that a process of a test does; got has the results of
// the steps before it.
type step func(p *runtime.Process, got []lang.Value) lang.Value

// progress is how far a script has come: the state of its continuation.
type progress struct {
	steps []step
	at    int
	got   []lang.Value
}

var scriptKont = &runtime.Kont{Name: "script"}

var stepNative = lang.Obj(&lang.Native{Name: "test/step", Min: 1, Max: 1, Run: run(func(p *runtime.Process, args []lang.Value) lang.Value {
	st := args[0].Obj().(*progress)
	return st.steps[st.at](p, st.got)
})})

func init() {
	scriptKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		st := *state.(*progress)
		if st.at >= 0 {
			st.got = append(st.got[:len(st.got):len(st.got)], v)
		}
		st.at++
		if st.at == len(st.steps) {
			return v
		}
		return p.Call(scriptKont, &st, stepNative, lang.Obj(&st))
	}
}

// script makes a function that does its steps in turn, and gives the result of the last.
func script(steps ...step) lang.Value {
	return lang.Obj(&lang.Native{Name: "test/script", Min: 0, Max: 0, Run: run(func(p *runtime.Process, _ []lang.Value) lang.Value {
		return scriptKont.Return(p, &progress{steps: steps, at: -1}, lang.Nil)
	})})
}

// do is a step that calls a native of the library.
func do(name string, args ...lang.Value) step {
	return func(p *runtime.Process, _ []lang.Value) lang.Value {
		return native(name)(p, args)
	}
}

// with is a step that calls a native with arguments that depend on results.
func with(name string, f func(p *runtime.Process, got []lang.Value) []lang.Value) step {
	return func(p *runtime.Process, got []lang.Value) lang.Value { return native(name)(p, f(p, got)) }
}

var library = Library()

func native(name string) run {
	c := library.Native(name)
	if c == nil {
		panic("no native " + name)
	}
	if c.Pure != nil {
		return func(_ *runtime.Process, args []lang.Value) lang.Value { return c.Pure(args) }
	}
	return c.Run.(run)
}

// receiving is the state of a receive that a test writes in Go as the
// compiler writes it in code.
type receiving struct {
	match func(lang.Value) bool
	v     lang.Value
}

var (
	waitKont = &runtime.Kont{Name: "test wait"}
	takeKont = &runtime.Kont{Name: "test take", Return: func(_ *runtime.Process, state any, _ lang.Value) lang.Value {
		return state.(*receiving).v
	}}
)

func init() {
	waitKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		if !v.Truthy() {
			return kwTimeout
		}
		return scan(p, state.(*receiving))
	}
}

var kwTimeout = lang.K("timeout")

func scan(p *runtime.Process, r *receiving) lang.Value {
	s := of(p)
	for {
		v, ok := s.Peek(p)
		if !ok {
			return p.PerformThen((*arrival)(s.mailbox(p)), waitKont, r)
		}
		if r.match(v) {
			return p.PerformThen((*removal)(s.mailbox(p)), takeKont, &receiving{v: v})
		}
		s.Next(p, 0)
	}
}

// receive is a step that takes the first message for which match holds, or
// gives :timeout.
func receive(timeout lang.Value, match func(lang.Value) bool) step {
	return func(p *runtime.Process, _ []lang.Value) lang.Value {
		of(p).Start(p, timeout, nil)
		return scan(p, &receiving{match: match})
	}
}

func anything(lang.Value) bool { return true }

func is(want lang.Value) func(lang.Value) bool {
	return func(v lang.Value) bool { return lang.Equal(v, want) }
}

func newWorld(t testing.TB, o runtime.Options) *runtime.World {
	t.Helper()
	w := runtime.NewWorld(o)
	Install(w)
	return w
}

// start starts a process from the outside.
func start(w *runtime.World, f lang.Value) *runtime.Process {
	return w.Spawn(w.Shell, runtime.Spawn{Kind: runtime.Actor, Fn: f})
}

// settle runs the world until nothing moves.
func settle(w *runtime.World) { w.Run(runtime.Limits{Timers: true}) }

// shell has the shell run a script, and gives the result as text.
func shell(t testing.TB, w *runtime.World, steps ...step) string {
	t.Helper()
	w.Eval(script(steps...))
	w.Run(runtime.Limits{Timers: true, Until: func() bool { return w.Shell.Status == runtime.Done }})
	if w.Shell.Status != runtime.Done {
		t.Fatalf("the shell is %s: %s", w.Shell.Status, w.Shell.Waiting().About(w.Shell))
	}
	v, e := w.Shell.Result()
	if e != nil {
		return "! " + e.Error()
	}
	return lang.PrString(v)
}

func num(i int) lang.Value { return lang.Int(int64(i)) }
