package compile

import (
	mathbits "math/bits"
	"slices"
)

// bits is a set of locals, by ID.
type bits []uint64

func (b bits) add(l *Local)      { b[l.ID/64] |= 1 << (l.ID % 64) }
func (b bits) remove(l *Local)   { b[l.ID/64] &^= 1 << (l.ID % 64) }
func (b bits) has(l *Local) bool { return b[l.ID/64]>>(l.ID%64)&1 != 0 }

// or adds the members of c.
func (b bits) or(c bits) {
	for i, w := range c {
		b[i] |= w
	}
}

// liveness finds the last reads of locals, backwards from the end of each
// function body, so that a register holds on to no value longer than the
// program can see: else a lazy sequence that is walked once would stay in
// memory from its head on. An operation that reads a local in its register
// (see gen.operand) does so when all its operands are there, and never clears it.
type liveness struct {
	u      *Unit
	last   []bool        // by LocalRef.ID: no read of the local follows on any path
	uses   []int         // by Local.ID: how many reads there are
	clears map[*Fn][]int // by ID, the locals that nothing reads after the closure is made
}

// findLast analyses a whole unit.
func findLast(u *Unit) *liveness {
	lv := &liveness{u: u, last: make([]bool, u.Refs), uses: make([]int, u.Locals), clears: map[*Fn][]int{}}
	lv.bodies(u.Root)
	return lv
}

func (lv *liveness) empty() bits { return make(bits, (lv.u.Locals+63)/64) }

func (lv *liveness) bodies(f *Fn) {
	for _, ar := range f.Arities {
		lv.walk(ar.Body, lv.empty())
	}
}

// direct notes a read that happens in the register itself.
func (lv *liveness) direct(n Node, live bits) {
	n = lv.u.node(n)
	if r, ok := n.(*LocalRef); ok {
		lv.uses[r.Local.ID]++
		live.add(r.Local)
		return
	}
	lv.walk(n, live)
}

// all walks nodes that are evaluated in order.
func (lv *liveness) all(nodes []Node, live bits) {
	for _, n := range slices.Backward(nodes) {
		lv.walk(n, live)
	}
}

// walk takes the set of what is live after n to what is live before it.
func (lv *liveness) walk(n Node, live bits) {
	switch n := lv.u.node(n).(type) {
	case *LocalRef:
		lv.uses[n.Local.ID]++
		lv.last[n.ID] = !live.has(n.Local)
		live.add(n.Local)
	case *If:
		other := slices.Clone(live)
		lv.walk(n.Else, other)
		lv.walk(n.Then, live)
		live.or(other)
		lv.direct(n.Test, live)
	case *Do:
		lv.all(n.Body, live)
	case *Let:
		lv.let(n, live)
	case *Recur:
		lv.all(n.Args, live)
	case *Assign:
		lv.walk(n.Fail, slices.Clone(live))
		lv.u.patternRefs(n.Pattern, func(r *LocalRef) { live.add(r.Local) })
		lv.walk(n.Val, live)
	case *Call:
		lv.all(n.Args, live)
		lv.walk(n.Fn, live)
	case *Prim:
		lv.operands(n.Args, live)
	case *Fn:
		lv.fn(n, live, true)
	case *Try:
		lv.try(n, live)
	case *Throw:
		lv.direct(n.Val, live)
	case *Def:
		if n.Meta != nil {
			lv.walk(n.Meta, live)
		}
		if n.Init != nil {
			lv.walk(n.Init, live)
		}
	case *SetVar:
		lv.walk(n.Val, live)
	case *Coll:
		lv.all(n.Items, live)
	case *Case:
		lv.cases(n, live)
	case *Match:
		lv.match(n, live)
	case *Receive:
		lv.receive(n, live)
	case *Letfn:
		lv.walk(n.Body, live)
		for _, f := range n.Fns {
			lv.fn(f, live, false)
		}
	}
}

