package core

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var numberNatives = []*lang.Native{
	{Name: "clojure.core/+", Max: -1, Args: "[] [x] [x y] [x y & more]", Pure: folded(lang.Int(0), lang.Add),
		Doc: "The sum of the numbers. Integers that leave 64 bits raise an error. (+ 1 2) ;=> 3"},
	{Name: "clojure.core/+'", Max: -1, Args: "[] [x] [x y] [x y & more]", Pure: folded(lang.Int(0), lang.AddP),
		Doc: "The sum of the numbers; integers grow beyond 64 bits where they must."},
	{Name: "clojure.core/*", Max: -1, Args: "[] [x] [x y] [x y & more]", Pure: folded(lang.Int(1), lang.Mul),
		Doc: "The product of the numbers. Integers that leave 64 bits raise an error. (* 2 3) ;=> 6"},
	{Name: "clojure.core/*'", Max: -1, Args: "[] [x] [x y] [x y & more]", Pure: folded(lang.Int(1), lang.MulP),
		Doc: "The product of the numbers; integers grow beyond 64 bits where they must."},
	{Name: "clojure.core/-", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: lessened(lang.Int(0), lang.Sub),
		Doc: "x less the other numbers, or -x alone. (- 5 2) ;=> 3"},
	{Name: "clojure.core/-'", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: lessened(lang.Int(0), lang.SubP),
		Doc: "x less the other numbers, or -x alone; integers grow beyond 64 bits where they must."},
	{Name: "clojure.core//", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Run: divide,
		Doc: "x divided by the other numbers, or 1/x alone. Integers give an exact ratio. (/ 7 2) ;=> 7/2"},
	{Name: "clojure.core/inc", Min: 1, Max: 1, Args: "[x]", Pure: one(lang.Inc), Doc: "x plus one. (inc 1) ;=> 2"},
	{Name: "clojure.core/dec", Min: 1, Max: 1, Args: "[x]", Pure: one(lang.Dec), Doc: "x less one. (dec 1) ;=> 0"},
	{Name: "clojure.core/inc'", Min: 1, Max: 1, Args: "[x]", Doc: "x plus one, growing beyond 64 bits where it must.",
		Pure: one(func(v lang.Value) lang.Value { return lang.AddP(v, lang.Int(1)) })},
	{Name: "clojure.core/dec'", Min: 1, Max: 1, Args: "[x]", Doc: "x less one, growing beyond 64 bits where it must.",
		Pure: one(func(v lang.Value) lang.Value { return lang.SubP(v, lang.Int(1)) })},
	{Name: "clojure.core/quot", Min: 2, Max: 2, Args: "[num div]", Pure: two(lang.Quot), Doc: "The whole part of num / div. (quot -7 2) ;=> -3"},
	{Name: "clojure.core/rem", Min: 2, Max: 2, Args: "[num div]", Pure: two(lang.Rem), Doc: "What quot leaves over; it has the sign of num. (rem -7 2) ;=> -1"},
	{Name: "clojure.core/mod", Min: 2, Max: 2, Args: "[num div]", Pure: two(lang.Mod), Doc: "num modulo div; it has the sign of div. (mod -7 2) ;=> 1"},
	{Name: "clojure.core/<", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: ordered(lang.Lt),
		Doc: "Whether each number is below the next. (< 1 2 3) ;=> true"},
	{Name: "clojure.core/<=", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: ordered(lang.Le),
		Doc: "Whether no number is above the next. (<= 1 1 2) ;=> true"},
	{Name: "clojure.core/>", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: ordered(func(a, b lang.Value) bool { return lang.Lt(b, a) }),
		Doc: "Whether each number is above the next. (> 3 2 1) ;=> true"},
	{Name: "clojure.core/>=", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: ordered(func(a, b lang.Value) bool { return lang.Le(b, a) }),
		Doc: "Whether no number is below the next. (>= 2 2 1) ;=> true"},
	{Name: "clojure.core/==", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: ordered(lang.EqualNum),
		Doc: "Whether the numbers have the same value, of whatever type. (== 1 1.0) ;=> true"},
	{Name: "clojure.core/max", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: extreme(func(a, b lang.Value) bool { return lang.Lt(b, a) }),
		Doc: "The greatest of the numbers. (max 1 3 2) ;=> 3"},
	{Name: "clojure.core/min", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Pure: extreme(lang.Lt),
		Doc: "The least of the numbers. (min 2 1 3) ;=> 1"},
	{Name: "clojure.core/abs", Min: 1, Max: 1, Args: "[a]", Pure: one(abs), Doc: "The absolute value. (abs -3) ;=> 3"},
	{Name: "clojure.core/zero?", Min: 1, Max: 1, Args: "[num]", Pure: holds(lang.IsZero), Doc: "Whether num is zero. (zero? 0.0) ;=> true"},
	{Name: "clojure.core/pos?", Min: 1, Max: 1, Args: "[num]", Doc: "Whether num is above zero.",
		Pure: holds(func(v lang.Value) bool { return lang.Lt(lang.Int(0), v) })},
	{Name: "clojure.core/neg?", Min: 1, Max: 1, Args: "[num]", Doc: "Whether num is below zero.",
		Pure: holds(func(v lang.Value) bool { return lang.Lt(v, lang.Int(0)) })},
	{Name: "clojure.core/even?", Min: 1, Max: 1, Args: "[n]", Pure: holds(even), Doc: "Whether the integer n is even. (even? 2) ;=> true"},
	{Name: "clojure.core/odd?", Min: 1, Max: 1, Args: "[n]", Pure: holds(func(v lang.Value) bool { return !even(v) }),
		Doc: "Whether the integer n is odd. (odd? 3) ;=> true"},
	{Name: "clojure.core/numerator", Min: 1, Max: 1, Args: "[r]", Doc: "The upper part of a ratio. (numerator 3/2) ;=> 3",
		Pure: one(func(v lang.Value) lang.Value {
			return lang.Norm(lang.Big(object[*lang.Ratio](v, lang.RatioClass).Num()))
		})},
	{Name: "clojure.core/denominator", Min: 1, Max: 1, Args: "[r]", Doc: "The lower part of a ratio. (denominator 3/2) ;=> 2",
		Pure: one(func(v lang.Value) lang.Value {
			return lang.Norm(lang.Big(object[*lang.Ratio](v, lang.RatioClass).Den()))
		})},
	{Name: "clojure.core/NaN?", Min: 1, Max: 1, Args: "[num]", Doc: "Whether num is the float that is no number.",
		Pure: holds(func(v lang.Value) bool { return math.IsNaN(lang.ToFloat(v)) })},
	{Name: "clojure.core/infinite?", Min: 1, Max: 1, Args: "[num]", Doc: "Whether num is infinite.",
		Pure: holds(func(v lang.Value) bool { return math.IsInf(lang.ToFloat(v), 0) })},
	{Name: "clojure.core/parse-long", Min: 1, Max: 1, Args: "[s]", Pure: one(parseLong), Doc: "The integer that s spells, nil if it spells none. (parse-long \"12\") ;=> 12"},
	{Name: "clojure.core/parse-double", Min: 1, Max: 1, Args: "[s]", Pure: one(parseDouble), Doc: "The float that s spells, nil if it spells none. (parse-double \"1.5\") ;=> 1.5"},
	{Name: "clojure.core/parse-boolean", Min: 1, Max: 1, Args: "[s]", Doc: "true or false as s spells them, else nil. (parse-boolean \"true\") ;=> true",
		Pure: one(func(v lang.Value) lang.Value {
			switch text(v) {
			case "true":
				return lang.True
			case "false":
				return lang.False
			}
			return lang.Nil
		})},
}

