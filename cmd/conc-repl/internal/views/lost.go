package views

import (
	"fmt"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// Past is what is known of what has happened; the zero one knows nothing.
type Past struct {
	// Events gives the events, oldest first.
	Events func() []runtime.Event
	// Number gives the number by which people can ask for the event of a step.
	Number func(step uint64) (n int, ok bool)
}

// when says which event it was, if people can ask for it, or where it happened.
func (x Past) when(e *runtime.Event) string {
	at := ""
	if e.Pos.IsValid() {
		at = " at " + e.Pos.String()
	}
	if x.Number != nil {
		if n, ok := x.Number(e.Step); ok {
			return fmt.Sprintf("%s (event %d)", at, n)
		}
	}
	return at
}

// mostLost is how many lost wake-ups a report names.
const mostLost = 4

// lost says, in a sentence each, which signals would have ended the waits of some
// processes, had they not come too early, or to nobody, or been taken by another receive.
func lost(w *runtime.World, past Past, ps []*runtime.Process) []string {
	var out []string
	for _, p := range ps {
		for _, find := range []func(*runtime.World, Past, *runtime.Process) string{attempted, astray, consumed, misfit} {
			if text := find(w, past, p); text != "" && len(out) < mostLost {
				out = append(out, text)
			}
		}
	}
	return out
}

// The words for what is lost.
var (
	wordsOffered = runtime.Wording{
		Clojure: "A lost wake-up: %s offered %s to %s%s before anybody waited there, and found nobody. put! or >! would have waited for a taker.",
		Elixir:  "A lost wake-up: %s did Chan.offer of %s to %s%s before anybody waited there, and found nobody. Chan.put would have waited for a taker.",
	}
	wordsPolled = runtime.Wording{
		Clojure: "A lost wake-up: %s polled %[3]s%[4]s before anybody waited there, and found nobody. <! would have waited for a put.",
		Elixir:  "A lost wake-up: %s did Chan.poll of %[3]s%[4]s before anybody waited there, and found nobody. Chan.take would have waited for a put.",
	}
	wordsDropped = runtime.Wording{
		Clojure: "A lost value: when %s put %s on %s%s its buffer was full, and dropped a value. A buffer that does not drop would have kept it for who waits now.",
		Elixir:  "A lost value: when %s did Chan.put of %s on %s%s its buffer was full, and dropped a value. A buffer that does not drop would have kept it for who waits now.",
	}
	wordsTooEarly = runtime.Wording{
		Clojure: "A lost message: %s sent %s to %s%s before any process had that name; %[5]s, which has it now, waits for such a message. Register before others send.",
	}
	wordsNoName  = runtime.Wording{Clojure: "A lost message: %s sent %s to %s%s while no process had that name: no answer will come."}
	wordsToDead  = runtime.Wording{Clojure: "A lost message: %s sent %s to %s%s, which had ended: no answer will come. A monitor would have told of its end."}
	wordsTooLate = runtime.Wording{Clojure: "A lost message: the answer %[2]s of %[1]s%[4]s came when the time of the call was over, and was dropped."}
	wordsTaken   = runtime.Wording{Clojure: "A lost message: %s received %s%s already, by another receive or flush. The receive in which it waits now would have taken it."}

	wordsOtherSize = runtime.Wording{
		Clojure: "A near miss: %s has %s in its mailbox. A clause asks for %s with %s elements, but this has %s.",
	}
	wordsOtherPart = runtime.Wording{
		Clojure: "A near miss: %s has %s in its mailbox. A clause asks for %s with as many elements, but a value in it, or the guard, does not fit.",
	}
	wordsNearTag = runtime.Wording{
		Clojure: "A near miss: %s has %s in its mailbox. A clause asks for %s: is one of the two misspelt?",
	}
)

// attempted finds what was tried on a channel on which p waits now, while nobody
// waited there.
func attempted(w *runtime.World, past Past, p *runtime.Process) string {
	losses := w.Losses()
	for i := len(losses) - 1; i >= 0; i-- {
		e := &losses[i]
		c, ok := e.Entity.(*channels.Channel)
		if !ok || e.Proc == p && e.Kind == "poll!" || !offers(p, c, e.Kind == "poll!") {
			continue
		}
		words := wordsOffered
		switch {
		case e.Note == channels.NoteLost:
			words = wordsDropped
		case e.Kind == "poll!":
			words = wordsPolled
		}
		return w.Say(words, title(w, e.Proc), e.Value, c, past.when(e))
	}
	return ""
}

// offers reports whether p waits on c to put something, if puts holds, or else to
// take something.
func offers(p *runtime.Process, c *channels.Channel, puts bool) bool {
	in := channels.Info(c)
	waiting := in.Takes
	if puts {
		waiting = in.Puts
	}
	for _, t := range waiting {
		if t.Proc == p {
			return true
		}
	}
	return false
}

// astray finds a message that p would take, and that came to nobody, or one that asks
// for an answer and that p itself sent to nobody.
func astray(w *runtime.World, past Past, p *runtime.Process) string {
	s := actors.Of(w)
	if _, ok := s.Receiving(p); !ok {
		return ""
	}
	losses := w.Losses()
	for i := len(losses) - 1; i >= 0; i-- {
		e := &losses[i]
		if e.Kind != "send" {
			continue
		}
		by := "a timer"
		if e.Proc != nil {
			by = title(w, e.Proc)
		}
		name := ":" + e.Note
		switch {
		case e.Peer == nil && e.Note != "" && e.Note == s.Name(p) && s.WouldTake(p, e.Value):
			return w.Say(wordsTooEarly, by, e.Value, name, past.when(e), title(w, p))
		case e.Proc == p && !asksFor(p, e):
		case e.Proc == p && e.Peer == nil && e.Note != "":
			return w.Say(wordsNoName, by, e.Value, name, past.when(e))
		case e.Proc == p && e.Peer != nil:
			return w.Say(wordsToDead, by, e.Value, w.Label(e.Peer), past.when(e))
		case e.Proc != p && e.Peer == nil && e.Note == "" && s.WouldTake(p, e.Value):
			return w.Say(wordsTooLate, by, e.Value, "", past.when(e))
		}
	}
	return ""
}

// asksFor reports whether a message that p has sent asks for an answer for which p may
// wait now: p stands in it, the receive is of the same text, and for nobody else's answer.
func asksFor(p *runtime.Process, e *runtime.Event) bool {
	if a, ok := p.Waiting().(runtime.Awaiter); ok {
		if by, key := a.Awaits(); by != nil || key != nil {
			return false
		}
	}
	return e.Pos.Src == p.Pos().Src && mentions(e.Value, p)
}

// mentions reports whether a process stands in a value, so that who gets that can answer.
func mentions(v lang.Value, p *runtime.Process) bool {
	if v.Obj() == any(p) {
		return true
	}
	found := false
	lang.Elements(v, func(e lang.Value) bool {
		found = mentions(e, p)
		return !found
	})
	return found
}

// consumed finds a message that p has received by another receive than the one in
// which it waits now, which would have taken it, too.
func consumed(w *runtime.World, past Past, p *runtime.Process) string {
	s := actors.Of(w)
	if _, ok := s.Receiving(p); !ok || past.Events == nil {
		return ""
	}
	here, events, tries := p.Pos(), past.Events(), 0
	for i := len(events) - 1; i >= 0 && tries < mostTries; i-- {
		e := &events[i]
		if e.Kind != "remove" || e.Proc != p || e.Pos == here {
			continue
		}
		tries++
		if s.WouldTake(p, e.Value) {
			return w.Say(wordsTaken, title(w, p), e.Value, past.when(e))
		}
	}
	return ""
}

// mostTries bounds how many messages that were received before are tried.
const mostTries = 100

// misfit finds a message in the mailbox of p that looks almost as what a clause of
// its receive asks for.
func misfit(w *runtime.World, _ Past, p *runtime.Process) string {
	s := actors.Of(w)
	asks := s.Asks(p)
	if asks == nil {
		return ""
	}
	for _, m := range s.Mailbox(p) {
		tag, size := head(m.Value)
		if tag == nil {
			continue
		}
		for _, h := range asks {
			want := 0
			if h.Tuple {
				want = h.Len
			}
			switch {
			case h.Tag == nil:
			case h.Tag == tag && want == size:
				return w.Say(wordsOtherPart, title(w, p), m.Value, lang.Kw(h.Tag))
			case h.Tag == tag:
				return w.Say(wordsOtherSize, title(w, p), m.Value, lang.Kw(h.Tag), want, size)
			case want == size && core.Distance(h.Tag.Name, tag.Name) <= nearEnough(tag.Name):
				return w.Say(wordsNearTag, title(w, p), m.Value, lang.Kw(h.Tag))
			}
		}
	}
	return ""
}

// nearEnough gives how many letters may differ in two words that one may take for
// the same.
func nearEnough(word string) int { return min(2, len(word)/3) }

// head gives the atom with which a message begins, nil if it begins with none, and
// the number of its elements, 0 for the atom alone.
func head(v lang.Value) (tag *lang.Keyword, size int) {
	if k, ok := v.AsKeyword(); ok {
		return k, 0
	}
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() == 0 {
		return nil, 0
	}
	k, _ := t.Nth(0).AsKeyword()
	return k, t.Len()
}
