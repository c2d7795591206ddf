package elixir

import (
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
)

// formatLiteral makes the document of what is no triple.
func formatLiteral(v lang.Value) *doc {
	switch x := v.Obj().(type) {
	case string:
		return text(quoted(x, '"'))
	case *lang.Keyword:
		if x.Name == "..//" || x.Name == `\\` {
			return text(":" + quoted(x.Name, '"'))
		}
	case *big.Int:
		return text(underscored(x.String()))
	case *lang.Vector:
		if x.Len() == 2 {
			return formatTuple([]lang.Value{x.Nth(0), x.Nth(1)})
		}
	}
	switch {
	case v.IsInt():
		return text(underscored(lang.Inspect(v)))
	case v.IsFloat():
		whole, fraction, _ := strings.Cut(lang.Inspect(v), ".")
		return text(underscored(whole) + "." + fraction)
	}
	if list, ok := elements(v); ok {
		return formatList(v, list)
	}
	return text(lang.Inspect(v))
}

// quoted gives a text between quotation marks, with the escapes that Elixir's
// formatter uses; bytes that are no UTF-8 are escaped, too.
func quoted(s string, mark rune) string {
	var b strings.Builder
	b.WriteRune(mark)
	for i, r := range s {
		_, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02X`, s[i])
		case r == 0:
			b.WriteString(`\0`)
		default:
			q := []rune(lang.QuoteElixir(string(r), mark))
			b.WriteString(string(q[1 : len(q)-1]))
		}
	}
	b.WriteRune(mark)
	return strings.ReplaceAll(b.String(), "#{", `\#{`)
}

// underscored puts underscores into a number of six digits and more.
func underscored(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if len(digits) < 6 {
		return sign + digits
	}
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, parts...), "_")
}

// formatList makes the document of a list, a charlist, or of clauses.
func formatList(v lang.Value, list []lang.Value) *doc {
	if clauses, ok := arrows(v); ok {
		return concat(text("("), nest(1, formatArrows(clauses)), text(")"))
	}
	if s := lang.Inspect(v); strings.HasPrefix(s, "'") {
		return text(s)
	}
	return formatContainer("[", splitKeys(list), "]", true)
}

// splitKeys makes one list of the keys with which a list ends.
func splitKeys(list []lang.Value) []lang.Value {
	n := len(list)
	for n > 0 && isKeywords(list[n-1:n]) {
		n--
	}
	if n == len(list) {
		return list
	}
	return append(append([]lang.Value{}, list[:n]...), lang.ListOf(list[n:]...))
}

// formatArrows makes the document of clauses in parentheses.
func formatArrows(clauses []lang.Value) *doc {
	d := concat()
	for i, c := range clauses {
		_, args, _ := call(c)
		if i > 0 {
			d = concat(d, hardLine())
		}
		head := formatHead(args[0])
		if heads, _ := elements(args[0]); len(heads) == 0 {
			head = text("() ->")
		}
		d = concat(d, group(head, nest(2, brk(" "), formatBody(args[1]))))
	}
	return d
}

// formatContainer makes the document of elements in brackets.
func formatContainer(open string, items []lang.Value, close string, keys bool) *doc {
	if len(items) == 0 {
		return text(open + close)
	}
	var docs []*doc
	if keys {
		docs = formatItems(items)
	} else {
		for _, v := range items {
			docs = append(docs, format(v))
		}
	}
	return group(text(open), nest(2, brk(""), join(docs)), brk(""), text(close))
}

// formatTuple makes the document of a tuple, whose lines are filled.
func formatTuple(items []lang.Value) *doc {
	return group(text("{"), nest(1, fill(formatItems(items))), text("}"))
}

// formatMap makes the document of a map's entries behind open.
func formatMap(open string, args []lang.Value) *doc {
	if len(args) == 1 {
		if name, operands, ok := call(args[0]); ok && name == "|" && len(operands) == 2 {
			entries, _ := elements(operands[1])
			head := concat(format(operands[0]), text(" | "))
			return group(text(open), nest(2, brk(""), head, join(formatPairs(entries))), brk(""), text("}"))
		}
	}
	if len(args) == 0 {
		return text(open + "}")
	}
	return group(text(open), nest(2, brk(""), join(formatPairs(args))), brk(""), text("}"))
}

// formatPairs makes the documents of a map's entries; those that come last
// and have atoms for keys are written key: value.
func formatPairs(entries []lang.Value) []*doc {
	n := len(entries)
	for n > 0 && isKeywords(entries[n-1:n]) {
		n--
	}
	var docs []*doc
	for i, e := range entries {
		kv, ok := e.Obj().(*lang.Vector)
		switch {
		case i >= n:
			docs = append(docs, formatEntry(e))
		case ok && kv.Len() == 2:
			docs = append(docs, group(format(kv.Nth(0)), text(" => "), format(kv.Nth(1))))
		default:
			docs = append(docs, format(e))
		}
	}
	return docs
}

