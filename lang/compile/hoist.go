package compile

import "github.com/conc-repl/conc-repl/lang"

// maxHoisted is how many constants a loop keeps in registers: few, since a
// register that is in use makes each parked process larger.
const maxHoisted = 4

// hoist loads, before a loop, the constants that its operations compare and
// calculate with and that fit no immediate operand. It gives what undoes that.
func (g *gen) hoist(body Node) (restore func()) {
	outer := g.hoisted
	g.hoisted = make(map[lang.Value]int, len(outer))
	for v, r := range outer {
		g.hoisted[v] = r
	}
	g.operands(body, func(v lang.Value) {
		if _, ok := g.hoisted[v]; !ok && len(g.hoisted) < maxHoisted {
			g.constant(v, g.top)
			g.hoisted[v] = g.push()
		}
	})
	return func() { g.hoisted = outer }
}

// operands calls f for the numbers that operations of n need in a register. It
// looks at the shapes that a tight loop consists of; what it misses is loaded
// where it is used.
func (g *gen) operands(n Node, f func(lang.Value)) {
	all := func(nodes ...Node) {
		for _, n := range nodes {
			g.operands(n, f)
		}
	}
	switch n := g.unit.node(n).(type) {
	case *If:
		all(n.Test, n.Then, n.Else)
	case *Do:
		all(n.Body...)
	case *Let:
		for _, b := range n.Binds {
			all(b.Init)
		}
		all(n.Body)
	case *Recur:
		all(n.Args...)
	case *Call:
		all(n.Args...)
	case *Prim:
		for _, arg := range n.Args {
			c, ok := g.unit.node(arg).(*Const)
			if !ok {
				all(arg)
				continue
			}
			if _, isSmall := g.small(c); !isSmall && (c.Val.IsInt() || c.Val.IsFloat()) {
				f(c.Val)
			}
		}
	}
}
