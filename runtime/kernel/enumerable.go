package kernel

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The protocol Enumerable. What has all its elements at hand (lists, maps,
// sets, ranges, and the sequences of the Clojure notation) is gone through in
// Go; anything else by the reduce of its own implementation.

func enumerableNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Enumerable/reduce", Min: 3, Max: 3, Args: "enumerable, acc, fun", Run: reduceProtocol, Doc: "Reduces enumerable by fun while its tag is :cont; ends it for :halt, and gives {:suspended, acc, continuation} for :suspend. Enumerable.reduce([1, 2], {:cont, 0}, fn x, acc -> {:cont, x + acc} end) #=> {:done, 3}"},
		{Name: "Enumerable/count", Min: 1, Max: 1, Seqs: arg0, Args: "enumerable", Run: countProtocol, Doc: "{:ok, n} where the number of elements is known without going through them, else {:error, module}. Enumerable.count([1]) #=> {:ok, 1}"},
		{Name: "Enumerable/member?", Min: 2, Max: 2, Args: "enumerable, element", Run: memberProtocol, Doc: "{:ok, boolean} where membership is known without going through the elements, else {:error, module}. Enumerable.member?(1..3, 2) #=> {:ok, true}"},
		{Name: "Enumerable/slice", Min: 1, Max: 1, Args: "enumerable", Run: sliceProtocol, Doc: "{:error, module}: elements are reached by going through those before them, or what the implementation of a struct gives. Enumerable.slice([1]) #=> {:error, Enumerable.List}"},
	}
}

// enumerableTypes gives the same functions for the modules that implement the
// protocol for the types of the language, which a program may call itself.
func enumerableTypes() []*lang.Native {
	var out []*lang.Native
	for _, t := range []string{"List", "Map", "MapSet", "Range"} {
		for _, n := range enumerableNatives()[:4] {
			of := *n
			of.Name = strings.Replace(n.Name, "Enumerable/", "Enumerable."+t+"/", 1)
			out = append(out, &of)
		}
	}
	return out
}

// atHand gives the sequence of what has its elements at hand: a Seq, the
// empty list, nil, or a lazy cell; false for what only its protocol can reduce.
func atHand(v lang.Value) (lang.Value, bool) {
	switch x := v.Obj().(type) {
	case *lang.LazySeq, lang.Seq, *lang.List, *lang.Set, *lang.SortedMap, *lang.SortedSet, *lang.Record:
		return v, true
	case *lang.Map:
		k, _ := structOf(v)
		if k == nil {
			return v, true
		}
		if k.Name == rangeModule {
			return rangeSeq(x)
		}
	}
	return lang.Nil, false
}

const rangeModule = "Elixir.Range"

// rangeSeq gives the numbers of a range whose ends are of 64 bits.
func rangeSeq(m *lang.Map) (lang.Value, bool) {
	first, last, step, ok := rangeOf(m)
	if !ok {
		return lang.Nil, false
	}
	if step == 0 || step > 0 && first > last || step < 0 && first < last {
		return emptyList, true
	}
	return lang.NewRange(first, last+int64(lang.Sign(lang.Int(step))), step), true
}

// rangeOf gives the bounds of a range, false if they are not all integers of
// 64 bits.
func rangeOf(m *lang.Map) (first, last, step int64, ok bool) {
	var at [3]int64
	for i, k := range [...]lang.Value{firstKey, lastKey, stepKey} {
		v, found := m.Get(k)
		if !found && i == 2 {
			v = lang.Int(1)
			if at[0] > at[1] {
				v = lang.Int(-1)
			}
		}
		if !v.IsFixed() {
			return 0, 0, 0, false
		}
		at[i] = v.AsInt()
	}
	return at[0], at[1], at[2], true
}

var firstKey, lastKey, stepKey = lang.K("first"), lang.K("last"), lang.K("step")

// newRange makes the struct of a range.
func newRange(first, last, step int64) lang.Value {
	return lang.Obj(lang.NewErlangMap(structKey, module("Range"), firstKey, lang.Int(first), lastKey, lang.Int(last), stepKey, lang.Int(step)))
}

// The tags of the protocol.
var (
	contAtom, haltAtom, suspendAtom   = lang.K("cont"), lang.K("halt"), lang.K("suspend")
	doneAtom, haltedAtom, suspendedAt = lang.K("done"), lang.K("halted"), lang.K("suspended")
)

// reducing is a reduction by the protocol of what is at hand: what is left,
// and the function.
type reducing struct{ rest, f lang.Value }

var reducingKont = &runtime.Kont{Name: "Enumerable.reduce"}

