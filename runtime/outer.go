package runtime

import "github.com/conc-repl/conc-repl/lang"

// outer has, for each operation, what the outer loop does with an
// instruction of it: everything for those that the inner loop does not know,
// the uncommon operands for the others. When one is called, p.pc is past
// the instruction. It is filled at initialisation, since its functions lead
// back to the loop.
var outer [256]func(p *Process, i uint64)

func init() {
	for op := range outer {
		outer[op] = badOp
	}
	for op, f := range map[lang.Op]func(p *Process, i uint64){
		lang.OpGetVar: opGetVar, lang.OpLoop: opYield, lang.OpAddLoop: opAddLoop,
		lang.OpAdd: arith(lang.Add, addElixir), lang.OpSub: arith(lang.Sub, subElixir), lang.OpMul: arith(lang.Mul, mulElixir),
		lang.OpQuot: arith(lang.Quot, quotElixir), lang.OpRem: arith(lang.Rem, remElixir),
		lang.OpAddI: opAddI,
		lang.OpLt:   compare(less), lang.OpLe: compare(lessEq), lang.OpNumEq: compare(numEq),
		lang.OpEq:   opEq,
		lang.OpJNLt: jumpUnless(less), lang.OpJNLe: jumpUnless(lessEq), lang.OpJNNumEq: jumpUnless(numEq),
		lang.OpJNEq:  opJNEq,
		lang.OpJNLtI: jumpUnlessI(less), lang.OpJNLeI: jumpUnlessI(lessEq),
		lang.OpJNGtI: jumpUnlessI(greater), lang.OpJNGeI: jumpUnlessI(greaterEq),
		lang.OpJNEqI: jumpUnlessI(equal), lang.OpJNNumEqI: jumpUnlessI(numEq),
		lang.OpCall: opCall, lang.OpCallVar: opCallVar, lang.OpCallSelf: opCallSelf,
		lang.OpTailCall: opTailCall, lang.OpTailSelf: opTailSelf, lang.OpRet: opRet,
		lang.OpClosure: opClosure, lang.OpSetUp: opSetUp,
		lang.OpVec: opVec, lang.OpList: opList, lang.OpCons: opCons, lang.OpMap: opMap, lang.OpSet: opSet,
		lang.OpDef: opDef, lang.OpSetVar: opSetVar,
		lang.OpThrow: opThrow, lang.OpIsA: opIsA,
		lang.OpJNSame: opJNSame, lang.OpJNSameI: opJNSameI, lang.OpJNVec: opJNVec, lang.OpJNVecMin: opJNVecMin,
		lang.OpElem: opElem, lang.OpVecRest: opVecRest, lang.OpUncons: opUncons,
		lang.OpJNEmpty: opJNEmpty, lang.OpJNMap: opJNMap, lang.OpMapFind: opMapFind,
		lang.OpRecvStart: opRecvStart, lang.OpRecvPeek: opRecvPeek, lang.OpRecvNext: opRecvNext,
		lang.OpRecvRemove: opRecvRemove, lang.OpRecvWait: opRecvWait,
	} {
		outer[op] = f
	}
}

func badOp(p *Process, i uint64) {
	lang.Raise(internalError, "bad instruction %s at %d of %s", lang.Op(i), p.pc-1, p.code.Name)
}

func (p *Process) reg(i int) *lang.Value { return &p.stack[int(p.base)+i] }

// opYield gives way; the instruction runs again in the next slice.
func opYield(p *Process, _ uint64) {
	p.pc--
	p.sig = sigYield
}

// charge takes the cost of a call or back edge, or, if the fuel does not
// reach, gives way before it.
func (p *Process) charge() bool {
	if p.fuel < p.code.Cost {
		opYield(p, 0)
		return false
	}
	p.fuel -= p.code.Cost
	return true
}

func arith(clojure, elixir func(a, b lang.Value) lang.Value) func(*Process, uint64) {
	return func(p *Process, i uint64) {
		f := clojure
		if p.inElixir() {
			f = elixir
		}
		*p.reg(lang.A(i)) = f(*p.reg(lang.B(i)), *p.reg(lang.C(i)))
	}
}

func opAddI(p *Process, i uint64) {
	*p.reg(lang.A(i)) = p.add(*p.reg(lang.B(i)), lang.SC(i))
}

