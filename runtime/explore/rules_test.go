package explore_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// outcomes gives kinds and values, in order.
func outcomes(r *explore.Result) string {
	all := map[string]bool{}
	for _, o := range r.Outcomes {
		all[string(o.Kind)+" "+o.Value] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(all)), ", ")
}

// TestRules explores one program with each of the rules for what can happen.
func TestRules(t *testing.T) {
	const (
		relayed = `(let [me (self) b (spawn (fn [] (receive :go (send me :second))))]
		             (spawn (fn [] (send me :first) (send b :go)))
		             [(receive x x) (receive x x)])`
		inRow  = `(let [me (self)] (spawn (fn [] (send me 1) (send me 2) (send me 3))) [(receive x x) (receive x x) (receive x x)])`
		early  = `(do (send (self) 1) (receive x x :after 0 :none))`
		busy   = `(let [me (self)] (spawn (fn [] (send me 1))) (receive x x :after 100 :late))`
		asleep = `(let [a (atom 0)] (future (Thread/sleep 100) (reset! a 1)) (Thread/sleep 200) @a)`
		shut   = `(let [c (chan)] (go (>! c 1)) (first (alts!! [c (timeout 50)])))`
	)
	for _, c := range []struct {
		form string
		o    explore.Options
		want string
	}{
		{relayed, explore.Options{}, "value [:first :second]"},
		{relayed, explore.Options{Delivery: explore.Async}, "value [:first :second], value [:second :first]"},
		{inRow, explore.Options{Delivery: explore.Async}, "value [1 2 3]"},
		{early, explore.Options{}, "value 1"},
		{early, explore.Options{Delivery: explore.Async}, "value 1, value :none"},
		{busy, explore.Options{}, "value 1"},
		{busy, explore.Options{Timing: explore.Any}, "value 1, value :late"},
		{asleep, explore.Options{}, "value 1"},
		{asleep, explore.Options{Timing: explore.Any}, "value 0, value 1"},
		{"(do (future (Thread/sleep 100)) 1)", explore.Options{}, "value 1"},
		{shut, explore.Options{}, "value 1"},
		{shut, explore.Options{Timing: explore.Any}, "leak nil, value 1"},
	} {
		w := newWorld(t)
		r := exploreText(t, w, c.form, c.o)
		if got := outcomes(r); got != c.want || !r.Exhaustive {
			t.Errorf("%s, delivery %s, time %s: %s (exhaustive %v, %s); want %s", c.form, r.Delivery, r.Timing, got, r.Exhaustive, r.Cut, c.want)
		}
	}
}

// TestRulesAgree compares the search by each of the rules with all
// interleavings.
func TestRulesAgree(t *testing.T) {
	for _, form := range []string{
		`(let [me (self)] (spawn (fn [] (send me 1))) (spawn (fn [] (send me 2))) [(receive x x :after 10 :late) (receive x x :after 0 :none)])`,
		`(let [me (self) b (spawn (fn [] (receive :go (send me 2))))] (spawn (fn [] (send me 1) (send b :go))) [(receive x x) (receive x x :after 5 :late)])`,
		`(let [a (atom 0)] (future (Thread/sleep 10) (swap! a inc)) (future (Thread/sleep 20) (reset! a 5)) (Thread/sleep 30) @a)`,
	} {
		for _, o := range []explore.Options{{Delivery: explore.Async}, {Timing: explore.Any}, {Delivery: explore.Async, Timing: explore.Any}} {
			w := newWorld(t)
			all := explore.Count(w, starter(t, w, form), 20_000, o)
			r := exploreText(t, w, form, o)
			if r.Behaviours != len(all.Classes) || !all.Complete {
				t.Errorf("%s, delivery %s, time %s: %d behaviours (%d executions); all interleavings have %d", form, r.Delivery, r.Timing, r.Behaviours, r.Executions, len(all.Classes))
			}
		}
	}
}

// TestInvariant checks what is to hold after each step.
func TestInvariant(t *testing.T) {
	for _, c := range []struct{ form, holds, want string }{
		{"(let [a (future (reset! x 1)) b (future (reset! y 1))] @a @b :end)", "(fn [] (>= @x @y))", "error the invariant does not hold, value :end"},
		{"(let [a (future (reset! x 1)) b (future (reset! y 1))] @a @b :end)", "(fn [] (<= (+ @x @y) 2))", "value :end"},
		{"(do (reset! x 1) (reset! x 0) :end)", "(fn [] (zero? @x))", "error the invariant does not hold"},
		{":end", "(fn [] (zero? @x))", "value :end"},
		{"(do (reset! x 1) :end)", "(fn [] (/ 1 0))", "error the invariant fails: java.lang.ArithmeticException: Divide by zero"},
	} {
		w := newWorld(t)
		eval(t, w, "(def x (atom 0)) (def y (atom 0)) (def holds "+c.holds+")")
		o := explore.Options{Invariant: w.NS("user").Var("holds").Root()}
		r := exploreText(t, w, c.form, o)
		if got := outcomes(r); got != c.want {
			t.Errorf("%s with %s: %s; want %s", c.form, c.holds, got, c.want)
		}
	}
}
