package kernel

import (
	"math"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// :rand draws from the stream of random numbers that each process has of its
// own, so that a run with the same seed draws the same.
func randNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "rand/uniform", Min: 0, Max: 1, Args: "n", Run: uniform, Doc: "A float from 0.0 and below 1.0, or an integer from 1 to n. :rand.uniform(6)"},
		{Name: "rand/uniform_real", Min: 0, Max: 0, Args: "", Doc: "A float above 0.0 and below 1.0.",
			Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
				return lang.Float((float64(p.Random()>>12) + 0.5) / (1 << 52))
			}},
		{Name: "rand/normal", Min: 0, Max: 2, Args: "mean, variance", Run: normal, Doc: "A normally distributed float, of mean 0.0 and variance 1.0 unless told otherwise."},
		{Name: "rand/bytes", Min: 1, Max: 1, Args: "n", Doc: "A binary of n random bytes.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				n := intArg("rand", "bytes", args, 0)
				if n < 0 {
					noClause("rand", "bytes", args)
				}
				p.W.Reserve(int(min(n, 1<<40)))
				b := make([]byte, n)
				for i := range b {
					b[i] = byte(p.Random())
				}
				return lang.Str(string(b))
			}},
		{Name: "rand/seed", Min: 1, Max: 2, Args: "alg, seed", Run: seed, Doc: "Begins the process's stream of random numbers anew. :rand.seed(:exsss, {1, 2, 3})"},
	}
}

// fraction draws a float from 0 and below 1.
func fraction(p *runtime.Process) float64 { return float64(p.Random()>>11) / (1 << 53) }

func uniform(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		return lang.Float(fraction(p))
	}
	n := intArg("rand", "uniform", args, 0)
	if n < 1 {
		noClause("rand", "uniform", args)
	}
	return p.Draw(int64(n), func(i int64) lang.Value { return lang.Int(i + 1) })
}

// normal draws by the method of Box and Muller.
func normal(p *runtime.Process, args []lang.Value) lang.Value {
	mean, variance := 0.0, 1.0
	if len(args) == 2 {
		mean, variance = lang.ToFloat(args[0]), lang.ToFloat(args[1])
	}
	r := math.Sqrt(-2 * math.Log(1-fraction(p)))
	return lang.Float(mean + math.Sqrt(variance)*r*math.Cos(2*math.Pi*fraction(p)))
}

// seed takes the integers of a seed, or draws one where there is none.
func seed(p *runtime.Process, args []lang.Value) lang.Value {
	s := p.Random()
	if len(args) == 2 {
		s = uint64(lang.Hash(args[1]))
	}
	p.Seed(s)
	return lang.Vec(args[0], lang.Int(int64(s>>1)))
}
