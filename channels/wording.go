package channels

import "github.com/conc-repl/conc-repl/runtime"

// The words of the operations on channels: core.async's, and those of the
// module Chan. The channel comes first, and then the value.
var (
	wordsPut    = runtime.Wording{Clojure: "put %[2]s on %[1]s", Elixir: "Chan.put(%[1]s, %[2]s)"}
	wordsTake   = runtime.Wording{Clojure: "take from %[1]s", Elixir: "Chan.take(%[1]s)"}
	wordsOffer  = runtime.Wording{Clojure: "offer %[2]s to %[1]s", Elixir: "Chan.offer(%[1]s, %[2]s)"}
	wordsPoll   = runtime.Wording{Clojure: "poll %[1]s", Elixir: "Chan.poll(%[1]s)"}
	wordsPutTo  = runtime.Wording{Clojure: "put! %[2]s on %[1]s", Elixir: "Chan.put!(%[1]s, %[2]s)"}
	wordsTakeTo = runtime.Wording{Clojure: "take! from %[1]s", Elixir: "Chan.take!(%[1]s)"}
	wordsAlts   = runtime.Wording{Clojure: "alts!", Elixir: "Chan.alts:"}
	wordsClose  = runtime.Wording{Clojure: "close %s", Elixir: "Chan.close(%s)"}
	wordsResult = runtime.Wording{Clojure: "result %[2]s on %[1]s"}
	wordsLook   = runtime.Wording{Clojure: "look at %s", Elixir: "Chan.info(%s)"}
)

// starts are the words for starting a process of a kind.
var starts = map[runtime.Kind]runtime.Wording{
	runtime.Go:     {Clojure: "start a go block", Elixir: "Chan.go"},
	runtime.Thread: {Clojure: "start a thread", Elixir: "Chan.thread"},
}
