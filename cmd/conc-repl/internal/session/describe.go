package session

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
)

// Description is what is known of a var without running anything.
type Description struct {
	Name     string // with its namespace
	Arglists string // "[f] [f coll]", "" if it is no function
	Doc      string
	Macro    bool
	Source   string // its definition, "" if it is written in Go or unknown
}

// Describe tells what is known of v. A definition of the library is not
// loaded for that: its text says enough.
func Describe(v *runtime.Var) Description {
	d := Description{Name: v.NS.Name + "/" + v.Name, Macro: v.IsMacro()}
	if l := v.NS.Library; l != nil {
		if n := l.Native(v.Name); n != nil {
			d.Arglists, d.Doc = n.Args, n.Doc
			return d
		}
		if def, ok := l.Def(v.Name); ok && def.Elixir {
			d.Name, d.Source = v.NS.Name+"."+strings.TrimPrefix(v.Name, "MACRO-"), strings.TrimRight(def.Text, "\n")
			return d
		} else if ok {
			d.Source = strings.TrimSpace(def.Text)
			d.Arglists, d.Doc = definition(def.Text)
			return d
		}
	}
	if m := v.Meta(); m != nil {
		if doc, ok := m.Get(lang.K("doc")); ok {
			d.Doc, _ = doc.AsString()
		}
		if args, ok := m.Get(lang.K("arglists")); ok {
			d.Arglists = strings.Trim(lang.PrString(args), "()")
		}
	}
	if !v.Bound() {
		return d
	}
	if c, ok := v.Root().Obj().(*lang.Closure); ok {
		d.Source = formAt(c.Fn.Pos)
		if args, doc := definition(d.Source); d.Arglists == "" {
			d.Arglists = args
			if d.Doc == "" {
				d.Doc = doc
			}
		}
	}
	return d
}

// formAt gives the text of the top-level form around p: the one that begins
// last at or before it.
func formAt(p lang.Pos) string {
	if !p.IsValid() || p.Src == nil {
		return ""
	}
	r := clojure.New(p.Src, nil)
	for {
		from := r.Offset()
		_, ok, err := r.Read()
		if !ok || err != nil {
			return ""
		}
		text := p.Src.Text[:r.Offset()]
		if lines := int32(strings.Count(text, "\n")) + 1; lines > p.Line || lines == p.Line && lastColumn(text) >= p.Col {
			return strings.TrimSpace(text[from:])
		}
	}
}

// lastColumn gives the column of the last character of text.
func lastColumn(text string) int32 {
	return int32(len([]rune(text[strings.LastIndexByte(text, '\n')+1:])))
}

// definition finds the argument lists and the docstring of a (defn ...) or
// (defmacro ...) or (def name "doc" ...).
func definition(text string) (arglists, doc string) {
	form, ok, err := clojure.New(&lang.Source{Name: "definition", Text: text}, nil).Read()
	if !ok || err != nil {
		return "", ""
	}
	list, ok := form.Obj().(*lang.List)
	if !ok || list.Len() < 3 {
		return "", ""
	}
	items := lang.ToSlice(form)
	if s, ok := items[2].AsString(); ok && len(items) > 3 {
		doc = s
	}
	var lists []string
	for _, x := range items[2:] {
		if v, ok := x.Obj().(*lang.Vector); ok {
			return lang.PrString(lang.Obj(v)), doc
		}
		if l, ok := x.Obj().(*lang.List); ok && l.Len() > 0 {
			if v, ok := l.First().Obj().(*lang.Vector); ok {
				lists = append(lists, lang.PrString(lang.Obj(v)))
			}
		}
	}
	return strings.Join(lists, " "), doc
}
