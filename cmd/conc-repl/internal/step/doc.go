// Package step stops a world between its operations and lets a person decide
// what happens next: who goes on, which branch of a choice, which timer; back
// to any moment, and forward again, or along another future. Each stop is shown
// on one screen: who is about to do what and where in the source, what is in
// the mailboxes and the channels, which timers are armed.
//
// A step is one operation. Between two steps every process that can has run up
// to its next operation, so that all that is seen is what others could notice.
//
// Between two operations a person can follow one process over its expressions,
// calls or instructions. A run that is known beforehand, a Walk, does its own
// steps; who does something else leaves it.
//
// What may not enter: how lines are read (package prompt), the search for
// outcomes, which chooses for itself and only borrows the stepper to show one.
package step
