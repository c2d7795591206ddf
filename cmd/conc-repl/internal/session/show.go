package session

import "github.com/conc-repl/conc-repl/lang"

// Show gives a value as a text in the notation in use. It runs nothing: parts
// that are not computed yet are shown as such.
func (s *Session) Show(v lang.Value) string {
	if s.ID() == lang.ElixirNotation {
		return lang.Inspect(v)
	}
	return lang.PrString(v)
}
