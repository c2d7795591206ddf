// Package clojure reads the Clojure notation: it turns text into forms, which
// are values of package lang that carry their places.
//
// It works in three layers. The scanner cuts text into tokens and knows no
// more than their spelling; it never stops, so that the prompt can colour
// whatever is typed. The lexer is a lexer.Definition of participle: it hands
// out the tokens of one top-level form at a time, because how `::a/k` reads
// may depend on a form evaluated before it. The parser, a participle grammar
// whose one production is parsed by hand, makes the forms. Its behaviour is
// that of clojure.lang.LispReader of Clojure 1.11.
//
// What symbols mean is asked of a Resolver. Nothing here evaluates, expands
// macros or knows of processes: that is the compiler's and the machine's
// part, and may not enter.
package clojure
