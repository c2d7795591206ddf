package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var toListFn = lang.Obj(toListNative)

var toListNative = &lang.Native{Name: "Enum/to_list", Min: 1, Max: 1, Args: "enumerable", Doc: "The elements as a list. Enum.to_list(1..3) #=> [1, 2, 3]",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		if isList(args[0]) && ready(args[0]) {
			return args[0]
		}
		return (&fold{pass: toList}).start(p, args[0])
	}}

// accAt is the prepare of passes with an accumulator, argument i, and their
// function behind it.
func accAt(i int) func(s *fold, args []lang.Value) {
	return func(s *fold, args []lang.Value) {
		s.acc = args[i]
		calling(i+1)(s, args)
	}
}

// withAcc is calling for a pass that begins with an accumulator.
func withAcc(acc lang.Value, i int) func(s *fold, args []lang.Value) {
	return func(s *fold, args []lang.Value) {
		s.acc = acc
		calling(i)(s, args)
	}
}

// startingAt is the prepare of passes without a function that begin with an accumulator.
func startingAt(acc lang.Value) func(s *fold, args []lang.Value) {
	return func(s *fold, _ []lang.Value) { s.acc = acc }
}

// either makes a native of two, told apart by the number of arguments.
func either(n int, fewer, more run) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if len(args) <= n {
			return fewer(p, args)
		}
		return more(p, args)
	}
}

var (
	emptyMapValue = lang.Obj(lang.EmptyErlangMap)
	emptySetValue = lang.Obj(lang.EmptyErlangSet)
	ascending     = lang.K("asc")
)

