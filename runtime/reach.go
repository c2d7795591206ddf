package runtime

import (
	"maps"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Tracer is implemented by objects that hold values: channels, atoms,
// promises. Trace shows each of them.
type Tracer interface {
	Trace(visit func(lang.Value))
}

// Trace shows the value.
func (c *Cell) Trace(visit func(lang.Value)) { visit(c.Val) }

// reach walks what can be reached from values, through closures, the vars of
// the program that their code names, and entities, but not into processes.
type reach struct {
	seen    map[any]bool
	todo    []lang.Value
	left    int   // how many more values to look at
	through bool  // into processes, too
	keys    []any // objects to be found that hold nothing: a reference, a name
}

// reachLimit bounds a walk: past it, the answer is that everything is reached.
const reachLimit = 2_000_000

func (r *reach) push(v lang.Value) {
	switch v.Obj().(type) {
	case nil, string:
		return
	}
	if lang.IsCompound(v) || isHolder(v) || slices.Contains(r.keys, v.Obj()) {
		r.todo = append(r.todo, v)
	}
}

func isHolder(v lang.Value) bool {
	switch v.Obj().(type) {
	case *lang.Closure, *Var, *Process, Tracer, Entity:
		return true
	}
	return false
}

// run calls visit for each object reached, once; it stops when visit gives true.
func (r *reach) run(visit func(any) bool) bool {
	for len(r.todo) > 0 {
		v := r.todo[len(r.todo)-1]
		r.todo = r.todo[:len(r.todo)-1]
		if r.left--; r.left < 0 {
			return true
		}
		o := v.Obj()
		if r.seen[o] {
			continue
		}
		r.seen[o] = true
		if visit(o) {
			return true
		}
		r.children(v)
	}
	return false
}

func (r *reach) children(v lang.Value) {
	switch x := v.Obj().(type) {
	case *lang.Closure:
		for _, u := range x.Up {
			r.push(u)
		}
		r.code(x.Fn)
	case *Var:
		if x.NS.Library == nil && x.Bound() {
			r.push(x.root)
		}
	case *Process:
		if r.through {
			r.roots(x)
		}
	case Tracer:
		x.Trace(r.push)
	case *lang.LazySeq:
		r.push(x.Val)
		r.push(x.Thunk)
	case lang.Seq:
		r.push(x.First())
		r.push(x.Rest())
	default:
		lang.Elements(v, func(e lang.Value) bool { r.push(e); return true })
	}
}

func (r *reach) code(f *lang.Fn) {
	if f == nil || r.seen[f] {
		return
	}
	r.seen[f] = true
	for _, c := range append(f.Fixed, f.Variadic) {
		if c == nil {
			continue
		}
		for _, k := range c.Consts {
			r.push(k)
		}
		for _, inner := range c.Fns {
			r.code(inner)
		}
	}
}

// slot adds what is in a slot of a process.
func (r *reach) slot(f filled) {
	if t, ok := f.x.(Tracer); ok {
		t.Trace(r.push)
	}
}

// roots adds what a process holds itself, its mailbox among it, and what it
// waits on.
func (r *reach) roots(p *Process) {
	p.Roots(r.push)
	for i := range p.frames { // such as the channel for the result of a go block
		if e, ok := p.frames[i].state.(Entity); ok && !r.through {
			r.push(lang.Obj(e))
		}
	}
	if p.rare != nil {
		r.slot(p.rare.filled)
		for _, f := range p.rare.others {
			r.slot(f)
		}
	}
	for _, e := range opEntities(p.op) {
		r.push(lang.Obj(e))
	}
}

// ReachAll calls visit for each object that the vars of the program and its
// processes can reach, in an order that is the same in every run.
func (w *World) ReachAll(visit func(any)) {
	r := &reach{seen: map[any]bool{}, left: reachLimit, through: true}
	w.EachVar(func(v *Var) { r.push(lang.Obj(v)) })
	for _, p := range w.Processes() {
		r.push(lang.Obj(p))
	}
	slices.Reverse(r.todo)
	r.run(func(o any) bool { visit(o); return false })
}

// EachVar calls f for each bound var of the program's own namespaces, in the
// order of their names.
func (w *World) EachVar(f func(*Var)) {
	for _, ns := range slices.Sorted(maps.Keys(w.namespaces.table)) {
		n := w.namespaces.table[ns]
		if n.Library != nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(n.Vars)) {
			if v := n.Vars[name]; v.Bound() {
				f(v)
			}
		}
	}
}

// offerer is implemented by operations that offer a value to whoever takes
// it: a put. One that waits for ever is a leak wherever it stands.
type offerer interface{ Offers() bool }

// InLoop reports whether the process stands inside a loop, at some depth of
// its stack: a server that waits there for its next request has nothing to do,
// and nothing is wrong.
func (p *Process) InLoop() bool {
	if p.code != nil && loops(p.code, p.pc-1) {
		return true
	}
	for i := range p.frames {
		if f := &p.frames[i]; f.code != nil && loops(f.code, f.pc-1) {
			return true
		}
	}
	return false
}

// loops reports whether control can come back to the instruction at pc of
// the same body. A receive that waits looks again at each message: that way
// back does not count, only one that has taken a message out.
func loops(c *lang.Code, pc int32) bool {
	at := int(pc)
	from := []int{at + 1}
	if lang.Op(c.Ins[at]) == lang.OpRecvWait {
		from = []int{at + 1 + lang.Bx(c.Ins[at])} // expired
		walkCode(c, []int{at + 1}, func(i int) bool {
			if lang.Op(c.Ins[i]) == lang.OpRecvRemove {
				from = append(from, i+1)
				return false
			}
			return true
		})
	}
	found := false
	walkCode(c, from, func(i int) bool {
		op := lang.Op(c.Ins[i])
		found = found || i == at || op == lang.OpTailSelf || op == lang.OpTailCall
		return !found
	})
	return found
}

// walkCode visits every instruction that control can reach from some others,
// once, and goes on behind those for which visit gives true.
func walkCode(c *lang.Code, from []int, visit func(pc int) bool) {
	seen := make([]bool, len(c.Ins))
	for len(from) > 0 {
		pc := from[len(from)-1]
		from = from[:len(from)-1]
		if pc >= len(seen) || seen[pc] {
			continue
		}
		seen[pc] = true
		if !visit(pc) {
			continue
		}
		i := c.Ins[pc]
		op := lang.Op(i)
		switch args := lang.OpTable[op].Args; {
		case strings.Contains(args, "J"):
			from = append(from, pc+1+lang.Bx(i))
		case strings.Contains(args, "j"):
			from = append(from, pc+1+lang.SC(i))
		}
		switch op {
		case lang.OpJmp, lang.OpLoop, lang.OpAddLoop, lang.OpRet, lang.OpThrow, lang.OpTailCall, lang.OpTailSelf:
		default:
			from = append(from, pc+1)
		}
	}
}
