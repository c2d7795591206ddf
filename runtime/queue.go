package runtime

// Queue is a first-in first-out queue whose states copy in O(1): a Queue
// value is a snapshot, and pushing to one copy never shows in another.
//
// It is a chain of chunks whose slots are written once. A push to a queue
// that ends where its last chunk does writes the next slot; a push to an older
// copy, whose next slot another future has written, first copies what it
// holds. The zero Queue is empty.
type Queue[T any] struct {
	head, tail *chunk[T]
	hi, ti     int32 // next slot to read in head, to write in tail
	n          int32
}

type chunk[T any] struct {
	vals []T // len: slots written so far
	next *chunk[T]
}

const (
	firstChunk = 4
	lastChunk  = 64
)

// Len gives the number of elements.
func (q *Queue[T]) Len() int { return int(q.n) }

// Push adds x at the end.
func (q *Queue[T]) Push(x T) { *q.Add() = x }

// Add adds an element at the end, which the caller is to fill at once. A large one
// need not be copied then.
func (q *Queue[T]) Add() *T {
	t := q.tail
	switch {
	case t == nil:
		t = &chunk[T]{vals: make([]T, 0, firstChunk)}
		q.head, q.tail, q.hi, q.ti = t, t, 0, 0
	case int(q.ti) != len(t.vals) || t.next != nil:
		q.branch()
		t = q.tail
	}
	if len(t.vals) == cap(t.vals) {
		next := &chunk[T]{vals: make([]T, 0, min(2*cap(t.vals), lastChunk))}
		t.next = next
		t = next
		q.tail, q.ti = next, 0
	}
	t.vals = t.vals[:len(t.vals)+1]
	q.ti++
	q.n++
	return &t.vals[len(t.vals)-1]
}

// branch gives q chunks of its own, because another copy has written on.
func (q *Queue[T]) branch() {
	c := &chunk[T]{vals: make([]T, 0, max(firstChunk, int(q.n)+1))}
	q.Each(func(x T) bool { c.vals = append(c.vals, x); return true })
	q.head, q.tail, q.hi, q.ti = c, c, 0, q.n
}

// Peek gives the first element, if there is one.
func (q *Queue[T]) Peek() (x T, ok bool) {
	if q.n == 0 {
		return x, false
	}
	return *q.Front(), true
}

// Front gives the first element where it lies, nil if there is none. It is not
// to be changed, and is there until it is removed.
func (q *Queue[T]) Front() *T {
	if q.n == 0 {
		return nil
	}
	q.settleHead()
	return &q.head.vals[q.hi]
}

// settleHead moves past a chunk that is used up.
func (q *Queue[T]) settleHead() {
	if int(q.hi) == len(q.head.vals) && q.head != q.tail {
		q.head, q.hi = q.head.next, 0
	}
}

// Pop removes and gives the first element, if there is one.
func (q *Queue[T]) Pop() (x T, ok bool) {
	if q.n == 0 {
		return x, false
	}
	x = *q.Front()
	q.Drop()
	return x, true
}

// Drop removes the first element, which must be there.
func (q *Queue[T]) Drop() {
	q.settleHead()
	q.hi++
	q.n--
	if q.n == 0 {
		*q = Queue[T]{}
	}
}

// Skip removes the elements at the front for which skip holds, at most most
// of them, and gives their number.
func (q *Queue[T]) Skip(most int, skip func(*T) bool) int {
	n := 0
	for n < most && q.n > 0 {
		q.settleHead()
		vals := q.head.vals[q.hi:]
		vals = vals[:min(len(vals), int(q.n), most-n)]
		k := 0
		for k < len(vals) && skip(&vals[k]) {
			k++
		}
		q.hi += int32(k)
		q.n -= int32(k)
		n += k
		if k < len(vals) {
			return n
		}
	}
	if q.n == 0 {
		*q = Queue[T]{}
	}
	return n
}

// DropClear is Drop for a queue of which no copy is kept (no journal is open):
// it clears the slot, so that what was taken is not held any longer, and
// reuses the chunk.
func (q *Queue[T]) DropClear() {
	q.settleHead()
	c := q.head
	var zero T
	c.vals[q.hi] = zero
	q.hi++
	q.n--
	if q.n == 0 && c == q.tail && c.next == nil {
		c.vals = c.vals[:0]
		q.hi, q.ti = 0, 0
	}
}

// DropZero is Drop for a queue of which other copies are kept, none of which
// still has the first element: it clears the slot, so that what was taken is
// not held any longer.
func (q *Queue[T]) DropZero() {
	var zero T
	x := q.Front()
	q.Drop()
	*x = zero
}

// Take removes and gives the first element of a queue of w, which must be there;
// it clears what it can.
func (q *Queue[T]) Take(w *World) T {
	x := *q.Front()
	if w.Journalling() {
		q.Drop()
	} else {
		q.DropClear()
	}
	return x
}

// Each calls f for each element, first to last, until f gives false.
func (q *Queue[T]) Each(f func(T) bool) {
	c, i := q.head, int(q.hi)
	for left := q.n; left > 0; {
		if i == len(c.vals) {
			c, i = c.next, 0
			continue
		}
		if !f(c.vals[i]) {
			return
		}
		i++
		left--
	}
}

// Filter keeps the elements for which keep holds, in their order.
func (q *Queue[T]) Filter(keep func(T) bool) {
	var out Queue[T]
	q.Each(func(x T) bool {
		if keep(x) {
			out.Push(x)
		}
		return true
	})
	*q = out
}

// Slice gives the elements in order.
func (q *Queue[T]) Slice() []T {
	out := make([]T, 0, q.n)
	q.Each(func(x T) bool { out = append(out, x); return true })
	return out
}
