package compile

import "github.com/conc-repl/conc-repl/lang"

func (g *gen) ifNode(n *If, dst int) {
	if c, ok := g.unit.node(n.Test).(*Const); ok {
		if c.Val.Truthy() {
			g.node(n.Then, dst)
		} else {
			g.node(n.Else, dst)
		}
		return
	}
	var orElse, end label
	g.unless(n.Test, &orElse)
	g.node(n.Then, dst)
	if dst != drop || !g.isPure(n.Else) {
		g.jumpX(lang.OpJmp, 0, &end)
	}
	g.bind(&orElse)
	g.node(n.Else, dst)
	g.bind(&end)
}

// isPure reports whether n has no effect that can be seen.
func (g *gen) isPure(n Node) bool {
	switch g.unit.node(n).(type) {
	case *Const, *LocalRef:
		return true
	}
	return false
}

// unless generates a test that goes to l if n is false.
func (g *gen) unless(n Node, l *label) {
	n = g.unit.node(n)
	if shape, first, second := g.connective(n); shape != plain {
		if shape == conjunction {
			g.unless(first, l)
			g.unless(second, l)
			return
		}
		var holds label
		g.when(first, &holds)
		g.unless(second, l)
		g.bind(&holds)
		return
	}
	switch n := n.(type) {
	case *Const:
		if !n.Val.Truthy() {
			g.jumpX(lang.OpJmp, 0, l)
		}
		return
	case *Prim:
		switch {
		case n.Prim == primNot:
			g.when(n.Args[0], l)
			return
		case n.Prim == primIsNil:
			g.test(lang.OpJNotNil, n.Args[0], l)
			return
		case n.Prim.jump != lang.OpNop:
			g.compare(n, l)
			return
		}
	}
	g.test(lang.OpJF, n, l)
}

// when generates a test that goes to l if n is true.
func (g *gen) when(n Node, l *label) {
	n = g.unit.node(n)
	if shape, first, second := g.connective(n); shape != plain {
		if shape == disjunction {
			g.when(first, l)
			g.when(second, l)
			return
		}
		var fails label
		g.unless(first, &fails)
		g.when(second, l)
		g.bind(&fails)
		return
	}
	switch n := n.(type) {
	case *Const:
		if n.Val.Truthy() {
			g.jumpX(lang.OpJmp, 0, l)
		}
		return
	case *Prim:
		switch {
		case n.Prim == primNot:
			g.unless(n.Args[0], l)
			return
		case n.Prim == primIsNil:
			g.test(lang.OpJNil, n.Args[0], l)
			return
		case n.Prim.jump != lang.OpNop:
			var fails label
			g.compare(n, &fails)
			g.jumpX(lang.OpJmp, 0, l)
			g.bind(&fails)
			return
		}
	}
	g.test(lang.OpJT, n, l)
}

// test generates a jump on one value.
func (g *gen) test(op lang.Op, n Node, l *label) {
	save := g.top
	r := g.operand(n)
	g.jumpX(op, r, l)
	g.top = save
}

// compare generates a fused compare and branch, which goes to l unless the
// comparison holds.
func (g *gen) compare(n *Prim, l *label) {
	defer g.at(g.at(n.Pos))
	save := g.top
	if k, ok := g.small(n.Args[1]); ok {
		g.jump(n.Prim.jumpR, g.operand(n.Args[0]), k, l)
	} else if k, ok := g.small(n.Args[0]); ok {
		g.jump(n.Prim.jumpL, g.operand(n.Args[1]), k, l)
	} else {
		x := g.operand(n.Args[0])
		y := g.operand(n.Args[1])
		if n.Prim.swap {
			x, y = y, x
		}
		g.jump(n.Prim.jump, x, y, l)
	}
	g.top = save
}

// shape tells whether a test is what `and` or `or` expands to.
type shape uint8

const (
	plain shape = iota
	conjunction
	disjunction
)

