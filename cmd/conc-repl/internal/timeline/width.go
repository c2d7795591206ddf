package timeline

import "unicode"

// wide are the signs that take two columns of a terminal: those of East Asia,
// full width forms, and pictures.
var wide = []*unicode.RangeTable{unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, {
	R16: []unicode.Range16{{Lo: 0x231a, Hi: 0x231b, Stride: 1}, {Lo: 0x23e9, Hi: 0x23ec, Stride: 1}, {Lo: 0x2614, Hi: 0x2615, Stride: 1},
		{Lo: 0x2705, Hi: 0x2705, Stride: 1}, {Lo: 0x274c, Hi: 0x274c, Stride: 1}, {Lo: 0x2b50, Hi: 0x2b50, Stride: 1},
		{Lo: 0x3000, Hi: 0x303e, Stride: 1}, {Lo: 0xff01, Hi: 0xff60, Stride: 1}, {Lo: 0xffe0, Hi: 0xffe6, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1f300, Hi: 0x1f64f, Stride: 1}, {Lo: 0x1f680, Hi: 0x1f6ff, Stride: 1}, {Lo: 0x1f900, Hi: 0x1faff, Stride: 1}},
}}

// breadth gives how many columns of a terminal a sign takes: none if it only
// changes the one before, or is not to be seen.
func breadth(r rune) int {
	switch {
	case r < ' ' || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r > 0x2000 && unicode.In(r, wide...):
		return 2
	}
	return 1
}

// span gives how many columns a text takes.
func span(s string) int {
	n := 0
	for _, r := range s {
		n += breadth(r)
	}
	return n
}

// fit gives a text in one line that takes n columns at most.
func fit(text string, n int) string {
	text = clip(text, len(text))
	if span(text) <= n {
		return text
	}
	used := 2 // of the sign that something is missing
	for i, r := range text {
		if used += breadth(r); used > n {
			return text[:i] + ".."[:min(max(n, 0), 2)]
		}
	}
	return text
}
