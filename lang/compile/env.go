package compile

import "github.com/conc-repl/conc-repl/lang"

// env is what analysis knows at a place in a form. It is copied by value and
// holds only immutable things, so that a hole can keep it.
type env struct {
	scope  *scope
	target *Target  // where recur goes, if anywhere
	tail   bool     // in tail position of target
	inTry  bool     // target lies outside of an enclosing try
	goes   bool     // directly inside a go block
	fnName string   // the name of the enclosing function, for traces
	name   string   // the name that a function form here would get from its def
	head   string   // the special form that is being taken apart, for errors
	depth  int      // how deep the form is nested
	pos    lang.Pos // of the nearest enclosing form that has one
}

// scope is a chain of the locals that can be seen.
type scope struct {
	local *Local
	next  *scope
}

// lookup finds the local of a name.
func (e *env) lookup(name string) *Local {
	for s := e.scope; s != nil; s = s.next {
		if s.local.Name == name {
			return s.local
		}
	}
	return nil
}

// bind gives the environment in which l can be seen.
func (e env) bind(l *Local) env {
	e.scope = &scope{l, e.scope}
	return e
}

// value gives the environment of a subexpression that is not in tail position.
func (e env) value() env {
	e.tail = false
	e.name = ""
	return e
}

// macroEnv gives &env: a map whose keys are the symbols of the locals.
func (e *env) macroEnv() lang.Value {
	if e.scope == nil {
		return lang.Nil
	}
	m := lang.EmptyMap
	for s := e.scope; s != nil; s = s.next {
		sym := lang.Sym(s.local.Name)
		m = m.Assoc(sym, sym)
	}
	return lang.Obj(m)
}

// posOf gives the place of a form, or that of what encloses it.
func posOf(form lang.Value, enclosing lang.Pos) lang.Pos {
	var p lang.Pos
	switch x := form.Obj().(type) {
	case *lang.List:
		p = x.Pos
	case *lang.Symbol:
		p = x.Pos
	}
	if p.IsValid() {
		return p
	}
	return enclosing
}

// seqForm gives the elements of a list or sequence, and whether form is one.
func seqForm(form lang.Value) ([]lang.Value, bool) {
	switch form.Obj().(type) {
	case *lang.List, lang.Seq, *lang.LazySeq:
		return lang.ToSlice(form), true
	}
	return nil, false
}

// isSym reports whether v is the symbol name, without a namespace.
func isSym(v lang.Value, name string) bool {
	s, ok := v.AsSymbol()
	return ok && s.Is("", name)
}
