package views

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// mostMessages is how many messages of a mailbox are shown.
const mostMessages = 50

// registered gives the registered name of a process, "" if it has none.
func registered(w *runtime.World, p *runtime.Process) string { return actors.Of(w).Name(p) }

func mailboxLength(p *runtime.Process) string {
	return strconv.Itoa(actors.Of(p.W).MailboxLen(p))
}

// Mailbox shows the messages of a process in order, and its links and monitors.
func Mailbox(out io.Writer, p *runtime.Process) {
	s := actors.Of(p.W)
	messages := s.Mailbox(p)
	fmt.Fprintf(out, "mailbox of %s: %s\n", p.W.Label(p), counted(len(messages), "message"))
	for i, m := range messages {
		if i == mostMessages {
			fmt.Fprintf(out, "  and %d more\n", len(messages)-i)
			break
		}
		note := ""
		if m.From != nil {
			note = "  from " + p.W.Label(m.From)
		}
		if m.Passed {
			note += "  (no clause of the receive matches it)"
		}
		fmt.Fprintf(out, "  %d  %s%s\n", i+1, short(p.W, m.Value), note)
	}
	if ms, ok := s.Receiving(p); ok && ms >= 0 {
		fmt.Fprintf(out, "in a receive, for at most %d ms\n", ms)
	} else if ok {
		fmt.Fprintln(out, "in a receive")
	}
	for _, q := range s.Links(p) {
		fmt.Fprintf(out, "linked to %s\n", p.W.Label(q))
	}
	for _, m := range s.Monitors(p) {
		if m.Proc != nil {
			fmt.Fprintf(out, "monitors %s (%s)\n", p.W.Label(m.Proc), m.Ref)
		}
	}
	if s.Trapping(p) {
		fmt.Fprintln(out, "traps exits")
	}
}

// unmatched says of a process in a receive which messages lie in its mailbox
// though no clause matches them, each line with its newline; "" if it does not receive.
func unmatched(p *runtime.Process) string {
	s := actors.Of(p.W)
	if _, ok := s.Receiving(p); !ok {
		return ""
	}
	messages := s.Mailbox(p)
	if len(messages) == 0 {
		return "Its mailbox is empty.\n"
	}
	var shown []string
	for i, m := range messages {
		if i == 3 {
			shown = append(shown, "...")
			break
		}
		shown = append(shown, short(p.W, m.Value))
	}
	return fmt.Sprintf("In its mailbox %s, and no clause of the receive matches: %s\n",
		isOrAre(len(messages), "message"), strings.Join(shown, "  "))
}

func isOrAre(n int, what string) string {
	if n == 1 {
		return "is 1 " + what
	}
	return "are " + counted(n, what)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// short prints a value in one line that is not too long.
func short(w *runtime.World, v lang.Value) string { return oneLine(w.Show(v)) }
