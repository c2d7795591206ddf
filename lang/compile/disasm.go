package compile

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Disassemble gives the text of a function's code and of all functions within
// it, one instruction a line: its index, its line in the source if that
// changes, name, operands, and what constants and jumps mean.
func Disassemble(f *lang.Fn) string {
	var b strings.Builder
	disasmFn(&b, f)
	return b.String()
}

func disasmFn(b *strings.Builder, f *lang.Fn) {
	for _, c := range f.Fixed {
		if c != nil {
			disasmCode(b, f, c)
		}
	}
	if f.Variadic != nil {
		disasmCode(b, f, f.Variadic)
	}
}

// disasmCode writes one body, and then the functions within it.
func disasmCode(b *strings.Builder, f *lang.Fn, c *lang.Code) {
	more := ""
	if c.Variadic {
		more = "+"
	}
	fmt.Fprintf(b, "%s/%d%s: %d registers\n", c.Name, c.NArgs, more, c.NRegs)
	for i, cp := range f.Captures {
		from := "r"
		if cp.FromUp {
			from = "u"
		}
		fmt.Fprintf(b, "  u%d = %s%d %s\n", i, from, cp.Index, cp.Name)
	}
	for _, line := range Listing(c, 0, len(c.Ins)) {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	for _, h := range c.Handlers {
		fmt.Fprintf(b, "  handler [%d, %d) -> %d, r%d\n", h.Start, h.End, h.Target, h.Reg)
	}
	for _, inner := range c.Fns {
		b.WriteByte('\n')
		disasmFn(b, inner)
	}
}

// Listing gives the lines of the instructions of c from one index up to
// another, as Disassemble has them.
func Listing(c *lang.Code, from, to int) (out []string) {
	line := int32(0)
	for pc := max(from, 0); pc < min(to, len(c.Ins)); pc++ {
		mark := ""
		if p := c.PosAt(pc); p.Line != line && p.IsValid() {
			line = p.Line
			mark = fmt.Sprint(line)
		}
		text := fmt.Sprintf("%4d %4s  %s", pc, mark, disasmIns(c, c.Ins[pc], pc))
		out = append(out, strings.TrimRight(text, " "))
	}
	return out
}

// disasmIns gives the text of one instruction.
func disasmIns(c *lang.Code, in uint64, pc int) string {
	info := lang.OpTable[lang.Op(in&0xff)]
	fields := [...]int{lang.A(in), lang.B(in), lang.C(in), lang.D(in)}
	var ops []string
	note := ""
	for i, l := range info.Args {
		v := fields[i]
		if strings.ContainsAny(info.Args, "JKFI") && i == 2 { // behind a wide operand
			v = lang.D(in)
		}
		switch l {
		case 'r':
			ops = append(ops, fmt.Sprintf("r%d", v))
		case 'u':
			ops = append(ops, fmt.Sprintf("u%d", v))
		case 'n':
			ops = append(ops, fmt.Sprint(v))
		case 'i':
			ops = append(ops, fmt.Sprint(int16(v)))
		case 's':
			ops = append(ops, fmt.Sprint(int8(v)))
		case 'I':
			ops = append(ops, fmt.Sprint(lang.Bx(in)))
		case 'j':
			ops = append(ops, fmt.Sprintf("-> %d", pc+1+lang.SC(in)))
		case 'J':
			ops = append(ops, fmt.Sprintf("-> %d", pc+1+lang.Bx(in)))
		case 'K':
			note = "; " + constText(c.Consts[lang.Bx(in)])
		case 'F':
			note = "; " + c.Fns[lang.Bx(in)].Name
		}
	}
	return fmt.Sprintf("%-9s %-16s %s", info.Name, strings.Join(ops, " "), note)
}

// constText gives the text of a constant, cut short.
func constText(v lang.Value) string {
	if info, ok := v.Obj().(lang.VarInfo); ok {
		return "#'" + varName(info)
	}
	s := []rune(lang.PrString(v))
	if len(s) > 60 {
		s = append(s[:57], '.', '.', '.')
	}
	return string(s)
}
