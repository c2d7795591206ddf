package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func regexNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Regex/compile", Min: 1, Max: 2, Args: "source, options \\\\ \"\"", Pure: func(args []lang.Value) lang.Value {
			re, err := compileRegex(args)
			if err != nil {
				return failed(lang.Vec(charlist(err.Error()), lang.Int(0)))
			}
			return ok(lang.Obj(re))
		}, Doc: "{:ok, regex} of a pattern, or {:error, reason}."},
		{Name: "Regex/compile!", Min: 1, Max: 2, Args: "source, options \\\\ \"\"", Pure: func(args []lang.Value) lang.Value {
			re, err := compileRegex(args)
			if err != nil {
				Raise("Regex.CompileError", err.Error())
			}
			return lang.Obj(re)
		}, Doc: "The regex of a pattern. Regex.compile!(\"a+\") #=> ~r/a+/"},
		{Name: "Regex/run", Min: 2, Max: 3, Args: "regex, string, options \\\\ []", Pure: regexRun, Doc: "The first match and its groups, nil if there is none. Regex.run(~r/b(.)/, \"abc\") #=> [\"bc\", \"c\"]"},
		{Name: "Regex/scan", Min: 2, Max: 3, Args: "regex, string, options \\\\ []", Pure: regexScan, Doc: "All matches, each with its groups. Regex.scan(~r/\\d/, \"1a2\") #=> [[\"1\"], [\"2\"]]"},
		{Name: "Regex/match?", Min: 2, Max: 2, Args: "regex, string", Pure: func(args []lang.Value) lang.Value {
			return lang.Bool(regexArg("Regex", "match?", args, 0).Re.MatchString(binaryArg("Regex", "match?", args, 1)))
		}, Doc: "Whether a regex matches within string. Regex.match?(~r/b/, \"abc\") #=> true"},
		{Name: "Regex/named_captures", Min: 2, Max: 3, Args: "regex, string, options \\\\ []", Pure: namedCaptures, Doc: "The named groups of the first match as a map, nil if there is none."},
		{Name: "Regex/names", Min: 1, Max: 1, Args: "regex", Pure: func(args []lang.Value) lang.Value {
			return binaries(groupNames(regexArg("Regex", "names", args, 0)))
		}, Doc: "The names of the groups. Regex.names(~r/(?<a>.)/) #=> [\"a\"]"},
		{Name: "Regex/replace", Min: 3, Max: 4, Args: "regex, string, replacement, options \\\\ []", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			n := -1
			if option(optionsArg(args, 3), "global", lang.True) == lang.False {
				n = 1
			}
			return replaceMatches(p, regexArg("Regex", "replace", args, 0), binaryArg("Regex", "replace", args, 1), args[2], n)
		}, Doc: "string with the matches replaced by a text, in which \\\\1 is a group, or by what a function makes of them. Regex.replace(~r/o/, \"foo\", \"0\") #=> \"f00\""},
		{Name: "Regex/split", Min: 2, Max: 3, Args: "regex, string, options \\\\ []", Pure: func(args []lang.Value) lang.Value {
			return binaries(regexSplit(regexArg("Regex", "split", args, 0), binaryArg("Regex", "split", args, 1), optionsArg(args, 2)))
		}, Doc: "The parts of string between the matches. Regex.split(~r/,/, \"a,b\") #=> [\"a\", \"b\"]"},
		{Name: "Regex/source", Min: 1, Max: 1, Args: "regex", Pure: func(args []lang.Value) lang.Value { return lang.Str(regexArg("Regex", "source", args, 0).Source) }, Doc: "The pattern as text. Regex.source(~r/a+/) #=> \"a+\""},
		{Name: "Regex/opts", Min: 1, Max: 1, Args: "regex", Pure: func(args []lang.Value) lang.Value { return lang.Str(regexArg("Regex", "opts", args, 0).Opts) }, Doc: "The modifiers. Regex.opts(~r/a/i) #=> \"i\""},
		{Name: "Regex/escape", Min: 1, Max: 1, Args: "string", Pure: func(args []lang.Value) lang.Value {
			return lang.Str(escapePattern(binaryArg("Regex", "escape", args, 0)))
		}, Doc: "A pattern that matches string as it is. Regex.escape(\"a.b\") #=> \"a\\\\.b\""},
		{Name: "Regex/recompile", Min: 1, Max: 1, Args: "regex", Pure: one(ok), Doc: "{:ok, regex}."},
		{Name: "Regex/recompile!", Min: 1, Max: 1, Args: "regex", Pure: one(func(v lang.Value) lang.Value { return v }), Doc: "regex itself."},
		{Name: "Regex/version", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Vec(lang.Str("RE2"), lang.K("little")) }, Doc: "The engine: it takes time linear in the text."},
		{Name: "Regex/regex?", Min: 1, Max: 1, Args: "term", Pure: test(func(v lang.Value) bool { _, ok := v.Obj().(*lang.Regex); return ok }), Doc: "Whether term is a regex."},
	}
}

