package core

import (
	"errors"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/runtime"
)

var readNatives = []*lang.Native{
	{Name: "clojure.core/read-string", Min: 1, Max: 2, Args: "[s] [opts s]", Doc: "The first form that s spells. (read-string \"(+ 1 2)\") ;=> (+ 1 2)",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			v, _ := readFirst(text(args[len(args)-1]), resolverOf(p), readOptions(args, len(args) == 2))
			return v
		}},
	{Name: "clojure.edn/read-string", Min: 1, Max: 2, Args: "[s] [opts s]", Run: ednString, Doc: "The first value that s spells in edn, nil if s is nil; with :eof in opts, that where s is empty. (clojure.edn/read-string \"[1 :a]\") ;=> [1 :a]"},
	{Name: "clojure.core/read", Max: 4, Args: "[] [stream] [stream eof-error? eof-value] [stream eof-error? eof-value recursive?]", Run: read, Doc: "The next form of stream, *in* by default."},
	{Name: "clojure.edn/read", Min: 1, Max: 2, Args: "[stream] [opts stream]", Doc: "The next value in edn of stream.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return reading{from: args[len(args)-1], opts: readOptions(args, len(args) == 2)}.on(p)
		}},
}

// readOpts is what a caller says about the end of a text.
type readOpts struct {
	eof *lang.Value // in place of an error
}

// readOptions reads the map of options that is the first argument, if given.
func readOptions(args []lang.Value, given bool) readOpts {
	var o readOpts
	if !given {
		return o
	}
	if v, ok := lang.Lookup(args[0], lang.K("eof")); ok && v != lang.K("eofthrow") {
		o.eof = &v
	}
	return o
}

// readAll reads all forms of a text. Without a resolver it reads data.
func readAll(text string, res clojure.Resolver) ([]lang.Value, error) {
	return clojure.New(&lang.Source{Name: "NO_SOURCE_FILE", Text: text}, res).ReadAll()
}

// readFirst reads the first form of a text, and gives the length of what it read.
func readFirst(text string, res clojure.Resolver, o readOpts) (lang.Value, int) {
	r := clojure.New(&lang.Source{Name: "NO_SOURCE_FILE", Text: text}, res)
	v, ok, err := r.Read()
	switch {
	case err != nil:
		panic(textError(err))
	case !ok && o.eof != nil:
		return *o.eof, r.Offset()
	case !ok:
		lang.Raise(lang.RuntimeException, "EOF while reading")
	}
	return v, r.Offset()
}

// textError makes the exception of an error in a text that a program reads;
// such a text has no lines, to Clojure's reader.
func textError(err error) *lang.Exception {
	var e *clojure.Error
	if !errors.As(err, &e) {
		return lang.NewException(lang.RuntimeException, "%s", err)
	}
	class := lang.RuntimeException
	if c, ok := lang.ClassByName(e.Class); ok {
		class = c
	}
	msg, _, _ := strings.Cut(e.Msg, ", starting at line")
	return &lang.Exception{Class: class, Msg: lang.Str(msg)}
}

func ednString(p *runtime.Process, args []lang.Value) lang.Value {
	s := args[len(args)-1]
	if s.IsNil() {
		return s
	}
	o := readOptions(args, len(args) == 2)
	if o.eof == nil && len(args) == 1 {
		o.eof = &lang.Nil
	}
	v, _ := readFirst(text(s), nil, o)
	return v
}

// reading is a read from a stream in progress: the text that was read and is
// no whole form yet.
type reading struct {
	from lang.Value
	text string
	code bool // not edn
	opts readOpts
}

var readKont = &runtime.Kont{Name: "read"}

func init() {
	readKont.Return = func(p *runtime.Process, state any, line lang.Value) lang.Value {
		r := state.(reading)
		s, ok := line.AsString()
		if !ok {
			v, _ := readFirst(r.text, r.resolver(p), r.opts)
			return v
		}
		r.text += s + "\n"
		return r.try(p)
	}
}

func read(p *runtime.Process, args []lang.Value) lang.Value {
	r := reading{code: true}
	switch len(args) {
	case 0:
		r.from = dynamic(p, "*in*")
	case 2:
		r.opts, r.from = readOptions(args, true), args[1]
	default:
		r.from = args[0]
		if len(args) > 2 && !args[1].Truthy() {
			r.opts.eof = &args[2]
		}
	}
	if r.opts.eof != nil {
		eof := *r.opts.eof
		r.opts.eof = &eof
	}
	return r.on(p)
}

func (r reading) resolver(p *runtime.Process) clojure.Resolver {
	if r.code {
		return resolverOf(p)
	}
	return nil
}

// on reads from the stream: a reader has all its text, the console gives lines.
func (r reading) on(p *runtime.Process) lang.Value {
	switch s := r.from.Obj().(type) {
	case *Reader:
		v, n := readFirst(s.text[s.at:], r.resolver(p), r.opts)
		p.W.Touch(s)
		s.at += n
		return v
	case *runtime.Input:
		return p.Call(readKont, r, lang.Obj(lineNative))
	}
	panic(lang.CastError(r.from, pushbackClass))
}

// try reads what there is, and asks for another line where a form is not whole.
func (r reading) try(p *runtime.Process) lang.Value {
	rd := clojure.New(&lang.Source{Name: "NO_SOURCE_FILE", Text: r.text}, r.resolver(p))
	v, ok, err := rd.Read()
	var e *clojure.Error
	switch {
	case err == nil && ok:
		return v
	case err == nil, errors.As(err, &e) && e.Partial:
		return p.Call(readKont, r, lang.Obj(lineNative))
	}
	panic(textError(err))
}

// lineNative reads a line of the console.
var lineNative = &lang.Native{Name: "clojure.core/read-console-line", Args: "[]", Doc: "A line of the console.",
	Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return p.ReadLine() }}
