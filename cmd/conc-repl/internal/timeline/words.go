package timeline

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Printer tells of events in words.
type Printer struct {
	Show  func(lang.Value) string
	World *runtime.World
}

// longest is how much of a description is shown, in runes.
const longest = 100

func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:max(n-2, 0)]) + ".."
	}
	return s
}

// Text says what happened in an event, without who did it.
func (p Printer) Text(e *runtime.Event) string {
	words, ok := phrases[e.Kind]
	if !ok {
		words = runtime.Wording{Clojure: e.Kind + " {value}"}
	}
	text := words.In(p.World.Notation)
	var fill []string
	for gap, with := range gaps {
		if strings.Contains(text, gap) {
			fill = append(fill, gap, with(p, e))
		}
	}
	text = strings.NewReplacer(fill...).Replace(text)
	for _, r := range remarks {
		if r.of(e) {
			text += r.text
			break
		}
	}
	if e.Kind == "exit" && e.Note != "normal" {
		text += ": " + e.Note
	}
	return clip(text, longest)
}

func (p Printer) name(q *runtime.Process) string {
	if q == p.World.Shell {
		return "main"
	}
	return p.World.Label(q)
}

func (p Printer) entity(x runtime.Entity) string {
	switch x := x.(type) {
	case *channels.Channel:
		return x.Name()
	case *actors.Mailbox:
		return "the mailbox of " + p.name(x.Owner())
	case *runtime.Var:
		return x.Name
	case *runtime.Process:
		return p.name(x)
	case interface{ Thing() runtime.Thing }:
		return p.World.Say(runtime.Wording{Clojure: "%s"}, x.Thing())
	}
	return "it"
}

// line tells of an event in one line.
func (p Printer) line(e *record.Event) string {
	who := "-"
	if e.Proc != nil {
		who = p.name(e.Proc)
	}
	at := ""
	if e.Pos.IsValid() {
		at = "  " + e.Pos.String()
	}
	return fmt.Sprintf("%5d  %-8s %s%s", e.N, who, p.Text(&e.Event), at)
}

// List lists the events of two numbers and what is between, with the forms
// that they came of, and marks the moment where the world is.
func (p Printer) List(out io.Writer, r *record.Record, from, to int) {
	entries := r.Entries()
	for len(entries) > 1 && entries[1].After < from {
		entries = entries[1:]
	}
	for n := from; n <= to; n++ {
		for len(entries) > 0 && entries[0].After < n {
			fmt.Fprintf(out, "       %s\n", clip(entries[0].Text, longest))
			entries = entries[1:]
		}
		if e, ok := r.Event(n); ok {
			fmt.Fprintln(out, p.line(&e))
		}
		if _, last := r.Range(); n == r.At() && n < last {
			fmt.Fprintln(out, "       -- the world stands here --")
		}
	}
}

// Explain tells all about one event, and shows what it was about as it was just then.
func (p Printer) Explain(out io.Writer, r *record.Record, n int) error {
	e, ok := r.Event(n)
	if !ok {
		first, last := r.Range()
		return fmt.Errorf("there is no event %d: the record has %d to %d", n, first, last)
	}
	fmt.Fprintf(out, "%s\n", strings.TrimSpace(p.line(&e)))
	if line, ok := e.Pos.SourceLine(); ok {
		fmt.Fprintf(out, "  %s\n", strings.TrimSpace(line))
	}
	fmt.Fprintf(out, "  at %v\n", e.Time.Round(time.Microsecond))
	if c, ok := r.ByStep(e.Cause); ok {
		fmt.Fprintf(out, "  made possible by event %s\n", strings.TrimSpace(p.line(&c)))
	}
	p.fate(out, r, &e)
	return r.Visit(n, n, func(int) { p.around(out, &e) })
}

// fate says what became of a message that was sent.
func (p Printer) fate(out io.Writer, r *record.Record, e *record.Event) {
	if e.Kind != "send" || e.Peer == nil {
		return
	}
	for _, f := range r.Events() {
		if f.Kind == "remove" && f.Cause == e.Step {
			fmt.Fprintf(out, "  received as event %s\n", strings.TrimSpace(p.line(&f)))
			return
		}
	}
	why := "no receive has looked at it"
	for _, m := range actors.Of(p.World).Mailbox(e.Peer) {
		if m.Passed && lang.Identical(m.Value, e.Value) {
			why = "the receive passed over it: no clause matches"
		}
	}
	if e.Peer.Status == runtime.Done && e.Peer != p.World.Shell {
		why = "its receiver has ended"
	}
	fmt.Fprintf(out, "  it was not received: %s\n", why)
}

// around shows the mailbox or the channel that an event was about.
func (p Printer) around(out io.Writer, e *record.Event) {
	q := e.Peer
	if m, ok := e.Entity.(*actors.Mailbox); ok {
		q = m.Owner()
	}
	switch x := e.Entity.(type) {
	case *channels.Channel:
		views.Channel(out, p.World, lang.Obj(x))
	default:
		if q == nil {
			q = e.Proc
		}
		if q != nil && q.Kind != runtime.Go && q.Kind != runtime.Thread {
			views.Mailbox(out, q)
		}
	}
}
