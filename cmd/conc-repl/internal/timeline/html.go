package timeline

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
)

// script moves the mark from row to row, by pointer or keyboard, and shows
// what mailboxes and channels hold at that moment.
//
//go:embed page.js
var script string

// detail is what the page shows of a row that is picked.
type detail struct {
	N     int    `json:"n"`
	Title string `json:"title"`
	Held  string `json:"held"`
}

// HTML writes a page that needs nothing else: the drawing, and beside it the
// moment that is picked.
func HTML(out io.Writer, run *Run) error {
	details := []detail{}
	for i := range run.Rows {
		r := &run.Rows[i]
		details = append(details, detail{r.N, title(r), r.Held})
	}
	data, err := json.Marshal(details) // it writes < > & as \u003c and so on
	if err != nil {
		return err
	}
	b := bufio.NewWriter(out)
	fmt.Fprintf(b, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>a run of conc-repl</title>
<style>%s%s%s</style>
</head>
<body>
<main>
`, style, shades, pageStyle)
	d := drawing{Writer: b, run: run}
	d.measure()
	fmt.Fprintln(b, `<div id="heads">`)
	d.open(headHeight, "")
	d.heads()
	fmt.Fprintln(b, "</svg></div>")
	d.open(d.height, "")
	d.rows()
	fmt.Fprintf(b, `</svg>
</main>
<aside aria-live="polite">
<h1>Event <span id="n">-</span></h1>
<pre id="title">Click on an operation, or walk with the arrow keys.</pre>
<h2>Mailboxes and channels after it</h2>
<pre id="held"></pre>
</aside>
<script type="application/json" id="data">%s</script>
<script>
%s</script>
</body>
</html>
`, data, script)
	return b.Flush()
}

// pageStyle puts the picture, with its heads in sight, beside the moment that
// is picked; on a narrow screen above it.
const pageStyle = `
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1b1f24; --faint: #c3c9d0; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171a; --ink: #e6e9ec; --faint: #3c444c; } }
body { margin: 0; display: flex; height: 100vh; background: var(--ground); color: var(--ink); font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
main { flex: 1; min-width: 0; overflow: auto; scroll-padding: 60px 20px 20px 60px; } main svg { display: block; }
#heads { position: sticky; top: 0; width: max-content; border-bottom: 1px solid var(--faint); }
aside { box-sizing: border-box; width: 26rem; padding: 0 1rem; border-left: 1px solid var(--faint); overflow: auto; }
h1, h2 { font-size: 1rem; } pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 50rem) { body { flex-direction: column; } aside { width: auto; height: 40vh; border-left: 0; border-top: 1px solid var(--faint); } }
`
