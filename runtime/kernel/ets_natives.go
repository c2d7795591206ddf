package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func etsNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "ets/new", Min: 2, Max: 2, Seqs: arg1, Args: "name, options", Run: onRegister("ets.new", runtime.Write, newTable), Doc: "A new table, of which the calling process is the owner. :ets.new(:t, [:set, :public])"},
		{Name: "ets/insert", Min: 2, Max: 2, Deep: arg1, Args: "table, objects", Run: onTable(writes, etsInsert)("insert"), Doc: "Puts a tuple, or each of a list, into the table. :ets.insert(t, {:a, 1}) #=> true"},
		{Name: "ets/insert_new", Min: 2, Max: 2, Deep: arg1, Args: "table, objects", Run: onTable(writes, etsInsertNew)("insert_new"), Doc: "insert, unless a key is there already. :ets.insert_new(t, {:a, 1}) #=> true"},
		{Name: "ets/lookup", Min: 2, Max: 2, Deep: arg1, Args: "table, key", Run: onTable(reads, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value { return list(t.rows.get(args[1])) })("lookup"), Doc: "The tuples of a key. :ets.lookup(t, :a) #=> [a: 1]"},
		{Name: "ets/lookup_element", Min: 3, Max: 4, Deep: arg1, Args: "table, key, pos, default", Run: onTable(reads, etsLookupElement)("lookup_element"), Doc: "What the tuple of a key has at a place, from 1. :ets.lookup_element(t, :a, 2) #=> 1"},
		{Name: "ets/member", Min: 2, Max: 2, Deep: arg1, Args: "table, key", Run: onTable(reads, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
			return lang.Bool(len(t.rows.get(args[1])) > 0)
		})("member"), Doc: "Whether the table has a key. :ets.member(t, :a) #=> true"},
		{Name: "ets/take", Min: 2, Max: 2, Deep: arg1, Args: "table, key", Run: onTable(writes, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
			had := t.rows.get(args[1])
			t.set(args[1], len(had), nil)
			return list(had)
		})("take"), Doc: "Takes the tuples of a key out and gives them."},
		{Name: "ets/delete", Min: 1, Max: 2, Deep: arg1, Args: "table, key", Run: either(1, onTable(owns, etsDeleteTable)("delete"), onTable(writes, etsDelete)("delete")), Doc: "Deletes the tuples of a key, or the table. :ets.delete(t, :a) #=> true"},
		{Name: "ets/delete_object", Min: 2, Max: 2, Deep: arg1, Args: "table, object", Run: onTable(writes, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
			t.drop(func(o lang.Value) bool { return lang.Same(o, args[1]) })
			return lang.True
		})("delete_object"), Doc: "Deletes the tuples that equal object."},
		{Name: "ets/delete_all_objects", Min: 1, Max: 1, Args: "table", Run: onTable(writes, func(t *Table, _ *runtime.Process, _ []lang.Value) lang.Value {
			t.rows, t.n = newRows(t.rows.tree != nil), 0
			return lang.True
		})("delete_all_objects"), Doc: "Empties the table."},
		{Name: "ets/update_counter", Min: 3, Max: 4, Deep: arg1, Args: "table, key, update, default", Run: onTable(writes, etsUpdateCounter)("update_counter"), Doc: "Adds to a number in the tuple of a key, at once, and gives the sum. update is the increment of the element behind the key, or {pos, increment}, or {pos, increment, threshold, value}, or a list of those. :ets.update_counter(t, :a, 5) #=> 6"},
		{Name: "ets/update_element", Min: 3, Max: 3, Deep: arg1, Args: "table, key, element", Run: onTable(writes, etsUpdateElement)("update_element"), Doc: "Sets elements in the tuple of a key by {pos, value} or a list of those; false if there is no such key."},
		{Name: "ets/tab2list", Min: 1, Max: 1, Args: "table", Run: onTable(reads, func(t *Table, _ *runtime.Process, _ []lang.Value) lang.Value { return list(t.rows.all()) })("tab2list"), Doc: "All tuples."},
		{Name: "ets/foldl", Min: 3, Max: 3, Args: "fun, acc, table", Run: etsFold(false), Doc: "Reduces the tuples of a table from the first to the last. :ets.foldl(fn {_, v}, sum -> v + sum end, 0, t) #=> 1"},
		{Name: "ets/foldr", Min: 3, Max: 3, Args: "fun, acc, table", Run: etsFold(true), Doc: "Reduces the tuples of a table from the last to the first."},
		{Name: "ets/first", Min: 1, Max: 1, Args: "table", Run: onTable(reads, etsEnd(false))("first"), Doc: "The first key, or :\"$end_of_table\"."},
		{Name: "ets/last", Min: 1, Max: 1, Args: "table", Run: onTable(reads, etsEnd(true))("last"), Doc: "The last key, or :\"$end_of_table\"."},
		{Name: "ets/next", Min: 2, Max: 2, Deep: arg1, Args: "table, key", Run: onTable(reads, etsBeside(false))("next"), Doc: "The key behind a key, or :\"$end_of_table\"."},
		{Name: "ets/prev", Min: 2, Max: 2, Deep: arg1, Args: "table, key", Run: onTable(reads, etsBeside(true))("prev"), Doc: "The key before a key, or :\"$end_of_table\"."},
		{Name: "ets/info", Min: 1, Max: 2, Args: "table, item", Run: etsInfo, Doc: "What is known of a table, or one item of it; :undefined if there is none. :ets.info(t, :size) #=> 1"},
		{Name: "ets/rename", Min: 2, Max: 2, Args: "table, name", Run: onTable(owns, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
			t.name = args[1]
			return t.identifier()
		})("rename"), Doc: "Gives a table another name."},
		{Name: "ets/safe_fixtable", Min: 2, Max: 2, Args: "table, fix", Run: onTable(reads, func(*Table, *runtime.Process, []lang.Value) lang.Value { return lang.True })("safe_fixtable"), Doc: "true: a table here can always be gone through while it changes."},
		{Name: "ets/whereis", Min: 1, Max: 1, Args: "table", Run: onRegister("ets.whereis", runtime.Read, func(r *tables, _ *runtime.Process, args []lang.Value) lang.Value {
			if t := r.find(args[0]); t != nil {
				return lang.Obj(t)
			}
			return lang.K("undefined")
		}), Doc: "The table of a name, or :undefined."},
		{Name: "ets/all", Min: 0, Max: 0, Args: "", Run: onRegister("ets.all", runtime.Read, func(r *tables, _ *runtime.Process, _ []lang.Value) lang.Value {
			var out []lang.Value
			for _, t := range r.all {
				out = append(out, t.identifier())
			}
			return list(out)
		}), Doc: "All tables."},
		{Name: "ets/match", Min: 2, Max: 2, Deep: arg1, Args: "table, pattern", Run: onTable(reads, etsMatch)("match"), Doc: "For each tuple that matches pattern, the list of what its variables :\"$1\", :\"$2\" ... stand for. :ets.match(t, {:\"$1\", 1}) #=> [[:a]]"},
		{Name: "ets/match_object", Min: 2, Max: 2, Deep: arg1, Args: "table, pattern", Run: onTable(reads, etsMatchObject)("match_object"), Doc: "The tuples that match pattern. :ets.match_object(t, {:_, 1}) #=> [a: 1]"},
		{Name: "ets/match_delete", Min: 2, Max: 2, Deep: arg1, Args: "table, pattern", Run: onTable(writes, etsMatchDelete)("match_delete"), Doc: "Deletes the tuples that match pattern."},
		{Name: "ets/select", Min: 2, Max: 2, Deep: arg1, Args: "table, match_spec", Run: onTable(reads, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value { return list(t.selected(args[1])) })("select"), Doc: "What the clauses {pattern, guards, body} of a match specification give for the tuples. :ets.select(t, [{{:\"$1\", :_}, [], [:\"$1\"]}]) #=> [:a]"},
		{Name: "ets/match_spec_compile", Min: 1, Max: 1, Deep: arg0, Args: "match_spec", Doc: "A match specification for match_spec_run: the specification itself, if it is valid.",
			Pure: one(func(v lang.Value) lang.Value { clauses(v, 0); return v })},
		{Name: "ets/match_spec_run", Min: 2, Max: 2, Deep: allArgs, Pure: two(matchSpecRun), Args: "list, compiled", Doc: "What a match specification gives for the tuples of a list, as select does for those of a table."},
		{Name: "ets/select_count", Min: 2, Max: 2, Deep: arg1, Args: "table, match_spec", Run: onTable(reads, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
			return lang.Int(int64(len(slices.DeleteFunc(t.selected(args[1]), notTrue))))
		})("select_count"), Doc: "For how many tuples a match specification gives true."},
		{Name: "ets/select_delete", Min: 2, Max: 2, Deep: arg1, Args: "table, match_spec", Run: onTable(writes, func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
			spec := clauses(args[1], 1)
			return lang.Int(int64(t.drop(func(o lang.Value) bool {
				v, matched := spec.apply(o)
				return matched && !notTrue(v)
			})))
		})("select_delete"), Doc: "Deletes the tuples for which a match specification gives true, and says how many they were."},
	}
}

