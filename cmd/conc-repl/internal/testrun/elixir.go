package testrun

import (
	_ "embed" // ex_unit.exs
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
)

//go:embed ex_unit.exs
var exUnit string

// runElixir evaluates a file behind ExUnit's modules, and runs the cases that
// the file defines.
func runElixir(c *Config, s *session.Session, file string) (counts, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return counts{}, err
	}
	s.Use(lang.ElixirNotation)
	if _, err := c.evaluate(s, "ex_unit.exs", exUnit); err != nil {
		return counts{}, err
	}
	values, err := c.evaluate(s, file, string(text))
	if err != nil {
		return counts{}, err
	}
	var modules []string
	for _, v := range values {
		if m, ok := v.Obj().(*lang.Vector); ok && m.Len() > 1 && m.Nth(0) == lang.K("module") {
			modules = append(modules, lang.Inspect(m.Nth(1)))
		}
	}
	run := fmt.Sprintf("ExUnit.Case.run(Enum.filter([%s], &function_exported?(&1, :__ex_unit__, 0)))", strings.Join(modules, ", "))
	values, err = c.evaluate(s, "ex_unit.exs", run)
	if err != nil {
		return counts{}, err
	}
	n := values[0].Obj().(*lang.Vector)
	tests, failed := int(n.Nth(0).AsInt()), int(n.Nth(1).AsInt())
	return counts{test: tests, pass: tests - failed, fail: failed}, nil
}

// evaluate evaluates the forms of a text and gives their values.
func (c *Config) evaluate(s *session.Session, name, text string) (values []lang.Value, err error) {
	r := s.Reader(&lang.Source{Name: name, Text: text})
	for {
		form, ok, err := r.Read()
		if err != nil {
			return nil, errors.New(s.ScriptSyntax(err))
		}
		if !ok {
			return values, nil
		}
		s.Eval(form)
		if err := c.finish(s); err != nil {
			return nil, err
		}
		v, e := s.Value()
		if e != nil {
			return nil, errors.New(s.ScriptReport(e))
		}
		values = append(values, v)
	}
}
