package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// structNatives are about hashes, tagged literals and numbers of 32 bits.
var structNatives = []*lang.Native{
	{Name: "clojure.core/tagged-literal", Min: 2, Max: 2, Deep: arg1, Args: "[tag form]", Doc: "A form with a tag that nothing reads: it has both, and prints as it is written. (tagged-literal 'point [1 2]) ;=> #point [1 2]",
		Pure: two(func(tag, form lang.Value) lang.Value {
			return lang.Obj(&TaggedLiteral{object[*lang.Symbol](tag, lang.SymbolClass), form})
		})},
	{Name: "clojure.core/tagged-literal?", Min: 1, Max: 1, Args: "[value]", Doc: "Whether value was made by tagged-literal. (tagged-literal? 1) ;=> false", Pure: holds(is[*TaggedLiteral])},
	{Name: "clojure.core/mix-collection-hash", Min: 2, Max: 2, Args: "[hash-basis count]", Doc: "The hash of a collection, from that of its elements and their number.",
		Pure: two(func(h, n lang.Value) lang.Value {
			return lang.Int(int64(int32(lang.MixCollectionHash(uint32(integer(h)), int(integer(n))))))
		})},
	{Name: "clojure.core/hash-ordered-coll", Min: 1, Max: 1, Deep: arg0, Args: "[coll]", Doc: "The hash of a collection whose order counts: that of the vector of its elements. (= (hash [1 2]) (hash-ordered-coll '(1 2))) ;=> true",
		Pure: one(func(v lang.Value) lang.Value { return lang.Int(int64(int32(lang.Hash(lang.Vec(elements(v)...))))) })},
	{Name: "clojure.core/hash-unordered-coll", Min: 1, Max: 1, Deep: arg0, Args: "[coll]", Doc: "The hash of a collection whose order does not count: that of the set of its elements. (= (hash #{1 2}) (hash-unordered-coll [1 2])) ;=> true",
		Pure: one(func(v lang.Value) lang.Value {
			return lang.Int(int64(int32(lang.Hash(lang.Obj(lang.NewSet(elements(v)...))))))
		})},
	unchecked2("unchecked-add-int", "x + y in 32 bits, without an overflow. (unchecked-add-int 2147483647 1) ;=> -2147483648", func(x, y int32) int32 { return x + y }),
	unchecked2("unchecked-subtract-int", "x - y in 32 bits, without an overflow. (unchecked-subtract-int 5 3) ;=> 2", func(x, y int32) int32 { return x - y }),
	unchecked2("unchecked-multiply-int", "x * y in 32 bits, without an overflow. (unchecked-multiply-int 3 4) ;=> 12", func(x, y int32) int32 { return x * y }),
	unchecked2("unchecked-divide-int", "The whole part of x / y in 32 bits. (unchecked-divide-int 7 2) ;=> 3", func(x, y int32) int32 { return x / nonzero(y) }),
	unchecked2("unchecked-remainder-int", "What is left of x / y in 32 bits. (unchecked-remainder-int 7 2) ;=> 1", func(x, y int32) int32 { return x % nonzero(y) }),
	unchecked1("unchecked-inc-int", "x + 1 in 32 bits, without an overflow. (unchecked-inc-int 1) ;=> 2", func(x int32) int32 { return x + 1 }),
	unchecked1("unchecked-dec-int", "x - 1 in 32 bits, without an overflow. (unchecked-dec-int 1) ;=> 0", func(x int32) int32 { return x - 1 }),
	unchecked1("unchecked-negate-int", "-x in 32 bits, without an overflow. (unchecked-negate-int 1) ;=> -1", func(x int32) int32 { return -x }),
	unchecked1("unchecked-short", "The low 16 bits of x. (unchecked-short 65537) ;=> 1", func(x int32) int32 { return int32(int16(x)) }),
	{Name: "clojure.core/unchecked-char", Min: 1, Max: 1, Args: "[x]", Doc: "The character whose code is the low 16 bits of x. (unchecked-char 97) ;=> \\a",
		Pure: one(func(v lang.Value) lang.Value { return lang.Char(rune(uint16(integer(v)))) })},
	{Name: "clojure.core/unchecked-float", Min: 1, Max: 1, Args: "[x]", Doc: "x as a floating point number. (unchecked-float 1) ;=> 1.0", Pure: one(func(v lang.Value) lang.Value { return lang.Float(float64(float32(lang.ToFloat(v)))) })},
	{Name: "clojure.core/unchecked-double", Min: 1, Max: 1, Args: "[x]", Doc: "x as a floating point number. (unchecked-double 1) ;=> 1.0", Pure: one(func(v lang.Value) lang.Value { return lang.Float(lang.ToFloat(v)) })},
}

func nonzero(y int32) int32 {
	if y == 0 {
		lang.Raise(lang.ArithmeticException, "/ by zero")
	}
	return y
}

func unchecked1(name, doc string, f func(x int32) int32) *lang.Native {
	return &lang.Native{Name: "clojure.core/" + name, Min: 1, Max: 1, Args: "[x]", Doc: doc,
		Pure: one(func(v lang.Value) lang.Value { return lang.Int32(f(int32(integer(v)))) })}
}

func unchecked2(name, doc string, f func(x, y int32) int32) *lang.Native {
	return &lang.Native{Name: "clojure.core/" + name, Min: 2, Max: 2, Args: "[x y]", Doc: doc,
		Pure: two(func(x, y lang.Value) lang.Value { return lang.Int32(f(int32(integer(x)), int32(integer(y)))) })}
}

// TaggedLiteral is a tag and the form behind it.
type TaggedLiteral struct {
	tag  *lang.Symbol
	form lang.Value
}

var taggedClass = lang.DefineClass("clojure.lang.TaggedLiteral", lang.ILookupClass)

// Class gives Clojure's class of such a value.
func (t *TaggedLiteral) Class() *lang.Class { return taggedClass }

// PrintTo prints the literal as it is written.
func (t *TaggedLiteral) PrintTo(p *lang.Printer) { p.Then("#"+t.tag.String()+" ", t.form) }

// EqualTo reports whether v has the same tag and form.
func (t *TaggedLiteral) EqualTo(v lang.Value) bool {
	u, ok := v.Obj().(*TaggedLiteral)
	return ok && lang.Equal(lang.Obj(t.tag), lang.Obj(u.tag)) && lang.Equal(t.form, u.form)
}

// Hash gives a hash of both.
func (t *TaggedLiteral) Hash() uint32 { return 31*lang.Hash(lang.Obj(t.tag)) + lang.Hash(t.form) }

func (t *TaggedLiteral) lookup(k lang.Value) (lang.Value, bool) {
	switch k {
	case lang.K("tag"):
		return lang.Obj(t.tag), true
	case lang.K("form"):
		return t.form, true
	}
	return lang.Nil, false
}

// Field gives tag or form, for (.-tag literal).
func (t *TaggedLiteral) Field(name string) (lang.Value, bool) { return t.lookup(lang.K(name)) }

// SetField refuses: a literal never changes.
func (t *TaggedLiteral) SetField(*runtime.Process, string, lang.Value) (lang.Value, bool) {
	return lang.Nil, false
}
