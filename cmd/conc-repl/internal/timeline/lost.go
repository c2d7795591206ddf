package timeline

import (
	"fmt"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// attempts are the events that find a partner only if it waits already: one
// that comes just after them is missed.
var attempts = map[string]string{"offer!": "offered to", "poll!": "polled"}

// LostWakeup says in a sentence that what p waits for came too early: another
// process tried it on the same channel, found nobody, and did not wait. It is ""
// if the record knows of no such attempt.
func LostWakeup(r *record.Record, w *runtime.World, p *runtime.Process) string {
	if p.Waiting() == nil {
		return ""
	}
	text := Printer{w.Show, w}
	parked := 0
	events := r.Events()
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		switch {
		case parked == 0 && e.Kind == "park" && e.Proc == p:
			parked = e.N
		case parked > 0 && e.Proc != p && attempts[e.Kind] != "" && lang.Identical(e.Value, lang.Nil) && e.Peer == nil && waitsOn(p, e.Entity):
			return fmt.Sprintf("A lost wake-up: %s %s %s (event %d) before anybody waited there, and found nobody; %s began to wait at event %d.",
				text.name(e.Proc), attempts[e.Kind], text.entity(e.Entity), e.N, text.name(p), parked)
		}
	}
	return ""
}

// waitsOn reports whether p waits on an entity.
func waitsOn(p *runtime.Process, x runtime.Entity) bool {
	for _, a := range p.Waiting().Access(nil) {
		if a.Entity == x {
			return true
		}
	}
	return false
}