// operands walks the operands of an operation: locals are read last of all.
func (lv *liveness) operands(args []Node, live bits) {
	for _, arg := range args {
		if _, ok := lv.u.node(arg).(*LocalRef); ok {
			lv.direct(arg, live)
		}
	}
	for _, arg := range slices.Backward(args) {
		if _, ok := lv.u.node(arg).(*LocalRef); !ok {
			lv.walk(arg, live)
		}
	}
}

func (lv *liveness) let(n *Let, live bits) {
	if n.Loop != nil { // what a turn of the loop reads, the next may read again
		body := lv.u.free(n.Body)
		for _, b := range n.Binds {
			body.remove(b.Local)
		}
		live.or(body)
	}
	lv.walk(n.Body, live)
	for _, b := range slices.Backward(n.Binds) {
		lv.walk(b.Init, live)
	}
}

// fn notes what making a closure reads.
func (lv *liveness) fn(f *Fn, live bits, clear bool) {
	lv.bodies(f)
	free := lv.u.free(f)
	for i, w := range free {
		for w &^= live[i]; w != 0 && clear; w &= w - 1 {
			lv.clears[f] = append(lv.clears[f], i*64+mathbits.TrailingZeros64(w))
		}
	}
	live.or(free)
}

func (lv *liveness) try(n *Try, live bits) {
	if n.Finally != nil {
		lv.walk(n.Finally, live)
	}
	after := slices.Clone(live)
	for _, c := range n.Catches {
		l := slices.Clone(after)
		lv.walk(c.Body, l)
		live.or(l)
	}
	lv.walk(n.Body, live)
}

func (lv *liveness) cases(n *Case, live bits) {
	after := slices.Clone(live)
	lv.walk(n.Default, live)
	for _, c := range n.Clauses {
		l := slices.Clone(after)
		lv.walk(c.Body, l)
		live.or(l)
	}
	lv.direct(n.Val, live)
}

func (lv *liveness) match(n *Match, live bits) {
	after := slices.Clone(live)
	lv.walk(n.Fail, live)
	for _, c := range slices.Backward(n.Clauses) {
		l := slices.Clone(after)
		lv.walk(c.Body, l)
		if c.Guard != nil {
			l.or(live) // when it fails
			lv.walk(c.Guard, l)
		}
		live.or(l)
		lv.u.patternRefs(c.Pattern, func(r *LocalRef) { live.add(r.Local) })
		for _, s := range n.Subjects {
			live.add(s)
		}
		if n.Val != nil { // a clause may know the value by this local
			live.add(n.Subject)
		}
	}
	if n.Val != nil {
		lv.walk(n.Val, live)
	}
}

func (lv *liveness) receive(n *Receive, live bits) {
	whole := lv.u.free(n)
	for _, c := range n.Clauses {
		l := slices.Clone(live)
		lv.walk(c.Body, l)
		if c.Guard != nil {
			l.or(whole) // when it fails, the next message may need all
			lv.walk(c.Guard, l)
		}
		whole.or(l)
	}
	if n.After != nil {
		lv.walk(n.After, live)
	}
	live.or(whole)
	if n.Timeout != nil {
		lv.walk(n.Timeout, live)
	}
}

// node gives n itself, or what filled the hole that it is.
func (u *Unit) node(n Node) Node {
	for {
		h, ok := n.(*Hole)
		if !ok {
			return n
		}
		n = u.Fills[h.ID]
	}
}

// free gives the locals that n reads and does not bind.
func (u *Unit) free(n Node) bits {
	size := (u.Locals + 63) / 64
	read, bound := make(bits, size), make(bits, size)
	u.visit(n, func(r *LocalRef) { read.add(r.Local) }, bound.add)
	for i := range read {
		read[i] &^= bound[i]
	}
	return read
}

// reads reports whether n reads the local.
func (u *Unit) reads(n Node, l *Local) bool {
	found := false
	u.visit(n, func(r *LocalRef) { found = found || r.Local == l }, func(*Local) {})
	return found
}
