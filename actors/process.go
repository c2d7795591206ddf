package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// launch is the operation of starting a process: an effect, made of one piece
// since there may be a million of them.
type launch struct {
	runtime.Effect
	fn      lang.Value
	args    []lang.Value
	link    bool
	monitor bool
	mode    aliasMode // of the monitor
	flags   *lang.Map // its flags from the first moment on; nil for none
}

// plain, linked and monitored say how spawn ties a new process to its maker.
func plain(*launch)       {}
func linked(l *launch)    { l.link = true }
func monitored(l *launch) { l.monitor = true }

// spawn gives the native that starts a process tied in a way.
func spawn(tie func(*launch)) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		l := launch{fn: args[0], args: append([]lang.Value(nil), args[1:]...)}
		tie(&l)
		return l.perform(p)
	}
}

// perform starts the process and ties it: one operation. Its result is the
// pid, or [pid reference] if it is monitored.
func (l *launch) perform(p *runtime.Process) lang.Value { return p.Perform(l) }

// Try starts the process.
func (l *launch) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	q := w.Spawn(p, runtime.Spawn{Kind: runtime.Actor, Fn: l.fn, Args: l.args, Convey: true})
	s := Of(w)
	if l.flags != nil {
		s.bonds(q).flags = l.flags
		s.guardHeap(q)
	}
	if l.link {
		s.link(p, q)
	}
	if l.monitor {
		ref := s.newReference(p)
		ref.object, ref.alias = lang.Obj(q), l.mode
		s.watch(p, q, ref)
		return lang.Vec(lang.Obj(q), lang.Obj(ref)), true
	}
	return lang.Obj(q), true
}

// Routine says that it starts a process.
func (l *launch) Routine() (ends bool) { return false }

// About says what is done.
func (l *launch) About(p *runtime.Process) string { return p.Say(wordsSpawn) }

func self(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Obj(p) }

func isPid(args []lang.Value) lang.Value {
	_, ok := args[0].Obj().(*runtime.Process)
	return lang.Bool(ok)
}

func isReference(args []lang.Value) lang.Value {
	_, ok := args[0].Obj().(*Reference)
	return lang.Bool(ok)
}

// process gives the process in v, or raises.
func process(v lang.Value) *runtime.Process {
	p, ok := v.Obj().(*runtime.Process)
	if !ok {
		lang.Raise(lang.IllegalArgumentException, "not a pid: %s", lang.PrString(v))
	}
	return p
}

// reference gives the reference in v, or raises.
func reference(v lang.Value) *Reference {
	r, ok := v.Obj().(*Reference)
	if !ok {
		lang.Raise(lang.IllegalArgumentException, "not a reference: %s", lang.PrString(v))
	}
	return r
}

// exit is exit with one argument, which raises, and with two, which sends an
// exit signal.
func exit(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 1 {
		return runtime.Throw(lang.NewReason(lang.KindExit, args[0]))
	}
	q, reason := process(args[0]), args[1]
	return p.Perform(&exiting{Effect: runtime.Effect{Name: wordsExit, With: []any{args[0], reason}}, s: of(p),
		signal: signal{kind: sigExit, from: p, to: q, v: reason}})
}

// exiting is the operation of sending an exit signal.
type exiting struct {
	runtime.Effect
	s *System
	signal
}

// Try sends the signal.
func (o *exiting) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	w.ExitsMatter()
	w.Emit(runtime.Event{Kind: eventSignal, Proc: p, Peer: o.to, Entity: o.to, Value: o.v})
	o.s.signal(o.signal)
	return lang.True, true
}

// Access names the receiver, and what decides whether it ends of the signal.
// If it does, its end is part of the operation.
func (o *exiting) Access(acc []runtime.Access) []runtime.Access {
	acc = append(acc, runtime.Access{Entity: o.to, Mode: runtime.Write})
	if o.s.ends(o.signal) {
		return o.s.ending(o.to, lang.Identical(o.v, kwNormal), acc)
	}
	return append(acc, runtime.Access{Entity: o.s.bonds(o.to), Mode: runtime.Read})
}

