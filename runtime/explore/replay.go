package explore

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Line is one step of a run as it is told to people.
type Line struct {
	Who  string
	What string
	Pos  lang.Pos

	routine bool // it only starts a process from the main one, or ends one
}

// told is a run in words.
type told struct {
	lines []Line
	trace []*step
	names *strings.Replacer // the short names of what took part

	value  string // that it comes to
	reason string // of a deadlock or a leak
	origins
}

// tell replays a schedule and tells each step in words. The world has been
// prepared by within.
func tell(w *runtime.World, start Start, set *settings, o *Options, s Schedule) told {
	var t told
	on(w, start, set, func(r *run) {
		base := len(r.threads)
		for _, l := range s {
			line := r.describe(l)
			t.timers = append(t.timers, slices.IndexFunc(r.timers(), func(t *runtime.Timer) bool { return l.kind == timer && t.Key == l.proc }))
			if !r.do(l) {
				break
			}
			r.trace[len(r.trace)-1].line = line
			t.lines = append(t.lines, line)
		}
		for _, x := range r.threads[base:] {
			t.born = append(t.born, x.id)
		}
		t.trace = r.trace
		t.names = r.names(o.Name)
		end := r.judge(o.Show)
		t.value, t.reason = end.Value, r.reason(o, end.Kind)
	})
	refs := map[string]string{}
	for i := range t.lines {
		l := &t.lines[i]
		l.Who, l.What = t.names.Replace(l.Who), references(t.names.Replace(l.What), refs)
		t.trace[i].line = *l
	}
	return t
}

// reason says why the run has ended in a deadlock or with a leak, "" if it has not.
func (r *run) reason(o *Options, kind Kind) string {
	if o.Reason == nil || kind != Deadlock && kind != Leak {
		return ""
	}
	var events []runtime.Event
	for _, s := range r.trace {
		for _, e := range s.events {
			events = append(events, *e)
		}
	}
	return o.Reason(r.w, events)
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
	if x, ok := op.(runtime.Routine); ok {
		line.routine = x.Routine() || t.p == r.main
	}
	switch l.kind {
	case park:
		line.What = "begins to wait: " + op.About(t.p)
	case branch, meeting:
		line.What = narrowed(op, l.branch).About(t.p)
		if u := r.index[l.peer]; l.kind == meeting && u != nil {
			line.What += ", which " + r.title(u) + " takes"
		}
	case letter:
		line.What = "receive a message"
		if box, ok := op.(runtime.Inbox); ok {
			for _, x := range box.Letters() {
				if from, n, ord := r.sender(x.Step); from == l.peer && n == l.n2 && ord == l.ord {
					line.What = "receive " + r.w.Show(x.Value)
				}
			}
		}
	default:
		line.What = op.About(t.p)
	}
	return line
}

func narrowed(op runtime.Op, b int16) runtime.Op {
	if c, ok := op.(*runtime.Choice); ok && int(b) < len(c.Branches) {
		return c.Branches[b].Op
	}
	return op
}

// title names a process; names has the name for people in its place afterwards.
func (r *run) title(t *thread) string {
	if t.p == r.main {
		return mainName
	}
	return t.p.String()
}
