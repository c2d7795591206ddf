package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Message is what a view shows of one message.
type Message struct {
	Value  lang.Value
	From   *runtime.Process // nil for a timer
	Step   uint64           // the event with which it came
	Passed bool             // the receive that goes on looked at it, and no clause took it
}

// Mailbox gives the messages of a process in their order.
func (s *System) Mailbox(p *runtime.Process) []Message {
	m := &s.actor(p).Mailbox
	passed := m.passed()
	out := make([]Message, 0, m.Len())
	m.each(func(x message) bool {
		out = append(out, Message{x.v, x.from, x.step, len(out) < passed})
		return true
	})
	return out
}

// passed gives how many messages the receive that goes on has looked at.
func (m *Mailbox) passed() int {
	if !m.active {
		return 0
	}
	return m.saved.len() + m.tail.Len() + m.leaf.Len() - m.cur.Len()
}

// WouldTake reports whether the receive in which p waits would take a message. It
// finds out by trying, and takes back all that comes of it. It is to be asked when
// nothing is ready.
func (s *System) WouldTake(p *runtime.Process, v lang.Value) bool {
	a, ok := p.Waiting().(*arrival)
	if !ok {
		return false
	}
	halts, mark := s.w.Halts(), s.w.Checkpoint()
	s.w.StopBeforeOps(true)
	defer func() {
		s.w.Rollback(mark)
		s.w.Release(mark)
		s.w.StopBeforeOps(halts)
	}()
	s.w.Reconsider(p)
	a.Offer(v)
	s.w.Grant(p)
	for from := p.Reductions(); p.Status == runtime.Ready && p.Reductions()-from < tryWork; {
		s.w.Step(p, 0)
	}
	_, takes := p.Waiting().(*removal)
	return takes
}

// tryWork bounds the reductions of a matcher that is tried.
const tryWork = 100_000

// Asks gives what the clauses of the receive in which p waits ask for at first sight;
// nil if one may take anything.
func (s *System) Asks(p *runtime.Process) []lang.Head {
	a, ok := p.Waiting().(*arrival)
	if !ok || a.filter == nil {
		return nil
	}
	return a.filter.Heads
}

// Messages gives the values of a process's messages in their order.
func (s *System) Messages(p *runtime.Process) []lang.Value {
	m := &s.actor(p).Mailbox
	out := make([]lang.Value, 0, m.Len())
	m.each(func(x message) bool { out = append(out, x.v); return true })
	return out
}

// MailboxLen gives the number of messages of a process.
func (s *System) MailboxLen(p *runtime.Process) int {
	if a, ok := p.Slot(slot).(*actor); ok {
		return a.Len()
	}
	return 0
}

// Receiving reports whether p is in a receive, and for how many milliseconds
// at most it waits (-1: for ever).
func (s *System) Receiving(p *runtime.Process) (timeout int64, receiving bool) {
	if a, ok := p.Slot(slot).(*actor); ok && a.active {
		return a.timeout, true
	}
	return 0, false
}

// Links gives the processes that p is linked to, by number.
func (s *System) Links(p *runtime.Process) []*runtime.Process { return pids(look(p).links) }

// Monitor is one monitor, as a view shows it.
type Monitor struct {
	Ref  *Reference
	Proc *runtime.Process // the other end
}

// Monitors gives the monitors that p has made.
func (s *System) Monitors(p *runtime.Process) []Monitor { return monitorList(look(p).monitors) }

// MonitoredBy gives the monitors that watch p.
func (s *System) MonitoredBy(p *runtime.Process) []Monitor { return monitorList(look(p).watchers) }

func monitorList(m *lang.Map) []Monitor {
	var out []Monitor
	for _, t := range monitorTies(m) {
		q, _ := t.end.Obj().(*runtime.Process)
		out = append(out, Monitor{t.ref, q})
	}
	return out
}

// Name gives the registered name of p, "" if it has none.
func (s *System) Name(p *runtime.Process) string {
	if k := look(p).name; k != nil {
		return k.String()
	}
	return ""
}

// Whereis gives the process registered under a name, nil if there is none.
func (s *System) Whereis(name string) *runtime.Process {
	return s.lookup(lang.InternKeyword("", name))
}

// Trapping reports whether p traps exits.
func (s *System) Trapping(p *runtime.Process) bool { return look(p).trap }

// Exit sends p an exit signal in the shell's name: its .kill.
func (s *System) Exit(p *runtime.Process, reason lang.Value) {
	s.signal(signal{kind: sigExit, from: s.w.Shell, to: p, v: reason})
}
