package compile

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
)

// A macro function gets the form, the environment, and the arguments. It
// makes the same form as the macro of Clojure 1.11's core, but for the
// numbers of generated names, which derive from the form alone: what is
// expanded twice is the same, so that schedules replay.

// list makes a list form.
func list(vs ...lang.Value) lang.Value { return lang.ListOf(vs...) }

// listWith makes a list form of first elements and a tail.
func listWith(tail []lang.Value, vs ...lang.Value) lang.Value {
	all := make([]lang.Value, 0, len(vs)+len(tail))
	return lang.ListOf(append(append(all, vs...), tail...)...)
}

// callOf makes a call of a function or macro of clojure.core.
func callOf(name string, args ...lang.Value) lang.Value {
	return listWith(args, core(name))
}

// sym makes a plain symbol: that of a special form, mostly.
func sym(name string) lang.Value { return lang.Sym(name) }

// generated makes a name that neither a program, nor gensym, nor a
// syntax-quote makes. n tells names of one expansion apart. Expansions may
// share a name: a macro's own code alone refers to it, always to the
// innermost.
func generated(base string, n int) lang.Value {
	return lang.Sym(base + "__" + strconv.Itoa(n) + "__")
}

// metaFrom gives form the metadata and the place of another.
func metaFrom(form, from lang.Value) lang.Value {
	l, ok := form.Obj().(*lang.List)
	if !ok {
		return form
	}
	c := *l
	if m := metaOf(from); m != nil {
		c.Meta = m
	}
	if p := posOf(from, lang.Pos{}); p.IsValid() {
		c.Pos = p
	}
	return lang.Obj(&c)
}

// withMetaKey gives a symbol one more entry of metadata.
func withMetaKey(s *lang.Symbol, k, v lang.Value) *lang.Symbol {
	c := *s
	if c.Meta == nil {
		c.Meta = lang.EmptyMap
	}
	c.Meta = c.Meta.Assoc(k, v)
	return &c
}

// once is the symbol fn* with the metadata {:once true}.
func once() lang.Value {
	return lang.Obj(withMetaKey(lang.NewSymbol("", "fn*"), lang.K("once"), lang.True))
}

// illegal raises an IllegalArgumentException.
func illegal(format string, args ...any) {
	raiseClass("java.lang.IllegalArgumentException", format, args...)
}

// raiseClass raises an exception of a class that lang knows by name.
func raiseClass(class, format string, args ...any) {
	c, _ := lang.ClassByName(class)
	lang.Raise(c, format, args...)
}

// binding checks the vector of a form that binds: name is the macro's, n the
// number of forms that it must hold, 0 for any even one.
func binding(name string, v lang.Value, n int) []lang.Value {
	vec, ok := v.Obj().(*lang.Vector)
	switch {
	case !ok:
		illegal("%s requires a vector for its binding", name)
	case n > 0 && vec.Len() != n:
		illegal("%s requires exactly %d forms in binding vector", name, n)
	case vec.Len()%2 != 0:
		illegal("%s requires an even number of forms in binding vector", name)
	}
	return vec.AppendTo(nil)
}
