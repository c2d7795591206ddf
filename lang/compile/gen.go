package compile

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Limits of the instruction format.
const (
	maxArgs  = 250
	maxIndex = 65000 // registers and captures
)

// gen generates the code of one body. Its registers are a stack: those below
// top are in use, by locals and by values under way.
type gen struct {
	unit   *Unit
	live   *liveness
	fn     *function
	parent *gen // of the body that makes the closure, or nil
	code   *lang.Code
	consts map[lang.Value]int
	regs   map[int]int // registers of locals, by ID
	// reserved tells the locals, by ID, whose registers were taken before an
	// Assign binds them.
	reserved map[int]bool
	loops    map[*Target]loopHead
	start    *Target            // of the body itself; nil if it has a rest parameter
	hoisted  map[lang.Value]int // registers of constants that a loop around keeps
	subjects []int              // registers that a PatArgs matches
	open     []int              // those of code.Locals that are in scope
	top      int
	dead     bool // the next instruction can't be reached
	wide     bool // a 16-bit jump did not reach: use long ones
	pos      lang.Pos
}

// function is what the bodies of one function share.
type function struct {
	node     *Fn
	captures []*Local
	index    map[*Local]int
}

// loopHead says where a recur goes.
type loopHead struct {
	pc   int
	regs []int
}

// Where a value is to go, if to no register. A register below gen.top keeps
// its old value until the last action of the code that fills it; the register
// gen.top itself is free to be used on the way.
const (
	ret  = -1 // return it from the body
	drop = -2 // only the effects are wanted
)

// label is a place in code, and the jumps that wait for it.
type label struct{ jumps []int }

// tooFar is raised when a jump does not fit its instruction.
type tooFar struct{}

// Emit generates the code of a unit. It raises a CompilerException if a limit
// of the machine is passed.
func Emit(u *Unit) *lang.Fn {
	g := &gen{unit: u, live: findLast(u)}
	return g.template(&function{node: u.Root, index: map[*Local]int{}})
}

// template generates the bodies of a function.
func (g *gen) template(f *function) *lang.Fn {
	t := &lang.Fn{Name: f.node.Name, Pos: f.node.Pos, Meta: f.node.Meta, Notation: g.unit.Notation, Module: f.node.Module, Function: f.node.Function}
	for _, ar := range f.node.Arities {
		c := g.body(f, ar)
		if ar.Rest {
			t.Variadic = c
			continue
		}
		for len(t.Fixed) <= c.NArgs {
			t.Fixed = append(t.Fixed, nil)
		}
		t.Fixed[c.NArgs] = c
	}
	return t
}

// body generates one body, with long jumps if short ones don't reach.
func (g *gen) body(f *function, ar *Arity) (c *lang.Code) {
	for _, wide := range [...]bool{false, true} {
		if c = g.tryBody(f, ar, wide); c != nil {
			break
		}
	}
	return c
}

func (g *gen) tryBody(f *function, ar *Arity, wide bool) (code *lang.Code) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case tooFar:
			code = nil
		default:
			panic(r)
		}
	}()
	cost := int64(lang.UserCost)
	if ar.Pos.Src != nil && ar.Pos.Src.Library {
		cost = lang.LibraryCost
	}
	b := &gen{
		unit: g.unit, live: g.live, fn: f, wide: wide,
		code:   &lang.Code{Name: f.node.codeName(ar), NArgs: ar.fixed(), Variadic: ar.Rest, Notation: g.unit.Notation, Src: ar.Pos.Src, Cost: cost},
		consts: map[lang.Value]int{}, regs: map[int]int{}, reserved: map[int]bool{}, loops: map[*Target]loopHead{}, pos: ar.Pos,
	}
	if g.code != nil {
		b.parent = g
	}
	head := loopHead{}
	for _, l := range ar.Target.Locals {
		head.regs = append(head.regs, b.bindLocal(l))
	}
	b.loops[ar.Target] = head
	if !ar.Rest {
		b.start = ar.Target
	}
	b.node(ar.Body, ret)
	b.finish()
	return b.code
}

