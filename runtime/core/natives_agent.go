package core

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var agentNatives = []*lang.Native{
	{Name: "clojure.core/agent", Min: 1, Max: -1, Args: "[state & options]", Run: newAgent,
		Doc: "A place that holds state, and does the actions that are sent to it one after the other. Options: :meta, :validator, :error-handler, :error-mode (:fail or :continue). @(agent 1) ;=> 1"},
	{Name: "clojure.core/send", Min: 2, Max: -1, Args: "[agent f & args]", Run: sendBy(false),
		Doc: "Has the agent's state become (f state args...), on a pool of 6 threads, and gives the agent at once. In a transaction or an action it is held until that is done. (let [a (agent 1)] (send a + 2) (await a) @a) ;=> 3"},
	{Name: "clojure.core/send-off", Min: 2, Max: -1, Args: "[agent f & args]", Run: sendBy(true),
		Doc: "As send, in a thread of the action's own: for an f that blocks. (let [a (agent 1)] (send-off a + 2) (await a) @a) ;=> 3"},
	{Name: "clojure.core/send-via", Min: 3, Max: -1, Args: "[executor agent f & args]",
		Doc: "As send-off: an executor of one's own has as many threads as it needs.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return agentOf(args[1]).send(p, args[1:], true)
		}},
	{Name: "clojure.core/release-pending-sends", Args: "[]", Run: releasePending,
		Doc: "In an action, dispatches the sends that are held until its end now; gives how many. (release-pending-sends) ;=> 0"},
	{Name: "clojure.core/agent-error", Min: 1, Max: 1, Args: "[a]", Doc: "The exception that made the agent fail, nil if it has not. (agent-error (agent 1)) ;=> nil",
		Pure: one(func(v lang.Value) lang.Value { return agentOf(v).failure() })},
	{Name: "clojure.core/agent-errors", Min: 1, Max: 1, Args: "[a]", Doc: "Deprecated, use agent-error: a list of that exception, nil if there is none. (agent-errors (agent 1)) ;=> nil",
		Pure: one(func(v lang.Value) lang.Value {
			if e := agentOf(v).failure(); !e.IsNil() {
				return lang.ListOf(e)
			}
			return lang.Nil
		})},
	{Name: "clojure.core/restart-agent", Min: 2, Max: -1, Args: "[a new-state & options]", Run: restartAgent,
		Doc: "Has an agent that failed go on with new-state, with :clear-actions true without the actions that wait. Gives new-state."},
	{Name: "clojure.core/clear-agent-errors", Min: 1, Max: 1, Args: "[a]", Doc: "Deprecated, use restart-agent: has an agent that failed go on with its state.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return restartAgent(p, []lang.Value{args[0], agentOf(args[0]).val})
		}},
	{Name: "clojure.core/error-handler", Min: 1, Max: 1, Args: "[a]", Doc: "The function that is called with the agent and the exception where an action raises. (error-handler (agent 1)) ;=> nil",
		Pure: one(func(v lang.Value) lang.Value { return agentOf(v).handler })},
	{Name: "clojure.core/set-error-handler!", Min: 2, Max: 2, Args: "[a handler-fn]", Doc: "Sets the function that is called with the agent and the exception where an action raises.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			a := agentOf(args[0])
			p.W.Touch(a)
			a.handler = args[1]
			return lang.Nil
		}},
	{Name: "clojure.core/error-mode", Min: 1, Max: 1, Args: "[a]", Doc: ":fail if the agent stops where an action raises, :continue if it goes on. (error-mode (agent 1)) ;=> :fail",
		Pure: one(func(v lang.Value) lang.Value { return agentOf(v).mode })},
	{Name: "clojure.core/set-error-mode!", Min: 2, Max: 2, Args: "[a mode-keyword]", Doc: "Sets whether the agent stops (:fail) or goes on (:continue) where an action raises.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			a := agentOf(args[0])
			p.W.Touch(a)
			a.mode = args[1]
			return lang.Nil
		}},
	{Name: "clojure.core/shutdown-agents", Args: "[]", Doc: "Has no action begin any more; a send raises RejectedExecutionException. A script ends without it, too.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			pool := poolOf(p.W)
			p.W.Touch(pool)
			pool.shut = true
			return lang.Nil
		}},
}

var (
	agentClass    = lang.DefineClass("clojure.lang.Agent", lang.IRefClass)
	rejectedClass = lang.DefineClass("java.util.concurrent.RejectedExecutionException", lang.RuntimeException)
)

// Agent is Clojure's agent: a value, and a queue of actions that change it.
type Agent struct {
	runtime.Stamped
	iref
	agentState
}

type agentState struct {
	val           lang.Value
	handler, mode lang.Value
	err           *lang.Exception
	actions       runtime.Queue[*action] // the first one runs, unless the agent has failed
}

// action is one send.
type action struct {
	f        lang.Value
	args     []lang.Value
	bindings *runtime.Bindings // of the sender
	own      bool              // in a thread of its own: send-off
}

func agentOf(v lang.Value) *Agent { return object[*Agent](v, agentClass) }

func newAgent(p *runtime.Process, args []lang.Value) lang.Value {
	a := &Agent{iref: iref{id: p.NewID()}}
	a.val = args[0]
	a.options(args[1:], func(k, v lang.Value) {
		switch k {
		case lang.K("error-handler"):
			a.handler = v
		case lang.K("error-mode"):
			a.mode = v
		}
	})
	if a.mode.IsNil() {
		a.mode = lang.K("fail")
		if a.handler.Truthy() {
			a.mode = lang.K("continue")
		}
	}
	return a.made(p, lang.Obj(a), a.val)
}

// Class gives Clojure's class of such a value.
func (a *Agent) Class() *lang.Class { return agentClass }

