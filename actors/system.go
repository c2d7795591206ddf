package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// System is the actor model of one world: its registry, its settings and its
// hooks.
type System struct {
	// ShellExit, if set, is told when the shell's own process got an exit
	// signal that ends it. It has lost its mailbox, links and flags, and what
	// it was doing; its number and its bindings stay.
	ShellExit func(reason lang.Value)
	// Report, if set, writes the report of an actor that an error ended, in
	// place of the standard one.
	Report func(p *runtime.Process, e *lang.Exception)
	// Elixir, if set, has reports and exit reasons show exceptions as that
	// notation's library does.
	Elixir *Exceptions
	// ReceiveAnywhere lets go blocks receive.
	ReceiveAnywhere bool
	// MailboxLimit is how many messages a mailbox may hold; a send beyond it
	// raises in the sender.
	MailboxLimit int

	w      *runtime.World
	names  registry
	global registry // of :global, where a name may be any term
	logger logger
	last   *Mailbox
	dying  []dead // whose links and monitors are still to be told
	busy   bool   // somebody is at it
}

// defaultMailboxLimit is far above what a working program piles up, and below
// what fills the memory of a small machine.
const defaultMailboxLimit = 20_000_000

// Install brings the actor model into a world: it answers the receive
// instructions, learns of the ends of processes, and offers its library.
func Install(w *runtime.World) *System {
	s := &System{w: w, names: registry{table: lang.EmptyMap}, global: registry{table: lang.EmptyErlangMap}, MailboxLimit: defaultMailboxLimit}
	w.Receiver = s
	w.OnExit = append(w.OnExit, s.onExit)
	w.Unpool = s.unpool
	w.Ending = func(p *runtime.Process, e *lang.Exception, acc []runtime.Access) []runtime.Access {
		return s.ending(p, lang.Identical(s.ReasonOf(e), kwNormal), acc)
	}
	others := w.Uncaught
	w.Uncaught = func(w *runtime.World, p *runtime.Process, e *lang.Exception) {
		switch {
		case p.Kind == runtime.Actor && s.Report != nil:
			s.Report(p, e)
		case p.Kind == runtime.Actor || s.Elixir != nil && p.Kind != runtime.Shell && p.Notation() == lang.ElixirNotation:
			s.report(p, e)
		case others != nil:
			others(w, p, e)
		}
	}
	// The actor forms stand in the namespace user from the start, before
	// clojure.core's: send is here for agents, too.
	forms := w.AddLibrary(Library())
	w.Later(func(w *runtime.World) {
		for _, l := range elixirLibraries() {
			w.AddLibrary(l)
		}
	})
	user := w.NS("user")
	user.Uses = append([]runtime.Use{{NS: forms}}, user.Uses...)
	return s
}

// Of gives the actor model of a world, nil if it has none.
func Of(w *runtime.World) *System {
	s, _ := w.Receiver.(*System)
	return s
}

func of(p *runtime.Process) *System { return Of(p.W) }

// Alive reports whether p can still receive. The shell can between two forms, too.
func Alive(p *runtime.Process) bool { return p.Status != runtime.Done || p == p.W.Shell }

// registry is a table of names.
type registry struct {
	runtime.Stamped
	table *lang.Map // name to pid
}

// Save gives the table.
func (r *registry) Save() any { return r.table }

// Restore puts a table back.
func (r *registry) Restore(s any) { r.table = s.(*lang.Map) }

// Dependent tells which operations on the registry do not commute: those on
// one name, unless both only look it up. A failed register is a look.
func (r *registry) Dependent(a, b *runtime.Event) bool {
	if x, y := nameOf(a), nameOf(b); !x.IsNil() && !y.IsNil() && !lang.Identical(x, y) {
		return false
	}
	return changesNames(a) || changesNames(b)
}

// nameOf gives the name that an event is about, nil if it is about no single one.
func nameOf(e *runtime.Event) lang.Value {
	switch e.Kind {
	case eventRegister, eventUnregister, eventWhereis:
		return e.Value
	case eventSend:
		return lang.K(e.Note)
	}
	return lang.Nil
}

func changesNames(e *runtime.Event) bool {
	return (e.Kind == eventRegister || e.Kind == eventUnregister) && e.Note == "" || e.Kind == "exit"
}

// lookup gives the process of a name, nil if none has it.
func (s *System) lookup(name *lang.Keyword) *runtime.Process {
	v, _ := s.names.table.Get(lang.Kw(name))
	p, _ := v.Obj().(*runtime.Process)
	return p
}

func (s *System) setName(p *runtime.Process, name *lang.Keyword) {
	s.w.ExitsMatter()
	b := s.bonds(p)
	s.w.Touch(b)
	s.w.Touch(&s.names)
	if name == nil {
		s.names.table = s.names.table.Dissoc(lang.Kw(b.name))
	} else {
		s.names.table = s.names.table.Assoc(lang.Kw(name), lang.Obj(p))
	}
	b.name = name
}
