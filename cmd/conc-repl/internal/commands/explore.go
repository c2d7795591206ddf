package commands

import "github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"

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
	return e.explorerOf().Do(arg)
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

func witness(e *Env, arg string) error { return e.explorerOf().Witness(arg) }

func walk(e *Env, arg string) error {
	w, end, text, err := e.explorerOf().Walk(arg)
	if err != nil {
		return err
	}
	return e.Stop.Walk(text, w, func() string { return explore.Summary(end()) })
}
