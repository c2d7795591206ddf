package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// What a pass may give in the end.

func giveList(_ *runtime.Process, s *fold) lang.Value { return list(s.out.vs) }

func giveAcc(_ *runtime.Process, s *fold) lang.Value { return s.acc }

func giveLists(_ *runtime.Process, s *fold) lang.Value {
	return lang.Vec(list(s.out.vs), list(s.also.vs))
}

func giveListAcc(_ *runtime.Process, s *fold) lang.Value { return lang.Vec(list(s.out.vs), s.acc) }

func giveCount(_ *runtime.Process, s *fold) lang.Value { return lang.Int(s.n) }

func giveOK(*runtime.Process, *fold) lang.Value { return okAtom }

// What a pass may do with an element, or with what the function gave for it.

func keep(s *fold, x lang.Value) verdict {
	s.out.add(x)
	return next
}

func keepIf(s *fold, r lang.Value) verdict {
	if r.Truthy() {
		s.out.add(s.x)
	}
	return next
}

func keepUnless(s *fold, r lang.Value) verdict { return keepIf(s, lang.Bool(!r.Truthy())) }

func sortOut(s *fold, r lang.Value) verdict {
	if r.Truthy() {
		s.out.add(s.x)
	} else {
		s.also.add(s.x)
	}
	return next
}

func forget(*fold, lang.Value) verdict { return next }

func accumulate(s *fold, r lang.Value) verdict {
	s.acc = r
	return next
}

// begin is the see of a pass whose first element is its first accumulator.
func begin(s *fold, x lang.Value) verdict {
	if s.on {
		return call
	}
	s.acc, s.on = x, true
	return next
}

// beginKept is begin for a pass that gives all its accumulators.
func beginKept(s *fold, x lang.Value) verdict {
	if s.on {
		return call
	}
	s.acc, s.on = x, true
	s.out.add(x)
	return next
}

func notEmpty(_ *runtime.Process, s *fold) lang.Value {
	if !s.on {
		raiseEmpty()
	}
	return s.acc
}

func raiseEmpty() { Raise("Enum.EmptyError", "empty error") }

// decideOn is what ends a search: an outcome of the function of which truth
// is wanted, and what the search then gives.
func decideOn(wanted bool, found func(s *fold, r lang.Value) lang.Value) func(s *fold, r lang.Value) verdict {
	return func(s *fold, r lang.Value) verdict {
		if r.Truthy() != wanted {
			return next
		}
		s.acc = found(s, r)
		return enough
	}
}

func always(v lang.Value) func(*fold, lang.Value) lang.Value {
	return func(*fold, lang.Value) lang.Value { return v }
}

func theElement(s *fold, _ lang.Value) lang.Value { return s.x }
func theOutcome(_ *fold, r lang.Value) lang.Value { return r }

