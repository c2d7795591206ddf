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

// Runs gives how many runs end in the node or below.
func (n *Node) Runs() int {
	runs := 0
	if n.Outcome != nil {
		runs++
	}
	for _, m := range n.Next {
		runs += m.Runs()
	}
	return runs
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

// Tree makes the tree of the runs that were kept, nil if none were. The world
// is to be as it was when it was explored; it is so afterwards, too.
func (r *Result) Tree(w *runtime.World) *Node {
	if len(r.kept) == 0 {
		return nil
	}
	root := &Node{}
	within(w, r.o, func(*settings) {
		for _, k := range r.kept {
			at := root
			for i, line := range tell(w, r.start, r.set, r.o, k.schedule).lines {
				at = at.child(k.schedule[i], line)
			}
			at.Outcome = k.outcome
		}
	})
	return root
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
