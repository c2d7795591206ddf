package views

import (
	"fmt"
	"io"

	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// References lists the atoms, refs and agents, one a line.
func References(out io.Writer, w *runtime.World) {
	all := core.References(w)
	if len(all) == 0 {
		fmt.Fprintln(out, "there are no atoms, refs or agents")
	}
	for i, r := range all {
		if i == mostRows {
			fmt.Fprintf(out, "and %d more\n", len(all)-i)
			return
		}
		fmt.Fprintln(out, referenceText(w, r))
	}
}

func referenceText(w *runtime.World, r core.Reference) string {
	s := r.Kind
	if r.Name != "" {
		s = r.Name + "  " + r.Kind
	}
	s += "  " + short(w, r.Value)
	if r.Version > 0 {
		s += fmt.Sprintf("; version %d, by %s", r.Version, labelOf(w, r.Writer))
	}
	if r.Retries > 0 {
		s += fmt.Sprintf("; came too late: %d times, last %s", r.Retries, labelOf(w, r.Loser))
	}
	if r.Older > 0 {
		s += fmt.Sprintf("; %d older values kept", r.Older)
	}
	if r.Queued > 0 {
		s += fmt.Sprintf("; %d actions to do", r.Queued)
	}
	if r.Failed {
		s += "; failed, needs restart-agent"
	}
	return s
}

// labelOf names the process of a number, which may have ended.
func labelOf(w *runtime.World, num uint64) string {
	if p := w.ProcessByNum(num); p != nil {
		return w.Label(p)
	}
	return fmt.Sprintf("p%d", num)
}