func enumNatives() []*lang.Native {
	return []*lang.Native{
		toListNative,
		{Name: "Enum/map", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(mapPass, calling(1)), Doc: "What fun gives for each element. Enum.map([1, 2], &(&1 * 2)) #=> [2, 4]"},
		{Name: "Enum/each", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(eachPass, calling(1)), Doc: "Calls fun with each element, for its effect. Enum.each([1], &IO.puts/1) #=> :ok"},
		{Name: "Enum/filter", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(filterPass, calling(1)), Doc: "The elements for which fun gives a truthy value. Enum.filter(1..4, &(rem(&1, 2) == 0)) #=> [2, 4]"},
		{Name: "Enum/reject", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(rejectPass, calling(1)), Doc: "The elements for which fun gives false or nil. Enum.reject(1..4, &(&1 > 2)) #=> [1, 2]"},
		{Name: "Enum/reduce", Min: 2, Max: 3, Args: "enumerable, acc, fun", Doc: "Puts acc, or else the first element, through fun with each element in turn. Enum.reduce(1..3, 0, fn x, acc -> x + acc end) #=> 6",
			Run: either(2, through(reduceFrom, calling(1)), through(reducePass, accAt(1)))},
		{Name: "Enum/reduce_while", Min: 3, Max: 3, Args: "enumerable, acc, fun", Run: through(reduceWhile, accAt(1)), Doc: "Reduces while fun gives {:cont, acc}, and ends with {:halt, acc}. Enum.reduce_while(1..9, 0, fn x, a -> if x < 3, do: {:cont, a + x}, else: {:halt, a} end) #=> 3"},
		{Name: "Enum/map_reduce", Min: 3, Max: 3, Args: "enumerable, acc, fun", Run: through(mapReduce, accAt(1)), Doc: "Maps and reduces at once: fun gives {element, acc}. Enum.map_reduce([1, 2], 0, fn x, a -> {x * 2, a + x} end) #=> {[2, 4], 3}"},
		{Name: "Enum/flat_map", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(flatMap, calling(1)), Doc: "The elements of the enumerables that fun gives. Enum.flat_map([1, 2], &[&1, &1]) #=> [1, 1, 2, 2]"},
		{Name: "Enum/flat_map_reduce", Min: 3, Max: 3, Args: "enumerable, acc, fun", Run: through(flatMapReduce, accAt(1)), Doc: "Flat-maps and reduces at once: fun gives {enumerable, acc} or {:halt, acc}. Enum.flat_map_reduce([1, 2], 0, fn x, a -> {[x, x], a + x} end) #=> {[1, 1, 2, 2], 3}"},
		{Name: "Enum/scan", Min: 2, Max: 3, Args: "enumerable, acc, fun", Doc: "Every accumulator of a reduction. Enum.scan(1..3, &+/2) #=> [1, 3, 6]",
			Run: either(2, through(scanFrom, calling(1)), through(scanPass, accAt(1)))},
		{Name: "Enum/map_every", Min: 3, Max: 3, Args: "enumerable, nth, fun", Run: through(mapEvery, every("map_every")), Doc: "Calls fun with each nth element, beginning with the first. Enum.map_every(1..4, 2, &(&1 * 10)) #=> [10, 2, 30, 4]"},
		{Name: "Enum/map_intersperse", Min: 3, Max: 3, Args: "enumerable, separator, mapper", Doc: "What mapper gives for each element, with separator between. Enum.map_intersperse([1, 2], :a, &(&1 * 2)) #=> [2, :a, 4]",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				checkFunction(args[2])
				return (&fold{pass: mapBetween, f: args[2], acc: args[1]}).start(p, args[0])
			}},
		{Name: "Enum/with_index", Min: 1, Max: 2, Args: "enumerable, fun_or_offset \\\\ 0", Run: withIndex, Doc: "Each element in a tuple with its index from offset on, or what fun gives for the two. Enum.with_index([:a, :b]) #=> [a: 0, b: 1]"},

		{Name: "Enum/all?", Min: 1, Max: 2, Args: "enumerable, fun", Doc: "Whether all elements, or what fun gives for them, are truthy. Enum.all?([2, 4], &(&1 > 1)) #=> true",
			Run: either(1, through(allTruthy, startingAt(lang.True)), through(allPass, withAcc(lang.True, 1)))},
		{Name: "Enum/any?", Min: 1, Max: 2, Args: "enumerable, fun", Doc: "Whether one element, or what fun gives for it, is truthy. Enum.any?([1, 4], &(&1 > 3)) #=> true",
			Run: either(1, through(anyTruthy, startingAt(lang.False)), through(anyPass, withAcc(lang.False, 1)))},
		{Name: "Enum/find", Min: 2, Max: 3, Args: "enumerable, default \\\\ nil, fun", Run: search(findPass), Doc: "The first element for which fun gives a truthy value, else default. Enum.find([1, 3], &(&1 > 2)) #=> 3"},
		{Name: "Enum/find_value", Min: 2, Max: 3, Args: "enumerable, default \\\\ nil, fun", Run: search(findValue), Doc: "The first truthy value that fun gives, else default. Enum.find_value([1, 3], &(&1 > 2)) #=> true"},
		{Name: "Enum/find_index", Min: 2, Max: 2, Args: "enumerable, fun", Run: search(findIndex), Doc: "The index of the first element for which fun gives a truthy value, else nil. Enum.find_index([1, 3], &(&1 > 2)) #=> 1"},
		{Name: "Enum/member?", Min: 2, Max: 2, Args: "enumerable, element", Run: member, Doc: "Whether element is in enumerable, by strict equality. Enum.member?(1..10, 5) #=> true"},
		{Name: "Enum/empty?", Min: 1, Max: 1, Args: "enumerable", Run: through(emptyPass, startingAt(lang.True)), Doc: "Whether there are no elements. Enum.empty?([]) #=> true"},
		{Name: "Enum/count", Min: 1, Max: 2, Args: "enumerable, fun", Run: either(1, countAll, through(countIf, calling(1))), Doc: "How many elements there are, or for how many fun gives a truthy value. Enum.count([1, 2]) #=> 2"},
		{Name: "Enum/count_until", Min: 2, Max: 3, Args: "enumerable, fun, limit", Run: countTo, Doc: "Counts, but no further than limit. Enum.count_until(1..20, 5) #=> 5"},

		{Name: "Enum/at", Min: 2, Max: 3, Args: "enumerable, index, default \\\\ nil", Doc: "The element at an index from 0, or from the end if it is negative; default if there is none. Enum.at([:a, :b], -1) #=> :b",
			Run: elementAt("at", 3, theSame, func(args []lang.Value) lang.Value { return optional(args, 2, lang.Nil) })},
		{Name: "Enum/fetch", Min: 2, Max: 2, Args: "enumerable, index", Run: elementAt("fetch", 2, ok, func([]lang.Value) lang.Value { return errorAtom }), Doc: "{:ok, element} of an index, or :error. Enum.fetch([:a], 0) #=> {:ok, :a}"},
		{Name: "Enum/fetch!", Min: 2, Max: 2, Args: "enumerable, index", Run: elementAt("fetch!", 2, theSame, raiseBounds), Doc: "The element at an index; raises Enum.OutOfBoundsError if there is none. Enum.fetch!([:a], 0) #=> :a"},
		{Name: "Enum/take", Min: 2, Max: 2, Args: "enumerable, amount", Run: fromEnd("take", takePass, func(_, behind []lang.Value) lang.Value { return list(behind) }), Doc: "The first amount elements, or the last if it is negative. Enum.take([1, 2, 3], 2) #=> [1, 2]"},
		{Name: "Enum/drop", Min: 2, Max: 2, Args: "enumerable, amount", Run: fromEnd("drop", dropPass, func(front, _ []lang.Value) lang.Value { return list(front) }), Doc: "All but the first amount elements, or the last if it is negative. Enum.drop([1, 2, 3], 2) #=> [3]"},
		{Name: "Enum/split", Min: 2, Max: 2, Args: "enumerable, count", Run: fromEnd("split", splitPass, func(front, behind []lang.Value) lang.Value { return lang.Vec(list(front), list(behind)) }), Doc: "The first count elements and the others. Enum.split([1, 2, 3], 2) #=> {[1, 2], [3]}"},
		{Name: "Enum/take_while", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(takeWhile, calling(1)), Doc: "The elements before the first for which fun is not truthy. Enum.take_while(1..9, &(&1 < 3)) #=> [1, 2]"},
		{Name: "Enum/drop_while", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(dropWhile, calling(1)), Doc: "The elements from the first on for which fun is not truthy. Enum.drop_while(1..4, &(&1 < 3)) #=> [3, 4]"},
		{Name: "Enum/split_while", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(splitWhile, calling(1)), Doc: "What take_while and drop_while give. Enum.split_while(1..4, &(&1 < 3)) #=> {[1, 2], [3, 4]}"},
		{Name: "Enum/split_with", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(splitWith, calling(1)), Doc: "What filter and reject give. Enum.split_with(1..4, &(rem(&1, 2) == 0)) #=> {[2, 4], [1, 3]}"},
		{Name: "Enum/take_every", Min: 2, Max: 2, Args: "enumerable, nth", Run: through(takeEvery, every("take_every")), Doc: "Each nth element, beginning with the first. Enum.take_every(1..6, 2) #=> [1, 3, 5]"},
		{Name: "Enum/drop_every", Min: 2, Max: 2, Args: "enumerable, nth", Run: through(dropEvery, every("drop_every")), Doc: "All but each nth element, the first dropped. Enum.drop_every(1..6, 2) #=> [2, 4, 6]"},
		{Name: "Enum/slice", Min: 2, Max: 3, Args: "enumerable, index_range_or_start, amount", Run: listed(slice), Doc: "The elements in a range of indices, or amount of them from start on. Enum.slice(1..10, 2..4) #=> [3, 4, 5]"},
		{Name: "Enum/chunk_every", Min: 2, Max: 4, Args: "enumerable, count, step, leftover \\\\ []", Run: listed(chunks), Doc: "Pieces of count elements, each beginning step behind the one before; a last piece that is too short is filled from leftover, or left out for :discard. Enum.chunk_every([1, 2, 3], 2) #=> [[1, 2], [3]]"},
		{Name: "Enum/chunk_by", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(chunkBy, calling(1)), Doc: "Pieces in which fun gives the same value. Enum.chunk_by([1, 3, 2], &rem(&1, 2)) #=> [[1, 3], [2]]"},
		{Name: "Enum/dedup", Min: 1, Max: 1, Args: "enumerable", Run: through(dedupPass, noMore), Doc: "Without elements that equal the one before. Enum.dedup([1, 1, 2, 1]) #=> [1, 2, 1]"},
		{Name: "Enum/dedup_by", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(dedupBy, calling(1)), Doc: "dedup by what fun gives. Enum.dedup_by([1, 3, 2], &rem(&1, 2)) #=> [1, 2]"},
		{Name: "Enum/uniq", Min: 1, Max: 1, Args: "enumerable", Run: through(uniqPass, startingAt(emptySetValue)), Doc: "Each element once. Enum.uniq([1, 2, 1]) #=> [1, 2]"},
		{Name: "Enum/uniq_by", Min: 2, Max: 2, Args: "enumerable, fun", Run: through(uniqBy, withAcc(emptySetValue, 1)), Doc: "The first element for each value that fun gives. Enum.uniq_by([1, 3, 2], &rem(&1, 2)) #=> [1, 2]"},
		{Name: "Enum/frequencies", Min: 1, Max: 1, Args: "enumerable", Run: through(frequencies, startingAt(emptyMapValue)), Doc: "How often each element occurs. Enum.frequencies([:a, :a]) #=> %{a: 2}"},
		{Name: "Enum/frequencies_by", Min: 2, Max: 2, Args: "enumerable, key_fun", Run: through(frequenciesBy, withAcc(emptyMapValue, 1)), Doc: "How often key_fun gives each value. Enum.frequencies_by([1, 3, 2], &rem(&1, 2)) #=> %{0 => 1, 1 => 2}"},
		{Name: "Enum/group_by", Min: 2, Max: 3, Args: "enumerable, key_fun, value_fun \\\\ fn x -> x end", Run: grouped, Doc: "The elements, or what value_fun gives for them, by what key_fun gives. Enum.group_by([1, 3, 2], &rem(&1, 2)) #=> %{0 => [2], 1 => [1, 3]}"},

		{Name: "Enum/sort", Min: 1, Max: 2, Args: "enumerable, sorter", Run: listed(sortElements), Doc: "In order, equal elements as they were; sorter is :asc, :desc, a module with compare/2, {:asc | :desc, module} or a function. Enum.sort([3, 1, 2], :desc) #=> [3, 2, 1]"},
		{Name: "Enum/sort_by", Min: 2, Max: 3, Args: "enumerable, mapper, sorter \\\\ :asc", Doc: "In the order of what mapper gives. Enum.sort_by([\"aaa\", \"b\"], &String.length/1) #=> [\"b\", \"aaa\"]",
			Run: through(sortPass, func(s *fold, args []lang.Value) { s.acc = optional(args, 2, ascending); calling(1)(s, args) })},
		{Name: "Enum/min", Min: 1, Max: 3, Args: "enumerable, sorter, empty_fallback", Run: extreme(leastPass, -1), Doc: "The least element. Enum.min([3, 1]) #=> 1"},
		{Name: "Enum/max", Min: 1, Max: 3, Args: "enumerable, sorter, empty_fallback", Run: extreme(greatestPass, 1), Doc: "The greatest element. Enum.max([3, 1]) #=> 3"},
		{Name: "Enum/min_by", Min: 2, Max: 4, Args: "enumerable, fun, sorter, empty_fallback", Run: extremeBy("min_by", -1), Doc: "The element for which fun gives the least. Enum.min_by([\"aa\", \"b\"], &String.length/1) #=> \"b\""},
		{Name: "Enum/max_by", Min: 2, Max: 4, Args: "enumerable, fun, sorter, empty_fallback", Run: extremeBy("max_by", 1), Doc: "The element for which fun gives the greatest. Enum.max_by([\"aa\", \"b\"], &String.length/1) #=> \"aa\""},
		{Name: "Enum/min_max", Min: 1, Max: 2, Args: "enumerable, empty_fallback", Doc: "The least and the greatest. Enum.min_max([3, 1, 2]) #=> {1, 3}",
			Run: listed(func(p *runtime.Process, vs, args []lang.Value) lang.Value { return minMax(p, vs, vs, args) })},
		{Name: "Enum/min_max_by", Min: 2, Max: 4, Args: "enumerable, fun, sorter_or_empty_fallback, empty_fallback", Run: minMaxBy, Doc: "The elements for which fun gives the least and the greatest. Enum.min_max_by([\"aa\", \"b\"], &String.length/1) #=> {\"b\", \"aa\"}"},

		{Name: "Enum/sum", Min: 1, Max: 1, Args: "enumerable", Run: sum, Doc: "The sum of the numbers. Enum.sum(1..4) #=> 10"},
		{Name: "Enum/product", Min: 1, Max: 1, Args: "enumerable", Run: through(productPass, startingAt(lang.Int(1))), Doc: "The product of the numbers. Enum.product(1..4) #=> 24"},
		{Name: "Enum/join", Min: 1, Max: 2, Args: "enumerable, joiner \\\\ \"\"", Run: joinNative, Doc: "The elements as one text, with joiner between. Enum.join([1, 2], \"-\") #=> \"1-2\""},
		{Name: "Enum/map_join", Min: 2, Max: 3, Args: "enumerable, joiner \\\\ \"\", mapper", Run: mapJoin, Doc: "What mapper gives for each element as one text. Enum.map_join([1, 2], \"-\", &(&1 * 2)) #=> \"2-4\""},
		{Name: "Enum/into", Min: 2, Max: 3, Args: "enumerable, collectable, transform", Run: into, Doc: "The elements, or what transform gives for them, in a collection. Enum.into([a: 1], %{}) #=> %{a: 1}"},

		{Name: "Enum/reverse", Min: 1, Max: 2, Args: "enumerable, tail \\\\ []", Run: listed(reversed), Doc: "The elements from the last to the first, in front of tail. Enum.reverse([1, 2], [0]) #=> [2, 1, 0]"},
		{Name: "Enum/reverse_slice", Min: 3, Max: 3, Args: "enumerable, start_index, count", Run: listed(reverseSlice), Doc: "With count elements from start_index on reversed. Enum.reverse_slice([1, 2, 3, 4], 1, 2) #=> [1, 3, 2, 4]"},
		{Name: "Enum/slide", Min: 3, Max: 3, Args: "enumerable, range_or_single_index, insertion_index", Run: listed(slide), Doc: "With one element, or a range of them, at another index. Enum.slide([:a, :b, :c], 0, 2) #=> [:b, :c, :a]"},
		{Name: "Enum/intersperse", Min: 2, Max: 2, Args: "enumerable, separator", Run: listed(intersperse), Doc: "The elements with separator between. Enum.intersperse([1, 2], 0) #=> [1, 0, 2]"},
		{Name: "Enum/concat", Min: 1, Max: 2, Args: "left, right", Run: either(1, listed(concatAll), concatTwo), Doc: "The elements of two enumerables, or of all in an enumerable. Enum.concat([1], 2..3) #=> [1, 2, 3]"},
		{Name: "Enum/unzip", Min: 1, Max: 1, Args: "enumerable", Run: listed(unzip), Doc: "The first and the second elements of the tuples. Enum.unzip(a: 1, b: 2) #=> {[:a, :b], [1, 2]}"},
		{Name: "Enum/zip", Min: 1, Max: 2, Args: "enumerable1, enumerable2", Run: zipNative, Doc: "The elements side by side in tuples, as far as the shortest goes. Enum.zip([1, 2], [:a, :b]) #=> [{1, :a}, {2, :b}]"},
		{Name: "Enum/zip_with", Min: 2, Max: 3, Args: "enumerable1, enumerable2, zip_fun", Run: zipWith, Doc: "What zip_fun gives for the elements side by side. Enum.zip_with([1, 2], [3, 4], &+/2) #=> [4, 6]"},
		{Name: "Enum/zip_reduce", Min: 3, Max: 4, Args: "left, right, acc, reducer", Run: zipReduce, Doc: "Reduces the elements side by side. Enum.zip_reduce([1, 2], [3, 4], 0, fn x, y, acc -> x * y + acc end) #=> 11"},
		{Name: "Enum/shuffle", Min: 1, Max: 1, Args: "enumerable", Run: listed(shuffle), Doc: "The elements in random order."},
		{Name: "Enum/random", Min: 1, Max: 1, Args: "enumerable", Run: listed(randomElement), Doc: "One element by chance."},
		{Name: "Enum/take_random", Min: 2, Max: 2, Args: "enumerable, count", Run: listed(takeRandom), Doc: "count elements by chance, none twice."},
	}
}

