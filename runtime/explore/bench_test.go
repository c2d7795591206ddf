package explore_test

import (
	"runtime/debug"
	"testing"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// BenchmarkExplore reports executions a second on the programs of which
// Concuerror's rates are known: 1800, 780, 500 and 100 on two cores. Garbage is
// collected as seldom as in the shell.
func BenchmarkExplore(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	for _, c := range []struct{ file, form string }{
		{"senders.clj", "(senders 8)"}, {"readers.clj", "(readers 12)"},
		{"lastzero.clj", "(lastzero 10)"}, {"servers.clj", "(philosophers-actors 10)"},
	} {
		b.Run(c.form, func(b *testing.B) {
			w := newWorld(b, c.file)
			n := 0
			for b.Loop() {
				n += exploreText(b, w, c.form, explore.Options{}).Executions
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "executions/s")
			b.ReportMetric(float64(n)/float64(b.N), "executions")
		})
	}
}
