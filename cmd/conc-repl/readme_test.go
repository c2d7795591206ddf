package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// prompted are the prompts of both notations and of the stepper.
var prompted = regexp.MustCompile(`user=> |  #_=> |iex\(\d+\)> |\.\.\.\(\d+\)> |step> `)

// took is a time that something took, which differs from run to run.
var took = regexp.MustCompile(`\b\d+(\.\d+)?(µs|ms|s)\b`)

// TestReadme types the sessions of the README into the prompt, each into one
// of its own, and compares what the prompt says with what stands there.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	sessions := regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(sessions) < 3 {
		t.Fatalf("found %d sessions", len(sessions))
	}
	for _, m := range sessions {
		var input, want []string
		notation := "clojure"
		for i, line := range strings.Split(strings.TrimSuffix(m[1], "\n"), "\n") {
			if p := prompted.FindString(line); p != "" && strings.HasPrefix(line, p) {
				if i == 0 && strings.HasPrefix(p, "iex") {
					notation = "elixir"
				}
				input = append(input, strings.TrimPrefix(line, p))
			} else {
				want = append(want, line)
			}
		}
		r := run(t, strings.Join(input, "\n")+"\n", "--lang", notation)
		_, got, _ := strings.Cut(r.stdout, "\n") // the banner
		g := tidy(prompted.ReplaceAllString(got, ""))
		if w := tidy(strings.Join(want, "\n")); g != w {
			t.Errorf("%s\n%s", m[1], diff(w, g))
		}
	}
}

// tidy takes out of a session what differs from run to run.
func tidy(s string) string { return strings.TrimSpace(took.ReplaceAllString(normal(s), "TIME")) }
