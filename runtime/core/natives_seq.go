package core

import (
	"slices"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var seqNatives = []*lang.Native{
	{Name: "clojure.core/seq", Min: 1, Max: 1, Args: "[coll]", Run: seq, Doc: "The sequence of the elements of coll, nil if it has none. (seq []) ;=> nil"},
	{Name: "clojure.core/first", Min: 1, Max: 1, Args: "[coll]", Run: first, Doc: "The first element of coll, nil if it has none. (first [1 2]) ;=> 1"},
	{Name: "clojure.core/rest", Min: 1, Max: 1, Args: "[coll]", Run: restNative, Doc: "What follows the first element; () if nothing does. (rest [1 2]) ;=> (2)"},
	{Name: "clojure.core/next", Min: 1, Max: 1, Args: "[coll]", Run: next, Doc: "The sequence of what follows the first element; nil if nothing does. (next [1]) ;=> nil"},
	{Name: "clojure.core/second", Min: 1, Max: 1, Args: "[coll]", Run: path(stepNext, stepFirst), Doc: "The second element. (second [1 2]) ;=> 2"},
	{Name: "clojure.core/ffirst", Min: 1, Max: 1, Args: "[coll]", Run: path(stepFirst, stepFirst), Doc: "The first element of the first element. (ffirst [[1]]) ;=> 1"},
	{Name: "clojure.core/nfirst", Min: 1, Max: 1, Args: "[coll]", Run: path(stepFirst, stepNext), Doc: "What follows the first element of the first element. (nfirst [[1 2]]) ;=> (2)"},
	{Name: "clojure.core/fnext", Min: 1, Max: 1, Args: "[coll]", Run: path(stepNext, stepFirst), Doc: "The second element. (fnext [1 2]) ;=> 2"},
	{Name: "clojure.core/nnext", Min: 1, Max: 1, Args: "[coll]", Run: path(stepNext, stepNext), Doc: "What follows the second element. (nnext [1 2 3]) ;=> (3)"},
	{Name: "clojure.core/cons", Min: 2, Max: 2, Args: "[x seq]", Run: cons, Doc: "The sequence of x and then the elements of seq. (cons 1 [2]) ;=> (1 2)"},
	{Name: "clojure.core/count", Min: 1, Max: 1, Args: "[coll]", Run: count, Doc: "How many elements coll has. (count [1 2]) ;=> 2"},
	{Name: "clojure.core/nth", Min: 2, Max: 3, Args: "[coll index] [coll index not-found]", Run: nth, Doc: "The element at index, from 0; not-found or an error if there is none. (nth [1 2] 1) ;=> 2"},
	{Name: "clojure.core/empty?", Min: 1, Max: 1, Args: "[coll]", Run: isEmpty, Doc: "Whether coll has no elements. (empty? []) ;=> true"},
	{Name: "clojure.core/not-empty", Min: 1, Max: 1, Args: "[coll]", Run: notEmpty, Doc: "coll, or nil if it has no elements. (not-empty []) ;=> nil"},
	{Name: "clojure.core/rseq", Min: 1, Max: 1, Args: "[rev]", Pure: one(rseq), Doc: "The elements of a vector or sorted collection from the last to the first, nil if none. (rseq [1 2]) ;=> (2 1)"},
	{Name: "clojure.core/reverse", Min: 1, Max: 1, Seqs: arg0, Args: "[coll]", Pure: one(reverse), Doc: "The elements from the last to the first. (reverse [1 2]) ;=> (2 1)"},
	{Name: "clojure.core/realized?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isRealized), Doc: "Whether a lazy sequence, delay, promise or future has its value already."},
	{Name: "clojure.core/reduced", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Obj(&Reduced{v}) }), Doc: "Wraps x so that a reduction ends with it."},
	{Name: "clojure.core/unreduced", Min: 1, Max: 1, Args: "[x]", Pure: one(unreduced), Doc: "What reduced wrapped, or x itself."},
	{Name: "clojure.core/ensure-reduced", Min: 1, Max: 1, Args: "[x]", Doc: "x if it ends a reduction, else x wrapped so that it does.",
		Pure: one(func(v lang.Value) lang.Value {
			if is[*Reduced](v) {
				return v
			}
			return lang.Obj(&Reduced{v})
		})},
}

