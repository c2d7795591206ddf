package explore

import "github.com/conc-repl/conc-repl/runtime"

// Node is a step in the tree of the runs that were explored: what came before
// it is the way from the root.
type Node struct {
	Line    Line // empty at the root
	Next    []*Node
	Outcome *Outcome // what a run that ends here comes to, nil if it goes on
	label   label
}

// kept is a run that is to stand in the tree.
type kept struct {
	schedule Schedule
	outcome  *Outcome
}

// keep notes the run that has just ended, if the tree still has room for it.
func (x *search) keep(o *Outcome) {
	if len(x.result.kept) < x.o.Tree {
		x.result.kept = append(x.result.kept, kept{x.schedule(), o})
	}
}

// grow makes the tree of the runs that were kept. The world has been prepared by within.
func (r *Result) grow(w *runtime.World, start Start, set *settings, o *Options) {
	if o.Tree == 0 {
		return
	}
	r.Tree = &Node{}
	for _, k := range r.kept {
		at := r.Tree
		for i, line := range tell(w, start, set, o, k.schedule).lines {
			at = at.child(k.schedule[i], line)
		}
		at.Outcome = k.outcome
	}
}

// child gives the node of a step that follows.
func (n *Node) child(l label, line Line) *Node {
	for _, m := range n.Next {
		if m.label == l {
			return m
		}
	}
	m := &Node{Line: line, label: l}
	n.Next = append(n.Next, m)
	return m
}
