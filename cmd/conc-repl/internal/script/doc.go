// Package script runs programs from files, from the command line or from
// stdin: what conc-repl run does, with its flags and exit codes.
//
// What may not enter: anything that asks a person.
package script
