package kernel

import (
	"encoding/hex"
	"math"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
)

// binaryNatives are :binary, :unicode and :string.
func binaryNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "binary/bin_to_list", Min: 1, Max: 3, Args: "subject, pos, len", Pure: func(args []lang.Value) lang.Value {
			if len(args) == 3 {
				args = []lang.Value{binaryPart(args)}
			}
			return bytesList(erlangBinary(args[0]))
		}, Doc: "The bytes of a binary. :binary.bin_to_list(\"ab\") #=> 'ab'"},
		{Name: "binary/list_to_bin", Min: 1, Max: 1, Deep: arg0, Args: "list", Pure: one(iodataToBinary), Doc: "The binary of bytes. :binary.list_to_bin([97]) #=> \"a\""},
		{Name: "binary/at", Min: 2, Max: 2, Args: "subject, pos", Pure: func(args []lang.Value) lang.Value {
			s, i := erlangBinary(args[0]), erlangSize(args[1], 1)
			if i >= len(s) {
				badArg(1, "out of range")
			}
			return lang.Int(int64(s[i]))
		}, Doc: "The byte at a position. :binary.at(\"a\", 0) #=> 97"},
		{Name: "binary/first", Min: 1, Max: 1, Args: "subject", Pure: one(func(v lang.Value) lang.Value { return byteAt(v, false) }), Doc: "The first byte. :binary.first(\"ab\") #=> 97"},
		{Name: "binary/last", Min: 1, Max: 1, Args: "subject", Pure: one(func(v lang.Value) lang.Value { return byteAt(v, true) }), Doc: "The last byte. :binary.last(\"ab\") #=> 98"},
		{Name: "binary/part", Min: 2, Max: 3, Args: "subject, pos, len", Pure: func(args []lang.Value) lang.Value {
			if len(args) == 2 {
				t, ok := args[1].Obj().(*lang.Vector)
				if !ok || t.Len() != 2 {
					badArg(1, "not a valid {pos, len} tuple")
				}
				args = []lang.Value{args[0], t.Nth(0), t.Nth(1)}
			}
			return binaryPart(args)
		}, Doc: "A part of a binary. :binary.part(\"hello\", 1, 2) #=> \"el\""},
		{Name: "binary/copy", Min: 1, Max: 2, Args: "subject, n", Pure: func(args []lang.Value) lang.Value {
			n := 1
			if len(args) == 2 {
				n = erlangSize(args[1], 1)
			}
			return lang.Str(strings.Repeat(erlangBinary(args[0]), n))
		}, Doc: "A binary n times. :binary.copy(\"ab\", 2) #=> \"abab\""},
		{Name: "binary/match", Min: 2, Max: 3, Args: "subject, pattern, options", Pure: func(args []lang.Value) lang.Value {
			m := occurrences(erlangBinary(args[0]), patternArg("binary", "match", args, 1), 1)
			if m == nil {
				return lang.K("nomatch")
			}
			return place(m[0])
		}, Doc: "{position, length} of the first occurrence, or :nomatch. :binary.match(\"abc\", \"b\") #=> {1, 1}"},
		{Name: "binary/matches", Min: 2, Max: 3, Args: "subject, pattern, options", Pure: func(args []lang.Value) lang.Value {
			var out []lang.Value
			for _, m := range occurrences(erlangBinary(args[0]), patternArg("binary", "matches", args, 1), -1) {
				out = append(out, place(m))
			}
			return lang.ListOf(out...)
		}, Doc: "{position, length} of each occurrence. :binary.matches(\"aa\", \"a\") #=> [{0, 1}, {1, 1}]"},
		{Name: "binary/split", Min: 2, Max: 3, Args: "subject, pattern, options", Pure: func(args []lang.Value) lang.Value {
			n := 1
			if hasFlag(args, 2, "global") {
				n = -1
			}
			s := erlangBinary(args[0])
			return binaries(between(s, occurrences(s, patternArg("binary", "split", args, 1), n), hasFlag(args, 2, "trim_all")))
		}, Doc: "The parts of a binary at the first occurrence of a pattern, or with :global at all. :binary.split(\"a,b\", \",\") #=> [\"a\", \"b\"]"},
		{Name: "binary/replace", Min: 3, Max: 4, Args: "subject, pattern, replacement, options", Pure: func(args []lang.Value) lang.Value {
			n := 1
			if hasFlag(args, 3, "global") {
				n = -1
			}
			s := erlangBinary(args[0])
			return lang.Str(strings.Join(between(s, occurrences(s, patternArg("binary", "replace", args, 1), n), false), erlangBinary(args[2])))
		}, Doc: "A binary with the first occurrence of a pattern replaced, or with :global all."},
		{Name: "binary/encode_unsigned", Min: 1, Max: 2, Args: "unsigned, endianness", Pure: func(args []lang.Value) lang.Value {
			if !lang.IsInteger(args[0]) || lang.Sign(args[0]) < 0 {
				badArg(0, "not a non-negative integer")
			}
			b := lang.ToBig(args[0]).Bytes()
			if len(b) == 0 {
				b = []byte{0}
			}
			return lang.Str(string(turned(b, len(args) == 2 && args[1] == lang.K("little"))))
		}, Doc: "The bytes of an integer. :binary.encode_unsigned(258) #=> <<1, 2>>"},
		{Name: "binary/decode_unsigned", Min: 1, Max: 2, Args: "subject, endianness", Pure: func(args []lang.Value) lang.Value {
			b := turned([]byte(erlangBinary(args[0])), len(args) == 2 && args[1] == lang.K("little"))
			return lang.Norm(lang.Big(new(big.Int).SetBytes(b)))
		}, Doc: "The integer of bytes. :binary.decode_unsigned(<<1, 2>>) #=> 258"},
		{Name: "binary/encode_hex", Min: 1, Max: 2, Args: "binary", Pure: func(args []lang.Value) lang.Value {
			return lang.Str(strings.ToUpper(hex.EncodeToString([]byte(erlangBinary(args[0])))))
		}, Doc: "The bytes of a binary in base 16. :binary.encode_hex(\"a\") #=> \"61\""},
		{Name: "binary/decode_hex", Min: 1, Max: 1, Args: "binary", Pure: func(args []lang.Value) lang.Value {
			b, err := hex.DecodeString(erlangBinary(args[0]))
			if err != nil {
				badArg(0, "an invalid hexadecimal binary")
			}
			return lang.Str(string(b))
		}, Doc: "The bytes of text in base 16. :binary.decode_hex(\"61\") #=> \"a\""},
		{Name: "unicode/characters_to_binary", Min: 1, Max: 3, Deep: arg0, Args: "data, in, out", Pure: func(args []lang.Value) lang.Value { return lang.Str(chardata(args[0])) }, Doc: "The text of chardata. :unicode.characters_to_binary(['a', \"b\"]) #=> \"ab\""},
		{Name: "unicode/characters_to_list", Min: 1, Max: 2, Deep: arg0, Args: "data, in", Pure: func(args []lang.Value) lang.Value { return charlist(chardata(args[0])) }, Doc: "The code points of chardata. :unicode.characters_to_list(\"ab\") #=> 'ab'"},
		{Name: "string/uppercase", Min: 1, Max: 1, Args: "string", Pure: likeGiven(strings.ToUpper), Doc: "string in capitals. :string.uppercase(\"a\") #=> \"A\""},
		{Name: "string/lowercase", Min: 1, Max: 1, Args: "string", Pure: likeGiven(strings.ToLower), Doc: "string in small letters. :string.lowercase(\"A\") #=> \"a\""},
		{Name: "string/to_upper", Min: 1, Max: 1, Args: "string", Pure: likeGiven(strings.ToUpper), Doc: "string in capitals. :string.to_upper('a') #=> 'A'"},
		{Name: "string/to_lower", Min: 1, Max: 1, Args: "string", Pure: likeGiven(strings.ToLower), Doc: "string in small letters. :string.to_lower('A') #=> 'a'"},
		{Name: "string/trim", Min: 1, Max: 1, Args: "string", Pure: likeGiven(func(s string) string { return strings.TrimFunc(s, unicode.IsSpace) }), Doc: "string without the white space around it. :string.trim(\" a \") #=> \"a\""},
		{Name: "string/reverse", Min: 1, Max: 1, Args: "string", Pure: one(func(v lang.Value) lang.Value { return charlist(reverseText(chardata(v))) }), Doc: "The characters of string from the last to the first. :string.reverse(\"ab\") #=> 'ba'"},
		{Name: "string/length", Min: 1, Max: 1, Args: "string", Pure: one(func(v lang.Value) lang.Value { return lang.Int(int64(graphemeCount(chardata(v)))) }), Doc: "How many graphemes string has. :string.length('ab') #=> 2"},
		{Name: "string/to_integer", Min: 1, Max: 1, Args: "string", Pure: one(func(v lang.Value) lang.Value { return numberPrefix(v) }), Doc: "{integer, rest} of the number that string begins with. :string.to_integer('12a') #=> {12, 'a'}"},
	}
}

