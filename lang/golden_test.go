package lang

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
)

func bigOf(s string) Value { i, _ := new(big.Int).SetString(s, 10); return Big(i) }

func decOf(s string) Value { d, _ := ParseDecimal(s); return Obj(d) }

func ratio(n, d int64) Value { return NewRatio(big.NewInt(n), big.NewInt(d)) }

func nsKw(ns, name string) Value { return Kw(InternKeyword(ns, name)) }

// mixed are values of every kind, in the order in which they were given to a
// real Clojure 1.11.1 for the hashes and the map below.
func mixed() []Value {
	var vs []Value
	for i := int64(-3); i < 12; i++ {
		vs = append(vs, Int(i))
	}
	return append(vs, K("a"), K("b"), K("c"), nsKw("user", "x"), nsKw("foo", "bar"), Str("a"), Str("hello"), Str(""), Str("日本"), Str("😀x"),
		Sym("sym"), Obj(NewSymbol("a", "b")), Char('a'), Char(' '), ratio(1, 2), ratio(22, 7), Float(1.5), Float(math.Copysign(0, -1)), Float(0), Float(1e10),
		Vec(Int(1), Int(2)), Vec(), ListOf(), ListOf(Int(1), Int(2)), Obj(NewMap()), Obj(NewMap(K("a"), Int(1))), Obj(NewSet()), Obj(NewSet(Int(1), Int(2))),
		Int(10000000000), bigOf("12345678901234567890"), bigOf("-5"), decOf("1.5"), decOf("1.50"), decOf("100"), decOf("0"), decOf("-12345678901234567890.5"),
		True, False, Nil, Float(math.Inf(1)), bigOf("-98765432109876543210987"), ratio(-1, 3))
}

const mixedHashes = `-1797448787 -1438076027 1651860712 0 1392991556 -971005196 -1556392013 -803074778 1740791543 1795257809 -137604029 -153401025
1887164919 -289985220 1225912407 -2123407586 1482224470 -1763192079 2085900660 -1386151538 1455541201 1715862179 0 1762503263 -1998616508 195671222
-1172211204 97 32 3 17 1073217536 0 0 1644339295 156247261 -2017569654 -2017569654 156247261 -15128758 1772842048 -15128758 460223544 1151135 -1436577082
1222806974 466 466 29 0 -1337890913 1231 1237 0 2146435072 1079154186 -4`

func TestHashIsClojures(t *testing.T) {
	want := strings.Fields(mixedHashes)
	for i, v := range mixed() {
		if got := strconv.Itoa(int(int32(Hash(v)))); got != want[i] {
			t.Errorf("hash of %s = %s, want %s", PrString(v), got, want[i])
		}
	}
}

const mixedCodes = `2 1 0 0 1 2 3 4 5 6 7 8 9 10 11 1013910569 1013910508 1013910699 1017511315 1020301321 97 99162322 0 835047 54959989
-1633278483 -1640525104 97 32 3 17 1073217536 -2147483648 0 1644339295 994 1 1 994 0 1013910568 0 3 1410065410 -1436577082 4 466 4652 3100 0
-1337890913 1231 1237 0 2146435072 1079154186 -4`

func TestHashCodeIsJavas(t *testing.T) {
	want := strings.Fields(mixedCodes)
	for i, v := range mixed() {
		if v.IsBool() {
			continue // (or false 0) was asked
		}
		if got := strconv.Itoa(int(int32(HashCode(v)))); got != want[i] {
			t.Errorf("hash code of %s = %s, want %s", PrString(v), got, want[i])
		}
	}
}

func TestHashOfCollections(t *testing.T) {
	point := &RecordType{Class: &Class{Name: "user.P"}, Fields: []*Keyword{InternKeyword("", "x"), InternKeyword("", "y")}}
	inst, _ := ParseInst("2020-01-02T03:04:05.678Z")
	for _, c := range []struct {
		v    Value
		want int32
	}{
		{Obj(NewRecord(point, []Value{Int(1), Int(2)})), 2140674666},
		{Obj(inst), 1681247809},
		{Obj(EmptySortedMap.Assoc(Int(1), Int(2)).Assoc(Int(3), Int(4))), -812819982},
		{NewRange(0, 5, 1), -160844199},
		{Obj(NewMap(Int(1), Obj(NewMap(Int(2), Int(3))), K("a"), Vec(Obj(NewSet(Str("x")))))), -1861352764},
		{Vec(Nil), 965192274}, {ListOf(Nil), 965192274}, {Vec(Vec()), 138577571}, {Obj(NewMap(Nil, Nil)), -1730596701}, {decOf("1.1"), 342}, {Float(-1.5), -1074266112},
	} {
		if got := int32(Hash(c.v)); got != c.want {
			t.Errorf("hash of %s = %d, want %d", PrString(c.v), got, c.want)
		}
	}
	if got := String(Obj(NewRecord(point, []Value{Int(1), Str("a")}))); got != "user.P@78de23af" {
		t.Error(got)
	}
}

func setOf(n int64, f func(i int64) Value) Value {
	s := EmptySet
	for i := int64(0); i < n; i++ {
		s = s.Conj(f(i))
	}
	return Obj(s)
}

