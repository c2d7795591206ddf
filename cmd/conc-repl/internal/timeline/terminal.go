package timeline

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

const (
	gutter       = 7  // columns for the number of an event
	narrowest    = 12 // of a process's column
	widest       = 40
	mostPrinted  = 200 // rows in a terminal: the last ones
	defaultWidth = 100
)

// pen has the signs that a picture in a terminal is drawn with.
type pen struct{ life, dot, line, right, left rune }

var (
	ascii   = pen{'|', '*', '-', '>', '<'}
	unicode = pen{'│', '●', '─', '▶', '◀'}
)

// Terminal draws a run with characters, so that it fits the width: a column
// for each process, a row for each operation. Processes for which there is no room
// share the last column.
func Terminal(out io.Writer, run *Run, width int, fine bool) error {
	if width <= 0 {
		width = defaultWidth
	}
	p := ascii
	if fine {
		p = unicode
	}
	b := bufio.NewWriter(out)
	shown := min(len(run.Columns), max(1, (width-gutter)/narrowest))
	if shown == 0 {
		return nil
	}
	g := grid{run: run, pen: p, width: width, shown: shown, step: min(widest, (width-gutter)/shown)}
	g.heads(b)
	rows, left := run.Rows, run.Left
	if n := len(rows) - mostPrinted; n > 0 {
		rows, left = rows[n:], left+n
	}
	if left > 0 {
		fmt.Fprintf(b, "%*s  %d earlier events are left out\n", gutter-2, "", left)
	}
	for i := range rows {
		fmt.Fprintln(b, g.row(&rows[i]))
	}
	return b.Flush()
}

type grid struct {
	run         *Run
	pen         pen
	width       int
	shown, step int // how many columns, how wide each is
}

// x gives where the line of a process runs.
func (g grid) x(col int) int { return gutter + min(col, g.shown-1)*g.step }

func (g grid) heads(out io.Writer) {
	line := g.blank()
	for i := range g.shown {
		name := g.run.Columns[i].Name
		if i == g.shown-1 && len(g.run.Columns) > g.shown {
			name = fmt.Sprintf("%d others", len(g.run.Columns)-i)
		}
		put(line, g.x(i), clip(name, g.step-1))
	}
	fmt.Fprintln(out, strings.TrimRight(string(line), " "))
}

func (g grid) blank() []rune { return []rune(strings.Repeat(" ", g.width)) }

func put(line []rune, at int, text string) {
	for i, r := range []rune(text) {
		if at+i < len(line) {
			line[at+i] = r
		}
	}
}

func (g grid) row(r *Row) string {
	line := g.blank()
	put(line, 0, fmt.Sprintf("%*d", gutter-2, r.N))
	for i := range g.shown {
		line[g.x(i)] = g.pen.life
	}
	by := max(r.By, 0)
	if r.From < 0 || g.x(r.From) == g.x(r.To) {
		line[g.x(by)] = g.pen.dot
		put(line, g.x(by)+2, clip(r.Text, g.room(by)))
		return strings.TrimRight(string(line), " ")
	}
	a, z, tip := g.x(r.From), g.x(r.To), g.pen.right
	lo, hi := a+1, z
	if a > z {
		lo, hi, tip = z+1, a, g.pen.left
	}
	for x := lo; x < hi; x++ {
		line[x] = g.pen.line
	}
	label := " " + clip(r.Text, hi-lo-5) + " "
	put(line, lo+2, label)
	line[a] = g.pen.dot
	if a < z {
		line[z-1] = tip
	} else {
		line[z+1] = tip
	}
	return strings.TrimRight(string(line), " ")
}

// room gives how many characters fit beside a process's line, up to the next
// one; the last column has the rest of the row.
func (g grid) room(col int) int {
	if min(col, g.shown-1) == g.shown-1 {
		return g.width - g.x(col) - 3
	}
	return g.step - 3
}
