package clojure

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// Resolver tells the reader what names mean at this moment.
type Resolver interface {
	// CurrentNS gives the name of the current namespace.
	CurrentNS() string
	// Alias gives the full name of a namespace that is known by this name or
	// alias in the current namespace.
	Alias(name string) (ns string, ok bool)
	// ResolveSymbol gives sym as a syntax-quote has it: qualified with the
	// namespace of the var or class that it names, or else with the current
	// one; names with a dot, which are those of classes, it leaves alone. It
	// is Compiler.resolveSymbol of Clojure, and never called for special
	// forms, gensyms and method names.
	ResolveSymbol(sym *lang.Symbol) *lang.Symbol
	// NextID gives a number that was not given before, for gensyms.
	NextID() int64
}

// TagReader makes the value of a tagged literal from the form behind the tag.
type TagReader func(form lang.Value) (lang.Value, error)

// Reader reads the forms of a source one after the other.
type Reader struct {
	// Tags finds the reader of a tag other than #inst and #uuid, nil if there
	// is none. The field may be nil.
	Tags func(tag *lang.Symbol) TagReader

	src  *lang.Source
	res  Resolver
	text string // of the source, so far as it is valid UTF-8
	cut  *Error // what is wrong behind text, nil if nothing
	at   lexer.Position
	last lexer.Position // where the last form, or what was wrong, ended
}

// New makes a reader at the beginning of src. r may be nil to read data:
// then `::a/b` and syntax-quote know only the namespace user.
func New(src *lang.Source, r Resolver) *Reader {
	if r == nil {
		r = new(dataResolver)
	}
	rd := &Reader{src: src, res: r, text: src.Text, at: start}
	if !utf8.ValidString(rd.text) {
		rd.cutInvalid()
	}
	return rd
}

// cutInvalid ends the text before the first bytes that are no UTF-8.
func (r *Reader) cutInvalid() {
	off := lang.ValidPrefix(r.text)
	rest := r.text[off:]
	at := move(r.at, r.text, off)
	r.cut = &Error{Pos: r.pos(at), Msg: "Invalid UTF-8: byte 0x" + hexByte(rest[0]),
		Class: "java.nio.charset.MalformedInputException", Partial: !utf8.FullRuneInString(rest)}
	r.text = r.text[:off]
}

func hexByte(b byte) string {
	const hex = "0123456789ABCDEF"
	return string([]byte{hex[b>>4], hex[b&15]})
}

func (r *Reader) pos(at lexer.Position) lang.Pos {
	return lang.Pos{Src: r.src, Line: int32(at.Line), Col: int32(at.Column)}
}

// Offset gives the number of bytes read: up to the end of the last form, or,
// after an error, up to the end of the last form before it.
func (r *Reader) Offset() int { return r.at.Offset }

// Rest gives the text behind Offset.
func (r *Reader) Rest() string { return r.src.Text[r.at.Offset:] }

// Skip goes on behind an error: to the end of the line in which it was found.
// A second reading from there may meet the rest of a form that spans lines.
func (r *Reader) Skip() {
	to := max(r.last.Offset, r.at.Offset)
	if i := strings.IndexByte(r.text[to:], '\n'); i >= 0 {
		to += i + 1
	} else {
		to = len(r.text)
	}
	r.at = move(r.at, r.text, to)
}

// ReadAll reads all forms that are left. With an error it gives those before it.
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

// Read reads the next form; ok is false if there is none. An error is an
// *Error, and leaves the reader where it was: before the form.
func (r *Reader) Read() (form lang.Value, ok bool, err error) {
	for n := 1; ; {
		u, fl := r.unit(n)
		r.last = fl.at
		if u.err != nil {
			return lang.Nil, false, r.judge(u, fl)
		}
		switch {
		case r.cut != nil && fl.scan.off == len(r.text):
			return lang.Nil, false, r.cut
		case u.result == moreForms:
			n++
			continue
		}
		r.at = move(fl.at, r.text, fl.scan.off)
		if u.result == oneForm {
			return u.form, true, nil
		}
		if fl.final {
			return lang.Nil, false, nil
		}
		n = 1
	}
}

