package views

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/runtime"
)

// Cycles are looked for among mostSearched waiting processes; among fewer if
// there are many processes, since each takes a walk over all that the others
// can reach: mostWalked processes in all.
const (
	mostSearched = 200
	mostWalked   = 400_000
)

// waitGraph has, for each process that waits, those who could end the wait.
type waitGraph struct {
	procs  []*runtime.Process
	more   int // that wait, too, and were left out
	next   map[*runtime.Process][]*runtime.Process
	person map[*runtime.Process]bool // a form typed at the prompt could end the wait
}

func graphOf(w *runtime.World) waitGraph {
	g := waitGraph{next: map[*runtime.Process][]*runtime.Process{}, person: map[*runtime.Process]bool{}}
	idle := w.Shell.Status == runtime.Done
	all := everybody(w)
	most := max(1, min(mostSearched, mostWalked/len(all)))
	for _, p := range all {
		switch {
		case p.Status != runtime.Parked || p.Waiting() == nil:
		case len(g.procs) == most:
			g.more++
		default:
			g.procs = append(g.procs, p)
			g.next[p] = w.WhoCouldWake(p)
			g.person[p] = idle && (p.Kind == runtime.Actor || w.PromptCouldWake(p))
		}
	}
	return g
}

// stuck gives the processes of which every one who could wake them is stuck
// itself: the greatest set that is closed so.
func (g waitGraph) stuck() map[*runtime.Process]bool {
	in := map[*runtime.Process]bool{}
	for _, p := range g.procs {
		in[p] = !g.person[p]
	}
	for changed := true; changed; {
		changed = false
		for _, p := range g.procs {
			if in[p] && slices.ContainsFunc(g.next[p], func(q *runtime.Process) bool { return !in[q] }) {
				in[p] = false
				changed = true
			}
		}
	}
	return in
}

// cycle gives the processes of a shortest cycle among those that are stuck,
// nil if there is none.
func (g waitGraph) cycle() []*runtime.Process {
	in := g.stuck()
	var best []*runtime.Process
	for _, p := range g.procs {
		if c := g.back(p, in); in[p] && c != nil && (best == nil || len(c) < len(best)) {
			best = c
		}
	}
	return best
}

// back gives a shortest way from p to itself, breadth first.
func (g waitGraph) back(p *runtime.Process, in map[*runtime.Process]bool) []*runtime.Process {
	from := map[*runtime.Process]*runtime.Process{}
	todo := []*runtime.Process{p}
	for len(todo) > 0 {
		q := todo[0]
		todo = todo[1:]
		for _, r := range g.next[q] {
			if r == p {
				way := []*runtime.Process{q}
				for q != p {
					q = from[q]
					way = append(way, q)
				}
				slices.Reverse(way)
				return way
			}
			if in[r] && from[r] == nil {
				from[r] = q
				todo = append(todo, r)
			}
		}
	}
	return nil
}

// Cycle says in a sentence which processes wait for each other in a ring, ""
// if none do.
func Cycle(w *runtime.World) string { return cycleText(w, graphOf(w).cycle()) }

func cycleText(w *runtime.World, ring []*runtime.Process) string {
	if len(ring) == 0 {
		return ""
	}
	var parts []string
	for i, p := range ring {
		parts = append(parts, fmt.Sprintf("%s waits (%s) for %s", title(w, p), waitsOn(p), title(w, ring[(i+1)%len(ring)])))
	}
	return "They wait for each other: " + strings.Join(parts, ", ") + ".\n"
}

// title names a process in a sentence.
func title(w *runtime.World, p *runtime.Process) string {
	if p == w.Shell {
		return "the main process"
	}
	return Label(w, p)
}

// Faults says in a sentence each what is wrong among the processes while the
// prompt is free: rings of processes that wait for each other, and waits that
// nobody, the person among them, can ever end. It is to be asked when nothing is ready.
func Faults(w *runtime.World) []string {
	if w.TimersArmed() > 0 {
		return nil // whose timer fires may end any wait
	}
	g := graphOf(w)
	var out []string
	ring := g.cycle()
	if len(ring) > 0 {
		out = append(out, "deadlock: "+strings.TrimSuffix(cycleText(w, ring), "\n"))
	}
	stuck := g.stuck()
	leaks, _ := w.Stuck()
	for _, p := range leaks {
		if stuck[p] && len(g.next[p]) == 0 && len(out) < mostNamed {
			out = append(out, fmt.Sprintf("leak: %s (%s) waits for ever%s: %s. Nobody else can reach that.", Label(w, p), w.KindOf(p), place(p), waitsOn(p)))
		}
	}
	return out
}

// Waits shows who waits, on what, and who could end that, and names a cycle.
func Waits(out io.Writer, w *runtime.World) {
	g := graphOf(w)
	if len(g.procs) == 0 {
		fmt.Fprintln(out, "nobody waits")
		return
	}
	stuck := g.stuck()
	for i, p := range g.procs {
		if i == mostRows {
			fmt.Fprintf(out, "and %d more\n", len(g.procs)-i)
			break
		}
		var names []string
		for j, q := range g.next[p] {
			if j == mostNamed {
				names = append(names, "...")
				break
			}
			names = append(names, Label(w, q))
		}
		if g.person[p] {
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
		fmt.Fprintf(out, "%s (%s) waits: %s; %s%s\n", Label(w, p), w.KindOf(p), waitsOn(p), text, note)
	}
	if g.more > 0 {
		fmt.Fprintf(out, "and %d more\n", g.more)
	}
	io.WriteString(out, cycleText(w, g.cycle()))
}
