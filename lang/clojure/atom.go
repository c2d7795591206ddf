package clojure

import (
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// symbol reads a symbol, one of the three constants, or an argument of #().
func (p *parser) symbol(t *lexer.Token) lang.Value {
	s := t.Value
	switch s {
	case "nil":
		return lang.Nil
	case "true":
		return lang.True
	case "false":
		return lang.False
	}
	if s[0] == '%' && p.args != nil {
		return p.arg(t)
	}
	ns, name, ok := splitName(s)
	if !ok {
		p.invalid(t)
	}
	return lang.Obj(&lang.Symbol{NS: ns, Name: name, Pos: p.pos(t)})
}

func (p *parser) invalid(t *lexer.Token) { p.fail(t, classRuntime, "Invalid token: %s", t.Value) }

// keyword reads :a, ::a or ::alias/a.
func (p *parser) keyword(t *lexer.Token) lang.Value {
	// A keyword is spelt as a symbol that begins with a colon: `:1` is one
	// and `:a/1` is none.
	if _, _, ok := splitName(t.Value); !ok {
		p.invalid(t)
	}
	s, auto := strings.CutPrefix(t.Value[1:], ":")
	ns, name := cutNS(s)
	switch {
	case !auto:
	case ns == "":
		ns = p.r.res.CurrentNS()
	case p.skips == 0:
		full, ok := p.r.res.Alias(ns)
		if !ok {
			p.fail(t, classRuntime, "Invalid token: %s: no namespace or alias %s", t.Value, ns)
		}
		ns = full
	}
	return lang.Kw(lang.InternKeyword(ns, name))
}

// splitName parts a symbol or keyword, with its colons, into namespace and
// name, and reports whether it is well spelt. The rule is that of
// LispReader.matchSymbol.
func splitName(s string) (ns, name string, ok bool) {
	last := strings.LastIndexByte(s, '/')
	if last < 0 { // the common case
		return "", s, s[len(s)-1] != ':' && !strings.Contains(s[1:], "::")
	}
	if s[len(s)-1] == ':' || strings.Contains(s[1:], "::") {
		return "", "", false
	}
	if s == "/" || s == ":/" {
		return "", s, true
	}
	if strings.HasSuffix(s, "//") {
		last--
	}
	prefix, base := s[:last], s[last+1:]
	switch {
	case prefix == "" || prefix == ":" || prefix[0] == '/' || strings.HasSuffix(prefix, ":"):
		return "", "", false
	case base == "" || base[0] >= '0' && base[0] <= '9':
		return "", "", false
	}
	ns, name = cutNS(s)
	return ns, name, true
}

// cutNS parts a well-spelt name at its first slash.
func cutNS(s string) (ns, name string) {
	if i := strings.IndexByte(s, '/'); i > 0 {
		return s[:i], s[i+1:]
	}
	return "", s
}

// charNames are the characters that have names.
var charNames = map[string]rune{
	"newline": '\n', "space": ' ', "tab": '\t', "backspace": '\b', "formfeed": '\f', "return": '\r',
}

// char reads a character.
func (p *parser) char(t *lexer.Token) lang.Value {
	if p.source.bad && p.tokens.Peek().EOF() {
		p.spelling(t)
	}
	s := t.Value[1:]
	if r, n := utf8.DecodeRuneInString(s); n == len(s) {
		return lang.Char(r)
	}
	if r, ok := charNames[s]; ok {
		return lang.Char(r)
	}
	switch digits := s[1:]; s[0] {
	case 'u':
		if utf8.RuneCountInString(digits) != 4 {
			p.fail(t, classArgument, "Invalid unicode character: \\%s", s)
		}
		r, bad := number(digits, 16)
		if bad >= 0 {
			p.invalidDigit(t, digits[bad:])
		}
		if utf16.IsSurrogate(r) {
			p.fail(t, classRuntime, "Invalid character constant: \\%s", s)
		}
		return lang.Char(r)
	case 'o':
		if n := utf8.RuneCountInString(digits); n > 3 {
			p.fail(t, classRuntime, "Invalid octal escape sequence length: %d", n)
		}
		r, bad := number(digits, 8)
		if bad >= 0 {
			p.invalidDigit(t, digits[bad:])
		}
		if r > 0o377 {
			p.fail(t, classRuntime, octalRange)
		}
		return lang.Char(r)
	}
	p.fail(t, classRuntime, "Unsupported character: \\%s", s)
	return lang.Nil
}

const octalRange = "Octal escape sequence must be in range [0, 377]."

func (p *parser) invalidDigit(t *lexer.Token, at string) {
	p.fail(t, classArgument, "Invalid digit: %s", firstRune(at))
}

// number reads s, of at most four digits, in a base up to 16; bad is the
// offset of the first character that is no digit, else -1.
func number(s string, base rune) (n rune, bad int) {
	for i := range len(s) {
		d := rune(digitValue(s[i]))
		if d >= base {
			return 0, i
		}
		n = n*base + d
	}
	return n, -1
}

// digitValue gives the value of a digit or ASCII letter, and 36 for all else.
func digitValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return 36
}