func regexArg(mod, fun string, args []lang.Value, i int) *lang.Regex {
	re, ok := args[i].Obj().(*lang.Regex)
	if !ok {
		noClause(mod, fun, args)
	}
	return re
}

// regexOptions are the names of modifiers in a list of options.
var regexOptions = map[string]string{"caseless": "i", "dotall": "s", "multiline": "m", "extended": "x", "ungreedy": "U", "unicode": "u", "firstline": "f"}

func compileRegex(args []lang.Value) (*lang.Regex, error) {
	source := binaryArg("Regex", "compile", args, 0)
	opts := ""
	if len(args) == 2 {
		s, ok := args[1].AsString()
		if opts = s; !ok {
			for _, v := range listArg("Regex", "compile", args, 1) {
				name, _ := lang.AtomName(v)
				opts += regexOptions[name]
			}
		}
	}
	return lang.NewRegexOpts(source, opts)
}

// captured gives the groups of a match as options ask: all, without those
// behind the last that took part; the first; some by name or number.
func captured(re *lang.Regex, s string, m []int, opts lang.Value) lang.Value {
	index := option(opts, "return", lang.Nil) == lang.K("index")
	group := func(i int) lang.Value {
		switch {
		case i < 0 || 2*i >= len(m) || m[2*i] < 0:
			if index {
				return lang.Vec(lang.Int(-1), lang.Int(0))
			}
			return lang.Str("")
		case index:
			return lang.Vec(lang.Int(int64(m[2*i])), lang.Int(int64(m[2*i+1]-m[2*i])))
		}
		return lang.Str(s[m[2*i]:m[2*i+1]])
	}
	from, to := 0, len(m)/2
	switch capture := option(opts, "capture", lang.K("all")); {
	case isList(capture):
		var out []lang.Value
		for _, v := range lang.ToSlice(capture) {
			if v.IsInt() {
				out = append(out, group(int(v.AsInt())))
				continue
			}
			out = append(out, group(re.Re.SubexpIndex(plainText(nil, v))))
		}
		return lang.ListOf(out...)
	case capture == lang.K("first"):
		to = 1
	case capture == lang.K("none"):
		to = 0
	case capture == lang.K("all_but_first"):
		from = 1
	case capture == lang.K("all_names"):
		var out []lang.Value
		for _, name := range groupNames(re) {
			out = append(out, group(re.Re.SubexpIndex(name)))
		}
		return lang.ListOf(out...)
	}
	for to > 1 && m[2*to-2] < 0 {
		to--
	}
	var out []lang.Value
	for i := from; i < to; i++ {
		out = append(out, group(i))
	}
	return lang.ListOf(out...)
}

func regexRun(args []lang.Value) lang.Value {
	re, s, opts := regexArg("Regex", "run", args, 0), binaryArg("Regex", "run", args, 1), optionsArg(args, 2)
	m := re.Re.FindStringSubmatchIndex(s)
	if m == nil {
		return lang.Nil
	}
	return captured(re, s, m, opts)
}

func regexScan(args []lang.Value) lang.Value {
	re, s, opts := regexArg("Regex", "scan", args, 0), binaryArg("Regex", "scan", args, 1), optionsArg(args, 2)
	var out []lang.Value
	for _, m := range re.Re.FindAllStringSubmatchIndex(s, -1) {
		out = append(out, captured(re, s, m, opts))
	}
	return lang.ListOf(out...)
}

