package explore

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/files"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// written is how a test begins that may be written anew.
const written = "Written by conc-repl explore --save. The test fails as long as its schedule leads to the fault."

// tests are what a test looks like, with names for what it is about. Once the program has changed so that the
// schedule no longer fits, all schedules count.
var tests = map[lang.Notation]string{
	lang.ClojureNotation: ";; " + written + `
<top>
(use 'clojure.test)

(defn program []
<form>)

;; <outcome>
(deftest schedule
  (let [kinds (try [(:kind (replay (program) "<token>"))]
                   (catch IllegalStateException _ ; the schedule no longer fits
                     (map :kind (:outcomes (explore (program))))))]
    (is (not-any? #{:<kind>} kinds))))
`,
	lang.ElixirNotation: "# " + written + `
<top>
defmodule ScheduleTest do
  use ExUnit.Case

  # <outcome>
  test "the schedule" do
    program = fn ->
<form>
    end

    kinds =
      try do
        [Explore.replay(program, "<token>").kind]
      rescue
        RuntimeError -> Enum.map(Explore.run(program).outcomes, & &1.kind) # the schedule no longer fits
      end

    refute :<kind> in kinds
  end
end
`,
}

// outside reports for each notation whether a form that stands before the one
// that is explored can stand outside of a test. A test of Elixir does not see
// variables from there; and the process that runs the test is not the one that
// calls the program, so that nobody may have asked who it is before.
var outside = map[lang.Notation]func(form string) bool{
	lang.ClojureNotation: func(form string) bool { return !strings.Contains(form, "(self)") },
	lang.ElixirNotation:  func(form string) bool { return defining().MatchString(form) },
}

// defining finds the words that may begin a form outside of a test.
var defining = pattern(`^(\s*#.*\n|\s)*(defmodule|defprotocol|defimpl|alias|import|require|use)\b`)

// save writes a test that replays the first fault.
func (x *Explorer) save(file string) error {
	k := x.firstFault()
	if k < 0 {
		return errors.New("there is no fault to save")
	}
	if x.opts.Holds != "" {
		return errors.New("a test cannot know of --invariant: put it into the program, as an assert")
	}
	if !ours(file) {
		return fmt.Errorf("%s is there already, and --save has not written it: give another name", file)
	}
	out := slices.IndexFunc(x.before, func(form string) bool { return !outside[x.S.ID()](form) })
	if out < 0 {
		out = len(x.before)
	}
	o, form := x.last.Outcomes[k], x.written(x.form)
	if inside := x.before[out:]; len(inside) > 0 {
		var err error
		if o, err = x.whole(o.Kind, x.before[:out], inside); err != nil {
			return err
		}
		form = strings.Join(append(slices.Clone(inside), form), "\n")
	}
	text := strings.NewReplacer("<top>", strings.Join(x.before[:out], "\n"), "<form>", indent(form, x.S.ID()),
		"<outcome>", strings.ReplaceAll(title(o), "\n", " "), "<kind>", string(o.Kind), "<token>", o.Token)
	err := files.Write(file, func(out io.Writer) error { _, err := text.WriteString(out, tests[x.S.ID()]); return err })
	if err == nil && !x.opts.JSON {
		fmt.Fprintf(x.Out, "; a test for outcome %d in %s (conc-repl test %s runs it)\n", k+1, file, file)
	}
	return err
}

// firstFault gives the first outcome that is a fault, -1 if none is.
func (x *Explorer) firstFault() int { return slices.IndexFunc(x.last.Outcomes, x.fault) }

// whole explores the form together with some of those before it, in a session
// of its own, and gives the first fault of a kind.
func (x *Explorer) whole(kind explore.Kind, top, inside []string) (*explore.Outcome, error) {
	s := session.New(session.Options{Options: runtime.Options{Virtual: true}, Notation: x.S.ID(), Out: io.Discard, Err: io.Discard})
	y := &Explorer{S: s, Out: io.Discard}
	begin, end := "(do\n", "\n)"
	if s.ID() == lang.ElixirNotation {
		begin = "(\n"
	}
	text := strings.Join(top, "\n") + "\n" + begin + strings.Join(inside, "\n") + "\n" + x.written(x.form) + end
	form, err := y.setUpText(x.file, text)
	if err == nil {
		err = y.explore(form, text, x.opts)
	}
	if err != nil {
		return nil, err
	}
	for _, o := range y.last.Outcomes {
		if o.Kind == kind {
			return o, nil
		}
	}
	return nil, fmt.Errorf("as a test, together with what stands before it, the form does not come to a %s", kind)
}

// indent moves a form to where it stands in a test.
func indent(form string, n lang.Notation) string {
	by := "  "
	if n == lang.ElixirNotation {
		by = "      "
	}
	text := by + strings.ReplaceAll(strings.TrimSpace(form), "\n", "\n"+by)
	return strings.ReplaceAll(text, "\n"+by+"\n", "\n\n")
}

// ours reports whether a file may be replaced: save has written it, or it is not there.
func ours(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return errors.Is(err, os.ErrNotExist)
	}
	defer f.Close()
	first, _ := bufio.NewReader(f).ReadString('\n')
	return strings.HasSuffix(strings.TrimSpace(first), written)
}
