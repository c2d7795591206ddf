package channels

import (
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// repeat calls native fn with args n times; each is an operation of the process.
func repeat(fn string, n int, args ...lang.Value) lang.Value {
	f := byName[fn]
	k := &runtime.Kont{Name: "repeat"}
	k.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		c := state.(*countdown)
		if c.n == 0 {
			return lang.Nil
		}
		c.n--
		return p.Call(k, c, f, args...)
	}
	return native(func(p *runtime.Process, _ []lang.Value) lang.Value { return k.Return(p, &countdown{n}, lang.Nil) })
}

// countdown is changed in place, which only a benchmark may do.
type countdown struct{ n int }

func BenchmarkRoundTrip(b *testing.B) {
	w := runtime.NewWorld(runtime.Options{})
	Install(w)
	c, _ := w.Private(lang.Nil, byName["chan"])
	d, _ := w.Private(lang.Nil, byName["chan"])
	b.ReportAllocs()
	w.Spawn(nil, runtime.Spawn{Kind: runtime.Go, Fn: pingPong(c, d, b.N)})
	w.Spawn(nil, runtime.Spawn{Kind: runtime.Go, Fn: pongPing(c, d, b.N)})
	b.ResetTimer()
	w.Run(runtime.Limits{})
}

func pingPong(c, d lang.Value, n int) lang.Value {
	return alternate(n, do(">!*", c, lang.True), do("<!*", d))
}

func pongPing(c, d lang.Value, n int) lang.Value {
	return alternate(n, do("<!*", c), do(">!*", d, lang.True))
}

func alternate(n int, calls ...call) lang.Value {
	k := &runtime.Kont{Name: "alternate"}
	k.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		c := state.(*countdown)
		if c.n == 0 {
			return lang.Nil
		}
		c.n--
		x := calls[(c.n+1)%len(calls)]
		return p.Call(k, c, byName[x.fn], x.args...)
	}
	return native(func(p *runtime.Process, _ []lang.Value) lang.Value {
		return k.Return(p, &countdown{n*len(calls) - 1}, lang.Nil)
	})
}

func BenchmarkBuffered(b *testing.B) {
	w := runtime.NewWorld(runtime.Options{})
	Install(w)
	c, _ := w.Private(lang.Nil, byName["chan"], num(1024))
	b.ReportAllocs()
	w.Spawn(nil, runtime.Spawn{Kind: runtime.Go, Fn: repeat(">!*", b.N, c, lang.True)})
	w.Spawn(nil, runtime.Spawn{Kind: runtime.Go, Fn: repeat("<!*", b.N, c)})
	b.ResetTimer()
	w.Run(runtime.Limits{})
}

// BenchmarkAlts has one op be the whole of 10,000 choices among 10,000 channels, a lazy sequence.
func BenchmarkAlts(b *testing.B) {
	const n = 10_000
	b.ReportAllocs()
	for range b.N {
		w := runtime.NewWorld(runtime.Options{})
		Install(w)
		cs := lang.Nil
		for range n {
			c, _ := w.Private(lang.Nil, byName["chan"])
			cs = lang.Obj(&lang.LazySeq{State: lang.LazyDone, Val: lang.Obj(lang.NewCons(c, cs))})
			w.Spawn(nil, runtime.Spawn{Kind: runtime.Go, Fn: repeat(">!*", 1, c, lang.True)})
		}
		w.Run(runtime.Limits{})
		w.Spawn(nil, runtime.Spawn{Kind: runtime.Thread, Fn: repeat("alts!!", n, cs)})
		w.Run(runtime.Limits{})
	}
}

// BenchmarkChan makes channels that nobody uses.
func BenchmarkChan(b *testing.B) {
	w := runtime.NewWorld(runtime.Options{})
	Install(w)
	b.ReportAllocs()
	for range b.N {
		w.Private(lang.Nil, byName["chan"])
	}
}
