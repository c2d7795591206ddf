package explore_test

import (
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestTokensFit replays the token of every outcome, also where only other runs of
// the program can tell that somebody waits, ends, or comes too late.
func TestTokensFit(t *testing.T) {
	for _, form := range []string{
		`(let [c (chan) a (atom 0)] (thread (>!! c 1)) (thread (reset! a 1)) (if (= @a 1) (poll! c) (<!! c)))`,
		`(let [c (chan) d (chan 1) a (atom 0)] (thread (>!! c 1) (>!! d 2)) (thread (when (= 0 @a) (offer! d 9))) (reset! a 1) [(<!! c) (first (alts!! [d (timeout 5)] :priority true))])`,
		`(let [x (atom 0) y (atom 0) a (thread (while (= @x 0)) (reset! y 1))] (reset! x 1) (<!! a) @y)`,
		`(let [r (ref 0) a (atom 0) t (thread (dosync (alter r inc)))] (if (= 0 @a @r) (do (dosync (alter r + 2) (alter r inc)) :first) :later))`,
		`(let [p (spawn (fn [] (receive :go 1))) a (atom 0)] (thread (reset! a 1)) (send p :go) (if (= 1 @a) (alive? p) :unknown))`,
	} {
		for _, o := range []explore.Options{{}, {Delivery: explore.Async}, {Timing: explore.Any}} {
			o.WitnessTime = 20 * time.Second
			w := newWorld(t)
			r := exploreText(t, w, form, o)
			for _, x := range r.Outcomes {
				again, err := explore.Replay(w, starter(t, w, form), x.Token, explore.Options{Show: func(v lang.Value) string { s, _ := v.AsString(); return s }})
				if err != nil || again.Outcome.Kind != x.Kind || again.Outcome.Value != x.Value || again.Outcome.Output != x.Output {
					t.Errorf("%s (%s, %s): the token %s of %s %s, %q leads to %s %s, %q, %v", form, o.Delivery, o.Timing, x.Token, x.Kind, x.Value, x.Output, again.Outcome.Kind, again.Outcome.Value, again.Outcome.Output, err)
				}
				if len(x.Token) > 40 {
					t.Errorf("%s: the token %s has %d characters", form, x.Token, len(x.Token))
				}
			}
			if len(r.Outcomes) == 0 {
				t.Errorf("%s: no outcome", form)
			}
		}
	}
}
