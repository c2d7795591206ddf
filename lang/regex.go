package lang

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Regex is a regular expression: a pattern of java.util.regex, as far as Go's
// engine, which takes time linear in the text, can do the same.
type Regex struct {
	Source string // as it was written
	Opts   string // the modifiers behind it in the Elixir notation: "i"
	Re     *regexp.Regexp
}

// NewRegex compiles a pattern of Java's. What Go's engine cannot do (looking
// ahead and behind, back references, possessive and atomic groups,
// intersections of classes) is an error that names it.
func NewRegex(source string) (*Regex, error) {
	t := translator{src: source}
	if err := t.run(); err != nil {
		return nil, err
	}
	re, err := regexp.Compile(t.out.String())
	if err != nil {
		return nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return &Regex{Source: source, Re: re}, nil
}

// regexOpts are the modifiers of Elixir's sigil as flags of Go's engine; u
// and f are its way anyway.
var regexOpts = map[rune]string{'i': "i", 's': "s", 'm': "m", 'U': "U", 'u': "", 'f': "", 'x': ""}

// NewRegexOpts compiles a pattern with the modifiers of Elixir's ~r: i, s, m,
// x, U, u, f. Others are an error, and what NewRegex refuses.
func NewRegexOpts(source, opts string) (*Regex, error) {
	flags, text := "", source
	for _, o := range opts {
		f, ok := regexOpts[o]
		if !ok {
			return nil, fmt.Errorf("unknown modifier %c", o)
		}
		flags += f
	}
	if strings.Contains(opts, "x") {
		text = withoutSpace(source)
	}
	if flags != "" {
		text = "(?" + flags + ")" + text
	}
	re, err := NewRegex(text)
	if err != nil {
		return nil, err
	}
	return &Regex{Source: source, Opts: opts, Re: re.Re}, nil
}

// withoutSpace takes out the space and the comments that the modifier x allows.
func withoutSpace(s string) string {
	var b strings.Builder
	class := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			b.WriteString(s[i : i+2])
			i++
		case !class && strings.IndexByte(" \t\r\n", c) >= 0:
		case !class && c == '#':
			for i+1 < len(s) && s[i+1] != '\n' {
				i++
			}
		default:
			class = c == '[' || class && c != ']'
			b.WriteByte(c)
		}
	}
	return b.String()
}

// translator rewrites a pattern of Java's as one of Go's.
type translator struct {
	src        string
	at         int
	out        strings.Builder
	depth      int  // of brackets around
	quantified bool // what stands before is a quantifier
}

// refused are the openings of groups that Go's engine does not know.
var refused = []struct{ prefix, what string }{
	{"(?<=", "looking behind"}, {"(?<!", "looking behind"}, {"(?=", "looking ahead"}, {"(?!", "looking ahead"},
	{"(?>", "an atomic group"},
}

const horizontal = ` \t\x{A0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}`

// escapes are the escapes of Java's that Go writes otherwise, outside of brackets.
var escapes = map[byte]string{
	'h': "[" + horizontal + "]", 'H': "[^" + horizontal + "]",
	'R': `(?:\r\n|[\n\x0b\f\r\x{85}\x{2028}\x{2029}])`, 'Z': `(?:\r?\n)?\z`, 'e': `\x1b`,
}

// properties are Java's names of classes of characters that Go writes otherwise.
var properties = map[string]string{
	"Lower": "[:lower:]", "Upper": "[:upper:]", "ASCII": "[:ascii:]", "Alpha": "[:alpha:]", "Digit": "[:digit:]",
	"Alnum": "[:alnum:]", "Punct": "[:punct:]", "Graph": "[:graph:]", "Print": "[:print:]", "Blank": "[:blank:]",
	"Cntrl": "[:cntrl:]", "XDigit": "[:xdigit:]", "Space": `\s`, "javaLowerCase": `\p{Ll}`, "javaUpperCase": `\p{Lu}`,
	"IsAlphabetic": `\p{L}`, "IsLetter": `\p{L}`, "IsDigit": `\p{Nd}`, "IsUppercase": `\p{Lu}`, "IsLowercase": `\p{Ll}`, "IsPunctuation": `\p{P}`,
}

func (t *translator) missing(what string) error {
	return fmt.Errorf("%s is not available: patterns here match in linear time: %s", what, t.src)
}

