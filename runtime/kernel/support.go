package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// helperTables lists the tables of what compiled code calls by itself.
func helperTables() [][]*lang.Native {
	return [][]*lang.Native{supportNatives(), raiseNatives(), defineNatives(), moduleNatives(), quoteNatives(), {EvalNative}}
}

// supportNatives are what expressions compile to that are no operation of the machine.
func supportNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "conc.elixir/field", Min: 3, Max: 3, Run: run(fieldOrCall), Args: "left, name, bare", Doc: "left.name: a field of a map, or a call of a module's function."},
		{Name: "conc.elixir/guard_field", Min: 2, Max: 2, Pure: guardField, Args: "map, key", Doc: "map.key in a guard."},
		{Name: "conc.elixir/call_module", Min: 2, Max: -1, Run: run(callModule), Args: "module, name, args", Doc: "Calls a function of a module that a value names."},
		{Name: "conc.elixir/capture", Min: 3, Max: 3, Run: run(captureNamed), Args: "module, name, arity", Doc: "&module.name/arity."},
		{Name: "conc.elixir/map_update_evaluated", Min: 1, Max: -1, Pure: mapUpdateEvaluated, Args: "map, keys and values", Doc: "%{map | key: value} outside of functions."},
		{Name: "conc.elixir/map_update", Min: 1, Max: -1, Pure: mapUpdate, Args: "map, keys and values", Doc: "%{map | key: value}."},
		{Name: "conc.elixir/struct_update", Min: 2, Max: -1, Pure: structUpdate, Args: "module, map, keys and values", Doc: "%Name{map | key: value}."},
		{Name: "conc.elixir/struct_new", Min: 1, Max: -1, Pure: structNew, Args: "defaults, keys and values", Doc: "%Name{key: value}."},
		{Name: "conc.elixir/struct_build", Min: 1, Max: -1, Run: run(structBuild), Args: "module, keys and values", Doc: "%Name{key: value} of a module that makes its struct itself."},
		{Name: "conc.elixir/is_struct", Min: 1, Max: 1, Pure: one(func(v lang.Value) lang.Value { return lang.Bool(structTag(v) != lang.False) }), Args: "value", Doc: "Whether a value is a struct."},
		{Name: "conc.elixir/struct_tag", Min: 1, Max: 1, Pure: one(structTag), Args: "value", Doc: "The module of a struct, false for another value."},
		{Name: "conc.elixir/boolean", Min: 2, Max: 2, Pure: two(mustBeBoolean), Args: "operator, value", Doc: "The value, which must be true or false."},
		{Name: "conc.elixir/not", Min: 1, Max: 1, Pure: one(strictNot), Args: "value", Doc: "not value."},
		{Name: "conc.elixir/plus", Min: 1, Max: 1, Pure: one(func(v lang.Value) lang.Value { checkNumber("+", v); return v }), Args: "number", Doc: "+number."},
		{Name: "conc.elixir/minus", Min: 1, Max: 1, Pure: one(func(v lang.Value) lang.Value {
			checkNumber("-", v)
			if v.IsFloat() {
				return lang.Float(-v.AsFloat())
			}
			return lang.SubP(lang.Int(0), v)
		}), Args: "number", Doc: "-number."},
		{Name: "conc.elixir/member_guard", Min: 2, Max: 2, Deep: arg0 | arg1, Pure: two(isMember), Args: "value, list", Doc: "value in list."},
		{Name: "conc.elixir/skip_to", Min: 1, Max: 1, Run: run(skipTo), Args: "reference", Doc: "Has the next receive begin behind what was there before a reference was made."},
		{Name: "conc.elixir/destructure", Min: 2, Max: 2, Seqs: arg0, Pure: two(padded), Args: "list, length", Doc: "A list cut or filled with nil to a length."},
		{Name: "conc.elixir/bits_reduce", Min: 3, Max: 3, Run: run(bitsReduce), Args: "bits, acc, fun", Doc: "Reduces over parts of a binary: fun gives {what is left, acc}, or nil at the end."},
		{Name: "conc.elixir/split_words", Min: 2, Max: 2, Pure: two(splitWords), Args: "text, modifiers", Doc: "~w(text)."},
	}
}

