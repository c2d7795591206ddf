package explore

import "github.com/conc-repl/conc-repl/runtime"

// ExploreStates explores by states, also where that is not needed.
func ExploreStates(w *runtime.World, start Start, o Options) *Result {
	res := &Result{byKey: map[string]*Outcome{}, classes: map[uint64]bool{}}
	o.complete()
	within(w, &o, func(set *settings) {
		for set.changed = true; set.changed; {
			set.changed = false
			on(w, start, set, func(r *run) { statefully(r, &o, res) })
		}
	})
	return res
}
