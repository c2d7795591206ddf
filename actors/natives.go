package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Namespace is the name of this package's library.
const Namespace = "conc.actors"

// run is the kind of function that a native is which needs its process.
type run = func(p *runtime.Process, args []lang.Value) lang.Value

// Library gives the library of the actor forms.
func Library() *runtime.Library {
	l := &runtime.Library{Name: Namespace, Doc: "Processes with mailboxes, links and monitors, as on the BEAM."}
	for _, t := range [][]*lang.Native{processNatives, messageNatives, bondNatives, infoNatives} {
		l.Natives = append(l.Natives, t...)
	}
	return l
}

// processNatives start and end processes.
var processNatives = []*lang.Native{
	{Name: "conc.actors/spawn", Min: 1, Max: -1, Run: run(spawn(plain)), Args: "[f & args]",
		Doc: "Starts a process that calls f with args, and gives its pid."},
	{Name: "conc.actors/spawn-link", Min: 1, Max: -1, Run: run(spawn(linked)), Args: "[f & args]",
		Doc: "Starts a process as spawn does, linked to this one from its first moment."},
	{Name: "conc.actors/spawn-monitor", Min: 1, Max: -1, Run: run(spawn(monitored)), Args: "[f & args]",
		Doc: "Starts a process as spawn does, monitored from its first moment; gives [pid reference]."},
	{Name: "conc.actors/self", Min: 0, Max: 0, Run: run(self), Args: "[]",
		Doc: "Gives the pid of the process that asks. The prompt is a process, too."},
	{Name: "conc.actors/exit", Min: 1, Max: 2, Run: run(exit), Args: "[reason] [pid reason]",
		Doc: "Ends this process for a reason, or sends an exit signal to another. :normal is a peaceful end; :kill sent to another cannot be trapped."},
	{Name: "conc.actors/alive?", Min: 1, Max: 1, Run: run(alive), Args: "[pid]",
		Doc: "Tells whether a process has not ended."},
	{Name: "conc.actors/process-list", Min: 0, Max: 0, Run: run(processList), Args: "[]",
		Doc: "Gives a list of the processes that have not ended."},
	{Name: "conc.actors/pid", Min: 1, Max: 1, Run: run(pidOf), Args: "[number-or-string]",
		Doc: "Gives the live process of a number: (pid 114) or (pid \"0.114.0\")."},
	{Name: "conc.actors/pid?", Min: 1, Max: 1, Pure: isPid, Args: "[x]",
		Doc: "Tells whether x is a process."},
}

// messageNatives send and receive.
var messageNatives = []*lang.Native{
	{Name: "conc.actors/send", Min: 2, Max: -1, Run: run(sendNative), Args: "[to message] [agent f & args]",
		Doc: "Sends a message to a process, a registered name or an alias, and gives the message. An agent gets an action."},
	{Name: "conc.actors/receive", Min: 2, Max: -1, Macro: true, Pure: receiveMacro, Args: "[& clauses]",
		Doc: "Takes the first message that a clause matches: (receive [:ok v] :when (pos? v) body, _ body, :after ms body). ~x in a pattern is the value of x."},
	{Name: "conc.actors/skip-to", Min: 1, Max: 1, Run: run(skipTo), Args: "[reference]",
		Doc: "Has the next receive begin behind the messages that were there before reference was made, if it was the last one made."},
	{Name: "conc.actors/flush-messages", Min: 0, Max: 0, Run: run(flush), Args: "[]",
		Doc: "Takes all messages out of the mailbox and gives them as a list. (iex's flush prints them.)"},
	{Name: "conc.actors/send-after", Min: 3, Max: 3, Run: run(sendAfter), Args: "[to message ms]",
		Doc: "Sends a message when ms milliseconds have passed; gives a reference for cancel-timer."},
	{Name: "conc.actors/cancel-timer", Min: 1, Max: 1, Run: run(timerLeft(true)), Args: "[reference]",
		Doc: "Cancels a timer; gives the milliseconds that were left, false if it was over."},
	{Name: "conc.actors/read-timer", Min: 1, Max: 1, Run: run(timerLeft(false)), Args: "[reference]",
		Doc: "Gives the milliseconds that a timer has to go, false if it is over."},
	{Name: "conc.actors/make-ref", Min: 0, Max: 0, Run: run(makeRef), Args: "[]",
		Doc: "Makes a reference, which is equal to itself alone."},
	{Name: "conc.actors/reference?", Min: 1, Max: 1, Pure: isReference, Args: "[x]",
		Doc: "Tells whether x is a reference."},
	{Name: "conc.actors/process-alias", Min: 0, Max: 1, Run: run(processAlias), Args: "[] [options]",
		Doc: "Makes a reference to which others can send in place of this process's pid, until unalias; with :reply until the first message."},
	{Name: "conc.actors/unalias", Min: 1, Max: 1, Run: run(unalias), Args: "[reference]",
		Doc: "Ends an alias of this process: what is sent to it is lost. Tells whether it was one."},
}

