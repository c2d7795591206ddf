package kernel

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// structForms are how structs of Elixir's own library are inspected that do
// not print as structs. One that gives nil leaves a malformed struct to the
// common form.
var structForms map[string]func(in *inspector, m *lang.Map, limit int) doc

func init() { // they inspect what is in them
	structForms = map[string]func(in *inspector, m *lang.Map, limit int) doc{
		"Range": rangeForm, "Stream": streamForm,
		"Date": sigilForm("~D", dateText), "Time": sigilForm("~T", timeText),
		"NaiveDateTime": sigilForm("~N", naiveText), "DateTime": sigilForm("~U", dateTimeText),
		"URI":     shorter(uriFields, lang.K("authority")),
		"Version": shorter(libraryStructs["Version"], lang.K("pre"), lang.K("build")),
		"Inspect.Error": func(in *inspector, m *lang.Map, _ int) doc {
			return text("#Inspect.Error<" + plainText(in.w, m.GetKw(lang.InternKeyword("", "message"))) + ">")
		},
	}
}

func rangeForm(in *inspector, m *lang.Map, limit int) doc {
	first, last, step, ok := rangeOf(m)
	if !ok {
		return nil
	}
	d := concat(in.doc(lang.Int(first), limit), text(".."), in.doc(lang.Int(last), limit))
	if step == 1 && first <= last {
		return d
	}
	return concat(d, text("//"), in.doc(lang.Int(step), limit))
}

// shorter makes the common form of a struct without those of some fields
// that hold nothing.
func shorter(fields []string, hidden ...lang.Value) func(*inspector, *lang.Map, int) doc {
	return func(in *inspector, m *lang.Map, limit int) doc {
		name, _ := structName(lang.Obj(m))
		var entries []lang.Value
		for _, f := range fields {
			v := m.GetKw(lang.InternKeyword("", f))
			empty := v.IsNil() || isList(v) && lang.Count(v) == 0
			if !empty || !slices.Contains(hidden, lang.K(f)) {
				entries = append(entries, lang.Vec(lang.K(f), v))
			}
		}
		return in.pairs(name, lang.ListOf(entries...), limit)
	}
}

func streamForm(in *inspector, m *lang.Map, limit int) doc {
	get := func(k string) lang.Value { return m.GetKw(lang.InternKeyword("", k)) }
	parts := lang.ListOf(lang.Vec(lang.K("enum"), get("enum")), lang.Vec(lang.K("funs"), get("funs")))
	return concat(text("#Stream<"), in.doc(parts, limit), text(">"))
}

// sigilForm makes the form ~D[...] of a text.
func sigilForm(sigil string, f func(m *lang.Map) (string, bool)) func(*inspector, *lang.Map, int) doc {
	return func(_ *inspector, m *lang.Map, _ int) doc {
		s, ok := f(m)
		if !ok {
			return nil
		}
		return text(sigil + "[" + s + "]")
	}
}

// libraryStructs lists the fields of the structs of ours in their order.
var libraryStructs = map[string][]string{
	"Range": {"first", "last", "step"}, "URI": uriFields, "Version": {"major", "minor", "patch", "pre", "build"},
	"Date": {"calendar", "day", "month", "year"}, "Time": {"calendar", "hour", "microsecond", "minute", "second"},
	"NaiveDateTime": {"calendar", "day", "hour", "microsecond", "minute", "month", "second", "year"},
	"DateTime":      {"calendar", "day", "hour", "microsecond", "minute", "month", "second", "std_offset", "time_zone", "utc_offset", "year", "zone_abbr"},
	"Inspect.Opts":  {"base", "binaries", "charlists", "custom_options", "inspect_fun", "limit", "pretty", "printable_limit", "safe", "structs", "syntax_colors", "width"},
}

// structFields gives the fields of a struct in the order of its definition.
func structFields(w *runtime.World, name string) []string {
	if x, ok := exceptionModules[name]; ok {
		return x.names()
	}
	if f, ok := libraryStructs[name]; ok {
		return f
	}
	if w == nil {
		return nil
	}
	return definedFields(w, name)
}

// ansiCodes are the names of IO.ANSI that are used for colours, with their codes.
var ansiCodes = map[string]string{
	"reset": "0", "bright": "1", "faint": "2", "italic": "3", "underline": "4", "blink_slow": "5", "blink_rapid": "6", "inverse": "7", "reverse": "7", "conceal": "8", "crossed_out": "9",
	"normal": "22", "not_italic": "23", "no_underline": "24", "blink_off": "25", "inverse_off": "27", "reverse_off": "27",
	"black": "30", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36", "white": "37", "default_color": "39",
	"black_background": "40", "red_background": "41", "green_background": "42", "yellow_background": "43", "blue_background": "44", "magenta_background": "45", "cyan_background": "46", "white_background": "47", "default_background": "49",
	"light_black": "90", "light_red": "91", "light_green": "92", "light_yellow": "93", "light_blue": "94", "light_magenta": "95", "light_cyan": "96", "light_white": "97",
	"light_black_background": "100", "light_red_background": "101", "light_green_background": "102", "light_yellow_background": "103", "light_blue_background": "104", "light_magenta_background": "105", "light_cyan_background": "106", "light_white_background": "107",
}

// ansi gives the escape sequence of a colour: an atom, a list of them, or text.
func ansi(v lang.Value) string {
	if s, ok := v.AsString(); ok {
		return s
	}
	if name, ok := lang.AtomName(v); ok {
		if code := ansiCodes[name]; code != "" {
			return "\x1b[" + code + "m"
		}
		return ""
	}
	var b strings.Builder
	if isList(v) {
		for _, x := range lang.ToSlice(v) {
			b.WriteString(ansi(x))
		}
	}
	return b.String()
}
