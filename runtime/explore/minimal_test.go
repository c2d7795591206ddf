package explore_test

import (
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestMinimal looks for the fewest context switches to a fault, as the table
// of oracles has them, and replays the tokens.
func TestMinimal(t *testing.T) {
	for _, c := range []struct {
		file, form string
		kind       explore.Kind
		switches   int
	}{
		{"lost_update.clj", "(lost-update 2)", explore.Error, 2},
		{"check_register.clj", "(check-register 2)", explore.Error, 2},
		{"locks.clj", "(abba)", explore.Deadlock, 1},
		{"locks.clj", "(philosophers 3 false)", explore.Deadlock, 2},
		{"locks.clj", "(philosophers 4 false)", explore.Deadlock, 3},
		{"servers.clj", "(get-set 2)", explore.Error, 5},
		{"servers.clj", "(philosophers-actors 2)", explore.Deadlock, 5},
		{"servers.clj", "(philosophers-actors 3)", explore.Deadlock, 8},
		{"servers.clj", "(mutual-call)", explore.Deadlock, 1},
		{"putters.clj", "(forgotten-close false)", explore.Deadlock, 0},
	} {
		w := newWorld(t, c.file)
		before := w.Steps()
		r := exploreText(t, w, c.form, explore.Options{WitnessTime: 20 * time.Second})
		if w.Steps() != before || w.Journalling() {
			t.Errorf("%s: the world is not as it was", c.form)
		}
		least := -1
		for _, o := range r.Outcomes {
			if o.Kind == c.kind && (least < 0 || o.Switches < least) {
				least = o.Switches
			}
			if len(o.Token) > 40 {
				t.Errorf("%s: the token %s has %d characters", c.form, o.Token, len(o.Token))
			}
			again, err := explore.Replay(w, starter(t, w, c.form), o.Token, explore.Options{})
			if err != nil || again.Outcome.Kind != o.Kind || len(again.Schedule) != len(o.Witness) {
				t.Errorf("%s: the token %s of %q leads to %v, %v", c.form, o.Token, o.Kind, again.Outcome, err)
			}
		}
		if least != c.switches {
			t.Errorf("%s: %d context switches, want %d", c.form, least, c.switches)
		}
	}
}
