package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func keywordNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Keyword/new", Min: 0, Max: 2, Args: "pairs, transform", Run: newKeyword, Doc: "A keyword list of pairs, or of those that transform gives, the last of a key only. Keyword.new([a: 1, a: 2]) #=> [a: 2]"},
		{Name: "Keyword/get", Min: 2, Max: 3, Seqs: arg0, Args: "keywords, key, default \\\\ nil", Pure: keywordGet, Doc: "The first value of key, or default. Keyword.get([a: 1], :a) #=> 1"},
		{Name: "Keyword/get_values", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Pure: func(args []lang.Value) lang.Value { return list(valuesOf(args, "get_values")) }, Doc: "All values of key. Keyword.get_values([a: 1, a: 2], :a) #=> [1, 2]"},
		{Name: "Keyword/fetch", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Pure: keywordFetch, Doc: "{:ok, value} of key, or :error. Keyword.fetch([a: 1], :a) #=> {:ok, 1}"},
		{Name: "Keyword/fetch!", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Pure: keywordFetchBang, Doc: "The first value of key; raises KeyError if there is none. Keyword.fetch!([a: 1], :a) #=> 1"},
		{Name: "Keyword/has_key?", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Pure: func(args []lang.Value) lang.Value { return lang.Bool(len(valuesOf(args, "has_key?")) > 0) }, Doc: "Whether key occurs. Keyword.has_key?([a: 1], :a) #=> true"},
		{Name: "Keyword/put", Min: 3, Max: 3, Seqs: arg0, Args: "keywords, key, value", Pure: keywordPut, Doc: "key: value in front of the list without key. Keyword.put([a: 1], :b, 2) #=> [b: 2, a: 1]"},
		{Name: "Keyword/put_new", Min: 3, Max: 3, Seqs: arg0, Args: "keywords, key, value", Doc: "key: value in front, unless key occurs. Keyword.put_new([a: 1], :a, 2) #=> [a: 1]",
			Pure: func(args []lang.Value) lang.Value {
				if len(valuesOf(args[:2], "put_new")) > 0 {
					return args[0]
				}
				return cons(lang.Vec(args[1], args[2]), args[0])
			}},
		{Name: "Keyword/delete", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Pure: func(args []lang.Value) lang.Value { return list(without(args, "delete")) }, Doc: "The list without key. Keyword.delete([a: 1, b: 2], :a) #=> [b: 2]"},
		{Name: "Keyword/delete_first", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Pure: keywordDeleteFirst, Doc: "The list without the first entry of key. Keyword.delete_first([a: 1, a: 2], :a) #=> [a: 2]"},
		{Name: "Keyword/replace", Min: 3, Max: 3, Seqs: arg0, Args: "keywords, key, value", Pure: func(args []lang.Value) lang.Value { v, _ := replaced(args, "replace"); return v }, Doc: "With value in the place of key's first one, if key occurs. Keyword.replace([a: 1], :a, 2) #=> [a: 2]"},
		{Name: "Keyword/replace!", Min: 3, Max: 3, Seqs: arg0, Args: "keywords, key, value", Doc: "replace; raises KeyError unless key occurs. Keyword.replace!([a: 1], :a, 2) #=> [a: 2]",
			Pure: func(args []lang.Value) lang.Value {
				v, found := replaced(args, "replace!")
				if !found {
					raiseKey(args[0], args[1])
				}
				return v
			}},
		{Name: "Keyword/keys", Min: 1, Max: 1, Seqs: arg0, Args: "keywords", Pure: one(func(v lang.Value) lang.Value { ks, _ := pairsOfKeywords(v, "keys"); return list(ks) }), Doc: "The keys, with duplicates. Keyword.keys([a: 1, b: 2]) #=> [:a, :b]"},
		{Name: "Keyword/values", Min: 1, Max: 1, Seqs: arg0, Args: "keywords", Pure: one(func(v lang.Value) lang.Value { _, vs := pairsOfKeywords(v, "values"); return list(vs) }), Doc: "The values. Keyword.values([a: 1, b: 2]) #=> [1, 2]"},
		{Name: "Keyword/to_list", Min: 1, Max: 1, Args: "keywords", Pure: one(theSame), Doc: "The list itself. Keyword.to_list([a: 1]) #=> [a: 1]"},
		{Name: "Keyword/keyword?", Min: 1, Max: 1, Seqs: arg0, Args: "term", Pure: test(isKeywordList), Doc: "Whether term is a keyword list. Keyword.keyword?([a: 1]) #=> true"},
		{Name: "Keyword/equal?", Min: 2, Max: 2, Deep: allArgs, Args: "left, right", Pure: two(keywordEqual), Doc: "Whether two lists have the same entries, whatever the order of the keys. Keyword.equal?([a: 1, b: 2], [b: 2, a: 1]) #=> true"},
		{Name: "Keyword/pop", Min: 2, Max: 3, Seqs: arg0, Args: "keywords, key, default \\\\ nil", Doc: "The first value of key, or default, and the list without key. Keyword.pop([a: 1, b: 2], :a) #=> {1, [b: 2]}",
			Pure: func(args []lang.Value) lang.Value { return lang.Vec(keywordGet(args), list(without(args, "pop"))) }},
		{Name: "Keyword/pop!", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Doc: "pop; raises KeyError unless key occurs. Keyword.pop!([a: 1], :a) #=> {1, []}",
			Pure: func(args []lang.Value) lang.Value {
				return lang.Vec(keywordFetchBang(args), list(without(args, "pop!")))
			}},
		{Name: "Keyword/pop_first", Min: 2, Max: 3, Seqs: arg0, Args: "keywords, key, default \\\\ nil", Doc: "The first value of key, or default, and the list without that entry. Keyword.pop_first([a: 1, a: 2], :a) #=> {1, [a: 2]}",
			Pure: func(args []lang.Value) lang.Value { return lang.Vec(keywordGet(args), keywordDeleteFirst(args)) }},
		{Name: "Keyword/pop_values", Min: 2, Max: 2, Seqs: arg0, Args: "keywords, key", Doc: "All values of key, and the list without key. Keyword.pop_values([a: 1, a: 2], :a) #=> {[1, 2], []}",
			Pure: func(args []lang.Value) lang.Value {
				return lang.Vec(list(valuesOf(args, "pop_values")), list(without(args, "pop_values")))
			}},
		{Name: "Keyword/take", Min: 2, Max: 2, Seqs: allArgs, Args: "keywords, keys", Pure: two(func(l, keys lang.Value) lang.Value { in, _ := partKeywords(l, keys, "take"); return list(in) }), Doc: "The entries of keys. Keyword.take([a: 1, b: 2], [:a]) #=> [a: 1]"},
		{Name: "Keyword/drop", Min: 2, Max: 2, Seqs: allArgs, Args: "keywords, keys", Pure: two(func(l, keys lang.Value) lang.Value { _, out := partKeywords(l, keys, "drop"); return list(out) }), Doc: "The entries of other keys. Keyword.drop([a: 1, b: 2], [:a]) #=> [b: 2]"},
		{Name: "Keyword/split", Min: 2, Max: 2, Seqs: allArgs, Args: "keywords, keys", Doc: "What take and drop give. Keyword.split([a: 1, b: 2], [:a]) #=> {[a: 1], [b: 2]}",
			Pure: two(func(l, keys lang.Value) lang.Value {
				in, out := partKeywords(l, keys, "split")
				return lang.Vec(list(in), list(out))
			})},
		{Name: "Keyword/from_keys", Min: 2, Max: 2, Seqs: arg0, Args: "keys, value", Doc: "A list with value under each key. Keyword.from_keys([:a], 0) #=> [a: 0]",
			Pure: two(func(keys, v lang.Value) lang.Value {
				var out []lang.Value
				for _, k := range elements(keys) {
					out = append(out, lang.Vec(k, v))
				}
				return list(out)
			})},
		{Name: "Keyword/filter", Min: 2, Max: 2, Args: "keywords, fun", Run: through(filterPass, calling(1)), Doc: "The entries for which fun gives a truthy value. Keyword.filter([a: 1, b: 2], fn {_, v} -> v > 1 end) #=> [b: 2]"},
		{Name: "Keyword/reject", Min: 2, Max: 2, Args: "keywords, fun", Run: through(rejectPass, calling(1)), Doc: "The entries for which fun gives false or nil. Keyword.reject([a: 1, b: 2], fn {_, v} -> v > 1 end) #=> [a: 1]"},
		{Name: "Keyword/split_with", Min: 2, Max: 2, Args: "keywords, fun", Run: through(splitWith, calling(1)), Doc: "What filter and reject give. Keyword.split_with([a: 1, b: 2], fn {_, v} -> v > 1 end) #=> {[b: 2], [a: 1]}"},
	}
}

