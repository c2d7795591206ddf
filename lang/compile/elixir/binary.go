package elixir

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// Segment says how one part of <<...>> lies in the bits. The helpers
// binary_build and binary_take get it as a constant.
type Segment struct {
	Type   string // integer, float, binary, bitstring, utf8, utf16, utf32, literal
	Signed bool
	Little bool
	Unit   int // bits that a size counts
}

// segment is a part of <<...>> taken apart.
type segment struct {
	val     lang.Value
	size    lang.Value // a form
	hasSize bool
	spec    *Segment
}

// segmentWords are the words behind :: and what they set.
var segmentWords = map[string]func(s *Segment){
	"integer": func(s *Segment) { s.Type = "integer" }, "float": func(s *Segment) { s.Type = "float" },
	"binary": func(s *Segment) { s.Type = "binary" }, "bytes": func(s *Segment) { s.Type = "binary" },
	"bitstring": func(s *Segment) { s.Type = "bitstring" }, "bits": func(s *Segment) { s.Type = "bitstring" },
	"utf8": func(s *Segment) { s.Type = "utf8" }, "utf16": func(s *Segment) { s.Type = "utf16" }, "utf32": func(s *Segment) { s.Type = "utf32" },
	"signed": func(s *Segment) { s.Signed = true }, "unsigned": func(s *Segment) { s.Signed = false },
	"little": func(s *Segment) { s.Little = true }, "big": func(s *Segment) { s.Little = false }, "native": func(s *Segment) { s.Little = true },
}

// segments takes <<...>> apart.
func (a *analyser) segments(k call, c *ctx) []segment {
	out := make([]segment, len(k.args))
	for i, f := range k.args {
		s := segment{val: f, spec: &Segment{}}
		if sides, ok := isCall(f, "::", 2); ok {
			s.val = sides[0]
			a.segmentSpec(&s, sides[1], c)
		}
		if s.spec.Type == "" {
			s.spec.Type = "integer"
			if s.val.IsString() {
				s.spec.Type = "binary"
			} else if _, nested := isCall(s.val, "<<>>", -1); nested {
				s.spec.Type = "bitstring"
			}
		}
		if s.spec.Unit == 0 {
			s.spec.Unit = 1
			if s.spec.Type == "binary" {
				s.spec.Unit = 8
			}
		}
		if s.val.IsString() && s.spec.Type == "binary" && !s.hasSize {
			s.spec = &Segment{Type: "literal"}
		}
		out[i] = s
	}
	return out
}

// segmentSpec reads what stands behind ::.
func (a *analyser) segmentSpec(s *segment, spec lang.Value, c *ctx) {
	if spec.IsInt() {
		s.size, s.hasSize = spec, true
		return
	}
	name := ""
	var args []lang.Value
	if v, ok := asVariable(spec); ok {
		name = v.name
	} else if k, ok := asCall(spec); ok {
		name, args = k.name, k.args
	}
	switch {
	case name == "-" && len(args) == 2:
		a.segmentSpec(s, args[0], c)
		a.segmentSpec(s, args[1], c)
	case name == "*" && len(args) == 2 && args[1].IsInt():
		s.size, s.hasSize, s.spec.Unit = args[0], true, int(args[1].AsInt())
	case name == "size" && len(args) == 1:
		s.size, s.hasSize = args[0], true
	case name == "unit" && len(args) == 1 && args[0].IsInt():
		s.spec.Unit = int(args[0].AsInt())
	case segmentWords[name] != nil && len(args) == 0:
		segmentWords[name](s.spec)
	default:
		a.fail(c, "unknown bitstring specifier: %s()", a.res.Text(spec))
	}
}

// binaryExpr analyses <<...>> that makes a value.
func (a *analyser) binaryExpr(k call, c *ctx) compile.Node {
	if len(k.args) == 0 {
		return constant(lang.Str(""))
	}
	segs := a.segments(k, c)
	plain := true
	forms := make([]lang.Value, len(segs))
	for i, s := range segs {
		forms[i] = s.val
		plain = plain && (s.spec.Type == "literal" || s.spec.Type == "binary" && !s.hasSize)
	}
	if plain {
		if len(forms) == 1 && forms[0].IsString() {
			return constant(forms[0])
		}
		return a.helper("concat", c, a.exprs(forms, c)...)
	}
	vals := a.exprs(forms, c)
	var args []compile.Node
	for i, s := range segs {
		size := constant(lang.Nil)
		if s.hasSize {
			size = a.expr(s.size, c)
		}
		args = append(args, constant(lang.Obj(s.spec)), vals[i], size)
	}
	return a.helper("binary_build", c, args...)
}

// binary analyses <<...>> in a pattern: each segment is taken off the front
// of what is left.
func (p *patterns) binary(k call) compile.Pattern {
	return p.segments(p.a.segments(k, p.c))
}

func (p *patterns) segments(segs []segment) compile.Pattern {
	if len(segs) == 0 {
		return &compile.PatView{Fn: p.a.res.Helper("binary_end"), Then: equalTo(lang.True)}
	}
	s := segs[0]
	size := constant(lang.Nil)
	if s.hasSize {
		in := p.c.nested()
		for _, key := range p.order {
			in.bind(key, p.bound[key])
		}
		size = p.a.expr(s.size, in)
	}
	var val compile.Pattern
	if s.spec.Type == "literal" {
		size, val = constant(s.val), compile.PatAny{}
	} else {
		val = p.pattern(s.val)
	}
	return &compile.PatView{
		Fn:   p.a.res.Helper("binary_take"),
		Args: []compile.Node{constant(lang.Obj(s.spec)), size},
		Then: &compile.PatVector{Elems: []compile.Pattern{val, p.segments(segs[1:])}},
	}
}

// concat matches "prefix" <> rest.
func (p *patterns) concat(k call) compile.Pattern {
	var segs []segment
	rest := k.form
	for {
		sides, ok := isCall(rest, "<>", 2)
		if !ok {
			break
		}
		left := sides[0]
		if parts, isBinary := isCall(left, "<<>>", -1); isBinary {
			segs = append(segs, p.a.segments(call{args: parts}, p.c)...)
		} else if left.IsString() {
			segs = append(segs, segment{val: left, spec: &Segment{Type: "literal"}})
		} else {
			p.a.fail(p.c, "the left argument of <> operator inside a match should always be a literal binary because its size can't be verified. Got: %s", p.a.res.Text(left))
		}
		rest = sides[1]
	}
	if rest.IsString() {
		segs = append(segs, segment{val: rest, spec: &Segment{Type: "literal"}})
	} else {
		segs = append(segs, segment{val: rest, spec: &Segment{Type: "binary", Unit: 8}})
	}
	return p.segments(segs)
}
