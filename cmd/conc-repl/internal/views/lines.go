package views

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/runtime"
)

// Indented is what a stop of the stepper shows: each thing that holds values,
// in a line of its own.

// ChannelLines shows the channels that hold something, are closed, or on
// which somebody waits: at most so many.
func ChannelLines(out io.Writer, w *runtime.World, most int) {
	n := 0
	for _, c := range channels.All(w) {
		in := channels.Info(c)
		text := fmt.Sprintf("%s: %s%s%s", in.Name, bufferText(w, in), partiesText("puts", w, in.Puts, true), partiesText("takes", w, in.Takes, false))
		if n++; n <= most {
			fmt.Fprintf(out, "  %s\n", text)
		}
	}
	if n > most {
		fmt.Fprintf(out, "  and %d more channels (.chans)\n", n-most)
	}
}

// MailboxLines shows the mailboxes that hold messages: at most so many.
func MailboxLines(out io.Writer, w *runtime.World, most int) {
	s, n := actors.Of(w), 0
	for _, p := range Everybody(w) {
		messages := s.Mailbox(p)
		if len(messages) == 0 {
			continue
		}
		if n++; n > most {
			continue
		}
		var shown []string
		for i, m := range messages {
			if i == mostNamed {
				shown = append(shown, fmt.Sprintf("... %d in all", len(messages)))
				break
			}
			text := short(w, m.Value)
			if m.Passed {
				text += " (passed over)"
			}
			shown = append(shown, text)
		}
		fmt.Fprintf(out, "  mailbox of %s: %s\n", w.Label(p), strings.Join(shown, "  "))
	}
	if n > most {
		fmt.Fprintf(out, "  and %d more mailboxes\n", n-most)
	}
}

// TimerLines shows the timers in the order in which they will fire: at most so many.
func TimerLines(out io.Writer, w *runtime.World, most int) {
	timers := w.Timers()
	for i, t := range timers {
		if i == most {
			fmt.Fprintf(out, "  and %d more timers (.timers)\n", len(timers)-i)
			return
		}
		fmt.Fprintf(out, "  timer %d: in %v, %s\n", i+1, max(0, t.At-w.Elapsed()).Round(time.Microsecond), TimerText(w, t))
	}
}

// TimerText says what a timer will do.
func TimerText(w *runtime.World, t *runtime.Timer) string {
	switch on := t.On.(type) {
	case *channels.Channel:
		return "closes " + on.Name()
	case *actors.Mailbox:
		return "ends the receive of " + w.Label(on.Owner())
	case *runtime.Process:
		return "wakes " + w.Label(on)
	case fmt.Stringer:
		return "sends to " + on.String()
	}
	return "fires"
}
