package compile

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
)

// special analyses one special form.
type special func(a *analyser, form lang.Value, items []lang.Value, e env) Node

// specials lists the special forms. No local or var hides them.
var specials map[string]special

func init() {
	specials = map[string]special{
		"def":           (*analyser).def,
		"if":            (*analyser).ifForm,
		"do":            (*analyser).do,
		"let*":          (*analyser).let,
		"loop*":         (*analyser).loop,
		"recur":         (*analyser).recur,
		"fn*":           (*analyser).fn,
		"letfn*":        (*analyser).letfn,
		"quote":         (*analyser).quote,
		"var":           (*analyser).theVar,
		"try":           (*analyser).try,
		"catch":         misplaced,
		"finally":       misplaced,
		"throw":         (*analyser).throw,
		"set!":          (*analyser).assign,
		"case*":         (*analyser).caseForm,
		"match*":        (*analyser).match,
		"receive*":      (*analyser).receive,
		"new":           (*analyser).new,
		".":             (*analyser).dot,
		"monitor-enter": monitor(lang.SupportMonitorEnter),
		"monitor-exit":  monitor(lang.SupportMonitorExit),
	}
}

// IsSpecial reports whether name is the name of a special form, which
// syntax-quote leaves unqualified (as it does & too).
func IsSpecial(name string) bool { return specials[name] != nil || name == "&" }

// count raises unless a special form has from min to max arguments.
func (a *analyser) count(name string, items []lang.Value, min, max int, e *env) {
	switch n := len(items) - 1; {
	case n < min:
		a.fail(e, "Too few arguments to %s", name)
	case n > max:
		a.fail(e, "Too many arguments to %s", name)
	}
}

func misplaced(a *analyser, form lang.Value, items []lang.Value, e env) Node {
	s, _ := items[0].AsSymbol()
	a.fail(&e, "Unable to resolve symbol: %s in this context", s)
	return nil
}

func (a *analyser) def(form lang.Value, items []lang.Value, e env) Node {
	init := lang.Nil
	doc := lang.Nil
	switch n := len(items) - 1; {
	case n < 1:
		a.fail(&e, "Too few arguments to def")
	case n == 2:
		init = items[2]
	case n == 3 && items[2].IsString():
		doc, init = items[2], items[3]
	case n > 2:
		a.fail(&e, "Too many arguments to def")
	}
	sym, ok := items[1].AsSymbol()
	if !ok {
		a.fail(&e, "First argument to def must be a Symbol")
	}
	if sym.NS != "" && sym.NS != a.res.CurrentNS() {
		if a.res.Resolve(sym).Found == lang.FoundVar {
			a.fail(&e, "Can't create defs outside of current ns")
		}
		a.fail(&e, "Can't refer to qualified var that doesn't exist")
	}
	meta := sym.Meta
	if meta == nil {
		meta = lang.EmptyMap
	}
	if !doc.IsNil() {
		meta = meta.Assoc(lang.K("doc"), doc)
	}
	d := &Def{Var: a.res.Intern(sym, meta), Meta: a.defMeta(meta, e), Pos: e.pos}
	if len(items) > 2 {
		in := e.value()
		in.name = a.res.CurrentNS() + "/" + sym.Name
		d.Init = a.expr(init, in)
	}
	return d
}

// defMeta makes a var's metadata: that of the symbol, evaluated, but for
// :tag, and the place of the def.
func (a *analyser) defMeta(meta *lang.Map, e env) Node {
	var items []Node
	add := func(k string, v lang.Value) {
		items = append(items, &Const{lang.K(k)}, &Const{v})
	}
	if e.pos.IsValid() {
		add("line", lang.Int(int64(e.pos.Line)))
		add("column", lang.Int(int64(e.pos.Col)))
		if e.pos.Src != nil {
			add("file", lang.Str(e.pos.Src.Name))
		}
	}
	user := userMeta(meta)
	if user != nil {
		tag, ok := user.Get(lang.K("tag"))
		if ok {
			add("tag", tag)
			user = user.Dissoc(lang.K("tag"))
		}
		user.Each(func(k, v lang.Value) bool {
			items = append(items, a.value(k, e), a.value(v, e))
			return true
		})
	}
	if len(items) == 0 {
		return nil
	}
	return &Coll{Kind: CollMap, Items: items, Pos: e.pos}
}

func (a *analyser) ifForm(form lang.Value, items []lang.Value, e env) Node {
	a.count("if", items, 2, 3, &e)
	n := &If{Test: a.value(items[1], e), Then: a.expr(items[2], e), Else: nilNode}
	if len(items) == 4 {
		n.Else = a.expr(items[3], e)
	}
	return n
}

