package compile

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// maxDepth bounds how deep forms may nest, so that no Go stack grows without
// bound over a form that a program has made.
const maxDepth = 4000

// analyser analyses one form; the holes that it leaves are in found, in the
// order of the text.
type analyser struct {
	*state
	found []*Hole
}

// expr analyses a form in an environment.
func (a *analyser) expr(form lang.Value, e env) Node {
	e.depth++
	e.head = ""
	a.checkDepth(&e)
	switch x := form.Obj().(type) {
	case *lang.Symbol:
		return a.symbol(x, e)
	case *lang.Vector:
		return a.vector(x, e)
	case *lang.Map:
		return a.mapping(x, e)
	case *lang.Set:
		return a.set(x, e)
	}
	items, ok := seqForm(form)
	if !ok || len(items) == 0 {
		return &Const{form}
	}
	e.pos = posOf(form, e.pos)
	return a.list(form, items, e)
}

// value analyses a form that is not in tail position.
func (a *analyser) value(form lang.Value, e env) Node { return a.expr(form, e.value()) }

// values analyses forms that are not in tail position.
func (a *analyser) values(forms []lang.Value, e env) []Node {
	nodes := make([]Node, len(forms))
	for i, f := range forms {
		nodes[i] = a.value(f, e)
	}
	return nodes
}

// body analyses the forms of an implicit do.
func (a *analyser) body(forms []lang.Value, e env) Node {
	if len(forms) == 0 {
		return nilNode
	}
	last := len(forms) - 1
	if last == 0 {
		return a.expr(forms[0], e)
	}
	nodes := a.values(forms[:last], e)
	return &Do{append(nodes, a.expr(forms[last], e))}
}

// checkDepth raises if the form is nested too deeply.
func (a *analyser) checkDepth(e *env) {
	if e.depth > maxDepth {
		a.fail(e, "form nested too deeply: more than %d levels", maxDepth)
	}
}

// newLocal makes a local.
func (a *analyser) newLocal(name string) *Local {
	l := &Local{Name: name, ID: a.locals}
	a.locals++
	return l
}

// ref makes a read of a local.
func (a *analyser) ref(l *Local) Node {
	a.refs++
	return &LocalRef{Local: l, ID: a.refs - 1}
}

// hole leaves a form for later.
func (a *analyser) hole(macro, form lang.Value, e env) Node {
	h := &Hole{ID: a.holes, Macro: macro, Form: form, env: e}
	a.holes++
	a.found = append(a.found, h)
	return h
}

// symbol analyses a symbol that is evaluated.
func (a *analyser) symbol(s *lang.Symbol, e env) Node {
	if s.NS == "" {
		if l := e.lookup(s.Name); l != nil {
			return a.ref(l)
		}
	}
	e.pos = posOf(lang.Obj(s), e.pos)
	r := a.res.Resolve(s)
	switch r.Found {
	case lang.FoundVar:
		info := r.Value.Obj().(lang.VarInfo)
		a.checkPublic(info, &e)
		if _, ok := info.MacroFn(); ok {
			a.fail(&e, "Can't take value of a macro: #'%s", varName(info))
		}
		return &VarRef{r.Value, e.pos}
	case lang.FoundClass:
		return &Const{r.Value}
	}
	if v, isField, ok := a.static(s); ok {
		if !isField {
			a.fail(&e, "Unable to find static field: %s in class %s", s.Name, nameOf(a.classOf(s)))
		}
		return &Const{v}
	}
	if len(a.found) > 0 {
		return a.hole(lang.Nil, lang.Obj(s), e)
	}
	a.unresolved(s, r.Found, &e)
	return nil
}

// unresolved raises for a symbol that names nothing.
func (a *analyser) unresolved(s *lang.Symbol, why lang.Found, e *env) {
	switch {
	case s.NS != "" && !a.classOf(s).IsNil():
		a.fail(e, "Unable to find static field: %s in class %s", s.Name, nameOf(a.classOf(s)))
	case s.NS != "" && why == lang.FoundNoNS:
		a.fail(e, "No such namespace: %s", s.NS)
	case s.NS != "":
		a.failNear(e, s, "No such var: %s", s)
	case strings.Contains(s.Name, ".") && !strings.HasPrefix(s.Name, "."):
		a.failClass(e, "java.lang.ClassNotFoundException", "%s", s.Name)
	}
	a.failNear(e, s, "Unable to resolve symbol: %s in this context", s)
}

// classOf gives the class that a symbol's namespace names, nil if none.
func (a *analyser) classOf(s *lang.Symbol) lang.Value {
	if s.NS == "" {
		return lang.Nil
	}
	if r := a.res.Resolve(&lang.Symbol{Name: s.NS}); r.Found == lang.FoundClass {
		return r.Value
	}
	return lang.Nil
}

// static finds the static member Class/name.
func (a *analyser) static(s *lang.Symbol) (v lang.Value, isField, ok bool) {
	class := a.classOf(s)
	if class.IsNil() {
		return lang.Nil, false, false
	}
	return a.res.Static(class, s.Name)
}

// checkPublic raises if a var is private to another namespace.
func (a *analyser) checkPublic(info lang.VarInfo, e *env) {
	if ns, _ := info.VarName(); info.IsPrivate() && ns != a.res.CurrentNS() {
		a.fail(e, "var: #'%s is not public", varName(info))
	}
}

// varName gives ns/name.
func varName(info lang.VarInfo) string {
	ns, name := info.VarName()
	return ns + "/" + name
}

