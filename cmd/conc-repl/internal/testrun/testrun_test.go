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
