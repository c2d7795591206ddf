package kernel

import (
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
)

// Text as lists: charlists, and chardata and iodata, which nest.

// charlist gives the code points of a text as a list. A byte that is no UTF-8
// is an error, as in Elixir.
func charlist(s string) lang.Value {
	if !utf8.ValidString(s) {
		raiseInvalidText(s)
	}
	return charsOf(s)
}

func charsOf(s string) lang.Value {
	vs := make([]lang.Value, 0, len(s))
	for _, r := range s {
		vs = append(vs, lang.Int(int64(r)))
	}
	return list(vs)
}

func raiseInvalidText(s string) {
	valid := validPrefix(s)
	lang.RaiseReason(exceptionOf("UnicodeConversionError", lang.K("encoded"), lang.Str(s[:valid]),
		keyMessage, lang.Str("invalid encoding starting at "+inspectPlain(nil, lang.Str(s[valid:])))))
}

// chardata gives the text of a binary, or of a list of code points, binaries
// and such lists: what String.Chars does with a list.
func chardata(v lang.Value) string {
	if s, ok := v.AsString(); ok {
		return s
	}
	return listText(v)
}

// listText is chardata of a list; an element that is no text is an ArgumentError.
func listText(v lang.Value) string {
	b, ok := flatten(nil, v, appendRune, 0)
	if !ok {
		argumentError("cannot convert the given list to a string.\n\nTo be converted to a string, a list must either be empty or only\ncontain the following elements:\n\n  * strings\n  * integers representing Unicode code points\n  * a list containing one of these three elements\n\nPlease check the given list or call inspect/1 to get the list representation, got:\n\n" + inspectPlain(nil, v) + "\n")
	}
	return string(b)
}

// iodata gives the bytes of a binary, or of a list of bytes, binaries and such lists.
func iodata(v lang.Value) (string, bool) {
	if s, ok := v.AsString(); ok {
		return s, true
	}
	b, ok := flatten(nil, v, appendByte, 0)
	return string(b), ok
}

func appendByte(b []byte, c int64) ([]byte, bool) {
	if c < 0 || c > 255 {
		return b, false
	}
	return append(b, byte(c)), true
}

func appendRune(b []byte, c int64) ([]byte, bool) {
	if c < 0 || c > utf8.MaxRune || c >= 0xd800 && c < 0xe000 {
		lang.RaiseReason(exceptionOf("UnicodeConversionError", lang.K("encoded"), lang.Str(string(b)),
			keyMessage, lang.Str("invalid code point "+lang.String(lang.Int(c)))))
	}
	return utf8.AppendRune(b, rune(c)), true
}

// flatten appends the text in nested lists to b; unit appends one integer.
func flatten(b []byte, v lang.Value, unit func([]byte, int64) ([]byte, bool), depth int) ([]byte, bool) {
	if !isList(v) || depth > maxInspectDepth {
		return b, false
	}
	ok := true
	lang.Iterate(v, func(x lang.Value) bool {
		switch s, isText := x.AsString(); {
		case isText:
			b = append(b, s...)
		case x.IsInt():
			b, ok = unit(b, x.AsInt())
		default:
			b, ok = flatten(b, x, unit, depth+1)
		}
		return ok
	})
	return b, ok
}
