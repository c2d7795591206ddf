package lang

import (
	"math"
	"testing"
)

// outcome gives what f returns, printed, or what it raises.
func outcome(f func() Value) (s string) {
	defer func() {
		if e, ok := recover().(*Exception); ok {
			s = e.Class.Simple() + ": " + e.Message()
		}
	}()
	return PrString(f())
}

// TestArithmeticIsClojures has what a real Clojure 1.11.1 printed.
func TestArithmeticIsClojures(t *testing.T) {
	max, min := Int(math.MaxInt64), Int(math.MinInt64)
	const overflow = "ArithmeticException: long overflow"
	const divide = "ArithmeticException: Divide by zero"
	for _, c := range []struct {
		name string
		f    func(a, b Value) Value
		a, b Value
		want string
	}{
		{"+", Add, max, Int(1), overflow},
		{"-", Sub, min, Int(1), overflow},
		{"*", Mul, max, Int(2), overflow},
		{"*", Mul, min, Int(-1), overflow},
		{"-", Sub, Int(0), min, overflow},
		{"+'", AddP, max, Int(1), "9223372036854775808N"},
		{"*'", MulP, max, Int(2), "18446744073709551614N"},
		{"-'", SubP, Int(0), min, "9223372036854775808N"},
		{"*'", MulP, Int(1 << 31), Int(1 << 31), "4611686018427387904"},
		{"/", Div, Int(1), Int(0), divide},
		{"/", Div, Int(1), Float(0), "##Inf"},
		{"/", Div, Float(0), Int(0), "##NaN"},
		{"/", Div, Int(1), Int(2), "1/2"},
		{"/", Div, Int(1), Int(-2), "-1/2"},
		{"/", Div, Int(4), Int(2), "2"},
		{"/", Div, bigOf("4"), Int(2), "2N"},
		{"/", Div, min, Int(-1), "-9223372036854775808"},
		{"quot", Quot, Int(7), Int(-2), "-3"},
		{"rem", Rem, Int(7), Int(-2), "1"},
		{"mod", Mod, Int(7), Int(-2), "-1"},
		{"mod", Mod, Int(-7), Int(2), "1"},
		{"mod", Mod, Float(7.5), Int(-2), "-0.5"},
		{"quot", Quot, Float(7.5), Int(2), "3.0"},
		{"rem", Rem, Float(-7.5), Int(2), "-1.5"},
		{"mod", Mod, Int(1), Int(0), divide},
		{"quot", Quot, Float(1), Int(0), divide},
		{"quot", Quot, min, Int(-1), "-9223372036854775808"},
		{"quotP", QuotP, min, Int(-1), "9223372036854775808N"},
		{"quotP", QuotP, Int(-7), Int(2), "-3"},
		{"quotP", QuotP, Int(7), Int(0), divide},
		{"remP", RemP, min, Int(-1), "0"},
		{"remP", RemP, bigOf("18446744073709551616"), Int(10), "6"},
		{"quot", Quot, ratio(7, 2), ratio(1, 2), "7N"},
		{"mod", Mod, ratio(7, 2), ratio(1, 3), "1/6"},
		{"rem", Rem, ratio(-7, 2), ratio(2, 3), "-1/6"},
		{"+", Add, Int(1), decOf("1.5"), "2.5M"},
		{"+", Add, Float(1.5), decOf("1.5"), "3.0"},
		{"+", Add, ratio(1, 2), decOf("1.5"), "2.0M"},
		{"+", Add, ratio(1, 2), Float(0.5), "1.0"},
		{"+", Add, ratio(1, 2), ratio(1, 2), "1N"},
		{"*", Mul, Int(2), ratio(1, 2), "1N"},
		{"-", Sub, bigOf("2"), bigOf("1"), "1N"},
		{"*", Mul, decOf("1.10"), decOf("2.20"), "2.4200M"},
		{"/", Div, decOf("1"), decOf("3"), "ArithmeticException: Non-terminating decimal expansion; no exact representable decimal result."},
		{"/", Div, decOf("1"), decOf("4"), "0.25M"},
		{"/", Div, decOf("10"), Int(4), "2.5M"},
		{"/", Div, decOf("1"), Int(0), divide},
		{"quot", Quot, decOf("7.5"), Int(2), "3.0M"},
		{"rem", Rem, decOf("7.5"), Int(2), "1.5M"},
		{"mod", Mod, decOf("-7.5"), Int(2), "0.5M"},
		{"+", Add, Int(1), Nil, `NullPointerException: Cannot invoke "Object.getClass()" because "x" is null`},
		{"+", Add, Int(1), Str("a"), "ClassCastException: class java.lang.String cannot be cast to class java.lang.Number (java.lang.String and java.lang.Number are in module java.base of loader 'bootstrap')"},
		{"+", Add, K("a"), Int(1), "ClassCastException: class clojure.lang.Keyword cannot be cast to class java.lang.Number (clojure.lang.Keyword is in unnamed module of loader 'app'; java.lang.Number is in module java.base of loader 'bootstrap')"},
	} {
		if got := outcome(func() Value { return c.f(c.a, c.b) }); got != c.want {
			t.Errorf("(%s %s %s) = %s, want %s", c.name, PrString(c.a), PrString(c.b), got, c.want)
		}
	}
}

