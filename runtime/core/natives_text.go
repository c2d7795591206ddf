package core

import (
	"strings"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var (
	strNative = &lang.Native{Name: "clojure.core/str", Max: -1, Deep: allArgs, Args: "[] [x] [x & ys]",
		Doc: "The arguments as text, one behind the other; nil as nothing. (str 1 \"a\" :b) ;=> \"1a:b\""}
	textNatives = []*lang.Native{
		strNative,
		{Name: "clojure.core/subs", Min: 2, Max: 3, Args: "[s start] [s start end]", Pure: subs, Doc: "The part of s from start to before end. (subs \"abc\" 1) ;=> \"bc\""},
		{Name: "clojure.core/format", Min: 1, Max: -1, Deep: from1, Args: "[fmt & args]", Doc: "The arguments as a format of java.util.Formatter says. (format \"%.2f\" 1.5) ;=> \"1.50\"",
			Pure: func(args []lang.Value) lang.Value { return lang.Str(Format(text(args[0]), args[1:])) }},
		{Name: "clojure.core/char-escape-string", Min: 1, Max: 1, Args: "[c]", Pure: charTable(map[rune]string{'\n': `\n`, '\t': `\t`, '\r': `\r`, '"': `\"`, '\\': `\\`, '\f': `\f`, '\b': `\b`}), Doc: "How a character is written within a string, nil if as it is."},
		{Name: "clojure.core/char-name-string", Min: 1, Max: 1, Args: "[c]", Pure: charTable(map[rune]string{'\n': "newline", '\t': "tab", ' ': "space", '\b': "backspace", '\f': "formfeed", '\r': "return"}), Doc: "The name of a character, nil if it has none."},
	}
)

func charTable(names map[rune]string) pure {
	return one(func(v lang.Value) lang.Value {
		if !v.IsChar() {
			return lang.Nil
		}
		return orNil(names[v.AsChar()])
	})
}

// joining is a str in progress: what is done, and what is to come while the
// toString of a program's own type runs.
type joining struct {
	done string
	rest []lang.Value
}

var strKont = &runtime.Kont{Name: "str"}

func init() {
	strNative.Run = str
	strKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		j := state.(joining)
		return strOn(p, j.done+lang.String(v), j.rest)
	}
}

func str(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 1 && args[0].IsString() {
		return args[0]
	}
	return strOn(p, "", args)
}

func strOn(p *runtime.Process, done string, args []lang.Value) lang.Value {
	var b strings.Builder
	b.WriteString(done)
	for i, v := range args {
		if f := ownMethod(p.W, v, "toString"); f.Truthy() {
			return p.Call(strKont, joining{b.String(), rest(args, i)}, f, v)
		}
		finite(v)
		b.WriteString(lang.String(v))
		if b.Len() > largeText {
			p.W.Reserve(b.Len())
		}
	}
	return lang.Str(b.String())
}

// largeText is the size from which on a text is checked against the heap's budget.
const largeText = 1 << 24

// byteIndex gives where character i of s begins, or false if s is shorter.
func byteIndex(s string, i int) (int, bool) {
	at := 0
	for ; i > 0 && at < len(s); i-- {
		if s[at] < utf8.RuneSelf {
			at++
			continue
		}
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return at, i == 0
}

// runeIndex gives how many characters stand before byte at.
func runeIndex(s string, at int) int { return utf8.RuneCountInString(s[:at]) }

// slice gives the characters of s from start to before end, or raises as
// String.substring does.
func slice(s string, start, end int64) string {
	n := int64(utf8.RuneCountInString(s))
	if start < 0 || end > n || start > end {
		lang.Raise(lang.StringIndexException, "begin %d, end %d, length %d", start, end, n)
	}
	from, _ := byteIndex(s, int(start))
	length, _ := byteIndex(s[from:], int(end-start))
	return s[from : from+length]
}

func subs(args []lang.Value) lang.Value {
	s := text(args[0])
	end := int64(utf8.RuneCountInString(s))
	if len(args) == 3 {
		end = integer(args[2])
	}
	return lang.Str(slice(s, integer(args[1]), end))
}
