package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var toldToken = regexp.MustCompile(`(?m)^token (\S+) \(`)

// runs are programs whose runs are told as tokens, which lead to the same again.
var runs = map[string]struct{ name, text, stdin, seed string }{
	"race":      {"a.clj", `(let [c (chan)] (thread (>!! c "hello")) (close! c) (thread (println (<!! c))))`, "", ""},
	"deadlock":  {"a.clj", `(let [a (Object.) b (Object.) both (fn [x y] (thread (locking x (Thread/sleep 5) (locking y (println "both")))))] (both a b) (<!! (both b a)))`, "", ""},
	"error":     {"a.clj", `(let [x (atom 0) ts (doall (for [_ (range 3)] (thread (let [v @x] (Thread/sleep 1) (reset! x (inc v))))))] (run! <!! ts) (println @x) (assert (= 3 @x)))`, "", ""},
	"timers":    {"a.clj", `(let [c (chan 1)] (go (dotimes [i 3] (>! c i) (<! (timeout 10)))) (dotimes [_ 3] (println (first (alts!! [c (timeout 100)])))))`, "", ""},
	"random":    {"a.clj", `(let [c (chan 9)] (dotimes [_ 3] (go (>! c (rand-int 1000)))) (println (rand-int 1000) (<!! c) (<!! c) (<!! c)))`, "", "7"},
	"stdin":     {"a.clj", "(def first-line (read-line))\n(let [c (chan)] (thread (>!! c (str first-line (read-line)))) (println (<!! c)))", "one\ntwo\nthree\n", ""},
	"stm":       {"a.clj", `(let [r (ref 0) ts (doall (for [_ (range 3)] (thread (dosync (alter r inc)))))] (run! <!! ts) (println @r))`, "", ""},
	"pipeline":  {"a.clj", `(let [in (chan 9) out (chan 9)] (clojure.core.async/pipeline 3 out (map inc) in) (dotimes [i 6] (>!! in i)) (close! in) (println (<!! (clojure.core.async/into [] out))))`, "", ""},
	"processes": {"a.exs", "me = self()\nfor i <- 1..4, do: spawn(fn -> send(me, i) end)\nfor _ <- 1..4, do: IO.inspect(receive do n -> n end)", "", ""},
	"tasks":     {"a.exs", "1..4 |> Enum.map(fn i -> Task.async(fn -> Process.sleep(5 - i); IO.puts(i) end) end) |> Task.await_many()", "", ""},
	"after":     {"a.exs", "Process.send_after(self(), :late, 10)\n(receive do :late -> IO.puts(\"early\") after 5 -> receive do :late -> IO.puts(\"late #{:rand.uniform(99)}\") end end)", "", "3"},
	"server":    {"a.exs", "{:ok, a} = Agent.start_link(fn -> 0 end)\n(ts = for(_ <- 1..3, do: Task.async(fn -> n = Agent.get(a, & &1); Agent.update(a, fn _ -> n + 1 end) end)); Task.await_many(ts); IO.puts(Agent.get(a, & &1)))", "", ""},
}

// TestTokens has every run tell its token, and replays it: what is printed and
// the exit code are the same, and the token is short enough to paste, but for the many choices of a pipeline.
func TestTokens(t *testing.T) {
	for name, x := range runs {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), x.name)
			if err := os.WriteFile(file, []byte(x.text), 0o644); err != nil {
				t.Fatal(err)
			}
			args := []string{"run", "--token", file}
			if x.seed != "" {
				args = []string{"run", "--token", "--seed", x.seed, file}
			}
			first := run(t, x.stdin, args...)
			told := toldToken.FindStringSubmatch(first.stderr)
			if told == nil {
				t.Fatalf("no token: %+v", first)
			}
			if len(told[1]) > 40 && name != "pipeline" {
				t.Errorf("the token %s has %d characters", told[1], len(told[1]))
			}
			again := run(t, x.stdin, "run", "--replay", told[1], file)
			if again.stdout != first.stdout || again.code != first.code {
				t.Errorf("by %s it prints %q and exits with %d, where it was %q and %d\n%s", told[1], again.stdout, again.code, first.stdout, first.code, again.stderr)
			}
			if strings.Contains(again.stderr, "has changed") {
				t.Errorf("the program is taken for another: %s", again.stderr)
			}
		})
	}
}

// TestScriptTokens tells the runs of the article's snippets, and of the
// examples, as tokens; the loop over a thousand channels has a thousand choices.
func TestScriptTokens(t *testing.T) {
	for _, pattern := range []string{"article/[1234]*.clj", "examples/[cr]*.clj"} {
		files, err := filepath.Glob("../../scripts/" + pattern)
		if err != nil || len(files) < 2 {
			t.Fatalf("%v: %v", files, err)
		}
		for _, file := range files {
			r := run(t, "", "run", "--virtual", "--token", file)
			told := toldToken.FindStringSubmatch(r.stderr)
			if told == nil || len(told[1]) > 40 {
				t.Errorf("%s: %s", file, r.stderr)
			}
		}
	}
}

// TestBadTokens replays what is no token of the program as it is.
func TestBadTokens(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) string {
		file := filepath.Join(dir, "a.clj")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	file := write("(def c (chan))\n(do (thread (>!! c :a))\n    (thread (>!! c :b))\n    (println (<!! c)))\n")
	told := regexp.MustCompile(`":b\\n"(?s:.*?)token (\S+)`).FindStringSubmatch(run(t, "", "explore", file).stdout)
	if told == nil {
		t.Fatal("no token")
	}
	token := told[1]
	other := "A"
	if token[2] == 'A' {
		other = "B"
	}
	for bad, want := range map[string]string{
		token[:2] + other + token[3:]: "a sign is wrong, or some are missing",
		token[:len(token)-1]:          "a sign is wrong, or some are missing",
		"I" + token[1:]:               "is of version 2, and this is 3",
		"zzzz":                        "zzzz does not begin like one",
		"what?":                       `this is no schedule token: "what?"`,
	} {
		for _, args := range [][]string{{"run", "--replay", bad, file}, {"explore", "--replay", bad, file}} {
			r := run(t, "", args...)
			if r.code != 2 || r.stdout != "" || !strings.Contains(r.stderr, want) {
				t.Errorf("%v: %+v, want %q", args, r, want)
			}
		}
	}
	file = write("(def c (chan))\n(do (thread (>!! c :a))\n    (println (<!! c)))\n")
	r := run(t, "", "run", "--replay", token, file)
	for _, want := range []string{"the program has changed", "no longer fits at step ", "in place of p107: result true on c1 the schedule chose another step", `print ":a\n" (` + file + `:3:5)`} {
		if r.code != 1 || !strings.Contains(r.stderr, want) {
			t.Errorf("%+v, want %q", r, want)
		}
	}
}
