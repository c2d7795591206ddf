package kernel

import (
	"math/big"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// natives lists the tables of the functions written in Go, one a topic.
func natives() [][]*lang.Native {
	return [][]*lang.Native{
		operatorNatives(), bitwiseOperators(), guardNatives(), kernelNatives(), textNatives(), searchNatives(), regexNatives(),
		integerNatives(), floatNatives(), atomNatives(), ioNatives(), ansiNatives(), systemNatives(), baseNatives(), cryptoNatives(), binaryNatives(), mathNatives(),
		erlangNatives(), erlangShared(), formatNatives(), calendarNatives(), bitNatives(), sigilNatives(), pathNatives(), fileNatives(), uriNatives(), haltNatives(),
		exceptionNatives(), definitions(), inspectNatives(), algebraNatives(),
		enumNatives(), enumerableNatives(), enumerableTypes(), listNatives(), mapNatives(), mapSetNatives(), keywordNatives(), tupleNatives(), rangeNatives(),
		macroNatives(), protocolNatives(), protocolsOfOurs(), codeNatives(),
		etsNatives(), counterNatives(), persistentTermNatives(), queueNatives(), randNatives(), listsNatives(), structNatives(),
	}
}

type (
	pure = func(args []lang.Value) lang.Value
	run  = func(p *runtime.Process, args []lang.Value) lang.Value
)

// The masks of lang.Native for lists among the first arguments.
const (
	arg0 = 1 << iota
	arg1
	arg2
	allArgs = 1<<31 | arg0
)

// one makes a native of a function of one argument, two of one of two.
func one(f func(lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return f(args[0]) }
}

func two(f func(a, b lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return f(args[0], args[1]) }
}

// test makes a native of a predicate.
func test(f func(lang.Value) bool) pure {
	return func(args []lang.Value) lang.Value { return lang.Bool(f(args[0])) }
}

// module gives a module's name as an atom: Elixir.Foo for Foo.
func module(name string) lang.Value { return lang.K("Elixir." + name) }

// ok and failed give the tuples {:ok, v} and {:error, v}.
func ok(v lang.Value) lang.Value     { return lang.Vec(lang.K("ok"), v) }
func failed(v lang.Value) lang.Value { return lang.Vec(lang.K("error"), v) }

// emptyList is [].
var emptyList = lang.Obj(lang.EmptyList)

// isList reports whether v is a list: any sequence but a vector, which is a tuple.
func isList(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.List, lang.Seq, *lang.LazySeq:
		return true
	}
	return false
}

func isTuple(v lang.Value) bool { _, ok := v.Obj().(*lang.Vector); return ok }

func isAtom(v lang.Value) bool { _, ok := lang.AtomName(v); return ok }

func isFunction(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.Closure, *lang.Native:
		return true
	}
	return false
}

// isMap reports whether v is a map to Elixir, a struct included.
func isMap(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.Map, *lang.SortedMap, *lang.Record, *lang.Set, *lang.SortedSet, *lang.Regex, *lang.Exception:
		return true
	}
	return false
}

// binaryArg gives argument i, a binary, of a function of Elixir's; if it is
// none, no clause of the function matches.
func binaryArg(mod, fun string, args []lang.Value, i int) string {
	s, ok := args[i].AsString()
	if !ok {
		noClause(mod, fun, args)
	}
	return s
}

// intArg gives argument i, an integer of 64 bits, in the manner of binaryArg.
func intArg(mod, fun string, args []lang.Value, i int) int64 {
	if !args[i].IsFixed() {
		noClause(mod, fun, args)
	}
	return args[i].AsInt()
}

// bigArg gives argument i, an integer of any size, in the manner of binaryArg.
func bigArg(mod, fun string, args []lang.Value, i int) *big.Int {
	if !lang.IsInteger(args[i]) {
		noClause(mod, fun, args)
	}
	return lang.ToBig(args[i])
}

// listArg gives the elements of argument i, a list, in the manner of binaryArg.
func listArg(mod, fun string, args []lang.Value, i int) []lang.Value {
	if !isList(args[i]) {
		noClause(mod, fun, args)
	}
	return lang.ToSlice(args[i])
}

// strings makes a list of binaries.
func binaries(ss []string) lang.Value {
	vs := make([]lang.Value, len(ss))
	for i, s := range ss {
		vs[i] = lang.Str(s)
	}
	return lang.ListOf(vs...)
}

// option gives the value of a keyword in a keyword list, or missing.
func option(opts lang.Value, name string, missing lang.Value) lang.Value {
	found := missing
	key := lang.K(name)
	lang.Iterate(opts, func(v lang.Value) bool {
		if e, ok := v.Obj().(*lang.Vector); ok && e.Len() == 2 && lang.Identical(e.Nth(0), key) {
			found = e.Nth(1)
			return false
		}
		return true
	})
	return found
}

// optionsArg gives argument i, a keyword list, or [] if there are not so many arguments.
func optionsArg(args []lang.Value, i int) lang.Value {
	if i < len(args) && isList(args[i]) {
		return args[i]
	}
	return emptyList
}