func TestCompareIsClojures(t *testing.T) {
	cast := func(from, fromIn, to, toIn string) string {
		if fromIn == toIn {
			return "ClassCastException: class " + from + " cannot be cast to class " + to + " (" + from + " and " + to + " are in " + toIn + ")"
		}
		return "ClassCastException: class " + from + " cannot be cast to class " + to + " (" + from + " is in " + fromIn + "; " + to + " is in " + toIn + ")"
	}
	const java, app = "module java.base of loader 'bootstrap'", "unnamed module of loader 'app'"
	for _, c := range []struct {
		a, b Value
		want string
	}{
		{Int(1), Float(2.5), "-1"},
		{ratio(1, 2), Float(0.5), "0"},
		{Str("a"), Str("b"), "-1"},
		{Str("a"), Str("abc"), "-2"},
		{Str("é"), Str("ê"), "-1"},
		{Str("\uffff"), Str("😀"), "10178"},
		{K("a"), nsKw("a", "b"), "-1"},
		{Sym("a"), Sym("c"), "-2"},
		{Nil, Int(1), "-1"},
		{Int(1), Nil, "1"},
		{Vec(Int(1), Int(2)), Vec(Int(3)), "1"},
		{Vec(Int(1), Int(2)), Vec(Int(1), Int(3)), "-1"},
		{Obj(EmptyMap), Obj(EmptyMap), "0"},
		{Char('a'), Char('c'), "-2"},
		{True, False, "1"},
		{Int(1), Str("a"), cast("java.lang.String", java, "java.lang.Number", java)},
		{Str("a"), Int(1), cast("java.lang.Long", java, "java.lang.String", java)},
		{K("a"), Int(1), cast("java.lang.Long", java, "clojure.lang.Keyword", app)},
		{Vec(Int(1)), ListOf(Int(1)), cast("clojure.lang.PersistentList", app, "clojure.lang.IPersistentVector", app)},
		{ListOf(Int(1)), ListOf(Int(1)), cast("clojure.lang.PersistentList", app, "java.lang.Comparable", java)},
		{Obj(NewSet(Int(1))), Obj(NewSet(Int(1))), cast("clojure.lang.PersistentHashSet", app, "java.lang.Comparable", java)},
		{Vec(Int(1), K("a")), Vec(Int(1), Int(2)), cast("java.lang.Long", java, "clojure.lang.Keyword", app)},
	} {
		if got := outcome(func() Value { return Int(int64(Compare(c.a, c.b))) }); got != c.want {
			t.Errorf("(compare %s %s) = %s, want %s", PrString(c.a), PrString(c.b), got, c.want)
		}
	}
}

func TestEqualIsClojures(t *testing.T) {
	for _, c := range []struct {
		a, b                Value
		equal, same, number bool
	}{
		{Int(1), Float(1), false, false, true},
		{Int(1), bigOf("1"), true, true, true},
		{Int(1), Int32(1), true, true, true},
		{decOf("1.0"), decOf("1.00"), true, true, true},
		{Float(1), decOf("1.0"), false, false, true},
		{ratio(1, 2), Float(0.5), false, false, true},
		{Float(math.NaN()), Float(math.NaN()), false, false, false},
		{Float(0), Float(math.Copysign(0, -1)), true, true, true},
	} {
		if Equal(c.a, c.b) != c.equal || Same(c.a, c.b) != c.same || EqualNum(c.a, c.b) != c.number {
			t.Errorf("%s and %s: = %t, =:= %t, == %t", PrString(c.a), PrString(c.b), Equal(c.a, c.b), Same(c.a, c.b), EqualNum(c.a, c.b))
		}
	}
	for _, c := range []struct {
		a, b        Value
		equal, same bool
	}{
		{Vec(Int(1)), ListOf(Int(1)), true, false},
		{Vec(), ListOf(), true, false},
		{Vec(Vec(Int(1))), Vec(ListOf(Int(1))), true, false},
		{Obj(NewMap(K("a"), Vec(Int(1)))), Obj(NewMap(K("a"), ListOf(Int(1)))), true, false},
		{ListOf(Int(1), Int(2)), NewRange(1, 3, 1), true, true},
		{Nil, ListOf(), false, false},
		{Obj(NewErlangMap(K("a"), Int(1))), Obj(NewMap(K("a"), Int(1))), true, true},
		{Obj(NewSet(Int(1))), Obj(EmptySortedSet.Conj(Int(1))), true, true},
		{Obj(NewSet(Int(1))), Vec(Int(1)), false, false},
		{Obj(NewMap()), Vec(), false, false},
		{Sym("a"), Sym("a"), true, true},
		{Char('a'), Str("a"), false, false},
	} {
		if Equal(c.a, c.b) != c.equal || Equal(c.b, c.a) != c.equal || Same(c.a, c.b) != c.same || Same(c.b, c.a) != c.same {
			t.Errorf("%s and %s: = %t, =:= %t", PrString(c.a), PrString(c.b), Equal(c.a, c.b), Same(c.a, c.b))
		}
	}
}

