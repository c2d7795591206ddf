package actors

import (
	"math/big"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Usage is what a process would use on the BEAM, where messages are copied
// and nothing is shared but large binaries. Sizes are in words of 8 bytes.
type Usage struct {
	Heap, Total, Stack int64
	Large              []int64 // bytes of each large binary that it refers to
}

// Bytes gives what process-info calls :memory. Large binaries are outside of it.
func (u Usage) Bytes() int64 { return u.Total*wordSize + processSize }

const (
	wordSize       = 8
	processSize    = 776 // of the BEAM's own record of a process, with a heap of 233 words: 2640 bytes in all
	minHeap        = 233
	minBinHeap     = 46422
	fullsweepAfter = 65535
	largeBinary    = 64 // bytes above which a binary is outside of the heap
	messageHeader  = 4  // words that a message takes besides its term
)

// Usage counts the words that p alone can reach. Each object is counted once,
// as the BEAM's heap has it; a message is a copy of its own.
func (s *System) Usage(p *runtime.Process) Usage {
	c := counter{seen: map[any]bool{}}
	p.Roots(c.add)
	t := look(p)
	c.add(lang.Obj(t.dict))
	c.drain()
	live := c.words
	var fragments int64
	s.actor(p).each(func(m message) bool {
		c.words, c.seen = 0, map[any]bool{}
		c.add(m.v)
		c.drain()
		fragments += c.words + messageHeader
		return true
	})
	heap := heapSize(live)
	return Usage{Heap: heap, Total: heap + fragments, Stack: int64(p.StackDepth()), Large: c.large}
}

// MessageWords gives how many words a message takes that has to be copied.
func MessageWords(v lang.Value) int64 {
	c := counter{seen: map[any]bool{}}
	c.add(v)
	c.drain()
	return c.words
}

// heapSize gives the size of the BEAM's heap that holds n words: 12 and 38,
// then the sum of the last two and one, and above about a million words a fifth more each time.
func heapSize(n int64) int64 {
	a, b := int64(12), int64(38)
	for b < n || b < minHeap {
		if b > 1<<20 {
			b += b / 5
			continue
		}
		a, b = b, a+b+1
	}
	return b
}

// counter walks values on a stack of its own.
type counter struct {
	seen  map[any]bool
	todo  []lang.Value
	words int64
	large []int64
}

func (c *counter) add(v lang.Value) {
	if v.Obj() != nil {
		c.todo = append(c.todo, v)
	}
}

func (c *counter) push(v lang.Value) bool { c.add(v); return true }

func (c *counter) drain() {
	for len(c.todo) > 0 {
		v := c.todo[len(c.todo)-1]
		c.todo = c.todo[:len(c.todo)-1]
		c.count(v)
	}
}

// count adds the size of v itself, in the layout of the BEAM's terms, and
// leaves its parts to be counted.
func (c *counter) count(v lang.Value) {
	switch {
	case v.IsFloat():
		c.words += 2
		return
	case v.IsString():
		text, _ := v.AsString()
		c.binary(text)
		return
	}
	switch v.Obj().(type) {
	case *lang.Vector, *lang.Map, *lang.Set, *lang.SortedMap, *lang.SortedSet, *lang.Record, *lang.Closure, lang.Seq, *lang.LazySeq, *big.Int:
	case *Reference:
		c.words += 3
		return
	default: // numbers, atoms and pids stand in the word that refers to them
		return
	}
	if c.seen[v.Obj()] {
		return
	}
	c.seen[v.Obj()] = true
	c.parts(v)
}

func (c *counter) parts(v lang.Value) {
	switch x := v.Obj().(type) {
	case *big.Int:
		c.words += 1 + int64(len(x.Bits()))
	case *lang.Vector:
		c.words += 1 + int64(x.Len())
		x.Each(c.push)
	case *lang.Map:
		c.words += 5 + 2*int64(x.Len())
		x.Each(func(k, v lang.Value) bool { c.add(k); c.add(v); return true })
	case *lang.SortedMap:
		c.words += 5 + 2*int64(x.Len())
		x.Each(func(k, v lang.Value) bool { c.add(k); c.add(v); return true })
	case *lang.Record:
		c.words += 5 + 2*int64(x.Len())
		x.Each(func(k, v lang.Value) bool { c.add(k); c.add(v); return true })
	case *lang.Set:
		c.words += 5 + 2*int64(x.Len())
		x.Each(c.push)
	case *lang.SortedSet:
		c.words += 5 + 2*int64(x.Len())
		x.Each(c.push)
	case *lang.Closure:
		c.words += 5 + int64(len(x.Up))
		for _, u := range x.Up {
			c.add(u)
		}
	case *lang.LazySeq:
		c.words += 2
		c.add(x.Thunk)
		c.add(x.Val)
	case lang.Seq:
		if l, ok := x.(*lang.List); ok && l.Len() == 0 {
			return
		}
		c.words += 2
		c.add(x.First())
		if !generated(v) {
			c.add(x.Rest())
		}
	}
}

// generated reports whether v is a sequence that makes its elements when
// asked, and may be endless: it counts as one cell.
func generated(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.Range, *lang.Repeat, *lang.StringSeq:
		return true
	}
	return false
}

func (c *counter) binary(s string) {
	if len(s) > largeBinary {
		c.words += 6
		c.large = append(c.large, int64(len(s)))
		return
	}
	c.words += 2 + int64(len(s)+wordSize-1)/wordSize
}
