package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// verdict says how a fold goes on.
type verdict uint8

const (
	next   verdict = iota // with the next element
	call                  // by calling the function with this one
	enough                // not at all
)

// argument says what the function of a fold is called with.
type argument uint8

const (
	element      argument = iota // the element
	elementAcc                   // the element and the accumulator
	accElement                   // the accumulator and the element
	elementIndex                 // the element and its index
	keysOfPairs                  // the first of the pair in the accumulator and that of the element
	bothOfPair                   // the two in the element
	bothAndAcc                   // the two in the element, and the accumulator
	conflict                     // the key in the element, what the map in the accumulator has under it, and the value
)

// pass is one function that goes through an enumerable, as data: what it does
// with each element, before and after a function is called with it, and what
// it gives in the end. A nil see calls the function with every element; a nil
// put is never asked.
type pass struct {
	name string
	arg  argument
	see  func(s *fold, x lang.Value) verdict
	put  func(s *fold, r lang.Value) verdict
	end  func(p *runtime.Process, s *fold) lang.Value
	full bool // out gets an element for each that there is
}

// growing is a slice that only grows, so that a copy of it is an earlier state.
// Only the copy that is as long as the longest may grow in place: another one,
// to which a checkpoint led back, or which a stream keeps, grows apart.
type growing[T any] struct {
	vs  []T
	top *int // how long the longest copy is
}

func (g *growing[T]) add(vs ...T) {
	if g.top == nil || *g.top != len(g.vs) {
		g.vs, g.top = slices.Clip(g.vs), new(int)
	}
	if len(g.vs)+len(vs) > cap(g.vs) { // append grows long slices by a quarter only
		g.vs = slices.Grow(g.vs, len(g.vs)+len(vs))
	}
	g.vs = append(g.vs, vs...)
	*g.top = len(g.vs)
}

// fold is a pass under way. A copy of it is an earlier state.
type fold struct {
	*pass
	f     lang.Value          // the function
	x     lang.Value          // the element that it was called with
	acc   lang.Value          // what there is of the result, if it is one value
	out   growing[lang.Value] // and if it is several
	also  growing[lang.Value]
	n, by int64
	on    bool // whether acc, or whatever the pass waits for, is there
	over  bool // the result is known before the first element

	chunk []lang.Value // what is left of the elements at hand
	rest  lang.Value   // and of those behind them
}

// through makes a native of a pass; prepare sees the arguments first.
func through(k *pass, prepare func(s *fold, args []lang.Value)) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		s := &fold{pass: k}
		prepare(s, args)
		return s.start(p, args[0])
	}
}

// calling is the prepare of passes whose function is argument i and that
// need no more.
func calling(i int) func(s *fold, args []lang.Value) {
	return func(s *fold, args []lang.Value) {
		checkFunction(args[i])
		s.f = args[i]
	}
}

func noMore(*fold, []lang.Value) {}

// start goes through an enumerable.
func (s *fold) start(p *runtime.Process, enum lang.Value) lang.Value {
	if s.over {
		return s.end(p, s)
	}
	if seq, ok := atHand(enum); ok {
		if n, known := lang.Counted(seq); s.full && known {
			s.out = growing[lang.Value]{make([]lang.Value, 0, min(n, 1<<20)), new(int)}
		}
		s.rest = seq
		return s.walk(p)
	}
	return p.Call(foldReducedKont, nil, reduceFn, enum, lang.Vec(contAtom, lang.Obj(s)), foldStepFn)
}

// own gives the fold to be changed: s itself, unless a checkpoint may hold it.
func (s *fold) own(p *runtime.Process) *fold {
	if !p.W.Journalling() {
		return s
	}
	c := *s
	return &c
}

var (
	foldKont        = &runtime.Kont{Name: "Enum"} // gets what the function gave
	foldForcedKont  = &runtime.Kont{Name: "Enum"} // gets the sequence of a lazy cell
	foldYieldedKont = &runtime.Kont{Name: "Enum"} // goes on after others ran
)

func init() {
	foldKont.Return = func(p *runtime.Process, state any, r lang.Value) lang.Value {
		s := state.(*fold).own(p)
		if s.put(s, r) == enough {
			return s.end(p, s)
		}
		return s.walk(p)
	}
	foldForcedKont.Return = func(p *runtime.Process, state any, seq lang.Value) lang.Value {
		s := state.(*fold).own(p)
		s.rest = seq
		return s.walk(p)
	}
	foldYieldedKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		return state.(*fold).own(p).walk(p)
	}
}

// atOnce is how many elements a fold goes through before it lets others run.
const atOnce = 1024

// walk goes on through what is at hand.
func (s *fold) walk(p *runtime.Process) lang.Value {
	for range atOnce {
		if len(s.chunk) == 0 {
			seq, cell := lang.SeqOf(s.rest)
			if cell != nil {
				return p.Call(foldForcedKont, s, forceFn, lang.Obj(cell))
			}
			switch q := seq.Obj().(type) {
			case nil:
				return s.end(p, s)
			case lang.Chunked:
				s.chunk, s.rest = q.Chunk(), q.ChunkRest()
				s.x, s.chunk = s.chunk[0], s.chunk[1:]
			case lang.Seq:
				s.x, s.rest = q.First(), q.Rest()
			}
		} else {
			s.x, s.chunk = s.chunk[0], s.chunk[1:]
		}
		switch s.decide() {
		case call:
			return s.apply(p, foldKont)
		case enough:
			return s.end(p, s)
		}
	}
	p.Charge(atOnce)
	return p.Call(foldYieldedKont, s, nothing)
}