var chunkNatives = []*lang.Native{
	{Name: "clojure.core/chunked-seq?", Min: 1, Max: 1, Args: "[s]", Pure: holds(is[lang.Chunked]), Doc: "Whether s is a sequence that comes in chunks. (chunked-seq? (seq [1])) ;=> true"},
	{Name: "clojure.core/chunk-first", Min: 1, Max: 1, Args: "[s]", Doc: "The first chunk of a chunked sequence, for count and nth.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Obj(&Chunk{chunked(v).Chunk()}) })},
	{Name: "clojure.core/chunk-rest", Min: 1, Max: 1, Args: "[s]", Doc: "What follows the first chunk.",
		Pure: one(func(v lang.Value) lang.Value { return chunked(v).ChunkRest() })},
	{Name: "clojure.core/chunk-next", Min: 1, Max: 1, Args: "[s]", Doc: "The sequence of what follows the first chunk, nil if nothing does.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return seqFrom(p, chunked(args[0]).ChunkRest())
		}},
	{Name: "clojure.core/chunk-cons", Min: 2, Max: 2, Args: "[chunk rest]", Doc: "The sequence of the elements of chunk and then those of rest.",
		Pure: two(func(c, rest lang.Value) lang.Value {
			return lang.NewChunkedCons(object[*Chunk](c, chunkClass).vals, rest)
		})},
	{Name: "clojure.core/chunk-buffer", Min: 1, Max: 1, Args: "[capacity]", Doc: "A place to gather the elements of a chunk.",
		Pure: one(func(v lang.Value) lang.Value {
			return lang.Obj(&ChunkBuffer{vals: make([]lang.Value, 0, min(max(integer(v), 0), 1024))})
		})},
	{Name: "clojure.core/chunk-append", Min: 2, Max: 2, Args: "[b x]", Doc: "Adds x to a chunk buffer.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			b := object[*ChunkBuffer](args[0], chunkClass)
			p.W.Touch(b)
			b.vals = append(b.vals, args[1])
			return lang.Nil
		}},
	{Name: "clojure.core/chunk", Min: 1, Max: 1, Args: "[b]", Doc: "What a chunk buffer has gathered, as a chunk.",
		Pure: one(func(v lang.Value) lang.Value {
			b := object[*ChunkBuffer](v, chunkClass)
			return lang.Obj(&Chunk{b.vals[:len(b.vals):len(b.vals)]})
		})},
}

// Reduced wraps the result of a reduction that ends early.
type Reduced struct{ Val lang.Value }

// Class gives Clojure's class of such a value.
func (r *Reduced) Class() *lang.Class { return reducedClass }

var (
	reducedClass = lang.DefineClass("clojure.lang.Reduced", lang.IDerefClass)
	chunkClass   = lang.DefineClass("clojure.lang.ArrayChunk", lang.IndexedClass)
)

// Chunk is some elements side by side.
type Chunk struct{ vals []lang.Value }

// Len gives the number of elements.
func (c *Chunk) Len() int { return len(c.vals) }

// Class gives Clojure's class of such a value.
func (c *Chunk) Class() *lang.Class { return chunkClass }

// ChunkBuffer gathers the elements of a chunk. It only grows, so an earlier
// state is its elements up to a length.
type ChunkBuffer struct {
	runtime.Stamped
	vals []lang.Value
}

// Save gives the state.
func (b *ChunkBuffer) Save() any { return b.vals }

// Restore puts a state back.
func (b *ChunkBuffer) Restore(s any) { b.vals = s.([]lang.Value) }

// Len gives the number of elements gathered.
func (b *ChunkBuffer) Len() int { return len(b.vals) }

func chunked(v lang.Value) lang.Chunked {
	c, ok := v.Obj().(lang.Chunked)
	if !ok {
		panic(lang.CastError(v, lang.IChunkedSeqClass))
	}
	return c
}

// seqFrom gives the sequence of v; a native returns what it returns.
func seqFrom(p *runtime.Process, v lang.Value) lang.Value {
	s, cell := lang.SeqOf(v)
	if cell != nil {
		return p.Force(cell)
	}
	return s
}

func seq(p *runtime.Process, args []lang.Value) lang.Value {
	if f := ownMethod(p.W, args[0], "seq"); !f.IsNil() {
		return p.Call(seqKont, nil, f, args[0])
	}
	return seqFrom(p, args[0])
}

// The konts that go on with the sequence of a lazy cell.
var (
	seqKont   = &runtime.Kont{Name: "seq", Return: func(p *runtime.Process, _ any, s lang.Value) lang.Value { return seqFrom(p, s) }}
	firstKont = &runtime.Kont{Name: "first", Return: func(_ *runtime.Process, _ any, s lang.Value) lang.Value { return lang.First(s) }}
	restKont  = &runtime.Kont{Name: "rest", Return: func(_ *runtime.Process, _ any, s lang.Value) lang.Value { return lang.Rest(s) }}
	nextKont  = &runtime.Kont{Name: "next", Return: func(p *runtime.Process, _ any, s lang.Value) lang.Value { return nextOf(p, s) }}
	emptyKont = &runtime.Kont{Name: "empty?", Return: func(_ *runtime.Process, _ any, s lang.Value) lang.Value { return lang.Bool(s.IsNil()) }}
	someKont  = &runtime.Kont{Name: "not-empty", Return: func(_ *runtime.Process, coll any, s lang.Value) lang.Value {
		if s.IsNil() {
			return s
		}
		return coll.(lang.Value)
	}}
)

