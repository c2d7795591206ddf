package elixir

import (
	"sync"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// The atoms that quoted forms are made of most.
var (
	kwLine    = lang.K("line")
	kwColumn  = lang.K("column")
	kwDo      = lang.K("do")
	kwBlock   = lang.K("__block__")
	kwAliases = lang.K("__aliases__")
	kwDot     = lang.K(".")
	noMeta    = lang.Obj(lang.EmptyList)
)

// columns gives the metadata of small columns.
var columns = sync.OnceValue(func() *[128]lang.Value {
	var table [128]lang.Value
	for i := range table {
		table[i] = lang.Vec(kwColumn, lang.Int(int64(i)))
	}
	return &table
})

// metaLine is the metadata of a line, which its nodes share.
type metaLine struct {
	line int
	v    lang.Value
}

// meta gives the metadata of a token: [line: 1, column: 1].
func (p *parser) meta(t *lexer.Token, more ...lang.Value) lang.Value {
	if p.line.line != t.Pos.Line {
		p.line = metaLine{t.Pos.Line, lang.Vec(kwLine, lang.Int(int64(t.Pos.Line)))}
	}
	col := t.Pos.Column
	vs := append(make([]lang.Value, 0, 4), p.line.v)
	if table := columns(); col < len(table) {
		vs = append(vs, table[col])
	} else {
		vs = append(vs, lang.Vec(kwColumn, lang.Int(int64(col))))
	}
	return list(append(vs, more...)...)
}

func list(vs ...lang.Value) lang.Value { return lang.Obj(lang.NewList(vs)) }

// node makes a call of a name: {name, meta, args}.
func node(name string, meta lang.Value, args ...lang.Value) lang.Value {
	return lang.Vec(lang.K(name), meta, list(args...))
}

// pair makes an entry of a keyword list.
func pair(k, v lang.Value) lang.Value { return lang.Vec(k, v) }

// block makes an empty block.
func block() lang.Value { return lang.Vec(kwBlock, noMeta, noMeta) }

// remote makes the call of a function of a module: {{:., meta, [mod, name]}, meta, args}.
func remote(meta lang.Value, mod, name string, args ...lang.Value) lang.Value {
	return lang.Vec(lang.Vec(kwDot, meta, list(lang.K(mod), lang.K(name))), meta, list(args...))
}

// triple gives the parts of a quoted form that is no literal.
func triple(v lang.Value) (head, meta, args lang.Value, ok bool) {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 3 {
		return lang.Nil, lang.Nil, lang.Nil, false
	}
	return t.Nth(0), t.Nth(1), t.Nth(2), true
}

// call gives the name and the arguments of a call of a name.
func call(v lang.Value) (name string, args []lang.Value, ok bool) {
	head, _, rest, ok := triple(v)
	if !ok {
		return "", nil, false
	}
	k, ok := head.AsKeyword()
	if !ok {
		return "", nil, false
	}
	args, ok = elements(rest)
	return k.Name, args, ok
}

// elements gives the elements of a list.
func elements(v lang.Value) ([]lang.Value, bool) {
	switch l := v.Obj().(type) {
	case *lang.List:
		vs := make([]lang.Value, 0, l.Len())
		l.Each(func(x lang.Value) bool {
			vs = append(vs, x)
			return true
		})
		return vs, true
	case lang.Seq, *lang.LazySeq:
		var vs []lang.Value
		lang.Iterate(v, func(x lang.Value) bool {
			vs = append(vs, x)
			return true
		})
		return vs, true
	}
	return nil, false
}
