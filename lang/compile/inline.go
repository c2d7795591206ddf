package compile

import "github.com/conc-repl/conc-repl/lang"

// prim is an operation of the machine that stands for a call: one of two
// operands, or of one if unary. For one that compares there are fused forms,
// which jump unless it holds.
type prim struct {
	name  string
	op    lang.Op
	unary bool
	swap  bool    // the machine's operands are the other way round
	jump  lang.Op // go away unless it holds; OpNop if there is none
	jumpR lang.Op // the same with an immediate on the right
	jumpL lang.Op // the same with an immediate on the left
}

var (
	primAdd   = &prim{name: "add", op: lang.OpAdd}
	primSub   = &prim{name: "sub", op: lang.OpSub}
	primMul   = &prim{name: "mul", op: lang.OpMul}
	primQuot  = &prim{name: "quot", op: lang.OpQuot}
	primRem   = &prim{name: "rem", op: lang.OpRem}
	primLt    = &prim{name: "lt", op: lang.OpLt, jump: lang.OpJNLt, jumpR: lang.OpJNLtI, jumpL: lang.OpJNGtI}
	primLe    = &prim{name: "le", op: lang.OpLe, jump: lang.OpJNLe, jumpR: lang.OpJNLeI, jumpL: lang.OpJNGeI}
	primGt    = &prim{name: "gt", op: lang.OpLt, swap: true, jump: lang.OpJNLt, jumpR: lang.OpJNGtI, jumpL: lang.OpJNLtI}
	primGe    = &prim{name: "ge", op: lang.OpLe, swap: true, jump: lang.OpJNLe, jumpR: lang.OpJNGeI, jumpL: lang.OpJNLeI}
	primEq    = &prim{name: "eq", op: lang.OpEq, jump: lang.OpJNEq, jumpR: lang.OpJNEqI, jumpL: lang.OpJNEqI}
	primNumEq = &prim{name: "numeq", op: lang.OpNumEq, jump: lang.OpJNNumEq, jumpR: lang.OpJNNumEqI, jumpL: lang.OpJNNumEqI}
	primNot   = &prim{name: "not", op: lang.OpNot, unary: true}
	primIsNil = &prim{name: "nil", op: lang.OpIsNil, unary: true}
)

// build makes the node of an inlined call from its arguments.
type build func(args []Node, pos lang.Pos) Node

// inlines lists, by the name that VarInfo.Inline gives and the number of
// arguments, what calls compile to.
var inlines = map[string]struct {
	min, max int // max < 0: any
	build    build
}{
	"add":   {2, -1, fold(primAdd)},
	"sub":   {2, -1, fold(primSub)},
	"mul":   {2, -1, fold(primMul)},
	"quot":  {2, 2, fold(primQuot)},
	"rem":   {2, 2, fold(primRem)},
	"lt":    {2, 2, fold(primLt)},
	"le":    {2, 2, fold(primLe)},
	"gt":    {2, 2, fold(primGt)},
	"ge":    {2, 2, fold(primGe)},
	"eq":    {2, 2, fold(primEq)},
	"numeq": {2, 2, fold(primNumEq)},
	"noteq": {2, 2, negated(fold(primEq))},
	"not":   {1, 1, unary(primNot)},
	"nil":   {1, 1, unary(primIsNil)},
	"some":  {1, 1, negated(unary(primIsNil))},
	"inc":   {1, 1, with(primAdd, 1)},
	"dec":   {1, 1, with(primSub, 1)},
	"zero":  {1, 1, with(primNumEq, 0)},
	"pos":   {1, 1, with(primGt, 0)},
	"neg":   {1, 1, with(primLt, 0)},
}

// InlineNames gives the names that VarInfo.Inline may give: add sub mul (+ -
// *), quot rem, lt le gt ge (< <= > >=), eq noteq (= not=), numeq (==), not nil some
// (not nil? some?), inc dec, zero pos neg.
func InlineNames() []string {
	names := make([]string, 0, len(inlines))
	for n := range inlines {
		names = append(names, n)
	}
	return names
}

// inlined gives how to build an inlined call of n arguments, nil if it is to
// be an ordinary call.
func inlined(name string, n int) build {
	if in, ok := inlines[name]; ok && n >= in.min && (in.max < 0 || n <= in.max) {
		return in.build
	}
	return nil
}

// fold builds (op a b c) as (op (op a b) c).
func fold(p *prim) build {
	return func(args []Node, pos lang.Pos) Node {
		n := Node(&Prim{p, args[:2:2], pos})
		for _, arg := range args[2:] {
			n = &Prim{p, []Node{n, arg}, pos}
		}
		return n
	}
}

// unary builds an operation of one operand.
func unary(p *prim) build {
	return func(args []Node, pos lang.Pos) Node { return &Prim{p, args, pos} }
}

// with builds an operation whose second operand is the constant k.
func with(p *prim, k int64) build {
	return func(args []Node, pos lang.Pos) Node {
		return &Prim{p, []Node{args[0], &Const{lang.Int(k)}}, pos}
	}
}

// negated builds the opposite.
func negated(b build) build {
	return func(args []Node, pos lang.Pos) Node {
		return &Prim{primNot, []Node{b(args, pos)}, pos}
	}
}

// Inline makes the node of a call that is one operation of the machine, by its
// name among InlineNames; false if there is none for that many arguments.
func Inline(name string, args []Node, pos lang.Pos) (Node, bool) {
	if build := inlined(name, len(args)); build != nil {
		return build(args, pos), true
	}
	return nil, false
}

// IsTest reports whether the operation gives true or false.
func (p *Prim) IsTest() bool { return p.Prim.jump != lang.OpNop || p.Prim.unary }