// add adds a small constant, as a subtraction where it is negative, so that an
// overflow speaks of what the user wrote.
func (p *Process) add(v lang.Value, n int) lang.Value {
	plus, minus := lang.Add, lang.Sub
	if p.inElixir() {
		plus, minus = addElixir, subElixir
	}
	if n < 0 {
		return minus(v, lang.Int(int64(-n)))
	}
	return plus(v, lang.Int(int64(n)))
}

func opAddLoop(p *Process, i uint64) {
	if p.charge() {
		*p.reg(lang.A(i)) = p.add(*p.reg(lang.A(i)), lang.SD(i))
		p.pc += int32(lang.Bx(i))
	}
}

// test is a comparison, as each notation has it.
type test struct{ clojure, elixir func(a, b lang.Value) bool }

func (t *test) holds(p *Process, a, b lang.Value) bool {
	if p.inElixir() {
		return t.elixir(a, b)
	}
	return t.clojure(a, b)
}

var (
	less   = test{lang.Lt, lessElixir}
	lessEq = test{lang.Le, lessEqElixir}
	numEq  = test{lang.EqualNum, equalElixir}

	greater = test{func(a, b lang.Value) bool { return lang.Lt(b, a) },
		func(a, b lang.Value) bool { return lessElixir(b, a) }}
	greaterEq = test{func(a, b lang.Value) bool { return lang.Le(b, a) },
		func(a, b lang.Value) bool { return lessEqElixir(b, a) }}
	equal = test{lang.Equal, equalElixir}
)

func compare(t test) func(*Process, uint64) {
	return func(p *Process, i uint64) {
		a, b := *p.reg(lang.B(i)), *p.reg(lang.C(i))
		if p.inElixir() && p.needsCells(a, b) {
			return
		}
		*p.reg(lang.A(i)) = lang.Bool(t.holds(p, a, b))
	}
}

func jumpUnless(t test) func(*Process, uint64) {
	return func(p *Process, i uint64) {
		a, b := *p.reg(lang.A(i)), *p.reg(lang.B(i))
		if p.inElixir() && p.needsCells(a, b) {
			return
		}
		if !t.holds(p, a, b) {
			p.pc += int32(lang.SC(i))
		}
	}
}

func jumpUnlessI(t test) func(*Process, uint64) {
	return func(p *Process, i uint64) {
		if !t.holds(p, *p.reg(lang.A(i)), lang.Int(int64(lang.SB(i)))) {
			p.pc += int32(lang.SC(i))
		}
	}
}

func opEq(p *Process, i uint64) {
	a, b := *p.reg(lang.B(i)), *p.reg(lang.C(i))
	if p.needsCells(a, b) {
		return
	}
	same := equal.holds(p, a, b)
	if f := ownEqual(a); !same && f.Truthy() {
		p.ask(f, a, b, int(p.base)+lang.A(i), equalKont, nil)
		return
	}
	*p.reg(lang.A(i)) = lang.Bool(same)
}

func opJNEq(p *Process, i uint64) {
	a, b := *p.reg(lang.A(i)), *p.reg(lang.B(i))
	if p.needsCells(a, b) {
		return
	}
	if equal.holds(p, a, b) {
		return
	}
	if f := ownEqual(a); f.Truthy() {
		p.ask(f, a, b, int(p.base)+p.code.NRegs, equalJumpKont, int32(lang.SC(i)))
		return
	}
	p.pc += int32(lang.SC(i))
}

// Equater is implemented by objects whose type may have an equality of its
// own: OwnEqual gives the function of two objects, or nil.
type Equater interface{ OwnEqual() lang.Value }

func ownEqual(v lang.Value) lang.Value {
	if x, ok := v.Obj().(Equater); ok {
		return x.OwnEqual()
	}
	return lang.Nil
}

var (
	equalKont = &Kont{Name: "=", Return: func(_ *Process, _ any, v lang.Value) lang.Value { return lang.Bool(v.Truthy()) }}
	// equalJumpKont has the caller jump by its state if the answer is false.
	equalJumpKont = &Kont{Name: "=", Return: func(p *Process, state any, v lang.Value) lang.Value {
		if i := len(p.frames) - 1; !v.Truthy() {
			if i < int(p.floor) {
				p.exposeIf(i)
			}
			p.frames[i].pc += state.(int32)
		}
		return lang.Nil
	}}
)

