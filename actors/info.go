package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// item computes one item of process-info; asker is who asks.
type item func(s *System, p, asker *runtime.Process) lang.Value

// items are those of erlang:process_info/2 that make sense here.
var items map[string]item

// commonItems are what process-info without an item gives, in its order.
var commonItems = []string{
	"registered_name", "current_function", "initial_call", "status", "message_queue_len", "links", "dictionary",
	"trap_exit", "error_handler", "priority", "group_leader", "total_heap_size", "heap_size", "stack_size",
	"reductions", "garbage_collection", "suspending",
}

func init() { // so that the list of items can be named in an error
	items = map[string]item{
		"backtrace":              currentStacktrace,
		"binary":                 binaries,
		"catchlevel":             constant(lang.Int(0)),
		"current_function":       currentFunction,
		"current_location":       currentLocation,
		"current_stacktrace":     currentStacktrace,
		"dictionary":             func(_ *System, p, _ *runtime.Process) lang.Value { return pairs(look(p).dict) },
		"error_handler":          flagItem("error_handler"),
		"fullsweep_after":        flagItem("fullsweep_after"),
		"garbage_collection":     garbageCollection,
		"group_leader":           groupLeader,
		"heap_size":              func(s *System, p, _ *runtime.Process) lang.Value { return lang.Int(s.Usage(p).Heap) },
		"initial_call":           initialCall,
		"last_calls":             constant(lang.False),
		"links":                  links,
		"max_heap_size":          flagItem("max_heap_size"),
		"memory":                 func(s *System, p, _ *runtime.Process) lang.Value { return lang.Int(s.Usage(p).Bytes()) },
		"message_queue_data":     flagItem("message_queue_data"),
		"message_queue_len":      func(s *System, p, _ *runtime.Process) lang.Value { return lang.Int(int64(s.actor(p).Len())) },
		"messages":               func(s *System, p, _ *runtime.Process) lang.Value { return lang.ListOf(s.Messages(p)...) },
		"min_bin_vheap_size":     flagItem("min_bin_vheap_size"),
		"min_heap_size":          flagItem("min_heap_size"),
		"monitored_by":           monitoredBy,
		"monitors":               monitors,
		"parent":                 parent,
		"priority":               flagItem("priority"),
		"reductions":             func(_ *System, p, _ *runtime.Process) lang.Value { return lang.Int(p.Reductions()) },
		"registered_name":        registeredName,
		"sequential_trace_token": constant(lang.Obj(lang.EmptyList)),
		"stack_size":             func(s *System, p, _ *runtime.Process) lang.Value { return lang.Int(s.Usage(p).Stack) },
		"status":                 status,
		"suspending":             constant(lang.Obj(lang.EmptyList)),
		"total_heap_size":        func(s *System, p, _ *runtime.Process) lang.Value { return lang.Int(s.Usage(p).Total) },
		"trap_exit":              func(_ *System, p, _ *runtime.Process) lang.Value { return lang.Bool(look(p).trap) },
	}
}

// processInfo is (process-info pid), (process-info pid item) and
// (process-info pid [item ...]), with the results of the BEAM. An item may be
// spelt with - for _; the result repeats it as it was asked for.
func processInfo(p *runtime.Process, args []lang.Value) lang.Value { return infoOf(p, args, lang.Nil) }

// infoOf is process-info, which gives ended for a process that has ended.
func infoOf(p *runtime.Process, args []lang.Value, ended lang.Value) lang.Value {
	q := process(args[0])
	var what lang.Value
	if len(args) == 2 {
		what = args[1]
	}
	s := of(p)
	on := []runtime.Access{{Entity: s.mailbox(q), Mode: runtime.Read}}
	if p.W.Halts() && q != p {
		on = append(on, runtime.Access{Entity: s.bonds(q), Mode: runtime.Read}, runtime.Access{Entity: q, Mode: runtime.Read})
	}
	return p.Perform(&runtime.Effect{Name: wordsInfo, With: []any{args[0]}, On: on,
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			if q != p {
				w.ExitsMatter()
			}
			w.Emit(runtime.Event{Kind: eventInfo, Proc: p, Peer: q, Entity: s.mailbox(q), Value: what})
			switch {
			case !Alive(q):
				return ended
			case lang.Identical(ended, kwUndef) && lang.Identical(what, kwName) && look(q).name == nil:
				return lang.Obj(lang.EmptyList) // Erlang's own; Elixir makes a pair of it
			}
			return s.info(q, p, what)
		}})
}

func (s *System) info(q, asker *runtime.Process, what lang.Value) lang.Value {
	var keys []lang.Value
	switch what.Obj().(type) {
	case nil:
		for _, name := range commonItems {
			if name != "registered_name" || look(q).name != nil {
				keys = append(keys, lang.K(name))
			}
		}
	case *lang.Vector, *lang.List:
		keys = lang.ToSlice(what)
	default:
		return s.infoItem(q, asker, what)
	}
	out := make([]lang.Value, len(keys))
	for i, k := range keys {
		out[i] = s.infoItem(q, asker, k)
	}
	return lang.ListOf(out...)
}

