package runtime

import "github.com/conc-repl/conc-repl/lang"

// This file runs a process instruction by instruction, for a person who
// follows it. The loops are left as they are: one instruction is done by its
// function in outer, or, if the inner loop does it whatever its operands are,
// by that in simple.

// simple has what the inner loop does without help, by operation. When one is
// called, p.pc is past the instruction.
var simple = map[lang.Op]func(p *Process, i uint64){
	lang.OpNop:  func(*Process, uint64) {},
	lang.OpMove: func(p *Process, i uint64) { *p.reg(lang.A(i)) = *p.reg(lang.B(i)) },
	lang.OpTake: func(p *Process, i uint64) {
		b := p.reg(lang.B(i))
		*p.reg(lang.A(i)) = *b
		*b = lang.Value{}
	},
	lang.OpClear:   func(p *Process, i uint64) { *p.reg(lang.A(i)) = lang.Value{} },
	lang.OpConst:   func(p *Process, i uint64) { *p.reg(lang.A(i)) = p.code.Consts[lang.Bx(i)] },
	lang.OpInt:     func(p *Process, i uint64) { *p.reg(lang.A(i)) = lang.Int(int64(lang.Bx(i))) },
	lang.OpTrue:    func(p *Process, i uint64) { *p.reg(lang.A(i)) = lang.True },
	lang.OpFalse:   func(p *Process, i uint64) { *p.reg(lang.A(i)) = lang.False },
	lang.OpUp:      func(p *Process, i uint64) { *p.reg(lang.A(i)) = p.fn.Up[lang.B(i)] },
	lang.OpSelf:    func(p *Process, i uint64) { *p.reg(lang.A(i)) = lang.Obj(p.fn) },
	lang.OpNot:     func(p *Process, i uint64) { *p.reg(lang.A(i)) = lang.Bool(!p.reg(lang.B(i)).Truthy()) },
	lang.OpIsNil:   func(p *Process, i uint64) { *p.reg(lang.A(i)) = lang.Bool(p.reg(lang.B(i)).IsNil()) },
	lang.OpJmp:     jumpIf(func(lang.Value) bool { return true }),
	lang.OpJF:      jumpIf(func(v lang.Value) bool { return !v.Truthy() }),
	lang.OpJT:      jumpIf(lang.Value.Truthy),
	lang.OpJNil:    jumpIf(lang.Value.IsNil),
	lang.OpJNotNil: jumpIf(func(v lang.Value) bool { return !v.IsNil() }),
	lang.OpLoop: func(p *Process, i uint64) {
		if p.charge() {
			p.pc += int32(lang.Bx(i))
		}
	},
}

// jumpIf goes to the wide operand if the register holds what is asked for.
func jumpIf(holds func(lang.Value) bool) func(*Process, uint64) {
	return func(p *Process, i uint64) {
		if holds(*p.reg(lang.A(i))) {
			p.pc += int32(lang.Bx(i))
		}
	}
}

// Instruct runs p, which must be ready, for one instruction, or, if it was to
// perform an operation or to get a result, for that; natives do their work up to
// the next instruction.
func (w *World) Instruct(p *Process) {
	w.single = p
	w.Step(p, 0)
	w.single = nil
}

// instruct is run for one instruction; acted says that the slice was for
// something else.
func (p *Process) instruct(acted bool) {
	switch {
	case acted:
	case p.code == nil && p.sig == sigCall:
		p.begin()
	case p.code != nil && p.sig == sigNone:
		i := p.code.Ins[p.pc]
		p.pc++
		do := simple[lang.Op(i)]
		if do == nil {
			do = outer[lang.Op(i)]
		}
		do(p, i)
	}
	if p.code != nil && p.sig == sigNone {
		p.sig = sigYield
	}
}

// between reports whether p stands between two instructions of its code, so
// that the next one is at p.pc.
func (p *Process) between() bool {
	return p.Status == Ready && p.code != nil && !p.woken && !p.regrant && p.raised == nil
}

// Instruction gives the code that p runs and the index of the instruction that
// is next; false if p does not stand between two instructions.
func (p *Process) Instruction() (code *lang.Code, pc int, ok bool) {
	return p.code, int(p.pc), p.between()
}

// InLibrary reports whether the function that p runs is the library's.
func (p *Process) InLibrary() bool { return p.code != nil && p.isLibrary(p.code) }
