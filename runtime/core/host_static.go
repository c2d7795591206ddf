package core

import (
	"math"
	"math/big"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The members of the host's classes that there are: the static ones here, the
// methods of instances in host_method.go, the constructors in host_new.go. All
// are natives with the name Class/member.

// statics are the static methods. Those of Math are in mathStatics.
var statics = [][]*lang.Native{mathStatics, numberStatics, textStatics, systemStatics, threadStatics}

// staticFields are the static fields.
var staticFields = map[string]lang.Value{
	"java.lang.Math/PI":                          lang.Float(math.Pi),
	"java.lang.Math/E":                           lang.Float(math.E),
	"java.lang.Long/MAX_VALUE":                   lang.Int(math.MaxInt64),
	"java.lang.Long/MIN_VALUE":                   lang.Int(math.MinInt64),
	"java.lang.Integer/MAX_VALUE":                lang.Int32(math.MaxInt32),
	"java.lang.Integer/MIN_VALUE":                lang.Int32(math.MinInt32),
	"java.lang.Short/MAX_VALUE":                  lang.Int(math.MaxInt16),
	"java.lang.Short/MIN_VALUE":                  lang.Int(math.MinInt16),
	"java.lang.Byte/MAX_VALUE":                   lang.Int(math.MaxInt8),
	"java.lang.Byte/MIN_VALUE":                   lang.Int(math.MinInt8),
	"java.lang.Double/MAX_VALUE":                 lang.Float(math.MaxFloat64),
	"java.lang.Double/MIN_VALUE":                 lang.Float(math.SmallestNonzeroFloat64),
	"java.lang.Double/POSITIVE_INFINITY":         lang.Float(math.Inf(1)),
	"java.lang.Double/NEGATIVE_INFINITY":         lang.Float(math.Inf(-1)),
	"java.lang.Double/NaN":                       lang.Float(math.NaN()),
	"java.lang.Boolean/TRUE":                     lang.True,
	"java.lang.Boolean/FALSE":                    lang.False,
	"java.math.BigInteger/ONE":                   lang.Big(big.NewInt(1)),
	"java.math.BigInteger/ZERO":                  lang.Big(big.NewInt(0)),
	"java.math.BigDecimal/ONE":                   lang.Obj(lang.ToDecimal(lang.Int(1))),
	"java.math.BigDecimal/ZERO":                  lang.Obj(lang.ToDecimal(lang.Int(0))),
	"java.io.File/separator":                     lang.Str("/"),
	"java.util.concurrent.TimeUnit/NANOSECONDS":  timeUnit(time.Nanosecond),
	"java.util.concurrent.TimeUnit/MICROSECONDS": timeUnit(time.Microsecond),
	"java.util.concurrent.TimeUnit/MILLISECONDS": timeUnit(time.Millisecond),
	"java.util.concurrent.TimeUnit/SECONDS":      timeUnit(time.Second),
	"java.util.concurrent.TimeUnit/MINUTES":      timeUnit(time.Minute),
	"java.util.concurrent.TimeUnit/HOURS":        timeUnit(time.Hour),
}

// The classes of the host that have members here and nowhere else.
var (
	randomClass = lang.DefineClass("java.util.Random", lang.ObjectClass)
	_           = lang.DefineClass("java.lang.Runtime", lang.ObjectClass)
	_           = lang.DefineClass("java.util.Arrays", lang.ObjectClass)
	_           = lang.DefineClass("java.util.Collections", lang.ObjectClass)
	_           = lang.DefineClass("java.lang.Short", lang.NumberClass)
	_           = lang.DefineClass("java.lang.Byte", lang.NumberClass)
	unitClass   = lang.DefineClass("java.util.concurrent.TimeUnit", lang.ObjectClass)
)

// TimeUnit is one of java.util.concurrent.TimeUnit.
type TimeUnit struct{ d time.Duration }

func timeUnit(d time.Duration) lang.Value { return lang.Obj(&TimeUnit{d}) }

// Class gives Java's class of such a value.
func (u *TimeUnit) Class() *lang.Class { return unitClass }

// staticTable finds the static methods by class and name.
var staticTable = sync.OnceValue(func() map[string]*lang.Native { return byName(statics) })

// Static finds a static member of a class: the value of a field, or the
// function of a method.
func Static(class *lang.Class, member string) (v lang.Value, isField, ok bool) {
	if class == nil {
		return lang.Nil, false, false
	}
	name := class.Name + "/" + member
	if v, ok := staticFields[name]; ok {
		return v, true, true
	}
	if n, ok := staticTable()[name]; ok {
		return lang.Obj(n), false, true
	}
	return lang.Nil, false, false
}

var numberStatics = []*lang.Native{
	{Name: "java.lang.Long/parseLong", Min: 1, Max: 2, Args: "[s] [s radix]", Pure: parseInteger(64), Doc: "The integer that s spells, or an error. (Long/parseLong \"12\") ;=> 12"},
	{Name: "java.lang.Long/valueOf", Min: 1, Max: 1, Args: "[x]", Pure: parseInteger(64), Doc: "The integer that a string spells, or an integer itself."},
	{Name: "java.lang.Integer/parseInt", Min: 1, Max: 2, Args: "[s] [s radix]", Pure: parseInteger(32), Doc: "The integer of 32 bits that s spells, or an error. (Integer/parseInt \"12\") ;=> 12"},
	{Name: "java.lang.Integer/valueOf", Min: 1, Max: 1, Args: "[x]", Pure: parseInteger(32), Doc: "The integer of 32 bits that a string spells, or an integer itself."},
	{Name: "java.lang.Long/toString", Min: 1, Max: 2, Args: "[i] [i radix]", Pure: inRadix, Doc: "The digits of i, in base radix. (Long/toString 255 16) ;=> \"ff\""},
	{Name: "java.lang.Integer/toString", Min: 1, Max: 2, Args: "[i] [i radix]", Pure: inRadix, Doc: "The digits of i, in base radix."},
	{Name: "java.lang.Long/toBinaryString", Min: 1, Max: 1, Args: "[i]", Pure: unsignedDigits(64, 2), Doc: "The 64 bits of i without leading zeros. (Long/toBinaryString 5) ;=> \"101\""},
	{Name: "java.lang.Long/toHexString", Min: 1, Max: 1, Args: "[i]", Pure: unsignedDigits(64, 16), Doc: "The 64 bits of i in hexadecimal. (Long/toHexString 255) ;=> \"ff\""},
	{Name: "java.lang.Long/toOctalString", Min: 1, Max: 1, Args: "[i]", Pure: unsignedDigits(64, 8), Doc: "The 64 bits of i in octal."},
	{Name: "java.lang.Integer/toBinaryString", Min: 1, Max: 1, Args: "[i]", Pure: unsignedDigits(32, 2), Doc: "The 32 bits of i without leading zeros."},
	{Name: "java.lang.Integer/toHexString", Min: 1, Max: 1, Args: "[i]", Pure: unsignedDigits(32, 16), Doc: "The 32 bits of i in hexadecimal. (Integer/toHexString 255) ;=> \"ff\""},
	{Name: "java.lang.Integer/toOctalString", Min: 1, Max: 1, Args: "[i]", Pure: unsignedDigits(32, 8), Doc: "The 32 bits of i in octal."},
	{Name: "java.lang.Long/bitCount", Min: 1, Max: 1, Args: "[i]", Pure: one(bitCount), Doc: "How many bits of i are set. (Long/bitCount 7) ;=> 3"},
	{Name: "java.lang.Integer/bitCount", Min: 1, Max: 1, Args: "[i]", Pure: one(bitCount), Doc: "How many bits of i are set."},
	{Name: "java.lang.Long/compare", Min: 2, Max: 2, Args: "[a b]", Pure: two(compareNumbers), Doc: "-1, 0 or 1 as a is below, at or above b."},
	{Name: "java.lang.Integer/compare", Min: 2, Max: 2, Args: "[a b]", Pure: two(compareNumbers), Doc: "-1, 0 or 1 as a is below, at or above b."},
	{Name: "java.lang.Double/compare", Min: 2, Max: 2, Args: "[a b]", Pure: two(compareNumbers), Doc: "-1, 0 or 1 as a is below, at or above b."},
	{Name: "java.lang.Double/parseDouble", Min: 1, Max: 1, Args: "[s]", Pure: one(mustParseDouble), Doc: "The float that s spells, or an error. (Double/parseDouble \"1.5\") ;=> 1.5"},
	{Name: "java.lang.Double/valueOf", Min: 1, Max: 1, Args: "[x]", Pure: one(mustParseDouble), Doc: "The float that a string spells, or a float itself."},
	{Name: "java.lang.Double/toString", Min: 1, Max: 1, Args: "[x]", Pure: one(valueText), Doc: "x as text."},
	{Name: "java.lang.Double/isNaN", Min: 1, Max: 1, Args: "[x]", Doc: "Whether x is the float that is no number.",
		Pure: holds(func(v lang.Value) bool { return math.IsNaN(lang.ToFloat(v)) })},
	{Name: "java.lang.Double/isInfinite", Min: 1, Max: 1, Args: "[x]", Doc: "Whether x is infinite.",
		Pure: holds(func(v lang.Value) bool { return math.IsInf(lang.ToFloat(v), 0) })},
	{Name: "java.lang.Boolean/parseBoolean", Min: 1, Max: 1, Args: "[s]", Doc: "Whether s spells true.",
		Pure: holds(func(v lang.Value) bool { s, _ := v.AsString(); return strings.EqualFold(s, "true") })},
	{Name: "java.lang.Boolean/valueOf", Min: 1, Max: 1, Args: "[x]", Doc: "A boolean itself; whether a string spells true.",
		Pure: holds(func(v lang.Value) bool { s, _ := v.AsString(); return strings.EqualFold(s, "true") || v == lang.True })},
	{Name: "java.math.BigInteger/valueOf", Min: 1, Max: 1, Args: "[i]", Pure: one(toBig), Doc: "i as an integer of any size."},
	{Name: "java.math.BigDecimal/valueOf", Min: 1, Max: 1, Args: "[x]", Pure: one(toDecimal), Doc: "x as a decimal of any precision."},
}

var textStatics = []*lang.Native{
	{Name: "java.lang.String/valueOf", Min: 1, Max: 1, Deep: arg0, Args: "[x]", Pure: one(valueText), Doc: "x as text, nil as null."},
	{Name: "java.lang.String/format", Min: 1, Max: -1, Deep: from1, Args: "[fmt & args]", Doc: "What format makes of the arguments, which may stand in an array.",
		Pure: func(args []lang.Value) lang.Value {
			if len(args) == 2 && is[*Array](args[1]) {
				return lang.Str(Format(text(args[0]), elements(args[1])))
			}
			return lang.Str(Format(text(args[0]), args[1:]))
		}},
	{Name: "java.lang.String/join", Min: 2, Max: -1, Deep: from1, Args: "[separator coll]", Doc: "The elements of coll as text, with separator between them.",
		Pure: func(args []lang.Value) lang.Value {
			vs := args[1:]
			if len(vs) == 1 && lang.IsSeqable(vs[0]) && !vs[0].IsString() {
				vs = elements(vs[0])
			}
			parts := make([]string, len(vs))
			for i, v := range vs {
				parts[i] = nullText(v)
			}
			return lang.Str(strings.Join(parts, text(args[0])))
		}},
	{Name: "java.lang.Character/isDigit", Min: 1, Max: 1, Args: "[c]", Pure: ofChar(unicode.IsDigit), Doc: "Whether c is a digit. (Character/isDigit \\1) ;=> true"},
	{Name: "java.lang.Character/isLetter", Min: 1, Max: 1, Args: "[c]", Pure: ofChar(unicode.IsLetter), Doc: "Whether c is a letter."},
	{Name: "java.lang.Character/isLetterOrDigit", Min: 1, Max: 1, Args: "[c]", Pure: ofChar(func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }), Doc: "Whether c is a letter or a digit."},
	{Name: "java.lang.Character/isWhitespace", Min: 1, Max: 1, Args: "[c]", Pure: ofChar(unicode.IsSpace), Doc: "Whether c is white space."},
	{Name: "java.lang.Character/isUpperCase", Min: 1, Max: 1, Args: "[c]", Pure: ofChar(unicode.IsUpper), Doc: "Whether c is a capital letter."},
	{Name: "java.lang.Character/isLowerCase", Min: 1, Max: 1, Args: "[c]", Pure: ofChar(unicode.IsLower), Doc: "Whether c is a small letter."},
	{Name: "java.lang.Character/toUpperCase", Min: 1, Max: 1, Args: "[c]", Pure: one(func(v lang.Value) lang.Value { return lang.Char(unicode.ToUpper(charOf(v))) }), Doc: "c as a capital letter."},
	{Name: "java.lang.Character/toLowerCase", Min: 1, Max: 1, Args: "[c]", Pure: one(func(v lang.Value) lang.Value { return lang.Char(unicode.ToLower(charOf(v))) }), Doc: "c as a small letter."},
	{Name: "java.lang.Character/toString", Min: 1, Max: 1, Args: "[c]", Pure: one(valueText), Doc: "c as a string."},
	{Name: "java.lang.Character/valueOf", Min: 1, Max: 1, Args: "[c]", Pure: one(func(v lang.Value) lang.Value { return lang.Char(charOf(v)) }), Doc: "c itself."},
	{Name: "java.lang.Character/getNumericValue", Min: 1, Max: 1, Args: "[c]", Pure: one(func(v lang.Value) lang.Value { return lang.Int32(digitOf(charOf(v), 36)) }), Doc: "The number that a digit or letter stands for, -1 if none. (Character/getNumericValue \\7) ;=> 7"},
	{Name: "java.lang.Character/digit", Min: 2, Max: 2, Args: "[c radix]", Pure: two(func(v, radix lang.Value) lang.Value { return lang.Int32(digitOf(charOf(v), integer(radix))) }), Doc: "The number that c stands for in base radix, -1 if none."},
	{Name: "java.util.regex.Pattern/compile", Min: 1, Max: 1, Args: "[s]", Pure: one(func(v lang.Value) lang.Value { return lang.Obj(pattern(v)) }), Doc: "The regular expression that s spells."},
	{Name: "java.util.regex.Pattern/quote", Min: 1, Max: 1, Args: "[s]", Pure: one(func(v lang.Value) lang.Value { return lang.Str(`\Q` + text(v) + `\E`) }), Doc: "A pattern for s itself."},
	{Name: "java.util.regex.Pattern/matches", Min: 2, Max: 2, Args: "[re s]", Pure: two(func(re, s lang.Value) lang.Value { return lang.Bool(fullMatch(pattern(re), text(s)) != nil) }), Doc: "Whether the pattern re matches all of s."},
	{Name: "java.util.UUID/fromString", Min: 1, Max: 1, Args: "[s]", Doc: "The identifier that s spells, or an error.",
		Pure: one(func(v lang.Value) lang.Value {
			u, ok := lang.ParseUUID(text(v))
			if !ok {
				lang.Raise(lang.IllegalArgumentException, "Invalid UUID string: %s", text(v))
			}
			return lang.Obj(u)
		})},
	{Name: "java.util.UUID/randomUUID", Args: "[]", Run: randomUUID, Doc: "A new identifier, drawn at random."},
	{Name: "java.util.Arrays/toString", Min: 1, Max: 1, Args: "[array]", Doc: "The elements of an array as text. (java.util.Arrays/toString (long-array [1 2])) ;=> \"[1, 2]\"",
		Pure: one(func(v lang.Value) lang.Value { return lang.Str(listText(arrayIn(v))) })},
	{Name: "java.util.Arrays/asList", Min: 0, Max: -1, Args: "[& xs]", Doc: "The arguments, or the elements of an array, as a vector.",
		Pure: func(args []lang.Value) lang.Value {
			if len(args) == 1 && is[*Array](args[0]) {
				args = elements(args[0])
			}
			return lang.Vec(args...)
		}},
}

