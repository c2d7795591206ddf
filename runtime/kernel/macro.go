package kernel

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	reader "github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// macroNatives are the functions of Macro that call back nothing.
func macroNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Macro/to_string", Min: 1, Max: 1, Deep: arg0, Args: "quoted", Pure: one(func(v lang.Value) lang.Value { return lang.Str(reader.ToString(v)) }), Doc: "The text of a quoted form. Macro.to_string(quote do: 1+2) #=> \"1 + 2\""},
		{Name: "Macro/escape", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "value, opts", Pure: func(args []lang.Value) lang.Value {
			checkDepth(args[0])
			return escape(args[0], option(optional(args, 1, emptyList), "unquote", lang.False).Truthy())
		}, Doc: "The quoted form of a value. Macro.escape({:a, :b, :c}) #=> {:{}, [], [:a, :b, :c]}"},
		{Name: "Macro/unescape_string", Min: 1, Max: 1, Args: "string", Pure: unescapeString, Doc: "A text with its escapes resolved. Macro.unescape_string(\"a\\\\n\") #=> \"a\\n\""},
		{Name: "Macro/camelize", Min: 1, Max: 1, Args: "text", Pure: camelize, Doc: "A name in CamelCase. Macro.camelize(\"foo_bar\") #=> \"FooBar\""},
		{Name: "Macro/underscore", Min: 1, Max: 1, Args: "text", Pure: underscore, Doc: "A name in snake_case. Macro.underscore(\"FooBar\") #=> \"foo_bar\""},
		{Name: "Macro/var", Min: 2, Max: 2, Args: "name, context", Pure: macroVar, Doc: "A quoted variable. Macro.var(:x, nil) #=> {:x, [], nil}"},
		{Name: "Macro/unique_var", Min: 2, Max: 2, Args: "name, context", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Vec(args[0], lang.ListOf(lang.Vec(lang.K("counter"), lang.Int(resolverOf(p).Counter()))), args[1])
		}, Doc: "A quoted variable that no other expansion has."},
		{Name: "Macro/generate_arguments", Min: 2, Max: 2, Args: "amount, context", Pure: generateArguments, Doc: "Quoted variables arg1, arg2 and so on. Macro.generate_arguments(1, nil) #=> [{:arg1, [], nil}]"},
		{Name: "Macro/pipe", Min: 3, Max: 3, Deep: arg0 | arg1, Args: "expr, call, position", Pure: macroPipe, Doc: "A quoted call with one argument more. Macro.pipe(1, quote(do: f(2)), 0)"},
		{Name: "Macro/unpipe", Min: 1, Max: 1, Deep: arg0, Args: "expr", Pure: macroUnpipe, Doc: "The steps of a pipeline, each with the position of what is piped in. Macro.unpipe(quote(do: 1 |> f))"},
		{Name: "Macro/decompose_call", Min: 1, Max: 1, Deep: arg0, Args: "quoted", Pure: decomposeCall, Doc: "The name and arguments of a quoted call, or :error. Macro.decompose_call(quote(do: f(1))) #=> {:f, [1]}"},
		{Name: "Macro/operator?", Min: 2, Max: 2, Args: "name, arity", Pure: two(isOperator), Doc: "Whether a name is that of an operator. Macro.operator?(:+, 2) #=> true"},
		{Name: "Macro/quoted_literal?", Min: 1, Max: 1, Deep: arg0, Args: "quoted", Pure: test(func(v lang.Value) bool { checkDepth(v); return isQuotedLiteral(v) }), Doc: "Whether a quoted form stands for itself. Macro.quoted_literal?([1, :a]) #=> true"},
		{Name: "Macro/special_form?", Min: 2, Max: 2, Args: "name, arity", Pure: two(isSpecialForm), Doc: "Whether a name is that of a special form. Macro.special_form?(:case, 2) #=> true"},
		{Name: "Macro/classify_atom", Min: 1, Max: 1, Args: "atom", Pure: classifyAtom, Doc: "How an atom can be written: :alias, :identifier, :quoted or :unquoted. Macro.classify_atom(:foo) #=> :identifier"},
		{Name: "Macro/inspect_atom", Min: 2, Max: 2, Args: "how, atom", Pure: inspectAtom, Doc: "An atom as it is written as a :literal, a :key or the name of a :remote_call. Macro.inspect_atom(:key, :a) #=> \"a:\""},
		{Name: "Macro/validate", Min: 1, Max: 1, Deep: arg0, Args: "term", Pure: validateQuoted, Doc: ":ok, or {:error, part} for a part that is no quoted form. Macro.validate({:a, 1, 2}) #=> {:error, {:a, 1, 2}}"},
		{Name: "Macro/expand", Min: 2, Max: 2, Deep: arg0, Args: "quoted, env", Run: func(p *runtime.Process, args []lang.Value) lang.Value { return expand(p, args, false) }, Doc: "A quoted form, expanded until it is no macro call. Macro.expand(quote(do: Enum), __ENV__) #=> Enum"},
		{Name: "Macro/expand_once", Min: 2, Max: 2, Deep: arg0, Args: "quoted, env", Run: func(p *runtime.Process, args []lang.Value) lang.Value { return expand(p, args, true) }, Doc: "A quoted form, expanded once if it is a macro call."},
	}
}

