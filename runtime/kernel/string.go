package kernel

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func textNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "String/length", Min: 1, Max: 1, Args: "string", Pure: ofText("length", func(s string) lang.Value { return lang.Int(int64(graphemeCount(s))) }), Doc: "How many graphemes string has. String.length(\"é\") #=> 1"},
		{Name: "String/graphemes", Min: 1, Max: 1, Args: "string", Pure: ofText("graphemes", func(s string) lang.Value { return binaries(graphemes(s)) }), Doc: "The graphemes of string. String.graphemes(\"ab\") #=> [\"a\", \"b\"]"},
		{Name: "String/codepoints", Min: 1, Max: 1, Args: "string", Pure: ofText("codepoints", codepoints), Doc: "The code points of string, each as a string. String.codepoints(\"ab\") #=> [\"a\", \"b\"]"},
		{Name: "String/to_charlist", Min: 1, Max: 1, Args: "string", Pure: ofText("to_charlist", charlist), Doc: "The code points of string. String.to_charlist(\"abc\") #=> 'abc'"},
		{Name: "String/upcase", Min: 1, Max: 2, Args: "string, mode \\\\ :default", Pure: cased("upcase", strings.ToUpper), Doc: "string in capitals. String.upcase(\"abc\") #=> \"ABC\""},
		{Name: "String/downcase", Min: 1, Max: 2, Args: "string, mode \\\\ :default", Pure: cased("downcase", strings.ToLower), Doc: "string in small letters. String.downcase(\"ABC\") #=> \"abc\""},
		{Name: "String/capitalize", Min: 1, Max: 2, Args: "string, mode \\\\ :default", Pure: cased("capitalize", capitalize), Doc: "string with its first letter a capital and the others small. String.capitalize(\"aBC\") #=> \"Abc\""},
		{Name: "String/reverse", Min: 1, Max: 1, Args: "string", Pure: ofText("reverse", func(s string) lang.Value { return lang.Str(reverseText(s)) }), Doc: "The graphemes of string from the last to the first. String.reverse(\"abc\") #=> \"cba\""},
		{Name: "String/first", Min: 1, Max: 1, Args: "string", Pure: ofText("first", func(s string) lang.Value { return graphemeAt(s, 0) }), Doc: "The first grapheme, nil if there is none. String.first(\"abc\") #=> \"a\""},
		{Name: "String/last", Min: 1, Max: 1, Args: "string", Pure: ofText("last", func(s string) lang.Value { return graphemeAt(s, -1) }), Doc: "The last grapheme, nil if there is none. String.last(\"abc\") #=> \"c\""},
		{Name: "String/at", Min: 2, Max: 2, Args: "string, position", Pure: func(args []lang.Value) lang.Value {
			return graphemeAt(binaryArg("String", "at", args, 0), intArg("String", "at", args, 1))
		}, Doc: "The grapheme at a position, from the end if it is negative; nil if there is none. String.at(\"abc\", -1) #=> \"c\""},
		{Name: "String/slice", Min: 2, Max: 3, Args: "string, start, length", Pure: sliceText, Doc: "length graphemes from start on, or those of a range. String.slice(\"hello\", 1..3) #=> \"ell\""},
		{Name: "String/duplicate", Min: 2, Max: 2, Args: "subject, n", Run: duplicate, Doc: "subject n times. String.duplicate(\"ab\", 2) #=> \"abab\""},
		{Name: "String/trim", Min: 1, Max: 2, Args: "string, to_trim", Pure: trimming("trim", true, true), Doc: "string without the white space, or the text to_trim, at both ends. String.trim(\" a \") #=> \"a\""},
		{Name: "String/trim_leading", Min: 1, Max: 2, Args: "string, to_trim", Pure: trimming("trim_leading", true, false), Doc: "string without the white space in front. String.trim_leading(\" a\") #=> \"a\""},
		{Name: "String/trim_trailing", Min: 1, Max: 2, Args: "string, to_trim", Pure: trimming("trim_trailing", false, true), Doc: "string without the white space behind. String.trim_trailing(\"a \") #=> \"a\""},
		{Name: "String/pad_leading", Min: 2, Max: 3, Args: "string, count, padding \\\\ [\" \"]", Pure: padding("pad_leading", true), Doc: "string made count graphemes long by padding in front. String.pad_leading(\"7\", 3, \"0\") #=> \"007\""},
		{Name: "String/pad_trailing", Min: 2, Max: 3, Args: "string, count, padding \\\\ [\" \"]", Pure: padding("pad_trailing", false), Doc: "string made count graphemes long by padding behind. String.pad_trailing(\"a\", 3, \".\") #=> \"a..\""},
		{Name: "String/next_grapheme", Min: 1, Max: 1, Args: "string", Pure: ofText("next_grapheme", func(s string) lang.Value {
			if s == "" {
				return lang.Nil
			}
			n := graphemeLen(s)
			return lang.Vec(lang.Str(s[:n]), lang.Str(s[n:]))
		}), Doc: "{grapheme, rest}, nil of an empty string. String.next_grapheme(\"ab\") #=> {\"a\", \"b\"}"},
		{Name: "String/next_codepoint", Min: 1, Max: 1, Args: "string", Pure: ofText("next_codepoint", func(s string) lang.Value {
			if s == "" {
				return lang.Nil
			}
			_, n := utf8.DecodeRuneInString(s)
			return lang.Vec(lang.Str(s[:n]), lang.Str(s[n:]))
		}), Doc: "{code point, rest}, nil of an empty string. String.next_codepoint(\"ab\") #=> {\"a\", \"b\"}"},
		{Name: "String/valid?", Min: 1, Max: 1, Args: "string", Pure: ofText("valid?", func(s string) lang.Value { return lang.Bool(utf8.ValidString(s)) }), Doc: "Whether a binary is text in UTF-8. String.valid?(<<255>>) #=> false"},
		{Name: "String/printable?", Min: 1, Max: 2, Args: "string, character_limit \\\\ :infinity", Pure: func(args []lang.Value) lang.Value {
			return lang.Bool(lang.IsPrintable(binaryArg("String", "printable?", args, 0)))
		}, Doc: "Whether string has only characters that can be shown. String.printable?(\"abc\") #=> true"},
		{Name: "String/to_integer", Min: 1, Max: 2, Args: "string, base \\\\ 10", Pure: toInteger, Doc: "The integer that string spells. String.to_integer(\"42\") #=> 42"},
		{Name: "String/to_float", Min: 1, Max: 1, Args: "string", Pure: toFloat, Doc: "The float that string spells. String.to_float(\"1.5\") #=> 1.5"},
		{Name: "String/to_atom", Min: 1, Max: 1, Args: "string", Pure: toAtom, Doc: "The atom of that name. String.to_atom(\"a\") #=> :a"},
		{Name: "String/to_existing_atom", Min: 1, Max: 1, Args: "string", Pure: toAtom, Doc: "The atom of that name. String.to_existing_atom(\"a\") #=> :a"},
		{Name: "String/equivalent?", Min: 2, Max: 2, Args: "string1, string2", Pure: func(args []lang.Value) lang.Value {
			return lang.Bool(binaryArg("String", "equivalent?", args, 0) == binaryArg("String", "equivalent?", args, 1))
		}, Doc: "Whether two strings read the same. String.equivalent?(\"a\", \"a\") #=> true"},
		{Name: "String/jaro_distance", Min: 2, Max: 2, Args: "string1, string2", Pure: func(args []lang.Value) lang.Value {
			return lang.Float(jaro(binaryArg("String", "jaro_distance", args, 0), binaryArg("String", "jaro_distance", args, 1)))
		}, Doc: "How like two strings are, from 0.0 to 1.0. String.jaro_distance(\"even\", \"even\") #=> 1.0"},
		{Name: "String/bag_distance", Min: 2, Max: 2, Args: "string1, string2", Pure: bagDistance, Doc: "How many letters two strings share, from 0.0 to 1.0. String.bag_distance(\"abc\", \"abc\") #=> 1.0"},
		{Name: "String/chunk", Min: 2, Max: 2, Args: "string, trait", Pure: chunkText, Doc: "The stretches of string that are all :valid, or all :printable, or not. String.chunk(\"a\", :valid) #=> [\"a\"]"},
	}
}