var systemStatics = []*lang.Native{
	{Name: "java.lang.System/currentTimeMillis", Args: "[]", Doc: "The milliseconds from the start of 1970 to now.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Int(p.W.WallTime().UnixMilli()) }},
	{Name: "java.lang.System/nanoTime", Args: "[]", Doc: "A time in nanoseconds, to take the difference of two.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Int(p.W.Now().Nanoseconds()) }},
	{Name: "java.lang.System/getenv", Max: 1, Args: "[] [name]", Doc: "A variable of the environment, nil if there is none; without name, a map of all.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			if len(args) == 1 {
				if v, ok := os.LookupEnv(text(args[0])); ok {
					return lang.Str(v)
				}
				return lang.Nil
			}
			m := lang.EmptyMap
			for _, kv := range os.Environ() {
				k, v, _ := strings.Cut(kv, "=")
				m = m.Assoc(lang.Str(k), lang.Str(v))
			}
			return lang.Obj(m)
		}},
	{Name: "java.lang.System/getProperty", Min: 1, Max: 2, Args: "[name] [name default]", Doc: "A property of the system, nil or default if there is none.",
		Pure: func(args []lang.Value) lang.Value {
			if v, ok := properties[text(args[0])]; ok {
				return lang.Str(v)
			}
			return optional(args, 1)
		}},
	{Name: "java.lang.System/lineSeparator", Args: "[]", Doc: "What ends a line.", Pure: func([]lang.Value) lang.Value { return lang.Str("\n") }},
	{Name: "java.lang.System/identityHashCode", Min: 1, Max: 1, Args: "[x]", Doc: "The hash of x.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Int32(int32(lang.Hash(v))) })},
	{Name: "java.lang.System/gc", Args: "[]", Doc: "Asks for a collection of garbage, which comes by itself anyway.", Pure: func([]lang.Value) lang.Value { return lang.Nil }},
	{Name: "java.lang.System/exit", Min: 1, Max: 1, Args: "[status]", Doc: "Ends the session with an exit code.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return Exit(p, int(integer(args[0]))) }},
	{Name: "java.lang.System/arraycopy", Min: 5, Max: 5, Args: "[src from dest to n]", Doc: "Copies n elements of array src from an index to array dest at another.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			src, dest := arrayIn(args[0]).Vector(), args[2]
			from, to := integer(args[1]), integer(args[3])
			for i := range integer(args[4]) {
				if from+i < 0 || from+i >= int64(src.Len()) {
					outOfBounds()
				}
				aset(p, []lang.Value{dest, lang.Int(to + i), src.Nth(int(from + i))})
			}
			return lang.Nil
		}},
	{Name: "java.lang.Runtime/getRuntime", Args: "[]", Doc: "What tells about the machine.", Pure: func([]lang.Value) lang.Value { return lang.Obj(theRuntime) }},
	{Name: "java.lang.Class/forName", Min: 1, Max: 1, Args: "[name]", Doc: "The class of a full name, or an error.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			name := text(args[0])
			if c := classInNamespaces(p.W, name); c != nil {
				return lang.Obj(c)
			}
			c, ok := lang.ClassByName(name)
			if !ok || !strings.Contains(name, ".") {
				lang.Raise(lang.ClassNotFoundException, "%s", name)
			}
			return lang.Obj(c)
		}},
}

