package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// bondExports tie processes to each other and to names.
var bondExports = []export{
	{names: "Process/link erlang/link", min: 1, max: 1, demands: []demand{aPid}, run: linkNative, args: "pid",
		doc: "Links this process to another: when one ends with a reason other than :normal, so does the other, or gets {:EXIT, pid, reason} if it traps exits."},
	{names: "Process/unlink erlang/unlink", min: 1, max: 1, demands: []demand{aPid}, run: unlinkNative, args: "pid", doc: "Ends a link."},
	{names: "Process/monitor", min: 1, max: 2, demands: []demand{{0, 2, isMonitorable, "not a pid"}}, run: monitor, args: "item, opts \\\\ []",
		doc: "Has {:DOWN, reference, :process, item, reason} sent here when a process ends, and gives the reference."},
	{names: "erlang/monitor", min: 2, max: 3, demands: []demand{{0, 1, isMonitorType, "invalid monitor type"}, {1, 2, isMonitorable, "not a pid"}},
		run: func(p *runtime.Process, args []lang.Value) lang.Value { return monitor(p, args[1:]) }, args: "type, item, opts \\\\ []",
		doc: "Has {:DOWN, reference, :process, item, reason} sent here when a process ends, and gives the reference. alias: :reply_demonitor makes it an alias, too."},
	{names: "Process/demonitor erlang/demonitor", min: 1, max: 2, demands: []demand{aRef, {1, 2, areDemonitorOptions, "invalid option in list"}},
		run: demonitor, args: "ref, opts \\\\ []",
		doc: "Ends a monitor. :flush also takes its message out of the mailbox, :info has it tell whether the monitor was there."},
	{names: "Process/flag erlang/process_flag", min: 2, max: 2, run: setFlag, args: "flag, value",
		doc: "Sets a flag of this process, such as :trap_exit or :max_heap_size, and gives its old value."},
	{names: "Process/flag erlang/process_flag", min: 3, max: 3, demands: []demand{aPid}, run: setFlagOf, args: "pid, flag, value",
		doc: "Sets the flag :save_calls of a process, the only one that another process can set."},
	{names: "Process/register", min: 2, max: 2, run: registerPid, args: "pid, name", doc: "Gives a process a name to which others can send."},
	{names: "erlang/register", min: 2, max: 2, run: registerName, args: "name, pid", doc: "Gives a process a name to which others can send."},
	{names: "Process/unregister erlang/unregister", min: 1, max: 1, run: unregisterName, args: "name", doc: "Takes a name away."},
	{names: "Process/whereis", min: 1, max: 1, demands: []demand{{0, 1, isAtom, "not an atom"}}, run: whereisName(lang.Nil), args: "name",
		doc: "Gives the process that has a name, nil if none has."},
	{names: "erlang/whereis", min: 1, max: 1, demands: []demand{{0, 1, isAtom, "not an atom"}}, run: whereisName(kwUndef), args: "name",
		doc: "Gives the process that has a name, :undefined if none has."},
	{names: "Process/registered erlang/registered", run: registered, args: "", doc: "Gives the names that processes have."},
}

func isMonitorType(v lang.Value) bool { return lang.Identical(v, kwProcess) }

// isMonitorable holds for a pid, a name and {name, node}.
func isMonitorable(v lang.Value) bool {
	return isProcess(v) || v.IsKeyword() || localName(v) != nil
}

// localName gives the name in {name, node} of this node, nil if v is none.
func localName(v lang.Value) *lang.Keyword {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 2 || !lang.Identical(t.Nth(1), kwNode) {
		return nil
	}
	k, _ := t.Nth(0).AsKeyword()
	return k
}

func areDemonitorOptions(v lang.Value) bool {
	for _, o := range listed(v) {
		if key, _ := pair(o); key != "flush" && key != "info" {
			return false
		}
	}
	return isList(v)
}

// isName holds for what a process can be registered as.
func isName(v lang.Value) bool {
	k, ok := v.AsKeyword()
	return ok && k.String() != "undefined"
}

// registerPid is Process.register, whose one message covers all that can be wrong.
func registerPid(p *runtime.Process, args []lang.Value) lang.Value {
	if !isName(args[1]) {
		lang.RaiseCall(lang.K("function_clause"), lang.K("Elixir.Process"), "register", args...)
	}
	pid, name := args[0], args[1]
	refuse := func(string) {
		lang.Raise(lang.IllegalArgumentException, "could not register %s with name %s because it is not alive, the name is already taken, or it has already been given another name",
			lang.Inspect(pid), lang.Inspect(name))
	}
	q, isPid := pid.Obj().(*runtime.Process)
	k, isKeyword := name.AsKeyword()
	if !isPid || !isKeyword {
		refuse("")
	}
	return registering(p, k, q, refuse)
}

// registerName is Erlang's register.
func registerName(p *runtime.Process, args []lang.Value) lang.Value {
	q, isPid := args[1].Obj().(*runtime.Process)
	switch {
	case !isName(args[0]):
		badArgument(1, "not an atom")
	case !isPid:
		badArgument(2, "not a pid")
	}
	return registering(p, mustKeyword(args[0]), q, func(string) {
		if !Alive(q) {
			badArgument(2, "the pid does not refer to an existing process")
		}
		badArgument(1, "name is in use")
	})
}

func unregisterName(p *runtime.Process, args []lang.Value) lang.Value {
	refuse := func() { badArgument(1, "not a pid") } // in OTP 25's words
	if !isName(args[0]) {
		refuse()
	}
	return unregistering(p, mustKeyword(args[0]), refuse)
}

func mustKeyword(v lang.Value) *lang.Keyword { k, _ := v.AsKeyword(); return k }

// whereisName is whereis for any atom: nil, true and false name no process.
func whereisName(absent lang.Value) run {
	find := whereis(absent)
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if !isName(args[0]) {
			return absent
		}
		return find(p, args)
	}
}

// setFlag is process_flag with the BEAM's complaints.
func setFlag(p *runtime.Process, args []lang.Value) lang.Value {
	k, ok := args[0].AsKeyword()
	if !ok || flagDefaults[k.String()].IsNil() && k.String() != "trap_exit" {
		badArgument(1, "invalid process flag")
	}
	if k.String() == "trap_exit" {
		if !args[1].IsBool() {
			badArgument(2, "invalid value for this process flag")
		}
		return trapExit(p, args[1:])
	}
	v, ok := flagValue(k.String(), args[1])
	if !ok {
		badArgument(2, "invalid value for this process flag")
	}
	return of(p).setFlag(p, k.String(), v)
}

func setFlagOf(p *runtime.Process, args []lang.Value) lang.Value {
	q := process(args[0])
	switch {
	case !Alive(q):
		badArgument(1, "the pid does not refer to an existing process")
	case !lang.Identical(args[1], lang.K("save_calls")):
		badArgument(2, "invalid process flag")
	case !isSize(args[2]):
		badArgument(3, "invalid value for this process flag")
	}
	return of(p).setFlag(q, "save_calls", args[2])
}
