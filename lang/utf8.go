package lang

import "unicode/utf8"

// ValidPrefix gives how many bytes of a text stand before the first that are
// no UTF-8.
func ValidPrefix(text string) int {
	for off, r := range text {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(text[off:]); n == 1 {
				return off
			}
		}
	}
	return len(text)
}

// MaskInvalid gives a text of the same length with a question mark for each
// byte that is no UTF-8.
func MaskInvalid(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	b := []byte(text)
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			b[i] = '?'
		}
		i += n
	}
	return string(b)
}