func (a *analyser) do(form lang.Value, items []lang.Value, e env) Node {
	return a.body(items[1:], e)
}

func (a *analyser) let(form lang.Value, items []lang.Value, e env) Node {
	return a.bindings("let", items, e, false)
}

func (a *analyser) loop(form lang.Value, items []lang.Value, e env) Node {
	return a.bindings("loop", items, e, true)
}

// bindings analyses let* and loop*.
func (a *analyser) bindings(name string, items []lang.Value, e env, loop bool) Node {
	v := a.bindingVector(items, &e)
	n := &Let{Pos: e.pos}
	scope := e
	for i := 0; i+1 < v.Len(); i += 2 {
		sym := a.bindable(v.Nth(i), "let", &e)
		in := scope.value()
		in.name = ""
		b := Bind{Init: a.expr(v.Nth(i+1), in)}
		b.Local = a.newLocal(sym.Name)
		n.Binds = append(n.Binds, b)
		scope = scope.bind(b.Local)
	}
	if loop {
		n.Loop = &Target{}
		for _, b := range n.Binds {
			n.Loop.Locals = append(n.Loop.Locals, b.Local)
		}
		scope.target, scope.tail, scope.inTry = n.Loop, true, false
	}
	n.Body = a.body(items[2:], scope)
	if len(n.Binds) == 0 && !loop {
		return n.Body
	}
	return n
}

// bindingVector checks the shape of a form whose first argument is a vector of bindings.
func (a *analyser) bindingVector(items []lang.Value, e *env) *lang.Vector {
	if len(items) > 1 {
		if v, ok := items[1].Obj().(*lang.Vector); ok {
			if v.Len()%2 != 0 {
				a.fail(e, "Bad binding form, expected matched symbol expression pairs")
			}
			return v
		}
	}
	a.fail(e, "Bad binding form, expected vector")
	return nil
}

// bindable checks that a form can be bound as a local.
func (a *analyser) bindable(form lang.Value, verb string, e *env) *lang.Symbol {
	sym, ok := form.AsSymbol()
	if !ok {
		a.fail(e, "Bad binding form, expected symbol, got: %s", lang.PrString(form))
	}
	if sym.NS != "" {
		a.fail(e, "Can't %s qualified name: %s", verb, sym)
	}
	return sym
}

func (a *analyser) recur(form lang.Value, items []lang.Value, e env) Node {
	switch {
	case e.target == nil || !e.tail:
		a.fail(&e, "Can only recur from tail position")
	case e.inTry:
		a.fail(&e, "Cannot recur across try")
	case len(e.target.Locals) != len(items)-1:
		a.failClass(&e, "java.lang.IllegalArgumentException", "Mismatched argument count to recur, expected: %d args, got: %d", len(e.target.Locals), len(items)-1)
	}
	return &Recur{Target: e.target, Args: a.values(items[1:], e), Pos: e.pos}
}

func (a *analyser) quote(form lang.Value, items []lang.Value, e env) Node {
	if len(items) != 2 {
		a.fail(&e, "Wrong number of args (%d) passed to: quote", len(items)-1)
	}
	return &Const{items[1]}
}

func (a *analyser) theVar(form lang.Value, items []lang.Value, e env) Node {
	a.count("var", items, 1, 1, &e)
	if sym, ok := items[1].AsSymbol(); ok {
		if r := a.res.Resolve(sym); r.Found == lang.FoundVar {
			return &Const{r.Value}
		}
		if len(a.found) > 0 {
			return a.hole(lang.Nil, form, e)
		}
		a.failNear(&e, sym, "Unable to resolve var: %s in this context", sym)
	}
	a.fail(&e, "Unable to resolve var: %s in this context", lang.PrString(items[1]))
	return nil
}

func (a *analyser) throw(form lang.Value, items []lang.Value, e env) Node {
	switch n := len(items) - 1; {
	case n < 1:
		a.fail(&e, "Too few arguments to throw, throw expects a single Throwable instance")
	case n > 1:
		a.fail(&e, "Too many arguments to throw, throw expects a single Throwable instance")
	}
	return &Throw{Val: a.value(items[1], e), Pos: e.pos}
}

