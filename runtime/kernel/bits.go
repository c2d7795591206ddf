package kernel

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
)

// bitNatives are what <<...>> compiles to: as an expression binary_build, of
// a segment, its value and its size (nil if it has none) for each part; as a
// pattern binary_take for each part, which gives {value, rest}, or nil if
// the part is not there, and binary_end for what is left.
func bitNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "conc.elixir/binary_build", Max: -1, Args: "segments", Pure: buildBits, Doc: "The bits of segments: for each its kind, its value and its size."},
		{Name: "conc.elixir/binary_take", Min: 3, Max: 3, Args: "bits, segment, size", Pure: takeSegment, Doc: "{value, rest} of a segment that bits begin with, nil if there is none."},
		{Name: "conc.elixir/binary_end", Min: 1, Max: 1, Args: "bits", Pure: test(func(v lang.Value) bool { s, ok := v.AsString(); return ok && s == "" }), Doc: "Whether no bits are left."},
		{Name: "conc.elixir/concat", Max: -1, Args: "binaries", Pure: joinBits, Doc: "Binaries one behind the other."},
	}
}

// bitWriter gathers bits.
type bitWriter struct {
	b []byte
	n int // bits
}

// put appends the first n bits of bytes.
func (w *bitWriter) put(bytes []byte, n int) {
	if free := w.n % 8; free != 0 {
		for i := 0; i < n; i += 8 {
			c := bytes[i/8]
			k := min(8, n-i)
			c &= 0xff << (8 - k)
			w.b[len(w.b)-1] |= c >> free
			if free+k > 8 {
				w.b = append(w.b, c<<(8-free))
			}
			w.n += k
			free = w.n % 8
			if free == 0 && i+8 < n {
				w.b = append(w.b, bytes[i/8+1:(n+7)/8]...)
				w.n += n - i - 8
				break
			}
		}
		return
	}
	w.b = append(w.b, bytes[:(n+7)/8]...)
	if n%8 != 0 {
		w.b[len(w.b)-1] &= 0xff << (8 - n%8)
	}
	w.n += n
}

func (w *bitWriter) value() lang.Value { return lang.NewBitstring(w.b, w.n) }

// joinBits appends binaries and bitstrings; another value is badarg.
func joinBits(args []lang.Value) lang.Value {
	if whole := wholeBytes(args); whole != nil {
		return lang.Str(strings.Join(whole, ""))
	}
	var w bitWriter
	for i, v := range args {
		s, n, ok := lang.BitsOf(v)
		if !ok {
			badArgBecause(fmt.Sprintf("construction of binary failed: segment %d of type 'binary': expected a binary but got: %s", i+1, lang.Inspect(v)))
		}
		w.put([]byte(s), n)
	}
	return w.value()
}

// wholeBytes gives values as strings, nil if one is none.
func wholeBytes(vs []lang.Value) []string {
	out := make([]string, len(vs))
	for i, v := range vs {
		s, ok := v.AsString()
		if !ok {
			return nil
		}
		out[i] = s
	}
	return out
}

func buildBits(args []lang.Value) lang.Value {
	var w bitWriter
	for i := 0; i+2 < len(args); i += 3 {
		w.segment(args[i].Obj().(*elixir.Segment), args[i+1], args[i+2])
	}
	return w.value()
}

// badSegment raises what a value that does not fit its segment raises.
func badSegment() { lang.RaiseReason(lang.K("badarg")) }

// segmentBits gives the size of a segment in bits, missing if it has none.
func segmentBits(s *elixir.Segment, size lang.Value, missing int) int {
	if size.IsNil() {
		return missing
	}
	if !size.IsFixed() || size.AsInt() < 0 || size.AsInt() > maxBits {
		badSegment()
	}
	return int(size.AsInt()) * s.Unit
}

