package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The inner loops of map, filter and reduce go through one chunk. A function
// that is a pure native is called in a Go loop; another is called through a
// native frame, element by element.

var chunkLoopNatives = []*lang.Native{
	mapChunkNative,
	filterChunkNative,
	reduceChunkNative,
	{Name: "clojure.core/reduce-seq", Min: 3, Max: 3, Args: "[f acc s]", Doc: "acc put through f with each element of sequence s (nil if empty).",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return reduceOn(p, args[0], args[1], args[2]) }},
}

var mapChunkNative = &lang.Native{Name: "clojure.core/map-chunk", Min: 2, Max: 2, Args: "[f c]", Doc: "The chunk of (f x) for each x of chunk c.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		vals := object[*Chunk](args[1], chunkClass).vals
		out := make([]lang.Value, 0, len(vals))
		if f := pureOne(args[0]); f != nil {
			for i := range vals {
				out = append(out, f(vals[i:i+1]))
			}
			return lang.Obj(&Chunk{out})
		}
		return chunkLoop{f: args[0], vals: vals, out: out}.mapOn(p)
	}}

var filterChunkNative = &lang.Native{Name: "clojure.core/filter-chunk", Min: 2, Max: 2, Args: "[pred c]", Doc: "The chunk of those x of chunk c for which (pred x) holds.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		vals := object[*Chunk](args[1], chunkClass).vals
		out := make([]lang.Value, 0, len(vals))
		if f := pureOne(args[0]); f != nil {
			for i := range vals {
				if f(vals[i : i+1]).Truthy() {
					out = append(out, vals[i])
				}
			}
			return lang.Obj(&Chunk{out})
		}
		return chunkLoop{f: args[0], vals: vals, out: out}.filterOn(p)
	}}

var reduceChunkNative = &lang.Native{Name: "clojure.core/reduce-chunk", Min: 3, Max: 3, Args: "[f acc c]", Doc: "acc put through f with each element of chunk c in turn; a Reduced as soon as f gives one.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		acc, vals := args[1], object[*Chunk](args[2], chunkClass).vals
		if f := pureTwo(args[0]); f != nil {
			pair := [2]lang.Value{acc}
			for _, x := range vals {
				pair[1] = x
				pair[0] = f(pair[:])
			}
			return pair[0]
		}
		return chunkLoop{f: args[0], vals: vals}.reduceOn(p, acc)
	}}

// pureOne gives the function of a pure native that takes one argument as it
// is, nil of another function.
func pureOne(f lang.Value) pure {
	if n, ok := f.Obj().(*lang.Native); ok && n.Seqs|n.Deep == 0 && n.Takes(1) {
		return n.Pure
	}
	return nil
}

// pureTwo is pureOne for two arguments.
func pureTwo(f lang.Value) pure {
	if n, ok := f.Obj().(*lang.Native); ok && n.Seqs|n.Deep == 0 && n.Takes(2) {
		return n.Pure
	}
	return nil
}

// chunkLoop is a loop through a chunk, while the function is called with the
// first of vals. out only grows, so a copy is an earlier state.
type chunkLoop struct {
	f         lang.Value
	vals, out []lang.Value
}

var (
	mapChunkKont    = &runtime.Kont{Name: "map"}
	filterChunkKont = &runtime.Kont{Name: "filter"}
	reduceChunkKont = &runtime.Kont{Name: "reduce"}
)

func init() {
	mapChunkKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		l := *state.(*chunkLoop)
		l.vals, l.out = l.vals[1:], append(l.out, v)
		return l.mapOn(p)
	}
	filterChunkKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		l := *state.(*chunkLoop)
		if v.Truthy() {
			l.out = append(l.out, l.vals[0])
		}
		l.vals = l.vals[1:]
		return l.filterOn(p)
	}
	reduceChunkKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		if is[*Reduced](v) {
			return v
		}
		l := *state.(*chunkLoop)
		l.vals = l.vals[1:]
		return l.reduceOn(p, v)
	}
}

func (l chunkLoop) mapOn(p *runtime.Process) lang.Value {
	if len(l.vals) == 0 {
		return lang.Obj(&Chunk{l.out})
	}
	return p.Call(mapChunkKont, &l, l.f, l.vals[0])
}

func (l chunkLoop) filterOn(p *runtime.Process) lang.Value {
	if len(l.vals) == 0 {
		return lang.Obj(&Chunk{l.out})
	}
	return p.Call(filterChunkKont, &l, l.f, l.vals[0])
}

func (l chunkLoop) reduceOn(p *runtime.Process, acc lang.Value) lang.Value {
	if len(l.vals) == 0 {
		return acc
	}
	return p.Call(reduceChunkKont, &l, l.f, acc, l.vals[0])
}

// reducing is a reduction between two steps: its function, what has come out so
// far (while the sequence is being realised), and what is left of the sequence.
type reducing struct{ f, acc, rest lang.Value }

var (
	reduceStepKont = &runtime.Kont{Name: "reduce"}
	reduceRestKont = &runtime.Kont{Name: "reduce"}
)

func init() {
	reduceStepKont.Return = func(p *runtime.Process, state any, acc lang.Value) lang.Value {
		r := state.(*reducing)
		if done, ok := acc.Obj().(*Reduced); ok {
			return done.Val
		}
		return reduceFrom(p, r.f, acc, r.rest)
	}
	reduceRestKont.Return = func(p *runtime.Process, state any, s lang.Value) lang.Value {
		r := state.(*reducing)
		return reduceOn(p, r.f, r.acc, s)
	}
}

// atOnce is how many elements a reduction goes through before it lets others run.
const atOnce = 256

// reduceOn puts acc through f with each element of s, a sequence or nil. Where
// f is a pure native, elements that can be had at once need no frame.
func reduceOn(p *runtime.Process, f, acc, s lang.Value) lang.Value {
	g := pureTwo(f)
	for n := range atOnce {
		q, ok := s.Obj().(lang.Seq)
		if !ok {
			return acc
		}
		if c, ok := q.(lang.Chunked); ok {
			return p.Call(reduceStepKont, &reducing{f: f, rest: c.ChunkRest()}, lang.Obj(reduceChunkNative), f, acc, lang.Obj(&Chunk{c.Chunk()}))
		}
		if g == nil {
			return p.Call(reduceStepKont, &reducing{f: f, rest: q.Rest()}, f, acc, q.First())
		}
		if acc = g([]lang.Value{acc, q.First()}); is[*Reduced](acc) {
			return unreduced(acc)
		}
		next, ok := sequenceNow(p, q.Rest(), 0)
		if !ok {
			p.Charge(n)
			return reduceFrom(p, f, acc, q.Rest())
		}
		s = next
	}
	p.Charge(atOnce)
	return reduceFrom(p, f, acc, s)
}

// reduceFrom is reduceOn for a rest that may have to be realised.
func reduceFrom(p *runtime.Process, f, acc, rest lang.Value) lang.Value {
	return p.Call(reduceRestKont, &reducing{f: f, acc: acc}, lang.Obj(seqFn), rest)
}
