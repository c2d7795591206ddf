package runtime

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/conc-repl/conc-repl/lang"
)

// Library is one namespace of the binary's own: natives in a table, and the
// rest as text in the Clojure notation. Neither costs anything at start: a
// native's var is made when its name is first looked up, and a definition in
// the text is read, compiled and run when its var is first used. So each
// definition must stand alone: it begins in column 1 with "(def", and forms
// that do not (a defmethod, an extend-protocol) belong to the definition
// before them. Loading one is no event, costs no reduction and is never undone.
type Library struct {
	Name    string
	Doc     string
	Natives []*lang.Native
	Sources func() []*lang.Source // give the text, if any, when a name is first looked up; their field Library must be set
	Inline  map[string]string     // names that the compiler turns into operations
	GoForms map[string]string     // what a name stands for directly in a go block
	Dynamic map[string]lang.Value // dynamic vars with their roots
	Aliases map[string]string     // namespace aliases that the text uses
	Hidden  map[string]bool       // helpers that only the library's own text and its macros' expansions name
	Opening string                // the words that begin a module in the Elixir notation: defmodule Foo
	Header  string                // of a module's text in the Elixir notation, once a definition has been looked up: see ElixirLibraries

	modules []moduleText

	once    sync.Once
	natives map[string]*lang.Native
	defs    map[string]Def
}

// Def is one definition of a library's text.
type Def struct {
	Name, Head string // Head is def, defn, defmacro ...
	Dynamic    bool   // marked ^:dynamic
	Line       int
	Text       string
	Src        *lang.Source
	Elixir     bool   // Text is the clauses of a function in the Elixir notation
	Module     string // of which that function is
	Doc        string // what stands behind its @doc
	arities    []arity
}

// index finds the natives and the definitions by name.
func (l *Library) index() {
	l.natives = make(map[string]*lang.Native, len(l.Natives))
	for _, n := range l.Natives {
		l.natives[n.Name[strings.IndexByte(n.Name, '/')+1:]] = n
	}
	l.defs = map[string]Def{}
	if l.Sources != nil {
		for _, src := range l.Sources() {
			l.scan(src)
		}
	}
	for _, m := range l.modules {
		l.scanModule(m)
	}
}

// scan finds the definitions of one text.
func (l *Library) scan(src *lang.Source) {
	text, line := src.Text, 1
	for at := 0; at < len(text); {
		start := at
		at = nextDef(text, at)
		if form := text[start:at]; strings.HasPrefix(form, "(def") {
			d := header(form)
			d.Line, d.Text, d.Src = line, form, src
			l.defs[d.Name] = d
		}
		line += strings.Count(text[start:at], "\n")
	}
}

// nextDef gives where the next definition behind at begins, or the end.
func nextDef(text string, at int) int {
	for {
		i := strings.Index(text[at+1:], "\n(def")
		if i < 0 {
			return len(text)
		}
		at += i + 2
		if !strings.HasPrefix(text[at:], "(defmethod ") {
			return at
		}
	}
}

// header reads the beginning of a definition: its first word, the flags of
// its metadata, and the name it defines. It is called for each definition of
// clojure.core at start.
func header(form string) Def {
	word, rest := cutWord(form[1:])
	d := Def{Head: word}
	for rest != "" {
		switch word, rest = cutWord(rest); {
		case word == "^:dynamic":
			d.Dynamic = true
		case word != "" && word[0] != '^':
			d.Name = strings.TrimRight(word, ")")
			return d
		}
	}
	return d
}

