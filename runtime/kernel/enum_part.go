package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The passes that give a part of the elements, or parts.
var (
	takePass = &pass{name: "take", end: giveList, see: func(s *fold, x lang.Value) verdict {
		s.out.add(x)
		if s.n--; s.n == 0 {
			return enough
		}
		return next
	}}
	dropPass = &pass{name: "drop", end: giveList, see: func(s *fold, x lang.Value) verdict {
		if s.n > 0 {
			s.n--
			return next
		}
		return keep(s, x)
	}}
	splitPass = &pass{name: "split", end: giveLists, see: func(s *fold, x lang.Value) verdict {
		if s.n > 0 {
			s.n--
			return keep(s, x)
		}
		s.also.add(x)
		return next
	}}
	takeWhile = &pass{name: "take_while", end: giveList, put: func(s *fold, r lang.Value) verdict {
		if !r.Truthy() {
			return enough
		}
		return keep(s, s.x)
	}}
	dropWhile = &pass{name: "drop_while", end: giveList, see: untilOn, put: func(s *fold, r lang.Value) verdict {
		if r.Truthy() {
			return next
		}
		s.on = true
		return keep(s, s.x)
	}}
	splitWhile = &pass{name: "split_while", end: func(_ *runtime.Process, s *fold) lang.Value { return lang.Vec(list(s.also.vs), list(s.out.vs)) },
		see: untilOn, put: func(s *fold, r lang.Value) verdict {
			if r.Truthy() {
				s.also.add(s.x)
				return next
			}
			s.on = true
			return keep(s, s.x)
		}}
	takeEvery = &pass{name: "take_every", end: giveList, see: func(s *fold, x lang.Value) verdict {
		if s.turn() {
			return keep(s, x)
		}
		return next
	}}
	dropEvery = &pass{name: "drop_every", end: giveList, see: func(s *fold, x lang.Value) verdict {
		if s.turn() {
			return next
		}
		return keep(s, x)
	}}
	mapEvery = &pass{name: "map_every", end: giveList, put: keep, see: func(s *fold, x lang.Value) verdict {
		if s.turn() {
			return call
		}
		return keep(s, x)
	}}
	dedupPass = &pass{name: "dedup", end: giveList, see: func(s *fold, x lang.Value) verdict { return dedupBy.put(s, x) }}
	dedupBy   = &pass{name: "dedup_by", end: giveList, put: func(s *fold, key lang.Value) verdict {
		if s.on && lang.Same(s.acc, key) {
			return next
		}
		s.acc, s.on = key, true
		return keep(s, s.x)
	}}
	uniqPass = &pass{name: "uniq", end: giveList, see: func(s *fold, x lang.Value) verdict { return uniqBy.put(s, x) }}
	uniqBy   = &pass{name: "uniq_by", end: giveList, put: func(s *fold, key lang.Value) verdict {
		seen := s.acc.Obj().(*lang.Set)
		grown := seen.Conj(key)
		if grown == seen {
			return next
		}
		s.acc = lang.Obj(grown)
		return keep(s, s.x)
	}}
	frequencies   = &pass{name: "frequencies", end: giveAcc, see: func(s *fold, x lang.Value) verdict { return frequenciesBy.put(s, x) }}
	frequenciesBy = &pass{name: "frequencies_by", end: giveAcc, put: func(s *fold, key lang.Value) verdict {
		m := s.acc.Obj().(*lang.Map)
		n := int64(0)
		if v, ok := m.Get(key); ok {
			n = v.AsInt()
		}
		s.acc = lang.Obj(m.Assoc(key, lang.Int(n+1)))
		return next
	}}
	atPass = &pass{name: "at", end: giveAcc, see: func(s *fold, x lang.Value) verdict {
		if s.n > 0 {
			s.n--
			return next
		}
		s.acc = x
		return enough
	}}
	chunkBy = &pass{name: "chunk_by", put: func(s *fold, key lang.Value) verdict {
		if s.on && !lang.Same(s.acc, key) {
			s.also.add(list(s.out.vs))
			s.out = growing[lang.Value]{}
		}
		s.acc, s.on = key, true
		return keep(s, s.x)
	}, end: func(_ *runtime.Process, s *fold) lang.Value {
		if s.on {
			s.also.add(list(s.out.vs))
		}
		return list(s.also.vs)
	}}
)

// untilOn calls the function until the pass is on; from then on it keeps all.
func untilOn(s *fold, x lang.Value) verdict {
	if s.on {
		return keep(s, x)
	}
	return call
}

// turn reports whether this element is a by-th one, the first included.
func (s *fold) turn() bool {
	first := s.n == 0
	if s.n++; s.n >= s.by {
		s.n = 0
	}
	return first && s.by > 0
}

// every is the prepare of the passes that pick each n-th element.
func every(name string) func(s *fold, args []lang.Value) {
	return func(s *fold, args []lang.Value) {
		s.by = notNegative(name, args, 1)
		if len(args) > 2 {
			checkFunction(args[2])
			s.f = args[2]
		}
	}
}

// notNegative gives argument i of a function of Enum, an integer of at least 0.
func notNegative(name string, args []lang.Value, i int) int64 {
	n := intArg("Enum", name, args, i)
	if n < 0 {
		noClause("Enum", name, args)
	}
	return n
}

// fromEnd makes a native whose number counts from the front if it is not
// negative, by a pass, and from the end otherwise, by a function of the
// elements and how many of them are in front.
func fromEnd(name string, k *pass, back func(front, behind []lang.Value) lang.Value) run {
	behind := listed(func(_ *runtime.Process, vs, args []lang.Value) lang.Value {
		cut := max(0, int64(len(vs))+args[0].AsInt())
		return back(vs[:cut:cut], vs[cut:])
	})
	forward := through(k, func(s *fold, args []lang.Value) {
		s.n = args[1].AsInt()
		s.over = s.n == 0 && k == takePass
	})
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if intArg("Enum", name, args, 1) < 0 {
			return behind(p, args)
		}
		return forward(p, args)
	}
}

// outOfBounds is a default that no program has: it asks for an error.
var outOfBounds = lang.Obj(&lang.Native{Name: "Enum/none"})

// elementAt makes the natives that give one element by its index; give says
// what they give of it, and missing is what they give if there is none. arity
// is how many parameters they have, those with defaults included.
func elementAt(name string, arity int, give func(v lang.Value) lang.Value, missing func(args []lang.Value) lang.Value) run {
	pick := &pass{name: name, see: atPass.see, end: func(_ *runtime.Process, s *fold) lang.Value {
		if s.acc == outOfBounds {
			return missing(s.out.vs)
		}
		return give(s.acc)
	}}
	front := through(pick, func(s *fold, args []lang.Value) {
		s.n, s.acc, s.out.vs = args[1].AsInt(), outOfBounds, slices.Clone(args)
	})
	back := listed(func(_ *runtime.Process, vs, args []lang.Value) lang.Value {
		if i := int64(len(vs)) + args[0].AsInt(); i >= 0 {
			return give(vs[i])
		}
		return missing(append([]lang.Value{lang.Nil}, args...))
	})
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		all := make([]lang.Value, arity)
		copy(all, args)
		if intArg("Enum", name, all, 1) < 0 {
			return back(p, args)
		}
		return front(p, args)
	}
}
