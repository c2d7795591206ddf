package elixir

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// piece is a part of a string: text, or an interpolated expression.
type piece struct {
	text string
	tok  *lexer.Token // where it begins
	expr lang.Value
	code bool
}

// pieces reads a string up to its terminator.
func (p *parser) pieces() (open, end *lexer.Token, ps []piece) {
	open = p.tokens.Next()
	p.deeper(open)
	defer func() { p.depth-- }()
	for {
		t, k := p.peek()
		switch k {
		case StringText:
			p.tokens.Next()
			ps = append(ps, piece{text: t.Value, tok: t})
		case InterpOpen:
			p.tokens.Next()
			c, _, _ := p.body(false)
			ps = append(ps, piece{expr: c.form(noMeta), code: true, tok: t})
			p.expect(InterpClose, "}")
		case StringClose:
			return open, p.tokens.Next(), ps
		default:
			p.checkEscapes(ps, open)
			p.before(t)
		}
	}
}

// checkEscapes gives up at a wrong escape in a string that is not complete,
// since no further text can mend it.
func (p *parser) checkEscapes(ps []piece, open *lexer.Token) {
	if open.Value[0] == '~' {
		return
	}
	for i, q := range ps {
		if q.code {
			continue
		}
		last := i == len(ps)-1
		text := q.text
		if last && strings.HasSuffix(text, `\`) {
			text = text[:len(text)-1]
		}
		if _, off, msg := lang.UnescapeElixir(text); msg != "" {
			if n, _ := lang.ElixirEscapeLen(text[off:]); !last || off+n <= len(text) {
				p.badEscape(q.tok, off, msg)
			}
		}
	}
}

// badEscape gives up at the wrong escape at offset off of a piece of text.
func (p *parser) badEscape(t *lexer.Token, off int, msg string) {
	at := move(t.Pos, p.lex.scan.text, t.Pos.Offset+off)
	p.fail(&lexer.Token{Pos: at}, "%s", msg)
}

// unescaped resolves the escapes of a string's pieces.
func (p *parser) unescaped(ps []piece) []piece {
	for i, q := range ps {
		if q.code {
			continue
		}
		s, off, msg := lang.UnescapeElixir(q.text)
		if msg != "" {
			p.badEscape(q.tok, off, msg)
		}
		ps[i].text = s
	}
	return ps
}

// outdent takes the indentation of a heredoc's terminator off its lines.
func outdent(ps []piece) ([]piece, int) {
	if len(ps) == 0 || ps[len(ps)-1].code {
		return ps, 0
	}
	last := &ps[len(ps)-1]
	indent := len(last.text) - len(strings.TrimRight(last.text, " \t"))
	last.text = last.text[:len(last.text)-indent]
	start := true // a line begins here
	kept := ps[:0]
	for _, q := range ps {
		if !q.code {
			q.text = outdentText(q.text, indent, start)
		}
		start = false
		if q.code || q.text != "" {
			kept = append(kept, q)
		}
	}
	return kept, indent
}

// outdentText takes up to indent blanks off the beginning of each line.
func outdentText(text string, indent int, start bool) string {
	var b strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		if start {
			n := 0
			for n < indent && n < len(line) && (line[n] == ' ' || line[n] == '\t') {
				n++
			}
			line = line[n:]
		}
		start = true
		b.WriteString(line)
	}
	return b.String()
}

// str reads what begins with a quotation mark, or is a sigil or a quoted atom.
func (p *parser) str() lang.Value {
	open, end, ps := p.pieces()
	indent, heredoc := 0, len(strings.TrimRight(end.Value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")) >= 3
	if heredoc {
		ps, indent = outdent(ps)
	}
	if open.Value[0] == '~' {
		return p.sigil(open, end, ps, indent, heredoc)
	}
	ps = p.unescaped(ps)
	switch {
	case strings.HasSuffix(end.Value, ":"):
		p.fail(open, "syntax error before: %s", strings.Trim(p.lex.scan.text[open.Pos.Offset:end.Pos.Offset], `"'`))
	case open.Value[0] == ':':
		return p.quotedAtom(open, ps)
	case open.Value[0] == '\'':
		return p.charlist(open, ps)
	}
	if text, ok := plain(ps); ok {
		return lang.Str(text)
	}
	return p.binaryOf(open, ps)
}

// plain gives the text of a string without interpolation.
func plain(ps []piece) (string, bool) {
	switch {
	case len(ps) == 0:
		return "", true
	case len(ps) == 1 && !ps[0].code:
		return ps[0].text, true
	}
	return "", false
}

// toString makes the call that gives the text of an interpolated expression.
func toString(m, expr lang.Value) lang.Value { return remote(m, "Elixir.Kernel", "to_string", expr) }

// binaryOf makes the <<>> of a string's pieces.
func (p *parser) binaryOf(open *lexer.Token, ps []piece, more ...lang.Value) lang.Value {
	var vs []lang.Value
	for _, q := range ps {
		if !q.code {
			vs = append(vs, lang.Str(q.text))
			continue
		}
		m := p.meta(q.tok)
		vs = append(vs, node("::", m, toString(m, q.expr), lang.Vec(lang.K("binary"), m, lang.Nil)))
	}
	if len(vs) == 0 {
		vs = append(vs, lang.Str(""))
	}
	return node("<<>>", p.meta(open, more...), vs...)
}

// quotedAtom makes an atom of a string's pieces.
func (p *parser) quotedAtom(open *lexer.Token, ps []piece) lang.Value {
	if text, ok := plain(ps); ok {
		return atom(text)
	}
	return remote(p.meta(open), "erlang", "binary_to_atom", p.binaryOf(open, ps), lang.K("utf8"))
}

// atom gives the atom of a name: true, false and nil are values of their own.
func atom(name string) lang.Value {
	if v, ok := literals[name]; ok {
		return v
	}
	return lang.K(name)
}

// charlist makes a list of characters of a string's pieces.
func (p *parser) charlist(open *lexer.Token, ps []piece) lang.Value {
	text, ok := plain(ps)
	if !ok {
		var vs []lang.Value
		for _, q := range ps {
			if q.code {
				vs = append(vs, toString(p.meta(q.tok), q.expr))
			} else {
				vs = append(vs, lang.Str(q.text))
			}
		}
		return remote(p.meta(open), "Elixir.List", "to_charlist", list(vs...))
	}
	return chars(text)
}

// chars gives the list of a text's characters.
func chars(text string) lang.Value {
	vs := make([]lang.Value, 0, len(text))
	for _, r := range text {
		vs = append(vs, lang.Int(int64(r)))
	}
	return list(vs...)
}

// sigil makes the call of a sigil: its text has its escapes still.
func (p *parser) sigil(open, end *lexer.Token, ps []piece, indent int, heredoc bool) lang.Value {
	delimiter := strings.TrimRight(open.Value[2:], " \t\r\n")
	term := closers[delimiter[0]]
	mods := strings.TrimLeft(end.Value, term)
	var more []lang.Value
	if heredoc {
		more = append(more, pair(lang.K("indentation"), lang.Int(int64(indent))))
		term = strings.Repeat(term, 3)
	}
	for i := range ps {
		ps[i].text = strings.ReplaceAll(ps[i].text, `\`+term, term)
	}
	content := p.binaryOf(open, ps, more...)
	return node("sigil_"+open.Value[1:2], p.meta(open, pair(lang.K("delimiter"), lang.Str(delimiter))), content, chars(mods))
}

// key reads the key of an entry: a: or "a": .
func (p *parser) key() lang.Value {
	if t, k := p.peek(); k == Key {
		p.tokens.Next()
		return atom(strings.TrimSuffix(t.Value, ":"))
	}
	open, _, ps := p.pieces()
	return p.quotedAtom(open, p.unescaped(ps))
}

// quotedName reads the name of a call that stands in quotation marks, and
// gives a token that stands for it: it begins where the name does and ends
// where the quotation ends.
func (p *parser) quotedName(t *lexer.Token) (lang.Value, *lexer.Token) {
	for mark := p.tokens.MakeCheckpoint(); ; p.tokens.Next() {
		if _, k := p.peek(); k == InterpOpen {
			p.fail(t, "interpolation is not allowed when calling function/macro. Found interpolation in a call starting with: %s", t.Value)
		} else if k != StringOpen && k != StringText {
			p.tokens.LoadCheckpoint(mark)
			break
		}
	}
	_, end, ps := p.pieces()
	text, _ := plain(p.unescaped(ps))
	whole := *t
	whole.Value = p.lex.scan.text[t.Pos.Offset : end.Pos.Offset+len(end.Value)]
	return lang.K(text), &whole
}
