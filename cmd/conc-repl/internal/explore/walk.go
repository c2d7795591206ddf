package explore

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// Outcome gives outcome k of the last exploration.
func (x *Explorer) Outcome(arg string) (*explore.Outcome, error) {
	if x.last == nil {
		return nil, errors.New("nothing was explored yet (.explore FORM)")
	}
	k, err := strconv.Atoi(strings.TrimSpace(arg))
	if err != nil || k < 1 || k > len(x.last.Outcomes) {
		return nil, fmt.Errorf("there are outcomes 1 to %d", len(x.last.Outcomes))
	}
	return x.last.Outcomes[k-1], nil
}

// Witness lists all steps of the run that leads to outcome k.
func (x *Explorer) Witness(arg string) error {
	o, err := x.Outcome(arg)
	if err != nil {
		return err
	}
	x.list(o.Lines)
	fmt.Fprintf(x.Out, "     %s%s\n", title(o), printed(o.Output))
	return nil
}

// list numbers the steps of a run.
func (x *Explorer) list(lines []explore.Line) {
	for i, l := range lines {
		at := ""
		if l.Pos.IsValid() {
			at = "  (" + l.Pos.String() + ")"
		}
		fmt.Fprintf(x.Out, "%3d  %s%s\n", i+1, l, at)
	}
}

// written gives a form as it was read.
func (x *Explorer) written(form lang.Value) string {
	if x.S.ID() == lang.ElixirNotation {
		return elixir.ToString(form)
	}
	return lang.PrString(form)
}

// readable gives an error unless what was explored, or run, is in the notation in use.
func (x *Explorer) readable(n lang.Notation) error {
	if x.S.ID() != n {
		return errors.New("what was explored is in the other notation (.lang changes it)")
	}
	return nil
}

// Walk gives the walk along the run to outcome k, what tells at its end what it
// has come to, and how what was explored was written.
func (x *Explorer) Walk(arg string) (w *explore.Walk, end func() *explore.Outcome, text string, err error) {
	o, err := x.Outcome(arg)
	if err != nil {
		return nil, nil, "", err
	}
	if err := x.readable(x.notation); err != nil {
		return nil, nil, "", err
	}
	form, err := x.read(x.S.Typed(x.text), x.text) // once more, so that its places are in a text that can be shown
	if err != nil {
		return nil, nil, "", err
	}
	shower := x.shower(form)
	shower.keep = true
	show := func(lang.Value) string { return shower.text }
	w = explore.NewWalk(x.S.World, o, x.start(shower), explore.Options{Show: show, Name: x.name})
	end = func() *explore.Outcome {
		o := w.End()
		x.entitle([]*explore.Outcome{o})
		return o
	}
	return w, end, x.text, nil
}