type agentSaved struct {
	iref
	agentState
}

// Save gives the state.
func (a *Agent) Save() any { return agentSaved{a.iref, a.agentState} }

// Restore puts a state back.
func (a *Agent) Restore(s any) {
	st := s.(agentSaved)
	a.iref, a.agentState = st.iref, st.agentState
}

// PrintTo prints the agent with its value.
func (a *Agent) PrintTo(p *lang.Printer) {
	status := "ready"
	if a.err != nil {
		status = "failed"
	}
	printRef(p, "clojure.lang.Agent", a.hash(), status, a.val)
}

// Text gives the agent as str does.
func (a *Agent) Text() string { return "clojure.lang.Agent@" + hex(a.hash()) }

// SetMetaMap sets the metadata.
func (a *Agent) SetMetaMap(w *runtime.World, m *lang.Map) { w.Touch(a); a.meta = m }

// Trace shows the value and the actions that wait.
func (a *Agent) Trace(visit func(lang.Value)) {
	visit(a.val)
	a.actions.Each(func(x *action) bool {
		visit(x.f)
		for _, v := range x.args {
			visit(v)
		}
		return true
	})
}

// Deref reads the agent.
func (a *Agent) Deref(p *runtime.Process) lang.Value { return p.Perform(&readRef{a}) }

func (a *Agent) now() lang.Value { return a.val }

func (a *Agent) kind() runtime.Wording { return wordsAgent }

func (a *Agent) failure() lang.Value {
	if a.err == nil {
		return lang.Nil
	}
	return lang.Obj(a.err)
}

func sendBy(own bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value { return agentOf(args[0]).send(p, args, own) }
}

// Send is (send agent f & args), args being all of them.
func (a *Agent) Send(p *runtime.Process, args []lang.Value) lang.Value { return a.send(p, args, false) }

// send dispatches an action, or holds it until the transaction or the action
// that sends it is done.
func (a *Agent) send(p *runtime.Process, args []lang.Value, own bool) lang.Value {
	if len(args) < 2 {
		lang.Raise(lang.ArityException, "Wrong number of args (1) passed to: clojure.core/send")
	}
	x := &action{f: args[1], args: slices.Clone(args[2:]), bindings: p.Bindings, own: own}
	c := call{dispatchFn, []lang.Value{lang.Obj(a), lang.Obj(x)}}
	a.mustWork()
	switch t := transactionOf(p); {
	case t != nil:
		t.hold(c)
	case working(p) != nil && !working(p).over:
		job := working(p)
		p.W.Touch(job)
		job.held = append(slices.Clip(job.held), c)
	default:
		return a.dispatch(p, x)
	}
	return lang.Obj(a)
}

// mustWork raises if the agent has failed.
func (a *Agent) mustWork() {
	if a.err != nil {
		e := lang.NewException(lang.RuntimeException, "Agent is failed, needs restart")
		e.Cause = a.err
		panic(e)
	}
}

// dispatchFn is the function that dispatches an action that was held.
var dispatchFn = lang.Obj(&lang.Native{Name: "clojure.core/dispatch", Min: 2, Max: 2, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
	return args[0].Obj().(*Agent).dispatch(p, args[1].Obj().(*action))
}})

// dispatch is the operation of giving the agent an action.
func (a *Agent) dispatch(p *runtime.Process, x *action) lang.Value {
	return p.Perform(&runtime.Effect{Name: wordsDispatch, With: []any{runtime.Thing{Of: a, Else: wordsAgent}}, On: a.access(),
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			pool := poolOf(w)
			if pool.shut {
				lang.Raise(rejectedClass, "the agents are shut down")
			}
			w.Touch(a)
			a.actions.Push(x)
			w.Emit(runtime.Event{Kind: "dispatch", Proc: p, Entity: a, Value: x.f})
			if a.actions.Len() == 1 && a.err == nil {
				pool.execute(w, p, a)
			}
			return lang.Obj(a)
		}})
}

func (a *Agent) access() []runtime.Access {
	return []runtime.Access{{Entity: a, Mode: runtime.Write}}
}

func releasePending(p *runtime.Process, _ []lang.Value) lang.Value {
	job := working(p)
	if job == nil || job.over {
		return lang.Int(0)
	}
	calls := job.release(p.W)
	return inOrder(p, calls, lang.Int(int64(len(calls))))
}

var restartKont = &runtime.Kont{Name: "restart-agent", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	mustBeValid(v)
	return state.(*restart).do(p)
}}

// restart is a restart of an agent whose validator is asked.
type restart struct {
	a     *Agent
	val   lang.Value
	clear bool
}

func restartAgent(p *runtime.Process, args []lang.Value) lang.Value {
	r := &restart{a: agentOf(args[0]), val: args[1]}
	evenly(args[2:])
	for i := 2; i < len(args); i += 2 {
		if args[i] == lang.K("clear-actions") {
			r.clear = args[i+1].Truthy()
		}
	}
	if r.a.err == nil {
		lang.Raise(lang.RuntimeException, "Agent does not need a restart")
	}
	if f := r.a.validator; f.Truthy() {
		return p.Call(restartKont, r, f, r.val)
	}
	return r.do(p)
}

func (r *restart) do(p *runtime.Process) lang.Value {
	a := r.a
	return p.Perform(&runtime.Effect{Name: wordsRestart, With: []any{runtime.Thing{Of: a, Else: wordsAgent}}, On: a.access(),
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Touch(a)
			a.val, a.err = r.val, nil
			if r.clear {
				a.actions = runtime.Queue[*action]{}
			}
			w.Emit(runtime.Event{Kind: "restart", Proc: p, Entity: a, Value: r.val})
			if a.actions.Len() > 0 {
				poolOf(w).execute(w, p, a)
			}
			return r.val
		}})
}
