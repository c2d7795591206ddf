package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// folding is a fold_doc in progress: the documents still to come, the last first.
type folding struct {
	rest []lang.Value
	f    lang.Value
}

var foldDocKont = &runtime.Kont{Name: "fold_doc"}

func init() {
	foldDocKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		f := state.(folding)
		n := len(f.rest)
		if n == 0 {
			return v
		}
		return p.Call(foldDocKont, folding{f.rest[:n-1], f.f}, f.f, f.rest[n-1], v)
	}
}

func foldDoc(p *runtime.Process, args []lang.Value) lang.Value {
	docs := listArg("Inspect.Algebra", "fold_doc", args, 0)
	if len(docs) == 0 {
		return lang.K("doc_nil")
	}
	return foldDocKont.Return(p, folding{docs[:len(docs)-1], args[1]}, docs[len(docs)-1])
}
