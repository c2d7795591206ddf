package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The names of :global are any terms. On one node they differ from the
// registered ones only in that, and in that a process may have several.

// globalExports are the functions of :global that make sense on one node.
var globalExports = []export{
	{names: "global/register_name", min: 2, max: 3, demands: []demand{{1, 2, isProcess, "not a pid"}}, run: globalRegister(false), args: "name, pid, resolve \\\\ nil",
		doc: "Gives a process a name, which may be any term: :yes, or :no if the name is taken."},
	{names: "global/re_register_name", min: 2, max: 3, demands: []demand{{1, 2, isProcess, "not a pid"}}, run: globalRegister(true), args: "name, pid, resolve \\\\ nil",
		doc: "Gives a process a name, whoever has it."},
	{names: "global/unregister_name", min: 1, max: 1, run: globalUnregister, args: "name", doc: "Takes a name away."},
	{names: "global/whereis_name", min: 1, max: 1, run: globalWhereis, args: "name", doc: "Gives the process that has a name, :undefined if none has."},
	{names: "global/registered_names", run: globalNames, args: "", doc: "Gives the names that processes have."},
	{names: "global/send", min: 2, max: 2, run: globalSend, args: "name, message", doc: "Sends a message to the process that has a name, and gives its pid."},
}

func onGlobal(p *runtime.Process, about string, mode runtime.Mode, event string, name lang.Value, do func(s *System) lang.Value) lang.Value {
	s := of(p)
	return p.Perform(&runtime.Effect{Name: wordsGlobal, With: []any{about}, On: []runtime.Access{{Entity: &s.global, Mode: mode}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Emit(runtime.Event{Kind: event, Proc: p, Entity: &s.global, Value: name})
			return do(s)
		}})
}

func globalRegister(anyway bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		name, q := args[0], process(args[1])
		return onGlobal(p, "register_name", runtime.Write, eventRegister, name, func(s *System) lang.Value {
			if holder, taken := s.global.table.Get(name); taken && !anyway && Alive(process(holder)) {
				return lang.K("no")
			}
			if Alive(q) {
				s.w.Touch(&s.global)
				s.global.table = s.global.table.Assoc(name, lang.Obj(q))
			}
			return lang.K("yes")
		})
	}
}

func globalUnregister(p *runtime.Process, args []lang.Value) lang.Value {
	name := args[0]
	return onGlobal(p, "unregister_name", runtime.Write, eventUnregister, name, func(s *System) lang.Value {
		s.w.Touch(&s.global)
		s.global.table = s.global.table.Dissoc(name)
		return kwOk
	})
}

// globalOf gives the live process of a name of :global, or :undefined.
func (s *System) globalOf(name lang.Value) lang.Value {
	if q, ok := s.global.table.Get(name); ok && Alive(process(q)) {
		return q
	}
	return kwUndef
}

func globalWhereis(p *runtime.Process, args []lang.Value) lang.Value {
	name := args[0]
	return onGlobal(p, "whereis_name", runtime.Read, eventWhereis, name, func(s *System) lang.Value { return s.globalOf(name) })
}

func globalNames(p *runtime.Process, _ []lang.Value) lang.Value {
	return onGlobal(p, "registered_names", runtime.Read, eventWhereis, lang.Nil, func(s *System) lang.Value {
		var out []lang.Value
		s.global.table.Each(func(name, q lang.Value) bool {
			if Alive(process(q)) {
				out = append(out, name)
			}
			return true
		})
		return lang.ListOf(out...)
	})
}

func globalSend(p *runtime.Process, args []lang.Value) lang.Value {
	s := of(p)
	q := s.globalOf(args[0])
	if !isProcess(q) {
		lang.Raise(lang.IllegalArgumentException, "argument error")
	}
	return p.PerformThen(&send{sys: s, to: q, v: args[1]}, sentKont, q)
}

// sentKont gives its state in place of an operation's result.
var sentKont = &runtime.Kont{Name: "sent", Return: func(_ *runtime.Process, state any, _ lang.Value) lang.Value { return state.(lang.Value) }}
