package kernel

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func listNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "List/first", Min: 1, Max: 2, Args: "list, default \\\\ nil", Seqs: arg0, Pure: endOf("first", func(vs []lang.Value) lang.Value { return vs[0] }), Doc: "The first element, or default. List.first([1, 2]) #=> 1"},
		{Name: "List/last", Min: 1, Max: 2, Args: "list, default \\\\ nil", Seqs: arg0, Pure: endOf("last", func(vs []lang.Value) lang.Value { return vs[len(vs)-1] }), Doc: "The last element, or default. List.last([1, 2]) #=> 2"},
		{Name: "List/delete", Min: 2, Max: 2, Args: "list, element", Seqs: arg0, Pure: listDelete, Doc: "The list without the first element that equals element. List.delete([1, 2, 1], 1) #=> [2, 1]"},
		{Name: "List/delete_at", Min: 2, Max: 2, Args: "list, index", Seqs: arg0, Pure: func(args []lang.Value) lang.Value { _, rest := popAt(args, "delete_at"); return rest }, Doc: "The list without the element at index. List.delete_at([1, 2, 3], 1) #=> [1, 3]"},
		{Name: "List/pop_at", Min: 2, Max: 3, Args: "list, index, default \\\\ nil", Seqs: arg0, Pure: func(args []lang.Value) lang.Value { v, rest := popAt(args, "pop_at"); return lang.Vec(v, rest) }, Doc: "The element at index, or default, and the list without it. List.pop_at([1, 2, 3], 0) #=> {1, [2, 3]}"},
		{Name: "List/insert_at", Min: 3, Max: 3, Args: "list, index, value", Seqs: arg0, Pure: listInsertAt, Doc: "The list with value at index; a negative one counts from behind the end. List.insert_at([1, 3], 1, 2) #=> [1, 2, 3]"},
		{Name: "List/replace_at", Min: 3, Max: 3, Args: "list, index, value", Seqs: arg0, Doc: "The list with value in place of the element at index. List.replace_at([1, 2], 0, 9) #=> [9, 2]",
			Pure: func(args []lang.Value) lang.Value {
				vs, at := slices.Clone(listArg("List", "replace_at", args, 0)), intArg("List", "replace_at", args, 1)
				if i := fromIndex(at, int64(len(vs))); i >= 0 && i < int64(len(vs)) {
					vs[i] = args[2]
				}
				return list(vs)
			}},
		{Name: "List/duplicate", Min: 2, Max: 2, Args: "elem, n", Doc: "A list of n times elem. List.duplicate(0, 3) #=> [0, 0, 0]",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				n := intArg("List", "duplicate", args, 1)
				if n < 0 {
					noClause("List", "duplicate", args)
				}
				p.W.Reserve(int(min(n, 1<<40)) * 24)
				return list(slices.Repeat([]lang.Value{args[0]}, int(n)))
			}},
		{Name: "List/flatten", Min: 1, Max: 2, Args: "list, tail \\\\ []", Seqs: allArgs, Deep: arg0, Pure: listFlatten, Doc: "The elements of the lists in a list, at every depth. List.flatten([1, [2, [3]]]) #=> [1, 2, 3]"},
		{Name: "List/wrap", Min: 1, Max: 1, Args: "term", Doc: "term if it is a list, [] for nil, else [term]. List.wrap(1) #=> [1]",
			Pure: one(func(v lang.Value) lang.Value {
				switch {
				case isList(v):
					return v
				case v.IsNil():
					return emptyList
				}
				return lang.ListOf(v)
			})},
		{Name: "List/zip", Min: 1, Max: 1, Args: "list_of_lists", Run: zipAll, Doc: "The elements of several lists side by side. List.zip([[1, 2], [3, 4]]) #=> [{1, 3}, {2, 4}]"},
		{Name: "List/to_tuple", Min: 1, Max: 1, Args: "list", Seqs: arg0, Pure: func(args []lang.Value) lang.Value { return lang.Vec(listArg("List", "to_tuple", args, 0)...) }, Doc: "The elements in a tuple. List.to_tuple([1, 2]) #=> {1, 2}"},
		{Name: "List/starts_with?", Min: 2, Max: 2, Args: "list, prefix", Deep: allArgs, Doc: "Whether list begins with the elements of prefix. List.starts_with?([1, 2], [1]) #=> true",
			Pure: func(args []lang.Value) lang.Value {
				vs, prefix := listArg("List", "starts_with?", args, 0), listArg("List", "starts_with?", args, 1)
				return lang.Bool(len(prefix) <= len(vs) && slices.EqualFunc(vs[:len(prefix)], prefix, lang.Same))
			}},
		{Name: "List/improper?", Min: 1, Max: 1, Args: "list", Doc: "Whether list ends in something else than []. List.improper?([1, 2]) #=> false",
			Pure: func(args []lang.Value) lang.Value {
				if !isList(args[0]) && !isImproper(args[0]) {
					noClause("List", "improper?", args)
				}
				return lang.Bool(isImproper(args[0]))
			}},
		{Name: "List/ascii_printable?", Min: 1, Max: 2, Args: "list, limit \\\\ :infinity", Seqs: arg0, Pure: asciiPrintable, Doc: "Whether a charlist holds printable ASCII alone. List.ascii_printable?('abc') #=> true"},
		{Name: "List/to_string", Min: 1, Max: 1, Args: "list", Deep: arg0, Pure: listToString, Doc: "The text of characters, binaries and lists of them. List.to_string('abc') #=> \"abc\""},
		{Name: "List/to_charlist", Min: 1, Max: 1, Args: "list", Deep: arg0, Doc: "The characters of what to_string takes. List.to_charlist(['a', \"b\"]) #=> 'ab'",
			Pure: func(args []lang.Value) lang.Value {
				s, _ := listToString(args).AsString()
				var out []lang.Value
				for _, r := range s {
					out = append(out, lang.Int(int64(r)))
				}
				return list(out)
			}},
		{Name: "List/to_atom", Min: 1, Max: 1, Args: "charlist", Deep: arg0, Pure: charsTo("an atom", func(s string) (lang.Value, bool) { return atomNamed(s), true }), Doc: "The atom of a name. List.to_atom('ok') #=> :ok"},
		{Name: "List/to_existing_atom", Min: 1, Max: 1, Args: "charlist", Deep: arg0, Pure: charsTo("an atom", func(s string) (lang.Value, bool) { return atomNamed(s), true }), Doc: "The atom of a name. List.to_existing_atom('ok') #=> :ok"},
		{Name: "List/to_integer", Min: 1, Max: 2, Args: "charlist, base \\\\ 10", Deep: arg0, Doc: "The integer that a charlist shows. List.to_integer('12') #=> 12",
			Pure: func(args []lang.Value) lang.Value {
				base := 10
				if len(args) == 2 {
					base = int(intArg("List", "to_integer", args, 1))
				}
				return charsTo("an integer", func(s string) (lang.Value, bool) {
					i, ok := new(big.Int).SetString(s, base)
					if !ok {
						return lang.Nil, false
					}
					return lang.Norm(lang.Big(i)), true
				})(args)
			}},
		{Name: "List/to_float", Min: 1, Max: 1, Args: "charlist", Deep: arg0, Doc: "The float that a charlist shows. List.to_float('1.5') #=> 1.5",
			Pure: charsTo("a float", func(s string) (lang.Value, bool) {
				f, err := strconv.ParseFloat(s, 64)
				return lang.Float(f), err == nil && strings.Contains(s, ".")
			})},
		{Name: "List/foldl", Min: 3, Max: 3, Args: "list, acc, fun", Run: through(reducePass, accAt(1)), Doc: "Reduces from the left. List.foldl([1, 2], 0, fn x, acc -> x - acc end) #=> 1"},
		{Name: "List/foldr", Min: 3, Max: 3, Args: "list, acc, fun", Doc: "Reduces from the right. List.foldr([1, 2], 0, fn x, acc -> x - acc end) #=> -1",
			Run: listed(func(p *runtime.Process, vs, args []lang.Value) lang.Value {
				back := slices.Clone(vs)
				slices.Reverse(back)
				checkFunction(args[1])
				return (&fold{pass: reducePass, acc: args[0], f: args[1], rest: list(back)}).walk(p)
			})},

		{Name: "List/keyfind", Min: 3, Max: 4, Args: "list, key, position, default \\\\ nil", Deep: arg1, Seqs: arg0, Doc: "The first tuple with key at position, or default. List.keyfind([a: 1], :a, 0) #=> {:a, 1}",
			Pure: func(args []lang.Value) lang.Value {
				vs, i := keyPlace("keyfind", args)
				if i < 0 {
					return optional(args, 3, lang.Nil)
				}
				return vs[i]
			}},
		{Name: "List/keyfind!", Min: 3, Max: 3, Args: "list, key, position", Deep: arg1, Seqs: arg0, Doc: "keyfind; raises KeyError if there is none. List.keyfind!([a: 1], :a, 0) #=> {:a, 1}",
			Pure: func(args []lang.Value) lang.Value {
				vs, i := keyPlace("keyfind!", args)
				if i < 0 {
					raiseStruct("KeyError", lang.K("key"), args[1], lang.K("term"), args[0],
						keyMessage, lang.Str("key "+lang.Inspect(args[1])+" at position "+lang.Inspect(args[2])+" not found in: "+lang.Inspect(args[0])))
				}
				return vs[i]
			}},
		{Name: "List/keymember?", Min: 3, Max: 3, Args: "list, key, position", Deep: arg1, Seqs: arg0, Pure: func(args []lang.Value) lang.Value { _, i := keyPlace("keymember?", args); return lang.Bool(i >= 0) }, Doc: "Whether a tuple has key at position. List.keymember?([a: 1], :a, 0) #=> true"},
		{Name: "List/keydelete", Min: 3, Max: 3, Args: "list, key, position", Deep: arg1, Seqs: arg0, Doc: "The list without the first tuple that has key at position. List.keydelete([a: 1, b: 2], :a, 0) #=> [b: 2]",
			Pure: func(args []lang.Value) lang.Value {
				vs, i := keyPlace("keydelete", args)
				if i < 0 {
					return args[0]
				}
				return list(slices.Concat(vs[:i], vs[i+1:]))
			}},
		{Name: "List/keyreplace", Min: 4, Max: 4, Args: "list, key, position, new_tuple", Deep: arg1, Seqs: arg0, Doc: "The list with new_tuple for the first that has key at position. List.keyreplace([a: 1], :a, 0, {:a, 2}) #=> [a: 2]",
			Pure: func(args []lang.Value) lang.Value { return keyReplace("keyreplace", args, false) }},
		{Name: "List/keystore", Min: 4, Max: 4, Args: "list, key, position, new_tuple", Deep: arg1, Seqs: arg0, Doc: "keyreplace, or new_tuple at the end. List.keystore([a: 1], :b, 0, {:b, 2}) #=> [a: 1, b: 2]",
			Pure: func(args []lang.Value) lang.Value { return keyReplace("keystore", args, true) }},
		{Name: "List/keytake", Min: 3, Max: 3, Args: "list, key, position", Deep: arg1, Seqs: arg0, Doc: "The first tuple with key at position and the list without it, or nil. List.keytake([a: 1, b: 2], :a, 0) #=> {{:a, 1}, [b: 2]}",
			Pure: func(args []lang.Value) lang.Value {
				vs, i := keyPlace("keytake", args)
				if i < 0 {
					return lang.Nil
				}
				return lang.Vec(vs[i], list(slices.Concat(vs[:i], vs[i+1:])))
			}},
		{Name: "List/keysort", Min: 2, Max: 3, Args: "list, position, sorter \\\\ :asc", Doc: "The tuples in the order of what they have at position. List.keysort([b: 1, a: 2], 0) #=> [a: 2, b: 1]",
			Run: listed(func(p *runtime.Process, vs, args []lang.Value) lang.Value {
				keys := make([]lang.Value, len(vs))
				for i, v := range vs {
					keys[i] = tupleAt(v, args[0])
				}
				return orderOf(p, optional(args, 1, ascending)).sort(p, keysOf(keys, vs), giveKeyed)
			})},
	}
}

