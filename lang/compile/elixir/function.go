package elixir

import (
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// Clause is one clause of a function of a module, quoted.
type Clause struct {
	Args     []lang.Value
	Guard    lang.Value
	HasGuard bool
	Body     lang.Value
	Env      *Env // of its definition
	Pos      lang.Pos
}

// Function is what one var of a module holds: all arities of a public
// function, one of a private one, all of a macro.
type Function struct {
	Kind    string // def, defp, defmacro, defmacrop
	Module  string
	Name    string
	Arities map[int][]Clause
}

// functionUnit is the function that is being compiled.
type functionUnit struct {
	varName string
	self    *compile.Local
}

// StartFunction begins to compile a function of a module.
func StartFunction(f *Function, res Resolver) Step {
	j := &job{res: res, build: func(a *analyser) (*compile.Fn, Step) { return a.function(f), Step{} }}
	return j.run(nil)
}

// function analyses a function of a module. A macro has the caller's
// environment as a further first parameter.
func (a *analyser) function(f *Function) *compile.Fn {
	arities := sortedArities(f.Arities)
	macro := strings.HasPrefix(f.Kind, "defmacro")
	self := a.newLocal(f.Name)
	a.fn = &functionUnit{varName: VarName(f.Kind, f.Name, arities[0]), self: self}
	first := f.Arities[arities[0]][0]
	fn := &compile.Fn{Name: strings.TrimPrefix(f.Module, "Elixir.") + "/" + f.Name, Self: self, Pos: first.Pos, Module: f.Module, Function: f.Name}
	for _, n := range arities {
		fn.Arities = append(fn.Arities, a.functionArity(f, n, macro))
	}
	return fn
}

func (a *analyser) functionArity(f *Function, n int, macro bool) *compile.Arity {
	clauses := f.Arities[n]
	params := n
	if macro {
		params++
	}
	locals := make([]*compile.Local, params)
	for i := range locals {
		locals[i] = a.newLocal("")
	}
	m := &compile.Match{Subjects: locals, Pos: clauses[0].Pos}
	for _, cl := range clauses {
		env := cl.Env
		c := &ctx{env: env.InFunction(f.Name+"/"+strconv.Itoa(n), env.Attrs), block: &block{}, pos: cl.Pos}
		r := arrow{args: cl.Args, guard: cl.Guard, hasGuard: cl.HasGuard, body: cl.Body}
		if macro {
			c.bind(callerKey, locals[0])
			r.args = append([]lang.Value{variableForm("_")}, cl.Args...)
		}
		m.Clauses = append(m.Clauses, a.clause(r, locals, true, c))
	}
	args := []compile.Node{constant(lang.K(f.Module)), atom(f.Name)}
	for _, l := range locals {
		args = append(args, a.ref(l))
	}
	c := &ctx{env: clauses[0].Env, pos: clauses[0].Pos}
	m.Fail = a.helper("function_clause", c, args...)
	return &compile.Arity{Target: &compile.Target{Locals: locals}, Body: m, Pos: clauses[0].Pos}
}

func sortedArities(m map[int][]Clause) []int {
	var out []int
	for n := 0; len(out) < len(m); n++ {
		if _, ok := m[n]; ok {
			out = append(out, n)
		}
	}
	return out
}
