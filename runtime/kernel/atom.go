package kernel

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// atomNatives are Atom, Tuple's natives being elsewhere, and Version.
func atomNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Atom/to_string", Min: 1, Max: 1, Args: "atom", Pure: one(func(v lang.Value) lang.Value { return lang.Str(atomArg(v)) }), Doc: "The name of an atom. Atom.to_string(:a) #=> \"a\""},
		{Name: "Atom/to_charlist", Min: 1, Max: 1, Args: "atom", Pure: one(func(v lang.Value) lang.Value { return charlist(atomArg(v)) }), Doc: "The name of an atom as a charlist. Atom.to_charlist(:a) #=> 'a'"},
		{Name: "Version/parse", Min: 1, Max: 1, Args: "string", Pure: func(args []lang.Value) lang.Value {
			if v, valid := parseVersion(binaryArg("Version", "parse", args, 0)); valid {
				return ok(v.value())
			}
			return errorAtom
		}, Doc: "{:ok, version} of a text like 1.2.3, or :error."},
		{Name: "Version/parse!", Min: 1, Max: 1, Args: "string", Pure: one(func(v lang.Value) lang.Value { return versionArg(v).value() }), Doc: "The version of a text like 1.2.3."},
		{Name: "Version/to_string", Min: 1, Max: 1, Args: "version", Pure: one(func(v lang.Value) lang.Value {
			m, _ := v.Obj().(*lang.Map)
			s, _ := versionText(m)
			return lang.Str(s)
		}), Doc: "A version as text."},
		{Name: "Version/compare", Min: 2, Max: 2, Args: "version1, version2", Pure: two(func(a, b lang.Value) lang.Value {
			return lang.K([]string{"lt", "eq", "gt"}[versionArg(a).compare(versionArg(b))+1])
		}), Doc: ":lt, :eq or :gt, as version1 is before, with or after version2. Version.compare(\"1.2.0\", \"1.10.0\") #=> :lt"},
		{Name: "Version/match?", Min: 2, Max: 3, Args: "version, requirement", Pure: versionMatches, Doc: "Whether a version is what a requirement asks. Version.match?(\"1.5.0\", \"~> 1.2\") #=> true"},
	}
}

// version is a version as semver.org has it.
type version struct {
	n   [3]int
	pre string
}

func parseVersion(s string) (v version, ok bool) {
	s, _, _ = strings.Cut(s, "+")
	s, v.pre, _ = strings.Cut(s, "-")
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return v, false
	}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 31)
		if err != nil {
			return v, false
		}
		v.n[i] = int(n)
	}
	return v, true
}

func versionArg(v lang.Value) version {
	s, ok := v.AsString()
	if m, isMap := v.Obj().(*lang.Map); isMap {
		s, ok = versionText(m)
	}
	out, valid := parseVersion(s)
	if !ok || !valid {
		lang.RaiseReason(exceptionOf("Version.InvalidVersionError", lang.K("version"), v))
	}
	return out
}

func (v version) value() lang.Value {
	pre := emptyList
	if v.pre != "" {
		pre = binaries(strings.Split(v.pre, "."))
	}
	return lang.Obj(newStruct("Version", lang.K("major"), num(v.n[0]), lang.K("minor"), num(v.n[1]), lang.K("patch"), num(v.n[2]), lang.K("pre"), pre, lang.K("build"), lang.Nil))
}

func (v version) compare(o version) int {
	if c := slices.Compare(v.n[:], o.n[:]); c != 0 {
		return c
	}
	switch {
	case v.pre == o.pre:
		return 0
	case v.pre == "":
		return 1
	case o.pre == "":
		return -1
	}
	return strings.Compare(v.pre, o.pre)
}

// versionText gives a version as text.
func versionText(m *lang.Map) (string, bool) {
	ok := true
	s := strconv.Itoa(number(m, "major", &ok)) + "." + strconv.Itoa(number(m, "minor", &ok)) + "." + strconv.Itoa(number(m, "patch", &ok))
	pre := m.GetKw(lang.InternKeyword("", "pre"))
	if isList(pre) && lang.Count(pre) > 0 {
		var parts []string
		for _, v := range lang.ToSlice(pre) {
			parts = append(parts, lang.String(v))
		}
		s += "-" + strings.Join(parts, ".")
	}
	return s, ok
}

// versionMatches is Version.match?: requirements joined by "and" and "or".
func versionMatches(args []lang.Value) lang.Value {
	v := versionArg(args[0])
	for _, either := range strings.Split(binaryArg("Version", "match?", args, 1), " or ") {
		all := true
		for _, each := range strings.Split(either, " and ") {
			all = all && v.satisfies(strings.TrimSpace(each))
		}
		if all {
			return lang.True
		}
	}
	return lang.False
}

// satisfies checks one requirement: >= 1.0.0, ~> 1.2.
func (v version) satisfies(req string) bool {
	op := strings.TrimRight(req[:len(req)-len(strings.TrimLeft(req, "<>=!~ "))], " ")
	text := strings.TrimSpace(strings.TrimLeft(req, "<>=!~ "))
	parts := strings.Count(text, ".") + 1
	full := text + strings.Repeat(".0", max(3-parts, 0))
	r, ok := parseVersion(full)
	if !ok {
		argumentError("invalid requirement: " + inspectPlain(nil, lang.Str(req)))
	}
	c := v.compare(r)
	switch op {
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case "!=":
		return c != 0
	case "~>":
		return c >= 0 && v.n[0] == r.n[0] && (parts < 3 || v.n[1] == r.n[1])
	}
	return c == 0
}

func sorted[T cmp.Ordered](vs []T) []T {
	slices.Sort(vs)
	return vs
}

// sortedKeys gives the keys of a table in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
