package lang

import (
	"strconv"
	"strings"
)

// Bitstring is a sequence of bits that is not whole bytes. Whole bytes are a
// string. The last byte has Extra bits, 1 to 7, on the left; its others are 0.
type Bitstring struct {
	Bytes string
	Extra int
}

// NewBitstring gives the first n bits of bytes as a value: a string if they
// are whole bytes. bytes must have (n+7)/8 bytes.
func NewBitstring(bytes []byte, n int) Value {
	if n%8 == 0 {
		return Str(string(bytes[:n/8]))
	}
	b := append([]byte(nil), bytes[:n/8+1]...)
	b[n/8] &= 0xff << (8 - n%8)
	return Obj(&Bitstring{string(b), n % 8})
}

// BitsOf gives the bytes of a string or bitstring and the number of its bits;
// false if v is neither.
func BitsOf(v Value) (bytes string, n int, ok bool) {
	switch x := v.p.(type) {
	case string:
		return x, 8 * len(x), true
	case *Bitstring:
		return x.Bytes, x.Bits(), true
	}
	return "", 0, false
}

var bitstringClass = DefineClass("conc.Bitstring", ObjectClass)

// Bits gives the number of bits.
func (b *Bitstring) Bits() int { return 8*(len(b.Bytes)-1) + b.Extra }

// Class gives the class of such a value.
func (b *Bitstring) Class() *Class { return bitstringClass }

// Hash gives a hash of the bits.
func (b *Bitstring) Hash() uint32 { return Hash(Str(b.Bytes)) ^ uint32(b.Extra) }

// EqualTo reports whether v has the same bits.
func (b *Bitstring) EqualTo(v Value) bool {
	c, ok := v.p.(*Bitstring)
	return ok && *b == *c
}

// PrintTo prints <<1, 2::size(4)>>.
func (b *Bitstring) PrintTo(p *Printer) {
	var parts []string
	for _, c := range []byte(b.Bytes) {
		parts = append(parts, strconv.Itoa(int(c)))
	}
	last := len(parts) - 1
	parts[last] = strconv.Itoa(int(b.Bytes[last])>>(8-b.Extra)) + "::size(" + strconv.Itoa(b.Extra) + ")"
	p.WriteString("<<" + strings.Join(parts, ", ") + ">>")
}

// compareBits orders strings and bitstrings by their bits.
func compareBits(a, b Value) int {
	x, n, _ := BitsOf(a)
	y, m, _ := BitsOf(b)
	if c := strings.Compare(x, y); c != 0 {
		return c
	}
	return sign(int64(n - m))
}
