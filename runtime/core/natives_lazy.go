package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Lazy sequences whose steps are written in Go: the thunk of each cell is a
// step, so that realising one needs no closure and no frame of code, and often
// no call at all.

var lazyNatives = []*lang.Native{
	{Name: "clojure.core/iterate", Min: 2, Max: 2, Args: "[f x]", Doc: "x, (f x), (f (f x)) and so on without end. (take 3 (iterate inc 5)) ;=> (5 6 7)",
		Pure: two(newIterate)},
	{Name: "clojure.core/cycle", Min: 1, Max: 1, Args: "[coll]", Doc: "The elements of coll over and over, without end. (take 5 (cycle [1 2])) ;=> (1 2 1 2 1)",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return p.Call(cycleKont, nil, lang.Obj(seqFn), args[0])
		}},
	{Name: "clojure.core/take-seq", Min: 2, Max: 2, Args: "[n coll]", Doc: "The first n elements of coll.",
		Pure: two(func(n, coll lang.Value) lang.Value { return cell(&takeStep{integer(n), coll}) })},
	{Name: "clojure.core/map-seq", Min: 2, Max: 2, Args: "[f coll]", Doc: "The sequence of (f x) for each x of coll.",
		Pure: two(func(f, coll lang.Value) lang.Value { return cell(&mapStep{f, coll}) })},
	{Name: "clojure.core/filter-seq", Min: 2, Max: 2, Args: "[pred coll]", Doc: "The elements x of coll for which (pred x) holds.",
		Pure: two(func(pred, coll lang.Value) lang.Value { return cell(&filterStep{pred, coll}) })},
}

// cell makes a lazy cell that step computes.
func cell(step runtime.Step) lang.Value { return lang.Obj(&lang.LazySeq{Thunk: lang.Obj(step)}) }

// Iterate is what iterate gives: x, and a cell for what follows.
type Iterate struct {
	f, x lang.Value
	next lang.LazySeq
}

// iterateStep is an Iterate as the thunk of its cell.
type iterateStep Iterate

func newIterate(f, x lang.Value) lang.Value {
	it := &Iterate{f: f, x: x}
	it.next.Thunk = lang.Obj((*iterateStep)(it))
	return lang.Obj(it)
}

// First gives x.
func (it *Iterate) First() lang.Value { return it.x }

// Rest gives the cell.
func (it *Iterate) Rest() lang.Value { return lang.Obj(&it.next) }

// LazyTail says that Rest may be unrealised.
func (it *Iterate) LazyTail() {}

// Class gives Clojure's class of such a value.
func (it *Iterate) Class() *lang.Class { return iterateClass }

var iterateKont = &runtime.Kont{Name: "iterate", Return: func(_ *runtime.Process, f any, x lang.Value) lang.Value {
	return newIterate(f.(lang.Value), x)
}}

// Now computes what follows if f is a pure native.
func (it *iterateStep) Now(*runtime.Process, int) (lang.Value, bool) {
	if f := pureOne(it.f); f != nil {
		return newIterate(it.f, f([]lang.Value{it.x})), true
	}
	return lang.Nil, false
}

// Invoke computes what follows.
func (it *iterateStep) Invoke(p *runtime.Process, _ []lang.Value) lang.Value {
	return p.Call(iterateKont, it.f, it.f, it.x)
}

// Cycle is what cycle gives: s, a part of all, and then all again and again.
type Cycle struct{ all, s lang.Seq }

// First gives the first element.
func (c *Cycle) First() lang.Value { return c.s.First() }

// Rest gives a cell: what follows is endless, and nobody may walk it without a pause.
func (c *Cycle) Rest() lang.Value { return cell((*cycleStep)(c)) }

// LazyTail says that Rest may be unrealised.
func (c *Cycle) LazyTail() {}

// Class gives Clojure's class of such a value.
func (c *Cycle) Class() *lang.Class { return cycleClass }

// cycleStep is a Cycle as the thunk of the cell behind it.
type cycleStep Cycle

