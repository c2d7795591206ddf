package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var printNatives = []*lang.Native{
	{Name: "clojure.core/pr", Max: -1, Args: "[] [x] [x & more]", Run: printNative(true, "", false), Doc: "Prints the arguments to *out*, with spaces between them, so that they can be read again."},
	{Name: "clojure.core/prn", Max: -1, Args: "[& more]", Run: printNative(true, "\n", false), Doc: "Prints the arguments as pr does, and ends the line."},
	{Name: "clojure.core/print", Max: -1, Args: "[& more]", Run: printNative(false, "", false), Doc: "Prints the arguments to *out*, with spaces between them, for people: strings and characters bare."},
	{Name: "clojure.core/println", Max: -1, Args: "[& more]", Run: printNative(false, "\n", false), Doc: "Prints the arguments as print does, and ends the line."},
	{Name: "clojure.core/pr-str", Max: -1, Args: "[& xs]", Run: printNative(true, "", true), Doc: "What pr would print, as a string. (pr-str \"a\" :b) ;=> \"\\\"a\\\" :b\""},
	{Name: "clojure.core/prn-str", Max: -1, Args: "[& xs]", Run: printNative(true, "\n", true), Doc: "What prn would print, as a string. (prn-str 1) ;=> \"1\\n\""},
	{Name: "clojure.core/print-str", Max: -1, Args: "[& xs]", Run: printNative(false, "", true), Doc: "What print would print, as a string. (print-str \"a\" :b) ;=> \"a :b\""},
	{Name: "clojure.core/println-str", Max: -1, Args: "[& xs]", Run: printNative(false, "\n", true), Doc: "What println would print, as a string. (println-str 1) ;=> \"1\\n\""},
	{Name: "clojure.core/newline", Args: "[]", Doc: "Ends a line of *out*.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return write(p, dynamic(p, "*out*"), "\n") }},
	{Name: "clojure.core/flush", Args: "[]", Doc: "Sees to it that what was printed is seen. It always is.",
		Run: func(*runtime.Process, []lang.Value) lang.Value { return lang.Nil }},
	{Name: "clojure.core/printf", Min: 1, Max: -1, Deep: from1, Args: "[fmt & args]", Doc: "Prints to *out* what format makes of the arguments.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return write(p, dynamic(p, "*out*"), Format(text(args[0]), args[1:]))
		}},
}
