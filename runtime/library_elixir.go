package runtime

import (
	"slices"
	"strconv"
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
	var libs []*Library
	text, line, from := src.Text, 1, 0
	for at := moduleAt(text, 0); at >= 0; {
		line += strings.Count(text[from:at], "\n")
		end := strings.Index(text[at:], "\nend")
		if end < 0 {
			break
		}
		head, body, _ := strings.Cut(text[at:at+end+1], " do\n")
		libs = append(libs, &Library{Name: moduleName(head), Opening: head, modules: []moduleText{{src, head, body, line}}})
		from, at = at, moduleAt(text, at+end+1)
	}
	return libs
}

// moduleAt gives where the first module begins in the lines from at on, -1 if
// none does.
func moduleAt(text string, at int) int {
	if strings.HasPrefix(text[at:], "def") {
		return at
	}
	if i := strings.Index(text[at:], "\ndef"); i >= 0 {
		return at + i + 1
	}
	return -1
}

// moduleName gives the namespace of a module by the words that begin it:
// Foo of `defmodule Foo`, Enumerable.List of `defimpl Enumerable, for: List`.
func moduleName(head string) string {
	words := strings.FieldsFunc(head, func(r rune) bool { return r == ' ' || r == ',' })
	if words[0] == "defimpl" && len(words) == 4 {
		return words[1] + "." + words[3]
	}
	return strings.TrimPrefix(words[1], ":")
}

// moduleText is what stands before a module's do, what between it and its
// end, and the number of the line before that.
type moduleText struct {
	src  *lang.Source
	head string
	body string
	line int
}

// definers are the words that begin the definition of a function, and what
// kind of definition that is.
var definers = map[string]string{"def": "def", "defp": "defp", "defmacro": "defmacro", "defmacrop": "defmacrop",
	"defguard": "defmacro", "defguardp": "defmacrop", "defdelegate": "def"}

// defKey gives the name by which a definition is known: private functions are
// vars of their own for each number of arguments, name/2, macros are MACRO-name.
func defKey(head, name string) string {
	switch definers[head] {
	case "defp":
		return name + "/"
	case "defmacro", "defmacrop":
		return "MACRO-" + name
	}
	return name
}

// elixirDef gives the definition that the var of a name has its value from.
func (l *Library) elixirDef(name string) (Def, bool) {
	if i := strings.LastIndexByte(name, '/'); i > 0 {
		name = name[:i+1]
	}
	d, ok := l.Def(name)
	return d, ok && d.Elixir
}

// ElixirNames gives the names of the vars that text in the Elixir notation
// defines, in order.
func (l *Library) ElixirNames() []string {
	l.once.Do(l.index)
	var out []string
	for key, d := range l.defs {
		switch name, private := strings.CutSuffix(key, "/"); {
		case !d.Elixir:
		case private:
			for _, n := range d.Arities() {
				out = append(out, name+"/"+strconv.Itoa(n))
			}
		default:
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// Kind tells whether one of the library's modules defines name with n
// arguments, and how: def, defp, defmacro, defmacrop; "" if none does.
func (l *Library) Kind(name string, n int) string {
	for _, key := range [...]string{name, name + "/", "MACRO-" + name} {
		if d, ok := l.Def(key); ok && d.Takes(n) {
			return definers[d.Head]
		}
	}
	return ""
}

// Takes reports whether a clause of a definition in the Elixir notation takes
// n arguments.
func (d *Def) Takes(n int) bool {
	for _, a := range d.arities {
		if a.min <= n && n <= a.max {
			return true
		}
	}
	return false
}

// Arities gives the numbers of arguments that the clauses take.
func (d *Def) Arities() []int {
	var out []int
	for n := range maxArities {
		if d.Takes(n) {
			out = append(out, n)
		}
	}
	return out
}

// maxArities bounds the number of arguments of a function of the library.
const maxArities = 32

// arity is how many arguments a clause takes: those with defaults may be left out.
type arity struct{ min, max int }

// elixirDef tells whether a line begins a clause, and of what.
func elixirDef(line string) (head, name string, ok bool) {
	if !strings.HasPrefix(line, "  def") {
		return "", "", false
	}
	head, rest, _ := strings.Cut(line[2:], " ")
	if definers[head] == "" {
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
	offset := 0  // of the line in the body
	flush := func() {
		if open.Name != "" {
			d := l.defs[open.Name]
			if d.Name == "" {
				d = open
			}
			if d.Text += current.String(); d.Line != open.Line {
				d.arities = append(d.arities, open.arities...)
			}
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
		offset += len(text)
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
			key := defKey(head, name)
			if open.Name != key {
				flush()
				open = Def{Name: key, Head: head, Line: line, Src: m.src, Module: l.Name, Elixir: true}
			}
			open.arities = append(open.arities, countArgs(m.body[offset-len(text)+2+len(head)+1+len(name):]))
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

// countArgs counts the arguments in the parentheses that text begins with.
func countArgs(text string) arity {
	if text == "" || text[0] != '(' {
		return arity{}
	}
	depth, commas, defaults, empty := 0, 0, 0, true
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '(' || c == '[' || c == '{':
			depth++
			empty = empty && depth == 1
		case c == ')' || c == ']' || c == '}':
			if depth--; depth == 0 && empty {
				return arity{}
			} else if depth == 0 {
				return arity{commas + 1 - defaults, commas + 1}
			}
		case c == ',' && depth == 1:
			commas++
		case c == '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			empty = false
		case c == '?' && strings.IndexByte("( ,[{", text[i-1]) >= 0: // a character: ?" or ?(
			i++
			empty = false
		case depth == 1 && strings.HasPrefix(text[i:], `\\`):
			defaults++
			i++
		case c != ' ' && c != '\n':
			empty = false
		}
	}
	return arity{commas + 1 - defaults, commas + 1}
}
