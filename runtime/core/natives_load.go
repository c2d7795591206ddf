package core

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var (
	requireNative = &lang.Native{Name: "clojure.core/require", Min: 1, Max: -1, Args: "[& args]",
		Doc: "Loads libraries that are not there yet. Each is a name, or a vector of one and options: :as alias, :refer names or :all. Files are looked for beside the running script."}
	loadNatives = []*lang.Native{
		requireNative,
		{Name: "clojure.core/use", Min: 1, Max: -1, Args: "[& args]", Run: func(p *runtime.Process, args []lang.Value) lang.Value { return require(p, args, true) },
			Doc: "As require, and refers to all public names of each library; with :only, to those."},
		{Name: "clojure.core/requiring-resolve", Min: 1, Max: 1, Args: "[sym]", Run: requiringResolve, Doc: "The var of a qualified name, its namespace loaded if need be."},
		{Name: "clojure.core/load-file", Min: 1, Max: 1, Args: "[name]", Doc: "Reads and evaluates the forms of a file.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value { return loadPath(p, locate(p.W, text(args[0]))) }},
		{Name: "clojure.core/load-string", Min: 1, Max: 1, Args: "[s]", Doc: "Reads and evaluates the forms in a string. (load-string \"(+ 1 2)\") ;=> 3",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value {
				return Load(p, &lang.Source{Name: "NO_SOURCE_FILE", Text: text(args[0])})
			}},
		{Name: "clojure.core/loaded-libs", Args: "[]", Doc: "The set of the names of the namespaces that are there.",
			Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
				s := &lang.SortedSet{M: lang.EmptySortedMap}
				for name := range p.W.Namespaces() {
					s = s.Conj(lang.Sym(name))
				}
				return lang.Obj(s)
			}},
	}
)

type sourceDirsKey struct{}

// SetSourceDirs says in which directories require and load-file look for
// files, besides the current one.
func SetSourceDirs(w *runtime.World, dirs ...string) { w.Library[sourceDirsKey{}] = dirs }

func sourceDirs(w *runtime.World) []string {
	dirs, _ := w.Library[sourceDirsKey{}].([]string)
	return append([]string{"."}, dirs...)
}

// locate finds a file that is named relative to a source directory.
func locate(w *runtime.World, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	for _, dir := range sourceDirs(w) {
		if path := filepath.Join(dir, name); isFile(path) {
			return path
		}
	}
	return name
}

func isFile(path string) bool {
	st, err := os.Stat(path)
	return err == nil && !st.IsDir()
}

// readFileNative reads a file, outside of the machine.
var readFileNative = &lang.Native{Name: "clojure.core/read-file", Min: 1, Max: 1, Args: "[path]", Doc: "The text of a file.",
	Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		return readFile(p, text(args[0]))
	}}

var loadTextKont = &runtime.Kont{Name: "load", Return: func(p *runtime.Process, path any, v lang.Value) lang.Value {
	return Load(p, &lang.Source{Name: path.(string), Text: text(v)})
}}

// loadPath loads a file; a native returns what it returns.
func loadPath(p *runtime.Process, path string) lang.Value {
	return p.Call(loadTextKont, path, lang.Obj(readFileNative), lang.Str(path))
}

// libspec is one library that is required.
type libspec struct {
	name    string
	options *lang.Map
}

// requiring is a require in progress: what is still to be loaded.
type requiring struct {
	specs  []libspec
	use    bool
	reload bool
}

var requireKont = &runtime.Kont{Name: "require"}

func init() {
	requireNative.Run = func(p *runtime.Process, args []lang.Value) lang.Value { return require(p, args, false) }
	requireKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		r := state.(*requiring)
		r.link(p)
		return (&requiring{r.specs[1:], r.use, r.reload}).on(p)
	}
}

func require(p *runtime.Process, args []lang.Value, use bool) lang.Value {
	r := &requiring{use: use}
	for _, v := range args {
		switch {
		case v == lang.K("reload") || v == lang.K("reload-all"):
			r.reload = true
		case v.IsKeyword(): // :verbose
		default:
			r.specs = append(r.specs, libspecs("", v)...)
		}
	}
	return r.on(p)
}

