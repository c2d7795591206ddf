package views

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/actors"
	"github.com/conc-repl/conc-repl/runtime"
)

// Timers lists the armed timers in the order in which they will fire.
func Timers(out io.Writer, w *runtime.World) {
	if w.TimersArmed() == 0 {
		fmt.Fprintln(out, "no timer is armed")
		return
	}
	TimerLines(out, w, mostRows)
}

// Links lists the links and monitors of all processes.
func Links(out io.Writer, w *runtime.World) {
	s, none := actors.Of(w), true
	for _, p := range Everybody(w) {
		for _, q := range s.Links(p) {
			if q.Num > p.Num {
				fmt.Fprintf(out, "%s <-> %s\n", ends(s, p), ends(s, q))
				none = false
			}
		}
		for _, m := range s.Monitors(p) {
			if m.Proc != nil {
				fmt.Fprintf(out, "%s monitors %s (%s)\n", w.Label(p), w.Label(m.Proc), m.Ref)
				none = false
			}
		}
	}
	if none {
		fmt.Fprintln(out, "there are no links and no monitors")
	}
}

// ends names one end of a link, and whether an exit signal ends it.
func ends(s *actors.System, p *runtime.Process) string {
	if s.Trapping(p) {
		return p.W.Label(p) + " (traps exits)"
	}
	return p.W.Label(p)
}

// Family divides the processes into those that nobody alive has started, and the
// others by who started them.
func Family(w *runtime.World) (roots []*runtime.Process, children map[*runtime.Process][]*runtime.Process) {
	all := Everybody(w)
	children = map[*runtime.Process][]*runtime.Process{}
	listed := map[*runtime.Process]bool{}
	for _, p := range all {
		listed[p] = true
	}
	for _, p := range all {
		if q := parentOf(p); q != nil && q != p && listed[q] {
			children[q] = append(children[q], p)
		} else {
			roots = append(roots, p)
		}
	}
	return roots, children
}

// Tied reports whether a process is linked to the one that started it, as a child
// is to its supervisor.
func Tied(p *runtime.Process) bool {
	q := parentOf(p)
	return q != nil && slices.Contains(actors.Of(p.W).Links(p), q)
}

// Tree shows the processes below those that started them. Links show in it as
// a double line: they are what ties a supervisor to its children.
func Tree(out io.Writer, w *runtime.World) {
	roots, children := Family(w)
	rows := 0
	var show func(p *runtime.Process, indent, branch, below string)
	show = func(p *runtime.Process, indent, branch, below string) {
		if rows++; rows > mostRows {
			return
		}
		fmt.Fprintf(out, "%s%s%s (%s) %s\n", indent, branch, w.Label(p), w.KindOf(p), treeStatus(w, p))
		for i, c := range children[p] {
			branch, under := treeBranch(c, i == len(children[p])-1)
			show(c, indent+below, branch, under)
		}
	}
	for _, p := range roots {
		show(p, "", "", "")
	}
	if rows > mostRows {
		fmt.Fprintf(out, "and %d more\n", rows-mostRows)
	}
}

func treeStatus(w *runtime.World, p *runtime.Process) string {
	if p.Waiting() != nil {
		return "waits: " + waitsOn(p)
	}
	return status(w, p)
}

// parentOf gives who started p; the shell counts while it is at the prompt.
func parentOf(p *runtime.Process) *runtime.Process {
	if p == p.W.Shell {
		return nil
	}
	return p.Parent()
}

func treeBranch(p *runtime.Process, last bool) (branch, below string) {
	line := "-"
	if Tied(p) {
		line = "="
	}
	if last {
		return "`" + line + " ", "   "
	}
	return "|" + line + " ", "|  "
}