var (
	mapPass    = &pass{name: "map", put: keep, end: giveList, full: true}
	eachPass   = &pass{name: "each", put: forget, end: giveOK}
	filterPass = &pass{name: "filter", put: keepIf, end: giveList}
	rejectPass = &pass{name: "reject", put: keepUnless, end: giveList}
	reducePass = &pass{name: "reduce", arg: elementAcc, put: accumulate, end: giveAcc}
	reduceFrom = &pass{name: "reduce", arg: elementAcc, see: begin, put: accumulate, end: notEmpty}
	splitWith  = &pass{name: "split_with", put: sortOut, end: giveLists}
	toList     = &pass{name: "to_list", see: keep, end: giveList, full: true}
	indexed    = &pass{name: "with_index", arg: elementIndex, end: giveList,
		put: func(s *fold, r lang.Value) verdict { s.n++; return keep(s, r) }}
	withOffset = &pass{name: "with_index", end: giveList, full: true,
		see: func(s *fold, x lang.Value) verdict { s.n++; return keep(s, lang.Vec(x, lang.Int(s.n-1))) }}

	allPass   = &pass{name: "all?", put: decideOn(false, always(lang.False)), end: giveAcc}
	anyPass   = &pass{name: "any?", put: decideOn(true, always(lang.True)), end: giveAcc}
	findPass  = &pass{name: "find", put: decideOn(true, theElement), end: giveAcc}
	findValue = &pass{name: "find_value", put: decideOn(true, theOutcome), end: giveAcc}
	findIndex = &pass{name: "find_index", end: giveAcc, put: func(s *fold, r lang.Value) verdict {
		if !r.Truthy() {
			s.n++
			return next
		}
		s.acc = lang.Int(s.n)
		return enough
	}}
	allTruthy = &pass{name: "all?", end: giveAcc, see: func(s *fold, x lang.Value) verdict { return allPass.put(s, x) }}
	anyTruthy = &pass{name: "any?", end: giveAcc, see: func(s *fold, x lang.Value) verdict { return anyPass.put(s, x) }}
	memberOf  = &pass{name: "member?", end: giveAcc, see: func(s *fold, x lang.Value) verdict {
		if !lang.Same(x, s.f) {
			return next
		}
		s.acc = lang.True
		return enough
	}}
	emptyPass = &pass{name: "empty?", end: giveAcc, see: func(s *fold, _ lang.Value) verdict {
		s.acc = lang.False
		return enough
	}}

	countPass = &pass{name: "count", end: giveCount, see: func(s *fold, _ lang.Value) verdict { s.n++; return next }}
	countIf   = &pass{name: "count", end: giveCount, put: func(s *fold, r lang.Value) verdict {
		if r.Truthy() {
			s.n++
		}
		return next
	}}
	countUntil = &pass{name: "count_until", end: giveCount, see: counted}
	countIfTil = &pass{name: "count_until", end: giveCount, put: func(s *fold, r lang.Value) verdict {
		if r.Truthy() {
			return counted(s, r)
		}
		return next
	}}

	scanPass = &pass{name: "scan", arg: elementAcc, put: scanned, end: giveList}
	scanFrom = &pass{name: "scan", arg: elementAcc, see: beginKept, put: scanned, end: giveList}

	reduceWhile = &pass{name: "reduce_while", arg: elementAcc, end: giveAcc, put: func(s *fold, r lang.Value) verdict {
		tag, v := tagged(r, contAtom, haltAtom)
		s.acc = v
		if tag == haltAtom {
			return enough
		}
		return next
	}}
	mapReduce = &pass{name: "map_reduce", arg: elementAcc, end: giveListAcc, put: func(s *fold, r lang.Value) verdict {
		t := pairOf(r)
		s.acc = t.Nth(1)
		return keep(s, t.Nth(0))
	}}
	flatMap       = &pass{name: "flat_map", put: keep, end: giveFlat}
	flatMapReduce = &pass{name: "flat_map_reduce", arg: elementAcc, end: giveFlatAcc, put: func(s *fold, r lang.Value) verdict {
		t := pairOf(r)
		s.acc = t.Nth(1)
		if t.Nth(0) == haltAtom {
			return enough
		}
		return keep(s, t.Nth(0))
	}}
)

// tagged gives the two sides of a pair whose first is one of tags; another
// value matches no clause.
func tagged(v lang.Value, tags ...lang.Value) (tag, val lang.Value) {
	if t, ok := v.Obj().(*lang.Vector); ok && t.Len() == 2 {
		for _, tag := range tags {
			if t.Nth(0) == tag {
				return tag, t.Nth(1)
			}
		}
	}
	lang.RaiseReason(lang.Vec(lang.K("case_clause"), v))
	return lang.Nil, lang.Nil
}

// counted counts up to a limit.
func counted(s *fold, _ lang.Value) verdict {
	if s.n++; s.n == s.by {
		return enough
	}
	return next
}

func scanned(s *fold, r lang.Value) verdict {
	s.acc = r
	return keep(s, r)
}

func giveFlat(p *runtime.Process, s *fold) lang.Value {
	return gathering{todo: s.out.vs, then: func(_ *runtime.Process, vs []lang.Value) lang.Value { return list(vs) }}.run(p)
}

func giveFlatAcc(p *runtime.Process, s *fold) lang.Value {
	acc := s.acc
	return gathering{todo: s.out.vs, then: func(_ *runtime.Process, vs []lang.Value) lang.Value { return lang.Vec(list(vs), acc) }}.run(p)
}
