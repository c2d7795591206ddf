package kernel

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// inspectOpts are the options of inspect, %Inspect.Opts{}.
type inspectOpts struct {
	asMaps    bool   // structs: false
	binaries  string // infer, as_binaries, as_strings
	charlists string // infer, as_lists, as_charlists
	base      string // decimal, hex, octal, binary
	limit     int    // elements of collections; unlimited if negative
	printable int    // characters of strings and charlists; unlimited if negative
	width     int    // columns; unlimited if negative
	pretty    bool
	colors    map[string]string // what begins the colour of a kind of value; "reset" ends it
	value     *lang.Map         // the struct, for implementations of Inspect; nil for the defaults
}

func defaultOpts() inspectOpts {
	return inspectOpts{binaries: "infer", charlists: "infer", base: "decimal", limit: 50, printable: 4096, width: 80}
}

// inspector makes the document of a value. What only code of the language can
// inspect becomes a hole, and a call to be made.
type inspector struct {
	w     *runtime.World
	o     inspectOpts
	calls []inspectCall
	depth int
}

type inspectCall struct{ f, v, opts lang.Value }

// maxInspectDepth bounds the nesting of what is inspected, which recurs in Go.
const maxInspectDepth = 5000

// inspectPlain gives a value as inspect/1 does, without the implementations of
// Inspect that are code of the language: their structs show as structs do.
func inspectPlain(w *runtime.World, v lang.Value) string { return inspectWith(w, v, unlimited) }

// inspectWide is inspectPlain on lines of up to 80 columns.
func inspectWide(w *runtime.World, v lang.Value) string { return inspectWith(w, v, 80) }

func inspectWith(w *runtime.World, v lang.Value, width int) string {
	in := inspector{w: w, o: defaultOpts()}
	in.o.value = noCalls
	return render(docGroup{x: in.doc(v, in.o.limit)}, width, nil)
}

// noCalls marks options under which nothing is called.
var noCalls = &lang.Map{}

func (in *inspector) color(d doc, key string) doc {
	if in.o.colors[key] == "" {
		return d
	}
	return docCons{docColor{d, key}, docColor{nil, "reset"}}
}

func less(limit int) int {
	if limit > 0 {
		return limit - 1
	}
	return limit
}

// doc makes the document of v, of whose elements up to limit are shown.
func (in *inspector) doc(v lang.Value, limit int) doc {
	in.depth++
	defer func() { in.depth-- }()
	if in.depth > maxInspectDepth {
		Raise("SystemLimitError", "the value is nested too deep to be inspected")
	}
	if name, ok := lang.AtomName(v); ok {
		return in.color(text(lang.Inspect(v)), atomColor(name))
	}
	switch x := v.Obj().(type) {
	case string:
		return in.binary(x, limit)
	case *lang.Vector:
		return container(in.color(text("{"), "tuple"), in.elements(v, limit), in.color(text("}"), "tuple"), in.color(text(","), "tuple"), breakFlex)
	case *lang.Map:
		return in.mapOrStruct(v, x, limit)
	case *lang.SortedMap:
		return in.pairs("", v, limit)
	case *lang.Record:
		return in.pairs(x.Type.Class.Name, v, limit)
	case *lang.Set, *lang.SortedSet:
		return in.set(v, limit)
	case *lang.Bitstring:
		return in.bytes(x.Bytes, x.Extra, limit)
	case *lang.Exception:
		return in.doc(Struct(x), limit)
	case *lang.Closure, *lang.Native:
		return text(functionText(v))
	case *docValue:
		return x.d
	case *lang.Regex:
		return in.color(text(lang.Inspect(v)), "regex")
	case lang.Seq, *lang.LazySeq:
		return in.list(v, limit)
	}
	if lang.IsInteger(v) {
		return in.color(text(inBase(v, in.o.base)), "number")
	}
	kind := "number"
	if !v.IsFloat() {
		kind = strings.ToLower(typeName(v))
	}
	return in.color(text(lang.Inspect(v)), kind)
}

func atomColor(name string) string {
	switch name {
	case "nil":
		return "nil"
	case "true", "false":
		return "boolean"
	}
	return "atom"
}

// inBase gives an integer as it is written in a base.
func inBase(v lang.Value, base string) string {
	forms := map[string]struct {
		prefix string
		base   int
	}{"hex": {"0x", 16}, "octal": {"0o", 8}, "binary": {"0b", 2}}
	f, ok := forms[base]
	if !ok {
		return lang.String(v)
	}
	i := lang.ToBig(v)
	sign := ""
	if i.Sign() < 0 {
		sign = "-"
	}
	return sign + f.prefix + strings.ToUpper(new(big.Int).Abs(i).Text(f.base))
}

