package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// onBonds is an operation on the bonds of the process and of another.
func onBonds(p, q *runtime.Process, name runtime.Wording, with []any, do func(s *System, w *runtime.World, p *runtime.Process) lang.Value) lang.Value {
	s := of(p)
	on := []runtime.Access{{Entity: s.bonds(p), Mode: runtime.Write}}
	if q != nil && q != p {
		on = append(on, runtime.Access{Entity: s.bonds(q), Mode: runtime.Write})
	}
	return p.Perform(&runtime.Effect{Name: name, With: with, On: on, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
		return do(s, w, p)
	}})
}

// linkNative is (link pid). A link to a process that has ended is an exit
// signal :noproc; to a process that does not trap exits, the BEAM raises it
// as an error.
func linkNative(p *runtime.Process, args []lang.Value) lang.Value {
	q := process(args[0])
	return onBonds(p, q, wordsLink, []any{args[0]}, func(s *System, w *runtime.World, p *runtime.Process) lang.Value {
		w.ExitsMatter()
		w.Emit(runtime.Event{Kind: eventLink, Proc: p, Peer: q, Entity: s.bonds(q)})
		switch {
		case q == p:
		case Alive(q):
			s.link(p, q)
		case s.bonds(p).trap:
			s.signal(signal{kind: sigLink, from: q, to: p, v: kwNoproc})
		default:
			e := lang.NewException(lang.IllegalArgumentException, "link: %s has ended", q)
			e.Reason = kwNoproc
			panic(e)
		}
		return lang.True
	})
}

func unlinkNative(p *runtime.Process, args []lang.Value) lang.Value {
	q := process(args[0])
	return onBonds(p, q, wordsUnlink, []any{args[0]}, func(s *System, w *runtime.World, p *runtime.Process) lang.Value {
		w.Emit(runtime.Event{Kind: eventUnlink, Proc: p, Peer: q, Entity: s.bonds(q)})
		s.unlink(p, q)
		return lang.True
	})
}

// monitor is (monitor pid-or-name options). A monitor of what is not there
// sends its DOWN at once, with :noproc.
func monitor(p *runtime.Process, args []lang.Value) lang.Value {
	target, mode := args[0], noAlias
	if len(args) == 2 {
		mode = aliasOption(args[1])
	}
	var q *runtime.Process
	name, byName := target.AsKeyword()
	if !byName {
		q = process(target)
	}
	do := func(s *System, w *runtime.World, p *runtime.Process) lang.Value {
		w.ExitsMatter()
		ref := s.newReference(p)
		ref.object, ref.alias = target, mode
		if byName {
			q = s.lookup(name)
			ref.object = lang.Vec(target, kwNode)
		}
		var on runtime.Entity
		if q != nil {
			on = s.bonds(q)
		}
		w.Emit(runtime.Event{Kind: eventMonitor, Proc: p, Peer: q, Entity: on, Value: lang.Obj(ref)})
		switch {
		case q == p: // the BEAM makes the reference, and no monitor
		case q == nil || !Alive(q):
			s.signal(signal{kind: sigDown, from: q, to: p, v: kwNoproc, ref: ref})
		default:
			s.watch(p, q, ref)
		}
		return lang.Obj(ref)
	}
	if byName {
		return p.Perform(&naming{name: name, s: of(p), mode: runtime.Read, Effect: runtime.Effect{Name: wordsMonitor, With: []any{target},
			Do: func(w *runtime.World, p *runtime.Process) lang.Value { return do(Of(w), w, p) }, On: []runtime.Access{{Entity: of(p).bonds(p), Mode: runtime.Write}}}})
	}
	return onBonds(p, q, wordsMonitor, []any{target}, do)
}

// naming is an operation on the bonds of whoever has a name by then.
type naming struct {
	runtime.Effect
	name *lang.Keyword
	mode runtime.Mode // of the registry
	s    *System
}

// Access names the registry, and who has the name now.
func (o *naming) Access(acc []runtime.Access) []runtime.Access {
	acc = append(o.Effect.Access(acc), runtime.Access{Entity: &o.s.names, Mode: o.mode})
	if q := o.s.lookup(o.name); q != nil {
		acc = append(acc, runtime.Access{Entity: o.s.bonds(q), Mode: runtime.Write})
	}
	return acc
}