func notTrue(v lang.Value) bool { return v != lang.True }

// objects gives the tuples that insert takes: one, or a list of them.
func (t *Table) objects(v lang.Value) []lang.Value {
	vs := []lang.Value{v}
	if isList(v) {
		vs = elements(v)
	}
	for _, o := range vs {
		t.key(o)
	}
	return vs
}

func etsInsert(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	for _, o := range t.objects(args[1]) {
		t.add(o)
	}
	return lang.True
}

func etsInsertNew(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	vs := t.objects(args[1])
	for _, o := range vs {
		if len(t.rows.get(t.key(o))) > 0 {
			return lang.False
		}
	}
	for _, o := range vs {
		t.add(o)
	}
	return lang.True
}

func etsLookupElement(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	had := t.rows.get(args[1])
	if len(had) == 0 {
		if len(args) == 4 {
			return args[3]
		}
		badArg(1, "not a key that exists in the table")
	}
	var out []lang.Value
	for _, o := range had {
		v, ok := tuplePlace(o, args[2])
		if !ok {
			badArg(2, "position is out of range")
		}
		out = append(out, v)
	}
	if t.kind == "bag" || t.kind == "duplicate_bag" {
		return list(out)
	}
	return out[0]
}

// tuplePlace gives what a tuple has at a place from 1.
func tuplePlace(tuple, pos lang.Value) (lang.Value, bool) {
	v := tuple.Obj().(*lang.Vector)
	if !pos.IsFixed() || pos.AsInt() < 1 || pos.AsInt() > int64(v.Len()) {
		return lang.Nil, false
	}
	return v.Nth(int(pos.AsInt()) - 1), true
}