// elements makes the documents of a tuple's or list's elements, each within
// what is left of the limit, and "..." where it ends.
func (in *inspector) elements(v lang.Value, limit int) []doc {
	return in.each(v, limit, in.doc)
}

func (in *inspector) each(v lang.Value, limit int, f func(x lang.Value, limit int) doc) []doc {
	var out []doc
	lang.Iterate(v, func(x lang.Value) bool {
		if limit == 0 {
			out = append(out, text("..."))
			return false
		}
		limit = less(limit)
		out = append(out, f(x, limit))
		return true
	})
	return out
}

// keyword makes the document of `name: value`.
func (in *inspector) keyword(x lang.Value, limit int) doc {
	e := x.Obj().(*lang.Vector)
	name, _ := lang.AtomName(e.Nth(0))
	return concat(in.color(text(lang.KeywordKey(name)), "atom"), text(" "), in.doc(e.Nth(1), limit))
}

// arrow makes the document of `key => value`.
func (in *inspector) arrow(x lang.Value, limit int) doc {
	e := x.Obj().(*lang.Vector)
	return concat(in.doc(e.Nth(0), limit), in.color(text(" => "), "map"), in.doc(e.Nth(1), limit))
}

// isKeyword reports whether each element of v is a pair with an atom in front
// that is no module's name.
func isKeyword(v lang.Value) bool {
	all := true
	n := 0
	lang.Iterate(v, func(x lang.Value) bool {
		n++
		e, ok := x.Obj().(*lang.Vector)
		all = ok && e.Len() == 2
		if all {
			name, ok := lang.AtomName(e.Nth(0))
			all = ok && !strings.HasPrefix(name, "Elixir.")
		}
		return all
	})
	return all && n > 0
}

func (in *inspector) list(v lang.Value, limit int) doc {
	open, end, sep := in.color(text("["), "list"), in.color(text("]"), "list"), in.color(text(","), "list")
	if lang.First(v).IsNil() && lang.Count(v) == 0 {
		return concat(open, end)
	}
	if in.o.charlists != "as_lists" {
		if s, ok := printableList(v, in.o.charlists == "as_charlists"); ok {
			return in.color(text(cut(s, '\'', in.o.printable, " ++ ...")), "charlist")
		}
	}
	if isKeyword(v) {
		return container(open, in.each(v, limit, in.keyword), end, sep, breakStrict)
	}
	return container(open, in.elements(v, limit), end, sep, breakMaybe)
}

// printableList gives the text of a charlist, whose elements are ASCII and
// printable, or any code points.
func printableList(v lang.Value, any bool) (string, bool) {
	var b strings.Builder
	all := true
	lang.Iterate(v, func(x lang.Value) bool {
		if all = x.IsInt() && (lang.AsciiPrintable(x.AsInt()) || any && x.AsInt() >= 0 && x.AsInt() <= utf8.MaxRune); all {
			b.WriteRune(rune(x.AsInt()))
		}
		return all
	})
	return b.String(), all && b.Len() > 0
}

// cut gives a text between quotes, of at most limit characters, and behind it
// what says that there is more.
func cut(s string, quote rune, limit int, more string) string {
	if limit >= 0 && utf8.RuneCountInString(s) > limit {
		n := 0
		for range limit {
			_, w := utf8.DecodeRuneInString(s[n:])
			n += w
		}
		return lang.QuoteElixir(s[:n], quote) + more
	}
	return lang.QuoteElixir(s, quote)
}

func (in *inspector) binary(s string, limit int) doc {
	switch {
	case in.o.binaries == "as_strings" || in.o.binaries == "infer" && lang.IsPrintable(s):
		return in.color(text(cut(s, '"', in.o.printable, " <> ...")), "string")
	}
	return in.bytes(s, 0, limit)
}

// bytes makes the document of <<1, 2, 3::size(4)>>: the last byte has extra
// bits, on the left, unless that is 0.
func (in *inspector) bytes(s string, extra int, limit int) doc {
	open, end := in.color(text("<<"), "binary"), in.color(text(">>"), "binary")
	if s == "" {
		return concat(open, end)
	}
	n, more := len(s), false
	if limit >= 0 && n > limit {
		n, more = limit, true
	}
	var inner doc
	if more {
		inner = text("...")
	}
	for i := n - 1; i >= 0; i-- {
		t := strconv.Itoa(int(s[i]))
		if extra > 0 && i == len(s)-1 {
			t = strconv.Itoa(int(s[i])>>(8-extra)) + "::size(" + strconv.Itoa(extra) + ")"
		}
		d := in.color(text(t), "number")
		if inner == nil {
			inner = d
		} else {
			inner = concat(d, text(","), docBreak{" ", true}, inner)
		}
	}
	return docGroup{x: concat(open, docNest{x: inner, by: 2}, end)}
}

