package core

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var regexNatives = []*lang.Native{
	{Name: "clojure.core/re-pattern", Min: 1, Max: 1, Args: "[s]", Doc: "The regular expression that s spells. (re-pattern \"a+\") ;=> #\"a+\"",
		Pure: one(func(v lang.Value) lang.Value { return lang.Obj(pattern(v)) })},
	{Name: "clojure.core/re-find", Min: 1, Max: 2, Args: "[m] [re s]", Run: reFind, Doc: "The first match of re in s: the text, or with groups a vector of it and theirs; nil if none. (re-find #\"\\d+\" \"a12\") ;=> \"12\""},
	{Name: "clojure.core/re-matches", Min: 2, Max: 2, Args: "[re s]", Doc: "What re-find gives if re matches s from end to end, else nil.",
		Pure: two(func(re, s lang.Value) lang.Value { return groups(text(s), fullMatch(pattern(re), text(s))) })},
	{Name: "clojure.core/re-seq", Min: 2, Max: 2, Args: "[re s]", Doc: "All matches of re in s, one after the other, each as re-find gives it; nil if none. (re-seq #\"\\d\" \"1a2\") ;=> (\"1\" \"2\")",
		Pure: two(reSeq)},
	{Name: "clojure.core/re-matcher", Min: 2, Max: 2, Args: "[re s]", Doc: "A matcher, which finds one match after the other.",
		Pure: two(func(re, s lang.Value) lang.Value { return lang.Obj(&Matcher{re: pattern(re), s: text(s)}) })},
	{Name: "clojure.core/re-groups", Min: 1, Max: 1, Args: "[m]", Doc: "What a matcher found last, as re-find gives it.",
		Pure: one(func(v lang.Value) lang.Value {
			m := object[*Matcher](v, matcherClass)
			return groups(m.s, m.mustMatch())
		})},
	{Name: "clojure.string/split", Min: 2, Max: 3, Args: "[s re] [s re limit]", Pure: split, Doc: "The parts of s between the matches of re, at most limit of them. (clojure.string/split \"a,b\" #\",\") ;=> [\"a\" \"b\"]"},
	{Name: "clojure.string/replace", Min: 3, Max: 3, Args: "[s match replacement]", Run: replaceAll, Doc: "s with every match replaced. match is a string, a character or a pattern; behind a pattern replacement may be a function of the match. (clojure.string/replace \"aa\" \"a\" \"b\") ;=> \"bb\""},
	{Name: "clojure.string/replace-first", Min: 3, Max: 3, Args: "[s match replacement]", Run: replaceFirst, Doc: "As replace, for the first match alone."},
}

// pattern gives the regular expression in v, compiling a string.
func pattern(v lang.Value) *lang.Regex {
	switch x := v.Obj().(type) {
	case *lang.Regex:
		return x
	case string:
		re, err := lang.NewRegex(x)
		if err != nil {
			lang.Raise(lang.PatternSyntaxException, "%s", err)
		}
		return re
	}
	panic(lang.CastError(v, lang.PatternClass))
}

// groups gives a match, as indices, as re-find does.
func groups(s string, m []int) lang.Value {
	switch len(m) {
	case 0:
		return lang.Nil
	case 2:
		return lang.Str(s[m[0]:m[1]])
	}
	vs := make([]lang.Value, len(m)/2)
	for i := range vs {
		vs[i] = group(s, m, i)
	}
	return lang.Obj(lang.NewVector(vs))
}

func group(s string, m []int, i int) lang.Value {
	if m[2*i] < 0 {
		return lang.Nil
	}
	return lang.Str(s[m[2*i]:m[2*i+1]])
}

// fullMatch gives the match of all of s, nil if there is none.
func fullMatch(re *lang.Regex, s string) []int {
	if m := re.Re.FindStringSubmatchIndex(s); m == nil || m[0] == 0 && m[1] == len(s) {
		return m
	}
	whole, err := regexp.Compile(`\A(?:` + re.Re.String() + `)\z`)
	if err != nil {
		return nil
	}
	return whole.FindStringSubmatchIndex(s)
}

func reFind(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 1 {
		m := object[*Matcher](args[0], matcherClass)
		m.find(p.W)
		return groups(m.s, m.at)
	}
	s := text(args[1])
	return groups(s, pattern(args[0]).Re.FindStringSubmatchIndex(s))
}

func reSeq(re, v lang.Value) lang.Value {
	s := text(v)
	all := pattern(re).Re.FindAllStringSubmatchIndex(s, -1)
	vs := make([]lang.Value, len(all))
	for i, m := range all {
		vs[i] = groups(s, m)
	}
	if len(vs) == 0 {
		return lang.Nil
	}
	return lang.ListOf(vs...)
}

// Matcher is java.util.regex.Matcher: it finds one match after the other.
type Matcher struct {
	runtime.Stamped
	re *lang.Regex
	s  string
	at []int // the last match, nil if none
	to int   // where the search goes on
}

type matcherState struct {
	at []int
	to int
}

var matcherClass = lang.DefineClass("java.util.regex.Matcher", lang.ObjectClass)

// Class gives Java's class of such a value.
func (m *Matcher) Class() *lang.Class { return matcherClass }