// forcedReduction is a reduction whose next cell is being realised.
type forcedReduction struct {
	reducing
	acc lang.Value
}

var forcedReductionKont = &runtime.Kont{Name: "Enumerable.reduce"}

func init() {
	reducingKont.Return = func(p *runtime.Process, state any, acc lang.Value) lang.Value {
		return state.(reducing).on(p, acc)
	}
	forcedReductionKont.Return = func(p *runtime.Process, state any, s lang.Value) lang.Value {
		r := state.(forcedReduction)
		r.rest = s
		return r.on(p, r.acc)
	}
}

// on goes on with an accumulator, which has its tag.
func (r reducing) on(p *runtime.Process, acc lang.Value) lang.Value {
	t, ok := acc.Obj().(*lang.Vector)
	if !ok || t.Len() != 2 {
		raiseClause()
	}
	tag, val := t.Nth(0), t.Nth(1)
	switch tag {
	case haltAtom:
		return lang.Vec(haltedAtom, val)
	case suspendAtom:
		return lang.Vec(suspendedAt, val, lang.Obj(&lang.Native{Name: "Enumerable/continue", Min: 1, Max: 1, Args: "acc",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value { return r.on(p, args[0]) }}))
	case contAtom:
	default:
		raiseClause()
	}
	s, cell := lang.SeqOf(r.rest)
	if cell != nil {
		return p.Call(forcedReductionKont, forcedReduction{r, acc}, forceFn, lang.Obj(cell))
	}
	q, ok := s.Obj().(lang.Seq)
	if !ok {
		return lang.Vec(doneAtom, val)
	}
	return p.Call(reducingKont, reducing{q.Rest(), r.f}, r.f, q.First(), val)
}

func reduceProtocol(p *runtime.Process, args []lang.Value) lang.Value {
	if s, ok := atHand(args[0]); ok {
		return reducing{s, args[2]}.on(p, args[1])
	}
	if callable(args[0], 2) {
		return p.TailCall(args[0], args[1], args[2])
	}
	return p.TailCall(implementation(p, "Enumerable", "reduce", args[0]), args[0], args[1], args[2])
}

// implementation gives the function of a protocol's implementation for v, or
// raises Protocol.UndefinedError.
func implementation(p *runtime.Process, protocol, name string, v lang.Value) lang.Value {
	if t := typeName(v); protocol == "Enumerable" && slices.Contains(ownTypes[protocol], t) {
		argumentError("cannot go through a " + strings.ToLower(t) + " of integers beyond 64 bits: " + inspectPlain(p.W, v))
	}
	if n := implementing(p.W, protocol, v); n != nil {
		if f := n.Var(name); f != nil {
			return lang.Obj(f)
		}
	}
	raiseProtocol(protocol, v)
	return lang.Nil
}

func raiseProtocol(protocol string, v lang.Value) {
	about := ""
	if _, ok := v.Obj().(*lang.Closure); ok && protocol == "Enumerable" {
		about = "only anonymous functions of arity 2 are enumerable"
	}
	raiseStruct("Protocol.UndefinedError", lang.K("protocol"), module(protocol), lang.K("value"), v, lang.K("description"), lang.Str(about))
}

// typeName gives the name by which protocols know the type of v: that of its
// struct, or List, Map, Integer and the like.
func typeName(v lang.Value) string {
	if k, _ := structOf(v); k != nil {
		return strings.TrimPrefix(k.Name, "Elixir.")
	}
	if _, ok := lang.AtomName(v); ok {
		return "Atom"
	}
	switch x := v.Obj().(type) {
	case *lang.Vector:
		return "Tuple"
	case *lang.Map, *lang.SortedMap, *lang.Record:
		return "Map"
	case *lang.Set, *lang.SortedSet:
		return "MapSet"
	case lang.Seq, *lang.List, *lang.LazySeq:
		return "List"
	case string:
		return "BitString"
	case *lang.Closure, *lang.Native, runtime.Invoker:
		return "Function"
	case *runtime.Process:
		return "PID"
	case lang.Termed:
		if r, _ := x.TermRank(); r == lang.TermReference {
			return "Reference"
		}
	}
	switch {
	case v.IsFloat():
		return "Float"
	case lang.IsInteger(v):
		return "Integer"
	}
	return strings.ReplaceAll(lang.ClassOf(v).Name, "/", ".")
}

