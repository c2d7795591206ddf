package explore_test

import (
	"fmt"
	"github.com/conc-repl/conc-repl/runtime/explore"
	"testing"
)

func TestZZ(t *testing.T) {
	for _, c := range [][2]string{{"senders.clj", "(senders 6)"}, {"readers.clj", "(readers 8)"}, {"lastzero.clj", "(lastzero 7)"}, {"servers.clj", "(philosophers-actors 5)"}} {
		w := newWorld(t, c[0])
		r := exploreText(t, w, c[1], explore.Options{})
		fmt.Println(c[1], r.Executions, r.Behaviours, r.Redundant, r.Took, int(float64(r.Executions)/r.Took.Seconds()), "exec/s", r.Attempts)
	}
}
