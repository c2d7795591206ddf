package elixir

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// ToString gives the text of a quoted form, laid out as Macro.to_string of
// Elixir 1.14 does. What is no quoted form, or nests too deep, is inspected.
func ToString(form lang.Value) string {
	if Deeper(form, deepestText) {
		return lang.Inspect(form)
	}
	return formatBody(form).render()
}

// deepestText is how deep a form may nest that is laid out, where a list in a
// tuple counts: with each level the lines are indented further.
const deepestText = 1_000

// Deeper reports whether a value nests deeper than most. Who walks forms that
// a program made on Go's stack should ask first.
func Deeper(v lang.Value, most int) bool {
	level := []lang.Value{v}
	for depth := 0; len(level) > 0; depth++ {
		if depth > most {
			return true
		}
		var next []lang.Value
		for _, x := range level {
			if t, ok := x.Obj().(*lang.Vector); ok {
				next = t.AppendTo(next)
			} else if list, ok := elements(x); ok {
				next = append(next, list...)
			}
		}
		level = next
	}
	return false
}

// bareCalls are the calls that are written without parentheses, by name; a
// list of arities, or nil for all.
var bareCalls = map[string][]int{
	"alias": {1, 2}, "import": {1, 2}, "require": {1, 2}, "use": {1, 2}, "quote": {1, 2}, "for": nil, "with": nil,
	"def": {1, 2}, "defp": {1, 2}, "defmacro": {1, 2}, "defmacrop": {1, 2}, "defguard": {1}, "defguardp": {1}, "defdelegate": {2},
	"defexception": {1}, "defoverridable": {1}, "defstruct": {1}, "defmodule": {2}, "destructure": {2}, "raise": {1, 2}, "reraise": {2, 3},
	"if": {2}, "unless": {2}, "case": {2}, "cond": {1}, "try": {1}, "receive": {1}, "assert": {1, 2}, "assert_raise": {2, 3},
	"assert_receive": {1, 2, 3}, "assert_received": {1, 2}, "refute": {1, 2}, "refute_receive": {1, 2, 3}, "test": {1, 2}, "config": {2, 3},
}

// isBare reports whether a call is written without parentheses.
func isBare(name string, arity int) bool {
	arities, ok := bareCalls[name]
	if !ok || arities == nil {
		return ok
	}
	for _, n := range arities {
		if n == arity {
			return true
		}
	}
	return false
}

// format makes the document of an expression.
func format(v lang.Value) *doc {
	head, meta, rest, ok := triple(v)
	if !ok {
		return formatLiteral(v)
	}
	name, isName := head.AsKeyword()
	if !isName {
		args, _ := elements(rest)
		return formatRemote(head, meta, args)
	}
	args, isCall := elements(rest)
	if !isCall {
		return text(name.Name)
	}
	if f := formats[name.Name]; f != nil {
		if d := f(meta, args); d != nil {
			return d
		}
	}
	switch {
	case len(args) == 2 && isBinary(name.Name):
		return formatBinary(name.Name, args[0], args[1])
	case len(args) == 1 && unaries[name.Name] != 0:
		return formatUnary(name.Name, args[0])
	case strings.HasPrefix(name.Name, "sigil_") && len(args) == 2:
		if d := formatSigil(name.Name, meta, args); d != nil {
			return d
		}
	}
	return formatCall(text(callName(name.Name)), args, isBare(name.Name, len(args)))
}

func isBinary(name string) bool { return binaries[name].prec > 0 }

// callName gives the name of a local call as it is written.
func callName(name string) string {
	if lang.Inspect(lang.K(name)) == ":"+name && isStart(rune(name[0])) || name == "..." {
		return name
	}
	return "unquote(" + lang.Inspect(lang.K(name)) + ")"
}

// formats are the forms with a syntax of their own, by name. A function gives
// nil if the arguments are not such.
var formats map[string]func(meta lang.Value, args []lang.Value) *doc