// str reads a string. One that the text ends in is looked at, too, since an
// escape in it may be wrong already.
func (p *parser) str(t *lexer.Token) lang.Value {
	partial := p.source.bad && p.tokens.Peek().EOF()
	body := t.Value[1:]
	if !partial {
		body = body[:len(body)-1]
	}
	s := body
	if strings.ContainsAny(body, "\\\r") {
		s = p.unescape(t, body, partial)
	}
	if partial {
		p.spelling(t)
	}
	return lang.Str(s)
}

// escapes are the escapes of one letter.
var escapes = [utf8.RuneSelf]byte{'t': '\t', 'r': '\r', 'n': '\n', '\\': '\\', '"': '"', 'b': '\b', 'f': '\f'}

// unescape gives the string that body is the spelling of. If the text ends
// behind body, an escape that reaches so far is no error.
func (p *parser) unescape(t *lexer.Token, body string, partial bool) string {
	b := make([]byte, 0, len(body))
	for i := 0; i < len(body); {
		n := strings.IndexAny(body[i:], "\\\r")
		if n < 0 {
			b = append(b, body[i:]...)
			break
		}
		b = append(b, body[i:i+n]...)
		i += n
		if body[i] == '\r' { // Clojure's reader sees \r\n as one newline
			i++
			if i == len(body) || body[i] != '\n' {
				b = append(b, '\r')
			}
			continue
		}
		r, n, msg, class := escape(body[i:], partial)
		if msg != "" {
			at := move(t.Pos, p.source.scan.text, t.Pos.Offset+1+i)
			panic(&Error{Pos: p.r.pos(at), Msg: msg, Class: class})
		}
		i += n
		if utf16.IsSurrogate(r) {
			low, n, _, _ := escape(body[i:], partial)
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i += n
			}
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// escape reads the escape that s begins with: a rune, and how many bytes it
// takes. With partial set, an escape that ends with s is not wrong.
func escape(s string, partial bool) (r rune, n int, msg, class string) {
	if len(s) < 2 || s[0] != '\\' {
		return utf8.RuneError, len(s), "", ""
	}
	c := s[1]
	switch {
	case c < utf8.RuneSelf && escapes[c] != 0:
		return rune(escapes[c]), 2, "", ""
	case c == 'u':
		end := escapeEnd(s, 2, 6)
		r, bad := number(s[2:end], 16)
		switch {
		case bad >= 0:
			return 0, 0, "Invalid digit: " + firstRune(s[2+bad:]), classArgument
		case end < 6 && !(partial && end == len(s)):
			return 0, 0, "Invalid character length: " + string(rune('0'+end-2)) + ", should be: 4", classArgument
		}
		return r, end, "", ""
	case c >= '0' && c <= '9':
		end := escapeEnd(s, 2, 4)
		r, bad := number(s[1:end], 8)
		switch {
		case bad >= 0:
			return 0, 0, "Invalid digit: " + firstRune(s[1+bad:]), classArgument
		case r > 0o377:
			return 0, 0, octalRange, classRuntime
		}
		return r, end, "", ""
	}
	return 0, 0, "Unsupported escape character: \\" + firstRune(s[1:]), classRuntime
}

// escapeEnd gives the offset where the digits of an escape end: at most at
// most, or at the first character that ends a number.
func escapeEnd(s string, from, most int) int {
	for from < min(len(s), most) && (s[from] >= utf8.RuneSelf || classes[s[from]]&(space|macro) == 0) {
		from++
	}
	return from
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// regex reads a regular expression, whose escapes are its own.
func (p *parser) regex(t *lexer.Token) lang.Value {
	if p.source.bad && p.tokens.Peek().EOF() {
		p.spelling(t)
	}
	re, err := lang.NewRegex(t.Value[2 : len(t.Value)-1])
	if err != nil {
		p.fail(t, classRegex, "%s", err)
	}
	return lang.Obj(re)
}

// symbolic are the values behind ##.
var symbolic = map[string]float64{"Inf": math.Inf(1), "-Inf": math.Inf(-1), "NaN": math.NaN()}
