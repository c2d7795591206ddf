package kernel

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// TestTablesUndone goes back to before tables, counters and terms were
// changed, made and deleted.
func TestTablesUndone(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	inspected(w, `:ets.new(:kept, [:named_table, :ordered_set]); :ets.insert(:kept, a: 1, b: 2); :persistent_term.put(:k, 1); :persistent_term.put(:c, :counters.new(1, []))`)
	state := `{:ets.tab2list(:kept), :ets.info(:kept, :size), :ets.whereis(:fresh), :persistent_term.get(:k), :counters.get(:persistent_term.get(:c), 1)}`
	before := inspected(w, state)
	for _, change := range []string{
		`:ets.insert(:kept, c: 3)`, `:ets.delete(:kept)`, `:ets.delete_all_objects(:kept)`, `:ets.new(:fresh, [:named_table])`,
		`:ets.rename(:kept, :fresh)`, `:ets.update_counter(:kept, :a, 5)`, `:persistent_term.put(:k, 2)`, `:counters.add(:persistent_term.get(:c), 1, 1)`,
	} {
		n := w.Checkpoint()
		inspected(w, change)
		if now := inspected(w, state); now == before {
			t.Errorf("%s changed nothing of %s", change, before)
		}
		w.Rollback(n)
		w.Release(n)
		if got := inspected(w, state); got != before {
			t.Errorf("%s undone: got %s, want %s", change, got, before)
		}
	}
}

// TestTableAccess sees to it that an operation names the table that it is about
// to use, and whether it will change it, so that an explorer knows what
// conflicts with what.
func TestTableAccess(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	inspected(w, `:ets.new(:t, [:named_table])`)
	r := tablesOf(w)
	table := r.find(lang.K("t"))
	for _, c := range []struct {
		wants request
		want  []runtime.Access
	}{
		{reads, []runtime.Access{{Entity: table, Mode: runtime.Read}}},
		{writes, []runtime.Access{{Entity: table, Mode: runtime.Write}}},
		{owns, []runtime.Access{{Entity: table, Mode: runtime.Write}, {Entity: r, Mode: runtime.Write}}},
	} {
		got := (&tableOp{wants: c.wants, args: []lang.Value{lang.K("t")}, r: r}).Access(nil)
		if len(got) != len(c.want) {
			t.Fatalf("request %d: got %v, want %v", c.wants, got, c.want)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("request %d: got %v, want %v", c.wants, got[i], c.want[i])
			}
		}
	}
}
