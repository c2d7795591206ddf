package kernel

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The patterns and match specifications of :ets, as Erlang's reference manual
// describes them: terms in which :_ stands for anything and :"$1" for a variable.

// matchVars is what the variables of a pattern stand for, by their numbers.
type matchVars map[int]lang.Value

// variable gives the number of a variable of a pattern.
func variable(v lang.Value) (int, bool) {
	k, ok := v.AsKeyword()
	if !ok || !strings.HasPrefix(k.Name, "$") {
		return 0, false
	}
	n, err := strconv.Atoi(k.Name[1:])
	return n, err == nil && n >= 0
}

var anything = lang.K("_")

// matches matches a term against a pattern and notes what the variables stand for.
func (b matchVars) matches(pattern, v lang.Value) bool {
	if pattern == anything {
		return true
	}
	if n, ok := variable(pattern); ok {
		if had, ok := b[n]; ok {
			return lang.Same(had, v)
		}
		b[n] = v
		return true
	}
	switch t := pattern.Obj().(type) {
	case *lang.Vector:
		o, ok := v.Obj().(*lang.Vector)
		return ok && o.Len() == t.Len() && b.all(t.AppendTo(nil), o.AppendTo(nil))
	case *lang.Map:
		o, ok := v.Obj().(*lang.Map)
		if !ok {
			return false
		}
		matched := true
		t.Each(func(k, inner lang.Value) bool {
			had, there := o.Get(k)
			matched = there && b.matches(inner, had)
			return matched
		})
		return matched
	}
	if isList(pattern) && isList(v) {
		ps, vs := lang.ToSlice(pattern), lang.ToSlice(v)
		return len(ps) == len(vs) && b.all(ps, vs)
	}
	return lang.Same(pattern, v)
}

func (b matchVars) all(patterns, vs []lang.Value) bool {
	for i, p := range patterns {
		if !b.matches(p, vs[i]) {
			return false
		}
	}
	return true
}

// values gives what the variables stand for, in the order of their numbers.
func (b matchVars) values() lang.Value {
	var out []lang.Value
	for _, n := range slices.Sorted(maps.Keys(b)) {
		out = append(out, b[n])
	}
	return list(out)
}

func etsMatch(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	var out []lang.Value
	t.rows.each(func(o lang.Value) bool {
		if b := (matchVars{}); b.matches(args[1], o) {
			out = append(out, b.values())
		}
		return true
	})
	return list(out)
}

func etsMatchObject(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	var out []lang.Value
	t.rows.each(func(o lang.Value) bool {
		if (matchVars{}).matches(args[1], o) {
			out = append(out, o)
		}
		return true
	})
	return list(out)
}

func etsMatchDelete(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	t.drop(func(o lang.Value) bool { return matchVars{}.matches(args[1], o) })
	return lang.True
}

// clause is one clause of a match specification.
type clause struct {
	head         lang.Value
	guards, body []lang.Value
}

type matchSpec []clause

// clauses reads a match specification, the arg-th argument counted from 0.
func clauses(v lang.Value, arg int) matchSpec {
	if !isList(v) {
		badArg(arg, "not a valid match specification")
	}
	var spec matchSpec
	for _, c := range elements(v) {
		t, ok := c.Obj().(*lang.Vector)
		if !ok || t.Len() != 3 || !isList(t.Nth(1)) || !isList(t.Nth(2)) {
			badArg(arg, "not a valid match specification")
		}
		spec = append(spec, clause{t.Nth(0), elements(t.Nth(1)), elements(t.Nth(2))})
	}
	return spec
}

// apply gives what the first clause that matches a tuple gives.
func (m matchSpec) apply(tuple lang.Value) (lang.Value, bool) {
	for _, c := range m {
		s := matched{tuple, matchVars{}}
		if s.vars.matches(c.head, tuple) && s.hold(c.guards) {
			var v lang.Value
			for _, x := range c.body {
				v, _ = s.eval(x)
			}
			return v, true
		}
	}
	return lang.Nil, false
}

func (t *Table) selected(spec lang.Value) []lang.Value {
	m := clauses(spec, 1)
	var out []lang.Value
	t.rows.each(func(o lang.Value) bool {
		if v, ok := m.apply(o); ok {
			out = append(out, v)
		}
		return true
	})
	return out
}

// matchSpecRun applies a match specification to the tuples of a list.
func matchSpecRun(tuples, spec lang.Value) lang.Value {
	if !isList(tuples) {
		badArg(0, "not a list")
	}
	m := clauses(spec, 1)
	var out []lang.Value
	for _, t := range elements(tuples) {
		if v, ok := m.apply(t); ok {
			out = append(out, v)
		}
	}
	return list(out)
}

// matched is a tuple that a head has matched.
type matched struct {
	tuple lang.Value
	vars  matchVars
}

func (s matched) hold(guards []lang.Value) bool {
	for _, g := range guards {
		if v, ok := s.eval(g); !ok || v != lang.True {
			return false
		}
	}
	return true
}

