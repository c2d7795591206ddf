package actors

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// oddities are arguments of every kind, few of which fit.
var oddities = []lang.Value{
	lang.Nil, lang.True, lang.Int(0), lang.Int(-1), lang.Float(1.5), lang.Str(""), lang.Str("a"), lang.K("a"), lang.K("link"),
	lang.Obj(lang.EmptyList), lang.ListOf(lang.K("link"), lang.Vec(lang.K("a"), lang.Int(1))), lang.Vec(), lang.Vec(lang.K("a"), kwNode),
	lang.Obj(lang.NewErlangMap(lang.K("size"), lang.Str("x"))), lang.NewImproper([]lang.Value{lang.Int(1)}, lang.Int(2)),
	lang.Obj(&lang.Native{Name: "test/f", Run: run(func(*runtime.Process, []lang.Value) lang.Value { return lang.Nil })}),
}

// TestOddArguments calls each function with arguments of every kind: what does
// not fit is an error that says so, never a fault of the machine's own.
func TestOddArguments(t *testing.T) {
	for _, l := range exportLibraries() {
		for _, n := range l.Natives {
			if n.Name == "Process/hibernate" || n.Name == "erlang/hibernate" { // waits for a message
				continue
			}
			for arity := n.Min; arity <= min(n.Max, 3); arity++ {
				oddCalls(t, n, arity)
			}
		}
	}
}

func oddCalls(t *testing.T, n *lang.Native, arity int) {
	w := newWorld(t, virtual)
	for i := range len(oddities) * min(arity, 1) * 4 {
		args := make([]lang.Value, arity)
		for k := range args {
			args[k] = oddities[(i*(k*5+1)+k*i/len(oddities))%len(oddities)]
		}
		f := n.Run.(run)
		got := shell(t, w, func(p *runtime.Process, _ []lang.Value) lang.Value { return f(p, args) })
		if strings.Contains(got, "internal error") {
			t.Errorf("%s of %s: %s", n.Name, lang.Inspect(lang.Vec(args...)), got)
		}
	}
}
