package runtime

import "github.com/conc-repl/conc-repl/lang"

// forceNative realises one lazy cell and gives its sequence: nil, or a Seq.
var forceNative = &lang.Native{Name: "force", Min: 1, Max: 1, Run: func(p *Process, args []lang.Value) lang.Value {
	return p.Force(args[0].Obj().(*lang.LazySeq))
}}

// RealiseNative sees to it that its argument holds no unrealised cell at any depth.
var RealiseNative *lang.Native

// realiseSeq realises a sequence to its end.
var realiseSeq *lang.Native

var forceFn lang.Value

func init() { // these call each other through the machine
	forceFn = lang.Obj(forceNative)
	RealiseNative = &lang.Native{Name: "realise", Min: 1, Max: 1, Run: func(p *Process, args []lang.Value) lang.Value {
		return p.Realise(args[0])
	}}
	realiseSeq = &lang.Native{Name: "realise-seq", Min: 1, Max: 1, Run: func(p *Process, args []lang.Value) lang.Value {
		return p.walkSeq(args[0])
	}}
}

// chain is the cells that are being realised together: a cell whose thunk
// gives another new cell is realised by that one's thunk, without recursion.
type chain struct {
	cell  *lang.LazySeq
	thunk lang.Value
	next  *chain
}

// Force realises a cell; a native returns what Force returns, and the result
// is its sequence. A cell that another process is realising is waited for.
func (p *Process) Force(cell *lang.LazySeq) lang.Value {
	switch cell.State {
	case lang.LazyDone:
		return cell.Val
	case lang.LazyRunning:
		return p.await(cell)
	}
	if p.ForceNow(cell, 0) {
		return cell.Val
	}
	return p.Call(forced, p.take(cell, nil), p.thunkOf(cell))
}

// Step is the thunk of a cell that is computed in Go. Called, it gives what
// the cell computes, as any thunk does.
type Step interface {
	Invoker
	// Now gives that at once, if it needs no call and waits for nobody. depth
	// is for ForceNow of the cells that it needs itself.
	Now(p *Process, depth int) (lang.Value, bool)
}

// maxNow is how many cells are realised within each other on Go's own stack.
const maxNow = 100

// ForceNow realises a cell if that can be done at once, and reports whether it
// is realised.
func (p *Process) ForceNow(cell *lang.LazySeq, depth int) bool {
	if cell.State == lang.LazyDone {
		return true
	}
	step, ok := cell.Thunk.Obj().(Step)
	if !ok || cell.State != lang.LazyNew || depth > maxNow {
		return false
	}
	v, ok := step.Now(p, depth+1)
	if !ok {
		return false
	}
	s, inner := lang.SeqOf(v)
	if inner != nil {
		return false
	}
	p.W.touchCell(cell)
	cell.Val, cell.State, cell.Thunk = s, lang.LazyDone, lang.Nil
	return true
}

func (p *Process) thunkOf(cell *lang.LazySeq) lang.Value {
	t := cell.Thunk
	cell.Thunk = lang.Nil
	return t
}

// take marks a cell as being realised by p.
func (p *Process) take(cell *lang.LazySeq, next *chain) *chain {
	p.W.touchCell(cell)
	cell.State, cell.Owner = lang.LazyRunning, uint64(p.ID)
	return &chain{cell, cell.Thunk, next}
}

var forced = &Kont{
	Name: "force",
	Raise: func(p *Process, state any, _ *lang.Exception) (lang.Value, bool) {
		for c := state.(*chain); c != nil; c = c.next {
			p.W.touchCell(c.cell)
			c.cell.State, c.cell.Thunk = lang.LazyNew, c.thunk
			p.W.wakeCell(c.cell)
		}
		return lang.Nil, false
	},
}

// realised goes on with what a thunk gave.
func (p *Process) realised(c *chain, v lang.Value) lang.Value {
	s, cell := lang.SeqOf(v)
	if cell == nil {
		for ; c != nil; c = c.next {
			p.W.touchCell(c.cell)
			c.cell.Val, c.cell.State, c.cell.Thunk = s, lang.LazyDone, lang.Nil
			p.W.wakeCell(c.cell)
		}
		return s
	}
	if cell.State == lang.LazyRunning {
		return p.PerformThen(p.awaitOp(cell), forced, c)
	}
	return p.Call(forced, p.take(cell, c), p.thunkOf(cell))
}

// Realise sees to it that v holds no unrealised cell at any depth, in steps
// linear in its size.
func (p *Process) Realise(v lang.Value) lang.Value {
	return realiseKont.Return(p, &work{v: v}, lang.Nil)
}

// walkAtOnce is how many values a walk looks at before it lets others run.
const walkAtOnce = 4096

// nothing is a function that does nothing: to call it is to give way, if the
// fuel is used up.
var nothing = lang.Obj(&lang.Native{Name: "nothing", Pure: func([]lang.Value) lang.Value { return lang.Nil }})

// work is a list of values to be walked.
type work struct {
	v    lang.Value
	next *work
}

var realiseKont = &Kont{Name: "realise"}

