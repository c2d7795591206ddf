package compile

import (
	"github.com/conc-repl/conc-repl/lang"
)

// node generates the code of n, with its value going to dst: a register, ret or drop.
func (g *gen) node(n Node, dst int) {
	switch n := g.unit.node(n).(type) {
	case *If:
		g.ifNode(n, dst)
	case *Do:
		g.do(n, dst)
	case *Let:
		g.let(n, dst)
	case *Recur:
		g.recur(n)
	case *Assign:
		g.assign(n, dst)
	case *Call:
		defer g.at(g.at(n.Pos))
		g.call(n, dst)
	case *Try:
		g.try(n, dst)
	case *Throw:
		save := g.top
		r := g.operand(n.Val)
		old := g.at(n.Pos)
		g.emit(lang.OpThrow, r, 0, 0)
		g.at(old)
		g.top = save
	case *Case:
		g.caseNode(n, dst)
	case *Match:
		g.match(n, dst)
	case *Receive:
		g.receive(n, dst)
	case *Letfn:
		g.letfn(n, dst)
	case *LocalRef:
		if where, r := g.where(n.Local); dst == ret && where == inReg {
			g.emit(lang.OpRet, r, 0, 0)
			return
		}
		g.leaf(n, dst)
	default:
		g.leaf(n, dst)
	}
}

// leaf generates an expression that is no control flow, into a register.
func (g *gen) leaf(n Node, dst int) {
	r := dst
	if dst < 0 {
		r = g.top
	}
	switch n := n.(type) {
	case *Const:
		if dst == drop {
			return
		}
		g.constant(n.Val, r)
	case *LocalRef:
		if dst == drop {
			return
		}
		g.local(n, r)
	case *VarRef:
		old := g.at(n.Pos)
		g.emitX(lang.OpGetVar, r, g.constIndex(n.Var), 0)
		g.at(old)
	case *Prim:
		g.prim(n, r)
	case *Fn:
		g.closure(n, r)
	case *Def:
		g.def(n, r)
	case *SetVar:
		g.setVar(n, r)
	case *Coll:
		g.coll(n, r)
	}
	if dst == ret {
		g.emit(lang.OpRet, r, 0, 0)
	}
}

func (g *gen) do(n *Do, dst int) {
	last := len(n.Body) - 1
	for _, b := range n.Body[:last] {
		g.node(b, drop)
	}
	g.node(n.Body[last], dst)
}

func (g *gen) let(n *Let, dst int) {
	save := g.top // the first local's register may be that of the value
	head := loopHead{}
	for _, b := range n.Binds {
		if b.Init == nil {
			g.seat(b.Local)
			g.reserved[b.Local.ID] = true
			continue
		}
		g.node(b.Init, g.top)
		head.regs = append(head.regs, g.bindLocal(b.Local))
	}
	if n.Loop != nil {
		defer g.hoist(n.Body)()
		head.pc = g.pc()
		g.loops[n.Loop] = head
		g.dead = false
	}
	g.node(n.Body, dst)
	g.top = save
}

// recur fills the registers of its target anew and goes back. A new value
// goes straight to its register if no later one reads the old. A local that
// only grows by a constant does so on the way back.
func (g *gen) recur(n *Recur) {
	head := g.loops[n.Target]
	type move struct{ to, from int }
	var late []move
	save := g.top
	counter, step := g.counter(n)
	for i, arg := range n.Args {
		l, r := n.Target.Locals[i], head.regs[i]
		if i == counter {
			continue
		}
		if g.readLater(n.Args[i+1:], l) {
			g.node(arg, g.top)
			late = append(late, move{r, g.push()})
			continue
		}
		g.node(arg, r)
	}
	for _, m := range late {
		g.emit(lang.OpMove, m.to, m.from, 0)
	}
	defer g.at(g.at(n.Pos))
	if counter >= 0 {
		g.at(g.unit.node(n.Args[counter]).(*Prim).Pos) // the addition may raise
		g.emitX(lang.OpAddLoop, head.regs[counter], head.pc-g.pc()-1, step)
	} else {
		g.emitX(lang.OpLoop, 0, head.pc-g.pc()-1, 0)
	}
	g.top = save
}

// counter finds an argument of a recur that is its own local plus a constant
// of 8 bits, and that no later argument reads; -1 if there is none.
func (g *gen) counter(n *Recur) (arg, step int) {
	for i, a := range n.Args {
		l := n.Target.Locals[i]
		p, ok := g.unit.node(a).(*Prim)
		if !ok || p.Prim != primAdd && p.Prim != primSub {
			continue
		}
		ref, ok := g.unit.node(p.Args[0]).(*LocalRef)
		k, isSmall := g.small(p.Args[1])
		if p.Prim == primSub {
			k = -k
		}
		if ok && isSmall && ref.Local == l && k == int(int8(k)) && k != 0 && !g.readLater(n.Args[i+1:], l) {
			return i, k
		}
	}
	return -1, 0
}