func init() {
	formats = map[string]func(meta lang.Value, args []lang.Value) *doc{
		"__block__":   func(_ lang.Value, args []lang.Value) *doc { return formatBlock(args) },
		"__aliases__": func(_ lang.Value, args []lang.Value) *doc { return formatAliases(args) },
		"{}":          func(_ lang.Value, args []lang.Value) *doc { return formatTuple(args) },
		"%{}":         func(_ lang.Value, args []lang.Value) *doc { return formatMap("%{", args) },
		"%":           formatStruct,
		"<<>>":        formatBits,
		"fn":          func(_ lang.Value, args []lang.Value) *doc { return formatFn(args) },
		"&":           formatCapture,
		"@":           formatAttribute,
		"..":          formatRange,
		"..//":        formatStep,
		"not":         formatNotIn,
	}
}

func formatRange(_ lang.Value, args []lang.Value) *doc {
	if len(args) > 0 {
		return nil // an operator as others
	}
	return text("..")
}

func formatStep(_ lang.Value, args []lang.Value) *doc {
	if len(args) != 3 {
		return nil
	}
	return concat(formatOperand(args[0], "..", false), text(".."), formatOperand(args[1], "..", true), text("//"), formatOperand(args[2], "//", true))
}

func formatNotIn(_ lang.Value, args []lang.Value) *doc {
	if len(args) != 1 {
		return nil
	}
	if name, operands, ok := call(args[0]); ok && name == "in" && len(operands) == 2 {
		return formatBinary("not in", operands[0], operands[1])
	}
	return nil
}

func formatAliases(args []lang.Value) *doc {
	d := concat()
	for i, a := range args {
		if i > 0 {
			d = concat(d, text("."))
		}
		if k, ok := a.AsKeyword(); ok {
			d = concat(d, text(strings.TrimPrefix(k.Name, "Elixir.")))
		} else {
			d = concat(d, formatTarget(a))
		}
	}
	return d
}

// formatBlock makes the document of a sequence that stands as an expression.
func formatBlock(args []lang.Value) *doc {
	switch len(args) {
	case 0:
		return text("nil")
	case 1:
		if name, _, ok := call(args[0]); ok && name == "unquote_splicing" {
			return concat(text("("), format(args[0]), text(")"))
		}
		return format(args[0])
	}
	return concat(text("("), nest(2, hardLine(), formatSequence(args)), hardLine(), text(")"))
}

// formatBody makes the document of what stands in a block of its own.
func formatBody(v lang.Value) *doc {
	if name, args, ok := call(v); ok && name == "__block__" && len(args) != 1 {
		return formatSequence(args)
	}
	return format(v)
}

// formatSequence puts expressions on lines of their own, with an empty line
// around those that take several.
func formatSequence(args []lang.Value) *doc {
	d := concat()
	after := false // an empty line is due
	for i, a := range args {
		x := group(format(a))
		name, _, _ := call(a)
		long := x.hard || !fits(nil, x, lineWidth)
		if i > 0 {
			if after || long && !isAttribute(args[i-1]) {
				d = concat(d, hardLine())
			}
			d = concat(d, hardLine())
		}
		after = long && name != "@"
		d = concat(d, x)
	}
	return d
}

func isAttribute(v lang.Value) bool {
	name, _, ok := call(v)
	return ok && name == "@"
}

// formatCall makes the document of a call of what head is.
func formatCall(head *doc, args []lang.Value, bare bool) *doc {
	if len(args) > 0 {
		if sections, ok := doSections(args[len(args)-1]); ok {
			args = args[:len(args)-1]
			if len(args) > 0 || !bare {
				head = formatArgs(head, args, bare || len(args) == 0)
			}
			return concat(head, text(" do"), formatSections(sections), hardLine(), text("end"))
		}
	}
	return formatArgs(head, args, bare)
}

