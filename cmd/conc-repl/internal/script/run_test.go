package script

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cases are scripts with what comes of them. The program is a file, x.clj,
// unless args has -e.
var cases = []struct {
	name    string
	program string
	args    []string
	stdin   string
	out     string
	errs    []string // each is part of stderr, which is empty if there are none
	code    int
}{
	{"value", "", []string{"-e", "(+ 1 2)"}, "", "3\n", nil, ExitOK},
	{"nil is not shown", "", []string{"-e", "nil"}, "", "", nil, ExitOK},
	{"shebang", "#!/usr/bin/env conc-repl run\n(println *command-line-args*)", []string{"x.clj", "a", "b"}, "", "(a b)\n", nil, ExitOK},
	{"arguments that look like files", "(println *command-line-args*)", []string{"x.clj", "--", "y.clj"}, "", "(y.clj)\n", nil, ExitOK},
	{"stdin as program", "", []string{"-"}, "(println :hi)", ":hi\n", nil, ExitOK},
	{"stdin as input", "(println [(read-line) (read-line) (read-line)])", nil, "one\ntwo", "[one two nil]\n", nil, ExitOK},
	{"error with place", "(defn f [x]\n  (/ x 0))\n(f 1)", nil, "", "",
		[]string{"x.clj:2:3: ArithmeticException: Divide by zero", " 2 |   (/ x 0))\n   |   ^", "at user/f"}, ExitError},
	{"unknown name", "(println 1)\n(prinltn 2)", nil, "", "1\n",
		[]string{"x.clj:2:2: Unable to resolve symbol: prinltn in this context", "Did you mean println"}, ExitError},
	{"unbalanced", "(println 1)\n(foo (bar)", nil, "", "1\n", []string{"EOF while reading", "opened at line 2, column 1"}, ExitError},
	{"invalid UTF-8", "(println 1)\n(println \"\xff\")", nil, "", "1\n", []string{"x.clj:2:11: Invalid UTF-8: byte 0xFF"}, ExitError},
	{"missing file", "", []string{"none.clj"}, "", "", []string{"none.clj: no such file"}, ExitUsage},
	{"deadlock", "(println 1)\n(<!! (chan))", nil, "", "1\n", []string{"deadlock: no process can run, and no timer is armed", "x.clj:2:"}, ExitDeadlock},
	{"settings of the reader and printer", "(set! *warn-on-reflection* true)\n(set! *print-length* 2)\n(prn (range) {:a/b 1})", nil, "", "(0 1 ...) #:a{:b 1}\n", nil, ExitOK},
	{"leak", "(go (>! (chan) 1))\n(println 1)", nil, "", "1\n", []string{"leak: ", "(go) waits for ever: put 1 on "}, ExitOK},
	{"leak under strict", "(go (>! (chan) 1))", []string{"--strict", "x.clj"}, "", "", []string{"leak: "}, ExitLeak},
	{"idle server is no leak", "(thread (let [c (chan)] (while true (<!! c))))", []string{"--strict", "x.clj"}, "", "", nil, ExitOK},
	{"ready work is finished", "(def c (chan))\n(go (println (<! c)))\n(>!! c :done)", nil, "", ":done\n", nil, ExitOK},
	{"timers are not waited for", "(go (<! (timeout 60000)) (println :late))", nil, "", "", nil, ExitOK},
	{"wait", "(go (<! (timeout 20)) (println :late))", []string{"--wait", "10s", "x.clj"}, "", ":late\n", nil, ExitOK},
	{"exit main", "(go (println :never))", []string{"--exit", "main", "x.clj"}, "", "", nil, ExitOK},
	{"timeout", "(loop [] (recur))", []string{"--timeout", "50ms", "x.clj"}, "", "", []string{"timeout: the main process is not done after 50ms"}, ExitTimeout},
	{"exit", "(println 1)\n(System/exit 7)\n(println 2)", nil, "", "1\n", nil, 7},
	{"exit with success", "(System/exit 0)\n(println 2)", nil, "", "", nil, ExitOK},
	{"exit of the main process", "(println 1)\n(exit [:shutdown 5])\n(println 2)", nil, "", "1\n", nil, 5},
	{"normal exit", "(exit :normal)\n(println 2)", nil, "", "", nil, ExitOK},
	{"exit for a reason", "(exit :boom)", nil, "", "", []string{"x.clj:1:1: exit: :boom"}, ExitError},
	{"stdin as one text", "(println (count (slurp *in*)))", nil, "one\ntwo\n", "8\n", nil, ExitOK},
	{"deep recursion", "(defn f [n] (inc (f n)))\n(f 1)", nil, "", "", []string{"StackOverflowError", "times"}, ExitError},
	{"namespaces", "(ns my.app (:require [clojure.string :as str]))\n(println (str/upper-case \"a\") (ns-name *ns*))", nil, "", "A my.app\n", nil, ExitOK},
}

func TestRun(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile("x.clj", []byte(c.program), 0o644); err != nil {
				t.Fatal(err)
			}
			args := c.args
			if args == nil {
				args = []string{"x.clj"}
			}
			conf, err := Parse(args)
			if err != nil {
				t.Fatal(err)
			}
			conf.Session.StackLimit = 100_000
			var out, errs bytes.Buffer
			code := Run(conf, Streams{In: strings.NewReader(c.stdin), Out: &out, Err: &errs})
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if out.String() != c.out {
				t.Errorf("stdout %q, want %q", out.String(), c.out)
			}
			for _, want := range c.errs {
				if !strings.Contains(errs.String(), want) {
					t.Errorf("stderr lacks %q", want)
				}
			}
			if t.Failed() || len(c.errs) == 0 && errs.Len() > 0 {
				t.Errorf("stderr:\n%s", errs.String())
			}
		})
	}
}

func TestParse(t *testing.T) {
	c, err := Parse([]string{"--seed", "7", "--model", "jvm", "a.clj", "b.clj", "c", "d.clj"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Files, " ") + "|" + strings.Join(c.Session.Args, " "); got != "a.clj b.clj|c d.clj" || c.Session.Seed != 7 {
		t.Errorf("got %s, seed %d", got, c.Session.Seed)
	}
	for _, bad := range [][]string{{}, {"--model", "x", "a.clj"}, {"--exit", "now", "a.clj"}, {"--what"}, {"--schedulers", "0", "a.clj"}, {"--seed", "x", "a.clj"}, {"--wait", "5", "a.clj"}, {"--timeout", "-1s", "a.clj"}} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
}

func TestSameSeedSameOutput(t *testing.T) {
	program := `(def c (chan)) (dotimes [i 20] (go (>! c [i (rand-int 1000)]))) (dotimes [_ 20] (println (<!! c)))`
	file := filepath.Join(t.TempDir(), "x.clj")
	if err := os.WriteFile(file, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	var runs [2]bytes.Buffer
	for i := range runs {
		conf, err := Parse([]string{"--virtual", "--seed", "3", file})
		if err != nil {
			t.Fatal(err)
		}
		Run(conf, Streams{In: strings.NewReader(""), Out: &runs[i], Err: &runs[i]})
	}
	if runs[0].String() != runs[1].String() {
		t.Errorf("two runs differ:\n%s\n%s", runs[0].String(), runs[1].String())
	}
}
