// Package explore finds out everything that can happen in a program. It runs
// a world step by step under a checkpoint, goes back, and lets another process
// go first, until every behaviour has been seen once.
//
// A behaviour is a class of runs in which the same operations happen and those
// that depend on each other happen in the same order (a Mazurkiewicz trace).
// The search is dynamic partial order reduction with full race reversals, after
// Abdulla, Aronis, Jonsson and Sagonas, "Source Sets" (JACM 2017): it runs each
// behaviour once and begins none in vain. Where a process has a choice (which
// branch of alts!, which partner, which message), the choice is part of the
// step's label, so that a mailbox needs no order among messages that no receive
// could have exchanged: this gives the classes of Aronis and others, "Optimal
// DPOR with Observers" (TACAS 2018), without conditional races.
//
// The package knows processes and entities by the interfaces of package runtime
// alone: no channel, mailbox or atom may come in here, and nothing that prints
// for people beyond a line. What a model adds it says by the interfaces in
// runtime/settle.go.
package explore
