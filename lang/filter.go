package lang

// Filter is what a receive's patterns ask of a message at first sight: the
// mailbox passes over messages that no clause can take without running the
// matcher on them. It may let through what no clause takes.
type Filter struct{ Heads []Head }

// Head is what one pattern asks for: the atom Tag itself, or a tuple of Len
// elements, the first of which is Tag if that is not nil.
type Head struct {
	Tuple bool
	Len   int
	Tag   *Keyword
}

// Lets reports whether some pattern may take v.
func (f *Filter) Lets(v Value) bool {
	switch x := v.p.(type) {
	case *Keyword:
		for i := range f.Heads {
			if h := &f.Heads[i]; !h.Tuple && h.Tag == x {
				return true
			}
		}
	case *Vector:
		for i := range f.Heads {
			if h := &f.Heads[i]; h.Tuple && h.Len == x.Len() && (h.Tag == nil || isKeyword(x.Nth(0), h.Tag)) {
				return true
			}
		}
	}
	return false
}

func isKeyword(v Value, k *Keyword) bool {
	x, ok := v.p.(*Keyword)
	return ok && x == k
}
