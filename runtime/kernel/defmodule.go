package kernel

import (
	"maps"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// moduleNatives are what defmodule, defprotocol and defimpl compile to.
func moduleNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "conc.elixir/defmodule", Min: 3, Max: 3, Run: run(defmodule), Args: "form, name, variables", Doc: "Builds a module."},
		{Name: "conc.elixir/defimpl", Min: 4, Max: 4, Run: run(defimpl), Args: "form, protocol, types, variables", Doc: "Builds the implementations of a protocol."},
		{Name: "conc.elixir/concat_alias", Min: 1, Max: -1, Pure: concatAlias, Args: "parts", Doc: "The module of the parts of a name."},
	}
}

func concatAlias(args []lang.Value) lang.Value {
	var names []string
	for _, a := range args {
		name, _ := lang.AtomName(a)
		names = append(names, name)
	}
	name := strings.Join(names, ".")
	if !strings.HasPrefix(name, "Elixir.") {
		name = "Elixir." + name
	}
	return lang.K(name)
}

// making is a module that is being made: its body is evaluated, then hooks
// run, then its functions are compiled, and at last it is there.
type making struct {
	b     *building
	env   *elixir.Env
	val   lang.Value // of the body
	hooks []lang.Value
	todo  []*elixir.Function
	done  *made // functions compiled so far, last first
}

// made is a list of compiled functions.
type made struct {
	f    *elixir.Function
	fn   *lang.Fn
	next *made
}

var (
	bodyKont     = &runtime.Kont{Name: "defmodule"}
	hookKont     = &runtime.Kont{Name: "defmodule"}
	hookedKont   = &runtime.Kont{Name: "defmodule"}
	functionKont = &runtime.Kont{Name: "defmodule"}
	abandonKont  = &runtime.Kont{Name: "defmodule"}
	implsKont    = &runtime.Kont{Name: "defimpl"}
)

func init() { // these call each other through the machine
	bodyKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		m, o := state.(making), v.Obj().(*outcome)
		m.val, m.env = o.val, o.env
		m.hooks = lang.ToSlice(m.b.attribute("before_compile"))
		return m.hook(p)
	}
	hookKont.Return = func(p *runtime.Process, state any, form lang.Value) lang.Value {
		m := state.(making)
		return evalThen(p, []lang.Value{form}, m.env, hookedKont, m)
	}
	hookedKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value { return state.(making).hook(p) }
	functionKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		m := state.(making)
		m.done = &made{m.todo[0], v.Obj().(*elixir.Step).Fn, m.done}
		m.todo = m.todo[1:]
		return m.compile(p)
	}
	abandonKont.Return = func(_ *runtime.Process, _ any, v lang.Value) lang.Value { return v }
	abandonKont.Raise = func(p *runtime.Process, state any, _ *lang.Exception) (lang.Value, bool) {
		leave(p.W, state.(*building))
		return lang.Nil, false
	}
	implsKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		i := state.(impls)
		i.last = v
		return i.run(p)
	}
}

func defmodule(p *runtime.Process, args []lang.Value) lang.Value {
	f := args[0].Obj().(*elixir.ModuleForm)
	name, ok := lang.AtomName(args[1])
	if !ok || !args[1].IsKeyword() {
		compileError(f.Env, f.Pos, "invalid module name: "+lang.Inspect(args[1]))
	}
	return makeModule(p, f, name, args[2], nil)
}

// buildNative builds a module in a frame of its own, so that one that fails is forgotten.
var buildNative = &lang.Native{Name: "conc.elixir/build", Min: 1, Max: 1, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	m := args[0].Obj().(*making)
	body := append([]lang.Value{}, m.hooks...)
	return evalThen(p, body, m.env, bodyKont, *m)
}}

// makeModule evaluates a module's body and defines the module.
func makeModule(p *runtime.Process, f *elixir.ModuleForm, name string, vals lang.Value, prepare func(*building)) lang.Value {
	b := newBuilding(p.W, name, f.Kind)
	if prepare != nil {
		prepare(b)
	}
	env := f.Env
	captured := vals.Obj().(*lang.Vector)
	for i := captured.Len() - 1; i >= 0; i-- {
		env = env.Bind(f.Vars[i], captured.Nth(i))
	}
	if env.Top {
		env = env.Capturing()
	}
	st := stateOf(p.W)
	p.W.Touch(st)
	st.building[name] = b
	m := &making{b: b, env: env.InModule(name, b), hooks: []lang.Value{f.Body}}
	return p.Call(abandonKont, b, lang.Obj(buildNative), lang.Obj(m))
}

