package prompt

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/commands"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// Completion is what the prompt offers at the cursor.
type Completion struct {
	Stem string   // what was typed of the name
	Ends []string // what may follow it, sorted
	Help string   // the argument lists, where the name is typed already
}

// complete offers what may stand at the end of line.
func complete(s *session.Session, line string) Completion {
	if strings.HasPrefix(line, ".") {
		return completeCommand(line)
	}
	return looks[s.ID()].complete(s, line)
}

func completeClojure(s *session.Session, line string) Completion {
	stem := lastName(line)
	c := Completion{Stem: stem}
	for _, name := range names(s, line, stem) {
		if end, ok := strings.CutPrefix(name, stem); ok && end != "" {
			c.Ends = append(c.Ends, end)
		}
	}
	slices.Sort(c.Ends)
	if len(c.Ends) == 0 && stem != "" || stem == "" {
		c.Help = arglists(s, headName(line))
	} else if v := s.Lookup(stem); v != nil {
		c.Help = arglists(s, stem)
	}
	return c
}

func completeCommand(line string) Completion {
	c := Completion{Stem: line}
	for _, cmd := range commands.Table() {
		if end, ok := strings.CutPrefix(cmd.Name, line); ok && end != "" {
			c.Ends = append(c.Ends, end)
		}
	}
	return c
}

// lastName gives the name that line ends with, "" if it ends with something else.
func lastName(line string) string {
	ts := clojure.Tokens(line)
	if len(ts) == 0 {
		return ""
	}
	switch t := ts[len(ts)-1]; t.Kind {
	case clojure.Symbol, clojure.Keyword:
		return line[t.Start:t.End]
	}
	return ""
}

// headName gives the name of the function whose call line is in.
func headName(line string) string {
	open := clojure.Unclosed(line, len(line))
	if len(open) == 0 {
		return ""
	}
	o := open[len(open)-1]
	ts := clojure.Tokens(line[o.End:])
	if line[o.Start:o.End] != "(" || len(ts) == 0 || ts[0].Kind != clojure.Symbol {
		return ""
	}
	return line[o.End:][:ts[0].End]
}

// arglists gives "(map f coll)" and so on for a function, "" if name is none.
func arglists(s *session.Session, name string) string {
	if name == "" {
		return ""
	}
	v := s.Lookup(name)
	if v == nil {
		return ""
	}
	if d := session.Describe(v); d.Arglists != "" {
		return d.Name + ": " + d.Arglists
	}
	return ""
}

// names lists the names that may begin with stem.
func names(s *session.Session, line, stem string) []string {
	if strings.HasPrefix(stem, ":") {
		return keywords(line)
	}
	ns := core.CurrentNS(s.World.Shell)
	if ns == nil || stem == "" {
		return nil
	}
	if prefix, _, ok := strings.Cut(stem, "/"); ok {
		other := ns.Aliases[prefix]
		if other == nil {
			other = s.World.FindNS(prefix)
		}
		if other == nil {
			return nil
		}
		var out []string
		for _, n := range core.OwnNames(other) {
			if v := other.Var(n); v != nil && !v.IsPrivate() {
				out = append(out, prefix+"/"+n)
			}
		}
		return out
	}
	out := append(core.VisibleNames(ns), specialForms...)
	for name := range s.World.Namespaces() {
		out = append(out, name)
	}
	for alias := range ns.Aliases {
		out = append(out, alias)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// specialForms are the names that are no vars.
var specialForms = []string{"case*", "catch", "def", "do", "finally", "fn*", "if", "let*", "loop*", "new", "quote", "recur", "set!", "throw", "try", "var"}

// keywords lists the keywords in what was typed before, and common ones.
func keywords(line string) []string {
	out := []string{":as", ":default", ":else", ":keys", ":or", ":priority", ":refer", ":require", ":when", ":while", ":let", ":after"}
	ts := clojure.Tokens(line)
	for _, t := range ts[:max(len(ts)-1, 0)] {
		if t.Kind == clojure.Keyword {
			out = append(out, line[t.Start:t.End])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