var bitNatives = []*lang.Native{
	{Name: "clojure.core/bit-and", Min: 2, Max: -1, Args: "[x y] [x y & more]", Pure: bits(func(a, b int64) int64 { return a & b }), Doc: "The bits set in all. (bit-and 6 3) ;=> 2"},
	{Name: "clojure.core/bit-or", Min: 2, Max: -1, Args: "[x y] [x y & more]", Pure: bits(func(a, b int64) int64 { return a | b }), Doc: "The bits set in any. (bit-or 6 3) ;=> 7"},
	{Name: "clojure.core/bit-xor", Min: 2, Max: -1, Args: "[x y] [x y & more]", Pure: bits(func(a, b int64) int64 { return a ^ b }), Doc: "The bits set in one but not both. (bit-xor 6 3) ;=> 5"},
	{Name: "clojure.core/bit-and-not", Min: 2, Max: -1, Args: "[x y] [x y & more]", Pure: bits(func(a, b int64) int64 { return a &^ b }), Doc: "The bits of x that are clear in the others."},
	{Name: "clojure.core/bit-not", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Int(^bitsOf(v)) }), Doc: "x with every bit flipped. (bit-not 0) ;=> -1"},
	{Name: "clojure.core/bit-shift-left", Min: 2, Max: 2, Args: "[x n]", Pure: bits(func(a, n int64) int64 { return a << (n & 63) }), Doc: "x shifted left by n bits. (bit-shift-left 1 4) ;=> 16"},
	{Name: "clojure.core/bit-shift-right", Min: 2, Max: 2, Args: "[x n]", Pure: bits(func(a, n int64) int64 { return a >> (n & 63) }), Doc: "x shifted right by n bits, keeping its sign. (bit-shift-right 16 2) ;=> 4"},
	{Name: "clojure.core/unsigned-bit-shift-right", Min: 2, Max: 2, Args: "[x n]", Pure: bits(func(a, n int64) int64 { return int64(uint64(a) >> (n & 63)) }), Doc: "x shifted right by n bits, filling with zeros."},
	{Name: "clojure.core/bit-set", Min: 2, Max: 2, Args: "[x n]", Pure: bits(func(a, n int64) int64 { return a | 1<<(n&63) }), Doc: "x with bit n set. (bit-set 0 3) ;=> 8"},
	{Name: "clojure.core/bit-clear", Min: 2, Max: 2, Args: "[x n]", Pure: bits(func(a, n int64) int64 { return a &^ (1 << (n & 63)) }), Doc: "x with bit n clear. (bit-clear 15 0) ;=> 14"},
	{Name: "clojure.core/bit-flip", Min: 2, Max: 2, Args: "[x n]", Pure: bits(func(a, n int64) int64 { return a ^ 1<<(n&63) }), Doc: "x with bit n flipped. (bit-flip 5 0) ;=> 4"},
	{Name: "clojure.core/bit-test", Min: 2, Max: 2, Args: "[x n]", Doc: "Whether bit n of x is set. (bit-test 5 0) ;=> true",
		Pure: two(func(a, b lang.Value) lang.Value { return lang.Bool(bitsOf(a)>>(bitsOf(b)&63)&1 == 1) })},
	{Name: "clojure.core/unchecked-add", Min: 2, Max: 2, Args: "[x y]", Pure: wrapping(lang.Add, func(a, b int64) int64 { return a + b }), Doc: "The sum, wrapping around at 64 bits."},
	{Name: "clojure.core/unchecked-subtract", Min: 2, Max: 2, Args: "[x y]", Pure: wrapping(lang.Sub, func(a, b int64) int64 { return a - b }), Doc: "The difference, wrapping around at 64 bits."},
	{Name: "clojure.core/unchecked-multiply", Min: 2, Max: 2, Args: "[x y]", Pure: wrapping(lang.Mul, func(a, b int64) int64 { return a * b }), Doc: "The product, wrapping around at 64 bits."},
	{Name: "clojure.core/unchecked-inc", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Int(integer(v) + 1) }), Doc: "x plus one, wrapping around at 64 bits."},
	{Name: "clojure.core/unchecked-dec", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Int(integer(v) - 1) }), Doc: "x less one, wrapping around at 64 bits."},
	{Name: "clojure.core/unchecked-negate", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Int(-integer(v)) }), Doc: "-x, wrapping around at 64 bits."},
	{Name: "clojure.core/unchecked-int", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Int32(int32(integer(v))) }), Doc: "The lowest 32 bits of x as an integer."},
	{Name: "clojure.core/unchecked-long", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Int(integer(v)) }), Doc: "x as an integer of 64 bits."},
	{Name: "clojure.core/unchecked-byte", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Int(int64(int8(integer(v)))) }), Doc: "The lowest 8 bits of x as a signed integer."},
}

