package kernel

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	reader "github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// codeNatives are the functions of Code that read and evaluate.
func codeNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Code/string_to_quoted", Min: 1, Max: 2, Args: "string, opts", Pure: stringToQuoted, Doc: "{:ok, quoted form}, or {:error, {place, message, token}}. Code.string_to_quoted(\"1\") #=> {:ok, 1}"},
		{Name: "Code/string_to_quoted!", Min: 1, Max: 2, Args: "string, opts", Pure: stringToQuotedOrRaise, Doc: "The quoted form of a text; raises SyntaxError or TokenMissingError. Code.string_to_quoted!(\"1\") #=> 1"},
		{Name: "Code/eval_string", Min: 1, Max: 3, Args: "string, binding, env_or_opts", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return evalQuoted(p, quotedText(args[0], optional(args, 2, emptyList), true), args)
		}, Doc: "The value of a text and the variables behind it. Code.eval_string(\"a + 1\", a: 1) #=> {2, [a: 1]}"},
		{Name: "Code/eval_quoted", Min: 1, Max: 3, Deep: arg0, Args: "quoted, binding, env_or_opts", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return evalQuoted(p, args[0], args)
		}, Doc: "The value of a quoted form and the variables behind it. Code.eval_quoted(quote(do: 1 + 1)) #=> {2, []}"},
		{Name: "Code/eval_quoted_with_env", Min: 3, Max: 4, Deep: arg0, Args: "quoted, binding, env, opts", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return evalThen(p, args[:1], withBinding(evalEnv(args[2]), args[1]), withEnvKont, nil)
		}, Doc: "The value of a quoted form, the variables and the environment behind it."},
		{Name: "Code/env_for_eval", Min: 1, Max: 1, Args: "env_or_opts", Pure: one(func(v lang.Value) lang.Value { return evalEnv(v).Struct(1) }), Doc: "An environment to evaluate in. Code.env_for_eval(file: \"a.exs\").file #=> \"a.exs\""},
		{Name: "Code/format_string!", Min: 1, Max: 2, Args: "string, opts", Pure: func(args []lang.Value) lang.Value {
			return lang.ListOf(lang.Str(reader.ToString(quotedText(args[0], emptyList, true))))
		}, Doc: "A text laid out anew, without its comments. Code.format_string!(\"1+2\") #=> [\"1 + 2\"]"},
	}
}

// readText reads all of a text, as opts say: file, line, columns.
func readText(text, opts lang.Value) (lang.Value, *lang.Exception) {
	s, isText := text.AsString()
	if !isText {
		if !isList(text) {
			raiseClause()
		}
		s = chardata(text)
	}
	file, _ := option(opts, "file", lang.Str("nofile")).AsString()
	forms, err := reader.New(&lang.Source{Name: file, Text: s}).ReadAll()
	if err != nil {
		return lang.Nil, ReadError(err)
	}
	return reader.Block(forms), nil
}

// quotedText reads a text and raises what is wrong with it. A form that is
// given away has columns only if opts ask for them.
func quotedText(text, opts lang.Value, columns bool) lang.Value {
	if !isList(opts) {
		opts = emptyList
	}
	form, e := readText(text, opts)
	if e != nil {
		panic(e)
	}
	return placed(form, opts, columns)
}

// placed sets the lines of a form off and takes the columns out, as opts say.
func placed(form, opts lang.Value, columns bool) lang.Value {
	first := option(opts, "line", lang.Int(1))
	columns = columns || option(opts, "columns", lang.False).Truthy()
	if columns && (!first.IsInt() || first.AsInt() == 1) {
		return form
	}
	return mapMeta(form, func(meta lang.Value) lang.Value {
		var kept []lang.Value
		for _, e := range lang.ToSlice(meta) {
			kv := e.Obj().(*lang.Vector)
			switch {
			case kv.Nth(0) == lang.K("line"):
				e = lang.Vec(kv.Nth(0), lang.Int(kv.Nth(1).AsInt()+first.AsInt()-1))
			case kv.Nth(0) == lang.K("column") && !columns:
				continue
			}
			kept = append(kept, e)
		}
		return lang.ListOf(kept...)
	})
}