func checkNumber(op string, v lang.Value) {
	if !lang.IsNumber(v) {
		badArith(op, v)
	}
}

func guardField(args []lang.Value) lang.Value {
	if m, ok := args[0].Obj().(*lang.Map); ok {
		if v, ok := m.Get(args[1]); ok {
			return v
		}
	}
	lang.RaiseReason(lang.Vec(lang.K("badkey"), args[1]))
	return lang.Nil
}

// fieldOrCall is left.name. bare tells that no parentheses stand behind it.
func fieldOrCall(p *runtime.Process, args []lang.Value) lang.Value {
	left, name, bare := args[0], args[1], args[2].AsBool()
	switch m := left.Obj().(type) {
	case *lang.Map:
		if v, ok := m.Get(name); ok {
			return v
		}
		raiseKey(left, name)
	case *lang.SortedMap, *lang.Record:
		if v, ok := lang.Lookup(left, name); ok {
			return v
		}
		raiseKey(left, name)
	case *lang.Set:
		if name == structKey {
			return module("MapSet")
		}
	}
	if atom, ok := lang.AtomName(left); ok && (left.IsKeyword() || !bare) {
		return p.TailCall(moduleFunction(p, atom, name, nil))
	}
	if !bare {
		badArg(0, "not an atom")
	}
	fun, _ := lang.AtomName(name)
	raiseStruct("KeyError", lang.K("key"), name, lang.K("term"), left, keyMessage, lang.Str("key "+lang.Inspect(lang.K(fun))+" not found in: "+inspectPlain(p.W, left)+
		". If you are using the dot syntax, such as map.field, make sure the left-hand side of the dot is a map"))
	return lang.Nil
}

// moduleFunction gives the var of a module's function, or raises that it is
// undefined for these arguments.
func moduleFunction(p *runtime.Process, atom string, name lang.Value, args []lang.Value) lang.Value {
	fun, _ := lang.AtomName(name)
	v := resolverOf(p).Function(atom, fun, len(args)).Obj().(*runtime.Var)
	if !v.Bound() {
		lang.RaiseCall(lang.K("undef"), lang.K(atom), fun, args...)
	}
	return lang.Obj(v)
}

func callModule(p *runtime.Process, args []lang.Value) lang.Value {
	rest := append([]lang.Value(nil), args[2:]...)
	atom, ok := lang.AtomName(args[0])
	if !ok {
		badArg(0, "not an atom")
	}
	return p.TailCall(moduleFunction(p, atom, args[1], rest), rest...)
}

func captureNamed(p *runtime.Process, args []lang.Value) lang.Value {
	atom, _ := lang.AtomName(args[0])
	fun, _ := lang.AtomName(args[1])
	n := int(args[2].AsInt())
	return lang.Obj(&lang.Native{Name: namespaceName(atom) + "/" + fun, Min: n, Max: n, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		rest := append([]lang.Value(nil), args...)
		return p.TailCall(moduleFunction(p, atom, lang.K(fun), rest), rest...)
	}})
}

func mapUpdate(args []lang.Value) lang.Value {
	m, ok := args[0].Obj().(*lang.Map)
	if !ok {
		badMap(args[0])
	}
	return updated(m, args[1:])
}

// mapUpdateEvaluated is mapUpdate as Erlang's evaluator does it, by
// :maps.update, whose error names the map.
func mapUpdateEvaluated(args []lang.Value) lang.Value {
	m, ok := args[0].Obj().(*lang.Map)
	for i := 1; ok && i+1 < len(args); i += 2 {
		if _, has := m.Get(args[i]); !has {
			raiseKey(args[0], args[i])
		}
	}
	return mapUpdate(args)
}