// varAt gives what is known of the var that the head of a call names, nil if
// it names none.
func (a *analyser) varAt(head lang.Value, e *env) (lang.Value, lang.VarInfo) {
	s, ok := head.AsSymbol()
	if !ok || s.NS == "" && e.lookup(s.Name) != nil {
		return lang.Nil, nil
	}
	if r := a.res.Resolve(s); r.Found == lang.FoundVar {
		return r.Value, r.Value.Obj().(lang.VarInfo)
	}
	return lang.Nil, nil
}

// macroOf gives the macro function that a call's head names, nil if none.
func (a *analyser) macroOf(head lang.Value, e *env) lang.Value {
	if s, ok := head.AsSymbol(); !ok || specials[s.Name] != nil && s.NS == "" {
		return lang.Nil
	}
	_, info := a.varAt(head, e)
	if info == nil {
		return lang.Nil
	}
	fn, ok := info.MacroFn()
	if !ok {
		return lang.Nil
	}
	a.checkPublic(info, e)
	return fn
}

// expandPure expands a macro whose function is a pure native, without help.
// Such a function gets nil for its environment.
func (a *analyser) expandPure(macro, form lang.Value, items []lang.Value, pos lang.Pos) (lang.Value, bool) {
	n, ok := macro.Obj().(*lang.Native)
	if !ok || n.Pure == nil {
		return lang.Nil, false
	}
	args := macroArgs(form, lang.Nil, items)
	if !n.Takes(len(args)) {
		return lang.Nil, false // the machine knows how to complain
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *lang.Exception:
			panic(expansionError(r, form, pos))
		default:
			panic(r)
		}
	}()
	return n.Pure(args), true
}

// list analyses a call, a special form or a macro call.
func (a *analyser) list(form lang.Value, items []lang.Value, e env) Node {
	head := items[0]
	s, ok := head.AsSymbol()
	if !ok {
		if head.IsNil() {
			a.failClass(&e, "java.lang.IllegalArgumentException", "Can't call nil, form: %s", lang.PrString(form))
		}
		return a.call(a.value(head, e), items, e)
	}
	if s.NS == "" {
		if special := specials[s.Name]; special != nil {
			e.head = s.Name
			return special(a, form, items, e)
		}
	}
	if v, info := a.varAt(head, &e); info != nil {
		return a.varCall(v, info, form, items, e)
	}
	if node := a.host(s, items, e); node != nil {
		return node
	}
	fn := a.symbol(s, e.value())
	if h, ok := fn.(*Hole); ok { // perhaps a macro, once it is known
		h.Form, h.env = form, e
		return h
	}
	return a.call(fn, items, e)
}

// varCall analyses a call whose head names a var: of a macro, of a function
// that go blocks or the machine have something better for, or any other.
func (a *analyser) varCall(v lang.Value, info lang.VarInfo, form lang.Value, items []lang.Value, e env) Node {
	a.checkPublic(info, &e)
	if macro, ok := info.MacroFn(); ok && !macro.IsNil() {
		if next, ok := a.expandPure(macro, form, items, e.pos); ok {
			return a.expr(next, e)
		}
		return a.hole(macro, form, e)
	}
	if e.goes {
		if f, ok := info.GoForm(); ok {
			return a.call(callee(f, e.pos), items, e)
		}
	}
	if build := inlined(info.Inline(), len(items)-1); build != nil {
		return build(a.values(items[1:], e), e.pos)
	}
	return a.call(&VarRef{v, e.pos}, items, e)
}

// call makes a call of fn with the arguments among items.
func (a *analyser) call(fn Node, items []lang.Value, e env) Node {
	return &Call{Fn: fn, Args: a.values(items[1:], e), Pos: e.pos}
}

// callee makes the node of a function that is known already: a var or a value.
func callee(f lang.Value, pos lang.Pos) Node {
	if _, ok := f.Obj().(lang.VarInfo); ok {
		return &VarRef{f, pos}
	}
	return &Const{f}
}

// vector analyses a vector literal.
func (a *analyser) vector(v *lang.Vector, e env) Node {
	items := v.AppendTo(make([]lang.Value, 0, v.Len()))
	n := &Coll{Kind: CollVector, Items: a.values(items, e), Pos: e.pos}
	return a.withMeta(n, v.Meta, e)
}

// mapping analyses a map literal.
func (a *analyser) mapping(m *lang.Map, e env) Node {
	items := make([]Node, 0, 2*m.Len())
	m.Each(func(k, v lang.Value) bool {
		items = append(items, a.value(k, e), a.value(v, e))
		return true
	})
	return a.withMeta(&Coll{Kind: CollMap, Items: items, Pos: e.pos}, m.Meta, e)
}

// set analyses a set literal.
func (a *analyser) set(s *lang.Set, e env) Node {
	items := make([]Node, 0, s.Len())
	s.Each(func(v lang.Value) bool {
		items = append(items, a.value(v, e))
		return true
	})
	return a.withMeta(&Coll{Kind: CollSet, Items: items, Pos: e.pos}, s.Meta, e)
}

// withMeta gives a literal its metadata, which is evaluated too.
func (a *analyser) withMeta(n Node, meta *lang.Map, e env) Node {
	meta = userMeta(meta)
	if meta == nil {
		return n
	}
	args := []Node{n, a.mapping(meta.WithMeta(nil), e)}
	return &Call{Fn: callee(a.res.Support(lang.SupportWithMeta), e.pos), Args: args, Pos: e.pos}
}

// readerKeys are the keys of metadata that the reader adds by itself.
var readerKeys = []lang.Value{lang.K("line"), lang.K("column"), lang.K("end-line"), lang.K("end-column"), lang.K("file")}

// userMeta gives metadata without what the reader adds, nil if nothing is left.
func userMeta(m *lang.Map) *lang.Map {
	if m == nil {
		return nil
	}
	for _, k := range readerKeys {
		m = m.Dissoc(k)
	}
	if m.Len() == 0 {
		return nil
	}
	return m
}
