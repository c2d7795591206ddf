// Package explore is the explorer as people meet it: .explore, .walk, .replay
// and .compare at the prompt, conc-repl explore for files, and the functions
// explore, compare and explores-to. It finds the form to explore, runs package
// runtime/explore on the session's world, and says what came of it, in words or
// as JSON. How behaviours are searched for is no matter of this package.
package explore
