package channels

import (
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// expanding puts each value twice.
var expanding = step(func(p *runtime.Process, rf, acc, v lang.Value) lang.Value {
	return p.Call(&runtime.Kont{Name: "again", Return: func(p *runtime.Process, _ any, acc lang.Value) lang.Value {
		return p.TailCall(rf, acc, v)
	}}, nil, rf, acc, v)
}, func(p *runtime.Process, rf, acc lang.Value) lang.Value { return p.TailCall(rf, acc, lang.K("end")) })

func TestTransducer(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.now("chan", num(3), doubling)
	b.spawn(runtime.Thread, "p", do(">!!", c, num(1)), do(">!!", c, num(2)), do("close!", c), do("<!!", c), do("alts!!", lang.Vec(c), lang.K("priority"), lang.True), do("<!!", c))
	b.settle()
	b.expect(`
	p >!! true
	p >!! true
	p close! nil
	p <!! 2
	p alts!! [4 c1]
	p <!! nil`)
}

// TestExpanding: a step may overfill the buffer; completion adds more at the close.
func TestExpanding(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.now("chan", num(1), expanding)
	b.spawn(runtime.Thread, "p", do(">!!", c, num(1)), do("offer!", c, num(2)), do("put!", c, num(3)), do("poll!", c), do("poll!", c), do("close!", c),
		do("<!!", c), do("<!!", c), do("<!!", c))
	b.settle()
	b.line("expanding", "true nil true 1 1 nil 3 3 :end")
}

// TestWaitingTakers are served from what one put gave.
func TestWaitingTakers(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.now("chan", num(1), expanding)
	for range 3 {
		b.spawn(runtime.Go, "g", do("<!*", c))
	}
	b.settle()
	b.spawn(runtime.Thread, "p", do(">!!", c, num(1)), do("close!", c))
	b.settle()
	b.line("takers", "true nil 1 1 :end")
}

func TestReducedCloses(t *testing.T) {
	b := newBench(t, runtime.Options{})
	once := step(func(p *runtime.Process, rf, acc, v lang.Value) lang.Value {
		return p.Call(&runtime.Kont{Name: "reduce", Return: func(*runtime.Process, any, lang.Value) lang.Value {
			return lang.Obj(&reducedValue{})
		}}, nil, rf, acc, v)
	}, nil)
	c := b.now("chan", num(1), once)
	b.spawn(runtime.Thread, "p", do(">!!", c, num(1)), do(">!!", c, num(2)), do("<!!", c), do("<!!", c))
	b.settle()
	b.line("reduced", "true false 1 nil")

	c = b.now("chan", num(1), expanding)
	b.spawn(runtime.Thread, "p", do("put!", c, num(1)), do("put!", c, num(2)), do("<!!", c), do("<!!", c), do("<!!", c))
	b.settle()
	b.line("admitted", "true true 1 1 2")
}

func TestExceptionHandler(t *testing.T) {
	b := newBench(t, runtime.Options{})
	var reported []string
	b.w.Uncaught = func(_ *runtime.World, _ *runtime.Process, e *lang.Exception) {
		reported = append(reported, e.Message())
	}
	failing := step(func(_ *runtime.Process, _, _, v lang.Value) lang.Value {
		lang.Raise(lang.ArithmeticException, "odd: %d", v.AsInt())
		return lang.Nil
	}, nil)
	message := native(func(_ *runtime.Process, args []lang.Value) lang.Value {
		return lang.Str(args[0].Obj().(*lang.Exception).Message())
	})
	again := native(func(_ *runtime.Process, args []lang.Value) lang.Value { panic(args[0].Obj()) })
	for _, x := range []struct {
		handler lang.Value
		want    string
	}{
		{lang.Nil, "true nil"},
		{message, `true "odd: 3"`},
		{again, "!! odd: 3 nil"},
	} {
		c := b.now("chan", num(1), failing, x.handler)
		b.spawn(runtime.Thread, "p", do(">!!", c, num(3)), do("poll!", c))
		b.settle()
		b.line("handler", x.want)
	}
	if len(reported) != 1 {
		t.Errorf("reported: %q", reported)
	}
}

// TestLock: while a step waits, others wait for the channel, in order; when
// the process inside is killed, they go on.
func TestLock(t *testing.T) {
	for _, kill := range []bool{false, true} {
		b := newBench(t, runtime.Options{})
		d := b.chanOf("d")
		waits := step(func(p *runtime.Process, rf, acc, v lang.Value) lang.Value {
			if v.AsInt() > 1 {
				return p.TailCall(rf, acc, v)
			}
			return p.Call(&runtime.Kont{Name: "waited", Return: func(p *runtime.Process, _ any, x lang.Value) lang.Value {
				return p.TailCall(rf, acc, x)
			}}, nil, byName["<!!"], d)
		}, nil)
		c := b.now("chan", num(2), waits)
		g := b.spawn(runtime.Go, "g", do(">!*", c, num(1)))
		b.settle()
		b.spawn(runtime.Go, "h", do("alts!*", lang.Vec(lang.Vec(c, num(2)), d)))
		b.spawn(runtime.Go, "i", do("poll!", c))
		b.spawn(runtime.Go, "j", do("close!", c))
		b.settle()
		if kill {
			b.w.Kill(g, nil)
			b.settle()
			b.expect("h alts!* [true c1]\ni poll! 2\nj close! nil")
			continue
		}
		b.spawn(runtime.Thread, "t", do(">!!", d, num(9)))
		b.settle()
		b.expect("t >!! true\ng >!* true\nh alts!* [true c1]\ni poll! 9\nj close! nil")
	}
}
