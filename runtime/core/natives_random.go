package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// randomNatives draw from the stream of the process that calls them, so that
// a run can be repeated.
var randomNatives = []*lang.Native{
	{Name: "clojure.core/rand", Max: 1, Args: "[] [n]", Doc: "A random float from 0 to below n, 1 by default.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			x := unitRandom(p)
			if len(args) == 1 {
				x *= lang.ToFloat(args[0])
			}
			return lang.Float(x)
		}},
	{Name: "clojure.core/rand-int", Min: 1, Max: 1, Args: "[n]", Doc: "A random integer from 0 to below n. (rand-int 1) ;=> 0",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			n := lang.ToFloat(args[0])
			if whole := int64(n); float64(whole) == n && p.Branches(whole) {
				return p.Draw(whole, lang.Int)
			}
			return lang.Int(int64(unitRandom(p) * n))
		}},
	{Name: "clojure.core/rand-nth", Min: 1, Max: 1, Seqs: arg0, Args: "[coll]", Doc: "A random element of coll.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			vs := elements(args[0])
			if len(vs) == 0 {
				if args[0].IsNil() {
					return lang.Nil
				}
				outOfBounds()
			}
			return p.Draw(int64(len(vs)), func(i int64) lang.Value { return vs[i] })
		}},
	{Name: "clojure.core/random-uuid", Args: "[]", Run: randomUUID, Doc: "A random UUID, of version 4."},
}

// unitRandom gives a random float from 0 to below 1.
func unitRandom(p *runtime.Process) float64 { return float64(p.Random()>>11) / (1 << 53) }

func randomUUID(p *runtime.Process, _ []lang.Value) lang.Value {
	u := &lang.UUID{}
	for i := 0; i < len(u.Bytes); i += 8 {
		for j, r := 0, p.Random(); j < 8; j, r = j+1, r>>8 {
			u.Bytes[i+j] = byte(r)
		}
	}
	u.Bytes[6] = u.Bytes[6]&0x0f | 0x40 // version 4
	u.Bytes[8] = u.Bytes[8]&0x3f | 0x80 // variant of RFC 4122
	return lang.Obj(u)
}
