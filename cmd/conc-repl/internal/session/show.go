package session

import "github.com/conc-repl/conc-repl/lang"

// Show gives a value as a text in the notation in use. It runs nothing.
func (s *Session) Show(v lang.Value) string { return s.World.Show(v) }