// codeName gives the name of one body, for traces: user/f, or Foo.bar/2 of a
// function of a module.
func (f *Fn) codeName(ar *Arity) string {
	if f.Module == "" {
		return f.Name
	}
	return strings.TrimPrefix(f.Module, "Elixir.") + "." + f.Function + "/" + strconv.Itoa(ar.fixed())
}

// finish counts the registers.
func (g *gen) finish() {
	c := g.code
	g.unknown(0)
	c.NRegs = c.NArgs
	if c.Variadic {
		c.NRegs++
	}
	for _, in := range c.Ins {
		reads, writes := effects(in)
		for _, r := range append(reads, writes...) {
			c.NRegs = max(c.NRegs, r+1)
		}
		if op := lang.Op(in & 0xff); isCall(op) {
			c.NRegs = max(c.NRegs, lang.A(in)+lang.D(in)+1)
		}
	}
	for _, h := range c.Handlers {
		c.NRegs = max(c.NRegs, int(h.Reg)+1)
	}
}

// isCall reports whether op calls, with a window of arguments.
func isCall(op lang.Op) bool {
	switch op {
	case lang.OpCall, lang.OpCallVar, lang.OpCallSelf, lang.OpTailCall, lang.OpTailSelf:
		return true
	}
	return false
}

// fail raises for what the machine can't do.
func (g *gen) fail(pos lang.Pos, msg string) {
	if !pos.IsValid() {
		pos = g.pos
	}
	panic(&lang.Exception{Class: lang.CompilerException, Msg: lang.Str(msg), Data: located(lang.EmptyMap, "compile-syntax-check", "", pos), Pos: pos})
}

// push takes the next register.
func (g *gen) push() int {
	if g.top >= maxIndex {
		g.fail(lang.Pos{}, "Function too large: more than 65000 registers")
	}
	g.top++
	return g.top - 1
}

// seat gives a local the next register.
func (g *gen) seat(l *Local) int {
	r := g.push()
	g.regs[l.ID] = r
	return r
}

// bindLocal seats a local whose value is there, or comes with the next instruction.
func (g *gen) bindLocal(l *Local) int {
	r := g.seat(l)
	g.known(l, r)
	return r
}

// known notes for the stepper that register r holds a local from here on.
func (g *gen) known(l *Local, r int) {
	if g.code.Src != nil && g.code.Src.Library || lang.MadeUp(l.Name) {
		return
	}
	g.open = append(g.open, len(g.code.Locals))
	g.code.Locals = append(g.code.Locals, lang.LocalEntry{Name: l.Name, Reg: uint16(r), From: int32(g.pc())})
}

// unknown ends the notes of locals whose registers are free again, which are
// those from top on.
func (g *gen) unknown(top int) {
	g.open = slices.DeleteFunc(g.open, func(i int) bool {
		l := &g.code.Locals[i]
		if int(l.Reg) < top {
			return false
		}
		l.To = int32(g.pc())
		return true
	})
}

// reserve keeps what follows off register dst, and gives the top to restore.
func (g *gen) reserve(dst int) int {
	save := g.top
	if dst == g.top {
		g.push()
	}
	return save
}

// pc gives the index of the next instruction.
func (g *gen) pc() int { return len(g.code.Ins) }

// emit adds an instruction.
func (g *gen) emit(op lang.Op, a, b, c int) {
	g.add(lang.Ins(op, a, b, c))
}

// emitX adds an instruction with a wide operand.
func (g *gen) emitX(op lang.Op, a, x, d int) {
	g.add(lang.InsX(op, a, x, d))
}

func (g *gen) add(in uint64) {
	g.unknown(g.top)
	lines := g.code.Lines
	if n := len(lines); g.pos.IsValid() && (n == 0 || lines[n-1].Pos != g.pos) {
		g.code.Lines = append(lines, lang.PosEntry{PC: int32(g.pc()), Pos: g.pos})
	}
	g.code.Ins = append(g.code.Ins, in)
	switch lang.Op(in & 0xff) {
	case lang.OpRet, lang.OpJmp, lang.OpLoop, lang.OpAddLoop, lang.OpThrow, lang.OpTailCall, lang.OpTailSelf:
		g.dead = true
	default:
		g.dead = false
	}
}

// at sets the place of the instructions that follow, and gives the old one.
func (g *gen) at(p lang.Pos) lang.Pos {
	old := g.pos
	if p.IsValid() {
		g.pos = p
	}
	return old
}