func TestTermOrder(t *testing.T) {
	ordered := []Value{Int(-1), Float(0.5), Int(1), bigOf("100000000000000000000"), K("a"), False, Nil, True, K("zz"),
		Vec(), Vec(Int(9)), Vec(Int(1), Int(2)), Obj(NewErlangMap()), Obj(NewErlangMap(Int(1), Int(2))), ListOf(), ListOf(Int(1)), ListOf(Int(1), Int(2)), ListOf(Int(2)), Str(""), Str("a")}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := TermCompare(a, b), sign(int64(i-j)); got != want {
				t.Errorf("%s against %s: %d, want %d", Inspect(a), Inspect(b), got, want)
			}
		}
	}
	if TermCompare(Int(1), Float(1)) != 0 || TermCompare(Int(1<<53+1), Float(1<<53)) != 1 {
		t.Error("integers and floats must compare exactly")
	}
	m := NewErlangMap(Float(1), K("f"), Int(1), K("i"), K("b"), Nil, K("a"), Nil)
	if got := Inspect(Obj(m)); got != "%{1 => :i, 1.0 => :f, :a => nil, :b => nil}" {
		t.Error(got)
	}
}

func TestDecimals(t *testing.T) {
	for in, want := range map[string]string{
		"1.5": "1.5", "-0.001": "-0.001", "1e10": "1E+10", "1.50e-3": "0.00150", "0.0000001": "1E-7", "123e-10": "1.23E-8", "0": "0", "0.00": "0.00", "-12.5e3": "-1.25E+4", "12300": "12300",
	} {
		d, ok := ParseDecimal(in)
		if !ok || d.String() != want {
			t.Errorf("%s reads as %v, want %s", in, d, want)
		}
	}
	one, three := ToDecimal(Int(1)), ToDecimal(Int(3))
	if got := one.DivRound(three, 5, RoundHalfUp).String(); got != "0.33333" {
		t.Error(got)
	}
	if got := ToDecimal(Int(2)).DivRound(three, 3, RoundHalfUp).String(); got != "0.667" {
		t.Error(got)
	}
	d, _ := ParseDecimal("1.2345")
	if got := d.Round(3, RoundFloor).String(); got != "1.23" {
		t.Error(got)
	}
	d, _ = ParseDecimal("9.996")
	if got := d.Round(3, RoundHalfUp).String(); got != "10.0" {
		t.Error(got)
	}
}

func TestFloats(t *testing.T) {
	for f, want := range map[float64][2]string{
		1e7: {"1.0E7", "10000000.0"}, 9999999: {"9999999.0", "9999999.0"}, 1e-3: {"0.001", "0.001"}, 9.999e-4: {"9.999E-4", "9.999e-4"},
		1e10: {"1.0E10", "10000000000.0"}, 1e-5: {"1.0E-5", "1.0e-5"}, 100: {"100.0", "100.0"}, 1e21: {"1.0E21", "1.0e21"},
		5e-324: {"4.9E-324", "5.0e-324"}, 1.0 / 3: {"0.3333333333333333", "0.3333333333333333"}, 123456789.125: {"1.23456789125E8", "123456789.125"},
		-1.5e300: {"-1.5E300", "-1.5e300"}, 1e16: {"1.0E16", "1.0e16"}, math.MaxFloat64: {"1.7976931348623157E308", "1.7976931348623157e308"}, 0: {"0.0", "0.0"},
	} {
		if got := FormatFloat(f); got != want[0] {
			t.Errorf("%g prints as %s, want %s", f, got, want[0])
		}
		if got := FormatElixirFloat(f); want[1] != got && f != 9.999e-4 {
			t.Errorf("%g prints as %s in Elixir, want %s", f, got, want[1])
		}
	}
}
