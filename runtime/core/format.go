package core

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
)

var (
	unknownConversion = lang.DefineClass("java.util.UnknownFormatConversionException", lang.FormatException)
	missingArgument   = lang.DefineClass("java.util.MissingFormatArgumentException", lang.FormatException)
	wrongConversion   = lang.DefineClass("java.util.IllegalFormatConversionException", lang.FormatException)
	missingWidth      = lang.DefineClass("java.util.MissingFormatWidthException", lang.FormatException)
)

// spec is one format specifier: %[index$][flags][width][.precision]conversion.
type spec struct {
	text       string
	index      int // of the argument, from 1; 0: the next one, -1: the last one again
	flags      string
	width      int // -1: none
	precision  int // -1: none
	conversion byte
}

func (s *spec) has(flag byte) bool { return strings.IndexByte(s.flags, flag) >= 0 }

// Format makes text of args as format, a format string of
// java.util.Formatter, says. It knows all conversions but those of dates and
// of hexadecimal floats. The arguments must be realised.
func Format(format string, args []lang.Value) string {
	var b strings.Builder
	next, last := 0, -1
	for i := 0; i < len(format); {
		if format[i] != '%' {
			n := strings.IndexByte(format[i:], '%')
			if n < 0 {
				n = len(format) - i
			}
			b.WriteString(format[i : i+n])
			i += n
			continue
		}
		s := parseSpec(format[i:])
		i += len(s.text)
		switch s.conversion {
		case 'n':
			b.WriteByte('\n')
			continue
		case '%':
			b.WriteString(s.pad("%"))
			continue
		}
		switch s.index {
		case 0:
			last = next
			next++
		case -1:
		default:
			last = s.index - 1
		}
		if last < 0 || last >= len(args) {
			lang.Raise(missingArgument, "Format specifier '%s'", s.text)
		}
		b.WriteString(s.format(args[last]))
	}
	return b.String()
}

// parseSpec reads the specifier at the start of t.
func parseSpec(t string) *spec {
	s := &spec{width: -1, precision: -1}
	i := 1
	number := func() int {
		n, start := 0, i
		for i < len(t) && t[i] >= '0' && t[i] <= '9' && i-start < 7 {
			n = 10*n + int(t[i]-'0')
			i++
		}
		if i == start {
			return -1
		}
		return n
	}
	if n := number(); n > 0 && i < len(t) && t[i] == '$' {
		s.index = n
		i++
	} else {
		i = 1
	}
	if i < len(t) && t[i] == '<' {
		s.index = -1
		i++
	}
	start := i
	for i < len(t) && strings.IndexByte("-#+ 0,(", t[i]) >= 0 {
		i++
	}
	s.flags = t[start:i]
	s.width = number()
	if i < len(t) && t[i] == '.' {
		i++
		if s.precision = number(); s.precision < 0 {
			lang.Raise(unknownConversion, "Conversion = '.'")
		}
	}
	if i == len(t) {
		lang.Raise(unknownConversion, "Conversion = '%c'", t[i-1])
	}
	s.conversion = t[i]
	s.text = t[:i+1]
	if s.width < 0 && (s.has('-') || s.has('0')) {
		lang.Raise(missingWidth, "%s", s.text)
	}
	return s
}

// format makes text of one argument.
func (s *spec) format(v lang.Value) string {
	out := ""
	switch s.conversion | 0x20 {
	case 's':
		out = s.cut(nullText(v))
	case 'b':
		out = s.cut(strconv.FormatBool(v.Truthy()))
	case 'h':
		out = "null"
		if !v.IsNil() {
			out = strconv.FormatUint(uint64(lang.HashCode(v)), 16)
		}
		out = s.cut(out)
	case 'c':
		out = s.char(v)
	case 'd', 'o', 'x':
		out = s.integer(v)
	case 'e', 'f', 'g':
		out = s.float(v)
	default:
		lang.Raise(unknownConversion, "Conversion = '%c'", s.conversion)
	}
	if s.conversion < 'a' {
		if strings.IndexByte("DOCF", s.conversion) >= 0 && s.conversion != 'C' {
			lang.Raise(unknownConversion, "Conversion = '%c'", s.conversion)
		}
		out = strings.ToUpper(out)
	}
	return s.pad(out)
}

// cut cuts a text to the precision.
func (s *spec) cut(t string) string {
	if s.precision < 0 || utf8.RuneCountInString(t) <= s.precision {
		return t
	}
	return slice(t, 0, int64(s.precision))
}

// pad fills a text up to the width.
func (s *spec) pad(t string) string {
	n := s.width - utf8.RuneCountInString(t)
	switch {
	case n <= 0:
		return t
	case s.has('-'):
		return t + strings.Repeat(" ", n)
	}
	return strings.Repeat(" ", n) + t
}

// refuse raises that the conversion is not for such an argument.
func (s *spec) refuse(v lang.Value) {
	lang.Raise(wrongConversion, "%c != %s", s.conversion, lang.ClassOf(v).Name)
}

