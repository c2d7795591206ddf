package step

import (
	"fmt"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// A person can follow one process between two of its operations: over its
// expressions, its calls or its instructions. The others stay where they are.

// unit is what in and over go by.
type unit uint8

const (
	expression unit = iota
	call
	instruction
)

var unitNames = [...]string{expression: "expression", call: "call", instruction: "instruction"}

// by says or changes what in and over go by.
func (s *Stepper) by(arg string) error {
	if arg != "" {
		i := slices.Index(unitNames[:], arg)
		if i < 0 {
			return fmt.Errorf("it is by %s", strings.Join(unitNames[:], ", or by "))
		}
		s.unit = unit(i)
	}
	fmt.Fprintf(s.Out, "; in and over go by %s\n", unitNames[s.unit])
	return nil
}

// depth says in which calls a process may come to a stop.
type depth uint8

const (
	anyDepth depth = iota
	sameDepth
	lessDepth
)

// mostFollowed bounds how far one word follows a process, in units.
const mostFollowed = 1_000_000

// place is where a process stands between two instructions.
type place struct {
	code  *lang.Code
	pc    int
	depth int
}

func placeOf(p *runtime.Process) (at place, ok bool) {
	code, pc, ok := p.Instruction()
	return place{code, pc, p.StackDepth()}, ok
}

// follow lets one process run on by units, until it stands at one of the depth
// that is wanted, or before its next operation.
func (s *Stepper) follow(arg string, d depth) error {
	s.settleOthers()
	p, err := s.who(arg)
	if err != nil {
		return err
	}
	if p == nil {
		p = s.choose()
	}
	s.deviate()
	if p == nil { // time went on in the walk
		p = s.choose()
	}
	if p == nil {
		return s.nothing()
	}
	from := place{depth: p.StackDepth()}
	if at, ok := placeOf(p); ok {
		from = at
	}
	if p.Status == runtime.AtOp {
		s.S.World.Grant(p)
	}
	for range mostFollowed {
		s.advance(p)
		if p.Status != runtime.Ready || s.arrived(p, from, d) {
			break
		}
	}
	s.fine = nil
	if p.Status == runtime.Ready {
		s.fine = p
	}
	s.last, s.shown = p, nil
	s.settle()
	s.Rec.Stop()
	s.markWalk()
	s.screen()
	return nil
}

// advance runs a process for the smallest step of the unit.
func (s *Stepper) advance(p *runtime.Process) {
	if s.unit == call {
		s.S.World.Step(p, 1)
	} else {
		s.S.World.Instruct(p)
	}
}

// arrived reports whether a process that came from a place has come to where
// the next unit begins, at the depth that is wanted.
func (s *Stepper) arrived(p *runtime.Process, from place, d depth) bool {
	n := p.StackDepth()
	if d == sameDepth && n > from.depth || d == lessDepth && n >= from.depth {
		return false
	}
	at, between := placeOf(p)
	switch {
	case s.unit == call:
		return p.Pos().IsValid()
	case !between:
		return false
	case s.unit == instruction:
		return true
	case p.InLibrary() || fetches[lang.Op(at.code.Ins[at.pc])] || !at.code.PosAt(at.pc).IsValid():
		return false
	}
	sameCall := at.code == from.code && at.depth == from.depth
	return !sameCall || at.pc <= from.pc || at.code.PosAt(at.pc) != from.code.PosAt(from.pc)
}

// fetches has the instructions that only bring values to where an expression
// needs them, or go on to another: they are no expressions of the program.
var fetches = [lang.NumOps]bool{
	lang.OpNop: true, lang.OpMove: true, lang.OpTake: true, lang.OpClear: true, lang.OpConst: true, lang.OpInt: true,
	lang.OpTrue: true, lang.OpFalse: true, lang.OpUp: true, lang.OpSelf: true, lang.OpGetVar: true, lang.OpJmp: true,
	lang.OpJF: true, lang.OpJT: true, lang.OpJNil: true, lang.OpJNotNil: true, lang.OpRet: true,
}

// settleOthers is settle before a process is followed: it stays where it is.
func (s *Stepper) settleOthers() {
	if s.fine != nil && s.fine.Status != runtime.Ready {
		s.fine = nil
	}
	s.settle()
}
