package actors

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// underscored gives the BEAM's spelling of an atom: message_queue_len for
// message-queue-len.
func underscored(s string) string { return strings.ReplaceAll(s, "-", "_") }

// nameArg gives the keyword in v, which is to be a name, or raises.
func nameArg(v lang.Value) *lang.Keyword {
	k, ok := v.AsKeyword()
	if !ok || k.Name == "undefined" && k.NS == "" {
		lang.Raise(lang.IllegalArgumentException, "a name is a keyword other than :undefined, not %s", lang.PrString(v))
	}
	return k
}

// onNames is an operation on the registry.
func onNames(p *runtime.Process, name runtime.Wording, with []any, mode runtime.Mode, do func(s *System, w *runtime.World, p *runtime.Process) lang.Value) lang.Value {
	s := of(p)
	return p.Perform(&runtime.Effect{Name: name, With: with, On: []runtime.Access{{Entity: &s.names, Mode: mode}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value { return do(s, w, p) }})
}

// register is (register name pid), or (register pid name) as Elixir has it.
func register(p *runtime.Process, args []lang.Value) lang.Value {
	name, pid := args[0], args[1]
	if pid.IsKeyword() {
		name, pid = pid, name
	}
	k, q := nameArg(name), process(pid)
	return registering(p, k, q, func(why string) {
		lang.Raise(lang.IllegalArgumentException, "could not register %s with name :%s because %s", q, k, why)
	})
}

// registering is the operation of giving q a name. If that cannot be,
// refuse raises, and is told why.
func registering(p *runtime.Process, k *lang.Keyword, q *runtime.Process, refuse func(why string)) lang.Value {
	s := of(p)
	return p.Perform(&runtime.Effect{Name: wordsRegister, With: []any{lang.Kw(k), lang.Obj(q)},
		On: []runtime.Access{{Entity: &s.names, Mode: runtime.Write}, {Entity: s.bonds(q), Mode: runtime.Write}, {Entity: q, Mode: runtime.Read}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			why := ""
			switch holder := s.lookup(k); {
			case !Alive(q):
				why = "it has ended"
			case holder != nil:
				why = "the name is taken by " + holder.String()
			case look(q).name != nil:
				why = "it has the name :" + look(q).name.String() + " already"
			}
			w.ExitsMatter()
			w.Emit(runtime.Event{Kind: eventRegister, Proc: p, Peer: q, Entity: &s.names, Value: lang.Kw(k), Note: why})
			if why != "" {
				refuse(why)
			}
			s.setName(q, k)
			return lang.True
		}})
}

func unregister(p *runtime.Process, args []lang.Value) lang.Value {
	k := nameArg(args[0])
	return unregistering(p, k, func() {
		lang.Raise(lang.IllegalArgumentException, "could not unregister :%s because no process has it", k)
	})
}

// unregistering is the operation of taking a name away. If no process has it,
// refuse raises.
func unregistering(p *runtime.Process, k *lang.Keyword, refuse func()) lang.Value {
	s := of(p)
	return p.Perform(&naming{name: k, s: s, mode: runtime.Write, Effect: runtime.Effect{Name: wordsUnregister, With: []any{lang.Kw(k)}, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
		q := s.lookup(k)
		why := ""
		if q == nil {
			why = "no process has it"
		}
		w.Emit(runtime.Event{Kind: eventUnregister, Proc: p, Peer: q, Entity: &s.names, Value: lang.Kw(k), Note: why})
		if q == nil {
			refuse()
		}
		s.setName(q, nil)
		return lang.True
	}}})
}

// whereis gives the process of a name; absent where there is none.
func whereis(absent lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		k := nameArg(args[0])
		name := args[0]
		return onNames(p, wordsWhereis, []any{name}, runtime.Read, func(s *System, w *runtime.World, p *runtime.Process) lang.Value {
			q := s.lookup(k)
			w.Emit(runtime.Event{Kind: eventWhereis, Proc: p, Peer: q, Entity: &s.names, Value: name})
			if q == nil {
				return absent
			}
			return lang.Obj(q)
		})
	}
}

func registered(p *runtime.Process, _ []lang.Value) lang.Value {
	return onNames(p, wordsRegistered, nil, runtime.Read, func(s *System, w *runtime.World, p *runtime.Process) lang.Value {
		w.Emit(runtime.Event{Kind: eventWhereis, Proc: p, Entity: &s.names})
		var out []lang.Value
		s.names.table.Each(func(k, _ lang.Value) bool { out = append(out, k); return true })
		return lang.ListOf(out...)
	})
}

// The process dictionary. It is the process's own, so that no operation is
// needed; process-info shows it to others. What is not in it is absent.

func dictGet(absent lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		d := look(p).dict
		if len(args) == 0 {
			return pairs(d)
		}
		if v, ok := d.Get(args[0]); ok {
			return v
		}
		if len(args) == 2 {
			return args[1]
		}
		return absent
	}
}

func dictPut(absent lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		old, had := look(p).dict.Get(args[0])
		if !had {
			old = absent
		}
		b := of(p).bonds(p)
		p.W.Touch(b)
		b.dict = b.dict.Assoc(args[0], args[1])
		return old
	}
}

func dictDelete(absent lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		old, had := look(p).dict.Get(args[0])
		if !had {
			return absent
		}
		b := of(p).bonds(p)
		p.W.Touch(b)
		b.dict = b.dict.Dissoc(args[0])
		return old
	}
}

// dictErase empties the dictionary, and gives what was in it.
func dictErase(p *runtime.Process, _ []lang.Value) lang.Value {
	old := pairs(look(p).dict)
	b := of(p).bonds(p)
	p.W.Touch(b)
	b.dict = noTies.dict
	return old
}

// dictKeys gives the keys; with an argument, those that have it as their value.
func dictKeys(p *runtime.Process, args []lang.Value) lang.Value {
	var out []lang.Value
	look(p).dict.Each(func(k, v lang.Value) bool {
		if len(args) == 0 || lang.Same(v, args[0]) {
			out = append(out, k)
		}
		return true
	})
	return lang.ListOf(out...)
}

// pairs gives a map as a list of vectors.
func pairs(m *lang.Map) lang.Value {
	out := make([]lang.Value, 0, m.Len())
	m.Each(func(k, v lang.Value) bool { out = append(out, lang.Vec(k, v)); return true })
	return lang.ListOf(out...)
}
