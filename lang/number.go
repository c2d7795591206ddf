package lang

import (
	"math"
	"math/big"
	mathbits "math/bits"
)

// Ratio is a fraction in lowest terms, whose denominator is at least 2.
type Ratio struct{ num, den *big.Int }

// Num gives the numerator.
func (r *Ratio) Num() *big.Int { return r.num }

// Den gives the denominator.
func (r *Ratio) Den() *big.Int { return r.den }

// Big makes a big integer, which stays one however small it is: 2N.
func Big(i *big.Int) Value { return Obj(i) }

// Norm gives an integer as one of 64 bits if it fits: what the Elixir
// notation does with every result.
func Norm(v Value) Value {
	if b, ok := v.p.(*big.Int); ok && b.IsInt64() {
		return Int(b.Int64())
	}
	return v
}

// NewRatio gives num/den in lowest terms: a ratio, or a big integer. It raises
// ArithmeticException if den is 0.
func NewRatio(num, den *big.Int) Value {
	if den.Sign() == 0 {
		raiseDivide()
	}
	g := new(big.Int).GCD(nil, nil, new(big.Int).Abs(num), new(big.Int).Abs(den))
	if g.Sign() == 0 {
		return Big(new(big.Int))
	}
	if den.Sign() < 0 {
		g.Neg(g)
	}
	n, d := new(big.Int).Quo(num, g), new(big.Int).Quo(den, g)
	if d.IsInt64() && d.Int64() == 1 {
		return Big(n)
	}
	return Obj(&Ratio{n, d})
}

func raiseDivide() { Raise(ArithmeticException, "Divide by zero") }

func raiseOverflow() { Raise(ArithmeticException, "long overflow") }

// rank orders the kinds of numbers: an operation on two works in the higher
// kind, as clojure.lang.Numbers does.
type rank uint8

const (
	rankLong rank = iota
	rankBig
	rankRatio
	rankDecimal
	rankFloat
	notNumber
)

func rankOf(v Value) rank {
	switch v.p.(type) {
	case intTag, int32Tag:
		return rankLong
	case floatTag:
		return rankFloat
	case *big.Int:
		return rankBig
	case *Ratio:
		return rankRatio
	case *Decimal:
		return rankDecimal
	}
	return notNumber
}

// IsNumber reports whether v is a number.
func IsNumber(v Value) bool { return rankOf(v) != notNumber }

// IsInteger reports whether v is an integer of any size.
func IsInteger(v Value) bool { return rankOf(v) <= rankBig }

func mustRank(v Value) rank {
	r := rankOf(v)
	if r == notNumber {
		if v.p == nil {
			Raise(NullPointerException, `Cannot invoke "Object.getClass()" because "x" is null`)
		}
		panic(CastError(v, NumberClass))
	}
	return r
}

func ranks(a, b Value) rank { return max(mustRank(a), mustRank(b)) }

// toBig gives an integer as a big one, not to be changed.
func toBig(v Value) *big.Int {
	if b, ok := v.p.(*big.Int); ok {
		return b
	}
	return big.NewInt(int64(v.w))
}

// fraction gives a number up to rankRatio as numerator and denominator.
func fraction(v Value) (*big.Int, *big.Int) {
	if r, ok := v.p.(*Ratio); ok {
		return r.num, r.den
	}
	return toBig(v), bigOne
}

var (
	bigOne = big.NewInt(1)
	bigTen = big.NewInt(10)
)

// ToFloat gives a number as a float; it raises ClassCastException for another value.
func ToFloat(v Value) float64 {
	switch x := v.p.(type) {
	case intTag, int32Tag:
		return float64(int64(v.w))
	case floatTag:
		return v.AsFloat()
	case *big.Int:
		f, _ := new(big.Float).SetInt(x).Float64()
		return f
	case *Ratio:
		f, _ := new(big.Rat).SetFrac(x.num, x.den).Float64()
		return f
	case *Decimal:
		return x.float()
	}
	mustRank(v)
	return 0
}

// arith is one operation in each kind of number.
type arith struct {
	big     func(z, a, b *big.Int) *big.Int
	ratio   func(an, ad, bn, bd *big.Int) Value
	decimal func(a, b *Decimal) *Decimal
	float   func(a, b float64) float64
}

