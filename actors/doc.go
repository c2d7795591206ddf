// Package actors is the BEAM's model of concurrency: processes that share
// nothing but the messages they send. Each has a mailbox, from which it
// receives selectively; links and monitors carry the news of its end. What
// each form does is what Erlang's reference manual ("Processes") and OTP 25 do.
//
// Everything hangs on two entities of a process: its Mailbox, and its bonds
// (links, monitors, flags, name, dictionary), made when first needed. One
// function, System.signal, carries everything from process to process, so
// that the order between a pair is kept in one place.
//
// The natives stand in the namespace conc.actors for the Clojure notation, and
// once more, with the BEAM's arguments and complaints, under Elixir's and
// Erlang's names (the tables of exports). OTP itself is text in the Elixir
// notation on top of them, in the folder otp: GenServer, Supervisor, Task and
// the others are plain processes, so that a step into a call shows the monitor,
// the message and the reply.
//
// What may not enter this room: channels, atoms, the language's own library,
// a terminal. Package core's agents take part in send by implementing
// Sendable; the shell learns of its process's death by System.ShellExit; what
// Elixir makes of an exception comes in by System.Elixir.
package actors
