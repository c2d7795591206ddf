package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/runtime"
)

// mostNamed is how many processes a report names one by one.
const mostNamed = 8

// Stuck says what the shell's process waits for when nothing can ever wake
// it, and who waits for what.
func Stuck(w *runtime.World, past Past) string {
	return remarks("Blocked for ever" + place(w.Shell) + ": no process can run, and no timer is armed.\n" + why(w, past) +
		"Ctrl-C gives the prompt back; .ps, .chans and the other commands still answer.")
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
func Deadlock(w *runtime.World, past Past) string {
	return "deadlock: no process can run, and no timer is armed" + place(w.Shell) + "\n" + why(w, past)
}

// why says in sentences, each a line, what the shell's process waits for, who could
// have ended that, and what was lost on the way.
func why(w *runtime.World, past Past) string {
	var b strings.Builder
	b.WriteString(w.Explain(w.Shell) + "\n" + unmatched(w.Shell))
	for _, text := range causes(w, past) {
		b.WriteString(text + "\n")
	}
	b.WriteString(pool(w))
	return b.String()
}

// Reason says in sentences, each a line, why a run of the program cannot go on: who
// waits for whom in a ring, what was lost, who waits for ever.
func Reason(w *runtime.World, past Past) string {
	if !w.Shell.Blocked() {
		return strings.Join(Leaks(w, past, false), "\n")
	}
	out := causes(w, past)
	if len(out) == 0 {
		_, others, _ := strings.Cut(w.Explain(w.Shell), "\n")
		out = []string{others + "\n" + unmatched(w.Shell) + pool(w)}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// causes says, in a sentence each, which ring of processes the shell's waits for, and
// what was lost on the way.
func causes(w *runtime.World, past Past) []string {
	all := chain(w)
	out := lost(w, past, all)
	if text := cycle(w, w.WaitGraph(false).Cycle(all...)); text != "" {
		out = append([]string{text}, out...)
	}
	return out
}

// chain gives the shell's process and those that it waits for, directly or not.
func chain(w *runtime.World) []*runtime.Process {
	out := []*runtime.Process{w.Shell}
	for i := 0; i < len(out) && i < mostNamed; i++ {
		for _, q := range w.WhoCouldWake(out[i]) {
			if q.Blocked() && !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	return out
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
			parts = append(parts, fmt.Sprintf("%s (%s) %s", w.Label(p), w.KindOf(p), what))
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
// servers; with prompt, a person may still reach some. It is to be asked when nothing is ready.
func Leaks(w *runtime.World, past Past, prompt bool) []string {
	if w.TimersArmed() > 0 {
		return nil // who waits may still be reached by one whose timer fires
	}
	var out []string
	all, _ := w.Stuck(prompt)
	ring := w.WaitGraph(prompt).Cycle()
	if len(ring) > 0 {
		out = append(out, "deadlock: "+cycle(w, ring))
	}
	leaks := slices.DeleteFunc(slices.Clone(all), func(p *runtime.Process) bool { return slices.Contains(ring, p) })
	for i, p := range leaks {
		if i == mostNamed {
			out = append(out, fmt.Sprintf("leak: and %d more processes", len(leaks)-i))
			break
		}
		out = append(out, fmt.Sprintf("leak: %s (%s) waits for ever: %s%s", w.Label(p), w.KindOf(p), waitsOn(p), place(p)))
	}
	if hidden := w.Parked() - parkedAmong(w.Processes()); hidden > 0 {
		out = append(out, fmt.Sprintf("leak: and %d go blocks that nothing holds", hidden))
	}
	return append(out, lost(w, past, all)...)
}
