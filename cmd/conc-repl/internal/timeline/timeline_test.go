package timeline

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// programs are runs whose pictures are drawn: each arrow, names and values
// with signs that formats read as their own, more processes than fit a screen.
var programs = map[string]string{
	"handover": `(let [c (chan)] (thread (>!! c "a <b> & \"c\"; #d %{e}")) (<!! c))`,
	"buffer":   `(let [c (chan 2)] (>!! c 1) (>!! c 2) (go (close! c)) [(<!! c) (<!! c) (<!! c)])`,
	"actors":   `(let [me (self) p (spawn (fn [] (receive [:hi from] (send from [:ok "line\none"]))))] (send p [:hi me]) (receive x x))`,
	"many":     `(let [c (chan 30)] (dotimes [i 30] (go (>! c i))) (dotimes [_ 30] (<!! c)))`,
	"wide":     `(let [c (chan)] (thread (>!! c "日本語 🎉 é\u0301")) (thread (println (<!! c))) (<!! (timeout 1)))`,
	"timers":   `(let [c (chan)] (alts!! [c (timeout 10)]) (receive :never 1 :after 5 :late))`,
}

// runOf evaluates a program under a record.
func runOf(t *testing.T, text string) (*Run, *record.Record, *session.Session) {
	t.Helper()
	s := session.New(session.Options{Options: runtime.Options{Virtual: true}, Out: io.Discard, Err: io.Discard})
	rec := record.New(s.World)
	form, _, err := s.Reader(&lang.Source{Name: "test", Text: text}).Read()
	if err != nil {
		t.Fatal(err)
	}
	rec.Enter(text)
	s.Eval(form)
	s.World.Run(runtime.Limits{Timers: true})
	if s.Busy() {
		t.Fatal("the program is not done")
	}
	if _, e := s.Result(); e != nil {
		t.Fatal(e)
	}
	rec.Mark()
	return Of(rec, s.World, s.World.Show), rec, s
}

// eachRun calls f with the run of every program.
func eachRun(t *testing.T, f func(t *testing.T, run *Run)) {
	for name, text := range programs {
		t.Run(name, func(t *testing.T) {
			run, rec, _ := runOf(t, text)
			if err := run.Look(rec); err != nil {
				t.Fatal(err)
			}
			if len(run.Rows) < 4 {
				t.Fatalf("only %d rows", len(run.Rows))
			}
			f(t, run)
		})
	}
}

func written(t *testing.T, run *Run, write func(io.Writer, *Run) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, run); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkXML reads a text to its end as XML.
func checkXML(t *testing.T, text string) (elements int) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return elements
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := tok.(xml.StartElement); ok {
			elements++
		}
	}
}

func TestSVG(t *testing.T) {
	eachRun(t, func(t *testing.T, run *Run) {
		if n := checkXML(t, written(t, run, SVG)); n < 3*len(run.Rows) {
			t.Errorf("%d elements for %d rows", n, len(run.Rows))
		}
	})
}

