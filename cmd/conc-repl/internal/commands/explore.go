package commands

import "github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"

// exploring gives the explorer of the session.
func (e *Env) exploring() *explore.Explorer {
	if e.explorer == nil || e.explorer.S != e.Session {
		e.explorer = &explore.Explorer{S: e.Session, Out: e.Out}
	}
	return e.explorer
}

func exploreForm(e *Env, arg string) error { return e.exploring().Do(arg) }

func replay(e *Env, arg string) error { return e.exploring().Replay(arg) }

func witness(e *Env, arg string) error { return e.exploring().Witness(arg) }

func walk(e *Env, arg string) error {
	x := e.exploring()
	o, err := x.Outcome(arg)
	if err != nil {
		return err
	}
	forms, title := x.Forms()
	return e.Stop.Start(forms, title, o.Guide())
}
