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
<style>%s%s</style>
</head>
<body>
<main>
`, style, pageStyle)
	drawing(b, run, "")
	fmt.Fprintf(b, `</main>
<aside aria-live="polite">
<h1>Event <span id="n">-</span></h1>
<pre id="title">Pick an operation: point, or use the arrow keys.</pre>
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

const pageStyle = `
:root { color-scheme: light dark; }
body { margin: 0; display: flex; background: var(--ground); color: var(--ink); font: 13px ui-monospace, monospace; }
main { flex: 1; overflow: auto; height: 100vh; } aside { width: 26rem; padding: 1rem; border-left: 1px solid var(--faint); overflow: auto; height: calc(100vh - 2rem); }
h1, h2 { font-size: 1rem; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 50rem) { body { flex-direction: column; } main, aside { height: 50vh; width: auto; } }
`
