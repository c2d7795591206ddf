package views

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/runtime"
)

// mostNamed is how many processes a report names one by one.
const mostNamed = 8

// Stuck says what the shell's process waits for when nothing can ever wake
// it, and who waits for what.
func Stuck(w *runtime.World) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Blocked for ever%s: no process can run, and no timer is armed.\n%s\n", place(w.Shell), w.Explain(w.Shell))
	b.WriteString(unmatched(w.Shell))
	b.WriteString(Cycle(w))
	b.WriteString(pool(w))
	b.WriteString("Ctrl-C gives the prompt back; .ps, .chans and the other commands still answer.")
	return remarks(b.String())
}

// remarks marks each line as a comment.
func remarks(s string) string {
	return "; " + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n; ") + "\n"
}

// pool says that go blocks that wait hold all workers of their pool.
func pool(w *runtime.World) string {
	if held, of := w.Held(); held < of {
		return ""
	}
	return "Go blocks that wait in >!! or <!! hold all workers of their pool: use >! and <! there.\n"
}

// Deadlock says that a script's main process can never go on, and why.
func Deadlock(w *runtime.World) string {
	return "deadlock: no process can run, and no timer is armed" + place(w.Shell) + "\n" + w.Explain(w.Shell) + "\n" +
		unmatched(w.Shell) + Cycle(w) + pool(w)
}

func place(p *runtime.Process) string {
	if pos := p.Pos(); pos.IsValid() {
		return " at " + pos.String()
	}
	return ""
}

// Leftovers says in one line what earlier forms left running, "" if nothing.
func Leftovers(w *runtime.World) string {
	var parts []string
	n := 0
	for _, p := range w.Processes() {
		if p == w.Shell || p.Status == runtime.Done {
			continue
		}
		n++
		if len(parts) < 3 {
			what := "waits: " + waitsOn(p)
			if p.Waiting() == nil {
				what = "is " + w.StatusOf(p)
			}
			parts = append(parts, fmt.Sprintf("%s (%s) %s", Label(w, p), w.KindOf(p), what))
		}
	}
	switch {
	case n == 0:
		return ""
	case n > len(parts):
		return fmt.Sprintf("%d processes are still there: %s, ... (.ps shows them, .reset ends them)", n, strings.Join(parts, ", "))
	case n == 1:
		return "still there: " + parts[0] + " (.kill " + parts[0][:strings.IndexByte(parts[0], ' ')] + " ends it)"
	}
	return "still there: " + strings.Join(parts, ", ") + " (.kill ends one)"
}

// Leaks names the processes that are parked for ever though they are no
// servers. It is to be asked when nothing is ready.
func Leaks(w *runtime.World) []string {
	if w.TimersArmed() > 0 {
		return nil // who waits may still be reached by one whose timer fires
	}
	var out []string
	leaks, _ := w.Stuck()
	for i, p := range leaks {
		if i == mostNamed {
			out = append(out, fmt.Sprintf("leak: and %d more processes", len(leaks)-i))
			break
		}
		out = append(out, fmt.Sprintf("leak: %s (%s) waits for ever: %s%s", Label(w, p), w.KindOf(p), waitsOn(p), place(p)))
	}
	if hidden := w.Parked() - parkedAmong(w.Processes()); hidden > 0 {
		out = append(out, fmt.Sprintf("leak: and %d go blocks that nothing holds", hidden))
	}
	return out
}
