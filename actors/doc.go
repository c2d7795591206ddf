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
// What may not enter this room: channels, atoms, the language's own library,
// a terminal. Package core's agents take part in send by implementing
// Sendable; the shell learns of its process's death by System.ShellExit.
package actors
