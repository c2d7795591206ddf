// Package scripts embeds the programs that come with conc-repl: the article's
// snippets as they stand, and examples of programs as people write them.
// Nothing that runs them may enter.
package scripts

import "embed"

// Article has the snippets of "Comparing the Actor Model and CSP
// Concurrency with Elixir and Clojure", in its order, byte for byte. The last
// one is for a browser: it needs js/window and a DOM.
//
//go:embed article
var Article embed.FS

// Examples has programs of the size of a screen or two, each with the output
// that the real Clojure printed for it: a chat server, a rate limiter, a
// map-reduce over files, the dining philosophers.
//
//go:embed examples
var Examples embed.FS
