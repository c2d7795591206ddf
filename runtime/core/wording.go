package core

import "github.com/conc-repl/conc-repl/runtime"

// The words of the operations of this package. They are Clojure's. Where the Elixir
// notation has a thing of that name which is another one, as it has atoms and
// agents, its words say so.
var (
	wordsAtom    = runtime.Wording{Clojure: "an atom", Elixir: "a Clojure atom"}
	wordsRef     = runtime.Wording{Clojure: "a ref", Elixir: "a Clojure ref"}
	wordsAgent   = runtime.Wording{Clojure: "an agent", Elixir: "a Clojure agent"}
	wordsPromise = runtime.Wording{Clojure: "a promise"}
	wordsDelay   = runtime.Wording{Clojure: "a delay"}
	wordsAFuture = runtime.Wording{Clojure: "a future"}
	wordsThread  = runtime.Wording{Clojure: "a thread"}
	wordsObject  = runtime.Wording{Clojure: "an object"}

	wordsRead     = runtime.Wording{Clojure: "read %s"}
	wordsSet      = runtime.Wording{Clojure: "set %s to %s"}
	wordsDispatch = runtime.Wording{Clojure: "send an action to %s"}
	wordsRestart  = runtime.Wording{Clojure: "restart %s"}
	wordsActed    = runtime.Wording{Clojure: "end an action of %s"}
	wordsBegin    = runtime.Wording{Clojure: "begin a transaction"}
	wordsCommit   = runtime.Wording{Clojure: "commit a transaction of %s refs"}
	wordsDeliver  = runtime.Wording{Clojure: "deliver %s to %s"}
	wordsFuture   = runtime.Wording{Clojure: "start a future"}
	wordsCancel   = runtime.Wording{Clojure: "cancel %s"}
	wordsDeref    = runtime.Wording{Clojure: "deref"}
	wordsJoin     = runtime.Wording{Clojure: "join"}
	wordsAwait    = runtime.Wording{Clojure: "the value of %s"}
	wordsAwaitOf  = runtime.Wording{Clojure: "the value of %s, which %s computes"}
	wordsLock     = runtime.Wording{Clojure: "the lock of %s"}
	wordsLockOf   = runtime.Wording{Clojure: "the lock of %s, which %s holds"}
	wordsUnlock   = runtime.Wording{Clojure: "give the lock of %s back"}

	wordsStart     = runtime.Wording{Clojure: "start %s"}
	wordsInterrupt = runtime.Wording{Clojure: "interrupt %s"}
	wordsSleep     = runtime.Wording{Clojure: "sleep for %s"}
	wordsYield     = runtime.Wording{Clojure: "give way to others"}
	wordsWrite     = runtime.Wording{Clojure: "write %s"}
	wordsEnded     = runtime.Wording{Clojure: "nothing: the program has ended"}

	wordsReadField = runtime.Wording{Clojure: "read field %s of %s"}
	wordsSetField  = runtime.Wording{Clojure: "set field %s of %s"}
)
