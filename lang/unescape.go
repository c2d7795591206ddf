package lang

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

// elixirLetters are the characters that a backslash and a letter stand for.
var elixirLetters = map[byte]byte{
	'0': 0, 'a': '\a', 'b': '\b', 'd': 0x7f, 'e': 0x1b, 'f': '\f', 'n': '\n', 'r': '\r', 's': ' ', 't': '\t', 'v': '\v',
}

// ElixirEscapeLen gives the length of the escape at the beginning of text, which is
// a backslash and at least one character more; msg says why it is none. Then
// a length beyond the text means that more text could mend it.
func ElixirEscapeLen(text string) (n int, msg string) {
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
		for n < len(text) && n < 9 && isHex(text[n:n+1]) {
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
	for n < len(text) && n < 2+most && isHex(text[n:n+1]) {
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

// ElixirEscape gives the character that a backslash and a letter stand for in
// the Elixir notation, c itself if it stands for no other.
func ElixirEscape(c byte) byte {
	if e, ok := elixirLetters[c]; ok {
		return e
	}
	return c
}

// surrogate reports whether no character has a number of four digits that
// begins with these two.
func surrogate(digits string) bool {
	return (digits[0] == 'd' || digits[0] == 'D') && digits[1] >= '8'
}

// UnescapeElixir gives the text of a string of the Elixir notation with its
// escapes resolved. If one is wrong, msg says why and off where it stands.
func UnescapeElixir(text string) (s string, off int, msg string) {
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
		n, msg := ElixirEscapeLen(text[i:])
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
		if e, ok := elixirLetters[c]; ok {
			b.WriteByte(e)
		} else {
			b.WriteString(esc[1:])
		}
	}
}
