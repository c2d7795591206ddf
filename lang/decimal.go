package lang

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is a number of arbitrary precision in base ten, unscaled times ten
// to the power of -scale, as java.math.BigDecimal: 1.50M has scale 2.
type Decimal struct {
	unscaled *big.Int
	scale    int
}

// maxScale bounds a decimal's scale, so that no small text can stand for a number that fills the memory.
const maxScale = 100_000

// NewDecimal makes a decimal. It raises ArithmeticException if scale is out of range.
func NewDecimal(unscaled *big.Int, scale int) *Decimal {
	if scale > maxScale || scale < -maxScale {
		Raise(ArithmeticException, "Overflow: scale of a decimal beyond %d", maxScale)
	}
	return &Decimal{unscaled, scale}
}

func pow10(n int) *big.Int { return new(big.Int).Exp(bigTen, big.NewInt(int64(n)), nil) }

// ParseDecimal reads a decimal such as 1.50, -3 or 2e10, without the M.
func ParseDecimal(s string) (*Decimal, bool) {
	mantissa, exp := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e, err := strconv.Atoi(s[i+1:])
		if err != nil || e > maxScale || e < -maxScale {
			return nil, false
		}
		mantissa, exp = s[:i], e
	}
	whole, frac, _ := strings.Cut(mantissa, ".")
	u, ok := new(big.Int).SetString(whole+frac, 10)
	if !ok || strings.Contains(s, "_") || len(frac) > maxScale/2 {
		return nil, false
	}
	return &Decimal{u, len(frac) - exp}, true
}

// ToDecimal gives a number as a decimal. It raises ArithmeticException for a
// ratio that has none, NumberFormatException for what is not finite.
func ToDecimal(v Value) *Decimal {
	switch x := v.p.(type) {
	case *Decimal:
		return x
	case *Ratio:
		return (&Decimal{x.num, 0}).Div(&Decimal{x.den, 0})
	case floatTag:
		if f := v.AsFloat(); math.IsInf(f, 0) || math.IsNaN(f) {
			Raise(NumberFormatException, "Infinite or NaN")
		}
		d, _ := ParseDecimal(FormatFloat(v.AsFloat()))
		return d
	}
	mustRank(v)
	return &Decimal{toBig(v), 0}
}

// Unscaled gives the digits as an integer, not to be changed.
func (d *Decimal) Unscaled() *big.Int { return d.unscaled }

// Scale gives the number of digits behind the point; it may be negative.
func (d *Decimal) Scale() int { return d.scale }

// Precision gives the number of digits.
func (d *Decimal) Precision() int {
	return len(new(big.Int).Abs(d.unscaled).String())
}

// at gives the unscaled value at a scale no smaller than d's.
func (d *Decimal) at(scale int) *big.Int {
	if scale == d.scale {
		return d.unscaled
	}
	return mul(d.unscaled, pow10(scale-d.scale))
}

// Add gives d + e.
func (d *Decimal) Add(e *Decimal) *Decimal {
	s := max(d.scale, e.scale)
	return NewDecimal(sumOf(d.at(s), e.at(s)), s)
}

// Sub gives d - e.
func (d *Decimal) Sub(e *Decimal) *Decimal {
	s := max(d.scale, e.scale)
	return NewDecimal(new(big.Int).Sub(d.at(s), e.at(s)), s)
}

// Mul gives d * e.
func (d *Decimal) Mul(e *Decimal) *Decimal {
	return NewDecimal(mul(d.unscaled, e.unscaled), d.scale+e.scale)
}

func (d *Decimal) fraction() (*big.Int, *big.Int) {
	if d.scale <= 0 {
		return mul(d.unscaled, pow10(-d.scale)), bigOne
	}
	return d.unscaled, pow10(d.scale)
}

func (d *Decimal) float() float64 {
	n, den := d.fraction()
	f, _ := new(big.Rat).SetFrac(n, den).Float64()
	return f
}

// Div gives d / e exactly, at the scale of d less that of e or the next that
// does. It raises ArithmeticException if no decimal is the exact quotient.
func (d *Decimal) Div(e *Decimal) *Decimal {
	if e.unscaled.Sign() == 0 {
		raiseDivide()
	}
	prefer := d.scale - e.scale
	if d.unscaled.Sign() == 0 {
		return NewDecimal(new(big.Int), prefer)
	}
	q := new(big.Rat).SetFrac(d.unscaled, e.unscaled)
	rest, twos := factor(q.Denom(), 2)
	rest, fives := factor(rest, 5)
	if rest.Cmp(bigOne) != 0 {
		Raise(ArithmeticException, "Non-terminating decimal expansion; no exact representable decimal result.")
	}
	extra := max(twos, fives)
	return NewDecimal(new(big.Int).Quo(mul(q.Num(), pow10(extra)), q.Denom()), prefer+extra)
}

// factor divides n by p as often as it goes, and says how often.
func factor(n *big.Int, p int64) (*big.Int, int) {
	k, by := 0, big.NewInt(p)
	for {
		q, r := new(big.Int).QuoRem(n, by, new(big.Int))
		if r.Sign() != 0 {
			return n, k
		}
		n, k = q, k+1
	}
}