// jumpX adds a jump with a wide distance: op on register a.
func (g *gen) jumpX(op lang.Op, a int, l *label) {
	if g.dead {
		return
	}
	l.jumps = append(l.jumps, g.pc())
	g.emitX(op, a, 0, 0)
}

// jump adds an operation that goes to l unless what it tests holds.
func (g *gen) jump(op lang.Op, a, b int, l *label) {
	if g.wide {
		g.emit(op, a, b, 1)
		g.emitX(lang.OpJmp, 0, 1, 0)
		g.dead = false
		g.jumpX(lang.OpJmp, 0, l)
		g.dead = false
		return
	}
	l.jumps = append(l.jumps, g.pc())
	g.emit(op, a, b, 0)
}

// bind puts a label here.
func (g *gen) bind(l *label) {
	for _, at := range l.jumps {
		in := g.code.Ins[at]
		op, dist := lang.Op(in&0xff), g.pc()-at-1
		if hasShortJump(op) {
			if dist > math.MaxInt16 {
				panic(tooFar{})
			}
			g.code.Ins[at] = lang.Ins(op, lang.A(in), lang.B(in), dist)
			continue
		}
		g.code.Ins[at] = lang.InsX(op, lang.A(in), dist, 0)
	}
	if len(l.jumps) > 0 {
		g.dead = false
	}
}

// hasShortJump reports whether op has its jump distance in operand C.
func hasShortJump(op lang.Op) bool {
	args := lang.OpTable[op].Args
	return len(args) == 3 && args[2] == 'j'
}

// constIndex gives the index of a constant.
func (g *gen) constIndex(v lang.Value) int {
	i, ok := g.consts[v]
	if !ok {
		i = len(g.code.Consts)
		g.consts[v] = i
		g.code.Consts = append(g.code.Consts, v)
	}
	return i
}

// constant loads a constant into a register.
func (g *gen) constant(v lang.Value, r int) {
	switch {
	case v.IsNil():
		g.emit(lang.OpClear, r, 0, 0)
	case v.IsBool() && v.AsBool():
		g.emit(lang.OpTrue, r, 0, 0)
	case v.IsBool():
		g.emit(lang.OpFalse, r, 0, 0)
	case v.IsInt() && v.AsInt() == int64(int32(v.AsInt())):
		g.emitX(lang.OpInt, r, int(v.AsInt()), 0)
	default:
		g.emitX(lang.OpConst, r, g.constIndex(v), 0)
	}
}

// place tells where a local lives.
type place uint8

const (
	inReg place = iota
	inUp
	isSelf
)

// where finds a local: in a register, among the captures, or as the function itself.
func (g *gen) where(l *Local) (place, int) {
	if r, ok := g.regs[l.ID]; ok {
		return inReg, r
	}
	if l == g.fn.node.Self {
		return isSelf, 0
	}
	i, ok := g.fn.index[l]
	if !ok {
		i = len(g.fn.captures)
		if i >= maxIndex {
			g.fail(lang.Pos{}, "Function captures more than 65000 values")
		}
		g.fn.index[l] = i
		g.fn.captures = append(g.fn.captures, l)
	}
	return inUp, i
}

// local reads a local into a register, for the last time if the read says so.
func (g *gen) local(ref *LocalRef, dst int) {
	switch where, i := g.where(ref.Local); where {
	case isSelf:
		g.emit(lang.OpSelf, dst, 0, 0)
	case inUp:
		g.emit(lang.OpUp, dst, i, 0)
	default:
		if i == dst {
			return
		}
		op := lang.OpMove
		if g.live.last[ref.ID] {
			op = lang.OpTake
		}
		g.emit(op, dst, i, 0)
	}
}

// operand gives a register that holds the value of n, to be read only: a
// local's own, a hoisted constant's, or the next.
func (g *gen) operand(n Node) int {
	n = g.unit.node(n)
	switch n := n.(type) {
	case *LocalRef:
		if where, r := g.where(n.Local); where == inReg {
			return r
		}
	case *Const:
		if r, ok := g.hoisted[n.Val]; ok {
			return r
		}
	}
	g.node(n, g.top)
	return g.push()
}
