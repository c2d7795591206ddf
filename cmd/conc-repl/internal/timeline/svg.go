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
	textRoom    = 26 // characters beside a line
	arrowRoom   = 24 // characters above an arrow from one column to the next
)

// style draws a picture in the colours of the reader: light or dark.
const style = `
svg { font: 12px ui-monospace, monospace; background: var(--ground); }
svg, :root { --ground: #ffffff; --ink: #1b1f24; --faint: #c3c9d0; --give: #0b62a8; --note: #5b6570; --mark: #fff2c2; }
@media (prefers-color-scheme: dark) {
  svg, :root { --ground: #14171a; --ink: #e6e9ec; --faint: #3c444c; --give: #6cb6ff; --note: #9aa5b1; --mark: #4a3f12; }
}
text { fill: var(--ink); } .n, .kind { fill: var(--note); } .life { stroke: var(--faint); }
.dot { fill: var(--ink); } .arrow { stroke: var(--give); stroke-width: 1.5; } .tip { fill: var(--give); }
.row .band { fill: transparent; } .row:hover .band, .row:focus .band, .row.on .band { fill: var(--mark); } .row { outline: none; cursor: pointer; }
`

// SVG draws the run as a picture that stands alone.
func SVG(out io.Writer, run *Run) error {
	b := bufio.NewWriter(out)
	fmt.Fprintln(b, `<?xml version="1.0" encoding="UTF-8"?>`)
	drawing(b, run, "<style>"+style+"</style>")
	return b.Flush()
}

func x(col int) int { return leftMargin + 20 + max(col, 0)*columnWidth }

// drawing writes the svg element, with what stands at its head.
func drawing(b *bufio.Writer, run *Run, head string) {
	width, height := x(len(run.Columns))+20, headHeight+(len(run.Rows)+1)*rowHeight
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="a run, operation by operation">%s`+"\n",
		width, height, width, height, head)
	fmt.Fprintln(b, `<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto"><path class="tip" d="M0,0 L8,4 L0,8 z"/></marker></defs>`)
	for i, c := range run.Columns {
		fmt.Fprintf(b, `<text x="%d" y="16" font-weight="bold">%s</text><text class="kind" x="%d" y="31">%s</text>`, x(i), esc(clip(c.Name, textRoom)), x(i), esc(c.Kind))
		fmt.Fprintf(b, `<line class="life" x1="%d" y1="36" x2="%d" y2="%d"/>`+"\n", x(i), x(i), height)
	}
	for i := range run.Rows {
		drawRow(b, &run.Rows[i], i, width)
	}
	fmt.Fprintln(b, "</svg>")
}

func esc(s string) string { return html.EscapeString(s) }

// drawRow draws an operation. Its title is what a pointer that rests on it shows.
func drawRow(b *bufio.Writer, r *Row, i, width int) {
	y := headHeight + i*rowHeight + rowHeight/2
	fmt.Fprintf(b, `<g class="row" id="e%d" tabindex="0"><title>%s</title>`, r.N, esc(title(r)))
	fmt.Fprintf(b, `<rect class="band" x="0" y="%d" width="%d" height="%d"/>`, y-rowHeight/2, width, rowHeight)
	fmt.Fprintf(b, `<text class="n" x="%d" y="%d" text-anchor="end">%d</text>`, leftMargin-16, y+4, r.N)
	if r.From < 0 {
		fmt.Fprintf(b, `<circle class="dot" cx="%d" cy="%d" r="4"/><text x="%d" y="%d">%s</text>`, x(r.By), y, x(r.By)+9, y+4, esc(clip(r.Text, textRoom)))
	} else {
		a, z := x(r.From), x(r.To)
		fmt.Fprintf(b, `<circle class="dot" cx="%d" cy="%d" r="4"/><line class="arrow" x1="%d" y1="%d" x2="%d" y2="%d" marker-end="url(#tip)"/>`, a, y, a, y, z, y)
		fmt.Fprintf(b, `<text x="%d" y="%d">%s</text>`, min(a, z)+10, y-4, esc(clip(r.Text, arrowRoom*max(r.To-r.From, r.From-r.To))))
	}
	fmt.Fprintln(b, "</g>")
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
