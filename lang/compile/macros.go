package compile

import "github.com/conc-repl/conc-repl/lang"

// Macros lists the macros of clojure.core that live here. Min and Max count
// &form and &env, too.
var Macros = []*lang.Native{
	{Name: "clojure.core/destructure", Min: 1, Max: 1, Args: "[bindings]", Doc: "The bindings of a let, patterns taken apart: what let itself makes of them.",
		Pure: func(args []lang.Value) lang.Value {
			v, ok := args[0].Obj().(*lang.Vector)
			if !ok {
				panic(lang.CastError(args[0], lang.IVectorClass))
			}
			return lang.Obj(Destructure(v))
		}},
	macro("let", 3, -1, "[bindings & body]", "Evaluates body with the names of bindings bound, in order; patterns are taken apart.", macroLet),
	macro("loop", 3, -1, "[bindings & body]", "Like let, and the target of recur.", macroLoop),
	macro("fn", 2, -1, "[name? [params*] exprs*] [name? ([params*] exprs*) +]", "Makes a function. A map of :pre and :post conditions may stand before the body.", macroFn),
	macro("defn", 2, -1, "[name doc-string? attr-map? [params*] prepost-map? body] [name doc-string? attr-map? ([params*] prepost-map? body) + attr-map?]", "Defines a var that holds a function.", macroDefn),
	macro("defn-", 3, -1, "[name & decls]", "Like defn, for a private var.", macroDefnPrivate),
	macro("defmacro", 2, -1, "[name doc-string? attr-map? [params*] body] [name doc-string? attr-map? ([params*] body) + attr-map?]", "Defines a macro: a function from forms to a form.", macroDefmacro),
	macro("letfn", 3, -1, "[fnspecs & body]", "Binds functions that can call each other.", macroLetfn),
	macro("declare", 2, -1, "[& names]", "Defines vars without a value, for code that comes before their definition.", macroDeclare),
	macro("when", 3, -1, "[test & body]", "Evaluates body if test is true.", macroWhen),
	macro("when-not", 3, -1, "[test & body]", "Evaluates body if test is false.", macroWhenNot),
	macro("if-not", 4, 5, "[test then] [test then else]", "Evaluates then if test is false, otherwise else.", macroIfNot),
	macro("and", 2, -1, "[] [x] [x & next]", "The first false value, or the last one; evaluates no further.", macroAnd),
	macro("or", 2, -1, "[] [x] [x & next]", "The first true value, or the last one; evaluates no further.", macroOr),
	macro("cond", 2, -1, "[& clauses]", "Takes tests and expressions in turn; evaluates the one behind the first true test.", macroCond),
	macro("->", 3, -1, "[x & forms]", "Threads x through the forms as the first argument of each.", macroThread(false)),
	macro("->>", 3, -1, "[x & forms]", "Threads x through the forms as the last argument of each.", macroThread(true)),
	macro("some->", 3, -1, "[expr & forms]", "Like ->, until a value is nil.", macroSomeThread("->")),
	macro("some->>", 3, -1, "[expr & forms]", "Like ->>, until a value is nil.", macroSomeThread("->>")),
	macro("cond->", 3, -1, "[expr & clauses]", "Takes tests and forms in turn; threads expr through those whose test is true, as ->.", macroCondThread("cond->", "->")),
	macro("cond->>", 3, -1, "[expr & clauses]", "Takes tests and forms in turn; threads expr through those whose test is true, as ->>.", macroCondThread("cond->>", "->>")),
	macro("as->", 4, -1, "[expr name & forms]", "Binds name to expr, then to the value of each form in turn.", macroAs),
	macro("doto", 3, -1, "[x & forms]", "Evaluates the forms with x as their first argument; the value is x.", macroDoto),
	macro("..", 4, -1, "[x form] [x form & more]", "Calls a member of x, a member of the result, and so on.", macroDotDot),
	macro("if-let", 4, 5, "[bindings then] [bindings then else]", "If the test is true, evaluates then with the name bound to it, otherwise else.", macroIfBound("if-let", false)),
	macro("if-some", 4, 5, "[bindings then] [bindings then else]", "If the test is not nil, evaluates then with the name bound to it, otherwise else.", macroIfBound("if-some", true)),
	macro("when-let", 3, -1, "[bindings & body]", "If the test is true, evaluates body with the name bound to it.", macroWhenBound("when-let", false)),
	macro("when-some", 3, -1, "[bindings & body]", "If the test is not nil, evaluates body with the name bound to it.", macroWhenBound("when-some", true)),
	macro("dotimes", 3, -1, "[bindings & body]", "Evaluates body for each integer from 0 to below n.", macroDotimes),
	macro("while", 3, -1, "[test & body]", "Evaluates body again and again as long as test is true.", macroWhile),
	macro("case", 3, -1, "[e & clauses]", "Evaluates the expression behind the constant that equals e, or the last one alone.", macroCase),
	macro("condp", 4, -1, "[pred expr & clauses]", "Takes tests and results in turn; gives the result behind the first test for which (pred test expr) is true.", macroCondp),
	macro("assert", 3, 4, "[x] [x message]", "Throws an AssertionError unless x is true.", macroAssert),
	macro("binding", 3, -1, "[bindings & body]", "Evaluates body with dynamic vars bound.", macroBinding),
	macro("comment", 2, -1, "[& body]", "Ignores body; the value is nil.", macroComment),
	macro("lazy-seq", 2, -1, "[& body]", "A sequence that body computes when it is first looked at.", macroSuspended("clojure.lang.LazySeq")),
	macro("delay", 2, -1, "[& body]", "A value that body computes when it is first asked for.", macroSuspended("clojure.lang.Delay")),
	macro("for", 4, 4, "[seq-exprs body-expr]", "The lazy sequence of body's values for all combinations; takes :let, :while and :when.", macroFor),
	macro("doseq", 3, -1, "[seq-exprs & body]", "Evaluates body for all combinations; takes :let, :while and :when.", macroDoseq),
}

// macro describes a macro of clojure.core.
func macro(name string, min, max int, args, doc string, f func([]lang.Value) lang.Value) *lang.Native {
	return &lang.Native{Name: "clojure.core/" + name, Min: min, Max: max, Pure: f, Args: args, Doc: doc, Macro: true}
}
