package runtime

import "github.com/conc-repl/conc-repl/lang"

// Changes is called by natives before they change something outside of the
// world, such as a file: what name says. An exploration, which does everything
// many times, refuses that.
func (p *Process) Changes(name string) {
	if p.W.explored() {
		lang.Raise(lang.IllegalStateException, "%s would change what lies outside of the world, which an exploration does not do: it runs a program many times", name)
	}
}

// explored reports whether an explorer has the world.
func (w *World) explored() bool { return w.halts && w.clock.frozen }

// Outside does f, which touches nothing of the world, on another goroutine,
// while p waits. What it gives is a recorded input. An exploration waits for it
// at once, and does it once: it gives the same again whenever the same, as what
// names it, is to be done. So what f gives must be a value that never changes.
func (p *Process) Outside(what string, f func() (lang.Value, *lang.Exception)) lang.Value {
	w := p.W
	if w.explored() {
		work, ok := w.seen[what]
		if !ok {
			work.v, work.e = f()
			w.seen[what] = work
		}
		if work.e != nil {
			e := *work.e
			panic(&e)
		}
		return work.v
	}
	w.Touch(p)
	p.Status, p.sig = Outside, sigPark
	work := &outsideWork{}
	p.result = lang.Obj(work)
	w.Emit(Event{Kind: "outside", Proc: p})
	w.outside++
	go func() {
		v, e := f()
		w.inbox <- func() {
			w.outside--
			work.done, work.v, work.e = true, v, e
			w.comeBack(p, work)
		}
	}()
	return lang.Nil
}

// outsideWork is the result of work outside: a recorded input, which is no
// part of what a checkpoint undoes.
type outsideWork struct {
	done bool
	v    lang.Value
	e    *lang.Exception
}

// comeBack gives p the result of its work outside, if it still waits for it.
func (w *World) comeBack(p *Process, work *outsideWork) {
	if p.Status != Outside || p.result.Obj() != any(work) {
		return
	}
	w.Touch(p)
	if work.e != nil {
		p.raised = p.exceptionOf(work.e)
	}
	p.result = work.v
	w.ready(p)
}
