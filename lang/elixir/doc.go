// Package elixir reads the Elixir notation: it turns text into quoted forms,
// which are values of package lang in the shape that Elixir's own parser
// gives them, and turns quoted forms back into text.
//
// It works in three layers. The scanner cuts text into tokens and knows no
// more than their spelling and how strings nest; it never stops, so that the
// prompt can colour whatever is typed. The lexer is a lexer.Definition of
// participle: it hands out the tokens of one top-level expression at a time,
// drops the newlines that mean nothing, and sees to it that brackets match.
// The parser, a participle grammar whose one production is parsed by hand,
// folds operators by precedence and decides whose a `do` is. Its behaviour is
// that of Code.string_to_quoted of Elixir 1.14.
//
// A quoted form is a literal (integer, float, string, atom, list or pair of
// quoted forms) or a triple {name, meta, args}, as the module Macro documents
// it. Nothing here evaluates, expands macros or knows of processes: that is
// the compiler's and the machine's part, and may not enter.
package elixir
