package explore

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
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

// Forms gives the form that was explored last, to be evaluated once more, and
// how it was written.
func (x *Explorer) Forms() (session.Reader, string) { return &one{form: x.form, left: true}, x.text }

// one reads one form that was read before.
type one struct {
	form lang.Value
	left bool
}

// Read gives the form once.
func (r *one) Read() (lang.Value, bool, error) {
	left := r.left
	r.left = false
	return r.form, left, nil
}
