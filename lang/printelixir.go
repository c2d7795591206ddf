package lang

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// elixirEscapes are the characters that Elixir prints by an escape.
var elixirEscapes = map[rune]string{
	'\a': `\a`, '\b': `\b`, 0x7f: `\d`, 0x1b: `\e`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`, '\v': `\v`, '\\': `\\`,
}

// operatorAtoms need no quotes in Elixir although they are no identifiers.
var operatorAtoms = strings.Fields(`! && & &&& * ** + ++ +++ - -- --- -> . .. / < <<< <<~ <= <> <- <~ <~> = == === =~ > >= >>> @
	^ | || ||| |> ~> ~>> != !== \\ % {} %{} <<>> ... ..//`)

// callableSigns are the operators that can stand behind a dot as they are.
var callableSigns = strings.Fields(`! && & &&& * ** + ++ +++ - -- --- / :: < <<< <<~ <= <> <|> <- <~ <~> = == === =~ > >= >>> @
	^ ^^^ | || ||| |> ~> ~>> ~~~ != !== \\`)

// QuoteElixir gives s between two of quote, with Elixir's escapes.
func QuoteElixir(s string, quote rune) string {
	var b strings.Builder
	b.WriteRune(quote)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch e, ok := elixirEscapes[r]; {
		case ok:
			b.WriteString(e)
		case r == quote || r == '#' && strings.HasPrefix(s[i:], "#{"):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02X`, s[i])
		case printableRune(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02X`, r)
		default:
			fmt.Fprintf(&b, `\x{%X}`, r)
		}
		i += n
	}
	b.WriteRune(quote)
	return b.String()
}

// printableRune is Elixir's idea of a printable character.
func printableRune(r rune) bool {
	if _, ok := elixirEscapes[r]; ok {
		return true
	}
	return r >= 0x20 && r <= 0x7e || r >= 0xa0 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= 0x10ffff
}

// IsPrintable reports whether Elixir prints s as text rather than as bytes.
func IsPrintable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !printableRune(r) {
			return false
		}
	}
	return true
}

func inspectString(s string) string {
	if IsPrintable(s) {
		return QuoteElixir(s, '"')
	}
	var b strings.Builder
	b.WriteString("<<")
	for i := 0; i < len(s); i++ {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(int(s[i])))
	}
	return b.String() + ">>"
}

// plainAtom reports whether an atom needs no quotes.
func plainAtom(s string) bool {
	if slices.Contains(operatorAtoms, s) {
		return true
	}
	if n := len(s); n > 1 && (s[n-1] == '?' || s[n-1] == '!') {
		s = s[:n-1]
	}
	for i, r := range s {
		if r == '_' || unicode.IsLetter(r) || i > 0 && (r == '@' || unicode.IsDigit(r)) {
			continue
		}
		return false
	}
	return s != ""
}

// moduleName gives the name of a module, which is an atom that begins with Elixir.
func moduleName(atom string) (string, bool) {
	if atom == "Elixir" {
		return atom, true
	}
	name, ok := strings.CutPrefix(atom, "Elixir.")
	if !ok {
		return "", false
	}
	for part := range strings.SplitSeq(name, ".") {
		if part == "" || part[0] < 'A' || part[0] > 'Z' || !plainAtom(part) {
			return "", false
		}
	}
	return name, true
}

func inspectAtom(s string) string {
	switch s {
	case "nil", "true", "false":
		return s
	}
	if m, ok := moduleName(s); ok {
		return m
	}
	if plainAtom(s) {
		return ":" + s
	}
	return ":" + QuoteElixir(s, '"')
}

// KeywordKey gives an atom as the key of a keyword list: a:, "a b":.
func KeywordKey(atom string) string {
	if !plainAtom(atom) {
		return QuoteElixir(atom, '"') + ":"
	}
	return atom + ":"
}

// FunctionName gives the name of a function as it stands behind a dot: bar,
// "b r".
func FunctionName(name string) string {
	if slices.Contains(callableSigns, name) || plainAtom(name) && !slices.Contains(operatorAtoms, name) {
		return name
	}
	return QuoteElixir(name, '"')
}

// FormatElixirFloat gives a float as Elixir does: 1.0e16, 100.0.
func FormatElixirFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 0):
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	if a := math.Abs(f); a == 0 || a >= 1e-4 && a < 1<<53 {
		s := strconv.FormatFloat(f, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s
	}
	digits, exp, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	if !strings.Contains(digits, ".") {
		digits += ".0"
	}
	e, _ := strconv.Atoi(exp)
	return digits + "e" + strconv.Itoa(e)
}

func (p *Printer) elixirScalar(v Value) (string, bool) {
	if name, ok := AtomName(v); ok {
		if !p.Readably {
			if m, ok := moduleName(name); ok {
				return "Elixir." + m, true
			}
			return name, true
		}
		return inspectAtom(name), true
	}
	switch x := v.p.(type) {
	case string:
		if !p.Readably {
			return x, true
		}
		return inspectString(x), true
	case floatTag:
		return FormatElixirFloat(v.AsFloat()), true
	case *big.Int:
		return x.String(), true
	case charTag:
		return "?" + strings.Trim(QuoteElixir(string(v.AsChar()), '"'), `"`), true
	}
	return scalarText(v, p.Readably)
}

