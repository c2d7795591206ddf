package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func ioNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "IO/puts", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "device \\\\ :stdio, item", Run: writing("puts", "\n"), Doc: "Writes item as text, and a new line. IO.puts(\"hello\")"},
		{Name: "IO/write", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "device \\\\ :stdio, item", Run: writing("write", ""), Doc: "Writes item as text. IO.write(\"hello\")"},
		{Name: "IO/binwrite", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "device \\\\ :stdio, iodata", Run: writing("binwrite", ""), Doc: "Writes bytes as they are."},
		{Name: "IO/inspect", Min: 1, Max: 3, Deep: arg0 | arg1, Args: "device \\\\ :stdio, item, opts \\\\ []", Run: inspectOut, Doc: "Writes item inspected, behind a label if opts has one, and gives item. IO.inspect([1], label: \"list\")"},
		{Name: "IO/gets", Min: 1, Max: 2, Deep: arg0 | arg1, Args: "device \\\\ :stdio, prompt", Run: gets, Doc: "Writes prompt and reads a line; :eof at the end of the input."},
		{Name: "IO/getn", Min: 1, Max: 3, Args: "device, prompt, count", Run: getn, Doc: "Writes prompt and reads the first characters of a line."},
		{Name: "IO/read", Min: 1, Max: 2, Args: "device \\\\ :stdio, line_or_chars", Run: readIO, Doc: "Reads a line (:line) or all that is left (:eof)."},
		{Name: "IO/warn", Min: 1, Max: 2, Deep: arg0, Args: "message, stacktrace", Run: warn, Doc: "Writes a warning to standard error."},
		{Name: "IO/iodata_to_binary", Min: 1, Max: 1, Deep: arg0, Args: "iodata", Pure: one(iodataToBinary), Doc: "The bytes of nested lists of bytes and binaries. IO.iodata_to_binary([\"a\", ?b]) #=> \"ab\""},
		{Name: "IO/iodata_length", Min: 1, Max: 1, Deep: arg0, Args: "iodata", Pure: one(func(v lang.Value) lang.Value {
			s, _ := iodataToBinary(v).AsString()
			return lang.Int(int64(len(s)))
		}), Doc: "How many bytes iodata has. IO.iodata_length([\"ab\", ?c]) #=> 3"},
		{Name: "IO/chardata_to_string", Min: 1, Max: 1, Deep: arg0, Args: "chardata", Pure: one(func(v lang.Value) lang.Value { return lang.Str(chardata(v)) }), Doc: "The text of nested lists of code points and strings. IO.chardata_to_string([?a, \"b\"]) #=> \"ab\""},
		{Name: "IO.ANSI/enabled?", Args: "", Pure: func([]lang.Value) lang.Value { return lang.False }, Doc: "Whether colours are written."},
		{Name: "IO.ANSI/format", Min: 1, Max: 2, Deep: arg0, Args: "chardata, emit? \\\\ enabled?()", Pure: ansiFormat(true), Doc: "chardata with the names of colours in it as their sequences, or left out."},
		{Name: "IO.ANSI/format_fragment", Min: 1, Max: 2, Deep: arg0, Args: "chardata, emit? \\\\ enabled?()", Pure: ansiFormat(false), Doc: "As format, without a reset behind it."},
	}
}

// ansiNatives are a function for each colour: IO.ANSI.red().
func ansiNatives() []*lang.Native {
	codes := map[string]string{"clear": "2J", "clear_line": "2K", "home": "H"}
	for name, code := range ansiCodes {
		codes[name] = code + "m"
	}
	var out []*lang.Native
	for _, name := range sortedKeys(codes) {
		seq := lang.Str("\x1b[" + codes[name])
		out = append(out, &lang.Native{Name: "IO.ANSI/" + name, Args: "", Pure: func([]lang.Value) lang.Value { return seq }, Doc: "The sequence of " + name + "."})
	}
	return out
}

// device gives the console that a device names: :stdio, :stderr.
func device(p *runtime.Process, v lang.Value) *runtime.Console {
	switch v {
	case lang.K("stderr"), lang.K("standard_error"):
		return p.W.Err
	case lang.K("stdio"), lang.K("standard_io"), lang.K("user"):
		return p.W.Out
	}
	if c, ok := v.Obj().(*runtime.Console); ok {
		return c
	}
	if _, ok := v.Obj().(*runtime.Process); !ok {
		badArg(0, "the device does not exist")
	}
	return p.W.Out
}

// printed is what comes after a text is written: the result.
var printed = &runtime.Kont{Name: "print", Return: func(_ *runtime.Process, state any, _ lang.Value) lang.Value {
	return state.(lang.Value)
}}

// print writes text to a console and gives v.
func print(p *runtime.Process, c *runtime.Console, text string, v lang.Value) lang.Value {
	if text == "" {
		return v
	}
	return p.PerformThen(&runtime.Effect{Name: runtime.WordsPrint, With: []any{lang.Str(text)}, On: []runtime.Access{{Entity: c, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			c.Write(w, p, text)
			return lang.Nil
		}}, printed, v)
}

// printText is a text on its way to a console.
type printText struct {
	to  *runtime.Console
	end string
}

// printKont writes what String.Chars made of an item.
var printKont = &runtime.Kont{Name: "IO.puts", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	t := state.(printText)
	return print(p, t.to, chardata(v)+t.end, okAtom)
}}

