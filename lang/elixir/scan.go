package elixir

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
	Bad         Kind = iota // what no token can begin with
	Space                   // blanks and tabs, and a backslash before a newline
	Newline                 // the end of a line
	Comment                 // from # to the end of the line
	Semicolon               // ;
	Comma                   // ,
	Dot                     // .
	Open                    // ( [ { <<
	Close                   // ) ] } >>
	Percent                 // % of a map or struct
	Stab                    // ->
	Operator                // + and, what stands before or between operands
	Reserved                // do end fn after else rescue catch true false nil
	Identifier              // a, a?
	Alias                   // A
	Key                     // a: before its value
	Atom                    // :a
	Number                  // 1
	Char                    // ?a
	StringOpen              // " ' """ ~w( :" and so on
	StringText              // the text between, with its escapes
	StringClose             // the terminator, with ": of a key or a sigil's modifiers
	InterpOpen              // #{
	InterpClose             // the } that ends an interpolation
)

var kindNames = [...]string{
	Bad: "Bad", Space: "Space", Newline: "Newline", Comment: "Comment", Semicolon: "Semicolon", Comma: "Comma", Dot: "Dot", Open: "Open",
	Close: "Close", Percent: "Percent", Stab: "Stab", Operator: "Operator", Reserved: "Reserved", Identifier: "Identifier", Alias: "Alias",
	Key: "Key", Atom: "Atom", Number: "Number", Char: "Char", StringOpen: "StringOpen", StringText: "StringText", StringClose: "StringClose",
	InterpOpen: "InterpOpen", InterpClose: "InterpClose",
}

// String gives the name of the kind.
func (k Kind) String() string { return kindNames[k] }

// words are the names that are no identifiers.
var words = map[string]Kind{
	"do": Reserved, "end": Reserved, "fn": Reserved, "after": Reserved, "else": Reserved, "rescue": Reserved, "catch": Reserved,
	"true": Reserved, "false": Reserved, "nil": Reserved,
	"and": Operator, "or": Operator, "not": Operator, "in": Operator, "when": Operator,
}

// symbols are the operators and other signs, the longer before the shorter.
var symbols = makeSymbols(`... ~~~ === !== <~> <|> <<< >>> &&& ||| ^^^ +++ --- <<~ ~>> |>
	:: ++ -- ** .. <- -> => == != <= >= && || \\ <> =~ <~ ~> // << >> + - * / < > ! ^ & | = @ % . , ; ( ) [ ] { }`)

// symbolKinds are the kinds of the signs that are no operators.
var symbolKinds = map[string]Kind{
	"...": Identifier, "->": Stab, "<<": Open, ">>": Close, "%": Percent, ".": Dot, ",": Comma, ";": Semicolon,
	"(": Open, "[": Open, "{": Open, ")": Close, "]": Close, "}": Close,
}

// symbol is a sign with its kind.
type symbol struct {
	text string
	kind Kind
}

// makeSymbols sorts signs by their first byte.
func makeSymbols(all string) (table [utf8.RuneSelf][]symbol) {
	for text := range strings.FieldsSeq(all) {
		kind, ok := symbolKinds[text]
		if !ok {
			kind = Operator
		}
		table[text[0]] = append(table[text[0]], symbol{text, kind})
	}
	return table
}

// atomSigns are signs that make names of atoms and keys, besides operators.
var atomSigns = []string{"..//", "<<>>", "%{}", "{}", "%", "."}

// scanner cuts text into tokens: after scan, the token is text[start:off].
type scanner struct {
	text       string
	start, off int
	msg        string // what is wrong with the token, "" if nothing
	partial    bool   // whether more text could mend that
	dotted     bool   // the last token is a dot, behind which every word is a name
	modes      []mode
}

// mode is a string, or the code of an interpolation in it.
type mode struct {
	term    string // what ends the string
	heredoc bool
	raw     bool // without interpolation
	plain   bool // neither sigil nor heredoc nor atom: may be a key
	sigil   bool
	code    bool // in an interpolation
	braces  int  // open in that interpolation
}