// ofText makes a function of String of one string.
func ofText(name string, f func(s string) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return f(binaryArg("String", name, args, 0)) }
}

func codepoints(s string) lang.Value {
	out := make([]string, 0, len(s))
	for i := 0; i < len(s); {
		_, n := utf8.DecodeRuneInString(s[i:])
		out = append(out, s[i:i+n])
		i += n
	}
	return binaries(out)
}

// cased makes a function that changes the case; with :ascii, of ASCII letters alone.
func cased(name string, f func(string) string) pure {
	return func(args []lang.Value) lang.Value {
		if _, ok := args[0].AsString(); !ok || len(args) == 2 && !isAtom(args[1]) {
			noClause("String", name, append(args[:1:1], optional(args, 1, lang.K("default"))))
		}
		s := binaryArg("String", name, args, 0)
		if len(args) == 2 && args[1] == lang.K("ascii") {
			return lang.Str(asciiOnly(s, f))
		}
		return lang.Str(special(s, f))
	}
}

// special is f, and the one letter whose capital is two.
func special(s string, f func(string) string) string {
	up := f(s)
	if strings.Contains(s, "ß") && f("a") == "A" && f("ab") == "AB" {
		up = strings.ReplaceAll(up, "ß", "SS")
	}
	return up
}

// asciiOnly changes the ASCII letters of s alone.
func asciiOnly(s string, f func(string) string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r >= utf8.RuneSelf:
			b.WriteRune(r)
		case i == 0:
			b.WriteString(f(string(r)))
		default:
			b.WriteString(f("x" + string(r))[1:])
		}
	}
	return b.String()
}