// keywordsArg gives the entries of a keyword list; other values match no clause.
func keywordsArg(args []lang.Value, name string) []lang.Value {
	if !isList(args[0]) {
		noClause("Keyword", name, args)
	}
	return elements(args[0])
}

// entryKey gives the key of an entry, false for what is none.
func entryKey(v lang.Value) (lang.Value, bool) {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 2 {
		return lang.Nil, false
	}
	return t.Nth(0), true
}

// hasKey reports whether an element is an entry of a key.
func hasKey(v, key lang.Value) bool {
	k, ok := entryKey(v)
	return ok && lang.Identical(k, key)
}

func keywordGet(args []lang.Value) lang.Value {
	if !isList(args[0]) {
		noClause("Keyword", "get", []lang.Value{args[0], args[1], optional(args, 2, lang.Nil)})
	}
	for _, v := range elements(args[0]) {
		if hasKey(v, args[1]) {
			return pairOf(v).Nth(1)
		}
	}
	return optional(args, 2, lang.Nil)
}

func keywordFetch(args []lang.Value) lang.Value {
	if vs := valuesOf(args, "fetch"); len(vs) > 0 {
		return ok(vs[0])
	}
	return errorAtom
}

func keywordFetchBang(args []lang.Value) lang.Value {
	vs := valuesOf(args, "fetch!")
	if len(vs) == 0 {
		raiseKey(args[0], args[1])
	}
	return vs[0]
}

