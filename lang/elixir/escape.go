package elixir

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The errors of escapes, in the words of Elixir's tokenizer.
const (
	badHex     = `invalid hex escape character, expected \xHH where H is a hexadecimal digit. Syntax error after: \x`
	badUnicode = `invalid Unicode escape character, expected \uHHHH or \u{H*} where H is a hexadecimal digit. Syntax error after: \u`
	badPoint   = `invalid or reserved Unicode code point \u{`
)

// simpleEscapes are the characters that a backslash and a letter stand for.
var simpleEscapes = map[byte]byte{
	'0': 0, 'a': '\a', 'b': '\b', 'd': 0x7f, 'e': 0x1b, 'f': '\f', 'n': '\n', 'r': '\r', 's': ' ', 't': '\t', 'v': '\v',
}

// escapeLen gives the length of the escape at the beginning of text, which is
// a backslash and at least one character more; msg says why it is none. Then
// a length beyond the text means that more text could mend it.
func escapeLen(text string) (n int, msg string) {
	switch text[1] {
	case 'x':
		return digitsLen(text, 2, badHex)
	case 'u':
		return digitsLen(text, 4, badUnicode)
	}
	_, n = utf8.DecodeRuneInString(text[1:])
	return 1 + n, ""
}

// digitsLen gives the length of \xH, \xHH, \x{H*}, \uHHHH or \u{H*}.
func digitsLen(text string, most int, msg string) (int, string) {
	if len(text) > 2 && text[2] == '{' {
		n := 3
		for n < len(text) && n < 9 && isDigit(text[n], 16) {
			n++
		}
		if r, _ := strconv.ParseUint(text[3:n], 16, 32); n == len(text) && r <= utf8.MaxRune {
			return n + 1, msg
		}
		if n == 3 || n == len(text) || text[n] != '}' {
			return n, msg
		}
		if r, _ := strconv.ParseUint(text[3:n], 16, 32); !utf8.ValidRune(rune(r)) {
			return n, badPoint + text[3:n] + `}. Syntax error after: \u`
		}
		return n + 1, ""
	}
	n := 2
	for n < len(text) && n < 2+most && isDigit(text[n], 16) {
		n++
	}
	switch {
	case n == 2+most, most == 2 && n == 3:
		if r, _ := strconv.ParseUint(text[2:n], 16, 32); most == 4 && !utf8.ValidRune(rune(r)) {
			return n, badPoint + text[2:n] + `}. Syntax error after: \u`
		}
		return n, ""
	case n == len(text) && !(most == 4 && n > 3 && surrogate(text[2:4])):
		return n + 1, msg
	}
	return n, msg
}

// surrogate reports whether no character has a number of four digits that
// begins with these two.
func surrogate(digits string) bool {
	return (digits[0] == 'd' || digits[0] == 'D') && digits[1] >= '8'
}

// unescape gives a string's text with its escapes resolved. If one is wrong,
// msg says why and off where it stands.
func unescape(text string) (s string, off int, msg string) {
	if strings.IndexByte(text, '\\') < 0 {
		return text, 0, ""
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			i++
			continue
		}
		n, msg := escapeLen(text[i:])
		if msg != "" {
			return "", i, msg
		}
		writeEscape(&b, text[i:i+n])
		i += n
	}
	return b.String(), 0, ""
}

// writeEscape writes what one valid escape stands for.
func writeEscape(b *strings.Builder, esc string) {
	switch c := esc[1]; c {
	case 'x', 'u':
		r, _ := strconv.ParseUint(strings.Trim(esc[2:], "{}"), 16, 32)
		if c == 'x' && r < 256 {
			b.WriteByte(byte(r))
		} else {
			b.WriteRune(rune(r))
		}
	case '\n':
	default:
		if e, ok := simpleEscapes[c]; ok {
			b.WriteByte(e)
		} else {
			b.WriteString(esc[1:])
		}
	}
}

// Unescape gives a text with its escapes resolved, as in a string; problem
// says what is wrong with them.
func Unescape(text string) (s, problem string) {
	s, _, problem = unescape(text)
	return s, problem
}
