package core

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// suiteNatives are what clojure.test asks of the machine.
var suiteNatives = []*lang.Native{
	{Name: "clojure.test/file-position", Min: 1, Max: 1, Args: "[n]", Doc: "The file and the line where the program is, without the library's own calls; n is not needed for that here.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			return filePosition(p.Pos())
		}},
	{Name: "clojure.test/throw-position", Min: 1, Max: 1, Args: "[e]", Doc: "The file and the line where an exception was raised.",
		Pure: one(func(v lang.Value) lang.Value { return filePosition(object[*lang.Exception](v, lang.Throwable).Pos) })},
	{Name: "clojure.test/program-namespaces", Args: "[]", Doc: "The namespaces that are no part of the library, by name.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			table := p.W.Namespaces()
			var out []lang.Value
			for _, name := range slices.Sorted(maps.Keys(table)) {
				if table[name].Library == nil {
					out = append(out, lang.Obj(table[name]))
				}
			}
			return lang.ListOf(out...)
		}},
}

func filePosition(at lang.Pos) lang.Value {
	if at.Src == nil {
		return lang.Vec(lang.Nil, lang.Nil)
	}
	return lang.Vec(lang.Str(filepath.Base(at.Src.Name)), lang.Int(int64(at.Line)))
}
