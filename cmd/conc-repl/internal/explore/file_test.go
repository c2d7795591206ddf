package explore

import (
	"bytes"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
)

// programs are files whose forms do something before the last one, with what
// they can come to.
var programs = []struct {
	name, text string
	want       []string
}{
	{"race.clj", `
(ns race)
(defn grow [a] (reset! a (inc @a)))
(def a (atom 0))
(println "begin")
(def fs (mapv (fn [_] (future (grow a))) [1 2]))
(defmacro show [x] (list 'println x))
(doseq [f fs] @f)
(show @a)`,
		[]string{`all 4 behaviours`, `having printed "begin\n1\n"`, `having printed "begin\n2\n"`}},
	{"race.exs", `
defmodule R do
  def put(v), do: :ets.insert(:t, {:x, v})
end
me = self()
:ets.new(:t, [:named_table, :public])
for i <- 1..2, do: spawn(fn -> R.put(i); send(me, :done) end)
for _ <- 1..2, do: (receive do :done -> :ok end)
:ets.lookup(:t, :x)`,
		[]string{`[x: 1]`, `[x: 2]`}},
	{"unique.exs", `
me = self()
for i <- 1..2, do: spawn(fn -> send(me, {i, System.unique_integer()}) end)
for _ <- 1..2, do: (receive do {i, _} -> i end)`,
		[]string{"2 outcomes", " 1. [1, 2] ", " 2. [2, 1] ", "62.5 %", "37.5 %"}},
	{"names.clj", `(let [a (atom 0) me (self)] (dotimes [i 2] (spawn (fn [] (swap! a inc) (send me (str i (gensym)))))) (sort [(receive x x) (receive y y)]))`,
		[]string{"1 outcome; all 4 behaviours"}},
	{"raises.clj", `(def x 1) (throw (ex-info "early" {})) (println x)`, []string{"the only behaviour", "early"}},
	{"still.clj", "(def x 1)\nx", []string{"the only behaviour", " 1. 1 "}},
}

// TestFile explores programs from the first form on that does something.
func TestFile(t *testing.T) {
	for _, p := range programs {
		out := explored(t, write(t, p.name, p.text))
		for _, want := range p.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", p.name, want, out)
			}
		}
	}
}

// TestFilePlace tells where a program is wrong that does not come to any operation.
func TestFilePlace(t *testing.T) {
	var out, errs bytes.Buffer
	path := write(t, "wrong.clj", "(def x 1)\n(nope x)\n")
	if code := File([]string{path}, session.Options{}, &out, &errs); code != exitFault || !strings.Contains(errs.String(), "wrong.clj:2:2") {
		t.Errorf("%d: %s%s", code, &out, &errs)
	}
}