// elixir prints one value; the collections leave their elements as tasks.
func (p *Printer) elixir(t *printTask) {
	if s, ok := p.elixirScalar(t.v); ok {
		p.WriteString(s)
		return
	}
	switch x := t.v.p.(type) {
	case Printable:
		x.PrintTo(p)
	case *Vector:
		p.collection(t, "{", taskSeq, ", ", "}")
	case *Map, *SortedMap:
		p.elixirMap(t)
	case *Record:
		p.collection(t, "%"+x.Type.Class.Name+"{", pairsKind(t.v), ", ", "}")
	case *Set, *SortedSet:
		p.collection(t, "MapSet.new([", taskSeq, ", ", "])")
	case Seq, *LazySeq:
		p.push(printTask{kind: taskForce, v: t.v, from: t.v, level: t.level})
	case *Closure:
		p.WriteString("#Function<" + x.Fn.Name + "/" + strconv.Itoa(x.Fn.arity()) + ">")
	case *Native:
		p.WriteString("&" + x.Name + "/" + strconv.Itoa(x.Min))
	case *Exception:
		p.Then("%"+x.Class.Name+"{message: ", x.Msg, "}")
	default:
		p.WriteString("#" + ClassOf(t.v).Name + "<>")
	}
}

// elixirMap prints a map, or the struct that a map is.
func (p *Printer) elixirMap(t *printTask) {
	open, task := "%{", *t
	if m, ok := t.v.p.(*Map); ok {
		if k, ok := m.GetKw(structKey).AsKeyword(); ok {
			if name, ok := moduleName(k.Name); ok {
				open = "%" + name + "{"
				task.v = Obj(m.Dissoc(Kw(structKey)).Dissoc(Kw(exceptionKey)))
			}
		}
	}
	p.collection(&task, open, pairsKind(task.v), ", ", "}")
}

var structKey, exceptionKey = InternKeyword("", "__struct__"), InternKeyword("", "__exception__")

// arity gives the least number of arguments of a function.
func (f *Fn) arity() int {
	for n, c := range f.Fixed {
		if c != nil {
			return n
		}
	}
	if f.Variadic != nil {
		return f.Variadic.NArgs
	}
	return 0
}

// keyName gives the name that a key is written by in the form `name: value`.
func keyName(k Value) (string, bool) {
	name, ok := AtomName(k)
	return name, ok && !strings.HasPrefix(name, "Elixir.")
}

// pairsKind says how the entries of a map are written: name: value if all
// keys are atoms, else key => value.
func pairsKind(m Value) taskKind {
	kind := taskNamed
	children2(m, func(k, _ Value) bool {
		if _, ok := keyName(k); !ok {
			kind = taskPairs
		}
		return kind == taskNamed
	})
	return kind
}

func (p *Printer) elixirPair(k, v Value, t *printTask) {
	value := printTask{kind: taskValue, v: v, level: t.level}
	if t.kind == taskPairs {
		p.push(printTask{kind: taskValue, v: k, level: t.level}, printTask{text: " => "}, value)
		return
	}
	name, _ := AtomName(k)
	p.push(printTask{text: KeywordKey(name) + " "}, value)
}

// force goes to the end of a sequence: only when all of it is there can be
// told whether it is a charlist, a keyword list or a list like others.
func (p *Printer) force(t *printTask) *LazySeq {
	for v := t.v; ; {
		s, cell := seqOf(v)
		if cell != nil {
			again := *t
			again.v = v
			p.push(again)
			return cell
		}
		if s.p == nil {
			break
		}
		if q := s.p.(Seq); endless(q) {
			p.collection(&printTask{v: t.from, level: t.level}, "[", taskSeq, ", ", "]")
			return nil
		}
		if q, ok := s.p.(Chunked); ok {
			v = q.ChunkRest()
		} else {
			v = s.p.(Seq).Rest()
		}
	}
	list := &printTask{v: t.from, level: t.level}
	switch s, kind := listKind(t.from); {
	case kind == taskText:
		p.WriteString(QuoteElixir(s, '\''))
	default:
		p.collection(list, "[", kind, ", ", "]")
	}
	return nil
}

// listKind tells a charlist, whose text it gives too, a keyword list and other lists.
func listKind(v Value) (string, taskKind) {
	var text strings.Builder
	chars, pairs, n := true, true, 0
	Iterate(v, func(x Value) bool {
		n++
		if chars = chars && x.IsInt() && AsciiPrintable(x.AsInt()); chars {
			text.WriteByte(byte(x.AsInt()))
		}
		e, ok := x.p.(*Vector)
		if pairs = pairs && ok && e.Len() == 2; pairs {
			_, pairs = keyName(e.Nth(0))
		}
		return chars || pairs
	})
	switch {
	case n == 0:
		return "", taskSeq
	case chars:
		return text.String(), taskText
	case pairs:
		return "", taskNamed
	}
	return "", taskSeq
}

// AsciiPrintable reports whether a list of such integers shows as a charlist.
func AsciiPrintable(i int64) bool {
	return i >= 0x20 && i <= 0x7e || i >= 7 && i <= 13 || i == 0x1b
}
