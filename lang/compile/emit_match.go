package compile

import "github.com/conc-repl/conc-repl/lang"

func (g *gen) match(n *Match, dst int) {
	defer g.at(g.at(n.Pos))
	save := g.reserve(dst)
	v := noRegister
	if n.Val != nil {
		g.node(n.Val, g.top)
		v = g.seat(n.Subject)
	} else {
		defer g.withSubjects(n.Subjects)()
	}
	var end label
	for i := range n.Clauses {
		var next label
		temps := g.top
		g.clause(&n.Clauses[i], v, &next)
		g.node(n.Clauses[i].Body, dst)
		g.jumpX(lang.OpJmp, 0, &end)
		g.bind(&next)
		g.top = temps
	}
	if !g.dead || len(n.Clauses) == 0 {
		g.node(n.Fail, dst)
	}
	g.bind(&end)
	g.top = save
}

// noRegister stands for the value of a Match of several.
const noRegister = -1

// withSubjects has PatArgs match the given locals, until the function that it
// gives is called.
func (g *gen) withSubjects(locals []*Local) (restore func()) {
	old := g.subjects
	g.subjects = make([]int, len(locals))
	for i, l := range locals {
		where, r := g.where(l)
		if where != inReg {
			panic("compile: a Match of locals that are no parameters")
		}
		g.subjects[i] = r
	}
	return func() { g.subjects = old }
}

// assign generates a match that binds for all that follows it.
func (g *gen) assign(n *Assign, dst int) {
	defer g.at(g.at(n.Pos))
	if b, ok := n.Pattern.(*PatBind); ok {
		r := g.regs[b.Local.ID]
		g.node(n.Val, r)
		g.known(b.Local, r)
		g.result(r, dst)
		return
	}
	save := g.reserve(dst)
	g.node(n.Val, g.top)
	v := g.seat(n.Subject)
	var fail, end label
	g.pattern(n.Pattern, v, &fail)
	g.result(v, dst)
	if len(fail.jumps) > 0 {
		g.jumpX(lang.OpJmp, 0, &end)
		g.bind(&fail)
		g.node(n.Fail, g.top) // which raises
		g.emit(lang.OpThrow, g.top, 0, 0)
		g.bind(&end)
	}
	g.top = save
}

// clause generates pattern and guard: it goes to fail unless both take the
// value in register v.
func (g *gen) clause(c *Clause, v int, fail *label) {
	g.at(c.Pos)
	g.pattern(c.Pattern, v, fail)
	if c.Guard == nil {
		return
	}
	g.checkGuard(c.Guard, c.Pos)
	if g.safe(c.Guard) {
		g.unless(c.Guard, fail)
		return
	}
	ex := g.push()
	start := g.pc()
	g.unless(c.Guard, fail)
	end := g.pc()
	if end == start {
		return
	}
	// A guard that raises is one that fails.
	var holds label
	g.jumpX(lang.OpJmp, 0, &holds)
	h := lang.Handler{Start: int32(start), End: int32(end), Target: int32(g.pc()), Reg: uint16(ex)}
	g.code.Handlers = append(g.code.Handlers, h)
	g.dead = false
	g.jumpX(lang.OpJmp, 0, fail)
	g.bind(&holds)
	g.dead = false
}

// safe reports whether a guard can't raise: it compares a local with a number,
// which Elixir's order of all terms allows for any value.
func (g *gen) safe(n Node) bool {
	p, ok := g.unit.node(n).(*Prim)
	if !ok || g.unit.Notation != lang.ElixirNotation || p.Prim.unary || p.Prim.jump == 0 {
		return false
	}
	numbers := 0
	for _, arg := range p.Args {
		switch x := g.unit.node(arg).(type) {
		case *LocalRef:
		case *Const:
			if x.Val.IsFixed() || x.Val.IsFloat() {
				numbers++
			}
		default:
			return false
		}
	}
	return numbers > 0
}

