package explore

import "slices"

// arrange gives the labels of a run in an order in which messages arrive as
// the receives have taken them: the sending of the message that a receive took
// stands before those of the others that it would have taken. To the search
// such sendings are independent of each other, but to who reads the run, or walks
// along it, the mailbox would otherwise begin with a message that was not taken.
// It gives nil if there is no such order.
func arrange(trace []*step) Schedule {
	before := make([]bits, len(trace))
	for i, s := range trace {
		before[i].union(s.past)
	}
	for _, s := range trace {
		if s.kind != letter {
			continue
		}
		got := sentIn(trace, s.got)
		for _, x := range s.taken {
			if other := sentIn(trace, x.sent); other >= 0 && got >= 0 && other != got {
				before[other].add(got)
			}
		}
	}
	var out Schedule
	var done bits
	for len(out) < len(trace) {
		i := slices.IndexFunc(trace, func(s *step) bool { return !done.has(s.at) && subset(before[s.at], done) })
		if i < 0 {
			return nil
		}
		done.add(i)
		out = append(out, trace[i].label)
	}
	return out
}

// sentIn gives the step that sent a message, -1 if it was there before.
func sentIn(trace []*step, at uint64) int {
	for i := len(trace) - 1; i >= 0; i-- {
		if trace[i].first < at {
			return i
		}
	}
	return -1
}

// subset reports whether all of a is in b.
func subset(a, b bits) bool {
	for i, w := range a {
		if i < len(b) {
			w &^= b[i]
		}
		if w != 0 {
			return false
		}
	}
	return true
}