// ask calls f with a and b from within an instruction. What k makes of the
// answer goes to a place on the stack.
func (p *Process) ask(f, a, b lang.Value, to int, k *Kont, state any) {
	nb := int(p.base) + p.code.NRegs + 2
	p.room(nb + 3)
	p.pushCaller()
	p.frames = append(p.frames, Frame{base: int32(to + 1), kont: k, state: state})
	p.stack[nb], p.stack[nb+1] = a, b
	p.apply(f, nb, 2)
}

// needsCells sees to it that a and b are realised at every depth: if they are
// not, the cells are forced and the instruction runs again.
func (p *Process) needsCells(vs ...lang.Value) bool {
	for _, v := range vs {
		if lang.Unrealised(v) != nil {
			p.again(RealiseNative, v)
			return true
		}
	}
	return false
}

// again calls native f with v from within an instruction, and then runs the
// instruction again.
func (p *Process) again(f *lang.Native, v lang.Value) {
	p.pc--
	nb := int(p.base) + p.code.NRegs + 1
	p.room(nb + 2)
	p.pushCaller()
	p.stack[nb] = v
	p.apply(lang.Obj(f), nb, 1)
}

func opGetVar(p *Process, i uint64) { *p.reg(lang.A(i)) = p.varOf(i).Get(p) }

func (p *Process) varOf(i uint64) *Var { return p.code.Consts[lang.Bx(i)].Obj().(*Var) }

func opCall(p *Process, i uint64) {
	if p.charge() {
		a := int(p.base) + lang.A(i)
		p.checkCallable(p.stack[a], a+1, lang.D(i))
		p.apply(p.stack[a], a+1, lang.D(i))
	}
}

func opCallVar(p *Process, i uint64) {
	if !p.charge() {
		return
	}
	v, nb, n := p.varOf(i), int(p.base)+lang.A(i)+1, lang.D(i)
	if c := v.native; c != nil && c.Takes(n) {
		r := p.callNative(c, nb, n)
		if p.sig != sigNone || p.code == nil {
			p.settleNative(nb, n, r)
			return
		}
		p.dropArgs(nb, n)
		p.stack[nb-1] = r
		return
	}
	f := v.Get(p)
	p.checkCallable(f, nb, n)
	p.apply(f, nb, n)
}

func opCallSelf(p *Process, i uint64) {
	if p.charge() {
		p.enter(p.fn, int(p.base)+lang.A(i)+1, lang.D(i))
	}
}

// opTailCall moves the arguments to the bottom of the window and forgets the
// caller, whose place on the frames nobody took.
func opTailCall(p *Process, i uint64) {
	if !p.charge() {
		return
	}
	a, n, nb := int(p.base)+lang.A(i), lang.D(i), int(p.base)
	f := p.stack[a]
	p.checkCallable(f, a+1, n)
	copy(p.stack[nb:], p.stack[a+1:a+1+n])
	if _, ok := f.Obj().(*lang.Native); ok { // if it raises, this is where
		p.left, p.leftPC = p.code, p.pc
	}
	p.code = nil
	p.apply(f, nb, n)
	p.forgetLeft()
}

func opTailSelf(p *Process, i uint64) {
	if !p.charge() {
		return
	}
	a, n, nb := int(p.base)+lang.A(i), lang.D(i), int(p.base)
	copy(p.stack[nb:], p.stack[a+1:a+1+n])
	f := p.fn
	p.code = nil
	p.enter(f, nb, n)
}

func opRet(p *Process, i uint64) {
	v := *p.reg(lang.A(i))
	p.code = nil
	p.settle(int(p.base), v)
}

func opClosure(p *Process, i uint64) {
	f := p.code.Fns[lang.Bx(i)]
	c := &lang.Closure{Fn: f}
	if len(f.Captures) > 0 {
		c.Up = make([]lang.Value, len(f.Captures))
		for j, cap := range f.Captures {
			if cap.FromUp {
				c.Up[j] = p.fn.Up[cap.Index]
			} else {
				c.Up[j] = *p.reg(int(cap.Index))
			}
		}
	}
	if m, ok := f.Meta.Obj().(*lang.Map); ok {
		c.Meta = m
	}
	*p.reg(lang.A(i)) = lang.Obj(c)
}

func opSetUp(p *Process, i uint64) {
	p.reg(lang.A(i)).Obj().(*lang.Closure).Up[lang.B(i)] = *p.reg(lang.C(i))
}

