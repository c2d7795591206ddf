package explore_test

import (
	"testing"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestPool has go blocks wait in blocking operations: eight of them keep the
// pool from doing anything else.
func TestPool(t *testing.T) {
	for form, want := range map[string]explore.Kind{
		"(let [c (chan)] (dotimes [_ 8] (go (<!! c))) (<!! (go 1)))": explore.Deadlock,
		"(let [c (chan)] (dotimes [_ 7] (go (<!! c))) (<!! (go 1)))": explore.Leak,
	} {
		r := exploreText(t, newWorld(t), form, explore.Options{MaxExecutions: 100})
		if len(r.Outcomes) != 1 || r.Outcomes[0].Kind != want {
			t.Errorf("%s: %s; want %s", form, outcomes(r), want)
		}
	}
}
