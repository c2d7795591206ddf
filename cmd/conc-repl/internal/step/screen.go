package step

import (
	"fmt"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/timeline"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/runtime"
)

const (
	mostShown  = 12 // processes, channels or timers on a screen
	mostFrames = 3  // callers of a process
)

// screen shows the stop: every process with the expression that is next, the
// channels, mailboxes and timers.
func (s *Stepper) screen() {
	if s.Quiet {
		return
	}
	w := s.S.World
	_, last := s.Rec.Range()
	past := ""
	if s.Rec.At() < last {
		past = fmt.Sprintf(" of %d", last)
	}
	fmt.Fprintf(s.Out, "-- event %d%s, %v --\n", s.Rec.At(), past, max(0, w.Elapsed()-s.began))
	next := s.choose()
	ps := s.present()
	for i, p := range ps {
		if i == mostShown {
			fmt.Fprintf(s.Out, "  and %d more processes (.ps)\n", len(ps)-i)
			break
		}
		s.process1(p, p == next)
	}
	views.ChannelLines(s.Out, w, mostShown)
	views.MailboxLines(s.Out, w, mostShown)
	views.TimerLines(s.Out, w, mostShown)
	s.walkLine()
	if !s.on && next == nil && len(s.set) == 0 && w.TimersArmed() == 0 && s.Rec.At() == last {
		s.remains()
	}
}

// present gives the processes to show: all but the shell's when it is done.
func (s *Stepper) present() []*runtime.Process {
	return slices.DeleteFunc(s.S.World.Processes(), func(p *runtime.Process) bool { return p.Status == runtime.Done })
}

// process1 shows one process: what it is about to do, and where.
func (s *Stepper) process1(p *runtime.Process, next bool) {
	mark := "  "
	if next {
		mark = "> "
	}
	fmt.Fprintf(s.Out, "%s%s (%s) %s\n", mark, s.S.World.Label(p), s.S.World.KindOf(p), s.doing(p))
	calls := p.Scopes()
	for i, c := range calls {
		if i == mostFrames {
			fmt.Fprintf(s.Out, "    and %d more calls\n", len(calls)-i)
			break
		}
		if text := excerpt(c.Pos, i == 0); text != "" {
			fmt.Fprintf(s.Out, "    %s\n", text)
		}
		if text := s.localsText(c.Locals); i == 0 && text != "" {
			fmt.Fprintf(s.Out, "      %s\n", text)
		}
	}
	if s.unit == instruction {
		s.code(p)
	}
}

// codeBefore and codeAfter say how much is shown of the code around the next instruction.
const codeBefore, codeAfter = 2, 4

// code shows the instructions around the one that is next for a process that
// stands between two.
func (s *Stepper) code(p *runtime.Process) {
	code, pc, ok := p.Instruction()
	if !ok {
		return
	}
	fmt.Fprintf(s.Out, "      %s/%d\n", code.Name, code.NArgs)
	from := max(pc-codeBefore, 0)
	for i, line := range compile.Listing(code, from, pc+codeAfter) {
		mark := " "
		if from+i == pc {
			mark = ">"
		}
		fmt.Fprintf(s.Out, "      %s %s\n", mark, line)
	}
}

// doing says what a process is about to do or waits for.
func (s *Stepper) doing(p *runtime.Process) string {
	text := s.S.World.StatusOf(p)
	op := p.Waiting()
	switch {
	case p.Status == runtime.AtOp:
		text = "next: " + op.About(p) + s.branches(p)
		if !s.mayGoOn(p) {
			text += " (it will wait)"
		}
	case p.Status == runtime.Parked:
		text = "waits: " + op.About(p)
	}
	if s.set[p] {
		text += ", set aside"
	}
	return text
}

// mayGoOn reports whether the operation before which p stands could be done now.
func (s *Stepper) mayGoOn(p *runtime.Process) bool {
	if s.on {
		if who, _ := s.walk.Next(); len(who) > 1 && slices.Contains(who, p) {
			return true // the two meet
		}
	}
	box, receives := p.Waiting().(runtime.Inbox)
	return receives && len(box.Letters()) > 0 || p.Waiting().Ready(s.S.World, p)
}

