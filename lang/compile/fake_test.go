package compile

import (
	"strconv"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// fakeVar is a var of the fake resolver.
type fakeVar struct {
	ns, name         string
	macro            lang.Value
	isMacro          bool
	dynamic, private bool
	inline           string
	guard            bool
	goForm           lang.Value
	val              lang.Value // its root, for mini
}

func (v *fakeVar) VarName() (string, string)   { return v.ns, v.name }
func (v *fakeVar) MacroFn() (lang.Value, bool) { return v.macro, v.isMacro }
func (v *fakeVar) IsDynamic() bool             { return v.dynamic }
func (v *fakeVar) IsPrivate() bool             { return v.private }
func (v *fakeVar) Inline() string              { return v.inline }
func (v *fakeVar) GuardSafe() bool             { return v.guard || v.inline != "" }
func (v *fakeVar) GoForm() (lang.Value, bool)  { return v.goForm, !v.goForm.IsNil() }

// fake is a resolver over a map, whose namespace is user.
type fake struct {
	vars map[string]*fakeVar
	mini *mini // runs natives that call, if any
}

func newFake() *fake {
	f := &fake{vars: map[string]*fakeVar{}}
	for name, inline := range map[string]string{
		"+": "add", "-": "sub", "*": "mul", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
		"=": "eq", "not=": "noteq", "==": "numeq", "not": "not", "nil?": "nil", "some?": "some",
		"inc": "inc", "dec": "dec", "zero?": "zero", "pos?": "pos", "neg?": "neg",
	} {
		f.add("clojure.core", name).inline = inline
	}
	for _, name := range strings.Fields("f g h str seq first rest next nth count chunked-seq? chunk-first chunk-rest chunk-buffer chunk-append chunk chunk-cons get seq? seq-to-map-for-destructuring" +
		" cons concat println pr-str push-thread-bindings pop-thread-bindings hash-map long conc-apply conc-host conc-meta") {
		f.add("clojure.core", name)
	}
	f.vars["clojure.core/h"].guard = true
	f.add("clojure.core", "*out*").dynamic = true
	f.add("other", "secret").private = true
	f.add("clojure.core", "<!").goForm = lang.Obj(f.add("async", "park-take"))
	for _, m := range Macros {
		v := f.add("clojure.core", strings.TrimPrefix(m.Name, "clojure.core/"))
		v.macro, v.isMacro = lang.Obj(m), true
	}
	return f
}

// slow makes a macro of the language's own, which the analyser cannot call.
func (f *fake) slow(name string) {
	v := f.add("clojure.core", name)
	v.macro, v.isMacro = lang.K(name), true
}

func (f *fake) add(ns, name string) *fakeVar {
	v := &fakeVar{ns: ns, name: name}
	f.vars[ns+"/"+name] = v
	return v
}

func (f *fake) CurrentNS() string { return "user" }

func (f *fake) Resolve(s *lang.Symbol) lang.Resolution {
	known := s.NS == ""
	for _, ns := range []string{s.NS, "user", "clojure.core"} {
		if s.NS != "" && ns != s.NS || ns == "" {
			continue
		}
		if v := f.vars[ns+"/"+s.Name]; v != nil {
			return lang.Resolution{Found: lang.FoundVar, Value: lang.Obj(v)}
		}
	}
	for k := range f.vars {
		known = known || strings.HasPrefix(k, s.NS+"/")
	}
	if !known {
		return lang.Resolution{Found: lang.FoundNoNS}
	}
	short := s.Name
	if s.NS == "" {
		for _, name := range []string{short, "java.lang." + short} {
			if c, ok := lang.ClassByName(name); ok {
				return lang.Resolution{Found: lang.FoundClass, Value: lang.Obj(c)}
			}
		}
	}
	if s.Name == "clojure.lang.Delay" {
		return lang.Resolution{Found: lang.FoundClass, Value: lang.Obj(&lang.Class{Name: s.Name})}
	}
	return lang.Resolution{}
}

func (f *fake) Intern(s *lang.Symbol, meta *lang.Map) lang.Value {
	if v := f.vars["user/"+s.Name]; v != nil {
		return lang.Obj(v)
	}
	v := f.add("user", s.Name)
	d, _ := meta.Get(lang.K("dynamic"))
	v.dynamic = d.Truthy()
	return lang.Obj(v)
}

func (f *fake) Static(class lang.Value, member string) (lang.Value, bool, bool) {
	switch member {
	case "sqrt":
		return lang.Obj(&lang.Native{Name: "Math/sqrt", Min: 1, Max: 1}), false, true
	case "PI":
		return lang.Float(3.14), true, true
	}
	return lang.Nil, false, false
}

func (f *fake) Constructor(class lang.Value) lang.Value {
	c := class.Obj().(*lang.Class)
	return lang.Obj(&lang.Native{Name: "new", Max: -1, Pure: func(args []lang.Value) lang.Value {
		switch {
		case c.Name == "clojure.lang.LazySeq": // at once: the tests' sequences are finite
			v, _ := lang.SeqOf(f.mini.call(args[0], nil))
			return v
		case len(args) > 0:
			return lang.Obj(&lang.Exception{Class: c, Msg: args[0]})
		}
		return lang.Obj(&lang.Exception{Class: c})
	}})
}

func (f *fake) Support(s lang.Support) lang.Value {
	name := map[lang.Support]string{lang.SupportApply: "conc-apply", lang.SupportWithMeta: "conc-meta"}[s]
	if name == "" {
		name = "conc-host"
	}
	return lang.Obj(f.vars["clojure.core/"+name])
}

func (f *fake) Suggest(s *lang.Symbol) []string { return nil }

// scan is the reader of the tests: enough of the notation to write them.
type scan struct {
	text  string
	at    int
	src   *lang.Source
	line  int // lines before start
	start int // where the line of the last form began
}

// read reads the one form of a text.
func read(text string) lang.Value {
	s := &scan{text: text, src: &lang.Source{Name: "test"}}
	return s.form()
}

func (s *scan) skip() {
	for s.at < len(s.text) && strings.IndexByte(" \n,", s.text[s.at]) >= 0 {
		s.at++
	}
}

func (s *scan) until(end byte) []lang.Value {
	s.at++
	var vs []lang.Value
	for s.skip(); s.text[s.at] != end; s.skip() {
		vs = append(vs, s.form())
	}
	s.at++
	return vs
}

func (s *scan) pos() lang.Pos {
	for i := strings.IndexByte(s.text[s.start:s.at], '\n'); i >= 0; i = strings.IndexByte(s.text[s.start:s.at], '\n') {
		s.line++
		s.start += i + 1
	}
	return lang.Pos{Src: s.src, Line: int32(s.line + 1), Col: int32(s.at - s.start + 1)}
}

func (s *scan) form() lang.Value {
	s.skip()
	pos := s.pos()
	switch c := s.text[s.at]; c {
	case '(':
		l := *lang.NewList(s.until(')'))
		l.Pos = pos
		return lang.Obj(&l)
	case '[':
		return lang.Obj(lang.NewVector(s.until(']')))
	case '{':
		return lang.Obj(lang.NewMap(s.until('}')...))
	case '\'', '~':
		s.at++
		if c == '~' {
			return lang.ListOf(core("unquote"), s.form())
		}
		return lang.ListOf(lang.Sym("quote"), s.form())
	case '^':
		s.at++
		m := s.form()
		meta, ok := m.Obj().(*lang.Map)
		if !ok {
			meta = lang.NewMap(m, lang.True)
		}
		return withMeta(s.form(), meta)
	case '#':
		s.at++
		return lang.Obj(lang.NewSet(s.until('}')...))
	case '"':
		end := strings.IndexByte(s.text[s.at+1:], '"') + s.at + 1
		str := s.text[s.at+1 : end]
		s.at = end + 1
		return lang.Str(str)
	}
	return s.atom(pos)
}

// withMeta gives a form of the tests metadata.
func withMeta(form lang.Value, meta *lang.Map) lang.Value {
	switch x := form.Obj().(type) {
	case *lang.Symbol:
		c := *x
		c.Meta = meta
		return lang.Obj(&c)
	case *lang.List:
		c := *x
		c.Meta = meta
		return lang.Obj(&c)
	case *lang.Vector:
		return lang.Obj(x.WithMeta(meta))
	}
	return form
}

func (s *scan) atom(pos lang.Pos) lang.Value {
	start := s.at
	for s.at < len(s.text) && strings.IndexByte(" \n,()[]{}\"", s.text[s.at]) < 0 {
		s.at++
	}
	word := s.text[start:s.at]
	if i, err := strconv.ParseInt(word, 10, 64); err == nil {
		return lang.Int(i)
	}
	if f, err := strconv.ParseFloat(word, 64); err == nil {
		return lang.Float(f)
	}
	switch {
	case word[0] == '\\':
		return lang.Char(rune(word[1]))
	case word == "nil":
		return lang.Nil
	case word == "true", word == "false":
		return lang.Bool(word == "true")
	case word[0] == ':':
		if ns, name, ok := strings.Cut(word[1:], "/"); ok {
			return lang.Kw(lang.InternKeyword(ns, name))
		}
		return lang.K(word[1:])
	}
	ns, name, found := strings.Cut(word, "/")
	if !found || name == "" || ns == "" {
		ns, name = "", word
	}
	return lang.Obj(&lang.Symbol{NS: ns, Name: name, Pos: pos})
}

// compileText compiles one form whose macros are all pure, and checks it.
func compileText(t *testing.T, f *fake, text string) *lang.Fn {
	t.Helper()
	step := Start(read(text), f)
	if step.Kind != Done {
		t.Fatalf("%s: step of kind %d", text, step.Kind)
	}
	if err := Check(step.Fn); err != nil {
		t.Fatalf("%s: %v\n%s", text, err, Disassemble(step.Fn))
	}
	return step.Fn
}
