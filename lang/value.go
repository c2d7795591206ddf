package lang

import "math"

// Value is any value of the language: one machine word and one interface,
// 24 bytes. Integers, floats, booleans, characters and keywords never
// allocate. The zero Value is nil.
//
// A Value is opaque: the word and the interface are touched in this file
// alone, so that the representation can change behind the constructors and
// accessors. Values are immutable, every one of them; what can change is an
// entity of the world (package runtime), to which a Value only points.
type Value struct {
	w uint64
	p any
}

// The scalars are told by the dynamic type of the interface. A tag is a
// zero-size struct: putting it into an interface allocates nothing, and the
// test for it is one comparison of a type word.
type (
	intTag   struct{} // int64
	int32Tag struct{} // what (int x) gives: an Integer, to class
	floatTag struct{} // float64
	boolTag  struct{}
	charTag  struct{} // a rune
)

// Nil is the nil of both notations.
var Nil = Value{}

// True and False are the two booleans.
var (
	True  = Value{1, boolTag{}}
	False = Value{0, boolTag{}}
)

// Int makes a 64-bit integer.
func Int(i int64) Value { return Value{uint64(i), intTag{}} }

// Int32 makes an integer of 32 bits: equal to Int(i), but of class Integer.
func Int32(i int32) Value { return Value{uint64(int64(i)), int32Tag{}} }

// Float makes a 64-bit float.
func Float(f float64) Value { return Value{math.Float64bits(f), floatTag{}} }

// Bool makes a boolean.
func Bool(b bool) Value {
	if b {
		return True
	}
	return False
}

// Char makes a character.
func Char(r rune) Value { return Value{uint64(r), charTag{}} }

// Str makes a string. Strings are bytes, in UTF-8 where they are text.
func Str(s string) Value { return Value{0, s} }

// Kw makes a keyword, which is an atom in the Elixir notation.
func Kw(k *Keyword) Value { return Value{0, k} }

// Obj makes a value of a pointer type: a symbol, a collection, a function, an
// entity. A nil interface gives nil. It is not for scalars and strings, which
// have constructors of their own.
func Obj(p any) Value { return Value{0, p} }

// IsNil reports whether v is nil.
func (v Value) IsNil() bool { return v.p == nil }

// IsInt reports whether v is an integer of 64 bits (and not a 32-bit or a big one).
func (v Value) IsInt() bool { _, ok := v.p.(intTag); return ok }

// IsInt32 reports whether v was made by Int32.
func (v Value) IsInt32() bool { _, ok := v.p.(int32Tag); return ok }

// IsFixed reports whether v is an integer of 64 or of 32 bits.
func (v Value) IsFixed() bool { return v.IsInt() || v.IsInt32() }

// IsFloat reports whether v is a float.
func (v Value) IsFloat() bool { _, ok := v.p.(floatTag); return ok }

// IsBool reports whether v is true or false.
func (v Value) IsBool() bool { _, ok := v.p.(boolTag); return ok }

// IsChar reports whether v is a character.
func (v Value) IsChar() bool { _, ok := v.p.(charTag); return ok }

// IsString reports whether v is a string.
func (v Value) IsString() bool { _, ok := v.p.(string); return ok }

// IsKeyword reports whether v is a keyword.
func (v Value) IsKeyword() bool { _, ok := v.p.(*Keyword); return ok }

// IsSymbol reports whether v is a symbol.
func (v Value) IsSymbol() bool { _, ok := v.p.(*Symbol); return ok }

// Truthy reports whether v is anything but nil and false.
func (v Value) Truthy() bool {
	if v.p == nil {
		return false
	}
	if _, ok := v.p.(boolTag); ok {
		return v.w != 0
	}
	return true
}

// AsInt gives the integer in v, for which IsFixed must hold.
func (v Value) AsInt() int64 { return int64(v.w) }

// AsFloat gives the float in v, for which IsFloat must hold.
func (v Value) AsFloat() float64 { return math.Float64frombits(v.w) }

// AsBool gives the boolean in v, for which IsBool must hold.
func (v Value) AsBool() bool { return v.w != 0 }

// AsChar gives the character in v, for which IsChar must hold.
func (v Value) AsChar() rune { return rune(v.w) }

// AsString gives the string in v and whether v is one.
func (v Value) AsString() (string, bool) { s, ok := v.p.(string); return s, ok }

// AsKeyword gives the keyword in v and whether v is one.
func (v Value) AsKeyword() (*Keyword, bool) { k, ok := v.p.(*Keyword); return k, ok }

// AsSymbol gives the symbol in v and whether v is one.
func (v Value) AsSymbol() (*Symbol, bool) { s, ok := v.p.(*Symbol); return s, ok }

// Obj gives the pointer in v: nil for nil, a private tag for scalars. It is
// for type switches over the pointer types, and strings.
func (v Value) Obj() any { return v.p }

// SetInt makes v the integer i. A register that already holds an integer
// keeps its tag, which saves a pointer write and its barrier.
func (v *Value) SetInt(i int64) {
	v.w = uint64(i)
	if _, ok := v.p.(intTag); !ok {
		v.p = intTag{}
	}
}

// SetBool makes v the boolean b, in the manner of SetInt.
func (v *Value) SetBool(b bool) {
	v.w = 0
	if b {
		v.w = 1
	}
	if _, ok := v.p.(boolTag); !ok {
		v.p = boolTag{}
	}
}

// Identical reports whether a and b are the same scalar or the same object:
// Clojure's identical? (strings are identical when equal).
func Identical(a, b Value) bool {
	if a.w != b.w {
		return false
	}
	switch a.p.(type) {
	case nil, intTag, int32Tag, floatTag, boolTag, charTag, string:
		return a.p == b.p
	}
	return a.p == b.p // every other dynamic type is a pointer
}
