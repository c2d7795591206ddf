package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Notes of a channel's events. They are for people, and Dependent goes by them.
const (
	NoteEmpty   = "the buffer was empty"
	NoteFull    = "the buffer was full"
	NoteDrops   = "the buffer drops"
	NoteClosed  = "closed"
	NotePending = "pending"
)

func (c *Channel) emit(kind string, p, peer *runtime.Process, v lang.Value, note string) {
	c.in.w.Emit(runtime.Event{Kind: kind, Proc: p, Peer: peer, Entity: c, Value: v, Note: note})
}

// side says which end of a channel an event is about, and whether it looks at
// the queues of those who wait.
type side struct{ puts, takes, queues bool }

var sides = map[string]side{
	"put":  {puts: true},
	"take": {takes: true},
	"park": {},

	"put!":    {puts: true, queues: true},
	"offer!":  {puts: true, queues: true},
	"take!":   {takes: true, queues: true},
	"poll!":   {takes: true, queues: true},
	"alts":    {puts: true, takes: true, queues: true},
	"close":   {puts: true, takes: true, queues: true},
	"result":  {puts: true, takes: true, queues: true},
	"timeout": {puts: true, takes: true, queues: true},
	"info":    {puts: true, takes: true, queues: true},
}

// Dependent reports whether the order of two events on the channel can make a
// difference. Two puts do, and two takes; a put and a take only where one
// makes the other possible, and always where the buffer drops values; closing
// does with all. That somebody began to wait matters only to those who can
// see the queue.
func (c *Channel) Dependent(a, b *runtime.Event) bool {
	x, y := sides[a.Kind], sides[b.Kind]
	switch {
	case a.Kind == "info" && b.Kind == "info":
		return false
	case a.Kind == "park" || b.Kind == "park":
		return x.queues || y.queues
	case x.puts && y.puts || x.takes && y.takes:
		return true
	}
	return enables(a) || enables(b)
}

// enables reports whether an event at one end of the channel can make one at
// the other end possible, or be made possible by it.
func enables(e *runtime.Event) bool {
	return e.Note != "" || e.Peer != nil || e.Kind != "put" && e.Kind != "take"
}

var _ runtime.Conflicter = (*Channel)(nil)
