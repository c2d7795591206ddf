package kernel

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The formats of :io.format and :io_lib.format, and Erlang's own notation of
// terms, which ~p and ~w write.

func formatNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "io_lib/format", Min: 2, Max: 2, Deep: arg0 | arg1, Args: "format, args", Pure: func(args []lang.Value) lang.Value { return charlist(formatErlang(args[0], args[1])) }, Doc: "args as a format says, as a charlist. :io_lib.format(\"~p\", [1])"},
		{Name: "io/format", Min: 1, Max: 3, Deep: arg0 | arg1 | arg2, Args: "format, args", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			to := p.W.Out
			if len(args) == 3 {
				to, args = device(p, args[0]), args[1:]
			}
			return print(p, to, formatErlang(args[0], optional(args, 1, emptyList)), okAtom)
		}, Doc: "Writes args as a format says. :io.format(\"~p~n\", [1])"},
		{Name: "io/put_chars", Min: 1, Max: 1, Deep: arg0, Args: "chars", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return print(p, p.W.Out, chardata(args[0]), okAtom)
		}, Doc: "Writes text."},
	}
}

// directive is one ~F.P.PadC of a format.
type directive struct {
	width, precision int // -1 for none
	pad              rune
	mods             string
	control          byte
}

// formatErlang gives the text of a format and its arguments.
func formatErlang(format, args lang.Value) string {
	f, ok := textOf(format)
	if !ok || !isList(args) {
		lang.RaiseReason(lang.K("badarg"))
	}
	left := lang.ToSlice(args)
	next := func() lang.Value {
		if len(left) == 0 {
			lang.RaiseReason(lang.K("badarg"))
		}
		v := left[0]
		left = left[1:]
		return v
	}
	var b strings.Builder
	for i := 0; i < len(f); i++ {
		if f[i] != '~' {
			b.WriteByte(f[i])
			continue
		}
		d, n := readDirective(f[i+1:], next)
		i += n
		b.WriteString(d.text(next))
	}
	if len(left) > 0 {
		lang.RaiseReason(lang.K("badarg"))
	}
	return b.String()
}

// readDirective reads what stands behind a ~ and gives its length.
func readDirective(f string, next func() lang.Value) (directive, int) {
	d := directive{width: -1, precision: -1, pad: ' '}
	at := 0
	number := func() int {
		if at < len(f) && f[at] == '*' {
			at++
			v := next()
			if !v.IsInt() {
				lang.RaiseReason(lang.K("badarg"))
			}
			return int(v.AsInt())
		}
		start := at
		if at < len(f) && f[at] == '-' {
			at++
		}
		for at < len(f) && f[at] >= '0' && f[at] <= '9' {
			at++
		}
		if n, err := strconv.Atoi(f[start:at]); err == nil {
			return n
		}
		return -1
	}
	d.width = number()
	if at < len(f) && f[at] == '.' {
		at++
		d.precision = number()
	}
	if at < len(f) && f[at] == '.' {
		at++
		r, n := utf8.DecodeRuneInString(f[at:])
		d.pad = r
		at += n
	}
	for at < len(f) && (f[at] == 't' || f[at] == 'l' || f[at] == 'k' || f[at] == 'K') {
		d.mods += f[at : at+1]
		at++
	}
	if at >= len(f) {
		lang.RaiseReason(lang.K("badarg"))
	}
	d.control = f[at]
	return d, at + 1
}

func (d directive) text(next func() lang.Value) string {
	switch d.control {
	case 'n':
		return strings.Repeat("\n", max(d.width, 1))
	case '~':
		return "~"
	case 'i':
		next()
		return ""
	}
	v := next()
	s := ""
	switch d.control {
	case 's':
		t, ok := textOf(v)
		if !ok {
			lang.RaiseReason(lang.K("badarg"))
		}
		if d.precision >= 0 && d.precision < utf8.RuneCountInString(t) {
			t = string([]rune(t)[:d.precision])
		}
		s = t
	case 'p', 'P':
		s = erlangTerm(v, true)
	case 'w', 'W':
		s = erlangTerm(v, false)
	case 'c':
		if !v.IsInt() {
			lang.RaiseReason(lang.K("badarg"))
		}
		s = strings.Repeat(string(rune(v.AsInt())), max(d.precision, d.width, 1))
		return s
	case 'b', 'B', '+', '#', 'x', 'X':
		s = d.integer(v)
	case 'f', 'e', 'g':
		s = d.float(v)
	default:
		lang.RaiseReason(lang.K("badarg"))
	}
	return d.padded(s)
}