// unit parses n top-level forms, of which all but the last turn out to be
// none.
func (r *Reader) unit(n int) (*unit, *formLexer) {
	fl := newFormLexer(r.text, r.at, n)
	tokens, err := lexer.Upgrade(fl)
	if err != nil {
		return &unit{err: &Error{Msg: err.Error(), Class: classRuntime}}, fl
	}
	s := sessions.Get().(*session)
	s.p.begin(r, fl)
	u := new(unit)
	if top, err := s.grammar.ParseFromLexer(tokens, participle.AllowTrailing(true)); err != nil {
		u.err = s.p.errorf(tokens.Peek(), classRuntime, "%s", err)
	} else if top.Unit != nil {
		u = top.Unit.(*unit)
	}
	s.p.end()
	sessions.Put(s)
	return u, fl
}

// judge settles whether more text could mend an error. One that lies at an
// atom which ends with the text may, if it goes away as the atom grows; that
// is found by trying.
func (r *Reader) judge(u *unit, fl *formLexer) *Error {
	atEnd := u.drained && fl.scan.off == len(r.text)
	if r.cut != nil {
		if atEnd || u.err.Partial {
			return r.cut
		}
		return u.err
	}
	if u.err.Partial || !atEnd {
		return u.err
	}
	for _, more := range growths(fl.scan.text[fl.scan.start:]) {
		try := &Reader{Tags: r.Tags, src: r.src, res: r.res, text: r.text[r.at.Offset:] + more, at: r.at}
		try.at.Offset = 0
		v, _ := try.unit(1)
		if v.err == nil || v.err.Partial {
			u.err.Partial = true
			break
		}
	}
	return u.err
}

// growths lists ways in which an atom may go on so that a wrong one becomes
// right, if any can: as a name, a number, or a name out of a table.
func growths(atom string) []string {
	more := []string{"x", "/x", "x/x", "0", "1", ".", "00", "000", "0000"}
	complete := func(word string) {
		if rest, ok := strings.CutPrefix(word, atom); ok {
			more = append(more, rest)
		}
	}
	for name := range charNames {
		complete(`\` + name)
	}
	for name := range symbolic {
		complete(name)
	}
	for tag := range literals {
		complete("#" + tag)
	}
	return more
}

// session is a parser built by participle with the state of one reading. To
// build one costs some microseconds, so they are kept.
type session struct {
	grammar *participle.Parser[grammar]
	p       parser
}

// grammar is the notation to participle: a text has at most one form, since
// the lexer hands out one at a time.
type grammar struct {
	Unit production `parser:"@@?"`
}

// production is the one production that is parsed by hand.
type production interface{ production() }

// unit is what one reading came to.
type unit struct {
	form    lang.Value
	result  result
	err     *Error
	drained bool // every token was consumed
}

func (*unit) production() {}

// result tells what became of a top-level form.
type result uint8

const (
	noForm    result = iota // a comment, a discarded form, or the end
	oneForm                 // form
	moreForms               // a prefix waits for a form still, since the one behind it was none
)

var sessions = sync.Pool{New: func() any {
	s := new(session)
	s.grammar = participle.MustBuild[grammar](
		participle.Lexer(definition{}),
		participle.ParseTypeWith(func(tokens *lexer.PeekingLexer) (production, error) {
			if tokens.Peek().EOF() {
				return nil, participle.NextMatch
			}
			return s.p.parse(tokens), nil
		}))
	return s
}}

// dataResolver is the resolver for data.
type dataResolver struct{ id int64 }

func (*dataResolver) CurrentNS() string           { return "user" }
func (*dataResolver) Alias(string) (string, bool) { return "", false }
func (d *dataResolver) NextID() int64             { d.id++; return d.id }
func (*dataResolver) ResolveSymbol(s *lang.Symbol) *lang.Symbol {
	if s.NS != "" || strings.Contains(s.Name, ".") {
		return s
	}
	return &lang.Symbol{NS: "user", Name: s.Name, Pos: s.Pos}
}
