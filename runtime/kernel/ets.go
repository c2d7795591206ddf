package kernel

import (
	"fmt"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Table is an ETS table: tuples by one of their elements, which processes
// share. It belongs to the process that made it and ends with it.
type Table struct {
	runtime.Stamped
	id     runtime.ID
	owner  *runtime.Process
	kind   string // set, ordered_set, bag, duplicate_bag
	access string // public, protected, private
	keyPos int64
	named  bool
	tableState
}

// Key names the table alike in every run. It is part of runtime.Keyed.
func (t *Table) Key() runtime.ID { return t.id }

// tableState is what changes of a table.
type tableState struct {
	name lang.Value
	rows rows
	n    int  // how many tuples there are
	gone bool // deleted
}

// Save gives the state.
func (t *Table) Save() any { return t.tableState }

// Restore puts a state back.
func (t *Table) Restore(s any) { t.tableState = s.(tableState) }

// PrintTo prints the table's identifier, which is a reference to Elixir.
func (t *Table) PrintTo(p *lang.Printer) {
	p.WriteString(fmt.Sprintf("#Reference<0.%d.%d.%d>", uint32(t.id>>32), uint32(t.id)>>12, uint32(t.id)&0xfff+1))
}

// Hash derives from the table's id.
func (t *Table) Hash() uint32 { return uint32(t.id ^ t.id>>32) }

// TermRank places tables among the references.
func (t *Table) TermRank() (lang.TermRank, uint64) { return lang.TermReference, uint64(t.id) }

// Trace shows what the table holds.
func (t *Table) Trace(visit func(lang.Value)) {
	t.rows.each(func(row lang.Value) bool { visit(row); return true })
}

// rows are the tuples of a table by their keys, several in a vector where a
// key may have several. They never change.
type rows struct {
	hash *lang.Map       // where keys are told apart by =:=
	tree *lang.SortedMap // where they are in the order of terms
}

func newRows(ordered bool) rows {
	if ordered {
		return rows{tree: &lang.SortedMap{}}
	}
	return rows{hash: lang.EmptyErlangMap}
}

// seek walks to a key of a tree, or to where it would be.
func (r rows) seek(key lang.Value) lang.Walk {
	w := r.tree.Walk()
	for {
		at, there := w.Key()
		if !there {
			return w
		}
		c := lang.TermCompare(key, at)
		if c == 0 {
			return w
		}
		w = w.Go(c)
	}
}

// get gives the tuples of a key.
func (r rows) get(key lang.Value) []lang.Value {
	var v lang.Value
	if r.tree != nil {
		w := r.seek(key)
		if _, there := w.Key(); !there {
			return nil
		}
		v = w.Value()
	} else if found, there := r.hash.Get(key); there {
		v = found
	} else {
		return nil
	}
	return v.Obj().(*lang.Vector).AppendTo(nil)
}

// put gives the rows with other tuples under a key; none takes the key out.
func (r rows) put(key lang.Value, tuples []lang.Value) rows {
	v := lang.Vec(tuples...)
	switch {
	case r.tree != nil && len(tuples) == 0:
		return rows{tree: r.seek(key).Dissoc()}
	case r.tree != nil:
		return rows{tree: r.seek(key).Assoc(key, v)}
	case len(tuples) == 0:
		return rows{hash: r.hash.Dissoc(key)}
	}
	return rows{hash: r.hash.Assoc(key, v)}
}

// eachKey calls f with each key and its tuples until f gives false.
func (r rows) eachKey(f func(key, tuples lang.Value) bool) {
	if r.tree != nil {
		r.tree.Each(f)
		return
	}
	r.hash.Each(f)
}

// each calls f with each tuple until f gives false.
func (r rows) each(f func(tuple lang.Value) bool) {
	r.eachKey(func(_, tuples lang.Value) bool {
		more := true
		tuples.Obj().(*lang.Vector).Each(func(t lang.Value) bool { more = f(t); return more })
		return more
	})
}

// all gives every tuple.
func (r rows) all() []lang.Value {
	var out []lang.Value
	r.each(func(t lang.Value) bool { out = append(out, t); return true })
	return out
}

// tables is the register of a world: the tables in the order in which they
// were made, and the terms of :persistent_term.
type tables struct {
	runtime.Stamped
	tablesState
}

type tablesState struct {
	all   []*Table // never changed in place
	terms *lang.Map
}

// Save gives the state.
func (r *tables) Save() any { return r.tablesState }

// Restore puts a state back.
func (r *tables) Restore(s any) { r.tablesState = s.(tablesState) }

type tablesKey struct{}

// tablesOf gives the register of a world.
func tablesOf(w *runtime.World) *tables {
	if r, ok := w.Library[tablesKey{}].(*tables); ok {
		return r
	}
	r := &tables{tablesState: tablesState{terms: lang.EmptyErlangMap}}
	w.Library[tablesKey{}] = r
	w.OnExit = append(w.OnExit, r.ownerEnded)
	return r
}

// ownerEnded deletes the tables of a process that has ended. That of the
// shell ends only with the world.
func (r *tables) ownerEnded(w *runtime.World, p *runtime.Process) {
	if p.Kind == runtime.Shell {
		return
	}
	for _, t := range r.all {
		if t.owner == p {
			r.remove(w, t)
		}
	}
}

func (r *tables) remove(w *runtime.World, t *Table) {
	w.Touch(t)
	t.gone, t.rows, t.n = true, newRows(t.rows.tree != nil), 0
	w.Touch(r)
	r.all = slices.DeleteFunc(slices.Clone(r.all), func(o *Table) bool { return o == t })
}

// find gives the live table that an identifier stands for: the table itself,
// or the name of a named one; nil if there is none.
func (r *tables) find(id lang.Value) *Table {
	if t, ok := id.Obj().(*Table); ok {
		if t.gone || t.named {
			return nil
		}
		return t
	}
	for _, t := range r.all {
		if t.named && t.name == id {
			return t
		}
	}
	return nil
}

// request is what an operation wants of a table.
type request uint8

const (
	reads request = iota
	writes
	owns // deletes or renames it
)

// onTable makes a native that is one operation on the table of its first
// argument.
func onTable(wants request, do func(t *Table, p *runtime.Process, args []lang.Value) lang.Value) func(name string) run {
	return func(name string) run {
		return func(p *runtime.Process, args []lang.Value) lang.Value {
			return p.Perform(&tableOp{name: name, wants: wants, args: slices.Clone(args), do: do, r: tablesOf(p.W)})
		}
	}
}

// tableOp is one operation on a table. It is always ready.
type tableOp struct {
	name  string
	wants request
	args  []lang.Value // the first stands for the table
	do    func(t *Table, p *runtime.Process, args []lang.Value) lang.Value
	r     *tables
}

// Ready holds always.
func (o *tableOp) Ready(*runtime.World, *runtime.Process) bool { return true }

// Try does the operation, or raises ArgumentError where there is no such
// table or p may not do it.
func (o *tableOp) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	t := o.r.find(o.args[0])
	if t == nil {
		badArg(0, "the table identifier does not refer to an existing ETS table")
	}
	if t.owner != p && (t.access == "private" || t.access == "protected" && o.wants != reads) {
		badArg(0, "the table identifier refers to an ETS table with insufficient access rights")
	}
	if o.wants != reads {
		w.Touch(t)
	}
	v := o.do(t, p, o.args)
	w.Emit(runtime.Event{Kind: eventTable, Proc: p, Entity: t, Value: v, Note: "ets." + o.name, Ord: o.part(t)})
	return v, true
}

