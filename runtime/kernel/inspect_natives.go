package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func inspectNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Kernel/inspect", Min: 1, Max: 2, Deep: arg0, Args: "term, opts \\\\ []", Run: inspectNative, Doc: "term as it would be written, as text; opts are those of Inspect.Opts. inspect([1, :a]) #=> \"[1, :a]\""},
		{Name: "Inspect/inspect", Min: 2, Max: 2, Deep: arg0, Args: "term, opts", Run: toDoc, Doc: "The document of term for Inspect.Algebra."},
		{Name: "Inspect.Any/inspect", Min: 2, Max: 2, Deep: arg0, Args: "struct, opts", Run: anyDoc, Doc: "The document of a struct as %Name{...}, whatever its own form."},
		{Name: "Inspect.Algebra/to_doc", Min: 2, Max: 2, Deep: arg0, Args: "term, opts", Run: toDoc, Doc: "The document of term."},
		{Name: "Inspect.Algebra/container_doc", Min: 5, Max: 6, Args: "left, collection, right, opts, fun, container_opts \\\\ []", Run: containerDoc, Doc: "The document of the elements of collection, each made by fun, between left and right."},
		{Name: "Inspect.Opts/new", Min: 1, Max: 1, Args: "opts", Pure: one(func(v lang.Value) lang.Value { return lang.Obj(optsStruct(v)) }), Doc: "The options of a keyword list."},
	}
}

// parseOpts reads a keyword list of options, or %Inspect.Opts{}.
func parseOpts(v lang.Value) inspectOpts {
	o := defaultOpts()
	set := func(k, x lang.Value) bool {
		name, _ := lang.AtomName(k)
		o.set(name, x)
		return true
	}
	if m, ok := v.Obj().(*lang.Map); ok {
		m.Each(set)
		o.value = m
		return o
	}
	if !isList(v) || lang.Count(v) == 0 {
		return o
	}
	lang.Iterate(v, func(x lang.Value) bool {
		e, ok := x.Obj().(*lang.Vector)
		return !ok || e.Len() != 2 || set(e.Nth(0), e.Nth(1))
	})
	o.value = optsStruct(v)
	return o
}

func (o *inspectOpts) set(name string, x lang.Value) {
	atom, _ := lang.AtomName(x)
	switch name {
	case "structs":
		o.asMaps = !x.Truthy()
	case "binaries":
		o.binaries = atom
	case "charlists":
		o.charlists = atom
	case "base":
		o.base = atom
	case "limit":
		o.limit = count(x)
	case "printable_limit":
		o.printable = count(x)
	case "width":
		o.width = count(x)
	case "pretty":
		o.pretty = x.Truthy()
	case "syntax_colors":
		o.setColors(x)
	}
}

// count gives a number, unlimited for :infinity.
func count(v lang.Value) int {
	if v.IsInt() && v.AsInt() >= 0 {
		return int(v.AsInt())
	}
	return unlimited
}

func (o *inspectOpts) setColors(v lang.Value) {
	o.colors = nil
	if !isKeyword(v) {
		return
	}
	o.colors = map[string]string{"reset": ansi(lang.K("reset"))}
	lang.Iterate(v, func(x lang.Value) bool {
		e := x.Obj().(*lang.Vector)
		name, _ := lang.AtomName(e.Nth(0))
		o.colors[name] = ansi(e.Nth(1))
		return true
	})
}

var keyLimit = lang.K("limit")

// defaultOptsStruct is %Inspect.Opts{}.
var defaultOptsStruct = newStruct("Inspect.Opts",
	lang.K("base"), lang.K("decimal"), lang.K("binaries"), lang.K("infer"), lang.K("charlists"), lang.K("infer"),
	lang.K("custom_options"), emptyList, lang.K("inspect_fun"), lang.Nil, keyLimit, lang.Int(50), lang.K("pretty"), lang.False,
	lang.K("printable_limit"), lang.Int(4096), lang.K("safe"), lang.True, lang.K("structs"), lang.True,
	lang.K("syntax_colors"), emptyList, lang.K("width"), lang.Int(80))

// optsStruct gives the struct of a keyword list of options.
func optsStruct(v lang.Value) *lang.Map {
	m := defaultOptsStruct
	if s, ok := v.Obj().(*lang.Map); ok {
		return s
	}
	if isList(v) {
		lang.Iterate(v, func(x lang.Value) bool {
			if e, ok := x.Obj().(*lang.Vector); ok && e.Len() == 2 {
				m = m.Assoc(e.Nth(0), e.Nth(1))
			}
			return true
		})
	}
	return m
}

// optsValue gives the options as a struct, with what is left of the limit.
func (o *inspectOpts) optsValue(limit int) lang.Value {
	m := o.value
	if m == nil {
		m = defaultOptsStruct
	}
	left := lang.Int(int64(limit))
	if limit < 0 {
		left = lang.K("infinity")
	}
	return lang.Obj(m.Assoc(keyLimit, left))
}

// inspecting is an inspection whose calls are being made.
type inspecting struct {
	d     doc
	calls []inspectCall
	done  *docResults
	then  func(p *runtime.Process, d doc) lang.Value
}

// docResults are the documents that the calls gave, the last one first.
type docResults struct {
	d    doc
	prev *docResults
	n    int
}

var inspectKont = &runtime.Kont{Name: "inspect"}

func init() {
	inspectKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		s := state.(inspecting)
		n := 0
		if s.done != nil {
			n = s.done.n
		}
		s.done = &docResults{docOf(p.W, v), s.done, n + 1}
		return s.on(p)
	}
}

