package runtime

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// ElixirLibraries gives a library for each module of a text in the Elixir
// notation. The text is laid out so that its functions can be found by lines
// alone: "defmodule Name do" and its "end" stand in column 1, each clause of a
// function begins with two spaces and def, defp, defmacro or the like, after
// its @doc, and what all functions share (alias, import, attributes, a
// struct) stands before the first of them: the header. A function is compiled
// alone, in the environment of its module's header, when it is first used.
func ElixirLibraries(src *lang.Source) []*Library {
	const opening = "\ndefmodule "
	var libs []*Library
	text, line, at := "\n"+src.Text, 0, 0
	for {
		i := strings.Index(text[at:], opening)
		if i < 0 {
			return libs
		}
		start := at + i + 1
		line += strings.Count(text[at:start], "\n")
		end := strings.Index(text[start:], "\nend")
		if end < 0 {
			return libs
		}
		name, body, _ := strings.Cut(text[start+len(opening)-1:start+end+1], " do\n")
		libs = append(libs, &Library{Name: strings.TrimPrefix(name, ":"), modules: []moduleText{{src, body, line}}})
		at = start
	}
}

// moduleText is what stands between a module's do and its end, and the
// number of the line before it.
type moduleText struct {
	src  *lang.Source
	body string
	line int
}

// definers are the words that begin the definition of a function.
var definers = map[string]bool{"def": true, "defp": true, "defmacro": true, "defmacrop": true, "defguard": true, "defguardp": true, "defdelegate": true}

// elixirDef tells whether a line begins a clause, and of what.
func elixirDef(line string) (head, name string, ok bool) {
	if !strings.HasPrefix(line, "  def") {
		return "", "", false
	}
	head, rest, _ := strings.Cut(line[2:], " ")
	if !definers[head] {
		return "", "", false
	}
	return head, rest[:nameEnd(rest)], true
}

func nameEnd(s string) int {
	if i := strings.IndexAny(s, "( ,\n"); i >= 0 {
		return i
	}
	return len(s)
}

// ownAttribute reports whether a line belongs to the function after it.
func ownAttribute(line string) bool {
	return strings.HasPrefix(line, "  @doc") || strings.HasPrefix(line, "  @spec") || strings.HasPrefix(line, "  @impl")
}

// scanModule finds the functions of a module. The clauses of a name are one
// definition, whatever their arities.
func (l *Library) scanModule(m moduleText) {
	var header, current, doc strings.Builder
	var open Def // the definition that current belongs to; no Name: the header
	flush := func() {
		if open.Name != "" {
			d := l.defs[open.Name]
			if d.Name == "" {
				d = open
			}
			d.Text += current.String()
			if d.Doc == "" {
				d.Doc = doc.String()
			}
			l.defs[open.Name] = d
			doc.Reset()
		}
		current.Reset()
	}
	inDoc, line := false, m.line
	for text := range strings.Lines(m.body) {
		line++
		head, name, starts := elixirDef(text)
		switch {
		case inDoc:
			doc.WriteString(strings.TrimPrefix(text, "  "))
			inDoc = strings.TrimSpace(text) != `"""`
		case ownAttribute(text):
			flush()
			open = Def{Name: ""}
			if strings.HasPrefix(text, "  @doc") {
				doc.Reset()
				doc.WriteString(strings.TrimSpace(strings.TrimPrefix(text, "  @doc")))
				doc.WriteByte('\n')
				inDoc = strings.HasSuffix(strings.TrimSpace(text), `"""`)
			}
		case starts:
			if open.Name != name {
				flush()
				open = Def{Name: name, Head: head, Line: line, Src: m.src, Module: l.Name, Elixir: true}
			}
			current.WriteString(text)
		case open.Name != "":
			current.WriteString(text)
		case len(l.defs) == 0:
			header.WriteString(text)
		}
	}
	flush()
	l.Header += header.String()
}