// bondNatives tie processes to each other and to names.
var bondNatives = []*lang.Native{
	{Name: "conc.actors/link", Min: 1, Max: 1, Run: run(linkNative), Args: "[pid]",
		Doc: "Links this process to another: when one ends with a reason other than :normal, so does the other, or gets [:EXIT pid reason] if it traps exits."},
	{Name: "conc.actors/unlink", Min: 1, Max: 1, Run: run(unlinkNative), Args: "[pid]",
		Doc: "Ends a link."},
	{Name: "conc.actors/monitor", Min: 1, Max: 2, Run: run(monitor), Args: "[pid-or-name] [pid-or-name options]",
		Doc: "Has [:DOWN reference :process pid reason] sent here when a process ends, and gives the reference. {:alias :reply_demonitor} makes it an alias, too."},
	{Name: "conc.actors/demonitor", Min: 1, Max: -1, Run: run(demonitor), Args: "[reference & options]",
		Doc: "Ends a monitor. :flush also takes its message out of the mailbox, :info has it tell whether the monitor was there."},
	{Name: "conc.actors/trap-exit", Min: 1, Max: 1, Run: run(trapExit), Args: "[flag]",
		Doc: "Sets whether exit signals arrive as messages [:EXIT pid reason]; gives what was set before."},
	{Name: "conc.actors/process-flag", Min: 2, Max: 2, Run: run(processFlag), Args: "[flag value]",
		Doc: "Sets a flag of this process, such as :trap_exit or :priority, and gives its old value."},
	{Name: "conc.actors/register", Min: 2, Max: 2, Run: run(register), Args: "[name pid] [pid name]",
		Doc: "Gives a process a name to which others can send."},
	{Name: "conc.actors/unregister", Min: 1, Max: 1, Run: run(unregister), Args: "[name]",
		Doc: "Takes a name away."},
	{Name: "conc.actors/whereis", Min: 1, Max: 1, Run: whereis(lang.Nil), Args: "[name]",
		Doc: "Gives the process that has a name, nil if none has."},
	{Name: "conc.actors/registered", Min: 0, Max: 0, Run: run(registered), Args: "[]",
		Doc: "Gives a list of the names that processes have."},
}

// infoNatives look at processes, and keep the process dictionary.
var infoNatives = []*lang.Native{
	{Name: "conc.actors/process-info", Min: 1, Max: 2, Run: run(processInfo), Args: "[pid] [pid item-or-items]",
		Doc: "Tells about a process: (process-info p :messages) gives [:messages (...)], nil if the process has ended. Without an item it gives a list of the common ones."},
	{Name: "conc.actors/process-get", Min: 0, Max: 2, Run: dictGet(lang.Nil), Args: "[] [key] [key default]",
		Doc: "Gives a value of the process dictionary, or all of it as a list of pairs."},
	{Name: "conc.actors/process-put", Min: 2, Max: 2, Run: dictPut(lang.Nil), Args: "[key value]",
		Doc: "Puts a value into the process dictionary, and gives what was there before."},
	{Name: "conc.actors/process-delete", Min: 1, Max: 1, Run: dictDelete(lang.Nil), Args: "[key]",
		Doc: "Takes a key out of the process dictionary, and gives what it had."},
	{Name: "conc.actors/process-keys", Min: 0, Max: 0, Run: run(dictKeys), Args: "[]",
		Doc: "Gives the keys of the process dictionary as a list."},
}
