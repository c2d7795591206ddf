package iex

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/kernel"
)

//go:embed helpers.ex
var text string

// Module is the module whose functions are called without its name.
const Module = "Elixir.IEx.Helpers"

// Install brings the helpers into a world. results gives what the lines at
// the prompt gave, the first line's first.
func Install(w *runtime.World, results func() []lang.Value) {
	for _, l := range runtime.ElixirLibraries(&lang.Source{Name: "helpers.ex", Text: text, Library: true}) {
		switch l.Name {
		case "IEx.Docs":
			l.Natives = docNatives
		case "IEx.Helpers":
			l.Natives = historyNatives(results)
		}
		w.AddLibrary(l)
	}
}

func historyNatives(results func() []lang.Value) []*lang.Native {
	return []*lang.Native{{Name: "IEx.Helpers/v", Min: 0, Max: 1, Args: "n \\\\ -1",
		Doc: "The result of the last line; with a number, that of line n, or, if it is negative, counted from the end.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			n := int64(-1)
			if len(args) == 1 && args[0].IsInt() {
				n = args[0].AsInt()
			}
			vs := results()
			i := n - 1
			if n < 0 {
				i = int64(len(vs)) + n
			}
			if i < 0 || i >= int64(len(vs)) {
				lang.RaiseReason(lang.Obj(lang.NewErlangMap(lang.K("__struct__"), lang.K("Elixir.RuntimeError"), lang.K("__exception__"), lang.True,
					lang.K("message"), lang.Str("v("+lang.Inspect(lang.Int(n))+") is out of bounds"))))
			}
			return vs[i]
		}}}
}

// docNatives tell what is known of modules and functions.
var docNatives = []*lang.Native{
	{Name: "IEx.Docs/exists", Min: 1, Max: 1, Args: "module", Doc: "Whether there is such a module.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return lang.Bool(namespace(p, args[0]) != nil) }},
	{Name: "IEx.Docs/about", Min: 1, Max: 1, Args: "module", Doc: "What a module is for, as text.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			ns := namespace(p, args[0])
			if ns.Library != nil {
				return lang.Str(ns.Library.Doc)
			}
			return lang.Str(strings.TrimSpace(kernel.ModuleDoc(ns)))
		}},
	{Name: "IEx.Docs/functions", Min: 3, Max: 3, Args: "module, name, arity", Doc: "What is known of functions: a list of {signature, text}.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			name, _ := lang.AtomName(args[1])
			arity := -1
			if args[2].IsInt() {
				arity = int(args[2].AsInt())
			}
			return describe(namespace(p, args[0]), name, arity)
		}},
}

// namespace gives the namespace of a module, nil if there is none.
func namespace(p *runtime.Process, module lang.Value) *runtime.Namespace {
	name, _ := lang.AtomName(module)
	return p.W.FindNS(strings.TrimPrefix(name, "Elixir."))
}

// Heads gives the heads of the functions that ns has under a name: "map(enumerable, fun)".
func Heads(ns *runtime.Namespace, name string) []string {
	var out []string
	for _, v := range lang.ToSlice(describe(ns, name, -1)) {
		head, _ := v.Obj().(*lang.Vector).Nth(0).AsString()
		_, head, _ = strings.Cut(head, " ")
		out = append(out, head)
	}
	return out
}

// describe gives {signature, text} for what ns has under a name and takes
// arity arguments, any number if it is negative.
func describe(ns *runtime.Namespace, name string, arity int) lang.Value {
	var out []lang.Value
	switch {
	case ns == nil:
		return lang.Obj(lang.EmptyList)
	case ns.Library == nil:
		return describeOwn(ns, name, arity)
	}
	l := ns.Library
	if n := l.Native(name); n != nil && (arity < 0 || n.Takes(arity)) {
		out = append(out, lang.Vec(lang.Str("def "+name+"("+n.Args+")"), lang.Str(n.Doc)))
	}
	for _, key := range [...]string{name, "MACRO-" + name} {
		if d, ok := l.Def(key); ok && d.Doc != "" && (arity < 0 || slices.Contains(d.Arities(), arity)) {
			out = append(out, lang.Vec(lang.Str(d.Head+" "+signature(d)), lang.Str(docText(d.Doc))))
		}
	}
	return lang.ListOf(out...)
}

// describeOwn does so for a module that a program has defined.
func describeOwn(ns *runtime.Namespace, name string, arity int) lang.Value {
	var out []lang.Value
	for _, key := range [...]string{name, "MACRO-" + name} {
		v := ns.Vars[key]
		if v == nil || v.Meta() == nil {
			continue
		}
		f, isFn := v.Root().Obj().(*lang.Closure)
		if key == name && arity >= 0 && isFn && f.Fn.Select(arity) == nil {
			continue
		}
		doc, _ := v.Meta().Get(lang.K("doc"))
		head, _ := v.Meta().Get(lang.K("head"))
		if text, ok := doc.AsString(); ok && head.IsString() {
			out = append(out, lang.Vec(head, lang.Str(strings.TrimSpace(text))))
		}
	}
	return lang.ListOf(out...)
}

// signature gives the head of a definition's first clause.
func signature(d runtime.Def) string {
	line, _, _ := strings.Cut(strings.TrimSpace(d.Text), "\n")
	line = strings.TrimPrefix(line, d.Head+" ")
	for _, end := range [...]string{", do:", " do", " when "} {
		line, _, _ = strings.Cut(line, end)
	}
	return line
}

// docText reads the text behind a @doc.
func docText(literal string) string {
	form, ok, err := elixir.New(&lang.Source{Name: "doc", Text: literal}).Read()
	if text, isText := form.AsString(); ok && err == nil && isText {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(literal)
}
