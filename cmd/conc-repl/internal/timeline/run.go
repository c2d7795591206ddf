package timeline

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Run is a run as pictures show it.
type Run struct {
	Columns []Column
	Rows    []Row
	Left    int // events before the first row that are left out

	world *runtime.World
}

// Column is a process, or the clock.
type Column struct {
	Name string // unique in the run
	Kind string
}

// Row is an operation.
type Row struct {
	N     int
	Time  time.Duration
	Kind  string // of the event
	Text  string // what is done: put "hello" on c
	Value string // "" if none
	Pos   string // in the source, "" if unknown
	By    int    // column
	From  int    // an arrow leads from this column, -1 for none,
	To    int    // to that one
	Cause int    // index of the row that made this one possible, such as the send of a message; -1 for none
	Held  string // what mailboxes and channels hold after it, once Look has looked
}

// carrier gives the column where what a row gives is from then on: that of who
// got it into the mailbox, or else of who gave it.
func (r *Row) carrier() int {
	if r.To >= 0 {
		return r.To
	}
	return r.By
}

// waited gives the row that put or sent what row i takes, if it lay in a buffer
// or a mailbox in between; -1 if not, as where both came at once.
func (run *Run) waited(i int) int {
	r := &run.Rows[i]
	c := r.Cause
	if c < 0 || r.From >= 0 || run.Rows[c].Kind == "spawn" {
		return -1
	}
	return c
}

// mostRows is how many operations a picture shows: the last ones.
const mostRows = 2000

// hidden are the events that are no operation of their own for a person: the
// other half of one that is shown.
var hidden = map[string]bool{"wake": true, "yield": true}

// Of makes the run of a record, up to the moment where the world is. Values
// are shown by show.
func Of(r *record.Record, w *runtime.World, show func(lang.Value) string) *Run {
	first, _ := r.Range()
	events := slices.DeleteFunc(slices.Clone(r.Between(first-1, r.At())), func(e record.Event) bool { return hidden[e.Kind] })
	run := &Run{world: w}
	if n := len(events); n > mostRows {
		run.Left, events = n-mostRows, events[n-mostRows:]
	}
	p := Printer{show, w}
	cols := columnsOf(w, events)
	index := map[*runtime.Process]int{}
	for i, c := range cols {
		index[c] = i
		run.Columns = append(run.Columns, Column{columnName(w, c, cols), w.KindOf(c)})
	}
	if slices.ContainsFunc(events, func(e record.Event) bool { return e.Proc == nil }) {
		index[nil] = len(cols)
		run.Columns = append(run.Columns, run.clock())
	}
	col := func(p *runtime.Process) int { return index[p] }
	causes := newCauses()
	for i, e := range events {
		row := Row{N: e.N, Time: e.Time, Kind: e.Kind, Text: p.Text(&e.Event), By: col(e.Proc), From: -1, To: -1, Cause: causes.of(i, &e.Event)}
		if !e.Value.IsNil() {
			row.Value = show(e.Value)
		}
		if e.Pos.IsValid() {
			row.Pos = e.Pos.String()
		}
		row.From, row.To = arrow(&e.Event, col)
		run.Rows = append(run.Rows, row)
	}
	return run
}

// clock is the column of what no process does: timers fire.
func (run *Run) clock() Column {
	name := "clock"
	for slices.ContainsFunc(run.Columns, func(c Column) bool { return c.Name == name }) {
		name += "'"
	}
	return Column{name, "timers"}
}

// columnsOf gives the processes of the events, in the order in which they
// appear; the main one is first.
func columnsOf(w *runtime.World, events []record.Event) []*runtime.Process {
	seen := map[*runtime.Process]bool{}
	var out []*runtime.Process
	for _, e := range events {
		for _, p := range []*runtime.Process{e.Proc, e.Peer} {
			if p != nil && !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		}
	}
	if i := slices.Index(out, w.Shell); i > 0 {
		copy(out[1:], out[:i])
		out[0] = w.Shell
	}
	return out
}

// columnName names a process so that no other has the name.
func columnName(w *runtime.World, p *runtime.Process, all []*runtime.Process) string {
	name := strings.Join(strings.Fields(strings.TrimPrefix(w.Label(p), ":")), "_")
	if p == w.Shell {
		name = "main"
	}
	before := 0
	for _, q := range all[:slices.Index(all, p)] {
		if q != w.Shell && w.Label(q) == w.Label(p) {
			before++
		}
	}
	if before > 0 {
		return fmt.Sprintf("%s-%d", name, before+1)
	}
	return name
}

// giving are the events in which the first process gives something to the
// second, and taking those in which it gets something.
var (
	giving = map[string]bool{"send": true, "put": true, "put!": true, "offer!": true, "spawn": true, "signal": true, "result": true}
	taking = map[string]bool{"take": true, "take!": true, "poll!": true}
)

// arrow gives the columns that an event's arrow leads from and to.
func arrow(e *runtime.Event, col func(*runtime.Process) int) (from, to int) {
	if e.Proc == nil || e.Peer == nil || e.Proc == e.Peer {
		return -1, -1
	}
	switch {
	case giving[e.Kind]:
		return col(e.Proc), col(e.Peer)
	case taking[e.Kind]:
		return col(e.Peer), col(e.Proc)
	}
	return -1, -1
}

// causes finds for each event the one that made it possible.
type causes struct {
	steps   map[uint64]int              // row of a step
	buffers map[*channels.Channel][]int // rows of the puts whose values are in a buffer
	born    map[*runtime.Process]int    // row of a process's spawn, until its first event
}

func newCauses() *causes {
	return &causes{map[uint64]int{}, map[*channels.Channel][]int{}, map[*runtime.Process]int{}}
}

func (c *causes) of(i int, e *runtime.Event) int {
	c.steps[e.Step] = i
	cause := -1
	if row, ok := c.born[e.Proc]; ok {
		cause = row
		delete(c.born, e.Proc)
	}
	if row, ok := c.steps[e.Cause]; ok && e.Cause > 0 {
		cause = row
	}
	if e.Kind == "spawn" && e.Peer != nil {
		c.born[e.Peer] = i
	}
	if ch, ok := e.Entity.(*channels.Channel); ok && e.Peer == nil && e.Note != channels.NoteClosed {
		switch q := c.buffers[ch]; {
		case e.Kind == "put" || e.Kind == "offer!" || e.Kind == "result" && !e.Value.IsNil():
			c.buffers[ch] = append(q, i)
		case taking[e.Kind] && len(q) > 0:
			cause, c.buffers[ch] = q[0], q[1:]
		}
	}
	return cause
}

// Look notes for each row what mailboxes and channels hold after it: it walks
// through the record, and leads the world back to where it is.
func (run *Run) Look(r *record.Record) error {
	if len(run.Rows) == 0 {
		return nil
	}
	byNumber := map[int]*Row{}
	for i := range run.Rows {
		byNumber[run.Rows[i].N] = &run.Rows[i]
	}
	return r.Visit(run.Rows[0].N, run.Rows[len(run.Rows)-1].N, func(n int) {
		row := byNumber[n]
		if row == nil {
			return
		}
		var b bytes.Buffer
		views.ChannelLines(&b, run.world, mostHeld)
		views.MailboxLines(&b, run.world, mostHeld)
		row.Held = b.String()
	})
}

// Omission says how many earlier events are left out, "" if none are.
func (run *Run) Omission() string {
	if run.Left == 0 {
		return ""
	}
	return fmt.Sprintf("; %d earlier ones are left out", run.Left)
}

// mostHeld is how many channels, and how many mailboxes, a row tells of.
const mostHeld = 20
