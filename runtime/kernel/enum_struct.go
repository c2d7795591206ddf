package kernel

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
)

// structNatives make the structs of the collections: %Range{first: 1, last: 2, step: 1}.
func structNatives() []*lang.Native {
	return slices.Concat(
		ownStruct("Range", "first", "last", "step"),
		ownStruct("Stream", "accs", "done", "enum", "funs"),
		[]*lang.Native{{Name: "MapSet/__struct__", Min: 0, Max: 1, Args: "fields", Doc: "The empty set: what fields a set has is its own affair.",
			Pure: func([]lang.Value) lang.Value { return lang.Obj(lang.EmptyErlangSet) }}},
	)
}

func ownStruct(mod string, fields ...string) []*lang.Native {
	empty := lang.NewErlangMap(structKey, module(mod))
	for _, f := range fields {
		empty = empty.Assoc(lang.K(f), lang.Nil)
	}
	return []*lang.Native{{Name: mod + "/__struct__", Min: 0, Max: 1, Args: "fields", Seqs: arg0, Doc: "The struct with fields.",
		Pure: func(args []lang.Value) lang.Value {
			m := empty
			if len(args) == 1 {
				m = mapWith(m, elements(args[0]))
			}
			return lang.Obj(m)
		}}}
}
