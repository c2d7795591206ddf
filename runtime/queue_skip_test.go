package runtime

import "testing"

// TestQueueSkip skips over chunks, up to a bound and up to an element.
func TestQueueSkip(t *testing.T) {
	var q Queue[int]
	for i := range 300 {
		q.Push(i)
	}
	below := func(n int) func(*int) bool { return func(x *int) bool { return *x < n } }
	for _, c := range []struct{ most, limit, skipped, next int }{{10, 5, 5, 5}, {3, 100, 3, 8}, {1000, 150, 142, 150}, {1000, 0, 0, 150}} {
		if n := q.Skip(c.most, below(c.limit)); n != c.skipped {
			t.Errorf("skipped %d, want %d", n, c.skipped)
		}
		if x, _ := q.Peek(); x != c.next || q.Len() != 300-c.next {
			t.Errorf("next is %d of %d, want %d", x, q.Len(), c.next)
		}
	}
	if n := q.Skip(1000, below(1000)); n != 150 || q.Len() != 0 {
		t.Errorf("skipped %d to the end, %d left", n, q.Len())
	}
}
