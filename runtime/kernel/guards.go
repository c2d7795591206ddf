package kernel

import (
	"math"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// guardNatives are the functions of Kernel that a guard may call.
func guardNatives() []*lang.Native {
	return []*lang.Native{
		guard("is_atom", isAtom, "an atom", ":a"),
		guard("is_binary", func(v lang.Value) bool { return v.IsString() }, "a binary", "\"a\""),
		guard("is_bitstring", func(v lang.Value) bool { _, _, ok := lang.BitsOf(v); return ok }, "a bitstring", "<<1::3>>"),
		guard("is_boolean", func(v lang.Value) bool { return v.IsBool() }, "a boolean", "true"),
		guard("is_float", func(v lang.Value) bool { return v.IsFloat() }, "a float", "1.0"),
		guard("is_integer", lang.IsInteger, "an integer", "1"),
		guard("is_number", lang.IsNumber, "a number", "1"),
		guard("is_list", func(v lang.Value) bool { return isList(v) || isImproper(v) }, "a list", "[1]"),
		guard("is_map", isMap, "a map", "%{}"),
		guard("is_nil", func(v lang.Value) bool { return v.IsNil() }, "nil", "nil"),
		guard("is_pid", func(v lang.Value) bool { return typeName(v) == "PID" }, "a pid", "self()"),
		guard("is_port", func(lang.Value) bool { return false }, "a port; there are none here", ""),
		guard("is_reference", func(v lang.Value) bool { return typeName(v) == "Reference" }, "a reference", "make_ref()"),
		guard("is_tuple", isTuple, "a tuple", "{1}"),
		{Name: "Kernel/is_function", Min: 1, Max: 2, Args: "term, arity", Pure: isFunctionOf, Doc: "Whether term is a function, of so many arguments. is_function(fn x -> x end, 1) #=> true"},
		{Name: "Kernel/is_struct", Min: 1, Max: 2, Args: "term, name", Pure: named(func(lang.Value) bool { return true }), Doc: "Whether term is a struct, of that name. is_struct(1..2, Range) #=> true"},
		{Name: "Kernel/is_exception", Min: 1, Max: 2, Args: "term, name", Pure: named(isException), Doc: "Whether term is an exception, of that name. is_exception(%RuntimeError{}) #=> true"},
		{Name: "Kernel/is_map_key", Min: 2, Max: 2, Args: "map, key", Pure: isMapKey, Doc: "Whether map has key. is_map_key(%{a: 1}, :a) #=> true"},
		{Name: "Kernel/elem", Min: 2, Max: 2, Args: "tuple, index", Pure: elem, Doc: "The element of a tuple at an index from 0. elem({:a, :b}, 1) #=> :b"},
		{Name: "Kernel/tuple_size", Min: 1, Max: 1, Args: "tuple", Pure: one(func(v lang.Value) lang.Value {
			return lang.Int(int64(tupleArg(v).Len()))
		}), Doc: "How many elements a tuple has. tuple_size({1, 2}) #=> 2"},
		{Name: "Kernel/hd", Min: 1, Max: 1, Args: "list", Pure: one(func(v lang.Value) lang.Value { x, _ := uncons(v); return x }), Doc: "The first element of a list. hd([1, 2]) #=> 1"},
		{Name: "Kernel/tl", Min: 1, Max: 1, Args: "list", Pure: one(func(v lang.Value) lang.Value { _, rest := uncons(v); return rest }), Doc: "A list without its first element. tl([1, 2]) #=> [2]"},
		{Name: "Kernel/length", Min: 1, Max: 1, Seqs: arg0, Args: "list", Pure: one(func(v lang.Value) lang.Value {
			if !isList(v) {
				badArg(0, "not a list")
			}
			return lang.Int(int64(lang.Count(v)))
		}), Doc: "How many elements a list has. length([1, 2]) #=> 2"},
		{Name: "Kernel/map_size", Min: 1, Max: 1, Args: "map", Pure: one(func(v lang.Value) lang.Value {
			if !isMap(v) {
				badMap(v)
			}
			return lang.Int(int64(lang.Count(v)))
		}), Doc: "How many entries a map has. map_size(%{a: 1}) #=> 1"},
		{Name: "Kernel/byte_size", Min: 1, Max: 1, Args: "bitstring", Pure: one(func(v lang.Value) lang.Value {
			s, _, ok := lang.BitsOf(v)
			if !ok {
				badArg(0, "not a bitstring")
			}
			return lang.Int(int64(len(s)))
		}), Doc: "How many bytes hold a bitstring. byte_size(\"é\") #=> 2"},
		{Name: "Kernel/bit_size", Min: 1, Max: 1, Args: "bitstring", Pure: one(func(v lang.Value) lang.Value {
			_, n, ok := lang.BitsOf(v)
			if !ok {
				badArg(0, "not a bitstring")
			}
			return lang.Int(int64(n))
		}), Doc: "How many bits a bitstring has. bit_size(<<1::3>>) #=> 3"},
		{Name: "Kernel/binary_part", Min: 3, Max: 3, Args: "binary, start, size", Pure: binaryPart, Doc: "size bytes of a binary from start on; with a negative size, those before it. binary_part(\"hello\", 1, 3) #=> \"ell\""},
		{Name: "Kernel/node", Min: 0, Max: 1, Args: "", Pure: func([]lang.Value) lang.Value { return lang.K("nonode@nohost") }, Doc: "The name of this node. node() #=> :nonode@nohost"},
	}
}

func guard(name string, is func(lang.Value) bool, what, example string) *lang.Native {
	doc := "Whether term is " + what + "."
	if example != "" {
		doc += " " + name + "(" + example + ") #=> true"
	}
	return &lang.Native{Name: "Kernel/" + name, Min: 1, Max: 1, Args: "term", Pure: test(is), Doc: doc}
}

func isFunctionOf(args []lang.Value) lang.Value {
	if len(args) == 1 {
		_, invoker := args[0].Obj().(runtime.Invoker)
		return lang.Bool(isFunction(args[0]) || invoker)
	}
	if !args[1].IsFixed() || args[1].AsInt() < 0 {
		lang.RaiseReason(lang.K("badarg"))
	}
	return lang.Bool(args[1].AsInt() <= math.MaxInt32 && callable(args[0], int(args[1].AsInt())))
}

// named makes is_struct and is_exception.
func named(is func(lang.Value) bool) pure {
	return func(args []lang.Value) lang.Value {
		name, ok := structName(args[0])
		switch {
		case !ok || !is(args[0]):
			_, set := args[0].Obj().(*lang.Set)
			return lang.Bool(set && !isException(args[0]) && is(lang.Nil) && (len(args) == 1 || isModule(args[1], "MapSet")))
		case len(args) == 1:
			return lang.True
		case !isAtom(args[1]):
			lang.RaiseReason(lang.K("badarg"))
		}
		return lang.Bool(isModule(args[1], name))
	}
}

func isMapKey(args []lang.Value) lang.Value {
	if !isMap(args[0]) {
		badMap(args[0])
	}
	_, ok := lang.Lookup(args[0], args[1])
	return lang.Bool(ok)
}

func tupleArg(v lang.Value) *lang.Vector {
	t, ok := v.Obj().(*lang.Vector)
	if !ok {
		badArg(0, "not a tuple")
	}
	return t
}

// elem is :erlang.element, whose errors count its arguments the other way round.
func elem(args []lang.Value) lang.Value {
	t, ok := args[0].Obj().(*lang.Vector)
	switch {
	case !ok:
		badArg(1, "not a tuple")
	case !args[1].IsFixed():
		badArg(0, "not an integer")
	case args[1].AsInt() < 0 || args[1].AsInt() >= int64(t.Len()):
		badArg(0, "out of range")
	}
	return t.Nth(int(args[1].AsInt()))
}

func isImproper(v lang.Value) bool { _, ok := v.Obj().(*lang.Improper); return ok }

// uncons splits a list, which may be improper.
func uncons(v lang.Value) (first, rest lang.Value) {
	if l, ok := v.Obj().(*lang.Improper); ok {
		return l.Head(), l.Tail()
	}
	s := nonEmpty(v)
	return s.First(), s.Rest()
}

// nonEmpty gives a list that has an element.
func nonEmpty(s lang.Value) lang.Seq {
	if !isList(s) {
		badArg(0, "not a nonempty list")
	}
	v, cell := lang.SeqOf(s)
	if cell != nil {
		argumentError("the list is a lazy sequence that is not realised yet")
	}
	q, ok := v.Obj().(lang.Seq)
	if !ok {
		badArg(0, "not a nonempty list")
	}
	return q
}

func binaryPart(args []lang.Value) lang.Value {
	s, ok := args[0].AsString()
	if !ok {
		badArg(0, "not a binary")
	}
	if !args[1].IsFixed() {
		badArg(1, "not an integer")
	}
	if !args[2].IsFixed() {
		badArg(2, "not an integer")
	}
	start, n := args[1].AsInt(), args[2].AsInt()
	size := int64(len(s))
	if start < 0 || start > size {
		badArg(1, "out of range")
	}
	end := start + n
	if end < start {
		start, end = end, start
	}
	if start < 0 || end > size || n > size || n < -size {
		badArg(2, "out of range")
	}
	return lang.Str(s[start:end])
}
