package testrun

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/script"
)

// project is a library with its tests, as a Clojure project lays them out.
var project = map[string]string{
	"src/my/lib.clj": `(ns my.lib (:require [clojure.core.async :refer [chan go >! timeout <!]]))
(defn later [v ms] (let [c (chan)] (go (<! (timeout ms)) (>! c v)) c))`,
	"test/my/lib_test.clj": `(ns my.lib-test
  (:require [clojure.test :refer :all] [clojure.core.async :refer [<!! alts!! timeout]] [my.lib :as lib]))
(def log (atom []))
(use-fixtures :each (fn [f] (swap! log conj :before) (f)))
(deftest comes-late
  (is (= 1 (<!! (lib/later 1 60000))))
  (testing "but not too late"
    (is (= [nil :late] (let [t (timeout 10) [v c] (alts!! [(lib/later 1 20) t])] [v (if (= c t) :late :early)])))))
(deftest fixtures (is (= [:before :before] @log)))`,
}

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func test(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	c, err := Parse(args)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	return Run(c, &b, &b), b.String()
}

func TestProject(t *testing.T) {
	code, out := test(t, write(t, project))
	const want = "\nTesting my.lib-test\n\nRan 2 tests containing 3 assertions in 1 files.\n0 failures, 0 errors.\n"
	if code != script.ExitOK || out != want {
		t.Errorf("code %d, output:\n%s", code, out)
	}
}

func TestFailures(t *testing.T) {
	const head = "(ns x-test (:require [clojure.test :refer :all] [clojure.core.async :refer [<!! chan]]))\n"
	for _, c := range []struct{ text, want string }{
		{"(deftest a (is (= 1 (inc 1))))", "FAIL in (a) (x_test.clj:2)\nexpected: (= 1 (inc 1))\n  actual: (not (= 1 2))\n"},
		{"(deftest a\n  (is (/ 1 0)))", "ERROR in (a) (x_test.clj:3)\nexpected: (/ 1 0)\n  actual: java.lang.ArithmeticException: Divide by zero\n"},
		{"(deftest a (<!! (chan)))", "deadlock"},
		{"(deftest a (let [c (chan)] (clojure.core.async/offer! c 1) (<!! c)))", "A lost wake-up: the main process offered 1 to c"},
		{"(deftest a (System/exit 0))", "it ends the program"},
		{"(deftest a (is nowhere))", "Unable to resolve symbol: nowhere in this context"},
		{"(deftest a (is (= 1 1))", "ERROR in loading"},
		{"(deftest a (loop [] (recur)))", "not done after 500ms"},
	} {
		file := filepath.Join(write(t, map[string]string{"x_test.clj": head + c.text}), "x_test.clj")
		code, out := test(t, "-timeout", "500ms", file)
		if code != script.ExitError || !strings.Contains(out, c.want) {
			t.Errorf("%s: code %d, output:\n%s", c.text, code, out)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{}, {t.TempDir()}, {"/no/such/file.clj"}, {"-no-such-flag"}} {
		if _, err := Parse(args); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}

const exCase = `
ExUnit.start()
defmodule XTest do
  use ExUnit.Case, async: true
  setup do
    {:ok, base: 10}
  end
  test "adds", %{base: b} do
    assert b + 1 == 11
    assert {:ok, x} = {:ok, 5}
    assert x in [5, 6]
    refute x == 6
  end
  describe "messages" do
    setup %{base: b}, do: %{twice: 2 * b}
    test "come", %{twice: t} do
      send(self(), {:hello, t})
      assert_receive {:hello, n}
      assert n == 20
      refute_receive :nothing, 10_000
    end
  end
  test "raise", context do
    assert context.base == 10
    refute Map.has_key?(context, :twice)
    assert_raise ArithmeticError, fn -> 1 / 0 end
    assert_raise RuntimeError, "boom", fn -> raise "boom" end
  end
%s
end
`

func TestExUnit(t *testing.T) {
	for _, c := range []struct {
		body string
		code int
		want string
	}{
		{"", script.ExitOK, "Ran 3 tests containing 3 assertions in 1 files.\n0 failures, 0 errors.\n"},
		{`test "sides", do: assert 1 + 1 == 3`, script.ExitError,
			"1) test sides (XTest)\n     Assertion with == failed\n     code:  assert 1 + 1 == 3\n     left:  2\n     right: 3\n"},
		{`test "truth", do: assert nil`, script.ExitError, "Expected truthy, got nil\n     code:  assert nil\n"},
		{`test "match", do: assert {:ok, _} = {:error, 1}`, script.ExitError, "match (=) failed\n     code:  assert {:ok, _} = {:error, 1}\n     right: {:error, 1}\n"},
		{`test "waits", do: assert_receive :hello`, script.ExitError, "no message matched after 100ms\n     code:  assert_receive :hello\n     mailbox: []\n"},
		{`test "crash", do: raise "oops"`, script.ExitError, "** (RuntimeError) oops"},
		{`test "catch" do
		    assert catch_exit(exit(:a)) == :a
		    assert catch_throw(throw(1)) == 1
		  end`, script.ExitOK, "0 failures"},
		{`test "caught nothing", do: catch_exit(1)`, script.ExitError, "Expected to catch exit, got nothing"},
		{`test "on_exit" do
		    on_exit(fn -> IO.puts("then") end)
		    on_exit(fn -> IO.puts("first") end)
		    Process.exit(self(), :kill)
		  end`, script.ExitError, "first\nthen\n"},
		{`test "on_exit fails", do: on_exit(fn -> exit(:late) end)`, script.ExitError, "on_exit failed: :late"},
		{`for n <- 1..2 do
		    test "supervised #{n}" do
		      start_supervised!({Agent, fn -> 3 end})
		      pid = start_supervised!(%{id: :named, start: {Agent, :start_link, [fn -> 4 end, [name: :only_one]]}})
		      assert Agent.get(pid, & &1) == 4
		      assert stop_supervised(Agent) == :ok
		    end
		  end`, script.ExitOK, "0 failures"},
		{`test "linked" do
		    spawn_link(fn -> exit(:bad) end)
		    Process.sleep(100)
		  end`, script.ExitError, "** (EXIT from "},
		{`test "for ever", do: (receive do :never -> 1 end)`, script.ExitError, "not done after 60000ms"},
		{`test "unknown", do: nowhere(1)`, script.ExitError, "nowhere"},
		{`test "open", do: (`, script.ExitError, "ERROR in "},
	} {
		file := filepath.Join(write(t, map[string]string{"x_test.exs": strings.Replace(exCase, "%s", c.body, 1)}), "x_test.exs")
		code, out := test(t, file)
		if code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("%s: code %d, output:\n%s", c.body, code, out)
		}
	}
}
