package clojure

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/conc-repl/conc-repl/lang"
)

// The symbols that the reader writes into forms.
var (
	symQuote    = lang.NewSymbol("", "quote")
	symVar      = lang.NewSymbol("", "var")
	symFn       = lang.NewSymbol("", "fn*")
	symAmp      = lang.NewSymbol("", "&")
	symDeref    = coreSymbol("deref")
	symUnquote  = coreSymbol("unquote")
	symSplicing = coreSymbol("unquote-splicing")
)

func coreSymbol(name string) *lang.Symbol { return lang.NewSymbol("clojure.core", name) }

// prefixes are the readers of what stands behind a prefix, by its spelling.
// ok is false if there comes no form of it.
var prefixes map[string]func(p *parser, t *lexer.Token) (v lang.Value, ok bool)

func init() {
	wrap := func(name *lang.Symbol) func(*parser, *lexer.Token) (lang.Value, bool) {
		return func(p *parser, t *lexer.Token) (lang.Value, bool) { return p.call(t, name, p.form()), true }
	}
	prefixes = map[string]func(*parser, *lexer.Token) (lang.Value, bool){
		"'":   wrap(symQuote),
		"@":   wrap(symDeref),
		"#'":  wrap(symVar),
		"~":   wrap(symUnquote),
		"~@":  wrap(symSplicing),
		"`":   (*parser).backquote,
		"^":   (*parser).meta,
		"#^":  (*parser).meta,
		"#_":  (*parser).discard,
		"#?":  (*parser).conditional,
		"#?@": (*parser).conditional,
		"##":  (*parser).symbolic,
	}
}

// discard reads a form and forgets it.
func (p *parser) discard(*lexer.Token) (lang.Value, bool) {
	p.form()
	return lang.Nil, false
}

// symbolic reads the name behind ##.
func (p *parser) symbolic(*lexer.Token) (lang.Value, bool) {
	t := p.tokens.Peek()
	if t.EOF() {
		p.eof(t)
	}
	p.tokens.Next()
	f, ok := symbolic[t.Value]
	switch {
	case ok:
		return lang.Float(f), true
	case Kind(t.Type) == Symbol:
		p.fail(t, classRuntime, "Unknown symbolic value: ##%s", t.Value)
	}
	p.fail(t, classRuntime, "Invalid token: ##%s", t.Value)
	return lang.Nil, false
}

// The keys of the metadata that tells a form's place.
var (
	keyLine   = lang.K("line")
	keyColumn = lang.K("column")
	keyTag    = lang.K("tag")
)

// meta reads metadata and the form that carries it.
func (p *parser) meta(t *lexer.Token) (lang.Value, bool) {
	at := p.tokens.Peek()
	var m *lang.Map
	switch v := p.form(); o := v.Obj().(type) {
	case *lang.Keyword:
		m = lang.NewMap(v, lang.True)
	case *lang.Symbol, string:
		m = lang.NewMap(keyTag, v)
	case *lang.Map:
		m = o
	default:
		p.fail(at, classArgument, "Metadata must be Symbol,Keyword,String or Map")
	}
	at = p.tokens.Peek()
	v := p.form()
	if _, isList := v.Obj().(*lang.List); isList {
		pos := p.pos(t)
		m = merge(PosMeta(pos), m)
	}
	v, ok := withMeta(v, m)
	if !ok {
		p.fail(at, classArgument, "Metadata can only be applied to IMetas")
	}
	return v, true
}

// PosMeta gives the metadata that tells a place: {:line 1, :column 2}. Lists
// carry theirs in lang.List.Pos, so that reading makes no map for each; what
// shows their metadata to a program adds it.
func PosMeta(pos lang.Pos) *lang.Map {
	return lang.NewMap(keyLine, lang.Int(int64(pos.Line)), keyColumn, lang.Int(int64(pos.Col)))
}

// withMeta gives v with m added to its metadata; ok is false for what has none.
func withMeta(v lang.Value, m *lang.Map) (_ lang.Value, ok bool) {
	switch v.Obj().(type) {
	case *lang.Symbol, *lang.List, *lang.Vector, *lang.Map, *lang.Set:
		return lang.WithMeta(v, merge(lang.MetaOf(v), m)), true
	}
	return v, false
}

// merge gives a, which may be nil, with the entries of b.
func merge(a, b *lang.Map) *lang.Map {
	if a == nil {
		return b
	}
	b.Each(func(k, v lang.Value) bool {
		a = a.Assoc(k, v)
		return true
	})
	return a
}

// features are the platforms of reader conditionals that are ours.
var features = map[lang.Value]bool{lang.K("clj"): true, lang.K("conc"): true, lang.K("default"): true}

// conditional reads the list behind #? or #?@ and gives the form of the first
// feature that is ours, if any; the forms of #?@ go to p.pending.
func (p *parser) conditional(t *lexer.Token) (lang.Value, bool) {
	body := p.tokens.Peek()
	switch {
	case body.EOF():
		p.eof(body)
	case Kind(body.Type) != Open || body.Value != "(":
		p.fail(body, classRuntime, "read-cond body must be a list")
	}
	splice := t.Value == "#?@"
	if splice && p.parens == 0 {
		p.fail(t, classRuntime, "Reader conditional splicing not allowed at the top level.")
	}
	p.tokens.Next()
	p.enter(body)
	chosen, found := p.choose(body, splice)
	p.tokens.Next()
	p.leave()
	if !splice || !found {
		return chosen, found
	}
	p.pending = append(lang.ToSlice(chosen), p.pending...)
	return lang.Nil, false
}

