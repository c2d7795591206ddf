package channels

import (
	_ "embed" // async.clj, async_fanout.clj
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

//go:embed async.clj
var text string

//go:embed async_fanout.clj
var fanout string

// Library is the namespace clojure.core.async.
var Library = &runtime.Library{
	Name:    "clojure.core.async",
	Doc:     "Channels, go blocks and threads, as core.async 1.5 has them.",
	Natives: slices.Concat(natives, macros),
	Sources: runtime.Text("clojure.core.async", text, fanout),
	GoForms: parkHere,
}

// protocols is the namespace of which programs use one function.
var protocols = &runtime.Library{
	Name: "clojure.core.async.impl.protocols",
	Natives: []*lang.Native{{Name: "clojure.core.async.impl.protocols/closed?", Min: 1, Max: 1, Run: isClosed, Args: "[chan]",
		Doc: "Whether a channel takes no more puts."}},
}

// asInCore are the names that clojure.core has, too; in the namespace user they stay clojure.core's.
var asInCore = map[string]bool{"map": true, "into": true, "reduce": true, "take": true, "merge": true, "partition": true,
	"partition-by": true, "transduce": true}

// Install brings channels into a world. In the namespace user, the names that
// clojure.core lacks need no prefix.
func Install(w *runtime.World) {
	h := &house{w: w}
	w.Library[houseKey{}] = h
	w.OnExit = append(w.OnExit, func(_ *runtime.World, p *runtime.Process) { h.onExit(p) })
	w.AddLibrary(protocols)
	w.Later(func(w *runtime.World) {
		for _, l := range elixirLibraries() {
			w.AddLibrary(l)
		}
	})
	async := w.AddLibrary(Library)
	if len(async.Uses) == 0 {
		async.Uses = []runtime.Use{{NS: w.NS("clojure.core")}}
	}
	user := w.NS("user")
	user.Uses = append(user.Uses, runtime.Use{NS: async, Except: asInCore})
}
