package actors

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// signalKind tells the signals of Erlang's reference manual ("Signals") apart.
type signalKind uint8

const (
	sigExit signalKind = iota // exit with two arguments
	sigLink                   // the end of a linked process
	sigDown                   // the end of a monitored one
)

// signal is what one process sends to another besides messages.
type signal struct {
	kind     signalKind
	from, to *runtime.Process
	v        lang.Value // the reason
	ref      *Reference // of a down
}

// signal carries a signal to its receiver, at once, as put does a message. Everything
// that one process sends to another comes through these two, in the order in which
// it was sent: a delivery that is a step of its own would queue it here, by
// sender and receiver.
func (s *System) signal(g signal) {
	switch g.kind {
	case sigExit, sigLink:
		s.exitSignal(g)
	case sigDown:
		s.down(g)
	}
}

// put appends a message to the mailbox of its receiver: one event. A message
// to the dead is lost.
func (s *System) put(from, to *runtime.Process, v lang.Value, note string) {
	w := s.w
	m := s.mailbox(to)
	if !Alive(to) {
		w.Lose(sent(from, m, v, note))
		return
	}
	if w.Occurs() {
		w.Tell(sent(from, m, v, note))
	}
	w.Touch(m)
	q := &m.rest
	if w.Pooling() {
		q = &m.pool
	}
	x := q.Add()
	x.v, x.from, x.step = v, from, w.Steps()
	if !w.Pooling() {
		m.wake(w.Steps())
	}
}

func sent(from *runtime.Process, m *Mailbox, v lang.Value, note string) runtime.Event {
	return runtime.Event{Kind: eventSend, Proc: from, Peer: m.owner, Entity: m, Value: v, Note: note}
}

// exitSignal follows the manual's section "Receiving Exit Signals".
func (s *System) exitSignal(g signal) {
	q := g.to
	switch {
	case !Alive(q):
	case !s.ends(g):
		if look(q).trap {
			s.put(g.from, q, lang.Vec(kwEXIT, lang.Obj(g.from), g.v), "EXIT")
		}
	case g.untrappable():
		s.kill(q, kwKilled)
	default:
		s.kill(q, g.v)
	}
}

// untrappable reports whether an exit signal ends also who traps exits.
func (g *signal) untrappable() bool { return g.kind == sigExit && lang.Identical(g.v, kwKill) }

// ends reports whether the receiver of an exit signal ends of it, if it is alive.
func (s *System) ends(g signal) bool {
	return g.untrappable() || !look(g.to).trap && (!lang.Identical(g.v, kwNormal) || g.kind == sigExit && g.from == g.to)
}

// down tells a watcher of the end of what its monitor ref watched.
func (s *System) down(g signal) {
	if !Alive(g.to) {
		return
	}
	if g.ref.alias == aliasDemonitor || g.ref.alias == aliasReply {
		s.endAlias(g.ref)
	}
	s.put(g.from, g.to, lang.Vec(kwDOWN, lang.Obj(g.ref), kwProcess, g.ref.object, g.v), "DOWN")
}

// kill ends q at once for a reason; none of its handlers see it.
func (s *System) kill(q *runtime.Process, reason lang.Value) {
	if q == s.w.Shell {
		s.killShell(q, reason)
		return
	}
	s.w.Kill(q, lang.NewReason(lang.KindExit, reason))
}

// killShell ends what the shell is doing, and all that it has as an actor.
func (s *System) killShell(q *runtime.Process, reason lang.Value) {
	s.dying = append(s.dying, dead{q, reason})
	s.bury()
	s.w.Kill(q, lang.NewReason(lang.KindExit, reason))
	if s.ShellExit != nil {
		s.ShellExit(reason)
	}
}

// dead is a process that has ended, and why.
type dead struct {
	p      *runtime.Process
	reason lang.Value
}

// onExit is called when a process has ended, except that the shell only
// finishes a form.
func (s *System) onExit(_ *runtime.World, p *runtime.Process) {
	if p == s.w.Shell || p.Slot(slot) == nil {
		return
	}
	_, e := p.Result()
	s.dying = append(s.dying, dead{p, s.ReasonOf(e)})
	s.bury()
}

// bury tells those who are linked to the dead or watch them. Who dies of that
// joins the line, so that a chain of a million links takes no Go stack.
func (s *System) bury() {
	if s.busy {
		return
	}
	s.busy = true
	for i := 0; i < len(s.dying); i++ {
		s.buryOne(s.dying[i])
	}
	clear(s.dying)
	s.dying, s.busy = s.dying[:0], false
}

