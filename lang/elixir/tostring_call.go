package elixir

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// pipes are the operators before which a line breaks.
var pipes = map[string]bool{"|>": true, "~>>": true, "<<~": true, "~>": true, "<~": true, "<~>": true, "<|>": true}

// apart are the operators whose operands are in parentheses if they are calls
// of other binary operators.
var apart = map[string]bool{"|>": true, "<<<": true, ">>>": true, "<~": true, "~>": true, "<<~": true, "~>>": true, "<~>": true, "<|>": true,
	"^^^": true, "+++": true, "---": true, "in": true, "not in": true, "++": true, "--": true, "..": true, "<>": true}

// logical are the operators that do not mix without parentheses.
var logical = map[string]bool{"||": true, "|||": true, "or": true, "&&": true, "&&&": true, "and": true}

// formatBinary makes the document of a binary operator with its operands.
func formatBinary(op string, left, right lang.Value) *doc {
	l, r := formatOperand(left, op, false), formatOperand(right, op, true)
	if op == "when" {
		if list, ok := elements(right); ok && isKeywords(list) {
			r = join(formatItems([]lang.Value{right}))
		}
	}
	switch {
	case op == ".." || op == "//":
		return concat(l, text(op), r)
	case pipes[op] && (l.hard || r.hard):
		return concat(l, hardLine(), text(op+" "), r)
	case pipes[op]:
		return group(l, brk(" "), text(op+" "), r)
	case breaksAlone(right) && !l.hard:
		return edge(concat(l, text(" "+op+" ")), r, text(""))
	case r.hard && !isFn(right):
		return concat(l, text(" "+op), nest(2, hardLine(), r))
	case l.hard:
		return concat(l, text(" "+op+" "), r)
	}
	return group(l, text(" "+op), nest(2, brk(" "), r))
}

func isFn(v lang.Value) bool {
	name, _, ok := call(v)
	return ok && name == "fn"
}

// formatOperand makes the document of an operand of op, in parentheses if
// these are needed.
func formatOperand(v lang.Value, op string, right bool) *doc {
	name, args, ok := call(v)
	if ok && name == "not" && len(args) == 1 && formatNotIn(lang.Nil, args) != nil {
		name, args = "not in", []lang.Value{lang.Nil, lang.Nil}
	}
	if !ok || len(args) != 2 || !isBinary(name) {
		return format(v)
	}
	outer, inner := binaries[op], binaries[name]
	chained := outer.prec == inner.prec && outer.right == right
	switch {
	case chained && (!apart[op] || op == name || pipes[op] && pipes[name]):
		return format(v)
	case apart[op] && name != ".." && name != "//", logical[op] && logical[name] && op != name,
		outer.prec > inner.prec, outer.prec == inner.prec && outer.right != right, chained:
		return parens(format(v))
	}
	return format(v)
}

func parens(d *doc) *doc { return concat(text("("), nest(1, d), text(")")) }

// formatUnary makes the document of an operator before its operand.
func formatUnary(op string, operand lang.Value) *doc {
	d := format(operand)
	name, args, ok := call(operand)
	switch {
	case ok && name == "__block__" && len(args) == 1:
		return formatUnary(op, args[0])
	case ok && len(args) == 2 && isBinary(name), ok && len(args) == 1 && unaries[name] != 0 && name != "&" && name != "@":
		d = parens(d)
	}
	if op == "not" {
		op = "not "
	}
	return concat(text(op), d)
}

// formatCapture makes the document of &.
func formatCapture(_ lang.Value, args []lang.Value) *doc {
	if len(args) != 1 {
		return nil
	}
	v := args[0]
	if v.IsInt() {
		return text("&" + lang.Inspect(v))
	}
	name, operands, ok := call(v)
	if ok && name == "/" && len(operands) == 2 && operands[1].IsInt() {
		if f := capturedName(operands[0]); f != "" {
			if strings.HasPrefix(f, "&") {
				f = " " + f
			}
			return text("&" + f + "/" + lang.Inspect(operands[1]))
		}
	}
	d := format(v)
	switch {
	case ok && len(operands) == 2 && isBinary(name), ok && len(operands) == 1 && unaries[name] != 0 && name != "&":
		return concat(text("&"), parens(d))
	case strings.HasPrefix(d.render(), "&"):
		return concat(text("& "), d)
	}
	return concat(text("&"), d)
}

// capturedName gives the name of a function as it is written before its
// arity, "" if it is no name.
func capturedName(v lang.Value) string {
	head, _, rest, ok := triple(v)
	if !ok {
		return ""
	}
	if k, isName := head.AsKeyword(); isName {
		if _, isCall := elements(rest); isCall {
			return ""
		}
		return k.Name
	}
	dot, target, isDot := call(head)
	if args, _ := elements(rest); !isDot || dot != "." || len(target) != 2 || len(args) > 0 {
		return ""
	}
	name, _ := target[1].AsKeyword()
	return formatTarget(target[0]).render() + "." + remoteName(name.Name)
}

