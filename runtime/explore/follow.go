package explore

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// mostFollowed is how many events a run has at most that is told as a token.
const mostFollowed = defaultDepth

// ErrNoToken is the error of a run that no token can tell of.
var ErrNoToken = errors.New("no token can tell of this run")

// Token tells of a run that has happened by itself, as a token: what start
// begins is led along its events, in a world as it was before. Real time may
// have had timers fire where they would not in virtual time; such a run is told
// by the rule that they fire at any time. The world is as it was afterwards.
func Token(w *runtime.World, start Start, events []runtime.Event, o Options) (token string, err error) {
	if len(events) > mostFollowed {
		return "", fmt.Errorf("%w: it has %d events, and %d are the most", ErrNoToken, len(events), mostFollowed)
	}
	for _, o.Timing = range []Timing{Ordered, Any} {
		var s Schedule
		for _, wary := range []bool{false, true} {
			if token, s, err = encodeRun(w, start, events, o, wary); err != nil {
				continue
			}
			r, err := Replay(w, start, token, o)
			if err == nil && len(r.Schedule) >= len(s) && slices.Equal(r.Schedule[:len(s)], s) {
				return token, nil
			}
		}
	}
	return "", cmp.Or(err, ErrNoToken)
}

// tokenOf makes the token of a schedule that was found. Who replays it knows
// only of that run: if in others of the program more can be noticed, so that
// there are other steps, the token tells of the run's events. The world has been
// prepared by within.
func tokenOf(w *runtime.World, start Start, set *settings, o *Options, s Schedule) (token string) {
	var events []runtime.Event
	on(w, start, set, func(r *run) {
		token = r.encode(s, o.Program)
		for _, x := range r.trace {
			for _, e := range x.events {
				events = append(events, *e)
			}
		}
	})
	if !set.noticed() {
		return token
	}
	if r, err := Replay(w, start, token, *o); err == nil && slices.Equal(r.Schedule, s) {
		return token
	}
	if other, err := Token(w, start, events, *o); err == nil {
		return other
	}
	return token
}

// noticed reports whether anything was found out on which it depends which
// steps there are.
func (s *settings) noticed() bool { return s.queues() || s.ends || s.apart || s.spins }

// encodeRun follows events, and makes a token of the schedule that does.
func encodeRun(w *runtime.World, start Start, events []runtime.Event, o Options, wary bool) (token string, s Schedule, err error) {
	o.complete()
	within(w, &o, func(set *settings) {
		set.wary, set.ends, set.apart = wary, wary, wary
		for set.changed = true; set.changed; {
			set.changed = false
			on(w, start, set, func(r *run) {
				f := &follower{run: r, want: events, done: make([]bool, len(events))}
				err = f.follow()
				s = f.schedule()
			})
		}
		if err == nil {
			on(w, start, set, func(r *run) { token = r.encode(s, o.Program) })
		}
	})
	return token, s, err
}

// passing are the kinds of events that need be no step of their own: the run
// may come by without them. A channel of timeout notices that its time is over
// only where somebody waits.
var passing = map[string]bool{"park": true, "wake": true, "yield": true, "exit": true, "timeout": true, "begin": true, "outside": true}

// follower leads a run along the events of another.
type follower struct {
	*run
	want []runtime.Event
	done []bool // which of them have happened here, too
	from int    // all before it have
}

// follow goes on until everything has happened that is wanted.
func (f *follower) follow() error {
	for len(f.trace) < defaultDepth {
		for f.from < len(f.want) && f.done[f.from] {
			f.from++
		}
		if f.from == len(f.want) {
			return nil
		}
		e := &f.want[f.from]
		switch labels := f.enabled(nil); {
		case f.toward(e, labels), f.ready(e.Peer, labels):
		case passing[e.Kind]:
			f.done[f.from] = true
		case f.time(labels):
		default:
			return f.lost(e)
		}
	}
	return fmt.Errorf("%w: it takes too many steps", ErrNoToken)
}

// lost says why event e does not come.
func (f *follower) lost(e *runtime.Event) error {
	if f.main.Status == runtime.Done {
		if _, raised := f.main.Result(); raised != nil {
			return fmt.Errorf("%w, since done once more it raises %s", ErrNoToken, raised.Error())
		}
	}
	who := "the clock"
	if e.Proc != nil {
		who = e.Proc.String()
	}
	return fmt.Errorf("%w: event %d, %s by %s, does not come in virtual time", ErrNoToken, f.from+1, e.Kind, who)
}

