package commands

import (
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/timeline"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/views"
)

func timers(e *Env, _ string) error { views.Timers(e.Out, e.Session.World); return nil }

func links(e *Env, _ string) error { views.Links(e.Out, e.Session.World); return nil }

func tree(e *Env, _ string) error { views.Tree(e.Out, e.Session.World); return nil }

func waits(e *Env, _ string) error { views.Waits(e.Out, e.Session.World); return nil }

func leaks(e *Env, _ string) error {
	views.LeakList(e.Out, e.Session.World, timeline.Past(e.Rec))
	return nil
}

func sched(e *Env, _ string) error { views.Schedulers(e.Out, e.Session.World); return nil }

func heap(e *Env, arg string) error {
	p := e.Session.World.Shell
	if arg != "" {
		var err error
		if p, err = process(e, arg); err != nil {
			return err
		}
	}
	views.Heap(e.Out, p)
	return nil
}