// branches numbers the branches of a choice that are ready, if several are.
func (s *Stepper) branches(p *runtime.Process) string {
	c := choiceOf(p)
	if c == nil || c.Priority {
		return ""
	}
	var ready []string
	for i, b := range c.Branches {
		if b.Op.Ready(s.S.World, p) {
			ready = append(ready, fmt.Sprintf("%d: %s", i+1, b.Op.About(p)))
		}
	}
	if len(ready) < 2 {
		return ""
	}
	return " (branch " + strings.Join(ready, ", branch ") + ")"
}

// remains says what is left when nothing can happen any more.
func (s *Stepper) remains() {
	w := s.S.World
	switch {
	case s.S.Busy():
		fmt.Fprint(s.Out, views.Deadlock(w, timeline.Past(s.Rec)))
	default:
		leaks := views.Leaks(w, timeline.Past(s.Rec), false)
		for _, l := range leaks {
			fmt.Fprintln(s.Out, l)
		}
		if len(leaks) == 0 {
			fmt.Fprintln(s.Out, "; nothing is left to do")
		}
	}
}

// maxExcerpt is how much of a source line is shown, in runes.
const maxExcerpt = 100

// excerpt gives a place and its source line, in which the expression at it
// stands between » and « if it is the one that is next.
func excerpt(p lang.Pos, next bool) string {
	line, ok := p.SourceLine()
	if !ok {
		return ""
	}
	r := []rune(line)
	from := min(max(int(p.Col)-1, 0), len(r))
	text := strings.TrimSpace(line)
	if next {
		var to int
		from, to = marked(r, from)
		text = strings.TrimSpace(string(r[:from]) + "»" + string(r[from:to]) + "«" + string(r[to:]))
	}
	if rs := []rune(text); len(rs) > maxExcerpt {
		start := max(0, min(from-maxExcerpt/2, len(rs)-maxExcerpt))
		text = "..." + string(rs[start:start+maxExcerpt]) + "..."
	}
	return fmt.Sprintf("%s:%d  %s", p.Src.Name, p.Line, text)
}

// marked gives where the expression at a place of a line begins and ends, for
// people: at the arrow of a clause stands its pattern, at a definition its head.
func marked(r []rune, at int) (from, to int) {
	text := string(r[at:])
	if strings.HasPrefix(text, "->") {
		before := string(r[:at])
		start := 0
		for _, opens := range []string{"do ", "fn ", "; ", "end "} {
			if i := strings.LastIndex(before, opens); i >= 0 {
				start = max(start, i+len(opens))
			}
		}
		start += len(before[start:]) - len(strings.TrimLeft(before[start:], " \t"))
		return len([]rune(before[:start])), at + len("->")
	}
	if word, _, ok := strings.Cut(text, " "); ok && slices.Contains([]string{"def", "defp", "defmacro", "defmacrop"}, word) {
		end := len(text)
		for _, closes := range []string{" do", ", do:"} {
			if i := strings.Index(text, closes); i >= 0 {
				end = min(end, i)
			}
		}
		return at, at + len([]rune(text[:end]))
	}
	return at, at + extent(r[at:])
}

// closing has the bracket that ends what each opening one begins.
var closing = map[rune]rune{'(': ')', '[': ']', '{': '}'}

// extent gives how much of a line the expression at its beginning takes: a
// word, with the brackets that follow it, or a bracket up to the one that closes it.
func extent(r []rune) int {
	var open []rune
	quoted := false
	for i := 0; i < len(r); i++ {
		c := r[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case closing[c] != 0:
			open = append(open, closing[c])
		case len(open) > 0 && c == open[len(open)-1]:
			if open = open[:len(open)-1]; len(open) == 0 {
				return i + 1
			}
		case len(open) == 0 && (c == ' ' || c == ')' || c == ']' || c == '}' || c == ','):
			return i
		}
	}
	return len(r)
}
