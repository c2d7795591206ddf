package channels

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// newTimeout makes a channel that closes once d has passed. Its timer is
// armed only while somebody waits on it, so that a loop which makes a timeout
// for each choice, and rarely needs it, leaves nothing behind. core.async
// gives the same channel to those who ask for about the same time; here each
// gets one of its own, so that independent processes stay independent.
func newTimeout(in *house, d time.Duration) *Channel {
	c := newChannel(in, nil)
	c.due = &runtime.Timer{At: in.w.Now() + d}
	return c
}

// arm is called when somebody begins to wait on a timeout channel.
func (c *Channel) arm() {
	if c.timer != nil || c.closed {
		return
	}
	w := c.in.w
	c.timer = w.After(w.Remaining(c.due), func(w *runtime.World) {
		w.Touch(c)
		c.timer = nil
		if !c.closed {
			c.shut(nil, "timeout")
		}
	})
	c.timer.On = c
}

// disarm is called when a queue has become shorter.
func (c *Channel) disarm() {
	if c.timer != nil && (c.closed || c.takes.Len() == 0 && c.puts.Len() == 0) {
		c.in.w.Touch(c)
		c.in.w.Disarm(c.timer)
		c.timer = nil
	}
}

// millis reads an argument that is a number of milliseconds, in the manner of (long x).
func millis(v lang.Value) time.Duration {
	switch {
	case v.IsFixed():
		const most = int64(1<<63-1) / int64(time.Millisecond)
		return time.Duration(max(-most, min(v.AsInt(), most))) * time.Millisecond
	case v.IsFloat():
		return time.Duration(int64(v.AsFloat())) * time.Millisecond
	}
	panic(lang.CastError(v, lang.NumberClass))
}