func TestOrderIsClojures(t *testing.T) {
	m := EmptyMap
	for i, v := range mixed() {
		m = m.Assoc(v, Int(int64(i)))
	}
	zip := EmptyMap
	for i := int64(0); i < 20; i++ {
		zip = zip.Assoc(K("k"+strconv.Itoa(int(i))), Int(i))
	}
	sevens := EmptyMap
	for i := int64(0); i < 9; i++ {
		sevens = sevens.Assoc(Int(7*i), Int(i))
	}
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Obj(NewSet(Int(1), Int(3), Int(2))), "#{1 3 2}"},
		{Obj(m), `{nil 53, 0 3, "" 22, -0.0 33, 0M 49, ##Inf 54, 1.5 31, \space 28, {:a 1} 40, \a 27, 1/2 29, 7 10, "hello" 21, "😀x" 24, 1 4, -2 1, 4 7, 12345678901234567890N 44, -1 2, [] 37, -98765432109876543210987N 55, {} 39, #{} 41, -3 0, :foo/bar 19, true 51, 22/7 30, 6 9, :c 17, "a" 20, 1.5M 47, 3 6, :user/x 18, 2 5, false 52, sym 25, :b 16, 11 14, 9 12, 5 8, #{1 2} 42, 10 13, a/b 26, -1/3 56, 100M 48, [1 2] 38, -5N 45, :a 15, 1.0E10 34, 10000000000 43, 8 11, "日本" 23, -12345678901234567890.5M 50}`},
		{Obj(zip), `{:k19 19, :k8 8, :k11 11, :k18 18, :k5 5, :k12 12, :k7 7, :k13 13, :k9 9, :k15 15, :k6 6, :k16 16, :k17 17, :k0 0, :k10 10, :k3 3, :k4 4, :k14 14, :k1 1, :k2 2}`},
		{Obj(sevens), `{0 0, 7 1, 21 3, 56 8, 28 4, 35 5, 14 2, 42 6, 49 7}`},
		{Obj(NewHashMap(K("a"), Int(1), K("b"), Int(2), K("c"), Int(3))), "{:c 3, :b 2, :a 1}"},
		{Obj(NewMap(K("a"), Int(1), K("b"), Int(2), K("c"), Int(3))), "{:a 1, :b 2, :c 3}"},
		{setOf(50, Int), "#{0 7 20 27 1 24 39 46 4 15 48 21 31 32 40 33 13 22 36 41 43 29 44 6 28 25 34 17 3 12 2 23 47 35 19 11 9 5 14 45 26 16 38 30 10 18 42 37 8 49}"},
		{setOf(40, func(i int64) Value { return Str(strconv.Itoa(int(i))) }), `#{"9" "3" "34" "22" "26" "4" "8" "28" "14" "30" "21" "33" "20" "19" "17" "25" "15" "7" "5" "18" "36" "12" "13" "27" "24" "35" "6" "38" "39" "1" "0" "37" "11" "32" "2" "16" "10" "31" "23" "29"}`},
		{setOf(20, func(i int64) Value { return Sym("s" + strconv.Itoa(int(i))) }), "#{s10 s1 s17 s5 s3 s15 s12 s2 s14 s7 s11 s6 s0 s19 s16 s8 s4 s13 s9 s18}"},
		{setOf(20, func(i int64) Value { return Div(Int(i), Int(7)) }), "#{0 6/7 5/7 4/7 3/7 1 2/7 1/7 15/7 13/7 12/7 11/7 10/7 9/7 8/7 19/7 2 18/7 17/7 16/7}"},
		{setOf(20, func(i int64) Value { return Mul(Int(i), Float(1.1)) }), "#{0.0 16.5 5.5 11.0 20.900000000000002 13.200000000000001 3.3000000000000003 6.6000000000000005 9.9 19.8 7.700000000000001 15.400000000000002 14.3 1.1 4.4 2.2 17.6 8.8 18.700000000000003 12.100000000000001}"},
		{setOf(12, func(i int64) Value { return Vec(Int(i), Int(i+1)) }), "#{[8 9] [2 3] [6 7] [3 4] [7 8] [11 12] [10 11] [5 6] [4 5] [9 10] [1 2] [0 1]}"},
		{Obj(NewSet(Str("Aa"), Str("BB"), Str("AaAa"), Str("BBBB"), Str("AaBB"), Str("BBAa"))), `#{"AaAa" "BBBB" "AaBB" "BBAa" "Aa" "BB"}`},
		{Obj(setOf(40, Int).Obj().(*Set).Disj(Int(5)).Disj(Int(7))), "#{0 20 27 1 24 39 4 15 21 31 32 33 13 22 36 29 6 28 25 34 17 3 12 2 23 35 19 11 9 14 26 16 38 30 10 18 37 8}"},
	} {
		if got := PrString(c.v); got != c.want {
			t.Errorf("printed\n%s, want\n%s", got, c.want)
		}
		s, _ := SeqOf(c.v)
		var parts []string
		for _, x := range ToSlice(s) {
			parts = append(parts, PrString(x))
		}
		if len(parts) != Count(c.v) {
			t.Errorf("a sequence of %d elements over %s", len(parts), c.want)
		}
	}
}
