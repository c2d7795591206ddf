package views

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/runtime"
)

// cycle says in a sentence which processes wait for each other in a ring, "" if
// none do.
func cycle(w *runtime.World, ring []*runtime.Process) string {
	if len(ring) == 0 {
		return ""
	}
	var parts []string
	for i, p := range ring {
		parts = append(parts, waitsFor(w, p, ring[(i+1)%len(ring)]))
	}
	return "They wait for each other: " + strings.Join(parts, "; ") + "."
}

// waitsFor says what p waits for and that q alone could end that.
func waitsFor(w *runtime.World, p, q *runtime.Process) string {
	if a, ok := p.Waiting().(runtime.Awaiter); ok {
		if by, _ := a.Awaits(); by == q { // then the operation names it
			return fmt.Sprintf("%s waits: %s", title(w, p), waitsOn(p))
		}
	}
	return fmt.Sprintf("%s waits (%s) for %s", title(w, p), waitsOn(p), title(w, q))
}

// title names a process in a sentence.
func title(w *runtime.World, p *runtime.Process) string {
	if p == w.Shell {
		return "the main process"
	}
	return w.Label(p)
}

// Faults says in a sentence each what is wrong among the processes while the
// prompt is free: rings of processes that wait for each other, and waits that
// nobody, the person among them, can ever end. It is to be asked when nothing is ready.
func Faults(w *runtime.World, past Past) []string {
	if w.TimersArmed() > 0 {
		return nil // whose timer fires may end any wait
	}
	var out []string
	ring := w.WaitGraph(true).Cycle()
	if len(ring) > 0 {
		out = append(out, "deadlock: "+cycle(w, ring))
	}
	leaks, _ := w.Stuck(true)
	for _, p := range leaks {
		if p.Kind != runtime.Actor && !slices.Contains(ring, p) && len(out) < mostNamed { // of an actor, the pid can be typed
			out = append(out, fmt.Sprintf("leak: %s (%s) waits for ever%s: %s. Nobody else can reach that.", w.Label(p), w.KindOf(p), place(p), waitsOn(p)))
		}
	}
	return append(out, lost(w, past, leaks)...)
}

// Waits shows who waits, on what, and who could end that, and names a cycle.
func Waits(out io.Writer, w *runtime.World) {
	g := w.WaitGraph(true)
	if len(g.Procs) == 0 {
		fmt.Fprintln(out, "nobody waits")
		return
	}
	stuck := g.Stuck()
	for i, p := range g.Procs {
		if i == mostRows {
			fmt.Fprintf(out, "and %d more\n", len(g.Procs)-i)
			break
		}
		var names []string
		for j, q := range g.Next[p] {
			if j == mostNamed {
				names = append(names, "...")
				break
			}
			names = append(names, w.Label(q))
		}
		if g.Person[p] {
			names = append(names, "you")
		}
		text := "nobody can end that"
		if len(names) > 0 {
			text = "could be ended by " + strings.Join(names, ", ")
		}
		note := ""
		if stuck[p] && w.TimersArmed() == 0 && len(names) > 0 {
			note = ", who can never do so"
		}
		fmt.Fprintf(out, "%s (%s) waits: %s; %s%s\n", w.Label(p), w.KindOf(p), waitsOn(p), text, note)
	}
	if g.More > 0 {
		fmt.Fprintf(out, "and %d more\n", g.More)
	}
	if text := cycle(w, g.Cycle()); text != "" {
		fmt.Fprintln(out, text)
	}
}