// eval gives the value of an expression of a guard or body; false if it fails.
func (s matched) eval(x lang.Value) (lang.Value, bool) {
	if n, ok := variable(x); ok {
		v, ok := s.vars[n]
		return v, ok
	}
	switch {
	case x == lang.K("$_"):
		return s.tuple, true
	case x == lang.K("$$"):
		return s.vars.values(), true
	case isList(x):
		vs, ok := s.evalAll(lang.ToSlice(x))
		return list(vs), ok
	}
	t, ok := x.Obj().(*lang.Vector)
	if !ok {
		return x, true
	}
	parts := t.AppendTo(nil)
	switch {
	case len(parts) == 1 && isTuple(parts[0]):
		vs, ok := s.evalAll(parts[0].Obj().(*lang.Vector).AppendTo(nil))
		return lang.Vec(vs...), ok
	case len(parts) == 2 && parts[0] == lang.K("const"):
		return parts[1], true
	case len(parts) == 0:
		return x, true
	}
	name, _ := lang.AtomName(parts[0])
	f := guardFunctions[name]
	vs, ok := s.evalAll(parts[1:])
	if f == nil || !ok {
		return lang.Nil, false
	}
	return f(vs)
}

func (s matched) evalAll(xs []lang.Value) ([]lang.Value, bool) {
	out := make([]lang.Value, len(xs))
	for i, x := range xs {
		v, ok := s.eval(x)
		if !ok {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}

// guardFunctions are the functions of match specifications; false where the
// arguments are none for it.
var guardFunctions = map[string]func(vs []lang.Value) (lang.Value, bool){
	">": compared(func(c int) bool { return c > 0 }), "<": compared(func(c int) bool { return c < 0 }),
	">=": compared(func(c int) bool { return c >= 0 }), "=<": compared(func(c int) bool { return c <= 0 }),
	"==": compared(func(c int) bool { return c == 0 }), "/=": compared(func(c int) bool { return c != 0 }),
	"=:=": ofTwo(func(a, b lang.Value) lang.Value { return lang.Bool(lang.Same(a, b)) }),
	"=/=": ofTwo(func(a, b lang.Value) lang.Value { return lang.Bool(!lang.Same(a, b)) }),
	"and": junction(true), "andalso": junction(true), "or": junction(false), "orelse": junction(false),
	"not": ofOne(func(v lang.Value) lang.Value { return lang.Bool(v != lang.True) }),
	"+":   calculated(lang.AddP), "-": calculated(lang.SubP), "*": calculated(lang.MulP),
	"is_atom": ofOne(tested(isAtom)), "is_list": ofOne(tested(isList)), "is_tuple": ofOne(tested(isTuple)), "is_map": ofOne(tested(isMap)),
	"is_integer": ofOne(tested(lang.IsInteger)), "is_float": ofOne(tested(lang.Value.IsFloat)), "is_number": ofOne(tested(lang.IsNumber)),
	"is_binary": ofOne(tested(lang.Value.IsString)),
	"element": func(vs []lang.Value) (lang.Value, bool) {
		if len(vs) != 2 || !isTuple(vs[1]) {
			return lang.Nil, false
		}
		return tuplePlace(vs[1], vs[0])
	},
}

func ofTwo(f func(a, b lang.Value) lang.Value) func(vs []lang.Value) (lang.Value, bool) {
	return func(vs []lang.Value) (lang.Value, bool) {
		if len(vs) != 2 {
			return lang.Nil, false
		}
		return f(vs[0], vs[1]), true
	}
}

func ofOne(f func(v lang.Value) lang.Value) func(vs []lang.Value) (lang.Value, bool) {
	return func(vs []lang.Value) (lang.Value, bool) {
		if len(vs) != 1 {
			return lang.Nil, false
		}
		return f(vs[0]), true
	}
}

func tested(f func(v lang.Value) bool) func(v lang.Value) lang.Value {
	return func(v lang.Value) lang.Value { return lang.Bool(f(v)) }
}

func compared(f func(c int) bool) func(vs []lang.Value) (lang.Value, bool) {
	return ofTwo(func(a, b lang.Value) lang.Value { return lang.Bool(f(lang.TermCompare(a, b))) })
}

func calculated(op func(a, b lang.Value) lang.Value) func(vs []lang.Value) (lang.Value, bool) {
	return func(vs []lang.Value) (lang.Value, bool) {
		if len(vs) != 2 || !lang.IsNumber(vs[0]) || !lang.IsNumber(vs[1]) {
			return lang.Nil, false
		}
		return op(vs[0], vs[1]), true
	}
}

// junction is and (all must be true) and or (one must).
func junction(all bool) func(vs []lang.Value) (lang.Value, bool) {
	return func(vs []lang.Value) (lang.Value, bool) {
		for _, v := range vs {
			if (v == lang.True) != all {
				return lang.Bool(!all), true
			}
		}
		return lang.Bool(all), true
	}
}
