// Package kernel is Elixir's own library and its evaluation: the modules of
// the language (Kernel, Enum, String ...), and what makes forms of the Elixir
// notation run in a process: evaluation, the building of modules, protocols,
// the loading of library text.
//
// The natives stand in tables, one a topic; text in the Elixir notation is
// embedded from ex/ and compiled function by function on first use. What
// belongs to processes and messages is not here but in package actors.
package kernel
