package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// BufferKind says what a buffer does with a value when it is full.
type BufferKind uint8

// The kinds of buffers.
const (
	Fixed    BufferKind = iota // the putter waits
	Dropping                   // the value is dropped
	Sliding                    // the oldest value is dropped
	Promise                    // the first value stays for ever, later ones are dropped
)

var bufferKinds = [...]struct {
	name  string
	class *lang.Class
}{
	Fixed:    {"fixed", lang.DefineClass("clojure.core.async.impl.buffers.FixedBuffer", lang.CountedClass)},
	Dropping: {"dropping", lang.DefineClass("clojure.core.async.impl.buffers.DroppingBuffer", lang.CountedClass)},
	Sliding:  {"sliding", lang.DefineClass("clojure.core.async.impl.buffers.SlidingBuffer", lang.CountedClass)},
	Promise:  {"promise", lang.DefineClass("clojure.core.async.impl.buffers.PromiseBuffer", lang.CountedClass)},
}

// String gives the kind's name.
func (k BufferKind) String() string { return bufferKinds[k].name }

// Buffer holds the values that were put into a channel and not yet taken. It
// is an entity of its own, since a program may make one by itself.
type Buffer struct {
	runtime.Stamped
	in   *house
	size int // the most values it holds; a promise buffer holds one
	vals runtime.Queue[lang.Value]
	id   identity
	kind BufferKind
}

type bufferState struct {
	vals runtime.Queue[lang.Value]
	id   identity
}

// Save gives the buffer's contents.
func (b *Buffer) Save() any { return bufferState{b.vals, b.id} }

// Restore puts contents back.
func (b *Buffer) Restore(s any) { st := s.(bufferState); b.vals, b.id = st.vals, st.id }

// Len gives the number of values in the buffer.
func (b *Buffer) Len() int { return b.vals.Len() }

// full reports whether a putter must wait: only a fixed buffer is ever full.
// One over which a transducer has expanded a value may hold more than its size.
func (b *Buffer) full() bool { return b.kind == Fixed && b.vals.Len() >= b.size }

// drops reports whether the next value that is added, or the oldest one, is lost.
func (b *Buffer) drops() bool { return b.kind != Fixed && b.vals.Len() >= b.size }

func (b *Buffer) add(v lang.Value) {
	b.in.w.Touch(b)
	switch {
	case b.kind != Fixed && b.vals.Len() < b.size:
	case b.kind == Dropping || b.kind == Promise:
		return
	case b.kind == Sliding:
		if b.vals.Len() == 0 {
			lang.Raise(lang.NoSuchElementException, "a sliding buffer of size 0 has no room")
		}
		b.vals.Take(b.in.w)
	}
	b.vals.Push(v)
}

// remove takes the oldest value; the buffer must hold one. What a promise
// buffer holds stays.
func (b *Buffer) remove() lang.Value {
	if b.kind == Promise {
		v, _ := b.vals.Peek()
		return v
	}
	b.in.w.Touch(b)
	return b.vals.Take(b.in.w)
}

// close is told that the channel has closed: a promise that was not kept is
// nil from now on.
func (b *Buffer) close() {
	if b.kind == Promise && b.vals.Len() == 0 {
		b.in.w.Touch(b)
		b.vals.Push(lang.Nil)
	}
}

// Class gives core.async's class of such a buffer.
func (b *Buffer) Class() *lang.Class { return bufferKinds[b.kind].class }

// Hash gives the identity hash.
func (b *Buffer) Hash() uint32 { return b.id.of(b.in.w, b) }

// PrintTo prints the buffer as the JVM prints objects.
func (b *Buffer) PrintTo(p *lang.Printer) {
	if p.Notation == lang.ElixirNotation {
		p.WriteString("#Buffer<" + b.kind.String() + ">")
		return
	}
	object(p, b.Class(), b.Hash())
}

// newBuffer makes a buffer for n values, on behalf of a program.
func newBuffer(in *house, kind BufferKind, n int) *Buffer {
	if kind == Fixed && n <= 0 {
		raiseAssert("fixed buffers must have size > 0", "(pos? n)")
	}
	return &Buffer{in: in, kind: kind, size: n}
}

// raiseAssert raises what Clojure's assert does: a message and the form that did not hold.
func raiseAssert(msg, form string) {
	lang.Raise(lang.AssertionError, "Assert failed: %s\n%s", msg, form)
}
