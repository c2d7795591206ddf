package kernel

import "github.com/conc-repl/conc-repl/lang"

// algebraNatives are Inspect.Algebra for implementations of Inspect.
func algebraNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Inspect.Algebra/empty", Args: "", Pure: func([]lang.Value) lang.Value { return lang.K("doc_nil") }, Doc: "The empty document."},
		{Name: "Inspect.Algebra/line", Max: 2, Args: "doc1, doc2", Pure: func(args []lang.Value) lang.Value {
			if len(args) < 2 {
				return docAsValue(docLine{})
			}
			return docAsValue(concat(docOf(nil, args[0]), docLine{}, docOf(nil, args[1])))
		}, Doc: "A line break, or two documents with one between them."},
		{Name: "Inspect.Algebra/string", Min: 1, Max: 1, Args: "string", Pure: one(func(v lang.Value) lang.Value {
			return docAsValue(docShown{binaryArg("Inspect.Algebra", "string", []lang.Value{v}, 0)})
		}), Doc: "A text that is as wide as it has graphemes."},
		{Name: "Inspect.Algebra/concat", Min: 1, Max: 2, Args: "doc1, doc2", Pure: func(args []lang.Value) lang.Value {
			if len(args) == 1 {
				return docAsValue(docOf(nil, args[0]))
			}
			return docAsValue(concat(docOf(nil, args[0]), docOf(nil, args[1])))
		}, Doc: "Documents one behind the other."},
		{Name: "Inspect.Algebra/nest", Min: 2, Max: 3, Args: "doc, level, mode \\\\ :always", Pure: func(args []lang.Value) lang.Value {
			by := indent(0)
			switch {
			case args[1] == lang.K("cursor"):
				by = toCursor
			case args[1] == lang.K("reset"):
				by = toReset
			default:
				by = indent(intArg("Inspect.Algebra", "nest", args, 1))
			}
			return docAsValue(docNest{docOf(nil, args[0]), by, len(args) == 3 && args[2] == lang.K("break")})
		}, Doc: "A document with its lines indented."},
		{Name: "Inspect.Algebra/break", Max: 1, Args: "string \\\\ \" \"", Pure: func(args []lang.Value) lang.Value { return docAsValue(docBreak{glueText(args, 0), false}) }, Doc: "A place where the line may break."},
		{Name: "Inspect.Algebra/flex_break", Max: 1, Args: "string \\\\ \" \"", Pure: func(args []lang.Value) lang.Value { return docAsValue(docBreak{glueText(args, 0), true}) }, Doc: "A place where the line breaks only if it must."},
		{Name: "Inspect.Algebra/glue", Min: 2, Max: 3, Args: "doc1, string \\\\ \" \", doc2", Pure: glue(false), Doc: "Two documents with a break between them."},
		{Name: "Inspect.Algebra/flex_glue", Min: 2, Max: 3, Args: "doc1, string \\\\ \" \", doc2", Pure: glue(true), Doc: "Two documents with a flex break between them."},
		{Name: "Inspect.Algebra/space", Min: 2, Max: 2, Args: "doc1, doc2", Pure: func(args []lang.Value) lang.Value {
			return docAsValue(concat(docOf(nil, args[0]), text(" "), docOf(nil, args[1])))
		}, Doc: "Two documents with a space between them."},
		{Name: "Inspect.Algebra/group", Min: 1, Max: 2, Args: "doc, mode \\\\ :self", Pure: func(args []lang.Value) lang.Value {
			return docAsValue(docGroup{docOf(nil, args[0]), len(args) == 2 && args[1] == lang.K("inherit")})
		}, Doc: "A document on one line if it fits, else with all its breaks."},
		{Name: "Inspect.Algebra/force_unfit", Min: 1, Max: 1, Args: "doc", Pure: one(func(v lang.Value) lang.Value { return docAsValue(docForce{docOf(nil, v)}) }), Doc: "A document whose groups break."},
		{Name: "Inspect.Algebra/color", Min: 3, Max: 3, Args: "doc, color_key, opts", Pure: func(args []lang.Value) lang.Value {
			key, _ := lang.AtomName(args[1])
			in := inspector{o: parseOpts(args[2])}
			return docAsValue(in.color(docOf(nil, args[0]), key))
		}, Doc: "A document in the colour that opts have for a kind of value."},
		{Name: "Inspect.Algebra/surround", Min: 3, Max: 3, Args: "left, doc, right", Pure: func(args []lang.Value) lang.Value {
			return docAsValue(docGroup{x: concat(docOf(nil, args[0]), docNest{x: concat(docBreak{}, docOf(nil, args[1])), by: 2}, docBreak{}, docOf(nil, args[2]))})
		}, Doc: "A document between two others."},
		{Name: "Inspect.Algebra/no_limit", Min: 1, Max: 1, Args: "opts", Pure: one(func(v lang.Value) lang.Value {
			return lang.Obj(optsStruct(v).Assoc(keyLimit, lang.K("infinity")))
		}), Doc: "opts without a limit."},
		{Name: "Inspect.Algebra/next_break_fits", Min: 1, Max: 2, Args: "doc, mode \\\\ :enabled", Pure: func(args []lang.Value) lang.Value {
			return docAsValue(docFits{docOf(nil, args[0]), len(args) == 1 || args[1] == lang.K("enabled")})
		}, Doc: "A document whose next break counts as one."},
		{Name: "Inspect.Algebra/fold_doc", Min: 2, Max: 2, Args: "docs, folder_fun", Run: foldDoc, Doc: "The documents of a list, folded from the right by a function."},
		{Name: "Inspect.Algebra/format", Min: 2, Max: 2, Args: "doc, width", Pure: two(func(d, width lang.Value) lang.Value {
			return lang.ListOf(lang.Str(render(docOf(nil, d), count(width), nil)))
		}), Doc: "A document laid out within a width, as iodata."},
	}
}

// glueText gives the text of a break in argument i, a space if there is none.
func glueText(args []lang.Value, i int) string {
	if i < len(args) {
		if s, ok := args[i].AsString(); ok {
			return s
		}
	}
	return " "
}

func glue(flex bool) pure {
	return func(args []lang.Value) lang.Value {
		b := docBreak{" ", flex}
		if len(args) == 3 {
			b.s = glueText(args, 1)
		}
		return docAsValue(concat(docOf(nil, args[0]), b, docOf(nil, args[len(args)-1])))
	}
}
