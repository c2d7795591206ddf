package actors

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func TestDependent(t *testing.T) {
	m, names := &Mailbox{}, &registry{}
	event := func(kind string, step, cause uint64) *runtime.Event {
		return &runtime.Event{Kind: kind, Step: step, Cause: cause}
	}
	named := func(kind, name, note string) *runtime.Event {
		return &runtime.Event{Kind: kind, Value: lang.K(name), Note: note}
	}
	send, other := event(eventSend, 1, 0), event(eventSend, 2, 0)
	toName := &runtime.Event{Kind: eventSend, Note: "a"}
	for _, c := range []struct {
		what string
		on   runtime.Conflicter
		a, b *runtime.Event
		want bool
	}{
		{"two sends", m, send, other, true},
		{"a removal and its send", m, send, event(eventRemove, 3, 1), true},
		{"a removal and another send", m, other, event(eventRemove, 3, 1), false},
		{"a wake and another send", m, other, event(eventWake, 3, 1), false},
		{"an expiry and a send", m, event(eventExpire, 3, 0), send, true},
		{"two looks", m, event(eventInfo, 1, 0), event(eventAlive, 2, 0), false},
		{"a look and a send", m, event(eventInfo, 1, 0), send, true},
		{"registers of one name", names, named(eventRegister, "a", ""), named(eventRegister, "a", ""), true},
		{"registers of two names", names, named(eventRegister, "a", ""), named(eventRegister, "b", ""), false},
		{"failed registers", names, named(eventRegister, "a", "taken"), named(eventRegister, "a", "taken"), false},
		{"a failed register and an unregister", names, named(eventRegister, "a", "taken"), named(eventUnregister, "a", ""), true},
		{"a register and a send by name", names, named(eventRegister, "a", ""), toName, true},
		{"look-ups", names, named(eventWhereis, "a", ""), toName, false},
	} {
		if got := c.on.Dependent(c.a, c.b); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
		if got := c.on.Dependent(c.b, c.a); got != c.want {
			t.Errorf("%s, the other way: %v", c.what, got)
		}
	}
}

// TestReceiveInGo has a go block refuse to receive, unless it may.
func TestReceiveInGo(t *testing.T) {
	for _, anywhere := range []bool{false, true} {
		w := newWorld(t, virtual)
		Of(w).ReceiveAnywhere = anywhere
		var failure string
		w.Uncaught = func(_ *runtime.World, _ *runtime.Process, e *lang.Exception) { failure = e.Message() }
		w.Spawn(w.Shell, runtime.Spawn{Kind: runtime.Go, Fn: script(receive(num(0), anything))})
		settle(w)
		if got := strings.HasPrefix(failure, "receive in a go block"); got == anywhere {
			t.Errorf("allowed: %v, failure: %q", anywhere, failure)
		}
	}
}

// TestLibrary checks the table of natives: a name once, arglists and a text each.
func TestLibrary(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Library().Natives {
		if seen[n.Name] || n.Args == "" || !strings.HasSuffix(n.Doc, ".") && !strings.HasSuffix(n.Doc, ".)") {
			t.Errorf("%s: twice, or without arglists or text", n.Name)
		}
		if (n.Pure == nil) == (n.Run == nil) {
			t.Errorf("%s: neither pure nor run, or both", n.Name)
		}
		if _, ok := n.Run.(run); n.Run != nil && !ok {
			t.Errorf("%s: Run is a %T", n.Name, n.Run)
		}
		seen[n.Name] = true
	}
}
