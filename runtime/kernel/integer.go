package kernel

import (
	"math/big"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

func integerNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Integer/is_odd", Min: 1, Max: 1, Args: "integer", Pure: test(func(v lang.Value) bool { return lang.IsInteger(v) && lang.ToBig(v).Bit(0) == 1 }), Doc: "Whether integer is odd. Integer.is_odd(3) #=> true"},
		{Name: "Integer/is_even", Min: 1, Max: 1, Args: "integer", Pure: test(func(v lang.Value) bool { return lang.IsInteger(v) && lang.ToBig(v).Bit(0) == 0 }), Doc: "Whether integer is even. Integer.is_even(2) #=> true"},
		{Name: "Integer/parse", Min: 1, Max: 2, Args: "binary, base \\\\ 10", Pure: parseInteger, Doc: "{integer, rest} of the number that binary begins with, or :error. Integer.parse(\"12a\") #=> {12, \"a\"}"},
		{Name: "Integer/to_string", Min: 1, Max: 2, Args: "integer, base \\\\ 10", Pure: func(args []lang.Value) lang.Value { return lang.Str(digitsText(args)) }, Doc: "integer as text in a base. Integer.to_string(255, 16) #=> \"FF\""},
		{Name: "Integer/to_charlist", Min: 1, Max: 2, Args: "integer, base \\\\ 10", Pure: func(args []lang.Value) lang.Value { return charlist(digitsText(args)) }, Doc: "integer as a charlist in a base. Integer.to_charlist(12) #=> '12'"},
		{Name: "Integer/digits", Min: 1, Max: 2, Args: "integer, base \\\\ 10", Pure: digits, Doc: "The digits of integer in a base. Integer.digits(123) #=> [1, 2, 3]"},
		{Name: "Integer/undigits", Min: 1, Max: 2, Seqs: arg0, Args: "digits, base \\\\ 10", Pure: undigits, Doc: "The integer of digits in a base. Integer.undigits([1, 2]) #=> 12"},
		{Name: "Integer/gcd", Min: 2, Max: 2, Args: "integer1, integer2", Pure: func(args []lang.Value) lang.Value {
			a, b := bigArg("Integer", "gcd", args, 0), bigArg("Integer", "gcd", args, 1)
			return lang.Norm(lang.Big(new(big.Int).GCD(nil, nil, new(big.Int).Abs(a), new(big.Int).Abs(b))))
		}, Doc: "The greatest integer that divides both. Integer.gcd(12, 18) #=> 6"},
		{Name: "Integer/extended_gcd", Min: 2, Max: 2, Args: "a, b", Pure: func(args []lang.Value) lang.Value {
			x, y := new(big.Int), new(big.Int)
			a, b := bigArg("Integer", "extended_gcd", args, 0), bigArg("Integer", "extended_gcd", args, 1)
			g := new(big.Int).GCD(x, y, a, b)
			return lang.Vec(lang.Norm(lang.Big(g)), lang.Norm(lang.Big(x)), lang.Norm(lang.Big(y)))
		}, Doc: "{g, m, n} with g the greatest common divisor and m * a + n * b == g. Integer.extended_gcd(240, 46) #=> {2, -9, 47}"},
		{Name: "Integer/mod", Min: 2, Max: 2, Args: "dividend, divisor", Pure: floored("rem", func(_, m lang.Value) lang.Value { return m }), Doc: "The remainder with the sign of the divisor. Integer.mod(-7, 2) #=> 1"},
		{Name: "Integer/floor_div", Min: 2, Max: 2, Args: "dividend, divisor", Pure: floored("div", func(q, _ lang.Value) lang.Value { return q }), Doc: "The quotient, rounded down. Integer.floor_div(-7, 2) #=> -4"},
		{Name: "Integer/pow", Min: 2, Max: 2, Args: "base, exponent", Pure: func(args []lang.Value) lang.Value {
			bigArg("Integer", "pow", args, 0)
			if bigArg("Integer", "pow", args, 1).Sign() < 0 {
				lang.RaiseReason(lang.K("badarith"))
			}
			return integerPower(args[0], args[1])
		}, Doc: "base to the power of exponent. Integer.pow(2, 100) #=> 1267650600228229401496703205376"},
	}
}