// choose reads features and forms up to the closing bracket. Behind the form
// that it chooses, which must be sequential to be spliced, anything goes.
func (p *parser) choose(opener *lexer.Token, splice bool) (chosen lang.Value, found bool) {
	for {
		if !p.more() {
			return chosen, found
		}
		if found {
			p.skips++
			p.form()
			p.skips--
			continue
		}
		t := p.tokens.Peek()
		feature := p.form()
		switch k, ok := feature.AsKeyword(); {
		case !ok:
			p.fail(t, classRuntime, "Feature should be a keyword: %s", lang.DisplayString(feature))
		case k.NS == "" && (k.Name == "else" || k.Name == "none"):
			p.fail(t, classRuntime, "Feature name :%s is reserved.", k.Name)
		}
		ours := features[feature]
		if !ours {
			p.skips++
		}
		if !p.more() {
			if ours {
				p.fail(p.tokens.Peek(), classRuntime, "read-cond requires an even number of forms.")
			}
			p.skips--
			return chosen, found
		}
		v := p.form()
		if !ours {
			p.skips--
			continue
		}
		switch v.Obj().(type) {
		case *lang.List, *lang.Vector:
		default:
			if splice {
				p.fail(opener, classRuntime, "Spliced form list in read-cond-splicing must implement java.util.List")
			}
		}
		chosen, found = v, true
	}
}

// more passes over what is no form, and reports whether a form comes before
// the closing round bracket.
func (p *parser) more() bool {
	for len(p.pending) == 0 {
		t := p.tokens.Peek()
		switch {
		case t.EOF():
			p.eof(t)
		case Kind(t.Type) == Close && t.Value == ")":
			return false
		case Kind(t.Type) == Close:
			p.unmatched(t)
		case Kind(t.Type) == Prefix && (t.Value == "#_" || t.Value[:min(2, len(t.Value))] == "#?"):
			if v, ok := p.item(); ok {
				p.pending = append(p.pending, v)
			}
		default:
			return true
		}
	}
	return true
}

// namespacedMap reads #:a{...}, #::a{...} or #::{...}.
func (p *parser) namespacedMap(t *lexer.Token) lang.Value {
	name := t.Value[2:]
	auto := name != "" && name[0] == ':'
	if auto {
		name = name[1:]
	}
	open := p.tokens.Peek()
	ns := p.mapNamespace(t, name, auto)
	if open.EOF() {
		p.enter(t)
		p.eof(open)
	}
	if Kind(open.Type) != Open || open.Value != "{" {
		p.fail(open, classRuntime, "Namespaced map must specify a map")
	}
	p.tokens.Next()
	base := p.elements(open, "}", func(open *lexer.Token, kvs []lang.Value) { p.checkMap(open, qualify(ns, kvs)) })
	return p.finish(base, func(kvs []lang.Value) lang.Value {
		return p.mapOf(open, "Namespaced map literal", qualify(ns, kvs))
	})
}

// mapNamespace gives the namespace that the keys of a namespaced map get.
func (p *parser) mapNamespace(t *lexer.Token, name string, auto bool) string {
	if name != "" {
		if ns, _, ok := splitName(name); !ok || ns != "" || digitValue(name[0]) < 10 || name[0] == ':' {
			p.fail(t, classRuntime, "Namespaced map must specify a valid namespace: %s", name)
		}
	}
	if p.endsText(t) && (auto || name == "") {
		p.enter(t)
		p.eof(p.tokens.Peek()) // it may become a name that is known
	}
	switch {
	case name == "" && !auto:
		p.fail(t, classRuntime, "Namespaced map must specify a namespace")
	case name == "":
		return p.r.res.CurrentNS()
	case !auto || p.skips > 0:
		return name
	}
	ns, ok := p.r.res.Alias(name)
	if !ok {
		p.fail(t, classRuntime, "Unknown auto-resolved namespace alias: %s", name)
	}
	return ns
}

// endsText reports whether the text ends with t, which might go on.
func (p *parser) endsText(t *lexer.Token) bool {
	return p.tokens.Peek().EOF() && t.Pos.Offset+len(t.Value) == len(p.source.scan.text)
}

// qualify gives the keys among kvs that have no namespace the namespace ns,
// and those of namespace _ none.
func qualify(ns string, kvs []lang.Value) []lang.Value {
	out := append([]lang.Value(nil), kvs...)
	rename := func(old string) string {
		switch old {
		case "":
			return ns
		case "_":
			return ""
		}
		return old
	}
	for i := 0; i < len(out); i += 2 {
		switch k := out[i].Obj().(type) {
		case *lang.Keyword:
			out[i] = lang.Kw(lang.InternKeyword(rename(k.NS), k.Name))
		case *lang.Symbol:
			s := *k
			s.NS = rename(k.NS)
			out[i] = lang.Obj(&s)
		}
	}
	return out
}
