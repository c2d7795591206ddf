package channels

import (
	"cmp"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// All gives the channels that a program can still reach, as far as can be
// seen without looking into the states of natives, in the order of their
// names; one that has none yet is named after the var that holds it.
func All(w *runtime.World) []*Channel {
	w.EachVar(func(v *runtime.Var) {
		if c, ok := v.Root().Obj().(*Channel); ok {
			c.SetName(v.Name)
		}
	})
	var found []*Channel
	w.ReachAll(func(o any) {
		if c, ok := o.(*Channel); ok {
			found = append(found, c)
		}
	})
	slices.SortStableFunc(found, func(a, b *Channel) int {
		x, y := a.Name(), b.Name()
		return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
	})
	return found
}

// Trace shows the values in the buffer, those that wait to be put, and the
// processes that wait.
func (c *Channel) Trace(visit func(lang.Value)) {
	if c.buf != nil {
		c.buf.vals.Each(func(v lang.Value) bool { visit(v); return true })
	}
	for _, q := range []*runtime.Line[party]{&c.puts, &c.takes} {
		q.Each(func(t party) bool {
			visit(t.val())
			if p := t.proc(); p != nil && t.live() {
				visit(lang.Obj(p))
			}
			return true
		})
	}
}