// mapMeta gives a quoted form with its metadata changed.
func mapMeta(form lang.Value, f func(lang.Value) lang.Value) lang.Value {
	if head, meta, args, ok := node(form); ok {
		return lang.Vec(mapMeta(head, f), f(meta), mapMeta(args, f))
	}
	if t, ok := form.Obj().(*lang.Vector); ok {
		vs := make([]lang.Value, t.Len())
		for i := range vs {
			vs[i] = mapMeta(t.Nth(i), f)
		}
		return lang.Vec(vs...)
	}
	if !isList(form) {
		return form
	}
	vs := lang.ToSlice(form)
	for i, v := range vs {
		vs[i] = mapMeta(v, f)
	}
	return lang.ListOf(vs...)
}

func stringToQuoted(args []lang.Value) lang.Value {
	opts := optional(args, 1, emptyList)
	form, e := readText(args[0], opts)
	if e == nil {
		return ok(placed(form, opts, false))
	}
	msg, token := field(e.Reason, "description"), ""
	text, _ := msg.AsString()
	if text == "syntax error: expression is incomplete" {
		text = "syntax error before: "
	}
	for _, mark := range []string{"before: ", "token: ", "after: "} {
		if i := strings.LastIndex(text, mark); i >= 0 && token == "" {
			text, token = text[:i+len(mark)], text[i+len(mark):]
		}
	}
	place := []lang.Value{lang.Vec(lang.K("line"), field(e.Reason, "line")), lang.Vec(lang.K("column"), field(e.Reason, "column"))}
	return failed(lang.Vec(lang.ListOf(place...), lang.Str(text), lang.Str(token)))
}

func stringToQuotedOrRaise(args []lang.Value) lang.Value {
	return quotedText(args[0], optional(args, 1, emptyList), false)
}

// boundKont gives the value of an evaluation and the variables behind it.
var boundKont = &runtime.Kont{Name: "eval", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	o := v.Obj().(*outcome)
	return lang.Vec(o.val, bindingOf(o.env))
}}

// bindingOf gives the variables of an environment, the last names first.
func bindingOf(env *elixir.Env) lang.Value {
	type entry struct {
		key string
		val lang.Value
	}
	var all []entry
	env.Variables(func(key string, v lang.Value) { all = append(all, entry{key, v}) })
	slices.SortFunc(all, func(a, b entry) int { return strings.Compare(b.key, a.key) })
	vs := make([]lang.Value, len(all))
	for i, b := range all {
		name, context, inMacro := strings.Cut(b.key, "\x00")
		key := lang.K(name)
		if inMacro {
			key = lang.Vec(key, lang.K(context))
		}
		vs[i] = lang.Vec(key, b.val)
	}
	return lang.ListOf(vs...)
}

// withEnvKont gives the environment behind an evaluation, too.
var withEnvKont = &runtime.Kont{Name: "eval", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	o := v.Obj().(*outcome)
	return lang.Vec(o.val, bindingOf(o.env), o.env.Lexical().Struct(1))
}}

// evalQuoted evaluates a form with the bindings args[1], in the environment
// that args[2] may be.
func evalQuoted(p *runtime.Process, form lang.Value, args []lang.Value) lang.Value {
	env := withBinding(evalEnv(optional(args, 2, emptyList)), optional(args, 1, emptyList))
	return evalThen(p, []lang.Value{form}, env, boundKont, nil)
}

// evalEnv gives the environment that v is, or a fresh one with the options in v.
func evalEnv(v lang.Value) *elixir.Env {
	if env, isEnv := elixir.FromStruct(v); isEnv {
		return env.Lexical()
	}
	file := "nofile"
	if isList(v) {
		file, _ = option(v, "file", lang.Str(file)).AsString()
	}
	return &elixir.Env{Source: &lang.Source{Name: file}}
}

// withBinding gives an environment with the variables of a binding.
func withBinding(env *elixir.Env, binding lang.Value) *elixir.Env {
	for _, e := range lang.ToSlice(binding) {
		kv, isPair := e.Obj().(*lang.Vector)
		if !isPair || kv.Len() != 2 {
			raiseClause()
		}
		env = env.Bind(variableKey(kv.Nth(0)), kv.Nth(1))
	}
	return env
}

// variableKey gives the key of a variable in an environment: its name, or its
// name and the context of the macro that it is of.
func variableKey(v lang.Value) string {
	if t, ok := v.Obj().(*lang.Vector); ok && t.Len() == 2 {
		return variableKey(t.Nth(0)) + "\x00" + variableKey(t.Nth(1))
	}
	name, isName := lang.AtomName(v)
	if !isName {
		raiseClause()
	}
	return name
}
