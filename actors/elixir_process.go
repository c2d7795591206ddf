package actors

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// spawnExports start and end processes.
var spawnExports = []export{
	{names: "Kernel/spawn erlang/spawn", min: 1, max: 1, demands: []demand{aFun}, run: spawn(plain), args: "fun",
		doc: "Starts a process that calls fun, and gives its pid."},
	{names: "Kernel/spawn_link erlang/spawn_link", min: 1, max: 1, demands: []demand{aFun}, run: spawn(linked), args: "fun",
		doc: "Starts a process that calls fun, linked to this one from its first moment."},
	{names: "Kernel/spawn_monitor erlang/spawn_monitor", min: 1, max: 1, demands: []demand{aFun}, run: spawn(monitored), args: "fun",
		doc: "Starts a process that calls fun, monitored from its first moment; gives {pid, reference}."},
	{names: "Kernel/spawn erlang/spawn", min: 3, max: 3, demands: anMFA, run: withModule(plain), args: "module, function, args",
		doc: "Starts a process that calls a module's function, and gives its pid."},
	{names: "Kernel/spawn_link erlang/spawn_link", min: 3, max: 3, demands: anMFA, run: withModule(linked), args: "module, function, args",
		doc: "Starts a process that calls a module's function, linked to this one from its first moment."},
	{names: "Kernel/spawn_monitor erlang/spawn_monitor", min: 3, max: 3, demands: anMFA, run: withModule(monitored), args: "module, function, args",
		doc: "Starts a process that calls a module's function, monitored; gives {pid, reference}."},
	{names: "Process/spawn erlang/spawn_opt", min: 2, max: 4, run: spawnWith, args: "fun, opts | module, function, args, opts",
		doc: "Starts a process with options such as :link, :monitor and max_heap_size: words."},
	{names: "Kernel/self erlang/self", run: self, args: "",
		doc: "Gives the pid of the process that asks. The prompt is a process, too."},
	{names: "Kernel/exit erlang/exit", min: 1, max: 1, run: exit, args: "reason",
		doc: "Ends this process for a reason, unless a catch stops that. :normal is a peaceful end."},
	{names: "Process/exit erlang/exit", min: 2, max: 2, demands: []demand{aPid}, run: exit, args: "pid, reason",
		doc: "Sends an exit signal to a process. :normal does nothing to another, :kill cannot be trapped."},
	{names: "Process/alive? erlang/is_process_alive", min: 1, max: 1, demands: []demand{aPid}, run: alive, args: "pid",
		doc: "Tells whether a process has not ended."},
	{names: "Process/list erlang/processes", run: processList, args: "",
		doc: "Gives the pids of all processes that have not ended."},
	{names: "Process/hibernate erlang/hibernate", min: 3, max: 3, demands: anMFA, run: hibernate, args: "module, function, args",
		doc: "Forgets what this process was doing, waits for a message, and then calls a function."},
	{names: "erlang/yield", run: yield, args: "", doc: "Lets other processes go first."},
	{names: "erlang/garbage_collect", min: 0, max: 2, run: always(lang.True), args: "pid \\\\ nil, opts \\\\ []",
		doc: "Gives true: the collector needs no reminder."},
	{names: "erlang/bump_reductions", min: 1, max: 1, run: bumpReductions, args: "n",
		doc: "Counts n more reductions as used."},
	{names: "Kernel/node erlang/node Node/self", run: always(kwNode), args: "", doc: "Gives the name of this node, :nonode@nohost."},
	{names: "Kernel/node erlang/node", min: 1, max: 1, demands: []demand{{0, 1, isOnNode, "not a pid"}}, run: always(kwNode), args: "pid",
		doc: "Gives the node on which a process or a reference is."},
	{names: "Process/group_leader erlang/group_leader", run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Obj(p.W.Shell) },
		args: "", doc: "Gives the process to which output goes: the prompt."},
	{names: "Process/group_leader erlang/group_leader", min: 2, max: 2, run: always(lang.True), args: "pid, leader",
		doc: "Gives true: all output goes to the prompt."},
	{names: "erlang/nodes", min: 0, max: 1, run: always(lang.Obj(lang.EmptyList)), args: "which \\\\ nil", doc: "Gives the names of the other nodes: there are none."},
	{names: "erlang/list_to_pid", min: 1, max: 1, run: listToPid, args: "charlist", doc: "Gives the live process of '<0.114.0>'."},
	{names: "IEx.Helpers/pid", min: 1, max: 1, run: pidOf, args: "string", doc: "Gives the live process of a text: pid(\"0.114.0\")."},
	{names: "IEx.Helpers/pid", min: 3, max: 3, run: func(p *runtime.Process, args []lang.Value) lang.Value { return pidOf(p, args[1:2]) },
		args: "x, y, z", doc: "Gives the live process of three numbers: pid(0, 114, 0)."},
}