// formatArgs makes the document of a call without a do block.
func formatArgs(head *doc, args []lang.Value, bare bool) *doc {
	open, close := text("("), text(")")
	if bare {
		if len(args) == 0 {
			return head
		}
		docs := formatItems(args)
		for i, a := range args {
			if i < len(docs) && endsBlock(a) {
				docs[i] = parens(docs[i])
			}
		}
		if spread(args) {
			return formatSpread(head, docs)
		}
		return group(concat(head, text(" "), nest(4, join(docs))))
	}
	if len(args) == 0 {
		return concat(head, open, close)
	}
	docs := formatItems(args)
	before, last := docs[:len(docs)-1], docs[len(docs)-1]
	softly := concat(before...)
	if !softly.hard && breaksAlone(args[len(args)-1]) && !spread(args) {
		h := concat(head, open, join(before))
		if len(before) > 0 {
			h = concat(h, text(","), brk(" "))
		}
		if isFn(args[len(args)-1]) {
			return edge(h, last, close)
		}
		all := group(join(docs))
		return edge(h, last, close).orInside(all, concat(head, open, nest(2, hardLine(), all), hardLine(), close))
	}
	d := group(concat(head, open, nest(2, brk(""), join(docs)), brk(""), close))
	d.hard = d.hard || spread(args)
	return d
}

// formatSpread puts the arguments of a call without parentheses below each other.
func formatSpread(head *doc, docs []*doc) *doc {
	d := concat()
	for i, x := range docs {
		if i > 0 {
			d = concat(d, text(","), hardLine())
		}
		d = concat(d, x)
	}
	return concat(head, text(" "), nest(len(head.render())+1, d))
}

// endsBlock reports whether an argument has a do block that would be taken
// for that of a call around it without parentheses.
func endsBlock(v lang.Value) bool {
	name, args, ok := call(v)
	if ok && len(args) == 2 && isBinary(name) {
		return endsBlock(args[0]) || endsBlock(args[1])
	}
	return hasDo(v)
}

// spread reports whether arguments stood on lines of their own.
func spread(args []lang.Value) bool {
	line := lang.Nil
	for _, a := range args {
		_, meta, _, ok := triple(a)
		if l, has := entry(meta, "line"); ok && has {
			if !line.IsNil() && line != l {
				return true
			}
			line = l
		}
	}
	return false
}

// entry gives the value of a key of a keyword list.
func entry(list lang.Value, key string) (lang.Value, bool) {
	entries, _ := elements(list)
	for _, e := range entries {
		if kv, ok := e.Obj().(*lang.Vector); ok && kv.Len() == 2 && kv.Nth(0) == lang.K(key) {
			return kv.Nth(1), true
		}
	}
	return lang.Nil, false
}

// breaksAlone reports whether the last argument of a call, or the right
// operand of an operator, may break without what stands before it.
func breaksAlone(v lang.Value) bool {
	if name, args, ok := call(v); ok {
		return len(args) > 0 && (name == "fn" || name == "%{}" || name == "%")
	}
	list, ok := elements(v)
	return ok && len(list) > 0 && !isKeywords(list)
}

// formatItems makes the documents of arguments or elements: keywords that come
// last have no brackets.
func formatItems(vs []lang.Value) []*doc {
	var docs []*doc
	for i, v := range vs {
		if list, ok := elements(v); ok && i == len(vs)-1 && isKeywords(list) {
			for _, e := range list {
				docs = append(docs, formatEntry(e))
			}
			continue
		}
		docs = append(docs, format(v))
	}
	return docs
}

// isKeywords reports whether a list is one of keys with values.
func isKeywords(list []lang.Value) bool {
	for _, e := range list {
		kv, ok := e.Obj().(*lang.Vector)
		if !ok || kv.Len() != 2 {
			return false
		}
		name, ok := lang.AtomName(kv.Nth(0))
		if !ok || strings.HasPrefix(name, "Elixir.") {
			return false
		}
	}
	return len(list) > 0
}

// formatEntry makes the document of key: value.
func formatEntry(e lang.Value) *doc {
	kv := e.Obj().(*lang.Vector)
	return concat(text(keyText(kv.Nth(0))), text(" "), format(kv.Nth(1)))
}

