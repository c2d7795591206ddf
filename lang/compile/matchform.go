package compile

import "github.com/conc-repl/conc-repl/lang"

// match analyses (match* value (pattern guard body...)...), where the guard
// true is no guard. A value that no pattern takes is an
// IllegalArgumentException.
func (a *analyser) match(form lang.Value, items []lang.Value, e env) Node {
	if len(items) < 2 {
		a.fail(&e, "Too few arguments to match*")
	}
	n := &Match{Val: a.value(items[1], e), Pos: e.pos}
	n.Clauses = a.clauses(items[2:], e)
	n.Subject = a.newLocal("value")
	n.Fail = a.expr(noMatch(lang.Sym("value")), e.bind(n.Subject))
	return n
}

// noMatch makes the form that raises for a value that no clause takes.
func noMatch(value lang.Value) lang.Value {
	msg := lang.ListOf(core("str"), lang.Str("No matching clause: "), value)
	return lang.ListOf(lang.Sym("throw"), lang.ListOf(lang.Sym("new"), lang.Sym("java.lang.IllegalArgumentException"), msg))
}

// receive analyses (receive* after (pattern guard body...)...), where after
// is nil or (milliseconds body...).
func (a *analyser) receive(form lang.Value, items []lang.Value, e env) Node {
	if len(items) < 2 {
		a.fail(&e, "Too few arguments to receive*")
	}
	n := &Receive{Pos: e.pos}
	if !items[1].IsNil() {
		after, ok := seqForm(items[1])
		if !ok || len(after) == 0 {
			a.fail(&e, "Malformed :after of receive*: %s", lang.PrString(items[1]))
		}
		n.Timeout = a.value(after[0], e)
		n.Clauses = a.clauses(items[2:], e)
		n.After = a.body(after[1:], e)
		return n
	}
	n.Clauses = a.clauses(items[2:], e)
	return n
}

// clauses analyses the clauses of match* and receive*.
func (a *analyser) clauses(forms []lang.Value, e env) []Clause {
	clauses := make([]Clause, len(forms))
	for i, f := range forms {
		parts, ok := seqForm(f)
		if !ok || len(parts) < 2 {
			a.fail(&e, "Malformed clause: %s", lang.PrString(f))
		}
		p := patterns{a: a, env: e, bound: map[string]*Local{}}
		p.env.pos = posOf(f, e.pos)
		c := Clause{Pattern: p.pattern(parts[0], 0), Pos: p.env.pos}
		if g := parts[1]; !g.IsBool() || !g.AsBool() {
			c.Guard = a.value(g, p.env)
		}
		c.Body = a.body(parts[2:], p.env)
		clauses[i] = c
	}
	return clauses
}

// patterns analyses the pattern of one clause; env grows by what it binds.
type patterns struct {
	a     *analyser
	env   env
	bound map[string]*Local
}

// pattern analyses a pattern: a symbol binds, or must equal what it bound
// before; _ takes anything; ~x is the value of the local x; vectors, lists
// and maps hold patterns, of which & takes the rest; anything else is itself.
func (p *patterns) pattern(form lang.Value, depth int) Pattern {
	if depth > maxDepth {
		p.a.fail(&p.env, "pattern nested too deeply")
	}
	switch x := form.Obj().(type) {
	case *lang.Symbol:
		return p.symbol(x)
	case *lang.Vector:
		elems, rest := p.elems(x.AppendTo(nil), depth)
		return &PatVector{elems, rest}
	case *lang.Map:
		return p.mapping(x, depth)
	case *lang.Set:
		p.a.fail(&p.env, "A set is no pattern: %s", lang.PrString(form))
	}
	items, ok := seqForm(form)
	if !ok {
		return &PatEqual{&Const{form}}
	}
	if len(items) == 2 {
		if s, ok := items[0].AsSymbol(); ok {
			switch {
			case s.Is("clojure.core", "unquote"):
				return &PatEqual{p.pin(items[1])}
			case s.Is("", "quote"):
				return &PatEqual{&Const{items[1]}}
			}
		}
	}
	elems, rest := p.elems(items, depth)
	return &PatList{elems, rest}
}

// symbol analyses a symbol in a pattern.
func (p *patterns) symbol(s *lang.Symbol) Pattern {
	if s.Is("", "_") {
		return PatAny{}
	}
	p.a.bindable(lang.Obj(s), "bind", &p.env)
	if l := p.bound[s.Name]; l != nil {
		return &PatEqual{p.a.ref(l)}
	}
	l := p.a.newLocal(s.Name)
	p.bound[s.Name] = l
	p.env = p.env.bind(l)
	return &PatBind{l}
}

// pin analyses what stands behind ~ in a pattern: a local or a constant.
func (p *patterns) pin(form lang.Value) Node {
	if s, ok := form.AsSymbol(); ok && s.NS == "" {
		if l := p.env.lookup(s.Name); l != nil {
			return p.a.ref(l)
		}
	}
	n := p.a.value(form, p.env)
	switch n.(type) {
	case *Const, *VarRef:
		return n
	}
	p.a.fail(&p.env, "Only a name or a constant can stand behind ~ in a pattern, got: %s", lang.PrString(form))
	return nil
}

// elems analyses the elements of a vector or list pattern.
func (p *patterns) elems(items []lang.Value, depth int) (elems []Pattern, rest Pattern) {
	for i, it := range items {
		if isSym(it, "&") {
			if i != len(items)-2 {
				p.a.fail(&p.env, "One pattern belongs behind & in a pattern")
			}
			return elems, p.pattern(items[i+1], depth+1)
		}
		elems = append(elems, p.pattern(it, depth+1))
	}
	return elems, nil
}

// mapping analyses a map pattern. Its keys are constants or pins.
func (p *patterns) mapping(m *lang.Map, depth int) Pattern {
	pm := &PatMap{}
	m.Each(func(k, v lang.Value) bool {
		key, ok := p.pattern(k, depth+1).(*PatEqual)
		if !ok {
			p.a.fail(&p.env, "The key of a map pattern is a constant or ~name, got: %s", lang.PrString(k))
		}
		pm.Keys = append(pm.Keys, key.Val)
		pm.Vals = append(pm.Vals, p.pattern(v, depth+1))
		return true
	})
	return pm
}

// core gives the symbol clojure.core/name.
func core(name string) lang.Value { return lang.Obj(&lang.Symbol{NS: "clojure.core", Name: name}) }