var (
	svgPart  = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	dataPart = regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`)
	idsInJS  = regexp.MustCompile(`getElementById\((?:"(\w+)"|field)\)`)
)

// loads finds what would make a page depend on others.
var loads = regexp.MustCompile(`https?:|(?:src|href)=|@import|url\([^#]`)

func TestHTML(t *testing.T) {
	held := false
	eachRun(t, func(t *testing.T, run *Run) {
		page := written(t, run, HTML)
		parts := svgPart.FindAllString(page, -1)
		if len(parts) != 2 {
			t.Fatalf("%d drawings: it has the heads, and the run", len(parts))
		}
		for _, part := range parts {
			checkXML(t, part)
		}
		m := dataPart.FindStringSubmatch(page)
		if m == nil {
			t.Fatal("no data")
		}
		var rows []detail
		if err := json.Unmarshal([]byte(m[1]), &rows); err != nil || len(rows) != len(run.Rows) {
			t.Fatalf("%d details for %d rows: %v", len(rows), len(run.Rows), err)
		}
		for _, r := range rows {
			held = held || r.Held != ""
			if !strings.Contains(page, fmt.Sprintf(`id="e%d"`, r.N)) {
				t.Errorf("no element for event %d", r.N)
			}
		}
		for _, id := range []string{"n", "title", "held", "data"} {
			if strings.Count(page, `id="`+id+`"`) != 1 {
				t.Errorf("the page needs one element %s", id)
			}
		}
		if loads.MatchString(strings.ReplaceAll(page, "http://www.w3.org/2000/svg", "")) {
			t.Error("the page loads something")
		}
	})
	if !held {
		t.Error("no moment shows what mailboxes and channels hold")
	}
	if len(idsInJS.FindAllString(script, -1)) < 2 {
		t.Error("the script finds no elements")
	}
}

// The lines of a sequence diagram, after Mermaid's grammar for it.
var mermaidGrammar = regexp.MustCompile(`^(sequenceDiagram|    participant P\d+ as [^;{}<>%"\\]+|    P\d+->>P\d+: .+|    Note over P\d+: .+)$`)

// mermaidEntity is a sign written by its number.
var mermaidEntity = regexp.MustCompile(`#\d+;`)

func TestMermaid(t *testing.T) {
	eachRun(t, func(t *testing.T, run *Run) {
		for i, line := range strings.Split(strings.TrimSuffix(written(t, run, Mermaid), "\n"), "\n") {
			if !mermaidGrammar.MatchString(line) || (i == 0) != (line == "sequenceDiagram") {
				t.Errorf("line %d: %s", i+1, line)
			}
			if rest := mermaidEntity.ReplaceAllString(line, ""); strings.ContainsAny(rest, ";#") {
				t.Errorf("line %d has a sign that ends it: %s", i+1, line)
			}
		}
	})
}

// TestMermaidLong leaves out the beginning of what Mermaid would not draw.
func TestMermaidLong(t *testing.T) {
	run, _, _ := runOf(t, `(let [c (chan)] (go (dotimes [i 700] (>! c (str "a value of some length: " i)))) (dotimes [_ 700] (<!! c)))`)
	text := written(t, run, Mermaid)
	if len(text) > 50_000 || len(text) < 40_000 || !strings.Contains(text, "earlier events are left out") || !strings.Contains(text, "a value of some length: 699") {
		t.Errorf("%d characters", len(text))
	}
}

// TestTrace checks the JSON against what the trace format asks of each phase.
func TestTrace(t *testing.T) {
	eachRun(t, func(t *testing.T, run *Run) {
		var doc struct {
			TraceEvents []map[string]any
		}
		if err := json.Unmarshal([]byte(written(t, run, Trace)), &doc); err != nil {
			t.Fatal(err)
		}
		need := map[string][]string{"X": {"name", "ts", "dur", "pid", "tid"}, "M": {"name", "pid", "tid", "args"},
			"s": {"name", "id", "cat", "ts", "pid", "tid"}, "f": {"name", "id", "cat", "ts", "pid", "tid", "bp"}}
		slices := map[[2]float64]bool{} // by thread and time: each takes 1
		for _, e := range doc.TraceEvents {
			if e["ph"] == "X" {
				slices[[2]float64{e["tid"].(float64), e["ts"].(float64)}] = true
			}
		}
		open := map[any]float64{}
		for _, e := range doc.TraceEvents {
			ph, _ := e["ph"].(string)
			if need[ph] == nil {
				t.Errorf("phase %q", ph)
			}
			for _, k := range need[ph] {
				if _, ok := e[k]; !ok {
					t.Errorf("phase %s without %s: %v", ph, k, e)
				}
			}
			if ts, ok := e["ts"].(float64); ok && ph != "M" && !slices[[2]float64{e["tid"].(float64), math.Floor(ts)}] {
				t.Errorf("an arrow that nothing is at the end of: %v", e)
			}
			switch ph {
			case "s":
				open[e["id"]] = e["ts"].(float64)
			case "f":
				if ts, ok := open[e["id"]]; !ok || ts > e["ts"].(float64) {
					t.Errorf("arrow %v ends before it begins", e["id"])
				}
				delete(open, e["id"])
			}
		}
		if len(open) > 0 {
			t.Errorf("%d arrows do not end", len(open))
		}
	})
}

// shivizEntry is the expression with which ShiViz reads a log by default.
var shivizEntry = regexp.MustCompile(`(?m)^(\S*) (\{.*\})\n(.*)$`)

// TestShiViz checks that the log is read without a rest, and that the clocks
// are vector clocks: each event of a process is the next of that process, knows
// all that the one before knew, and knows of no event of another that was not
// written before.
func TestShiViz(t *testing.T) {
	eachRun(t, func(t *testing.T, run *Run) {
		text := written(t, run, ShiViz)
		if rest := strings.TrimSpace(shivizEntry.ReplaceAllString(text, "")); rest != "" {
			t.Fatalf("not read: %s", rest)
		}
		known := map[string]map[string]int{}
		for _, m := range shivizEntry.FindAllStringSubmatch(text, -1) {
			var c map[string]int
			if err := json.Unmarshal([]byte(m[2]), &c); err != nil {
				t.Fatal(err)
			}
			host := m[1]
			if c[host] != known[host][host]+1 {
				t.Errorf("event %d of %s follows %d", c[host], host, known[host][host])
			}
			for p, n := range known[host] {
				if c[p] < n {
					t.Errorf("%s forgets an event of %s: %s", host, p, m[0])
				}
			}
			for p, n := range c {
				if p != host && known[p][p] < n {
					t.Errorf("%s knows event %d of %s, which comes later", host, n, p)
				}
			}
			known[host] = c
		}
		if len(known) < 2 && len(run.Columns) > 1 {
			t.Error("only one process")
		}
	})
}

// The statements of DOT's grammar that the writer uses.
var dotLine = regexp.MustCompile(`^(digraph run \{|\}|  rankdir=TB;|  node \[[^\]]*\];|  e\d+ \[label="(?:[^"\\]|\\.)*"\];|  e\d+ -> e\d+( \[style=dashed\])?;)$`)

// TestDOT checks each line, and that the graph has no cycle: arrows lead forward.
func TestDOT(t *testing.T) {
	eachRun(t, func(t *testing.T, run *Run) {
		for _, line := range strings.Split(strings.TrimSpace(written(t, run, DOT)), "\n") {
			if !dotLine.MatchString(line) {
				t.Errorf("%s", line)
			}
			var a, b int
			if n, _ := fmt.Sscanf(line, "  e%d -> e%d", &a, &b); n == 2 && a >= b {
				t.Errorf("an arrow leads back: %s", line)
			}
		}
	})
}

func TestTerminal(t *testing.T) {
	eachRun(t, func(t *testing.T, run *Run) {
		for _, width := range []int{30, 60, 80, 133} {
			for _, fine := range []bool{false, true} {
				var b bytes.Buffer
				if err := Terminal(&b, run, width, fine); err != nil {
					t.Fatal(err)
				}
				lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
				if len(lines) != len(run.Rows)+1 {
					t.Errorf("%d lines for %d rows", len(lines), len(run.Rows))
				}
				for _, l := range lines {
					if n := span(l); n > width {
						t.Errorf("width %d: %d: %s", width, n, l)
					}
					if !fine && strings.ContainsAny(l, "│●─▶◀") {
						t.Errorf("not drawn in ASCII: %s", l)
					}
				}
			}
		}
	})
}

// TestWords finds the words of every operation in the terminal as they are, if
// there is room: nothing is cut for the sake of lines of others.
func TestWords(t *testing.T) {
	run, _, _ := runOf(t, programs["buffer"])
	var b bytes.Buffer
	if err := Terminal(&b, run, 100, false); err != nil {
		t.Fatal(err)
	}
	for i, l := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")[1:] {
		if !strings.Contains(l, " "+run.Rows[i].Text) {
			t.Errorf("%s is not in: %s", run.Rows[i].Text, l)
		}
	}
	if !strings.Contains(b.String(), "take 2 from c1 (since 2)") {
		t.Errorf("not said since when the value was there:\n%s", b.String())
	}
}

// TestClock gives what no process does a column of its own.
func TestClock(t *testing.T) {
	run, _, _ := runOf(t, programs["timers"])
	last := run.Columns[len(run.Columns)-1]
	if last.Name != "clock" {
		t.Fatalf("the last column is %s", last.Name)
	}
	for _, r := range run.Rows {
		if r.By < 0 || r.By >= len(run.Columns) || (r.Kind == "timeout") != (run.Columns[r.By] == last) {
			t.Errorf("%s is in column %d", r.Text, r.By)
		}
	}
}

func TestCauses(t *testing.T) {
	run, _, _ := runOf(t, programs["buffer"])
	takes := 0
	for _, r := range run.Rows {
		if r.Kind != "take" || r.Value == "" {
			continue
		}
		takes++
		if r.Cause < 0 || run.Rows[r.Cause].Kind != "put" || run.Rows[r.Cause].Value != r.Value {
			t.Errorf("%s: its cause is row %d", r.Text, r.Cause)
		}
	}
	if takes != 2 {
		t.Errorf("%d takes of values", takes)
	}
}

// TestLook leaves the world at the present, with the same things in it.
func TestLook(t *testing.T) {
	run, rec, s := runOf(t, programs["buffer"])
	at, steps := rec.At(), s.World.Steps()
	if err := run.Look(rec); err != nil {
		t.Fatal(err)
	}
	if rec.At() != at || s.World.Steps() != steps || rec.Paused() {
		t.Errorf("at event %d, step %d, paused %v; was at %d, %d", rec.At(), s.World.Steps(), rec.Paused(), at, steps)
	}
	if !strings.Contains(run.Rows[1].Held, "[1 2]") && !strings.Contains(run.Rows[2].Held, "[1 2]") {
		t.Errorf("the buffer's values are not shown: %q", run.Rows[1].Held)
	}
}

func TestFormat(t *testing.T) {
	for _, f := range formats {
		if _, err := Format(f.ext); err != nil {
			t.Error(err)
		}
	}
	if _, err := Format(".png"); err == nil || !strings.Contains(err.Error(), ".svg") {
		t.Errorf("%v", err)
	}
}
