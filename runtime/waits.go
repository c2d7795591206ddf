package runtime

import (
	"fmt"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// Awaiter is implemented by operations that not everybody can make possible who
// reaches what they are on: by is the process that can, if there is one, such as
// the owner of a lock; key, if it is not nil, is what all others need who could, too.
type Awaiter interface {
	Awaits() (by *Process, key any)
}

// Compound is implemented by objects whose operations name a part of them.
type Compound interface {
	Part() Entity
}

// waker says who could end a wait: the process by, and who reaches one of the objects.
type waker struct {
	by *Process
	of []any
}

// waker gives who could end the wait of p.
func (w *World) waker(p *Process) waker {
	if a, ok := p.op.(Awaiter); ok {
		switch by, key := a.Awaits(); {
		case key != nil:
			return waker{by, []any{key}}
		case by != nil:
			return waker{by: by}
		}
	}
	var x waker
	for _, e := range opEntities(p.op) {
		x.of = append(x.of, e)
		if m, ok := e.(interface{ Owner() *Process }); ok && m.Owner() == p { // a mailbox: who has the pid can send
			x.of = append(x.of, p)
			if name := w.registered(p); name != "" {
				x.of = append(x.of, lang.InternKeyword("", name))
			}
		}
	}
	return x
}

func opEntities(op Op) []Entity {
	if op == nil {
		return nil
	}
	var out []Entity
	for _, a := range op.Access(nil) {
		out = append(out, a.Entity)
	}
	return out
}

// among reports whether an object, or the part of it that operations name, is one
// of some.
func among(targets []any, o any) bool {
	if slices.Contains(targets, o) {
		return true
	}
	c, ok := o.(Compound)
	return ok && slices.Contains(targets, any(c.Part()))
}

// reaches reports whether p can reach one of the objects.
func (p *Process) reaches(targets []any) bool {
	if len(targets) == 0 {
		return false
	}
	r := &reach{seen: map[any]bool{}, left: reachLimit, keys: targets}
	r.roots(p)
	return r.run(func(o any) bool { return among(targets, o) })
}

// WhoCouldWake gives the other live processes that could end the wait of p: those
// that can reach what it waits on, or fewer where its operation says so; nil if p
// does not wait.
func (w *World) WhoCouldWake(p *Process) []*Process {
	x := w.waker(p)
	var out []*Process
	for _, q := range w.Processes() {
		if q != p && q.Status != Done && (q == x.by || q.reaches(x.of)) {
			out = append(out, q)
		}
	}
	return out
}

// PromptCouldWake reports whether a person could end the wait of p: a var of
// the program, a binding of the shell's process, or what a package keeps in the
// world, such as the buttons of a page, leads to what p waits on.
func (w *World) PromptCouldWake(p *Process) bool {
	targets := w.waker(p).of
	r := &reach{seen: map[any]bool{}, left: reachLimit, keys: targets}
	r.prompt(w)
	return r.run(func(o any) bool { return among(targets, o) })
}

// prompt adds what a form typed at the prompt can name.
func (r *reach) prompt(w *World) {
	w.EachVar(func(v *Var) { r.push(lang.Obj(v)) })
	for b := w.Shell.Bindings; b != nil; b = b.Next {
		r.push(b.Box.Val)
	}
	for _, x := range w.Library {
		if t, ok := x.(Tracer); ok {
			t.Trace(r.push)
		}
	}
}

// Blocked reports whether p waits for an operation, or would if it went on.
func (p *Process) Blocked() bool {
	return p.op != nil && (p.Status == Parked || p.Status == AtOp && !p.op.Ready(p.W, p))
}

// named reports whether p waits for a process that is known: for the owner of a
// lock, the end of a thread, the answer to a call.
func (p *Process) named() bool {
	a, ok := p.op.(Awaiter)
	if !ok {
		return false
	}
	by, key := a.Awaits()
	return by != nil || key != nil
}

// idles reports whether p waits as a server does that has nothing to do: in a loop,
// for whatever may come.
func (p *Process) idles() bool {
	return !offering(p.op) && !p.named() && p.InLoop()
}

// Stuck divides the blocked processes, once nothing can move any more: leaks wait
// for what will never come, since nobody can reach it who might still do something;
// idle ones are servers with nothing to do. Who is neither waits on a straight path for
// what a server, or with prompt a person, could still send.
func (w *World) Stuck(prompt bool) (leaks, idle []*Process) {
	var doubtful, alive []*Process
	for _, p := range w.Processes() {
		switch {
		case p.Status == Done:
		case p == w.Shell || p.op == nil || p.Status != Parked && p.Status != AtOp:
			alive = append(alive, p)
		case p.idles():
			alive, idle = append(alive, p), append(idle, p)
		default:
			doubtful = append(doubtful, p)
		}
	}
	if len(doubtful) == 0 {
		return nil, idle
	}
	s := survey{reach: reach{seen: map[any]bool{}, left: reachLimit}, wakers: map[*Process]waker{}, alive: map[*Process]bool{}}
	for _, p := range doubtful {
		s.wakers[p] = w.waker(p)
		s.keys = append(s.keys, s.wakers[p].of...)
	}
	if prompt {
		s.prompt(w)
	}
	s.add(alive)
	return s.unreached(doubtful), idle
}

// survey finds out which processes the live ones can reach.
type survey struct {
	reach
	wakers map[*Process]waker
	alive  map[*Process]bool
}

// add has processes count as live.
func (s *survey) add(ps []*Process) {
	for _, p := range ps {
		s.alive[p] = true
		s.roots(p)
	}
}

// unreached gives those of some processes that no live one can reach; who is
// reached is live, too.
func (s *survey) unreached(ps []*Process) []*Process {
	for {
		s.run(func(o any) bool {
			if c, ok := o.(Compound); ok {
				s.seen[c.Part()] = true
			}
			return false
		})
		if s.left < 0 {
			return nil
		}
		var saved, rest []*Process
		for _, p := range ps {
			x := s.wakers[p]
			if s.alive[x.by] || slices.ContainsFunc(x.of, func(o any) bool { return s.seen[o] }) {
				saved = append(saved, p)
			} else {
				rest = append(rest, p)
			}
		}
		if len(saved) == 0 {
			return rest
		}
		s.add(saved)
		ps = rest
	}
}

// WaitGraph has, for processes that wait, those who could end the wait.
type WaitGraph struct {
	Procs  []*Process
	More   int                     // that wait, too, and were left out
	Next   map[*Process][]*Process // who could end the wait
	Person map[*Process]bool       // a form typed at the prompt could, too
}

// Cycles are looked for among mostSearched waiting processes; among fewer if
// there are many processes, since each takes a walk over all that the others
// can reach: mostWalked processes in all.
const (
	mostSearched = 200
	mostWalked   = 400_000
)

// WaitGraph gives the graph of who waits for whom; prompt says that a person may
// type further forms, unless the shell's process waits.
func (w *World) WaitGraph(prompt bool) *WaitGraph {
	g := &WaitGraph{Next: map[*Process][]*Process{}, Person: map[*Process]bool{}}
	free := prompt && !w.Shell.Blocked()
	all := w.Processes()
	most := max(1, min(mostSearched, mostWalked/(len(all)+1)))
	for _, p := range all {
		switch {
		case !p.Blocked():
		case len(g.Procs) == most:
			g.More++
		default:
			g.Procs = append(g.Procs, p)
			g.Next[p] = w.WhoCouldWake(p)
			g.Person[p] = free && !p.named() && (p.Kind == Actor || w.PromptCouldWake(p))
		}
	}
	return g
}

// Stuck gives the processes of which every one who could wake them is stuck
// itself: the greatest set that is closed so.
func (g *WaitGraph) Stuck() map[*Process]bool {
	in := map[*Process]bool{}
	for _, p := range g.Procs {
		in[p] = !g.Person[p]
	}
	for changed := true; changed; {
		changed = false
		for _, p := range g.Procs {
			if in[p] && slices.ContainsFunc(g.Next[p], func(q *Process) bool { return !in[q] }) {
				in[p] = false
				changed = true
			}
		}
	}
	return in
}

// Cycle gives the processes of a shortest cycle among those that are stuck,
// nil if there is none; with some processes given, one of them is in it. Servers that all
// have nothing to do make none.
func (g *WaitGraph) Cycle(with ...*Process) []*Process {
	in := g.Stuck()
	var best []*Process
	for _, p := range g.Procs {
		if len(with) > 0 && !slices.Contains(with, p) {
			continue
		}
		c := g.back(p, in)
		if in[p] && c != nil && !allIdle(c) && (best == nil || len(c) < len(best) || len(c) == len(best) && slices.Contains(best, p.W.Shell) && !slices.Contains(c, p.W.Shell)) {
			best = c
		}
	}
	return best
}

// alike reports whether two processes wait for the same: then neither is the one
// that the other waits for, though it may reach that.
func alike(p, q *Process) bool {
	a, b := p.op.Access(nil), q.op.Access(nil)
	return len(a) == 1 && slices.Equal(a, b) && offering(p.op) == offering(q.op)
}

func offering(op Op) bool {
	o, ok := op.(offerer)
	return ok && o.Offers()
}

func allIdle(ps []*Process) bool {
	return !slices.ContainsFunc(ps, func(p *Process) bool { return p == p.W.Shell || !p.idles() })
}

// back gives a shortest way from p to itself, breadth first.
func (g *WaitGraph) back(p *Process, in map[*Process]bool) []*Process {
	from := map[*Process]*Process{}
	todo := []*Process{p}
	for len(todo) > 0 {
		q := todo[0]
		todo = todo[1:]
		for _, r := range g.Next[q] {
			if in[r] && alike(q, r) {
				continue
			}
			if r == p {
				way := []*Process{q}
				for q != p {
					q = from[q]
					way = append(way, q)
				}
				slices.Reverse(way)
				return way
			}
			if in[r] && from[r] == nil {
				from[r] = q
				todo = append(todo, r)
			}
		}
	}
	return nil
}

// Explain says in sentences what p waits for, and who could end the wait:
// each process that can reach what p waits on, and what it waits for in turn.
func (w *World) Explain(p *Process) string {
	if p.op == nil {
		return p.Name() + " waits for nothing."
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s waits: %s.", p.title(), p.op.About(p))
	others := w.WhoCouldWake(p)
	for i, q := range others {
		if i == explainMax {
			break
		}
		if q.op != nil {
			fmt.Fprintf(&b, "\n%s could end that, but waits: %s.", q.title(), q.op.About(q))
		} else {
			fmt.Fprintf(&b, "\n%s could end that; it is %s.", q.title(), w.StatusOf(q))
		}
	}
	switch {
	case len(others) == 0:
		b.WriteString("\nNo other process can reach it, so the wait will never end.")
	case len(others) > explainMax:
		fmt.Fprintf(&b, "\n%d more processes could end that.", len(others)-explainMax)
	}
	return b.String()
}

// explainMax is how many processes an explanation names.
const explainMax = 8

func (p *Process) title() string {
	if p == p.W.Shell {
		return "the main process"
	}
	return p.W.Label(p) + " (" + p.W.KindOf(p) + ")"
}