func place(m []int) lang.Value { return lang.Vec(lang.Int(int64(m[0])), lang.Int(int64(m[1]-m[0]))) }

// hasFlag reports whether argument i, a list of options, has an atom.
func hasFlag(args []lang.Value, i int, name string) bool {
	found := false
	lang.Iterate(optionsArg(args, i), func(x lang.Value) bool { found = x == lang.K(name); return !found })
	return found
}

func byteAt(v lang.Value, last bool) lang.Value {
	s := erlangBinary(v)
	if s == "" {
		badArg(0, "a zero-sized binary is not allowed")
	}
	if last {
		return lang.Int(int64(s[len(s)-1]))
	}
	return lang.Int(int64(s[0]))
}

// turned gives bytes in the other order if little.
func turned(b []byte, little bool) []byte {
	if !little {
		return b
	}
	out := make([]byte, len(b))
	for i, c := range b {
		out[len(b)-1-i] = c
	}
	return out
}

// likeGiven makes a function of text that gives a binary for one, a charlist
// for one.
func likeGiven(f func(string) string) pure {
	return func(args []lang.Value) lang.Value {
		s := f(chardata(args[0]))
		if isList(args[0]) {
			return charlist(s)
		}
		return lang.Str(s)
	}
}

// numberPrefix is :string.to_integer.
func numberPrefix(v lang.Value) lang.Value {
	r := parseInteger([]lang.Value{lang.Str(chardata(v))})
	t, found := r.Obj().(*lang.Vector)
	if !found {
		return failed(lang.K("no_integer"))
	}
	rest, _ := t.Nth(1).AsString()
	if isList(v) {
		return lang.Vec(t.Nth(0), charlist(rest))
	}
	return r
}