// baseArg gives the base in argument i, 10 if there is none.
func baseArg(mod, fun string, args []lang.Value, i int) int {
	if i >= len(args) {
		return 10
	}
	base := intArg(mod, fun, args, i)
	if base < 2 || base > 36 {
		argumentError("invalid base " + lang.String(args[i]))
	}
	return int(base)
}

func parseInteger(args []lang.Value) lang.Value {
	full := append(args[:1:1], optional(args, 1, lang.Int(10)))
	s, base := binaryArg("Integer", "parse", full, 0), baseArg("Integer", "parse", full, 1)
	end := 0
	if end < len(s) && (s[end] == '+' || s[end] == '-') {
		end++
	}
	start := end
	for end < len(s) && digitOf(s[end]) < base {
		end++
	}
	if end == start {
		return errorAtom
	}
	i, _ := new(big.Int).SetString(s[:end], base)
	return lang.Vec(lang.Norm(lang.Big(i)), lang.Str(s[end:]))
}

// digitOf gives the value of a digit, 99 of what is none.
func digitOf(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return 99
}

// digitsText gives an integer as text in a base.
func digitsText(args []lang.Value) string {
	if !lang.IsInteger(args[0]) {
		badArg(0, "not an integer")
	}
	base := 10
	if len(args) == 2 {
		if !args[1].IsInt() || args[1].AsInt() < 2 || args[1].AsInt() > 36 {
			badArg(1, "not an integer in the range 2 through 36")
		}
		base = int(args[1].AsInt())
	}
	return strings.ToUpper(lang.ToBig(args[0]).Text(base))
}

func digits(args []lang.Value) lang.Value {
	args = append(args[:1:1], optional(args, 1, lang.Int(10)))
	x := new(big.Int).Set(bigArg("Integer", "digits", args, 0))
	base := bigArg("Integer", "digits", args, 1)
	if base.Cmp(big.NewInt(2)) < 0 {
		noClause("Integer", "digits", args)
	}
	out := lang.EmptyList
	for {
		r := new(big.Int)
		x.QuoRem(x, base, r)
		out = out.Conj(lang.Norm(lang.Big(r)))
		if x.Sign() == 0 {
			return lang.Obj(out)
		}
	}
}

func undigits(args []lang.Value) lang.Value {
	base := big.NewInt(10)
	if len(args) == 2 {
		base = bigArg("Integer", "undigits", args, 1)
	}
	sum := new(big.Int)
	for _, d := range listArg("Integer", "undigits", args, 0) {
		if !lang.IsInteger(d) {
			noClause("Integer", "undigits", args)
		}
		x := lang.ToBig(d)
		if x.Cmp(base) >= 0 {
			argumentError("invalid digit " + lang.String(d) + " in base " + base.String())
		}
		sum.Add(sum.Mul(sum, base), x)
	}
	return lang.Norm(lang.Big(sum))
}

// floored makes a function of the quotient, rounded down, and the remainder.
func floored(op string, pick func(q, m lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value {
		a, b := args[0], args[1]
		if !lang.IsInteger(a) || !lang.IsInteger(b) || lang.IsZero(b) {
			badArith(op, a, b)
		}
		q, m := new(big.Int), new(big.Int)
		q.QuoRem(lang.ToBig(a), lang.ToBig(b), m)
		if m.Sign() != 0 && m.Sign() != lang.Sign(b) {
			q.Sub(q, big.NewInt(1))
			m.Add(m, lang.ToBig(b))
		}
		return pick(lang.Norm(lang.Big(q)), lang.Norm(lang.Big(m)))
	}
}

// toInteger is String.to_integer, and erlang's binary_to_integer.
func toInteger(args []lang.Value) lang.Value {
	s, ok := args[0].AsString()
	if !ok {
		badArg(0, "not a binary")
	}
	return integerOf(s, args)
}

// integerOf gives the integer that a text spells, in the base of argument 1.
func integerOf(s string, args []lang.Value) lang.Value {
	base := 10
	if len(args) == 2 {
		if !args[1].IsInt() || args[1].AsInt() < 2 || args[1].AsInt() > 36 {
			badArg(1, "not an integer in the range 2 through 36")
		}
		base = int(args[1].AsInt())
	}
	i, ok := new(big.Int).SetString(s, base)
	if !ok || strings.Contains(s, "_") {
		badArg(0, "not a textual representation of an integer")
	}
	return lang.Norm(lang.Big(i))
}
