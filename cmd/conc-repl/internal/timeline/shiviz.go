package timeline

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// clock is a vector clock: for each process how many of its events are known.
type clock map[int]int

func (c clock) merge(d clock) {
	for k, v := range d {
		c[k] = max(c[k], v)
	}
}

// ShiViz writes the run as a log with vector clocks, which ShiViz reads with
// the expression that it offers first: the process and the clock in one line, what
// happened in the next. An operation of two processes is an event of each, so
// that the arrow between them can be drawn.
func ShiViz(out io.Writer, run *Run) error {
	b := bufio.NewWriter(out)
	clocks := make([]clock, len(run.Columns))
	for i := range clocks {
		clocks[i] = clock{}
	}
	after := make([]clock, len(run.Rows)) // of who did it, just then
	tell := func(col int, text string) {
		clocks[col][col]++
		fmt.Fprintf(b, "%s %s\n%s\n", run.Columns[col].Name, clockText(run, clocks[col]), text)
	}
	for i, r := range run.Rows {
		if r.Cause >= 0 && after[r.Cause] != nil {
			clocks[r.By].merge(after[r.Cause])
		}
		giver, taker := r.By, -1
		if r.From >= 0 {
			giver, taker = r.From, r.To
		}
		tell(giver, r.Text)
		if taker >= 0 {
			clocks[taker].merge(clocks[giver])
		}
		if taker >= 0 && r.Kind != "send" && r.Kind != "spawn" && r.Kind != "signal" {
			tell(taker, "gets it: "+r.Text)
		}
		after[i] = maps.Clone(clocks[r.By])
	}
	return b.Flush()
}

// clockText writes a clock as JSON, the processes in the order of their names.
func clockText(run *Run, c clock) string {
	var parts []string
	for col, n := range c {
		parts = append(parts, fmt.Sprintf("%q:%d", run.Columns[col].Name, n))
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}
