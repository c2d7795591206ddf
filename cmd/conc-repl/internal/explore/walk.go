package explore

import (
	"errors"
	"fmt"
	"os"
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

// Replay runs the schedule of a token on the form that was explored last, and
// tells its steps.
func (x *Explorer) Replay(token string) error {
	if x.text == "" {
		return errors.New("nothing was explored yet (.explore FORM)")
	}
	if err := x.readable(); err != nil {
		return err
	}
	r, err := x.run(token)
	x.list(r.Lines)
	if r.Changed {
		fmt.Fprintln(x.Out, changed)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(x.Out, "     %s%s\n", title(r.Outcome), printed(r.Outcome.Output))
	return nil
}

// changed says that a token was made for another program.
const changed = "the program has changed since the schedule was made"

// run runs the schedule of a token on the form.
func (x *Explorer) run(token string) (explore.Replayed, error) {
	return explore.Replay(x.S.World, x.starter(x.form), strings.TrimSpace(token), explore.Options{Program: explore.Hash(x.text), Show: shown, Name: x.name})
}

// tests are what a test that replays a schedule looks like: what stands before
// the form, what the schedule leads to, the form, the token, and the kind of outcome.
var tests = map[lang.Notation]string{
	lang.ClojureNotation: "%s;; %s\n(use 'clojure.test)\n(deftest schedule\n  (is (= :%[5]s (:kind (replay\n    %[3]s\n    %[4]q)))))\n",
	lang.ElixirNotation: "%s# %s\ndefmodule ScheduleTest do\n  use ExUnit.Case\n\n  test \"the schedule leads to the fault\" do\n" +
		"    outcome = Explore.replay(fn -> %[3]s end, %[4]q)\n    assert outcome.kind == :%[5]s\n  end\nend\n",
}

// save writes a test that replays the first fault.
func (x *Explorer) save(file string) error {
	for _, o := range x.last.Outcomes {
		if o.Kind != explore.Value && string(o.Kind) != x.opts.Normal {
			text := fmt.Sprintf(tests[x.S.ID()], x.before, strings.ReplaceAll(title(o), "\n", " "), x.formText(), o.Token, o.Kind)
			return os.WriteFile(file, []byte(text), 0o644)
		}
	}
	return errors.New("there is no fault to save")
}

// draw writes the tree of what was run to a file.
func (x *Explorer) draw(file string) error {
	if x.last.Tree == nil {
		return errors.New("the tree was not kept: .explore --dot FILE FORM")
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(DOT(f, x.last.Tree), f.Close())
}

// formText gives the form as it was read.
func (x *Explorer) formText() string {
	if x.S.ID() == lang.ElixirNotation {
		return elixir.ToString(x.form)
	}
	return lang.PrString(x.form)
}

// readable gives an error unless what was explored is in the notation in use.
func (x *Explorer) readable() error {
	if x.S.ID() != x.notation {
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
	if err := x.readable(); err != nil {
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
