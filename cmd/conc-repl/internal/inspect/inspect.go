// Package inspect is what the prompt's commands show, as data: functions of both
// notations, so that scripts and tests can look at the world. Nothing that changes the
// world may enter.
package inspect

import (
	"time"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// flavour makes the maps and sequences of a notation.
type flavour struct {
	pairs func(pairs ...lang.Value) *lang.Map
	list  func(items ...lang.Value) lang.Value
}

// record makes a map; keys stand before their values.
func (f flavour) record(pairs ...any) lang.Value {
	vs := make([]lang.Value, len(pairs))
	for i, x := range pairs {
		switch x := x.(type) {
		case lang.Value:
			vs[i] = x
		case string:
			vs[i] = lang.K(x)
		}
	}
	return lang.Obj(f.pairs(vs...))
}

// pids makes a sequence of processes.
func (f flavour) pids(ps []*runtime.Process) lang.Value {
	vs := make([]lang.Value, len(ps))
	for i, p := range ps {
		vs[i] = lang.Obj(p)
	}
	return f.list(vs...)
}

// each makes a sequence of what is made of some things.
func each[T any](f flavour, xs []T, of func(T) lang.Value) lang.Value {
	vs := make([]lang.Value, len(xs))
	for i, x := range xs {
		vs[i] = of(x)
	}
	return f.list(vs...)
}

// text gives a text, nil for "".
func text(s string) lang.Value {
	if s == "" {
		return lang.Nil
	}
	return lang.Str(s)
}

// look is one of the functions: its name in either notation, and what it gives.
type look struct {
	clojure, elixir string
	ofProcess       bool // it has one argument, a process
	doc             string
	see             func(w *runtime.World, p *runtime.Process, f flavour) lang.Value
}

var looks = []look{
	{"processes", "processes", false, "The live processes, a map each: :process, :name (registered), :kind, :status, :waits (what it waits for, in words), :mailbox (how many messages), :reductions, :at (where it is). As data what .ps shows.", processes},
	{"wait-graph", "waits", false, "Who waits for whom, a map for each process that waits: :process, :for (in words), :by (who could end that), :prompt (whether a form typed at the prompt could), :stuck (whether nobody ever can). As data what .waits shows.", waits},
	{"wait-cycle", "cycle", false, "The processes that wait for each other in a ring, which is a deadlock; nil if none do.", cycle},
	{"leaks", "leaks", false, "The processes that wait for what can never come, a map each: :process, :for, :at. None are known while a timer is armed. As data what .leaks shows.", leaks},
	{"timers", "timers", false, "The armed timers in the order in which they will fire, a map each: :in (microseconds), :does (in words). As data what .timers shows.", timers},
	{"process-links", "links", false, "The links and monitors, a map each: :kind (:link or :monitor), :from, :to. As data what .links shows.", links},
	{"process-tree", "tree", false, "Who started whom: the processes that nobody alive has started, a map each: :process, :name (registered), :kind, :linked (to who started it), :children, which are such maps. As data what .tree shows.", tree},
	{"sched-info", "sched", false, "The schedulers, a map: :lanes (each with :name, :processes, :ready in the order of their turns, :reductions), :workers of the pool of the go blocks, :held by blocking operations, :by whom, :budget (reductions of a slice). As data what .sched shows.", sched},
	{"heap-info", "heap", true, "The words that a process would use on the BEAM, a map: :heap, :stack, :total, :bytes, :messages (each with :words to copy it, and :value), :binaries (each with :bytes: the large ones, which are shared). As data what .heap shows.", heap},
	{"mailbox", "mailbox", true, "The messages of a process in their order, a map each: :value, :from (nil for a timer), :passed (whether the receive that goes on found no clause for it). As data what .mailbox shows.", mailbox},
	{"channels", "channels", false, "The channels that the program can reach; chan-info tells of each. As data what .chans shows.", channelList},
	{"references", "references", false, "The atoms, refs and agents, a map each: :name (of the var that holds it), :kind, :value, :version, :retries, :queued. As data what .refs shows.", references},
}

// wordsLook is what the functions are to who steps.
var wordsLook = runtime.Wording{Clojure: "look at the world"}

// native makes the function of one notation. It is an effect that changes nothing.
func (l look) native(name, args string, f flavour) *lang.Native {
	n := 0
	if l.ofProcess {
		n = 1
	}
	return &lang.Native{Name: name, Min: n, Max: n, Args: args, Doc: l.doc,
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			var q *runtime.Process
			if l.ofProcess {
				var ok bool
				if q, ok = args[0].Obj().(*runtime.Process); !ok {
					lang.Raise(lang.IllegalArgumentException, "not a pid: %s", p.W.Show(args[0]))
				}
			}
			return p.Perform(&runtime.Effect{Name: wordsLook, Do: func(w *runtime.World, _ *runtime.Process) lang.Value {
				w.Emit(runtime.Event{Kind: "info", Proc: p, Peer: q})
				return l.see(w, q, f)
			}})
		}}
}

// Install brings the functions into a world: in the Clojure notation they stand in
// the namespace user, in the Elixir notation they are the module Conc.
func Install(w *runtime.World) {
	own := library("conc.inspect", func(l *look) *lang.Native {
		args := "[]"
		if l.ofProcess {
			args = "[pid]"
		}
		return l.native("conc.inspect/"+l.clojure, args, flavour{lang.NewMap, lang.Vec})
	})
	user := w.NS("user")
	user.Uses = append(user.Uses, runtime.Use{NS: w.AddLibrary(own)})
	w.Later(func(w *runtime.World) {
		w.AddLibrary(library("Conc", func(l *look) *lang.Native {
			args := ""
			if l.ofProcess {
				args = "pid"
			}
			return l.native("Conc/"+l.elixir, args, flavour{lang.NewErlangMap, lang.ListOf})
		}))
	})
}