// ending appends what the end of p uses: its ties and those at their other
// ends. Unless it ends normally, so it is with all that are linked to it,
// directly or by others, and do not trap exits: they end of it, too.
func (s *System) ending(p *runtime.Process, normal bool, acc []runtime.Access) []runtime.Access {
	line := []*runtime.Process{p}
	for i := 0; i < len(line); i++ {
		acc = append(acc, runtime.Access{Entity: s.bonds(line[i]), Mode: runtime.Write})
		t := look(line[i])
		if i > 0 && (t.trap || normal) {
			continue
		}
		if i > 0 {
			acc = append(acc, runtime.Access{Entity: line[i], Mode: runtime.Write})
		}
		if t.name != nil {
			acc = append(acc, runtime.Access{Entity: &s.names, Mode: runtime.Write})
		}
		for _, m := range append(monitorTies(t.watchers), monitorTies(t.monitors)...) {
			if q, ok := m.end.Obj().(*runtime.Process); ok {
				acc = append(acc, runtime.Access{Entity: s.bonds(q), Mode: runtime.Write})
			}
		}
		for _, q := range pids(t.links) {
			if !slices.Contains(line, q) {
				line = append(line, q)
			}
		}
	}
	return acc
}

func (s *System) buryOne(d dead) {
	p, t := d.p, look(d.p)
	if t.name != nil {
		s.w.Emit(runtime.Event{Kind: eventUnregister, Proc: p, Peer: p, Entity: &s.names, Value: lang.Kw(t.name)})
		s.setName(p, nil)
	}
	for _, q := range pids(t.links) {
		s.unlink(p, q)
		s.signal(signal{kind: sigLink, from: p, to: q, v: d.reason})
	}
	for _, m := range monitorTies(t.watchers) {
		watcher := m.end.Obj().(*runtime.Process)
		s.unwatch(watcher, m.ref)
		s.signal(signal{kind: sigDown, from: p, to: watcher, v: d.reason, ref: m.ref})
	}
	for _, m := range monitorTies(t.monitors) {
		s.unwatch(p, m.ref)
	}
	a := s.actor(p)
	s.w.Touch(&a.Mailbox)
	s.disarm(&a.Mailbox)
	a.Mailbox.box = box{}
	if a.bonds != nil {
		s.w.Touch(a.bonds)
		a.bonds.ties = noTies
	}
}

// ReasonOf gives the exit reason of a process that ended with e, nil for a
// normal end: what its links and monitors are told. An error is
// [reason stacktrace], as on the BEAM, where the reason of an exception that
// Erlang does not know is the exception itself.
func (s *System) ReasonOf(e *lang.Exception) lang.Value {
	switch {
	case e == nil:
		return kwNormal
	case e.Kind == lang.KindExit:
		return e.Reason
	case e.Kind == lang.KindThrow:
		return lang.Vec(lang.Vec(kwNocatch, e.Reason), s.stacktrace(e))
	case s.Elixir != nil:
		return lang.Vec(s.Elixir.Reason(e), s.stacktrace(e))
	}
	reason := e.Reason
	if reason.IsNil() {
		reason = lang.Obj(e)
		if k := e.Class.CanonicalReason(); k != nil {
			reason = lang.Kw(k)
		}
	}
	return lang.Vec(reason, Stacktrace(e.Trace))
}

func (s *System) stacktrace(e *lang.Exception) lang.Value {
	if s.Elixir != nil {
		return s.Elixir.Stacktrace(e)
	}
	return Stacktrace(e.Trace)
}

// Stacktrace gives a trace as data: a list of [module function arity
// [[:file f] [:line n]]], where the arity of a Clojure function is not known
// and nil.
func Stacktrace(trace []lang.TraceEntry) lang.Value {
	out := make([]lang.Value, len(trace))
	for i, t := range trace {
		out[i] = frameData(t)
	}
	return lang.ListOf(out...)
}

func frameData(t lang.TraceEntry) lang.Value {
	ns, name := splitName(t.Name)
	var where []lang.Value
	if t.Pos.IsValid() {
		file := "REPL"
		if t.Pos.Src != nil {
			file = t.Pos.Src.Name
		}
		where = []lang.Value{lang.Vec(lang.K("file"), lang.Str(file)), lang.Vec(lang.K("line"), lang.Int(int64(t.Pos.Line)))}
	}
	return lang.Vec(lang.K(ns), lang.K(name), lang.Nil, lang.ListOf(where...))
}

// splitName splits user/fib.
func splitName(s string) (ns, name string) {
	for i := 1; i < len(s)-1; i++ {
		if s[i] == '/' {
			return s[:i], s[i+1:]
		}
	}
	return "user", s
}