// LeakList lists the processes that wait for what can never come, and those
// that are idle.
func LeakList(out io.Writer, w *runtime.World, past Past) {
	if n := w.TimersArmed(); n > 0 {
		fmt.Fprintf(out, "%s armed: who waits may still be reached (.timers)\n", isOrAre(n, "timer"))
	}
	leaks := Leaks(w, past, true)
	for _, l := range leaks {
		fmt.Fprintln(out, l)
	}
	_, idle := w.Stuck(true)
	for i, p := range idle {
		if i == mostNamed {
			fmt.Fprintf(out, "idle: and %d more\n", len(idle)-i)
			break
		}
		fmt.Fprintf(out, "idle: %s (%s) has nothing to do: %s%s\n", w.Label(p), w.KindOf(p), waitsOn(p), place(p))
	}
	if len(leaks) == 0 && len(idle) == 0 {
		fmt.Fprintln(out, "there are no leaks")
	}
}

// Lane is a scheduler with the processes that belong to it.
type Lane struct {
	runtime.Lane
	Members []*runtime.Process
}

// Reductions gives what its processes have used.
func (l Lane) Reductions() (used int64) {
	for _, p := range l.Members {
		used += p.Reductions()
	}
	return used
}

// Lanes gives the schedulers.
func Lanes(w *runtime.World) []Lane {
	var out []Lane
	for _, l := range w.Lanes() {
		out = append(out, Lane{Lane: l})
	}
	for _, p := range w.Processes() {
		if i := p.Lane(); i < len(out) {
			out[i].Members = append(out[i].Members, p)
		}
	}
	return out
}

// Holders gives the go blocks that keep a worker of their pool while they wait.
func Holders(w *runtime.World) []*runtime.Process {
	return slices.DeleteFunc(slices.Clone(w.Processes()), func(p *runtime.Process) bool { return !p.HoldsWorker() })
}

// Schedulers shows each scheduler with who is ready there and who belongs to
// it, and the pool of the go blocks with who holds its workers.
func Schedulers(out io.Writer, w *runtime.World) {
	for _, l := range Lanes(w) {
		fmt.Fprintf(out, "%s: %s, %d ready, %d reductions", l.Name, processCount(len(l.Members)), len(l.Ready), l.Reductions())
		if len(l.Ready) > 0 {
			fmt.Fprintf(out, "; queue: %s", names(w, l.Ready))
		}
		fmt.Fprintln(out)
	}
	held, of := w.Held()
	fmt.Fprintf(out, "the pool has %d workers, of which blocking operations hold %d; a slice is %d reductions\n", of, held, w.Options().Budget)
	for i, p := range Holders(w) {
		fmt.Fprintf(out, "  worker %d is held by %s, which waits: %s%s\n", i+1, w.Label(p), waitsOn(p), place(p))
	}
}

func processCount(n int) string {
	if n == 1 {
		return "1 process"
	}
	return fmt.Sprintf("%d processes", n)
}

// names lists processes in one line.
func names(w *runtime.World, ps []*runtime.Process) string {
	var out []string
	for i, p := range ps {
		if i == mostNamed {
			out = append(out, fmt.Sprintf("... %d in all", len(ps)))
			break
		}
		out = append(out, w.Label(p))
	}
	return strings.Join(out, " ")
}

// Heap shows the words that a process holds as if messages were copied, and
// what it would cost to copy each message in its mailbox.
func Heap(out io.Writer, p *runtime.Process) {
	s := actors.Of(p.W)
	u := s.Usage(p)
	fmt.Fprintf(out, "%s: %d words of heap, %d of stack, %d in all, %d bytes\n", p.W.Label(p), u.Heap, u.Stack, u.Total, u.Bytes())
	for i, m := range s.Mailbox(p) {
		if i == mostMessages {
			fmt.Fprintln(out, "  and more messages")
			return
		}
		fmt.Fprintf(out, "  message %d: %d words to copy  %s\n", i+1, actors.MessageWords(m.Value), short(p.W, m.Value))
	}
	for _, bytes := range u.Large {
		fmt.Fprintf(out, "  a binary of %d bytes, which messages share\n", bytes)
	}
}
