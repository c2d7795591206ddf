package explore

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// mainName is what people call the process whose end is the program's.
const mainName = "main"

// names gives the replacements of how processes and channels are printed by
// their short names.
func (r *run) names(name func(*runtime.Process) string) *strings.Replacer {
	var pairs []string
	for _, t := range r.threads {
		short := name(t.p)
		if t.p == r.main {
			short = mainName
		}
		pairs = append(pairs, t.p.String(), short)
	}
	for _, s := range r.trace {
		for _, u := range s.uses {
			if x, ok := u.entity.(interface{ Name() string }); ok {
				pairs = append(pairs, r.w.Show(lang.Obj(u.entity)), x.Name())
			}
		}
	}
	return strings.NewReplacer(pairs...)
}

var (
	reference = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`#Reference<[0-9.]+>`) })
	anonymous = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`#Function<[^<>]*/(\d+) in [^<>]*>`) })
)

// references has ref1, ref2, ... stand for references, and fn/1 for a
// function of one argument; known are the references so far.
func references(s string, known map[string]string) string {
	s = anonymous().ReplaceAllString(s, "fn/$1")
	return reference().ReplaceAllStringFunc(s, func(ref string) string {
		if known[ref] == "" {
			known[ref] = fmt.Sprintf("ref%d", len(known)+1)
		}
		return known[ref]
	})
}

const (
	longestValue = 40 // runes of a value in a line
	mostSteps    = 12 // of a run that is told in one line
)

// String gives: p107: send 1 to main.
func (l Line) String() string { return l.Who + ": " + l.short() }

// short gives what happens, with long values cut.
func (l Line) short() string {
	var b strings.Builder
	text := []rune(l.What)
	for i := 0; i < len(text); {
		n := valueEnd(text[i:])
		if n > longestValue {
			b.WriteString(string(text[i:i+longestValue]) + "...")
		} else {
			b.WriteString(string(text[i : i+n]))
		}
		i += n
	}
	return b.String()
}

// valueEnd gives where the text or collection ends that s begins with; 1 if
// it begins with neither.
func valueEnd(s []rune) int {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case strings.ContainsRune("([{", c):
			depth++
		case strings.ContainsRune(")]}", c):
			depth--
		}
		if depth <= 0 && !quoted {
			return i + 1
		}
	}
	return len(s)
}

// Brief tells a run in one line. It leaves out what only starts processes or
// ends them, and of a long run all but the steps at which another process goes
// on, with "..." for the others and their number at the end.
func Brief(lines []Line) string {
	var steps []Line
	for _, l := range lines {
		if !l.routine {
			steps = append(steps, l)
		}
	}
	if len(steps) <= mostSteps {
		return join(steps)
	}
	return fmt.Sprintf("%s (%d steps)", join(turns(steps)), len(lines))
}

// gap stands for steps that are left out.
var gap = Line{What: "..."}

// turns gives, of each row of steps of one process, the last one, and of many rows
// the first and the last ones.
func turns(steps []Line) []Line {
	var out []Line
	for i, l := range steps {
		if i+1 == len(steps) || steps[i+1].Who != l.Who {
			out = append(out, l)
		} else if len(out) == 0 || out[len(out)-1] != gap {
			out = append(out, gap)
		}
	}
	if n := len(out); n > 2*mostSteps {
		out = append(append(out[:mostSteps:mostSteps], gap), out[n-mostSteps:]...)
	}
	return out
}

func join(steps []Line) string {
	var parts []string
	for _, l := range steps {
		if l == gap {
			parts = append(parts, l.What)
		} else {
			parts = append(parts, l.String())
		}
	}
	return strings.Join(parts, " > ")
}

// Order is two steps, of which the first had to come before the second.
type Order struct{ First, Then Line }

// mostOrders bounds how many orders are kept for an outcome.
const mostOrders = 20

// contrast finds for each outcome the steps whose order leads there and
// not to another one: for a fault, to a value.
func contrast(outcomes []*Outcome) {
	for _, x := range outcomes {
		for _, y := range outcomes {
			if x != y && (x.Kind == Value || y.Kind == Value) && x.Why == nil {
				x.Why = why(x.trace, y.trace)
			}
		}
	}
}

// why gives the steps whose order leads to an outcome: those that depend on
// each other and that its run has in the other order than a run that ends otherwise.
func why(here, there []*step) (orders []Order) {
	at := map[label]int{}
	for i, s := range there {
		at[s.base()] = i
	}
	for j, s := range here {
		b, ok := at[s.base()]
		if !ok {
			continue
		}
		for i, t := range here[:j] {
			a, ok := at[t.base()]
			if !ok || a < b || !s.past.has(i) || t.line.routine || s.line.routine {
				continue
			}
			if touches(t, s) || t.kind == letter && s.kind == letter && t.proc == s.proc {
				if orders = append(orders, Order{t.line, s.line}); len(orders) == mostOrders {
					return orders
				}
			}
		}
	}
	return orders
}

// base tells the same step in different runs: the receiving of a message by
// the message, any other by its process and its place there.
func (l label) base() label {
	if l.kind == letter {
		return label{kind: letter, proc: l.proc, peer: l.peer, n2: l.n2, ord: l.ord}
	}
	return label{proc: l.proc, n: l.n}
}
