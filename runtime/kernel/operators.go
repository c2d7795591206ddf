package kernel

import (
	"math"
	"math/big"

	"github.com/conc-repl/conc-repl/lang"
)

// operatorNatives are the operators of Kernel as functions, for captures and
// apply; the compiler turns most uses into instructions.
func operatorNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Kernel/+", Min: 1, Max: 2, Args: "left, right", Pure: add, Doc: "The sum of two numbers. 1 + 2 #=> 3"},
		{Name: "Kernel/-", Min: 1, Max: 2, Args: "left, right", Pure: subtract, Doc: "The difference of two numbers, or a number with the other sign. 3 - 1 #=> 2"},
		{Name: "Kernel/*", Min: 2, Max: 2, Args: "left, right", Pure: arithmetic("*", lang.MulP), Doc: "The product of two numbers. 2 * 3 #=> 6"},
		{Name: "Kernel//", Min: 2, Max: 2, Args: "left, right", Pure: divide, Doc: "The quotient of two numbers, a float. 7 / 2 #=> 3.5"},
		{Name: "Kernel/div", Min: 2, Max: 2, Args: "dividend, divisor", Pure: integerDivision("div", lang.QuotP), Doc: "The quotient of two integers, cut towards zero. div(7, 2) #=> 3"},
		{Name: "Kernel/rem", Min: 2, Max: 2, Args: "dividend, divisor", Pure: integerDivision("rem", lang.RemP), Doc: "The remainder of two integers, with the sign of the dividend. rem(-7, 2) #=> -1"},
		{Name: "Kernel/**", Min: 2, Max: 2, Args: "left, right", Pure: power, Doc: "left to the power of right: an integer if both are and right is not negative. 2 ** 10 #=> 1024"},
		{Name: "Kernel/==", Min: 2, Max: 2, Args: "left, right", Pure: two(func(a, b lang.Value) lang.Value { return lang.Bool(lang.TermCompare(a, b) == 0) }), Doc: "Whether two terms are equal; 1 == 1.0. 1 == 1.0 #=> true"},
		{Name: "Kernel/!=", Min: 2, Max: 2, Args: "left, right", Pure: two(func(a, b lang.Value) lang.Value { return lang.Bool(lang.TermCompare(a, b) != 0) }), Doc: "Whether two terms differ. 1 != 2 #=> true"},
		{Name: "Kernel/===", Min: 2, Max: 2, Args: "left, right", Pure: two(func(a, b lang.Value) lang.Value { return lang.Bool(lang.Same(a, b)) }), Doc: "Whether two terms are the same; 1 is not 1.0. 1 === 1.0 #=> false"},
		{Name: "Kernel/!==", Min: 2, Max: 2, Args: "left, right", Pure: two(func(a, b lang.Value) lang.Value { return lang.Bool(!lang.Same(a, b)) }), Doc: "Whether two terms are not the same. 1 !== 1.0 #=> true"},
		{Name: "Kernel/<", Min: 2, Max: 2, Args: "left, right", Pure: ordered(func(c int) bool { return c < 0 }), Doc: "Whether left comes before right in the order of all terms. 1 < :a #=> true"},
		{Name: "Kernel/<=", Min: 2, Max: 2, Args: "left, right", Pure: ordered(func(c int) bool { return c <= 0 }), Doc: "Whether left does not come after right. 1 <= 1 #=> true"},
		{Name: "Kernel/>", Min: 2, Max: 2, Args: "left, right", Pure: ordered(func(c int) bool { return c > 0 }), Doc: "Whether left comes after right. 2 > 1 #=> true"},
		{Name: "Kernel/>=", Min: 2, Max: 2, Args: "left, right", Pure: ordered(func(c int) bool { return c >= 0 }), Doc: "Whether left does not come before right. 1 >= 1 #=> true"},
		{Name: "Kernel/not", Min: 1, Max: 1, Args: "value", Pure: one(not), Doc: "The other boolean. not true #=> false"},
		{Name: "Kernel/++", Min: 2, Max: 2, Seqs: arg0, Args: "left, right", Pure: two(appendList), Doc: "A list and another behind it. [1] ++ [2] #=> [1, 2]"},
		{Name: "Kernel/--", Min: 2, Max: 2, Seqs: arg0 | arg1, Args: "left, right", Pure: two(subtractList), Doc: "left without the first occurrence of each element of right. [1, 2, 1] -- [1] #=> [2, 1]"},
		{Name: "Kernel/<>", Min: 2, Max: 2, Args: "left, right", Pure: two(concatBinaries), Doc: "A binary and another behind it. \"a\" <> \"b\" #=> \"ab\""},
		{Name: "Kernel/=~", Min: 2, Max: 2, Args: "left, right", Pure: two(matches), Doc: "Whether a pattern or a text occurs in a text. \"abcd\" =~ \"bc\" #=> true"},
		{Name: "Kernel/..", Min: 0, Max: 2, Args: "first, last", Pure: rangeOperator, Doc: "The range from first to last. 1..3"},
		{Name: "Kernel/..//", Min: 3, Max: 3, Args: "first, last, step", Pure: rangeStep, Doc: "The range from first to last by step. 1..9//2"},
		{Name: "Kernel/abs", Min: 1, Max: 1, Args: "number", Pure: one(absolute), Doc: "A number without its sign. abs(-3) #=> 3"},
		{Name: "Kernel/max", Min: 2, Max: 2, Args: "first, second", Pure: two(func(a, b lang.Value) lang.Value {
			if lang.TermCompare(a, b) >= 0 {
				return a
			}
			return b
		}), Doc: "The greater of two terms. max(1, 2) #=> 2"},
		{Name: "Kernel/min", Min: 2, Max: 2, Args: "first, second", Pure: two(func(a, b lang.Value) lang.Value {
			if lang.TermCompare(a, b) <= 0 {
				return a
			}
			return b
		}), Doc: "The smaller of two terms. min(1, 2) #=> 1"},
		{Name: "Kernel/round", Min: 1, Max: 1, Args: "number", Pure: rounding(math.Round), Doc: "The nearest integer; a half goes away from zero. round(2.5) #=> 3"},
		{Name: "Kernel/trunc", Min: 1, Max: 1, Args: "number", Pure: rounding(math.Trunc), Doc: "A number cut towards zero. trunc(-2.7) #=> -2"},
		{Name: "Kernel/floor", Min: 1, Max: 1, Args: "number", Pure: rounding(math.Floor), Doc: "The greatest integer that is not above. floor(-2.1) #=> -3"},
		{Name: "Kernel/ceil", Min: 1, Max: 1, Args: "number", Pure: rounding(math.Ceil), Doc: "The smallest integer that is not below. ceil(2.1) #=> 3"},
		{Name: "Bitwise/band", Min: 2, Max: 2, Args: "left, right", Pure: bitwise("band", (*big.Int).And), Doc: "The bits that both have. Bitwise.band(6, 3) #=> 2"},
		{Name: "Bitwise/bor", Min: 2, Max: 2, Args: "left, right", Pure: bitwise("bor", (*big.Int).Or), Doc: "The bits that either has. Bitwise.bor(6, 3) #=> 7"},
		{Name: "Bitwise/bxor", Min: 2, Max: 2, Args: "left, right", Pure: bitwise("bxor", (*big.Int).Xor), Doc: "The bits that one of them has. Bitwise.bxor(6, 3) #=> 5"},
		{Name: "Bitwise/bnot", Min: 1, Max: 1, Args: "expr", Pure: bitNot, Doc: "All bits the other way. Bitwise.bnot(2) #=> -3"},
		{Name: "Bitwise/bsl", Min: 2, Max: 2, Args: "left, right", Pure: shift("bsl", 1), Doc: "left with its bits moved to the left. Bitwise.bsl(1, 2) #=> 4"},
		{Name: "Bitwise/bsr", Min: 2, Max: 2, Args: "left, right", Pure: shift("bsr", -1), Doc: "left with its bits moved to the right. Bitwise.bsr(4, 2) #=> 1"},
	}
}

