package commands

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
)

func TestTable(t *testing.T) {
	names := []string{}
	for _, c := range Table() {
		names = append(names, c.Name)
		if c.Doc == "" || c.Run == nil {
			t.Errorf("%s has no doc or no function", c.Name)
		}
		if !strings.Contains(Help(), c.Name) {
			t.Errorf("%s is not in the help", c.Name)
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("not sorted: %v", names)
	}
}

func TestDo(t *testing.T) {
	for line, want := range map[string]string{
		".hlep":                "did you mean .help?",
		".mail":                "did you mean .mailbox?",
		".xyzzyplugh":          ".help lists them",
		".ps now":              "takes no argument",
		".kill":                "needs an argument",
		".kill 12345":          "there is no process 12345",
		".chan nothing":        "there is no channel nothing",
		".lang erlang":         "there is no notation erlang",
		".back":                "nothing is recorded yet",
		".event x":             "events have numbers",
		".record maybe":        "auto, on or off",
		".timeline":            "nothing is recorded yet",
		".set nonsense 1":      "there is no setting nonsense",
		".set budget x":        "a number from 1 on",
		".set park-anywhere 7": "on or off",
		".source println":      "built in",
		".doc nothing-of-this": "nothing is called",
		".load /no/such.clj":   "no such file",
	} {
		s := session.New(session.Options{Out: io.Discard, Err: io.Discard})
		e := &Env{Session: s, Out: io.Discard, Rec: record.New(s.World)}
		if err := Do(e, line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", line, err, want)
		}
	}
}

func TestSettings(t *testing.T) {
	var out bytes.Buffer
	e := &Env{Session: session.New(session.Options{}), Out: &out}
	for line, check := range map[string]func(o session.Options) bool{
		".set budget 100":       func(o session.Options) bool { return e.Session.World.Options().Budget == 100 },
		".set stack-limit 5000": func(o session.Options) bool { return e.Session.World.Options().StackLimit == 5000 },
		".set seed 9":           func(o session.Options) bool { return o.Seed == 9 },
		".set park-anywhere on": func(o session.Options) bool { return o.ParkAnywhere },
		".model beam":           func(o session.Options) bool { return modelNames[o.Model] == "beam" },
		".set virtual on":       func(o session.Options) bool { return o.Virtual },
	} {
		if err := Do(e, line); err != nil || !check(e.Session.Options()) {
			t.Errorf("%s: %v", line, err)
		}
	}
}