// eventTable is the kind of the events of tables.
const eventTable = "ets"

// byKey are the operations on the tuples of one key, which is argument 1.
var byKey = map[string]bool{"lookup": true, "lookup_element": true, "member": true, "take": true, "delete": true,
	"update_counter": true, "update_element": true}

// part tells what the operation has to do with: in the last bit whether it
// changes something, before that the key, 0 for all of them.
func (o *tableOp) part(t *Table) uint64 {
	n := uint64(0)
	if o.wants != reads {
		n = 1
	}
	switch {
	case t.kind == "ordered_set" || len(o.args) < 2: // where 1 and 1.0 are one key
	case byKey[o.name]:
		n |= (uint64(lang.Hash(o.args[1])) + 1) << 1
	case o.name == "insert" || o.name == "insert_new":
		if x, ok := o.args[1].Obj().(*lang.Vector); ok { // else a list
			n |= (uint64(lang.Hash(x.Nth(int(t.keyPos)-1))) + 1) << 1
		}
	}
	return n
}

// Dependent tells which operations on a table do not commute: those on one
// key, or on all, unless both only look. It is part of runtime.Conflicter.
func (*Table) Dependent(a, b *runtime.Event) bool {
	if a.Kind != eventTable || b.Kind != eventTable {
		return true
	}
	if (a.Ord|b.Ord)&1 == 0 {
		return false
	}
	x, y := a.Ord>>1, b.Ord>>1
	return x == 0 || y == 0 || x == y
}

// Immediate marks an operation that never waits.
func (o *tableOp) Immediate() {}

// Park is never called: the operation is always ready.
func (o *tableOp) Park(*runtime.World, *runtime.Waiter, int) {}

// Cancel has nothing to withdraw.
func (o *tableOp) Cancel(*runtime.World, *runtime.Waiter, int) {}