// groupNames gives the names of a pattern's groups in order.
func groupNames(re *lang.Regex) []string {
	var out []string
	for _, n := range re.Re.SubexpNames() {
		if n != "" {
			out = append(out, n)
		}
	}
	return sorted(out)
}

func namedCaptures(args []lang.Value) lang.Value {
	re, s := regexArg("Regex", "named_captures", args, 0), binaryArg("Regex", "named_captures", args, 1)
	m := re.Re.FindStringSubmatchIndex(s)
	if m == nil {
		return lang.Nil
	}
	out := lang.EmptyErlangMap
	for _, n := range groupNames(re) {
		i := re.Re.SubexpIndex(n)
		v := ""
		if m[2*i] >= 0 {
			v = s[m[2*i]:m[2*i+1]]
		}
		out = out.Assoc(lang.Str(n), lang.Str(v))
	}
	return lang.Obj(out)
}

// replaceMatches replaces up to n matches in s, all if n is negative.
func replaceMatches(p *runtime.Process, re *lang.Regex, s string, with lang.Value, n int) lang.Value {
	r := replacement{s: s, places: re.Re.FindAllStringSubmatchIndex(s, n), with: with}
	if t, ok := with.AsString(); ok {
		r.expand = func(m []int) string { return expandGroups(t, s, m) }
		return r.on(p)
	}
	checkFunction(with)
	r.arity = arityOf(with)
	return r.on(p)
}

// expandGroups gives a replacement text with its \1, \g{1} and \\ filled in.
func expandGroups(t, s string, m []int) string {
	if !strings.Contains(t, `\`) {
		return t
	}
	var b strings.Builder
	for i := 0; i < len(t); i++ {
		if t[i] != '\\' || i+1 == len(t) {
			b.WriteByte(t[i])
			continue
		}
		i++
		group, n := -1, 0
		switch c := t[i]; {
		case c >= '0' && c <= '9':
			group = int(c - '0')
		case strings.HasPrefix(t[i:], "g{"):
			if end := strings.IndexByte(t[i:], '}'); end > 0 {
				if g, ok := smallNumber(t[i+2 : i+end]); ok {
					group, n = g, end
				}
			}
		case c == '\\':
			b.WriteByte(c)
			continue
		}
		if group < 0 {
			b.WriteString(t[i-1 : i+1])
			continue
		}
		i += n
		if 2*group < len(m) && m[2*group] >= 0 {
			b.WriteString(s[m[2*group]:m[2*group+1]])
		}
	}
	return b.String()
}

// regexSplit splits s at the matches of a pattern.
func regexSplit(re *lang.Regex, s string, opts lang.Value) []string {
	n := -1
	if v := option(opts, "parts", lang.Nil); v.IsInt() {
		n = int(v.AsInt()) - 1
	}
	trim := option(opts, "trim", lang.False).Truthy()
	if s == "" {
		return between(s, nil, trim)
	}
	var places [][]int
	for _, m := range re.Re.FindAllStringIndex(s, -1) {
		if len(places) == n {
			break
		}
		if m[0] == m[1] && m[0] == len(s) {
			continue
		}
		if m[0] == m[1] && m[0] == 0 {
			continue
		}
		places = append(places, m)
	}
	out := between(s, places, trim)
	if option(opts, "include_captures", lang.False).Truthy() {
		out = nil
		at := 0
		for _, m := range places {
			out = append(out, s[at:m[0]], s[m[0]:m[1]])
			at = m[1]
		}
		out = append(out, s[at:])
	}
	return out
}

// escapePattern puts a backslash before what means something in a pattern.
func escapePattern(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(`.^$*+?()[]{}|\#-`, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == ' ':
			b.WriteString(`\ `)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// matches is =~.
func matches(a, b lang.Value) lang.Value {
	args := []lang.Value{a, b}
	s := binaryArg("Kernel", "=~", args, 0)
	if part, ok := b.AsString(); ok {
		return lang.Bool(strings.Contains(s, part))
	}
	return lang.Bool(regexArg("Kernel", "=~", args, 1).Re.MatchString(s))
}
