package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// inspectedFields are the fields of exceptions that their messages inspect.
var inspectedFields = [...]string{"term", "value", "key", "original"}

// withInspected goes on with an exception's struct in which a value that only
// code of the language can inspect is replaced by its document.
func withInspected(p *runtime.Process, e lang.Value, then func(p *runtime.Process, e lang.Value) lang.Value) lang.Value {
	m, ok := e.Obj().(*lang.Map)
	if !ok {
		return then(p, e)
	}
	for _, name := range inspectedFields {
		v, has := m.Get(lang.K(name))
		if !has || !wantsCalls(p.W, v) {
			continue
		}
		of, _ := structName(v)
		return inspect(p, v, defaultOpts(), func(p *runtime.Process, d doc) lang.Value {
			return withInspected(p, lang.Obj(m.Assoc(lang.K(name), lang.Obj(&docValue{d, of}))), then)
		})
	}
	return then(p, e)
}

// wantsCalls reports whether inspecting v calls code of the language.
func wantsCalls(w *runtime.World, v lang.Value) bool {
	in := inspector{w: w, o: defaultOpts()}
	in.doc(v, in.o.limit)
	return len(in.calls) > 0
}

// isInspected reports whether v is the document of a value.
func isInspected(v lang.Value) bool { _, ok := v.Obj().(*docValue); return ok }
