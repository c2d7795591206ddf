package channels

import (
	"cmp"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// All gives the channels that a program can still reach, as far as can be
// seen without looking into the states of natives: through the vars of its
// namespaces, and through what its processes hold. They come in the order of
// their names; one that has none yet is named after the var that holds it.
func All(w *runtime.World) []*Channel {
	r := &reach{w: w, seen: map[any]bool{}}
	r.vars()
	for _, p := range w.Processes() {
		r.process(p)
	}
	r.follow()
	slices.SortStableFunc(r.found, func(a, b *Channel) int {
		x, y := a.Name(), b.Name()
		return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
	})
	return r.found
}

// reach is a search for channels through values. The order in which it finds
// them is that of the program's own state, so that names given on the way are
// the same in every run.
type reach struct {
	w     *runtime.World
	seen  map[any]bool
	todo  []lang.Value
	found []*Channel
	looks int
}

// maxLooks bounds how many values a search looks at.
const maxLooks = 1_000_000

func (r *reach) vars() {
	spaces := r.w.Namespaces()
	for _, ns := range sortedKeys(spaces) {
		if spaces[ns].Library != nil {
			continue
		}
		for _, name := range sortedKeys(spaces[ns].Vars) {
			v := spaces[ns].Vars[name]
			if !v.Bound() {
				continue
			}
			if c, ok := v.Root().Obj().(*Channel); ok {
				c.SetName(name)
			}
			r.value(v.Root())
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (r *reach) process(p *runtime.Process) {
	if p == nil || r.seen[p] {
		return
	}
	r.seen[p] = true
	p.Roots(r.value)
	if o := p.Waiting(); o != nil {
		for _, a := range o.Access(nil) {
			if c, ok := a.Entity.(*Channel); ok {
				r.value(lang.Obj(c))
			}
		}
	}
}

// value enters v into what is to be looked at, if it can lead anywhere.
func (r *reach) value(v lang.Value) {
	switch v.Obj().(type) {
	case *Channel, *lang.Closure, *runtime.Process:
	default:
		if !lang.IsCompound(v) {
			return
		}
	}
	r.todo = append(r.todo, v)
}

func (r *reach) follow() {
	for len(r.todo) > 0 && r.looks < maxLooks {
		v := r.todo[len(r.todo)-1]
		r.todo = r.todo[:len(r.todo)-1]
		r.looks++
		if p, ok := v.Obj().(*runtime.Process); ok {
			r.process(p)
			continue
		}
		if r.seen[v.Obj()] {
			continue
		}
		r.seen[v.Obj()] = true
		r.look(v)
	}
}

func (r *reach) look(v lang.Value) {
	switch x := v.Obj().(type) {
	case *Channel:
		r.found = append(r.found, x)
		if x.buf != nil {
			x.buf.vals.Each(func(v lang.Value) bool { r.value(v); return true })
		}
		for _, q := range []*runtime.Queue[party]{&x.puts, &x.takes} {
			q.Each(func(t party) bool {
				r.value(t.val)
				if t.live() {
					r.process(t.proc())
				}
				return true
			})
		}
	case *lang.Closure:
		for _, v := range x.Up {
			r.value(v)
		}
	case *lang.LazySeq:
		r.value(x.Val)
		r.value(x.Thunk)
	case lang.Chunked:
		for _, v := range x.Chunk() {
			r.value(v)
		}
		r.value(x.ChunkRest())
	case lang.Seq:
		r.value(x.First())
		r.value(x.Rest())
	default:
		lang.Elements(v, func(v lang.Value) bool { r.value(v); return true })
	}
}
