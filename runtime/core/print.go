package core

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Printing goes step by step: lang.Printer stops at each lazy cell, the text
// so far is written, which is one operation, and only then does the code of
// the cell run; so what that code prints itself stands where the real one has it.

// printPiece is the size from which on the text so far is written, and others
// get their turn: what is printed may have no end.
const printPiece = 1 << 14

// printing is a print in progress. A copy is a state: pr has nothing in Out.
type printing struct {
	pr     lang.Printer
	out    lang.Value // nil: the text is gathered, and is the result
	text   *piece     // gathered so far
	result lang.Value
}

// piece is a text in pieces, the last one first.
type piece struct {
	s    string
	prev *piece
}

// join gives the whole text.
func (t *piece) join() string {
	var parts []string
	for ; t != nil; t = t.prev {
		parts = append(parts, t.s)
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
	}
	return b.String()
}

// The konts of printing: after a text was written, after others had their
// turn, after a cell was realised.
var (
	printWritten = &runtime.Kont{Name: "print"}
	printForced  = &runtime.Kont{Name: "print"}
)

func init() {
	printWritten.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		w := state.(*written)
		switch {
		case w.cell != nil:
			return p.Call(printForced, w.then, forceFn, lang.Obj(w.cell))
		case w.then.pr.Done():
			return w.then.result
		}
		return p.PerformThen(giveWay{}, printForced, w.then)
	}
	printForced.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		return state.(*printing).on(p)
	}
}

// written is what comes after a text was written: a cell to be realised, or more.
type written struct {
	then *printing
	cell *lang.LazySeq
}

// on prints as far as it can; a native returns what it returns.
func (s *printing) on(p *runtime.Process) lang.Value {
	n := *s
	cell := n.pr.Step()
	text := n.pr.Take()
	if n.out.IsNil() {
		n.text = &piece{text, n.text}
		if cell != nil {
			return p.Call(printForced, &n, forceFn, lang.Obj(cell))
		}
		if n.pr.Done() {
			return lang.Str(n.text.join())
		}
		p.W.Reserve(printPiece)
		return p.PerformThen(giveWay{}, printForced, &n)
	}
	if text == "" {
		return printWritten.Return(p, &written{&n, cell}, lang.Nil)
	}
	return p.PerformThen(writing(p, n.out, text), printWritten, &written{&n, cell})
}

// writing is the operation of writing a text to what *out* holds, or raises.
func writing(p *runtime.Process, out lang.Value, text string) runtime.Op {
	switch w := out.Obj().(type) {
	case *runtime.Console:
		return &runtime.Effect{Name: runtime.WordsPrint, With: []any{lang.Str(text)}, On: []runtime.Access{{Entity: w, Mode: runtime.Write}},
			Do: func(world *runtime.World, p *runtime.Process) lang.Value {
				w.Write(world, p, text)
				return lang.Nil
			}}
	case textSink:
		return &runtime.Effect{Name: wordsWrite, With: []any{lang.Str(text)}, On: []runtime.Access{{Entity: w, Mode: runtime.Write}},
			Do: func(world *runtime.World, p *runtime.Process) lang.Value {
				world.Touch(w)
				w.add(text)
				world.Emit(runtime.Event{Kind: "print", Proc: p, Entity: w, Note: text})
				return lang.Nil
			}}
	}
	panic(lang.CastError(out, writerClass))
}

// textSink is implemented by the entities other than a console that text can be written to.
type textSink interface {
	runtime.StampedEntity
	// add appends a text; World.Touch has been called.
	add(text string)
}

// printer makes a printer as the dynamic vars say.
func printer(p *runtime.Process, readably bool) lang.Printer {
	pr := lang.Printer{Readably: readably, Length: limit(p, "*print-length*"), Level: limit(p, "*print-level*"), Budget: printPiece}
	if readably {
		pr.Readably = dynamic(p, "*print-readably*").Truthy()
		pr.Meta = dynamic(p, "*print-meta*").Truthy()
	}
	pr.NSMaps = dynamic(p, "*print-namespace-maps*").Truthy()
	pr.Custom = customPrinting(p, readably)
	return pr
}

// dynamic gives the value of a dynamic var of clojure.core as p sees it.
func dynamic(p *runtime.Process, name string) lang.Value { return coreVar(p, name).Get(p) }

func limit(p *runtime.Process, name string) int {
	if v := dynamic(p, name); v.IsFixed() {
		return int(max(v.AsInt(), 0))
	}
	return -1
}

// printNative makes a native that prints its arguments with a space between
// them, and then end: to *out*, or to a string if gather.
func printNative(readably bool, end string, gather bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		s := &printing{pr: printer(p, readably)}
		if !gather {
			s.out = dynamic(p, "*out*")
		}
		s.pr.Then(spaced(p, args, end)...)
		return s.on(p)
	}
}

func spaced(p *runtime.Process, args []lang.Value, end string) []any {
	parts := make([]any, 0, 2*len(args)+1)
	for i, v := range args {
		if i > 0 {
			parts = append(parts, " ")
		}
		parts = append(parts, v)
	}
	if end != "" {
		parts = append(parts, end)
	}
	return parts
}

// write writes a text to what *out* holds; a native returns what it returns.
func write(p *runtime.Process, out lang.Value, text string) lang.Value {
	if text == "" {
		return lang.Nil
	}
	return p.Perform(writing(p, out, text))
}
