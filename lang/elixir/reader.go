package elixir

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// Reader reads the top-level expressions of a source one after the other.
type Reader struct {
	src  *lang.Source
	text string // of the source, so far as it is valid UTF-8
	cut  *Error // what is wrong behind text, nil if nothing
	at   lexer.Position
	last lexer.Position // where the last expression, or what was wrong, ended
	semi bool           // the last expression ended with a semicolon
}

// New makes a reader at the beginning of src.
func New(src *lang.Source) *Reader {
	r := &Reader{src: src, text: src.Text, at: start}
	if !utf8.ValidString(r.text) {
		r.cutInvalid()
	}
	return r
}

// cutInvalid ends the text before the first bytes that are no UTF-8.
func (r *Reader) cutInvalid() {
	off := lang.ValidPrefix(r.text)
	at := move(r.at, r.text, off)
	r.cut = &Error{Pos: r.pos(at), Msg: "invalid encoding starting at " + lang.Inspect(lang.Str(r.text[off:off+1])),
		Class: "UnicodeConversionError", Partial: !utf8.FullRuneInString(r.text[off:])}
	r.text = r.text[:off]
}

func (r *Reader) pos(at lexer.Position) lang.Pos {
	return lang.Pos{Src: r.src, Line: int32(at.Line), Col: int32(at.Column)}
}

// Offset gives the number of bytes read: up to the end of the last
// expression, or, after an error, up to the end of the last one before it.
func (r *Reader) Offset() int { return r.at.Offset }

// Rest gives the text behind Offset.
func (r *Reader) Rest() string { return r.src.Text[r.at.Offset:] }

// Skip goes on behind an error: to the end of the line in which it was found.
func (r *Reader) Skip() {
	to := max(r.last.Offset, r.at.Offset)
	if i := strings.IndexByte(r.text[to:], '\n'); i >= 0 {
		to += i + 1
	} else {
		to = len(r.text)
	}
	r.at = move(r.at, r.text, to)
}

// ReadAll reads all expressions that are left. With an error it gives those
// before it.
func (r *Reader) ReadAll() ([]lang.Value, error) {
	var forms []lang.Value
	for {
		v, ok, err := r.Read()
		if !ok || err != nil {
			return forms, err
		}
		forms = append(forms, v)
	}
}

// Read reads the next expression; ok is false if there is none. An error is
// an *Error, and leaves the reader where it was: before the expression.
func (r *Reader) Read() (form lang.Value, ok bool, err error) {
	for {
		u, l := r.unit()
		r.last = l.at
		switch {
		case u.err != nil:
			return lang.Nil, false, r.judge(u, l)
		case r.cut != nil && l.scan.off == len(r.text):
			return lang.Nil, false, r.cut
		}
		r.at, r.semi = move(l.at, r.text, l.scan.off), l.semi
		if u.some {
			return u.form, true, nil
		}
		if l.final {
			return lang.Nil, false, nil
		}
	}
}

// unit parses one top-level expression.
func (r *Reader) unit() (*unit, *exprLexer) {
	l := newExprLexer(r.text, r.at)
	tokens, err := lexer.Upgrade(l)
	if err != nil {
		return &unit{err: &Error{Msg: err.Error(), Class: classSyntax}}, l
	}
	s := sessions.Get().(*session)
	s.p = parser{r: r, lex: l}
	u := new(unit)
	if top, err := s.grammar.ParseFromLexer(tokens, participle.AllowTrailing(true)); err != nil {
		u.err = s.p.errorf(tokens.Peek(), "%s", err)
	} else if top.Unit != nil {
		u = top.Unit.(*unit)
	}
	s.p = parser{}
	sessions.Put(s)
	return u, l
}

// judge settles whether more text could mend an error. One that lies at the
// word or sign with which the text ends may go away as that grows; this is
// found by trying.
func (r *Reader) judge(u *unit, l *exprLexer) *Error {
	atEnd := u.drained && l.scan.off == len(r.text)
	if r.cut != nil {
		if atEnd || u.err.Partial {
			return r.cut
		}
		return u.err
	}
	if u.err.Partial || !atEnd {
		return u.err
	}
	for _, more := range growths {
		try := &Reader{src: r.src, text: r.text[r.at.Offset:] + more, at: r.at, semi: r.semi}
		try.at.Offset = 0
		if v, _ := try.unit(); v.err == nil || v.err.Partial {
			u.err.Partial = true
			break
		}
	}
	return u.err
}

// growths are ways in which a word or sign that is wrong may go on so that
// it becomes right.
var growths = []string{
	"x", " in x", "n x", "t in x", "ot in x", "d x", "nd x", "r x", "en x", "hen x", "o", "nd", "d", "fter", "ter", "er", "r", "lse", "se", "e",
	"escue", "scue", "cue", "ue", "atch", "tch", "ch", "h", "= x", "== x", "> x", ">> x", "< x", `\ x`, ": x", ":x", "& x", "&& x", "^^ x", "^ x",
	"| x", "~ x", "/ x", ". x", "..", " x", "0", ">", "}", "}: x", ">>: x", ">: x", "/: x", "\n", "x: x",
}

// session is a parser built by participle with the state of one reading. To
// build one costs some microseconds, so they are kept.
type session struct {
	grammar *participle.Parser[grammar]
	p       parser
}

// grammar is the notation to participle: a text has at most one expression,
// since the lexer hands out one at a time.
type grammar struct {
	Unit production `parser:"@@?"`
}

// production is the one production that is parsed by hand.
type production interface{ production() }

// unit is what one reading came to.
type unit struct {
	form    lang.Value
	some    bool // there was an expression
	err     *Error
	drained bool // what is wrong may be what the text ends with
}

func (*unit) production() {}

var sessions = sync.Pool{New: func() any {
	s := new(session)
	s.grammar = participle.MustBuild[grammar](
		participle.Lexer(definition{}),
		participle.ParseTypeWith(func(tokens *lexer.PeekingLexer) (production, error) {
			if tokens.Peek().EOF() && s.p.lex.final && !s.p.lex.begun {
				return nil, participle.NextMatch
			}
			return s.p.parse(tokens), nil
		}))
	return s
}}