func theSame(v lang.Value) lang.Value { return v }

func raiseBounds([]lang.Value) lang.Value {
	Raise("Enum.OutOfBoundsError", "out of bounds error")
	return lang.Nil
}

// mapBetween maps, and puts the separator in acc between.
var mapBetween = &pass{name: "map_intersperse", put: keep, end: func(_ *runtime.Process, s *fold) lang.Value {
	return list(interspersed(s.out.vs, s.acc))
}}

// search makes find, find_value and find_index: the function is the last
// argument, a default stands before it.
func search(k *pass) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		s := &fold{pass: k}
		if len(args) == 3 {
			s.acc = args[1]
		}
		calling(len(args)-1)(s, args)
		return s.start(p, args[0])
	}
}

func withIndex(p *runtime.Process, args []lang.Value) lang.Value {
	from := optional(args, 1, lang.Int(0))
	if from.IsFixed() {
		return (&fold{pass: withOffset, n: from.AsInt()}).start(p, args[0])
	}
	if !callable(from, 2) {
		noClause("Enum", "with_index", args)
	}
	return (&fold{pass: indexed, f: from}).start(p, args[0])
}

func grouped(p *runtime.Process, args []lang.Value) lang.Value {
	checkFunction(args[1])
	if len(args) == 2 {
		return (&fold{pass: groupBy, f: args[1]}).start(p, args[0])
	}
	checkFunction(args[2])
	return (&fold{pass: groupValues, f: args[1], acc: args[2]}).start(p, args[0])
}

