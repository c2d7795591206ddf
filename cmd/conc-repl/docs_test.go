package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
)

// definitions gives what is known of each public name of the binary's own
// namespaces, in the order of the names. Natives say what they are; a
// definition of the text has its head word.
func definitions() (all []session.Description, heads map[string]string) {
	heads = map[string]string{}
	w := session.New(session.Options{}).World
	for _, ns := range w.Namespaces() {
		l := ns.Library
		if l == nil || !inClojure(ns.Name) {
			continue
		}
		for _, name := range l.Names() {
			def, written := l.Def(name)
			if l.Native(name) == nil && !written || def.Head == "defn-" || strings.Contains(def.Text, "^:private "+name) {
				continue
			}
			d := session.Describe(ns.Var(name))
			all, heads[d.Name] = append(all, d), def.Head
		}
	}
	slices.SortFunc(all, func(a, b session.Description) int { return strings.Compare(a.Name, b.Name) })
	return all, heads
}

// inClojure reports whether a namespace of the binary's own is one for the
// Clojure notation; the others are Elixir's modules, and what they are made of.
func inClojure(ns string) bool {
	return ns != "conc.elixir" && slices.Contains([]string{"clojure", "conc", "java", "dom", "js"}, strings.Split(ns, ".")[0])
}

// TestEverythingIsDescribed looks for names that (doc x) knows nothing of.
func TestEverythingIsDescribed(t *testing.T) {
	all, heads := definitions()
	if len(all) < 800 {
		t.Fatalf("found only %d names", len(all))
	}
	for _, d := range all {
		if d.Doc == "" {
			t.Errorf("%s has no doc", d.Name)
		}
		switch heads[d.Name] {
		case "", "defn", "defmacro":
			if d.Arglists == "" {
				t.Errorf("%s has no argument lists", d.Name)
			}
		}
	}
}

// example is a form that a doc shows, with what it prints.
type example struct{ form, value string }

// arrow stands in a doc between an example and its value, which goes on to
// the end of the line.
const arrow = " ;=> "

// examples finds the examples in a doc: the longest form before each arrow.
func examples(doc string) (found []example) {
	for {
		before, rest, ok := strings.Cut(doc, arrow)
		if !ok {
			return found
		}
		value, rest, _ := strings.Cut(rest, "\n")
		found = append(found, example{lastForm(before), value})
		doc = rest
	}
}

// lastForm gives the longest form that ends where text does, "" if none.
func lastForm(text string) string {
	for i := range text {
		if i > 0 && text[i-1] != ' ' && text[i-1] != '\n' {
			continue
		}
		r := clojure.New(&lang.Source{Name: "example", Text: text[i:]}, nil)
		if _, ok, err := r.Read(); ok && err == nil && r.Offset() == len(text[i:]) {
			return text[i:]
		}
	}
	return ""
}

// TestExamplesInDocs evaluates the examples of every doc, each in a session
// of its own.
func TestExamplesInDocs(t *testing.T) {
	n := 0
	all, _ := definitions()
	for _, d := range all {
		for _, x := range examples(d.Doc) {
			n++
			if got := printed(t, x.form); got != x.value {
				t.Errorf("%s: %s gives %s, but its doc says %s", d.Name, x.form, got, x.value)
			}
		}
	}
	if n < 250 {
		t.Errorf("found only %d examples", n)
	}
}

// printed evaluates a form on the virtual clock, and gives what the prompt
// would print as its result.
func printed(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	s := session.New(session.Options{Options: runtime.Options{Virtual: true}, Out: &out, Err: &out})
	finish := func() *lang.Exception {
		s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Timers: true, Reductions: 10_000_000})
		if s.Busy() {
			t.Fatalf("%s does not end", text)
		}
		_, e := s.Result()
		return e
	}
	form, ok, err := s.Reader(&lang.Source{Name: "example", Text: text}).Read()
	if !ok || err != nil {
		t.Fatalf("%s cannot be read: %v", text, err)
	}
	if s.Eval(form); finish() == nil {
		v, _ := s.Result()
		out.Reset()
		s.Print(v, false)
	}
	if e := finish(); e != nil {
		return e.Error()
	}
	s.World.Out.Flush()
	return strings.TrimSuffix(out.String(), "\n")
}
