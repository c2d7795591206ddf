package core

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// contended makes a world in which a process is preempted after a few
// reductions and the next one is drawn from the seed.
func contended(t *testing.T, seed uint64, program string) *runtime.World {
	t.Helper()
	w := runtime.NewWorld(runtime.Options{Virtual: true, Seed: seed, Budget: 2, Chooser: runtime.Seeded{}})
	Install(w)
	if _, e := eval(w, "(do "+program+")"); e != nil {
		t.Fatal(e)
	}
	return w
}

// The worlds and the runs in each: ten thousand schedules in all.
const seeds, runs = 50, 200

const bank = `
(def accounts (mapv ref [100 100 100]))
(def total (atom 0))
(defn transfer [i j n] (dosync (alter (accounts i) - n) (alter (accounts j) + n)))
(defn round []
  (let [fs [(future (transfer 0 1 5)) (future (transfer 1 2 3)) (future (transfer 2 0 9))
            (future (dosync (reduce + (map deref accounts))))]]
    (conj (mapv deref fs) (reduce + (map deref accounts)))))`

func TestTransfersKeepTheSum(t *testing.T) {
	retries := uint64(0)
	for seed := range uint64(seeds) {
		w := contended(t, seed, bank)
		for range runs {
			v, e := eval(w, "(subvec (round) 3)")
			if e != nil {
				t.Fatal(e)
			}
			if got := lang.PrString(v); got != "[300 300]" {
				t.Fatalf("seed %d: a reader and the end saw the sums %s", seed, got)
			}
		}
		v, e := eval(w, "accounts")
		if e != nil {
			t.Fatal(e)
		}
		lang.Iterate(v, func(r lang.Value) bool { retries += r.Obj().(*Ref).Retries; return true })
	}
	if retries == 0 {
		t.Error("no transaction was ever tried again: the schedules show no contention")
	}
}

const skew = `
(defn round [look]
  (let [x (ref true) y (ref true)
        f (future (dosync (when (look y) (ref-set x false))))
        g (future (dosync (when (look x) (ref-set y false))))]
    @f @g
    (or @x @y)))`

// TestWriteSkew has two doctors on call who both go home because the other is
// there: snapshot isolation allows it, ensure does not.
func TestWriteSkew(t *testing.T) {
	skewed := map[string]int{}
	for seed := range uint64(20) {
		w := contended(t, seed, skew)
		for _, look := range []string{"deref", "ensure"} {
			for range 100 {
				v, e := eval(w, "(round "+look+")")
				if e != nil {
					t.Fatal(e)
				}
				if !v.Truthy() {
					skewed[look]++
				}
			}
		}
	}
	if skewed["deref"] == 0 || skewed["ensure"] != 0 {
		t.Errorf("both at home: %v; want some by deref, none by ensure", skewed)
	}
}

