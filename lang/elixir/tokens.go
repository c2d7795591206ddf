package elixir

import "github.com/conc-repl/conc-repl/lang"

// Token is a stretch of a text, for colouring: text[Start:End].
type Token struct {
	Kind       Kind
	Start, End int // in bytes
}

// Tokens cuts any text into tokens, without gaps. It never fails: what is
// wrong is Bad, and what the end of the text cuts off has the kind that it
// began as.
func Tokens(text string) []Token {
	s := scanner{text: lang.MaskInvalid(text)}
	var tokens []Token
	for s.off < len(s.text) {
		k := s.scan()
		tokens = append(tokens, Token{k, s.start, s.off})
	}
	return tokens
}

// Pending reads all of what was typed so far, and gives the error that more
// lines would mend; nil if the expressions are complete, or wrong in a way
// that no further line can mend.
func Pending(text string) *Error {
	// A line that was entered is ended: `0x` at its end is no half number.
	r := New(&lang.Source{Name: "iex", Text: text + "\n"})
	for {
		_, ok, err := r.Read()
		if e, _ := err.(*Error); e != nil && e.Partial {
			return e
		}
		if err != nil || !ok {
			return nil
		}
	}
}

// Unclosed gives what is still open of text at offset end, the outermost
// first: brackets, `do`, `fn`, strings and interpolations. It says where the
// next line is indented to.
func Unclosed(text string, end int) []Token {
	open, _ := brackets(text[:end], -1)
	return open
}

// Match gives what belongs to the bracket, `do`, `fn`, `end` or quotation
// mark at offset off, be it the opening or the closing one; ok is false if
// there is none, or at off stands nothing of the kind, or the two do not fit.
func Match(text string, off int) (match Token, ok bool) {
	_, pair := brackets(text, off)
	if pair == nil {
		return Token{}, false
	}
	o := opened{kind: pair[0].Kind, text: text[pair[0].Start:pair[0].End]}
	if pair[0].Kind != StringOpen && o.terminator() != text[pair[1].Start:pair[1].End] {
		return Token{}, false
	}
	if pair[0].Start <= off && off < pair[0].End {
		return pair[1], true
	}
	return pair[0], true
}

// brackets walks over what opens and closes in text. It gives what is left
// open, and the pair of which one stands at off, nil if there is none.
func brackets(text string, off int) (open []Token, pair []Token) {
	for _, t := range Tokens(text) {
		word := text[t.Start:t.End]
		switch {
		case t.Kind == Open, t.Kind == StringOpen, t.Kind == InterpOpen, t.Kind == Reserved && (word == "do" || word == "fn"):
			open = append(open, t)
		case t.Kind == Close, t.Kind == StringClose, t.Kind == InterpClose, t.Kind == Reserved && word == "end":
			if len(open) == 0 {
				continue
			}
			o := open[len(open)-1]
			open = open[:len(open)-1]
			if off >= o.Start && off < o.End || off >= t.Start && off < t.End {
				return open, []Token{o, t}
			}
		}
	}
	return open, nil
}
