package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Functions of Enum that make one value of all elements: a text, a number.

// joinPass makes texts of the elements; by String.Chars where they are not
// plain. acc is what stands between them.
var joinPass = &pass{name: "join", put: keep,
	see: func(s *fold, x lang.Value) verdict {
		text, ok := simpleText(x)
		if !ok {
			return call
		}
		return keep(s, lang.Str(text))
	},
	end: func(_ *runtime.Process, s *fold) lang.Value {
		sep, _ := s.acc.AsString()
		var b strings.Builder
		for i, v := range s.out.vs {
			if i > 0 {
				b.WriteString(sep)
			}
			text, _ := v.AsString()
			b.WriteString(text)
		}
		return lang.Str(b.String())
	}}

// simpleText gives the text of a string, an atom or a number.
func simpleText(v lang.Value) (string, bool) {
	if s, ok := v.AsString(); ok {
		return s, true
	}
	if v.IsNil() {
		return "", true
	}
	if name, ok := lang.AtomName(v); ok {
		return name, true
	}
	if lang.IsNumber(v) {
		return lang.Inspect(v), true
	}
	return "", false
}

// join is the fold that joins what rest will be.
func join(p *runtime.Process, name string, sep lang.Value) *fold {
	if _, ok := sep.AsString(); !ok {
		noClause("Enum", name, []lang.Value{sep})
	}
	return &fold{pass: joinPass, acc: sep, f: functionOf(p, module("String.Chars"), "to_string", 1)}
}

func joinNative(p *runtime.Process, args []lang.Value) lang.Value {
	return join(p, "join", optional(args, 1, lang.Str(""))).start(p, args[0])
}

func mapJoin(p *runtime.Process, args []lang.Value) lang.Value {
	f, sep := args[len(args)-1], lang.Str("")
	if len(args) == 3 {
		sep = args[1]
	}
	checkFunction(f)
	texts := join(p, "map_join", sep)
	k := &pass{name: "map_join", put: keep, end: func(p *runtime.Process, s *fold) lang.Value {
		j := *texts
		j.rest = list(s.out.vs)
		return j.walk(p)
	}}
	return (&fold{pass: k, f: f}).start(p, args[0])
}

// calculation is one that makes a number of a number and what was made so far.
type calculation struct {
	name string
	of   func(a, b lang.Value) lang.Value
}

var adding, multiplying = calculation{"+", lang.AddP}, calculation{"*", lang.MulP}

// do calculates, or raises ArithmeticError.
func (c calculation) do(x, acc lang.Value) lang.Value {
	if !lang.IsNumber(x) || !lang.IsNumber(acc) {
		badArith(c.name, x, acc)
	}
	return c.of(acc, x)
}

var (
	sumPass = &pass{name: "sum", end: giveAcc, see: func(s *fold, x lang.Value) verdict {
		return accumulate(s, adding.do(x, s.acc))
	}}
	productPass = &pass{name: "product", end: giveAcc, see: func(s *fold, x lang.Value) verdict {
		return accumulate(s, multiplying.do(x, s.acc))
	}}
)

// sum adds the numbers of a range without going through them.
func sum(p *runtime.Process, args []lang.Value) lang.Value {
	if k, m := structOf(args[0]); k != nil && k.Name == rangeModule {
		if seq, ok := rangeSeq(m); ok {
			r, ok := seq.Obj().(*lang.Range)
			if !ok {
				return lang.Int(0)
			}
			n := lang.Int(int64(r.Len()))
			return lang.Quot(lang.MulP(n, lang.AddP(r.First(), r.Nth(r.Len()-1))), lang.Int(2))
		}
	}
	return (&fold{pass: sumPass, acc: lang.Int(0)}).start(p, args[0])
}
