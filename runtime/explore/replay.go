package explore

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Line is one step of a run as it is told to people.
type Line struct {
	Who  string
	What string
	Pos  lang.Pos
}

// String gives: p107 sends 1 to p106.
func (l Line) String() string { return l.Who + ": " + l.What }

// tell replays a schedule and tells each step in words. The world has been
// prepared by within.
func tell(w *runtime.World, start Start, set *settings, s Schedule) ([]Line, []*step) {
	mark := w.Checkpoint()
	r := newRun(w, set, map[tried]bool{}, start)
	var lines []Line
	for _, l := range s {
		line := r.describe(l)
		if !r.do(l) {
			break
		}
		r.trace[len(r.trace)-1].line = line
		lines = append(lines, line)
	}
	trace := r.trace
	r.close()
	w.Rollback(mark)
	w.Release(mark)
	return lines, trace
}

// describe tells in words what the step of a label will do.
func (r *run) describe(l label) Line {
	switch l.kind {
	case clock:
		return Line{Who: "clock", What: "time goes on"}
	case timer:
		return Line{Who: "clock", What: "a timer fires"}
	}
	t := r.index[l.proc]
	if t == nil {
		return Line{}
	}
	line := Line{Who: r.title(t), Pos: t.p.Pos()}
	op := t.p.Waiting()
	switch l.kind {
	case park:
		line.What = "begins to wait: " + op.About()
	case branch, meeting:
		line.What = narrowed(op, l.branch).About()
		if u := r.index[l.peer]; l.kind == meeting && u != nil {
			line.What += ", which " + r.title(u) + " takes"
		}
	case letter:
		line.What = "receive a message"
		if box, ok := op.(runtime.Inbox); ok {
			for _, x := range box.Letters() {
				if from, n, ord := r.sender(x.Step); from == l.peer && n == l.n2 && ord == l.ord {
					line.What = "receive " + lang.PrString(x.Value)
				}
			}
		}
	default:
		line.What = op.About()
	}
	return line
}

func narrowed(op runtime.Op, b int16) runtime.Op {
	if c, ok := op.(*runtime.Choice); ok && int(b) < len(c.Branches) {
		return c.Branches[b].Op
	}
	return op
}

func (r *run) title(t *thread) string {
	if t.p == r.main {
		return "main"
	}
	return t.p.Name()
}

// Brief puts the lines into one, leaving out what only starts processes.
func Brief(lines []Line) string {
	var parts []string
	for _, l := range lines {
		if l.Who == "main" && (strings.HasPrefix(l.What, "start a") || l.What == "spawn" || l.What == "future") {
			continue
		}
		parts = append(parts, shorten(l.String()))
	}
	return strings.Join(parts, " > ")
}

// shorten cuts a long text.
func shorten(s string) string {
	const most = 72
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}

// why names the two steps whose order leads to the outcome: of those that
// depend on each other, the first pair that the simplest run has in the other
// order than a run that ends otherwise.
func why(bad, good []*step) string {
	at := map[label]int{}
	for i, s := range good {
		at[s.label.base()] = i
	}
	for j := range bad {
		b, ok := at[bad[j].base()]
		if !ok {
			continue
		}
		for i := range j {
			a, ok := at[bad[i].base()]
			if ok && a > b && bad[j].past.has(i) && touches(bad[i], bad[j]) {
				return fmt.Sprintf("%q of %s came before %q of %s", bad[i].line.What, bad[i].line.Who, bad[j].line.What, bad[j].line.Who)
			}
		}
	}
	return ""
}

// base is the label without what was chosen.
func (l label) base() label { return label{proc: l.proc, n: l.n} }