func isOnNode(v lang.Value) bool { return isProcess(v) || isRef(v) }

// withModule is spawn for a module, a function's name and arguments: what
// runs is apply.
func withModule(tie func(*launch)) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		l := launch{fn: applyOf(p.W), args: append([]lang.Value(nil), args...)}
		tie(&l)
		return l.perform(p)
	}
}

// applyOf gives Erlang's apply.
func applyOf(w *runtime.World) lang.Value { return Of(w).function("erlang", "apply") }

// function gives a function of the language's own library, which this package
// does not know but by name.
func (s *System) function(ns, name string) lang.Value {
	if n := s.w.FindNS(ns); n != nil {
		if v := n.Var(name); v != nil {
			return lang.Obj(v)
		}
	}
	lang.Raise(lang.UnsupportedOperationException, "this world has no %s.%s", ns, name)
	return lang.Nil
}

// spawnWith is spawn with options.
func spawnWith(p *runtime.Process, args []lang.Value) lang.Value {
	opts := args[len(args)-1]
	l := launch{fn: args[0]}
	switch len(args) {
	case 2:
		if !isFunction(args[0]) {
			badArgument(1, "not a fun")
		}
	case 4:
		l.fn, l.args = applyOf(p.W), append([]lang.Value(nil), args[:3]...)
	default:
		lang.Raise(lang.ArityException, "Wrong number of args (%d) passed to: Process/spawn", len(args))
	}
	for _, o := range listed(opts) {
		switch key, v := pair(o); key {
		case "link":
			l.link = true
		case "monitor":
			l.monitor = true
			if isList(v) {
				l.mode = aliasOption(v)
			}
		default:
			v, ok := flagValue(key, v)
			if !ok {
				badArgument(len(args), "invalid spawn option")
			}
			if l.flags == nil {
				l.flags = noTies.flags
			}
			l.flags = l.flags.Assoc(lang.K(key), v)
		}
	}
	return l.perform(p)
}

// hibernate forgets the frames of the process, and calls a function once
// there is a message.
func hibernate(p *runtime.Process, args []lang.Value) lang.Value {
	call := append([]lang.Value(nil), args...)
	if p.Kind == runtime.Actor { // others have somebody who waits for their end
		p.Forget()
	}
	s := of(p)
	s.Start(p, lang.Nil, nil)
	return p.PerformThen((*arrival)(s.mailbox(p)), hibernateKont, call)
}

var hibernateKont = &runtime.Kont{Name: "hibernate", Return: func(p *runtime.Process, state any, _ lang.Value) lang.Value {
	return p.TailCall(applyOf(p.W), state.([]lang.Value)...)
}}

// yield uses up the budget of this slice.
func yield(p *runtime.Process, _ []lang.Value) lang.Value {
	return bumpReductions(p, []lang.Value{lang.Int(p.W.Options().Budget)})
}

func bumpReductions(p *runtime.Process, args []lang.Value) lang.Value {
	if !args[0].IsFixed() || args[0].AsInt() < 1 {
		badArgument(1, "not a positive integer")
	}
	p.Charge(int(args[0].AsInt()) * int(lang.ReductionUnits/lang.LibraryCost))
	return lang.True
}

// listToPid reads '<0.114.0>', as pid_to_list writes it.
func listToPid(p *runtime.Process, args []lang.Value) lang.Value {
	var text []rune
	for _, c := range listed(args[0]) {
		if c.IsFixed() {
			text = append(text, rune(c.AsInt()))
		}
	}
	num, ok := runtime.ParsePid(string(text))
	if !ok {
		badArgument(1, "not a textual representation of a pid")
	}
	return pidOf(p, []lang.Value{lang.Int(int64(num))})
}