// endOf makes first and last.
func endOf(name string, pick func(vs []lang.Value) lang.Value) pure {
	return func(args []lang.Value) lang.Value {
		whole := []lang.Value{args[0], optional(args, 1, lang.Nil)}
		if vs := listArg("List", name, whole, 0); len(vs) > 0 {
			return pick(vs)
		}
		return whole[1]
	}
}

func listDelete(args []lang.Value) lang.Value {
	vs := listArg("List", "delete", args, 0)
	i := slices.IndexFunc(vs, func(v lang.Value) bool { return lang.Same(v, args[1]) })
	if i < 0 {
		return args[0]
	}
	return list(slices.Delete(vs, i, i+1))
}

// popAt gives the element at an index, or the default, and the list without it.
func popAt(args []lang.Value, name string) (lang.Value, lang.Value) {
	vs, at := listArg("List", name, args, 0), intArg("List", name, args, 1)
	i := fromIndex(at, int64(len(vs)))
	if i < 0 || i >= int64(len(vs)) {
		return optional(args, 2, lang.Nil), args[0]
	}
	v := vs[i]
	return v, list(slices.Delete(vs, int(i), int(i)+1))
}

func listInsertAt(args []lang.Value) lang.Value {
	vs, at := listArg("List", "insert_at", args, 0), intArg("List", "insert_at", args, 1)
	n := int64(len(vs))
	if at < 0 {
		at += n + 1
	}
	return list(slices.Insert(vs, int(min(max(at, 0), n)), args[2]))
}

