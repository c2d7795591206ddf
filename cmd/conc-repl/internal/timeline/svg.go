package timeline

import (
	"bufio"
	"fmt"
	"html"
	"io"
)

// Sizes of a drawing, in its units.
const (
	columnWidth = 190
	rowHeight   = 26
	headHeight  = 44
	leftMargin  = 60
	rightMargin = 20
	letterWidth = 7.3 // of the font at its size
	textRoom    = 72  // characters of a label; it may lie over the lines of other processes
	nameRoom    = 24
)

// style draws a picture in the colours of light paper. What stands there as it
// is every viewer understands; variables, and a dark ground, only browsers do.
const style = `
svg { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.ground { fill: #ffffff; } text { fill: #1b1f24; } .n, .kind { fill: #5b6570; }
.row text { stroke: #ffffff; stroke-width: 3; stroke-linejoin: round; paint-order: stroke; }
.life { stroke: #c3c9d0; shape-rendering: crispEdges; } .dot { fill: #1b1f24; } .arrow { stroke: #0b62a8; stroke-width: 1.5; } .tip { fill: #0b62a8; }
.later { stroke: #0b62a8; stroke-dasharray: 3 4; opacity: 0.6; }
.row .band { fill: transparent; }
`

// shades are what a browser adds: it shows where the reader points, and has the
// colours of a dark page where the reader likes those.
const shades = `
.row { outline: none; cursor: pointer; } .row:hover .band, .row:focus .band, .row.on .band { fill: #ffd54a; fill-opacity: 0.3; }
.row:hover text, .row:focus text, .row.on text { stroke: #fff2c9; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #14171a; } text { fill: #e6e9ec; } .n, .kind { fill: #9aa5b1; } .row text { stroke: #14171a; }
  .life { stroke: #3c444c; } .dot { fill: #e6e9ec; } .arrow, .later { stroke: #6cb6ff; } .tip { fill: #6cb6ff; }
  .row:hover .band, .row:focus .band, .row.on .band { fill: #b8951f; }
  .row:hover text, .row:focus text, .row.on text { stroke: #453a16; }
}
`

// SVG draws the run as a picture that stands alone.
func SVG(out io.Writer, run *Run) error {
	b := bufio.NewWriter(out)
	d := drawing{Writer: b, run: run, top: headHeight}
	d.measure()
	fmt.Fprintln(b, `<?xml version="1.0" encoding="UTF-8"?>`)
	d.open(d.height, "<style>"+style+shades+"</style>")
	d.heads()
	d.rows()
	fmt.Fprintln(b, "</svg>")
	return b.Flush()
}

// drawing is a run that is being drawn.
type drawing struct {
	*bufio.Writer
	run           *Run
	top           int // where the rows begin
	width, height int
}

// measure finds how much room the columns and the labels need.
func (d *drawing) measure() {
	d.width = x(len(d.run.Columns)-1) + columnWidth
	for i := range d.run.Rows {
		at, text := label(&d.run.Rows[i])
		d.width = max(d.width, at+int(letterWidth*float64(span(text)))+rightMargin)
	}
	d.height = d.top + (len(d.run.Rows)+1)*rowHeight
	if d.run.Left > 0 {
		d.top, d.height = d.top+rowHeight, d.height+rowHeight
	}
}

func x(col int) int { return leftMargin + 20 + col*columnWidth }

func (d *drawing) y(row int) int { return d.top + row*rowHeight + rowHeight/2 }

// open begins an svg element, with what stands at its head.
func (d *drawing) open(height int, head string) {
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="a run, operation by operation">%s`+"\n",
		d.width, height, d.width, height, head)
	fmt.Fprintln(d, `<rect class="ground" width="100%" height="100%"/>`)
}

// heads names the columns.
func (d *drawing) heads() {
	for i, c := range d.run.Columns {
		fmt.Fprintf(d, `<text x="%d" y="16" font-weight="bold">%s</text><text class="kind" x="%d" y="31">%s</text>`+"\n",
			x(i), esc(clip(c.Name, nameRoom)), x(i), esc(c.Kind))
	}
}

// rows draws a line for each process, and all operations, above the arrows from
// what was given to where it was taken later.
func (d *drawing) rows() {
	fmt.Fprintln(d, `<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0,0 L8,4 L0,8 z"/></marker></defs>`)
	if d.run.Left > 0 {
		fmt.Fprintf(d, `<text class="kind" x="%d" y="%d">%d earlier events are left out</text>`+"\n", x(0)+9, d.top-rowHeight/2+4, d.run.Left)
	}
	for i := range d.run.Columns {
		fmt.Fprintf(d, `<line class="life" x1="%d" y1="%d" x2="%d" y2="%d"/>`+"\n", x(i), d.top-headHeight+36, x(i), d.height)
	}
	for i := range d.run.Rows {
		if c := d.run.waited(i); c >= 0 {
			fmt.Fprintf(d, `<line class="later" x1="%d" y1="%d" x2="%d" y2="%d"/>`+"\n", x(d.run.Rows[c].carrier()), d.y(c), x(d.run.Rows[i].By), d.y(i))
		}
	}
	for i := range d.run.Rows {
		d.row(&d.run.Rows[i], d.y(i))
	}
}

// label gives what is written beside an operation, and from where on.
func label(r *Row) (at int, text string) {
	switch {
	case r.From < 0:
		return x(r.By) + 9, clip(r.Text, textRoom)
	case r.From < r.To:
		return x(r.From) + 10, clip(r.Text, textRoom)
	}
	return x(r.To) + 14, clip(r.Text, textRoom) // the tip is there
}

func esc(s string) string { return html.EscapeString(s) }

// row draws an operation. Its title is what a pointer that rests on it shows.
func (d *drawing) row(r *Row, y int) {
	fmt.Fprintf(d, `<g class="row" id="e%d" tabindex="0"><title>%s</title>`, r.N, esc(title(r)))
	fmt.Fprintf(d, `<rect class="band" x="0" y="%d" width="%d" height="%d"/>`, y-rowHeight/2, d.width, rowHeight)
	fmt.Fprintf(d, `<text class="n" x="%d" y="%d" text-anchor="end">%d</text>`, leftMargin-16, y+4, r.N)
	at, text := label(r)
	if r.From < 0 {
		fmt.Fprintf(d, `<text x="%d" y="%d">%s</text><circle class="dot" cx="%d" cy="%d" r="4"/>`, at, y+4, esc(text), x(r.By), y)
	} else {
		a, z := x(r.From), x(r.To)
		fmt.Fprintf(d, `<text x="%d" y="%d">%s</text><line class="arrow" x1="%d" y1="%d" x2="%d" y2="%d" marker-end="url(#tip)"/>`, at, y-2, esc(text), a, y+5, z, y+5)
		fmt.Fprintf(d, `<circle class="dot" cx="%d" cy="%d" r="4"/>`, a, y+5)
	}
	fmt.Fprintln(d, "</g>")
}

// title says all about an operation in a few lines.
func title(r *Row) string {
	s := fmt.Sprintf("event %d at %v: %s", r.N, r.Time, r.Text)
	if r.Value != "" {
		s += "\nvalue: " + clip(r.Value, 400)
	}
	if r.Pos != "" {
		s += "\n" + r.Pos
	}
	return s
}
