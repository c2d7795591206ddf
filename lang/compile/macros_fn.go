package compile

import "github.com/conc-repl/conc-repl/lang"

// macroFn is fn: parameters are taken apart, :pre and :post are asserted.
func macroFn(args []lang.Value) lang.Value {
	rest := args[2:]
	out := []lang.Value{sym("fn*")}
	if len(rest) > 0 && rest[0].IsSymbol() {
		out = append(out, rest[0])
		rest = rest[1:]
	}
	if len(rest) == 0 {
		illegal("Parameter declaration missing")
	}
	if _, ok := rest[0].Obj().(*lang.Vector); ok {
		rest = []lang.Value{metaFrom(list(rest...), args[0])}
	}
	for _, sig := range rest {
		out = append(out, arityForm(sig))
	}
	return metaFrom(list(out...), args[0])
}

// arityForm makes what fn* takes of one ([params] body...).
func arityForm(sig lang.Value) lang.Value {
	parts, ok := seqForm(sig)
	if !ok || len(parts) == 0 {
		illegal("Invalid signature %s should be a list", lang.PrString(sig))
	}
	params, ok := parts[0].Obj().(*lang.Vector)
	if !ok {
		illegal("Parameter declaration %s should be a vector", lang.PrString(parts[0]))
	}
	body := conditions(params, parts[1:])
	names, lets := plainParams(params)
	if len(lets) > 0 {
		body = []lang.Value{listWith(body, core("let"), lang.Vec(lets...))}
	}
	return metaFrom(listWith(body, lang.Obj(names)), sig)
}

// plainParams gives parameters that are symbols, and the bindings that take
// apart those that were not.
func plainParams(params *lang.Vector) (*lang.Vector, []lang.Value) {
	var names, lets []lang.Value
	for i, p := range params.AppendTo(nil) {
		if p.IsSymbol() {
			names = append(names, p)
			continue
		}
		g := generated("p", i)
		names = append(names, g)
		lets = append(lets, p, g)
	}
	if len(lets) == 0 {
		return params, nil
	}
	return lang.NewVector(names).WithMeta(params.Meta), lets
}

// conditions puts the assertions of :pre and :post around a body.
func conditions(params *lang.Vector, body []lang.Value) []lang.Value {
	conds := params.Meta
	if len(body) > 1 {
		if m, ok := body[0].Obj().(*lang.Map); ok {
			conds, body = m, body[1:]
		}
	}
	if conds == nil {
		return body
	}
	pre, hasPre := conds.Get(lang.K("pre"))
	post, hasPost := conds.Get(lang.K("post"))
	if hasPost {
		result := listWith(body, sym("do"))
		if len(body) == 1 {
			result = body[0]
		}
		inner := append(assertions(post), sym("%"))
		body = []lang.Value{listWith(inner, core("let"), lang.Vec(sym("%"), result))}
	}
	if hasPre {
		body = append(assertions(pre), body...)
	}
	return body
}

// assertions makes an assert of each condition.
func assertions(conds lang.Value) []lang.Value {
	var out []lang.Value
	for _, c := range lang.ToSlice(conds) {
		out = append(out, callOf("assert", c))
	}
	return out
}

// definition is what stands in a defn or defmacro.
type definition struct {
	name *lang.Symbol
	sigs []lang.Value // each ([params] body...)
}

