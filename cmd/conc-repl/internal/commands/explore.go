package commands

import (
	"fmt"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"
	"github.com/conc-repl/conc-repl/runtime"
)

// explorerOf gives the explorer of the session.
func (e *Env) explorerOf() *explore.Explorer {
	if e.explorer == nil || e.explorer.S != e.Session {
		e.explorer = &explore.Explorer{S: e.Session, Out: e.Out}
	}
	return e.explorer
}

func exploreForm(e *Env, arg string) error {
	e.exploring.Store(e.Session.World)
	defer e.exploring.Store(nil)
	e.explored = e.Rec.Forms()
	return e.explorerOf().Do(arg)
}

// justExplored reports whether an exploration was the last thing that was done.
func (e *Env) justExplored() bool {
	return e.explorerOf().Explored() && e.explored == e.Rec.Forms()
}

// EndExploring has an exploration that is under way end with what there is; it
// reports whether there is one. Any goroutine may call it.
func (e *Env) EndExploring() bool {
	w := e.exploring.Load()
	if w != nil {
		w.Interrupt()
	}
	return w != nil
}

func compare(e *Env, arg string) error { return e.explorerOf().Compare(arg) }

func replay(e *Env, arg string) error { return e.explorerOf().Replay(arg) }

// token tells the schedule of the last form as it ran.
func token(e *Env, _ string) (err error) {
	x, text := e.explorerOf(), ""
	if lost := e.Rec.Last(func(form string, events []runtime.Event) { text, err = x.Token(form, events) }); lost != nil {
		return lost
	}
	if err == nil {
		fmt.Fprintf(e.Out, "; token %s (.replay %s runs it)\n", text, text)
	}
	return err
}

func witness(e *Env, arg string) error { return e.explorerOf().Witness(arg) }

func walk(e *Env, arg string) error {
	w, end, text, err := e.explorerOf().Walk(arg)
	if err != nil {
		return err
	}
	return e.Stop.Walk(text, w, func() string { return explore.Summary(end()) })
}
