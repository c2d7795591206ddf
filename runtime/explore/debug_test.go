package explore_test

import (
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

func TestCount(t *testing.T) {
	for _, c := range oracles {
		w := newWorld(t, c.file)
		o := explore.Options{Show: lang.PrString}
		tally := explore.Count(w, starter(t, w, c.form), 20_000, o)
		if tally.Complete && len(tally.Classes) != c.classes {
			t.Errorf("%s: %d classes, want %d; %s runs", c.form, len(tally.Classes), c.classes, tally.Runs)
		}
		t.Logf("%s: %v %d classes, %s runs", c.form, tally.Complete, len(tally.Classes), tally.Runs)
	}
}
