package runtime

import "github.com/conc-repl/conc-repl/lang"

// inner runs p.code from p.pc on, as long as it meets nothing but
// instructions of the common kind with operands of the common kind. It comes
// back with p.pc at the first instruction that it leaves to the outer loop:
// one of another kind, or operands that need a slow path, or a call for which
// there is no room or no fuel.
//
// It makes no Go call that returns to it, write barriers and panics excepted:
// Go keeps no registers across calls, so one such call in one case would make
// every case reload its state from memory. A test disassembles it.
func (p *Process) inner() {
	ins := p.code.Ins
	pc := int(p.pc)
	regs := p.stack[p.base : int(p.base)+p.code.NRegs]
	fuel := p.fuel
	var i uint64

	for {
		i = ins[pc]
		pc++
		switch lang.Op(i) {
		case lang.OpNop:

		case lang.OpMove:
			regs[lang.A(i)] = regs[lang.B(i)]
		case lang.OpTake:
			b := &regs[lang.B(i)]
			regs[lang.A(i)] = *b
			*b = lang.Value{}
		case lang.OpClear:
			regs[lang.A(i)] = lang.Value{}
		case lang.OpConst:
			regs[lang.A(i)] = p.code.Consts[lang.Bx(i)]
		case lang.OpInt:
			regs[lang.A(i)].SetInt(int64(lang.Bx(i)))
		case lang.OpTrue:
			regs[lang.A(i)].SetBool(true)
		case lang.OpFalse:
			regs[lang.A(i)].SetBool(false)
		case lang.OpUp:
			regs[lang.A(i)] = p.fn.Up[lang.B(i)]
		case lang.OpSelf:
			regs[lang.A(i)] = lang.Obj(p.fn)
		case lang.OpGetVar:
			v, ok := p.code.Consts[lang.Bx(i)].Obj().(*Var)
			if !ok || !v.plain {
				goto out
			}
			regs[lang.A(i)] = v.root

		case lang.OpJmp:
			pc += lang.Bx(i)
		case lang.OpLoop:
			if fuel < p.code.Cost {
				goto out
			}
			fuel -= p.code.Cost
			pc += lang.Bx(i)
		case lang.OpAddLoop:
			a := &regs[lang.A(i)]
			if !a.IsInt() || fuel < p.code.Cost {
				goto out
			}
			x, y := a.AsInt(), int64(lang.SD(i))
			z := x + y
			if (z^x)&(z^y) < 0 {
				goto out
			}
			a.SetInt(z)
			fuel -= p.code.Cost
			pc += lang.Bx(i)
			if i = ins[pc]; lang.Op(i) == lang.OpJNLt { // the test of a counting loop, without another dispatch
				a, b := &regs[lang.A(i)], &regs[lang.B(i)]
				if a.IsInt() && b.IsInt() {
					if pc++; a.AsInt() >= b.AsInt() {
						pc += lang.SC(i)
					}
				}
			}
		case lang.OpJF:
			if !regs[lang.A(i)].Truthy() {
				pc += lang.Bx(i)
			}
		case lang.OpJT:
			if regs[lang.A(i)].Truthy() {
				pc += lang.Bx(i)
			}
		case lang.OpJNil:
			if regs[lang.A(i)].IsNil() {
				pc += lang.Bx(i)
			}
		case lang.OpJNotNil:
			if !regs[lang.A(i)].IsNil() {
				pc += lang.Bx(i)
			}

		case lang.OpAdd:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() {
				goto out
			}
			x, y := b.AsInt(), c.AsInt()
			z := x + y
			if (z^x)&(z^y) < 0 {
				goto out
			}
			regs[lang.A(i)].SetInt(z)
		case lang.OpSub:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() {
				goto out
			}
			x, y := b.AsInt(), c.AsInt()
			z := x - y
			if (x^y)&(z^x) < 0 {
				goto out
			}
			regs[lang.A(i)].SetInt(z)
		case lang.OpMul:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() {
				goto out
			}
			x, y := b.AsInt(), c.AsInt()
			if int64(int32(x)) != x || int64(int32(y)) != y {
				goto out
			}
			regs[lang.A(i)].SetInt(x * y)
		case lang.OpQuot:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() || uint64(c.AsInt()+1) <= 1 { // by 0, or by -1, which may overflow
				goto out
			}
			regs[lang.A(i)].SetInt(b.AsInt() / c.AsInt())
		case lang.OpRem:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() || uint64(c.AsInt()+1) <= 1 {
				goto out
			}
			regs[lang.A(i)].SetInt(b.AsInt() % c.AsInt())
		case lang.OpAddI:
			b := &regs[lang.B(i)]
			if !b.IsInt() {
				goto out
			}
			x, y := b.AsInt(), int64(lang.SC(i))
			z := x + y
			if (z^x)&(z^y) < 0 {
				goto out
			}
			regs[lang.A(i)].SetInt(z)
		case lang.OpLt:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() {
				goto out
			}
			regs[lang.A(i)].SetBool(b.AsInt() < c.AsInt())
		case lang.OpLe:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() {
				goto out
			}
			regs[lang.A(i)].SetBool(b.AsInt() <= c.AsInt())
		case lang.OpEq, lang.OpNumEq:
			b, c := &regs[lang.B(i)], &regs[lang.C(i)]
			if !b.IsInt() || !c.IsInt() {
				goto out
			}
			regs[lang.A(i)].SetBool(b.AsInt() == c.AsInt())

		case lang.OpJNLt:
			a, b := &regs[lang.A(i)], &regs[lang.B(i)]
			if !a.IsInt() || !b.IsInt() {
				goto out
			}
			if a.AsInt() >= b.AsInt() {
				pc += lang.SC(i)
			}
		case lang.OpJNLe:
			a, b := &regs[lang.A(i)], &regs[lang.B(i)]
			if !a.IsInt() || !b.IsInt() {
				goto out
			}
			if a.AsInt() > b.AsInt() {
				pc += lang.SC(i)
			}
		case lang.OpJNEq, lang.OpJNNumEq:
			a, b := &regs[lang.A(i)], &regs[lang.B(i)]
			if !a.IsInt() || !b.IsInt() {
				goto out
			}
			if a.AsInt() != b.AsInt() {
				pc += lang.SC(i)
			}
		case lang.OpJNLtI:
			a := &regs[lang.A(i)]
			if !a.IsInt() {
				goto out
			}
			if a.AsInt() >= int64(lang.SB(i)) {
				pc += lang.SC(i)
			}
		case lang.OpJNLeI:
			a := &regs[lang.A(i)]
			if !a.IsInt() {
				goto out
			}
			if a.AsInt() > int64(lang.SB(i)) {
				pc += lang.SC(i)
			}
		case lang.OpJNGtI:
			a := &regs[lang.A(i)]
			if !a.IsInt() {
				goto out
			}
			if a.AsInt() <= int64(lang.SB(i)) {
				pc += lang.SC(i)
			}
		case lang.OpJNGeI:
			a := &regs[lang.A(i)]
			if !a.IsInt() {
				goto out
			}
			if a.AsInt() < int64(lang.SB(i)) {
				pc += lang.SC(i)
			}
		case lang.OpJNEqI, lang.OpJNNumEqI:
			a := &regs[lang.A(i)]
			if !a.IsInt() {
				goto out
			}
			if a.AsInt() != int64(lang.SB(i)) {
				pc += lang.SC(i)
			}
		case lang.OpJNSame:
			a, ok := regs[lang.A(i)].Obj().(*lang.Keyword)
			b, both := regs[lang.B(i)].Obj().(*lang.Keyword)
			if !ok || !both {
				goto out
			}
			if a != b {
				pc += lang.SC(i)
			}
		case lang.OpJNSameI:
			a := &regs[lang.A(i)]
			if !a.IsInt() {
				goto out
			}
			if a.AsInt() != int64(lang.SB(i)) {
				pc += lang.SC(i)
			}
		case lang.OpJNVec:
			v, ok := regs[lang.A(i)].Obj().(*lang.Vector)
			if !ok || v.Len() != lang.B(i) {
				pc += lang.SC(i)
			}
		case lang.OpElem:
			v, ok := regs[lang.B(i)].Obj().(*lang.Vector)
			if !ok {
				goto out
			}
			x, ok := v.InTail(lang.C(i))
			if !ok {
				goto out
			}
			regs[lang.A(i)] = x
		case lang.OpNot:
			regs[lang.A(i)].SetBool(!regs[lang.B(i)].Truthy())
		case lang.OpIsNil:
			regs[lang.A(i)].SetBool(regs[lang.B(i)].IsNil())

		case lang.OpCall, lang.OpCallVar, lang.OpCallSelf:
			var f *lang.Closure
			switch lang.Op(i) {
			case lang.OpCall:
				c, ok := regs[lang.A(i)].Obj().(*lang.Closure)
				if !ok {
					goto out
				}
				f = c
			case lang.OpCallVar:
				v, ok := p.code.Consts[lang.Bx(i)].Obj().(*Var)
				if !ok || v.closure == nil {
					goto out
				}
				f = v.closure
			default:
				f = p.fn
			}
			n := lang.D(i)
			if n >= len(f.Fn.Fixed) {
				goto out
			}
			callee := f.Fn.Fixed[n]
			at := int(p.base) + lang.A(i) + 1
			top := len(p.frames)
			code := p.code
			if callee == nil || at+callee.NRegs > len(p.stack) || top == cap(p.frames) || fuel < code.Cost {
				goto out
			}
			fuel -= code.Cost
			p.frames = p.frames[:top+1]
			fr := &p.frames[top]
			fr.pc, fr.base = int32(pc), p.base
			fr.code, fr.fn = code, p.fn
			p.code, p.fn, p.base = callee, f, int32(at)
			pc = 0
			ins = callee.Ins
			regs = p.stack[at : at+callee.NRegs]
		case lang.OpTailSelf:
			n := lang.D(i)
			if n >= len(p.fn.Fn.Fixed) || p.fn.Fn.Fixed[n] != p.code || fuel < p.code.Cost {
				goto out
			}
			fuel -= p.code.Cost
			a := lang.A(i) + 1
			for j := range n {
				regs[j] = regs[a+j]
			}
			pc = 0
		case lang.OpRet:
			top := len(p.frames) - 1
			if top < int(p.floor) {
				goto out
			}
			fr := &p.frames[top]
			code := fr.code
			if code == nil {
				goto out
			}
			p.stack[p.base-1] = regs[lang.A(i)]
			p.frames = p.frames[:top]
			pc = int(fr.pc)
			p.code, p.fn, p.base = code, fr.fn, fr.base
			ins = code.Ins
			regs = p.stack[p.base : int(p.base)+code.NRegs]

		default:
			goto out
		}
	}
out:
	p.pc = int32(pc - 1)
	p.fuel = fuel
}
