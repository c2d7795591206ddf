package actors

// Canonical notes the messages in their order. It is part of runtime.Canonical.
func (m *Mailbox) Canonical(note func(any)) {
	note(m.Len())
	m.each(func(x message) bool { note(x.v); return true })
}