func (s *spec) char(v lang.Value) string {
	switch {
	case v.IsNil():
		return "null"
	case v.IsChar():
		return string(v.AsChar())
	case v.IsInt32():
		return string(rune(v.AsInt()))
	}
	s.refuse(v)
	return ""
}

func (s *spec) integer(v lang.Value) string {
	if v.IsNil() {
		return "null"
	}
	if !v.IsFixed() {
		s.refuse(v)
	}
	i := v.AsInt()
	base := map[byte]int{'o': 8, 'x': 16}[s.conversion|0x20]
	if base == 0 {
		digits := strings.TrimPrefix(strconv.FormatInt(i, 10), "-")
		return s.signed(digits, i < 0)
	}
	u := uint64(i)
	if v.IsInt32() {
		u = uint64(uint32(i))
	}
	digits := strconv.FormatUint(u, base)
	if s.has('#') {
		digits = map[int]string{8: "0", 16: "0x"}[base] + digits
	}
	return s.zeros(digits, 0)
}

// signed adds sign, grouping and leading zeros to the digits of a number.
func (s *spec) signed(digits string, negative bool) string {
	if s.has(',') {
		digits = grouped(digits)
	}
	before, after := "", ""
	switch {
	case negative && s.has('('):
		before, after = "(", ")"
	case negative:
		before = "-"
	case s.has('+'):
		before = "+"
	case s.has(' '):
		before = " "
	}
	return before + s.zeros(digits, len(before)+len(after)) + after
}

// zeros puts zeros in front of digits that the flag 0 wants; taken is the
// width that something else needs.
func (s *spec) zeros(digits string, taken int) string {
	if n := s.width - taken - len(digits); s.has('0') && n > 0 {
		return strings.Repeat("0", n) + digits
	}
	return digits
}

// grouped puts a comma between the thousands.
func grouped(digits string) string {
	whole, rest := digits, ""
	if i := strings.IndexByte(digits, '.'); i >= 0 {
		whole, rest = digits[:i], digits[i:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + rest
}

func (s *spec) float(v lang.Value) string {
	d, ok := v.Obj().(*lang.Decimal)
	switch {
	case v.IsNil():
		return "null"
	case v.IsFloat():
		f := v.AsFloat()
		switch {
		case math.IsNaN(f):
			return "NaN"
		case math.IsInf(f, 0):
			plain := *s
			plain.flags = strings.Trim(s.flags, "0,")
			return plain.signed("Infinity", f < 0)
		}
		d, _ = lang.ParseDecimal(strconv.FormatFloat(f, 'f', -1, 64))
	case !ok:
		s.refuse(v)
	}
	negative := d.Unscaled().Sign() < 0 || v.IsFloat() && math.Signbit(v.AsFloat())
	return s.signed(s.digits(d), negative)
}

// digits gives the absolute value of d in the form of the conversion, rounded
// half up as Java rounds.
func (s *spec) digits(d *lang.Decimal) string {
	precision := s.precision
	if precision < 0 {
		precision = 6
	}
	switch s.conversion | 0x20 {
	case 'e':
		return scientific(d, precision)
	case 'g':
		precision = max(precision, 1)
		if d.Unscaled().Sign() == 0 {
			return fixed(d, precision-1)
		}
		r := d.Round(precision, lang.RoundHalfUp)
		exponent := r.Precision() - r.Scale() - 1
		if exponent < -4 || exponent >= precision {
			return scientific(d, precision-1)
		}
		return fixed(d, precision-1-exponent)
	}
	return fixed(d, precision)
}

// fixed gives the absolute value of d with some digits behind the point.
func fixed(d *lang.Decimal, places int) string {
	digits := new(big.Int).Abs(d.SetScale(places, lang.RoundHalfUp).Unscaled()).String()
	if len(digits) <= places {
		digits = strings.Repeat("0", places-len(digits)+1) + digits
	}
	if places == 0 {
		return digits
	}
	return digits[:len(digits)-places] + "." + digits[len(digits)-places:]
}

// scientific gives the absolute value of d with one digit in front of the
// point, some behind it, and an exponent.
func scientific(d *lang.Decimal, places int) string {
	digits, exponent := "0", 0
	if d.Unscaled().Sign() != 0 {
		r := d.Round(places+1, lang.RoundHalfUp)
		digits = new(big.Int).Abs(r.Unscaled()).String()
		exponent = len(digits) - r.Scale() - 1
	}
	digits += strings.Repeat("0", max(0, places+1-len(digits)))
	sign := "+"
	if exponent < 0 {
		sign, exponent = "-", -exponent
	}
	exp := strconv.Itoa(exponent)
	if len(exp) < 2 {
		exp = "0" + exp
	}
	if places == 0 {
		return digits[:1] + "e" + sign + exp
	}
	return digits[:1] + "." + digits[1:places+1] + "e" + sign + exp
}
