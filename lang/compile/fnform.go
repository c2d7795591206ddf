package compile

import "github.com/conc-repl/conc-repl/lang"

// maxParams is how many parameters a function may name, as in Clojure.
const maxParams = 20

// fn analyses (fn* name? [params] body...) and (fn* name? ([params] body...)...).
// Metadata :go, on the form or its head, opens a go block; any other function
// closes it.
func (a *analyser) fn(form lang.Value, items []lang.Value, e env) Node {
	f := &Fn{Pos: e.pos, Meta: fnMeta(form)}
	in := e
	in.goes = hasGo(form) || hasGo(items[0])
	in.name = ""
	rest := items[1:]
	f.Name = e.name
	if len(rest) > 0 {
		if sym, ok := rest[0].AsSymbol(); ok {
			rest = rest[1:]
			if f.Name == "" {
				f.Name = a.nestedName(e, sym.Name)
			}
			f.Self = a.newLocal(sym.Name)
			in = in.bind(f.Self)
		}
	}
	if f.Name == "" {
		f.Name = a.nestedName(e, "fn")
	}
	in.fnName = f.Name
	if len(rest) > 0 {
		if _, ok := rest[0].Obj().(*lang.Vector); ok {
			f.Arities = []*Arity{a.arity(rest, in)}
			return f
		}
	}
	for _, r := range rest {
		parts, ok := seqForm(r)
		if !ok || len(parts) == 0 {
			a.fail(&e, "Invalid signature: %s should be a list", lang.PrString(r))
		}
		ae := in
		ae.pos = posOf(r, e.pos)
		f.Arities = append(f.Arities, a.arity(parts, ae))
	}
	a.checkArities(f, &e)
	return f
}

// nestedName names a function inside of another, for traces.
func (a *analyser) nestedName(e env, name string) string {
	if e.fnName != "" {
		return e.fnName + "/" + name
	}
	return a.res.CurrentNS() + "/" + name
}

// arity analyses [params] body...
func (a *analyser) arity(parts []lang.Value, e env) *Arity {
	v, ok := parts[0].Obj().(*lang.Vector)
	if !ok {
		a.fail(&e, "Parameter declaration %s should be a vector", lang.PrString(parts[0]))
	}
	ar := &Arity{Target: &Target{}, Pos: e.pos}
	for i := 0; i < v.Len(); i++ {
		sym, ok := v.Nth(i).AsSymbol()
		switch {
		case !ok:
			a.fail(&e, "fn params must be Symbols")
		case sym.NS != "":
			a.fail(&e, "Can't use qualified name as parameter: %s", sym)
		case sym.Name == "&" && !ar.Rest:
			if i != v.Len()-2 {
				a.fail(&e, "Invalid parameter list: one name belongs behind &")
			}
			ar.Rest = true
			continue
		case sym.Name == "&":
			a.fail(&e, "Invalid parameter list: one name belongs behind &")
		}
		l := a.newLocal(sym.Name)
		ar.Target.Locals = append(ar.Target.Locals, l)
		e = e.bind(l)
	}
	if ar.fixed() > maxParams {
		a.fail(&e, "Can't specify more than %d params", maxParams)
	}
	e.target, e.tail, e.inTry = ar.Target, true, false
	ar.Body = a.body(parts[1:], e)
	return ar
}

// fixed gives the number of parameters that every call must give.
func (ar *Arity) fixed() int {
	if ar.Rest {
		return len(ar.Target.Locals) - 1
	}
	return len(ar.Target.Locals)
}

// checkArities raises if two arities of a function are in each other's way.
func (a *analyser) checkArities(f *Fn, e *env) {
	var variadic *Arity
	seen := map[int]bool{}
	for _, ar := range f.Arities {
		switch {
		case ar.Rest && variadic != nil:
			a.fail(e, "Can't have more than 1 variadic overload")
		case ar.Rest:
			variadic = ar
		case seen[ar.fixed()]:
			a.fail(e, "Can't have 2 overloads with same arity")
		default:
			seen[ar.fixed()] = true
		}
	}
	if variadic == nil {
		return
	}
	for n := range seen {
		if n > variadic.fixed() {
			a.fail(e, "Can't have fixed arity function with more params than variadic function")
		}
	}
}

// letfn analyses (letfn* [name fn-form ...] body...).
func (a *analyser) letfn(form lang.Value, items []lang.Value, e env) Node {
	v := a.bindingVector(items, &e)
	n := &Letfn{}
	for i := 0; i < v.Len(); i += 2 {
		l := a.newLocal(a.bindable(v.Nth(i), "let", &e).Name)
		n.Locals = append(n.Locals, l)
		e = e.bind(l)
	}
	for i := 1; i < v.Len(); i += 2 {
		f, ok := a.value(v.Nth(i), e).(*Fn)
		if !ok {
			a.fail(&e, "letfn* binds functions only, got: %s", lang.PrString(v.Nth(i)))
		}
		n.Fns = append(n.Fns, f)
	}
	n.Body = a.body(items[2:], e)
	return n
}

// metaOf gives the metadata of a form.
func metaOf(form lang.Value) *lang.Map {
	switch x := form.Obj().(type) {
	case *lang.Symbol:
		return x.Meta
	case *lang.List:
		return x.Meta
	case *lang.Vector:
		return x.Meta
	case *lang.Map:
		return x.Meta
	case *lang.Set:
		return x.Meta
	}
	return nil
}

// hasGo reports whether a form carries the metadata ^:go.
func hasGo(form lang.Value) bool {
	m := metaOf(form)
	if m == nil {
		return false
	}
	v, _ := m.Get(lang.K("go"))
	return v.Truthy()
}

// fnMeta gives the metadata that a function value keeps of its form, or nil.
func fnMeta(form lang.Value) lang.Value {
	m := userMeta(metaOf(form))
	if m == nil {
		return lang.Nil
	}
	m = m.Dissoc(lang.K("go")).Dissoc(lang.K("once"))
	if m.Len() == 0 {
		return lang.Nil
	}
	return lang.Obj(m)
}
