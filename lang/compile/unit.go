package compile

import (
	"github.com/conc-repl/conc-repl/lang"
)

// StepKind tells what the compiler wants next.
type StepKind uint8

// The kinds of step.
const (
	Done   StepKind = iota // Fn is the function of no arguments to run
	Expand                 // call Macro with Args, then Resume with the result
	Forms                  // evaluate Forms one by one, each from Start
)

// Step is the state of a compilation: finished, or what it waits for. It is
// immutable and may be resumed more than once.
type Step struct {
	Kind  StepKind
	Fn    *lang.Fn
	Macro lang.Value   // the macro's function
	Args  []lang.Value // the form, the environment, the macro's arguments
	Forms []lang.Value

	state *state
}

// state is what one step leaves to the next.
type state struct {
	res    lang.Resolver
	locals int     // how many there are
	refs   int     // how many LocalRefs there are
	holes  int     // how many there were
	queue  *link   // holes to fill, in the order of the text
	fills  *fill   // what filled those before
	target *Target // of a recur at the top
	root   Node    // nil as long as the form itself is being expanded
	pos    lang.Pos
}

// link is a cell of the queue of holes.
type link struct {
	hole *Hole
	next *link
}

// fill says what filled a hole.
type fill struct {
	id   int
	node Node
	next *fill
}

// Start begins to compile a top-level form of the Clojure notation. It raises
// a CompilerException, with its place, for what is no valid form.
func Start(form lang.Value, res lang.Resolver) Step {
	return StartAt(form, res, lang.Pos{})
}

// StartAt is Start for a form whose place is pos, if it has none of its own.
func StartAt(form lang.Value, res lang.Resolver, pos lang.Pos) Step {
	st := state{res: res, pos: pos, target: &Target{}}
	return st.top(form)
}

// Failed gives what the compiler raises when Macro has raised e.
func (s Step) Failed(e *lang.Exception) *lang.Exception {
	pos := s.state.pos
	if q := s.state.queue; q != nil {
		pos = q.hole.env.pos
	}
	return expansionError(e, s.Args[0], pos)
}

// Resume goes on with what the macro made, in which no lazy cell may be left
// unrealised.
func (s Step) Resume(expansion lang.Value) Step {
	if s.Kind != Expand {
		panic("compile: Resume of a step that expects no expansion")
	}
	st := *s.state
	if st.root == nil {
		return st.top(expansion)
	}
	h := st.queue.hole
	st.queue = st.queue.next
	st.fillHole(h, expansion)
	return st.advance()
}

// top takes a top-level form apart as far as macros and `do` reach, and then
// analyses what is left.
func (st state) top(form lang.Value) Step {
	a := &analyser{state: &st}
	e := env{target: st.target, tail: true, pos: st.pos}
	for {
		items, ok := seqForm(form)
		if !ok || len(items) == 0 {
			break
		}
		e.pos = posOf(form, e.pos)
		if len(items) == 2 && isSym(items[0], "do") {
			form = items[1]
			continue
		}
		macro := a.macroOf(items[0], &e)
		if macro.IsNil() {
			break
		}
		e.depth++
		a.checkDepth(&e)
		next, done := a.expandPure(macro, form, items, e.pos)
		if !done {
			st.pos = e.pos
			return Step{Kind: Expand, Macro: macro, Args: macroArgs(form, lang.Nil, items), state: &st}
		}
		form = next
	}
	if items, ok := seqForm(form); ok && len(items) > 2 && isSym(items[0], "do") {
		return Step{Kind: Forms, Forms: items[1:]}
	}
	e.depth = 0
	st.pos = e.pos
	st.root = a.expr(form, e)
	st.push(a.found)
	return st.advance()
}

// fillHole analyses form in the place of hole h.
func (st *state) fillHole(h *Hole, form lang.Value) {
	a := &analyser{state: st}
	e := h.env
	e.pos = posOf(form, e.pos)
	st.fills = &fill{h.ID, a.expr(form, e), st.fills}
	st.push(a.found)
}

// push puts holes before those that wait already.
func (st *state) push(holes []*Hole) {
	for i := len(holes) - 1; i >= 0; i-- {
		st.queue = &link{holes[i], st.queue}
	}
}

// advance goes on to the next macro call, or to the code.
func (st state) advance() Step {
	for st.queue != nil {
		h := st.queue.hole
		if !h.Macro.IsNil() {
			items, _ := seqForm(h.Form)
			return Step{Kind: Expand, Macro: h.Macro, Args: macroArgs(h.Form, h.env.macroEnv(), items), state: &st}
		}
		st.queue = st.queue.next
		st.fillHole(h, h.Form)
	}
	fills := make([]Node, st.holes)
	for f := st.fills; f != nil; f = f.next {
		fills[f.id] = f.node
	}
	body := &Arity{Target: st.target, Body: st.root, Pos: st.pos}
	fn := &Fn{Name: st.res.CurrentNS() + "/eval", Arities: []*Arity{body}, Pos: st.pos}
	u := &Unit{Root: fn, Fills: fills, Locals: st.locals, Refs: st.refs, Support: st.res.Support}
	return Step{Kind: Done, Fn: Emit(u)}
}

// macroArgs gives what a macro's function is called with.
func macroArgs(form, env lang.Value, items []lang.Value) []lang.Value {
	args := make([]lang.Value, 0, len(items)+1)
	args = append(args, form, env)
	return append(args, items[1:]...)
}

// Unit is a finished analysis, from whichever notation.
type Unit struct {
	Root   *Fn    // a function of no arguments
	Fills  []Node // what filled each Hole, by its ID
	Locals int    // the Locals' IDs are below this
	Refs   int    // the LocalRefs' IDs are below this
	// Support gives the functions that code calls by itself.
	Support  func(lang.Support) lang.Value
	Notation lang.Notation
}
