package core

import (
	"math"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// mathFn is a function of floats that both Math and clojure.math have.
type mathFn struct {
	java, clojure string // "" where one has it not
	f             any    // func(float64) float64 or func(a, b float64) float64
	doc           string
}

var mathFns = []mathFn{
	{"sqrt", "sqrt", math.Sqrt, "The square root."},
	{"cbrt", "cbrt", math.Cbrt, "The cube root."},
	{"pow", "pow", math.Pow, "a to the power b."},
	{"exp", "exp", math.Exp, "e to the power a."},
	{"expm1", "expm1", math.Expm1, "e to the power a, less one."},
	{"log", "log", math.Log, "The natural logarithm."},
	{"log10", "log10", math.Log10, "The logarithm to the base 10."},
	{"log1p", "log1p", math.Log1p, "The natural logarithm of a plus one."},
	{"sin", "sin", math.Sin, "The sine of an angle in radians."},
	{"cos", "cos", math.Cos, "The cosine of an angle in radians."},
	{"tan", "tan", math.Tan, "The tangent of an angle in radians."},
	{"asin", "asin", math.Asin, "The arc sine, in radians."},
	{"acos", "acos", math.Acos, "The arc cosine, in radians."},
	{"atan", "atan", math.Atan, "The arc tangent, in radians."},
	{"atan2", "atan2", math.Atan2, "The angle of the point (b, a), in radians."},
	{"sinh", "sinh", math.Sinh, "The hyperbolic sine."},
	{"cosh", "cosh", math.Cosh, "The hyperbolic cosine."},
	{"tanh", "tanh", math.Tanh, "The hyperbolic tangent."},
	{"hypot", "hypot", math.Hypot, "The square root of a squared and b squared."},
	{"floor", "floor", math.Floor, "The greatest whole number not above a, as a float."},
	{"ceil", "ceil", math.Ceil, "The least whole number not below a, as a float."},
	{"rint", "rint", math.RoundToEven, "The whole number next to a, the even one of two, as a float."},
	{"signum", "signum", signum, "The sign of a: -1.0, 0.0 or 1.0."},
	{"toRadians", "to-radians", func(a float64) float64 { return a / 180 * math.Pi }, "Degrees as radians."},
	{"toDegrees", "to-degrees", func(a float64) float64 { return a * 180 / math.Pi }, "Radians as degrees."},
	{"copySign", "copy-sign", math.Copysign, "a with the sign of b."},
	{"IEEEremainder", "IEEE-remainder", math.Remainder, "What is left of a over b, as IEEE 754 says."},
}

// native makes the native of the function under a name.
func (m mathFn) native(name string) *lang.Native {
	n := &lang.Native{Name: name, Min: 1, Max: 1, Args: "[a]", Doc: m.doc}
	switch f := m.f.(type) {
	case func(float64) float64:
		n.Pure = one(func(v lang.Value) lang.Value { return lang.Float(f(lang.ToFloat(v))) })
	case func(a, b float64) float64:
		n.Min, n.Max, n.Args = 2, 2, "[a b]"
		n.Pure = two(func(a, b lang.Value) lang.Value { return lang.Float(f(lang.ToFloat(a), lang.ToFloat(b))) })
	}
	return n
}

// mathNatives is the namespace clojure.math.
func mathNatives() []*lang.Native {
	out := []*lang.Native{
		{Name: "clojure.math/round", Min: 1, Max: 1, Args: "[a]", Pure: one(roundHalfUp), Doc: "The whole number next to a, the greater of two. (clojure.math/round 2.5) ;=> 3"},
		{Name: "clojure.math/random", Args: "[]", Run: randomFloat, Doc: "A random float from 0 to below 1."},
		{Name: "clojure.math/floor-div", Min: 2, Max: 2, Args: "[a b]", Pure: two(floorDiv), Doc: "a / b, rounded down."},
		{Name: "clojure.math/floor-mod", Min: 2, Max: 2, Args: "[a b]", Pure: two(lang.Mod), Doc: "What floor-div leaves over."},
	}
	for _, m := range mathFns {
		out = append(out, m.native("clojure.math/"+m.clojure))
	}
	return out
}

var mathStatics = append([]*lang.Native{
	{Name: "java.lang.Math/abs", Min: 1, Max: 1, Args: "[a]", Pure: one(abs), Doc: "The absolute value. (Math/abs -5) ;=> 5"},
	{Name: "java.lang.Math/max", Min: 2, Max: 2, Args: "[a b]", Pure: alike(math.Max, func(a, b lang.Value) bool { return lang.Lt(b, a) }), Doc: "The greater of two numbers. (Math/max 1 2) ;=> 2"},
	{Name: "java.lang.Math/min", Min: 2, Max: 2, Args: "[a b]", Pure: alike(math.Min, lang.Lt), Doc: "The lesser of two numbers."},
	{Name: "java.lang.Math/round", Min: 1, Max: 1, Args: "[a]", Pure: one(roundHalfUp), Doc: "The whole number next to a, the greater of two. (Math/round 2.5) ;=> 3"},
	{Name: "java.lang.Math/random", Args: "[]", Run: randomFloat, Doc: "A random float from 0 to below 1."},
	{Name: "java.lang.Math/floorMod", Min: 2, Max: 2, Args: "[a b]", Pure: two(lang.Mod), Doc: "What floorDiv leaves over. (Math/floorMod -7 2) ;=> 1"},
	{Name: "java.lang.Math/floorDiv", Min: 2, Max: 2, Args: "[a b]", Pure: two(floorDiv), Doc: "a / b, rounded down. (Math/floorDiv -7 2) ;=> -4"},
	{Name: "java.lang.Math/addExact", Min: 2, Max: 2, Args: "[a b]", Pure: two(lang.Add), Doc: "The sum, or an error where it leaves 64 bits."},
	{Name: "java.lang.Math/subtractExact", Min: 2, Max: 2, Args: "[a b]", Pure: two(lang.Sub), Doc: "The difference, or an error where it leaves 64 bits."},
	{Name: "java.lang.Math/multiplyExact", Min: 2, Max: 2, Args: "[a b]", Pure: two(lang.Mul), Doc: "The product, or an error where it leaves 64 bits."},
	{Name: "java.lang.Math/toIntExact", Min: 1, Max: 1, Args: "[a]", Pure: one(toInt), Doc: "a as an integer of 32 bits, or an error."},
}, javaMath()...)

func javaMath() []*lang.Native {
	var out []*lang.Native
	for _, m := range mathFns {
		out = append(out, m.native("java.lang.Math/"+m.java))
	}
	return out
}

func signum(a float64) float64 {
	switch {
	case a > 0:
		return 1
	case a < 0:
		return -1
	}
	return a
}

// alike makes Math's max and min: of floats if one is a float, of integers else.
func alike(floats func(a, b float64) float64, better func(a, b lang.Value) bool) pure {
	return two(func(a, b lang.Value) lang.Value {
		switch {
		case a.IsFloat() || b.IsFloat():
			return lang.Float(floats(lang.ToFloat(a), lang.ToFloat(b)))
		case better(number(a), number(b)):
			return a
		}
		return b
	})
}

// roundHalfUp is Math.round.
func roundHalfUp(v lang.Value) lang.Value {
	if v.IsFixed() {
		return lang.Int(v.AsInt())
	}
	f := math.Floor(lang.ToFloat(v))
	if lang.ToFloat(v)-f >= 0.5 {
		f++
	}
	switch {
	case math.IsNaN(f):
		return lang.Int(0)
	case f >= math.MaxInt64:
		return lang.Int(math.MaxInt64)
	case f <= math.MinInt64:
		return lang.Int(math.MinInt64)
	}
	return lang.Int(int64(f))
}

func floorDiv(a, b lang.Value) lang.Value {
	return lang.Quot(lang.Sub(a, lang.Mod(a, b)), b)
}

// randomFloat draws a float from 0 to below 1.
func randomFloat(p *runtime.Process, _ []lang.Value) lang.Value {
	return lang.Float(unitRandom(p))
}