func library(name string, native func(*look) *lang.Native) *runtime.Library {
	l := &runtime.Library{Name: name, Doc: "The world as data: processes, waits, leaks, timers, schedulers."}
	for i := range looks {
		l.Natives = append(l.Natives, native(&looks[i]))
	}
	return l
}

func place(p *runtime.Process) lang.Value {
	if pos := p.Pos(); p.Status != runtime.Done && pos.IsValid() {
		return lang.Str(pos.String())
	}
	return lang.Nil
}

func waitsFor(p *runtime.Process) lang.Value {
	if op := p.Waiting(); op != nil {
		return lang.Str(op.About(p))
	}
	return lang.Nil
}

func processes(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	s := actors.Of(w)
	return each(f, w.Processes(), func(p *runtime.Process) lang.Value {
		return f.record("process", lang.Obj(p), "name", text(s.Name(p)), "kind", lang.K(p.Kind.String()), "status", lang.K(p.Status.String()), "waits", waitsFor(p),
			"mailbox", lang.Int(int64(s.MailboxLen(p))), "reductions", lang.Int(p.Reductions()), "at", place(p))
	})
}

func waits(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	g := w.WaitGraph(true)
	stuck := g.Stuck()
	return each(f, g.Procs, func(p *runtime.Process) lang.Value {
		return f.record("process", lang.Obj(p), "for", waitsFor(p), "by", f.pids(g.Next[p]), "prompt", lang.Bool(g.Person[p]),
			"stuck", lang.Bool(stuck[p] && w.TimersArmed() == 0))
	})
}

func cycle(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	if ring := w.WaitGraph(true).Cycle(); len(ring) > 0 && w.TimersArmed() == 0 {
		return f.pids(ring)
	}
	return lang.Nil
}

func leaks(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	var found []*runtime.Process
	if w.TimersArmed() == 0 {
		found, _ = w.Stuck(true)
	}
	return each(f, found, func(p *runtime.Process) lang.Value {
		return f.record("process", lang.Obj(p), "for", waitsFor(p), "at", place(p))
	})
}

func timers(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	return each(f, w.Timers(), func(t *runtime.Timer) lang.Value {
		return f.record("in", lang.Int(int64(max(0, t.At-w.Elapsed())/time.Microsecond)), "does", lang.Str(views.TimerText(w, t)))
	})
}

func links(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	s := actors.Of(w)
	var out []lang.Value
	tie := func(kind string, from, to *runtime.Process) {
		out = append(out, f.record("kind", lang.K(kind), "from", lang.Obj(from), "to", lang.Obj(to)))
	}
	for _, p := range views.Everybody(w) {
		for _, q := range s.Links(p) {
			if q.Num > p.Num {
				tie("link", p, q)
			}
		}
		for _, m := range s.Monitors(p) {
			if m.Proc != nil {
				tie("monitor", p, m.Proc)
			}
		}
	}
	return f.list(out...)
}

func tree(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	roots, children := views.Family(w)
	var branch func(p *runtime.Process) lang.Value
	branch = func(p *runtime.Process) lang.Value {
		return f.record("process", lang.Obj(p), "kind", lang.K(p.Kind.String()), "linked", lang.Bool(views.Tied(p)), "children", each(f, children[p], branch))
	}
	return each(f, roots, branch)
}

func sched(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	held, of := w.Held()
	lanes := each(f, views.Lanes(w), func(l views.Lane) lang.Value {
		return f.record("name", lang.Str(l.Name), "processes", f.pids(l.Members), "ready", f.pids(l.Ready), "reductions", lang.Int(l.Reductions()))
	})
	return f.record("lanes", lanes, "workers", lang.Int(int64(of)), "held", lang.Int(int64(held)), "by", f.pids(views.Holders(w)),
		"budget", lang.Int(w.Options().Budget))
}

func heap(w *runtime.World, p *runtime.Process, f flavour) lang.Value {
	s := actors.Of(w)
	u := s.Usage(p)
	messages := each(f, s.Mailbox(p), func(m actors.Message) lang.Value {
		return f.record("words", lang.Int(actors.MessageWords(m.Value)), "value", m.Value)
	})
	return f.record("heap", lang.Int(u.Heap), "stack", lang.Int(u.Stack), "total", lang.Int(u.Total), "bytes", lang.Int(u.Bytes()),
		"messages", messages, "binaries", each(f, u.Large, func(n int64) lang.Value { return f.record("bytes", lang.Int(n)) }))
}

func mailbox(w *runtime.World, p *runtime.Process, f flavour) lang.Value {
	return each(f, actors.Of(w).Mailbox(p), func(m actors.Message) lang.Value {
		from := lang.Nil
		if m.From != nil {
			from = lang.Obj(m.From)
		}
		return f.record("value", m.Value, "from", from, "passed", lang.Bool(m.Passed))
	})
}

func channelList(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	return each(f, channels.All(w), func(c *channels.Channel) lang.Value { return lang.Obj(c) })
}

func references(w *runtime.World, _ *runtime.Process, f flavour) lang.Value {
	return each(f, core.References(w), func(r core.Reference) lang.Value {
		return f.record("name", text(r.Name), "kind", lang.K(r.Kind), "value", r.Value, "version", lang.Int(int64(r.Version)),
			"retries", lang.Int(int64(r.Retries)), "queued", lang.Int(int64(r.Queued)))
	})
}
