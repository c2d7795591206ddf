package explore_test

import (
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestDraws branches over random draws: of each there is every value, beside
// every order of what else happens; one that is too wide is said to be from the seed.
func TestDraws(t *testing.T) {
	const two = `(let [a (atom 0) add (fn [] (let [n (rand-int 2)] (reset! a (+ n @a)))) f (future (add)) g (future (add))] @f @g @a)`
	for _, c := range []struct {
		form       string
		behaviours int
		exhaustive bool
	}{
		{"(rand-int 3)", 3, true},
		{"(rand-int 16)", 16, true},
		{"(rand-int 17)", 1, false},
		{"(rand)", 1, false},
		{"(rand-nth [:a :b])", 2, true},
		{"(shuffle [1 2 3 4])", 24, true},
		{"(shuffle [1 1 1])", 6, true},
		{"(shuffle (range 20))", 1, false},
		{"[(rand-int 2) (rand-int 2.5)]", 2, false},
		{"(let [c (chan)] (thread (>!! c (rand-int 3))) (<!! c))", 3, true},
		{"(if (zero? (rand-int 2)) (rand-int 3) :none)", 4, true},
		{"(loop [] (when (zero? (rand-int 2)) (recur)))", 2, true}, // a circle, and its end
		{two, 16, true},
	} {
		w := newWorld(t)
		r := exploreText(t, w, c.form, explore.Options{BranchRand: true, WitnessTime: time.Second})
		if r.Behaviours != c.behaviours || r.Exhaustive != c.exhaustive || r.Executions != r.Behaviours && r.Search == "dpor" || r.Redundant != 0 {
			t.Errorf("%s: %d behaviours in %d executions, exhaustive %v (%s); want %d, %v", c.form, r.Behaviours, r.Executions, r.Exhaustive, r.Cut, c.behaviours, c.exhaustive)
		}
		for _, o := range r.Outcomes {
			if o.Kind == explore.Livelock {
				continue
			}
			again, err := explore.Replay(w, starter(t, w, c.form), o.Token, explore.Options{Show: func(v lang.Value) string { s, _ := v.AsString(); return s }})
			if err != nil || again.Outcome.Value != o.Value {
				t.Errorf("%s: the token %s of %s leads to %v, %v", c.form, o.Token, o.Value, again.Outcome, err)
			}
		}
		if r := exploreText(t, newWorld(t), c.form, explore.Options{}); !r.Exhaustive || r.Cut != "" {
			t.Errorf("%s without branches: exhaustive %v (%s)", c.form, r.Exhaustive, r.Cut)
		}
	}
}
