package explore_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// program makes a small random program: processes that use shared atoms,
// channels, mailboxes and locks.
func program(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("(let [a (atom 0) b (atom 0) l (Object.) m (Object.) c (chan) d (chan 1) me (self)]\n")
	n := 2 + r.IntN(2)
	for i := range n {
		fmt.Fprintf(&b, "  (spawn (fn []%s))\n", body(r, i, 1+r.IntN(2), 2))
	}
	fmt.Fprintf(&b, " %s :end)", body(r, n, 1+r.IntN(3), 2))
	return b.String()
}

func body(r *rand.Rand, who, n, depth int) string {
	var b strings.Builder
	for k := range n {
		v := 10*who + k
		switch p := r.IntN(14); {
		case p < 2:
			fmt.Fprintf(&b, " @%s", []string{"a", "b"}[r.IntN(2)])
		case p < 4:
			fmt.Fprintf(&b, " (reset! %s %d)", []string{"a", "b"}[r.IntN(2)], v)
		case p == 4:
			b.WriteString(" (swap! a inc)")
		case p == 5 && depth > 0:
			fmt.Fprintf(&b, " (locking %s%s)", []string{"l", "m"}[r.IntN(2)], body(r, who, 1, depth-1))
		case p == 6:
			fmt.Fprintf(&b, " (>!! %s %d)", []string{"c", "d"}[r.IntN(2)], v)
		case p == 7:
			fmt.Fprintf(&b, " (<!! %s)", []string{"c", "d"}[r.IntN(2)])
		case p == 8:
			b.WriteString(" (alts!! [c d])")
		case p == 9:
			fmt.Fprintf(&b, " (alts!! [[c %d] d])", v)
		case p == 10:
			fmt.Fprintf(&b, " (send me [%d %d])", r.IntN(2), v)
		case p == 11:
			fmt.Fprintf(&b, " (receive [%d x] x :after %s :late)", r.IntN(2), []string{"0", "10", ":infinity"}[r.IntN(3)])
		case p == 12 && depth > 0:
			fmt.Fprintf(&b, " (when (zero? @b)%s)", body(r, who, 1, depth-1))
		case p == 13:
			b.WriteString([]string{" (close! c)", " (close! d)", " (offer! d 5)", " (poll! c)", " (alts!! [c] :default 1)"}[r.IntN(5)])
		}
	}
	return b.String()
}

// TestRandomPrograms compares the search with all interleavings of random
// programs: the same behaviours, each once.
func TestRandomPrograms(t *testing.T) {
	compared, behaviours := 0, 0
	for seed := range uint64(*programs) {
		text := program(rand.New(rand.NewPCG(seed, 7)))
		w := newWorld(t)
		all := explore.Count(w, starter(t, w, text), 4000, explore.Options{Show: lang.PrString})
		if !all.Complete {
			continue
		}
		compared++
		for _, o := range all.Classes {
			if o.Kind == explore.Error {
				t.Fatalf("seed %d: %s\n%s", seed, o.Value, text)
			}
		}
		behaviours += len(all.Classes)
		r := exploreText(t, w, text, explore.Options{})
		if r.Behaviours != len(all.Classes) || r.Executions != r.Behaviours || r.Redundant != 0 {
			t.Errorf("seed %d: %d behaviours in %d executions, %d redundant; all interleavings have %d\n%s",
				seed, r.Behaviours, r.Executions, r.Redundant, len(all.Classes), text)
		}
	}
	t.Logf("%d programs, %d behaviours", compared, behaviours)
	if compared < *programs/3 {
		t.Errorf("only %d programs were small enough", compared)
	}
}