// Quo gives the whole part of d / e, at the scale of d less that of e where
// that takes only zeros away, as BigDecimal.divideToIntegralValue.
func (d *Decimal) Quo(e *Decimal) *Decimal {
	prefer := d.scale - e.scale
	s := max(d.scale, e.scale)
	q := &Decimal{new(big.Int).Quo(d.at(s), e.at(s)), 0}
	if prefer >= 0 {
		return NewDecimal(q.at(prefer), prefer)
	}
	return q.strip(prefer)
}

// strip takes trailing zeros away while the scale is above least.
func (d *Decimal) strip(least int) *Decimal {
	u, s := d.unscaled, d.scale
	if u.Sign() == 0 {
		return &Decimal{u, least}
	}
	for s > least {
		q, r := new(big.Int).QuoRem(u, bigTen, new(big.Int))
		if r.Sign() != 0 {
			break
		}
		u, s = q, s-1
	}
	return &Decimal{u, s}
}

func (d *Decimal) hash() uint32 {
	if d.unscaled.Sign() == 0 {
		return 0
	}
	s := d.strip(-maxScale)
	return 31*javaBig(s.unscaled) + uint32(int32(s.scale))
}

// Rounding is a way to round, with the name that java.math.RoundingMode gives it.
type Rounding string

// The ways to round.
const (
	RoundUp       Rounding = "UP"
	RoundDown     Rounding = "DOWN"
	RoundCeiling  Rounding = "CEILING"
	RoundFloor    Rounding = "FLOOR"
	RoundHalfUp   Rounding = "HALF_UP"
	RoundHalfDown Rounding = "HALF_DOWN"
	RoundHalfEven Rounding = "HALF_EVEN"
	RoundNever    Rounding = "UNNECESSARY"
)

// Round gives d with at most precision digits; 0 means all of them. It raises
// ArithmeticException if mode is RoundNever and digits are lost.
func (d *Decimal) Round(precision int, mode Rounding) *Decimal {
	drop := d.Precision() - precision
	if precision <= 0 || drop <= 0 {
		return d
	}
	r := NewDecimal(roundQuo(d.unscaled, pow10(drop), mode), d.scale-drop)
	return r.Round(precision, mode) // 9.99 to 10.0 has a digit too many
}

// SetScale gives d with scale digits behind the point, as BigDecimal.setScale.
func (d *Decimal) SetScale(scale int, mode Rounding) *Decimal {
	if scale >= d.scale {
		return NewDecimal(d.at(scale), scale)
	}
	return NewDecimal(roundQuo(d.unscaled, pow10(d.scale-scale), mode), scale)
}

// DivRound gives d / e to at most precision digits, as in with-precision.
func (d *Decimal) DivRound(e *Decimal, precision int, mode Rounding) *Decimal {
	if precision <= 0 {
		return d.Div(e)
	}
	if e.unscaled.Sign() == 0 {
		raiseDivide()
	}
	prefer := d.scale - e.scale
	if d.unscaled.Sign() == 0 {
		return NewDecimal(new(big.Int), prefer)
	}
	// Enough digits that one more than wanted come out; what is below them
	// only matters as being there or not.
	shift := max(0, precision+3+e.Precision()-d.Precision())
	q, r := new(big.Int).QuoRem(mul(d.unscaled, pow10(shift)), e.unscaled, new(big.Int))
	s := prefer + shift
	if r.Sign() != 0 {
		sticky := int64(d.unscaled.Sign() * e.unscaled.Sign())
		q, s = sumOf(mul(q, bigTen), big.NewInt(sticky)), s+1
		return NewDecimal(q, s).Round(precision, mode)
	}
	return NewDecimal(q, s).Round(precision, mode).strip(prefer)
}

// roundQuo gives n / by, by positive, as an integer, rounded.
func roundQuo(n, by *big.Int, mode Rounding) *big.Int {
	q, r := new(big.Int).QuoRem(n, by, new(big.Int))
	if r.Sign() == 0 {
		return q
	}
	half := new(big.Int).Abs(r)
	half.Lsh(half, 1)
	cmp := half.Cmp(by)
	away := false
	switch mode {
	case RoundUp:
		away = true
	case RoundDown:
	case RoundCeiling:
		away = n.Sign() > 0
	case RoundFloor:
		away = n.Sign() < 0
	case RoundHalfDown:
		away = cmp > 0
	case RoundHalfEven:
		away = cmp > 0 || cmp == 0 && q.Bit(0) == 1
	case RoundNever:
		Raise(ArithmeticException, "Rounding necessary")
	default:
		away = cmp >= 0
	}
	if away {
		q.Add(q, big.NewInt(int64(n.Sign())))
	}
	return q
}

// String gives the digits as BigDecimal.toString does, without the M.
func (d *Decimal) String() string {
	digits := new(big.Int).Abs(d.unscaled).String()
	sign := ""
	if d.unscaled.Sign() < 0 {
		sign = "-"
	}
	if d.scale == 0 {
		return sign + digits
	}
	adjusted := len(digits) - 1 - d.scale
	if d.scale > 0 && adjusted >= -6 {
		if pad := d.scale + 1 - len(digits); pad > 0 {
			digits = strings.Repeat("0", pad) + digits
		}
		point := len(digits) - d.scale
		return sign + digits[:point] + "." + digits[point:]
	}
	if len(digits) > 1 {
		digits = digits[:1] + "." + digits[1:]
	}
	exp := ""
	if adjusted != 0 {
		exp = "E" + strconv.Itoa(adjusted)
		if adjusted > 0 {
			exp = "E+" + strconv.Itoa(adjusted)
		}
	}
	return sign + digits + exp
}