func first(p *runtime.Process, args []lang.Value) lang.Value {
	switch x := args[0].Obj().(type) {
	case *lang.Vector:
		if x.Len() == 0 {
			return lang.Nil
		}
		return x.Nth(0)
	case *lang.LazySeq:
		if !x.Done() {
			return p.Call(firstKont, nil, forceFn, args[0])
		}
		return lang.First(x.Val)
	case lang.Seq:
		return x.First()
	case *Instance:
		return p.Call(firstKont, nil, lang.Obj(seqFn), args[0])
	}
	return lang.First(args[0])
}

func restNative(p *runtime.Process, args []lang.Value) lang.Value {
	if cell, ok := args[0].Obj().(*lang.LazySeq); ok && !cell.Done() {
		return p.Call(restKont, nil, forceFn, args[0])
	}
	if is[*Instance](args[0]) {
		return p.Call(restKont, nil, lang.Obj(seqFn), args[0])
	}
	return lang.Rest(args[0])
}

func next(p *runtime.Process, args []lang.Value) lang.Value {
	if is[*Instance](args[0]) {
		return p.Call(nextKont, nil, lang.Obj(seqFn), args[0])
	}
	s, cell := lang.SeqOf(args[0])
	if cell != nil {
		return p.Call(nextKont, nil, forceFn, args[0])
	}
	return nextOf(p, s)
}

// nextOf gives what follows the first element of a sequence or nil.
func nextOf(p *runtime.Process, s lang.Value) lang.Value {
	if q, ok := s.Obj().(lang.Seq); ok {
		return seqFrom(p, q.Rest())
	}
	return lang.Nil
}

var (
	stepFirst = &lang.Native{Name: "clojure.core/first", Min: 1, Max: 1, Run: first}
	stepNext  = &lang.Native{Name: "clojure.core/next", Min: 1, Max: 1, Run: next}
	pathKont  = &runtime.Kont{Name: "second", Return: func(p *runtime.Process, then any, v lang.Value) lang.Value {
		return p.TailCall(lang.Obj(then), v)
	}}
)

// path makes the native that takes two steps, one after the other.
func path(a, b *lang.Native) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		return p.Call(pathKont, b, lang.Obj(a), args[0])
	}
}

func cons(_ *runtime.Process, args []lang.Value) lang.Value {
	switch args[1].Obj().(type) {
	case nil:
		return lang.ListOf(args[0])
	case lang.Seq, *lang.LazySeq:
		return lang.Obj(lang.NewCons(args[0], args[1]))
	}
	s, _ := lang.SeqOf(args[1])
	return lang.Obj(lang.NewCons(args[0], s))
}

// countKont goes on counting behind a lazy cell; its state is how many there were before it.
var countKont = &runtime.Kont{Name: "count"}

func init() {
	countKont.Return = func(p *runtime.Process, n any, s lang.Value) lang.Value { return countOn(p, s, n.(int)) }
	nthKont.Return = func(p *runtime.Process, state any, s lang.Value) lang.Value {
		a := state.(nthAt)
		return a.find(p, s)
	}
}

func count(p *runtime.Process, args []lang.Value) lang.Value {
	if n, ok := lang.Counted(args[0]); ok {
		return lang.Int(int64(n))
	}
	if f := ownMethod(p.W, args[0], "count"); !f.IsNil() {
		return p.TailCall(f, args[0])
	}
	if !lang.IsSeqable(args[0]) {
		lang.Raise(lang.UnsupportedOperationException, "count not supported on this type: %s", lang.ClassOf(args[0]).Simple())
	}
	return countOn(p, args[0], 0)
}

// countOn counts the elements of v and adds n.
func countOn(p *runtime.Process, v lang.Value, n int) lang.Value {
	for {
		s, cell := lang.SeqOf(v)
		if cell != nil {
			return p.Call(countKont, n, forceFn, v)
		}
		if k, ok := lang.Counted(s); ok {
			return lang.Int(int64(n + k))
		}
		switch x := s.Obj().(type) {
		case lang.Chunked:
			n, v = n+len(x.Chunk()), x.ChunkRest()
		case lang.Seq:
			if endless(x) {
				lang.Raise(lang.OutOfMemoryError, "a sequence without end has no count")
			}
			n, v = n+1, x.Rest()
		}
	}
}