func capitalize(s string) string {
	if s == "" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == 'ß' {
		return "Ss" + strings.ToLower(s[n:])
	}
	return string(unicode.ToTitle(r)) + strings.ToLower(s[n:])
}

func graphemeAt(s string, i int64) lang.Value {
	if i < 0 {
		i += int64(graphemeCount(s))
	}
	if i < 0 {
		return lang.Nil
	}
	for ; s != ""; i-- {
		n := graphemeLen(s)
		if i == 0 {
			return lang.Str(s[:n])
		}
		s = s[n:]
	}
	return lang.Nil
}

// span gives the graphemes of s from start on, n of them.
func span(s string, start, n int64) string {
	for ; start > 0 && s != ""; start-- {
		s = s[graphemeLen(s):]
	}
	end := 0
	for ; n > 0 && end < len(s); n-- {
		end += graphemeLen(s[end:])
	}
	return s[:end]
}

func sliceText(args []lang.Value) lang.Value {
	s := binaryArg("String", "slice", args, 0)
	var start, n int64
	if len(args) == 3 {
		start, n = intArg("String", "slice", args, 1), intArg("String", "slice", args, 2)
		if n < 0 {
			noClause("String", "slice", args)
		}
		if start < 0 {
			start = max(start+int64(graphemeCount(s)), 0)
		}
		return lang.Str(span(s, start, n))
	}
	m, ok := args[1].Obj().(*lang.Map)
	if name, isStruct := structName(args[1]); !ok || !isStruct || name != "Range" {
		noClause("String", "slice", args)
	}
	first, last, step, _ := rangeOf(m)
	if step < 0 {
		step = 1 // an old range without a step: 1..-1
	}
	length := int64(graphemeCount(s))
	if first < 0 {
		first = max(first+length, 0)
	}
	if last < 0 {
		last += length
	}
	last = min(last, length-1)
	if first > last || first >= length {
		return lang.Str("")
	}
	part := span(s, first, last-first+1)
	if step == 1 {
		return lang.Str(part)
	}
	var b strings.Builder
	for i, g := range graphemes(part) {
		if int64(i)%step == 0 {
			b.WriteString(g)
		}
	}
	return lang.Str(b.String())
}

func duplicate(p *runtime.Process, args []lang.Value) lang.Value {
	s, n := binaryArg("String", "duplicate", args, 0), intArg("String", "duplicate", args, 1)
	if n < 0 {
		badArg(1, "out of range")
	}
	if size := float64(len(s)) * float64(n); size > 1<<24 {
		p.W.Reserve(int(min(size, math.MaxInt64/2)))
	}
	return lang.Str(strings.Repeat(s, int(n)))
}

