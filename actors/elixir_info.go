package actors

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// infoExports look at processes, and keep the process dictionary.
var infoExports = []export{
	{names: "Process/info", min: 1, max: 2, demands: []demand{aPid, {1, 2, areItems, "invalid item or item list"}}, run: processInfo, args: "pid, item_or_items \\\\ nil",
		doc: "Tells about a process: Process.info(pid, :messages) gives {:messages, [...]}, nil if the process has ended. Without an item it gives a list of the common ones."},
	{names: "erlang/process_info", min: 1, max: 2, demands: []demand{aPid, {1, 2, areItems, "invalid item or item list"}}, run: erlangInfo, args: "pid, item_or_items \\\\ nil",
		doc: "Tells about a process as Process.info does; a process that has ended gives :undefined, and a process without a name the item []."},
	{names: "Process/get", min: 0, max: 2, run: dictGet(lang.Nil), args: "key \\\\ nil, default \\\\ nil",
		doc: "Gives a value of the process dictionary, or all of it as a list of pairs."},
	{names: "Process/put", min: 2, max: 2, run: dictPut(lang.Nil), args: "key, value",
		doc: "Puts a value into the process dictionary, and gives what was there before."},
	{names: "Process/delete", min: 1, max: 1, run: dictDelete(lang.Nil), args: "key",
		doc: "Takes a key out of the process dictionary, and gives what it had."},
	{names: "Process/get_keys erlang/get_keys", min: 0, max: 1, run: dictKeys, args: "value \\\\ nil",
		doc: "Gives the keys of the process dictionary, or those that have a value."},
	{names: "erlang/get", min: 0, max: 1, run: dictGet(kwUndef), args: "key \\\\ nil",
		doc: "Gives a value of the process dictionary, :undefined if there is none, or all of it."},
	{names: "erlang/put", min: 2, max: 2, run: dictPut(kwUndef), args: "key, value",
		doc: "Puts a value into the process dictionary, and gives what was there before."},
	{names: "erlang/erase", run: dictErase, args: "", doc: "Empties the process dictionary, and gives what was in it."},
	{names: "erlang/erase", min: 1, max: 1, run: dictDelete(kwUndef), args: "key",
		doc: "Takes a key out of the process dictionary, and gives what it had."},
}

// areItems holds for an item of process-info, and for a list of them.
func areItems(v lang.Value) bool {
	if k, ok := v.AsKeyword(); ok {
		return items[k.String()] != nil
	}
	for _, x := range listed(v) {
		if k, ok := x.AsKeyword(); !ok || items[k.String()] == nil {
			return false
		}
	}
	return isList(v)
}

// erlangInfo is process_info, which differs from Elixir's in two cases.
func erlangInfo(p *runtime.Process, args []lang.Value) lang.Value {
	return infoOf(p, args, kwUndef)
}