// deepest is how deep a value may nest that is walked on Go's stack.
const deepest = 100_000

// checkDepth raises if a value nests too deep for that.
func checkDepth(v lang.Value) {
	if reader.Deeper(v, deepest) {
		raiseStruct("SystemLimitError")
	}
}

// expandedKont gives the form that an expansion came to.
var expandedKont = &runtime.Kont{Name: "macroexpand", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	return v.Obj().(*elixir.Step).Forms[0]
}}

func expand(p *runtime.Process, args []lang.Value, once bool) lang.Value {
	env, isEnv := elixir.FromStruct(args[1])
	if !isEnv {
		raiseClause()
	}
	return compileThen(p, elixir.Expansion(args[0], env, resolverOf(p), once), frame{expandedKont, nil})
}

func unescapeString(args []lang.Value) lang.Value {
	s, _, problem := lang.UnescapeElixir(binaryArg("Macro", "unescape_string", args, 0))
	if problem != "" {
		argumentError(problem)
	}
	return lang.Str(s)
}

func camelize(args []lang.Value) lang.Value {
	text := binaryArg("Macro", "camelize", args, 0)
	var b strings.Builder
	upper := true
	for i, r := range text {
		switch {
		case r == '/':
			b.WriteByte('.')
			upper = true
		case r == '_' && b.Len() == 0, r == '_' && i+1 == len(text):
		case r == '_':
			upper = true
		case upper:
			b.WriteRune(unicode.ToUpper(r))
			upper = false
		default:
			b.WriteRune(r)
		}
	}
	return lang.Str(b.String())
}

