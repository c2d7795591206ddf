package kernel

import "github.com/conc-repl/conc-repl/runtime"

// The words of the operations of this package, which are Erlang's in any notation.
var (
	wordsTable   = runtime.Wording{Clojure: ":ets.%s of %s"}
	wordsCounter = runtime.Wording{Clojure: ":counters.%s"}
)