// properties are the system properties that there are.
var properties = map[string]string{
	"line.separator": "\n", "file.separator": "/", "path.separator": ":", "file.encoding": "UTF-8", "java.io.tmpdir": "/tmp", "os.name": "Linux", "user.language": "en",
}

type exitKey struct{}

// OnExit sets what System/exit calls in a world, with the exit code. The
// process that has called it goes no further.
func OnExit(w *runtime.World, f func(code int)) { w.Library[exitKey{}] = f }

// Exit ends the program with an exit code; a native returns what Exit returns.
func Exit(p *runtime.Process, code int) lang.Value {
	f, ok := p.W.Library[exitKey{}].(func(int))
	if !ok {
		lang.Raise(lang.UnsupportedOperationException, "nothing that System/exit could end")
	}
	f(code)
	p.W.Interrupt()
	return p.Perform(ended{})
}

// ended is the operation that never happens.
type ended struct{}

// Ready never holds.
func (ended) Ready(*runtime.World, *runtime.Process) bool { return false }

func (ended) Try(*runtime.World, *runtime.Process) (lang.Value, bool) { return lang.Nil, false }

func (ended) Park(*runtime.World, *runtime.Waiter, int) {}

func (ended) Cancel(*runtime.World, *runtime.Waiter, int) {}

