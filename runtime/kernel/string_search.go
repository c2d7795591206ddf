package kernel

import (
	"strings"
	"unicode"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func searchNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "String/split", Min: 1, Max: 3, Args: "string, pattern, options \\\\ []", Pure: splitText, Doc: "The parts of string between the occurrences of pattern: a text, a list of texts or a regex; without one, between white space. String.split(\"a,b\", \",\") #=> [\"a\", \"b\"]"},
		{Name: "String/splitter", Min: 2, Max: 3, Args: "string, pattern, options \\\\ []", Pure: splitText, Doc: "The parts of string, as split gives them."},
		{Name: "String/split_at", Min: 2, Max: 2, Args: "string, position", Pure: splitAt, Doc: "string in two at a position. String.split_at(\"hello\", 2) #=> {\"he\", \"llo\"}"},
		{Name: "String/contains?", Min: 2, Max: 2, Args: "string, contents", Pure: finding("contains?", strings.Contains), Doc: "Whether a text, or one of a list, occurs in string. String.contains?(\"abc\", \"b\") #=> true"},
		{Name: "String/starts_with?", Min: 2, Max: 2, Args: "string, prefix", Pure: finding("starts_with?", strings.HasPrefix), Doc: "Whether string begins with a text, or one of a list. String.starts_with?(\"abc\", \"a\") #=> true"},
		{Name: "String/ends_with?", Min: 2, Max: 2, Args: "string, suffix", Pure: finding("ends_with?", strings.HasSuffix), Doc: "Whether string ends with a text, or one of a list. String.ends_with?(\"abc\", \"c\") #=> true"},
		{Name: "String/match?", Min: 2, Max: 2, Args: "string, regex", Pure: func(args []lang.Value) lang.Value {
			return lang.Bool(regexArg("String", "match?", args, 1).Re.MatchString(binaryArg("String", "match?", args, 0)))
		}, Doc: "Whether a regex matches within string. String.match?(\"foo\", ~r/o/) #=> true"},
		{Name: "String/replace", Min: 3, Max: 4, Args: "subject, pattern, replacement, options \\\\ []", Run: replaceText, Doc: "subject with each occurrence of pattern, a text, a list of texts or a regex, replaced by a text or by what a function makes of it. String.replace(\"a,b\", \",\", \"-\") #=> \"a-b\""},
		{Name: "String/replace_prefix", Min: 3, Max: 3, Args: "string, match, replacement", Pure: replaceEnd("replace_prefix", true, false), Doc: "string with match, if it begins with it, replaced. String.replace_prefix(\"abc\", \"a\", \"x\") #=> \"xbc\""},
		{Name: "String/replace_suffix", Min: 3, Max: 3, Args: "string, match, replacement", Pure: replaceEnd("replace_suffix", false, false), Doc: "string with match, if it ends with it, replaced. String.replace_suffix(\"abc\", \"c\", \"x\") #=> \"abx\""},
		{Name: "String/replace_leading", Min: 3, Max: 3, Args: "string, match, replacement", Pure: replaceEnd("replace_leading", true, true), Doc: "string with each match at its beginning replaced. String.replace_leading(\"aab\", \"a\", \"x\") #=> \"xxb\""},
		{Name: "String/replace_trailing", Min: 3, Max: 3, Args: "string, match, replacement", Pure: replaceEnd("replace_trailing", false, true), Doc: "string with each match at its end replaced. String.replace_trailing(\"abb\", \"b\", \"x\") #=> \"axx\""},
	}
}

// patternArg gives the texts of argument i: one, or a list of them.
func patternArg(mod, fun string, args []lang.Value, i int) []string {
	if s, ok := args[i].AsString(); ok {
		return []string{s}
	}
	var out []string
	for _, v := range listArg(mod, fun, args, i) {
		s, ok := v.AsString()
		if !ok {
			noClause(mod, fun, args)
		}
		out = append(out, s)
	}
	return out
}

// finding makes a predicate on a string and one text or several.
func finding(name string, has func(s, part string) bool) pure {
	return func(args []lang.Value) lang.Value {
		s := binaryArg("String", name, args, 0)
		for _, part := range patternArg("String", name, args, 1) {
			if has(s, part) {
				return lang.True
			}
		}
		return lang.False
	}
}

// occurrences gives the places of the texts in s, at most n of them unless n
// is negative: the leftmost first, of several at one place the longest.
func occurrences(s string, parts []string, n int) [][]int {
	var out [][]int
	for at := 0; at <= len(s) && n != 0; n-- {
		best, end := -1, 0
		for _, part := range parts {
			if part == "" {
				continue
			}
			if i := strings.Index(s[at:], part); i >= 0 && (best < 0 || at+i < best || at+i == best && best+len(part) > end) {
				best, end = at+i, at+i+len(part)
			}
		}
		if best < 0 {
			break
		}
		out = append(out, []int{best, end})
		at = end
	}
	return out
}

// breakable reports whether r is white space at which a text may be broken.
func breakable(r rune) bool { return unicode.IsSpace(r) && r != 0xa0 && r != 0x202f }

