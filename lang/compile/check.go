package compile

import (
	"fmt"

	"github.com/conc-repl/conc-repl/lang"
)

// Check verifies the code of a function and of all functions within it
// against lang.OpTable: jumps and handlers lead to instructions, operands are
// within their tables, and on every path each register is written before it
// is read, where a call kills the registers above its result.
func Check(f *lang.Fn) error {
	bodies := append([]*lang.Code{}, f.Fixed...)
	for _, c := range append(bodies, f.Variadic) {
		if c == nil {
			continue
		}
		if err := checkCode(c, len(f.Captures)); err != nil {
			return err
		}
		for _, inner := range c.Fns {
			if err := checkCaptures(c, inner, len(f.Captures)); err != nil {
				return err
			}
			if err := Check(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkCaptures verifies where a closure made in c finds its captures.
func checkCaptures(c *lang.Code, inner *lang.Fn, ups int) error {
	for _, cp := range inner.Captures {
		limit := c.NRegs
		if cp.FromUp {
			limit = ups
		}
		if int(cp.Index) >= limit {
			return fmt.Errorf("%s: capture %s of %s is out of range", c.Name, cp.Name, inner.Name)
		}
	}
	return nil
}

// effects gives the registers that an instruction reads and writes.
func effects(in uint64) (reads, writes []int) {
	op := lang.Op(in & 0xff)
	a, b, c, d := lang.A(in), lang.B(in), lang.C(in), lang.D(in)
	switch op {
	case lang.OpCall, lang.OpTailCall:
		reads = window(a, d+1)
	case lang.OpCallVar, lang.OpCallSelf, lang.OpTailSelf:
		reads = window(a+1, d)
	case lang.OpVec, lang.OpMap, lang.OpSet, lang.OpList, lang.OpCons:
		reads = window(b, c)
	case lang.OpDef:
		if d&1 != 0 {
			reads = append(reads, a)
		}
		if d&2 != 0 {
			reads = append(reads, a+1)
		}
	default:
		reads = named(lang.OpTable[op].Reads, a, b, c)
	}
	return reads, named(lang.OpTable[op].Writes, a, b, c)
}

// named gives the registers that the letters of an OpInfo name: a letter that
// is there twice means the next register too.
func named(letters string, a, b, c int) []int {
	regs := make([]int, 0, len(letters))
	for i := range len(letters) {
		r := a
		switch letters[i] {
		case 'b':
			r = b
		case 'c':
			r = c
		}
		if i > 0 && letters[i-1] == letters[i] {
			r++
		}
		regs = append(regs, r)
	}
	return regs
}

// window gives n registers from r on.
func window(r, n int) []int {
	regs := make([]int, n)
	for i := range regs {
		regs[i] = r + i
	}
	return regs
}

// jumpOf gives the target of a jump at pc.
func jumpOf(in uint64, pc int) (int, bool) {
	args := lang.OpTable[lang.Op(in&0xff)].Args
	for i, l := range args {
		switch {
		case l == 'J':
			return pc + 1 + lang.Bx(in), true
		case l == 'j' && i == 2:
			return pc + 1 + lang.SC(in), true
		}
	}
	return 0, false
}

// ends reports whether control never goes on to the next instruction.
func ends(op lang.Op) bool {
	switch op {
	case lang.OpRet, lang.OpJmp, lang.OpLoop, lang.OpAddLoop, lang.OpThrow, lang.OpTailCall, lang.OpTailSelf:
		return true
	}
	return false
}

// checker follows all paths through one body.
type checker struct {
	*lang.Code
	ups   int
	known [][]bool // by pc: which registers are written on all paths to it; nil if none is known
	work  []int
}

func checkCode(c *lang.Code, ups int) error {
	k := &checker{Code: c, ups: ups, known: make([][]bool, len(c.Ins))}
	entry := make([]bool, c.NRegs)
	params := c.NArgs
	if c.Variadic {
		params++
	}
	if params > c.NRegs {
		return fmt.Errorf("%s: %d parameters in %d registers", c.Name, params, c.NRegs)
	}
	for i := range params {
		entry[i] = true
	}
	if err := k.flow(0, entry); err != nil {
		return err
	}
	for len(k.work) > 0 {
		pc := k.work[len(k.work)-1]
		k.work = k.work[:len(k.work)-1]
		if err := k.step(pc); err != nil {
			return fmt.Errorf("%s: pc %d: %s: %w", c.Name, pc, lang.Op(c.Ins[pc]&0xff), err)
		}
	}
	return nil
}

// flow merges what is known into what was known at pc.
func (k *checker) flow(pc int, regs []bool) error {
	if pc < 0 || pc >= len(k.Ins) {
		return fmt.Errorf("control leaves the code, to %d", pc)
	}
	old := k.known[pc]
	if old == nil {
		k.known[pc] = append([]bool{}, regs...)
		k.work = append(k.work, pc)
		return nil
	}
	changed := false
	for i := range old {
		if old[i] && !regs[i] {
			old[i], changed = false, true
		}
	}
	if changed {
		k.work = append(k.work, pc)
	}
	return nil
}

// step follows one instruction.
func (k *checker) step(pc int) error {
	in := k.Ins[pc]
	op := lang.Op(in & 0xff)
	if op >= lang.NumOps {
		return fmt.Errorf("unknown operation")
	}
	regs := append([]bool{}, k.known[pc]...)
	for _, h := range k.Handlers {
		if int(h.Start) <= pc && pc < int(h.End) {
			caught := append([]bool{}, regs...)
			if int(h.Reg) >= len(caught) {
				return fmt.Errorf("handler's register is out of range")
			}
			caught[h.Reg] = true
			if err := k.flow(int(h.Target), caught); err != nil {
				return err
			}
		}
	}
	if err := k.operands(in); err != nil {
		return err
	}
	reads, writes := effects(in)
	for _, r := range reads {
		if r >= len(regs) || !regs[r] {
			return fmt.Errorf("reads r%d, which is not written on every path", r)
		}
	}
	if op == lang.OpClosure {
		for _, cp := range k.Fns[lang.Bx(in)].Captures {
			if !cp.FromUp && !regs[cp.Index] {
				return fmt.Errorf("captures r%d, which is not written on every path", cp.Index)
			}
		}
	}
	if isCall(op) {
		for r := lang.A(in); r < len(regs); r++ {
			regs[r] = false
		}
	}
	target, jumps := jumpOf(in, pc)
	if jumps && op != lang.OpUncons && op != lang.OpRecvPeek { // these write only if they do not jump
		for _, r := range writes {
			regs[r] = true
		}
	}
	if jumps {
		if err := k.flow(target, regs); err != nil {
			return err
		}
	}
	for _, r := range writes {
		if r >= len(regs) {
			return fmt.Errorf("writes r%d, which is out of range", r)
		}
		regs[r] = true
	}
	if ends(op) {
		return nil
	}
	return k.flow(pc+1, regs)
}

// operands verifies the indexes that are no registers.
func (k *checker) operands(in uint64) error {
	info := lang.OpTable[lang.Op(in&0xff)]
	for i, l := range info.Args {
		var index, limit int
		switch l {
		case 'K':
			index, limit = lang.Bx(in), len(k.Consts)
		case 'F':
			index, limit = lang.Bx(in), len(k.Fns)
		case 'u':
			if index, limit = lang.B(in), k.ups; i != 1 || lang.Op(in&0xff) == lang.OpSetUp {
				continue
			}
		default:
			continue
		}
		if index < 0 || index >= limit {
			return fmt.Errorf("operand %c%d is out of range", l, index)
		}
	}
	return nil
}
