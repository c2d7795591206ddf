// Package elixir analyses the Elixir notation: quoted forms, which are
// Elixir's own AST as values, become the intermediate representation of
// package compile, from which the code is made.
//
// Special forms and the macros of Elixir's Kernel are Go functions in literal
// tables here. A macro that is code of the language is handed to the caller,
// who runs it as an ordinary call and comes back with the expansion; the
// analysis of the form then begins anew and is told the expansions it has
// asked for so far. So all that lives between two steps is immutable.
//
// No process, namespace or module is known here: what must be asked about
// them is asked of a Resolver, and what code needs done at run time is a call
// of one of the functions that Resolver.Helper gives.
package elixir