// nthAt is a search for element i of what is left of a sequence.
type nthAt struct {
	i         int64
	notFound  lang.Value
	hasOrElse bool
}

var nthKont = &runtime.Kont{Name: "nth"}

func nth(p *runtime.Process, args []lang.Value) lang.Value {
	at := nthAt{i: integer(args[1]), notFound: optional(args, 2), hasOrElse: len(args) > 2}
	switch x := args[0].Obj().(type) {
	case nil:
		return at.notFound
	case *lang.Vector:
		if at.i >= 0 && at.i < int64(x.Len()) {
			return x.Nth(int(at.i))
		}
		return at.missing()
	case *Chunk:
		if at.i >= 0 && at.i < int64(len(x.vals)) {
			return x.vals[at.i]
		}
		return at.missing()
	case string:
		if r, ok := runeAt(x, at.i); ok {
			return lang.Char(r)
		}
		return at.missing()
	case *lang.Range:
		if at.i >= 0 && at.i < int64(x.Len()) {
			return x.Nth(int(at.i))
		}
		return at.missing()
	case *lang.Transient:
		if x.Vec != nil && at.i >= 0 && at.i < int64(x.Len()) {
			return x.Vec.Nth(int(at.i))
		}
		return at.missing()
	case indexer:
		if v, ok := x.At(at.i); ok {
			return v
		}
		return at.missing()
	case lang.Seq, *lang.LazySeq:
		if at.i < 0 {
			return at.missing()
		}
		return at.find(p, args[0])
	}
	lang.Raise(lang.UnsupportedOperationException, "nth not supported on this type: %s", lang.ClassOf(args[0]).Simple())
	return lang.Nil
}

// indexer is implemented by the host's collections that have an element at an index.
type indexer interface {
	At(i int64) (lang.Value, bool)
}

func (a nthAt) missing() lang.Value {
	if !a.hasOrElse {
		outOfBounds()
	}
	return a.notFound
}

func (a nthAt) find(p *runtime.Process, v lang.Value) lang.Value {
	for {
		s, cell := lang.SeqOf(v)
		if cell != nil {
			return p.Call(nthKont, a, forceFn, v)
		}
		switch x := s.Obj().(type) {
		case nil:
			return a.missing()
		case lang.Chunked:
			c := x.Chunk()
			if a.i < int64(len(c)) {
				return c[a.i]
			}
			a.i, v = a.i-int64(len(c)), x.ChunkRest()
		case lang.Seq:
			if a.i == 0 {
				return x.First()
			}
			a.i, v = a.i-1, x.Rest()
		}
	}
}

// runeAt gives the character at index i of a string.
func runeAt(s string, i int64) (rune, bool) {
	if i < 0 || i >= int64(len(s)) {
		return 0, false
	}
	at, ok := byteIndex(s, int(i))
	if !ok || at == len(s) {
		return 0, false
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	return r, true
}

func isEmpty(p *runtime.Process, args []lang.Value) lang.Value {
	if n, ok := lang.Counted(args[0]); ok {
		return lang.Bool(n == 0)
	}
	s, cell := lang.SeqOf(args[0])
	if cell != nil {
		return p.Call(emptyKont, nil, forceFn, args[0])
	}
	return lang.Bool(s.IsNil())
}

func notEmpty(p *runtime.Process, args []lang.Value) lang.Value {
	s, cell := lang.SeqOf(args[0])
	if cell != nil {
		return p.Call(someKont, args[0], forceFn, args[0])
	}
	return someKont.Return(p, args[0], s)
}

func rseq(v lang.Value) lang.Value {
	switch x := v.Obj().(type) {
	case *lang.Vector:
		return lang.ReverseSeq(x)
	case *lang.SortedMap:
		return x.Seq(true)
	case *lang.SortedSet:
		return x.Seq(true)
	}
	panic(lang.CastError(v, lang.ReversibleClass))
}

func reverse(v lang.Value) lang.Value {
	vs := elements(v)
	slices.Reverse(vs)
	return lang.ListOf(vs...)
}

func isRealized(v lang.Value) bool {
	switch x := v.Obj().(type) {
	case *lang.LazySeq:
		return x.Done()
	case pending:
		return x.Realized()
	}
	panic(lang.CastError(v, lang.IPendingClass))
}

// pending is implemented by what gets its value later.
type pending interface{ Realized() bool }

func unreduced(v lang.Value) lang.Value {
	if r, ok := v.Obj().(*Reduced); ok {
		return r.Val
	}
	return v
}
