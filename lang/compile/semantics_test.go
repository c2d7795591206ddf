package compile

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// semantics holds forms with what Clojure 1.11.1 printed ("| ") and gave ("=> ").
//
//go:embed testdata/semantics.txt
var semantics string

// natives are the functions that the forms of testdata/semantics.txt use.
func (m *mini) natives() map[string]func(args []lang.Value) lang.Value {
	fold := func(op func(a, b lang.Value) lang.Value, unit lang.Value) func([]lang.Value) lang.Value {
		return func(args []lang.Value) lang.Value {
			v := unit
			if len(args) > 1 {
				v, args = args[0], args[1:]
			}
			for _, a := range args {
				v = op(v, a)
			}
			return v
		}
	}
	test := func(f func(args []lang.Value) bool) func([]lang.Value) lang.Value {
		return func(args []lang.Value) lang.Value { return lang.Bool(f(args)) }
	}
	zero := lang.Int(0)
	return map[string]func(args []lang.Value) lang.Value{
		"+": fold(lang.Add, zero), "-": fold(lang.Sub, zero), "*": fold(lang.Mul, lang.Int(1)), "/": fold(lang.Div, lang.Int(1)),
		"inc":  func(a []lang.Value) lang.Value { return lang.Add(a[0], lang.Int(1)) },
		"dec":  func(a []lang.Value) lang.Value { return lang.Sub(a[0], lang.Int(1)) },
		"=":    test(func(a []lang.Value) bool { return lang.Equal(a[0], a[1]) }),
		"<":    test(func(a []lang.Value) bool { return lang.Lt(a[0], a[1]) }),
		">":    test(func(a []lang.Value) bool { return lang.Lt(a[1], a[0]) }),
		"pos?": test(func(a []lang.Value) bool { return lang.Lt(zero, a[0]) }),
		"odd?": test(func(a []lang.Value) bool { return a[0].AsInt()%2 != 0 }),
		"seq?": test(func(a []lang.Value) bool { _, ok := seqForm(a[0]); return ok }),
		"nil?": test(func(a []lang.Value) bool { return a[0].IsNil() }),
		"long": func(a []lang.Value) lang.Value { return a[0] },
		"str": func(a []lang.Value) lang.Value {
			s := ""
			for _, v := range a {
				s += lang.DisplayString(v)
			}
			return lang.Str(s)
		},
		"pr-str": func(a []lang.Value) lang.Value { return lang.Str(lang.PrString(a[0])) },
		"println": func(a []lang.Value) lang.Value {
			for i, v := range a {
				if i > 0 {
					m.out.WriteByte(' ')
				}
				m.out.WriteString(lang.DisplayString(v))
			}
			m.out.WriteByte('\n')
			return lang.Nil
		},
		"conj": func(a []lang.Value) lang.Value { return lang.Obj(a[0].Obj().(*lang.Vector).Conj(a[1])) },
		"cons": func(a []lang.Value) lang.Value { return lang.Obj(lang.NewCons(a[0], a[1])) },
		"concat": func(a []lang.Value) lang.Value {
			return lang.ListOf(append(lang.ToSlice(a[0]), lang.ToSlice(a[1])...)...)
		},
		"seq":       func(a []lang.Value) lang.Value { v, _ := lang.SeqOf(a[0]); return v },
		"first":     func(a []lang.Value) lang.Value { return at(a[0], 0) },
		"rest":      func(a []lang.Value) lang.Value { return lang.ListOf(tail(a[0])...) },
		"next":      func(a []lang.Value) lang.Value { v, _ := lang.SeqOf(lang.ListOf(tail(a[0])...)); return v },
		"nth":       func(a []lang.Value) lang.Value { return at(a[0], int(a[1].AsInt())) },
		"range":     func(a []lang.Value) lang.Value { return lang.ListOf(upTo(a[0].AsInt())...) },
		"volatile!": func(a []lang.Value) lang.Value { c := &cell{a[0]}; return lang.Obj(c) },
		"deref":     func(a []lang.Value) lang.Value { return a[0].Obj().(*cell).v },
		"vswap!": func(a []lang.Value) lang.Value {
			c := a[0].Obj().(*cell)
			c.v = m.call(a[1], []lang.Value{c.v})
			return c.v
		},
		"count":        func(a []lang.Value) lang.Value { return lang.Int(int64(lang.Count(a[0]))) },
		"chunked-seq?": test(func(a []lang.Value) bool { _, ok := a[0].Obj().(lang.Chunked); return ok }),
		"chunk-first":  func(a []lang.Value) lang.Value { return lang.Vec(a[0].Obj().(lang.Chunked).Chunk()...) },
		"chunk-rest":   func(a []lang.Value) lang.Value { return a[0].Obj().(lang.Chunked).ChunkRest() },
		"chunk-buffer": func(a []lang.Value) lang.Value { return lang.Obj(&cell{lang.Vec()}) },
		"chunk":        func(a []lang.Value) lang.Value { return a[0].Obj().(*cell).v },
		"chunk-append": func(a []lang.Value) lang.Value {
			b := a[0].Obj().(*cell)
			b.v = lang.Obj(b.v.Obj().(*lang.Vector).Conj(a[1]))
			return lang.Nil
		},
		"chunk-cons": func(a []lang.Value) lang.Value { return lang.NewChunkedCons(lang.ToSlice(a[0]), a[1]) },
		"get": func(a []lang.Value) lang.Value {
			if x, ok := a[0].Obj().(*lang.Map); ok {
				if v, ok := x.Get(a[1]); ok {
					return v
				}
			}
			return orNil(a, 2)
		},
		"seq-to-map-for-destructuring": func(a []lang.Value) lang.Value { return lang.Obj(lang.NewMap(lang.ToSlice(a[0])...)) },
		"map": func(a []lang.Value) lang.Value {
			vs := lang.ToSlice(a[1])
			for i, v := range vs {
				vs[i] = m.call(a[0], []lang.Value{v})
			}
			return lang.ListOf(vs...)
		},
		"some": func(a []lang.Value) lang.Value {
			for _, v := range lang.ToSlice(a[1]) {
				if r := m.call(a[0], []lang.Value{v}); r.Truthy() {
					return r
				}
			}
			return lang.Nil
		},
		"reduce": func(a []lang.Value) lang.Value {
			v := at(a[1], 0)
			for _, x := range tail(a[1]) {
				v = m.call(a[0], []lang.Value{v, x})
			}
			return v
		},
		"macroexpand-1": func(a []lang.Value) lang.Value { return m.expand(a[0], false) },
		"macroexpand":   func(a []lang.Value) lang.Value { return m.expand(a[0], true) },
	}
}

