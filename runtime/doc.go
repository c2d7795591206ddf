// Package runtime is the machine and its world: processes that run compiled
// code, the scheduler that decides which one runs, the clock, the journal
// that can undo, and the interfaces through which a model of concurrency is
// added to them.
//
// A Process is a plain struct, never a goroutine: frames and a value stack,
// run by the machine in slices of a few thousand reductions. So it can be
// paused at any instruction, copied, shown and resumed. Values are immutable
// (package lang); whatever can change is an Entity, and every change to one
// goes through World.Touch, which can note how to undo it. Every choice goes
// through the Chooser. What a second process could notice is an Op, and a
// process can be stopped just before its next one.
//
// What may not enter this room: a mailbox, a channel, a function of the
// language's library, a reader, a terminal. The packages actors and channels
// are worked examples of how a model is added: they implement Op and Entity,
// fill the slots of a Process, and hook into its end.
//
// One goroutine runs a World, and it alone touches it. Others ask through
// World.Ask, which is served between slices.
package runtime
