package core

import (
	"fmt"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Actions run on two pools, as in Clojure: those of send share a pool of a few
// threads, which actions that block can starve; each of send-off has a thread
// of its own. Each action is a process here, which ends with it.

// poolThreads is how many actions of send run at once: Clojure's is the number
// of processors and two more; the same everywhere, here.
const poolThreads = 6

// pool is the pool of send.
type pool struct {
	runtime.Stamped
	poolState
}

type poolState struct {
	busy    int
	waiting runtime.Queue[*Agent]
	shut    bool
}

// Save gives the state.
func (o *pool) Save() any { return o.poolState }

// Restore puts a state back.
func (o *pool) Restore(s any) { o.poolState = s.(poolState) }

type poolKey struct{}

func poolOf(w *runtime.World) *pool {
	return keep(w, poolKey{}, func() *pool {
		w.OnExit = append(w.OnExit, abandoned)
		return &pool{}
	})
}

// execute has the first action of an agent run, as soon as the pool has a
// thread for it.
func (o *pool) execute(w *runtime.World, p *runtime.Process, a *Agent) {
	x, _ := a.actions.Peek()
	if x.own {
		start(w, p, a, x, "clojure-agent-send-off-pool")
		return
	}
	w.Touch(o)
	if o.busy == poolThreads {
		o.waiting.Push(a)
		return
	}
	o.busy++
	start(w, p, a, x, "clojure-agent-send-pool")
}

// leave gives a thread of the pool to the next agent that waits for one.
func (o *pool) leave(w *runtime.World, p *runtime.Process) {
	w.Touch(o)
	o.busy--
	if a, ok := o.waiting.Pop(); ok {
		o.execute(w, p, a)
	}
}

// job is the action that a process does.
type job struct {
	runtime.Stamped
	a   *Agent
	own bool
	jobState
}

type jobState struct {
	held []call // sends, for after the action; replaced, not changed
	over bool
}

// Save gives the state.
func (j *job) Save() any { return j.jobState }

// Restore puts a state back.
func (j *job) Restore(s any) { j.jobState = s.(jobState) }

var jobSlot = runtime.NewSlot()

// working gives the action that p does, nil if it does none.
func working(p *runtime.Process) *job {
	j, _ := p.Slot(jobSlot).(*job)
	return j
}

// release gives the sends that are held, which are so no more.
func (j *job) release(w *runtime.World) []call {
	w.Touch(j)
	held := j.held
	j.held = nil
	return held
}

// start begins the process that does an action.
func start(w *runtime.World, parent *runtime.Process, a *Agent, x *action, name string) {
	q := w.Spawn(parent, runtime.Spawn{Kind: runtime.Thread, Fn: actFn, Args: []lang.Value{lang.Obj(a), lang.Obj(x)}})
	q.SetName(fmt.Sprintf("%s-%d", name, q.Num))
	q.SetSlot(jobSlot, &job{a: a, own: x.own})
}

// actFn does an action, whatever comes of it.
var actFn = lang.Obj(&lang.Native{Name: "clojure.core/act", Min: 2, Max: 2, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	x := args[1].Obj().(*action)
	p.Bindings = x.bindings
	p.PushBinding(coreVar(p, "*agent*"), args[0])
	return p.Call(actedKont, args[0].Obj(), changeFn, args[0], args[1])
}})

var (
	actedKont   = &runtime.Kont{Name: "agent"}
	handledKont = &runtime.Kont{Name: "error-handler"}
	actionKont  = &runtime.Kont{Name: "action"}
	agreedKont  = &runtime.Kont{Name: "validate"}
	changedKont = &runtime.Kont{Name: "action"}
)

// failing is an agent whose action raised.
type failing struct {
	a *Agent
	e *lang.Exception
}

// agentChange is an agent about to be changed.
type agentChange struct {
	a    *Agent
	next lang.Value
}

// changeFn computes the next state, sets it and tells the watches.
var changeFn = lang.Obj(&lang.Native{Name: "clojure.core/change", Min: 2, Max: 2, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	a, x := args[0].Obj().(*Agent), args[1].Obj().(*action)
	return p.Call(actionKont, a, x.f, append([]lang.Value{a.val}, x.args...)...)
}})

func init() {
	actionKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		c := agentChange{state.(*Agent), v}
		if f := c.a.validator; f.Truthy() {
			return p.Call(agreedKont, c, f, v)
		}
		return c.do(p)
	}
	agreedKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		mustBeValid(v)
		return state.(agentChange).do(p)
	}
	changedKont.Return = func(p *runtime.Process, state any, old lang.Value) lang.Value {
		c := state.(agentChange)
		return inOrder(p, c.a.notices(lang.Obj(c.a), old, c.next), lang.Nil)
	}
	actedKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		calls := append(working(p).release(p.W), call{endFn, []lang.Value{lang.Obj(state)}})
		return inOrder(p, calls, lang.Nil)
	}
	actedKont.Raise = func(p *runtime.Process, state any, e *lang.Exception) (lang.Value, bool) {
		a := state.(*Agent)
		working(p).release(p.W)
		if a.handler.Truthy() {
			return p.Call(handledKont, failing{a, e}, a.handler, lang.Obj(a), lang.Obj(e)), true
		}
		return a.end(p, e), true
	}
	handledKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		f := state.(failing)
		return f.a.end(p, f.e)
	}
	handledKont.Raise = func(p *runtime.Process, state any, _ *lang.Exception) (lang.Value, bool) {
		f := state.(failing)
		return f.a.end(p, f.e), true
	}
}

// do is the operation of setting the state.
func (c agentChange) do(p *runtime.Process) lang.Value {
	return p.PerformThen(&runtime.Effect{Name: wordsSet, With: []any{runtime.Thing{Of: c.a, Else: wordsAgent}, c.next}, On: c.a.access(),
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			old := c.a.val
			w.Touch(c.a)
			c.a.val = c.next
			c.a.written(p)
			w.Emit(runtime.Event{Kind: "set", Proc: p, Entity: c.a, Value: c.next})
			return old
		}}, changedKont, c)
}

var endFn = lang.Obj(&lang.Native{Name: "clojure.core/end-of-action", Min: 1, Max: 1, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	return args[0].Obj().(*Agent).end(p, nil)
}})

// end is the operation of ending an action, which raised e if that is not nil.
func (a *Agent) end(p *runtime.Process, e *lang.Exception) lang.Value {
	return p.Perform(&runtime.Effect{Name: wordsActed, With: []any{runtime.Thing{Of: a, Else: wordsAgent}}, On: a.access(), Do: func(w *runtime.World, p *runtime.Process) lang.Value {
		w.Emit(runtime.Event{Kind: "acted", Proc: p, Entity: a, Value: a.val})
		working(p).finish(w, p, e)
		return lang.Nil
	}})
}

// finish takes the action out of the agent's queue, and goes on with the next
// one, unless the agent fails.
func (j *job) finish(w *runtime.World, p *runtime.Process, e *lang.Exception) {
	a, o := j.a, poolOf(w)
	w.Touch(j)
	j.over = true
	w.Touch(a)
	a.actions.Pop()
	switch {
	case e != nil && a.mode != lang.K("continue"):
		a.err = e
	case a.actions.Len() > 0 && !o.shut:
		o.execute(w, p, a)
	}
	if !j.own {
		o.leave(w, p)
	}
}

// abandoned makes an agent fail whose process was killed in an action.
func abandoned(w *runtime.World, p *runtime.Process) {
	if j := working(p); j != nil && !j.over {
		j.finish(w, p, lang.NewException(lang.InterruptedException, "the process of the action was ended"))
	}
}