// Access appends the table, or the register where there is none.
func (o *tableOp) Access(acc []runtime.Access) []runtime.Access {
	mode := runtime.Write
	if o.wants == reads {
		mode = runtime.Read
	}
	if t := o.r.find(o.args[0]); t != nil {
		acc = append(acc, runtime.Access{Entity: t, Mode: mode})
	} else {
		acc = append(acc, runtime.Access{Entity: o.r, Mode: runtime.Read})
	}
	if o.wants == owns {
		acc = append(acc, runtime.Access{Entity: o.r, Mode: runtime.Write})
	}
	return acc
}

// About names the operation and the table.
func (o *tableOp) About(p *runtime.Process) string { return p.Say(wordsTable, o.name, o.args[0]) }

// onRegister makes a native that is one operation on the register.
func onRegister(name string, mode runtime.Mode, do func(r *tables, p *runtime.Process, args []lang.Value) lang.Value) run {
	return func(p *runtime.Process, given []lang.Value) lang.Value {
		r, args := tablesOf(p.W), slices.Clone(given)
		return p.Perform(&runtime.Effect{Name: runtime.Wording{Clojure: ":" + name}, On: []runtime.Access{{Entity: r, Mode: mode}}, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			if mode == runtime.Write {
				w.Touch(r)
			}
			v := do(r, p, args)
			w.Emit(runtime.Event{Kind: "ets", Proc: p, Entity: r, Value: v, Note: name})
			return v
		}})
	}
}

// newTable is :ets.new.
func newTable(r *tables, p *runtime.Process, args []lang.Value) lang.Value {
	if _, ok := args[0].AsKeyword(); !ok {
		badArg(0, "not an atom")
	}
	t := &Table{id: p.NewID(), owner: p, kind: "set", access: "protected", keyPos: 1, tableState: tableState{name: args[0]}}
	for _, o := range listArg("ets", "new", args, 1) {
		t.option(o)
	}
	if t.named && r.find(args[0]) != nil {
		badArg(0, "table name already exists")
	}
	t.rows = newRows(t.kind == "ordered_set")
	r.all = append(slices.Clip(r.all), t)
	return t.identifier()
}

// option takes one option of :ets.new.
func (t *Table) option(o lang.Value) {
	name, _ := lang.AtomName(o)
	switch name {
	case "set", "ordered_set", "bag", "duplicate_bag":
		t.kind = name
	case "public", "protected", "private":
		t.access = name
	case "named_table":
		t.named = true
	case "compressed":
	default:
		pair, ok := o.Obj().(*lang.Vector)
		if !ok || pair.Len() != 2 {
			badArg(1, "invalid options")
		}
		switch key, _ := lang.AtomName(pair.Nth(0)); key {
		case "keypos":
			if t.keyPos = intArg("ets", "new", []lang.Value{pair.Nth(1)}, 0); t.keyPos < 1 {
				badArg(1, "invalid options")
			}
		case "read_concurrency", "write_concurrency", "decentralized_counters", "heir":
		default:
			badArg(1, "invalid options")
		}
	}
}

// identifier is what a program knows the table by.
func (t *Table) identifier() lang.Value {
	if t.named {
		return t.name
	}
	return lang.Obj(t)
}

// key gives the key of a tuple, or raises.
func (t *Table) key(tuple lang.Value) lang.Value {
	v, ok := tuple.Obj().(*lang.Vector)
	if !ok {
		badArg(1, "not a tuple")
	}
	if int64(v.Len()) < t.keyPos {
		badArg(1, "tuple is smaller than the table's key position")
	}
	return v.Nth(int(t.keyPos) - 1)
}

// add inserts a tuple.
func (t *Table) add(tuple lang.Value) {
	key := t.key(tuple)
	had := t.rows.get(key)
	var now []lang.Value
	switch {
	case t.kind == "bag" && slices.ContainsFunc(had, func(o lang.Value) bool { return lang.Same(o, tuple) }):
		return
	case t.kind == "bag" || t.kind == "duplicate_bag":
		now = append(had, tuple)
	default:
		now = []lang.Value{tuple}
	}
	t.set(key, len(had), now)
}

// set puts tuples under a key that had some.
func (t *Table) set(key lang.Value, had int, now []lang.Value) {
	t.rows = t.rows.put(key, now)
	t.n += len(now) - had
}

// drop takes the tuples out that pass a test, and gives how many there were.
func (t *Table) drop(test func(tuple lang.Value) bool) int {
	before := t.n
	t.rows.eachKey(func(key, tuples lang.Value) bool {
		had := tuples.Obj().(*lang.Vector).AppendTo(nil)
		n := len(had)
		if kept := slices.DeleteFunc(had, test); len(kept) < n {
			t.set(key, n, kept)
		}
		return true
	})
	return before - t.n
}
