package lang

// Walker looks for unrealised lazy cells at every depth of a value. Step goes
// on to the next one and gives it; once the caller has realised it, the next
// Step goes on from there. So a walk takes time linear in the size of the
// value. A Walker may be copied by assignment between steps.
type Walker struct{ work *walkWork }

// walkWork is a stack of values still to be looked into; it never changes. A
// seq is what is left of a sequence.
type walkWork struct {
	v    Value
	seq  bool
	next *walkWork
}

// NewWalker begins a walk through v.
func NewWalker(v Value) *Walker {
	w := &Walker{}
	w.push(v)
	return w
}

func (w *Walker) push(v Value) {
	switch v.p.(type) {
	case *Range, *StringSeq:
		return
	case *LazySeq, Seq:
		w.work = &walkWork{v, true, w.work}
	default:
		if isCollection(v) {
			w.work = &walkWork{v, false, w.work}
		}
	}
}

// Step gives the next unrealised cell, nil if there is none left.
func (w *Walker) Step() *LazySeq {
	for w.work != nil {
		t := w.work
		w.work = t.next
		if !t.seq {
			children(t.v, func(x Value) bool { w.push(x); return true })
			continue
		}
		if cell := w.sequence(t); cell != nil {
			return cell
		}
	}
	return nil
}

// sequence goes along a sequence up to a cell, or to an element to be looked into.
func (w *Walker) sequence(t *walkWork) *LazySeq {
	for v := t.v; ; {
		s, cell := seqOf(v)
		if cell != nil {
			w.work = &walkWork{v, true, t.next}
			return cell
		}
		if s.p == nil {
			return nil
		}
		q := s.p.(Seq)
		if _, ok := q.(*Repeat); ok {
			w.push(q.First())
			return nil
		}
		v = q.Rest()
		if first := q.First(); isCollection(first) {
			w.work = &walkWork{v, true, t.next}
			w.push(first)
			return nil
		}
	}
}

// Unrealised gives the first unrealised lazy cell at any depth in v, nil if
// there is none.
func Unrealised(v Value) *LazySeq {
	if !isCollection(v) {
		return nil
	}
	return NewWalker(v).Step()
}
