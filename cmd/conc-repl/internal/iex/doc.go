// Package iex is what the prompt of the Elixir notation offers to those who
// know iex: the functions of IEx.Helpers. They are text in the Elixir notation;
// natives here tell that text what only the session knows: earlier results, and
// what is known of functions.
//
// What may not enter: what belongs to the language's own library.
package iex
