package kernel

import (
	"math/rand"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
)

// TestBitsReadBack builds bits of random integers of random sizes, and takes
// them off again.
func TestBitsReadBack(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		var build []lang.Value
		var segs []*elixir.Segment
		var vals, sizes []lang.Value
		for range 1 + r.Intn(6) {
			seg := &elixir.Segment{Type: "integer", Unit: 1, Signed: r.Intn(2) == 0, Little: r.Intn(2) == 0}
			n := 1 + r.Intn(40)
			v := r.Int63n(1 << n)
			if seg.Signed {
				v -= 1 << (n - 1)
			}
			segs, vals, sizes = append(segs, seg), append(vals, lang.Int(v)), append(sizes, lang.Int(int64(n)))
			build = append(build, lang.Obj(seg), lang.Int(v), lang.Int(int64(n)))
		}
		rest := buildBits(build)
		for i, seg := range segs {
			took, ok := takeSegment([]lang.Value{rest, lang.Obj(seg), sizes[i]}).Obj().(*lang.Vector)
			if !ok || !lang.Same(took.Nth(0), vals[i]) {
				t.Fatalf("segment %d of %v: %+v, size %v: took %v, want %v", i, vals, *seg, sizes[i], took, vals[i])
			}
			rest = took.Nth(1)
		}
		if s, ok := rest.AsString(); !ok || s != "" {
			t.Fatalf("%s is left of %v", lang.Inspect(rest), vals)
		}
	}
}
