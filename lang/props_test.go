package lang

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestVectorAgainstSlice makes random vectors by every operation, keeps old
// ones, and compares all with slices.
func TestVectorAgainstSlice(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	type pair struct {
		v *Vector
		s []int64
	}
	kept := []pair{{EmptyVector, nil}}
	for step := range 4000 {
		p := kept[r.IntN(len(kept))]
		v, s := p.v, slices.Clone(p.s)
		switch op := r.IntN(7); {
		case op == 0 && len(s) > 0:
			i := r.IntN(len(s))
			v, s[i] = v.Assoc(i, Int(int64(step))), int64(step)
		case op == 1 && len(s) > 0:
			v, s = v.Pop(), s[:len(s)-1]
		case op == 2 && len(s) > 0:
			from := r.IntN(len(s))
			to := from + r.IntN(len(s)-from+1)
			v, s = v.Slice(from, to), s[from:to]
		case op == 3:
			b := NewVectorBuilder(v)
			for k := range r.IntN(1200) {
				b.Conj(Int(int64(k)))
				s = append(s, int64(k))
				if k%100 == 50 && len(s) > 1 {
					s = s[:len(s)-1]
					s[len(s)/2] = -1
					b.Pop()
					b.Assoc(len(s)/2, Int(-1))
				}
				if k == 500 {
					frozen := b.Vector()
					kept = append(kept, pair{frozen, slices.Clone(s)})
				}
			}
			v = b.Vector()
		default:
			for k := range r.IntN(80) {
				v, s = v.Conj(Int(int64(k))), append(s, int64(k))
			}
		}
		kept = append(kept, pair{v, s})
		if len(kept) > 30 {
			kept = slices.Delete(kept, 1, 2+r.IntN(10))
		}
		q := kept[r.IntN(len(kept))]
		checkVector(t, q.v, q.s)
		if t.Failed() {
			t.Fatalf("at step %d", step)
		}
	}
}

func checkVector(t *testing.T, v *Vector, s []int64) {
	t.Helper()
	if v.Len() != len(s) {
		t.Errorf("length %d, want %d", v.Len(), len(s))
		return
	}
	for i := 0; i < len(s); i += 1 + len(s)/50 {
		if v.Nth(i).AsInt() != s[i] {
			t.Errorf("element %d of %d is %d, want %d", i, len(s), v.Nth(i).AsInt(), s[i])
		}
	}
	all := v.AppendTo(nil)
	if !slices.EqualFunc(all, s, func(x Value, i int64) bool { return x.AsInt() == i }) {
		t.Errorf("elements differ: %v, want %v", all, s)
	}
	if got := ToSlice(VectorSeq(v, 0)); !slices.Equal(got, all) {
		t.Errorf("the sequence differs")
	}
}

// collider has a hash that many share.
type collider struct{ n int64 }

func (c *collider) Hash() uint32                 { return uint32(c.n % 3) }
func (c *collider) EqualTo(v Value) bool         { o, ok := v.Obj().(*collider); return ok && o.n == c.n }
func (c *collider) TermRank() (TermRank, uint64) { return TermPid, uint64(c.n) }

func randomKey(r *rand.Rand) Value {
	n := r.Int64N(60)
	switch n % 6 {
	case 0:
		return Obj(&collider{n})
	case 1:
		return Str(string(rune('a' + n)))
	case 2:
		return Vec(Int(n), Nil)
	case 3:
		return K(string(rune('a' + n)))
	case 4:
		if n == 4 {
			return Nil
		}
		return Float(float64(n))
	}
	return Int(n)
}

// model gives a Go map's key for a key of the language.
func model(k Value) any {
	switch x := k.Obj().(type) {
	case *collider:
		return *x
	case *Vector:
		return [1]int64{x.Nth(0).AsInt()}
	}
	return k
}

func TestMapAgainstGoMap(t *testing.T) {
	for _, empty := range []*Map{EmptyMap, EmptyErlangMap, emptyHashMap} {
		r := rand.New(rand.NewPCG(3, uint64(empty.flavour)))
		type pair struct {
			m *Map
			g map[any]int64
		}
		kept := []pair{{empty, map[any]int64{}}}
		for step := range int64(6000) {
			p := kept[r.IntN(len(kept))]
			m, g := p.m, make(map[any]int64, len(p.g))
			for k, v := range p.g {
				g[k] = v
			}
			b := NewMapBuilder(m)
			transient := r.IntN(3) == 0
			for range 1 + r.IntN(12) {
				k := randomKey(r)
				del := r.IntN(3) == 0
				switch {
				case transient && del:
					b.Dissoc(k)
				case transient:
					b.Assoc(k, Int(step))
				case del:
					m = m.Dissoc(k)
				default:
					m = m.Assoc(k, Int(step))
				}
				if del {
					delete(g, model(k))
				} else {
					g[model(k)] = step
				}
			}
			if transient {
				m = b.Map()
				b.Assoc(Str("later"), Nil)
			}
			kept = append(kept, pair{m, g})
			if len(kept) > 20 {
				kept = slices.Delete(kept, 1, 2+r.IntN(10))
			}
			q := kept[r.IntN(len(kept))]
			checkMap(t, q.m, q.g)
			if t.Failed() {
				t.Fatalf("at step %d, flavour %d", step, empty.flavour)
			}
		}
	}
}