// on makes the next call, or goes on with the document once all are made.
func (s inspecting) on(p *runtime.Process) lang.Value {
	n := 0
	if s.done != nil {
		n = s.done.n
	}
	if n < len(s.calls) {
		c := s.calls[n]
		return p.Call(inspectKont, s, c.f, c.v, c.opts)
	}
	if n == 0 {
		return s.then(p, s.d)
	}
	results := make([]doc, n)
	for r := s.done; r != nil; r = r.prev {
		results[r.n-1] = r.d
	}
	return s.then(p, fill(s.d, results))
}

// fill puts the results of the calls in the place of the holes.
func fill(d doc, results []doc) doc {
	switch d := d.(type) {
	case docHole:
		return results[d.n]
	case docCons:
		return docCons{fill(d.a, results), fill(d.b, results)}
	case docNest:
		d.x = fill(d.x, results)
		return d
	case docGroup:
		d.x = fill(d.x, results)
		return d
	case docForce:
		return docForce{fill(d.x, results)}
	case docFits:
		d.x = fill(d.x, results)
		return d
	case docColor:
		d.x = fill(d.x, results)
		return d
	}
	return d
}

// docOf gives the document in a value: text, a document, or nothing.
func docOf(w *runtime.World, v lang.Value) doc {
	switch x := v.Obj().(type) {
	case *docValue:
		return x.d
	case string:
		return text(x)
	case *lang.Keyword:
		switch x.Name {
		case "doc_nil":
			return nil
		case "doc_line":
			return docLine{}
		}
	}
	if isList(v) {
		var parts []doc
		for _, x := range lang.ToSlice(v) {
			parts = append(parts, docOf(w, x))
		}
		if parts == nil {
			return nil
		}
		return concat(parts...)
	}
	argumentError("an implementation of Inspect gives a document or text, not " + inspectPlain(w, v))
	return nil
}

func docAsValue(d doc) lang.Value {
	switch d := d.(type) {
	case nil:
		return lang.K("doc_nil")
	case docText:
		return lang.Str(d.s)
	}
	return lang.Obj(&docValue{d: d})
}

// inspect makes the document of a value and goes on with it.
func inspect(p *runtime.Process, v lang.Value, o inspectOpts, then func(p *runtime.Process, d doc) lang.Value) lang.Value {
	in := inspector{w: p.W, o: o}
	return inspecting{d: in.doc(v, o.limit), calls: in.calls, then: then}.on(p)
}

func inspectNative(p *runtime.Process, args []lang.Value) lang.Value {
	o := parseOpts(optional(args, 1, lang.Nil))
	width := unlimited
	if o.pretty {
		width = o.width
	}
	return inspect(p, args[0], o, func(p *runtime.Process, d doc) lang.Value {
		s := render(docGroup{x: d}, width, o.colors)
		p.Charge(len(s) / 64)
		return lang.Str(s)
	})
}

func toDoc(p *runtime.Process, args []lang.Value) lang.Value {
	return inspect(p, args[0], parseOpts(args[1]), func(_ *runtime.Process, d doc) lang.Value { return docAsValue(d) })
}

// anyDoc makes the document of a struct in the common form, the values in it
// in theirs.
func anyDoc(p *runtime.Process, args []lang.Value) lang.Value {
	m, ok := args[0].Obj().(*lang.Map)
	name, isStruct := structName(args[0])
	if !ok || !isStruct {
		return toDoc(p, args)
	}
	in := inspector{w: p.W, o: parseOpts(args[1])}
	d := in.fields(args[0], m, name, in.o.limit)
	return inspecting{d: d, calls: in.calls, then: func(_ *runtime.Process, d doc) lang.Value { return docAsValue(d) }}.on(p)
}

// containing is a container whose elements are being made.
type containing struct {
	left, right, sep doc
	how              breaks
	rest             []lang.Value
	done             []doc
	opts             *lang.Map
	limit            int
	f                lang.Value
}

var containerKont = &runtime.Kont{Name: "container_doc"}

func init() {
	containerKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		c := state.(containing)
		c.done = append(c.done[:len(c.done):len(c.done)], docOf(p.W, v))
		return c.on(p)
	}
}

func containerDoc(p *runtime.Process, args []lang.Value) lang.Value {
	opts := optsStruct(args[3])
	c := containing{left: docOf(p.W, args[0]), right: docOf(p.W, args[2]), sep: text(","), rest: listArg("Inspect.Algebra", "container_doc", args, 1), opts: opts, limit: count(opts.GetKw(lang.InternKeyword("", "limit"))), f: args[4]}
	extra := optionsArg(args, 5)
	if s := option(extra, "separator", lang.Nil); !s.IsNil() {
		c.sep = docOf(p.W, s)
	}
	switch option(extra, "break", lang.Nil) {
	case lang.K("strict"):
		c.how = breakStrict
	case lang.K("flex"):
		c.how = breakFlex
	}
	return c.on(p)
}

func (c containing) on(p *runtime.Process) lang.Value {
	if len(c.rest) > 0 && c.limit == 0 {
		c.done, c.rest = append(c.done[:len(c.done):len(c.done)], text("...")), nil
	}
	if len(c.rest) == 0 {
		return docAsValue(container(c.left, c.done, c.right, c.sep, c.how))
	}
	x := c.rest[0]
	c.rest, c.limit = c.rest[1:], less(c.limit)
	left := lang.K("infinity")
	if c.limit >= 0 {
		left = lang.Int(int64(c.limit))
	}
	return p.Call(containerKont, c, c.f, x, lang.Obj(c.opts.Assoc(keyLimit, left)))
}