// filter gives the number of the filter that a receive with these clauses
// has, counting from 1; 0 if it has none, since a clause may take anything.
func (g *gen) filter(clauses []Clause) int {
	f := &lang.Filter{}
	for i := range clauses {
		h, ok := head(clauses[i].Pattern)
		if !ok {
			return 0
		}
		f.Heads = append(f.Heads, h)
	}
	if len(f.Heads) == 0 || len(g.code.Filters) == maxFilters {
		return 0
	}
	g.code.Filters = append(g.code.Filters, f)
	return len(g.code.Filters)
}

// maxFilters is how many filters one body may have, for which an operand has room.
const maxFilters = 200

// head tells what a pattern asks of a message at first sight.
func head(p Pattern) (lang.Head, bool) {
	switch p := p.(type) {
	case *PatEqual:
		tag, ok := constKeyword(p)
		return lang.Head{Tag: tag}, ok
	case *PatVector:
		if p.Rest != nil {
			return lang.Head{}, false
		}
		h := lang.Head{Tuple: true, Len: len(p.Elems)}
		if h.Len > 0 {
			if first, ok := p.Elems[0].(*PatEqual); ok {
				h.Tag, _ = constKeyword(first)
			}
		}
		return h, true
	}
	return lang.Head{}, false
}

func constKeyword(p *PatEqual) (*lang.Keyword, bool) {
	c, ok := p.Val.(*Const)
	if !ok {
		return nil, false
	}
	return c.Val.AsKeyword()
}

// receive generates the matcher that walks over the mailbox.
func (g *gen) receive(n *Receive, dst int) {
	defer g.at(g.at(n.Pos))
	save := g.reserve(dst)
	if n.Timeout != nil {
		g.node(n.Timeout, g.top)
	} else {
		g.constant(lang.Nil, g.top)
	}
	deadline := g.push()
	msg := g.push()
	g.emit(lang.OpRecvStart, deadline, deadline, g.filter(n.Clauses))
	var none, expired, end label
	peek := g.pc()
	g.jumpX(lang.OpRecvPeek, msg, &none)
	matched := false
	for i := range n.Clauses {
		var next label
		temps := g.top
		g.clause(&n.Clauses[i], msg, &next)
		g.emit(lang.OpRecvRemove, 0, 0, 0)
		g.node(n.Clauses[i].Body, dst)
		g.jumpX(lang.OpJmp, 0, &end)
		g.bind(&next)
		g.top = temps
		if matched = g.dead; matched { // a clause that takes everything
			break
		}
	}
	g.at(n.Pos)
	if !matched {
		g.emit(lang.OpRecvNext, 0, 0, 0)
		g.emitX(lang.OpLoop, 0, peek-g.pc()-1, 0)
	}
	g.bind(&none)
	g.jumpX(lang.OpRecvWait, deadline, &expired)
	g.emitX(lang.OpJmp, 0, peek-g.pc()-1, 0)
	g.bind(&expired)
	if n.After != nil {
		g.node(n.After, dst)
	} else {
		g.node(nilNode, dst)
	}
	g.bind(&end)
	g.top = save
}

// pattern generates the match of the value in register v: it goes to fail
// unless the pattern takes it. Registers that it takes stay taken.
func (g *gen) pattern(p Pattern, v int, fail *label) {
	switch p := p.(type) {
	case PatAny:
	case *PatBind:
		g.emit(lang.OpMove, g.localRegister(p.Local), v, 0)
	case *PatEqual:
		if k, ok := g.small(p.Val); ok {
			g.jump(lang.OpJNSameI, v, k, fail)
			return
		}
		save := g.top
		g.jump(lang.OpJNSame, v, g.operand(p.Val), fail)
		g.top = save
	case *PatArgs:
		for i, e := range p.Elems {
			g.pattern(e, g.subjects[i], fail)
		}
	case *PatView:
		g.view(p, v, fail)
	case *PatBoth:
		g.pattern(p.Left, v, fail)
		g.pattern(p.Right, v, fail)
	case *PatVector:
		g.vectorPattern(p, v, fail)
	case *PatList:
		g.listPattern(p, v, fail)
	case *PatMap:
		g.jump(lang.OpJNMap, v, 0, fail)
		for i, k := range p.Keys {
			val := g.push() // and whether, in the register behind it
			has := g.push()
			g.node(k, g.top)
			g.emit(lang.OpMapFind, val, v, g.top)
			g.jumpX(lang.OpJF, has, fail)
			g.subpattern(p.Vals[i], val, fail)
		}
	}
}

