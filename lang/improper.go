package lang

// Improper is a list that does not end in a list: [1 | 2]. It is a list to
// Elixir's patterns and to is_list, and no sequence: nothing can go through it
// to its end.
type Improper struct{ head, tail Value }

// NewImproper puts vs, of which there is at least one, in front of tail,
// which is no proper list.
func NewImproper(vs []Value, tail Value) Value {
	for i := len(vs) - 1; i >= 0; i-- {
		tail = Obj(&Improper{vs[i], tail})
	}
	return tail
}

// Head gives the first element.
func (l *Improper) Head() Value { return l.head }

// Tail gives what follows: an Improper, or the end.
func (l *Improper) Tail() Value { return l.tail }

// Class gives the class of lists.
func (l *Improper) Class() *Class { return consClass }

// PrintTo prints the list as [1, 2 | 3].
func (l *Improper) PrintTo(p *Printer) {
	parts := []any{"[", l.head}
	for {
		next, ok := l.tail.p.(*Improper)
		if !ok {
			p.Then(append(parts, " | ", l.tail, "]")...)
			return
		}
		l = next
		parts = append(parts, ", ", l.head)
	}
}

// EqualTo reports whether v has the same elements and the same end.
func (l *Improper) EqualTo(v Value) bool {
	for {
		o, ok := v.p.(*Improper)
		if !ok || !Same(l.head, o.head) {
			return false
		}
		next, ok := l.tail.p.(*Improper)
		if !ok {
			return Same(l.tail, o.tail)
		}
		l, v = next, o.tail
	}
}

// Hash follows from the elements and the end.
func (l *Improper) Hash() uint32 {
	h := uint32(1)
	for {
		h = 31*h + Hash(l.head)
		next, ok := l.tail.p.(*Improper)
		if !ok {
			return 31*h + Hash(l.tail)
		}
		l = next
	}
}
