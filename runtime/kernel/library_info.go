package kernel

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// libraryInfo makes __info__/1 of a module of the library, which the modules of
// a program have by their definition; nil for any other name. It is part of runtime.World.
func libraryInfo(n *runtime.Namespace, l *runtime.Library, name string) *runtime.Var {
	if name != "__info__" || l.Name[0] < 'A' || l.Name[0] > 'Z' {
		return nil
	}
	return runtime.NewLibraryVar(n, name, lang.Obj(&lang.Native{Name: l.Name + "/" + name, Min: 1, Max: 1, Args: "kind",
		Doc: "What the module defines: :functions, :macros or :module.",
		Pure: func(args []lang.Value) lang.Value {
			kind, _ := lang.AtomName(args[0])
			switch kind {
			case "module":
				return lang.K("Elixir." + l.Name)
			case "functions", "macros":
				return defined(l, kind == "macros")
			}
			return emptyList
		}}), nil)
}

// defined gives the functions, or the macros, that a library defines for others, as a
// keyword list of numbers of arguments.
func defined(l *runtime.Library, macros bool) lang.Value {
	var out []lang.Value
	add := func(key string, arities []int) {
		if name, macro := strings.CutPrefix(key, "MACRO-"); macro == macros {
			for _, n := range arities {
				out = append(out, lang.Vec(lang.K(name), lang.Int(int64(n))))
			}
		}
	}
	names := append(l.Names(), l.ElixirNames()...)
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if c := l.Native(name); c != nil {
			var arities []int
			for n := c.Min; n <= max(c.Min, c.Max); n++ {
				arities = append(arities, n)
			}
			add(name, arities)
		} else if d, ok := l.Def(name); ok && d.Elixir && !strings.Contains(name, "/") {
			add(name, d.Arities())
		}
	}
	return lang.ListOf(out...)
}