func (w *bitWriter) segment(s *elixir.Segment, v, size lang.Value) {
	switch s.Type {
	case "literal", "binary", "bitstring":
		b, n, ok := lang.BitsOf(v)
		want := segmentBits(s, size, n)
		if !ok || want > n || s.Type == "binary" && size.IsNil() && n%8 != 0 {
			badSegment()
		}
		w.put([]byte(b), want)
	case "integer":
		if text, ok := v.AsString(); ok { // <<"abc"::8>> is a byte for each letter
			for _, c := range []byte(text) {
				w.integer(big.NewInt(int64(c)), segmentBits(s, size, 8), s.Little)
			}
			return
		}
		if !lang.IsInteger(v) {
			badSegment()
		}
		w.integer(lang.ToBig(v), segmentBits(s, size, 8), s.Little)
	case "float":
		if !lang.IsNumber(v) {
			badSegment()
		}
		b, ok := floatBytes(lang.ToFloat(v), segmentBits(s, size, 64))
		if !ok {
			badSegment()
		}
		w.put(ordered8(b, s.Little), 8*len(b))
	default:
		w.text(s, v)
	}
}

// ordered8 gives bytes, big end first, in the order that a segment has.
func ordered8(b []byte, little bool) []byte {
	if !little {
		return b
	}
	out := make([]byte, len(b))
	for i, c := range b {
		out[len(b)-1-i] = c
	}
	return out
}

// integer appends the last n bits of an integer.
func (w *bitWriter) integer(i *big.Int, n int, little bool) {
	mask := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(n)), big.NewInt(1))
	x := new(big.Int).And(i, mask) // two's complement
	size := (n + 7) / 8
	if little {
		// The last byte of a little-endian integer has its upper bits.
		b := ordered8(x.FillBytes(make([]byte, size)), true)
		if r := n % 8; r != 0 {
			b[size-1] <<= 8 - r
		}
		w.put(b, n)
		return
	}
	x.Lsh(x, uint(8*size-n))
	w.put(x.FillBytes(make([]byte, size)), n)
}

func floatBytes(f float64, bits int) ([]byte, bool) {
	switch bits {
	case 64:
		return binary.BigEndian.AppendUint64(nil, math.Float64bits(f)), true
	case 32:
		return binary.BigEndian.AppendUint32(nil, math.Float32bits(float32(f))), true
	}
	return nil, false
}

// text appends a code point, or the letters of a string, in UTF-8, 16 or 32.
func (w *bitWriter) text(s *elixir.Segment, v lang.Value) {
	var runes []rune
	if t, ok := v.AsString(); ok {
		runes = []rune(t)
	} else if v.IsFixed() && v.AsInt() >= 0 && v.AsInt() <= utf8.MaxRune && (v.AsInt() < 0xd800 || v.AsInt() > 0xdfff) {
		runes = []rune{rune(v.AsInt())}
	} else {
		badSegment()
	}
	for _, r := range runes {
		b := encodeRune(s, r)
		w.put(b, 8*len(b))
	}
}

func encodeRune(s *elixir.Segment, r rune) []byte {
	switch s.Type {
	case "utf16":
		var b []byte
		for _, u := range utf16.Encode([]rune{r}) {
			b = append(b, ordered8([]byte{byte(u >> 8), byte(u)}, s.Little)...)
		}
		return b
	case "utf32":
		return ordered8(binary.BigEndian.AppendUint32(nil, uint32(r)), s.Little)
	}
	return utf8.AppendRune(nil, r)
}

// bitsFrom gives n bits of a bitstring from bit at on.
func bitsFrom(s string, at, n int) lang.Value {
	if at%8 == 0 {
		if n%8 == 0 {
			return lang.Str(s[at/8 : (at+n)/8])
		}
		return lang.NewBitstring([]byte(s[at/8:(at+n+7)/8]), n)
	}
	shift := at % 8
	b := make([]byte, (n+7)/8)
	for i := range b {
		j := at/8 + i
		c := s[j] << shift
		if j+1 < len(s) {
			c |= s[j+1] >> (8 - shift)
		}
		b[i] = c
	}
	return lang.NewBitstring(b, n)
}