func (t *translator) run() error {
	for t.at < len(t.src) {
		was := t.quantified
		t.quantified = false
		c := t.src[t.at]
		var err error
		switch {
		case c == '\\':
			err = t.escape()
		case t.depth > 0:
			err = t.inClass(c)
		case c == '[':
			t.depth = 1
			t.emit(1)
			if strings.HasPrefix(t.src[t.at:], "^") {
				t.emit(1)
			}
		case c == '(':
			err = t.group()
		case c == '+' && was:
			return t.missing("a possessive quantifier")
		case c == '*' || c == '+' || c == '?' && !was || c == '}':
			t.quantified = true
			t.emit(1)
		default:
			t.emit(1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// emit copies n bytes.
func (t *translator) emit(n int) {
	t.out.WriteString(t.src[t.at : t.at+n])
	t.at += n
}

// put writes s in place of n bytes.
func (t *translator) put(s string, n int) {
	t.out.WriteString(s)
	t.at += n
}

// inClass translates a character within brackets. Brackets within brackets
// are a union, which Go has no brackets for.
func (t *translator) inClass(c byte) error {
	switch {
	case c == '[' && strings.HasPrefix(t.src[t.at:], "[^"):
		return t.missing("a negated class within another")
	case c == '[':
		t.depth++
		t.put("", 1)
	case c == ']':
		t.depth--
		if t.depth > 0 {
			t.put("", 1)
		} else {
			t.emit(1)
		}
	case strings.HasPrefix(t.src[t.at:], "&&"):
		return t.missing("the intersection of classes")
	default:
		t.emit(1)
	}
	return nil
}

func (t *translator) group() error {
	for _, r := range refused {
		if strings.HasPrefix(t.src[t.at:], r.prefix) {
			return t.missing(r.what)
		}
	}
	rest := t.src[t.at:]
	if strings.HasPrefix(rest, "(?<") {
		t.put("(?P<", 3)
		return nil
	}
	if strings.HasPrefix(rest, "(?") {
		end := strings.IndexAny(rest, ":)")
		if end > 0 && strings.Trim(rest[2:end], "imsudxU-") == "" {
			return t.flags(rest[2:end])
		}
	}
	t.emit(1)
	return nil
}

// flags translates (?flags) and (?flags: without those that Go has always on.
func (t *translator) flags(flags string) error {
	if strings.Contains(strings.SplitN(flags, "-", 2)[0], "x") {
		return t.missing("the flag x")
	}
	kept := strings.TrimSuffix(strings.NewReplacer("u", "", "d", "", "U", "", "x", "").Replace(flags), "-")
	t.put("(?"+kept, 2+len(flags))
	if kept == "" && strings.HasPrefix(t.src[t.at:], ")") {
		t.put(":)", 1)
	}
	return nil
}

func (t *translator) escape() error {
	rest := t.src[t.at:]
	if len(rest) < 2 {
		return fmt.Errorf("a pattern may not end in a backslash: %s", t.src)
	}
	c := rest[1]
	switch {
	case c == 'Q':
		end := strings.Index(rest, `\E`)
		if end < 0 {
			t.put(regexp.QuoteMeta(rest[2:]), len(rest))
		} else {
			t.put(regexp.QuoteMeta(rest[2:end]), end+2)
		}
	case c >= '1' && c <= '9' && t.depth == 0, c == 'k':
		return t.missing("a back reference")
	case c == 'G' || c == 'X' || c == 'N':
		return t.missing(`\` + string(c))
	case c == 'u' && len(rest) >= 6 && isHex(rest[2:6]):
		t.put(`\x{`+rest[2:6]+"}", 6)
	case c == '0':
		t.octal(rest)
	case c == 'c' && len(rest) > 2:
		t.put(`\x{`+strconv.FormatInt(int64(rest[2]^64), 16)+"}", 3)
	case (c == 'p' || c == 'P') && strings.HasPrefix(rest[2:], "{"):
		t.property(rest, c == 'P')
	case c == 'h' && t.depth > 0:
		t.put(horizontal, 2)
	case escapes[c] != "" && (t.depth == 0 || c == 'e'):
		t.put(escapes[c], 2)
	case c >= utf8.RuneSelf:
		t.put("", 1)
	default:
		t.emit(2)
	}
	return nil
}

func isHex(s string) bool {
	_, err := strconv.ParseUint(s, 16, 32)
	return err == nil
}

// octal translates \0 and up to three digits.
func (t *translator) octal(rest string) {
	n := 2
	for n < len(rest) && n < 5 && rest[n] >= '0' && rest[n] <= '7' {
		n++
	}
	code, _ := strconv.ParseUint("0"+rest[2:n], 8, 32)
	t.put(`\x{`+strconv.FormatUint(code, 16)+"}", n)
}

// property translates \p{name}.
func (t *translator) property(rest string, negated bool) {
	end := strings.IndexByte(rest, '}')
	if end < 0 {
		t.emit(2)
		return
	}
	name := rest[3:end]
	known, ok := properties[name]
	switch {
	case !ok:
		name = strings.TrimPrefix(name, "Is")
		t.put(rest[:2]+"{"+name+"}", end+1)
	case strings.HasPrefix(known, "[:"):
		if negated {
			known = "[:^" + known[2:]
		}
		if t.depth == 0 {
			known = "[" + known + "]"
		}
		t.put(known, end+1)
	default:
		if negated {
			known = strings.Replace(strings.Replace(known, `\p`, `\P`, 1), `\s`, `\S`, 1)
		}
		t.put(known, end+1)
	}
}

// Class gives Clojure's class of such a value.
func (r *Regex) Class() *Class { return PatternClass }

// PrintTo prints #"..." or ~r/.../.
func (r *Regex) PrintTo(p *Printer) {
	if p.Notation == ElixirNotation {
		p.WriteString("~r/" + strings.ReplaceAll(r.Source, "/", `\/`) + "/" + r.Opts)
		return
	}
	p.WriteString(`#"` + r.Source + `"`)
}

// Text gives the pattern.
func (r *Regex) Text() string { return r.Source }

// Hash gives a hash of the pattern.
func (r *Regex) Hash() uint32 { return hashInt(javaString(r.Source)) }
