package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func tupleNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Tuple/append", Min: 2, Max: 2, Args: "tuple, value", Pure: two(func(t, v lang.Value) lang.Value { return lang.Obj(tupleOf(t).Conj(v)) }), Doc: "The tuple with value behind it. Tuple.append({1}, 2) #=> {1, 2}"},
		{Name: "Tuple/insert_at", Min: 3, Max: 3, Args: "tuple, index, value", Doc: "The tuple with value at index. Tuple.insert_at({1, 3}, 1, 2) #=> {1, 2, 3}",
			Pure: func(args []lang.Value) lang.Value {
				vs := tupleOf(args[0]).AppendTo(nil)
				return lang.Vec(slices.Insert(vs, placeIn(args[1], len(vs)+1), args[2])...)
			}},
		{Name: "Tuple/delete_at", Min: 2, Max: 2, Args: "tuple, index", Doc: "The tuple without the element at index. Tuple.delete_at({1, 2}, 0) #=> {2}",
			Pure: two(func(t, at lang.Value) lang.Value {
				vs := tupleOf(t).AppendTo(nil)
				i := placeIn(at, len(vs))
				return lang.Vec(slices.Delete(vs, i, i+1)...)
			})},
		{Name: "Tuple/duplicate", Min: 2, Max: 2, Args: "data, size", Doc: "A tuple of size times data. Tuple.duplicate(0, 2) #=> {0, 0}",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				n := intArg("Tuple", "duplicate", args, 1)
				if n < 0 {
					badArg(0, "out of range")
				}
				p.W.Reserve(int(min(n, 1<<40)) * 24)
				return lang.Vec(slices.Repeat([]lang.Value{args[0]}, int(n))...)
			}},
		{Name: "Tuple/to_list", Min: 1, Max: 1, Args: "tuple", Pure: one(func(t lang.Value) lang.Value { return list(tupleOf(t).AppendTo(nil)) }), Doc: "The elements as a list. Tuple.to_list({1, 2}) #=> [1, 2]"},
		{Name: "Tuple/sum", Min: 1, Max: 1, Args: "tuple", Pure: one(func(t lang.Value) lang.Value { return total(adding, lang.Int(0), t) }), Doc: "The sum of the numbers. Tuple.sum({1, 2}) #=> 3"},
		{Name: "Tuple/product", Min: 1, Max: 1, Args: "tuple", Pure: one(func(t lang.Value) lang.Value { return total(multiplying, lang.Int(1), t) }), Doc: "The product of the numbers. Tuple.product({2, 3}) #=> 6"},
	}
}

// tupleOf gives the tuple in v, or raises ArgumentError.
func tupleOf(v lang.Value) *lang.Vector {
	t, ok := v.Obj().(*lang.Vector)
	if !ok {
		badArg(0, "not a tuple")
	}
	return t
}

// placeIn gives an index from 0 and below n, or raises ArgumentError.
func placeIn(at lang.Value, n int) int {
	if !at.IsFixed() || at.AsInt() < 0 || at.AsInt() >= int64(n) {
		badArg(0, "out of range")
	}
	return int(at.AsInt())
}

func total(c calculation, acc, t lang.Value) lang.Value {
	for _, v := range tupleOf(t).AppendTo(nil) {
		acc = c.do(v, acc)
	}
	return acc
}