// cycleKont goes on with a sequence; its state is what to begin again with at its end.
var cycleKont = &runtime.Kont{Name: "cycle", Return: func(_ *runtime.Process, state any, v lang.Value) lang.Value {
	all, _ := state.(lang.Seq)
	s, _ := v.Obj().(lang.Seq)
	switch {
	case all == nil && s == nil:
		return lang.Obj(lang.EmptyList)
	case all == nil:
		all = s
	case s == nil:
		s = all
	}
	return lang.Obj(&Cycle{all, s})
}}

// Now computes what follows if it is there.
func (c *cycleStep) Now(p *runtime.Process, depth int) (lang.Value, bool) {
	s, ok := sequenceNow(p, c.s.Rest(), depth)
	if !ok {
		return lang.Nil, false
	}
	return cycleKont.Return(p, c.all, s), true
}

// sequenceNow gives the sequence of v if it can be had at once.
func sequenceNow(p *runtime.Process, v lang.Value, depth int) (lang.Value, bool) {
	switch x := v.Obj().(type) {
	case *lang.LazySeq:
		ok := p.ForceNow(x, depth)
		return x.Val, ok
	case lang.Seq: // or the empty list
		s, _ := lang.SeqOf(v)
		return s, true
	}
	return lang.Nil, false
}

// Invoke computes what follows.
func (c *cycleStep) Invoke(p *runtime.Process, _ []lang.Value) lang.Value {
	s, cell := lang.SeqOf(c.s.Rest())
	if cell != nil {
		return p.Call(cycleKont, c.all, forceFn, lang.Obj(cell))
	}
	return cycleKont.Return(p, c.all, s)
}

var (
	iterateClass = lang.DefineClass("clojure.lang.Iterate", lang.ISeqClass, lang.SequentialClass)
	cycleClass   = lang.DefineClass("clojure.lang.Cycle", lang.ISeqClass, lang.SequentialClass)
)

// takeStep is the thunk of a cell of take: the first n of coll.
type takeStep struct {
	n    int64
	coll lang.Value
}

var takeKont = &runtime.Kont{Name: "take", Return: func(_ *runtime.Process, n any, v lang.Value) lang.Value {
	return takeOf(n.(int64), v)
}}

// Now computes the cell if the first of coll is there.
func (t *takeStep) Now(p *runtime.Process, depth int) (lang.Value, bool) {
	if t.n <= 0 {
		return lang.Nil, true
	}
	s, ok := sequenceNow(p, t.coll, depth)
	if !ok {
		return lang.Nil, false
	}
	return takeOf(t.n, s), true
}

// Invoke computes the cell.
func (t *takeStep) Invoke(p *runtime.Process, _ []lang.Value) lang.Value {
	if t.n <= 0 {
		return lang.Nil
	}
	return p.Call(takeKont, t.n, lang.Obj(seqFn), t.coll)
}

func takeOf(n int64, v lang.Value) lang.Value {
	s, ok := v.Obj().(lang.Seq)
	if !ok {
		return lang.Nil
	}
	return lang.Obj(lang.NewCons(s.First(), cell(&takeStep{n - 1, s.Rest()})))
}

// mapStep is the thunk of a cell of map, and filterStep of one of filter.
type (
	mapStep    struct{ f, coll lang.Value }
	filterStep struct{ pred, coll lang.Value }
)

// tested is an element of an unchunked sequence, while filter's predicate is
// asked about it, and what follows it.
type tested struct{ pred, x, rest lang.Value }

var (
	mapKont      = &runtime.Kont{Name: "map"}
	mapOneKont   = &runtime.Kont{Name: "map"}
	mapSomeKont  = &runtime.Kont{Name: "map"}
	filterKont   = &runtime.Kont{Name: "filter"}
	testedKont   = &runtime.Kont{Name: "filter"}
	filteredKont = &runtime.Kont{Name: "filter"}
)

