package compile

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// writer writes random forms, in which every local is bound.
type writer struct {
	*rand.Rand
	names int
}

func (w *writer) fresh() string {
	w.names++
	return fmt.Sprintf("v%d", w.names%7) // so that names hide each other
}

// expr writes a form of at most the given depth over the locals in scope.
func (w *writer) expr(depth int, scope []string) string {
	if depth == 0 || w.IntN(8) == 0 {
		if len(scope) > 0 && w.IntN(4) > 0 {
			return scope[w.IntN(len(scope))]
		}
		return fmt.Sprint(w.IntN(3))
	}
	e := func(more ...string) string {
		return w.expr(depth-1, append(scope[:len(scope):len(scope)], more...))
	}
	x, y := w.fresh(), w.fresh()
	switch w.IntN(17) {
	case 0:
		return fmt.Sprintf("(let [%s %s %s %s] %s)", x, e(), y, e(x), e(x, y))
	case 1:
		return fmt.Sprintf("(if %s %s %s)", e(), e(), e())
	case 2:
		return fmt.Sprintf("(if (and (= %s %s) (or %s %s)) %s %s)", e(), e(), e(), e(), e(), e())
	case 3:
		return fmt.Sprintf("(loop [i 0 %s %s %s %s] (if (= i 2) %s (recur (inc i) %s %s)))", x, e(), y, e(x), e(x, y), e(x, y, "i"), e(x, y))
	case 4:
		return fmt.Sprintf("((fn [%s] %s) %s)", x, e(x), e())
	case 5:
		return fmt.Sprintf("(let [%s (fn [%s] %s)] [(%s %s) (%s %s)])", x, y, e(y), x, e(), x, e())
	case 6:
		return fmt.Sprintf("(try %s (catch Exception %s %s) (finally (mix %s)))", e(), x, e(), e())
	case 7:
		return fmt.Sprintf("(do (mix %s) (if %s (throw (Exception. \"x\")) %s))", e(), e(), e())
	case 8:
		return fmt.Sprintf("(case (mix %s) 0 %s (1 2) %s %s)", e(), e(), e(), e())
	case 9:
		return fmt.Sprintf("(case %s 0 %s 1 %s 2 %s 3 1 4 2 5 3 6 %s 8 1 %s)", e(), e(), e(), e(), e(), e())
	case 10:
		return fmt.Sprintf("(match* [%s %s] ([%s 1] (= (mix %s) (mix %s %s)) %s) ([0 ~%s] true 1) ([%s & %s] true %s))", e(), e(), x, x, x, scope0(scope), e(x), scope0(scope), x, y, e(x, y))
	case 11:
		return fmt.Sprintf("(letfn [(%s [a] (if (= a 1) %s (%s 1))) (%s [a] %s)] (%s %s))", x, e("a"), y, y, e("a"), x, e())
	case 12:
		return fmt.Sprintf("[%s {%s %s :k %s}]", e(), "0", e(), e())
	case 13:
		return fmt.Sprintf("(= (mix %s %s) %s)", e(), e(), e())
	case 14:
		return fmt.Sprintf("(not (nil? %s))", e())
	}
	return fmt.Sprintf("(mix %s %s %s)", e(), e(), e())
}

func scope0(scope []string) string {
	if len(scope) == 0 {
		return "0"
	}
	return scope[0]
}

// mix makes a small number of any values, and tells nil from all others.
func mix(args []lang.Value) lang.Value {
	h := uint32(7)
	for _, a := range args {
		switch {
		case a.IsNil():
			h = h*31 + 5
		case a.IsInt():
			h = h*31 + uint32(a.AsInt())
		default:
			h = h*31 + uint32(len(lang.PrString(a)))
		}
	}
	return lang.Int(int64(h % 9))
}

// keep makes code that never clears a local.
func keep(f *lang.Fn) {
	for _, c := range append(append([]*lang.Code{}, f.Fixed...), f.Variadic) {
		if c == nil {
			continue
		}
		for i, in := range c.Ins {
			if lang.Op(in&0xff) == lang.OpTake {
				c.Ins[i] = lang.Ins(lang.OpMove, lang.A(in), lang.B(in), 0)
			}
		}
		for _, inner := range c.Fns {
			keep(inner)
		}
	}
}

// outcome runs code and tells what comes of it.
func outcome(m *mini, f *lang.Fn) (s string) {
	defer func() {
		if e, ok := recover().(*lang.Exception); ok {
			s = e.Error()
		}
	}()
	return lang.PrString(m.apply(&lang.Closure{Fn: f}, nil))
}

// TestLastReads compares code as it is with code that clears no local.
func TestLastReads(t *testing.T) {
	w := &writer{Rand: rand.New(rand.NewPCG(1, 2))}
	m := newMini()
	v := m.f.add("clojure.core", "mix")
	v.guard = true
	v.val = lang.Obj(&lang.Native{Name: "mix", Max: -1, Pure: mix})
	for range 1000 {
		text := "[" + w.expr(4, nil) + "]" // no do at the top
		f := compileText(t, m.f, text)
		got := outcome(m, f)
		code := Disassemble(f)
		keep(f)
		if want := outcome(m, f); got != want {
			t.Fatalf("%s\ngives %s\nwant  %s\n%s", text, got, want, code)
		}
	}
}

// FuzzCompile feeds the analyser forms that nobody would write.
func FuzzCompile(f *testing.F) {
	for _, text := range everything {
		f.Add(text, uint64(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 1))}
		defer func() {
			if r := recover(); r != nil {
				if _, ok := r.(*lang.Exception); !ok {
					panic(r)
				}
			}
		}()
		step := Start(shuffle(w, readSafe(text)), newFake())
		if step.Kind == Done {
			if err := Check(step.Fn); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// readSafe reads a text, or nil from what the tests' reader can't read.
func readSafe(text string) (v lang.Value) {
	defer func() {
		if recover() != nil {
			v = lang.Nil
		}
	}()
	return read(text)
}

// shuffle drops, doubles and swaps elements of a form.
func shuffle(w *writer, form lang.Value) lang.Value {
	vec, isVec := form.Obj().(*lang.Vector)
	items, isSeq := seqForm(form)
	if isVec {
		items = vec.AppendTo(nil)
	}
	if !isVec && !isSeq {
		return form
	}
	var out []lang.Value
	for _, it := range items {
		it = shuffle(w, it)
		switch w.IntN(20) {
		case 0:
		case 1:
			out = append(out, it, it)
		case 2:
			out = append([]lang.Value{it}, out...)
		default:
			out = append(out, it)
		}
	}
	if isVec {
		return lang.Vec(out...)
	}
	return lang.ListOf(out...)
}
