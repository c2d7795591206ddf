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
