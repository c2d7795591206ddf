package lang

import "testing"

func TestImproper(t *testing.T) {
	list := func(end Value) Value { return NewImproper([]Value{Int(1), Str("a")}, end) }
	a, b := list(Int(2)), list(Int(2))
	if got := Inspect(a); got != `[1, "a" | 2]` {
		t.Errorf("prints as %s", got)
	}
	if !Same(a, b) || Hash(a) != Hash(b) {
		t.Error("two lists of the same elements and end differ")
	}
	for _, other := range []Value{list(Int(3)), NewImproper([]Value{Int(1)}, Int(2)), ListOf(Int(1), Str("a"), Int(2)), Int(2)} {
		if Same(a, other) {
			t.Errorf("%s equals %s", Inspect(a), Inspect(other))
		}
	}
}

func TestFilter(t *testing.T) {
	ok, stop := InternKeyword("", "ok"), InternKeyword("", "stop")
	f := &Filter{Heads: []Head{{Tag: stop}, {Tuple: true, Len: 2, Tag: ok}, {Tuple: true, Len: 3}}}
	for _, c := range []struct {
		v    Value
		lets bool
	}{
		{Kw(stop), true}, {Kw(ok), false}, {Vec(Kw(ok), Int(1)), true}, {Vec(Kw(stop), Int(1)), false},
		{Vec(Int(1), Int(2), Int(3)), true}, {Vec(), false}, {Int(1), false}, {Nil, false}, {ListOf(Kw(ok), Int(1)), false},
	} {
		if got := f.Lets(c.v); got != c.lets {
			t.Errorf("%s: %t", Inspect(c.v), got)
		}
	}
}