func (g *gen) vectorPattern(p *PatVector, v int, fail *label) {
	op := lang.OpJNVec
	if p.Rest != nil {
		op = lang.OpJNVecMin
	}
	g.jump(op, v, len(p.Elems), fail)
	for i, e := range p.Elems {
		if _, ok := e.(PatAny); ok {
			continue
		}
		if b, ok := e.(*PatBind); ok && g.reserved[b.Local.ID] {
			g.emit(lang.OpElem, g.regs[b.Local.ID], v, i)
			g.known(b.Local, g.regs[b.Local.ID])
			continue
		}
		g.emit(lang.OpElem, g.top, v, i)
		g.subpattern(e, g.push(), fail)
	}
	if p.Rest != nil {
		g.emit(lang.OpVecRest, g.top, v, len(p.Elems))
		g.subpattern(p.Rest, g.push(), fail)
	}
}

func (g *gen) listPattern(p *PatList, v int, fail *label) {
	for _, e := range p.Elems {
		first := g.push()
		rest := g.push()
		g.jump(lang.OpUncons, first, v, fail)
		g.subpattern(e, first, fail)
		v = rest
	}
	if p.Rest == nil {
		g.jump(lang.OpJNEmpty, v, 0, fail)
		return
	}
	g.pattern(p.Rest, v, fail)
}

// subpattern matches a value that is in a register of its own, which a name
// can take over.
func (g *gen) subpattern(p Pattern, v int, fail *label) {
	if b, ok := p.(*PatBind); ok && !g.reserved[b.Local.ID] {
		g.regs[b.Local.ID] = v
		g.known(b.Local, v)
		return
	}
	g.pattern(p, v, fail)
}

// localRegister gives the register of a local that a pattern binds.
func (g *gen) localRegister(l *Local) int {
	if g.reserved[l.ID] {
		g.known(l, g.regs[l.ID])
		return g.regs[l.ID]
	}
	return g.bindLocal(l)
}

// view generates the call of a native in a pattern.
func (g *gen) view(p *PatView, v int, fail *label) {
	base := g.push()
	g.constant(p.Fn, base)
	g.emit(lang.OpMove, g.push(), v, 0)
	for _, arg := range p.Args {
		g.node(arg, g.top)
		g.push()
	}
	g.emitX(lang.OpCall, base, 0, len(p.Args)+1)
	g.top = base + 1
	g.subpattern(p.Then, base, fail)
}

// checkGuard raises if a guard does more than a guard may. What one in the
// Elixir notation may do is known to its own analysis.
func (g *gen) checkGuard(n Node, pos lang.Pos) {
	if g.unit.Notation == lang.ElixirNotation {
		return
	}
	each := func(nodes ...Node) {
		for _, n := range nodes {
			g.checkGuard(n, pos)
		}
	}
	switch n := g.unit.node(n).(type) {
	case *Const, *LocalRef, *VarRef:
	case *Prim:
		each(n.Args...)
	case *If:
		each(n.Test, n.Then, n.Else)
	case *Coll:
		each(n.Items...)
	case *Let:
		if n.Loop != nil {
			g.fail(n.Pos, "A guard can't loop")
		}
		for _, b := range n.Binds {
			each(b.Init)
		}
		each(n.Body)
	case *Call:
		v, ok := g.unit.node(n.Fn).(*VarRef)
		if !ok {
			g.fail(n.Pos, "A guard can call named functions only")
		}
		if info := v.Var.Obj().(lang.VarInfo); !info.GuardSafe() {
			g.fail(n.Pos, "A guard can't call "+varName(info)+": it may have effects. Test it in the clause's body")
		}
		each(n.Args...)
	default:
		g.fail(pos, "A guard can only compare and call functions without effects")
	}
}