// cutWord gives what stands before the first blank or new line, and what behind it.
func cutWord(s string) (word, rest string) {
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '\n' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// Names gives the names that the library defines for others, in no order.
func (l *Library) Names() []string {
	l.once.Do(l.index)
	out := make([]string, 0, len(l.natives)+len(l.defs)+len(l.Dynamic))
	add := func(name string) {
		if !l.Hidden[name] {
			out = append(out, name)
		}
	}
	for n := range l.natives {
		add(n)
	}
	for n, d := range l.defs {
		if !d.Elixir || definers[d.Head] == "def" {
			add(n)
		}
	}
	for n := range l.Dynamic {
		add(n)
	}
	return out
}

// Native gives the native of a name, nil if the library has none.
func (l *Library) Native(name string) *lang.Native {
	l.once.Do(l.index)
	return l.natives[name]
}

// Def gives the definition of a name in the text.
func (l *Library) Def(name string) (Def, bool) {
	l.once.Do(l.index)
	d, ok := l.defs[name]
	return d, ok
}

// AddLibrary makes a library's namespace. Its vars appear on first use.
// Several packages may have part in one namespace, as the actor model has in
// Elixir's Kernel: what a later one adds stands beside what was there, and
// comes before it where both have a name.
func (w *World) AddLibrary(l *Library) *Namespace {
	n := w.namespaces.table[l.Name]
	switch {
	case n == nil:
		n = w.newNS(l.Name)
	case n.Library != nil:
		l = n.Library.with(l)
	}
	n.Library = l
	n.Missing = func(name string) *Var { return w.libraryVar(n, l, name) }
	return n
}

// with gives a library that has what l and m have.
func (l *Library) with(m *Library) *Library {
	return &Library{
		Opening: cmp.Or(l.Opening, m.Opening), Name: l.Name, Doc: cmp.Or(l.Doc, m.Doc),
		Natives: slices.Concat(l.Natives, m.Natives), Sources: both(l.Sources, m.Sources),
		modules: slices.Concat(l.modules, m.modules),
		Inline:  union(l.Inline, m.Inline), GoForms: union(l.GoForms, m.GoForms), Dynamic: union(l.Dynamic, m.Dynamic),
		Aliases: union(l.Aliases, m.Aliases), Hidden: union(l.Hidden, m.Hidden),
	}
}

// Text makes the Sources of a library of which the texts are there already.
func Text(name string, texts ...string) func() []*lang.Source {
	return func() []*lang.Source {
		out := make([]*lang.Source, len(texts))
		for i, t := range texts {
			out[i] = &lang.Source{Name: name, Library: true, Text: t}
		}
		return out
	}
}

func both(f, g func() []*lang.Source) func() []*lang.Source {
	switch {
	case f == nil:
		return g
	case g == nil:
		return f
	}
	return func() []*lang.Source { return append(f(), g()...) }
}

// union gives the entries of a and b, of which b's win.
func union[V any](a, b map[string]V) map[string]V {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

func (w *World) libraryVar(n *Namespace, l *Library, name string) *Var {
	l.once.Do(l.index)
	var v *Var
	if c := l.natives[name]; c != nil {
		v = NewLibraryVar(n, name, lang.Obj(c), nil)
	} else if d, ok := l.defs[name]; ok {
		v = NewLibraryVar(n, name, lang.Nil, func(v *Var) { w.Loader(v, l, d) })
		v.macro = d.Head == "defmacro" && !d.Elixir
		v.private = d.Head == "defn-"
		v.dynamic = d.Dynamic
	} else if d, ok := l.elixirDef(name); ok {
		v = NewLibraryVar(n, name, lang.Nil, func(v *Var) { w.Loader(v, l, d) })
		v.private = true
	} else if x, ok := l.Dynamic[name]; ok {
		v = NewLibraryVar(n, name, x, nil)
		v.dynamic = true
		v.refresh()
	} else {
		if w.Implied == nil {
			return nil
		}
		return w.Implied(n, l, name)
	}
	v.inline = l.Inline[name]
	if g, ok := l.GoForms[name]; ok {
		v.goForm = lang.Obj(n.Var(g))
	}
	return v
}

// Private runs fn to its end at once, in a process of its own that nobody
// sees, outside of the schedule and of the journal. It is for loading the
// library, and for nothing that a program's own code is part of.
func (w *World) Private(ns lang.Value, fn lang.Value, args ...lang.Value) (lang.Value, *lang.Exception) {
	epoch, current := w.journal.epoch, w.current
	w.journal.epoch = 0
	stop := w.stopOps
	w.stopOps = false
	defer func() { w.journal.epoch, w.current, w.stopOps = epoch, current, stop }()
	p := &Process{W: w, Kind: Shell, ID: deriveID(1, 0), private: true}
	if current != nil {
		p.Bindings = current.Bindings
	}
	if !ns.IsNil() && w.NSVar != nil {
		p.PushBinding(w.NSVar, ns)
	}
	p.start(fn, args, nil, nil)
	for p.Status != Done {
		p.Status = Running
		p.fuel = 1 << 50
		if p.sig != sigCall {
			p.sig = sigNone
		}
		for !p.tryPrivate() {
		}
		if p.sig == sigPark {
			return lang.Nil, lang.NewException(lang.IllegalStateException, "the library waits while it is being loaded")
		}
	}
	return p.result, p.err
}

// tryPrivate is to a process that nobody sees what trySlice is to the world's: it
// has no turn by which World.catch would know it.
func (p *Process) tryPrivate() (done bool) {
	defer func() {
		if r := recover(); r != nil {
			p.raised = p.exceptionOf(r)
		}
	}()
	p.exec()
	return true
}