// Save gives the state.
func (m *Matcher) Save() any { return matcherState{m.at, m.to} }

// Restore puts a state back.
func (m *Matcher) Restore(s any) { st := s.(matcherState); m.at, m.to = st.at, st.to }

// find goes to the next match.
func (m *Matcher) find(w *runtime.World) bool {
	w.Touch(m)
	for _, x := range m.re.Re.FindAllStringSubmatchIndex(m.s, -1) {
		if x[0] >= m.to && (m.at == nil || x[0] > m.at[0]) {
			m.at, m.to = x, x[1]
			return true
		}
	}
	m.at, m.to = nil, len(m.s)+1
	return false
}

// matches matches all of the text.
func (m *Matcher) matches(w *runtime.World) bool {
	w.Touch(m)
	m.at = fullMatch(m.re, m.s)
	return m.at != nil
}

func (m *Matcher) mustMatch() []int {
	if m.at == nil {
		lang.Raise(lang.IllegalStateException, "No match found")
	}
	return m.at
}

func split(args []lang.Value) lang.Value {
	s, re, limit := anyText(args[0]), pattern(args[1]), int64(0)
	if len(args) == 3 {
		limit = integer(args[2])
	}
	var parts []string
	at := 0
	for _, m := range re.Re.FindAllStringIndex(s, -1) {
		if limit > 0 && int64(len(parts)) == limit-1 {
			break
		}
		if m[1] == 0 || m[0] == len(s) && m[0] == m[1] { // an empty match at either end splits nothing
			continue
		}
		parts = append(parts, s[at:m[0]])
		at = m[1]
	}
	parts = append(parts, s[at:])
	if limit == 0 {
		parts = dropEmptyEnd(parts)
	}
	return strs(parts)
}

func replaceAll(p *runtime.Process, args []lang.Value) lang.Value { return replace(p, args, -1) }

func replaceFirst(p *runtime.Process, args []lang.Value) lang.Value { return replace(p, args, 1) }

func replace(p *runtime.Process, args []lang.Value, n int) lang.Value {
	s := anyText(args[0])
	re, ok := args[1].Obj().(*lang.Regex)
	if !ok {
		return lang.Str(strings.Replace(s, anyText(args[1]), anyText(args[2]), n))
	}
	r := replacing{s: s, all: re.Re.FindAllStringSubmatchIndex(s, n), with: args[2]}
	if t, ok := args[2].AsString(); ok {
		for _, m := range r.all {
			r.done += s[r.at:m[0]] + expand(re, s, m, t)
			r.at = m[1]
		}
		return lang.Str(r.done + s[r.at:])
	}
	return r.on(p)
}

// replacing is a replacement by a function in progress.
type replacing struct {
	s    string
	all  [][]int // the matches still to be replaced
	at   int     // where in s the text not done yet begins
	done string
	with lang.Value
}

var replaceKont = &runtime.Kont{Name: "replace"}

func init() {
	replaceKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		r := state.(replacing)
		m := r.all[0]
		r.done += r.s[r.at:m[0]] + text(v)
		r.at, r.all = m[1], r.all[1:]
		return r.on(p)
	}
}

func (r replacing) on(p *runtime.Process) lang.Value {
	if len(r.all) == 0 {
		return lang.Str(r.done + r.s[r.at:])
	}
	return p.Call(replaceKont, r, r.with, groups(r.s, r.all[0]))
}

// expand gives a replacement text with its $1 and ${name} filled in, as
// Matcher.appendReplacement does.
func expand(re *lang.Regex, s string, m []int, t string) string {
	if !strings.ContainsAny(t, `$\`) {
		return t
	}
	var b strings.Builder
	for i := 0; i < len(t); i++ {
		switch c := t[i]; {
		case c == '\\' && i+1 < len(t):
			i++
			_, n := utf8.DecodeRuneInString(t[i:])
			b.WriteString(t[i : i+n])
			i += n - 1
		case c == '\\':
			lang.Raise(lang.IllegalArgumentException, "character to be escaped is missing")
		case c == '$':
			g, n := groupRef(re, t[i+1:], len(m)/2)
			if m[2*g] >= 0 {
				b.WriteString(s[m[2*g]:m[2*g+1]])
			}
			i += n
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// groupRef reads what stands behind a $ and gives the number of the group and
// the length of the reference.
func groupRef(re *lang.Regex, t string, count int) (group, length int) {
	if strings.HasPrefix(t, "{") {
		end := strings.IndexByte(t, '}')
		if end < 0 {
			lang.Raise(lang.IllegalArgumentException, "named capturing group is missing trailing '}'")
		}
		g := re.Re.SubexpIndex(t[1:end])
		if g < 0 {
			lang.Raise(lang.IllegalArgumentException, "No group with name {%s}", t[1:end])
		}
		return g, end + 1
	}
	for length < len(t) && t[length] >= '0' && t[length] <= '9' {
		g, _ := strconv.Atoi(t[:length+1])
		if length > 0 && g >= count {
			break
		}
		group = g
		length++
	}
	if length == 0 {
		lang.Raise(lang.IllegalArgumentException, "Illegal group reference")
	}
	if group >= count {
		lang.Raise(lang.IndexOutOfBoundsException, "No group %d", group)
	}
	return group, length
}