func checkMap(t *testing.T, m *Map, g map[any]int64) {
	t.Helper()
	if m.Len() != len(g) {
		t.Errorf("length %d, want %d", m.Len(), len(g))
	}
	n := 0
	var last Value
	m.Each(func(k, v Value) bool {
		want, ok := g[model(k)]
		if !ok || want != v.AsInt() {
			t.Errorf("%s has %s, want %d (%t)", PrString(k), PrString(v), want, ok)
		}
		got, ok := m.Get(k)
		if !ok || !Identical(got, v) {
			t.Errorf("%s is listed but not found", PrString(k))
		}
		if n > 0 && m.flavour == Erlang && m.IsArray() && TermCompare(last, k) >= 0 {
			t.Errorf("%s before %s", PrString(last), PrString(k))
		}
		last = k
		n++
		return true
	})
	if n != len(g) {
		t.Errorf("%d entries listed, want %d", n, len(g))
	}
	seq, _ := SeqOf(Obj(m))
	if Count(seq) != n {
		t.Errorf("the sequence has %d entries, want %d", Count(seq), n)
	}
}

func TestMapsAreEqualHoweverTheyWereBuilt(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		a, b, s := EmptyMap, emptyHashMap, EmptySet
		var ks []Value
		for range r.IntN(40) {
			ks = append(ks, randomKey(r))
		}
		for i := range ks {
			a = a.Assoc(ks[i], Nil)
			b = b.Assoc(ks[len(ks)-1-i], Nil)
			s = s.Conj(ks[i])
		}
		extra := Sym("extra")
		b = b.Assoc(extra, Nil).Dissoc(extra)
		if !Equal(Obj(a), Obj(b)) || Hash(Obj(a)) != Hash(Obj(b)) {
			t.Fatalf("%s and %s differ", PrString(Obj(a)), PrString(Obj(b)))
		}
		if keys, _ := Keys(Obj(b)); !Equal(Obj(s), Obj(NewSet(ToSlice(keys)...))) {
			t.Fatalf("the keys of %s are not %s", PrString(Obj(b)), PrString(Obj(s)))
		}
	}
}

func TestSortedMapAgainstGoMap(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	m, g := EmptySortedMap, map[int64]int64{}
	for step := range int64(5000) {
		k := r.Int64N(400)
		if r.IntN(3) == 0 {
			m = m.Dissoc(Int(k))
			delete(g, k)
		} else {
			m = m.Assoc(Int(k), Int(step))
			g[k] = step
		}
		if m.Len() != len(g) || m.root.h() > 14 {
			t.Fatalf("length %d, want %d; height %d", m.Len(), len(g), m.root.h())
		}
	}
	var want []int64
	for k := range g {
		want = append(want, k)
	}
	slices.Sort(want)
	var got []int64
	for _, e := range ToSlice(m.Seq(false)) {
		got = append(got, e.Obj().(*Vector).Nth(0).AsInt())
	}
	if !slices.Equal(got, want) {
		t.Fatalf("ascending: %v, want %v", got, want)
	}
	got = got[:0]
	for _, e := range ToSlice(m.Seq(true)) {
		got = append(got, e.Obj().(*Vector).Nth(0).AsInt())
	}
	slices.Reverse(want)
	if !slices.Equal(got, want) {
		t.Fatalf("descending: %v, want %v", got, want)
	}
	for k := int64(0); k < 400; k += 13 {
		var up int
		for w := range want {
			if want[w] >= k {
				up++
			}
		}
		if n := Count(m.search(Int(k)).SeqFrom(false)); n != up {
			t.Fatalf("from %d on: %d entries, want %d", k, n, up)
		}
	}
}

func TestTransientSnapshotsStay(t *testing.T) {
	tr, _ := NewTransient(Vec(Int(1)))
	var snaps []Value
	for i := int64(2); i < 3000; i++ {
		tr.Vec.Conj(Int(i))
		if i%100 == 0 {
			tr.Vec.Assoc(0, Int(i))
			snaps = append(snaps, tr.Snapshot())
		}
	}
	for i, s := range snaps {
		v := s.Obj().(*Vector)
		n := int64(i+1) * 100
		if int64(v.Len()) != n || v.Nth(0).AsInt() != n || v.Nth(v.Len()-1).AsInt() != n {
			t.Fatalf("snapshot %d changed", i)
		}
	}
	tr.Restore(snaps[0])
	if tr.Len() != 100 {
		t.Fatalf("restored to %d elements", tr.Len())
	}
}
