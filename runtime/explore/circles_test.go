package explore_test

import (
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestCircles explores programs that go in circles, which the stateful search
// takes over.
func TestCircles(t *testing.T) {
	for _, c := range []struct {
		form, search string
		kinds        []explore.Kind
	}{
		{"(spin)", "dpor", []explore.Kind{explore.Value}},
		{"(peterson true)", "dpor", []explore.Kind{explore.Value}},
		{"(peterson false)", "dpor", []explore.Kind{explore.Error, explore.Value}},
		{"(polite)", "stateful", []explore.Kind{explore.Value, explore.Livelock}},
	} {
		w := newWorld(t, "circles.clj")
		r := exploreText(t, w, c.form, explore.Options{})
		seen := map[explore.Kind]bool{}
		for _, o := range r.Outcomes {
			seen[o.Kind] = true
		}
		if !r.Exhaustive || r.Search != c.search || len(seen) != len(c.kinds) {
			t.Errorf("%s: %s search, exhaustive %v (%s), outcomes %v; want %v", c.form, r.Search, r.Exhaustive, r.Cut, seen, c.kinds)
		}
		for _, k := range c.kinds {
			if !seen[k] {
				t.Errorf("%s: no %s", c.form, k)
			}
		}
	}
}

// TestStates compares the stateful search with the other: the same outcomes.
func TestStates(t *testing.T) {
	for _, c := range []struct{ file, form string }{
		{"lost_update.clj", "(lost-update 2)"}, {"locks.clj", "(abba)"}, {"locks.clj", "(philosophers 3 false)"},
		{"senders.clj", "(senders 3)"}, {"putters.clj", "(alts 3 #(chan 1))"}, {"putters.clj", "(putters 3 (chan))"},
		{"servers.clj", "(get-set 2)"}, {"putters.clj", "(counter 2)"},
	} {
		w := newWorld(t, c.file)
		a := exploreText(t, w, c.form, explore.Options{})
		b := explore.ExploreStates(w, starter(t, w, c.form), explore.Options{Show: func(v lang.Value) string { s, _ := v.AsString(); return s }})
		if len(a.Outcomes) != len(b.Outcomes) {
			t.Errorf("%s: %d outcomes, by states %d", c.form, len(a.Outcomes), len(b.Outcomes))
		}
	}
}
