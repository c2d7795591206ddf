package commands

import "github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"

func referenceList(e *Env, _ string) error {
	views.References(e.Out, e.Session.World)
	return nil
}