// doSections gives the sections of a do block, if v is one.
func doSections(v lang.Value) ([]lang.Value, bool) {
	list, ok := elements(v)
	if !ok || !isKeywords(list) {
		return nil, false
	}
	for i, e := range list {
		switch name, _ := lang.AtomName(e.Obj().(*lang.Vector).Nth(0)); {
		case i == 0 && name != "do":
			return nil, false
		case i > 0 && name != "after" && name != "else" && name != "rescue" && name != "catch":
			return nil, false
		}
	}
	return list, true
}

// formatSections makes the document of a do block behind its do.
func formatSections(sections []lang.Value) *doc {
	d := concat()
	for i, e := range sections {
		kv := e.Obj().(*lang.Vector)
		if i > 0 {
			name, _ := lang.AtomName(kv.Nth(0))
			d = concat(d, hardLine(), text(name))
		}
		body := kv.Nth(1)
		if clauses, ok := arrows(body); ok {
			d = concat(d, nest(2, hardLine(), formatClauses(clauses)))
		} else if name, args, ok := call(body); !ok || name != "__block__" || len(args) > 0 {
			d = concat(d, nest(2, hardLine(), formatBody(body)))
		}
	}
	return d
}

// arrows gives the clauses of which a block consists.
func arrows(v lang.Value) ([]lang.Value, bool) {
	list, ok := elements(v)
	if !ok || len(list) == 0 {
		return nil, false
	}
	for _, c := range list {
		if name, args, ok := call(c); !ok || name != "->" || len(args) != 2 {
			return nil, false
		}
	}
	return list, true
}

// formatClauses puts clauses on lines of their own. If one takes several, all
// do, with empty lines between.
func formatClauses(clauses []lang.Value) *doc {
	long := false
	for _, c := range clauses {
		_, args, _ := call(c)
		d := concat(formatHead(args[0]), formatBody(args[1]))
		long = long || d.hard || !fits(nil, concat(text("      -> "), d), lineWidth)
	}
	d := concat()
	for i, c := range clauses {
		_, args, _ := call(c)
		if i > 0 {
			if d = concat(d, hardLine()); long {
				d = concat(d, hardLine())
			}
		}
		between := text(" ")
		if long {
			between = hardLine()
		}
		d = concat(d, formatHead(args[0]), nest(2, between, formatBody(args[1])))
	}
	return d
}

// formatHead makes the document of a clause's arguments and its arrow.
func formatHead(v lang.Value) *doc {
	args, _ := elements(v)
	if len(args) == 0 {
		return text("->")
	}
	if d := formatGuarded(args); d != nil {
		return concat(d, text(" ->"))
	}
	docs := make([]*doc, len(args))
	for i, a := range args {
		docs[i] = format(a)
	}
	return group(join(docs), text(" ->"))
}

// formatGuarded makes the document of arguments with a guard, nil if there is none.
func formatGuarded(args []lang.Value) *doc {
	name, all, ok := call(args[0])
	if len(args) != 1 || !ok || name != "when" || len(all) < 1 {
		return nil
	}
	n := len(all) - 1
	docs := make([]*doc, n)
	for i, a := range all[:n] {
		docs[i] = format(a)
	}
	head := join(docs)
	switch n {
	case 0:
		head = text("()")
	case 1:
		head = formatOperand(all[0], "when", false)
	}
	return group(concat(head, text(" when "), formatOperand(all[n], "when", true)))
}

// formatFn makes the document of fn ... end.
func formatFn(clauses []lang.Value) *doc {
	if len(clauses) != 1 {
		return concat(text("fn"), nest(2, hardLine(), formatClauses(clauses)), hardLine(), text("end"))
	}
	_, args, ok := call(clauses[0])
	if !ok || len(args) != 2 {
		return concat(text("fn "), format(clauses[0]), text(" end"))
	}
	return group(concat(text("fn "), formatHead(args[0])), nest(2, brk(" "), formatBody(args[1])), brk(" "), text("end"))
}

// keyText gives a key as it is written before its value.
func keyText(k lang.Value) string {
	name, _ := lang.AtomName(k)
	if name == "..//" {
		return quoted(name, '"') + ":"
	}
	return lang.KeywordKey(name)
}
