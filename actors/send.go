package actors

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Sendable is implemented by what else can stand first in a send: an agent,
// which gets an action. args are all arguments of the send. Send ends as a
// native does.
type Sendable interface {
	Send(p *runtime.Process, args []lang.Value) lang.Value
}

// sendNative is (send to message).
func sendNative(p *runtime.Process, args []lang.Value) lang.Value {
	switch to := args[0].Obj().(type) {
	case *runtime.Process, *lang.Keyword, *Reference, *lang.Vector:
	case Sendable:
		return to.Send(p, args)
	default:
		lang.Raise(lang.IllegalArgumentException,
			"the first argument of send is a process, a registered name, an alias or an agent, not %s", lang.PrString(args[0]))
	}
	if len(args) != 2 {
		lang.Raise(lang.ArityException, "Wrong number of args (%d) passed to: send; a process takes one message", len(args))
	}
	return of(p).Send(p, args[0], args[1])
}

// Send performs the operation of sending v to a process, a registered name,
// [name node] or an alias. Its result is v.
func (s *System) Send(p *runtime.Process, to, v lang.Value) lang.Value {
	if !p.Begin() {
		return p.Perform(&send{s, to, v})
	}
	s.send(p, to, v)
	return p.Done(v)
}

// send is the operation of sending. It never waits.
type send struct {
	sys   *System
	to, v lang.Value
}

// Ready holds always.
func (o *send) Ready(*runtime.World, *runtime.Process) bool { return true }

// Try sends.
func (o *send) Try(_ *runtime.World, p *runtime.Process) (lang.Value, bool) {
	o.sys.send(p, o.to, o.v)
	return o.v, true
}

// send sends v, on behalf of p, to what dest stands for.
func (s *System) send(p *runtime.Process, dest, v lang.Value) {
	to, note := s.destination(dest)
	if to == nil {
		if k, ok := dest.AsKeyword(); ok {
			lang.Raise(lang.IllegalArgumentException, "invalid destination: no process is registered as :%s", k)
		}
		s.w.Lose(runtime.Event{Kind: eventSend, Proc: p, Value: v, Note: note})
		return
	}
	if m := s.mailbox(to); m.Len() >= s.MailboxLimit {
		lang.Raise(lang.OutOfMemoryError, "the mailbox of %s holds %d messages, which is its limit: "+
			"nobody receives them as fast as they come", to, m.Len())
	}
	s.put(p, to, v, note)
	if r, ok := dest.Obj().(*Reference); ok && r.alias == aliasReply {
		s.endAlias(r)
		s.unwatch(r.owner, r)
	}
}

// destination gives the process that to stands for, nil if there is none,
// and the name by which it was found.
func (s *System) destination(to lang.Value) (p *runtime.Process, name string) {
	switch x := to.Obj().(type) {
	case *runtime.Process:
		return x, ""
	case *lang.Keyword:
		return s.lookup(x), x.String()
	case *Reference:
		if x.alias != noAlias {
			return x.owner, ""
		}
	case *lang.Vector:
		if x.Len() == 2 {
			if k, ok := x.Nth(0).AsKeyword(); ok && lang.Identical(x.Nth(1), kwNode) {
				return s.lookup(k), k.String()
			}
		}
	}
	return nil, ""
}

// Immediate marks an operation that never waits.
func (o *send) Immediate() {}

// Park is never called.
func (o *send) Park(*runtime.World, *runtime.Waiter, int) {}

// Cancel has nothing to withdraw.
func (o *send) Cancel(*runtime.World, *runtime.Waiter, int) {}

// Access gives the receiver's mailbox, and the registry if a name is looked up.
func (o *send) Access(acc []runtime.Access) []runtime.Access {
	if o.to.IsKeyword() {
		acc = append(acc, runtime.Access{Entity: &o.sys.names, Mode: runtime.Read})
	}
	if to, _ := o.sys.destination(o.to); to != nil {
		acc = append(acc, runtime.Access{Entity: o.sys.mailbox(to), Mode: runtime.Write})
	}
	return acc
}

// About says what is sent to whom.
func (o *send) About(p *runtime.Process) string { return p.Say(wordsSend, o.v, o.to) }

// sendAfter is (send-after to message ms): the message comes from nobody. A
// timer for a process that has ended by then does nothing, and a name is
// looked up when the time has come.
func sendAfter(p *runtime.Process, args []lang.Value) lang.Value {
	to, v, ms := args[0], args[1], args[2]
	switch to.Obj().(type) {
	case *runtime.Process, *lang.Keyword:
	default:
		lang.Raise(lang.IllegalArgumentException, "send-after sends to a process or a registered name, not to %s", lang.PrString(to))
	}
	if !ms.IsFixed() || ms.AsInt() < 0 || ms.AsInt() > maxTimeout {
		lang.Raise(lang.IllegalArgumentException, "the time of send-after is a number of milliseconds from 0 to %d, not %s",
			int64(maxTimeout), lang.PrString(ms))
	}
	return startTimer(p, time.Duration(ms.AsInt())*time.Millisecond, to, func(*Reference) lang.Value { return v })
}

// startTimer has what message gives sent to a process or a name after a
// time, and gives the timer's reference.
func startTimer(p *runtime.Process, after time.Duration, to lang.Value, message func(*Reference) lang.Value) lang.Value {
	return p.Perform(&runtime.Effect{Name: wordsSendAfter, With: []any{after, to}, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
		s := of(p)
		r := s.newReference(p)
		r.timer = w.After(after, func(*runtime.World) {
			if q, name := s.destination(to); q != nil {
				if name == "" {
					name = "timer"
				}
				s.put(nil, q, message(r), name)
			} else {
				w.Lose(runtime.Event{Kind: eventSend, Value: message(r), Note: name})
			}
		})
		r.timer.On = to.Obj()
		w.Emit(runtime.Event{Kind: eventTimer, Proc: p, Value: lang.Obj(r)})
		return lang.Obj(r)
	}})
}

// timerLeft is cancel-timer and read-timer: the milliseconds that were left,
// false if the timer has fired, was cancelled or never was.
func timerLeft(cancel bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		return p.Perform(lookAtTimer(reference(args[0]), cancel))
	}
}

func lookAtTimer(r *Reference, cancel bool) runtime.Op {
	return &runtime.Effect{Name: wordsTimer, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
		w.Emit(runtime.Event{Kind: eventTimer, Proc: p, Value: lang.Obj(r)})
		if r.timer == nil || !r.timer.Armed() {
			return lang.False
		}
		left := w.Remaining(r.timer)
		if cancel {
			w.Disarm(r.timer)
		}
		return lang.Int(int64((left + time.Millisecond - 1) / time.Millisecond))
	}}
}