// formatAttribute makes the document of @name value.
func formatAttribute(_ lang.Value, args []lang.Value) *doc {
	if len(args) != 1 {
		return nil
	}
	name, vals, ok := call(args[0])
	if ok && len(vals) == 1 && !isBinary(name) && unaries[name] == 0 {
		if list, isList := elements(vals[0]); isList && isKeywords(list) {
			return concat(text("@"+name+" "), join(formatItems(vals)))
		}
		if name == "spec" || name == "type" || name == "typep" || name == "opaque" || name == "callback" || !hasDo(vals[0]) {
			return concat(text("@"+name+" "), format(vals[0]))
		}
	}
	return concat(text("@"), format(args[0]))
}

// hasDo reports whether v is a call with a do block.
func hasDo(v lang.Value) bool {
	_, args, ok := call(v)
	if !ok || len(args) == 0 {
		return false
	}
	_, isDo := doSections(args[len(args)-1])
	return isDo
}

// formatRemote makes the document of a call of anything but a local name.
func formatRemote(head, meta lang.Value, args []lang.Value) *doc {
	dot, target, ok := call(head)
	if !ok || dot != "." {
		if name, inner, isCall := call(head); isCall && name == "unquote" && len(inner) == 1 {
			return formatCall(format(head), args, false)
		}
		return formatCall(formatTarget(head), args, false)
	}
	switch len(target) {
	case 1:
		d := concat(formatTarget(target[0]), text("."))
		if len(args) > 0 && hasDo(lang.Vec(lang.K("x"), noMeta, list(args...))) {
			return formatCall(d, args, true)
		}
		return formatCall(d, args, false)
	case 2:
		return formatDotted(target[0], target[1], meta, args)
	}
	return nil
}

// formatDotted makes the document of a call target.name(args), which may
// stand for an access, a group of aliases, or a string.
func formatDotted(target, name, meta lang.Value, args []lang.Value) *doc {
	k, isName := name.AsKeyword()
	if !isName {
		return formatCall(concat(formatTarget(target), text("."), format(name)), args, false)
	}
	switch {
	case target == lang.K("Elixir.Access") && k.Name == "get" && len(args) == 2:
		return group(formatTarget(args[0]), text("["), nest(2, brk(""), join(formatItems(args[1:]))), brk(""), text("]"))
	case k.Name == "{}":
		return concat(formatTarget(target), text("."), formatContainer("{", args, "}", false))
	case target == lang.K("erlang") && k.Name == "binary_to_atom" && len(args) == 2:
		if kind, parts, ok := call(args[0]); ok && kind == "<<>>" && isInterpolated(parts) {
			return text(`:"` + interpolated(parts, func(s string) string { return escapeText(s, `"`) }) + `"`)
		}
	case target == lang.K("Elixir.List") && k.Name == "to_charlist" && len(args) == 1:
		if parts, ok := elements(args[0]); ok {
			return text("'" + interpolated(parts, func(s string) string { return strings.Trim(quoted(s, '\''), "'") }) + "'")
		}
	}
	head := concat(formatTarget(target), text("."), text(remoteName(k.Name)))
	if bare, _ := entry(meta, "no_parens"); bare == lang.True && len(args) == 0 && !isModule(target) {
		return head
	}
	if len(args) > 0 {
		if _, ok := doSections(args[len(args)-1]); ok {
			return formatCall(head, args, true)
		}
	}
	return formatCall(head, args, false)
}

// isModule reports whether the target of a call is a name of a module.
func isModule(v lang.Value) bool {
	name, _, ok := call(v)
	_, isAtom := lang.AtomName(v)
	return isAtom || ok && name == "__aliases__"
}

// formatTarget makes the document of what stands before a dot or a bracket.
func formatTarget(v lang.Value) *doc {
	d := format(v)
	if name, args, ok := call(v); ok {
		if name == "fn" || name == "&" && !args[0].IsInt() || len(args) == 2 && isBinary(name) || len(args) == 1 && unaries[name] != 0 && name != "@" && name != "&" || hasDo(v) {
			return parens(d)
		}
	}
	return d
}

// remoteName gives the name of a function as it is written behind a dot.
func remoteName(name string) string {
	if s := lang.Inspect(lang.K(name)); s != ":"+name && !isReserved(name) || name[0] >= 'A' && name[0] <= 'Z' {
		return quoted(name, '"')
	}
	return name
}