func formatStruct(_ lang.Value, args []lang.Value) *doc {
	if len(args) != 2 {
		return nil
	}
	name, entries, ok := call(args[1])
	if !ok || name != "%{}" {
		return nil
	}
	return concat(text("%"), format(args[0]), formatMap("{", entries))
}

// formatBits makes the document of <<>>: a bitstring, or a string with
// interpolations.
func formatBits(meta lang.Value, args []lang.Value) *doc {
	if isInterpolated(args) {
		return text(`"` + interpolated(args, func(s string) string { return escapeText(s, `"`) }) + `"`)
	}
	if len(args) == 0 {
		return text("<<>>")
	}
	var docs []*doc
	for i, a := range args {
		d := formatSegment(a)
		if name, _, ok := call(a); ok && name == "<<>>" && !isInterpolated(argsOf(a)) && (i == 0 || i == len(args)-1) {
			d = concat(text("("), d, text(")"))
		}
		docs = append(docs, d)
	}
	return group(text("<<"), nest(2, fill(docs)), text(">>"))
}

// argsOf gives the arguments of a call of a name.
func argsOf(v lang.Value) []lang.Value {
	_, args, _ := call(v)
	return args
}

// formatSegment makes the document of a segment, whose :: has no blanks.
func formatSegment(v lang.Value) *doc {
	name, args, ok := call(v)
	switch {
	case ok && name == "::" && len(args) == 2:
		return concat(formatOperand(args[0], "::", false), text("::"), formatSpec(args[1]))
	case ok && name == "<-" && len(args) == 2:
		return concat(formatSegment(args[0]), text(" <- "), formatOperand(args[1], "<-", true))
	}
	return format(v)
}

// formatSpec makes the document of a segment's type: binary-size(3).
func formatSpec(v lang.Value) *doc {
	if name, args, ok := call(v); ok && len(args) == 2 && (name == "-" || name == "*") {
		return concat(formatSpec(args[0]), text(name), formatSpec(args[1]))
	}
	return format(v)
}

// interpolation gives the expression of a part of an interpolated string.
func interpolation(v lang.Value) (lang.Value, bool) {
	name, args, ok := call(v)
	if !ok || name != "::" || len(args) != 2 {
		return lang.Nil, false
	}
	return stringCall(args[0])
}

// stringCall gives the argument of a call of Kernel.to_string that an
// interpolation made.
func stringCall(v lang.Value) (lang.Value, bool) {
	head, _, rest, ok := triple(v)
	dot, target, ok2 := call(head)
	args, _ := elements(rest)
	if !ok || !ok2 || dot != "." || len(target) != 2 || len(args) != 1 || target[0] != lang.K("Elixir.Kernel") || target[1] != lang.K("to_string") {
		return lang.Nil, false
	}
	return args[0], true
}

// isInterpolated reports whether the segments of <<>> are those of a string.
func isInterpolated(args []lang.Value) bool {
	some := false
	for _, a := range args {
		if _, ok := interpolation(a); ok {
			some = true
		} else if _, ok := a.AsString(); !ok {
			return false
		}
	}
	return some
}

// interpolated gives the text of a string's parts; escape is applied to those
// that are text.
func interpolated(parts []lang.Value, escape func(string) string) string {
	var b strings.Builder
	for _, a := range parts {
		if s, ok := a.AsString(); ok {
			b.WriteString(escape(s))
			continue
		}
		x, ok := interpolation(a)
		if !ok {
			x, _ = stringCall(a)
		}
		b.WriteString("#{" + formatBody(x).render() + "}")
	}
	return b.String()
}

// escapeText escapes what would end a string or begin an interpolation.
func escapeText(s, quote string) string {
	return strings.NewReplacer(`\`, `\\`, quote, `\`+quote, "#{", `\#{`).Replace(s)
}

// formatSigil makes the document of a sigil.
func formatSigil(name string, meta lang.Value, args []lang.Value) *doc {
	d, ok := entry(meta, "delimiter")
	open, isText := d.AsString()
	kind, parts, isBits := call(args[0])
	if !ok || !isText || open == "" || closers[open[0]] == "" || !isBits || kind != "<<>>" {
		return nil
	}
	mods := ""
	letters, _ := elements(args[1])
	for _, r := range letters {
		mods += string(rune(r.AsInt()))
	}
	close := strings.Repeat(closers[open[0]], len(open))
	body := interpolated(parts, func(s string) string { return strings.ReplaceAll(s, close, `\`+close) })
	if len(open) == 3 {
		open += "\n"
	}
	return text("~" + strings.TrimPrefix(name, "sigil_") + open + body + close + mods)
}
