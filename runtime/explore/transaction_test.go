package explore_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestTransactions says to what transactions come, and that those which
// nothing can tell from one operation are explored as one: the number of
// behaviours counts the orders of commits to shared refs, and no more.
func TestTransactions(t *testing.T) {
	const roundText = `(defn round [look]
	  (let [x (ref true) y (ref true)
	        f (future (dosync (when (look y) (ref-set x false))))
	        g (future (dosync (when (look x) (ref-set y false))))]
	    @f @g
	    (or @x @y)))`
	for _, c := range []struct {
		form       string
		behaviours int
		outcomes   string
	}{
		{"(let [a (ref 0) b (ref 0) f (future (dosync (alter a inc))) g (future (dosync (alter b inc)))] @f @g [@a @b])", 1, "[1 1]"},
		{"(let [a (ref 1) f (future (dosync (alter a inc))) g (future (dosync (alter a * 2)))] @f @g @a)", 2, "3 4"},
		{"(let [a (ref 10) b (ref 0) f (future (dosync (alter a - 5) (alter b + 5))) g (future (dosync [@a @b]))] @f @g)", 2, "[10 0] [5 5]"},
		{"(round ensure)", 2, "true"},
		{"(round deref)", 3, "false true"},
		{"(let [n (atom 0) a (ref 0) f #(future (dosync (swap! n inc) (alter a inc))) g (f) h (f)] @g @h [@a @n])", 6, "[2 2] [2 3]"},
	} {
		w := newWorld(t)
		eval(t, w, roundText)
		r := exploreText(t, w, c.form, explore.Options{})
		var got []string
		for _, o := range r.Outcomes {
			got = append(got, o.Value)
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); !r.Exhaustive || r.Behaviours != c.behaviours || text != c.outcomes {
			t.Errorf("%s: %d behaviours, %s; want %d, %s", c.form, r.Behaviours, text, c.behaviours, c.outcomes)
		}
	}
}