// bitwiseOperators are the operators of Bitwise: its functions by other names.
func bitwiseOperators() []*lang.Native {
	names := map[string]string{"&&&": "band", "|||": "bor", "^^^": "bxor", "~~~": "bnot", "<<<": "bsl", ">>>": "bsr"}
	var out []*lang.Native
	for _, op := range sortedKeys(names) {
		for _, n := range operatorNatives() {
			if n.Name == "Bitwise/"+names[op] {
				alias := *n
				alias.Name = "Bitwise/" + op
				out = append(out, &alias)
			}
		}
	}
	return out
}

// arithmetic makes an operator of a function of numbers.
func arithmetic(op string, f func(a, b lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value {
		a, b := args[0], args[1]
		if !lang.IsNumber(a) || !lang.IsNumber(b) {
			badArith(op, a, b)
		}
		return finite(op, lang.Norm(f(a, b)), args)
	}
}

// finite raises if a result is no number: Erlang has no infinity.
func finite(op string, v lang.Value, args []lang.Value) lang.Value {
	if v.IsFloat() && (math.IsInf(v.AsFloat(), 0) || math.IsNaN(v.AsFloat())) {
		badArith(op, args...)
	}
	return v
}

func add(args []lang.Value) lang.Value {
	if len(args) == 2 {
		return arithmetic("+", lang.AddP)(args)
	}
	if !lang.IsNumber(args[0]) {
		badArith("+", args[0])
	}
	return args[0]
}

func subtract(args []lang.Value) lang.Value {
	if len(args) == 2 {
		return arithmetic("-", lang.SubP)(args)
	}
	if !lang.IsNumber(args[0]) {
		badArith("-", args[0])
	}
	if args[0].IsFloat() {
		return lang.Neg(args[0])
	}
	return lang.Norm(lang.SubP(lang.Int(0), args[0]))
}

func divide(args []lang.Value) lang.Value {
	a, b := args[0], args[1]
	if !lang.IsNumber(a) || !lang.IsNumber(b) || lang.IsZero(b) {
		badArith("/", a, b)
	}
	if a.IsFloat() || b.IsFloat() {
		return finite("/", lang.Float(lang.ToFloat(a)/lang.ToFloat(b)), args)
	}
	q, _ := new(big.Rat).SetFrac(lang.ToBig(a), lang.ToBig(b)).Float64()
	return finite("/", lang.Float(q), args)
}

// integerDivision makes div or rem.
func integerDivision(name string, f func(a, b lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value {
		a, b := args[0], args[1]
		if !lang.IsInteger(a) || !lang.IsInteger(b) || lang.IsZero(b) {
			badArith(name, a, b)
		}
		return f(a, b)
	}
}

func power(args []lang.Value) lang.Value {
	a, b := args[0], args[1]
	switch {
	case !lang.IsNumber(a) || !lang.IsNumber(b):
		badArith("**", a, b)
	case lang.IsInteger(a) && lang.IsInteger(b) && lang.Sign(b) >= 0:
		return integerPower(a, b)
	}
	return finite("**", lang.Float(math.Pow(lang.ToFloat(a), lang.ToFloat(b))), args)
}

// maxBits bounds the integers that a power or a shift may make.
const maxBits = 1 << 26

func integerPower(a, b lang.Value) lang.Value {
	x := lang.ToBig(a)
	if !b.IsInt() || b.AsInt() > maxBits || x.BitLen() > 1 && int64(x.BitLen()-1)*b.AsInt() > maxBits {
		if x.BitLen() > 1 || !b.IsInt() {
			lang.RaiseReason(lang.K("system_limit"))
		}
	}
	return lang.Norm(lang.Big(new(big.Int).Exp(x, lang.ToBig(b), nil)))
}

// ordered makes a comparison by the order of terms.
func ordered(f func(c int) bool) pure {
	return func(args []lang.Value) lang.Value { return lang.Bool(f(lang.TermCompare(args[0], args[1]))) }
}

func not(v lang.Value) lang.Value {
	if !v.IsBool() {
		lang.RaiseReason(lang.K("badarg"))
	}
	return lang.Bool(!v.AsBool())
}

func appendList(a, b lang.Value) lang.Value {
	if !isList(a) {
		lang.RaiseCall(lang.K("badarg"), lang.K("erlang"), "++", a, b)
	}
	vs := lang.ToSlice(a)
	if len(vs) == 0 {
		return b
	}
	if l, ok := b.Obj().(*lang.List); ok && (l.Len() > 0 || len(vs) <= shortList) {
		for i := len(vs) - 1; i >= 0; i-- {
			l = l.Conj(vs[i])
		}
		return lang.Obj(l)
	}
	if isList(b) {
		return lang.NewChunkedCons(vs, b)
	}
	return lang.NewImproper(vs, b)
}

func subtractList(a, b lang.Value) lang.Value {
	if !isList(a) || !isList(b) {
		lang.RaiseCall(lang.K("badarg"), lang.K("erlang"), "--", a, b)
	}
	left := lang.NewMapBuilder(lang.EmptyErlangMap) // how many of each are to go
	for _, x := range lang.ToSlice(b) {
		n, _ := left.Get(x)
		count := int64(0)
		if n.IsInt() {
			count = n.AsInt()
		}
		left.Assoc(x, lang.Int(count+1))
	}
	var out []lang.Value
	for _, x := range lang.ToSlice(a) {
		if n, ok := left.Get(x); ok && n.AsInt() > 0 {
			left.Assoc(x, lang.Int(n.AsInt()-1))
			continue
		}
		out = append(out, x)
	}
	return list(out)
}

func concatBinaries(a, b lang.Value) lang.Value {
	x, ok := a.AsString()
	y, also := b.AsString()
	if ok && also {
		return lang.Str(x + y)
	}
	return joinBits([]lang.Value{a, b})
}

func absolute(v lang.Value) lang.Value {
	if !lang.IsNumber(v) {
		badArg(0, "not a number")
	}
	if v.IsFloat() {
		return lang.Float(math.Abs(v.AsFloat()))
	}
	if lang.Sign(v) < 0 {
		return lang.Norm(lang.SubP(lang.Int(0), v))
	}
	return v
}

// rounding makes a function from numbers to integers.
func rounding(f func(float64) float64) pure {
	return func(args []lang.Value) lang.Value {
		v := args[0]
		switch {
		case lang.IsInteger(v):
			return v
		case !v.IsFloat():
			badArg(0, "not a number")
		}
		return lang.Norm(lang.Big(lang.ToBig(lang.Float(f(v.AsFloat())))))
	}
}

func bitwise(name string, f func(z, a, b *big.Int) *big.Int) pure {
	return func(args []lang.Value) lang.Value {
		a, b := args[0], args[1]
		if !lang.IsInteger(a) || !lang.IsInteger(b) {
			badArith(name, a, b)
		}
		return lang.Norm(lang.Big(f(new(big.Int), lang.ToBig(a), lang.ToBig(b))))
	}
}

func bitNot(args []lang.Value) lang.Value {
	if !lang.IsInteger(args[0]) {
		badArith("bnot", args[0])
	}
	return lang.Norm(lang.Big(new(big.Int).Not(lang.ToBig(args[0]))))
}

// shift makes a shift to the left, or to the right if direction is negative.
func shift(name string, direction int64) pure {
	return func(args []lang.Value) lang.Value {
		a, b := args[0], args[1]
		if !lang.IsInteger(a) || !lang.IsInteger(b) {
			badArith(name, a, b)
		}
		if !b.IsInt() || b.AsInt() > maxBits || b.AsInt() < -maxBits {
			lang.RaiseReason(lang.K("system_limit"))
		}
		z := new(big.Int)
		if n := direction * b.AsInt(); n >= 0 {
			z.Lsh(lang.ToBig(a), uint(n))
		} else {
			z.Rsh(lang.ToBig(a), uint(-n))
		}
		return lang.Norm(lang.Big(z))
	}
}

func rangeOperator(args []lang.Value) lang.Value {
	if len(args) == 0 {
		return newRange(0, -1, 1)
	}
	if len(args) == 1 || !args[0].IsFixed() || !args[1].IsFixed() {
		argumentError("ranges (first..last) expect both sides to be integers, got: " + inspectPlain(nil, args[0]) + ".." + inspectPlain(nil, args[len(args)-1]))
	}
	step := int64(1)
	if args[0].AsInt() > args[1].AsInt() {
		step = -1
	}
	return newRange(args[0].AsInt(), args[1].AsInt(), step)
}

func rangeStep(args []lang.Value) lang.Value {
	for _, v := range args {
		if !v.IsFixed() {
			argumentError("ranges (first..last//step) expect both sides and the step to be integers, got: " + inspectPlain(nil, args[0]) + ".." + inspectPlain(nil, args[1]) + "//" + inspectPlain(nil, args[2]))
		}
	}
	if args[2].AsInt() == 0 {
		argumentError("ranges (first..last//step) expect the step to be a non-zero integer, got: " + inspectPlain(nil, args[0]) + ".." + inspectPlain(nil, args[1]) + "//0")
	}
	return newRange(args[0].AsInt(), args[1].AsInt(), args[2].AsInt())
}
