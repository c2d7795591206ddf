package testrun

import (
	"path/filepath"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/core"
)

// runClojure has clojure.test load a file and run its tests.
func runClojure(c *Config, s *session.Session, file string) (counts, error) {
	core.SetSourceDirs(s.World, sourceDirs(file)...)
	path, err := filepath.Abs(file)
	if err != nil {
		return counts{}, err
	}
	s.Call(lang.Obj(s.World.FindNS("clojure.test").Var("test-file")), lang.Str(path))
	if err := c.finish(s); err != nil {
		return counts{}, err
	}
	v, e := s.Result()
	if e != nil {
		return counts{}, e
	}
	return read(v), nil
}

// read reads the map of counts that clojure.test gives.
func read(v lang.Value) counts {
	number := func(name string) int {
		n, _ := lang.Lookup(v, lang.K(name))
		if !n.IsFixed() {
			return 0
		}
		return int(n.AsInt())
	}
	return counts{number("test"), number("pass"), number("fail"), number("error")}
}

// sourceDirs gives where a test's namespaces may lie: each directory above
// the file up to the current one, and src and test in it.
func sourceDirs(file string) (dirs []string) {
	for dir := filepath.Dir(file); ; dir = filepath.Dir(dir) {
		dirs = append(dirs, dir, filepath.Join(dir, "src"), filepath.Join(dir, "test"))
		if dir == "." || dir == filepath.Dir(dir) {
			return dirs
		}
	}
}