var addOps = arith{
	(*big.Int).Add,
	func(an, ad, bn, bd *big.Int) Value { return NewRatio(sumOf(mul(an, bd), mul(bn, ad)), mul(ad, bd)) },
	(*Decimal).Add,
	func(a, b float64) float64 { return a + b },
}

var subOps = arith{
	(*big.Int).Sub,
	func(an, ad, bn, bd *big.Int) Value {
		return NewRatio(new(big.Int).Sub(mul(an, bd), mul(bn, ad)), mul(ad, bd))
	},
	(*Decimal).Sub,
	func(a, b float64) float64 { return a - b },
}

var mulOps = arith{
	(*big.Int).Mul,
	func(an, ad, bn, bd *big.Int) Value { return NewRatio(mul(an, bn), mul(ad, bd)) },
	(*Decimal).Mul,
	func(a, b float64) float64 { return a * b },
}

func mul(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) }

func sumOf(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }

func (o *arith) do(a, b Value) Value {
	switch ranks(a, b) {
	case rankFloat:
		return Float(o.float(ToFloat(a), ToFloat(b)))
	case rankDecimal:
		return Obj(o.decimal(ToDecimal(a), ToDecimal(b)))
	case rankRatio:
		an, ad := fraction(a)
		bn, bd := fraction(b)
		return o.ratio(an, ad, bn, bd)
	}
	return reserve(toBig(a), toBig(b), o.big)
}

// maxBigBits bounds a big integer, as java.math.BigInteger does.
const maxBigBits = 1 << 31

func reserve(a, b *big.Int, op func(z, a, b *big.Int) *big.Int) Value {
	if a.BitLen()+b.BitLen() >= maxBigBits {
		Raise(ArithmeticException, "BigInteger would overflow supported range")
	}
	return Big(op(new(big.Int), a, b))
}

// Add gives a + b; integers of 64 bits that overflow raise ArithmeticException.
func Add(a, b Value) Value {
	if a.IsInt() && b.IsInt() {
		return Int(addLong(int64(a.w), int64(b.w)))
	}
	if a.IsFloat() && b.IsFloat() {
		return Float(a.AsFloat() + b.AsFloat())
	}
	if a.IsFixed() && b.IsFixed() {
		return Int(addLong(int64(a.w), int64(b.w)))
	}
	return addOps.do(a, b)
}

func addLong(x, y int64) int64 {
	s := x + y
	if (x^s)&(y^s) < 0 {
		raiseOverflow()
	}
	return s
}

// Sub gives a - b; integers of 64 bits that overflow raise ArithmeticException.
func Sub(a, b Value) Value {
	if a.IsFloat() && b.IsFloat() {
		return Float(a.AsFloat() - b.AsFloat())
	}
	if a.IsFixed() && b.IsFixed() {
		x, y := int64(a.w), int64(b.w)
		d := x - y
		if (x^y)&(x^d) < 0 {
			raiseOverflow()
		}
		return Int(d)
	}
	return subOps.do(a, b)
}

// mulLong gives x*y and whether it fits.
func mulLong(x, y int64) (int64, bool) {
	hi, lo := mathbits.Mul64(uint64(x), uint64(y))
	h := int64(hi)
	if x < 0 {
		h -= y
	}
	if y < 0 {
		h -= x
	}
	return int64(lo), h == int64(lo)>>63
}

// Mul gives a * b; integers of 64 bits that overflow raise ArithmeticException.
func Mul(a, b Value) Value {
	if a.IsFloat() && b.IsFloat() {
		return Float(a.AsFloat() * b.AsFloat())
	}
	if a.IsFixed() && b.IsFixed() {
		p, ok := mulLong(int64(a.w), int64(b.w))
		if !ok {
			raiseOverflow()
		}
		return Int(p)
	}
	return mulOps.do(a, b)
}

// Inc gives a + 1, Dec a - 1, Neg -a, with Add's rules for overflow.
func Inc(a Value) Value { return Add(a, Int(1)) }

// Dec gives a - 1.
func Dec(a Value) Value { return Sub(a, Int(1)) }

// Neg gives -a.
func Neg(a Value) Value {
	if a.IsFloat() {
		return Float(-a.AsFloat())
	}
	return Sub(Int(0), a)
}