func splitText(args []lang.Value) lang.Value {
	s := binaryArg("String", "split", args, 0)
	if len(args) == 1 {
		return binaries(strings.FieldsFunc(s, breakable))
	}
	opts := optionsArg(args, 2)
	if re, ok := args[1].Obj().(*lang.Regex); ok {
		return binaries(regexSplit(re, s, opts))
	}
	if !args[1].IsString() && !isList(args[1]) {
		badArg(1, "not a valid pattern")
	}
	parts := patternArg("String", "split", args, 1)
	if len(parts) == 1 && parts[0] == "" {
		return splitLetters(s, opts)
	}
	limit := -1
	if v := option(opts, "parts", lang.Nil); v.IsInt() {
		limit = int(v.AsInt()) - 1
	}
	return binaries(between(s, occurrences(s, parts, limit), option(opts, "trim", lang.False).Truthy()))
}

// between gives the parts of s between places, without empty ones if trim.
func between(s string, places [][]int, trim bool) []string {
	var out []string
	at := 0
	add := func(part string) {
		if part != "" || !trim {
			out = append(out, part)
		}
	}
	for _, m := range places {
		add(s[at:m[0]])
		at = m[1]
	}
	add(s[at:])
	return out
}

// splitLetters splits at the empty text: into graphemes, with an empty one at both ends.
func splitLetters(s string, opts lang.Value) lang.Value {
	out := append(append([]string{""}, graphemes(s)...), "")
	if n := option(opts, "parts", lang.Nil); n.IsInt() && n.AsInt() > 0 && int(n.AsInt()) < len(out) {
		rest := strings.Join(out[n.AsInt()-1:], "")
		out = append(out[:n.AsInt()-1:n.AsInt()-1], rest)
	}
	if option(opts, "trim", lang.False).Truthy() {
		kept := out[:0]
		for _, g := range out {
			if g != "" {
				kept = append(kept, g)
			}
		}
		out = kept
	}
	return binaries(out)
}

func splitAt(args []lang.Value) lang.Value {
	s, at := binaryArg("String", "split_at", args, 0), intArg("String", "split_at", args, 1)
	if at < 0 {
		at = max(at+int64(graphemeCount(s)), 0)
	}
	head := span(s, 0, at)
	return lang.Vec(lang.Str(head), lang.Str(s[len(head):]))
}

// replaceEnd makes a function that replaces a text at one end of another,
// once or as often as it stands there.
func replaceEnd(name string, front, often bool) pure {
	return func(args []lang.Value) lang.Value {
		s, what, with := binaryArg("String", name, args, 0), binaryArg("String", name, args, 1), binaryArg("String", name, args, 2)
		if often && what == "" {
			argumentError("cannot use an empty string as the match to replace")
		}
		done := ""
		for {
			rest, ok := strings.CutPrefix(s, what)
			if !front {
				rest, ok = strings.CutSuffix(s, what)
			}
			if !ok {
				break
			}
			s, done = rest, done+with
			if !often {
				break
			}
		}
		if front {
			return lang.Str(done + s)
		}
		return lang.Str(s + done)
	}
}

func replaceText(p *runtime.Process, args []lang.Value) lang.Value {
	s := binaryArg("String", "replace", args, 0)
	n := -1
	if option(optionsArg(args, 3), "global", lang.True) == lang.False {
		n = 1
	}
	if re, ok := args[1].Obj().(*lang.Regex); ok {
		return replaceMatches(p, re, s, args[2], n)
	}
	places := occurrences(s, patternArg("String", "replace", args, 1), n)
	if args[1] == lang.Str("") {
		places = letterEnds(s, n)
	}
	r := replacement{s: s, places: places, with: args[2]}
	if with, ok := args[2].AsString(); ok {
		r.expand = func([]int) string { return with }
	} else {
		checkFunction(args[2])
	}
	return r.on(p)
}

// letterEnds gives the places between the graphemes of s, and at both ends.
func letterEnds(s string, n int) [][]int {
	out := [][]int{{0, 0}}
	for at := 0; at < len(s); {
		at += graphemeLen(s[at:])
		out = append(out, []int{at, at})
	}
	if n >= 0 {
		out = out[:n]
	}
	return out
}

// replacement is a replacement in progress: places are those still to come.
type replacement struct {
	s      string
	places [][]int
	at     int                // what stands before is done
	done   string             // the text so far
	with   lang.Value         // a function of the match and its groups
	arity  int                // how many of those it takes
	expand func([]int) string // in place of with
}

var replacementKont = &runtime.Kont{Name: "replace"}

func init() {
	replacementKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		r := state.(replacement)
		text, ok := iodata(v)
		if !ok {
			lang.RaiseReason(lang.K("badarg"))
		}
		return r.put(text).on(p)
	}
}

func (r replacement) put(text string) replacement {
	m := r.places[0]
	r.done += r.s[r.at:m[0]] + text
	r.at, r.places = m[1], r.places[1:]
	return r
}

func (r replacement) on(p *runtime.Process) lang.Value {
	if r.expand != nil {
		var b strings.Builder
		for _, m := range r.places {
			b.WriteString(r.s[r.at:m[0]])
			b.WriteString(r.expand(m))
			r.at = m[1]
		}
		return lang.Str(b.String() + r.s[r.at:])
	}
	if len(r.places) == 0 {
		return lang.Str(r.done + r.s[r.at:])
	}
	m := r.places[0]
	args := make([]lang.Value, max(r.arity, 1))
	for i := range args {
		args[i] = lang.Str("")
		if 2*i < len(m) && m[2*i] >= 0 {
			args[i] = lang.Str(r.s[m[2*i]:m[2*i+1]])
		}
	}
	return p.Call(replacementKont, r, r.with, args...)
}
