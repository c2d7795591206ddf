package elixir

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// dbg prints an expression with its value, which it gives; of a pipeline, each
// step with what it gave. It is rewritten to plain code: a variable for each
// value, and a call of the function that prints them.
func (a *analyser) dbg(k call, c *ctx) compile.Node {
	code, opts := node("binding", noMeta), noMeta
	if len(k.args) > 0 {
		code = k.args[0]
	}
	if len(k.args) > 1 {
		opts = k.args[1]
	}
	steps := pipeline(code)
	body := make([]lang.Value, len(steps), len(steps)+1)
	told := make([]lang.Value, len(steps))
	for i, step := range steps {
		v, text := variableForm("dbg"+strconv.Itoa(i)), a.res.Text(step)
		if i > 0 {
			step, text = a.piped(variableForm("dbg"+strconv.Itoa(i-1)), step, c), "|> "+text
		}
		body[i] = node("=", noMeta, v, step)
		told[i] = lang.Vec(lang.Str(text), v)
	}
	show := remote(lang.K("Elixir.Macro"), "__dbg__", noMeta, lang.Str(whereabouts(c)), lang.ListOf(told...), opts)
	return a.expr(node("__block__", noMeta, append(body, show)...), c)
}

// pipeline gives the steps of a |> b |> c, or the form itself.
func pipeline(form lang.Value) []lang.Value {
	sides, ok := isCall(form, "|>", 2)
	if !ok {
		return []lang.Value{form}
	}
	return append(pipeline(sides[0]), sides[1])
}

// whereabouts says where code stands: file.exs:3: Mod.fun/1.
func whereabouts(c *ctx) string {
	file, where := "nofile", "(file)"
	if c.env.Source != nil {
		file = c.env.Source.Name
	}
	switch {
	case c.env.Function != "":
		where = moduleText(c.env.Module) + "." + c.env.Function
	case c.env.Module != "":
		where = moduleText(c.env.Module) + " (module)"
	}
	return file + ":" + strconv.Itoa(int(c.pos.Line)) + ": " + where
}