// writing makes puts and write.
func writing(name, end string) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		to, item := p.W.Out, args[len(args)-1]
		if len(args) == 2 {
			to = device(p, args[0])
		}
		if s, ok := textOf(item); ok {
			return print(p, to, s+end, okAtom)
		}
		return p.Call(printKont, printText{to, end}, implementation(p, "String.Chars", "to_string", item), item)
	}
}

// inspectOut is IO.inspect(item), (item, opts) and (device, item, opts).
func inspectOut(p *runtime.Process, args []lang.Value) lang.Value {
	to, item, opts := p.W.Out, args[0], emptyList
	switch len(args) {
	case 2:
		opts = args[1]
	case 3:
		to, item, opts = device(p, args[0]), args[1], args[2]
	}
	label := ""
	if v := option(opts, "label", lang.Nil); !v.IsNil() {
		label, _ = textOf(v)
		label += ": "
	}
	o := parseOpts(opts)
	return inspect(p, item, o, func(p *runtime.Process, d doc) lang.Value {
		return print(p, to, label+render(docGroup{x: d}, o.width, o.colors)+"\n", item)
	})
}

// readKont turns a line of the input into what gets gives.
var readKont = &runtime.Kont{Name: "IO.gets", Return: func(_ *runtime.Process, state any, v lang.Value) lang.Value {
	line, ok := v.AsString()
	if !ok {
		return lang.K("eof")
	}
	line += "\n"
	if n := state.(int); n > 0 && n < len(line) {
		line = span(line, 0, int64(n))
	}
	return lang.Str(line)
}}

// promptedKont reads once the prompt is written; its state is how many
// graphemes are wanted, 0 for a line.
var promptedKont = &runtime.Kont{Name: "IO.gets"}

// readLineNative reads a line of the world's input.
var readLineNative = &lang.Native{Name: "IO/line", Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return p.ReadLine() }}

func init() {
	promptedKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		return p.Call(readKont, state, lang.Obj(readLineNative))
	}
}

// ask writes a prompt and reads.
func ask(p *runtime.Process, prompt lang.Value, n int) lang.Value {
	text, ok := textOf(prompt)
	if !ok || text == "" {
		return promptedKont.Return(p, n, lang.Nil)
	}
	return p.PerformThen(&runtime.Effect{Name: runtime.WordsPrint, With: []any{lang.Str(text)}, On: []runtime.Access{{Entity: p.W.Out, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Out.Write(w, p, text)
			return lang.Nil
		}}, promptedKont, n)
}

func gets(p *runtime.Process, args []lang.Value) lang.Value { return ask(p, args[len(args)-1], 0) }

func getn(p *runtime.Process, args []lang.Value) lang.Value {
	n := 1
	if last := args[len(args)-1]; last.IsInt() && len(args) > 1 {
		n = int(last.AsInt())
	}
	return ask(p, args[min(len(args)-1, max(len(args)-2, 0))], n)
}

// readRest gathers the lines of the input to its end.
var readRest = &runtime.Kont{Name: "IO.read"}

// gathered are the lines read so far, the last one first.
type gathered struct {
	line   string
	before *gathered
}

func init() {
	readRest.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		g, _ := state.(*gathered)
		if line, ok := v.AsString(); ok {
			return p.Call(readRest, &gathered{line + "\n", g}, lang.Obj(readLineNative))
		}
		var lines []string
		for ; g != nil; g = g.before {
			lines = append([]string{g.line}, lines...)
		}
		return lang.Str(strings.Join(lines, ""))
	}
}

func readIO(p *runtime.Process, args []lang.Value) lang.Value {
	if what := args[len(args)-1]; what == lang.K("eof") || what == lang.K("all") {
		return p.Call(readRest, (*gathered)(nil), lang.Obj(readLineNative))
	}
	return ask(p, lang.Nil, 0)
}

func warn(p *runtime.Process, args []lang.Value) lang.Value {
	s, _ := textOf(args[0])
	return print(p, p.W.Err, "warning: "+s+"\n", okAtom)
}

func iodataToBinary(v lang.Value) lang.Value {
	s, ok := iodata(v)
	if !ok {
		badArg(0, "not an iodata term")
	}
	return lang.Str(s)
}

// ansiFormat makes format, with a reset behind what has a colour, and format_fragment.
func ansiFormat(reset bool) pure {
	return func(args []lang.Value) lang.Value {
		emit := len(args) == 2 && args[1].Truthy()
		var b strings.Builder
		used := false
		var walk func(v lang.Value)
		walk = func(v lang.Value) {
			switch {
			case isAtom(v):
				if emit {
					b.WriteString(ansi(v))
					used = true
				}
			case isList(v):
				for _, x := range lang.ToSlice(v) {
					walk(x)
				}
			case v.IsInt():
				b.WriteRune(rune(v.AsInt()))
			default:
				s, _ := textOf(v)
				b.WriteString(s)
			}
		}
		walk(args[0])
		if reset && used {
			b.WriteString(ansi(lang.K("reset")))
		}
		return lang.ListOf(lang.Str(b.String()))
	}
}