// AddP, SubP and MulP give what Add, Sub and Mul give, but integers that
// overflow become big ones: Clojure's +' and the + of the Elixir notation.
func AddP(a, b Value) Value {
	if a.IsFixed() && b.IsFixed() {
		x, y := int64(a.w), int64(b.w)
		if s := x + y; (x^s)&(y^s) >= 0 {
			return Int(s)
		}
		return addOps.do(a, b)
	}
	return Add(a, b)
}

// SubP is Sub that promotes.
func SubP(a, b Value) Value {
	if a.IsFixed() && b.IsFixed() {
		x, y := int64(a.w), int64(b.w)
		if d := x - y; (x^y)&(x^d) >= 0 {
			return Int(d)
		}
		return subOps.do(a, b)
	}
	return Sub(a, b)
}

// MulP is Mul that promotes.
func MulP(a, b Value) Value {
	if a.IsFixed() && b.IsFixed() {
		if p, ok := mulLong(int64(a.w), int64(b.w)); ok {
			return Int(p)
		}
		return mulOps.do(a, b)
	}
	return Mul(a, b)
}

// Div gives a / b: exact for integers, a ratio if need be.
func Div(a, b Value) Value {
	r := ranks(a, b)
	if r == rankFloat {
		return Float(ToFloat(a) / ToFloat(b))
	}
	if IsZero(b) {
		raiseDivide()
	}
	switch r {
	case rankDecimal:
		return Obj(ToDecimal(a).Div(ToDecimal(b)))
	case rankLong:
		x, y := int64(a.w), int64(b.w)
		if y == -1 {
			return Int(-x) // the smallest number stays, as in the JVM
		}
		if x%y == 0 {
			return Int(x / y)
		}
	}
	an, ad := fraction(a)
	bn, bd := fraction(b)
	return NewRatio(mul(an, bd), mul(ad, bn))
}

// Quot gives the quotient of a and b, cut towards zero.
func Quot(a, b Value) Value {
	r := ranks(a, b)
	if IsZero(b) {
		raiseDivide()
	}
	switch r {
	case rankLong:
		return Int(int64(a.w) / int64(b.w))
	case rankBig:
		return Big(new(big.Int).Quo(toBig(a), toBig(b)))
	case rankFloat:
		return Float(math.Trunc(ToFloat(a) / ToFloat(b)))
	case rankDecimal:
		return Obj(ToDecimal(a).Quo(ToDecimal(b)))
	}
	an, ad := fraction(a)
	bn, bd := fraction(b)
	return Big(new(big.Int).Quo(mul(an, bd), mul(ad, bn)))
}

// QuotP is Quot that promotes, and that gives a big integer only where it must.
func QuotP(a, b Value) Value {
	if a.IsFixed() && b.IsFixed() && int64(b.w) == -1 {
		return SubP(Int(0), a)
	}
	return Norm(Quot(a, b))
}

// RemP is Rem that gives a big integer only where it must.
func RemP(a, b Value) Value { return Norm(Rem(a, b)) }

// Rem gives the remainder of a and b, with the sign of a.
func Rem(a, b Value) Value {
	r := ranks(a, b)
	if IsZero(b) {
		raiseDivide()
	}
	switch r {
	case rankLong:
		return Int(int64(a.w) % int64(b.w))
	case rankBig:
		return Big(new(big.Int).Rem(toBig(a), toBig(b)))
	case rankFloat:
		x, y := ToFloat(a), ToFloat(b)
		return Float(x - math.Trunc(x/y)*y)
	}
	return Sub(a, Mul(Quot(a, b), b))
}

// Mod gives the remainder of a and b, with the sign of b.
func Mod(a, b Value) Value {
	m := Rem(a, b)
	if IsZero(m) || Sign(m) > 0 == (Sign(b) > 0) {
		return m
	}
	return Add(m, b)
}

// Sign gives -1, 0 or 1.
func Sign(v Value) int {
	switch x := v.p.(type) {
	case intTag, int32Tag:
		return sign(int64(v.w))
	case floatTag:
		switch f := v.AsFloat(); {
		case f > 0:
			return 1
		case f < 0:
			return -1
		}
		return 0
	case *big.Int:
		return x.Sign()
	case *Ratio:
		return x.num.Sign()
	case *Decimal:
		return x.unscaled.Sign()
	}
	mustRank(v)
	return 0
}

