package actors

import "github.com/conc-repl/conc-repl/runtime"

// The words of the operations of actors: those of the actor forms, and those of
// Elixir's modules.
var (
	wordsSend      = runtime.Wording{Clojure: "send %s to %s"}
	wordsSpawn     = runtime.Wording{Clojure: "spawn"}
	wordsReceive   = runtime.Wording{Clojure: "receive %s"}
	wordsArrival   = runtime.Wording{Clojure: "receive"}
	wordsCall      = runtime.Wording{Clojure: "receive in %s"}          // the function of the library
	wordsOf        = runtime.Wording{Clojure: ", for the answer of %s"} // who is monitored by the reference that it waits for
	wordsLeft      = runtime.Wording{Clojure: ", %s in the mailbox that no clause takes"}
	wordsThere     = runtime.Wording{Clojure: ", %s in the mailbox"}
	wordsFresh     = runtime.Wording{Clojure: ", %s"}
	wordsMost      = runtime.Wording{Clojure: ", at most %s ms"}
	wordsSendAfter = runtime.Wording{Clojure: "send-after %[1]s to %[2]s", Elixir: "Process.send_after to %[2]s in %[1]s"}
	wordsTimer     = runtime.Wording{Clojure: "look at a timer", Elixir: "Process.read_timer or cancel_timer"}
	wordsExit      = runtime.Wording{Clojure: "exit %s %s", Elixir: "Process.exit(%s, %s)"}
	wordsAlive     = runtime.Wording{Clojure: "alive? %s", Elixir: "Process.alive?(%s)"}
	wordsList      = runtime.Wording{Clojure: "process-list", Elixir: "Process.list()"}
	wordsFlush     = runtime.Wording{Clojure: "flush"}
	wordsInfo      = runtime.Wording{Clojure: "process-info %s", Elixir: "Process.info(%s)"}
	wordsLog       = runtime.Wording{Clojure: "log %s", Elixir: "Logger: %s"}

	wordsLink      = runtime.Wording{Clojure: "link %s", Elixir: "Process.link(%s)"}
	wordsUnlink    = runtime.Wording{Clojure: "unlink %s", Elixir: "Process.unlink(%s)"}
	wordsMonitor   = runtime.Wording{Clojure: "monitor %s", Elixir: "Process.monitor(%s)"}
	wordsDemonitor = runtime.Wording{Clojure: "demonitor", Elixir: "Process.demonitor"}
	wordsTrap      = runtime.Wording{Clojure: "trap-exit %s", Elixir: "Process.flag(:trap_exit, %s)"}

	wordsRegister   = runtime.Wording{Clojure: "register %[1]s %[2]s", Elixir: "Process.register(%[2]s, %[1]s)"}
	wordsUnregister = runtime.Wording{Clojure: "unregister %s", Elixir: "Process.unregister(%s)"}
	wordsWhereis    = runtime.Wording{Clojure: "whereis %s", Elixir: "Process.whereis(%s)"}
	wordsRegistered = runtime.Wording{Clojure: "registered", Elixir: "Process.registered()"}
	wordsGlobal     = runtime.Wording{Clojure: ":global.%s"}
)
