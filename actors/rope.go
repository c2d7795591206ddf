package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// message is what lies in a mailbox: a value, who sent it, and the step of
// the run in which it came.
type message struct {
	v    lang.Value
	from *runtime.Process
	step uint64
}

type messages = runtime.Queue[message]

// rope is a persistent sequence of messages that is joined to another in
// constant time: a leaf holds messages, an inner node what its two sides
// hold. It is never empty; no messages is a nil rope.
type rope struct {
	left, right *rope
	leaf        messages // used where left is nil
	n           int
}

func leafOf(q messages) *rope {
	if q.Len() == 0 {
		return nil
	}
	return &rope{leaf: q, n: q.Len()}
}

// join gives the messages of a and then those of b.
func join(a, b *rope) *rope {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return &rope{left: a, right: b, n: a.n + b.n}
}

// unjoin gives the first leaf of r and the rest. What leans to the left is
// turned to the right on the way, so that walking through all of a rope costs
// a constant for each leaf.
func (r *rope) unjoin() (first messages, rest *rope) {
	for r.left != nil {
		if r.left.left == nil {
			return r.left.leaf, r.right
		}
		r = join(r.left.left, join(r.left.right, r.right))
	}
	return r.leaf, nil
}

// each calls f for each message in order until f gives false.
func (r *rope) each(f func(message) bool) bool {
	for r != nil {
		var leaf messages
		leaf, r = r.unjoin()
		more := true
		leaf.Each(func(m message) bool { more = f(m); return more })
		if !more {
			return false
		}
	}
	return true
}

func (r *rope) len() int {
	if r == nil {
		return 0
	}
	return r.n
}