func (s *System) infoItem(q, asker *runtime.Process, key lang.Value) lang.Value {
	k, ok := key.AsKeyword()
	if ok {
		if f := items[underscored(k.String())]; f != nil {
			return lang.Vec(key, f(s, q, asker))
		}
	}
	lang.Raise(lang.IllegalArgumentException, "process-info knows no item %s; it has %v and more", lang.PrString(key), commonItems)
	return lang.Nil
}

func constant(v lang.Value) item {
	return func(*System, *runtime.Process, *runtime.Process) lang.Value { return v }
}

func flagItem(name string) item {
	return func(_ *System, p, _ *runtime.Process) lang.Value { return flagOf(look(p), name) }
}

func pidList(ps []*runtime.Process) lang.Value {
	out := make([]lang.Value, len(ps))
	for i, p := range ps {
		out[i] = lang.Obj(p)
	}
	return lang.ListOf(out...)
}

func links(_ *System, p, _ *runtime.Process) lang.Value { return pidList(pids(look(p).links)) }

// monitors gives [:process pid] or [:process [name node]] for each monitor that p has made.
func monitors(_ *System, p, _ *runtime.Process) lang.Value {
	var out []lang.Value
	for _, t := range monitorTies(look(p).monitors) {
		out = append(out, lang.Vec(kwProcess, t.ref.object))
	}
	return lang.ListOf(out...)
}

func monitoredBy(_ *System, p, _ *runtime.Process) lang.Value {
	var out []lang.Value
	for _, t := range monitorTies(look(p).watchers) {
		out = append(out, t.end)
	}
	return lang.ListOf(out...)
}

// registeredName gives an empty list for a process without a name, as the BEAM does.
func registeredName(_ *System, p, _ *runtime.Process) lang.Value {
	if k := look(p).name; k != nil {
		return lang.Kw(k)
	}
	return lang.Obj(lang.EmptyList)
}

var statuses = map[runtime.Status]lang.Value{
	runtime.Ready: lang.K("runnable"), runtime.Running: lang.K("running"), runtime.Parked: lang.K("waiting"),
	runtime.AtOp: lang.K("runnable"), runtime.Suspended: lang.K("suspended"), runtime.Outside: lang.K("waiting"),
	runtime.Done: lang.K("waiting"), // the shell between two forms
}

func status(_ *System, p, _ *runtime.Process) lang.Value { return statuses[p.Status] }

func currentStacktrace(s *System, p, _ *runtime.Process) lang.Value {
	return s.stacktrace(&lang.Exception{Trace: p.Trace()})
}

// currentFunction gives [module function arity]; a process that has not
// begun is about to apply its function.
func currentFunction(s *System, p, _ *runtime.Process) lang.Value {
	name := p.FunctionName()
	if name == "" {
		return applied
	}
	top := lang.First(s.stacktrace(&lang.Exception{Trace: []lang.TraceEntry{{Name: name}}}))
	return lang.Vec(top.Obj().(*lang.Vector).AppendTo(nil)[:3]...)
}

func currentLocation(s *System, p, _ *runtime.Process) lang.Value {
	if t := p.Trace(); len(t) > 0 {
		return lang.First(s.stacktrace(&lang.Exception{Trace: t[:1]}))
	}
	return lang.Obj(lang.EmptyList)
}

// applied is what every process was started with, and is about to do.
var applied = lang.Vec(lang.K("erlang"), lang.K("apply"), lang.Int(2))

func initialCall(*System, *runtime.Process, *runtime.Process) lang.Value {
	return applied
}

// groupLeader gives the shell: what a process prints goes there.
func groupLeader(s *System, _, _ *runtime.Process) lang.Value { return lang.Obj(s.w.Shell) }

func parent(_ *System, p, _ *runtime.Process) lang.Value {
	if q := p.Parent(); q != nil {
		return lang.Obj(q)
	}
	return lang.K("undefined")
}

func garbageCollection(_ *System, p, _ *runtime.Process) lang.Value {
	var out []lang.Value
	for _, name := range [...]string{"max_heap_size", "min_bin_vheap_size", "min_heap_size", "fullsweep_after"} {
		out = append(out, lang.Vec(lang.K(name), flagOf(look(p), name)))
	}
	return lang.ListOf(append(out, lang.Vec(lang.K("minor_gcs"), lang.Int(0)))...)
}

func binaries(s *System, p, _ *runtime.Process) lang.Value {
	var out []lang.Value
	for _, n := range s.Usage(p).Large {
		out = append(out, lang.Int(n))
	}
	return lang.ListOf(out...)
}
