package channels

import (
	"testing"

	"github.com/conc-repl/conc-repl/runtime"
)

func TestDependent(t *testing.T) {
	partner := &runtime.Process{}
	put, take := runtime.Event{Kind: "put"}, runtime.Event{Kind: "take"}
	with := func(e runtime.Event, note string) runtime.Event { e.Note = note; return e }
	kind := func(k string) runtime.Event { return runtime.Event{Kind: k} }
	met := put
	met.Peer = partner
	for _, x := range []struct {
		what string
		a, b runtime.Event
		want bool
	}{
		{"two puts", put, put, true},
		{"two takes", take, take, true},
		{"a put and a take of another value", put, take, false},
		{"a put into an empty buffer and a take", with(put, NoteEmpty), take, true},
		{"a put and a take from a full buffer", put, with(take, NoteFull), true},
		{"a put into a sliding buffer and a take", with(put, NoteDrops), take, true},
		{"a meeting and a take", met, take, true},
		{"a close and a take", kind("close"), take, true},
		{"a close and a park", kind("close"), kind("park"), true},
		{"a put and a park", put, kind("park"), false},
		{"two parks", kind("park"), kind("park"), false},
		{"an offer and a park", kind("offer!"), kind("park"), true},
		{"a choice with a default and a take", kind("alts"), take, true},
		{"a look and a put", kind("info"), put, true},
		{"two looks", kind("info"), kind("info"), false},
	} {
		if got := (&Channel{}).Dependent(&x.a, &x.b); got != x.want {
			t.Errorf("%s: %v", x.what, got)
		}
		if got := (&Channel{}).Dependent(&x.b, &x.a); got != x.want {
			t.Errorf("%s, the other way: %v", x.what, got)
		}
	}
}
