package runtime

import (
	"fmt"

	"github.com/conc-repl/conc-repl/lang"
)

// Wording is a phrase for people in the vocabulary of each notation. Its gaps
// are those of fmt.Sprintf, all of them %s; where the notations differ in their order,
// they are numbered: "put %[2]s on %[1]s". An Elixir that is "" says that both have the
// same words. Each package keeps those of its own operations in a table of its own.
type Wording struct{ Clojure, Elixir string }

// In gives the phrase of one notation, with its gaps.
func (x Wording) In(n lang.Notation) string {
	if n == lang.ElixirNotation && x.Elixir != "" {
		return x.Elixir
	}
	return x.Clojure
}

// named is implemented by what has a short name: channels.
type named interface{ Name() string }

// Label gives the short name of a process for people: the one under which it is
// registered, such as :server, or else one like p107.
func (w *World) Label(p *Process) string {
	if name := w.registered(p); name != "" {
		return ":" + name
	}
	return p.Name()
}

// registered gives the name under which a process is registered, "" if it has none.
func (w *World) registered(p *Process) string {
	if r, ok := w.Receiver.(interface{ Name(p *Process) string }); ok {
		return r.Name(p)
	}
	return ""
}

// Say gives a phrase in the notation in use. What fills its gaps is shown as
// people are shown it: a value in that notation, an entity by its short name, any
// other thing as fmt prints it.
func (w *World) Say(x Wording, with ...any) string { return w.say(nil, x, with) }

// Say is World.Say of what the process does: a Thing has the name by which the process
// knows it.
func (p *Process) Say(x Wording, with ...any) string { return p.W.say(p, x, with) }

func (w *World) say(p *Process, x Wording, with []any) string {
	phrase := x.In(w.Notation)
	if len(with) == 0 {
		return phrase
	}
	shown := make([]any, len(with))
	for i, a := range with {
		switch a := a.(type) {
		case lang.Value:
			shown[i] = w.Show(a)
		case Thing:
			shown[i] = w.called(p, a)
		case Wording:
			shown[i] = a.In(w.Notation)
		case *Process:
			if shown[i] = w.Label(a); a == w.Shell {
				shown[i] = "the main process"
			}
		case named:
			shown[i] = a.Name()
		default:
			shown[i] = fmt.Sprint(a)
		}
	}
	return fmt.Sprintf(phrase, shown...)
}

// The words of the runtime's own operations, and of those that every notation has.
var (
	wordsEnd      = Wording{Clojure: "end"}
	wordsDraw     = Wording{Clojure: "draw %s"}
	WordsPrint    = Wording{Clojure: "print %s"}
	wordsReadLine = Wording{Clojure: "a line of input"}
	wordsCell     = Wording{
		Clojure: "the element of a lazy sequence that another process computes",
		Elixir:  "the element of a stream that another process computes",
	}
)

// Thing is an object without a name of its own, such as an atom or a promise.
// People are told of it by the name of a local or a var that holds it.
type Thing struct {
	Of   any
	Else Wording // what it is, for where it has no such name
}

// called gives the name of a thing: the one by which p knows it, if there is a p, or
// that of a var, or else the one by which another process knows it.
func (w *World) called(p *Process, t Thing) string {
	if w.nameless {
		return t.Else.In(w.Notation)
	}
	name := ""
	if p != nil {
		name = p.knows(t.Of)
	}
	w.EachVar(func(v *Var) {
		if name == "" && v.root.Obj() == t.Of {
			name = v.Name
		}
	})
	for q := w.oldest; q != nil && name == "" && p != nil && w.live <= mostAsked; q = q.younger {
		name = q.knows(t.Of)
	}
	if name == "" {
		return t.Else.In(w.Notation)
	}
	return name
}

// mostAsked is among how many processes a name is looked for.
const mostAsked = 32

// knows gives the local that holds an object, "" if none does.
func (p *Process) knows(o any) string {
	for _, s := range p.Scopes() {
		for _, l := range s.Locals {
			if l.Value.Obj() == o && !lang.MadeUp(l.Name) {
				return l.Name
			}
		}
	}
	return ""
}

// kindWords name the kinds of process.
var kindWords = [...]Wording{
	Shell:  {Clojure: "shell"},
	Actor:  {Clojure: "actor", Elixir: "process"},
	Go:     {Clojure: "go", Elixir: "go block"},
	Thread: {Clojure: "thread"},
}

// KindOf names the kind of a process for people.
func (w *World) KindOf(p *Process) string { return w.Say(kindWords[p.Kind]) }

// statusWords name what a process is doing.
var statusWords = [...]Wording{
	Ready:     {Clojure: "ready", Elixir: "runnable"},
	Running:   {Clojure: "running"},
	Parked:    {Clojure: "parked", Elixir: "waiting"},
	AtOp:      {Clojure: "at-op", Elixir: "at-op"},
	Suspended: {Clojure: "suspended"},
	Outside:   {Clojure: "outside"},
	Done:      {Clojure: "done", Elixir: "ended"},
}

// StatusOf says in a word what a process is doing.
func (w *World) StatusOf(p *Process) string { return w.Say(statusWords[p.Status]) }
