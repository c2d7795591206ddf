package core

import (
	"slices"
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Natives gives every function of the package's namespaces that is written in
// Go. Each stands in a table of its topic beside its documentation.
func Natives() []*lang.Native {
	return slices.Concat(
		numberNatives, bitNatives, castNatives, randomNatives, mathNatives(),
		predicateNatives, typeTestNatives, equalityNatives,
		seqNatives, chunkNatives, chunkLoopNatives, lazyNatives, buildNatives, sortNatives,
		lookupNatives, changeNatives, sortedNatives, transientNatives, metaNatives,
		nameNatives, textNatives, stringNatives, regexNatives,
		callNatives, irefNatives, atomNatives, refNatives, agentNatives, cellNatives, promiseNatives,
		varNatives, bindingNatives, nsNatives, loadNatives,
		macroNatives, errorNatives, multiNatives, hierarchyNatives, protocolNatives, recordNatives,
		printNatives, customNatives, structNatives, ioNatives, readNatives, timeNatives, arrayNatives, hostNatives, suiteNatives,
	)
}

// Dynamics gives the dynamic vars of clojure.core that the natives of this
// package read, with their roots.
var Dynamics = map[string]lang.Value{
	"*out*": lang.Nil, "*err*": lang.Nil, "*in*": lang.Nil,
	"*print-length*": lang.Nil, "*print-level*": lang.Nil, "*print-readably*": lang.True,
	"*print-meta*": lang.Nil, "*print-dup*": lang.Nil, "*print-namespace-maps*": lang.Nil,
	"*flush-on-newline*": lang.True, "*math-context*": lang.Nil, "*agent*": lang.Nil,
	"*data-readers*": lang.Obj(lang.EmptyMap), "*default-data-reader-fn*": lang.Nil,
	"*warn-on-reflection*": lang.Nil, "*unchecked-math*": lang.Nil, "*read-eval*": lang.True,
	"*compile-files*": lang.Nil, "*loading-verbosely*": lang.Nil, "*compile-path*": lang.Str("classes"), "*compiler-options*": lang.Nil,
	"*allow-unresolved-vars*": lang.Nil, "*fn-loader*": lang.Nil, "*reader-resolver*": lang.Nil, "*source-path*": lang.Str("NO_SOURCE_FILE"),
	"*suppress-read*": lang.Nil, "*use-context-classloader*": lang.True, "*verbose-defrecords*": lang.False,
}

// The masks of Native.Seqs and Native.Deep.
const (
	arg0    = 1 << 0
	arg1    = 1 << 1
	arg2    = 1 << 2
	allArgs = 1<<31 | arg0 // every argument
	from1   = 1<<31 | arg1 // every argument but the first
)

type (
	// pure is the shape of natives that depend on their arguments alone.
	pure = func(args []lang.Value) lang.Value
	// run is the shape of the others.
	run = func(p *runtime.Process, args []lang.Value) lang.Value
)

// one makes a native of a function of one value.
func one(f func(v lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return f(args[0]) }
}

// two makes a native of a function of two values.
func two(f func(a, b lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return f(args[0], args[1]) }
}

// holds makes a native of a test of one value.
func holds(f func(v lang.Value) bool) pure {
	return func(args []lang.Value) lang.Value { return lang.Bool(f(args[0])) }
}

// is reports whether the object in v is of a Go type.
func is[T any](v lang.Value) bool { _, ok := v.Obj().(T); return ok }

// forceFn is the function of a lazy cell that realises it and gives its sequence.
var forceFn = lang.Obj(&lang.Native{Name: "clojure.core/force-cell", Min: 1, Max: 1, Args: "[cell]",
	Doc: "Realises a lazy sequence as far as its first element and gives it: nil if it is empty.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		return p.Force(args[0].Obj().(*lang.LazySeq))
	}})

// realiseFn is the function that realises its argument at every depth.
var realiseFn = lang.Obj(runtime.RealiseNative)

// call is a call that waits for something to be realised first.
type call struct {
	f    lang.Value
	args []lang.Value
}

var retried = &runtime.Kont{Name: "retry", Return: func(p *runtime.Process, state any, _ lang.Value) lang.Value {
	c := state.(*call)
	return p.TailCall(c.f, c.args...)
}}

// retry realises v at every depth and then calls n with args again. A native
// returns what retry returns.
func retry(p *runtime.Process, n *lang.Native, args []lang.Value, v lang.Value) lang.Value {
	return p.Call(retried, &call{lang.Obj(n), slices.Clone(args)}, realiseFn, v)
}

// integer gives a whole number that fits into 64 bits, or raises: an index, a
// number of times. Other numbers are cut, as the JVM casts them.
func integer(v lang.Value) int64 {
	if v.IsFixed() {
		return v.AsInt()
	}
	if !lang.IsNumber(v) {
		panic(lang.CastError(v, lang.NumberClass))
	}
	return lang.ToLong(v)
}

// text gives the string in v, or raises.
func text(v lang.Value) string {
	s, ok := v.AsString()
	if !ok {
		panic(lang.CastError(v, lang.StringClass))
	}
	return s
}

// object gives the pointer of type T in v, or raises that v is no instance of class.
func object[T any](v lang.Value, class *lang.Class) T {
	x, ok := v.Obj().(T)
	if !ok {
		panic(lang.CastError(v, class))
	}
	return x
}

// silent raises an exception of a class without a message.
func silent(c *lang.Class) { panic(&lang.Exception{Class: c}) }

// outOfBounds raises what the JVM raises for a bad index: without a message.
func outOfBounds() { silent(lang.IndexOutOfBoundsException) }

// optional gives argument i, nil if there are fewer.
func optional(args []lang.Value, i int) lang.Value {
	if i < len(args) {
		return args[i]
	}
	return lang.Nil
}

// maxElements is how many elements of a sequence a native gathers at once.
const maxElements = 1 << 25

// elements gives the elements of a realised seqable, in a slice of the
// caller's own. One that is endless, or too long for the memory, raises
// OutOfMemoryError.
func elements(v lang.Value) []lang.Value {
	finite(v)
	n, _ := lang.Counted(v)
	vs := make([]lang.Value, 0, n)
	lang.Iterate(v, func(x lang.Value) bool { vs = gathered(vs, x); return true })
	return vs
}

// finite raises OutOfMemoryError if it is known that v has too many elements.
func finite(v lang.Value) {
	s, _ := v.Obj().(lang.Seq)
	if n, ok := lang.Counted(v); ok && n > maxElements || s != nil && endless(s) {
		tooMany()
	}
}

func tooMany() {
	lang.Raise(lang.OutOfMemoryError, "a sequence of more than %d elements is needed at once", maxElements)
}

// gathered appends x, or raises where there are too many elements.
func gathered(vs []lang.Value, x lang.Value) []lang.Value {
	if len(vs) >= maxElements {
		tooMany()
	}
	return append(vs, x)
}

// endless reports whether a sequence repeats itself for ever.
func endless(s lang.Seq) bool {
	_, ok := s.(*lang.Repeat)
	return ok && s.Rest().Obj() == any(s)
}

// coreVar gives a var of clojure.core.
func coreVar(p *runtime.Process, name string) *runtime.Var {
	return p.W.FindNS("clojure.core").Var(name)
}

// hex gives a number as Java prints hashes.
func hex(n uint32) string { return strconv.FormatUint(uint64(n), 16) }
