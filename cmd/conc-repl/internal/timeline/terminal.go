package timeline

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

const (
	gutter       = 7  // columns for the number of an event
	narrowest    = 16 // of a process's column
	widest       = 40
	sharedWidth  = 34  // of the last column, if several processes share it
	mostPrinted  = 200 // rows in a terminal: the last ones
	defaultWidth = 100
)

// pen has the signs that a picture in a terminal is drawn with.
type pen struct{ life, dot, line, right, left rune }

var (
	ascii = pen{'|', '*', '-', '>', '<'}
	lines = pen{'│', '●', '─', '▶', '◀'}
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
		p = lines
	}
	b := bufio.NewWriter(out)
	if len(run.Columns) == 0 {
		return nil
	}
	g := grid{run: run, pen: p, width: width}
	g.lay()
	g.heads(b)
	rows, left := run.Rows, run.Left
	if n := len(rows) - mostPrinted; n > 0 {
		rows, left = rows[n:], left+n
	}
	if left > 0 {
		fmt.Fprintf(b, "%*s  %d earlier events are left out\n", gutter-2, "", left)
	}
	for i := len(run.Rows) - len(rows); i < len(run.Rows); i++ {
		fmt.Fprintln(b, g.row(i))
	}
	return b.Flush()
}

type grid struct {
	run         *Run
	pen         pen
	width       int
	shown, step int // how many columns, how wide each is
}

// lay gives each process a column of its own, or as many as there is room for.
func (g *grid) lay() {
	room := g.width - gutter
	if g.shown = len(g.run.Columns); g.shown*narrowest <= room {
		g.step = min(widest, room/g.shown)
		return
	}
	own := max(0, (room-sharedWidth)/narrowest)
	g.shown, g.step = own+1, narrowest
	if own > 0 {
		g.step = (room - sharedWidth) / own
	}
}

// x gives where the line of a process runs.
func (g grid) x(col int) int { return gutter + min(col, g.shown-1)*g.step }

func (g grid) heads(out io.Writer) {
	line := g.blank()
	for i := range g.shown {
		name := g.run.Columns[i].Name
		if i == g.shown-1 && len(g.run.Columns) > g.shown {
			name = fmt.Sprintf("%d others", len(g.run.Columns)-i)
			if i == 0 {
				name = fmt.Sprintf("%d processes", len(g.run.Columns))
			}
		}
		line.put(g.x(i), fit(name, g.step-1))
	}
	fmt.Fprintln(out, line.String())
}

// cells is a line of a terminal. A sign that is two columns wide is followed by
// a cell with nothing.
type cells []rune

// nothing stands where the sign before it reaches.
const nothing = -1

func (g grid) blank() cells { return cells(strings.Repeat(" ", g.width)) }

// String gives the line without blanks at its end.
func (line cells) String() string {
	var b strings.Builder
	for _, r := range line {
		if r != nothing {
			b.WriteRune(r)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// put writes a text from a column on, as far as the line goes.
func (line cells) put(at int, text string) {
	for _, r := range text {
		n := breadth(r)
		if at+n > len(line) {
			return
		}
		if n == 0 {
			continue
		}
		line[at] = r
		if n == 2 {
			line[at+1] = nothing
		}
		at += n
	}
}

// row draws an operation. Its words may lie over the lines of other processes,
// which do nothing then. Those of an arrow stand in it, if there is room.
func (g grid) row(i int) string {
	r := &g.run.Rows[i]
	line := g.blank()
	line.put(0, fmt.Sprintf("%*d", gutter-2, r.N))
	for i := range g.shown {
		line[g.x(i)] = g.pen.life
	}
	text, since := g.words(i)
	if r.From < 0 || g.x(r.From) == g.x(r.To) {
		line[g.x(r.By)] = g.pen.dot
		room := g.width - g.x(r.By) - 3
		if span(text+since) <= room {
			text += since
		}
		line.put(g.x(r.By)+1, " "+fit(text, room)+" ")
		return line.String()
	}
	a, z, tip := g.x(r.From), g.x(r.To), g.pen.right
	lo, hi := a+1, z
	if a > z {
		lo, hi, tip = z+1, a, g.pen.left
	}
	for x := lo; x < hi; x++ {
		line[x] = g.pen.line
	}
	at, room := lo+2, hi-lo-5
	if beside := g.width - max(a, z) - 3; span(text) > room && beside >= span(text) {
		at, room = max(a, z)+1, beside // it is too long for the arrow
	}
	line.put(at, " "+fit(text, room)+" ")
	line[a] = g.pen.dot
	if a < z {
		line[z-1] = tip
	} else {
		line[z+1] = tip
	}
	return line.String()
}

// words says what row i does, and who does if several share a column; and since
// when what it takes has been there, if it is not from just then.
func (g grid) words(i int) (text, since string) {
	r := &g.run.Rows[i]
	text = r.Text
	if r.By >= g.shown-1 && g.shown < len(g.run.Columns) {
		text = g.run.Columns[r.By].Name + ": " + text
	}
	if c := g.run.waited(i); c >= 0 {
		since = fmt.Sprintf(" (since %d)", g.run.Rows[c].N)
	}
	return text, since
}
