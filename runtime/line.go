package runtime

// Line is a Queue for places where mostly one waits at a time, or nobody: the
// first to come to an empty line stands in the line itself, and only the others
// in a queue. Its states copy as those of a Queue do. The zero Line is empty.
type Line[T any] struct {
	first  T
	filled bool // first is there; it is before all of the rest
	rest   Queue[T]
}

// Len gives the number of elements.
func (l *Line[T]) Len() int {
	n := l.rest.Len()
	if l.filled {
		n++
	}
	return n
}

// Push adds x at the end.
func (l *Line[T]) Push(x T) {
	if l.filled || l.rest.n > 0 {
		l.rest.Push(x)
		return
	}
	l.first, l.filled = x, true
}

// Peek gives the first element, if there is one.
func (l *Line[T]) Peek() (x T, ok bool) {
	if l.filled {
		return l.first, true
	}
	return l.rest.Peek()
}

// Pop removes and gives the first element, if there is one. It clears what w
// keeps no copy of.
func (l *Line[T]) Pop(w *World) (x T, ok bool) {
	if l.filled {
		x, l.first, l.filled = l.first, x, false
		return x, true
	}
	if l.rest.n == 0 {
		return x, false
	}
	return l.rest.Take(w), true
}

// Each calls f for each element, first to last, until f gives false.
func (l *Line[T]) Each(f func(T) bool) {
	if !l.filled || f(l.first) {
		l.rest.Each(f)
	}
}

// Filter keeps the elements for which keep holds, in their order.
func (l *Line[T]) Filter(keep func(T) bool) {
	if l.filled && !keep(l.first) {
		var none T
		l.first, l.filled = none, false
	}
	if l.rest.n > 0 {
		l.rest.Filter(keep)
	}
}
