package clojure

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
// lines would mend; nil if the forms are complete, or wrong in a way that no
// further line can mend.
func Pending(text string) *Error {
	// A line that was entered is ended: `1/` at its end is no half ratio.
	r := New(&lang.Source{Name: "REPL", Text: text + "\n"}, anyAlias{new(dataResolver)})
	r.Tags = func(*lang.Symbol) TagReader {
		return func(form lang.Value) (lang.Value, error) { return form, nil }
	}
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

// anyAlias is the resolver of a prompt that only asks whether forms are complete.
type anyAlias struct{ *dataResolver }

// Alias implements Resolver: every namespace may be known.
func (anyAlias) Alias(name string) (string, bool) { return name, true }

// Unclosed gives the brackets of text that are still open at offset end, the
// outermost first: where the next line is indented to.
func Unclosed(text string, end int) []Token {
	open, _ := brackets(text[:end], -1)
	return open
}

// Match gives the bracket that belongs to the one at offset off, be it an
// opening or a closing one; ok is false if there is none, or at off stands no
// bracket, or the two do not fit.
func Match(text string, off int) (match Token, ok bool) {
	_, pair := brackets(text, off)
	if pair == nil || closer(text[pair[0].Start:pair[0].End]) != text[pair[1].Start:pair[1].End] {
		return Token{}, false
	}
	if pair[0].Start <= off && off < pair[0].End {
		return pair[1], true
	}
	return pair[0], true
}

// brackets walks over the brackets of text. It gives those left open, and the
// pair of which one stands at off, nil if there is none.
func brackets(text string, off int) (open []Token, pair []Token) {
	for _, t := range Tokens(text) {
		switch t.Kind {
		case Open:
			open = append(open, t)
		case Close:
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