// messageExports send messages, at once and later, and make references.
var messageExports = []export{
	{names: "Kernel/send erlang/send", min: 2, max: 2, run: sendTo, args: "dest, message",
		doc: "Sends a message to a process, a registered name, {name, node} or an alias, and gives the message."},
	{names: "Process/send erlang/send", min: 3, max: 3, run: sendWith, args: "dest, message, opts",
		doc: "Sends a message with options (:noconnect, :nosuspend, which change nothing on one node), and gives :ok."},
	{names: "Process/send_after", min: 3, max: 4, demands: []demand{{0, 2, isPidOrAtom, "not a pid or an atom"}, {2, 1, isTime, "out of range"}},
		run: func(p *runtime.Process, a []lang.Value) lang.Value {
			return timerFor(p, a[2], a[0], a[1], a[3:], false)
		},
		args: "dest, message, ms, opts \\\\ []", doc: "Sends a message when ms milliseconds have passed; gives a reference for cancel_timer."},
	{names: "erlang/send_after", min: 3, max: 4, demands: []demand{{0, 1, isTime, "out of range"}, {1, 2, isPidOrAtom, "not a pid or an atom"}},
		run: func(p *runtime.Process, a []lang.Value) lang.Value {
			return timerFor(p, a[0], a[1], a[2], a[3:], false)
		},
		args: "ms, dest, message, opts \\\\ []", doc: "Sends a message when ms milliseconds have passed; gives a reference for cancel_timer."},
	{names: "erlang/start_timer", min: 3, max: 4, demands: []demand{{0, 1, isTime, "out of range"}, {1, 2, isPidOrAtom, "not a pid or an atom"}},
		run:  func(p *runtime.Process, a []lang.Value) lang.Value { return timerFor(p, a[0], a[1], a[2], a[3:], true) },
		args: "ms, dest, message, opts \\\\ []", doc: "Sends {:timeout, reference, message} when ms milliseconds have passed."},
	{names: "Process/cancel_timer erlang/cancel_timer", min: 1, max: 2, demands: []demand{aRef}, run: cancelTimer, args: "ref, opts \\\\ []",
		doc: "Cancels a timer; gives the milliseconds that were left, false if it was over."},
	{names: "Process/read_timer erlang/read_timer", min: 1, max: 2, demands: []demand{aRef}, run: timerLeft(false), args: "ref",
		doc: "Gives the milliseconds that a timer has to go, false if it is over."},
	{names: "Kernel/make_ref erlang/make_ref", run: makeRef, args: "", doc: "Makes a reference, which is equal to itself alone."},
	{names: "Process/alias erlang/alias", min: 0, max: 1, run: processAlias, args: "opts \\\\ []",
		doc: "Makes a reference to which others can send in place of this process's pid, until unalias; with :reply until the first message."},
	{names: "Process/unalias erlang/unalias", min: 1, max: 1, demands: []demand{aRef}, run: unalias, args: "alias",
		doc: "Ends an alias of this process: what is sent to it is lost. Tells whether it was one."},
}

// sendTo is send as Elixir has it: what is no destination is refused in its words.
func sendTo(p *runtime.Process, args []lang.Value) lang.Value {
	switch k, named := args[0].AsKeyword(); {
	case !isDestination(args[0]), named && of(p).lookup(k) == nil:
		badArgument(1, "invalid destination")
	}
	return sendNative(p, args)
}

// sendOptions are those of Process.send, none of which changes anything here.
var sendOptions = map[string]bool{"noconnect": true, "nosuspend": true}

func sendWith(p *runtime.Process, args []lang.Value) lang.Value {
	for _, o := range listed(args[2]) {
		if key, _ := pair(o); !sendOptions[key] {
			badArgument(3, "invalid option in list")
		}
	}
	if k, named := args[0].AsKeyword(); !isDestination(args[0]) || named && of(p).lookup(k) == nil {
		badArgument(1, "invalid destination")
	}
	s := of(p)
	return p.PerformThen(&send{sys: s, to: args[0], v: args[1]}, okKont, nil)
}

// okKont gives :ok in place of an operation's result.
var okKont = &runtime.Kont{Name: "ok", Return: func(*runtime.Process, any, lang.Value) lang.Value { return kwOk }}

// timerFor starts a timer. With abs: true in opts its time is on the
// monotonic clock; tagged says that the message is {:timeout, reference, v}.
func timerFor(p *runtime.Process, ms, to, v lang.Value, opts []lang.Value, tagged bool) lang.Value {
	after := time.Duration(ms.AsInt()) * time.Millisecond
	for _, o := range options(opts) {
		if key, on := pair(o); key == "abs" && on.Truthy() {
			after -= p.W.Now()
		}
	}
	return startTimer(p, after, to, func(r *Reference) lang.Value {
		if tagged {
			return lang.Vec(kwTimedOut, lang.Obj(r), v)
		}
		return v
	})
}

// cancelTimer cancels a timer. info: false gives :ok alone; async: true
// sends the answer as {:cancel_timer, reference, left}.
func cancelTimer(p *runtime.Process, args []lang.Value) lang.Value {
	info, async := true, false
	for _, o := range options(args[1:]) {
		switch key, v := pair(o); key {
		case "info":
			info = v.Truthy()
		case "async":
			async = v.Truthy()
		default:
			badArgument(2, "invalid option in list")
		}
	}
	if info && !async {
		return timerLeft(true)(p, args)
	}
	return p.PerformThen(lookAtTimer(args[0].Obj().(*Reference), true), cancelKont, &cancelled{args[0], info && async})
}

// cancelled says what to do with the time that a cancelled timer had left.
type cancelled struct {
	ref  lang.Value
	tell bool
}

var cancelKont = &runtime.Kont{Name: "cancel_timer", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	if c := state.(*cancelled); c.tell {
		of(p).put(nil, p, lang.Vec(lang.K("cancel_timer"), c.ref, v), "timer")
	}
	return kwOk
}}
