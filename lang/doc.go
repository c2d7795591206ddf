// Package lang is the room of values: what programs compute with, in both
// notations, and the code that they compile to.
//
// It has the value itself, persistent collections, numbers, equality, order
// and hash in the flavours of Clojure and Erlang, printing in both notations,
// classes and exceptions, source positions, and the form of compiled code.
//
// Everything here is immutable, but for entities that values only point to
// (LazySeq, Transient), which package runtime alone changes. Nothing here
// runs code of the language, waits, or knows a process, a mailbox or a
// channel: those implement Printable, Classed, Hashed, Equaler, Comparable,
// Termed, Stringer, Seqable or WithMetaer. Where a value may hold a lazy cell
// that is not realised yet, the work is done in steps that stop at the cell
// (Printer, Comparison, Walker); all else wants values realised, and raises
// where they are not.
//
// What Clojure shows is shown as Clojure 1.11.1 shows it, to the order in
// which sets and maps iterate: hashes and tries are those of clojure.lang.
package lang