func valuesOf(args []lang.Value, name string) []lang.Value {
	var out []lang.Value
	for _, v := range keywordsArg(args, name) {
		if hasKey(v, args[1]) {
			out = append(out, pairOf(v).Nth(1))
		}
	}
	return out
}

func without(args []lang.Value, name string) []lang.Value {
	var out []lang.Value
	for _, v := range keywordsArg(args, name) {
		if !hasKey(v, args[1]) {
			out = append(out, v)
		}
	}
	return out
}

func keywordPut(args []lang.Value) lang.Value {
	return list(append([]lang.Value{lang.Vec(args[1], args[2])}, without(args, "put")...))
}

func keywordDeleteFirst(args []lang.Value) lang.Value {
	vs := keywordsArg(args, "delete_first")
	i := slices.IndexFunc(vs, func(v lang.Value) bool { return hasKey(v, args[1]) })
	if i < 0 {
		return args[0]
	}
	return list(slices.Concat(vs[:i], vs[i+1:]))
}

// replaced puts a value in the place of a key's first entry and drops its others.
func replaced(args []lang.Value, name string) (lang.Value, bool) {
	var out []lang.Value
	found := false
	for _, v := range keywordsArg(args, name) {
		switch {
		case !hasKey(v, args[1]):
			out = append(out, v)
		case !found:
			out = append(out, lang.Vec(args[1], args[2]))
			found = true
		}
	}
	return list(out), found
}

func pairsOfKeywords(v lang.Value, name string) (keys, vals []lang.Value) {
	for _, e := range keywordsArg([]lang.Value{v}, name) {
		k, ok := entryKey(e)
		if !ok || !isAtom(k) {
			noClause("Keyword", name, []lang.Value{v})
		}
		keys, vals = append(keys, k), append(vals, pairOf(e).Nth(1))
	}
	return keys, vals
}

func isKeywordList(v lang.Value) bool {
	if !isList(v) {
		return false
	}
	for _, e := range elements(v) {
		if k, ok := entryKey(e); !ok || !isAtom(k) {
			return false
		}
	}
	return true
}

func keywordEqual(a, b lang.Value) lang.Value {
	as, bs := slices.Clone(keywordsArg([]lang.Value{a, b}, "equal?")), slices.Clone(keywordsArg([]lang.Value{b, a}, "equal?"))
	byKey := func(x, y lang.Value) int { return lang.TermCompare(pairOf(x).Nth(0), pairOf(y).Nth(0)) }
	slices.SortStableFunc(as, byKey)
	slices.SortStableFunc(bs, byKey)
	return lang.Bool(slices.EqualFunc(as, bs, lang.Same))
}

func partKeywords(l, keys lang.Value, name string) (in, out []lang.Value) {
	wanted := elements(keys)
	for _, v := range keywordsArg([]lang.Value{l, keys}, name) {
		if slices.ContainsFunc(wanted, func(k lang.Value) bool { return hasKey(v, k) }) {
			in = append(in, v)
		} else {
			out = append(out, v)
		}
	}
	return in, out
}

// newKeyword makes a keyword list in which the last entry of a key wins, and
// stands where that one stood.
func newKeyword(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		return emptyList
	}
	s := &fold{pass: keywordPlain}
	if len(args) == 2 {
		calling(1)(s, args)
		s.pass = keywordMapped
	}
	return s.start(p, args[0])
}

var (
	keywordPlain  = &pass{name: "new", see: keep, end: giveKeywords}
	keywordMapped = &pass{name: "new", put: keep, end: giveKeywords}
)

func giveKeywords(_ *runtime.Process, s *fold) lang.Value {
	seen := lang.EmptyErlangSet
	var out []lang.Value
	for _, v := range slices.Backward(s.out.vs) {
		k, ok := entryKey(v)
		if !ok || !isAtom(k) {
			noClause("Keyword", "new", []lang.Value{v})
		}
		if !seen.Has(k) {
			seen = seen.Conj(k)
			out = append(out, v)
		}
	}
	slices.Reverse(out)
	return list(out)
}
