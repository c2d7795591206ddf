package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// collect puts vs into a list, a map, a MapSet or a binary; false if coll is
// something else, whose protocol Collectable says how.
func collect(coll lang.Value, vs []lang.Value) (lang.Value, bool) {
	switch c := coll.Obj().(type) {
	case *lang.Set:
		b := lang.NewSetBuilder(c)
		for _, v := range vs {
			b.Conj(v)
		}
		return lang.Obj(b.Set()), true
	case *lang.Map:
		if k, _ := structOf(coll); k != nil {
			return lang.Nil, false
		}
		return lang.Obj(mapWith(c, vs)), true
	case string:
		var b strings.Builder
		b.WriteString(c)
		for _, v := range vs {
			s, ok := v.AsString()
			if !ok {
				lang.RaiseReason(lang.K("badarg"))
			}
			b.WriteString(s)
		}
		return lang.Str(b.String()), true
	}
	if isList(coll) {
		return onto(elements(coll), list(vs)), true
	}
	return lang.Nil, false
}

// mapWith gives m with pairs of keys and values.
func mapWith(m *lang.Map, pairs []lang.Value) *lang.Map {
	b := lang.NewMapBuilder(m)
	for _, v := range pairs {
		t, ok := v.Obj().(*lang.Vector)
		if !ok || t.Len() != 2 {
			argumentError("argument error")
		}
		b.Assoc(t.Nth(0), t.Nth(1))
	}
	return b.Map()
}

// intoPass collects into the value in acc.
var intoPass = &pass{name: "into", put: keep, end: func(_ *runtime.Process, s *fold) lang.Value {
	v, _ := collect(s.acc, s.out.vs)
	return v
}}

// into is Enum.into: (enumerable, collectable) or with a function.
func into(p *runtime.Process, args []lang.Value) lang.Value {
	if _, ok := collect(args[1], nil); !ok {
		return p.TailCall(functionOf(p, module("Collectable"), "collect", len(args)), args...)
	}
	return intoFold(args[1], optional(args, 2, lang.Nil)).start(p, args[0])
}

// intoFold is the fold that collects into coll, what f makes of each element if
// it is not nil.
func intoFold(coll, f lang.Value) *fold {
	if f.IsNil() {
		return &fold{pass: intoPlain, acc: coll}
	}
	checkFunction(f)
	return &fold{pass: intoPass, acc: coll, f: f}
}

var intoPlain = &pass{name: "into", see: keep, end: intoPass.end}