func (ended) Access(acc []runtime.Access) []runtime.Access { return acc }

func (ended) About(p *runtime.Process) string { return p.Say(wordsEnded) }

func parseInteger(size int) pure {
	return func(args []lang.Value) lang.Value {
		made := func(i int64) lang.Value {
			if size == 32 {
				return toInt(lang.Int(i))
			}
			return lang.Int(i)
		}
		if lang.IsNumber(args[0]) {
			return made(integer(args[0]))
		}
		if args[0].IsNil() {
			lang.Raise(lang.NumberFormatException, "Cannot parse null string")
		}
		s, radix := text(args[0]), 10
		if len(args) == 2 {
			radix = radixOf(args[1])
		}
		i, err := strconv.ParseInt(s, radix, size)
		if err != nil || strings.Contains(s, "_") {
			badNumber(s)
		}
		return made(i)
	}
}

func radixOf(v lang.Value) int {
	r := integer(v)
	if r < 2 || r > 36 {
		return 10
	}
	return int(r)
}

func inRadix(args []lang.Value) lang.Value {
	if len(args) == 1 {
		return valueText(args[0])
	}
	return lang.Str(strconv.FormatInt(integer(args[0]), radixOf(args[1])))
}

func unsignedDigits(size, radix int) pure {
	return one(func(v lang.Value) lang.Value {
		u := uint64(integer(v))
		if size == 32 {
			u = uint64(uint32(u))
		}
		return lang.Str(strconv.FormatUint(u, radix))
	})
}

