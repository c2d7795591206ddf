package lang

// Instructions are 64-bit words: the operation in the low 8 bits, then A, B
// and C of 16 bits each, then D of 8. B and C together are Bx, of 32 bits,
// which is a constant's index or a signed jump distance from the next
// instruction. Registers are named R[i], constants K[i], captures U[i].

// Ins makes an instruction of three operands.
func Ins(op Op, a, b, c int) uint64 {
	return uint64(op) | uint64(uint16(a))<<8 | uint64(uint16(b))<<24 | uint64(uint16(c))<<40
}

// InsX makes an instruction with a wide operand and the small one.
func InsX(op Op, a, bx, d int) uint64 {
	return uint64(op) | uint64(uint16(a))<<8 | uint64(uint32(int32(bx)))<<24 | uint64(uint8(d))<<56
}

// A gives operand A.
func A(i uint64) int { return int(uint16(i >> 8)) }

// B gives operand B.
func B(i uint64) int { return int(uint16(i >> 24)) }

// C gives operand C.
func C(i uint64) int { return int(uint16(i >> 40)) }

// SB gives operand B as a signed number.
func SB(i uint64) int { return int(int16(i >> 24)) }

// SC gives operand C as a signed number.
func SC(i uint64) int { return int(int16(i >> 40)) }

// Bx gives the wide operand as a signed number.
func Bx(i uint64) int { return int(int32(i >> 24)) }

// D gives operand D.
func D(i uint64) int { return int(uint8(i >> 56)) }

// SD gives operand D as a signed number.
func SD(i uint64) int { return int(int8(i >> 56)) }

// Op is the operation of an instruction.
type Op uint8

// The operations. Those before OpInnerEnd are done by the inner loop of the
// machine whenever their operands are of the common kind. OpTable says what
// each one does.
const (
	OpNop Op = iota
	OpMove
	OpTake
	OpClear
	OpConst
	OpInt
	OpTrue
	OpFalse
	OpUp
	OpSelf
	OpGetVar
	OpJmp
	OpLoop
	OpAddLoop
	OpJF
	OpJT
	OpJNil
	OpJNotNil
	OpAdd
	OpSub
	OpMul
	OpQuot
	OpRem
	OpAddI
	OpLt
	OpLe
	OpEq
	OpNumEq
	OpJNLt
	OpJNLe
	OpJNEq
	OpJNNumEq
	OpJNLtI
	OpJNLeI
	OpJNGtI
	OpJNGeI
	OpJNEqI
	OpJNNumEqI
	OpJNSame
	OpJNSameI
	OpNot
	OpIsNil
	OpCall
	OpCallVar
	OpCallSelf
	OpTailCall
	OpTailSelf
	OpRet
	OpJNVec
	OpElem

	OpClosure
	OpSetUp
	OpVec
	OpMap
	OpSet
	OpList
	OpCons
	OpDef
	OpSetVar
	OpThrow
	OpIsA
	OpJNVecMin
	OpVecRest
	OpUncons
	OpJNEmpty
	OpJNMap
	OpMapFind
	OpRecvStart
	OpRecvPeek
	OpRecvNext
	OpRecvRemove
	OpRecvWait

	NumOps

	OpInnerEnd = OpClosure
)

// OpInfo describes an operation: its operands, its picture, and its effect on
// registers. The disassembler prints from it, and a test checks compiled code
// against it.
type OpInfo struct {
	Name    string
	Args    string // one letter an operand, in the order a b c d / a x d: see below
	Reads   string // which operands name registers that are read
	Writes  string // which operands name registers that are written
	Picture string
	Inner   bool // has a fast path in the inner loop
}

// Letters of OpInfo.Args: r register, k constant, f function template, u
// capture, n count, i small signed integer, s one of 8 bits, j jump distance, - unused.
// Upper-case J and K and F and I are the wide operand. In Reads and Writes,
// letters a b c name the operands; "a+" means the window from R[a] on, as
// long as the count says.

