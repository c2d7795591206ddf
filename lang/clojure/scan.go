package clojure

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens.
const (
	Bad     Kind = iota // what no token can begin with
	Space               // white space and commas
	Comment             // from ; or #! to the end of the line
	Open                // ( [ { #( #{
	Close               // ) ] }
	Prefix              // ' ` ~ ~@ @ ^ #^ #' #_ #? #?@ ##
	Tag                 // #inst
	MapTag              // #:a #::a #::, before the { of a namespaced map
	String              // "a"
	Regex               // #"a"
	Char                // \a
	Number              // 1
	Symbol              // a, nil, true
	Keyword             // :a ::a
)

// Character classes of ASCII.
const (
	space = 1 << iota
	macro // ends a number
	term  // ends a symbol: every macro character but # ' %
	digit
	control // may not stand in a text at all
)

var classes = makeClasses()

func makeClasses() (t [utf8.RuneSelf]uint8) {
	for c := range t {
		if c < ' ' || c == 0x7f {
			t[c] = control
		}
	}
	mark := func(chars string, class uint8) {
		for _, c := range []byte(chars) {
			t[c] = t[c]&^control | class
		}
	}
	mark(" ,\t\n\v\f\r\x1c\x1d\x1e\x1f", space)
	mark(`";@^`+"`"+`~()[]{}\`, macro|term)
	mark(`#'%`, macro)
	mark("0123456789", digit)
	return t
}

// isSpace reports whether r is white space as Character.isWhitespace of Java
// has it, or a comma. No-break spaces and the byte order mark count too: they
// come with pasted text, and to read them as parts of names helps nobody.
func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return classes[r]&space != 0
	}
	return r == '\ufeff' || r != '\u0085' && unicode.IsSpace(r)
}

// scanner cuts text into tokens: after scan, the token is text[start:off].
// The text must be valid UTF-8.
type scanner struct {
	text       string
	start, off int
	msg        string // what is wrong with the token, "" if nothing
	partial    bool   // whether more text could mend that
}

// scan reads the next token and gives its kind. It may not be called at the
// end of the text.
func (s *scanner) scan() Kind {
	s.start, s.msg, s.partial = s.off, "", false
	c := s.text[s.off]
	if c >= utf8.RuneSelf {
		if r, _ := utf8.DecodeRuneInString(s.text[s.off:]); isSpace(r) {
			return s.space()
		}
		return s.name(Symbol)
	}
	switch class := classes[c]; {
	case class&space != 0:
		return s.space()
	case class&digit != 0:
		return s.number()
	case class&control != 0:
		s.off++
		return s.bad("Unexpected control character %U", rune(c))
	}
	switch c {
	case '(', '[', '{':
		s.off++
		return Open
	case ')', ']', '}':
		s.off++
		return Close
	case '"':
		s.off++
		return s.quoted(String, "EOF while reading string")
	case ';':
		return s.comment()
	case '\'', '`', '@', '^':
		s.off++
		return Prefix
	case '~':
		s.off++
		if s.peek(0) == '@' {
			s.off++
		}
		return Prefix
	case ':':
		return s.name(Keyword)
	case '\\':
		return s.char()
	case '#':
		return s.dispatch()
	case '+', '-':
		if d := s.peek(1); d < utf8.RuneSelf && classes[d]&digit != 0 {
			return s.number()
		}
	}
	return s.name(Symbol)
}

// peek gives the byte n places on, 0 past the end.
func (s *scanner) peek(n int) byte {
	if s.off+n < len(s.text) {
		return s.text[s.off+n]
	}
	return 0
}

// bad notes an error that no further text can mend.
func (s *scanner) bad(format string, args ...any) Kind {
	s.msg = fmt.Sprintf(format, args...)
	return Bad
}

// short notes an error at the end of the text, which more text can mend.
func (s *scanner) short(k Kind, msg string) Kind {
	s.off, s.msg, s.partial = len(s.text), msg, true
	return k
}

// space reads white space, up to the first of anything else.
func (s *scanner) space() Kind {
	for s.off < len(s.text) {
		r, n := rune(s.text[s.off]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s.text[s.off:])
		}
		if !isSpace(r) {
			break
		}
		s.off += n
	}
	return Space
}

// comment reads to the end of the line, and leaves the newline.
func (s *scanner) comment() Kind {
	if i := strings.IndexByte(s.text[s.off:], '\n'); i >= 0 {
		s.off += i
	} else {
		s.off = len(s.text)
	}
	return Comment
}

// until moves on to the first character of one of the classes in stop, which
// white space and control characters are always part of.
func (s *scanner) until(stop uint8) {
	stop |= space | control
	for s.off < len(s.text) {
		c := s.text[s.off]
		if c < utf8.RuneSelf {
			if classes[c]&stop != 0 {
				return
			}
			s.off++
			continue
		}
		r, n := utf8.DecodeRuneInString(s.text[s.off:])
		if isSpace(r) {
			return
		}
		s.off += n
	}
}

func (s *scanner) number() Kind {
	s.off++
	s.until(macro)
	return Number
}

func (s *scanner) name(k Kind) Kind {
	s.off++
	s.until(term)
	return k
}

// quoted reads to the closing quote; a backslash hides the character after it.
func (s *scanner) quoted(k Kind, eof string) Kind {
	for s.off < len(s.text) {
		switch s.text[s.off] {
		case '"':
			s.off++
			return k
		case '\\':
			s.off++
		}
		s.off++
	}
	return s.short(k, eof)
}

// char reads a backslash, any one character, and the letters that follow.
func (s *scanner) char() Kind {
	s.off++
	if s.off == len(s.text) {
		return s.short(Char, "EOF while reading character")
	}
	_, n := utf8.DecodeRuneInString(s.text[s.off:])
	s.off += n
	s.until(term)
	return Char
}

// dispatch reads what begins with #.
func (s *scanner) dispatch() Kind {
	s.off++
	if s.off == len(s.text) {
		return s.short(Prefix, "EOF while reading character")
	}
	r, n := utf8.DecodeRuneInString(s.text[s.off:])
	s.off += n
	switch r {
	case '(', '{':
		return Open
	case '"':
		return s.quoted(Regex, "EOF while reading regex")
	case '\'', '_', '^', '#':
		return Prefix
	case '?':
		if s.peek(0) == '@' {
			s.off++
		}
		return Prefix
	case '!':
		return s.comment()
	case ':':
		s.until(term)
		return MapTag
	case '=':
		return s.bad("EvalReader not allowed: #= would run code while reading")
	case '<':
		return s.bad("Unreadable form")
	}
	if unicode.IsLetter(r) {
		s.until(term)
		return Tag
	}
	return s.bad("No dispatch macro for: %c", r)
}