// What Clojure 1.11.1 printed, by pr-str, for the values of these forms, or
// the class and message of what they threw.
var references = []struct{ form, want string }{
	{`(let [r (ref 1 :min-history 2)] (dosync (ref-set r 2)) (dosync (ref-set r 3)) [@r (ref-history-count r) (ref-min-history r) (ref-max-history r)])`, `[3 2 2 10]`},
	{`(alter (ref 1) inc)`, `java.lang.IllegalStateException: No transaction running`},
	{`(let [r (ref 1)] (dosync (commute r inc) (ref-set r 5)))`, `java.lang.IllegalStateException: Can't set after commute`},
	{`(let [r (ref 1)] (dosync (ref-set r 5) (commute r inc)) @r)`, `6`},
	{`(let [r (ref 1)] (try (dosync (ref-set r 5) (throw (Exception. "no"))) (catch Exception e)) @r)`, `1`},
	{`(let [r (ref 1)] (dosync (ref-set r 2) (dosync (alter r inc)) @r))`, `3`},
	{`(let [r (ref 1 :validator pos?)] (dosync (ref-set r 0)))`, `java.lang.IllegalStateException: Invalid reference state`},
	{`(let [r (ref 1 :validator pos?)] (try (dosync (ref-set r 0)) (catch Exception e)) [@r (dosync (alter r inc))])`, `[1 2]`},
	{`(dosync (io! "no I/O here" 1))`, `java.lang.IllegalStateException: no I/O here`},
	{`(dosync (io! 1))`, `java.lang.IllegalStateException: I/O in transaction`},
	{`(let [r (ref 1) seen (atom [])] (add-watch r :w (fn [k x o n] (swap! seen conj [k (= x r) o n]))) (dosync (alter r inc) (alter r inc)) @seen)`, `[[:w true 1 3]]`},
	{`(let [r (ref inc)] (r 1))`, `2`},
	{`(let [r (ref {:a 1})] (dosync (commute r assoc :b 2)) (meta (ref 1 :meta {:k 1})))`, `{:k 1}`},
	{`(dosync (await (agent 1)))`, `java.lang.IllegalStateException: await in transaction`},
	{`(let [a (agent 1 :validator pos?)] (send a -) (Thread/sleep 50) [@a (.getMessage (agent-error a))])`, `[1 "Invalid reference state"]`},
	{`(let [a (agent 1)] (send a (fn [_] (throw (Exception. "x")))) (send a inc) (Thread/sleep 50) [@a (restart-agent a 5) (do (await a) @a)])`, `[1 5 6]`},
	{`(let [a (agent 1)] (send a (fn [_] (Thread/sleep 20) (throw (Exception. "x")))) (send a inc) (Thread/sleep 50) (restart-agent a 5 :clear-actions true) (await a) @a)`, `5`},
	{`(restart-agent (agent 1) 2)`, `java.lang.RuntimeException: Agent does not need a restart`},
	{`(let [a (agent 0) seen (atom nil)] (send a (fn [_] (reset! seen (= *agent* a)))) (await a) [@seen *agent*])`, `[true nil]`},
	{`(let [a (agent 0) b (agent 0)] (send a (fn [x] (send b inc) (let [n (release-pending-sends)] (await-for 1 b) n))) (Thread/sleep 50) (.getMessage (agent-error a)))`, `"Can't await in agent action"`},
	{`(let [a (agent 0) b (agent 0)] (send a (fn [x] (send b inc) (release-pending-sends))) (await a b) [@a @b])`, `[1 1]`},
	{`(def ^:dynamic *x* 1) (let [a (agent 0)] (binding [*x* 5] (send a (fn [_] *x*))) (await a) @a)`, `5`},
	{`(let [a (agent 0 :error-mode :continue)] (send a (fn [_] (throw (Exception. "x")))) (send a inc) (await a) [@a (agent-error a)])`, `[1 nil]`},
	{`(let [a (agent 0 :error-handler (fn [_ _]))] (error-mode a))`, `:continue`},
	{`(let [a (agent 0)] (set-error-mode! a :continue) (set-error-handler! a identity) [(error-mode a) (= identity (error-handler a))])`, `[:continue true]`},
	{`(do (def v 1) (def seen (atom [])) (add-watch #'v :k (fn [k r o n] (swap! seen conj [k r o n]))) (alter-var-root #'v inc) (remove-watch #'v :k) (alter-var-root #'v inc) [v @seen])`, `[3 [[:k #'user/v 1 2]]]`},
	{`(do (def v 1) (def seen (atom [])) (add-watch #'v :k (fn [k r o n] (swap! seen conj [o n]))) (def v 5) (with-redefs [v 7] v) [v @seen])`, `[5 [[1 5] [5 7] [7 5]]]`},
	{`(do (def v 1) (set-validator! #'v pos?) [(try (def v -1) (catch Exception e (ex-message e))) v (def v 2) v])`, `["Invalid reference state" 1 #'user/v 2]`},
	{`(do (def v 1) (set-validator! #'v pos?) (alter-var-root #'v -))`, `java.lang.IllegalStateException: Invalid reference state`},
	{`(let [a (agent 1)] (set-validator! a odd?) (set-validator! a even?))`, `java.lang.IllegalStateException: Invalid reference state`},
	{`(let [a (agent 1)] [(get-validator a) (set-validator! a odd?) (= odd? (get-validator a))])`, `[nil nil true]`},
	{`(send (agent 1))`, `clojure.lang.ArityException: Wrong number of args (1) passed to: clojure.core/send`},
	{`(do (shutdown-agents) (class (try (send (agent 1) inc) (catch java.util.concurrent.RejectedExecutionException e e))))`, `java.util.concurrent.RejectedExecutionException`},
}

func TestReferences(t *testing.T) {
	for _, c := range references {
		var out strings.Builder
		v, e := eval(newWorld(&out), "(pr-str (do "+c.form+"))")
		got := lang.DisplayString(v)
		if e != nil {
			got = e.Error()
		}
		if got != c.want {
			t.Errorf("%s\n gives %s\n  want %s", c.form, got, c.want)
		}
	}
}

// TestHistoryIsShort has many commits leave one value behind each ref, and a
// transaction that runs keep what it may read.
func TestHistoryIsShort(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	v, e := eval(w, `(do (def r (ref 0)) (def go (promise)) (def there (promise))
	  (def f (future (dosync (deliver there 1) @go @r)))
	  @there
	  (dotimes [_ 50] (dosync (alter r inc)))
	  (let [during (ref-history-count r)]
	    (deliver go 1)
	    (let [seen @f] (dosync (alter r inc)) [during seen (ref-history-count r)])))`)
	if e != nil {
		t.Fatal(e)
	}
	if got := lang.PrString(v); got != "[50 0 0]" {
		t.Errorf("the history during a transaction, what it saw, and the history after: %s", got)
	}
}