func (a *analyser) assign(form lang.Value, items []lang.Value, e env) Node {
	if len(items) != 3 {
		a.fail(&e, "Malformed assignment, expecting (set! target val)")
	}
	sym, ok := items[1].AsSymbol()
	if !ok {
		return a.assignField(items, e)
	}
	if e.lookup(sym.Name) != nil && sym.NS == "" {
		a.fail(&e, "Cannot assign to non-mutable: %s", sym)
	}
	r := a.res.Resolve(sym)
	if r.Found != lang.FoundVar {
		a.failNear(&e, sym, "Unable to resolve symbol: %s in this context", sym)
	}
	return &SetVar{Var: r.Value, Val: a.value(items[2], e), Pos: e.pos}
}

// assignField analyses (set! (.-field object) value), also where a macro gives
// the target: it reads a field, and becomes a call that sets it.
func (a *analyser) assignField(items []lang.Value, e env) Node {
	target := a.value(items[1], e)
	if c, ok := target.(*Call); ok {
		if f, ok := c.Fn.(*VarRef); ok && f.Var == a.res.Support(lang.SupportHostField) {
			args := append(slices.Clip(c.Args), a.value(items[2], e))
			return &Call{Fn: callee(a.res.Support(lang.SupportSetField), e.pos), Args: args, Pos: e.pos}
		}
	}
	if _, ok := target.(*Hole); !ok {
		a.fail(&e, "Invalid assignment target")
	}
	return target
}

// monitor makes the analysis of monitor-enter and monitor-exit.
func monitor(f lang.Support) special {
	return func(a *analyser, form lang.Value, items []lang.Value, e env) Node {
		s, _ := items[0].AsSymbol()
		a.count(s.Name, items, 1, 1, &e)
		return a.call(callee(a.res.Support(f), e.pos), items, e)
	}
}

func (a *analyser) try(form lang.Value, items []lang.Value, e env) Node {
	t := &Try{Pos: e.pos}
	body := items[1:]
	for i, f := range body {
		if clauseHead(f) != "" {
			body = body[:i]
			break
		}
	}
	clauses := items[1+len(body):]
	if len(clauses) == 0 {
		return a.body(body, e.value())
	}
	in := e
	in.inTry = true
	t.Body = a.body(body, in)
	for i, c := range clauses {
		parts, _ := seqForm(c)
		ce := e
		ce.pos = posOf(c, e.pos)
		switch clauseHead(c) {
		case "catch":
			t.Catches = append(t.Catches, a.catch(parts, ce))
		case "finally":
			if i != len(clauses)-1 {
				a.fail(&ce, "finally clause must be last in try expression")
			}
			t.Finally = a.body(parts[1:], ce.value())
		default:
			a.fail(&ce, "Only catch or finally clause can follow catch in try expression")
		}
	}
	return t
}

// clauseHead gives "catch" or "finally" if form is such a clause.
func clauseHead(form lang.Value) string {
	if items, ok := seqForm(form); ok && len(items) > 0 {
		for _, name := range [...]string{"catch", "finally"} {
			if isSym(items[0], name) {
				return name
			}
		}
	}
	return ""
}

// catch analyses (catch Class name body...).
func (a *analyser) catch(parts []lang.Value, e env) Catch {
	if len(parts) < 3 {
		a.fail(&e, "Malformed catch, expecting (catch Class name body...)")
	}
	class := a.class(parts[1], &e)
	sym := a.bindable(parts[2], "bind", &e)
	l := a.newLocal(sym.Name)
	return Catch{Class: &Const{class}, Local: l, Body: a.body(parts[3:], e.bind(l).value())}
}

// class finds the class that a form names.
func (a *analyser) class(form lang.Value, e *env) lang.Value {
	if sym, ok := form.AsSymbol(); ok {
		if r := a.res.Resolve(sym); r.Found == lang.FoundClass {
			return r.Value
		}
	}
	a.fail(e, "Unable to resolve classname: %s", lang.PrString(form))
	return lang.Nil
}

// caseForm analyses (case* expr default ((const...) body)...).
func (a *analyser) caseForm(form lang.Value, items []lang.Value, e env) Node {
	if len(items) < 3 {
		a.fail(&e, "Too few arguments to case*")
	}
	n := &Case{Val: a.value(items[1], e), Pos: e.pos}
	for _, c := range items[3:] {
		parts, ok := seqForm(c)
		if !ok || len(parts) != 2 {
			a.fail(&e, "Malformed clause of case*: %s", lang.PrString(c))
		}
		consts, ok := seqForm(parts[0])
		if !ok {
			a.fail(&e, "Malformed clause of case*: %s", lang.PrString(c))
		}
		n.Clauses = append(n.Clauses, CaseClause{Consts: consts, Body: a.expr(parts[1], e)})
	}
	n.Default = a.expr(items[2], e)
	return n
}