// parseDefinition reads name, docstring, attribute map and signatures; the
// metadata goes to the name.
func parseDefinition(macro string, args []lang.Value) definition {
	if len(args) == 0 || !args[0].IsSymbol() {
		illegal("First argument to %s must be a symbol", macro)
	}
	name, _ := args[0].AsSymbol()
	d := definition{name: name}
	rest := args[1:]
	merge := func(m *lang.Map) {
		m.Each(func(k, v lang.Value) bool {
			d.name = withMetaKey(d.name, k, v)
			return true
		})
	}
	if len(rest) > 0 && rest[0].IsString() {
		d.name = withMetaKey(d.name, lang.K("doc"), rest[0])
		rest = rest[1:]
	}
	if len(rest) > 0 {
		if m, ok := rest[0].Obj().(*lang.Map); ok {
			merge(m)
			rest = rest[1:]
		}
	}
	if len(rest) == 0 {
		illegal("Parameter declaration missing")
	}
	if _, ok := rest[0].Obj().(*lang.Vector); ok {
		rest = []lang.Value{list(rest...)}
	} else if m, ok := rest[len(rest)-1].Obj().(*lang.Map); ok {
		merge(m)
		rest = rest[:len(rest)-1]
	}
	d.sigs = rest
	if _, ok := metaOrEmpty(d.name).Get(lang.K("arglists")); !ok {
		d.name = withMetaKey(d.name, lang.K("arglists"), list(sym("quote"), d.arglists()))
	}
	return d
}

func metaOrEmpty(s *lang.Symbol) *lang.Map {
	if s.Meta == nil {
		return lang.EmptyMap
	}
	return s.Meta
}

// arglists gives the list of the parameter vectors.
func (d *definition) arglists() lang.Value {
	var lists []lang.Value
	for _, s := range d.sigs {
		parts, ok := seqForm(s)
		if !ok || len(parts) == 0 {
			illegal("Parameter declaration %s should be a vector", lang.PrString(s))
		}
		if _, ok := parts[0].Obj().(*lang.Vector); !ok {
			illegal("Parameter declaration %s should be a vector", lang.PrString(parts[0]))
		}
		lists = append(lists, parts[0])
	}
	return list(lists...)
}

// macroDefn is defn.
func macroDefn(args []lang.Value) lang.Value {
	d := parseDefinition("defn", args[2:])
	fn := metaFrom(listWith(d.sigs, core("fn")), args[0])
	return list(sym("def"), lang.Obj(d.name), fn)
}

// macroDefnPrivate is defn-.
func macroDefnPrivate(args []lang.Value) lang.Value {
	name, ok := args[2].AsSymbol()
	if !ok {
		illegal("First argument to defn must be a symbol")
	}
	return listWith(args[3:], core("defn"), lang.Obj(withMetaKey(name, lang.K("private"), lang.True)))
}

// macroDefmacro is defmacro: a definition with metadata :macro, whose
// function takes &form and &env first.
func macroDefmacro(args []lang.Value) lang.Value {
	d := parseDefinition("defmacro", args[2:])
	sigs := make([]lang.Value, len(d.sigs))
	for i, s := range d.sigs {
		parts, _ := seqForm(s)
		params := parts[0].Obj().(*lang.Vector)
		all := params.AppendTo([]lang.Value{sym("&form"), sym("&env")})
		vec := lang.Obj(lang.NewVector(all).WithMeta(params.Meta))
		sigs[i] = metaFrom(listWith(parts[1:], vec), s)
	}
	name := withMetaKey(d.name, lang.K("macro"), lang.True)
	return list(sym("def"), lang.Obj(name), metaFrom(listWith(sigs, core("fn")), args[0]))
}

// macroLetfn is letfn.
func macroLetfn(args []lang.Value) lang.Value {
	specs, ok := args[2].Obj().(*lang.Vector)
	if !ok {
		illegal("letfn requires a vector for its binding")
	}
	var binds []lang.Value
	for _, s := range specs.AppendTo(nil) {
		parts, ok := seqForm(s)
		if !ok || len(parts) == 0 {
			illegal("letfn binds functions, (name [params] body), got: %s", lang.PrString(s))
		}
		binds = append(binds, parts[0], metaFrom(listWith(parts, core("fn")), s))
	}
	return listWith(args[3:], sym("letfn*"), lang.Vec(binds...))
}

// macroDeclare is declare.
func macroDeclare(args []lang.Value) lang.Value {
	out := []lang.Value{sym("do")}
	for _, a := range args[2:] {
		name, ok := a.AsSymbol()
		if !ok {
			illegal("First argument to def must be a Symbol")
		}
		out = append(out, list(sym("def"), lang.Obj(withMetaKey(name, lang.K("declared"), lang.True))))
	}
	return list(out...)
}