// answered goes on with what an implementation of Enumerable says of its
// count or of a member; if it says {:error, _}, its elements are gone through.
type answered struct {
	enum lang.Value
	fold *fold
}

var answeredKont = &runtime.Kont{Name: "Enum", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	if tag, val := tagged(v, okAtom, errorAtom); tag == okAtom {
		return val
	}
	a := state.(answered)
	return a.fold.start(p, a.enum)
}}

// ask asks the implementation first where enum has one of its own.
func (s *fold) ask(p *runtime.Process, name string, args ...lang.Value) lang.Value {
	enum := args[0]
	if _, ok := atHand(enum); ok || callable(enum, 2) {
		return s.start(p, enum)
	}
	return p.Call(answeredKont, answered{enum, s}, implementation(p, "Enumerable", name, enum), args...)
}

func countAll(p *runtime.Process, args []lang.Value) lang.Value {
	if seq, ok := atHand(args[0]); ok {
		if n, ok := lang.Counted(seq); ok {
			return lang.Int(int64(n))
		}
	}
	return (&fold{pass: countPass}).ask(p, "count", args[0])
}

func member(p *runtime.Process, args []lang.Value) lang.Value {
	if known, has := holds(args[0], args[1]); known {
		return lang.Bool(has)
	}
	return (&fold{pass: memberOf, acc: lang.False, f: args[1]}).ask(p, "member?", args...)
}

func countTo(p *runtime.Process, args []lang.Value) lang.Value {
	by := intArg("Enum", "count_until", args, len(args)-1)
	if by < 1 {
		noClause("Enum", "count_until", args)
	}
	s := &fold{pass: countUntil, by: by}
	if len(args) == 3 {
		checkFunction(args[1])
		s.pass, s.f = countIfTil, args[1]
	}
	return s.start(p, args[0])
}
