package lang

import "strings"

// Code is one compiled body: one arity of one function, or one top-level
// form. It never changes after the compiler has made it.
//
// A running body has a window of NRegs registers in its process's value
// stack. Arguments come in registers 0 to NArgs-1; a variadic body has its
// rest sequence (nil if empty) in register NArgs. Windows overlap: a call
// with its function in register a and n arguments behind it makes registers
// a+1 to a+n the callee's registers 0 to n-1, and its result lands in a. At a
// call all registers above a+n are dead, and those from a on are dead after
// it but for the result.
type Code struct {
	Name     string // for traces: user/fib
	Ins      []uint64
	Consts   []Value
	Fns      []*Fn
	Filters  []*Filter // of its receives
	NRegs    int
	NArgs    int
	Variadic bool
	Notation Notation // whose arithmetic, comparison, equality and errors hold
	Cost     int64    // what a call or a back edge in this body costs: UserCost or LibraryCost
	Lines    []PosEntry
	Locals   []LocalEntry // by From; nil in the library's own code
	Handlers []Handler    // innermost first
	Src      *Source
}

// What a source-level call, a loop's back edge or an operation costs, in
// units of which ReductionUnits make one reduction. A call inside the
// embedded library costs next to nothing, so that a better library changes no
// schedule, but not nothing, so that no library loop can run for long
// without being preempted.
const (
	ReductionUnits = 1024
	UserCost       = ReductionUnits
	LibraryCost    = 32
)

// PosEntry says that the instructions from PC on, up to the next entry, come from Pos.
type PosEntry struct {
	PC  int32
	Pos Pos
}

// PosAt gives the place in the source of the instruction at pc.
func (c *Code) PosAt(pc int) Pos {
	lo, hi := 0, len(c.Lines)
	for lo < hi {
		m := (lo + hi) / 2
		if int(c.Lines[m].PC) <= pc {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == 0 {
		return Pos{}
	}
	return c.Lines[lo-1].Pos
}

// LocalEntry says that register Reg holds a local of the program while the
// instructions in [From, To) run.
type LocalEntry struct {
	Name     string
	Reg      uint16
	From, To int32
}

// Forgets reports whether an instruction before pc may have taken the value of
// a local out of its register, since the program does not read it again.
func (c *Code) Forgets(l LocalEntry, pc int) bool {
	for _, in := range c.Ins[l.From:pc] {
		switch Op(in & 0xff) {
		case OpTake:
			if B(in) == int(l.Reg) {
				return true
			}
		case OpClear:
			if A(in) == int(l.Reg) {
				return true
			}
		}
	}
	return false
}

// MadeUp reports whether the name of a local is none that a person has
// written: a macro or the compiler made it up.
func MadeUp(name string) bool {
	return name == "" || strings.Contains(name, "__") || strings.ContainsAny(name, "#@ ") || strings.HasPrefix(name, "&")
}

// Handler says that an exception raised by an instruction in [Start, End)
// goes to Target, with the exception in register Reg.
type Handler struct {
	Start, End, Target int32
	Reg                uint16
}

// Fn is what a function expression compiles to: its arities, and what it
// captures. With values for the captures it is a Closure.
type Fn struct {
	Name     string  // user/fib, or user/eval-12 and the like
	Fixed    []*Code // by number of arguments; nil where there is no such arity
	Variadic *Code   // nil if none
	Captures []Capture
	Pos      Pos
	Meta     Value // what ^meta the fn form carried, or nil

	Notation         Notation
	Module, Function string // of a function that a module defines by name: Foo.Bar, loop; else empty
}

// Capture says where a closure finds one captured value when it is made: in
// a register of the enclosing body, or among that body's own captures.
type Capture struct {
	FromUp bool
	Index  uint16
	Name   string // for the disassembler and the stepper
}

// Select gives the body for n arguments, or nil.
func (f *Fn) Select(n int) *Code {
	if n < len(f.Fixed) && f.Fixed[n] != nil {
		return f.Fixed[n]
	}
	if f.Variadic != nil && n >= f.Variadic.NArgs {
		return f.Variadic
	}
	return nil
}

// Closure is a function value: an Fn and the values that it captured. The
// instruction SetUp may fill a capture just after the closure was made (for
// letfn); from then on it never changes.
type Closure struct {
	Fn   *Fn
	Up   []Value
	Meta *Map
	ID   uint64 // the world's number of it, 0 until somebody asks; for printing
}

// Native is the descriptor of a function written in Go. It stands in a
// literal table beside its documentation; the one check of its arity is made
// by the machine.
//
// Pure is set for functions of their arguments alone: they may raise (see
// Raise) but touch no entity, park nowhere and call nothing; those are the
// functions that a guard may use. Run, for all others, is a
// func(*runtime.Process, []Value) Value. Neither may keep args, which are
// registers of the caller.
type Native struct {
	Name     string // with its namespace: clojure.core/first
	Min, Max int    // number of arguments; Max < 0: any
	Seqs     uint32 // bit i set: argument i is a sequence of which the native needs every element (bit 31: all arguments from the highest other bit on)
	Deep     uint32 // bit i set: argument i must hold no unrealised lazy cell at any depth
	Pure     func(args []Value) Value
	Run      any
	Args     string // "[coll] [f coll]": the arglists as Clojure shows them
	Doc      string
	Macro    bool // a macro: called with &form and &env before its arguments
}

// Takes reports whether the native may be called with n arguments.
func (c *Native) Takes(n int) bool { return n >= c.Min && uint(n) <= uint(c.Max) } // none is too many for one below 0
