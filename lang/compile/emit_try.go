package compile

import "github.com/conc-repl/conc-repl/lang"

// try generates a body with its handlers. The code of a finally clause is
// there twice or more: once on each way out that ends well, and once for
// exceptions.
func (g *gen) try(n *Try, dst int) {
	defer g.at(g.at(n.Pos))
	save := g.reserve(dst)
	r := dst
	if dst < 0 || n.Finally != nil { // finally may read what dst still holds
		r = g.push()
	}
	t := tryGen{gen: g, form: n, result: r, ex: g.push()}
	start := g.pc()
	g.node(n.Body, r)
	end := g.pc()
	t.leave(start)
	if len(n.Catches) > 0 && end > start {
		t.catches(start, end)
	}
	t.finally()
	g.bind(&t.end)
	if dst != drop && !g.dead {
		g.result(r, dst)
	}
	g.top = save
}

// tryGen is what the parts of one try share.
type tryGen struct {
	*gen
	form    *Try
	result  int
	ex      int      // where handlers find the exception
	guarded [][2]int // code that the finally clause guards
	end     label
}

// leave ends code that began at start, and is guarded by the finally clause,
// on its way out.
func (t *tryGen) leave(start int) {
	t.guarded = append(t.guarded, [2]int{start, t.pc()})
	if t.dead {
		return
	}
	if t.form.Finally != nil {
		t.node(t.form.Finally, drop)
	}
	t.jumpX(lang.OpJmp, 0, &t.end)
}

// handler makes the next instruction that of a handler.
func (t *tryGen) handler(start, end int) {
	h := lang.Handler{Start: int32(start), End: int32(end), Target: int32(t.pc()), Reg: uint16(t.ex)}
	t.code.Handlers = append(t.code.Handlers, h)
	t.dead = false
}

// catches generates the catch clauses for the code from start to end.
func (t *tryGen) catches(start, end int) {
	t.handler(start, end)
	at := t.pc()
	for _, c := range t.form.Catches {
		var next label
		if c.Class != nil {
			save := t.top
			class := t.operand(c.Class)
			t.emit(lang.OpIsA, class, t.ex, class)
			t.jumpX(lang.OpJF, class, &next)
			t.top = save
		}
		t.regs[c.Local.ID] = t.ex
		t.node(c.Body, t.result)
		t.leave(at)
		t.bind(&next)
		at = t.pc()
		if t.dead { // it catches everything
			return
		}
	}
	t.emit(lang.OpThrow, t.ex, 0, 0)
	t.guarded = append(t.guarded, [2]int{at, t.pc()})
}

// finally generates what an exception meets on its way out.
func (t *tryGen) finally() {
	if t.form.Finally == nil {
		return
	}
	for _, s := range t.guarded {
		if s[1] > s[0] {
			t.handler(s[0], s[1])
		}
	}
	t.node(t.form.Finally, drop)
	t.emit(lang.OpThrow, t.ex, 0, 0)
}
