package explore

import (
	"fmt"
	"io"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/files"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TreeExt is how the names of files with a tree end.
const TreeExt = ".dot"

// treeRuns is how many runs the picture of the tree has at most.
const treeRuns = 500

// Explored reports whether there is something that was explored.
func (x *Explorer) Explored() bool { return x.last != nil }

// Draw writes the tree of the runs of the last exploration to a file.
func (x *Explorer) Draw(file string) error {
	tree := x.last.Tree(x.S.World)
	if tree == nil {
		return fmt.Errorf("a search of the kind %s has no tree of runs", x.last.Search)
	}
	if err := files.Write(file, func(out io.Writer) error { return DOT(out, tree) }); err != nil {
		return err
	}
	note := ""
	if n := tree.Runs(); n < x.last.Executions {
		note = fmt.Sprintf("; %s are left out", thousands(x.last.Executions-n))
	}
	if !x.opts.JSON {
		fmt.Fprintf(x.Out, "; the tree of %s in %s%s\n", count(tree.Runs(), "explored run"), file, note)
	}
	return nil
}

// DOT writes the tree of the runs that were explored in Graphviz's language: a
// node for the steps up to where runs part, and a box for what a run comes to.
func DOT(out io.Writer, root *explore.Node) error {
	d := &dot{out: out}
	d.line("digraph explored {")
	d.line("  node [shape=plaintext, fontname=monospace];")
	d.node(root)
	d.line("}")
	return d.err
}

// dot writes lines until one cannot be written.
type dot struct {
	out   io.Writer
	nodes int
	err   error
}

func (d *dot) line(format string, args ...any) {
	if d.err == nil {
		_, d.err = fmt.Fprintf(d.out, format+"\n", args...)
	}
}

// node writes a node and all below it, and gives its number. Steps that only
// one other follows are one node.
func (d *dot) node(n *explore.Node) int {
	d.nodes++
	me, label := d.nodes, ""
	for {
		if n.Line.Who != "" {
			label += escapeDOT(n.Line.String()) + `\l` // a line, to the left
		}
		if len(n.Next) != 1 || n.Outcome != nil {
			break
		}
		n = n.Next[0]
	}
	if label == "" {
		label = "start"
	}
	d.line("  n%d [label=\"%s\"];", me, label)
	for _, m := range n.Next {
		d.line("  n%d -> n%d;", me, d.node(m))
	}
	if o := n.Outcome; o != nil {
		colour := "red"
		if o.Kind == explore.Value {
			colour = "darkgreen"
		}
		d.nodes++
		d.line("  n%d [label=\"%s\", shape=box, color=%s];", d.nodes, escapeDOT(title(o)+printed(o.Output)), colour)
		d.line("  n%d -> n%d;", me, d.nodes)
	}
	return me
}

var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func escapeDOT(s string) string { return dotEscapes.Replace(s) }
