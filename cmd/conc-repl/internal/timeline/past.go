package timeline

import (
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/runtime"
)

// Past gives what a record knows, up to the moment where the world is.
func Past(r *record.Record) views.Past {
	return views.Past{
		Events: func() []runtime.Event {
			first, _ := r.Range()
			var out []runtime.Event
			for _, e := range r.Between(first-1, r.At()) {
				out = append(out, e.Event)
			}
			return out
		},
		Number: func(step uint64) (int, bool) {
			e, ok := r.ByStep(step)
			return e.N, ok
		},
	}
}
