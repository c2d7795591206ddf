package runtime

import "github.com/conc-repl/conc-repl/lang"

// The instructions of the pattern compiler. A pattern looks at a value as far
// as it must: an unrealised lazy cell in its way is forced, and the
// instruction runs again.

func (p *Process) jumpTo(i uint64) { p.pc += int32(lang.SC(i)) }

func opJNSame(p *Process, i uint64) {
	a, b := *p.reg(lang.A(i)), *p.reg(lang.B(i))
	if p.needsCells(a) {
		return
	}
	if !lang.Same(a, b) {
		p.jumpTo(i)
	}
}

func opJNSameI(p *Process, i uint64) {
	if !lang.Same(*p.reg(lang.A(i)), lang.Int(int64(lang.SB(i)))) {
		p.jumpTo(i)
	}
}

func opJNVec(p *Process, i uint64) {
	v, ok := p.reg(lang.A(i)).Obj().(*lang.Vector)
	if !ok || v.Len() != lang.B(i) {
		p.jumpTo(i)
	}
}

func opJNVecMin(p *Process, i uint64) {
	v, ok := p.reg(lang.A(i)).Obj().(*lang.Vector)
	if !ok || v.Len() < lang.B(i) {
		p.jumpTo(i)
	}
}

func opElem(p *Process, i uint64) {
	*p.reg(lang.A(i)) = p.reg(lang.B(i)).Obj().(*lang.Vector).Nth(lang.C(i))
}

func opVecRest(p *Process, i uint64) {
	v := p.reg(lang.B(i)).Obj().(*lang.Vector)
	rest := lang.Nil
	if from := lang.C(i); from < v.Len() {
		rest = lang.ListOf(v.AppendTo(nil)[from:]...)
	}
	*p.reg(lang.A(i)) = rest
}

// sequence gives the sequence of v if v is a list or a lazy sequence: nil, a
// Seq or, third, that a cell is being forced.
func (p *Process) sequence(v lang.Value) (s lang.Value, isSeq, waits bool) {
	switch x := v.Obj().(type) {
	case *lang.LazySeq:
		if !x.Done() {
			p.again(forceNative, v)
			return lang.Nil, true, true
		}
		return x.Val, true, false
	case *lang.List:
		s, _ = lang.SeqOf(v)
		return s, true, false
	case lang.Seq:
		return v, true, false
	}
	return lang.Nil, false, false
}

func opUncons(p *Process, i uint64) {
	s, isSeq, waits := p.sequence(*p.reg(lang.B(i)))
	if waits {
		return
	}
	var first, rest lang.Value
	if seq, ok := s.Obj().(lang.Seq); isSeq && ok {
		first, rest = seq.First(), seq.Rest()
	} else if l, ok := p.reg(lang.B(i)).Obj().(*lang.Improper); ok {
		first, rest = l.Head(), l.Tail()
	} else {
		p.jumpTo(i)
		return
	}
	*p.reg(lang.A(i)), *p.reg(lang.A(i) + 1) = first, rest
}

func opJNEmpty(p *Process, i uint64) {
	s, isSeq, waits := p.sequence(*p.reg(lang.A(i)))
	if waits {
		return
	}
	if _, some := s.Obj().(lang.Seq); some || !isSeq {
		p.jumpTo(i)
	}
}

func opJNMap(p *Process, i uint64) {
	if !lang.IsMap(*p.reg(lang.A(i))) {
		p.jumpTo(i)
	}
}

func opMapFind(p *Process, i uint64) {
	k := *p.reg(lang.C(i))
	if p.needsCells(k) {
		return
	}
	v, ok := lang.Lookup(*p.reg(lang.B(i)), k)
	*p.reg(lang.A(i)), *p.reg(lang.A(i) + 1) = v, lang.Bool(ok)
}

// Receiver is what the package of the actor model gives to the machine: the
// mailbox cursor of the process, for the receive instructions. Remove and Wait
// are operations and may stop or park the process.
type Receiver interface {
	// Start begins a receive with a timeout in milliseconds, or nil, and what
	// its clauses ask of a message, or nil; it gives what Wait is told.
	Start(p *Process, timeout lang.Value, f *lang.Filter) lang.Value
	Peek(p *Process) (lang.Value, bool)
	// Next moves the cursor past the message at it, and past up to most that
	// follow and that the filter does not let through: it gives their number.
	Next(p *Process, most int) int
	// Remove takes the message at the cursor out; what it gives is not used.
	Remove(p *Process) lang.Value
	// Wait gives true when there is a message at the cursor, false when the
	// deadline has passed, in which case the receive is over.
	Wait(p *Process, deadline lang.Value) lang.Value
}

func (p *Process) receiver() Receiver {
	if p.W.Receiver == nil {
		lang.Raise(lang.UnsupportedOperationException, "this world has no mailboxes")
	}
	return p.W.Receiver
}

func opRecvStart(p *Process, i uint64) {
	var f *lang.Filter
	if n := lang.C(i); n > 0 {
		f = p.code.Filters[n-1]
	}
	*p.reg(lang.A(i)) = p.receiver().Start(p, *p.reg(lang.B(i)), f)
}

func opRecvPeek(p *Process, i uint64) {
	v, ok := p.receiver().Peek(p)
	if !ok {
		p.pc += int32(lang.Bx(i))
		return
	}
	*p.reg(lang.A(i)) = v
}

// opRecvNext charges for each message that is passed over as for a turn of
// the loop that would have looked at it.
func opRecvNext(p *Process, _ uint64) {
	n := p.receiver().Next(p, int(p.fuel/p.code.Cost))
	p.fuel -= int64(n) * p.code.Cost
}

func opRecvRemove(p *Process, _ uint64) {
	p.nb = p.base + int32(p.code.NRegs) + 1
	p.room(int(p.nb) + 1)
	p.settle(int(p.nb), p.receiver().Remove(p))
}

func opRecvWait(p *Process, i uint64) {
	p.nb = p.base + int32(p.code.NRegs) + 1
	p.room(int(p.nb) + 1)
	v := p.receiver().Wait(p, *p.reg(lang.A(i)))
	switch {
	case p.sig == sigPark:
		p.resume = resumeJump
		p.settle(int(p.nb), v)
	case !v.Truthy():
		p.pc += int32(lang.Bx(i))
	}
}