// aliasOption reads the options of monitor and process-alias: a map or a list
// of pairs with :alias, or the mode itself.
func aliasOption(v lang.Value) aliasMode {
	if m, ok := v.Obj().(*lang.Map); ok {
		if v, ok = m.Get(lang.K("alias")); !ok {
			return noAlias
		}
	}
	if l, ok := v.Obj().(*lang.List); ok {
		mode := noAlias
		l.Each(func(x lang.Value) bool {
			if pair, ok := x.Obj().(*lang.Vector); ok && pair.Len() == 2 && lang.Identical(pair.Nth(0), lang.K("alias")) {
				mode = aliasOption(pair.Nth(1))
			} else if x.IsKeyword() {
				mode = aliasOption(x)
			}
			return true
		})
		return mode
	}
	if k, ok := v.AsKeyword(); ok {
		if k.Name == "reply" {
			return aliasReply
		}
		if mode, ok := aliasModes[underscored(k.Name)]; ok {
			return mode
		}
	}
	lang.Raise(lang.IllegalArgumentException, "an alias ends by :explicit_unalias, :demonitor or :reply_demonitor, not by %s", lang.PrString(v))
	return noAlias
}

// demonitor is (demonitor reference options).
func demonitor(p *runtime.Process, args []lang.Value) lang.Value {
	ref := reference(args[0])
	flush, info := false, false
	for _, v := range options(args[1:]) {
		switch {
		case lang.Identical(v, lang.K("flush")):
			flush = true
		case lang.Identical(v, lang.K("info")):
			info = true
		default:
			lang.Raise(lang.IllegalArgumentException, "the options of demonitor are :flush and :info, not %s", lang.PrString(v))
		}
	}
	return onBonds(p, nil, wordsDemonitor, nil, func(s *System, w *runtime.World, p *runtime.Process) lang.Value {
		if ref.owner != p { // OTP 25 does nothing then, and says nothing
			return lang.Bool(!info)
		}
		found := s.unwatch(p, ref)
		if ref.alias == aliasDemonitor || ref.alias == aliasReply {
			s.endAlias(ref)
		}
		if flush && !found {
			m := s.mailbox(p)
			w.Touch(m)
			m.drop(func(v lang.Value) bool { return isDown(v, ref) })
		}
		w.Emit(runtime.Event{Kind: eventDemonitor, Proc: p, Entity: s.bonds(p), Value: lang.Obj(ref)})
		return lang.Bool(found || !info)
	})
}

func isDown(v lang.Value, ref *Reference) bool {
	t, ok := v.Obj().(*lang.Vector)
	return ok && t.Len() == 5 && lang.Identical(t.Nth(0), kwDOWN) && lang.Identical(t.Nth(1), lang.Obj(ref))
}

// options flattens options that stand one by one, or in a vector or list.
func options(args []lang.Value) []lang.Value {
	var out []lang.Value
	for _, a := range args {
		switch a.Obj().(type) {
		case *lang.Vector, *lang.List:
			out = append(out, lang.ToSlice(a)...)
		default:
			out = append(out, a)
		}
	}
	return out
}

func processAlias(p *runtime.Process, args []lang.Value) lang.Value {
	mode := aliasExplicit
	if len(args) == 1 {
		mode = max(aliasOption(args[0]), aliasExplicit)
	}
	r := of(p).newReference(p)
	r.alias = mode
	return lang.Obj(r)
}

func unalias(p *runtime.Process, args []lang.Value) lang.Value {
	r := reference(args[0])
	return lang.Bool(r.owner == p && of(p).endAlias(r))
}

func trapExit(p *runtime.Process, args []lang.Value) lang.Value {
	on := args[0].Truthy()
	return onBonds(p, nil, wordsTrap, []any{lang.Bool(on)}, func(s *System, w *runtime.World, p *runtime.Process) lang.Value {
		b := s.bonds(p)
		w.Touch(b)
		old := b.trap
		b.trap = on
		w.Emit(runtime.Event{Kind: eventFlag, Proc: p, Entity: b, Value: lang.Bool(b.trap)})
		return lang.Bool(old)
	})
}