// scan reads the next token and gives its kind. It may not be called at the
// end of the text.
func (s *scanner) scan() Kind {
	s.start, s.msg, s.partial = s.off, "", false
	if n := len(s.modes); n > 0 && !s.modes[n-1].code {
		return s.inString(&s.modes[n-1])
	}
	dotted := s.dotted
	k := s.code(dotted)
	s.dotted = k == Dot || dotted && (k == Space || k == Newline || k == Comment)
	return k
}

// peek gives the byte n places on, 0 past the end.
func (s *scanner) peek(n int) byte {
	if s.off+n < len(s.text) {
		return s.text[s.off+n]
	}
	return 0
}

// bad notes an error that no further text can mend. Without a message it is
// that nothing begins with this character.
func (s *scanner) bad(msg string) Kind {
	s.msg = msg
	return Bad
}

// code reads a token that stands outside of strings.
func (s *scanner) code(dotted bool) Kind {
	c := s.text[s.off]
	switch {
	case c >= utf8.RuneSelf, c == '_', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		return s.word(dotted)
	case '0' <= c && c <= '9':
		return s.number()
	}
	switch c {
	case ' ', '\t':
		s.blanks()
		return Space
	case '\n':
		s.off++
		return Newline
	case '\r':
		if s.peek(1) == '\n' {
			s.off += 2
			return Newline
		}
	case '#':
		if i := strings.IndexByte(s.text[s.off:], '\n'); i >= 0 {
			s.off += i
		} else {
			s.off = len(s.text)
		}
		return Comment
	case '"', '\'':
		return s.openString(s.off, mode{plain: true})
	case ':':
		return s.atom()
	case '?':
		return s.char()
	case '~':
		if k, ok := s.sigil(); ok {
			return k
		}
	case '\\':
		if k, ok := s.lineJoin(); ok {
			return k
		}
	}
	return s.sign(dotted)
}

// blanks moves on over blanks and tabs.
func (s *scanner) blanks() {
	for s.off < len(s.text) && (s.text[s.off] == ' ' || s.text[s.off] == '\t') {
		s.off++
	}
}

// lineJoin reads a backslash before a newline, which joins two lines.
func (s *scanner) lineJoin() (Kind, bool) {
	switch {
	case s.off+1 == len(s.text):
		s.off++
		s.msg, s.partial = `invalid escape \ at end of file`, true
		return Bad, true
	case s.peek(1) == '\n':
		s.off += 2
	case s.peek(1) == '\r' && s.peek(2) == '\n':
		s.off += 3
	default:
		return 0, false
	}
	return Space, true
}

// keyFollows reports whether a colon that makes a key stands at offset off.
func (s *scanner) keyFollows(off int) bool {
	if off >= len(s.text) || s.text[off] != ':' {
		return false
	}
	if off+1 == len(s.text) {
		return true
	}
	switch s.text[off+1] {
	case ' ', '\t', '\n', '\r':
		return true
	}
	return false
}

// sign reads an operator, a bracket or a separator.
func (s *scanner) sign(dotted bool) Kind {
	rest := s.text[s.off:]
	for _, sign := range atomSigns {
		if rest[0] == sign[0] && strings.HasPrefix(rest, sign) && s.keyFollows(s.off+len(sign)) {
			s.off += len(sign) + 1
			return Key
		}
	}
	for _, sy := range symbols[rest[0]] {
		if !strings.HasPrefix(rest, sy.text) {
			continue
		}
		s.off += len(sy.text)
		switch {
		case (sy.kind == Operator || sy.kind == Stab || sy.text == "...") && s.keyFollows(s.off):
			s.off++
			return Key
		case sy.kind == Operator && dotted:
			return Identifier
		}
		return s.brace(sy)
	}
	s.off++
	return s.bad("")
}