// listFlatten works on a stack of its own, so that no nesting is too deep.
func listFlatten(args []lang.Value) lang.Value {
	listArg("List", "flatten", args, 0)
	var out []lang.Value
	stack := []lang.Value{args[0]}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !isList(v) {
			out = append(out, v)
			continue
		}
		inner := lang.ToSlice(v)
		slices.Reverse(inner)
		stack = append(stack, inner...)
	}
	if len(args) == 2 {
		return onto(out, args[1])
	}
	return list(out)
}

func asciiPrintable(args []lang.Value) lang.Value {
	vs := listArg("List", "ascii_printable?", args, 0)
	if len(args) == 2 && args[1].IsFixed() {
		vs = vs[:min(int64(len(vs)), max(args[1].AsInt(), 0))]
	}
	return lang.Bool(!slices.ContainsFunc(vs, func(v lang.Value) bool {
		if !v.IsFixed() {
			return true
		}
		c := v.AsInt()
		return (c < 32 || c > 126) && (c < 7 || c > 13) && c != 27
	}))
}

// listToString makes a text of characters, binaries and lists of them.
func listToString(args []lang.Value) lang.Value {
	if !isList(args[0]) {
		noClause("List", "to_string", args)
	}
	return lang.Str(listText(args[0]))
}

// charsTo makes a native that reads the text of a charlist, which must show what.
func charsTo(what string, read func(s string) (lang.Value, bool)) pure {
	return func(args []lang.Value) lang.Value {
		if !isList(args[0]) {
			badArg(0, "not a list")
		}
		s, _ := listToString(args[:1]).AsString()
		v, ok := read(s)
		if !ok {
			badArg(0, "not a textual representation of "+what)
		}
		return v
	}
}

