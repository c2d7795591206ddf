// Package channels is the model of communicating sequential processes, as
// Clojure's core.async 1.5 has it: channels with their buffers, puts and
// takes, the choice among several (alts!), timeouts, go blocks and threads.
// It is one of the two worked examples of how a model of concurrency is added
// to the machine of package runtime; the other is package actors, and neither
// knows of the other.
//
// A Channel is an entity of the world. What a process does with it is an op,
// of one of the manners in ops.go, which commits or parks. A channel with a
// transducer runs code of the language under its own lock; transduce.go has
// the steps of that. The rest of core.async (mult, pub, pipe and the like) is
// written in the language, in async.clj.
//
// What may not enter this room: mailboxes, the prompt, and any waiting that
// is not a runtime.Op.
package channels
