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
	{"deadlock of locks", "(let [a (Object.) b (Object.) f (future (locking a (Thread/sleep 5) (locking b 1)))]\n (locking b (Thread/sleep 5) (locking a @f)))", []string{"--virtual", "x.clj"}, "", "",
		[]string{"They wait for each other: the main process waits: the lock of a, which p107 holds; p107 waits: the lock of b, which the main process holds."}, ExitDeadlock},
	{"deadlock of futures", "(def p (promise))\n(def f (future @p))\n(deliver p @f)", nil, "", "",
		[]string{"the main process waits: the value of f, which p107 computes; p107 waits (the value of p) for the main process."}, ExitDeadlock},
	{"deadlock of threads that nobody waits for", "(let [a (chan) b (chan)] (thread (>!! b (<!! a))) (thread (>!! a (<!! b))) nil)", []string{"--strict", "x.clj"}, "", "",
		[]string{"deadlock: They wait for each other: p107 waits (take from a) for p108; p108 waits (take from b) for p107."}, ExitLeak},
	{"lost wake-up", "(def c (chan))\n(offer! c :go)\n(<!! c)", nil, "", "",
		[]string{"A lost wake-up: the main process offered :go to c at x.clj:2:1 before anybody waited there"}, ExitDeadlock},
	{"lost request", "(def p (spawn (fn [])))\n(Thread/sleep 1)\n(send p [:ping (self)])\n(receive :pong 1)", []string{"--virtual", "x.clj"}, "", "",
		[]string{"A lost message: the main process sent [:ping #PID<0.106.0>] to p107 at x.clj:3:1, which had ended"}, ExitDeadlock},
	{"who is held by a server is no leak", "(let [p (spawn (fn [] (receive :x 1)))] (spawn (fn [] (loop [] (receive :go (send p :x)) (recur)))))", []string{"--strict", "x.clj"}, "", "", nil, ExitOK},
	{"who is registered and named by a server is no leak", "(register :w (spawn (fn [] (receive :x 1))))\n(spawn (fn [] (loop [] (receive :go (send :w :x)) (recur))))", []string{"--strict", "x.clj"}, "", "", nil, ExitOK},
	{"whom nobody holds is a leak", "(spawn (fn [] (receive :x 1)))\n(spawn (fn [] (loop [] (receive :go 1) (recur))))", []string{"--strict", "x.clj"}, "", "",
		[]string{"leak: p107 (actor) waits for ever: receive"}, ExitLeak},
	{"a put in a loop is a leak", "(go (let [c (chan)] (while true (>! c 1))))", []string{"--strict", "x.clj"}, "", "", []string{"leak: "}, ExitLeak},
	{"settings of the reader and printer", "(set! *warn-on-reflection* true)\n(set! *print-length* 2)\n(prn (range) {:a/b 1})", nil, "", "(0 1 ...) #:a{:b 1}\n", nil, ExitOK},
	{"leak", "(go (>! (chan) 1))\n(println 1)", nil, "", "1\n", []string{"leak: ", "(go) waits for ever: put 1 on "}, ExitOK},
	{"leak under strict", "(go (>! (chan) 1))", []string{"--strict", "x.clj"}, "", "", []string{"leak: "}, ExitLeak},
	{"idle server is no leak", "(thread (let [c (chan)] (while true (<!! c))))", []string{"--strict", "x.clj"}, "", "", nil, ExitOK},
	{"ready work is finished", "(def c (chan))\n(go (println (<! c)))\n(>!! c :done)", nil, "", ":done\n", nil, ExitOK},
	{"timers are not waited for", "(go (<! (timeout 60000)) (println :late))", nil, "", "", nil, ExitOK},
	{"wait", "(go (<! (timeout 20)) (println :late))", []string{"--wait", "10s", "x.clj"}, "", ":late\n", nil, ExitOK},
	{"exit main", "(go (println :never))", []string{"--exit", "main", "x.clj"}, "", "", nil, ExitOK},
	{"timeout", "(loop [] (recur))", []string{"--timeout", "50ms", "x.clj"}, "", "", []string{"timeout: the main process is not done after 50ms"}, ExitTimeout},
	{"many schedulers", "(let [ps (doall (for [i (range 300)] (spawn (fn [] (receive [from x] (send from [i x]))))))]\n (doseq [p ps] (send p [(self) 1]))\n (println (reduce + (for [_ ps] (receive [i x] i)))))\n(println (<!! (go (inc (<! (thread 2))))))",
		[]string{"--schedulers", "100", "x.clj"}, "", "44850\n3\n", nil, ExitOK},
	{"a module of the other notation, found first in an exploration that is undone",
		"(println (map :value (:outcomes (explore [(some? (find-ns 'Enum)) (find-ns 'none)]))))\n(println (some? (find-ns 'Enum)))", nil, "", "([true nil])\ntrue\n", nil, ExitOK},
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

// elixirCases are what a file in the Elixir notation is told of at its end.
var elixirCases = []struct {
	name, program string
	says          string
	code          int
}{
	{"two servers call each other", `
defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call({:ask, other}, _from, s), do: {:reply, GenServer.call(other, {:ask, self()}, :infinity), s}
end
{:ok, a} = GenServer.start(S, 1, name: :a)
{:ok, b} = GenServer.start(S, 2, name: :b)
GenServer.call(a, {:ask, b}, :infinity)`,
		"They wait for each other: :a waits: receive in GenServer.call/3, for the answer of :b", ExitDeadlock},
	{"a task that never answers", "t = Task.async(fn -> receive do :go -> 1 end end)\nTask.await(t, :infinity)",
		"They wait for each other: the main process waits: receive, for the answer of p107; p107 waits (receive) for the main process.", ExitDeadlock},
	{"a call whose time is over", "defmodule S do\n use GenServer\n def init(x), do: {:ok, x}\n def handle_call(_, _from, s), do: {:noreply, s}\nend\n{:ok, s} = GenServer.start(S, 1)\nGenServer.call(s, :x)",
		"** (exit) exited in: GenServer.call(", ExitError},
	{"a name that nobody had", "send({:server, node()}, :go)\nProcess.register(self(), :server)\nreceive do :go -> :ok end",
		"A lost message: the main process sent :go to :server at x.exs:1:1 before any process had that name", ExitDeadlock},
	{"a near miss", "send(self(), {:ok, 1, 2})\nreceive do {:ok, x} -> x end",
		"A near miss: the main process has {:ok, 1, 2} in its mailbox. A clause asks for :ok with 2 elements, but this has 3.", ExitDeadlock},
	{"channels", "c = Chan.new()\nChan.offer(c, 1)\nChan.take(c)",
		"A lost wake-up: the main process did Chan.offer of 1 to c at x.exs:2:6 before anybody waited there", ExitDeadlock},
	{"an error in a thread", "Chan.take(Chan.thread(fn -> Chan.put(Chan.new(), nil) end))",
		"** (ArgumentError) Can't put nil on channel", ExitOK},
}

// TestElixir runs them on the virtual clock.
func TestElixir(t *testing.T) {
	for _, c := range elixirCases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile("x.exs", []byte(c.program), 0o644); err != nil {
				t.Fatal(err)
			}
			conf, err := Parse([]string{"--virtual", "x.exs"})
			if err != nil {
				t.Fatal(err)
			}
			var out, errs bytes.Buffer
			code := Run(conf, Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
			if code != c.code || !strings.Contains(out.String()+errs.String(), c.says) {
				t.Errorf("exit code %d, want %d, and %q in\n%s", code, c.code, c.says, out.String()+errs.String())
			}
		})
	}
}