// OpTable describes every operation, indexed by Op.
var OpTable = [NumOps]OpInfo{
	OpNop:      {"nop", "", "", "", "nothing", true},
	OpMove:     {"move", "rr", "b", "a", "R[a] = R[b]", true},
	OpTake:     {"take", "rr", "b", "ab", "R[a] = R[b]; R[b] = nil: the last use of a local", true},
	OpClear:    {"clear", "r", "", "a", "R[a] = nil", true},
	OpConst:    {"const", "rK", "", "a", "R[a] = K[x]", true},
	OpInt:      {"int", "rI", "", "a", "R[a] = x", true},
	OpTrue:     {"true", "r", "", "a", "R[a] = true", true},
	OpFalse:    {"false", "r", "", "a", "R[a] = false", true},
	OpUp:       {"up", "ru", "", "a", "R[a] = U[b]", true},
	OpSelf:     {"self", "r", "", "a", "R[a] = the closure that runs", true},
	OpGetVar:   {"getvar", "rK", "", "a", "R[a] = the value of var K[x]", true},
	OpJmp:      {"jmp", "-J", "", "", "go to x", true},
	OpLoop:     {"loop", "-J", "", "", "go back to x; costs a reduction", true},
	OpAddLoop:  {"addloop", "rJs", "a", "a", "R[a] = R[a] + d; go back to x; costs a reduction", true},
	OpJF:       {"jf", "rJ", "a", "", "go to x if R[a] is nil or false", true},
	OpJT:       {"jt", "rJ", "a", "", "go to x unless R[a] is nil or false", true},
	OpJNil:     {"jnil", "rJ", "a", "", "go to x if R[a] is nil", true},
	OpJNotNil:  {"jnotnil", "rJ", "a", "", "go to x unless R[a] is nil", true},
	OpAdd:      {"add", "rrr", "bc", "a", "R[a] = R[b] + R[c]", true},
	OpSub:      {"sub", "rrr", "bc", "a", "R[a] = R[b] - R[c]", true},
	OpMul:      {"mul", "rrr", "bc", "a", "R[a] = R[b] * R[c]", true},
	OpQuot:     {"quot", "rrr", "bc", "a", "R[a] = the quotient of R[b] and R[c], cut towards zero", true},
	OpRem:      {"rem", "rrr", "bc", "a", "R[a] = the remainder of R[b] and R[c], with the sign of R[b]", true},
	OpAddI:     {"addi", "rri", "b", "a", "R[a] = R[b] + c", true},
	OpLt:       {"lt", "rrr", "bc", "a", "R[a] = R[b] < R[c]", true},
	OpLe:       {"le", "rrr", "bc", "a", "R[a] = R[b] <= R[c]", true},
	OpEq:       {"eq", "rrr", "bc", "a", "R[a] = R[b] equals R[c] (=)", true},
	OpNumEq:    {"numeq", "rrr", "bc", "a", "R[a] = R[b] == R[c], for numbers", true},
	OpJNLt:     {"jnlt", "rrj", "ab", "", "go to c unless R[a] < R[b]", true},
	OpJNLe:     {"jnle", "rrj", "ab", "", "go to c unless R[a] <= R[b]", true},
	OpJNEq:     {"jneq", "rrj", "ab", "", "go to c unless R[a] equals R[b] (=)", true},
	OpJNNumEq:  {"jnnumeq", "rrj", "ab", "", "go to c unless R[a] == R[b], for numbers", true},
	OpJNLtI:    {"jnlti", "rij", "a", "", "go to c unless R[a] < b", true},
	OpJNLeI:    {"jnlei", "rij", "a", "", "go to c unless R[a] <= b", true},
	OpJNGtI:    {"jngti", "rij", "a", "", "go to c unless R[a] > b", true},
	OpJNGeI:    {"jngei", "rij", "a", "", "go to c unless R[a] >= b", true},
	OpJNEqI:    {"jneqi", "rij", "a", "", "go to c unless R[a] equals b (=)", true},
	OpJNNumEqI: {"jnnumeqi", "rij", "a", "", "go to c unless R[a] == b, for numbers", true},
	OpJNSame:   {"jnsame", "rrj", "ab", "", "go to c unless R[a] matches the value R[b], in the pattern's own equality", true},
	OpJNSameI:  {"jnsamei", "rij", "a", "", "go to c unless R[a] is the integer b", true},
	OpNot:      {"not", "rr", "b", "a", "R[a] = R[b] is nil or false", true},
	OpIsNil:    {"isnil", "rr", "b", "a", "R[a] = R[b] is nil", true},

	OpCall:     {"call", "r--n", "a+", "a", "R[a] = R[a](R[a+1] .. R[a+d])", true},
	OpCallVar:  {"callvar", "rKn", "a+", "a", "R[a] = K[x](R[a+1] .. R[a+d]), K[x] a var", true},
	OpCallSelf: {"callself", "r--n", "a+", "a", "R[a] = the closure that runs (R[a+1] .. R[a+d])", true},
	OpTailCall: {"tailcall", "r--n", "a+", "", "return R[a](R[a+1] .. R[a+d]), in this frame", false},
	OpTailSelf: {"tailself", "r--n", "a+", "", "return the closure that runs (R[a+1] .. R[a+d]), in this frame", true},
	OpRet:      {"ret", "r", "a", "", "return R[a]", true},

	OpClosure:    {"closure", "rF", "", "a", "R[a] = a closure of function template F[x]", false},
	OpSetUp:      {"setup", "rur", "ac", "", "capture b of the new closure R[a] = R[c]", false},
	OpVec:        {"vec", "rrn", "b+", "a", "R[a] = a vector of R[b] .. R[b+c-1]", false},
	OpMap:        {"map", "rrn", "b+", "a", "R[a] = a map of the c values from R[b] on, keys and values in turn", false},
	OpSet:        {"set", "rrn", "b+", "a", "R[a] = a set of R[b] .. R[b+c-1]", false},
	OpList:       {"list", "rrn", "b+", "a", "R[a] = a list of R[b] .. R[b+c-1]", false},
	OpCons:       {"cons", "rrn", "b+", "a", "R[a] = a list of R[b] .. R[b+c-2] in front of the list R[b+c-1]", false},
	OpDef:        {"def", "rKn", "a+", "a", "define var K[x] as R[a] if d is 1 or 3, with metadata R[a+1] if d is 2 or 3; R[a] = the var", false},
	OpSetVar:     {"setvar", "rK", "a", "a", "set! the binding of dynamic var K[x] to R[a]", false},
	OpThrow:      {"throw", "r", "a", "", "raise R[a]", false},
	OpIsA:        {"isa", "rrr", "bc", "a", "R[a] = exception R[b] is one that catch of class R[c] takes", false},
	OpJNVec:      {"jnvec", "rnj", "a", "", "go to c unless R[a] is a vector of b elements", true},
	OpJNVecMin:   {"jnvecmin", "rnj", "a", "", "go to c unless R[a] is a vector of b elements or more", false},
	OpElem:       {"elem", "rrn", "b", "a", "R[a] = element c of vector R[b]", true},
	OpVecRest:    {"vecrest", "rrn", "b", "a", "R[a] = the elements of vector R[b] from c on, a list, nil if none", false},
	OpUncons:     {"uncons", "rrj", "b", "aa", "R[a], R[a+1] = first and rest of R[b], a list or sequence; go to c unless it is a non-empty one", false},
	OpJNEmpty:    {"jnempty", "r-j", "a", "", "go to c unless R[a] is an empty list or sequence", false},
	OpJNMap:      {"jnmap", "r-j", "a", "", "go to c unless R[a] is a map", false},
	OpMapFind:    {"mapfind", "rrr", "bc", "aa", "R[a] = value of key R[c] in map R[b], R[a+1] = whether it has one", false},
	OpRecvStart:  {"recvstart", "rrn", "b", "a", "begin a receive with timeout R[b] (nil: none) and filter c-1 (0: none); R[a] = its deadline, for recvwait", false},
	OpRecvPeek:   {"recvpeek", "rJ", "", "a", "R[a] = the message at the mailbox cursor; go to x if there is none", false},
	OpRecvNext:   {"recvnext", "", "", "", "move the mailbox cursor past this message", false},
	OpRecvRemove: {"recvremove", "", "", "", "remove the message at the cursor; the receive ends", false},
	OpRecvWait:   {"recvwait", "rJ", "a", "", "wait for a message or for deadline R[a]; on expiry the receive ends, go to x", false},
}

// String gives the operation's name.
func (op Op) String() string {
	if op < NumOps {
		return OpTable[op].Name
	}
	return "?"
}
