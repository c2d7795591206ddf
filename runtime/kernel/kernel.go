package kernel

import (
	"embed"
	"strings"
	"sync"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

//go:embed ex
var texts embed.FS

// Install gives a world the modules of Elixir, and the compiler of its notation.
// The Clojure side (core.Install) must be there already.
func Install(w *runtime.World) {
	w.Later(func(w *runtime.World) {
		for _, l := range libraries() {
			w.AddLibrary(l)
		}
	})
	w.Library[stateKey{}] = &state{building: map[string]*building{}, headers: map[string]*header{}, count: runtime.Cell{Val: lang.Int(0)}}
	w.Implied = libraryInfo
	others := w.Loader
	w.Loader = func(v *runtime.Var, l *runtime.Library, d runtime.Def) {
		if d.Elixir {
			loadDefinition(w, v, l, d)
			return
		}
		others(v, l, d)
	}
}

// NewEnv gives the environment of a prompt or a script: its variables are
// vars of the namespace user.
func NewEnv(src *lang.Source) *elixir.Env { return &elixir.Env{Source: src, Top: true} }

var (
	once sync.Once
	all  []*runtime.Library
)

// libraries gives the library of each module.
func libraries() []*runtime.Library {
	once.Do(func() { all = makeLibraries() })
	return all
}

func makeLibraries() []*runtime.Library {
	byName := map[string]*runtime.Library{}
	var out []*runtime.Library
	for _, table := range append(natives(), helperTables()...) {
		for _, n := range table {
			name := n.Name[:strings.IndexByte(n.Name, '/')]
			l := byName[name]
			if l == nil {
				l = &runtime.Library{Name: name}
				byName[name] = l
				out = append(out, l)
			}
			l.Natives = append(l.Natives, n)
		}
	}
	for _, src := range lang.Embedded(texts, "ex", lang.EmbeddedNames(texts, "ex")) {
		out = append(out, runtime.ElixirLibraries(src)...)
	}
	return out
}

// stateKey is the key of the package's state in a world.
type stateKey struct{}

// state is what the package keeps in a world: the modules that are being
// built, and the headers of library modules that were evaluated.
type state struct {
	runtime.Stamped
	building map[string]*building
	headers  map[string]*header
	count    runtime.Cell // of unique integers that only grow
}

func stateOf(w *runtime.World) *state { return w.Library[stateKey{}].(*state) }

// Save copies the table of modules under construction.
func (s *state) Save() any {
	out := make(map[string]*building, len(s.building))
	for k, b := range s.building {
		out[k] = b
	}
	return out
}

// Restore puts the table back.
func (s *state) Restore(saved any) { s.building = saved.(map[string]*building) }

// namespaceName gives the name of the namespace that a module's atom stands
// for: Foo for Elixir.Foo, lists for lists.
func namespaceName(atom string) string { return strings.TrimPrefix(atom, "Elixir.") }