func sign(i int64) int {
	switch {
	case i < 0:
		return -1
	case i > 0:
		return 1
	}
	return 0
}

// IsZero reports whether a number is zero.
func IsZero(v Value) bool { return Sign(v) == 0 && !isNaN(v) }

func isNaN(v Value) bool { return v.IsFloat() && math.IsNaN(v.AsFloat()) }

// Lt reports whether a < b, numbers both.
func Lt(a, b Value) bool {
	if a.IsInt() && b.IsInt() {
		return int64(a.w) < int64(b.w)
	}
	if ranks(a, b) == rankFloat {
		return ToFloat(a) < ToFloat(b)
	}
	return exactCompare(a, b) < 0
}

// Le reports whether a <= b, numbers both.
func Le(a, b Value) bool {
	if a.IsInt() && b.IsInt() {
		return int64(a.w) <= int64(b.w)
	}
	if ranks(a, b) == rankFloat {
		return ToFloat(a) <= ToFloat(b)
	}
	return exactCompare(a, b) <= 0
}

// EqualNum reports whether a == b, numbers both, of whatever kinds.
func EqualNum(a, b Value) bool {
	if a.IsInt() && b.IsInt() {
		return a.w == b.w
	}
	if ranks(a, b) == rankFloat {
		return ToFloat(a) == ToFloat(b)
	}
	return exactCompare(a, b) == 0
}

// NumCompare orders two numbers as Clojure's compare does: 0 too if one is not a number (##NaN).
func NumCompare(a, b Value) int {
	switch {
	case Lt(a, b):
		return -1
	case Lt(b, a):
		return 1
	}
	return 0
}

// exactCompare orders two numbers that are no floats.
func exactCompare(a, b Value) int {
	switch max(rankOf(a), rankOf(b)) {
	case rankLong:
		x, y := int64(a.w), int64(b.w)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	case rankBig:
		return toBig(a).Cmp(toBig(b))
	}
	an, ad := exact(a)
	bn, bd := exact(b)
	return mul(an, bd).Cmp(mul(bn, ad))
}

// exact gives any number but a float as a fraction.
func exact(v Value) (*big.Int, *big.Int) {
	if d, ok := v.p.(*Decimal); ok {
		return d.fraction()
	}
	return fraction(v)
}

// ToLong gives a number as an integer of 64 bits, cut towards zero: what
// (long x) does. It raises IllegalArgumentException if it does not fit.
func ToLong(v Value) int64 {
	switch x := v.p.(type) {
	case intTag, int32Tag:
		return int64(v.w)
	case charTag:
		return int64(v.w)
	case floatTag:
		f := v.AsFloat()
		if math.IsNaN(f) || f < -(1<<63) || f >= 1<<63 {
			Raise(IllegalArgumentException, "Value out of range for long: %s", FormatFloat(f))
		}
		return int64(f)
	case *big.Int:
		if !x.IsInt64() {
			Raise(IllegalArgumentException, "Value out of range for long: %s", x)
		}
		return x.Int64()
	}
	mustRank(v)
	n, d := exact(v)
	return ToLong(Big(new(big.Int).Quo(n, d)))
}

// ToBig gives a number as a big integer, cut towards zero.
func ToBig(v Value) *big.Int {
	if f := v; f.IsFloat() {
		if math.IsNaN(f.AsFloat()) || math.IsInf(f.AsFloat(), 0) {
			Raise(NumberFormatException, "Infinite or NaN")
		}
		i, _ := big.NewFloat(f.AsFloat()).Int(nil)
		return i
	}
	if mustRank(v) <= rankBig {
		return toBig(v)
	}
	n, d := exact(v)
	return new(big.Int).Quo(n, d)
}

// Rationalize gives a number as an exact one, as Clojure's rationalize: a
// float by its shortest decimal form.
func Rationalize(v Value) Value {
	r := mustRank(v)
	if r == rankFloat {
		v = Obj(ToDecimal(v))
	}
	if r < rankDecimal {
		return v
	}
	return NewRatio(exact(v))
}