func underscore(args []lang.Value) lang.Value {
	var text string
	if name, ok := lang.AtomName(args[0]); ok {
		if text, ok = strings.CutPrefix(name, "Elixir."); !ok {
			raiseClause()
		}
	} else {
		text = binaryArg("Macro", "underscore", args, 0)
	}
	var b strings.Builder
	rs := []rune(text)
	for i, r := range rs {
		lowerNext := i+1 < len(rs) && !unicode.IsUpper(rs[i+1]) && rs[i+1] != '.' && rs[i+1] != '_'
		switch {
		case r == '.':
			b.WriteByte('/')
			continue
		case r == '-':
			r = '_'
		case i > 0 && unicode.IsUpper(r) && rs[i-1] != '.' && rs[i-1] != '_' && (!unicode.IsUpper(rs[i-1]) || lowerNext):
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return lang.Str(b.String())
}

func macroVar(args []lang.Value) lang.Value {
	if !isAtom(args[0]) || !isAtom(args[1]) {
		noClause("Macro", "var", args)
	}
	return lang.Vec(args[0], emptyList, args[1])
}

func generateArguments(args []lang.Value) lang.Value {
	n := intArg("Macro", "generate_arguments", args, 0)
	if n < 0 || n > 255 {
		noClause("Macro", "generate_arguments", args)
	}
	vs := make([]lang.Value, n)
	for i := range vs {
		vs[i] = lang.Vec(lang.K(fmt.Sprintf("arg%d", i+1)), emptyList, args[1])
	}
	return lang.ListOf(vs...)
}

// node takes a quoted form that is no literal apart.
func node(v lang.Value) (head, meta, args lang.Value, ok bool) {
	t, ok := v.Obj().(*lang.Vector)
	if !ok || t.Len() != 3 {
		return lang.Nil, lang.Nil, lang.Nil, false
	}
	return t.Nth(0), t.Nth(1), t.Nth(2), true
}

func macroPipe(args []lang.Value) lang.Value {
	head, meta, rest, ok := node(args[1])
	i := intArg("Macro", "pipe", args, 2)
	name, _ := lang.AtomName(head)
	if !ok || ok && (name == "{}" || name == "%{}" || name == "<<>>" || name == "fn" || name == "__aliases__" || name == "__block__") {
		argumentError("cannot pipe " + reader.ToString(args[0]) + " into " + reader.ToString(args[1]) + ", can only pipe into local calls foo(), remote calls Foo.bar() or anonymous function calls foo.()")
	}
	var vs []lang.Value
	if isList(rest) {
		vs = lang.ToSlice(rest)
	}
	if i < 0 || int(i) > len(vs) {
		i = int64(len(vs))
	}
	return lang.Vec(head, meta, lang.ListOf(slices.Insert(vs, int(i), args[0])...))
}

func macroUnpipe(args []lang.Value) lang.Value {
	var steps []lang.Value
	v := args[0]
	for {
		head, _, rest, ok := node(v)
		if !ok || head != lang.K("|>") || !isList(rest) {
			break
		}
		operands := lang.ToSlice(rest)
		steps = append(steps, operands[1])
		v = operands[0]
	}
	steps = append(steps, v)
	slices.Reverse(steps)
	for i := range steps {
		steps[i] = lang.Vec(steps[i], lang.Int(0))
	}
	return lang.ListOf(steps...)
}

func decomposeCall(args []lang.Value) lang.Value {
	head, _, rest, ok := node(args[0])
	switch {
	case !ok || !isList(rest):
	case isAtom(head):
		return lang.Vec(head, rest)
	default:
		if dot, _, target, ok := node(head); ok && dot == lang.K(".") {
			if parts := lang.ToSlice(target); len(parts) == 2 {
				return lang.Vec(parts[0], parts[1], rest)
			}
		}
	}
	return errorAtom
}

func isOperator(name, arity lang.Value) lang.Value {
	text, _ := lang.AtomName(name)
	return lang.Bool(arity.IsInt() && reader.IsOperator(text, int(arity.AsInt())))
}

func isQuotedLiteral(v lang.Value) bool {
	if head, _, args, ok := node(v); ok {
		name, _ := lang.AtomName(head)
		if (name == "{}" || name == "%{}") && isList(args) {
			return isQuotedLiteral(args)
		}
		if name == "__aliases__" && isList(args) {
			return !slices.ContainsFunc(lang.ToSlice(args), func(x lang.Value) bool { return !isAtom(x) })
		}
		return (name == "+" || name == "-") && isList(args) && len(lang.ToSlice(args)) == 1 && lang.IsNumber(lang.ToSlice(args)[0])
	}
	if t, ok := v.Obj().(*lang.Vector); ok {
		return t.Len() == 2 && isQuotedLiteral(t.Nth(0)) && isQuotedLiteral(t.Nth(1))
	}
	if isList(v) {
		return !slices.ContainsFunc(lang.ToSlice(v), func(x lang.Value) bool { return !isQuotedLiteral(x) })
	}
	return isAtom(v) || v.IsString() || lang.IsNumber(v)
}

// specialForms are Elixir's special forms with their arities; -1 is any.
var specialForms = map[string][]int{
	"%": {2}, "%{}": {-1}, "&": {1}, ".": {2}, "::": {2}, "<<>>": {-1}, "=": {2}, "^": {1}, "__CALLER__": {0}, "__DIR__": {0}, "__ENV__": {0},
	"__MODULE__": {0}, "__STACKTRACE__": {0}, "__aliases__": {-1}, "__block__": {-1}, "alias": {1, 2}, "case": {2}, "cond": {1}, "fn": {1}, "for": {-1},
	"import": {1, 2}, "quote": {1, 2}, "receive": {1}, "require": {1, 2}, "super": {-1}, "try": {1}, "unquote": {1}, "unquote_splicing": {1}, "with": {-1}, "{}": {-1},
}

func isSpecialForm(name, arity lang.Value) lang.Value {
	text, _ := lang.AtomName(name)
	arities := specialForms[text]
	return lang.Bool(slices.Contains(arities, -1) || arity.IsInt() && slices.Contains(arities, int(arity.AsInt())))
}

func classifyAtom(args []lang.Value) lang.Value {
	name, ok := lang.AtomName(args[0])
	if !ok {
		noClause("Macro", "classify_atom", args)
	}
	first, _ := utf8.DecodeRuneInString(name)
	text := lang.Inspect(lang.K(name))
	switch {
	case strings.HasPrefix(name, "Elixir."):
		if !strings.HasPrefix(text, ":") {
			return lang.K("alias")
		}
		return lang.K("quoted")
	case strings.HasPrefix(text, `:"`):
		return lang.K("quoted")
	case first == '_' || unicode.IsLower(first) || unicode.IsLetter(first) && !unicode.IsUpper(first):
		if strings.Contains(name, "@") {
			return lang.K("unquoted")
		}
		return lang.K("identifier")
	}
	return lang.K("unquoted")
}

func inspectAtom(args []lang.Value) lang.Value {
	name, _ := lang.AtomName(args[1])
	switch how, _ := lang.AtomName(args[0]); how {
	case "literal":
		return lang.Str(lang.Inspect(args[1]))
	case "key":
		return lang.Str(lang.KeywordKey(name))
	case "remote_call":
		return lang.Str(lang.FunctionName(name))
	}
	noClause("Macro", "inspect_atom", args)
	return lang.Nil
}

func validateQuoted(args []lang.Value) lang.Value {
	checkDepth(args[0])
	if wrong, found := wrongPart(args[0]); found {
		return failed(wrong)
	}
	return okAtom
}

// wrongPart finds a part of v that is no quoted form.
func wrongPart(v lang.Value) (wrong lang.Value, found bool) {
	switch {
	case isTuple(v):
		t := v.Obj().(*lang.Vector)
		if head, meta, args, ok := node(v); ok {
			if !isList(meta) || !isList(args) && !isAtom(args) {
				return v, true
			}
			for _, part := range []lang.Value{head, args} {
				if wrong, found = wrongPart(part); found {
					return wrong, true
				}
			}
			return lang.Nil, false
		}
		if t.Len() != 2 {
			return v, true
		}
		if wrong, found = wrongPart(t.Nth(0)); found {
			return wrong, true
		}
		return wrongPart(t.Nth(1))
	case isList(v):
		for _, x := range lang.ToSlice(v) {
			if wrong, found = wrongPart(x); found {
				return wrong, true
			}
		}
		return lang.Nil, false
	case isAtom(v), lang.IsNumber(v), v.IsString(), isFunction(v):
		return lang.Nil, false
	}
	if _, isPid := v.Obj().(*runtime.Process); isPid {
		return lang.Nil, false
	}
	return v, true
}