var castNatives = []*lang.Native{
	{Name: "clojure.core/int", Min: 1, Max: 1, Args: "[x]", Pure: one(toInt), Doc: "x as an integer of 32 bits, cut towards zero; the code of a character. (int \\A) ;=> 65"},
	{Name: "clojure.core/long", Min: 1, Max: 1, Args: "[x]", Pure: one(toLong), Doc: "x as an integer of 64 bits, cut towards zero. (long 3.9) ;=> 3"},
	{Name: "clojure.core/short", Min: 1, Max: 1, Args: "[x]", Pure: ranged("short", math.MinInt16, math.MaxInt16), Doc: "x as an integer of 16 bits."},
	{Name: "clojure.core/byte", Min: 1, Max: 1, Args: "[x]", Pure: ranged("byte", math.MinInt8, math.MaxInt8), Doc: "x as an integer of 8 bits."},
	{Name: "clojure.core/double", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Float(lang.ToFloat(v)) }), Doc: "x as a float. (double 1/2) ;=> 0.5"},
	{Name: "clojure.core/float", Min: 1, Max: 1, Args: "[x]", Pure: one(toFloat32), Doc: "x as a float, rounded to 32 bits."},
	{Name: "clojure.core/num", Min: 1, Max: 1, Args: "[x]", Pure: one(number), Doc: "x, which must be a number."},
	{Name: "clojure.core/bigint", Min: 1, Max: 1, Args: "[x]", Pure: one(toBig), Doc: "x as an integer of any size. (bigint 5) ;=> 5N"},
	{Name: "clojure.core/biginteger", Min: 1, Max: 1, Args: "[x]", Pure: one(toBig), Doc: "x as an integer of any size."},
	{Name: "clojure.core/bigdec", Min: 1, Max: 1, Args: "[x]", Pure: one(toDecimal), Doc: "x as a decimal of any precision. (bigdec 1.5) ;=> 1.5M"},
	{Name: "clojure.core/rationalize", Min: 1, Max: 1, Args: "[num]", Pure: one(func(v lang.Value) lang.Value { return lang.Rationalize(v) }), Doc: "num as an exact number. (rationalize 0.5) ;=> 1/2"},
	{Name: "clojure.core/boolean", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.Truthy), Doc: "false for nil and false, else true. (boolean nil) ;=> false"},
	{Name: "clojure.core/char", Min: 1, Max: 1, Args: "[x]", Pure: one(toChar), Doc: "The character of a code. (char 65) ;=> \\A"},
}

