package elixir

// binary is an operator that stands between operands.
type binary struct {
	prec  int  // the higher, the tighter it binds
	right bool // a op b op c is a op (b op c)
	dual  bool // it may stand before an operand, too
}

// binaries are the operators of Elixir that stand between operands.
var binaries = makeBinaries()

func makeBinaries() map[string]binary {
	table := map[string]binary{}
	add := func(op binary, names ...string) {
		for _, name := range names {
			table[name] = op
		}
	}
	add(binary{prec: 40}, "<-", `\\`)
	add(binary{prec: 50, right: true}, "when")
	add(binary{prec: 60, right: true}, "::")
	add(binary{prec: 70, right: true}, "|")
	add(binary{prec: 100, right: true}, "=")
	add(binary{prec: 120}, "||", "|||", "or")
	add(binary{prec: 130}, "&&", "&&&", "and")
	add(binary{prec: 140}, "==", "!=", "=~", "===", "!==")
	add(binary{prec: 150}, "<", ">", "<=", ">=")
	add(binary{prec: 160}, "<<<", ">>>", "|>", "<<~", "~>>", "<~", "~>", "<~>", "<|>")
	add(binary{prec: 170}, "in", "not in")
	add(binary{prec: 180}, "^^^")
	add(binary{prec: 190, right: true}, "//")
	add(binary{prec: 200, right: true}, "++", "--", "+++", "---", "<>", "..")
	add(binary{prec: 210, dual: true}, "+", "-")
	add(binary{prec: 220}, "*", "/")
	add(binary{prec: 230}, "**")
	add(binary{prec: precArrow, right: true}, "=>")
	return table
}

// Precedences that the parser names.
const (
	precArrow   = 80 // => of maps
	precCapture = 90
	precUnary   = 300
	precAt      = 320
)

// unaries are the operators that stand before their operand.
var unaries = map[string]int{
	"+": precUnary, "-": precUnary, "!": precUnary, "^": precUnary, "not": precUnary, "~~~": precUnary, "&": precCapture, "@": precAt,
}

// IsOperator reports whether a name is that of an operator with so many operands.
func IsOperator(name string, operands int) bool {
	switch operands {
	case 1:
		return unaries[name] != 0
	case 2:
		return name != "=>" && name != "not in" && binaries[name].prec != 0 || name == "."
	}
	return operands == 3 && name == "..//" || operands == 0 && name == ".."
}
