package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Notes of a channel's events. They are for people, and Dependent goes by them.
const (
	NoteHanded  = "handed over to who waited"
	NoteDrops   = "the buffer drops"
	NoteClosed  = "closed"
	NotePending = "pending"
	NoteLost    = "the buffer is full, and drops a value"
	NoteFailed  = "nobody is there" // of an offer or a poll
)

func (c *Channel) emit(kind string, p, peer *runtime.Process, v lang.Value, note string) {
	c.in.w.Emit(runtime.Event{Kind: kind, Proc: p, Peer: peer, Entity: c, Value: v, Note: note})
}

// lose is emit for an event that leaves a value, or the wish for one, behind.
func (c *Channel) lose(kind string, p *runtime.Process, v lang.Value, note string) {
	c.in.w.Lose(runtime.Event{Kind: kind, Proc: p, Entity: c, Value: v, Note: note})
}

// enters tells that a value has come in, leaves that one has gone out.
func (c *Channel) enters(kind string, p, peer *runtime.Process, v lang.Value, note string) {
	c.in.w.Touch(c)
	c.nputs++
	if c.in.w.Occurs() {
		c.in.w.Tell(runtime.Event{Kind: kind, Proc: p, Peer: peer, Entity: c, Value: v, Note: note, Ord: c.nputs})
	}
}

func (c *Channel) leaves(kind string, p, peer *runtime.Process, v lang.Value, note string) {
	c.in.w.Touch(c)
	c.ntakes++
	if c.in.w.Occurs() {
		c.in.w.Tell(runtime.Event{Kind: kind, Proc: p, Peer: peer, Entity: c, Value: v, Note: note, Ord: c.ntakes})
	}
}

// side says which end of a channel an event is about, and whether it looks at
// the queues of those who wait.
type side struct{ puts, takes, queues, waits bool }

var sides = map[string]side{
	"put":  {puts: true},
	"take": {takes: true},
	"park": {waits: true},

	"put!":    {puts: true, queues: true},
	"offer!":  {puts: true, queues: true},
	"take!":   {takes: true, queues: true},
	"poll!":   {takes: true, queues: true},
	"alts":    {puts: true, takes: true, queues: true},
	"default": {puts: true, takes: true, queues: true},
	"close":   {puts: true, takes: true, queues: true},
	"result":  {puts: true, takes: true, queues: true},
	"timeout": {puts: true, takes: true, queues: true},
	"info":    {puts: true, takes: true, queues: true},
}

// Dependent reports whether the order of two events on the channel can make a
// difference. Two puts do, and two takes. In a buffer that drops nothing, a put
// and a take do only if the one takes what the other has put, or puts into the
// place that the other has left. Closing does with all; what is done on a
// closed channel changes nothing. That somebody begins to wait matters to those
// who can see the queue, to who waits as well (in the same queue, or else the
// one would have made the wait of the other needless), and to who could have
// made the wait needless.
func (c *Channel) Dependent(a, b *runtime.Event) bool {
	x, y := sideOf(a), sideOf(b)
	switch {
	case a.Kind == "info" && b.Kind == "info" || a.Note == NoteClosed && b.Note == NoteClosed:
		return false
	case a.Kind == "park" || b.Kind == "park":
		if b.Kind == "park" {
			a, b, y = b, a, x
		}
		return y.queues || y.waits || y.takes && a.Note == "put" || y.puts && a.Note == "take"
	case x.puts && y.puts || x.takes && y.takes || c.buf == nil:
		return true
	case a.Kind == "take":
		a, b = b, a
	}
	if a.Kind != "put" || b.Kind != "take" || a.Note != "" || b.Note != "" {
		return true
	}
	return a.Ord == b.Ord || a.Ord == b.Ord+uint64(c.buf.size)
}

// sideOf gives the side of an event; at a meeting both are.
func sideOf(e *runtime.Event) side {
	s := sides[e.Kind]
	if e.Peer != nil {
		s.puts, s.takes = true, true
	}
	return s
}

var _ runtime.Conflicter = (*Channel)(nil)