func takeSegment(args []lang.Value) lang.Value {
	s, n, ok := lang.BitsOf(args[0])
	if !ok {
		return lang.Nil
	}
	seg, size := args[1].Obj().(*elixir.Segment), args[2]
	if seg.Type == "literal" {
		text, _ := size.AsString()
		if len(s) < len(text) || n < 8*len(text) || s[:len(text)] != text {
			return lang.Nil
		}
		return lang.Vec(lang.Nil, bitsFrom(s, 8*len(text), n-8*len(text)))
	}
	if !size.IsNil() && (!size.IsFixed() || size.AsInt() < 0 || size.AsInt() > maxBits) {
		return lang.Nil
	}
	v, used, ok := seg2value(seg, s, n, size)
	if !ok {
		return lang.Nil
	}
	return lang.Vec(v, bitsFrom(s, used, n-used))
}

// seg2value reads a segment at the front of n bits and tells how many it used.
func seg2value(seg *elixir.Segment, s string, n int, size lang.Value) (v lang.Value, used int, ok bool) {
	switch seg.Type {
	case "binary", "bitstring":
		want := segmentBits(seg, size, n)
		if want > n || seg.Type == "binary" && want%8 != 0 {
			return v, 0, false
		}
		return bitsFrom(s, 0, want), want, true
	case "integer":
		want := segmentBits(seg, size, 8)
		if want > n {
			return v, 0, false
		}
		return readInteger(s, want, seg), want, true
	case "float":
		want := segmentBits(seg, size, 64)
		if want > n || want != 64 && want != 32 {
			return v, 0, false
		}
		b := ordered8([]byte(s[:want/8]), seg.Little)
		f := 0.0
		if want == 64 {
			f = math.Float64frombits(binary.BigEndian.Uint64(b))
		} else {
			f = float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
		}
		return lang.Float(f), want, !math.IsNaN(f) && !math.IsInf(f, 0)
	}
	return readRune(seg, s, n)
}

// readInteger reads an integer of n bits.
func readInteger(s string, n int, seg *elixir.Segment) lang.Value {
	if n == 8 && !seg.Signed {
		return lang.Int(int64(s[0]))
	}
	if n == 0 {
		return lang.Int(0)
	}
	b := []byte(s[:(n+7)/8])
	r := n % 8
	x := new(big.Int)
	if seg.Little {
		if r != 0 {
			b[len(b)-1] >>= 8 - r
		}
		x.SetBytes(ordered8(b, true))
	} else {
		x.SetBytes(b)
		if r != 0 {
			x.Rsh(x, uint(8-r))
		}
	}
	if seg.Signed && x.Bit(n-1) == 1 {
		x.Sub(x, new(big.Int).Lsh(big.NewInt(1), uint(n)))
	}
	return lang.Norm(lang.Big(x))
}

// readRune reads a code point.
func readRune(seg *elixir.Segment, s string, n int) (v lang.Value, used int, ok bool) {
	s = s[:n/8]
	switch seg.Type {
	case "utf16":
		if len(s) < 2 {
			return v, 0, false
		}
		unit := func(i int) rune {
			b := ordered8([]byte(s[i:i+2]), seg.Little)
			return rune(b[0])<<8 | rune(b[1])
		}
		r := unit(0)
		if !utf16.IsSurrogate(r) {
			return lang.Int(int64(r)), 16, true
		}
		if len(s) < 4 {
			return v, 0, false
		}
		r = utf16.DecodeRune(r, unit(2))
		return lang.Int(int64(r)), 32, r != utf8.RuneError
	case "utf32":
		if len(s) < 4 {
			return v, 0, false
		}
		r := binary.BigEndian.Uint32(ordered8([]byte(s[:4]), seg.Little))
		return lang.Int(int64(r)), 32, utf8.ValidRune(rune(r))
	}
	r, k := utf8.DecodeRuneInString(s)
	return lang.Int(int64(r)), 8 * k, k > 1 || k == 1 && r != utf8.RuneError
}