// brace follows the braces in an interpolation, and ends it at the last.
func (s *scanner) brace(sy symbol) Kind {
	if n := len(s.modes); n > 0 {
		switch m := &s.modes[n-1]; {
		case sy.text == "{":
			m.braces++
		case sy.text == "}" && m.braces > 0:
			m.braces--
		case sy.text == "}":
			m.code = false
			return InterpClose
		}
	}
	return sy.kind
}

// isStart reports whether a name may begin with r.
func isStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }

// isPart reports whether r may stand in a name.
func isPart(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Nl, unicode.Pc)
}

// name moves on over the characters of a name, and of atoms with @ too.
func (s *scanner) name(atom bool) {
	for s.off < len(s.text) {
		r, n := rune(s.text[s.off]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s.text[s.off:])
		}
		if !isPart(r) && !(atom && r == '@') {
			break
		}
		s.off += n
	}
	if c := s.peek(0); c == '?' || c == '!' {
		s.off++
	}
}

// word reads an identifier, an alias, a reserved word, a word that is an
// operator, or a key.
func (s *scanner) word(dotted bool) Kind {
	first, n := utf8.DecodeRuneInString(s.text[s.off:])
	if !isStart(first) || first >= utf8.RuneSelf && unicode.IsUpper(first) {
		s.off += n
		return s.bad("")
	}
	s.name(false)
	text := s.text[s.start:s.off]
	if s.peek(0) == '@' {
		s.name(true)
		text = s.text[s.start:s.off]
		if !s.keyFollows(s.off) {
			return s.bad(`invalid character "@" (code point U+0040) in identifier: ` + text)
		}
	}
	if s.peek(0) == ':' && s.peek(1) != ':' {
		s.off++
		if !s.keyFollows(s.off - 1) {
			return s.bad("keyword argument must be followed by space after: " + text + ":")
		}
		return Key
	}
	switch {
	case 'A' <= first && first <= 'Z':
		return s.alias(text)
	case dotted:
		return Identifier
	}
	if k, ok := words[text]; ok {
		return k
	}
	return Identifier
}

// alias checks a name that begins with a capital.
func (s *scanner) alias(text string) Kind {
	for _, r := range text {
		if r >= utf8.RuneSelf || !isPart(r) {
			return s.bad(fmt.Sprintf(`invalid character "%c" (code point U+%s)`, r, hex4(r)) + " in alias (only ASCII characters, without punctuation, are allowed): " + text)
		}
	}
	return Alias
}

// atom reads what begins with a colon: an atom, a quoted one, or the operator ::.
func (s *scanner) atom() Kind {
	rest := s.text[s.off+1:]
	if rest == "" {
		s.off++
		s.bad("")
		s.partial = true
		return Bad
	}
	if c := rest[0]; c == '"' || c == '\'' {
		s.off++
		return s.openString(s.off, mode{})
	}
	if r, _ := utf8.DecodeRuneInString(rest); isStart(r) {
		s.off++
		s.name(true)
		return Atom
	}
	if n := signLen(rest); n > 0 && !(rest[0] == ':' && n != 2) {
		s.off += 1 + n
		return Atom
	}
	if rest[0] == ':' {
		s.off++
	}
	s.off++
	if s.off-s.start == 2 {
		if s.keyFollows(s.off) {
			s.off++
			return Key
		}
		return Operator
	}
	if rest == "{" || rest == "<<" || rest == "<<>" {
		s.off, s.partial = len(s.text), true
	}
	return s.bad("")
}

// signLen gives the length of the sign at the beginning of text that can be
// the name of an atom, 0 if there is none.
func signLen(text string) int {
	for _, sign := range atomSigns[:4] {
		if strings.HasPrefix(text, sign) {
			return len(sign)
		}
	}
	if text[0] >= utf8.RuneSelf {
		return 0
	}
	for _, sy := range symbols[text[0]] {
		if strings.HasPrefix(text, sy.text) {
			switch sy.kind {
			case Operator, Stab, Dot, Percent, Identifier:
				return len(sy.text)
			}
			return 0
		}
	}
	if strings.HasPrefix(text, "::") {
		return 2
	}
	return 0
}
