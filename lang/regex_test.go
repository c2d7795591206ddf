package lang

import (
	"strings"
	"testing"
)

func TestRegexTranslates(t *testing.T) {
	for _, c := range []struct{ pattern, text, want string }{
		{`(?<y>\d{4})`, "in 2024", "2024"},
		{`\p{Upper}\p{Alpha}+`, "a Bcd", "Bcd"},
		{`[\p{Digit}x]+`, "a1x2", "1x2"},
		{`\P{Alpha}+`, "ab12", "12"},
		{`[a[bc]d]+`, "xabcdy", "abcd"},
		{`\u0041+`, "xAA", "AA"},
		{`\h+`, "a \tb", " \t"},
		{`\Qa.b\E+`, "a.bb", "a.bb"},
		{`a+?`, "aaa", "a"},
		{`a{2}?`, "aaa", "aa"},
		{`(?iu)HI`, "say hi", "hi"},
		{`\e`, "\x1b", "\x1b"},
		{`\0101`, "A", "A"},
		{`[\w&&]`, "", "!intersection"},
		{`(?<=a)b`, "", "!looking behind"},
		{`a(?!b)`, "", "!looking ahead"},
		{`(a)\1`, "", "!back reference"},
		{`a++`, "", "!possessive"},
		{`(?>a)`, "", "!atomic"},
		{`(`, "", "!missing closing"},
		{`a\`, "", "!backslash"},
	} {
		re, err := NewRegex(c.pattern)
		if want, bad := strings.CutPrefix(c.want, "!"); bad {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want an error about %s", c.pattern, err, want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
		} else if got := re.Re.FindString(c.text); got != c.want {
			t.Errorf("%s finds %q in %q, want %q", c.pattern, got, c.text, c.want)
		}
	}
}