func bitCount(v lang.Value) lang.Value {
	n := 0
	for u := uint64(integer(v)); u != 0; u &= u - 1 {
		n++
	}
	return lang.Int32(int32(n))
}

func compareNumbers(a, b lang.Value) lang.Value { return lang.Int32(int32(lang.NumCompare(a, b))) }

func mustParseDouble(v lang.Value) lang.Value {
	if lang.IsNumber(v) {
		return lang.Float(lang.ToFloat(v))
	}
	f, ok := javaDouble(text(v))
	if !ok {
		badNumber(text(v))
	}
	return lang.Float(f)
}

func valueText(v lang.Value) lang.Value { return lang.Str(nullText(v)) }

// charOf gives the character in v, which may be a code.
func charOf(v lang.Value) rune {
	if v.IsChar() {
		return v.AsChar()
	}
	if !v.IsFixed() {
		panic(lang.CastError(v, lang.CharacterClass))
	}
	return rune(v.AsInt())
}

func ofChar(f func(r rune) bool) pure {
	return holds(func(v lang.Value) bool { return f(charOf(v)) })
}

func digitOf(r rune, radix int64) int32 {
	d := int32(-1)
	switch {
	case r >= '0' && r <= '9':
		d = r - '0'
	case r >= 'a' && r <= 'z':
		d = r - 'a' + 10
	case r >= 'A' && r <= 'Z':
		d = r - 'A' + 10
	}
	if int64(d) >= radix {
		return -1
	}
	return d
}