// libspecs reads a spec: lib, [lib options...], or (prefix spec...).
func libspecs(prefix string, v lang.Value) []libspec {
	if v.IsSymbol() {
		return []libspec{{prefix + symbolName(v), lang.EmptyMap}}
	}
	if !lang.IsSequential(v) {
		lang.Raise(lang.IllegalArgumentException, "not a libspec: %s", lang.PrString(v))
	}
	parts := elements(v)
	if len(parts) == 0 || !parts[0].IsSymbol() {
		lang.Raise(lang.IllegalArgumentException, "not a libspec: %s", lang.PrString(v))
	}
	if len(parts) == 1 || parts[1].IsKeyword() {
		evenly(parts[1:])
		return []libspec{{prefix + symbolName(parts[0]), lang.NewMap(parts[1:]...)}}
	}
	var out []libspec
	for _, part := range parts[1:] {
		out = append(out, libspecs(symbolName(parts[0])+".", part)...)
	}
	return out
}

// on loads the first library that is not there, and links those that are.
func (r *requiring) on(p *runtime.Process) lang.Value {
	for ; len(r.specs) > 0; r = (&requiring{r.specs[1:], r.use, r.reload}) {
		s := r.specs[0]
		if s.options.GetKw(lang.InternKeyword("", "as-alias")).Truthy() && len(r.specs) > 0 {
			p.W.NS(s.name)
		}
		ns := p.W.FindNS(s.name)
		if ns != nil && (!r.reload || ns.Library != nil) {
			r.link(p)
			continue
		}
		file := strings.ReplaceAll(strings.ReplaceAll(s.name, "-", "_"), ".", "/")
		for _, ext := range []string{".clj", ".cljc"} {
			if path := locate(p.W, file+ext); isFile(path) {
				return p.Call(requireKont, r, loadPathFn, lang.Str(path))
			}
		}
		lang.Raise(lang.FileNotFoundException, "Could not locate %s__init.class, %s.clj or %s.cljc on classpath.", file, file, file)
	}
	return lang.Nil
}

// loadPathFn loads the file of a path.
var loadPathFn lang.Value

func init() {
	loadPathFn = lang.Obj(&lang.Native{Name: "clojure.core/load-path", Min: 1, Max: 1, Args: "[path]", Doc: "Reads and evaluates the forms of a file.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return loadPath(p, text(args[0])) }})
}

// link does what the options of the first library say, now that it is loaded.
func (r *requiring) link(p *runtime.Process) {
	s := r.specs[0]
	lib := p.W.FindNS(s.name)
	if lib == nil {
		lang.Raise(lang.ExceptionClass, "namespace '%s' not found after loading '/%s'", s.name, strings.ReplaceAll(s.name, ".", "/"))
	}
	ns := CurrentNS(p)
	for _, k := range []string{"as", "as-alias"} {
		if as := s.options.GetKw(lang.InternKeyword("", k)); !as.IsNil() {
			setAlias(p, ns, symbolName(as), lib)
		}
	}
	names := s.options.GetKw(lang.InternKeyword("", "refer"))
	switch {
	case names == lang.K("all"):
		refer(p, lib, s.options)
	case !names.IsNil():
		refer(p, lib, s.options.Assoc(lang.K("only"), names))
	case r.use:
		refer(p, lib, s.options)
	}
}

var resolvedKont = &runtime.Kont{Name: "requiring-resolve", Return: func(p *runtime.Process, sym any, _ lang.Value) lang.Value {
	return resolveIn(p, CurrentNS(p), sym.(lang.Value))
}}

func requiringResolve(p *runtime.Process, args []lang.Value) lang.Value {
	s := object[*lang.Symbol](args[0], lang.SymbolClass)
	return p.Call(resolvedKont, args[0], lang.Obj(requireNative), lang.Sym(s.NS))
}
