package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// spawn is the operation of starting a go block or a thread.
type spawn struct {
	kind   runtime.Kind
	fn     lang.Value
	args   []lang.Value
	result *Channel // nil: nobody wants it
}

// Ready holds always.
func (*spawn) Ready(*runtime.World, *runtime.Process) bool { return true }

// Try starts the process, with the dynamic bindings of its parent.
func (s *spawn) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	x := runtime.Spawn{Kind: s.kind, Fn: s.fn, Args: s.args, Convey: true}
	if s.result == nil {
		w.Spawn(p, x)
		return lang.Nil, true
	}
	x.Exit, x.State = deliver, s.result
	w.Spawn(p, x)
	return lang.Obj(s.result), true
}

// Immediate marks an operation that never waits.
func (*spawn) Immediate() {}

// Routine says that it starts a process.
func (*spawn) Routine() (ends bool) { return false }

// Park is never called: spawning is always ready.
func (*spawn) Park(*runtime.World, *runtime.Waiter, int) {}

// Cancel has nothing to withdraw.
func (*spawn) Cancel(*runtime.World, *runtime.Waiter, int) {}

// Access uses nothing that is there already.
func (*spawn) Access(acc []runtime.Access) []runtime.Access { return acc }

// About says what is started.
func (s *spawn) About(p *runtime.Process) string { return p.Say(starts[s.kind]) }

// start makes the native that calls a function in a new process of a kind.
func start(kind runtime.Kind) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		return p.Perform(&spawn{kind: kind, fn: args[0], result: newResult(here(p))})
	}
}

// deliver puts the result of a go block or thread into its channel and closes
// it, as the last operation of the process. An exception goes on to end the process.
var deliver = &runtime.Kont{
	Name: "result of a go block or thread",
	Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
		return p.Perform(&closeOp{c: state.(*Channel), result: v, kind: "result"})
	},
	Raise: func(p *runtime.Process, state any, e *lang.Exception) (lang.Value, bool) {
		return p.PerformThen(&closeOp{c: state.(*Channel), kind: "result"}, rethrow, e), true
	},
}

var rethrow = &runtime.Kont{
	Name: "end of a go block or thread",
	Return: func(_ *runtime.Process, state any, _ lang.Value) lang.Value {
		return runtime.Throw(state.(*lang.Exception))
	},
}
