// Package session holds one world with everything in it, and has its shell
// process evaluate what a person or a file says: form by form, in the process
// itself, so that what a form does can be stopped, shown and counted like
// anything else. The prompt, scripts and tests all use it.
//
// What may not enter: a terminal, a command that begins with a dot, an exit code.
package session
