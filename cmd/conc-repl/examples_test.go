package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamples runs each of scripts/examples, whose output the real Clojure
// with core.async printed, on the virtual clock.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../../scripts/examples/*.clj")
	if err != nil || len(files) < 4 {
		t.Fatalf("found %d examples: %v", len(files), err)
	}
	for _, file := range files {
		want, err := os.ReadFile(strings.TrimSuffix(file, ".clj") + ".out")
		if err != nil {
			t.Fatal(err)
		}
		for _, seed := range []string{"0", "1"} {
			if r := run(t, "", "run", "--virtual", "--seed", seed, file); r.code != 0 || r.stdout != string(want) {
				t.Errorf("%s, seed %s: code %d, %s\n%s", file, seed, r.code, diff(string(want), r.stdout), r.stderr)
			}
		}
	}
}
