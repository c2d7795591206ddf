package clojure

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// literals are the tags of Clojure itself: what their strings mean.
var literals = map[string]struct {
	what  string // what is written so
	parse func(string) (v lang.Value, ok bool)
	class string // of the exception for a string that means nothing
	msg   string // its message, before the string
}{
	"inst": {"An instant", func(s string) (lang.Value, bool) { i, ok := lang.ParseInst(s); return lang.Obj(i), ok },
		classRuntime, "Unrecognized date/time syntax: "},
	"uuid": {"A UUID", func(s string) (lang.Value, bool) { u, ok := lang.ParseUUID(s); return lang.Obj(u), ok },
		classArgument, "Invalid UUID string: "},
}

// tagged reads the form behind a tag and makes the value of both.
func (p *parser) tagged(t *lexer.Token) lang.Value {
	name := t.Value[1:]
	if _, _, ok := splitName(name); !ok {
		p.fail(t, classRuntime, "Invalid token: %s", name)
	}
	ns, base := cutNS(name)
	v, err := p.tagReader(t, &lang.Symbol{NS: ns, Name: base, Pos: p.pos(t)})(p.form())
	if e, ok := err.(*lang.Exception); ok {
		p.fail(t, e.Class.Name, "%s", e.Message())
	}
	if err != nil {
		p.fail(t, classRuntime, "%s", err)
	}
	return v
}

// tagReader finds the reader of a tag.
func (p *parser) tagReader(t *lexer.Token, tag *lang.Symbol) TagReader {
	if p.skips > 0 {
		return func(form lang.Value) (lang.Value, error) { return form, nil }
	}
	if p.r.Tags != nil {
		if read := p.r.Tags(tag); read != nil {
			return read
		}
	}
	lit, ok := literals[tag.String()]
	if !ok {
		if p.r.Tags != nil && p.endsText(t) {
			p.eof(p.tokens.Peek()) // it may become a tag that is known
		}
		p.fail(t, classRuntime, "No reader function for tag %s", tag)
	}
	// Whatever else comes, a form of another kind will never do.
	switch Kind(p.tokens.Peek().Type) {
	case Open, Symbol, Number, Keyword, Char, Regex:
		p.fail(t, classRuntime, "%s is written as a string, #%s \"...\"", lit.what, tag)
	}
	return func(form lang.Value) (lang.Value, error) {
		s, ok := form.AsString()
		if !ok {
			p.fail(t, classRuntime, "%s is written as a string, #%s \"...\"", lit.what, tag)
		}
		v, ok := lit.parse(s)
		if !ok {
			p.fail(t, lit.class, "%s%s", lit.msg, s)
		}
		return v, nil
	}
}
