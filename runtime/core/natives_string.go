package core

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// stringNatives is the namespace clojure.string but for what is in regex.go.
var stringNatives = []*lang.Native{
	{Name: "clojure.string/upper-case", Min: 1, Max: 1, Args: "[s]", Pure: onText(strings.ToUpper), Doc: "s in capital letters. (clojure.string/upper-case \"a\") ;=> \"A\""},
	{Name: "clojure.string/lower-case", Min: 1, Max: 1, Args: "[s]", Pure: onText(strings.ToLower), Doc: "s in small letters. (clojure.string/lower-case \"A\") ;=> \"a\""},
	{Name: "clojure.string/capitalize", Min: 1, Max: 1, Args: "[s]", Pure: onText(capitalize), Doc: "s with its first letter capital and the others small. (clojure.string/capitalize \"aB\") ;=> \"Ab\""},
	{Name: "clojure.string/trim", Min: 1, Max: 1, Args: "[s]", Pure: onText(strings.TrimSpace), Doc: "s without the white space at its ends. (clojure.string/trim \" a \") ;=> \"a\""},
	{Name: "clojure.string/triml", Min: 1, Max: 1, Args: "[s]", Pure: onText(func(s string) string { return strings.TrimLeftFunc(s, unicode.IsSpace) }), Doc: "s without the white space at its start."},
	{Name: "clojure.string/trimr", Min: 1, Max: 1, Args: "[s]", Pure: onText(func(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }), Doc: "s without the white space at its end."},
	{Name: "clojure.string/trim-newline", Min: 1, Max: 1, Args: "[s]", Pure: onText(func(s string) string { return strings.TrimRight(s, "\r\n") }), Doc: "s without the line ends at its end."},
	{Name: "clojure.string/reverse", Min: 1, Max: 1, Args: "[s]", Pure: onText(reverseText), Doc: "The characters of s from the last to the first. (clojure.string/reverse \"ab\") ;=> \"ba\""},
	{Name: "clojure.string/blank?", Min: 1, Max: 1, Args: "[s]", Doc: "Whether s is nil, empty or white space alone. (clojure.string/blank? \" \") ;=> true",
		Pure: holds(func(v lang.Value) bool { return v.IsNil() || strings.TrimSpace(anyText(v)) == "" })},
	{Name: "clojure.string/starts-with?", Min: 2, Max: 2, Args: "[s substr]", Doc: "Whether s begins with substr. (clojure.string/starts-with? \"abc\" \"ab\") ;=> true",
		Pure: two(func(s, t lang.Value) lang.Value { return lang.Bool(strings.HasPrefix(anyText(s), text(t))) })},
	{Name: "clojure.string/ends-with?", Min: 2, Max: 2, Args: "[s substr]", Doc: "Whether s ends with substr.",
		Pure: two(func(s, t lang.Value) lang.Value { return lang.Bool(strings.HasSuffix(anyText(s), text(t))) })},
	{Name: "clojure.string/includes?", Min: 2, Max: 2, Args: "[s substr]", Doc: "Whether substr stands in s.",
		Pure: two(func(s, t lang.Value) lang.Value { return lang.Bool(strings.Contains(anyText(s), anyText(t))) })},
	{Name: "clojure.string/index-of", Min: 2, Max: 3, Args: "[s value] [s value from-index]", Doc: "Where value first stands in s, from from-index on; nil if nowhere. (clojure.string/index-of \"abc\" \"c\") ;=> 2",
		Pure: func(args []lang.Value) lang.Value {
			from := int64(0)
			if len(args) == 3 {
				from = integer(args[2])
			}
			return whereOrNil(indexOf(anyText(args[0]), anyText(args[1]), from))
		}},
	{Name: "clojure.string/last-index-of", Min: 2, Max: 3, Args: "[s value] [s value from-index]", Doc: "Where value last stands in s, from from-index backwards; nil if nowhere.",
		Pure: func(args []lang.Value) lang.Value {
			from := int64(-1)
			if len(args) == 3 {
				from = integer(args[2])
			}
			return whereOrNil(lastIndexOf(anyText(args[0]), anyText(args[1]), from))
		}},
	{Name: "clojure.string/join", Min: 1, Max: 2, Deep: allArgs, Args: "[coll] [separator coll]", Run: join, Doc: "The elements of coll as text, with separator between them. (clojure.string/join \", \" [1 2]) ;=> \"1, 2\""},
	{Name: "clojure.string/split-lines", Min: 1, Max: 1, Args: "[s]", Doc: "The lines of s, as a vector. (clojure.string/split-lines \"a\\nb\") ;=> [\"a\" \"b\"]",
		Pure: one(func(v lang.Value) lang.Value { return strs(dropEmptyEnd(lines(anyText(v)))) })},
	{Name: "clojure.string/escape", Min: 2, Max: 2, Args: "[s cmap]", Run: escape, Doc: "s with each character for which cmap, a map or function, gives something replaced by that."},
	{Name: "clojure.string/re-quote-replacement", Min: 1, Max: 1, Args: "[replacement]", Doc: "A replacement in which $ and \\ stand for themselves.",
		Pure: onText(quoteReplacement.Replace)},
}

