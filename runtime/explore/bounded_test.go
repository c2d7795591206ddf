package explore_test

import (
	"testing"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestDelays finds, bound by delays, as many behaviours as Concuerror.
func TestDelays(t *testing.T) {
	for most, want := range []int{1, 2, 8, 23, 43, 58, 64} {
		w := newWorld(t, "readers.clj")
		r := exploreText(t, w, "(readers 6)", explore.Options{Bounded: explore.Delays, Most: most})
		if r.Behaviours != want || r.Executions != want || r.Search != "bounded" || r.Exhaustive {
			t.Errorf("%d delays: %d behaviours in %d executions by a %s search, exhaustive %v; want %d",
				most, r.Behaviours, r.Executions, r.Search, r.Exhaustive, want)
		}
	}
}

// TestPreemptions finds bugs that need so many preemptions, and none with fewer.
func TestPreemptions(t *testing.T) {
	for _, c := range []struct {
		file, form string
		least      int
	}{
		{"lost_update.clj", "(lost-update 2)", 1}, {"locks.clj", "(abba)", 1}, {"locks.clj", "(philosophers 3 false)", 1},
		{"check_register.clj", "(check-register 2)", 1}, {"servers.clj", "(get-set 2)", 0},
	} {
		for most := range c.least + 1 {
			w := newWorld(t, c.file)
			r := exploreText(t, w, c.form, explore.Options{Bounded: explore.Preemptions, Most: most})
			bad := 0
			for _, o := range r.Outcomes {
				if o.Kind != explore.Value && o.Kind != explore.Leak {
					bad++
				}
			}
			if (bad > 0) != (most == c.least) {
				t.Errorf("%s: %d faults with %d preemptions", c.form, bad, most)
			}
		}
	}
}

// TestDepth ends executions at a number of steps, by each search: they come to
// a limit, and to nothing else.
func TestDepth(t *testing.T) {
	for _, o := range []explore.Options{{}, {Bounded: explore.Delays, Most: 1}, {Random: "pos", MaxExecutions: 5}} {
		o.MaxDepth = 3
		r := exploreText(t, newWorld(t), "(let [c (chan)] (dotimes [i 3] (thread (>!! c i))) (<!! c))", o)
		if len(r.Outcomes) != 1 || r.Outcomes[0].Kind != explore.Limit || r.Exhaustive {
			t.Errorf("%s search: %s, exhaustive %v", r.Search, outcomes(r), r.Exhaustive)
		}
	}
}