func number(v lang.Value) lang.Value {
	if !lang.IsNumber(v) {
		panic(lang.CastError(v, lang.NumberClass))
	}
	return v
}

// folded makes the native of an operation that any number of operands go through.
func folded(unit lang.Value, f func(a, b lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value {
		switch len(args) {
		case 0:
			return unit
		case 1:
			return number(args[0])
		}
		acc := f(args[0], args[1])
		for _, v := range args[2:] {
			acc = f(acc, v)
		}
		return acc
	}
}

// lessened makes the native of an operation with an inverse: one operand
// alone is taken from the unit.
func lessened(unit lang.Value, f func(a, b lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value {
		if len(args) == 1 {
			return f(unit, args[0])
		}
		acc := args[0]
		for _, v := range args[1:] {
			acc = f(acc, v)
		}
		return acc
	}
}

// divide is /. It heeds *math-context*, which with-precision binds to a
// vector of a number of digits and the name of a way to round.
func divide(p *runtime.Process, args []lang.Value) lang.Value {
	for _, v := range args {
		if is[*lang.Decimal](v) {
			if c, ok := coreVar(p, "*math-context*").Get(p).Obj().(*lang.Vector); ok {
				return lessened(lang.Int(1), rounded(c))(args)
			}
		}
	}
	return lessened(lang.Int(1), lang.Div)(args)
}

func rounded(context *lang.Vector) func(a, b lang.Value) lang.Value {
	digits, mode := int(integer(context.Nth(0))), roundingOf(context)
	return func(a, b lang.Value) lang.Value {
		if a.IsFloat() || b.IsFloat() {
			return lang.Div(a, b)
		}
		d := lang.ToDecimal(b)
		if lang.IsZero(b) {
			lang.Raise(lang.ArithmeticException, "Divide by zero")
		}
		return lang.Obj(lang.ToDecimal(a).DivRound(d, digits, mode))
	}
}

func roundingOf(context *lang.Vector) lang.Rounding {
	if context.Len() > 1 && !context.Nth(1).IsNil() {
		return lang.Rounding(strings.ToUpper(strings.ReplaceAll(nameOf(context.Nth(1)), "-", "_")))
	}
	return lang.RoundHalfUp
}

func ordered(f func(a, b lang.Value) bool) pure {
	return func(args []lang.Value) lang.Value {
		for i := 1; i < len(args); i++ {
			if !f(args[i-1], args[i]) {
				return lang.False
			}
		}
		return lang.True
	}
}

// extreme gives the first of the numbers that is better than those before it.
// What is no number at all wins, as on the JVM.
func extreme(better func(a, b lang.Value) bool) pure {
	return func(args []lang.Value) lang.Value {
		best := number(args[0])
		for _, v := range args[1:] {
			nan := v.IsFloat() && math.IsNaN(v.AsFloat())
			if best.IsFloat() && math.IsNaN(best.AsFloat()) {
				number(v)
			} else if better(v, best) || nan {
				best = v
			}
		}
		return best
	}
}

func abs(v lang.Value) lang.Value {
	switch {
	case v.IsFloat():
		return lang.Float(math.Abs(v.AsFloat()))
	case v.IsFixed() && v.AsInt() == math.MinInt64:
		return v
	case lang.Lt(v, lang.Int(0)):
		return lang.Neg(v)
	}
	return v
}

func even(v lang.Value) bool {
	if v.IsFixed() {
		return v.AsInt()&1 == 0
	}
	if i, ok := v.Obj().(*big.Int); ok {
		return i.Bit(0) == 0
	}
	lang.Raise(lang.IllegalArgumentException, "Argument must be an integer: %s", lang.DisplayString(v))
	return false
}

func bitsOf(v lang.Value) int64 {
	if !v.IsFixed() {
		if i, ok := v.Obj().(*big.Int); ok && i.IsInt64() {
			return i.Int64()
		}
		name := "null"
		if c := lang.ClassOf(v); c != nil {
			name = "class " + c.Name
		}
		lang.Raise(lang.IllegalArgumentException, "bit operation not supported for: %s", name)
	}
	return v.AsInt()
}

func bits(f func(a, b int64) int64) pure {
	return func(args []lang.Value) lang.Value {
		acc := f(bitsOf(args[0]), bitsOf(args[1]))
		for _, v := range args[2:] {
			acc = f(acc, bitsOf(v))
		}
		return lang.Int(acc)
	}
}

func wrapping(general func(a, b lang.Value) lang.Value, f func(a, b int64) int64) pure {
	return two(func(a, b lang.Value) lang.Value {
		if a.IsFixed() && b.IsFixed() {
			return lang.Int(f(a.AsInt(), b.AsInt()))
		}
		return general(a, b)
	})
}

func toLong(v lang.Value) lang.Value {
	if !v.IsChar() {
		number(v)
	}
	return lang.Int(lang.ToLong(v))
}

func toInt(v lang.Value) lang.Value {
	i := toLong(v).AsInt()
	if i < math.MinInt32 || i > math.MaxInt32 {
		lang.Raise(lang.IllegalArgumentException, "Value out of range for int: %s", lang.DisplayString(v))
	}
	return lang.Int32(int32(i))
}

func ranged(name string, low, high int64) pure {
	return one(func(v lang.Value) lang.Value {
		i := toLong(v).AsInt()
		if i < low || i > high {
			lang.Raise(lang.IllegalArgumentException, "Value out of range for %s: %s", name, lang.DisplayString(v))
		}
		return lang.Int(i)
	})
}

// toFloat32 rounds to 32 bits. The result is the float of 64 bits that prints
// alike, since there is no kind of value for the smaller one.
func toFloat32(v lang.Value) lang.Value {
	f := lang.ToFloat(v)
	if math.Abs(f) > math.MaxFloat32 && !math.IsInf(f, 0) {
		lang.Raise(lang.IllegalArgumentException, "Value out of range for float: %s", lang.DisplayString(v))
	}
	g, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', -1, 32), 64)
	return lang.Float(g)
}

func toBig(v lang.Value) lang.Value {
	if s, ok := v.AsString(); ok {
		i, ok := new(big.Int).SetString(s, 10)
		if !ok {
			badNumber(s)
		}
		return lang.Big(i)
	}
	return lang.Big(lang.ToBig(number(v)))
}

func toDecimal(v lang.Value) lang.Value {
	if s, ok := v.AsString(); ok {
		d, ok := lang.ParseDecimal(s)
		if !ok {
			badNumber(s)
		}
		return lang.Obj(d)
	}
	return lang.Obj(lang.ToDecimal(number(v)))
}

func badNumber(s string) {
	lang.Raise(lang.NumberFormatException, "For input string: %s", lang.PrString(lang.Str(s)))
}

func toChar(v lang.Value) lang.Value {
	if v.IsChar() {
		return v
	}
	i := integer(v)
	if i < 0 || i > 0x10FFFF {
		lang.Raise(lang.IllegalArgumentException, "Value out of range for char: %d", i)
	}
	return lang.Char(rune(i))
}

func parseLong(v lang.Value) lang.Value {
	i, err := strconv.ParseInt(text(v), 10, 64)
	if err != nil || strings.Contains(text(v), "_") {
		return lang.Nil
	}
	return lang.Int(i)
}

func parseDouble(v lang.Value) lang.Value {
	if f, ok := javaDouble(text(v)); ok {
		return lang.Float(f)
	}
	return lang.Nil
}

// javaDouble reads what Double.parseDouble reads.
func javaDouble(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	switch strings.TrimLeft(s, "+-") {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		return math.Inf(1 - 2*strings.Count(s, "-")), true
	}
	if t := strings.TrimRight(s, "dDfF"); len(s)-len(t) <= 1 {
		s = t
	}
	if strings.ContainsAny(s, "_iIxXpP") || strings.Contains(strings.ToLower(s), "nan") {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return 0, false
	}
	return f, true
}