var quoteReplacement = strings.NewReplacer(`\`, `\\`, `$`, `\$`)

// anyText gives what (.toString x) would for a string, character or symbol.
func anyText(v lang.Value) string {
	if v.IsNil() {
		silent(lang.NullPointerException)
	}
	return lang.String(v)
}

func onText(f func(string) string) pure {
	return func(args []lang.Value) lang.Value { return lang.Str(f(anyText(args[0]))) }
}

func capitalize(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + strings.ToLower(s[n:])
}

func reverseText(s string) string {
	out := make([]byte, 0, len(s))
	for len(s) > 0 {
		_, n := utf8.DecodeLastRuneInString(s)
		out = append(out, s[len(s)-n:]...)
		s = s[:len(s)-n]
	}
	return string(out)
}

func whereOrNil(i int) lang.Value {
	if i < 0 {
		return lang.Nil
	}
	return lang.Int(int64(i))
}

// indexOf gives the character index of t in s from character from on, -1 if none.
func indexOf(s, t string, from int64) int {
	at, ok := byteIndex(s, int(max(from, 0)))
	if !ok {
		at = len(s)
	}
	i := strings.Index(s[at:], t)
	if i < 0 {
		return -1
	}
	return runeIndex(s, at+i)
}

// lastIndexOf gives the character index of the last t in s that begins at
// character from or before (-1: anywhere), -1 if none.
func lastIndexOf(s, t string, from int64) int {
	if from >= 0 {
		if at, ok := byteIndex(s, int(from)); ok {
			s = s[:min(len(s), at+len(t))]
		}
	}
	i := strings.LastIndex(s, t)
	if i < 0 {
		return -1
	}
	return runeIndex(s, i)
}

func strs(parts []string) lang.Value {
	vs := make([]lang.Value, len(parts))
	for i, s := range parts {
		vs[i] = lang.Str(s)
	}
	return lang.Obj(lang.NewVector(vs))
}

// lines splits s at line ends: \n, \r\n.
func lines(s string) []string { return strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") }

// dropEmptyEnd drops the empty strings at the end, as String.split does.
func dropEmptyEnd(parts []string) []string {
	n := len(parts)
	for n > 1 && parts[n-1] == "" {
		n--
	}
	return parts[:n]
}

func join(p *runtime.Process, args []lang.Value) lang.Value {
	sep := ""
	if len(args) == 2 {
		sep = lang.String(args[0])
	}
	vs := elements(args[len(args)-1])
	parts := make([]lang.Value, 0, 2*len(vs))
	for i, v := range vs {
		if i > 0 && sep != "" {
			parts = append(parts, lang.Str(sep))
		}
		parts = append(parts, v)
	}
	return strOn(p, "", parts)
}

// escaping is an escape in progress: the character whose replacement a
// function is giving, and those behind it.
type escaping struct {
	done string
	c    rune
	rest string
	cmap lang.Value
}

var escapeKont = &runtime.Kont{Name: "escape"}

func init() {
	escapeKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		e := state.(escaping)
		if v.Truthy() {
			e.done += lang.String(v)
		} else {
			e.done += string(e.c)
		}
		return e.on(p)
	}
}

func escape(p *runtime.Process, args []lang.Value) lang.Value {
	return escaping{rest: anyText(args[0]), cmap: args[1]}.on(p)
}

func (e escaping) on(p *runtime.Process) lang.Value {
	if e.rest == "" {
		return lang.Str(e.done)
	}
	c, n := utf8.DecodeRuneInString(e.rest)
	e.c, e.rest = c, e.rest[n:]
	return p.Call(escapeKont, e, e.cmap, lang.Char(c))
}