func init() {
	mapKont.Return = func(p *runtime.Process, f any, s lang.Value) lang.Value { return mapOn(p, f.(lang.Value), s) }
	mapOneKont.Return = func(_ *runtime.Process, next any, y lang.Value) lang.Value {
		return lang.Obj(lang.NewCons(y, cell(next.(*mapStep))))
	}
	mapSomeKont.Return = func(_ *runtime.Process, next any, ys lang.Value) lang.Value {
		return lang.NewChunkedCons(ys.Obj().(*Chunk).vals, cell(next.(*mapStep)))
	}
	filterKont.Return = func(p *runtime.Process, pred any, s lang.Value) lang.Value {
		return filterOn(p, pred.(lang.Value), s)
	}
	testedKont.Return = func(_ *runtime.Process, state any, yes lang.Value) lang.Value {
		t := state.(*tested)
		rest := cell(&filterStep{t.pred, t.rest})
		if yes.Truthy() {
			return lang.Obj(lang.NewCons(t.x, rest))
		}
		return rest
	}
	filteredKont.Return = func(_ *runtime.Process, next any, xs lang.Value) lang.Value {
		return lang.NewChunkedCons(xs.Obj().(*Chunk).vals, cell(next.(*filterStep)))
	}
}

// Now computes the cell if the first of coll is there, in no chunk, and the
// function is a pure native.
func (m *mapStep) Now(p *runtime.Process, depth int) (lang.Value, bool) {
	g := pureOne(m.f)
	if g == nil {
		return lang.Nil, false
	}
	s, ok := sequenceNow(p, m.coll, depth)
	if !ok {
		return lang.Nil, false
	}
	switch x := s.Obj().(type) {
	case nil:
		return lang.Nil, true
	case lang.Chunked:
	case lang.Seq:
		return mapOneKont.Return(p, &mapStep{m.f, x.Rest()}, g([]lang.Value{x.First()})), true
	}
	return lang.Nil, false
}

// Invoke computes the cell.
func (m *mapStep) Invoke(p *runtime.Process, _ []lang.Value) lang.Value {
	return p.Call(mapKont, m.f, lang.Obj(seqFn), m.coll)
}

// mapOn calls f with the first of sequence s, or with each of its first chunk.
func mapOn(p *runtime.Process, f, s lang.Value) lang.Value {
	switch x := s.Obj().(type) {
	case lang.Chunked:
		return p.Call(mapSomeKont, &mapStep{f, x.ChunkRest()}, lang.Obj(mapChunkNative), f, lang.Obj(&Chunk{x.Chunk()}))
	case lang.Seq:
		return p.Call(mapOneKont, &mapStep{f, x.Rest()}, f, x.First())
	}
	return lang.Nil
}

// Now computes the cell if the first of coll is there, in no chunk, and the
// function is a pure native.
func (t *filterStep) Now(p *runtime.Process, depth int) (lang.Value, bool) {
	g := pureOne(t.pred)
	if g == nil {
		return lang.Nil, false
	}
	s, ok := sequenceNow(p, t.coll, depth)
	if !ok {
		return lang.Nil, false
	}
	switch x := s.Obj().(type) {
	case nil:
		return lang.Nil, true
	case lang.Chunked:
	case lang.Seq:
		return testedKont.Return(p, &tested{t.pred, x.First(), x.Rest()}, g([]lang.Value{x.First()})), true
	}
	return lang.Nil, false
}

// Invoke computes the cell.
func (t *filterStep) Invoke(p *runtime.Process, _ []lang.Value) lang.Value {
	return p.Call(filterKont, t.pred, lang.Obj(seqFn), t.coll)
}

// filterOn tests the first of sequence s, or each of its first chunk.
func filterOn(p *runtime.Process, pred, s lang.Value) lang.Value {
	switch x := s.Obj().(type) {
	case lang.Chunked:
		return p.Call(filteredKont, &filterStep{pred, x.ChunkRest()}, lang.Obj(filterChunkNative), pred, lang.Obj(&Chunk{x.Chunk()}))
	case lang.Seq:
		return p.Call(testedKont, &tested{pred, x.First(), x.Rest()}, pred, x.First())
	}
	return lang.Nil
}