// ownTypes are the types for which the library itself implements a protocol.
var ownTypes = map[string][]string{
	"Enumerable":   {"List", "Map", "MapSet", "Range"},
	"Collectable":  {"List", "Map", "MapSet", "BitString"},
	"String.Chars": {"Atom", "BitString", "Date", "DateTime", "Float", "Integer", "List", "NaiveDateTime", "Time", "URI", "Version"},
	"List.Chars":   {"Atom", "BitString", "Float", "Integer", "List"},
}

// protocolsOfOurs make the functions that every protocol has, for those of the library.
func protocolsOfOurs() []*lang.Native {
	return asked("Enumerable", "Collectable", "String.Chars", "List.Chars")
}

func asked(protocols ...string) []*lang.Native {
	var out []*lang.Native
	for _, name := range protocols {
		out = append(out,
			&lang.Native{Name: name + "/impl_for", Min: 1, Max: 1, Args: "value", Run: implFor(name), Doc: "The module that implements the protocol for value, nil if none does."},
			&lang.Native{Name: name + "/impl_for!", Min: 1, Max: 1, Args: "value", Run: mustImplFor(name), Doc: "The module that implements the protocol for value, which must have one."},
			&lang.Native{Name: name + "/__protocol__", Min: 1, Max: 1, Args: "topic", Pure: func(args []lang.Value) lang.Value {
				switch args[0] {
				case lang.K("module"):
					return module(name)
				case lang.K("consolidated?"):
					return lang.True
				}
				raiseClause()
				return lang.Nil
			}, Doc: "What is known of the protocol: :module, :consolidated?."})
	}
	return out
}

// hasImplementation gives the name of the module that implements a protocol for v.
func hasImplementation(p *runtime.Process, protocol string, v lang.Value) (string, bool) {
	t := typeName(v)
	name := protocol + "." + t
	if slices.Contains(ownTypes[protocol], t) || protocol == "Enumerable" && callable(v, 2) {
		return name, true
	}
	if n := implementing(p.W, protocol, v); n != nil {
		return n.Name, true
	}
	return "", false
}

func implFor(protocol string) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if name, ok := hasImplementation(p, protocol, args[0]); ok {
			return module(name)
		}
		return lang.Nil
	}
}

func mustImplFor(protocol string) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		name, ok := hasImplementation(p, protocol, args[0])
		if !ok {
			raiseProtocol(protocol, args[0])
		}
		return module(name)
	}
}

// unknown is the answer of an implementation that must go through the elements.
func unknown(v lang.Value) lang.Value {
	return lang.Vec(errorAtom, module("Enumerable."+typeName(v)))
}

func countProtocol(p *runtime.Process, args []lang.Value) lang.Value {
	v := args[0]
	s, here := atHand(v)
	switch {
	case !here && callable(v, 2):
		return unknown(v)
	case !here:
		return p.TailCall(implementation(p, "Enumerable", "count", v), v)
	}
	return ok(lang.Int(int64(lang.Count(s))))
}

func memberProtocol(p *runtime.Process, args []lang.Value) lang.Value {
	v, x := args[0], args[1]
	if _, ok := atHand(v); !ok {
		if callable(v, 2) {
			return unknown(v)
		}
		return p.TailCall(implementation(p, "Enumerable", "member?", v), v, x)
	}
	if known, has := holds(v, x); known {
		return lang.Vec(okAtom, lang.Bool(has))
	}
	return unknown(v)
}

// holds tells whether x is an element of v, where that can be known without
// going through the elements.
func holds(v, x lang.Value) (known, has bool) {
	switch c := v.Obj().(type) {
	case *lang.Set:
		return true, c.Has(x)
	case *lang.Map:
		if k, _ := structOf(v); k != nil {
			return holdsNumber(c, x)
		}
		e, ok := x.Obj().(*lang.Vector)
		if !ok || e.Len() != 2 {
			return true, false
		}
		val, ok := c.Get(e.Nth(0))
		return true, ok && lang.Same(val, e.Nth(1))
	}
	return false, false
}

// holdsNumber tells whether a range has a number.
func holdsNumber(m *lang.Map, x lang.Value) (known, has bool) {
	first, last, step, ok := rangeOf(m)
	if !ok || step == 0 {
		return false, false
	}
	if !x.IsFixed() {
		return true, false
	}
	i := x.AsInt()
	if step < 0 {
		first, last, step, i = -first, -last, -step, -i
	}
	return true, first <= i && i <= last && (i-first)%step == 0
}

func sliceProtocol(p *runtime.Process, args []lang.Value) lang.Value {
	if _, ok := atHand(args[0]); ok || callable(args[0], 2) {
		return unknown(args[0])
	}
	return p.TailCall(implementation(p, "Enumerable", "slice", args[0]), args[0])
}