func etsDelete(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	t.set(args[1], len(t.rows.get(args[1])), nil)
	return lang.True
}

func etsDeleteTable(t *Table, p *runtime.Process, _ []lang.Value) lang.Value {
	tablesOf(p.W).remove(p.W, t)
	return lang.True
}

// etsUpdateCounter adds to the numbers of the one tuple of a key.
func etsUpdateCounter(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	if t.kind == "bag" || t.kind == "duplicate_bag" {
		badArg(0, "the table type is an improper type for this operation")
	}
	had := t.rows.get(args[1])
	if len(had) == 0 {
		if len(args) < 4 {
			badArg(1, "not a key that exists in the table")
		}
		t.key(args[3])
		had = []lang.Value{lang.Obj(args[3].Obj().(*lang.Vector).Assoc(int(t.keyPos)-1, args[1]))}
	}
	tuple := had[0].Obj().(*lang.Vector)
	updates, several := []lang.Value{args[2]}, isList(args[2])
	if several {
		updates = elements(args[2])
	}
	var out []lang.Value
	for _, u := range updates {
		var sum lang.Value
		tuple, sum = t.count(tuple, u)
		out = append(out, sum)
	}
	t.set(args[1], len(t.rows.get(args[1])), []lang.Value{lang.Obj(tuple)})
	if several {
		return list(out)
	}
	return out[0]
}

// count does one update of a counter.
func (t *Table) count(tuple *lang.Vector, update lang.Value) (*lang.Vector, lang.Value) {
	parts := []lang.Value{lang.Int(t.keyPos + 1), update}
	if v, ok := update.Obj().(*lang.Vector); ok {
		parts = v.AppendTo(nil)
	}
	if len(parts) != 2 && len(parts) != 4 {
		badArg(2, "not a valid counter operation")
	}
	old, ok := tuplePlace(lang.Obj(tuple), parts[0])
	if !ok || parts[0].AsInt() == t.keyPos {
		badArg(2, "position is out of range")
	}
	if !lang.IsInteger(old) || !lang.IsInteger(parts[1]) {
		badArg(2, "not an integer")
	}
	sum := lang.AddP(old, parts[1])
	if len(parts) == 4 {
		if up := lang.Sign(parts[1]) >= 0; up && lang.Lt(parts[2], sum) || !up && lang.Lt(sum, parts[2]) {
			sum = parts[3]
		}
	}
	return tuple.Assoc(int(parts[0].AsInt())-1, sum), sum
}

func etsUpdateElement(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
	had := t.rows.get(args[1])
	if len(had) == 0 {
		return lang.False
	}
	tuple := had[0].Obj().(*lang.Vector)
	updates := []lang.Value{args[2]}
	if isList(args[2]) {
		updates = elements(args[2])
	}
	for _, u := range updates {
		pair, ok := u.Obj().(*lang.Vector)
		if !ok || pair.Len() != 2 {
			badArg(2, "not a valid element specification")
		}
		if _, ok := tuplePlace(lang.Obj(tuple), pair.Nth(0)); !ok || pair.Nth(0).AsInt() == t.keyPos {
			badArg(2, "position is out of range")
		}
		tuple = tuple.Assoc(int(pair.Nth(0).AsInt())-1, pair.Nth(1))
	}
	t.set(args[1], len(had), []lang.Value{lang.Obj(tuple)})
	return lang.True
}

