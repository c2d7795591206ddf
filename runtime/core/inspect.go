package core

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Reference is what people may know of an atom, ref or agent.
type Reference struct {
	Name   string // of the var that holds it; "" if none does
	Kind   string // atom, ref, agent
	Value  lang.Value
	Failed bool // an agent that waits for restart-agent
	Queued int  // actions of an agent
	Older  int  // values of a ref that are kept for transactions
	Tally
}

// References gives the atoms, refs and agents that a program can reach: those
// that vars hold, by name, and then the others.
func References(w *runtime.World) []Reference {
	names := map[any]string{}
	w.EachVar(func(v *runtime.Var) {
		if o := v.Root().Obj(); names[o] == "" && isReference(o) {
			names[o] = v.Name
		}
	})
	var found []Reference
	w.ReachAll(func(o any) {
		if isReference(o) {
			found = append(found, describe(o, names[o]))
		}
	})
	slices.SortStableFunc(found, func(a, b Reference) int {
		switch {
		case a.Name == "" && b.Name != "":
			return 1
		case b.Name == "" && a.Name != "":
			return -1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return found
}

func isReference(o any) bool {
	switch o.(type) {
	case *Atom, *Ref, *Agent:
		return true
	}
	return false
}

func describe(o any, name string) Reference {
	switch x := o.(type) {
	case *Atom:
		return Reference{Name: name, Kind: "atom", Value: x.val, Tally: x.Tally}
	case *Ref:
		return Reference{Name: name, Kind: "ref", Value: x.now(), Older: len(x.versions) - 1, Tally: x.Tally}
	}
	a := o.(*Agent)
	return Reference{Name: name, Kind: "agent", Value: a.val, Failed: a.err != nil, Queued: a.actions.Len(), Tally: a.Tally}
}