// leave ends the construction of a module.
func leave(w *runtime.World, b *building) {
	st := stateOf(w)
	if st.building[b.name] == b {
		w.Touch(st)
		delete(st.building, b.name)
	}
}

// hook runs the macros __before_compile__ of modules that asked for it.
func (m making) hook(p *runtime.Process) lang.Value {
	if len(m.hooks) == 0 {
		if m.b.kind == "defprotocol" {
			m.b.dispatch()
		}
		m.todo = m.b.functions()
		return m.compile(p)
	}
	last := len(m.hooks) - 1
	hook := m.hooks[last]
	m.hooks = m.hooks[:last]
	module, name := hook, "__before_compile__"
	if t, ok := hook.Obj().(*lang.Vector); ok && t.Len() == 2 {
		module = t.Nth(0)
		name, _ = lang.AtomName(t.Nth(1))
	}
	atom, _ := lang.AtomName(module)
	env := m.env.Struct(0)
	if macro := resolverOf(p).Macro(atom, name, 1); !macro.IsNil() {
		return p.Call(hookKont, m, macro, env, env)
	}
	return p.Call(hookKont, m, functionOf(p, module, name, 1), env)
}

// compile compiles the functions one after the other, and then defines the module.
func (m making) compile(p *runtime.Process) lang.Value {
	if len(m.todo) > 0 {
		return compileThen(p, elixir.StartFunction(m.todo[0], resolverOf(p)), frame{functionKont, m})
	}
	m.b.checkDerivations()
	m.bind(p)
	leave(p.W, m.b)
	return deriving{m, m.b.derivations()}.next(p)
}

// bind gives the namespace its functions, in the place of those that it had.
func (m making) bind(p *runtime.Process) {
	w := p.W
	ns := w.NS(namespaceName(m.b.name))
	w.Touch(ns)
	ns.Library, ns.Missing = nil, nil
	fresh := map[string]lang.Value{}
	for d := m.done; d != nil; d = d.next {
		arity := 0
		for n := range d.f.Arities {
			arity = n
		}
		fresh[elixir.VarName(d.f.Kind, d.f.Name, arity)] = lang.Obj(&lang.Closure{Fn: d.fn})
	}
	info := m.b.info()
	m.b.addGenerated(info, fresh)
	for _, name := range slices.Sorted(maps.Keys(ns.Vars)) {
		if _, stays := fresh[name]; !stays && ns.Vars[name].Bound() {
			ns.Vars[name].Unbind(w)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fresh)) {
		v := ns.Intern(w, name)
		v.SetMeta(w, m.b.metadata(name))
		v.Bind(p, fresh[name])
	}
	meta := ns.Meta
	if meta == nil {
		meta = lang.EmptyMap
	}
	ns.Meta = meta.Assoc(moduleKey, lang.Obj(info))
}

// metadata gives what the var of a definition says of it: its documentation
// as :doc, and its head as :head.
func (b *building) metadata(name string) *lang.Map {
	doc, ok := b.s.docs.Get(lang.Str(name))
	if !ok {
		return lang.EmptyMap
	}
	return doc.Obj().(*lang.Map)
}

// impls is the implementations of a protocol that are still to be built.
type impls struct {
	form     *elixir.ModuleForm
	protocol lang.Value
	types    []lang.Value
	vals     lang.Value
	last     lang.Value
}

func defimpl(p *runtime.Process, args []lang.Value) lang.Value {
	i := impls{form: args[0].Obj().(*elixir.ModuleForm), protocol: args[1], vals: args[3]}
	if isList(args[2]) {
		i.types = lang.ToSlice(args[2])
	} else {
		i.types = []lang.Value{args[2]}
	}
	return i.run(p)
}

func (i impls) run(p *runtime.Process) lang.Value {
	if len(i.types) == 0 {
		return i.last
	}
	t := i.types[0]
	i.types = i.types[1:]
	protocol, _ := lang.AtomName(i.protocol)
	target, _ := lang.AtomName(t)
	f := *i.form
	name := protocol + "." + namespaceName(target)
	call := &lang.Native{Name: "conc.elixir/implementation", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return makeModule(p, &f, name, i.vals, func(b *building) {
			b.setAttribute("protocol", i.protocol)
			b.setAttribute("for", t)
		})
	}}
	return p.Call(implsKont, i, lang.Obj(call))
}

// noBytecode stands where the BEAM's compiler gives a module's bytecode: the
// head of its file format, with nothing in it.
const noBytecode = "FOR1\x00\x00\x00\x04BEAM"