// mathNatives are :math.
func mathNatives() []*lang.Native {
	out := []*lang.Native{
		{Name: "math/pi", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Float(math.Pi) }, Doc: "The number pi. :math.pi()"},
		{Name: "math/e", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Float(math.E) }, Doc: "Euler's number."},
		{Name: "math/pow", Min: 2, Max: 2, Args: "x, n", Pure: mathFunction("pow", math.Pow), Doc: "x to the power of n, a float. :math.pow(2, 3) #=> 8.0"},
		{Name: "math/atan2", Min: 2, Max: 2, Args: "y, x", Pure: mathFunction("atan2", math.Atan2), Doc: "The angle of a point. :math.atan2(0, 1) #=> 0.0"},
		{Name: "math/fmod", Min: 2, Max: 2, Args: "x, y", Pure: mathFunction("fmod", math.Mod), Doc: "The remainder of floats. :math.fmod(5, 3) #=> 2.0"},
	}
	for _, f := range []struct {
		name string
		f    func(float64) float64
	}{
		{"sqrt", math.Sqrt}, {"exp", math.Exp}, {"log", math.Log}, {"log2", math.Log2}, {"log10", math.Log10},
		{"sin", math.Sin}, {"cos", math.Cos}, {"tan", math.Tan}, {"asin", math.Asin}, {"acos", math.Acos}, {"atan", math.Atan},
		{"sinh", math.Sinh}, {"cosh", math.Cosh}, {"tanh", math.Tanh}, {"asinh", math.Asinh}, {"acosh", math.Acosh}, {"atanh", math.Atanh},
		{"ceil", math.Ceil}, {"floor", math.Floor}, {"erf", math.Erf}, {"erfc", math.Erfc},
	} {
		out = append(out, &lang.Native{Name: "math/" + f.name, Min: 1, Max: 1, Args: "x",
			Pure: mathFunction(f.name, func(x, _ float64) float64 { return f.f(x) }), Doc: "The function " + f.name + " of x, a float."})
	}
	return out
}

// mathFunction makes a function of one or two numbers.
func mathFunction(name string, f func(x, y float64) float64) pure {
	return func(args []lang.Value) lang.Value {
		for _, v := range args {
			if !lang.IsNumber(v) {
				lang.RaiseCall(lang.K("badarith"), lang.K("math"), name, args...)
			}
		}
		y := 0.0
		if len(args) == 2 {
			y = lang.ToFloat(args[1])
		}
		r := f(lang.ToFloat(args[0]), y)
		if math.IsNaN(r) || math.IsInf(r, 0) {
			lang.RaiseCall(lang.K("badarith"), lang.K("math"), name, args...)
		}
		return lang.Float(r)
	}
}

// validPrefix gives the length of the valid UTF-8 that s begins with.
func validPrefix(s string) int {
	n := 0
	for n < len(s) {
		r, k := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError && k == 1 {
			break
		}
		n += k
	}
	return n
}