func alive(p *runtime.Process, args []lang.Value) lang.Value {
	q := process(args[0])
	return p.Perform(&runtime.Effect{Name: wordsAlive, With: []any{args[0]}, On: []runtime.Access{{Entity: q, Mode: runtime.Read}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.ExitsMatter()
			w.Emit(runtime.Event{Kind: eventAlive, Proc: p, Peer: q, Entity: q})
			return lang.Bool(Alive(q))
		}})
}

// Actors gives the processes of the actor model that have not ended, the
// shell among them, by number.
func (s *System) Actors() []*runtime.Process {
	var out []*runtime.Process
	shell := s.w.Shell
	for _, q := range s.w.Processes() {
		if shell != nil && q.Num >= shell.Num {
			out = append(out, shell)
			shell = nil
		}
		if q.Kind == runtime.Actor {
			out = append(out, q)
		}
	}
	if shell != nil {
		out = append(out, shell)
	}
	return out
}

func processList(p *runtime.Process, _ []lang.Value) lang.Value {
	return p.Perform(&runtime.Effect{Name: wordsList, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
		w.Emit(runtime.Event{Kind: eventInfo, Proc: p})
		var out []lang.Value
		for _, q := range Of(w).Actors() {
			out = append(out, lang.Obj(q))
		}
		return lang.ListOf(out...)
	}})
}

func pidOf(p *runtime.Process, args []lang.Value) lang.Value {
	num, ok := uint64(0), false
	switch {
	case args[0].IsFixed() && args[0].AsInt() >= 0:
		num, ok = uint64(args[0].AsInt()), true
	case args[0].IsString():
		text, _ := args[0].AsString()
		num, ok = runtime.ParsePid(text)
	}
	if !ok {
		lang.Raise(lang.IllegalArgumentException, "a pid is read from a number or a text like \"0.114.0\", not from %s", lang.PrString(args[0]))
	}
	if num == p.W.Shell.Num {
		return lang.Obj(p.W.Shell)
	}
	q := p.W.ProcessByNum(num)
	if q == nil {
		lang.Raise(lang.IllegalArgumentException, "there is no live process #PID<0.%d.0>", num)
	}
	return lang.Obj(q)
}

func makeRef(p *runtime.Process, _ []lang.Value) lang.Value {
	return lang.Obj(of(p).newReference(p))
}

func skipTo(p *runtime.Process, args []lang.Value) lang.Value {
	r, ok := args[0].Obj().(*Reference)
	if s := of(p); ok {
		m := s.mailbox(p)
		s.w.Touch(m)
		m.pins, m.skip = r, m.fresh == r
	}
	return lang.Nil
}

// flush empties the mailbox, message by message, each a removal.
func flush(p *runtime.Process, _ []lang.Value) lang.Value {
	s := of(p)
	m := s.mailbox(p)
	s.w.Touch(m)
	m.rewind()
	m.fromPool()
	return flushKont.Return(p, lang.EmptyList, lang.Nil)
}

var flushKont = &runtime.Kont{Name: "flush-messages"}

func init() {
	flushKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		got := state.(*lang.List)
		if v.Obj() != nil {
			got = got.Conj(v.Obj().(*flushed).v)
		}
		s := of(p)
		m := s.mailbox(p)
		if m.at() == nil {
			return reversed(got)
		}
		return p.PerformThen(&runtime.Effect{Name: wordsFlush, On: []runtime.Access{{Entity: m, Mode: runtime.Write}},
			Do: func(w *runtime.World, p *runtime.Process) lang.Value {
				x, _ := (*removal)(m).Try(w, p)
				return lang.Obj(&flushed{x})
			}}, flushKont, got)
	}
}

// flushed wraps a message on its way to the list, since a message may be nil.
type flushed struct{ v lang.Value }

func reversed(l *lang.List) lang.Value {
	out := lang.EmptyList
	l.Each(func(v lang.Value) bool { out = out.Conj(v); return true })
	return lang.Obj(out)
}
