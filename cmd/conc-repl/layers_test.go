package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/conc-repl/conc-repl"

// layers says what each folder may import of the project, and which of the
// named dependencies: a folder stands for those below it unless they have a
// row of their own. Tests may import what they like.
var layers = map[string][]string{
	"lang":                {},
	"lang/clojure":        {"lang", "github.com/alecthomas/participle"},
	"lang/elixir":         {"lang", "github.com/alecthomas/participle"},
	"lang/compile":        {"lang"},
	"lang/compile/elixir": {"lang", "lang/compile"},
	"runtime":             {"lang"},
	"runtime/explore":     {"lang", "runtime"},
	"runtime/core":        {"lang", "lang/clojure", "lang/compile", "runtime"},
	"runtime/kernel":      {"lang", "lang/clojure", "lang/elixir", "lang/compile", "lang/compile/elixir", "runtime", "runtime/core"},
	"channels":            {"lang", "lang/clojure", "lang/compile", "runtime"},
	"actors":              {"lang", "lang/clojure", "lang/compile", "runtime"},
	"scripts":             {},
	"scripts/bench":       {},
	"cmd/conc-repl": {"lang", "lang/clojure", "lang/elixir", "lang/compile", "lang/compile/elixir", "runtime", "runtime/core", "runtime/kernel", "runtime/explore",
		"channels", "actors", "scripts", "cmd/conc-repl", "github.com/chzyer/readline", "github.com/fatih/color"},
}

func layerOf(dir string) (string, []string) {
	for d := dir; ; d = filepath.Dir(d) {
		if allowed, ok := layers[d]; ok {
			return d, allowed
		}
		if d == "." {
			return "", nil
		}
	}
}

// TestLayers holds every import against the table: dependencies flow one way.
func TestLayers(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		rel, _ := filepath.Rel(root, path)
		dir := filepath.ToSlash(filepath.Dir(rel))
		layer, allowed := layerOf(dir)
		if layer == "" {
			t.Errorf("%s: the table of layers has no row for %s", rel, dir)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imp := strings.Trim(spec.Path.Value, `"`)
			if !mayImport(layer, allowed, imp) {
				t.Errorf("%s imports %s, which %s may not", rel, imp, layer)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Errorf("saw only %d files", files)
	}
}

func mayImport(layer string, allowed []string, imp string) bool {
	ours := strings.HasPrefix(imp, module+"/")
	if ours {
		target, _ := layerOf(strings.TrimPrefix(imp, module+"/"))
		if target == layer {
			return true
		}
		imp = target
	} else if !strings.Contains(imp, ".") {
		return true // the standard library
	}
	for _, a := range allowed {
		if imp == a || !ours && strings.HasPrefix(imp, a) {
			return true
		}
	}
	return false
}
