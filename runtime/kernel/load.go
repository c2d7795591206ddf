package kernel

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	reader "github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// Load reads the expressions of a source and evaluates each before the next
// is read. A native returns what Load returns: {value of the last, env}.
func Load(p *runtime.Process, src *lang.Source, env *elixir.Env) lang.Value {
	return loadFrom(p, loading{reader.New(src), &outcome{lang.Nil, env}})
}

// loading is a reader that stands behind a form, and what that form gave.
type loading struct {
	r    *reader.Reader
	last *outcome
}

var loadKont = &runtime.Kont{Name: "load"}

func init() { // it calls itself through the machine
	loadKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		return loadFrom(p, loading{state.(loading).r, v.Obj().(*outcome)})
	}
}

func loadFrom(p *runtime.Process, l loading) lang.Value {
	next := *l.r
	form, ok, err := next.Read()
	switch {
	case err != nil:
		panic(ReadError(err))
	case !ok:
		return lang.Vec(l.last.val, lang.Obj(l.last.env))
	}
	return evalThen(p, []lang.Value{form}, l.last.env, loadKont, loading{r: &next})
}

// ReadError makes the exception of an error of the reader: a SyntaxError or a
// TokenMissingError.
func ReadError(err error) *lang.Exception {
	re, ok := err.(*reader.Error)
	if !ok {
		return lang.NewReason(lang.KindError, exceptionOf("SyntaxError", lang.K("description"), lang.Str(err.Error())))
	}
	file := "nofile"
	if re.Pos.Src != nil {
		file = re.Pos.Src.Name
	}
	e := lang.NewReason(lang.KindError, exceptionOf(re.Class, lang.K("file"), lang.Str(file),
		lang.K("line"), lang.Int(int64(re.Pos.Line)), lang.K("column"), lang.Int(int64(re.Pos.Col)),
		lang.K("snippet"), snippet(re), lang.K("description"), lang.Str(re.Msg)))
	e.Pos = re.Pos
	return e
}

// snippet gives the line of an error of the reader, with the offset of the
// place in it. Elixir gives none where it names a bracket or a reserved word.
func snippet(e *reader.Error) lang.Value {
	line, _ := e.Pos.SourceLine()
	if line == "" || e.Opener != "" && !e.Partial || strings.Contains(e.Msg, "reserved word") {
		return lang.Nil
	}
	return lang.Obj(lang.NewErlangMap(lang.K("content"), lang.Str(line), lang.K("offset"), lang.Int(int64(e.Pos.Col-1))))
}

// readAll reads all expressions of a text of the library.
func readAll(src *lang.Source) []lang.Value {
	forms, err := reader.New(src).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("the library does not read: %s: %v", src.Name, err))
	}
	return forms
}
