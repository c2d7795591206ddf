package timeline

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// formats has the writers by the ending of a file's name.
var formats = []struct {
	ext   string
	write func(io.Writer, *Run) error
	look  bool // it shows what mailboxes and channels hold
}{
	{".svg", SVG, false},
	{".html", HTML, true},
	{".mmd", Mermaid, false},
	{".json", Trace, false},
	{".shiviz", ShiViz, false},
	{".dot", DOT, false},
}

// Format gives the writer for files that end in ext.
func Format(ext string) (func(io.Writer, *Run) error, error) {
	var known []string
	for _, f := range formats {
		if f.ext == ext {
			return f.write, nil
		}
		known = append(known, f.ext)
	}
	return nil, errors.New("the file's name says what is drawn: it ends in " + strings.Join(known, ", "))
}

// Needs reports whether the format of ext wants Look to have looked.
func Needs(ext string) bool {
	for _, f := range formats {
		if f.ext == ext {
			return f.look
		}
	}
	return false
}

// mermaidRoom is how long a diagram may be, in characters: Mermaid draws none
// of more than 50,000 unless it is told to.
const mermaidRoom = 49_000

// Mermaid writes a sequence diagram in Mermaid's notation; of a long run, as
// much of its end as Mermaid draws.
func Mermaid(out io.Writer, run *Run) error {
	b := bufio.NewWriter(out)
	fmt.Fprintln(b, "sequenceDiagram")
	room := mermaidRoom
	for i, c := range run.Columns {
		n, _ := fmt.Fprintf(b, "    participant P%d as %s (%s)\n", i, mermaidText(c.Name), c.Kind)
		room -= n
	}
	var lines []string // the last one first
	for i := len(run.Rows) - 1; i >= 0; i-- {
		line := mermaidLine(&run.Rows[i])
		if room -= len(line); room < 0 {
			break
		}
		lines = append(lines, line)
	}
	if left := run.Left + len(run.Rows) - len(lines); left > 0 {
		fmt.Fprintf(b, "    Note over P0: %d earlier events are left out\n", left)
	}
	for _, line := range slices.Backward(lines) {
		b.WriteString(line)
	}
	return b.Flush()
}

func mermaidLine(r *Row) string {
	if r.From >= 0 {
		return fmt.Sprintf("    P%d->>P%d: %s\n", r.From, r.To, mermaidText(r.Text))
	}
	return fmt.Sprintf("    Note over P%d: %s\n", r.By, mermaidText(r.Text))
}

// mermaidText writes the signs that Mermaid reads as its own by number.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(`#;<>{}%"\`+"\n\r", r) {
			fmt.Fprintf(&b, "#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// traceEvent is an event of Chrome's trace format, which Perfetto reads, too.
type traceEvent struct {
	Name string            `json:"name"`
	Ph   string            `json:"ph"` // X complete, s and f the ends of an arrow, M metadata
	Ts   float64           `json:"ts"` // microseconds
	Dur  float64           `json:"dur,omitempty"`
	Pid  int               `json:"pid"`
	Tid  int               `json:"tid"`
	ID   int               `json:"id,omitempty"`
	Cat  string            `json:"cat,omitempty"`
	Bp   string            `json:"bp,omitempty"`
	Args map[string]string `json:"args,omitempty"`
}

// Trace writes the run in the JSON of Chrome's trace viewer and Perfetto. An
// operation takes one microsecond there: on the virtual clock many happen at the
// same time.
func Trace(out io.Writer, run *Run) error {
	events := []traceEvent{{Name: "process_name", Ph: "M", Pid: 1, Args: map[string]string{"name": "conc-repl"}}}
	for i, c := range run.Columns {
		events = append(events, traceEvent{Name: "thread_name", Ph: "M", Pid: 1, Tid: i + 1, Args: map[string]string{"name": c.Name + " (" + c.Kind + ")"}})
	}
	for i, r := range run.Rows {
		ts := float64(r.N)
		args := map[string]string{"event": fmt.Sprint(r.N), "time": r.Time.String()}
		if r.Pos != "" {
			args["at"] = r.Pos
		}
		events = append(events, traceEvent{Name: r.Text, Cat: r.Kind, Ph: "X", Ts: ts, Dur: 1, Pid: 1, Tid: r.By + 1, Args: args})
		from, to, start := r.From, r.To, ts
		if c := r.Cause; c >= 0 && from < 0 && run.Rows[c].By != r.By {
			from, to, start = run.Rows[c].By, r.By, float64(run.Rows[c].N)
		}
		if r.From >= 0 { // an arrow is drawn only between slices
			other := traceEvent{Name: "gets it: " + r.Text, Cat: r.Kind, Ph: "X", Ts: ts, Dur: 1, Pid: 1, Tid: r.To + 1, Args: args}
			if r.To == r.By {
				other.Name, other.Tid = "gives it: "+r.Text, r.From+1
			}
			events = append(events, other)
		}
		if from >= 0 {
			events = append(events,
				traceEvent{Name: r.Kind, Cat: "flow", Ph: "s", Ts: start, Pid: 1, Tid: from + 1, ID: i + 1},
				traceEvent{Name: r.Kind, Cat: "flow", Ph: "f", Bp: "e", Ts: ts + 0.5, Pid: 1, Tid: to + 1, ID: i + 1})
		}
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(map[string]any{"displayTimeUnit": "ms", "traceEvents": events})
}

// DOT writes the run as a graph: an arrow leads from each operation to the
// next of its process, and from what made an operation possible to it.
func DOT(out io.Writer, run *Run) error {
	b := bufio.NewWriter(out)
	fmt.Fprintln(b, "digraph run {\n  rankdir=TB;\n  node [shape=box, fontname=\"monospace\"];")
	last := map[int]int{}
	for i, r := range run.Rows {
		fmt.Fprintf(b, "  e%d [label=%s];\n", r.N, dotText(fmt.Sprintf("%d %s: %s", r.N, run.Columns[r.By].Name, r.Text)))
		drawn := map[int]bool{i: true}
		for _, c := range []int{r.By, r.From, r.To} {
			if c < 0 {
				continue
			}
			if j, ok := last[c]; ok && !drawn[j] {
				drawn[j] = true
				fmt.Fprintf(b, "  e%d -> e%d;\n", run.Rows[j].N, r.N)
			}
			last[c] = i
		}
		if r.Cause >= 0 && !drawn[r.Cause] {
			fmt.Fprintf(b, "  e%d -> e%d [style=dashed];\n", run.Rows[r.Cause].N, r.N)
		}
	}
	fmt.Fprintln(b, "}")
	return b.Flush()
}

var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func dotText(s string) string { return `"` + dotEscapes.Replace(s) + `"` }