// padded makes s as wide as the directive says; what is too wide shows as stars.
func (d directive) padded(s string) string {
	n := utf8.RuneCountInString(s)
	switch {
	case d.width == -1:
		return s
	case d.width < 0:
		return s + strings.Repeat(string(d.pad), max(-d.width-n, 0))
	case n > d.width && d.control != 'p' && d.control != 'w' && d.control != 's':
		return strings.Repeat("*", d.width)
	case n > d.width && d.control == 's':
		return string([]rune(s)[:d.width])
	}
	return strings.Repeat(string(d.pad), max(d.width-n, 0)) + s
}

func (d directive) integer(v lang.Value) string {
	if !lang.IsInteger(v) {
		lang.RaiseReason(lang.K("badarg"))
	}
	base := 10
	if d.precision > 1 && d.precision <= 36 {
		base = d.precision
	}
	s := lang.ToBig(v).Text(base)
	if d.control == 'B' || d.control == '#' {
		s = strings.ToUpper(s)
	}
	if d.control == '#' || d.control == '+' {
		s = strconv.Itoa(base) + "#" + s
	}
	return s
}

func (d directive) float(v lang.Value) string {
	if !lang.IsNumber(v) {
		lang.RaiseReason(lang.K("badarg"))
	}
	digits := 6
	if d.precision >= 0 {
		digits = d.precision
	}
	if d.control == 'e' {
		return strconv.FormatFloat(lang.ToFloat(v), 'e', max(digits-1, 0), 64)
	}
	return strconv.FormatFloat(lang.ToFloat(v), 'f', digits, 64)
}

// erlangTerm gives a term in Erlang's notation, strings as text if pretty.
func erlangTerm(v lang.Value, pretty bool) string {
	var b strings.Builder
	writeErlang(&b, v, pretty, 0)
	return b.String()
}

func writeErlang(b *strings.Builder, v lang.Value, pretty bool, depth int) {
	if depth > maxInspectDepth {
		b.WriteString("...")
		return
	}
	sequence := func(open string, vs []lang.Value, end string) {
		b.WriteString(open)
		for i, x := range vs {
			if i > 0 {
				b.WriteByte(',')
			}
			writeErlang(b, x, pretty, depth+1)
		}
		b.WriteString(end)
	}
	if name, ok := lang.AtomName(v); ok {
		b.WriteString(erlangAtom(name))
		return
	}
	switch x := v.Obj().(type) {
	case string:
		b.WriteString(erlangBytes(x, pretty))
	case *lang.Vector:
		sequence("{", x.AppendTo(nil), "}")
	case *lang.Map:
		b.WriteString("#{")
		first := true
		x.Each(func(k, v lang.Value) bool {
			if !first {
				b.WriteByte(',')
			}
			first = false
			writeErlang(b, k, pretty, depth+1)
			b.WriteString(" => ")
			writeErlang(b, v, pretty, depth+1)
			return true
		})
		b.WriteByte('}')
	default:
		if isList(v) {
			if s, ok := printableList(v, false); ok && pretty {
				b.WriteString(erlangQuote(s, '"'))
				return
			}
			sequence("[", lang.ToSlice(v), "]")
			return
		}
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(lang.Inspect(v), "#PID"), "#Ref"))
	}
}

func erlangAtom(name string) string {
	for i, r := range name {
		if i == 0 && (r < 'a' || r > 'z') || r != '_' && r != '@' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return erlangQuote(name, '\'')
		}
	}
	return name
}

func erlangQuote(s string, quote byte) string {
	var b strings.Builder
	b.WriteByte(quote)
	for _, r := range s {
		switch {
		case r == rune(quote) || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte(quote)
	return b.String()
}

// erlangBytes gives a binary: <<"text">> if pretty and printable, else its bytes.
func erlangBytes(s string, pretty bool) string {
	ascii := s != ""
	for i := 0; i < len(s); i++ {
		ascii = ascii && lang.AsciiPrintable(int64(s[i]))
	}
	if pretty && ascii {
		return "<<" + erlangQuote(s, '"') + ">>"
	}
	parts := make([]string, len(s))
	for i := range parts {
		parts[i] = strconv.Itoa(int(s[i]))
	}
	return "<<" + strings.Join(parts, ",") + ">>"
}
