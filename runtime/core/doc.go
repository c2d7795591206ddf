// Package core is the language's own library: the namespaces of Clojure that
// every program uses, natives in tables of Go literals, and the rest in the
// Clojure notation, embedded (clj). It brings reader and compiler to the
// machine: evaluation, loading, namespaces.
//
// What may not enter it: a channel or a mailbox (packages channels and actors),
// a command of the shell, a terminal.
package core
