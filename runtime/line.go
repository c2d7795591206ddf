package runtime

// Line is a Queue for places where mostly one waits at a time, or nobody: the
// first to come to an empty line stands in the line itself, and only the others
// in a queue. The zero T stands for nobody. Its states copy as those of a Queue
// do. The zero Line is empty.
type Line[T comparable] struct {
	first T // before all of the rest
	rest  Queue[T]
}

// Len gives the number of elements.
func (l *Line[T]) Len() int {
	var none T
	n := l.rest.Len()
	if l.first != none {
		n++
	}
	return n
}

// Push adds x at the end.
func (l *Line[T]) Push(x T) {
	var none T
	if l.first != none || l.rest.n > 0 {
		l.rest.Push(x)
		return
	}
	l.first = x
}

// Peek gives the first element, if there is one.
func (l *Line[T]) Peek() (x T, ok bool) {
	var none T
	if l.first != none {
		return l.first, true
	}
	return l.rest.Peek()
}

// Pop removes and gives the first element, if there is one. It clears what w
// keeps no copy of.
func (l *Line[T]) Pop(w *World) (x T, ok bool) {
	var none T
	if x = l.first; x != none {
		l.first = none
		return x, true
	}
	if l.rest.n == 0 {
		return none, false
	}
	return l.rest.Take(w), true
}

// Each calls f for each element, first to last, until f gives false.
func (l *Line[T]) Each(f func(T) bool) {
	var none T
	if l.first == none || f(l.first) {
		l.rest.Each(f)
	}
}

// Filter keeps the elements for which keep holds, in their order.
func (l *Line[T]) Filter(keep func(T) bool) {
	var none T
	if l.first != none && !keep(l.first) {
		l.first = none
	}
	if l.rest.n > 0 {
		l.rest.Filter(keep)
	}
}
