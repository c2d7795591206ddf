package kernel

import "github.com/conc-repl/conc-repl/runtime"

// The words of the operations of this package, which are Erlang's in any notation.
var (
	wordsTable   = runtime.Wording{Clojure: ":ets.%s of %s"}
	wordsUnique  = runtime.Wording{Clojure: "System.unique_integer"}
	wordsCounter = runtime.Wording{Clojure: ":counters.%s"}
)