func init() {
	forced.Return = func(p *Process, state any, v lang.Value) lang.Value {
		return p.realised(state.(*chain), v)
	}
	realiseKont.Return = func(p *Process, state any, _ lang.Value) lang.Value {
		todo := state.(*work)
		for n := 0; todo != nil; n++ {
			if n == walkAtOnce {
				p.Charge(n)
				return p.Call(realiseKont, todo, nothing)
			}
			v := todo.v
			todo = todo.next
			cell, ok := v.Obj().(*lang.LazySeq)
			switch {
			case ok && !cell.Done():
				return p.Call(realiseKont, &work{v, todo}, forceFn, v)
			case ok:
				v = cell.Val
			}
			if s := sequence(v); s != nil {
				first, rest := s.First(), s.Rest()
				if lang.IsCompound(rest) {
					todo = &work{rest, todo}
				}
				if lang.IsCompound(first) {
					todo = &work{first, todo}
				}
				continue
			}
			lang.Elements(v, func(x lang.Value) bool {
				if lang.IsCompound(x) {
					todo = &work{x, todo}
				}
				return true
			})
		}
		return lang.Nil
	}
	walkKont.Return = func(p *Process, state any, s lang.Value) lang.Value {
		return p.walkSeq(s)
	}
}

// sequence gives the sequence that v is and that may have cells behind it;
// nil for the empty list and for ranges, which are there as a whole.
func sequence(v lang.Value) lang.Seq {
	switch s := v.Obj().(type) {
	case *lang.List:
		if s.Len() > 0 {
			return s
		}
	case *lang.Range:
	case lang.Seq:
		return s
	}
	return nil
}

var walkKont = &Kont{Name: "realise-seq"}

// walkSeq realises a sequence to its end, cell by cell.
func (p *Process) walkSeq(v lang.Value) lang.Value {
	for {
		if cell, ok := v.Obj().(*lang.LazySeq); ok {
			if !cell.Done() {
				return p.Call(walkKont, nil, forceFn, v)
			}
			v = cell.Val
		}
		s := sequence(v)
		if s == nil {
			return lang.Nil
		}
		v = s.Rest()
	}
}

// retryNative calls a native again once an argument is realised.
var retryNative = &Kont{Name: "realise arguments"}

func init() {
	retryNative.Return = func(p *Process, state any, _ lang.Value) lang.Value {
		c := state.(*nativeCall)
		p.room(int(p.nb) + len(c.args) + 1)
		copy(p.stack[p.nb:], c.args)
		return p.native(c.c, int(p.nb), len(c.args))
	}
}

// unrealisedArg finds an argument that c wants realised and is not, and the
// function that realises it.
func unrealisedArg(c *lang.Native, args []lang.Value) (*lang.Native, lang.Value) {
	for i, v := range args {
		switch {
		case wants(c.Deep, i) && lang.Unrealised(v) != nil:
			return RealiseNative, v
		case wants(c.Seqs, i) && lang.UnrealisedSeq(v) != nil:
			return realiseSeq, v
		}
	}
	return nil, lang.Nil
}

// wants reads a mask of Native: bit i, and bit 31 for all from its highest other bit on.
func wants(mask uint32, i int) bool {
	if mask>>31 != 0 {
		low := mask &^ (1 << 31)
		if i < 31 && low>>uint(i) == 0 {
			return true
		}
		if i >= 31 {
			return true
		}
	}
	return i < 31 && mask>>uint(i)&1 != 0
}

// A cell that one process realises while another looks at it is an entity
// that is waited for. Cells are many and this is rare, so the world keeps who
// waits, and wraps a cell only to undo it.

type cellEntity struct {
	Stamped
	cell *lang.LazySeq
}

func (c *cellEntity) Save() any { return *c.cell }

func (c *cellEntity) Restore(s any) { *c.cell = s.(lang.LazySeq) }

func (w *World) touchCell(cell *lang.LazySeq) {
	if w.Journalling() {
		w.save(&cellEntity{cell: cell})
	}
}

type cellOp struct{ cell *lang.LazySeq }

func (p *Process) awaitOp(cell *lang.LazySeq) Op {
	if cell.Owner == uint64(p.ID) {
		lang.Raise(lang.IllegalStateException, "a lazy sequence needs its own elements to compute them")
	}
	return &cellOp{cell}
}

func (p *Process) await(cell *lang.LazySeq) lang.Value {
	return p.PerformThen(p.awaitOp(cell), awaitKont, cell)
}

var awaitKont = &Kont{Name: "await cell"}

func init() {
	awaitKont.Return = func(p *Process, state any, _ lang.Value) lang.Value {
		return p.Force(state.(*lang.LazySeq))
	}
}

func (o *cellOp) Ready(*World, *Process) bool { return o.cell.State != lang.LazyRunning }

func (o *cellOp) Try(w *World, p *Process) (lang.Value, bool) {
	return lang.Obj(o.cell), o.cell.State != lang.LazyRunning
}

func (o *cellOp) Park(w *World, wt *Waiter, _ int) {
	w.Touch(&w.cellWaits)
	w.cellWaits.q.Push(cellWait{o.cell, wt})
}

func (o *cellOp) Cancel(w *World, wt *Waiter, _ int) {}

func (o *cellOp) Access(acc []Access) []Access { return acc }

func (o *cellOp) About(p *Process) string { return p.Say(wordsCell) }

type cellWait struct {
	cell *lang.LazySeq
	wt   *Waiter
}

type cellWaits struct {
	Stamped
	q Queue[cellWait]
}

func (c *cellWaits) Save() any     { return c.q }
func (c *cellWaits) Restore(s any) { c.q = s.(Queue[cellWait]) }

// wakeCell wakes those who wait for a cell.
func (w *World) wakeCell(cell *lang.LazySeq) {
	if w.cellWaits.q.Len() == 0 {
		return
	}
	w.Touch(&w.cellWaits)
	var woken []*Waiter
	w.cellWaits.q.Filter(func(c cellWait) bool {
		if c.cell == cell && c.wt.Live() {
			woken = append(woken, c.wt)
		}
		return c.cell != cell && c.wt.Live()
	})
	for _, wt := range woken {
		w.Complete(wt, 0, lang.Obj(cell))
	}
}
