package views

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/conc-repl/conc-repl/runtime"
)

// mostRows is how many rows a list shows.
const mostRows = 200

// Processes lists every process: name, kind, status, what it waits on, the
// length of its mailbox, reductions, and where in the source it is.
func Processes(out io.Writer, w *runtime.World) {
	t := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "name\tkind\tstatus\tmailbox\treductions\tat\twaits on")
	rows := Everybody(w)
	for i, p := range rows {
		if i == mostRows {
			fmt.Fprintf(t, "and %d more\n", len(rows)-i)
			break
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", w.Label(p), w.KindOf(p), status(w, p), mailboxLength(p), p.Reductions(), at(p), waitsOn(p))
	}
	t.Flush()
	if hidden := w.Parked() - parkedAmong(rows); hidden > 0 {
		fmt.Fprintf(out, "and %d parked go blocks that only their channels hold\n", hidden)
	}
	if held, of := w.Held(); held > 0 {
		fmt.Fprintf(out, "%d of the %d workers of the go blocks' pool are held by blocking operations\n", held, of)
	}
}

// Everybody gives the live processes; the shell is always there.
func Everybody(w *runtime.World) []*runtime.Process {
	ps := w.Processes()
	for _, p := range ps {
		if p == w.Shell {
			return ps
		}
	}
	return append([]*runtime.Process{w.Shell}, ps...)
}

func parkedAmong(ps []*runtime.Process) int {
	n := 0
	for _, p := range ps {
		if p.Status == runtime.Parked {
			n++
		}
	}
	return n
}

func status(w *runtime.World, p *runtime.Process) string {
	if p == w.Shell && p.Status == runtime.Done {
		return "at the prompt"
	}
	return w.StatusOf(p)
}

func at(p *runtime.Process) string {
	if pos := p.Pos(); p.Status != runtime.Done && pos.IsValid() {
		return pos.String()
	}
	return "-"
}

// waitsOn says what a process waits on, or is about to do.
func waitsOn(p *runtime.Process) string {
	if p.Status == runtime.Outside {
		return "work outside"
	}
	if op := p.Waiting(); op != nil {
		return oneLine(op.About(p))
	}
	return "-"
}

// longest is how much of a description is shown, in runes.
const longest = 120

func oneLine(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > longest {
		return string(r[:longest]) + "..."
	}
	return string(r)
}

// FindProcess gives the process that a person names: p107, 107, a pid as it is
// printed, a registered name, or shell; nil if there is none.
func FindProcess(w *runtime.World, name string) *runtime.Process {
	if name == "shell" {
		return w.Shell
	}
	for _, p := range Everybody(w) {
		if p.Name() == name || registered(w, p) != "" && registered(w, p) == strings.TrimPrefix(name, ":") {
			return p
		}
	}
	num, ok := runtime.ParsePid(name)
	if !ok {
		n, err := strconv.ParseUint(strings.TrimPrefix(name, "p"), 10, 64)
		if err != nil {
			return nil
		}
		num = n
	}
	if num == w.Shell.Num {
		return w.Shell
	}
	return w.ProcessByNum(num)
}

// Status says in a few words what a process is doing.
func Status(p *runtime.Process) string {
	if p.Waiting() != nil {
		return "it waits: " + waitsOn(p) + place(p)
	}
	return "it is " + p.W.StatusOf(p) + place(p)
}
