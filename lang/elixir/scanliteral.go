package elixir

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// hex4 gives the number of a character in at least four hexadecimal digits.
func hex4(r rune) string {
	h := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return strings.Repeat("0", max(0, 4-len(h))) + h
}

// isDigit reports whether c is a digit of a base up to 16.
func isDigit(c byte, base int) bool {
	switch {
	case '0' <= c && c <= '9':
		return int(c-'0') < base
	case 'a' <= c && c <= 'f', 'A' <= c && c <= 'F':
		return base == 16
	}
	return false
}

// digits moves on over digits, between which single underscores may stand.
func (s *scanner) digits(base int) {
	for isDigit(s.peek(0), base) || s.peek(0) == '_' && isDigit(s.peek(1), base) {
		s.off++
	}
}

// bases are the letters behind 0 that begin a number of another base.
var bases = map[byte]int{'x': 16, 'o': 8, 'b': 2}

// number reads an integer or a float.
func (s *scanner) number() Kind {
	if base := bases[s.peek(1)]; s.peek(0) == '0' && base != 0 && isDigit(s.peek(2), base) {
		s.off += 2
		s.digits(base)
	} else {
		s.digits(10)
		if s.peek(0) == '.' && isDigit(s.peek(1), 10) {
			s.off++
			s.digits(10)
			s.exponent()
		}
	}
	r, n := utf8.DecodeRuneInString(s.text[s.off:])
	if n == 0 || !isStart(r) {
		return Number
	}
	number := s.text[s.start:s.off]
	s.name(false)
	if c := s.peek(0); (c == '+' || c == '-') && s.off+1 == len(s.text) {
		s.off++
	}
	// A prefix that lacks its digits may still get them.
	s.partial = s.off == len(s.text) && unfinished(number, s.text[s.start+len(number):])
	return s.bad(`invalid character "` + string(r) + `" after number ` + number + `. If you intended to write a number, make sure to separate the number from the character (using comma, space, etc). If you meant to write a function name or a variable, note that identifiers in Elixir cannot start with numbers. Unexpected token: ` + string(r))
}

// unfinished reports whether digits behind rest would make it part of the number.
func unfinished(number, rest string) bool {
	switch rest {
	case "_":
		return true
	case "x", "o", "b":
		return number == "0"
	case "e", "E", "e+", "e-", "E+", "E-":
		return strings.Contains(number, ".")
	}
	return false
}

// exponent reads the exponent of a float, if there is one.
func (s *scanner) exponent() {
	if c := s.peek(0); c != 'e' && c != 'E' {
		return
	}
	n := 1
	if c := s.peek(1); c == '+' || c == '-' {
		n = 2
	}
	if isDigit(s.peek(n), 10) {
		s.off += n
		s.digits(10)
	}
}

// char reads a question mark and the character behind it.
func (s *scanner) char() Kind {
	s.off++
	if s.off == len(s.text) {
		s.partial = true
		return s.bad("")
	}
	if s.text[s.off] == '\\' && s.off+1 < len(s.text) {
		s.off++
	}
	_, n := utf8.DecodeRuneInString(s.text[s.off:])
	s.off += n
	return Char
}

// closers are the terminators of sigils by their opening delimiters.
var closers = map[byte]string{'(': ")", '[': "]", '{': "}", '<': ">", '/': "/", '|': "|", '"': `"`, '\'': "'"}

// sigil reads the beginning of a sigil: ~, a letter, and the delimiter.
func (s *scanner) sigil() (Kind, bool) {
	c := s.peek(1)
	lower := 'a' <= c && c <= 'z'
	if !lower && !('A' <= c && c <= 'Z') {
		if rest := s.text[s.off:]; rest == "~" || rest == "~~" {
			s.off = len(s.text)
			s.partial = true
			return s.bad(""), true
		}
		return 0, false
	}
	if s.off+2 >= len(s.text) {
		s.off = len(s.text)
		s.partial = true
		return s.bad(""), true
	}
	if _, ok := closers[s.peek(2)]; !ok {
		r, _ := utf8.DecodeRuneInString(s.text[s.off+2:])
		s.off += 2
		column := utf8.RuneCountInString(s.text[strings.LastIndexByte(s.text[:s.off], '\n')+1:s.off]) + 1
		return s.bad(fmt.Sprintf(`invalid sigil delimiter: "%c" (column %d, code point U+%s)`, r, column, hex4(r)) + `. The available delimiters are: //, ||, "", '', (), [], {}, <>`), true
	}
	return s.openString(s.off+2, mode{raw: !lower, sigil: true}), true
}

// openString reads the beginning of a string, whose delimiter stands at off.
func (s *scanner) openString(off int, m mode) Kind {
	m.term = closers[s.text[off]]
	s.off = off + 1
	if triple := strings.Repeat(m.term, 3); (m.plain || m.sigil) && strings.HasPrefix(s.text[off:], triple) && (m.term == `"` || m.term == "'") {
		m.term, m.heredoc, m.plain = triple, true, false
		s.off = off + 3
		s.blanks()
		switch {
		case s.off == len(s.text):
		case s.text[s.off] == '\n':
			s.off++
		case strings.HasPrefix(s.text[s.off:], "\r\n"):
			s.off += 2
		case s.text[s.off:] == "\r":
			s.off++
		default:
			return s.bad("heredoc allows only zero or more whitespace characters followed by a new line after " + triple)
		}
	}
	s.modes = append(s.modes, m)
	return StringOpen
}

// inString reads the next piece of a string.
func (s *scanner) inString(m *mode) Kind {
	if s.atTerm(m) {
		return s.closeString(m)
	}
	if !m.raw && strings.HasPrefix(s.text[s.off:], "#{") {
		s.off += 2
		m.code, m.braces = true, 0
		return InterpOpen
	}
	for s.off < len(s.text) {
		c := s.text[s.off]
		switch {
		case c == '\\':
			s.escaped(m)
			continue
		case c == '#' && !m.raw && s.peek(1) == '{', s.atTerm(m):
			return StringText
		}
		s.off++
	}
	return StringText
}

// escaped moves on over a backslash and what it hides.
func (s *scanner) escaped(m *mode) {
	s.off++
	if s.off == len(s.text) {
		return
	}
	if m.heredoc && strings.HasPrefix(s.text[s.off:], m.term) {
		s.off += len(m.term)
		return
	}
	if s.text[s.off] == '\n' && m.heredoc {
		return // the terminator may stand on the next line
	}
	s.off++
}

// atTerm reports whether the terminator of m stands here.
func (s *scanner) atTerm(m *mode) bool {
	if s.text[s.off] != m.term[0] || !strings.HasPrefix(s.text[s.off:], m.term) {
		return false
	}
	if !m.heredoc {
		return true
	}
	i := s.off
	for i > 0 && (s.text[i-1] == ' ' || s.text[i-1] == '\t') {
		i--
	}
	return i == 0 || s.text[i-1] == '\n'
}

// closeString reads a terminator with what belongs to it.
func (s *scanner) closeString(m *mode) Kind {
	s.off += len(m.term)
	switch {
	case m.sigil:
		for c := s.peek(0); isDigit(c, 10) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'; c = s.peek(0) {
			s.off++
		}
	case m.plain && s.keyFollows(s.off):
		s.off++
	}
	s.modes = s.modes[:len(s.modes)-1]
	return StringClose
}
