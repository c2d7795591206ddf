package elixir

import (
	"fmt"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// Resolver is what the analysis asks about names. Modules are named by their
// atoms: "Elixir.Foo", "lists". None of its methods runs code of the language.
type Resolver interface {
	// Function gives the var that a call of a module's function goes by, made
	// unbound if there is none.
	Function(module, name string, arity int) lang.Value
	// Macro gives the function of a module's macro, nil if it has none.
	Macro(module, name string, arity int) lang.Value
	// Exports reports whether a module has a public function.
	Exports(module, name string, arity int) bool
	// Native gives a module's function if it is written in Go, else nil.
	Native(module, name string) *lang.Native
	// Loaded reports whether there is such a module.
	Loaded(module string) bool
	// Struct gives a module's struct with its defaults.
	Struct(module string) (lang.Value, bool)
	// Variable gives a variable of the top level.
	Variable(name string) (lang.Value, bool)
	// Variables gives the names of the variables of the top level, in order.
	Variables() []string
	// Text gives a quoted form as it is written.
	Text(form lang.Value) string
	// Helper gives one of the functions that code calls by itself.
	Helper(name string) lang.Value
	// Support gives one of those that the code generator needs.
	Support(f lang.Support) lang.Value
	// Counter gives a number that no macro expansion had before.
	Counter() int64
}

// StepKind tells what the compiler wants next.
type StepKind uint8

// The kinds of step.
const (
	Done   StepKind = iota // Fn is ready
	Expand                 // call Macro with Args, then Resume with the result
	Forms                  // evaluate Forms one by one
)

// Step is the state of a compilation: finished, or what it waits for. It is
// immutable and may be resumed more than once.
type Step struct {
	Kind  StepKind
	Fn    *lang.Fn
	Env   *Env     // of a form: the environment behind it, without the variables that it binds
	Names []string // of a form: the variables it binds; Fn then gives a tuple of its value and theirs
	Macro lang.Value
	Args  []lang.Value
	Forms []lang.Value

	job        *job
	expansions []lang.Value
}

// job is what is compiled: build analyses it from its start.
type job struct {
	res   Resolver
	build func(a *analyser) (*compile.Fn, Step)
}

// Start begins to compile an expression of the top level, or of a module's
// body. It raises a CompileError for what is no valid form.
func Start(form lang.Value, env *Env, res Resolver) Step {
	if forms, ok := isCall(form, "__block__", -1); ok && len(forms) > 1 {
		return Step{Kind: Forms, Forms: forms, Env: env}
	}
	j := &job{res: res, build: func(a *analyser) (*compile.Fn, Step) { return a.topLevel(form, env) }}
	return j.run(nil)
}

// Resume goes on with what a macro made.
func (s Step) Resume(expansion lang.Value) Step {
	if s.Kind != Expand {
		panic("elixir: Resume of a step that expects no expansion")
	}
	n := len(s.expansions)
	return s.job.run(append(s.expansions[:n:n], s.job.hygienic(expansion)))
}

// wanted is raised where an expansion is not known yet.
type wanted struct {
	macro lang.Value
	args  []lang.Value
}

// run analyses from the start, with the expansions made so far.
func (j *job) run(expansions []lang.Value) (s Step) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case wanted:
			s = Step{Kind: Expand, Macro: r.macro, Args: r.args, job: j, expansions: expansions}
		default:
			panic(r)
		}
	}()
	a := &analyser{res: j.res, expansions: expansions}
	fn, s := j.build(a)
	if s.Kind == Forms {
		return s
	}
	u := &compile.Unit{Root: fn, Locals: a.locals, Refs: a.refs, Support: j.res.Support, Notation: lang.ElixirNotation}
	s.Fn = compile.Emit(u)
	return s
}

// analyser analyses one unit.
type analyser struct {
	res        Resolver
	expansions []lang.Value // of the macro calls, in the order of the analysis
	expanded   int          // how many of them are used up
	locals     int
	refs       int
	depth      int
	fn         *functionUnit // the function of a module that is compiled, nil for a form
}

