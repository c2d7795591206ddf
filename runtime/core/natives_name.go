package core

import (
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var nameNatives = []*lang.Native{
	{Name: "clojure.core/keyword", Min: 1, Max: 2, Args: "[name] [ns name]", Pure: keyword, Doc: "The keyword of a name. (keyword \"a\") ;=> :a"},
	{Name: "clojure.core/find-keyword", Min: 1, Max: 2, Args: "[name] [ns name]", Pure: keyword, Doc: "The keyword of a name."},
	{Name: "clojure.core/symbol", Min: 1, Max: 2, Args: "[name] [ns name]", Pure: symbol, Doc: "The symbol of a name. (symbol \"a\") ;=> a"},
	{Name: "clojure.core/name", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return lang.Str(nameOf(v)) }), Doc: "The name of a keyword or symbol, without its namespace; a string itself. (name :a/b) ;=> \"b\""},
	{Name: "clojure.core/namespace", Min: 1, Max: 1, Args: "[x]", Doc: "The namespace of a keyword or symbol, nil if it has none. (namespace :a/b) ;=> \"a\"",
		Pure: one(func(v lang.Value) lang.Value {
			if !isIdent(v) {
				panic(lang.CastError(v, lang.NamedClass))
			}
			return orNil(spaceOf(v))
		})},
	{Name: "clojure.core/gensym", Max: 1, Args: "[] [prefix-string]", Doc: "A symbol that was not there before.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			prefix := "G__"
			if len(args) > 0 {
				prefix = lang.String(args[0])
			}
			id := uint64(p.NewID() >> 16) // the same in whatever order processes run
			return lang.Sym(prefix + strconv.FormatUint(id, 10))
		}},
	{Name: "clojure.core/munge", Min: 1, Max: 1, Args: "[s]", Doc: "A name as the JVM writes it.",
		Pure: one(func(v lang.Value) lang.Value {
			if v.IsSymbol() {
				return lang.Sym(lang.Munge(lang.String(v)))
			}
			return lang.Str(lang.Munge(text(v)))
		})},
}

func orNil(s string) lang.Value {
	if s == "" {
		return lang.Nil
	}
	return lang.Str(s)
}

// splitName splits ns/name at the first slash, as Symbol.intern does.
func splitName(s string) (ns, name string) {
	if i := strings.IndexByte(s, '/'); i > 0 && len(s) > 1 {
		return s[:i], s[i+1:]
	}
	return "", s
}

func keyword(args []lang.Value) lang.Value {
	if len(args) == 2 {
		ns := ""
		if !args[0].IsNil() {
			ns = nameOf(args[0])
		}
		return lang.Kw(lang.InternKeyword(ns, nameOf(args[1])))
	}
	switch x := args[0].Obj().(type) {
	case *lang.Keyword:
		return args[0]
	case *lang.Symbol:
		return lang.Kw(lang.InternKeyword(x.NS, x.Name))
	case string:
		return lang.Kw(lang.InternKeyword(splitName(x)))
	}
	return lang.Nil
}

func symbol(args []lang.Value) lang.Value {
	if len(args) == 2 {
		ns := ""
		if !args[0].IsNil() {
			ns = nameOf(args[0])
		}
		return lang.Obj(lang.NewSymbol(ns, nameOf(args[1])))
	}
	switch x := args[0].Obj().(type) {
	case *lang.Symbol:
		return args[0]
	case *lang.Keyword:
		return lang.Obj(lang.NewSymbol(x.NS, x.Name))
	case string:
		return lang.Obj(lang.NewSymbol(splitName(x)))
	case *runtime.Var:
		return lang.Obj(lang.NewSymbol(x.NS.Name, x.Name))
	}
	lang.Raise(lang.IllegalArgumentException, "no conversion to symbol")
	return lang.Nil
}

// nameOf gives the name of a keyword, symbol or string.
func nameOf(v lang.Value) string {
	switch x := v.Obj().(type) {
	case *lang.Keyword:
		return x.Name
	case *lang.Symbol:
		return x.Name
	case string:
		return x
	}
	panic(lang.CastError(v, lang.NamedClass))
}

// spaceOf gives the namespace of a keyword or symbol, "" if it has none.
func spaceOf(v lang.Value) string {
	switch x := v.Obj().(type) {
	case *lang.Keyword:
		return x.NS
	case *lang.Symbol:
		return x.NS
	}
	return ""
}