// set makes the document of MapSet.new([...]).
func (in *inspector) set(v lang.Value, limit int) doc {
	open, end, sep := in.color(text("["), "list"), in.color(text("]"), "list"), in.color(text(","), "list")
	was := in.o.charlists
	in.o.charlists = "as_lists"
	defer func() { in.o.charlists = was }()
	return concat(text("MapSet.new("), container(open, in.elements(v, limit), end, sep, breakMaybe), text(")"))
}

// pairs makes the document of %Name{...} of entries.
func (in *inspector) pairs(name string, entries lang.Value, limit int) doc {
	f := in.arrow
	if isKeyword(entries) {
		f = in.keyword
	}
	return container(in.color(text("%"+name+"{"), "map"), in.each(entries, limit, f), in.color(text("}"), "map"), in.color(text(","), "map"), breakStrict)
}

// mapOrStruct makes the document of a map. One of a struct has its module's
// form: its own in the language, one of ours, or %Name{...} in the order of
// its fields.
func (in *inspector) mapOrStruct(v lang.Value, m *lang.Map, limit int) doc {
	name, ok := structName(v)
	if !ok || in.o.asMaps {
		return in.pairs("", v, limit)
	}
	if in.o.value != noCalls {
		if f := inspectFunction(in.w, name); f != nil {
			in.calls = append(in.calls, inspectCall{lang.Obj(f), v, in.o.optsValue(limit)})
			return docHole{len(in.calls) - 1}
		}
	}
	if f := structForms[name]; f != nil {
		if d := f(in, m, limit); d != nil {
			return d
		}
	}
	return in.fields(v, m, name, limit)
}

// fields makes the document of a struct in the common form; one that has not
// the fields of its module shows as a map.
func (in *inspector) fields(v lang.Value, m *lang.Map, name string, limit int) doc {
	fields := structFields(in.w, name)
	if d := in.derived(m, name, fields, limit); d != nil {
		return d
	}
	if len(fields)+countHidden(m) != m.Len() {
		return in.pairs("", v, limit)
	}
	entries := make([]lang.Value, len(fields))
	for i, f := range fields {
		x, ok := m.Get(lang.K(f))
		if !ok {
			return in.pairs("", v, limit)
		}
		entries[i] = lang.Vec(lang.K(f), x)
	}
	if len(entries) == 0 {
		return in.pairs(name, emptyList, limit)
	}
	return in.pairs(name, lang.ListOf(entries...), limit)
}

// countHidden counts the fields of a struct that are not shown.
func countHidden(m *lang.Map) int {
	n := 1
	if _, ok := m.Get(lang.K("__exception__")); ok {
		n++
	}
	return n
}

// inspectFunction gives the function that implements Inspect for a struct in
// the language, nil if there is none.
func inspectFunction(w *runtime.World, name string) *runtime.Var {
	if w == nil {
		return nil
	}
	if ns := w.FindNS("Inspect." + name); ns != nil {
		return ns.Var("inspect")
	}
	return nil
}

// functionText gives a function as Elixir prints it: &Mod.fun/1 for one of a
// module, #Function<...> for others.
func functionText(v lang.Value) string {
	arity := "/" + strconv.Itoa(arityOf(v))
	switch f := v.Obj().(type) {
	case *lang.Native:
		if mod, fun, ok := strings.Cut(f.Name, "/"); ok {
			return "&" + lang.Inspect(moduleAtom(mod)) + "." + lang.FunctionName(fun) + arity
		}
	case *lang.Closure:
		if strings.HasPrefix(f.Fn.Name, "&") { // captured by name
			return f.Fn.Name
		}
		return closureText(f, arity)
	}
	return "#Function<>"
}

// promptFunction is the name that the BEAM gives functions of the prompt;
// promptIndex and promptUnique are the numbers that they have there.
const (
	promptFunction = ":erl_eval.expr/6"
	promptIndex    = 43
	promptUnique   = 3316493
)

// closureText gives a function without a name as the BEAM numbers those of the
// prompt: by their arity. Others are numbered by the name around them.
func closureText(f *lang.Closure, arity string) string {
	name := f.Fn.Name
	if _, in, ok := strings.Cut(name, " in "); ok {
		name = in
	}
	index, unique := 0, int(lang.HashCode(lang.Str(name)))
	if name == promptFunction {
		index, unique = promptIndex-arityOf(lang.Obj(f)), promptUnique
	}
	return "#Function<" + strconv.Itoa(index) + "." + strconv.Itoa(unique) + arity + " in " + name + ">"
}

// moduleAtom gives the atom of a namespace: an Erlang module has a name in
// lower case, an Elixir one in upper case.
func moduleAtom(ns string) lang.Value {
	if ns != "" && ns[0] >= 'A' && ns[0] <= 'Z' {
		return module(ns)
	}
	return lang.K(ns)
}
