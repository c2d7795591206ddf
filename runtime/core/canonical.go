package core

// Canonical notes what an atom holds; how often it was set does not count. It
// is part of runtime.Canonical.
func (a *Atom) Canonical(note func(any)) { note(a.val) }
