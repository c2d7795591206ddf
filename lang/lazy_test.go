package lang

import (
	"strings"
	"testing"
)

// lazyList makes a chain of n unrealised cells. realise does what the machine would.
func lazyList(vs ...Value) (Value, func(*LazySeq)) {
	next := map[*LazySeq]Value{}
	var tail Value = Nil
	for i := len(vs) - 1; i >= 0; i-- {
		cell := &LazySeq{}
		next[cell] = Obj(NewCons(vs[i], tail))
		tail = Obj(cell)
	}
	return tail, func(l *LazySeq) { l.Val, l.State = next[l], LazyDone }
}

func TestPrintingStopsAtUnrealisedCells(t *testing.T) {
	inner, realiseInner := lazyList(Int(7), Int(8))
	outer, realiseOuter := lazyList(K("a"), inner, Str("x"))
	p := NewPrinter(ClojureNotation, true, Vec(outer, Int(1)))
	var steps []string
	var forks []*Printer
	for {
		cell := p.Step()
		if cell == nil {
			break
		}
		steps = append(steps, p.Take())
		fork := *p
		forks = append(forks, &fork)
		realiseOuter(cell)
		if cell.Val.IsNil() {
			realiseInner(cell)
		}
	}
	steps = append(steps, p.Take())
	if got := strings.Join(steps, "|"); got != `[(||:a |(||7 8) "x") 1]` {
		t.Errorf("pieces: %s", got)
	}
	for i, f := range forks { // a copy goes on where the original was
		if f.Step() != nil || !f.Done() {
			t.Fatalf("copy %d is not done", i)
		}
	}
	if got := string(forks[2].Out); got != `(7 8) "x") 1]` {
		t.Errorf("a copy printed %s", got)
	}
}

func TestEqualStopsAtUnrealisedCells(t *testing.T) {
	for _, c := range []struct {
		a     []Value
		b     Value
		equal bool
		cells int
	}{
		{[]Value{Int(1), Int(2)}, Vec(Int(1), Int(2)), true, 2},
		{[]Value{Int(1), Int(2)}, Vec(Int(5), Int(2)), false, 1},
		{[]Value{Int(1), Int(2)}, ListOf(Int(1)), false, 2},
		{nil, Vec(), true, 0},
	} {
		a, realise := lazyList(c.a...)
		if len(c.a) == 0 {
			a = ListOf()
		}
		n := 0
		cmp := NewComparison(Vec(a), Vec(c.b))
		for cell := cmp.Step(); cell != nil; cell = cmp.Step() {
			n++
			realise(cell)
		}
		if cmp.Equal() != c.equal || n != c.cells {
			t.Errorf("%v against %s: %t after %d cells", c.a, PrString(c.b), cmp.Equal(), n)
		}
	}
}

func TestWalkerFindsEveryCellOnce(t *testing.T) {
	var vs []Value
	for i := range int64(1000) {
		vs = append(vs, Int(i))
	}
	l, realise := lazyList(vs...)
	v := Obj(NewMap(K("a"), Vec(Int(1), Obj(NewSet(K("x"))), l), K("b"), Obj(NewRepeat(Int(1), -1).Obj())))
	w, n := NewWalker(v), 0
	for cell := w.Step(); cell != nil; cell = w.Step() {
		realise(cell)
		n++
	}
	if n != 1000 || Unrealised(v) != nil {
		t.Errorf("found %d cells", n)
	}
}

// TestMillionDeep nests a million vectors, lists and maps: no recursion in Go
// may follow them down.
func TestMillionDeep(t *testing.T) {
	nest := func(n int) Value {
		v := K("end")
		for i := range n {
			switch i % 3 {
			case 0:
				v = Vec(v)
			case 1:
				v = Obj(NewCons(v, Nil))
			case 2:
				v = Obj(NewMap(K("k"), v))
			}
		}
		return v
	}
	a, b := nest(1_000_000), nest(1_000_000)
	if !Equal(a, b) {
		t.Error("deep values differ")
	}
	if Hash(a) != Hash(b) {
		t.Error("deep values hash differently")
	}
	a, b = nest(100_000), nest(100_000)
	if !Same(a, b) {
		t.Error("deep values differ to Erlang")
	}
	if s := PrString(a); !strings.Contains(s, ":end") {
		t.Errorf("printed %d bytes", len(s))
	}
	if s := Inspect(a); !strings.Contains(s, ":end") {
		t.Errorf("inspected %d bytes", len(s))
	}
	if TermCompare(a, b) != 0 {
		t.Error("deep values are ordered")
	}
	if Unrealised(a) != nil {
		t.Error("found a cell")
	}
	if got := outcome(func() Value { return Int(int64(Compare(Vec(deepVec()), Vec(deepVec())))) }); !strings.HasPrefix(got, "StackOverflowError") {
		t.Error(got)
	}
}

func deepVec() Value {
	v := Int(1)
	for range 5000 {
		v = Vec(v)
	}
	return v
}

func TestHashOfKeysNestedBeyondTheBound(t *testing.T) {
	m := NewMap(deepVec(), Int(1))
	if v, ok := m.Get(deepVec()); !ok || v.AsInt() != 1 {
		t.Error("a deep key is not found")
	}
	s := NewSet(deepVec(), deepVec())
	if s.Len() != 1 {
		t.Error("a deep element is there twice")
	}
}

func TestKeysNestedBeyondTheBound(t *testing.T) {
	nest := func(n int) Value {
		v := Int(1)
		for range n {
			v = Obj(NewSet(v))
		}
		return v
	}
	if !Equal(nest(500), nest(500)) {
		t.Error("nested sets differ")
	}
	if got := outcome(func() Value { return Bool(Equal(nest(5000), nest(5000))) }); !strings.HasPrefix(got, "StackOverflowError") {
		t.Error(got)
	}
}

func TestEndlessSequencesAreRefused(t *testing.T) {
	ones := NewRepeat(Int(1), -1)
	for name, f := range map[string]func() Value{
		"hash":            func() Value { return Int(int64(Hash(ones))) },
		"hash of a range": func() Value { return Int(int64(Hash(NewRange(0, 1<<60, 1)))) },
		"count":           func() Value { return Int(int64(Count(ones))) },
		"slice":           func() Value { return Vec(ToSlice(ones)...) },
		"range":           func() Value { return Vec(ToSlice(NewRange(0, 1<<60, 1))...) },
	} {
		if got := outcome(f); !strings.HasPrefix(got, "OutOfMemoryError") {
			t.Errorf("%s: %s", name, got)
		}
	}
	if !Equal(ones, NewRepeat(Int(1), -1)) || Equal(ones, NewRepeat(Int(2), -1)) || Equal(ones, NewRepeat(Int(1), 3)) {
		t.Error("endless sequences compare wrongly")
	}
	if !Equal(NewRange(0, 1<<60, 1), NewRange(0, 1<<60, 1)) || Equal(NewRange(0, 1<<60, 1), NewRange(0, 1<<60, 2)) || !Equal(NewRange(0, 1, 1), NewRange(0, 2, 2)) {
		t.Error("ranges compare wrongly")
	}
	if Count(NewRepeat(Nil, 5)) != 5 || !Equal(NewRepeat(Int(1), 2), Vec(Int(1), Int(1))) {
		t.Error("a repetition that ends does not")
	}
	if s := Inspect(ones); !strings.HasSuffix(s, "...") {
		t.Error("printing has no end")
	}
}
