package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// header is what stands before the first definition of a library's module,
// evaluated: the environment of its functions, attributes, the struct.
type header struct {
	b   *building
	env *elixir.Env
}

// headerOf evaluates a module's header, once in a world.
func headerOf(w *runtime.World, l *runtime.Library) *header {
	st := stateOf(w)
	if h := st.headers[l.Name]; h != nil {
		return h
	}
	l.Names() // which reads the header
	b := newBuilding(w, atomOfSpace(l.Name), firstWord(l.Opening))
	b.lib = l
	src := &lang.Source{Name: l.Name, Text: l.Header, Library: true}
	h := &header{b: b, env: (&elixir.Env{Source: src}).InModule(b.name, b)}
	st.headers[l.Name] = h
	if words := strings.Fields(l.Opening); words[0] == "defimpl" {
		b.setAttribute("for", module(words[len(words)-1]))
	}
	st.building[b.name] = b
	defer delete(st.building, b.name)
	v, e := w.Private(lang.Nil, lang.Obj(evalFormsNative), lang.ListOf(readAll(src)...), lang.Obj(h.env))
	if e != nil {
		panic(e)
	}
	h.env = v.Obj().(*lang.Vector).Nth(1).Obj().(*elixir.Env)
	return h
}

func firstWord(s string) string { w, _, _ := strings.Cut(s, " "); return w }

// atomOfSpace gives the name of a module's atom by its namespace.
func atomOfSpace(name string) string {
	k, _ := moduleAtom(name).AsKeyword()
	return k.String()
}

// evalFormsNative evaluates a list of forms: {value, env}.
var evalFormsNative = &lang.Native{Name: "conc.elixir/eval-forms", Min: 2, Max: 2, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	return evalThen(p, lang.ToSlice(args[0]), EnvOf(args[1]), resultKont, nil)
}}

// compileNative compiles a function of a module: its closure.
var compileNative = &lang.Native{Name: "conc.elixir/compile", Min: 1, Max: 1, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	return compileThen(p, elixir.StartFunction(args[0].Obj().(*elixir.Function), resolverOf(p)), frame{closureKont, nil})
}}

var closureKont = &runtime.Kont{Name: "compile", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	return lang.Obj(&lang.Closure{Fn: v.Obj().(*elixir.Step).Fn})
}}

// loadDefinition is the part of the world's Loader for the Elixir notation: it
// reads all clauses of a definition, compiles them in the environment of the
// module's header, and gives the var its root.
func loadDefinition(w *runtime.World, v *runtime.Var, l *runtime.Library, d runtime.Def) {
	h := headerOf(w, l)
	b := newBuilding(w, h.b.name, h.b.kind)
	b.lib = l
	b.s.attrs, b.s.strct = h.b.s.attrs, h.b.s.strct
	text := strings.Repeat("\n", max(d.Line-1, 0)) + d.Text
	src := &lang.Source{Name: d.Src.Name, Text: text, Library: true}
	env := h.env.Lexical().At(src).InModule(b.name, b)
	if _, e := w.Private(lang.Nil, lang.Obj(evalFormsNative), lang.ListOf(readAll(src)...), lang.Obj(env)); e != nil {
		panic(e)
	}
	if b.kind == "defprotocol" && b.s.defs[0].head {
		v.SetLibrary(protocolFunction(l.Name, b.s.defs[0].name))
		return
	}
	for _, f := range b.functions() {
		arity := 0
		for n := range f.Arities {
			arity = n
		}
		if elixir.VarName(f.Kind, f.Name, arity) != v.Name {
			continue
		}
		fn, e := w.Private(lang.Nil, lang.Obj(compileNative), lang.Obj(f))
		if e != nil {
			panic(e)
		}
		v.SetLibrary(fn)
		return
	}
}
