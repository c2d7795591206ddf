package runtime

import (
	"io"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Console is a stream of text that a program writes: an entity, since what
// one process writes stands before or after what another does. While an
// ordinary checkpoint is open its text is kept, and goes out when what was
// done is final.
type Console struct {
	Stamped
	Name string
	W    io.Writer
	held *heldText // newest first
	err  error
}

type heldText struct {
	s    string
	next *heldText
}

// Save gives the text held.
func (c *Console) Save() any { return c.held }

// Restore takes back what was written since.
func (c *Console) Restore(s any) { c.held = s.(*heldText) }

// Held gives the text written under the open checkpoints.
func (c *Console) Held() string {
	var parts []string
	for h := c.held; h != nil; h = h.next {
		parts = append(parts, h.s)
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
	}
	return b.String()
}

// Write writes text on behalf of p, which may be nil. It is the console's
// operation: one event.
func (c *Console) Write(w *World, p *Process, text string) {
	if w.Holding() {
		w.Touch(c)
		c.held = &heldText{text, c.held}
	} else {
		c.put(text)
	}
	w.Emit(Event{Kind: "print", Proc: p, Entity: c, Note: text})
}

func (c *Console) put(text string) {
	if c.W != nil && c.err == nil {
		_, c.err = io.WriteString(c.W, text)
	}
}

// Flush sends out the text that was held.
func (c *Console) Flush() {
	text := c.Held()
	c.held = nil
	c.put(text)
}

// Err gives the error that writing met first: a closed pipe, most likely.
func (c *Console) Err() error { return c.err }

// Print is the operation of writing text to c.
func (p *Process) Print(c *Console, text string) lang.Value {
	if text == "" {
		return lang.Nil
	}
	return p.Perform(&Effect{Name: WordsPrint, With: []any{lang.Str(text)}, On: []Access{{c, Write}},
		Do: func(w *World, p *Process) lang.Value {
			c.Write(w, p, text)
			return lang.Nil
		}})
}

// Input is the lines that programs read: an entity fed from outside.
type Input struct {
	Stamped
	lines    Queue[string]
	waiters  Queue[*Waiter]
	closed   bool
	external bool
	// Wanted, if set, is told when a process begins to wait for a line; it
	// gives false if no more can come.
	Wanted func() bool
	// Fetch, if set, reads a line at once, for an exploration; it gives false
	// if no more can come.
	Fetch func() (line string, ok bool)

	fetched []string // recorded: no checkpoint undoes that they were read
	over    bool     // no more can be fetched
	drawn   int      // how many of them processes have taken
}

type inputState struct {
	lines   Queue[string]
	waiters Queue[*Waiter]
	closed  bool
	drawn   int
}

// Save gives the state.
func (in *Input) Save() any { return inputState{in.lines, in.waiters, in.closed, in.drawn} }

// Restore puts a state back.
func (in *Input) Restore(s any) {
	st := s.(inputState)
	in.lines, in.waiters, in.closed, in.drawn = st.lines, st.waiters, st.closed, st.drawn
}

// fetch sees to it that there is a line, or the end, for an exploration: what it
// has fetched before, or else what it fetches now. It reports whether it could.
func (in *Input) fetch() bool {
	if in.drawn < len(in.fetched) || in.over {
		return true
	}
	if in.Fetch == nil {
		return false
	}
	line, ok := in.Fetch()
	if ok {
		in.fetched = append(in.fetched, line)
	} else {
		in.over = true
	}
	return true
}

// giveBack has the lines that an exploration has fetched be there again.
func (in *Input) giveBack(w *World) {
	for _, line := range in.fetched {
		in.Feed(w, line)
	}
	if in.over {
		in.Close(w)
	}
	in.fetched, in.over, in.drawn = nil, false, 0
}

func (in *Input) awaited() bool {
	if in.closed {
		return false
	}
	found := false
	in.waiters.Each(func(wt *Waiter) bool { found = wt.Live(); return !found })
	return found
}

// Awaited reports whether a process waits for a line.
func (in *Input) Awaited() bool { return in.awaited() }

// Feed gives a line, without its newline, to the process that has waited
// longest, or keeps it for the next that reads.
func (in *Input) Feed(w *World, line string) {
	w.Touch(in)
	in.lines.Push(line)
	in.match(w)
}

// Close says that no more lines will come: readers get nil.
func (in *Input) Close(w *World) {
	w.Touch(in)
	in.closed = true
	in.match(w)
}

func (in *Input) match(w *World) {
	for in.waiters.Len() > 0 && (in.lines.Len() > 0 || in.closed) {
		wt, _ := in.waiters.Pop()
		if !wt.Live() {
			continue
		}
		v := in.take(w, wt.Proc)
		w.Complete(wt, 0, v)
	}
}

func (in *Input) take(w *World, p *Process) lang.Value {
	v := lang.Nil
	if line, ok := in.lines.Pop(); ok {
		v = lang.Str(line)
	} else if in.drawn < len(in.fetched) {
		v = lang.Str(in.fetched[in.drawn])
		in.drawn++
	}
	w.Emit(Event{Kind: "read", Proc: p, Entity: in, Value: v})
	return v
}

// ReadLine is the operation of reading a line: a string, or nil at the end.
func (p *Process) ReadLine() lang.Value { return p.Perform(&readLine{p.W.In}) }

type readLine struct{ in *Input }

func (r *readLine) Ready(w *World, _ *Process) bool {
	return r.in.lines.Len() > 0 || r.in.closed || w.explored() && r.in.fetch()
}

func (r *readLine) Try(w *World, p *Process) (lang.Value, bool) {
	if !r.Ready(w, p) && !w.explored() && r.in.Wanted != nil && !r.in.Wanted() {
		w.Touch(r.in)
		r.in.closed = true
	}
	if !r.Ready(w, p) {
		return lang.Nil, false
	}
	w.Touch(r.in)
	return r.in.take(w, p), true
}

func (r *readLine) Park(w *World, wt *Waiter, _ int) {
	w.Touch(r.in)
	r.in.waiters.Push(wt)
}

func (r *readLine) Cancel(w *World, wt *Waiter, _ int) {
	w.Touch(r.in)
	r.in.waiters.Filter(func(x *Waiter) bool { return x != wt })
}

func (r *readLine) Access(acc []Access) []Access { return append(acc, Access{r.in, Write}) }

func (r *readLine) About(p *Process) string { return p.Say(wordsReadLine) }
