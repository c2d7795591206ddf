package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var predicateNatives = []*lang.Native{
	{Name: "clojure.core/nil?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsNil), Doc: "Whether x is nil."},
	{Name: "clojure.core/some?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return !v.IsNil() }), Doc: "Whether x is anything but nil."},
	{Name: "clojure.core/any?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(lang.Value) bool { return true }), Doc: "true, whatever x is."},
	{Name: "clojure.core/true?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsBool() && v.AsBool() }), Doc: "Whether x is true itself."},
	{Name: "clojure.core/false?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsBool() && !v.AsBool() }), Doc: "Whether x is false itself."},
	{Name: "clojure.core/boolean?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsBool), Doc: "Whether x is true or false."},
	{Name: "clojure.core/not", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return !v.Truthy() }), Doc: "true for nil and false, else false. (not nil) ;=> true"},
	{Name: "clojure.core/identity", Min: 1, Max: 1, Args: "[x]", Pure: one(func(v lang.Value) lang.Value { return v }), Doc: "x itself."},
	{Name: "clojure.core/number?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.IsNumber), Doc: "Whether x is a number."},
	{Name: "clojure.core/integer?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.IsInteger), Doc: "Whether x is an integer of any size."},
	{Name: "clojure.core/int?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsFixed), Doc: "Whether x is an integer of at most 64 bits."},
	{Name: "clojure.core/nat-int?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsFixed() && v.AsInt() >= 0 }), Doc: "Whether x is an integer of at most 64 bits and not below zero."},
	{Name: "clojure.core/pos-int?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsFixed() && v.AsInt() > 0 }), Doc: "Whether x is an integer of at most 64 bits and above zero."},
	{Name: "clojure.core/neg-int?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsFixed() && v.AsInt() < 0 }), Doc: "Whether x is an integer of at most 64 bits and below zero."},
	{Name: "clojure.core/float?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsFloat), Doc: "Whether x is a float."},
	{Name: "clojure.core/double?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsFloat), Doc: "Whether x is a float of 64 bits."},
	{Name: "clojure.core/ratio?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.Ratio]), Doc: "Whether x is a ratio. (ratio? 1/2) ;=> true"},
	{Name: "clojure.core/decimal?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.Decimal]), Doc: "Whether x is a decimal such as 1.5M."},
	{Name: "clojure.core/rational?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return lang.IsNumber(v) && !v.IsFloat() }), Doc: "Whether x is an exact number."},
	{Name: "clojure.core/string?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsString), Doc: "Whether x is a string."},
	{Name: "clojure.core/char?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsChar), Doc: "Whether x is a character."},
	{Name: "clojure.core/keyword?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsKeyword), Doc: "Whether x is a keyword."},
	{Name: "clojure.core/symbol?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.Value.IsSymbol), Doc: "Whether x is a symbol."},
	{Name: "clojure.core/ident?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isIdent), Doc: "Whether x is a keyword or a symbol."},
	{Name: "clojure.core/simple-ident?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return isIdent(v) && spaceOf(v) == "" }), Doc: "Whether x is a keyword or symbol without a namespace."},
	{Name: "clojure.core/qualified-ident?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return isIdent(v) && spaceOf(v) != "" }), Doc: "Whether x is a keyword or symbol with a namespace."},
	{Name: "clojure.core/simple-keyword?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsKeyword() && spaceOf(v) == "" }), Doc: "Whether x is a keyword without a namespace."},
	{Name: "clojure.core/qualified-keyword?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsKeyword() && spaceOf(v) != "" }), Doc: "Whether x is a keyword with a namespace."},
	{Name: "clojure.core/simple-symbol?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsSymbol() && spaceOf(v) == "" }), Doc: "Whether x is a symbol without a namespace."},
	{Name: "clojure.core/qualified-symbol?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return v.IsSymbol() && spaceOf(v) != "" }), Doc: "Whether x is a symbol with a namespace."},
	{Name: "clojure.core/inst?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.Inst]), Doc: "Whether x is a point in time."},
	{Name: "clojure.core/uuid?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.UUID]), Doc: "Whether x is a UUID."},
	{Name: "clojure.core/parse-uuid", Min: 1, Max: 1, Args: "[s]", Doc: "The UUID that s spells, nil if it spells none.",
		Pure: one(func(v lang.Value) lang.Value {
			u, ok := lang.ParseUUID(text(v))
			if !ok {
				return lang.Nil
			}
			return lang.Obj(u)
		})},
}

var typeTestNatives = []*lang.Native{
	{Name: "clojure.core/map?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isMap), Doc: "Whether x is a map. (map? {}) ;=> true"},
	{Name: "clojure.core/vector?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.Vector]), Doc: "Whether x is a vector. (vector? [1]) ;=> true"},
	{Name: "clojure.core/list?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.List]), Doc: "Whether x is a list, and not another kind of sequence. (list? '(1)) ;=> true"},
	{Name: "clojure.core/set?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isSet), Doc: "Whether x is a set. (set? #{}) ;=> true"},
	{Name: "clojure.core/seq?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isSeq), Doc: "Whether x is a sequence: not what merely has one. (seq? [1]) ;=> false"},
	{Name: "clojure.core/coll?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.IsCompound), Doc: "Whether x is a collection. (coll? \"s\") ;=> false"},
	{Name: "clojure.core/sequential?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.IsSequential), Doc: "Whether x is a vector, list or other sequence."},
	{Name: "clojure.core/associative?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return isMap(v) || is[*lang.Vector](v) }), Doc: "Whether assoc works on x: a map or a vector."},
	{Name: "clojure.core/counted?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isCounted), Doc: "Whether count takes constant time on x."},
	{Name: "clojure.core/indexed?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.Vector]), Doc: "Whether nth takes constant time on x."},
	{Name: "clojure.core/reversible?", Min: 1, Max: 1, Args: "[x]", Pure: holds(func(v lang.Value) bool { return is[*lang.Vector](v) || isSorted(v) }), Doc: "Whether rseq works on x."},
	{Name: "clojure.core/sorted?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isSorted), Doc: "Whether x is a sorted map or set."},
	{Name: "clojure.core/seqable?", Min: 1, Max: 1, Args: "[x]", Pure: holds(lang.IsSeqable), Doc: "Whether seq works on x."},
	{Name: "clojure.core/record?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.Record]), Doc: "Whether x is a record."},
	{Name: "clojure.core/map-entry?", Min: 1, Max: 1, Args: "[x]", Doc: "Whether x is an entry of a map. (map-entry? (first {:a 1})) ;=> true",
		Pure: holds(func(v lang.Value) bool { e, ok := v.Obj().(*lang.Vector); return ok && e.IsEntry() })},
	{Name: "clojure.core/fn?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isFn), Doc: "Whether x was made by fn. (fn? :k) ;=> false"},
	{Name: "clojure.core/ifn?", Min: 1, Max: 1, Args: "[x]", Pure: holds(isCallable), Doc: "Whether x can be called: functions, keywords, symbols, maps, sets, vectors, vars. (ifn? :k) ;=> true"},
	{Name: "clojure.core/var?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*runtime.Var]), Doc: "Whether x is a var."},
	{Name: "clojure.core/class?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*lang.Class]), Doc: "Whether x is a class."},
	{Name: "clojure.core/delay?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*Delay]), Doc: "Whether x is a delay."},
	{Name: "clojure.core/future?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*Future]), Doc: "Whether x is a future."},
	{Name: "clojure.core/volatile?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*Volatile]), Doc: "Whether x is a volatile."},
	{Name: "clojure.core/reduced?", Min: 1, Max: 1, Args: "[x]", Pure: holds(is[*Reduced]), Doc: "Whether x is a result that ends a reduction."},
	{Name: "clojure.core/class", Min: 1, Max: 1, Args: "[x]", Pure: one(classValue), Doc: "The class of x, nil for nil. (class 1) ;=> java.lang.Long"},
	{Name: "clojure.core/type", Min: 1, Max: 1, Args: "[x]", Pure: one(typeOf), Doc: "The :type in the metadata of x, or else its class."},
	{Name: "clojure.core/instance?", Min: 2, Max: 2, Args: "[c x]", Doc: "Whether x is of class c, or of one derived from it. (instance? Long 1) ;=> true",
		Pure: two(func(c, v lang.Value) lang.Value {
			return lang.Bool(lang.IsA(lang.ClassOf(v), object[*lang.Class](c, classOfClasses)))
		})},
	{Name: "clojure.core/cast", Min: 2, Max: 2, Args: "[c x]", Doc: "x, which must be nil or of class c.",
		Pure: two(func(c, v lang.Value) lang.Value {
			class := object[*lang.Class](c, classOfClasses)
			if !v.IsNil() && !lang.IsA(lang.ClassOf(v), class) {
				lang.Raise(lang.ClassCastException, "Cannot cast %s to %s", lang.ClassOf(v).Name, class.Name)
			}
			return v
		})},
	{Name: "clojure.core/supers", Min: 1, Max: 1, Args: "[class]", Pure: one(supersOf), Doc: "The set of all classes from which class derives, nil if none."},
	{Name: "clojure.core/bases", Min: 1, Max: 1, Args: "[class]", Doc: "The classes from which class derives directly.",
		Pure: one(func(v lang.Value) lang.Value {
			var out []lang.Value
			for _, c := range object[*lang.Class](v, classOfClasses).Supers {
				out = append(out, lang.Obj(c))
			}
			s, _ := lang.SeqOf(lang.ListOf(out...))
			return s
		})},
}

// classOfClasses is java.lang.Class.
var classOfClasses = lang.ClassOf(lang.Obj(lang.ObjectClass))

var equalityNatives = []*lang.Native{
	equalNative,
	{Name: "clojure.core/not=", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]", Run: notEqual, Doc: "Whether the values are not all equal. (not= 1 2) ;=> true"},
	{Name: "clojure.core/identical?", Min: 2, Max: 2, Args: "[x y]", Doc: "Whether x and y are one and the same object.",
		Pure: two(func(a, b lang.Value) lang.Value { return lang.Bool(lang.Identical(a, b)) })},
	{Name: "clojure.core/compare", Min: 2, Max: 2, Deep: arg0 | arg1, Args: "[x y]", Doc: "Below 0, 0 or above 0 as x comes before, with or after y. (compare 1 2) ;=> -1",
		Run: compare},
	{Name: "clojure.core/hash", Min: 1, Max: 1, Deep: arg0, Args: "[x]", Doc: "A number that equal values have in common.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if f := ownMethod(p.W, args[0], "hasheq", "hashCode"); !f.IsNil() {
				return p.TailCall(f, args...)
			}
			return lang.Int(int64(int32(lang.Hash(args[0]))))
		}},
	{Name: "clojure.core/distinct?", Min: 1, Max: -1, Deep: allArgs, Args: "[x] [x y] [x y & more]", Doc: "Whether no two of the values are equal. (distinct? 1 2 1) ;=> false",
		Pure: func(args []lang.Value) lang.Value { return lang.Bool(lang.NewSet(args...).Len() == len(args)) }},
}

// compare asks a type of the program's own for its order.
func compare(p *runtime.Process, args []lang.Value) lang.Value {
	if f := ownMethod(p.W, args[0], "compareTo"); !f.IsNil() {
		return p.TailCall(f, args...)
	}
	return lang.Int(int64(lang.Compare(args[0], args[1])))
}

// equalNative is =. It looks into lazy sequences only as far as it must to decide.
var equalNative = &lang.Native{Name: "clojure.core/=", Min: 1, Max: -1, Args: "[x] [x y] [x y & more]",
	Doc: "Whether the values are equal: collections by what they hold, numbers by value within integers, floats or decimals. (= [1] '(1)) ;=> true"}

// comparing is the state of = between two lazy cells.
type comparing struct {
	at   lang.Comparison
	rest []lang.Value // b and what follows it
	want bool
}

var (
	comparingKont = &runtime.Kont{Name: "="}
	// ownEqualKont gives what a type's own equals says, or the contrary.
	ownEqualKont = &runtime.Kont{Name: "=", Return: func(_ *runtime.Process, want any, v lang.Value) lang.Value {
		return lang.Bool(v.Truthy() == want.(bool))
	}}
)

func init() {
	equalNative.Run = equal
	comparingKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		c := state.(*comparing)
		return compareOn(p, c.at, c.rest, c.want)
	}
}

func equal(p *runtime.Process, args []lang.Value) lang.Value { return compareAll(p, args, true) }

func notEqual(p *runtime.Process, args []lang.Value) lang.Value { return compareAll(p, args, false) }

func compareAll(p *runtime.Process, vs []lang.Value, want bool) lang.Value {
	if len(vs) == 1 {
		return lang.Bool(want)
	}
	if len(vs) == 2 {
		if f := ownMethod(p.W, vs[0], "equiv", "equals"); !f.IsNil() {
			return p.Call(ownEqualKont, want, f, vs...)
		}
	}
	return compareOn(p, *lang.NewComparison(vs[0], vs[1]), vs[1:], want)
}

func compareOn(p *runtime.Process, c lang.Comparison, rest []lang.Value, want bool) lang.Value {
	for {
		if cell := c.Step(); cell != nil {
			return p.Call(comparingKont, &comparing{c, append([]lang.Value(nil), rest...), want}, forceFn, lang.Obj(cell))
		}
		if !c.Equal() || len(rest) < 2 {
			return lang.Bool(c.Equal() == want)
		}
		c, rest = *lang.NewComparison(rest[0], rest[1]), rest[1:]
	}
}

func isMap(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.Map, *lang.SortedMap, *lang.Record:
		return true
	}
	return false
}

func isSet(v lang.Value) bool { return is[*lang.Set](v) || is[*lang.SortedSet](v) }

func isSorted(v lang.Value) bool { return is[*lang.SortedMap](v) || is[*lang.SortedSet](v) }

func isSeq(v lang.Value) bool { return is[lang.Seq](v) || is[*lang.LazySeq](v) }

func isCounted(v lang.Value) bool {
	_, ok := lang.Counted(v)
	return ok && !v.IsNil() && !v.IsString()
}

func isIdent(v lang.Value) bool { return v.IsKeyword() || v.IsSymbol() }

func isFn(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.Closure, *lang.Native, *ProtocolFn:
		return true
	}
	return false
}

func isCallable(v lang.Value) bool {
	switch x := v.Obj().(type) {
	case *Instance:
		return x.Method("invoke").Truthy()
	case runtime.Invoker, *lang.Keyword, *lang.Symbol, *lang.Map, *lang.Set, *lang.SortedMap, *lang.SortedSet, *lang.Vector:
		return true
	}
	return isFn(v)
}

func classValue(v lang.Value) lang.Value {
	if c := lang.ClassOf(v); c != nil {
		return lang.Obj(c)
	}
	return lang.Nil
}

func typeOf(v lang.Value) lang.Value {
	if m := metaOf(v); m != nil {
		if t, ok := m.Get(lang.K("type")); ok {
			return t
		}
	}
	return classValue(v)
}

func supersOf(v lang.Value) lang.Value {
	all := lang.EmptySet
	var walk func(c *lang.Class)
	walk = func(c *lang.Class) {
		for _, s := range c.Supers {
			all = all.Conj(lang.Obj(s))
			walk(s)
		}
	}
	walk(object[*lang.Class](v, classOfClasses))
	if all.Len() == 0 {
		return lang.Nil
	}
	return lang.Obj(all)
}
