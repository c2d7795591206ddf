// Package prompt is the interactive loop: it takes lines from a LineEditor,
// gives each to whom it belongs (the shell's commands, a process that reads
// lines, the forms to be evaluated), and shows what comes of it.
//
// One goroutine runs the loop, and with it the world, and it alone touches
// either. With a terminal, a second goroutine waits for lines and posts them;
// completion asks in the same way. Without one, lines are pulled when nothing is
// ready to run, or after a fixed amount of background work, so that the same
// input gives the same output.
//
// readline and colour are known here alone. Evaluation is package session's,
// commands are package commands'.
package prompt
