package commands

import (
	"fmt"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/page"
	"github.com/conc-repl/conc-repl/runtime"
)

func showPage(e *Env, _ string) error {
	page.Of(e.Session.World).Show(e.Out)
	return nil
}

// clickWork is how many reductions what a click has woken may use before the
// page is shown.
const clickWork = 1_000_000

func click(e *Env, arg string) error {
	w := e.Session.World
	p := page.Of(w)
	told, err := p.Click(arg)
	if err != nil {
		return err
	}
	if told == 0 {
		fmt.Fprintln(e.Out, "; nobody listens to clicks on", arg)
	}
	if !e.Session.Busy() {
		w.Run(runtime.Limits{Reductions: clickWork})
	}
	p.Show(e.Out)
	return nil
}