// trimming makes a function that trims in front, behind, or both.
func trimming(name string, front, behind bool) pure {
	return func(args []lang.Value) lang.Value {
		s := binaryArg("String", name, args, 0)
		if len(args) == 1 {
			if front {
				s = strings.TrimLeftFunc(s, unicode.IsSpace)
			}
			if behind {
				s = strings.TrimRightFunc(s, unicode.IsSpace)
			}
			return lang.Str(s)
		}
		what := binaryArg("String", name, args, 1)
		for front && what != "" && strings.HasPrefix(s, what) {
			s = s[len(what):]
		}
		for behind && what != "" && strings.HasSuffix(s, what) {
			s = s[:len(s)-len(what)]
		}
		return lang.Str(s)
	}
}

// padding makes a function that pads in front or behind.
func padding(name string, front bool) pure {
	return func(args []lang.Value) lang.Value {
		s, n := binaryArg("String", name, args, 0), intArg("String", name, args, 1)
		pads := []string{" "}
		if len(args) == 3 {
			if p, ok := args[2].AsString(); ok {
				pads = graphemes(p)
			} else {
				pads = nil
				for _, v := range listArg("String", name, args, 2) {
					p, ok := v.AsString()
					if !ok {
						argumentError("expected a string padding element, got: " + inspectPlain(nil, v))
					}
					pads = append(pads, p)
				}
			}
		}
		if len(pads) == 0 || n < 0 {
			if len(pads) == 0 {
				args = []lang.Value{args[0], args[1], emptyList}
			}
			noClause("String", name, args)
		}
		var b strings.Builder
		for i := range n - int64(graphemeCount(s)) {
			b.WriteString(pads[i%int64(len(pads))])
		}
		if front {
			return lang.Str(b.String() + s)
		}
		return lang.Str(s + b.String())
	}
}

func toAtom(args []lang.Value) lang.Value {
	s, ok := args[0].AsString()
	if !ok {
		badArg(0, "not a binary")
	}
	return atomNamed(s)
}

// jaro gives the Jaro distance of two texts, from 0 to 1.
func jaro(x, y string) float64 {
	a, b := graphemes(x), graphemes(y)
	switch {
	case x == y && x != "":
		return 1
	case len(a) == 0 || len(b) == 0:
		if len(a) == len(b) {
			return 1
		}
		return 0
	}
	window := max(len(a), len(b))/2 - 1
	taken := make([]bool, len(b))
	var left []string
	for i, g := range a {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if !taken[j] && b[j] == g {
				taken[j] = true
				left = append(left, g)
				break
			}
		}
	}
	m := float64(len(left))
	if m == 0 {
		return 0
	}
	swapped, k := 0, 0
	for j, t := range taken {
		if t {
			if b[j] != left[k] {
				swapped++
			}
			k++
		}
	}
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(swapped)/2)/m) / 3
}

func bagDistance(args []lang.Value) lang.Value {
	a, b := graphemes(binaryArg("String", "bag_distance", args, 0)), graphemes(binaryArg("String", "bag_distance", args, 1))
	if len(a) == 0 && len(b) == 0 {
		return lang.Float(1)
	}
	count := map[string]int{}
	for _, g := range a {
		count[g]++
	}
	missing := 0
	for _, g := range b {
		if count[g] > 0 {
			count[g]--
		} else {
			missing++
		}
	}
	extra := len(a) - (len(b) - missing)
	return lang.Float(1 - float64(max(extra, missing))/float64(max(len(a), len(b))))
}

func chunkText(args []lang.Value) lang.Value {
	s := binaryArg("String", "chunk", args, 0)
	good := map[lang.Value]func(string) bool{lang.K("valid"): utf8.ValidString, lang.K("printable"): lang.IsPrintable}[args[1]]
	if good == nil {
		noClause("String", "chunk", args)
	}
	var out []string
	start, last := 0, false
	for i := 0; i < len(s); {
		_, n := utf8.DecodeRuneInString(s[i:])
		ok := good(s[i : i+n])
		if i > 0 && ok != last {
			out = append(out, s[start:i])
			start = i
		}
		last = ok
		i += n
	}
	if s != "" {
		out = append(out, s[start:])
	}
	return binaries(out)
}
