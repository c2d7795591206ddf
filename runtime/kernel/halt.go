package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// haltNatives are the parts of System that are about the program that runs.
func haltNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "System/halt", Max: 1, Args: "status \\\\ 0", Run: halt, Doc: "Ends the program at once, with an exit code."},
		{Name: "System/stop", Max: 1, Args: "status \\\\ 0", Run: halt, Doc: "Ends the program, with an exit code."},
		{Name: "init/stop", Max: 1, Args: "status \\\\ 0", Run: halt, Doc: "Ends the program, with an exit code."},
		{Name: "erlang/halt", Max: 1, Args: "status \\\\ 0", Run: halt, Doc: "Ends the program at once, with an exit code."},
		{Name: "System/argv", Args: "", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			if v := p.W.FindNS("clojure.core").Var("*command-line-args*").Get(p); isList(v) {
				return v
			}
			return emptyList
		}, Doc: "What stands behind the script's name."},
		{Name: "System/pid", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Str("1") }, Doc: "The number that the program's process has: always 1 here, so that runs agree."},
	}
}

func halt(p *runtime.Process, args []lang.Value) lang.Value {
	switch {
	case len(args) == 0:
		return core.Exit(p, 0)
	case args[0].IsInt():
		return core.Exit(p, int(args[0].AsInt()))
	}
	return core.Exit(p, 1)
}