// readLater reports whether one of the nodes reads a local.
func (g *gen) readLater(nodes []Node, l *Local) bool {
	for _, n := range nodes {
		if g.unit.reads(n, l) {
			return true
		}
	}
	return false
}

// call generates a call: the function, if it is no var, and the arguments go
// to a window at the top of the stack.
func (g *gen) call(n *Call, dst int) {
	if len(n.Args) > maxArgs {
		g.callMany(n, dst)
		return
	}
	save := g.top
	op, tail, x := lang.OpCall, lang.OpTailCall, 0
	base := g.push()
	switch fn := g.unit.node(n.Fn).(type) {
	case *VarRef:
		if n.Tail && dst == ret {
			g.emitX(lang.OpGetVar, base, g.constIndex(fn.Var), 0)
			break
		}
		op, x = lang.OpCallVar, g.constIndex(fn.Var)
	case *LocalRef:
		if where, _ := g.where(fn.Local); where == isSelf && g.fn.hasArity(len(n.Args)) {
			if loop := g.start != nil && len(g.start.Locals) == len(n.Args); loop && n.Tail && dst == ret {
				g.top = save
				g.recur(&Recur{Target: g.start, Args: n.Args, Pos: n.Pos})
				return
			}
			op, tail = lang.OpCallSelf, lang.OpTailSelf
			break
		}
		g.top = base
		g.local(fn, base)
		g.push()
	default:
		g.top = base
		g.node(fn, base)
		g.push()
	}
	for _, arg := range n.Args {
		g.node(arg, g.top)
		g.push()
	}
	g.top = save
	if n.Tail && dst == ret {
		g.emitX(tail, base, 0, len(n.Args))
		return
	}
	g.emitX(op, base, x, len(n.Args))
	g.result(base, dst)
}

// result brings a value from the register where it is to where it is wanted.
func (g *gen) result(r, dst int) {
	switch {
	case dst == ret:
		g.emit(lang.OpRet, r, 0, 0)
	case dst >= 0 && dst != r:
		g.emit(lang.OpMove, dst, r, 0)
	}
}

// hasArity reports whether the function takes n arguments.
func (f *function) hasArity(n int) bool {
	for _, ar := range f.node.Arities {
		if ar.fixed() == n || ar.Rest && n >= ar.fixed() {
			return true
		}
	}
	return false
}

// callMany generates a call with more arguments than an instruction counts:
// (apply f [arguments]).
func (g *gen) callMany(n *Call, dst int) {
	if len(n.Args) > maxIndex/2 {
		g.fail(n.Pos, "Can't call with more than 32500 arguments")
	}
	apply := callee(g.unit.Support(lang.SupportApply), n.Pos)
	args := &Coll{Kind: CollVector, Items: n.Args, Pos: n.Pos}
	g.call(&Call{Fn: apply, Args: []Node{n.Fn, args}, Pos: n.Pos}, dst)
}

// prim generates an operation's value.
func (g *gen) prim(n *Prim, dst int) {
	save := g.top
	old := g.at(n.Pos)
	if n.Prim.unary {
		g.emit(n.Prim.op, dst, g.operand(n.Args[0]), 0)
	} else if !g.addImmediate(n, dst) {
		x := g.operand(n.Args[0])
		y := g.operand(n.Args[1])
		if n.Prim.swap {
			x, y = y, x
		}
		g.emit(n.Prim.op, dst, x, y)
	}
	g.at(old)
	g.top = save
}

// addImmediate generates an addition or subtraction of a small constant.
func (g *gen) addImmediate(n *Prim, dst int) bool {
	x, k := n.Args[0], 0
	if g.constants(n.Args) { // an error must name the operands in their order
		return false
	}
	i, right := g.small(n.Args[1])
	switch {
	case n.Prim == primAdd && right:
		k = i
	case n.Prim == primSub && right && i != 0 && i != -1<<15: // x - 0 is x, but -0.0 + 0 is 0.0
		k = -i
	case n.Prim == primAdd:
		left := false
		if k, left = g.small(n.Args[0]); !left {
			return false
		}
		x = n.Args[1]
	default:
		return false
	}
	g.emit(lang.OpAddI, dst, g.operand(x), k)
	return true
}

// constants reports whether all of some nodes are constants.
func (g *gen) constants(nodes []Node) bool {
	for _, n := range nodes {
		if _, ok := g.unit.node(n).(*Const); !ok {
			return false
		}
	}
	return true
}