func (s *fold) decide() verdict {
	if s.see == nil {
		return call
	}
	return s.see(s, s.x)
}

// apply calls the function with the element; to gets the result.
func (s *fold) apply(p *runtime.Process, to *runtime.Kont) lang.Value {
	switch s.arg {
	case elementAcc:
		return p.Call(to, s, s.f, s.x, s.acc)
	case accElement:
		return p.Call(to, s, s.f, s.acc, s.x)
	case elementIndex:
		return p.Call(to, s, s.f, s.x, lang.Int(s.n))
	case bothOfPair:
		return p.Call(to, s, s.f, pairOf(s.x).Nth(0), pairOf(s.x).Nth(1))
	case bothAndAcc:
		return p.Call(to, s, s.f, pairOf(s.x).Nth(0), pairOf(s.x).Nth(1), s.acc)
	case conflict:
		k := pairOf(s.x).Nth(0)
		old, _ := mapArg(s.acc).Get(k)
		return p.Call(to, s, s.f, k, old, pairOf(s.x).Nth(1))
	case keysOfPairs:
		return p.Call(to, s, s.f, pairOf(s.acc).Nth(0), pairOf(s.x).Nth(0))
	}
	return p.Call(to, s, s.f, s.x)
}

// By the protocol, a fold is the accumulator of a reduction, and each step
// gives another one, since the implementation may keep what it was given.
var (
	foldPutKont     = &runtime.Kont{Name: "Enum"}
	foldReducedKont = &runtime.Kont{Name: "Enum", Return: func(p *runtime.Process, _ any, v lang.Value) lang.Value {
		s := *pairOf(v).Nth(1).Obj().(*fold)
		return s.end(p, &s)
	}}
	reduceFn   = lang.Obj(enumerableNatives()[0])
	foldStepFn = lang.Obj(&lang.Native{Name: "Enum/step", Min: 2, Max: 2, Args: "element, acc",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s := *args[1].Obj().(*fold)
			s.x = args[0]
			v := s.decide()
			if v == call {
				return s.apply(p, foldPutKont)
			}
			return s.signal(v)
		}})
)

func init() {
	foldPutKont.Return = func(_ *runtime.Process, state any, r lang.Value) lang.Value {
		s := *state.(*fold)
		return s.signal(s.put(&s, r))
	}
}

// signal is what a step gives the protocol.
func (s *fold) signal(v verdict) lang.Value {
	if v == enough {
		return lang.Vec(haltAtom, lang.Obj(s))
	}
	return lang.Vec(contAtom, lang.Obj(s))
}

// pairOf gives the tuple of two in v, or raises MatchError.
func pairOf(v lang.Value) *lang.Vector {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 2 {
		lang.RaiseReason(lang.Vec(lang.K("badmatch"), v))
	}
	return t
}

// elements gives the elements of what is at hand and realised. They must not
// be changed.
func elements(v lang.Value) []lang.Value {
	seq, _ := atHand(v)
	if c, ok := seq.Obj().(lang.Chunked); ok {
		if l, ok := c.ChunkRest().Obj().(*lang.List); ok && l.Len() == 0 {
			return c.Chunk()
		}
	}
	return lang.ToSlice(seq)
}

// ready reports whether elements can be asked for at once.
func ready(v lang.Value) bool {
	seq, ok := atHand(v)
	return ok && lang.UnrealisedSeq(seq) == nil
}

// listed makes a native of a function of the elements and the further
// arguments. It must not change the elements.
func listed(f func(p *runtime.Process, vs, args []lang.Value) lang.Value) run {
	k := &runtime.Kont{Name: "Enum", Return: func(p *runtime.Process, args any, l lang.Value) lang.Value {
		return f(p, elements(l), args.([]lang.Value))
	}}
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if ready(args[0]) {
			return f(p, elements(args[0]), args[1:])
		}
		return p.Call(k, slices.Clone(args[1:]), toListFn, args[0])
	}
}

// gathering puts the elements of several enumerables together.
type gathering struct {
	todo []lang.Value
	out  growing[lang.Value]
	then func(p *runtime.Process, vs []lang.Value) lang.Value
}

var gatherKont = &runtime.Kont{Name: "Enum"}

func init() {
	gatherKont.Return = func(p *runtime.Process, state any, l lang.Value) lang.Value {
		g := *state.(*gathering)
		g.out.add(elements(l)...)
		g.todo = g.todo[1:]
		return g.run(p)
	}
}

func (g gathering) run(p *runtime.Process) lang.Value {
	for len(g.todo) > 0 {
		if !ready(g.todo[0]) {
			return p.Call(gatherKont, &g, toListFn, g.todo[0])
		}
		g.out.add(elements(g.todo[0])...)
		g.todo = g.todo[1:]
	}
	return g.then(p, g.out.vs)
}