func (p *Process) regsFrom(b, n int) []lang.Value {
	at := int(p.base) + b
	return p.stack[at : at+n : at+n]
}

func opVec(p *Process, i uint64) {
	*p.reg(lang.A(i)) = lang.Vec(p.regsFrom(lang.B(i), lang.C(i))...)
}

func opMap(p *Process, i uint64) {
	vs := p.regsFrom(lang.B(i), lang.C(i))
	switch {
	case p.needsCells(evens(vs)...):
	case p.inElixir():
		*p.reg(lang.A(i)) = lang.Obj(lang.NewErlangMap(vs...))
	default:
		*p.reg(lang.A(i)) = lang.MapLiteral(vs)
	}
}

func opList(p *Process, i uint64) {
	*p.reg(lang.A(i)) = lang.ListOf(p.regsFrom(lang.B(i), lang.C(i))...)
}

func opCons(p *Process, i uint64) {
	vs := p.regsFrom(lang.B(i), lang.C(i))
	last := len(vs) - 1
	if !isListLike(vs[last]) && p.code.Notation == lang.ElixirNotation {
		*p.reg(lang.A(i)) = lang.NewImproper(vs[:last], vs[last])
		return
	}
	*p.reg(lang.A(i)) = prepend(vs[:last], vs[last])
}

// isListLike reports whether v can stand behind the elements of a proper list.
func isListLike(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.List, lang.Seq, *lang.LazySeq:
		return true
	}
	return false
}

// prepend puts vs in front of a list.
func prepend(vs []lang.Value, tail lang.Value) lang.Value {
	switch t := tail.Obj().(type) {
	case *lang.List:
		for k := len(vs) - 1; k >= 0; k-- {
			t = t.Conj(vs[k])
		}
		return lang.Obj(t)
	case lang.Seq, *lang.LazySeq:
		for k := len(vs) - 1; k >= 0; k-- {
			tail = lang.Obj(lang.NewCons(vs[k], tail))
		}
		return tail
	}
	lang.RaiseCall(lang.K("badarg"), erlangModule, "++", lang.ListOf(vs...), tail)
	return lang.Nil
}

func evens(vs []lang.Value) []lang.Value {
	out := make([]lang.Value, 0, len(vs)/2)
	for i := 0; i < len(vs); i += 2 {
		out = append(out, vs[i])
	}
	return out
}

func opSet(p *Process, i uint64) {
	vs := p.regsFrom(lang.B(i), lang.C(i))
	if !p.needsCells(vs...) {
		*p.reg(lang.A(i)) = lang.SetLiteral(vs)
	}
}

// defKont gives the var that is defined, its state.
var defKont = &Kont{Name: "def", Return: func(_ *Process, state any, _ lang.Value) lang.Value { return state.(lang.Value) }}

func opDef(p *Process, i uint64) {
	v, d := p.varOf(i), lang.D(i)
	if d&2 != 0 {
		if m, ok := p.reg(lang.A(i) + 1).Obj().(*lang.Map); ok {
			v.SetMeta(p.W, m)
		}
	}
	if d&1 != 0 && v.setter.Truthy() {
		p.ask(v.setter, lang.Obj(v), *p.reg(lang.A(i)), int(p.base)+lang.A(i), defKont, lang.Obj(v))
		return
	}
	if d&1 != 0 {
		v.Bind(p, *p.reg(lang.A(i)))
	}
	*p.reg(lang.A(i)) = lang.Obj(v)
}

func opSetVar(p *Process, i uint64) { p.varOf(i).SetBinding(p, *p.reg(lang.A(i))) }

func opThrow(p *Process, i uint64) {
	v := *p.reg(lang.A(i))
	if e, ok := v.Obj().(*lang.Exception); ok {
		panic(e)
	}
	if v.IsNil() {
		lang.Raise(lang.NullPointerException, `Cannot throw exception because "null" is null`)
	}
	panic(lang.CastError(v, lang.Throwable))
}

func opIsA(p *Process, i uint64) {
	e, _ := p.reg(lang.B(i)).Obj().(*lang.Exception)
	c, _ := p.reg(lang.C(i)).Obj().(*lang.Class)
	*p.reg(lang.A(i)) = lang.Bool(e != nil && c != nil && lang.IsA(e.Class, c))
}
