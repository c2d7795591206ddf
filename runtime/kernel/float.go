package kernel

import (
	"math"
	"math/big"
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
)

// nearest rounds a half away from zero, and gives no -0.0.
func nearest(f float64) float64 { return math.Round(f) + 0 }

func floatNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Float/round", Min: 1, Max: 2, Args: "float, precision \\\\ 0", Pure: rounded("round", nearest, roundHalfAway), Doc: "float rounded to so many decimals. Float.round(3.14159, 2) #=> 3.14"},
		{Name: "Float/floor", Min: 1, Max: 2, Args: "number, precision \\\\ 0", Pure: rounded("floor", math.Floor, floorQuotient), Doc: "float rounded down. Float.floor(1.75, 1) #=> 1.7"},
		{Name: "Float/ceil", Min: 1, Max: 2, Args: "number, precision \\\\ 0", Pure: rounded("ceil", math.Ceil, ceilQuotient), Doc: "float rounded up. Float.ceil(1.25, 1) #=> 1.3"},
		{Name: "Float/parse", Min: 1, Max: 1, Args: "binary", Pure: parseFloat, Doc: "{float, rest} of the number that binary begins with, or :error. Float.parse(\"1.5a\") #=> {1.5, \"a\"}"},
		{Name: "Float/to_string", Min: 1, Max: 1, Args: "float", Pure: func(args []lang.Value) lang.Value { return lang.Str(floatText(args)) }, Doc: "float as the shortest text that reads back the same. Float.to_string(0.1) #=> \"0.1\""},
		{Name: "Float/to_charlist", Min: 1, Max: 1, Args: "float", Pure: func(args []lang.Value) lang.Value { return charlist(floatText(args)) }, Doc: "float as a charlist. Float.to_charlist(1.5) #=> '1.5'"},
		{Name: "Float/ratio", Min: 1, Max: 1, Args: "float", Pure: ratio, Doc: "{numerator, denominator} of exactly this float. Float.ratio(0.5) #=> {1, 2}"},
		{Name: "Float/pow", Min: 2, Max: 2, Args: "base, exponent", Pure: func(args []lang.Value) lang.Value {
			if !args[0].IsFloat() || !lang.IsNumber(args[1]) {
				noClause("Float", "pow", args)
			}
			return finite("**", lang.Float(math.Pow(args[0].AsFloat(), lang.ToFloat(args[1]))), args)
		}, Doc: "base to the power of exponent. Float.pow(2.0, 3) #=> 8.0"},
		{Name: "Float/max_finite", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Float(math.MaxFloat64) }, Doc: "The greatest float."},
		{Name: "Float/min_finite", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Float(-math.MaxFloat64) }, Doc: "The smallest float."},
	}
}

func floatArg(mod, fun string, args []lang.Value, i int) float64 {
	if !args[i].IsFloat() {
		noClause(mod, fun, args)
	}
	return args[i].AsFloat()
}

// rounded makes a rounding to a number of decimals: whole rounds without
// decimals, quotient the exact fraction that a float scaled by 10^n is.
func rounded(name string, whole func(float64) float64, quotient func(num, den *big.Int) *big.Int) pure {
	return func(args []lang.Value) lang.Value {
		full := append(args[:1:1], optional(args, 1, lang.Int(0)))
		if lang.IsInteger(args[0]) && name != "round" {
			return lang.Float(lang.ToFloat(args[0]))
		}
		f, n := floatArg("Float", name, full, 0), intArg("Float", name, full, 1)
		if n < 0 || n > 15 {
			argumentError("precision " + lang.String(lang.Int(n)) + " is out of valid range of 0..15")
		}
		if n == 0 {
			return lang.Float(whole(f))
		}
		if math.Abs(f) >= 1<<53 {
			return args[0]
		}
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil)
		x := new(big.Rat).Mul(new(big.Rat).SetFloat64(f), new(big.Rat).SetInt(scale))
		r, _ := new(big.Rat).SetFrac(quotient(x.Num(), x.Denom()), scale).Float64()
		return lang.Float(r)
	}
}

func floorQuotient(num, den *big.Int) *big.Int { return new(big.Int).Div(num, den) }

func ceilQuotient(num, den *big.Int) *big.Int {
	return new(big.Int).Neg(new(big.Int).Div(new(big.Int).Neg(num), den))
}

func roundHalfAway(num, den *big.Int) *big.Int {
	two := big.NewInt(2)
	twice := new(big.Int).Mul(new(big.Int).Abs(num), two)
	q := new(big.Int).Quo(twice.Add(twice, den), new(big.Int).Mul(den, two))
	if num.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

// floatPrefix gives the length of the float or integer that s begins with, and
// whether there is one: digits with an optional point and digits, and exponent.
func floatPrefix(s string) int {
	at := 0
	if at < len(s) && (s[at] == '+' || s[at] == '-') {
		at++
	}
	run := func() int {
		start := at
		for at < len(s) && s[at] >= '0' && s[at] <= '9' {
			at++
		}
		return at - start
	}
	if run() == 0 {
		return 0
	}
	end := at
	if at < len(s) && s[at] == '.' {
		at++
		if run() == 0 {
			return end
		}
		end = at
	}
	if at < len(s) && (s[at] == 'e' || s[at] == 'E') {
		at++
		if at < len(s) && (s[at] == '+' || s[at] == '-') {
			at++
		}
		if run() > 0 {
			end = at
		}
	}
	return end
}

func parseFloat(args []lang.Value) lang.Value {
	s := binaryArg("Float", "parse", args, 0)
	n := floatPrefix(s)
	f, err := strconv.ParseFloat(s[:n], 64)
	if n == 0 {
		return errorAtom
	}
	if err != nil {
		argumentError("the float " + s[:n] + " is out of range")
	}
	return lang.Vec(lang.Float(f), lang.Str(s[n:]))
}

// toFloat is String.to_float, and erlang's binary_to_float.
func toFloat(args []lang.Value) lang.Value {
	s, ok := args[0].AsString()
	if !ok {
		badArg(0, "not a binary")
	}
	return floatOf(s)
}

// floatOf gives the float that a text spells, which must have a point.
func floatOf(s string) lang.Value {
	f, err := strconv.ParseFloat(s, 64)
	point := false
	for _, c := range s {
		point = point || c == '.'
	}
	if n := floatPrefix(s); err != nil || n != len(s) || !point {
		badArg(0, "not a textual representation of a float")
	}
	return lang.Float(f)
}

func floatText(args []lang.Value) string {
	if !args[0].IsFloat() {
		badArg(0, "not a float")
	}
	return lang.FormatElixirFloat(args[0].AsFloat())
}

func ratio(args []lang.Value) lang.Value {
	r := new(big.Rat).SetFloat64(floatArg("Float", "ratio", args, 0))
	return lang.Vec(lang.Norm(lang.Big(new(big.Int).Set(r.Num()))), lang.Norm(lang.Big(new(big.Int).Set(r.Denom()))))
}
