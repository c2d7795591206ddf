package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadme types the sessions of the README into the prompt, each into one
// of its own, and compares what the prompt says with what stands there.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	sessions := regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(sessions) < 4 {
		t.Fatalf("found %d sessions", len(sessions))
	}
	prompts := regexp.MustCompile(`(?m)^(user=> |  #_=> )`)
	for _, m := range sessions {
		var input, want []string
		for _, line := range strings.Split(strings.TrimSuffix(m[1], "\n"), "\n") {
			if p := prompts.FindString(line); p != "" {
				input = append(input, strings.TrimPrefix(line, p))
			} else {
				want = append(want, line)
			}
		}
		r := run(t, strings.Join(input, "\n")+"\n")
		_, got, _ := strings.Cut(r.stdout, "\n") // the banner
		got = strings.NewReplacer("user=> ", "", "  #_=> ", "").Replace(got)
		if w := normal(strings.Join(want, "\n")); strings.TrimSpace(normal(got)) != strings.TrimSpace(w) {
			t.Errorf("%s\n%s", m[1], diff(w, normal(got)))
		}
	}
}