// etsFold reads all tuples at once, as one operation, and then reduces them.
func etsFold(back bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		f, acc := args[0], args[1]
		checkFunction(f)
		all := func(t *Table, _ *runtime.Process, _ []lang.Value) lang.Value {
			vs := t.rows.all()
			if back {
				slices.Reverse(vs)
			}
			return list(vs)
		}
		e := &tableOp{name: "fold", args: []lang.Value{args[2]}, do: all, r: tablesOf(p.W)}
		return p.PerformThen(e, etsFoldKont, &fold{pass: reducePass, f: f, acc: acc})
	}
}

var etsFoldKont = &runtime.Kont{Name: ":ets.foldl", Return: func(p *runtime.Process, state any, tuples lang.Value) lang.Value {
	s := *state.(*fold)
	s.rest = tuples
	return s.walk(p)
}}

var endOfTable = lang.K("$end_of_table")

// etsEnd gives the first key or the last.
func etsEnd(last bool) func(t *Table, p *runtime.Process, args []lang.Value) lang.Value {
	return func(t *Table, _ *runtime.Process, _ []lang.Value) lang.Value {
		found := endOfTable
		t.rows.eachKey(func(key, _ lang.Value) bool { found = key; return last && t.rows.tree != nil })
		return found
	}
}

// etsBeside gives the key behind another, or before it; only an ordered table
// tells the two apart.
func etsBeside(before bool) func(t *Table, p *runtime.Process, args []lang.Value) lang.Value {
	return func(t *Table, _ *runtime.Process, args []lang.Value) lang.Value {
		if t.rows.tree != nil {
			return beside(t.rows.seek(args[1]).SeqFrom(before), args[1])
		}
		if len(t.rows.get(args[1])) == 0 {
			badArg(1, "not a key that exists in the table")
		}
		found, here := endOfTable, false
		t.rows.eachKey(func(key, _ lang.Value) bool {
			if here {
				found = key
				return false
			}
			here = lang.Same(key, args[1])
			return true
		})
		return found
	}
}

// beside gives the first key of a sequence of entries that is not key itself.
func beside(s, key lang.Value) lang.Value {
	for {
		q, ok := s.Obj().(lang.Seq)
		if !ok {
			return endOfTable
		}
		if k := q.First().Obj().(*lang.Vector).Nth(0); lang.TermCompare(k, key) != 0 {
			return k
		}
		s, _ = lang.SeqOf(q.Rest())
	}
}

// infoItems are the items of :ets.info, in the order in which it lists them.
var infoItems = []struct {
	name string
	of   func(t *Table) lang.Value
}{
	{"id", func(t *Table) lang.Value { return lang.Obj(t) }},
	{"name", func(t *Table) lang.Value { return t.name }},
	{"named_table", func(t *Table) lang.Value { return lang.Bool(t.named) }},
	{"size", func(t *Table) lang.Value { return lang.Int(int64(t.n)) }},
	{"type", func(t *Table) lang.Value { return lang.K(t.kind) }},
	{"protection", func(t *Table) lang.Value { return lang.K(t.access) }},
	{"keypos", func(t *Table) lang.Value { return lang.Int(t.keyPos) }},
	{"owner", func(t *Table) lang.Value { return lang.Obj(t.owner) }},
	{"compressed", func(*Table) lang.Value { return lang.False }},
	{"memory", func(t *Table) lang.Value { return lang.Int(int64(emptyTableWords + rowWords*t.n)) }},
}

// What a table and a small tuple in it take on the BEAM, in words.
const (
	emptyTableWords = 305
	rowWords        = 9
)

func etsInfo(p *runtime.Process, args []lang.Value) lang.Value {
	return onRegister("ets.info", runtime.Read, func(r *tables, _ *runtime.Process, args []lang.Value) lang.Value {
		t := r.find(args[0])
		if t == nil {
			return lang.K("undefined")
		}
		var out []lang.Value
		for _, item := range infoItems {
			if len(args) == 1 {
				out = append(out, lang.Vec(lang.K(item.name), item.of(t)))
			} else if args[1] == lang.K(item.name) {
				return item.of(t)
			}
		}
		if len(args) == 2 {
			badArg(1, "not a valid info item")
		}
		return list(out)
	})(p, args)
}
