package channels

import (
	"testing"

	"github.com/conc-repl/conc-repl/runtime"
)

func TestDependent(t *testing.T) {
	partner := &runtime.Process{}
	put, take := runtime.Event{Kind: "put"}, runtime.Event{Kind: "take"}
	with := func(e runtime.Event, note string) runtime.Event { e.Note = note; return e }
	nth := func(e runtime.Event, n uint64) runtime.Event { e.Ord = n; return e }
	kind := func(k string) runtime.Event { return runtime.Event{Kind: k} }
	met := put
	c := &Channel{buf: &Buffer{kind: Fixed, size: 2}}
	met.Peer = partner
	for _, x := range []struct {
		what string
		a, b runtime.Event
		want bool
	}{
		{"two puts", put, put, true},
		{"two takes", take, take, true},
		{"a put and the take of another value", nth(put, 3), nth(take, 2), false},
		{"a put and its take", nth(put, 3), nth(take, 3), true},
		{"a take and the put into the place that it leaves", nth(put, 5), nth(take, 3), true},
		{"a put into a sliding buffer and a take", with(nth(put, 3), NoteDrops), take, true},
		{"a meeting and a take", met, take, true},
		{"a close and a take", kind("close"), take, true},
		{"two takes from a closed channel", with(take, NoteClosed), with(take, NoteClosed), false},
		{"a close and a park", kind("close"), kind("park"), true},
		{"a put and the park of a put", put, with(kind("park"), "put"), false},
		{"a put and the park of a take", put, with(kind("park"), "take"), true},
		{"two parks at one end", with(kind("park"), "put"), with(kind("park"), "put"), true},
		{"two parks at two ends", with(kind("park"), "put"), with(kind("park"), "take"), true},
		{"an offer and a park", kind("offer!"), kind("park"), true},
		{"a choice with a default and a take", kind("alts"), take, true},
		{"a look and a put", kind("info"), put, true},
		{"two looks", kind("info"), kind("info"), false},
	} {
		if got := c.Dependent(&x.a, &x.b); got != x.want {
			t.Errorf("%s: %v", x.what, got)
		}
		if got := c.Dependent(&x.b, &x.a); got != x.want {
			t.Errorf("%s, the other way: %v", x.what, got)
		}
	}
}