// connective recognises (let [x first] (if x second x)), an `and`, and
// (let [x first] (if x x second)), an `or`, where nothing else reads x. As a
// test, neither needs x.
func (g *gen) connective(n Node) (s shape, first, second Node) {
	let, ok := n.(*Let)
	if !ok || let.Loop != nil || len(let.Binds) != 1 {
		return plain, nil, nil
	}
	x := let.Binds[0].Local
	body, ok := g.unit.node(let.Body).(*If)
	if !ok || g.live.uses[x.ID] != 2 || !g.isRef(body.Test, x) {
		return plain, nil, nil
	}
	switch {
	case g.isRef(body.Else, x):
		return conjunction, let.Binds[0].Init, body.Then
	case g.isRef(body.Then, x):
		return disjunction, let.Binds[0].Init, body.Else
	}
	return plain, nil, nil
}

// isRef reports whether n is a read of l.
func (g *gen) isRef(n Node, l *Local) bool {
	r, ok := g.unit.node(n).(*LocalRef)
	return ok && r.Local == l
}

// maxChain is up to how many constants a case compares in turn; above, it
// looks them up in a map.
const maxChain = 6

func (g *gen) caseNode(n *Case, dst int) {
	defer g.at(g.at(n.Pos))
	save := g.reserve(dst)
	v := g.operand(n.Val)
	count := 0
	for _, c := range n.Clauses {
		count += len(c.Consts)
	}
	bodies := make([]label, len(n.Clauses))
	var end label
	if count <= maxChain {
		g.caseChain(n, v, bodies)
	} else {
		g.caseMap(n, v, bodies)
	}
	g.node(n.Default, dst)
	g.jumpX(lang.OpJmp, 0, &end)
	for i, c := range n.Clauses {
		g.bind(&bodies[i])
		g.node(c.Body, dst)
		if i < len(n.Clauses)-1 {
			g.jumpX(lang.OpJmp, 0, &end)
		}
	}
	g.bind(&end)
	g.top = save
}

// caseChain compares the value with one constant after the other.
func (g *gen) caseChain(n *Case, v int, bodies []label) {
	save := g.top
	for i, c := range n.Clauses {
		for _, k := range c.Consts {
			var next label
			if small, ok := g.small(&Const{k}); ok {
				g.jump(lang.OpJNEqI, v, small, &next)
			} else {
				r := g.push()
				g.constant(k, r)
				g.jump(lang.OpJNEq, v, r, &next)
			}
			g.jumpX(lang.OpJmp, 0, &bodies[i])
			g.bind(&next)
			g.top = save
		}
	}
}

// caseMap finds the clause's number in a map, and then the clause by halving.
func (g *gen) caseMap(n *Case, v int, bodies []label) {
	if len(n.Clauses) > 32000 {
		g.fail(n.Pos, "Can't have more than 32000 clauses in a case")
	}
	numbers := lang.NewMap()
	for i, c := range n.Clauses {
		for _, k := range c.Consts {
			numbers = numbers.Assoc(k, lang.Int(int64(i)))
		}
	}
	save := g.top
	found := g.push()
	has := g.push()
	table := g.push()
	g.constant(lang.Obj(numbers), table)
	g.emit(lang.OpMapFind, found, table, v)
	var none label
	g.jumpX(lang.OpJF, has, &none)
	g.halve(found, 0, bodies)
	g.bind(&none)
	g.top = save
}

// halve goes to bodies[R[r]-from].
func (g *gen) halve(r, from int, bodies []label) {
	if len(bodies) == 1 {
		g.jumpX(lang.OpJmp, 0, &bodies[0])
		return
	}
	half := len(bodies) / 2
	var high label
	g.jump(lang.OpJNLtI, r, from+half, &high)
	g.halve(r, from, bodies[:half])
	g.bind(&high)
	g.halve(r, from+half, bodies[half:])
}