// updated sets keys that a map must have already.
func updated(m *lang.Map, kvs []lang.Value) lang.Value {
	out := m
	for i := 0; i+1 < len(kvs); i += 2 {
		if _, ok := m.Get(kvs[i]); !ok {
			lang.RaiseReason(lang.Vec(lang.K("badkey"), kvs[i]))
		}
		out = out.Assoc(kvs[i], kvs[i+1])
	}
	return lang.Obj(out)
}

func structUpdate(args []lang.Value) lang.Value {
	k, m := structOf(args[1])
	if k == nil || lang.Kw(k) != args[0] {
		lang.RaiseReason(lang.Vec(lang.K("badstruct"), args[0], args[1]))
	}
	return updated(m, args[2:])
}

func structNew(args []lang.Value) lang.Value { return updated(args[0].Obj().(*lang.Map), args[1:]) }

func structBuild(p *runtime.Process, args []lang.Value) lang.Value {
	var pairs []lang.Value
	for i := 1; i+1 < len(args); i += 2 {
		pairs = append(pairs, lang.Vec(args[i], args[i+1]))
	}
	return p.TailCall(functionOf(p, args[0], "__struct__", 1), lang.ListOf(pairs...))
}

// structTag gives the module of a struct. Values of ours that are structs to
// Elixir have one, too.
func structTag(v lang.Value) lang.Value {
	switch v.Obj().(type) {
	case *lang.Set:
		return module("MapSet")
	case *lang.Regex:
		return module("Regex")
	}
	if k, _ := structOf(v); k != nil {
		return lang.Kw(k)
	}
	return lang.False
}

func mustBeBoolean(op, v lang.Value) lang.Value {
	if !v.IsBool() {
		lang.RaiseReason(lang.Vec(lang.K("badbool"), op, v))
	}
	return v
}

func strictNot(v lang.Value) lang.Value {
	if !v.IsBool() {
		e := lang.NewReason(lang.KindError, lang.K("badarg"))
		e.Call = &lang.Call{Module: lang.K("erlang"), Function: "not", Args: []lang.Value{v}}
		panic(e)
	}
	return lang.Bool(!v.AsBool())
}

func isMember(x, l lang.Value) lang.Value {
	found := false
	lang.Iterate(l, func(v lang.Value) bool { found = lang.Same(x, v); return !found })
	return lang.Bool(found)
}

// skipTo is the actor model's, if the world has one.
func skipTo(p *runtime.Process, args []lang.Value) lang.Value {
	if ns := p.W.FindNS("conc.actors"); ns != nil {
		if v := ns.Var("skip-to"); v != nil {
			return p.TailCall(v.Root(), args[0])
		}
	}
	return lang.Nil
}

func padded(l, n lang.Value) lang.Value {
	vs := lang.ToSlice(l)
	out := make([]lang.Value, n.AsInt())
	copy(out, vs)
	return lang.ListOf(out...)
}

// reduction is a reduction over a binary: the function that takes parts off.
type reduction struct{ f, acc lang.Value }

var bitsKont = &runtime.Kont{Name: "for"}

func init() { // it calls itself through the machine
	bitsKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		r := state.(reduction)
		t, ok := v.Obj().(*lang.Vector)
		if !ok {
			return r.acc
		}
		r.acc = t.Nth(1)
		return p.Call(bitsKont, r, r.f, t.Nth(0), r.acc)
	}
}

func bitsReduce(p *runtime.Process, args []lang.Value) lang.Value {
	return p.Call(bitsKont, reduction{args[2], args[1]}, args[2], args[0], args[1])
}

func splitWords(text, mods lang.Value) lang.Value {
	s, _ := text.AsString()
	m, _ := mods.AsString()
	var out []lang.Value
	for _, w := range strings.Fields(s) {
		switch m {
		case "a":
			out = append(out, atomNamed(w))
		case "c":
			out = append(out, charlist(w))
		default:
			out = append(out, lang.Str(w))
		}
	}
	return lang.ListOf(out...)
}