// cell is a volatile of the tests.
type cell struct{ v lang.Value }

func at(v lang.Value, i int) lang.Value {
	if vs := lang.ToSlice(v); i < len(vs) {
		return vs[i]
	}
	return lang.Nil
}

func tail(v lang.Value) []lang.Value {
	vs := lang.ToSlice(v)
	return vs[min(1, len(vs)):]
}

func upTo(n int64) (vs []lang.Value) {
	for i := range n {
		vs = append(vs, lang.Int(i))
	}
	return vs
}

// expand is macroexpand, for pure macros.
func (m *mini) expand(form lang.Value, all bool) lang.Value {
	for {
		items, ok := seqForm(form)
		if !ok {
			return form
		}
		a := &analyser{state: &state{res: m.f}}
		macro := a.macroOf(items[0], &env{})
		if macro.IsNil() {
			return form
		}
		form, _ = a.expandPure(macro, form, items, lang.Pos{})
		if !all {
			return form
		}
	}
}

func newMini() *mini {
	m := &mini{f: newFake()}
	m.f.mini = m
	for name, f := range m.natives() {
		v := m.f.vars["clojure.core/"+name]
		if v == nil {
			v = m.f.add("clojure.core", name)
		}
		v.val = lang.Obj(&lang.Native{Name: name, Max: -1, Pure: f})
	}
	return m
}

// eval compiles and runs a form, and checks its code.
func (m *mini) eval(t *testing.T, form lang.Value) lang.Value {
	step := Start(form, m.f)
	switch step.Kind {
	case Forms:
		var v lang.Value
		for _, f := range step.Forms {
			v = m.eval(t, f)
		}
		return v
	case Expand:
		t.Fatalf("macro %s is not pure", lang.PrString(step.Macro))
	}
	if err := Check(step.Fn); err != nil {
		t.Fatalf("%v\n%s", err, Disassemble(step.Fn))
	}
	return m.apply(&lang.Closure{Fn: step.Fn}, nil)
}

func TestSemantics(t *testing.T) {
	form, want := "", ""
	for _, line := range strings.Split(semantics, "\n") {
		switch {
		case strings.HasPrefix(line, "| "):
			want += line[2:] + "\n"
		case strings.HasPrefix(line, "=> "):
			m := newMini()
			text := form
			t.Run(text, func(t *testing.T) {
				got := lang.PrString(m.eval(t, read(text)))
				if got = m.out.String() + got; got != want+line[3:] {
					t.Errorf("got %s\nwant %s", got, want+line[3:])
				}
			})
			want = ""
		default:
			form = line
		}
	}
}