// atomNamed gives the atom of a name: nil, true and false are themselves.
func atomNamed(s string) lang.Value {
	switch s {
	case "nil":
		return lang.Nil
	case "true", "false":
		return lang.Bool(s == "true")
	}
	return lang.K(s)
}

// keyPlace finds the first tuple with a key at a position, -1 if there is none.
func keyPlace(name string, args []lang.Value) ([]lang.Value, int) {
	vs, at := listArg("List", name, args, 0), intArg("List", name, args, 2)
	return vs, slices.IndexFunc(vs, func(v lang.Value) bool {
		t, ok := v.Obj().(*lang.Vector)
		return ok && at >= 0 && at < int64(t.Len()) && lang.TermCompare(t.Nth(int(at)), args[1]) == 0
	})
}

func keyReplace(name string, args []lang.Value, add bool) lang.Value {
	if !isTuple(args[3]) {
		noClause("List", name, args)
	}
	vs, i := keyPlace(name, args)
	switch {
	case i >= 0:
		vs[i] = args[3]
	case add:
		vs = append(vs, args[3])
	}
	return list(vs)
}

// tupleAt gives what a tuple has at a position, or raises ArgumentError.
func tupleAt(v, at lang.Value) lang.Value {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || !at.IsFixed() || at.AsInt() < 0 || at.AsInt() >= int64(t.Len()) {
		badArg(0, "out of range")
	}
	return t.Nth(int(at.AsInt()))
}