// topLevel analyses an expression that stands for itself.
func (a *analyser) topLevel(form lang.Value, env *Env) (*compile.Fn, Step) {
	c := &ctx{env: env, block: &block{}}
	c.at(form)
	if expanded, ok := a.topMacro(form, c); ok {
		if forms, isBlock := isCall(expanded, "__block__", -1); isBlock && len(forms) > 1 {
			return nil, Step{Kind: Forms, Forms: forms, Env: env}
		}
		form = expanded
	}
	value := a.expr(form, c)
	var names []string
	for b := c.vars; b != nil; b = b.next {
		if !contains(names, b.key) {
			names = append(names, b.key)
		}
	}
	if len(names) > 0 {
		nodes := []compile.Node{value}
		for _, n := range names {
			nodes = append(nodes, a.ref(c.lookup(n)))
		}
		value = &compile.Coll{Kind: compile.CollVector, Items: nodes}
	}
	body := &compile.Arity{Target: &compile.Target{}, Body: c.block.wrap(value), Pos: c.pos}
	name := ":elixir_eval.expr/3"
	if env.Module != "" {
		name = moduleText(env.Module)
	}
	return &compile.Fn{Name: name, Arities: []*compile.Arity{body}, Pos: c.pos}, Step{Env: c.env, Names: names}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// newLocal makes a local.
func (a *analyser) newLocal(name string) *compile.Local {
	a.locals++
	return &compile.Local{Name: name, ID: a.locals - 1}
}

// ref makes a read of a local.
func (a *analyser) ref(l *compile.Local) compile.Node {
	a.refs++
	return &compile.LocalRef{Local: l, ID: a.refs - 1}
}

// ctx is what is known at a place in a form. What an expression binds, aliases
// or imports holds for all that follows in its block, so it is changed in
// place; a nested block works on a copy.
type ctx struct {
	env   *Env
	vars  *binding
	block *block
	guard bool
	ex    *compile.Local // the exception that is being handled, for __STACKTRACE__
	pos   lang.Pos
}

// binding is a variable that is in scope.
type binding struct {
	key   string
	local *compile.Local
	next  *binding
}

// block is a part of a function in which variables live: it takes the
// registers of those that matches in it bind.
type block struct{ locals []*compile.Local }

// wrap puts the block's locals around its body.
func (b *block) wrap(body compile.Node) compile.Node {
	if len(b.locals) == 0 {
		return body
	}
	let := &compile.Let{Body: body}
	for _, l := range b.locals {
		let.Binds = append(let.Binds, compile.Bind{Local: l})
	}
	return let
}

func (c *ctx) lookup(key string) *compile.Local {
	for b := c.vars; b != nil; b = b.next {
		if b.key == key {
			return b.local
		}
	}
	return nil
}

func (c *ctx) bind(key string, l *compile.Local) { c.vars = &binding{key, l, c.vars} }

// at notes the place of a form.
func (c *ctx) at(form lang.Value) {
	_, meta, _, ok := parts(form)
	if !ok {
		return
	}
	c.atMeta(meta)
}

func (c *ctx) atMeta(meta lang.Value) {
	line, ok := metaGet(meta, "line")
	if !ok || !line.IsInt() {
		return
	}
	p := lang.Pos{Src: c.env.Source, Line: int32(line.AsInt())}
	if col, ok := metaGet(meta, "column"); ok && col.IsInt() {
		p.Col = int32(col.AsInt())
	}
	c.pos = p
}

// nested gives the context of a block within.
func (c *ctx) nested() *ctx {
	in := *c
	in.block = &block{}
	return &in
}

// failArgument raises an ArgumentError, as some of Elixir's macros do.
func (a *analyser) failArgument(c *ctx, format string, args ...any) {
	e := lang.NewReason(lang.KindError, lang.Obj(lang.NewErlangMap(
		lang.K("__struct__"), lang.K("Elixir.ArgumentError"),
		lang.K("__exception__"), lang.True,
		lang.K("message"), lang.Str(fmt.Sprintf(format, args...)),
	)))
	e.Pos = c.pos
	panic(e)
}

// fail raises a CompileError at the place of c.
func (a *analyser) fail(c *ctx, format string, args ...any) {
	file, line := "nofile", int64(c.pos.Line)
	if c.env.Source != nil {
		file = c.env.Source.Name
	}
	e := lang.NewReason(lang.KindError, lang.Obj(lang.NewErlangMap(
		lang.K("__struct__"), lang.K("Elixir.CompileError"),
		lang.K("__exception__"), lang.True,
		lang.K("file"), lang.Str(file),
		lang.K("line"), lang.Int(line),
		lang.K("description"), lang.Str(fmt.Sprintf(format, args...)),
	)))
	e.Pos = c.pos
	panic(e)
}
