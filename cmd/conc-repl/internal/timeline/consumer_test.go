package timeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The tests here give what is written to those for whom it is, where they are
// installed; the other tests hold it against the grammars everywhere.

// tool gives a program's path, or skips the test.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

// files writes the pictures of runs in the format of ext: of those that are
// named, or of all.
func files(t *testing.T, ext string, names ...string) map[string]*Run {
	t.Helper()
	write, err := Format(ext)
	if err != nil {
		t.Fatal(err)
	}
	dir, out := t.TempDir(), map[string]*Run{}
	for name, text := range programs {
		if names != nil && !slices.Contains(names, name) {
			continue
		}
		run, rec, _ := runOf(t, text)
		if err := run.Look(rec); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+ext)
		if err := os.WriteFile(file, []byte(written(t, run, write)), 0o644); err != nil {
			t.Fatal(err)
		}
		out[file] = run
	}
	return out
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", name, err, out, errs.String())
	}
	return string(out)
}

// TestSVGDrawn has librsvg draw the pictures, which knows no variables of CSS:
// there is ink, and arrows have their colour.
func TestSVGDrawn(t *testing.T) {
	rsvg := tool(t, "rsvg-convert")
	for file := range files(t, ".svg", "handover", "actors") {
		img, err := png.Decode(strings.NewReader(output(t, rsvg, file)))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[[3]uint8]bool{}
		for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
			for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
				r, g, b, _ := img.At(x, y).RGBA()
				seen[[3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}] = true
			}
		}
		for what, c := range map[string][3]uint8{"ground": {255, 255, 255}, "dots": {0x1b, 0x1f, 0x24}, "lines": {0xc3, 0xc9, 0xd0}, "tips": {0x0b, 0x62, 0xa8}} {
			if !seen[c] {
				t.Errorf("%s: no %s", filepath.Base(file), what)
			}
		}
	}
}

// TestDOTDrawn has Graphviz read the graphs: a node for each operation.
func TestDOTDrawn(t *testing.T) {
	dot := tool(t, "dot")
	for file, run := range files(t, ".dot") {
		nodes := strings.Count(output(t, dot, "-Tplain", file), "\nnode ")
		if nodes != len(run.Rows) {
			t.Errorf("%s: %d nodes for %d operations", filepath.Base(file), nodes, len(run.Rows))
		}
	}
}

// parseMermaid reads diagrams with Mermaid's own parser, and prints their types.
const parseMermaid = `
import fs from "fs";
const mermaid = (await import(process.argv[2])).default;
for (const f of process.argv.slice(3)) {
  console.log((await mermaid.parse(fs.readFileSync(f, "utf8"))).diagramType);
}
`

// TestMermaidParsed has Mermaid's own parser read the diagrams. It is found
// where npm installs globally, or in the folder that MERMAID names.
func TestMermaidParsed(t *testing.T) {
	node := tool(t, "node")
	home := os.Getenv("MERMAID")
	if home == "" {
		home = filepath.Join(strings.TrimSpace(output(t, tool(t, "npm"), "root", "-g")), "mermaid")
	}
	parser := filepath.Join(home, "dist", "mermaid.core.mjs")
	if _, err := os.Stat(parser); err != nil {
		t.Skipf("mermaid is not installed (npm install -g mermaid, or MERMAID=DIR): %v", err)
	}
	script := filepath.Join(t.TempDir(), "parse.mjs")
	if err := os.WriteFile(script, []byte(parseMermaid), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{script, parser}
	for file := range files(t, ".mmd") {
		args = append(args, file)
	}
	if n := strings.Count(output(t, node, args...), "sequence\n"); n != len(programs) {
		t.Errorf("%d sequence diagrams of %d", n, len(programs))
	}
}

// TestPageOpened has a browser open the page at a moment, and looks for what
// its script has written about it.
func TestPageOpened(t *testing.T) {
	browser := tool(t, "chromium")
	for file, run := range files(t, ".html", "actors") {
		row := run.Rows[len(run.Rows)/2]
		dom := output(t, browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--dump-dom", fmt.Sprintf("file://%s#e%d", file, row.N))
		for _, want := range []string{fmt.Sprintf(`<span id="n">%d</span>`, row.N), fmt.Sprintf(`<g class="row on" id="e%d"`, row.N), fmt.Sprintf(`<pre id="title">event %d at `, row.N)} {
			if !strings.Contains(dom, want) {
				t.Errorf("%s: no %s", filepath.Base(file), want)
			}
		}
		held, _ := json.Marshal(row.Held)
		if row.Held != "" && strings.Contains(dom, `<pre id="held">nothing`) {
			t.Errorf("%s: what is held is not shown: %s", filepath.Base(file), held)
		}
	}
}
