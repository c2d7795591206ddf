package clojure

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// maxDigits bounds a number's length: to read one takes time in proportion to
// its square.
const maxDigits = 200_000

// number reads a number.
func (p *parser) number(t *lexer.Token) lang.Value { return p.numberOf(t, t.Value) }

// numberOf reads the number that s spells, a part of the token t.
func (p *parser) numberOf(t *lexer.Token, s string) lang.Value {
	if n, ok := smallInt(s); ok {
		return lang.Int(n)
	}
	if len(s) > maxDigits {
		p.fail(t, classNumber, "Number longer than %d characters", maxDigits)
	}
	if v, ok := p.integer(t, s); ok {
		return v
	}
	if v, ok := p.ratio(t, s); ok {
		return v
	}
	if body, exact := strings.CutSuffix(s, "M"); isDecimal(body) {
		if exact {
			if d, ok := lang.ParseDecimal(body); ok {
				return lang.Obj(d)
			}
			p.fail(t, classNumber, "Invalid number: %s", s)
		}
		f, _ := strconv.ParseFloat(body, 64) // out of range: infinite, as in Java
		return lang.Float(f)
	}
	p.fail(t, classNumber, "Invalid number: %s", s)
	return lang.Nil
}

// smallInt reads the common case: up to 18 decimal digits.
func smallInt(s string) (n int64, ok bool) {
	digits := s
	if s[0] == '-' || s[0] == '+' {
		digits = s[1:]
	}
	if len(digits) == 0 || len(digits) > 18 || digits[0] == '0' && len(digits) > 1 {
		return 0, false
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if s[0] == '-' {
		n = -n
	}
	return n, true
}

// integer reads an integer in any base, with or without the N of a big one.
func (p *parser) integer(t *lexer.Token, s string) (lang.Value, bool) {
	digits, base, neg := s, 10, s[0] == '-'
	if neg || s[0] == '+' {
		digits = digits[1:]
	}
	digits, isBig := strings.CutSuffix(digits, "N")
	switch r := strings.IndexAny(digits, "rR"); {
	case strings.HasPrefix(digits, "0x") || strings.HasPrefix(digits, "0X"):
		digits, base = digits[2:], 16
	case r == 1 || r == 2 && digits[0] != '0':
		var err error
		if base, err = strconv.Atoi(digits[:r]); err != nil {
			return lang.Nil, false
		}
		if isBig { // a digit of that base
			digits, isBig = digits+"N", false
		}
		digits = digits[r+1:]
		if digits == "" || !validDigits(digits, 36) {
			return lang.Nil, false
		}
		p.checkRadix(t, digits, base)
	case len(digits) > 1 && digits[0] == '0' && validDigits(digits, 10):
		digits, base = digits[1:], 8
		if !validDigits(digits, 8) { // nor is it a float
			p.fail(t, classNumber, "Invalid number: %s", s)
		}
	}
	if digits == "" || !validDigits(digits, base) {
		return lang.Nil, false
	}
	n, _ := new(big.Int).SetString(digits, base)
	if neg {
		n.Neg(n)
	}
	if isBig || !n.IsInt64() {
		return lang.Obj(n), true
	}
	return lang.Int(n.Int64()), true
}

// checkRadix fails where digits are none of a number in base.
func (p *parser) checkRadix(t *lexer.Token, digits string, base int) {
	switch {
	case base < 2 || base > 36:
		p.fail(t, classNumber, "Radix out of range")
	case !validDigits(digits, base):
		p.fail(t, classNumber, "For input string: %q under radix %d", digits, base)
	}
}

// validDigits reports whether all of s are digits in base.
func validDigits(s string, base int) bool {
	for i := range len(s) {
		if digitValue(s[i]) >= base {
			return false
		}
	}
	return true
}

// ratio reads a ratio, which is an integer if it can be.
func (p *parser) ratio(t *lexer.Token, s string) (lang.Value, bool) {
	num, den, ok := strings.Cut(s, "/")
	abs := strings.TrimPrefix(strings.TrimPrefix(num, "+"), "-")
	if !ok || len(num)-len(abs) > 1 || abs == "" || den == "" || !validDigits(abs, 10) || !validDigits(den, 10) {
		return lang.Nil, false
	}
	n, _ := new(big.Int).SetString(num, 10)
	d, _ := new(big.Int).SetString(den, 10)
	if d.Sign() == 0 {
		p.fail(t, classArithmetic, "Divide by zero")
	}
	return lang.Div(lang.Norm(lang.Big(n)), lang.Norm(lang.Big(d))), true
}

// isDecimal reports whether s is digits, perhaps with a fraction and an exponent.
func isDecimal(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "+"), "-")
	rest := strings.TrimLeft(s, "0123456789")
	if len(rest) == len(s) {
		return false
	}
	if fraction, ok := strings.CutPrefix(rest, "."); ok {
		rest = strings.TrimLeft(fraction, "0123456789")
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	exp := rest[1:]
	if exp != "" && (exp[0] == '+' || exp[0] == '-') {
		exp = exp[1:]
	}
	return exp != "" && validDigits(exp, 10)
}