// small gives the integer that n is, if it fits an immediate operand.
func (g *gen) small(n Node) (int, bool) {
	c, ok := g.unit.node(n).(*Const)
	if !ok || !c.Val.IsInt() || c.Val.AsInt() != int64(int16(c.Val.AsInt())) {
		return 0, false
	}
	return int(c.Val.AsInt()), true
}

// closure generates a function value. The bodies come first: they tell what
// it captures.
func (g *gen) closure(n *Fn, dst int) {
	defer g.at(g.at(n.Pos))
	save := g.reserve(dst)
	f := &function{node: n, index: map[*Local]int{}}
	g.makeClosure(f, dst)
	for _, id := range g.live.clears[n] {
		if r, ok := g.regs[id]; ok && r != dst {
			g.emit(lang.OpClear, r, 0, 0)
		}
	}
	g.top = save
}

func (g *gen) makeClosure(f *function, dst int) {
	t := g.template(f)
	self := -1
	for _, l := range f.captures {
		where, i := g.where(l)
		if where == isSelf {
			if self < 0 {
				self = g.push()
				g.emit(lang.OpSelf, self, 0, 0)
			}
			i = self
		}
		t.Captures = append(t.Captures, lang.Capture{FromUp: where == inUp, Index: uint16(i), Name: l.Name})
	}
	g.emitX(lang.OpClosure, dst, len(g.code.Fns), 0)
	g.code.Fns = append(g.code.Fns, t)
}

// letfn makes all the closures, and then gives each one the others.
func (g *gen) letfn(n *Letfn, dst int) {
	save := g.reserve(dst)
	for _, l := range n.Locals {
		g.emit(lang.OpClear, g.bindLocal(l), 0, 0)
	}
	fns := make([]*function, len(n.Fns))
	for i, f := range n.Fns {
		fns[i] = &function{node: f, index: map[*Local]int{}}
		temps := g.top
		g.makeClosure(fns[i], g.regs[n.Locals[i].ID])
		g.top = temps
	}
	for i, f := range fns {
		for _, l := range n.Locals {
			if up, ok := f.index[l]; ok {
				g.emit(lang.OpSetUp, g.regs[n.Locals[i].ID], up, g.regs[l.ID])
			}
		}
	}
	g.node(n.Body, dst)
	g.top = save
}

func (g *gen) def(n *Def, dst int) {
	save := g.top
	base, flags := g.push(), 0
	if n.Init != nil {
		flags = 1
		g.top = base
		g.node(n.Init, base)
		g.push()
	}
	if n.Meta != nil {
		flags |= 2
		g.node(n.Meta, g.top)
	}
	old := g.at(n.Pos)
	g.emitX(lang.OpDef, base, g.constIndex(n.Var), flags)
	g.top = save
	g.result(base, dst)
	g.at(old)
}

func (g *gen) setVar(n *SetVar, dst int) {
	base := g.top
	g.node(n.Val, base)
	old := g.at(n.Pos)
	g.emitX(lang.OpSetVar, base, g.constIndex(n.Var), 0)
	g.result(base, dst)
	g.at(old)
}

// coll generates a collection: a constant if all its items are.
func (g *gen) coll(n *Coll, dst int) {
	if v, ok := g.constColl(n); ok {
		g.constant(v, dst)
		return
	}
	save := g.top
	base := g.top
	for _, it := range n.Items {
		g.node(it, g.top)
		g.push()
	}
	old := g.at(n.Pos)
	g.emit(collOps[n.Kind], dst, base, len(n.Items))
	g.at(old)
	g.top = save
}

var collOps = [...]lang.Op{CollVector: lang.OpVec, CollMap: lang.OpMap, CollSet: lang.OpSet, CollList: lang.OpList, CollCons: lang.OpCons}

// constColl gives the constant that a collection literal is.
func (g *gen) constColl(n *Coll) (lang.Value, bool) {
	vs := make([]lang.Value, len(n.Items))
	for i, it := range n.Items {
		it = g.unit.node(it)
		if c, ok := it.(*Coll); ok {
			v, ok := g.constColl(c)
			if !ok {
				return lang.Nil, false
			}
			vs[i] = v
			continue
		}
		c, ok := it.(*Const)
		if !ok {
			return lang.Nil, false
		}
		vs[i] = c.Val
	}
	switch n.Kind {
	case CollMap:
		if g.unit.Notation == lang.ElixirNotation {
			return lang.Obj(lang.NewErlangMap(vs...)), true
		}
		return lang.Obj(lang.NewMap(vs...)), true
	case CollList:
		return lang.ListOf(vs...), true
	case CollCons:
		return lang.Nil, false
	case CollSet:
		return lang.Obj(lang.NewSet(vs...)), true
	}
	return lang.Vec(vs...), true
}
