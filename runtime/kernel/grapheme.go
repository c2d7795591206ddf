package kernel

import (
	"unicode"
	"unicode/utf8"
)

// Graphemes are what a reader takes for one character, after Unicode's
// extended grapheme clusters (UAX 29): a base with its marks, a sequence
// joined by ZWJ, a flag of two letters, a Hangul syllable, CR LF.

const zwj = '\u200d'

// extends reports whether r belongs to the grapheme before it.
func extends(r rune) bool {
	return r == zwj || r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0020 && r <= 0xe007f ||
		r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc)
}

func regional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

func pictograph(r rune) bool {
	return r >= 0x1f300 && r <= 0x1faff || r >= 0x2190 && r <= 0x2bff || r == 0x3030 || r == 0x303d || r == 0xa9 || r == 0xae
}

func control(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x200b || r == 0x2028 || r == 0x2029
}

// hangul gives the kind of a Hangul letter or syllable: L, V, T, LV (A), LVT (B), or 0.
func hangul(r rune) byte {
	switch {
	case r >= 0x1100 && r <= 0x115f:
		return 'L'
	case r >= 0x1160 && r <= 0x11a7:
		return 'V'
	case r >= 0x11a8 && r <= 0x11ff:
		return 'T'
	case r >= 0xac00 && r <= 0xd7a3:
		if (r-0xac00)%28 == 0 {
			return 'A'
		}
		return 'B'
	}
	return 0
}

// joined reports whether two runes side by side are of one grapheme; emoji
// tells that the grapheme began with a pictograph, flags how many regional
// letters it has.
func joined(a, b rune, emoji bool, flags int) bool {
	if a < 0x300 && b < 0x300 {
		return a == '\r' && b == '\n'
	}
	switch {
	case control(a) || control(b) && b != zwj:
		return false
	case extends(b):
		return true
	case a == zwj && emoji && pictograph(b):
		return true
	case regional(a) && regional(b):
		return flags%2 == 1
	}
	switch x, y := hangul(a), hangul(b); {
	case x == 'L':
		return y == 'L' || y == 'V' || y == 'A' || y == 'B'
	case x == 'A' || x == 'V':
		return y == 'V' || y == 'T'
	case x == 'B' || x == 'T':
		return y == 'T'
	}
	return false
}

// graphemeLen gives the length in bytes of the first grapheme of s, which is
// not empty. A byte that is no UTF-8 is one of its own.
func graphemeLen(s string) int {
	a, at := utf8.DecodeRuneInString(s)
	if a == utf8.RuneError && at == 1 {
		return 1
	}
	emoji, flags := pictograph(a), 0
	if regional(a) {
		flags = 1
	}
	for at < len(s) {
		b, n := utf8.DecodeRuneInString(s[at:])
		if b == utf8.RuneError && n == 1 || !joined(a, b, emoji, flags) {
			break
		}
		if regional(b) {
			flags++
		}
		a = b
		at += n
	}
	return at
}

// graphemes splits a text into its graphemes.
func graphemes(s string) []string {
	out := make([]string, 0, len(s))
	for s != "" {
		n := graphemeLen(s)
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

func graphemeCount(s string) int {
	count := 0
	for s != "" {
		s = s[graphemeLen(s):]
		count++
	}
	return count
}

// reverseText gives the graphemes of a text from the last to the first.
func reverseText(s string) string {
	b := make([]byte, len(s))
	at := len(s)
	for s != "" {
		n := graphemeLen(s)
		at -= n
		copy(b[at:], s[:n])
		s = s[n:]
	}
	return string(b)
}