// toward does the step that brings about event e: of several the one that does
// it with the same value, else the first that does it at all.
func (f *follower) toward(e *runtime.Event, labels []label) bool {
	for _, alike := range []func(a, b *runtime.Event) bool{f.same, f.sameKind} {
		for _, l := range labels {
			if l.kind == clock || !f.concerns(l, e) {
				continue
			}
			var x *runtime.Event
			if f.attempt(l, func(s *step) bool {
				x = find(s.events, func(x *runtime.Event) bool { return alike(x, e) })
				return l.kind == park || x != nil
			}) {
				f.tick(f.trace[len(f.trace)-1])
				if x != nil && x.Peer == nil && f.waited(e.Peer) {
					f.receive(e)
				}
				return true
			}
		}
	}
	return false
}

// ready has the partner of an event begin to wait, where that is a step.
func (f *follower) ready(p *runtime.Process, labels []label) bool {
	i := slices.IndexFunc(labels, func(l label) bool { return p != nil && l.kind == park && l.proc == p.ID })
	return i >= 0 && f.do(labels[i])
}

// waited reports whether a process waited where the run that is followed stands.
func (f *follower) waited(p *runtime.Process) bool {
	for i := f.from; i >= 0 && p != nil; i-- {
		if e := &f.want[i]; id(e.Proc) == p.ID {
			return e.Kind == "park"
		}
	}
	return false
}

// receive has who waited take what was put into a buffer by event e: there it
// was handed over, which is one event; here it is a step of its own. The value may be shown as
// another, if it holds what has an identity.
func (f *follower) receive(e *runtime.Event) {
	for _, part := range []string{lang.PrString(e.Value), ""} {
		for _, l := range f.enabled(nil) {
			if l.kind != clock && l.kind != timer && l.kind != park && l.proc == e.Peer.ID && f.attempt(l, func(s *step) bool {
				return find(s.events, func(x *runtime.Event) bool { return handed[x.Kind] && strings.Contains(lang.PrString(x.Value), part) }) != nil
			}) {
				return
			}
		}
	}
}

func find(events []*runtime.Event, is func(*runtime.Event) bool) *runtime.Event {
	if i := slices.IndexFunc(events, is); i >= 0 {
		return events[i]
	}
	return nil
}

// concerns reports whether a step could bring about an event.
func (f *follower) concerns(l label, e *runtime.Event) bool {
	switch {
	case l.kind == timer:
		return e.Proc == nil
	case e.Proc == nil:
		return false
	case l.kind == park:
		return e.Kind == "park" && l.proc == e.Proc.ID
	case l.kind == meeting:
		return e.Peer != nil && (l.proc == e.Proc.ID && l.peer == e.Peer.ID || l.proc == e.Peer.ID && l.peer == e.Proc.ID)
	}
	return e.Kind != "park" && l.proc == e.Proc.ID
}

// attempt does a step, and takes it back if what has come of it is not right.
// The checkpoint before a step that is right stays open until the end: a record
// could not go forward again after one that is closed over changes.
func (f *follower) attempt(l label, right func(*step) bool) bool {
	mark, depth, born := f.w.Checkpoint(), len(f.trace), len(f.threads)
	done := f.do(l)
	if done && right(f.trace[depth]) {
		return true
	}
	f.w.Rollback(mark)
	f.w.Release(mark)
	if done {
		f.undo(depth)
	} else {
		f.abandon(born)
	}
	return false
}

// tick notes what has happened in a step.
func (f *follower) tick(s *step) {
	if s.kind == park {
		f.done[f.from] = true
		return
	}
	for _, x := range s.events {

		for i := f.from; i < len(f.want); i++ {
			if !f.done[i] && f.sameKind(x, &f.want[i]) {
				f.done[i] = true
				break
			}
		}
	}
}

// time lets time go on, or a timer fire, where nothing else brings a run further.
func (f *follower) time(labels []label) bool {
	for _, l := range labels {
		if (l.kind == clock || l.kind == timer) && f.attempt(l, func(*step) bool { return true }) {
			f.tick(f.trace[len(f.trace)-1])
			return true
		}
	}
	return false
}

// sameKind reports whether two events of two runs are of the same kind and of the
// same processes. At a hand-over either side may have come first.
func (f *follower) sameKind(a, b *runtime.Event) bool {
	if id(a.Proc) == id(b.Proc) && a.Kind == b.Kind {
		return true
	}
	return a.Peer != nil && id(a.Proc) == id(b.Peer) && id(a.Peer) == id(b.Proc) && handed[a.Kind] && handed[b.Kind]
}

// handed are the kinds of events of which one stands for both sides of a hand-over.
var handed = map[string]bool{"put": true, "take": true, "alts": true}

// same reports whether two events are alike to whom they are shown, too.
func (f *follower) same(a, b *runtime.Event) bool {
	return f.sameKind(a, b) && a.Note == b.Note && id(a.Peer) == id(b.Peer) && (a.Kind != b.Kind || lang.PrString(a.Value) == lang.PrString(b.Value))
}

func id(p *runtime.Process) runtime.ID {
	if p == nil {
		return 0
	}
	return p.ID
}
