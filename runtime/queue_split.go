package runtime

// Until gives the elements of q before those of rest, which must be a copy of
// q from which elements were popped. It shares their chunks.
func (q Queue[T]) Until(rest Queue[T]) Queue[T] {
	k := q.n - rest.n
	switch {
	case rest.n == 0:
		return q
	case k == 0:
		return Queue[T]{}
	}
	return Queue[T]{head: q.head, hi: q.hi, tail: rest.head, ti: rest.hi, n: k}
}

// PopZero is Pop for a queue of which other copies are kept, none of which
// still has the first element: it clears the slot, so that what was taken is
// not held any longer.
func (q *Queue[T]) PopZero() (x T, ok bool) {
	if q.n == 0 {
		return x, false
	}
	q.settleHead()
	var zero T
	c, i := q.head, q.hi
	x, ok = q.Pop()
	c.vals[i] = zero
	return x, ok
}
